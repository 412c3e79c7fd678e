//! What an operation runs in. The store is behind [`Ctx::open`] and [`Ctx::change`]: there is no other door to it, and
//! Casbin stands in both.

mod house;
mod store;

pub use house::{House, Tenants, policy_of};
pub use store::Store;

use crate::error::{Answer, ApiError, ErrorCode, UserError};
use crate::ids::{self, Kind};
use crate::messages::Locale;
use crate::subscription::Heard;
use chrono::{DateTime, NaiveDate, Utc};
use domain::act::{Act, By, IdSource, Purpose};
use domain::audit::{AuditEntry, AuditOutcome, AuditSubject};
use domain::fault::{Fault, StoreError};
use domain::ids::{CustomerId, RequestId, SessionId, TenantId};
use domain::scope::Scope;
use domain::tenant::Tenant;
use futures::stream::BoxStream;
use juniper::ID;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tenancy::actor::Actor;
use tenancy::permission::{FieldClass, Home, Level, Permission};
use tenancy::policy::{RolePolicy, TenantPolicy};
use tenancy::session::{KeptAnswer, Opening};
use uuid::Uuid;

/// New ids: UUIDv7 of the request's instant, counting up.
pub struct RequestIds {
    make: Box<dyn FnMut() -> Uuid + Send>,
}

impl RequestIds {
    /// Ids from a maker.
    pub fn new(make: impl FnMut() -> Uuid + Send + 'static) -> RequestIds {
        RequestIds { make: Box::new(make) }
    }
}

impl IdSource for RequestIds {
    fn next(&mut self) -> Uuid {
        (self.make)()
    }
}

/// What an operation is begun with.
pub struct Beginning {
    /// Shared by all.
    pub house: Arc<House>,
    /// Who asks.
    pub actor: Actor,
    /// For which utility; the nil id for none.
    pub tenant: TenantId,
    /// Language of sentences.
    pub locale: Locale,
    /// The instant of the request.
    pub now: DateTime<Utc>,
    /// The request.
    pub request: RequestId,
    /// New ids.
    pub ids: RequestIds,
    /// Counts a try for an identifier (login, address); true when it was one too many.
    pub throttle: Throttle,
}

/// Counts a try of a kind for an identifier; true when it was one too many.
pub type Throttle = Box<dyn Fn(&str, &str) -> bool + Send + Sync>;

/// A session that the answer has to bring along as a cookie or take away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CookieChange {
    /// Set the cookie.
    Set {
        /// Token.
        token: String,
        /// Until.
        until: DateTime<Utc>,
    },
    /// Remove it.
    Clear,
}

struct Inner {
    store: Option<Box<dyn Store>>,
    ids: RequestIds,
    undo: bool,
    cookie: Option<CookieChange>,
    heard: Option<BoxStream<'static, Heard>>,
}

#[derive(Default)]
struct Trace {
    asked: BTreeSet<Permission>,
    disclosed: BTreeMap<CustomerId, BTreeSet<FieldClass>>,
    purpose: Option<Purpose>,
    log: Vec<String>,
}

/// The context of one operation.
pub struct Ctx {
    house: Arc<House>,
    actor: Actor,
    tenant: TenantId,
    utility: Option<Arc<Tenant>>,
    locale: Locale,
    now: DateTime<Utc>,
    request: RequestId,
    policy: Arc<RolePolicy>,
    tenant_policy: Arc<TenantPolicy>,
    levels: [Level; FieldClass::ALL.len()],
    throttle: Throttle,
    inner: Mutex<Inner>,
    trace: Mutex<Trace>,
}

impl juniper::Context for Ctx {}

/// What is left of an operation after its execution.
pub struct Remains {
    /// The store, to commit.
    pub store: Option<Box<dyn Store>>,
    /// Cookie to set or clear.
    pub cookie: Option<CookieChange>,
    /// Internal texts for the log.
    pub log: Vec<String>,
}

/// The store and the scope of one permission, while it is open.
pub struct Opened<'a> {
    guard: MutexGuard<'a, Inner>,
    /// What the permission lets see.
    pub scope: Scope,
}

impl Opened<'_> {
    /// The store.
    pub fn store(&mut self) -> Result<&mut (dyn Store + 'static), StoreError> {
        self.guard
            .store
            .as_deref_mut()
            .ok_or_else(|| StoreError::Internal("no store on a socket".into()))
    }
}

/// A change under way.
pub struct Change<'a, 'b> {
    /// The store.
    pub store: &'a mut dyn Store,
    /// Who, when, why.
    pub act: Act<'b>,
    /// What the permission lets change.
    pub scope: Scope,
    /// The cookie the answer has to bring.
    pub cookie: &'a mut Option<CookieChange>,
}

/// A payload that can say no.
pub trait Payload: Sized {
    /// The payload of a refusal.
    fn refused(errors: Vec<UserError>) -> Self;
}

/// Why an operation cannot begin.
pub enum NotBegun {
    /// Tell the client.
    Refused(ApiError),
    /// Tell the client, and the log.
    Failed(ApiError, String),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic inside a resolver ends the whole operation; what it left is rolled back, not read.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Roles of an actor: a person's come from grants; everybody has one of being who he is.
fn roles_of(actor: &Actor, tenant: TenantId, opening: Opening) -> Vec<String> {
    match actor.by {
        By::Person(_) if tenant == TenantId::CENTRE => vec!["person".into()],
        By::Person(_) => opening.roles,
        By::Customer(_) => vec!["customer".into()],
        By::Nobody | By::Service | By::System => vec!["nobody".into()],
    }
}

impl Ctx {
    /// Begins an operation: one statement tells whether the session lives, which roles the actor has here and now, and
    /// under which epoch of the rules.
    pub fn begin(beginning: Beginning, mut store: Box<dyn Store>) -> Result<Ctx, NotBegun> {
        let Beginning {
            house,
            actor,
            tenant,
            locale,
            now,
            request,
            ids,
            throttle,
        } = beginning;
        let failed = |e: StoreError| {
            let mut log = Vec::new();
            let error = ApiError::of_store(e, locale, &mut log);
            NotBegun::Failed(error, log.pop().unwrap_or_default())
        };
        let opening = store
            .opening(tenant, actor.by, actor.session, now)
            .map_err(failed)?;
        if actor.by != By::Nobody && !opening.live {
            return Err(NotBegun::Refused(ApiError::new(
                ErrorCode::Unauthenticated,
                locale,
            )));
        }
        if tenant != TenantId::CENTRE && matches!(actor.by, By::Person(_)) && opening.roles.is_empty() {
            // No grant: this utility does not exist for her.
            return Err(NotBegun::Refused(ApiError::new(ErrorCode::NotFound, locale)));
        }
        let epoch = opening.epoch;
        let roles = roles_of(&actor, tenant, opening);
        let tenant_policy = policy_of(&house, store.as_mut(), tenant, epoch).map_err(failed)?;
        let policy = tenant_policy
            .of(&roles)
            .map_err(|e| failed(StoreError::Internal(e.to_string())))?;
        let mut levels = [Level::None; FieldClass::ALL.len()];
        for (slot, class) in levels.iter_mut().zip(FieldClass::ALL) {
            *slot = policy.level(*class);
        }
        let utility = house.tenants.get(tenant).filter(|t| t.id != TenantId::CENTRE);
        Ok(Ctx {
            house,
            actor,
            tenant,
            utility,
            locale,
            now,
            request,
            policy,
            tenant_policy,
            levels,
            throttle,
            inner: Mutex::new(Inner {
                store: Some(store),
                ids,
                undo: false,
                cookie: None,
                heard: None,
            }),
            trace: Mutex::default(),
        })
    }

    /// Leaves the store aside and gives the operation a stream of facts: the context of a subscription.
    pub fn listen(self, heard: BoxStream<'static, Heard>) -> (Ctx, Option<Box<dyn Store>>) {
        let store = {
            let mut inner = lock(&self.inner);
            inner.heard = Some(heard);
            inner.store.take()
        };
        (self, store)
    }

    /// The facts, for the one subscription of this context.
    pub(crate) fn heard(&self, permission: Permission) -> Answer<BoxStream<'static, Heard>> {
        self.sight(permission)?;
        lock(&self.inner)
            .heard
            .take()
            .ok_or_else(|| ApiError::new(ErrorCode::BadInput, self.locale))
    }

    /// Whether a permission is held at all.
    pub fn may(&self, permission: Permission) -> bool {
        self.sight(permission).is_ok()
    }

    fn sight(&self, permission: Permission) -> Answer<domain::scope::Sight> {
        let at_home = match permission.home() {
            Home::Either => true,
            Home::Centre => self.tenant == TenantId::CENTRE,
            Home::Tenant => self.tenant != TenantId::CENTRE,
        };
        if !at_home {
            // Mixed operations are refused before; here a utility is missing.
            return Err(match self.actor.by {
                By::Nobody => ApiError::new(ErrorCode::Unauthenticated, self.locale),
                _ => ApiError::bad_input(self.locale, "Busbar-Tenant"),
            });
        }
        let sight = self
            .policy
            .sight(permission)
            .map_err(|e| self.fault(StoreError::Internal(e.to_string())))?;
        if sight.is_empty() {
            let code = if self.actor.by == By::Nobody {
                ErrorCode::Unauthenticated
            } else {
                ErrorCode::Forbidden
            };
            return Err(ApiError::new(code, self.locale));
        }
        Ok(sight)
    }

    /// Opens a permission for reading: the store, and the scope that its functions turn into SQL.
    pub fn open(&self, permission: Permission) -> Answer<Opened<'_>> {
        let sight = self.sight(permission)?;
        lock(&self.trace).asked.insert(permission);
        Ok(Opened {
            guard: lock(&self.inner),
            scope: Scope {
                tenant: self.tenant,
                by: self.actor.by,
                sight,
            },
        })
    }

    /// Reads under a permission.
    pub fn read<T>(
        &self,
        permission: Permission,
        read: impl FnOnce(&mut dyn Store, &Scope) -> Result<T, StoreError>,
    ) -> Answer<T> {
        let mut opened = self.open(permission)?;
        let scope = opened.scope;
        let result = opened.store().and_then(|store| read(store, &scope));
        drop(opened);
        result.map_err(|e| self.fault(e))
    }

    /// Changes under a permission. An expected refusal becomes the payload's `userErrors`, and the root field's savepoint
    /// is taken back.
    pub fn change<T: Payload>(
        &self,
        permission: Permission,
        change: impl FnOnce(&mut Change<'_, '_>) -> Result<T, Fault>,
    ) -> Answer<T> {
        let sight = self.sight(permission)?;
        let scope = Scope {
            tenant: self.tenant,
            by: self.actor.by,
            sight,
        };
        let mut guard = lock(&self.inner);
        let Inner {
            store, ids, cookie, ..
        } = &mut *guard;
        let result = match store.as_deref_mut() {
            None => Err(Fault::Store(StoreError::Internal("no store on a socket".into()))),
            Some(store) => {
                let act = Act {
                    tenant: self.tenant,
                    by: self.actor.by,
                    now: self.now,
                    request: self.request,
                    purpose: None,
                    ids,
                };
                let mut work = Change {
                    store,
                    act,
                    scope,
                    cookie,
                };
                let result = change(&mut work);
                if work.act.purpose.is_some() {
                    lock(&self.trace).purpose = work.act.purpose;
                }
                result
            }
        };
        match result {
            Ok(payload) => Ok(payload),
            Err(Fault::Refused(refusal)) => {
                guard.undo = true;
                Ok(T::refused(vec![UserError::of(refusal, self.locale)]))
            }
            Err(Fault::Store(e)) => {
                guard.undo = true;
                drop(guard);
                Err(self.fault(e))
            }
        }
    }

    /// Whether the change failed or was refused since last asked: its savepoint has to be taken back.
    pub(crate) fn undo_wanted(&self) -> bool {
        std::mem::take(&mut lock(&self.inner).undo)
    }

    /// A step of the unit of work around a root mutation field: its savepoint, kept or taken back.
    pub(crate) fn unit(&self, step: impl FnOnce(&mut dyn Store) -> Result<(), StoreError>) -> Answer<()> {
        let result = match lock(&self.inner).store.as_deref_mut() {
            Some(store) => step(store),
            None => Err(StoreError::Internal("no store on a socket".into())),
        };
        result.map_err(|e| self.fault(e))
    }

    /// The error of a store's fault; its text goes to the log.
    pub fn fault(&self, e: StoreError) -> ApiError {
        ApiError::of_store(e, self.locale, &mut lock(&self.trace).log)
    }

    /// How much of a field class the actor sees here.
    pub fn level(&self, class: FieldClass) -> Level {
        self.levels.get(class as usize).copied().unwrap_or_default()
    }

    /// Notes that a class of a customer was shown in full.
    pub fn disclosed(&self, customer: Option<CustomerId>, class: FieldClass) {
        if let Some(customer) = customer {
            lock(&self.trace)
                .disclosed
                .entry(customer)
                .or_default()
                .insert(class);
        }
    }

    /// Says what the personal data of this operation are read for.
    pub fn purpose(&self, purpose: Purpose) {
        lock(&self.trace).purpose = Some(purpose);
    }

    /// Ends the operation: one audit entry if it read or disclosed personal data.
    pub fn end(&self) -> Answer<()> {
        let trace = std::mem::take(&mut *lock(&self.trace));
        lock(&self.trace).log = trace.log;
        if trace.disclosed.is_empty() {
            return Ok(());
        }
        let mut inner = lock(&self.inner);
        let Inner {
            store: Some(store),
            ids,
            ..
        } = &mut *inner
        else {
            return Ok(());
        };
        let actions: Vec<String> = trace
            .asked
            .iter()
            .map(|p| format!("{}.{}", p.object(), p.act()))
            .collect();
        let entry = AuditEntry {
            id: ids.next().into(),
            tenant: self.tenant,
            at: self.now,
            by: self.actor.by,
            action: if actions.is_empty() {
                "change.read".to_owned()
            } else {
                actions.join(",")
            },
            object: None,
            purpose: trace.purpose,
            outcome: AuditOutcome::Done,
            request: self.request,
            detail: serde_json::json!({}),
            subjects: trace
                .disclosed
                .into_iter()
                .map(|(customer, classes)| AuditSubject {
                    customer,
                    classes: classes.into_iter().map(|c| c.text().to_owned()).collect(),
                })
                .collect(),
        };
        let result = store.audit_append(&entry);
        drop(inner);
        result.map_err(|e| self.fault(e))
    }

    /// The answer kept for an idempotency key of this actor at this utility.
    pub fn kept(&self, key: &str) -> Answer<Option<KeptAnswer>> {
        let (tenant, actor) = (self.tenant, self.actor.by.id().unwrap_or_default());
        let mut inner = lock(&self.inner);
        let result = match inner.store.as_deref_mut() {
            Some(store) => store.answer_get(tenant, actor, key),
            None => Ok(None),
        };
        drop(inner);
        result.map_err(|e| self.fault(e))
    }

    /// Keeps the answer of a key in the operation's own transaction; CONFLICT if another node was faster.
    pub fn keep(&self, key: &str, kept: &KeptAnswer) -> Answer<()> {
        let (tenant, actor) = (self.tenant, self.actor.by.id().unwrap_or_default());
        let mut inner = lock(&self.inner);
        let result = match inner.store.as_deref_mut() {
            Some(store) => store.answer_put(tenant, actor, key, kept, self.now),
            None => Ok(true),
        };
        drop(inner);
        match result {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.fault(StoreError::Conflict)),
            Err(e) => Err(self.fault(e)),
        }
    }

    /// Refuses when an identifier was tried too often.
    pub fn unthrottled(&self, kind: &str, identifier: &str) -> Result<(), Fault> {
        if (self.throttle)(kind, identifier) {
            Err(Fault::refused(domain::fault::Code::Throttled))
        } else {
            Ok(())
        }
    }

    /// Takes the context apart.
    pub fn finish(self) -> Remains {
        let inner = self.inner.into_inner().unwrap_or_else(PoisonError::into_inner);
        let trace = self.trace.into_inner().unwrap_or_else(PoisonError::into_inner);
        Remains {
            store: inner.store,
            cookie: inner.cookie,
            log: trace.log,
        }
    }

    /// Reads a global id. Malformed is BAD_INPUT. One of another utility or type becomes the nil id, which no row has: the
    /// store then finds nothing, so that "not yours" and "not there" are one answer after the same work.
    pub fn local<T: From<Uuid>>(&self, kind: Kind, id: &ID, field: &str) -> Answer<T> {
        let global = ids::decode(id).ok_or_else(|| ApiError::bad_input(self.locale, field))?;
        let is_ours = global.tenant == self.tenant && global.kind == kind;
        Ok(T::from(if is_ours { global.id } else { Uuid::nil() }))
    }

    /// Roles that may answer contacts of this utility.
    pub fn answering_roles(&self) -> Answer<Vec<String>> {
        self.tenant_policy
            .roles_with(Permission::OfferAccept)
            .map_err(|e| self.fault(StoreError::Internal(e.to_string())))
    }

    /// Today at the utility.
    pub fn today(&self) -> NaiveDate {
        self.tenant()
            .map_or_else(|| self.now.date_naive(), |t| t.today(self.now))
    }
    /// Shared by all operations.
    pub fn house(&self) -> &House {
        &self.house
    }
    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
    /// In which session.
    pub fn session(&self) -> Option<SessionId> {
        self.actor.session
    }
    /// The utility acted for.
    pub fn tenant(&self) -> Option<&Arc<Tenant>> {
        self.utility.as_ref()
    }
    /// Its id; nil for none.
    pub fn tenant_id(&self) -> TenantId {
        self.tenant
    }
    /// Language of sentences.
    pub fn locale(&self) -> Locale {
        self.locale
    }
    /// The request's instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }
    /// A not-found error.
    pub fn not_found(&self) -> ApiError {
        ApiError::new(ErrorCode::NotFound, self.locale)
    }
}
