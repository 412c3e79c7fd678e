//! `/graphql`: GraphQL over HTTP, both media types, and the door to the socket.

use crate::clock;
use crate::http::request::{self, Answered, Asked};
use crate::http::{auth, socket};
use crate::state::State;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ids::RequestId;
use graphql::context::CookieChange;
use graphql::error::{ApiError, ErrorCode};
use graphql::messages::Locale;
use graphql::operation::OperationType;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;

/// Most bytes of a request.
pub const BODY_MOST: usize = 256 * 1024;

const RESPONSE_JSON: &str = "application/graphql-response+json";
const PLAIN_JSON: &str = "application/json";

/// Fields of a request body, read one by one so that each fault has its place.
#[derive(Default)]
struct Body {
    query: Option<String>,
    document_id: Option<String>,
    operation_name: Option<String>,
    variables: Option<Value>,
}

/// Query parameters of a GET.
#[derive(Deserialize)]
struct Parameters {
    query: Option<String>,
    #[serde(rename = "documentId")]
    document_id: Option<String>,
    #[serde(rename = "operationName")]
    operation_name: Option<String>,
    variables: Option<String>,
}

fn text_of(value: Option<&Value>, field: &'static str) -> Result<Option<String>, &'static str> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(field),
    }
}

fn read_body(bytes: &[u8]) -> Result<Body, &'static str> {
    let Ok(Value::Object(object)) = serde_json::from_slice(bytes) else {
        return Err("body");
    };
    let variables = match object.get("variables") {
        None | Some(Value::Null) => None,
        Some(Value::Object(v)) => Some(Value::Object(v.clone())),
        Some(_) => return Err("variables"),
    };
    match object.get("extensions") {
        None | Some(Value::Null | Value::Object(_)) => {}
        Some(_) => return Err("extensions"),
    }
    Ok(Body {
        query: text_of(object.get("query"), "query")?,
        document_id: text_of(object.get("documentId"), "documentId")?,
        operation_name: text_of(object.get("operationName"), "operationName")?,
        variables,
    })
}

fn read_parameters(query: &str) -> Result<Body, &'static str> {
    let parameters = web::Query::<Parameters>::from_query(query)
        .map_err(|_| "query")?
        .into_inner();
    let variables = match parameters.variables.as_deref() {
        None | Some("" | "null") => None,
        Some(text) => Some(
            serde_json::from_str::<Value>(text)
                .ok()
                .filter(Value::is_object)
                .ok_or("variables")?,
        ),
    };
    Ok(Body {
        query: parameters.query,
        document_id: parameters.document_id,
        operation_name: parameters.operation_name.filter(|n| !n.is_empty()),
        variables,
    })
}

/// Which media type the client wants: `Some(true)` for the new one.
fn wanted(request: &HttpRequest) -> Option<bool> {
    let Some(accept) = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
    else {
        return Some(false);
    };
    let mut plain = false;
    for part in accept.split(',') {
        let mut pieces = part.split(';').map(str::trim);
        let media = pieces.next().unwrap_or_default();
        let foreign_charset = pieces.any(|p| {
            p.split_once('=').is_some_and(|(k, v)| {
                k.trim() == "charset" && !v.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
            })
        });
        if foreign_charset {
            continue;
        }
        match media {
            RESPONSE_JSON => return Some(true),
            PLAIN_JSON | "application/*" | "*/*" => plain = true,
            _ => {}
        }
    }
    plain.then_some(false)
}

fn header_text(request: &HttpRequest, name: &str) -> Option<String> {
    request
        .headers()
        .get(name)
        .and_then(|v| v.to_str().ok())
        .map(str::to_owned)
}

/// The language of the answer's sentences.
pub fn locale_of(request: &HttpRequest) -> Locale {
    header_text(request, "Accept-Language").map_or(Locale::En, |h| Locale::of(&h))
}

fn respond(answered: &Answered, modern: bool, request: RequestId) -> HttpResponse {
    // The older media type says "the request arrived" by 200 whatever the answer, unless the service itself could not.
    let status = if answered.executed {
        200
    } else if modern || !matches!(answered.status, 400 | 404 | 409) {
        answered.status
    } else {
        200
    };
    let mut builder =
        HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    builder
        .insert_header((
            header::CONTENT_TYPE,
            if modern {
                "application/graphql-response+json; charset=utf-8"
            } else {
                "application/json; charset=utf-8"
            },
        ))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("Busbar-Request", request.to_string()));
    match &answered.cookie {
        Some(CookieChange::Set { token, until }) => {
            let seconds = (*until - clock::now()).num_seconds().max(0);
            builder.cookie(auth::cookie(token.clone(), seconds));
        }
        Some(CookieChange::Clear) => {
            builder.cookie(auth::cookie(String::new(), 0));
        }
        None => {}
    }
    builder.body(answered.body.clone())
}

/// POST (and GET for queries).
pub async fn graphql(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<Arc<State>>,
) -> HttpResponse {
    if request.headers().contains_key(header::SEC_WEBSOCKET_KEY) {
        return socket::open(&request, payload, &state);
    }
    let id = RequestId(clock::id());
    let Some(modern) = wanted(&request) else {
        return HttpResponse::NotAcceptable()
            .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
            .body(RESPONSE_JSON);
    };
    let locale = locale_of(&request);
    let is_get = request.method() == actix_web::http::Method::GET;
    let refuse = |status: u16, field: &str| {
        let mut answered = Answered::of_error(&ApiError::bad_input(locale, field));
        answered.status = status;
        respond(&answered, modern, id)
    };
    let body = if is_get {
        read_parameters(request.query_string())
    } else {
        let content_type = header_text(&request, "Content-Type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let mut pieces = content_type.split(';').map(str::trim);
        let is_json = pieces.next() == Some(PLAIN_JSON);
        let charset = pieces
            .find_map(|p| p.strip_prefix("charset="))
            .unwrap_or("utf-8")
            .trim_matches('"')
            .to_owned();
        if !is_json || charset != "utf-8" {
            let mut answered = Answered::of_error(&ApiError::bad_input(locale, "Content-Type"));
            answered.status = 415;
            return respond(&answered, modern, id);
        }
        match payload.to_bytes_limited(BODY_MOST).await {
            Ok(Ok(bytes)) => read_body(&bytes),
            Ok(Err(_)) => Err("body"),
            Err(_) => return refuse(413, "body"),
        }
    };
    let body = match body {
        Ok(Body {
            query: None,
            document_id: None,
            ..
        }) => Err("query"),
        other => other,
    };
    let body = match body {
        Ok(body) => body,
        Err(field) => {
            return respond(&Answered::of_error(&ApiError::bad_input(locale, field)), true, id)
                .map_plain(modern);
        }
    };
    let now = clock::now();
    let Ok(actor) = auth::of_request(&state.house.keys, &request, now) else {
        return respond(
            &Answered::of_error(&ApiError::new(ErrorCode::Unauthenticated, locale)),
            modern,
            id,
        );
    };
    let asked = Asked {
        query: body.query,
        document_id: body.document_id,
        operation_name: body.operation_name,
        variables: body.variables,
        tenant_key: header_text(&request, "Busbar-Tenant"),
        key: header_text(&request, "Idempotency-Key"),
        locale,
        is_get,
        address: request
            .peer_addr()
            .map(|a| a.ip().to_string())
            .unwrap_or_default(),
        request: id,
        now,
    };
    let begun = Instant::now();
    let (kind, answered) = match request::document(&state, &actor, &asked) {
        Err(answered) => ("document", answered),
        Ok(prepared) => {
            let kind = match prepared.kind() {
                OperationType::Query => "query",
                OperationType::Mutation => "mutation",
                OperationType::Subscription => "subscription",
            };
            let shared = Arc::clone(&state);
            let handle = tokio::runtime::Handle::current();
            let ran = web::block(move || request::run(&shared, actor, &asked, &prepared, &handle)).await;
            // A panic in a resolver ends here: the transaction was rolled back, the client learns nothing of it.
            (
                kind,
                ran.unwrap_or_else(|_| Answered::of_error(&ApiError::new(ErrorCode::Internal, locale))),
            )
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    state
        .metrics
        .operations
        .with_label_values(&[kind, answered.outcome])
        .inc();
    state.metrics.seconds.observe(seconds);
    if answered.statements > 0 {
        state.metrics.statements.observe(f64::from(answered.statements));
    }
    tracing::info!(request = %id, kind, outcome = answered.outcome, statements = answered.statements, ms = seconds * 1_000.0, "operation");
    respond(&answered, modern, id)
}

/// A malformed request is a 400 under both media types.
trait Malformed {
    fn map_plain(self, modern: bool) -> HttpResponse;
}

impl Malformed for HttpResponse {
    fn map_plain(mut self, modern: bool) -> HttpResponse {
        if !modern {
            self.headers_mut().insert(
                header::CONTENT_TYPE,
                header::HeaderValue::from_static("application/json; charset=utf-8"),
            );
        }
        self
    }
}
