//! The pages that people open, embedded in the binary, and the documents they are trusted with.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;
use std::collections::HashMap;

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Dist;

/// Written by codegen from the pages' own documents: hash to text.
const MANIFEST: &str = include_str!("../../web/shared/graphql/persisted-documents.json");

/// Documents of the pages, by `sha256:` hash.
pub fn trusted_documents() -> HashMap<String, String> {
    serde_json::from_str(MANIFEST).unwrap_or_default()
}

fn file(path: &str, cached: bool) -> HttpResponse {
    match Dist::get(path) {
        Some(found) => HttpResponse::Ok()
            .content_type(found.metadata.mimetype())
            // Assets have the hash of their contents in their names; pages have not.
            .insert_header((
                header::CACHE_CONTROL,
                if cached {
                    "public, max-age=31536000, immutable"
                } else {
                    "no-cache"
                },
            ))
            .body(found.data.into_owned()),
        None => HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("not found\n"),
    }
}

/// Scripts, styles, fonts.
pub async fn asset(request: HttpRequest) -> HttpResponse {
    file(request.path().trim_start_matches('/'), true)
}

/// The operator's desk; its own router knows the rest of the path.
pub async fn desk() -> HttpResponse {
    file("desk.html", false)
}

/// The customer's portal.
pub async fn portal() -> HttpResponse {
    file("portal.html", false)
}

/// A page to try documents in; only in the demo.
pub async fn graphiql() -> HttpResponse {
    file("graphiql.html", false)
}

/// The way in.
pub async fn root() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "/desk/"))
        .finish()
}
