//! Whether the program lives, whether it takes work, and its numbers.

use crate::state::State;
use actix_web::{HttpResponse, web};
use prometheus::{Encoder, TextEncoder};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("live\n")
}

/// The database answers and the program is not draining.
pub async fn ready(state: web::Data<Arc<State>>) -> HttpResponse {
    if !state.ready.load(Ordering::Relaxed) {
        return HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("draining\n");
    }
    let shared = Arc::clone(&state);
    match web::block(move || shared.database.ping()).await {
        Ok(true) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body("ready\n"),
        _ => HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("database away\n"),
    }
}

/// Numbers for Prometheus.
pub async fn metrics(state: web::Data<Arc<State>>) -> HttpResponse {
    let encoder = TextEncoder::new();
    let mut text = Vec::new();
    if encoder
        .encode(&state.metrics.registry.gather(), &mut text)
        .is_err()
    {
        return HttpResponse::InternalServerError().finish();
    }
    let (connections, idle) = state.database.state();
    text.extend_from_slice(
        format!("# TYPE busbar_database_connections gauge\nbusbar_database_connections {connections}\n# TYPE busbar_database_idle gauge\nbusbar_database_idle {idle}\n")
            .as_bytes(),
    );
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text)
}
