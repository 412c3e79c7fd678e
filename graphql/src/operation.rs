//! Documents: parsed, validated and weighed once, executed many times.

use crate::analysis::{Analysis, LIMITS};
use crate::context::Ctx;
use crate::error::{ApiError, ErrorCode};
use crate::messages::Locale;
use crate::mutation::Mutation;
use crate::query::Query;
use crate::subscription::Subscription;
use futures::stream::BoxStream;
pub use juniper::OperationType;
use juniper::http::GraphQLRequest;
use juniper::{DefaultScalarValue, GraphQLError, InputValue, RootNode, ValidatedOperation};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tenancy::permission::{Home, Permission};
use yoke::{Yoke, Yokeable};

/// Variables of a request, as an operation takes them.
pub type Variables = juniper::Variables<DefaultScalarValue>;

/// The schema of the house.
pub type Schema = RootNode<Query, Mutation, Subscription>;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::new(Query, Mutation, Subscription)
        .limit_depth(LIMITS.depth)
        .limit_tokens(LIMITS.tokens)
        .limit_fields(LIMITS.fields)
});

/// The schema in its own language.
pub fn sdl() -> String {
    SCHEMA.as_sdl()
}

#[derive(Yokeable)]
struct Held<'a>(ValidatedOperation<'a, Query, Mutation, Subscription>);

/// A document ready to run.
pub struct Prepared {
    held: Yoke<Held<'static>, String>,
    analysis: Analysis,
    kind: OperationType,
    digest: [u8; 32],
}

/// Why a document was not prepared: the `errors` of the answer.
pub type RequestErrors = Vec<Value>;

fn error(message: &str, extensions: Value) -> Value {
    json!({ "message": message, "extensions": extensions })
}

/// The `errors` entry of an error that belongs to no field.
pub fn error_of(e: &ApiError) -> Value {
    match &e.field {
        Some(field) => error(&e.message, json!({ "code": e.code.text(), "field": field })),
        None => error(&e.message, json!({ "code": e.code.text() })),
    }
}

fn limit(what: &str, most: usize, asked: usize) -> RequestErrors {
    let message = format!("The document asks for too much: {asked} {what}, at most {most} are allowed.");
    vec![error(
        &message,
        json!({ "code": ErrorCode::BadInput.text(), "limit": what, "most": most, "asked": asked }),
    )]
}

fn coded(e: &GraphQLError) -> RequestErrors {
    let code = ErrorCode::BadInput.text();
    let mut errors = match serde_json::to_value(e) {
        Ok(Value::Array(errors)) => errors,
        _ => vec![json!({ "message": "The document is not valid." })],
    };
    for e in &mut errors {
        if let Some(object) = e.as_object_mut() {
            object.insert("extensions".into(), json!({ "code": code }));
        }
    }
    errors
}

impl Prepared {
    /// Parses, validates and weighs a document.
    pub fn new(source: &str, operation_name: Option<&str>) -> Result<Prepared, RequestErrors> {
        let schema: &'static Schema = &SCHEMA;
        let mut failed = None;
        let held: Yoke<Held<'static>, String> = Yoke::try_attach_to_cart(source.to_owned(), |text| {
            match ValidatedOperation::new(text, operation_name, schema) {
                Ok(operation) => Ok(Held(operation)),
                Err(e) => {
                    failed = Some(coded(&e));
                    Err(())
                }
            }
        })
        .map_err(|()| failed.unwrap_or_default())?;
        // The validated operation keeps its document to itself; weighing needs a second look at the text.
        let analysis = juniper::parser::parse_document_source(source, &schema.schema)
            .ok()
            .and_then(|document| Analysis::of(&document, operation_name, &schema.schema))
            .ok_or_else(|| {
                vec![error(
                    "The document is not valid.",
                    json!({ "code": ErrorCode::BadInput.text() }),
                )]
            })?;
        if analysis.roots.len() > LIMITS.roots {
            return Err(limit("root fields", LIMITS.roots, analysis.roots.len()));
        }
        if analysis.aliases > LIMITS.aliases {
            return Err(limit("aliases", LIMITS.aliases, analysis.aliases));
        }
        if let Some(key) = analysis.doubled_root() {
            let message = format!("Two root fields answer under `{key}`; give them different aliases.");
            return Err(vec![error(
                &message,
                json!({ "code": ErrorCode::BadInput.text() }),
            )]);
        }
        let kind = held.get().0.operation_type();
        let digest = Sha256::new()
            .chain_update(source)
            .chain_update([0])
            .chain_update(operation_name.unwrap_or_default())
            .finalize()
            .into();
        Ok(Prepared {
            held,
            analysis,
            kind,
            digest,
        })
    }

    /// Query, mutation or subscription.
    pub fn kind(&self) -> OperationType {
        self.kind
    }

    /// SHA-256 of text and operation name.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Whether it asks about the schema itself.
    pub fn is_introspection(&self) -> bool {
        self.analysis
            .roots
            .iter()
            .any(|(name, _)| matches!(name.as_str(), "__schema" | "__type"))
    }

    /// Names of the root fields.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        self.analysis.roots.iter().map(|(name, _)| name.as_str())
    }

    /// Whether it takes no idempotency key: answers of sign-ins are secrets that must not be kept, and a kept sign-out
    /// would let the next session live.
    pub fn takes_no_key(&self) -> bool {
        self.roots()
            .any(|r| matches!(r, "signIn" | "portalLinkRedeem" | "signOut"))
    }

    /// The permission of a root field.
    pub fn permission(&self, root: &str) -> Option<Permission> {
        Permission::ALL
            .iter()
            .copied()
            .find(|p| p.field() == root && kind_of(*p) == self.kind)
    }

    /// Under whose policies the whole operation runs. An operation acts for one utility or for none.
    pub fn home(&self, locale: Locale) -> Result<Home, RequestErrors> {
        let mut home = Home::Either;
        for permission in self.roots().filter_map(|r| self.permission(r)) {
            home = match (home, permission.home()) {
                (any, Home::Either) => any,
                (Home::Either, other) => other,
                (one, other) if one == other => one,
                _ => return Err(vec![error_of(&ApiError::bad_input(locale, "Busbar-Tenant"))]),
            };
        }
        Ok(home)
    }

    /// Cost with these variables, or the refusal of too much.
    pub fn cost(&self, variables: &Variables) -> Result<u32, RequestErrors> {
        let cost = self.analysis.cost(variables);
        // The schema is bounded by itself; whether it may be asked at all is decided before.
        if cost > LIMITS.cost && !self.is_introspection() {
            Err(limit("cost", LIMITS.cost as usize, cost as usize))
        } else {
            Ok(cost)
        }
    }

    /// Executes a query or mutation in its context. `data` is absent when the variables do not fit.
    pub fn execute(&self, variables: &Variables, ctx: &Ctx) -> Executed {
        match self.held.get().0.execute_sync(variables, ctx) {
            Ok((data, errors)) => Executed {
                data: serde_json::to_string(&data).ok(),
                errors: errors
                    .iter()
                    .filter_map(|e| serde_json::to_value(e).ok())
                    .collect(),
            },
            Err(e) => Executed {
                data: None,
                errors: coded(&e),
            },
        }
    }

    /// Runs a subscription: sends one answer per fact until the stream ends or `send` says stop.
    pub async fn stream<'a>(
        &'a self,
        variables: &'a Variables,
        ctx: &'a Ctx,
    ) -> Result<BoxStreamOf<'a>, RequestErrors> {
        use futures::StreamExt;
        let (value, errors) = self
            .held
            .get()
            .0
            .resolve_into_stream(variables, ctx)
            .await
            .map_err(|e| coded(&e))?;
        if !errors.is_empty() {
            return Err(errors
                .iter()
                .filter_map(|e| serde_json::to_value(e).ok())
                .collect());
        }
        let juniper::Value::Object(object) = value else {
            return Err(Vec::new());
        };
        let mut streams = Vec::new();
        for (key, value) in object {
            if let juniper::Value::Scalar(stream) = value {
                let key = key.to_string();
                streams.push(
                    stream
                        .map(move |item| match item {
                            Ok(data) => json!({ "data": { key.as_str(): serde_json::to_value(&data).unwrap_or(Value::Null) } }),
                            Err(e) => json!({ "data": null, "errors": [serde_json::to_value(&e).unwrap_or(Value::Null)] }),
                        })
                        .boxed(),
                );
            }
        }
        Ok(futures::stream::select_all(streams).boxed())
    }
}

/// Answers of a subscription.
pub type BoxStreamOf<'a> = BoxStream<'a, Value>;

fn kind_of(permission: Permission) -> OperationType {
    use Permission as P;
    match permission {
        P::OfferHear | P::InteractionHear => OperationType::Subscription,
        P::SessionOpen
        | P::SessionClose
        | P::PresenceSet
        | P::OfferAccept
        | P::OfferDecline
        | P::InteractionIdentify
        | P::InteractionLog
        | P::CaseNote
        | P::CaseClose
        | P::GrantGive
        | P::GrantEnd
        | P::PolicyPut
        | P::PolicyRemove
        | P::PortalLinkRequest
        | P::PortalLinkRedeem => OperationType::Mutation,
        _ => OperationType::Query,
    }
}

/// What an execution gave.
pub struct Executed {
    /// The data as JSON text, fields in the order they were asked for; absent when nothing was executed.
    pub data: Option<String>,
    /// The errors.
    pub errors: Vec<Value>,
}

/// Variables of a request, from JSON.
pub fn variables(json: Option<Value>) -> Option<Variables> {
    let input: InputValue<DefaultScalarValue> = match json {
        None | Some(Value::Null) => return Some(Variables::new()),
        Some(Value::Object(object)) => serde_json::from_value(Value::Object(object)).ok()?,
        Some(_) => return None,
    };
    Some(
        GraphQLRequest {
            query: String::new(),
            operation_name: None,
            variables: Some(input),
        }
        .variables(),
    )
}

/// Documents met before, bounded: when the young half is full it becomes the old half.
pub struct Documents {
    most: usize,
    halves: Mutex<[HashMap<[u8; 32], Arc<Prepared>>; 2]>,
}

impl Documents {
    /// Keeps at most twice `most` documents.
    pub fn new(most: usize) -> Documents {
        Documents {
            most,
            halves: Mutex::default(),
        }
    }

    /// The document, prepared now or before.
    pub fn get(&self, source: &str, operation_name: Option<&str>) -> Result<Arc<Prepared>, RequestErrors> {
        let key: [u8; 32] = Sha256::new()
            .chain_update(source)
            .chain_update([0])
            .chain_update(operation_name.unwrap_or_default())
            .finalize()
            .into();
        {
            let halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = halves.iter().find_map(|half| half.get(&key)) {
                return Ok(Arc::clone(known));
            }
        }
        let prepared = Arc::new(Prepared::new(source, operation_name)?);
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        let [young, old] = &mut *halves;
        if young.len() >= self.most {
            *old = std::mem::take(young);
        }
        young.insert(key, Arc::clone(&prepared));
        Ok(prepared)
    }
}
