//! Contacts of customers with the centre: a call comes in, is offered, answered, ended and logged.
//!
//! Locks are always taken in the order call, interaction, offer, presence.

mod model;
mod offers;
mod service;
mod store;

pub use model::*;
pub use offers::{offer_accept, offer_decline, offer_expire, offer_waiting};
pub use service::{call_event, identify, log};
pub use store::InteractionStore;
