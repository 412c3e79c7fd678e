//! `POST /hooks/cti/{token}`: what a switchboard reports.

use crate::state::State;
use crate::telephony::{self, NotTaken, Report};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;
use std::sync::Arc;

fn refusal(status: actix_web::http::StatusCode, code: &str, field: Option<&str>) -> HttpResponse {
    HttpResponse::build(status).json(json!({ "error": { "code": code, "field": field } }))
}

/// Takes a report as JSON or form fields; answers `{}` when it was taken.
pub async fn cti(
    request: HttpRequest,
    path: web::Path<String>,
    body: web::Bytes,
    state: web::Data<Arc<State>>,
) -> HttpResponse {
    use actix_web::http::StatusCode;
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let report: Option<Report> = if content_type.starts_with("application/json") {
        serde_json::from_slice(&body).ok()
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        std::str::from_utf8(&body)
            .ok()
            .and_then(|text| web::Query::<Report>::from_query(text).ok())
            .map(web::Query::into_inner)
    } else {
        return refusal(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "BAD_INPUT",
            Some("Content-Type"),
        );
    };
    let Some(report) = report else {
        return refusal(StatusCode::BAD_REQUEST, "BAD_INPUT", Some("body"));
    };
    let token = path.into_inner();
    let shared = Arc::clone(&state);
    match web::block(move || telephony::take(&shared, &token, report)).await {
        Ok(Ok(())) => HttpResponse::Ok().json(json!({})),
        Ok(Err(NotTaken::Unknown)) => refusal(StatusCode::NOT_FOUND, "NOT_FOUND", None),
        Ok(Err(NotTaken::Malformed(field))) => refusal(StatusCode::BAD_REQUEST, "BAD_INPUT", Some(field)),
        Ok(Err(NotTaken::Ambiguous)) => refusal(StatusCode::CONFLICT, "CONFLICT", Some("to")),
        Ok(Err(NotTaken::Later)) => refusal(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", None),
        Ok(Err(NotTaken::Internal(text))) => {
            tracing::error!(fault = text, "a switchboard's report failed");
            refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", None)
        }
        Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", None),
    }
}
