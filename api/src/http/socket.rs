//! Sockets: graphql-transport-ws and nothing older, subscriptions and nothing else. Every event is authorised again when
//! it is sent; a dead session closes its sockets within five seconds, whichever node ended it.

use crate::clock;
use crate::http::request::{self, Asked};
use crate::http::{auth, endpoint};
use crate::state::State;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, CloseCode, CloseReason, Session};
use domain::act::By;
use domain::ids::{PersonId, RequestId, TenantId};
use futures::StreamExt;
use futures::stream::BoxStream;
use graphql::context::{Beginning, Ctx, NotBegun};
use graphql::error::{ApiError, ErrorCode};
use graphql::messages::Locale;
use graphql::operation::{self, OperationType, Prepared};
use graphql::subscription::Heard;
use infra::bus::Fact;
use infra::pg::Mode;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tenancy::actor::{Actor, Proof};
use tenancy::session::SessionStore;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use tokio::time::Instant;

const PROTOCOL: &str = "graphql-transport-ws";
/// Time to begin the conversation.
const INIT_WITHIN: Duration = Duration::from_secs(3);
/// How often a session is looked at: with the look itself well inside the promised five seconds.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// Silence after which a socket is closed; pages ping every fifteen seconds.
const IDLE_MOST: Duration = Duration::from_secs(90);
/// Subscriptions of one socket.
const OPERATIONS_MOST: usize = 10;

/// The topic of facts for a person.
pub fn topic(person: PersonId) -> String {
    format!("person:{person}")
}

fn origin_fits(request: &HttpRequest) -> bool {
    // Programs send no origin; browsers always do, and cannot lie about it.
    let Some(origin) = request.headers().get(header::ORIGIN) else {
        return true;
    };
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .unwrap_or_default();
    origin
        .to_str()
        .ok()
        .and_then(|o| o.split_once("://"))
        .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
}

/// Opens a socket.
pub fn open(request: &HttpRequest, payload: web::Payload, state: &web::Data<Arc<State>>) -> HttpResponse {
    if !origin_fits(request) {
        return HttpResponse::Forbidden().finish();
    }
    let offered = request
        .headers()
        .get(header::SEC_WEBSOCKET_PROTOCOL)
        .and_then(|p| p.to_str().ok())
        .unwrap_or_default();
    let speaks = offered.split(',').any(|p| p.trim() == PROTOCOL);
    let Ok((mut response, session, stream)) = actix_ws::handle(request, payload) else {
        return HttpResponse::BadRequest().finish();
    };
    if speaks {
        response
            .headers_mut()
            .insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    }
    let conversation = Conversation {
        state: Arc::clone(state),
        session,
        cookie: request.cookie(auth::COOKIE).map(|c| c.value().to_owned()),
        locale: endpoint::locale_of(request),
        actor: None,
        running: HashMap::new(),
    };
    actix_web::rt::spawn(
        conversation.run(
            stream
                .aggregate_continuations()
                .max_continuation_size(endpoint::BODY_MOST),
            speaks,
        ),
    );
    response
}

struct Conversation {
    state: Arc<State>,
    session: Session,
    cookie: Option<String>,
    locale: Locale,
    actor: Option<Actor>,
    running: HashMap<String, JoinHandle<()>>,
}

/// Why a socket is closed.
type Close = (u16, &'static str);

impl Conversation {
    async fn run(mut self, mut stream: actix_ws::AggregatedMessageStream, speaks: bool) {
        self.state.metrics.sockets.inc();
        let close = if speaks {
            self.talk(&mut stream).await
        } else {
            (4406, "Subprotocol not acceptable")
        };
        for (_, task) in self.running.drain() {
            task.abort();
        }
        let reason = CloseReason {
            code: CloseCode::from(close.0),
            description: Some(close.1.to_owned()),
        };
        let _ = self.session.clone().close(Some(reason)).await;
        self.state.metrics.sockets.dec();
    }

    async fn talk(&mut self, stream: &mut actix_ws::AggregatedMessageStream) -> Close {
        let mut facts = self.state.bus.subscribe();
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.tick().await;
        let begun = Instant::now();
        let mut heard_at = begun;
        loop {
            let init_left = if self.actor.is_none() {
                INIT_WITHIN.saturating_sub(begun.elapsed())
            } else {
                IDLE_MOST
            };
            tokio::select! {
                message = stream.next() => {
                    heard_at = Instant::now();
                    match message {
                        Some(Ok(AggregatedMessage::Text(text))) => {
                            if let Err(close) = self.message(&text).await { return close; }
                        }
                        Some(Ok(AggregatedMessage::Ping(bytes))) => { let _ = self.session.pong(&bytes).await; }
                        Some(Ok(AggregatedMessage::Pong(_))) => {}
                        Some(Ok(AggregatedMessage::Binary(_))) => return (4400, "Text messages only"),
                        Some(Ok(AggregatedMessage::Close(_))) | None => return (1000, ""),
                        Some(Err(_)) => return (4400, "Message cannot be read"),
                    }
                }
                () = tokio::time::sleep(init_left), if self.actor.is_none() => return (4408, "Connection initialisation timeout"),
                _ = look.tick() => {
                    if heard_at.elapsed() > IDLE_MOST { return (1001, "Idle"); }
                    if !self.state.ready.load(std::sync::atomic::Ordering::Relaxed) { return (1001, "Going away"); }
                    if let Some(actor) = self.actor.clone() && !lives(&self.state, actor, TenantId::CENTRE).await { return (4403, "Forbidden"); }
                }
                fact = facts.recv() => {
                    if let (Ok(fact), Some(session)) = (fact, self.actor.as_ref().and_then(|a| a.session))
                        && fact.topic == format!("session:{session}") { return (4403, "Forbidden"); }
                }
            }
        }
    }

    async fn message(&mut self, text: &str) -> Result<(), Close> {
        let message: Value = serde_json::from_str(text).map_err(|_| (4400, "Message is not JSON"))?;
        match message.get("type").and_then(Value::as_str) {
            Some("connection_init") => self.init(message.get("payload")).await,
            Some("ping") => self.send(json!({ "type": "pong" })).await,
            Some("pong") => Ok(()),
            Some("subscribe") => self.subscribe(&message).await,
            Some("complete") => {
                let id = message
                    .get("id")
                    .and_then(Value::as_str)
                    .ok_or((4400, "Complete without id"))?;
                if let Some(task) = self.running.remove(id) {
                    task.abort();
                }
                Ok(())
            }
            _ => Err((4400, "Unknown message")),
        }
    }

    async fn send(&mut self, message: Value) -> Result<(), Close> {
        self.session
            .text(message.to_string())
            .await
            .map_err(|_| (1001, "Gone"))
    }

    async fn init(&mut self, payload: Option<&Value>) -> Result<(), Close> {
        if self.actor.is_some() {
            return Err((4429, "Too many initialisation requests"));
        }
        let shown = payload
            .and_then(|p| p.get("authorization"))
            .and_then(Value::as_str)
            .and_then(auth::bearer);
        let keys = &self.state.house.keys;
        let actor = match (shown, &self.cookie) {
            (Some(token), _) => auth::of_token(keys, token, Proof::Bearer, clock::now()),
            (None, Some(cookie)) => auth::of_token(keys, cookie, Proof::Cookie, clock::now()),
            (None, None) => Err(auth::BadToken),
        }
        .map_err(|_| (4403, "Forbidden"))?;
        if !lives(
            &self.state,
            actor.clone(),
            actor.tenant.unwrap_or(TenantId::CENTRE),
        )
        .await
        {
            return Err((4403, "Forbidden"));
        }
        self.actor = Some(actor);
        self.send(json!({ "type": "connection_ack" })).await
    }

    async fn subscribe(&mut self, message: &Value) -> Result<(), Close> {
        let actor = self.actor.clone().ok_or((4401, "Unauthorized"))?;
        let id = message
            .get("id")
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty())
            .ok_or((4400, "Subscribe without id"))?
            .to_owned();
        let payload = message
            .get("payload")
            .filter(|p| p.is_object())
            .ok_or((4400, "Subscribe without payload"))?;
        self.running.retain(|_, task| !task.is_finished());
        if self.running.contains_key(&id) {
            return Err((4409, "Subscriber already exists"));
        }
        let refuse = |errors: Value| json!({ "id": id, "type": "error", "payload": errors });
        if self.running.len() >= OPERATIONS_MOST {
            let e = ApiError::new(ErrorCode::RateLimited, self.locale);
            return self.send(refuse(json!([operation::error_of(&e)]))).await;
        }
        let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
        let asked = Asked {
            query: text("query"),
            document_id: text("documentId"),
            operation_name: text("operationName"),
            variables: payload.get("variables").cloned(),
            tenant_key: None,
            key: None,
            locale: self.locale,
            is_get: false,
            address: String::new(),
            request: RequestId(clock::id()),
            now: clock::now(),
        };
        let prepared = match request::document(&self.state, &actor, &asked) {
            Ok(prepared) if prepared.kind() == OperationType::Subscription => prepared,
            Ok(_) => {
                return self
                    .send(refuse(json!([operation::error_of(&ApiError::bad_input(
                        self.locale,
                        "query"
                    ))])))
                    .await;
            }
            Err(answered) => {
                let body: Value = serde_json::from_str(&answered.body).unwrap_or_default();
                return self
                    .send(refuse(body.get("errors").cloned().unwrap_or_default()))
                    .await;
            }
        };
        let (state, session) = (Arc::clone(&self.state), self.session.clone());
        let task = actix_web::rt::spawn(serve(state, session, actor, id.clone(), asked, prepared));
        self.running.insert(id, task);
        Ok(())
    }
}

/// One subscription until it ends.
async fn serve(
    state: Arc<State>,
    mut session: Session,
    actor: Actor,
    id: String,
    asked: Asked,
    prepared: Arc<Prepared>,
) {
    let locale = asked.locale;
    let variables = operation::variables(asked.variables.clone()).unwrap_or_default();
    let context = {
        let (state, actor) = (Arc::clone(&state), actor.clone());
        // Listening begins before the context does: nothing that happens between is missed.
        let facts = state.bus.subscribe();
        web::block(move || context(&state, actor, &asked, facts))
            .await
            .unwrap_or_else(|_| Err(ApiError::new(ErrorCode::Internal, locale)))
    };
    let ctx = match context {
        Ok(ctx) => ctx,
        Err(e) => {
            let _ = session
                .text(json!({ "id": id, "type": "error", "payload": [operation::error_of(&e)] }).to_string())
                .await;
            return;
        }
    };
    let mut stream = match prepared.stream(&variables, &ctx).await {
        Ok(stream) => stream,
        Err(errors) => {
            let _ = session
                .text(json!({ "id": id, "type": "error", "payload": errors }).to_string())
                .await;
            return;
        }
    };
    while let Some(answer) = stream.next().await {
        if session
            .text(json!({ "id": id, "type": "next", "payload": answer }).to_string())
            .await
            .is_err()
        {
            return;
        }
    }
    drop(stream);
    // The stream only ends when this listener was too slow: the client has to begin anew and ask for what it missed.
    let _ = session
        .close(Some(CloseReason {
            code: CloseCode::from(1013),
            description: Some("Too slow".to_owned()),
        }))
        .await;
}

fn context(state: &Arc<State>, actor: Actor, asked: &Asked, facts: Receiver<Fact>) -> Result<Ctx, ApiError> {
    let mut log = Vec::new();
    let store = state
        .database
        .begin(TenantId::CENTRE, Mode::Read)
        .map_err(|e| ApiError::of_store(e, asked.locale, &mut log))?;
    let heard = listen(Arc::clone(state), actor.clone(), facts);
    let beginning = Beginning {
        house: Arc::clone(&state.house),
        actor,
        tenant: TenantId::CENTRE,
        locale: asked.locale,
        now: asked.now,
        request: asked.request,
        ids: clock::ids(),
        throttle: Box::new(|_, _| false),
    };
    let ctx = Ctx::begin(beginning, Box::new(store)).map_err(|not| match not {
        NotBegun::Refused(e) => e,
        NotBegun::Failed(e, text) => {
            tracing::error!(request = %asked.request, fault = text, "a subscription could not begin");
            e
        }
    })?;
    let (ctx, store) = ctx.listen(heard);
    drop(store);
    Ok(ctx)
}

/// Facts for this actor, each authorised anew under its utility.
fn listen(state: Arc<State>, actor: Actor, facts: Receiver<Fact>) -> BoxStream<'static, Heard> {
    let wanted = actor.person().map(topic).unwrap_or_default();
    futures::stream::unfold(
        (state, actor, facts, wanted),
        |(state, actor, mut facts, wanted)| async move {
            loop {
                let fact = match facts.recv().await {
                    Ok(fact) => fact,
                    Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
                };
                if fact.topic != wanted {
                    continue;
                }
                let Some(heard) = heard_of(&fact) else { continue };
                let tenant = match heard {
                    Heard::Offer { tenant, .. } | Heard::Interaction { tenant, .. } => tenant,
                };
                if lives(&state, actor.clone(), tenant).await {
                    return Some((heard, (state, actor, facts, wanted)));
                }
            }
        },
    )
    .boxed()
}

fn heard_of(fact: &Fact) -> Option<Heard> {
    let id = |name: &str| {
        fact.body
            .get(name)
            .and_then(Value::as_str)
            .and_then(|t| t.parse::<uuid::Uuid>().ok())
    };
    let state = fact.body.get("state").and_then(Value::as_str)?;
    let tenant = TenantId(id("tenant")?);
    match id("offer") {
        Some(offer) => Some(Heard::Offer {
            tenant,
            offer: offer.into(),
            interaction: id("interaction")?.into(),
            state: domain::interactions::OfferState::parse(state)?,
            expires_at: fact
                .body
                .get("expires_at")
                .and_then(Value::as_str)
                .and_then(|t| t.parse().ok()),
        }),
        None => Some(Heard::Interaction {
            tenant,
            interaction: id("interaction")?.into(),
            state: domain::interactions::InteractionState::parse(state)?,
        }),
    }
}

/// Whether the session lives and, for a person under a utility, a grant is valid there. While the database is away
/// nothing is sent and nothing is closed.
async fn lives(state: &Arc<State>, actor: Actor, tenant: TenantId) -> bool {
    let state = Arc::clone(state);
    let looked = web::block(move || {
        let mut store = state.database.begin(tenant, Mode::Read)?;
        let opening = store.opening(tenant, actor.by, actor.session, clock::now())?;
        let granted =
            tenant == TenantId::CENTRE || !matches!(actor.by, By::Person(_)) || !opening.roles.is_empty();
        Ok::<bool, domain::fault::StoreError>(opening.live && granted)
    })
    .await;
    match looked {
        Ok(Ok(lives)) => lives,
        _ => tenant == TenantId::CENTRE,
    }
}
