//! Contacts of customers with the centre: a call comes in, is offered, answered, ended and logged.
//!
//! Locks are always taken in the order call, interaction, offer, presence.

use crate::act::{Act, By, Purpose};
use crate::audit::Object;
use crate::cases::{self, AttachedContact, Case, CaseStore, NewCase};
use crate::customers::{CustomerHit, CustomerStore};
use crate::fault::{Code, Fault, Outcome, StoreError, Stored};
use crate::ids::{CaseId, CustomerId, InteractionId, OfferId, PersonId, TenantId};
use crate::normal;
use crate::routing::{self, Candidate};
use crate::scope::{Scope, Sight};
use crate::tenant::Labels;
use crate::workforce::{PresenceState, WorkforceStore};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

text_enum! {
    /// By which way the customer comes.
    Channel {
        /// Telephone.
        Voice = "voice",
        /// Chat.
        Chat = "chat",
        /// Mail.
        Mail = "mail",
        /// Portal message.
        Portal = "portal",
    }
}
text_enum! {
    /// Where a contact stands.
    InteractionState {
        /// Nobody has it yet.
        Waiting = "waiting",
        /// It rings at one operator.
        Offered = "offered",
        /// An operator has it.
        Active = "active",
        /// The customer has gone, the operator finishes the notes.
        WrapUp = "wrap_up",
        /// Logged.
        Closed = "closed",
        /// The customer gave up before anybody answered.
        Abandoned = "abandoned",
    }
}
text_enum! {
    /// What the caller's number says.
    CallerMatch {
        /// Exactly one customer has it.
        One = "one",
        /// Several have it: the operator asks which.
        Several = "several",
        /// Nobody has it.
        None = "none",
        /// The caller hides it.
        Withheld = "withheld",
    }
}
text_enum! {
    /// Where an offer stands.
    OfferState {
        /// It rings.
        Live = "live",
        /// Taken.
        Accepted = "accepted",
        /// Refused by the operator.
        Declined = "declined",
        /// Rang too long.
        Expired = "expired",
        /// The contact went away or was answered elsewhere.
        Withdrawn = "withdrawn",
    }
}
text_enum! {
    /// What the switchboard reports.
    CallEventKind {
        /// It rings.
        NewCall = "newCall",
        /// Somebody picked up.
        Answer = "answer",
        /// It is over.
        Hangup = "hangup",
    }
}

/// How long an offer rings at one operator.
pub const RING: Duration = Duration::seconds(20);
/// How many candidates of one number are looked up.
pub const CANDIDATES: i64 = 10;

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Id; begins with its instant.
    pub id: InteractionId,
    /// Utility.
    pub tenant_id: TenantId,
    /// Way.
    pub channel: Channel,
    /// `in` or `out`.
    pub direction: String,
    /// State.
    pub state: InteractionState,
    /// What the number said.
    #[serde(rename = "match")]
    pub caller: CallerMatch,
    /// Caller, E.164.
    pub from_number: Option<String>,
    /// Dialled, E.164.
    pub to_number: Option<String>,
    /// Queue.
    pub queue: String,
    /// Which switchboard or channel reported it.
    pub source: String,
    /// Customer, once known.
    pub customer_id: Option<CustomerId>,
    /// Operator who has it.
    pub person_id: Option<PersonId>,
    /// Came in.
    pub started_at: DateTime<Utc>,
    /// Answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Channel ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Logged.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it ended, as the switchboard says.
    pub end_cause: Option<String>,
    /// Why the customer came.
    pub wrap_up_code: Option<String>,
    /// What came of it.
    pub disposition: Option<String>,
    /// Notes.
    pub note: Option<String>,
    /// Name of the operator, filled when read.
    #[serde(default)]
    pub person_name: Option<String>,
}

/// An offer of a contact to one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Id.
    pub id: OfferId,
    /// Utility.
    pub tenant_id: TenantId,
    /// Contact.
    pub interaction_id: InteractionId,
    /// To whom.
    pub person_id: PersonId,
    /// State.
    pub state: OfferState,
    /// Made.
    pub made_at: DateTime<Utc>,
    /// Rings until.
    pub expires_at: DateTime<Utc>,
    /// Ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A report of the switchboard, already under its utility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallEvent {
    /// What.
    pub kind: CallEventKind,
    /// Switchboard's name.
    pub source: String,
    /// Its id of the call.
    pub call_id: String,
    /// Caller as written.
    pub from: String,
    /// Dialled, E.164.
    pub to: String,
    /// `in` or `out`.
    pub direction: String,
    /// Queue of the dialled number.
    pub queue: String,
    /// Country whose national writing applies.
    pub country: String,
    /// Extension that answered.
    pub user: Option<String>,
    /// Why it ended.
    pub cause: Option<String>,
}

/// What is known of a call id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Its contact.
    pub interaction: Option<InteractionId>,
    /// Over since.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why.
    pub end_cause: Option<String>,
}

/// Where contacts and offers are kept.
pub trait InteractionStore: WorkforceStore + CustomerStore {
    /// The call of this id, locked; made if unknown.
    fn call_lock(
        &mut self,
        tenant: TenantId,
        source: &str,
        call_id: &str,
        now: DateTime<Utc>,
    ) -> Stored<Call>;
    /// Keeps what is known of a call.
    fn call_put(&mut self, tenant: TenantId, source: &str, call_id: &str, call: &Call) -> Stored<()>;
    /// Keeps a new contact.
    fn interaction_insert(&mut self, interaction: &Interaction) -> Stored<()>;
    /// A contact, locked.
    fn interaction_lock(&mut self, tenant: TenantId, id: InteractionId) -> Stored<Option<Interaction>>;
    /// Keeps a changed contact.
    fn interaction_put(&mut self, interaction: &Interaction) -> Stored<()>;
    /// A contact the scope sees.
    fn interaction_get(&mut self, scope: &Scope, id: InteractionId) -> Stored<Option<Interaction>>;
    /// Contacts, newest first, of one customer or all, after an id.
    fn interaction_list(
        &mut self,
        scope: &Scope,
        customer: Option<CustomerId>,
        first: i64,
        after: Option<InteractionId>,
    ) -> Stored<Vec<Interaction>>;
    /// The longest waiting contacts, locked, leaving out those somebody else holds.
    fn interaction_waiting_lock(&mut self, tenant: TenantId, limit: i64) -> Stored<Vec<Interaction>>;
    /// Contacts a person has open at a utility.
    fn interaction_open_of(&mut self, tenant: TenantId, person: PersonId) -> Stored<Vec<Interaction>>;
    /// Available people with a valid grant in one of these roles, their presence locked, leaving out those somebody else holds.
    fn candidates_lock(
        &mut self,
        tenant: TenantId,
        interaction: InteractionId,
        roles: &[String],
        now: DateTime<Utc>,
    ) -> Stored<Vec<Candidate>>;
    /// Keeps a new offer.
    fn offer_insert(&mut self, offer: &Offer) -> Stored<()>;
    /// An offer, locked.
    fn offer_lock(&mut self, tenant: TenantId, id: OfferId) -> Stored<Option<Offer>>;
    /// The live offer of a contact, locked.
    fn offer_live_lock(&mut self, tenant: TenantId, interaction: InteractionId) -> Stored<Option<Offer>>;
    /// Ends an offer.
    fn offer_end(
        &mut self,
        tenant: TenantId,
        id: OfferId,
        state: OfferState,
        at: DateTime<Utc>,
    ) -> Stored<()>;
    /// An offer.
    fn offer_get(&mut self, tenant: TenantId, id: OfferId) -> Stored<Option<Offer>>;
    /// Live offers to a person at a utility.
    fn offer_live_of(&mut self, tenant: TenantId, person: PersonId) -> Stored<Vec<Offer>>;
    /// Wrap-up codes of the utility, in order.
    fn wrap_up_codes(&mut self, tenant: TenantId) -> Stored<Vec<(String, Labels)>>;
}

/// Takes a report of the switchboard: any number of times, in any order. Returns the contact it concerns, if there is one yet.
pub fn call_event(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    event: &CallEvent,
    answering_roles: &[String],
) -> Outcome<Option<InteractionId>> {
    let mut call = store.call_lock(act.tenant, &event.source, &event.call_id, act.now)?;
    match event.kind {
        CallEventKind::NewCall => {
            if call.interaction.is_none() {
                let interaction = call_begin(store, act, event, &call)?;
                call.interaction = Some(interaction.id);
                store.call_put(act.tenant, &event.source, &event.call_id, &call)?;
                if interaction.state == InteractionState::Waiting {
                    offer_waiting(store, act, answering_roles)?;
                }
            }
        }
        CallEventKind::Answer => {
            if let (Some(id), Some(user)) = (call.interaction, &event.user) {
                call_answer(store, act, id, user, answering_roles)?;
            }
        }
        CallEventKind::Hangup => {
            if call.ended_at.is_none() {
                call.ended_at = Some(act.now);
                call.end_cause = event.cause.clone();
                store.call_put(act.tenant, &event.source, &event.call_id, &call)?;
                if let Some(id) = call.interaction {
                    call_end(store, act, id, event.cause.clone())?;
                }
            }
        }
    }
    Ok(call.interaction)
}

fn call_begin(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    event: &CallEvent,
    call: &Call,
) -> Outcome<Interaction> {
    let number = normal::phone(&event.from, &event.country);
    let scope = Scope {
        tenant: act.tenant,
        by: act.by,
        sight: Sight::ANY,
    };
    let hits: Vec<CustomerHit> = match &number {
        Some(number) => store.customer_by_contact(&scope, number, 2)?,
        None => Vec::new(),
    };
    let caller = match (hits.len(), &number) {
        (1, _) => CallerMatch::One,
        (0, Some(_)) => CallerMatch::None,
        (0, None) if normal::is_withheld(&event.from) => CallerMatch::Withheld,
        (0, None) => CallerMatch::None,
        _ => CallerMatch::Several,
    };
    let state = if call.ended_at.is_some() {
        InteractionState::Abandoned
    } else {
        InteractionState::Waiting
    };
    let interaction = Interaction {
        id: act.id(),
        tenant_id: act.tenant,
        channel: Channel::Voice,
        direction: event.direction.clone(),
        state,
        caller,
        from_number: number,
        to_number: Some(event.to.clone()),
        queue: event.queue.clone(),
        source: event.source.clone(),
        customer_id: if caller == CallerMatch::One {
            hits.first().map(|h| h.id)
        } else {
            None
        },
        person_id: None,
        started_at: act.now,
        answered_at: None,
        ended_at: call.ended_at,
        closed_at: None,
        end_cause: call.end_cause.clone(),
        wrap_up_code: None,
        disposition: None,
        note: None,
        person_name: None,
    };
    store.interaction_insert(&interaction)?;
    act.audit(
        store,
        "interaction.begin",
        Object::new("interaction", interaction.id),
        json!({ "match": caller.text(), "customer": interaction.customer_id }),
    )?;
    changed(store, act, &interaction, "InteractionBegun")?;
    Ok(interaction)
}

fn call_answer(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: InteractionId,
    extension: &str,
    answering_roles: &[String],
) -> Outcome<()> {
    let Some(mut interaction) = store.interaction_lock(act.tenant, id)? else {
        return Ok(());
    };
    let Some(person) = store.person_by_extension(extension)?.filter(|p| p.active) else {
        return Ok(());
    };
    match interaction.state {
        InteractionState::Offered | InteractionState::Waiting => {
            // The telephone decides who talks, the grant decides who sees: without one the contact stays where it is.
            let granted = store
                .grants_of(person.id)?
                .into_iter()
                .any(|g| g.tenant == act.tenant && answering_roles.contains(&g.role) && g.is_valid(act.now));
            if !granted {
                return Ok(());
            }
            if let Some(offer) = store.offer_live_lock(act.tenant, id)? {
                let state = if offer.person_id == person.id {
                    OfferState::Accepted
                } else {
                    OfferState::Withdrawn
                };
                offer_finish(store, act, &offer, state)?;
            }
            activate(store, act, &mut interaction, person.id)
        }
        _ => Ok(()),
    }
}

fn call_end(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: InteractionId,
    cause: Option<String>,
) -> Outcome<()> {
    let Some(mut interaction) = store.interaction_lock(act.tenant, id)? else {
        return Ok(());
    };
    interaction.ended_at = Some(act.now);
    interaction.end_cause = cause;
    match interaction.state {
        InteractionState::Waiting | InteractionState::Offered => {
            if let Some(offer) = store.offer_live_lock(act.tenant, id)? {
                offer_finish(store, act, &offer, OfferState::Withdrawn)?;
            }
            interaction.state = InteractionState::Abandoned;
        }
        InteractionState::Active => {
            interaction.state = InteractionState::WrapUp;
            if let Some(person) = interaction.person_id {
                let mut presence = store.presence_lock(person, act.now)?;
                if presence.held == Some((act.tenant, id)) {
                    presence.state = PresenceState::WrapUp;
                    presence.since = act.now;
                    store.presence_put(&presence)?;
                }
            }
        }
        InteractionState::WrapUp | InteractionState::Closed | InteractionState::Abandoned => {}
    }
    store.interaction_put(&interaction)?;
    act.audit(
        store,
        "interaction.end",
        Object::new("interaction", id),
        json!({ "state": interaction.state.text() }),
    )?;
    changed(store, act, &interaction, "InteractionEnded")?;
    Ok(())
}

/// Offers the longest waiting contacts of the utility to those who may answer them. Called on every event that may free
/// either side. Returns how many offers were made.
pub fn offer_waiting(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    answering_roles: &[String],
) -> Outcome<usize> {
    let mut made = 0;
    for mut interaction in store.interaction_waiting_lock(act.tenant, 20)? {
        let candidates = store.candidates_lock(act.tenant, interaction.id, answering_roles, act.now)?;
        let Some(chosen) = routing::choose(&candidates) else {
            break;
        };
        let offer = Offer {
            id: act.id(),
            tenant_id: act.tenant,
            interaction_id: interaction.id,
            person_id: chosen,
            state: OfferState::Live,
            made_at: act.now,
            expires_at: act.now + RING,
            ended_at: None,
        };
        store.offer_insert(&offer)?;
        interaction.state = InteractionState::Offered;
        store.interaction_put(&interaction)?;
        let mut presence = store.presence_lock(chosen, act.now)?;
        presence.state = PresenceState::Busy;
        presence.since = act.now;
        presence.held = Some((act.tenant, interaction.id));
        store.presence_put(&presence)?;
        offer_changed(store, act, &offer, "OfferMade", act.now)?;
        // The outbox is the timer: the worker finds this event when the ring time is over, whatever died meanwhile.
        offer_changed(store, act, &offer, "OfferDue", offer.expires_at)?;
        made += 1;
    }
    Ok(made)
}

/// The operator takes the offer: the contact is hers.
pub fn offer_accept(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: OfferId,
) -> Outcome<(Offer, Interaction)> {
    let (offer, mut interaction) = offer_mine(store, act, id)?;
    let offer = offer_finish(store, act, &offer, OfferState::Accepted)?;
    activate(store, act, &mut interaction, offer.person_id)?;
    act.audit(
        store,
        "offer.accept",
        Object::new("interaction", interaction.id),
        json!({ "offer": id }),
    )?;
    Ok((offer, interaction))
}

/// The operator refuses the offer: it goes to the next one.
pub fn offer_decline(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: OfferId,
    answering_roles: &[String],
) -> Outcome<(Offer, Interaction)> {
    let (offer, interaction) = offer_mine(store, act, id)?;
    let offer = offer_return(
        store,
        act,
        &offer,
        interaction.clone(),
        OfferState::Declined,
        answering_roles,
    )?;
    act.audit(
        store,
        "offer.decline",
        Object::new("interaction", offer.interaction_id),
        json!({ "offer": id }),
    )?;
    Ok((offer, interaction))
}

/// The ring time is over. Does nothing if the offer ended meanwhile or still rings.
pub fn offer_expire(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: OfferId,
    answering_roles: &[String],
) -> Outcome<bool> {
    let Some(known) = store.offer_get(act.tenant, id)? else {
        return Ok(false);
    };
    let Some(interaction) = store.interaction_lock(act.tenant, known.interaction_id)? else {
        return Ok(false);
    };
    let Some(offer) = store
        .offer_lock(act.tenant, id)?
        .filter(|o| o.state == OfferState::Live && o.expires_at <= act.now)
    else {
        return Ok(false);
    };
    offer_return(
        store,
        act,
        &offer,
        interaction,
        OfferState::Expired,
        answering_roles,
    )?;
    Ok(true)
}

fn offer_mine(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: OfferId,
) -> Outcome<(Offer, Interaction)> {
    let gone = || Fault::at(Code::OfferGone, "offerId");
    let known = store
        .offer_get(act.tenant, id)?
        .ok_or(Fault::Store(StoreError::NotFound))?;
    if By::Person(known.person_id) != act.by {
        return Err(Fault::Store(StoreError::NotFound));
    }
    let interaction = store
        .interaction_lock(act.tenant, known.interaction_id)?
        .ok_or_else(gone)?;
    let offer = store
        .offer_lock(act.tenant, id)?
        .filter(|o| o.state == OfferState::Live && act.now < o.expires_at)
        .ok_or_else(gone)?;
    Ok((offer, interaction))
}

/// Gives a contact back to the queue and tries the next operator.
fn offer_return(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    offer: &Offer,
    mut interaction: Interaction,
    state: OfferState,
    answering_roles: &[String],
) -> Outcome<Offer> {
    let offer = offer_finish(store, act, offer, state)?;
    interaction.state = InteractionState::Waiting;
    store.interaction_put(&interaction)?;
    offer_waiting(store, act, answering_roles)?;
    Ok(offer)
}

/// Ends an offer and frees the operator's slot; whoever lets a contact ring out is set to a break until she says otherwise.
fn offer_finish(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    offer: &Offer,
    state: OfferState,
) -> Outcome<Offer> {
    store.offer_end(act.tenant, offer.id, state, act.now)?;
    if state != OfferState::Accepted {
        let mut presence = store.presence_lock(offer.person_id, act.now)?;
        if presence.held == Some((act.tenant, offer.interaction_id)) {
            presence.held = None;
            (presence.state, presence.reason) = match state {
                OfferState::Expired => (PresenceState::Break, Some("missed_offer".to_owned())),
                OfferState::Declined => (PresenceState::Break, Some("declined_offer".to_owned())),
                _ => (PresenceState::Available, None),
            };
            presence.since = act.now;
            store.presence_put(&presence)?;
        }
    }
    let ended = Offer {
        state,
        ended_at: Some(act.now),
        ..offer.clone()
    };
    offer_changed(store, act, &ended, "OfferEnded", act.now)?;
    Ok(ended)
}

fn activate(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    interaction: &mut Interaction,
    person: PersonId,
) -> Outcome<()> {
    interaction.state = InteractionState::Active;
    interaction.person_id = Some(person);
    interaction.answered_at = interaction.answered_at.or(Some(act.now));
    store.interaction_put(interaction)?;
    let mut presence = store.presence_lock(person, act.now)?;
    presence.state = PresenceState::Busy;
    presence.since = act.now;
    presence.held = Some((act.tenant, interaction.id));
    store.presence_put(&presence)?;
    changed(store, act, interaction, "InteractionAnswered")
}

/// The operator says which customer is calling.
pub fn identify(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    id: InteractionId,
    customer: CustomerId,
    customers: &Scope,
) -> Outcome<Interaction> {
    let mut interaction = mine(store, act, id)?;
    store
        .customer_get(customers, customer)?
        .ok_or_else(|| Fault::at(Code::CustomerUnknown, "customerId"))?;
    interaction.customer_id = Some(customer);
    store.interaction_put(&interaction)?;
    act.purpose = Some(Purpose::Interaction(id));
    act.audit(
        store,
        "interaction.identify",
        Object::new("interaction", id),
        json!({ "customer": customer }),
    )?;
    changed(store, act, &interaction, "InteractionIdentified")?;
    Ok(interaction)
}

/// What is logged of a contact.
#[derive(Clone, Debug)]
pub struct Log {
    /// Contact.
    pub interaction: InteractionId,
    /// Customer, if not known before.
    pub customer: Option<CustomerId>,
    /// Why.
    pub wrap_up_code: String,
    /// Result.
    pub disposition: String,
    /// Notes.
    pub note: String,
    /// Existing case it belongs to.
    pub case: Option<CaseId>,
    /// Or a new one.
    pub new_case: Option<NewCase>,
}

/// Logs a contact and closes it, with its case; frees the operator for the next one.
pub fn log<S: InteractionStore + CaseStore + ?Sized>(
    store: &mut S,
    act: &mut Act<'_>,
    log: Log,
    customers: &Scope,
    cases: &Scope,
) -> Outcome<(Interaction, Option<Case>)> {
    let mut interaction = mine(store, act, log.interaction)?;
    act.purpose = Some(Purpose::Interaction(interaction.id));
    if let Some(customer) = log.customer {
        store
            .customer_get(customers, customer)?
            .ok_or_else(|| Fault::at(Code::CustomerUnknown, "customerId"))?;
        interaction.customer_id = Some(customer);
    }
    if !store
        .wrap_up_codes(act.tenant)?
        .iter()
        .any(|(key, _)| *key == log.wrap_up_code)
    {
        return Err(Fault::at(Code::WrapUpUnknown, "wrapUpCode"));
    }
    interaction.wrap_up_code = Some(log.wrap_up_code);
    interaction.disposition = Some(log.disposition);
    interaction.note = Some(log.note);
    interaction.state = InteractionState::Closed;
    interaction.closed_at = Some(act.now);
    store.interaction_put(&interaction)?;
    if let By::Person(person) = act.by {
        let mut presence = store.presence_lock(person, act.now)?;
        if presence.held == Some((act.tenant, interaction.id)) {
            presence.held = None;
            presence.state = PresenceState::Available;
            presence.reason = None;
            presence.since = act.now;
            store.presence_put(&presence)?;
        }
    }
    let case = match (log.case, log.new_case) {
        (Some(id), _) => {
            let contact = AttachedContact {
                id: interaction.id,
                customer_id: interaction.customer_id,
                note: interaction.note.clone(),
            };
            Some(cases::contact_attach(store, act, cases, id, contact)?)
        }
        (None, Some(new)) => Some(cases::open(
            store,
            act,
            new,
            interaction.customer_id,
            Some(interaction.id),
        )?),
        (None, None) => None,
    };
    act.audit(
        store,
        "interaction.log",
        Object::new("interaction", interaction.id),
        json!({ "case": case.as_ref().map(|c| c.id), "customer": interaction.customer_id }),
    )?;
    changed(store, act, &interaction, "InteractionLogged")?;
    Ok((interaction, case))
}

fn mine(
    store: &mut (impl InteractionStore + ?Sized),
    act: &Act<'_>,
    id: InteractionId,
) -> Outcome<Interaction> {
    let interaction = store
        .interaction_lock(act.tenant, id)?
        .ok_or(Fault::Store(StoreError::NotFound))?;
    match interaction.state {
        InteractionState::Closed | InteractionState::Abandoned => {
            Err(Fault::at(Code::InteractionClosed, "interactionId"))
        }
        _ if interaction.person_id.map(By::Person) != Some(act.by) => {
            Err(Fault::at(Code::InteractionNotYours, "interactionId"))
        }
        _ => Ok(interaction),
    }
}

fn changed(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    interaction: &Interaction,
    kind: &str,
) -> Outcome<()> {
    let event = act.event(
        kind,
        "interaction",
        interaction.id.0,
        json!({ "state": interaction.state.text(), "person": interaction.person_id }),
    );
    Ok(store.event_append(&event)?)
}

fn offer_changed(
    store: &mut (impl InteractionStore + ?Sized),
    act: &mut Act<'_>,
    offer: &Offer,
    kind: &str,
    due_at: DateTime<Utc>,
) -> Outcome<()> {
    let mut event = act.event(kind, "offer", offer.id.0, json!({ "state": offer.state.text(), "person": offer.person_id, "interaction": offer.interaction_id, "expires_at": offer.expires_at }));
    event.due_at = due_at;
    Ok(store.event_append(&event)?)
}
