//! Cases and their history.

use crate::connection::connection;
use crate::context::{Ctx, Payload};
use crate::error::UserError;
use crate::ids::{self, Kind};
use crate::masking::{self, MaskedText};
use crate::scalars::twin;
use chrono::{DateTime, Utc};
use domain::cases as model;
use domain::ids::CustomerId;
use domain::tenant::label;
use juniper::{GraphQLInputObject, GraphQLObject, ID, graphql_object};
use tenancy::permission::FieldClass;
use validator::Validate;

twin! {
    /// Where a case stands.
    CaseState = model::CaseState {
        /// Somebody works on it.
        Open,
        /// It waits for the customer or another company.
        Waiting,
        /// Done.
        Closed,
    }
}
twin! {
    /// How pressing.
    CasePriority = model::CasePriority {
        /// Can wait.
        Low,
        /// As usual.
        Normal,
        /// Before others.
        High,
        /// Danger to people or property.
        Emergency,
    }
}
twin! {
    /// What an entry of the history records.
    CaseEntryKind = model::CaseEntryKind {
        /// Opened.
        Opened,
        /// A contact belongs to it.
        Contact,
        /// A note inside.
        Note,
        /// Closed.
        Closed,
        /// The customer was told that it is known.
        Confirmed,
    }
}

/// A case.
pub struct Case(pub model::Case);

/// What a customer wants, who solves it, and where it stands.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl Case {
    /// Global id.
    fn id(&self) -> ID {
        ids::encode(Kind::Case, self.0.tenant_id, self.0.id)
    }
    /// The utility's own number.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// A key of `caseTypes`.
    #[graphql(name = "type")]
    fn type_(&self) -> &str {
        &self.0.kind
    }
    /// Label of the type in the reader's language.
    fn type_label(&self, ctx: &Ctx) -> &str {
        label(
            &self.0.labels,
            ctx.locale().text(),
            ctx.tenant().map_or("en", |t| t.language()),
        )
    }
    /// Subject.
    fn subject(&self, ctx: &Ctx) -> MaskedText {
        masking::text(ctx, FieldClass::FreeText, self.0.customer_id, &self.0.subject)
    }
    /// Where it stands.
    fn state(&self) -> CaseState {
        self.0.state.into()
    }
    /// How pressing.
    fn priority(&self) -> CasePriority {
        self.0.priority.into()
    }
    /// Grows with every change; give it back when closing.
    fn version(&self) -> i32 {
        self.0.version
    }
    /// Name of who solves it.
    fn owner(&self) -> Option<&str> {
        self.0.owner_name.as_deref()
    }
    /// Global id of the customer.
    fn customer_id(&self) -> Option<ID> {
        self.0
            .customer_id
            .map(|c| ids::encode(Kind::Customer, self.0.tenant_id, c))
    }
    /// Opened.
    fn opened_at(&self) -> DateTime<Utc> {
        self.0.opened_at
    }
    /// Closed.
    fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }
}

connection! {
    /// A page of cases.
    CaseConnection, CaseEdge, Case
}

/// An entry of a case's history and whose case it is.
pub struct CaseEntry(pub model::CaseEntry, pub Option<CustomerId>);

/// One entry of a case's history.
#[graphql_object(context = Ctx)]
impl CaseEntry {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::CaseEntry, ctx.tenant_id(), self.0.id)
    }
    /// When.
    fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
    /// Name of who, or the kind of actor.
    fn by(&self) -> &str {
        self.0.by_name.as_deref().unwrap_or(self.0.by.kind())
    }
    /// What.
    fn kind(&self) -> CaseEntryKind {
        self.0.kind.into()
    }
    /// In words.
    fn text(&self, ctx: &Ctx) -> Option<MaskedText> {
        let text = self.0.text.as_deref()?;
        Some(masking::text(ctx, FieldClass::FreeText, self.1, text))
    }
}

connection! {
    /// A page of a case's history.
    CaseEntryConnection, CaseEntryEdge, CaseEntry
}

/// A note inside.
#[derive(GraphQLInputObject, Validate)]
pub struct CaseNoteInput {
    /// Global id of the case.
    pub case_id: ID,
    /// The note; at most 10,000 characters.
    #[validate(length(min = 1, max = 10_000))]
    pub text: String,
}

/// Closing of a case.
#[derive(GraphQLInputObject, Validate)]
pub struct CaseCloseInput {
    /// Global id of the case.
    pub case_id: ID,
    /// The version that was read; another one now is STALE.
    pub version: i32,
    /// How it was solved; at most 10,000 characters.
    #[validate(length(min = 1, max = 10_000))]
    pub resolution: String,
}

/// The case after the change; with STALE, as it is now.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct CasePayload {
    /// The case as it is now.
    pub case: Option<Case>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for CasePayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            case: None,
            user_errors,
        }
    }
}
