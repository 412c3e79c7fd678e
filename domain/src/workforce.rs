//! People of the centre, what they were granted, and where they are just now.

use crate::act::{Act, By};
use crate::audit::{AuditStore, Object};
use crate::event::EventStore;
use crate::fault::{Code, Fault, Outcome, Stored};
use crate::ids::{GrantId, InteractionId, PersonId, TenantId};
use crate::scope::Scope;
use crate::tenant::Commodity;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

text_enum! {
    /// What an operator is doing.
    PresenceState {
        /// Not at work.
        Offline = "offline",
        /// May be offered a contact.
        Available = "available",
        /// With a contact.
        Busy = "busy",
        /// Finishing the notes of a contact.
        WrapUp = "wrap_up",
        /// On a break, with a reason.
        Break = "break",
    }
}

/// Somebody who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Sign-in name.
    pub login: String,
    /// Name shown.
    pub display_name: String,
    /// Language of the pages.
    pub locale: String,
    /// Extension at the switchboard.
    pub extension: Option<String>,
    /// Whether the account is open.
    pub active: bool,
}

/// Where she is just now. One voice slot: `held` is the contact that fills it, offered or open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub person: PersonId,
    /// What she does.
    pub state: PresenceState,
    /// Why, for breaks.
    pub reason: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The contact in the slot.
    pub held: Option<(TenantId, InteractionId)>,
}

/// A person lent to a utility. One fact feeds the router and access control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Id.
    pub id: GrantId,
    /// Utility.
    pub tenant: TenantId,
    /// Who.
    pub person: PersonId,
    /// Her name.
    pub person_name: String,
    /// Her login.
    pub person_login: String,
    /// As what: a role of the policies.
    pub role: String,
    /// For which commodity; none means all of the utility's.
    pub commodity: Option<Commodity>,
    /// In which languages.
    pub languages: Vec<String>,
    /// What for.
    pub purpose: String,
    /// From this instant.
    pub valid_from: DateTime<Utc>,
    /// Until before this instant.
    pub valid_to: Option<DateTime<Utc>>,
    /// Training runs out at.
    pub training_valid_to: Option<DateTime<Utc>>,
    /// Who granted it, by name.
    pub granted_by: String,
}

impl Grant {
    /// Whether it holds now.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        is_valid(self.valid_from, self.valid_to, self.training_valid_to, now)
    }
}

/// Whether a period holds now; the end is exclusive, lapsed training ends a grant too.
fn is_valid(
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
    training_to: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    from <= now && to.is_none_or(|to| now < to) && training_to.is_none_or(|to| now < to)
}

/// A grant to be given.
#[derive(Clone, Debug)]
pub struct NewGrant {
    /// To whom, by login.
    pub person_login: String,
    /// As what.
    pub role: String,
    /// For which commodity.
    pub commodity: Option<Commodity>,
    /// In which languages.
    pub languages: Vec<String>,
    /// What for.
    pub purpose: String,
    /// From; now if absent.
    pub valid_from: Option<DateTime<Utc>>,
    /// Until.
    pub valid_to: Option<DateTime<Utc>>,
}

/// Where people, grants and presence are kept.
pub trait WorkforceStore: AuditStore + EventStore {
    /// A person by id.
    fn person_get(&mut self, id: PersonId) -> Stored<Option<Person>>;
    /// A person by login.
    fn person_by_login(&mut self, login: &str) -> Stored<Option<Person>>;
    /// A person by extension at the switchboard.
    fn person_by_extension(&mut self, extension: &str) -> Stored<Option<Person>>;
    /// All grants of a person over all utilities, valid or not (no tenant needed).
    fn grants_of(&mut self, person: PersonId) -> Stored<Vec<PersonGrant>>;
    /// Grants of the tenant, newest first, after the given id.
    fn grant_list(&mut self, scope: &Scope, first: i64, after: Option<GrantId>) -> Stored<Vec<Grant>>;
    /// One grant, locked.
    fn grant_get(&mut self, scope: &Scope, id: GrantId) -> Stored<Option<Grant>>;
    /// Keeps a grant.
    fn grant_insert(&mut self, grant: &Grant, granted_by: PersonId) -> Stored<()>;
    /// Ends a grant.
    fn grant_end(&mut self, tenant: TenantId, id: GrantId, at: DateTime<Utc>) -> Stored<()>;
    /// Presence, locked until the end of the transaction; offline if never set.
    fn presence_lock(&mut self, person: PersonId, now: DateTime<Utc>) -> Stored<Presence>;
    /// Presence, not locked.
    fn presence_get(&mut self, person: PersonId) -> Stored<Option<Presence>>;
    /// Keeps presence.
    fn presence_put(&mut self, presence: &Presence) -> Stored<()>;
}

/// A grant as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonGrant {
    /// Utility.
    pub tenant: TenantId,
    /// As what.
    pub role: String,
    /// For which commodity.
    pub commodity: Option<Commodity>,
    /// In which languages.
    pub languages: Vec<String>,
    /// From.
    pub valid_from: DateTime<Utc>,
    /// Until.
    pub valid_to: Option<DateTime<Utc>>,
    /// Training runs out at.
    pub training_valid_to: Option<DateTime<Utc>>,
}

impl PersonGrant {
    /// Whether it holds now.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        is_valid(self.valid_from, self.valid_to, self.training_valid_to, now)
    }
}

/// The utilities a person serves now, each once.
pub fn tenants_served(grants: &[PersonGrant], now: DateTime<Utc>) -> Vec<TenantId> {
    let mut tenants: Vec<TenantId> = grants
        .iter()
        .filter(|g| g.is_valid(now))
        .map(|g| g.tenant)
        .collect();
    tenants.sort_unstable();
    tenants.dedup();
    tenants
}

/// Gives a grant. Refuses an unknown person, an empty period and one that overlaps the same role of the same person.
pub fn grant_give(
    store: &mut (impl WorkforceStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    new: NewGrant,
) -> Outcome<Grant> {
    let By::Person(granter) = act.by else {
        return Err(Fault::refused(Code::Invalid));
    };
    let person = store
        .person_by_login(&new.person_login)?
        .ok_or_else(|| Fault::at(Code::PersonUnknown, "personLogin"))?;
    let valid_from = new.valid_from.unwrap_or(act.now);
    if new.valid_to.is_some_and(|to| to <= valid_from) {
        return Err(Fault::at(Code::GrantPeriod, "validTo"));
    }
    let overlapping = store.grants_of(person.id)?.into_iter().any(|g| {
        g.tenant == scope.tenant
            && g.role == new.role
            && g.commodity == new.commodity
            && new.valid_to.is_none_or(|to| g.valid_from < to)
            && g.valid_to.is_none_or(|to| valid_from < to)
    });
    if overlapping {
        return Err(Fault::refused(Code::GrantOverlaps));
    }
    let granted_by = store
        .person_get(granter)?
        .map_or_else(String::new, |p| p.display_name);
    let grant = Grant {
        id: act.id(),
        tenant: scope.tenant,
        person: person.id,
        person_name: person.display_name,
        person_login: person.login,
        role: new.role,
        commodity: new.commodity,
        languages: new.languages,
        purpose: new.purpose,
        valid_from,
        valid_to: new.valid_to,
        training_valid_to: None,
        granted_by,
    };
    store.grant_insert(&grant, granter)?;
    act.audit(
        store,
        "grant.give",
        Object::new("grant", grant.id),
        json!({ "person": person.id, "role": grant.role }),
    )?;
    let event = act.event("GrantGiven", "grant", grant.id.0, json!({ "person": person.id }));
    store.event_append(&event)?;
    Ok(grant)
}

/// Ends a grant now; ending an ended one changes nothing.
pub fn grant_end(
    store: &mut (impl WorkforceStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    id: GrantId,
) -> Outcome<Grant> {
    let mut grant = store
        .grant_get(scope, id)?
        .ok_or(Fault::Store(crate::fault::StoreError::NotFound))?;
    if grant.valid_to.is_none_or(|to| act.now < to) {
        let at = act.now.max(grant.valid_from);
        store.grant_end(scope.tenant, id, at)?;
        grant.valid_to = Some(at);
        act.audit(
            store,
            "grant.end",
            Object::new("grant", id),
            json!({ "person": grant.person }),
        )?;
        let event = act.event("GrantEnded", "grant", id.0, json!({ "person": grant.person }));
        store.event_append(&event)?;
    }
    Ok(grant)
}

/// Sets one's own presence. A person with a contact in the slot stays busy or in wrap-up until it is closed;
/// a live offer is first declined.
pub fn presence_set(
    store: &mut (impl WorkforceStore + ?Sized),
    act: &mut Act<'_>,
    state: PresenceState,
    reason: Option<String>,
) -> Outcome<Presence> {
    let By::Person(person) = act.by else {
        return Err(Fault::refused(Code::PresenceRefused));
    };
    if matches!(state, PresenceState::Busy | PresenceState::WrapUp) {
        return Err(Fault::at(Code::PresenceRefused, "state"));
    }
    let mut presence = store.presence_lock(person, act.now)?;
    if presence.held.is_some() {
        return Err(Fault::refused(Code::PresenceRefused));
    }
    if presence.state != state || presence.reason != reason {
        presence.state = state;
        presence.reason = reason;
        presence.since = act.now;
        store.presence_put(&presence)?;
        act.audit(
            store,
            "presence.set",
            Object::new("person", person),
            json!({ "state": state.text() }),
        )?;
        let event = act.event(
            "PresenceSet",
            "person",
            person.0,
            json!({ "state": state.text() }),
        );
        store.event_append(&event)?;
    }
    Ok(presence)
}
