//! Turns cookie or bearer token into an actor. Whether the session lives is read with the operation.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use chrono::{DateTime, Utc};
use domain::act::By;
use tenancy::actor::{Actor, Proof};
use tenancy::token::{Keys, Shown};

/// Name of the pages' cookie; the prefix makes browsers keep it to this host, over TLS (or localhost), for all paths.
pub const COOKIE: &str = "__Host-busbar";
/// Header that pages send on every call: another site's form cannot.
pub const PAGE_HEADER: &str = "Busbar-Page";

/// A token was shown that is none of ours, or has run out.
pub struct BadToken;

/// The actor of a token.
pub fn of_token(keys: &Keys, token: &str, proof: Proof, now: DateTime<Utc>) -> Result<Actor, BadToken> {
    match keys.session_read(token, now).ok_or(BadToken)? {
        Shown::Person { person, session } => Ok(Actor {
            by: By::Person(person),
            session: Some(session),
            tenant: None,
            proof,
        }),
        Shown::Customer {
            customer,
            tenant,
            session,
        } => Ok(Actor {
            by: By::Customer(customer),
            session: Some(session),
            tenant: Some(tenant),
            proof,
        }),
    }
}

/// The bearer token of an Authorization header.
pub fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The actor of a request. A cookie without the pages' header counts for nothing.
pub fn of_request(keys: &Keys, request: &HttpRequest, now: DateTime<Utc>) -> Result<Actor, BadToken> {
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let token = value.to_str().ok().and_then(bearer).ok_or(BadToken)?;
        return of_token(keys, token, Proof::Bearer, now);
    }
    if request.headers().contains_key(PAGE_HEADER)
        && let Some(cookie) = request.cookie(COOKIE)
    {
        return of_token(keys, cookie.value(), Proof::Cookie, now);
    }
    Ok(Actor::NOBODY)
}

/// The cookie of a session.
pub fn cookie(token: String, seconds: i64) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(actix_web::cookie::time::Duration::seconds(seconds))
        .finish()
}
