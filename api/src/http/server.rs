//! The routes, the headers that stand on all of them, and the orderly end.

use crate::http::{endpoint, health, hooks, pages};
use crate::state::State;
use actix_web::dev::{Server, Service};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::{App, HttpResponse, HttpServer, web};
use std::net::SocketAddr;
use std::sync::Arc;

/// Pages run their own scripts only; styles may be inline because the component library sets them so.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self' blob:";

fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ))
        .add((
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .add((
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ))
}

/// Binds the server. It does not watch signals: the command does.
pub fn bind(state: &Arc<State>, listen: SocketAddr, threads: usize) -> std::io::Result<Server> {
    let shared = web::Data::new(Arc::clone(state));
    let demo = state.demo;
    let server = HttpServer::new(move || {
        let app = App::new()
            .app_data(shared.clone())
            .app_data(web::PayloadConfig::new(endpoint::BODY_MOST))
            .wrap(Compress::default())
            .wrap(security())
            .wrap_fn(|request, service| {
                let call = service.call(request);
                async move {
                    let mut response = call.await?;
                    if !response.headers().contains_key(header::CACHE_CONTROL) {
                        response
                            .headers_mut()
                            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                    }
                    Ok(response)
                }
            })
            .service(
                web::resource("/graphql")
                    .route(web::post().to(endpoint::graphql))
                    .route(web::get().to(endpoint::graphql))
                    .default_service(web::to(|| async {
                        HttpResponse::MethodNotAllowed()
                            .insert_header((header::ALLOW, "GET, POST"))
                            .finish()
                    })),
            )
            .route("/hooks/cti/{token}", web::post().to(hooks::cti))
            .route("/health/live", web::get().to(health::live))
            .route("/health/ready", web::get().to(health::ready))
            .route("/metrics", web::get().to(health::metrics))
            .route("/", web::get().to(pages::root))
            .route("/assets/{tail:.*}", web::get().to(pages::asset))
            .route("/desk", web::get().to(pages::root))
            .route("/desk/{tail:.*}", web::get().to(pages::desk))
            .route("/portal/{tail:.*}", web::get().to(pages::portal));
        let app = if demo {
            app.route("/graphiql", web::get().to(pages::graphiql))
        } else {
            app
        };
        app.default_service(web::to(|| async {
            HttpResponse::NotFound()
                .content_type("text/plain; charset=utf-8")
                .body("not found\n")
        }))
    })
    .workers(threads)
    .disable_signals()
    .shutdown_timeout(25)
    .client_request_timeout(std::time::Duration::from_secs(10))
    .bind(listen)?
    .run();
    Ok(server)
}
