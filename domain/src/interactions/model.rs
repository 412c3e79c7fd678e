//! What a contact is: its states, its offers, the call behind it.

use crate::cases::NewCase;
use crate::ids::{CaseId, CustomerId, InteractionId, OfferId, PersonId, TenantId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

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
