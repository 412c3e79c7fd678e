//! Rules of access as a tenant admin reads and changes them.

use crate::context::{Ctx, Payload};
use crate::error::UserError;
use crate::ids::{self, Kind};
use juniper::{GraphQLInputObject, GraphQLObject, ID, graphql_object};
use tenancy::policy::PolicyRow;
use validator::Validate;

/// A rule.
pub struct Policy(pub PolicyRow);

/// A rule of access: a role may, or may not, do an act on an object under a condition.
#[graphql_object(context = Ctx)]
impl Policy {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Policy, ctx.tenant_id(), self.0.id)
    }
    /// Whose.
    fn role(&self) -> &str {
        &self.0.role
    }
    /// On what.
    fn object(&self) -> &str {
        &self.0.object
    }
    /// Doing what.
    fn act(&self) -> &str {
        &self.0.act
    }
    /// Under which condition: any, assigned, case, glass, self.
    fn condition(&self) -> &str {
        &self.0.condition
    }
    /// allow or deny.
    fn effect(&self) -> &str {
        &self.0.effect
    }
    /// Whether only the platform may change it.
    fn sealed(&self) -> bool {
        self.0.sealed
    }
}

/// A rule to be added.
#[derive(GraphQLInputObject, Validate)]
pub struct PolicyPutInput {
    /// Whose.
    #[validate(length(min = 1, max = 60))]
    pub role: String,
    /// On what, e.g. `case` or `class:contact`.
    #[validate(length(min = 1, max = 60))]
    pub object: String,
    /// Doing what, e.g. `close`; for classes `full` or `masked`.
    #[validate(length(min = 1, max = 60))]
    pub act: String,
    /// Under which condition: any, assigned, case, glass, self.
    pub condition: String,
    /// allow or deny.
    pub effect: String,
}

/// Which rule to remove.
#[derive(GraphQLInputObject)]
pub struct PolicyRemoveInput {
    /// Global id of the rule.
    pub policy_id: ID,
}

/// The rule that was added or removed.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct PolicyPayload {
    /// The rule.
    pub policy: Option<Policy>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for PolicyPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            policy: None,
            user_errors,
        }
    }
}
