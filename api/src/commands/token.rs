//! `busbar token LOGIN`: a short-lived access token, where the signing key is readable.

use super::{Ended, away, data};
use crate::settings::{DataSettings, SecretSettings};
use crate::{clock, secrets};
use domain::act::{Act, By};
use domain::audit::Object;
use domain::ids::{RequestId, SessionId, TenantId};
use domain::workforce::WorkforceStore;
use infra::pg::{Database, Mode};
use serde_json::json;
use tenancy::session::{Session, SessionKind, SessionStore};
use tenancy::token::COMMAND_LASTS;

/// Prints the token.
pub fn run(login: &str, data: &DataSettings, secret: &SecretSettings) -> Ended {
    let keys = secrets::keys(secret.signing_key.as_deref(), &data.data_dir, false)?;
    let source = data::source(data)?;
    let database = Database::open(&source.urls.runtime, 2).map_err(away)?;
    let mut store = database.begin(TenantId::CENTRE, Mode::Write).map_err(away)?;
    let person = store
        .person_by_login(&login.trim().to_lowercase())
        .map_err(away)?
        .filter(|p| p.active)
        .ok_or_else(|| format!("Nobody has the login {login}."))?;
    let now = clock::now();
    let session = Session {
        id: SessionId(clock::id()),
        kind: SessionKind::Bearer,
        created_at: now,
        expires_at: now + COMMAND_LASTS,
    };
    store.session_insert(person.id, &session).map_err(away)?;
    let mut ids = clock::ids();
    let mut act = Act {
        tenant: TenantId::CENTRE,
        by: By::Person(person.id),
        now,
        request: RequestId(clock::id()),
        purpose: None,
        ids: &mut ids,
    };
    act.audit(
        &mut store,
        "session.open",
        Object::new("session", session.id),
        json!({ "kind": "command" }),
    )
    .map_err(away)?;
    store.commit().map_err(away)?;
    let token = keys
        .session_token(By::Person(person.id), None, session.id, now, session.expires_at)
        .ok_or("The token could not be signed.")?;
    println!("{token}");
    Ok(())
}
