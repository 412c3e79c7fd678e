//! Sessions: a person signs in with a password, a customer with a link from a mail; both can end what they began.

use crate::password;
use chrono::{DateTime, TimeDelta, Utc};
use domain::act::{Act, By};
use domain::audit::{AuditStore, Object};
use domain::event::EventStore;
use domain::fault::{Code, Fault, Outcome, Stored};
use domain::ids::{CustomerId, PersonId, PortalLinkId, SessionId, TenantId};
use domain::workforce::{self, PresenceState, WorkforceStore};
use serde_json::json;

/// Cookie or bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// The pages'.
    Cookie,
    /// Programs'.
    Bearer,
}

impl SessionKind {
    /// As stored.
    pub const fn text(self) -> &'static str {
        match self {
            SessionKind::Cookie => "cookie",
            SessionKind::Bearer => "bearer",
        }
    }
    /// How long it lasts.
    pub const fn lasts(self) -> TimeDelta {
        match self {
            SessionKind::Cookie => crate::token::COOKIE_LASTS,
            SessionKind::Bearer => crate::token::BEARER_LASTS,
        }
    }
}

/// What is compared at sign-in.
#[derive(Clone, Debug)]
pub struct SignInRow {
    /// Who.
    pub person: PersonId,
    /// argon2id.
    pub password_hash: String,
    /// Whether the account is open.
    pub active: bool,
}

/// A session to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Cookie or bearer.
    pub kind: SessionKind,
    /// Began.
    pub created_at: DateTime<Utc>,
    /// Ends.
    pub expires_at: DateTime<Utc>,
}

/// What an operation learns in its first statement: whether the session lives, what the actor is at this utility now,
/// and under which rules. Read each time, so that a revocation, a lapsed grant or a changed rule holds from the next
/// operation on, on every node, without any cache to distrust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Session lives and account is open.
    pub live: bool,
    /// Roles by valid grants, sorted, without doubles. For customers and nobody the caller adds theirs.
    pub roles: Vec<String>,
    /// Epoch of the utility's rules.
    pub epoch: i64,
}

/// Where sessions are kept.
pub trait SessionStore: AuditStore + EventStore {
    /// The first statement of every operation; the tenant is already set.
    fn opening(
        &mut self,
        tenant: TenantId,
        by: By,
        session: Option<SessionId>,
        now: DateTime<Utc>,
    ) -> Stored<Opening>;
    /// What is known of a login.
    fn sign_in_row(&mut self, login: &str) -> Stored<Option<SignInRow>>;
    /// Keeps a person's session.
    fn session_insert(&mut self, person: PersonId, session: &Session) -> Stored<()>;
    /// Keeps a customer's session.
    fn portal_session_insert(
        &mut self,
        tenant: TenantId,
        customer: CustomerId,
        session: &Session,
    ) -> Stored<()>;
    /// Ends a session of this actor.
    fn session_end(&mut self, tenant: TenantId, by: By, session: SessionId, at: DateTime<Utc>) -> Stored<()>;
    /// The customer of a normal e-mail address at a utility, if exactly one has it.
    fn portal_customer(&mut self, tenant: TenantId, email_norm: &str) -> Stored<Option<CustomerId>>;
    /// Uses a link up; false if it was used, is too old or unknown.
    fn portal_link_use(
        &mut self,
        tenant: TenantId,
        link: PortalLinkId,
        customer: CustomerId,
        digest: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Stored<bool>;
    /// Keeps a link; called by the worker that mails it.
    fn portal_link_insert(
        &mut self,
        tenant: TenantId,
        link: PortalLinkId,
        customer: CustomerId,
        digest: &[u8; 32],
        made_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Stored<()>;
}

/// Signs a person in. Unknown login, wrong password and closed account get one answer after the same work.
pub fn sign_in(
    store: &mut (impl SessionStore + ?Sized),
    act: &mut Act<'_>,
    login: &str,
    password: &str,
    kind: SessionKind,
) -> Outcome<(PersonId, Session)> {
    let row = store.sign_in_row(login)?;
    let fits = password::verify(password, row.as_ref().map(|r| r.password_hash.as_str()));
    let person = row
        .filter(|r| fits && r.active)
        .map(|r| r.person)
        .ok_or_else(|| Fault::refused(Code::SignInRefused))?;
    let session = begin(act, kind);
    store.session_insert(person, &session)?;
    act.by = By::Person(person);
    act.audit(
        store,
        "session.open",
        Object::new("session", session.id),
        json!({ "kind": kind.text() }),
    )?;
    Ok((person, session))
}

/// Ends the actor's own session. Its token is dead from the next operation on. A person who holds no contact goes
/// offline: nothing is to ring at an empty chair.
pub fn sign_out<S: SessionStore + WorkforceStore + ?Sized>(
    store: &mut S,
    act: &mut Act<'_>,
    session: SessionId,
) -> Outcome<()> {
    if let By::Person(person) = act.by
        && store
            .presence_get(person)?
            .is_some_and(|p| p.held.is_none() && p.state != PresenceState::Offline)
    {
        workforce::presence_set(store, act, PresenceState::Offline, None)?;
    }
    store.session_end(act.tenant, act.by, session, act.now)?;
    act.audit(store, "session.close", Object::new("session", session), json!({}))?;
    let event = act.event("SessionClosed", "session", session.0, json!({}));
    Ok(store.event_append(&event)?)
}

/// Asks for a sign-in link. Known or not, the answer and the work here are the same; the worker finds out and mails.
pub fn portal_link_request(
    store: &mut (impl SessionStore + ?Sized),
    act: &mut Act<'_>,
    email_norm: &str,
) -> Outcome<()> {
    let customer = store.portal_customer(act.tenant, email_norm)?;
    let link: PortalLinkId = act.id();
    // Unknown addresses leave an event too: the same rows in the same time.
    let event = act.event(
        "PortalLinkRequested",
        "portal-link",
        link.0,
        json!({ "customer": customer }),
    );
    store.event_append(&event)?;
    Ok(act.audit(
        store,
        "portal-link.request",
        Object::new("portal-link", link),
        json!({ "customer": customer }),
    )?)
}

/// Uses a sign-in link up and begins a customer's session.
pub fn portal_link_redeem(
    store: &mut (impl SessionStore + ?Sized),
    act: &mut Act<'_>,
    link: &crate::token::ShownLink,
    digest: &[u8; 32],
    kind: SessionKind,
) -> Outcome<Session> {
    if link.tenant != act.tenant
        || !store.portal_link_use(act.tenant, link.link, link.customer, digest, act.now)?
    {
        return Err(Fault::at(Code::LinkInvalid, "token"));
    }
    let session = begin(act, kind);
    store.portal_session_insert(act.tenant, link.customer, &session)?;
    act.by = By::Customer(link.customer);
    act.audit(
        store,
        "session.open",
        Object::new("session", session.id),
        json!({ "kind": kind.text() }),
    )?;
    Ok(session)
}

fn begin(act: &mut Act<'_>, kind: SessionKind) -> Session {
    Session {
        id: act.id(),
        kind,
        created_at: act.now,
        expires_at: act.now + kind.lasts(),
    }
}

/// What is kept of an operation's answer, by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// SHA-256 over document, variables, tenant and actor.
    pub fingerprint: Vec<u8>,
    /// The answer as it was sent.
    pub answer: String,
}

/// Where answers to keyed operations are kept.
pub trait AnswerStore {
    /// The answer kept for a key.
    fn answer_get(&mut self, tenant: TenantId, actor: uuid::Uuid, key: &str) -> Stored<Option<KeptAnswer>>;
    /// Keeps an answer in the operation's own transaction; false if another node kept one meanwhile.
    fn answer_put(
        &mut self,
        tenant: TenantId,
        actor: uuid::Uuid,
        key: &str,
        kept: &KeptAnswer,
        at: DateTime<Utc>,
    ) -> Stored<bool>;
}
