//! Contacts, offers, and the log that closes them.

use crate::cases::{Case, CasePriority};
use crate::connection::connection;
use crate::context::{Ctx, Payload};
use crate::error::{Answer, UserError};
use crate::ids::{self, Kind};
use crate::masking::{self, MaskedText};
use crate::scalars::twin;
use crate::tenant::Tenant;
use chrono::{DateTime, Utc};
use domain::act::By;
use domain::interactions as model;
use juniper::{GraphQLInputObject, GraphQLObject, ID, graphql_object};
use tenancy::permission::FieldClass;
use validator::Validate;

twin! {
    /// By which way the customer comes.
    Channel = model::Channel {
        /// Telephone.
        Voice,
        /// Chat.
        Chat,
        /// Mail.
        Mail,
        /// Portal message.
        Portal,
    }
}
twin! {
    /// Where a contact stands.
    InteractionState = model::InteractionState {
        /// Nobody has it yet.
        Waiting,
        /// It rings at one operator.
        Offered,
        /// An operator has it.
        Active,
        /// The customer has gone, the operator finishes the notes.
        WrapUp,
        /// Logged.
        Closed,
        /// The customer gave up before anybody answered.
        Abandoned,
    }
}
twin! {
    /// What the caller's number says.
    CallerMatch = model::CallerMatch {
        /// Exactly one customer has it.
        One,
        /// Several have it: ask which.
        Several,
        /// Nobody has it.
        None,
        /// The caller hides it.
        Withheld,
    }
}
twin! {
    /// Where an offer stands.
    OfferState = model::OfferState {
        /// It rings.
        Live,
        /// Taken.
        Accepted,
        /// Refused by the operator.
        Declined,
        /// Rang too long.
        Expired,
        /// The contact went away or was answered elsewhere.
        Withdrawn,
    }
}

/// A contact.
pub struct Interaction(pub model::Interaction);

/// A contact of a customer with the centre.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl Interaction {
    /// Global id.
    fn id(&self) -> ID {
        ids::encode(Kind::Interaction, self.0.tenant_id, self.0.id)
    }
    /// By which way.
    fn channel(&self) -> Channel {
        self.0.channel.into()
    }
    /// `in` or `out`.
    fn direction(&self) -> &str {
        &self.0.direction
    }
    /// Where it stands.
    fn state(&self) -> InteractionState {
        self.0.state.into()
    }
    /// What the caller's number said.
    #[graphql(name = "match")]
    fn match_(&self) -> CallerMatch {
        self.0.caller.into()
    }
    /// Caller's number, E.164; null when withheld.
    fn from(&self, ctx: &Ctx) -> Option<MaskedText> {
        let number = self.0.from_number.as_deref()?;
        Some(masking::text(
            ctx,
            FieldClass::Contact,
            self.0.customer_id,
            number,
        ))
    }
    /// Dialled number, E.164.
    fn to(&self) -> Option<&str> {
        self.0.to_number.as_deref()
    }
    /// Queue.
    fn queue(&self) -> &str {
        &self.0.queue
    }
    /// Came in.
    fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }
    /// Answered.
    fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.answered_at
    }
    /// The channel ended.
    fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }
    /// Logged.
    fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }
    /// Name of the operator.
    fn person(&self) -> Option<&str> {
        self.0.person_name.as_deref()
    }
    /// Whether it is the asking person's.
    fn mine(&self, ctx: &Ctx) -> bool {
        self.0.person_id.map(By::Person) == Some(ctx.actor().by)
    }
    /// Global id of the customer, once known.
    fn customer_id(&self) -> Option<ID> {
        self.0
            .customer_id
            .map(|c| ids::encode(Kind::Customer, self.0.tenant_id, c))
    }
    /// Why the customer came; a key of `wrapUpCodes`.
    fn wrap_up_code(&self) -> Option<&str> {
        self.0.wrap_up_code.as_deref()
    }
    /// What came of it.
    fn disposition(&self) -> Option<&str> {
        self.0.disposition.as_deref()
    }
    /// Notes.
    fn note(&self, ctx: &Ctx) -> Option<MaskedText> {
        let note = self.0.note.as_deref()?;
        Some(masking::text(ctx, FieldClass::FreeText, self.0.customer_id, note))
    }
}

connection! {
    /// A page of contacts.
    InteractionConnection, InteractionEdge, Interaction
}

/// An offer of a contact to the asking operator.
pub struct Offer(pub model::Offer, pub model::Interaction);

/// A contact offered to the asking operator. Holds no personal data.
#[graphql_object(context = Ctx)]
impl Offer {
    /// Global id.
    fn id(&self) -> ID {
        ids::encode(Kind::Offer, self.0.tenant_id, self.0.id)
    }
    /// The utility the customer calls.
    fn tenant(&self, ctx: &Ctx) -> Answer<Tenant> {
        ctx.house()
            .tenants
            .get(self.0.tenant_id)
            .map(Tenant)
            .ok_or_else(|| ctx.not_found())
    }
    /// Global id of the contact.
    fn interaction_id(&self) -> ID {
        ids::encode(Kind::Interaction, self.0.tenant_id, self.0.interaction_id)
    }
    /// By which way.
    fn channel(&self) -> Channel {
        self.1.channel.into()
    }
    /// Queue.
    fn queue(&self) -> &str {
        &self.1.queue
    }
    /// Where it stands.
    fn state(&self) -> OfferState {
        self.0.state.into()
    }
    /// Made.
    fn made_at(&self) -> DateTime<Utc> {
        self.0.made_at
    }
    /// Rings until.
    fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }
}

/// Which offer.
#[derive(GraphQLInputObject)]
pub struct OfferInput {
    /// Global id of the offer.
    pub offer_id: ID,
}

/// What became of the offer.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct OfferPayload {
    /// The offer as it is now.
    pub offer: Option<Offer>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for OfferPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            offer: None,
            user_errors,
        }
    }
}

/// Who is calling.
#[derive(GraphQLInputObject)]
pub struct InteractionIdentifyInput {
    /// Global id of the contact.
    pub interaction_id: ID,
    /// Global id of the customer.
    pub customer_id: ID,
}

/// The contact after the change.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct InteractionPayload {
    /// The contact as it is now.
    pub interaction: Option<Interaction>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for InteractionPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            interaction: None,
            user_errors,
        }
    }
}

/// A case to be opened with the log.
#[derive(GraphQLInputObject, Validate)]
pub struct NewCaseInput {
    /// A key of `caseTypes`.
    #[validate(length(min = 1, max = 60))]
    pub r#type: String,
    /// Subject in a few words.
    #[validate(length(min = 1, max = 200))]
    pub subject: String,
    /// What the customer wants.
    #[validate(length(min = 1, max = 10_000))]
    pub text: String,
    /// How pressing; normal if absent.
    pub priority: Option<CasePriority>,
}

/// What is logged of a contact. Give either an existing case, a new one, or none.
#[derive(GraphQLInputObject, Validate)]
pub struct InteractionLogInput {
    /// Global id of the contact.
    pub interaction_id: ID,
    /// Global id of the customer, if it was not known before.
    pub customer_id: Option<ID>,
    /// Why the customer came; a key of `wrapUpCodes`.
    #[validate(length(min = 1, max = 60))]
    pub wrap_up_code: String,
    /// What came of it; at most 60 characters.
    #[validate(length(min = 1, max = 60))]
    pub disposition: String,
    /// Notes; at most 10,000 characters.
    #[validate(length(max = 10_000))]
    pub note: String,
    /// Global id of the case it belongs to.
    pub case_id: Option<ID>,
    /// A case to be opened.
    #[validate(nested)]
    pub new_case: Option<NewCaseInput>,
}

/// The contact as logged, with its case.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct InteractionLogPayload {
    /// The contact as it is now.
    pub interaction: Option<Interaction>,
    /// Its case.
    pub case: Option<Case>,
    /// Why it was refused; nothing was changed then.
    pub user_errors: Vec<UserError>,
}
impl Payload for InteractionLogPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            interaction: None,
            case: None,
            user_errors,
        }
    }
}
