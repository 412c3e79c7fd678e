//! A call comes in, is answered, ended, identified and logged.

use super::model::{
    Call, CallEvent, CallEventKind, CallerMatch, Channel, Interaction, InteractionState, Log, OfferState,
};
use super::offers::{offer_finish, offer_waiting};
use super::store::InteractionStore;
use crate::act::{Act, By, Purpose};
use crate::audit::Object;
use crate::cases::{self, AttachedContact, Case, CaseStore};
use crate::customers::CustomerHit;
use crate::fault::{Code, Fault, Outcome, StoreError};
use crate::ids::{CustomerId, InteractionId, PersonId};
use crate::normal;
use crate::scope::{Scope, Sight};
use crate::workforce::PresenceState;
use serde_json::json;

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

pub(super) fn activate(
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
