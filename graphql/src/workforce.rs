//! The asking person, presence and grants.

use crate::connection::connection;
use crate::context::{Ctx, Payload};
use crate::error::UserError;
use crate::ids::{self, Kind};
use crate::scalars::{Commodity, twin};
use crate::tenant::Tenant;
use chrono::{DateTime, Utc};
use domain::workforce as model;
use juniper::{GraphQLInputObject, GraphQLObject, ID, graphql_object};
use validator::Validate;

twin! {
    /// What an operator is doing.
    PresenceState = model::PresenceState {
        /// Not at work.
        Offline,
        /// May be offered a contact.
        Available,
        /// With a contact.
        Busy,
        /// Finishing the notes of a contact.
        WrapUp,
        /// On a break, with a reason.
        Break,
    }
}

/// Where the asking person is just now.
#[derive(GraphQLObject)]
pub struct Presence {
    /// What she does.
    pub state: PresenceState,
    /// Why, for breaks; `missed_offer` after an offer that rang in vain.
    pub reason: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl From<model::Presence> for Presence {
    fn from(p: model::Presence) -> Self {
        Presence {
            state: p.state.into(),
            reason: p.reason,
            since: p.since,
        }
    }
}

/// A valid grant of the asking person.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct MyGrant {
    /// For which utility.
    pub tenant: Tenant,
    /// As what.
    pub role: String,
    /// For which commodity; null for all of the utility's.
    pub commodity: Option<Commodity>,
    /// In which languages.
    pub languages: Vec<String>,
    /// From.
    pub valid_from: DateTime<Utc>,
    /// Until.
    pub valid_to: Option<DateTime<Utc>>,
}

/// Presence to be set.
#[derive(GraphQLInputObject, Validate)]
pub struct PresenceSetInput {
    /// OFFLINE, AVAILABLE or BREAK; the others come by themselves.
    pub state: PresenceState,
    /// Why, for breaks; at most 60 characters.
    #[validate(length(max = 60))]
    pub reason: Option<String>,
}

/// Presence after the change.
#[derive(GraphQLObject)]
pub struct PresenceSetPayload {
    /// Presence as it is now.
    pub presence: Option<Presence>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for PresenceSetPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            presence: None,
            user_errors,
        }
    }
}

/// A grant.
pub struct Grant(pub model::Grant);

/// A person lent to the utility: what she may see and be offered, and until when.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl Grant {
    /// Global id.
    fn id(&self) -> ID {
        ids::encode(Kind::Grant, self.0.tenant, self.0.id)
    }
    /// Her name.
    fn person(&self) -> &str {
        &self.0.person_name
    }
    /// Her login.
    fn person_login(&self) -> &str {
        &self.0.person_login
    }
    /// As what.
    fn role(&self) -> &str {
        &self.0.role
    }
    /// For which commodity; null for all of the utility's.
    fn commodity(&self) -> Option<Commodity> {
        self.0.commodity.map(Into::into)
    }
    /// In which languages.
    fn languages(&self) -> &[String] {
        &self.0.languages
    }
    /// What for.
    fn purpose(&self) -> &str {
        &self.0.purpose
    }
    /// From.
    fn valid_from(&self) -> DateTime<Utc> {
        self.0.valid_from
    }
    /// Until.
    fn valid_to(&self) -> Option<DateTime<Utc>> {
        self.0.valid_to
    }
    /// Name of who granted it.
    fn granted_by(&self) -> &str {
        &self.0.granted_by
    }
}

connection! {
    /// A page of grants.
    GrantConnection, GrantEdge, Grant
}

/// A grant to be given.
#[derive(GraphQLInputObject, Validate)]
pub struct GrantGiveInput {
    /// To whom, by login.
    #[validate(length(min = 1, max = 120))]
    pub person_login: String,
    /// As what: a role of the policies.
    #[validate(length(min = 1, max = 60))]
    pub role: String,
    /// For which commodity; all of the utility's if absent.
    pub commodity: Option<Commodity>,
    /// In which languages, ISO 639-1.
    pub languages: Vec<String>,
    /// What for; at most 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub purpose: String,
    /// From; now if absent.
    pub valid_from: Option<DateTime<Utc>>,
    /// Until; open if absent.
    pub valid_to: Option<DateTime<Utc>>,
}

/// Which grant to end.
#[derive(GraphQLInputObject)]
pub struct GrantEndInput {
    /// Global id of the grant.
    pub grant_id: ID,
}

/// The grant after the change.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct GrantPayload {
    /// The grant as it is now.
    pub grant: Option<Grant>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for GrantPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            grant: None,
            user_errors,
        }
    }
}
