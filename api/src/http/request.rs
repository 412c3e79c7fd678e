//! A GraphQL request as it travels, and the answer it gets: GraphQL over HTTP without a library's opinions.

use crate::clock;
use crate::state::State;
use chrono::{DateTime, Utc};
use domain::act::By;
use domain::ids::{RequestId, TenantId};
use graphql::context::{Beginning, CookieChange, Ctx, NotBegun};
use graphql::error::{ApiError, ErrorCode};
use graphql::messages::Locale;
use graphql::operation::{self, OperationType, Prepared, Variables};
use infra::pg::Mode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tenancy::actor::{Actor, Proof};
use tenancy::permission::Home;
use tenancy::session::KeptAnswer;

/// What was asked.
pub struct Asked {
    /// Text of the document.
    pub query: Option<String>,
    /// Hash of a trusted document.
    pub document_id: Option<String>,
    /// Which operation of it.
    pub operation_name: Option<String>,
    /// Variables.
    pub variables: Option<Value>,
    /// Key of the utility named in the header.
    pub tenant_key: Option<String>,
    /// Idempotency key.
    pub key: Option<String>,
    /// Language.
    pub locale: Locale,
    /// Whether it came by GET: nothing may be changed.
    pub is_get: bool,
    /// Digest of the network address.
    pub address: String,
    /// Request id.
    pub request: RequestId,
    /// The instant.
    pub now: DateTime<Utc>,
}

/// What is answered.
pub struct Answered {
    /// Body.
    pub body: String,
    /// Whether something was executed: `data` is there.
    pub executed: bool,
    /// HTTP status for `application/graphql-response+json`.
    pub status: u16,
    /// Cookie to set or clear.
    pub cookie: Option<CookieChange>,
    /// Outcome for the metrics.
    pub outcome: &'static str,
    /// SQL statements.
    pub statements: u32,
}

impl Answered {
    fn refused(status: u16, errors: &[Value]) -> Answered {
        Answered {
            body: json!({ "errors": errors }).to_string(),
            executed: false,
            status,
            cookie: None,
            outcome: "refused",
            statements: 0,
        }
    }

    /// An answer that only says why not.
    pub fn of_error(e: &ApiError) -> Answered {
        let status = match e.code {
            ErrorCode::Unauthenticated => 401,
            ErrorCode::Forbidden => 403,
            ErrorCode::NotFound => 404,
            ErrorCode::BadInput => 400,
            ErrorCode::Conflict => 409,
            ErrorCode::RateLimited => 429,
            ErrorCode::Unavailable => 503,
            ErrorCode::Internal => 500,
        };
        Answered::refused(status, &[operation::error_of(e)])
    }
}

/// The document of a request: text, or a trusted one by its hash. Cookie sessions may run trusted ones only.
pub fn document(state: &State, actor: &Actor, asked: &Asked) -> Result<Arc<Prepared>, Answered> {
    let bad = |field: &str| Answered::of_error(&ApiError::bad_input(asked.locale, field));
    let source = match (&asked.query, &asked.document_id) {
        (_, Some(id)) => state.trusted.get(id).ok_or_else(|| bad("documentId"))?.as_str(),
        (Some(query), None) => query.as_str(),
        (None, None) => return Err(bad("query")),
    };
    if actor.proof == Proof::Cookie
        && asked.document_id.is_none()
        && !state.trusted.contains_key(&hash_of(source))
    {
        return Err(bad("documentId"));
    }
    let prepared = state
        .documents
        .get(source, asked.operation_name.as_deref())
        .map_err(|errors| Answered::refused(400, &errors))?;
    if prepared.is_introspection() && !state.demo {
        return Err(bad("query"));
    }
    Ok(prepared)
}

/// The name of a document: `sha256:` and its digest.
pub fn hash_of(source: &str) -> String {
    let digest = Sha256::digest(source.as_bytes());
    digest.iter().fold(String::from("sha256:"), |mut text, b| {
        use std::fmt::Write;
        let _ = write!(text, "{b:02x}");
        text
    })
}

/// The utility an operation acts for: the customer's own, or the one named in the header, or none.
pub fn tenant_of(
    state: &State,
    actor: &Actor,
    asked: &Asked,
    prepared: &Prepared,
) -> Result<TenantId, Answered> {
    let home = prepared
        .home(asked.locale)
        .map_err(|errors| Answered::refused(400, &errors))?;
    let named = asked.tenant_key.as_deref().map(|key| state.tenant_by_key(key));
    match (home, actor.tenant, named) {
        (Home::Centre, ..) => Ok(TenantId::CENTRE),
        (_, Some(own), None) => Ok(own),
        (_, Some(own), Some(Some(named))) if named == own => Ok(own),
        (_, Some(_), Some(_)) | (_, None, Some(None)) => Err(Answered::of_error(&ApiError::new(
            ErrorCode::NotFound,
            asked.locale,
        ))),
        (_, None, Some(Some(named))) => Ok(named),
        (_, None, None) => Ok(TenantId::CENTRE),
    }
}

/// A key that runs on this node; given back when dropped.
struct Running<'a> {
    state: &'a State,
    entry: (TenantId, uuid::Uuid, String),
}

impl<'a> Running<'a> {
    fn begin(state: &'a State, entry: (TenantId, uuid::Uuid, String)) -> Option<Running<'a>> {
        let mut running = state.running.lock().unwrap_or_else(PoisonError::into_inner);
        // Made only when the key is free: one that is made in vain is dropped here, would wait for the lock that we
        // hold, and would give back a key that is somebody else's.
        running.insert(entry.clone()).then(|| Running { state, entry })
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.state
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.entry);
    }
}

/// Runs a query or mutation, on a thread that may block: one connection, one transaction.
pub fn run(
    state: &Arc<State>,
    actor: Actor,
    asked: &Asked,
    prepared: &Prepared,
    handle: &tokio::runtime::Handle,
) -> Answered {
    let locale = asked.locale;
    let kind = prepared.kind();
    if kind == OperationType::Subscription || kind == OperationType::Mutation && asked.is_get {
        let mut answered = Answered::of_error(&ApiError::bad_input(locale, "query"));
        answered.status = 405;
        return answered;
    }
    // Postgres has no NUL in texts; nobody means one.
    let holds_nul = |text: &str| text.contains('\0') || text.contains("\\u0000");
    if asked
        .variables
        .as_ref()
        .is_some_and(|v| holds_nul(&v.to_string()))
        || asked.query.as_deref().is_some_and(holds_nul)
    {
        return Answered::of_error(&ApiError::bad_input(locale, "variables"));
    }
    let Some(variables) = operation::variables(asked.variables.clone()) else {
        return Answered::of_error(&ApiError::bad_input(locale, "variables"));
    };
    let cost = match prepared.cost(&variables) {
        Ok(cost) => cost,
        Err(errors) => return Answered::refused(400, &errors),
    };
    let tenant = match tenant_of(state, &actor, asked, prepared) {
        Ok(tenant) => tenant,
        Err(answered) => return answered,
    };
    // A customer's session belongs to the customer's utility; where none is acted for, he is nobody.
    let actor = if tenant == TenantId::CENTRE && matches!(actor.by, By::Customer(_)) {
        Actor::NOBODY
    } else {
        actor
    };
    let keyed = kind == OperationType::Mutation && !prepared.takes_no_key() && actor.by != By::Nobody;
    let key = match (&asked.key, keyed) {
        (_, false) => None,
        (Some(key), true) if (8..=128).contains(&key.len()) => Some(key.clone()),
        (_, true) => return Answered::of_error(&ApiError::bad_input(locale, "Idempotency-Key")),
    };
    // At most one sign-in or link per operation: aliases would be so many guesses for one request.
    let guesses = prepared
        .roots()
        .filter(|r| matches!(*r, "signIn" | "portalLinkRequest" | "portalLinkRedeem"))
        .count();
    if guesses > 1 {
        return Answered::of_error(&ApiError::bad_input(locale, "query"));
    }
    let running = match &key {
        Some(key) => match Running::begin(state, (tenant, actor.by.id().unwrap_or_default(), key.clone())) {
            Some(running) => Some(running),
            None => return Answered::of_error(&ApiError::new(ErrorCode::Conflict, locale)),
        },
        None => None,
    };
    let mode = if kind == OperationType::Mutation {
        Mode::Write
    } else {
        Mode::Read
    };
    let answered = transact(
        state,
        actor,
        asked,
        prepared,
        &variables,
        tenant,
        mode,
        key.as_deref(),
        cost,
        handle,
    );
    drop(running);
    answered
}

#[expect(clippy::too_many_arguments, reason = "the steps of one request, each named")]
fn transact(
    state: &Arc<State>,
    actor: Actor,
    asked: &Asked,
    prepared: &Prepared,
    variables: &Variables,
    tenant: TenantId,
    mode: Mode,
    key: Option<&str>,
    cost: u32,
    handle: &tokio::runtime::Handle,
) -> Answered {
    let locale = asked.locale;
    let mut log = Vec::new();
    let answered = (|| {
        let store = state
            .database
            .begin(tenant, mode)
            .map_err(|e| ApiError::of_store(e, locale, &mut log))?;
        let fingerprint = fingerprint(prepared, asked.variables.as_ref(), tenant, &actor);
        let throttle = throttle(Arc::clone(state), asked.address.clone(), handle.clone());
        let beginning = Beginning {
            house: Arc::clone(&state.house),
            actor,
            tenant,
            locale,
            now: asked.now,
            request: asked.request,
            ids: clock::ids(),
            throttle,
        };
        let ctx = Ctx::begin(beginning, Box::new(store)).map_err(|not| match not {
            NotBegun::Refused(e) => e,
            NotBegun::Failed(e, text) => {
                log.push(text);
                e
            }
        })?;
        if let Some(kept) = key.map(|key| ctx.kept(key)).transpose()?.flatten() {
            if kept.fingerprint != fingerprint {
                return Err(ApiError::bad_input(locale, "Idempotency-Key"));
            }
            let still_allowed = prepared
                .roots()
                .filter_map(|r| prepared.permission(r))
                .all(|p| ctx.may(p));
            if !still_allowed {
                return Err(ApiError::new(ErrorCode::Forbidden, locale));
            }
            return Ok(Answered {
                body: kept.answer,
                executed: true,
                status: 200,
                cookie: None,
                outcome: "repeated",
                statements: 0,
            });
        }
        let mut executed = prepared.execute(variables, &ctx);
        let Some(data) = executed.data.take() else {
            return Ok(Answered::refused(400, &executed.errors));
        };
        let failed = executed.errors.iter().any(|e| {
            matches!(
                e.pointer("/extensions/code").and_then(Value::as_str),
                Some("INTERNAL" | "UNAVAILABLE" | "CONFLICT")
            )
        });
        let errors = match executed.errors.is_empty() {
            true => String::new(),
            false => format!(r#""errors":{},"#, Value::Array(executed.errors)),
        };
        let body = format!(r#"{{{errors}"data":{data},"extensions":{{"cost":{cost}}}}}"#);
        if !failed {
            ctx.end()?;
            if let Some(key) = key {
                ctx.keep(
                    key,
                    &KeptAnswer {
                        fingerprint: fingerprint.to_vec(),
                        answer: body.clone(),
                    },
                )?;
            }
        }
        let remains = ctx.finish();
        log.extend(remains.log);
        let mut statements = 0;
        if let Some(mut store) = remains.store.filter(|_| !failed) {
            statements = store.statements_run();
            store
                .commit_now()
                .map_err(|e| ApiError::of_store(e, locale, &mut log))?;
        }
        if mode == Mode::Write {
            state.wake.notify_one();
        }
        let cookie = if failed { None } else { remains.cookie };
        let outcome = if failed { "failed" } else { "done" };
        Ok(Answered {
            body,
            executed: true,
            status: 200,
            cookie,
            outcome,
            statements,
        })
    })();
    for text in log {
        tracing::error!(request = %asked.request, fault = text, "internal fault");
    }
    answered.unwrap_or_else(|e: ApiError| Answered::of_error(&e))
}

fn fingerprint(prepared: &Prepared, variables: Option<&Value>, tenant: TenantId, actor: &Actor) -> [u8; 32] {
    Sha256::new()
        .chain_update(prepared.digest())
        .chain_update(variables.map(Value::to_string).unwrap_or_default())
        .chain_update([0])
        .chain_update(tenant.0)
        .chain_update(actor.by.kind())
        .chain_update(actor.by.id().unwrap_or_default())
        .finalize()
        .into()
}

/// Ten tries per identifier and the setting's number per address, in five minutes.
fn throttle(
    state: Arc<State>,
    address: String,
    handle: tokio::runtime::Handle,
) -> graphql::context::Throttle {
    const WINDOW: Duration = Duration::from_secs(300);
    const PER_IDENTIFIER: u64 = 10;
    Box::new(move |kind, identifier| {
        let digest = |text: &str| hash_of(&format!("{kind}\n{text}"));
        handle.block_on(async {
            let by_address = state.counters.hit(&digest(&address), WINDOW).await;
            if by_address > state.tries_per_address {
                return true;
            }
            !identifier.is_empty() && state.counters.hit(&digest(identifier), WINDOW).await > PER_IDENTIFIER
        })
    })
}
