//! Cases: what a customer wants, who solves it, and everything that happened to it.

use crate::act::{Act, By};
use crate::audit::{AuditStore, Object};
use crate::event::EventStore;
use crate::fault::{Code, Fault, Outcome, StoreError, Stored};
use crate::ids::{CaseEntryId, CaseId, CustomerId, InteractionId, PersonId, TenantId};
use crate::scope::Scope;
use crate::tenant::Labels;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

text_enum! {
    /// Where a case stands.
    CaseState {
        /// Somebody works on it.
        Open = "open",
        /// It waits for the customer or another company.
        Waiting = "waiting",
        /// Done.
        Closed = "closed",
    }
}
text_enum! {
    /// How pressing.
    CasePriority {
        /// Can wait.
        Low = "low",
        /// As usual.
        Normal = "normal",
        /// Before others.
        High = "high",
        /// Danger to people or property.
        Emergency = "emergency",
    }
}
text_enum! {
    /// What an entry of the history records.
    CaseEntryKind {
        /// Opened.
        Opened = "opened",
        /// A contact belongs to it.
        Contact = "contact",
        /// A note inside.
        Note = "note",
        /// Closed.
        Closed = "closed",
        /// The customer was told that it is known.
        Confirmed = "confirmed",
    }
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Id.
    pub id: CaseId,
    /// Utility.
    pub tenant_id: TenantId,
    /// The utility's own number.
    pub number: String,
    /// Type key.
    #[serde(rename = "type")]
    pub kind: String,
    /// Labels of the type.
    #[serde(default)]
    pub labels: Labels,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: CaseState,
    /// Priority.
    pub priority: CasePriority,
    /// Whose.
    pub customer_id: Option<CustomerId>,
    /// Who solves it.
    pub owner_id: Option<PersonId>,
    /// Her name, filled when read.
    #[serde(default)]
    pub owner_name: Option<String>,
    /// Grows with every change.
    pub version: i32,
    /// Opened.
    pub opened_at: DateTime<Utc>,
    /// Closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// One entry of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseEntry {
    /// Id.
    pub id: CaseEntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: By,
    /// Name of who, filled when read.
    pub by_name: Option<String>,
    /// What.
    pub kind: CaseEntryKind,
    /// In words.
    pub text: Option<String>,
    /// The contact it came by.
    pub interaction: Option<InteractionId>,
}

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// Type key.
    pub kind: String,
    /// Subject.
    pub subject: String,
    /// What the customer wants.
    pub text: String,
    /// How pressing.
    pub priority: CasePriority,
}

/// Where cases are kept.
pub trait CaseStore: AuditStore + EventStore {
    /// Types of the utility, in order.
    fn case_types(&mut self, tenant: TenantId) -> Stored<Vec<(String, Labels)>>;
    /// The next number of the utility.
    fn case_number_take(&mut self, tenant: TenantId) -> Stored<String>;
    /// Keeps a new case.
    fn case_insert(&mut self, case: &Case) -> Stored<()>;
    /// A case the scope sees, locked.
    fn case_lock(&mut self, scope: &Scope, id: CaseId) -> Stored<Option<Case>>;
    /// Keeps a changed case.
    fn case_put(&mut self, case: &Case) -> Stored<()>;
    /// A case the scope sees.
    fn case_get(&mut self, scope: &Scope, id: CaseId) -> Stored<Option<Case>>;
    /// Cases, newest first, by state and customer, after an id.
    fn case_list(
        &mut self,
        scope: &Scope,
        state: Option<CaseState>,
        customer: Option<CustomerId>,
        first: i64,
        after: Option<CaseId>,
    ) -> Stored<Vec<Case>>;
    /// Adds to the history.
    fn case_entry_insert(&mut self, tenant: TenantId, case: CaseId, entry: &CaseEntry) -> Stored<()>;
    /// The history, oldest first, after an id.
    fn case_entry_list(
        &mut self,
        tenant: TenantId,
        case: CaseId,
        first: i64,
        after: Option<CaseEntryId>,
    ) -> Stored<Vec<CaseEntry>>;
}

/// Opens a case for a customer, from a contact if there was one. The confirmation leaves by the event.
pub fn open(
    store: &mut (impl CaseStore + ?Sized),
    act: &mut Act<'_>,
    new: NewCase,
    customer: Option<CustomerId>,
    interaction: Option<InteractionId>,
) -> Outcome<Case> {
    let Some((_, labels)) = store
        .case_types(act.tenant)?
        .into_iter()
        .find(|(key, _)| *key == new.kind)
    else {
        return Err(Fault::at(Code::CaseTypeUnknown, "newCase.type"));
    };
    let owner = match act.by {
        By::Person(person) => Some(person),
        _ => None,
    };
    let case = Case {
        id: act.id(),
        tenant_id: act.tenant,
        number: store.case_number_take(act.tenant)?,
        kind: new.kind,
        labels,
        subject: new.subject,
        state: CaseState::Open,
        priority: new.priority,
        customer_id: customer,
        owner_id: owner,
        owner_name: None,
        version: 1,
        opened_at: act.now,
        closed_at: None,
    };
    store.case_insert(&case)?;
    entry(
        store,
        act,
        &case,
        CaseEntryKind::Opened,
        Some(new.text),
        interaction,
    )?;
    act.audit(
        store,
        "case.open",
        Object::new("case", case.id),
        json!({ "customer": customer }),
    )?;
    let event = act.event(
        "CaseOpened",
        "case",
        case.id.0,
        json!({ "customer": customer, "interaction": interaction }),
    );
    store.event_append(&event)?;
    Ok(case)
}

/// A contact as its case hears of it.
#[derive(Clone, Debug)]
pub struct AttachedContact {
    /// Which.
    pub id: InteractionId,
    /// Whose, if known.
    pub customer_id: Option<CustomerId>,
    /// What was noted.
    pub note: Option<String>,
}

/// Says that a contact belongs to an existing case of the same customer; a case without a customer takes the contact's.
pub fn contact_attach(
    store: &mut (impl CaseStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    id: CaseId,
    contact: AttachedContact,
) -> Outcome<Case> {
    let mut case = store
        .case_lock(scope, id)?
        .ok_or_else(|| Fault::at(Code::CaseUnknown, "caseId"))?;
    if case.state == CaseState::Closed {
        return Err(Fault::at(Code::CaseClosed, "caseId"));
    }
    match (case.customer_id, contact.customer_id) {
        (Some(of_case), Some(of_contact)) if of_case != of_contact => {
            return Err(Fault::at(Code::CaseUnknown, "caseId"));
        }
        (None, of_contact) => case.customer_id = of_contact,
        _ => {}
    }
    changed(store, act, &mut case)?;
    entry(
        store,
        act,
        &case,
        CaseEntryKind::Contact,
        contact.note,
        Some(contact.id),
    )?;
    act.audit(
        store,
        "case.contact",
        Object::new("case", id),
        json!({ "interaction": contact.id }),
    )?;
    Ok(case)
}

/// Adds a note inside; seen by the centre, not by the customer.
pub fn note(
    store: &mut (impl CaseStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    id: CaseId,
    text: String,
) -> Outcome<Case> {
    let mut case = store
        .case_lock(scope, id)?
        .ok_or(Fault::Store(StoreError::NotFound))?;
    changed(store, act, &mut case)?;
    entry(store, act, &case, CaseEntryKind::Note, Some(text), None)?;
    act.audit(store, "case.note", Object::new("case", id), json!({}))?;
    Ok(case)
}

/// What closing came to: closed, or somebody changed the case meanwhile and this is what it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Closed.
    Closed(Case),
    /// Changed meanwhile: nothing was done.
    Stale(Case),
}

/// Closes a case that nobody changed since `version` was read.
pub fn close(
    store: &mut (impl CaseStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    id: CaseId,
    version: i32,
    resolution: String,
) -> Outcome<Closing> {
    let mut case = store
        .case_lock(scope, id)?
        .ok_or(Fault::Store(StoreError::NotFound))?;
    if case.version != version {
        return Ok(Closing::Stale(case));
    }
    if case.state == CaseState::Closed {
        return Err(Fault::at(Code::CaseClosed, "caseId"));
    }
    case.state = CaseState::Closed;
    case.closed_at = Some(act.now);
    changed(store, act, &mut case)?;
    entry(store, act, &case, CaseEntryKind::Closed, Some(resolution), None)?;
    act.audit(
        store,
        "case.close",
        Object::new("case", id),
        json!({ "version": case.version }),
    )?;
    let event = act.event(
        "CaseClosed",
        "case",
        id.0,
        json!({ "customer": case.customer_id }),
    );
    store.event_append(&event)?;
    Ok(Closing::Closed(case))
}

/// Records that the confirmation went out; called by the worker after the mail was taken.
pub fn confirmed(store: &mut (impl CaseStore + ?Sized), act: &mut Act<'_>, case: &Case) -> Outcome<()> {
    entry(store, act, case, CaseEntryKind::Confirmed, None, None)?;
    Ok(act.audit(
        store,
        "case.confirm",
        Object::new("case", case.id),
        json!({ "customer": case.customer_id }),
    )?)
}

fn changed(store: &mut (impl CaseStore + ?Sized), act: &mut Act<'_>, case: &mut Case) -> Outcome<()> {
    case.version += 1;
    store.case_put(case)?;
    let event = act.event(
        "CaseChanged",
        "case",
        case.id.0,
        json!({ "version": case.version }),
    );
    Ok(store.event_append(&event)?)
}

fn entry(
    store: &mut (impl CaseStore + ?Sized),
    act: &mut Act<'_>,
    case: &Case,
    kind: CaseEntryKind,
    text: Option<String>,
    interaction: Option<InteractionId>,
) -> Outcome<()> {
    let entry = CaseEntry {
        id: act.id(),
        at: act.now,
        by: act.by,
        by_name: None,
        kind,
        text,
        interaction,
    };
    Ok(store.case_entry_insert(act.tenant, case.id, &entry)?)
}
