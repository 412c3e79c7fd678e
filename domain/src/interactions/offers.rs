//! Offers: a waiting contact rings at one operator after the other until somebody takes it or the caller gives up.

use super::model::{Interaction, InteractionState, Offer, OfferState, RING};
use super::service::activate;
use super::store::InteractionStore;
use crate::act::{Act, By};
use crate::audit::Object;
use crate::fault::{Code, Fault, Outcome, StoreError};
use crate::ids::OfferId;
use crate::routing;
use crate::workforce::PresenceState;
use chrono::{DateTime, Utc};
use serde_json::json;

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
pub(super) fn offer_finish(
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
