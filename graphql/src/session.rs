//! Sign-in, sign-out, and who the asking actor is.

use crate::card::WorkItem;
use crate::context::{Ctx, Payload, Store};
use crate::error::UserError;
use crate::ids::{self, Kind};
use crate::interactions::Offer;
use crate::scalars::SessionKind;
use crate::tenant::Tenant;
use crate::workforce::{MyGrant, Presence};
use chrono::{DateTime, Utc};
use domain::act::By;
use domain::card::{WorkId, WorkItem as Work};
use domain::cases::CasePriority;
use domain::fault::StoreError;
use domain::ids::{PersonId, TenantId};
use domain::interactions::{Interaction, OfferState};
use domain::workforce::tenants_served;
use juniper::{GraphQLEnum, GraphQLInputObject, GraphQLObject, ID};
use validator::Validate;

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GraphQLEnum)]
pub enum ActorKind {
    /// A person of the centre or a utility.
    Person,
    /// A customer in the portal.
    Customer,
    /// A machine, or nobody.
    Service,
}

/// The asking actor.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct Me {
    /// Global id.
    pub id: ID,
    /// What kind of actor.
    pub kind: ActorKind,
    /// Name to be shown.
    pub display_name: String,
    /// Language of the pages, ISO 639-1.
    pub locale: String,
    /// The utility acted for; null for none.
    pub tenant: Option<Tenant>,
    /// Where she is just now; null for customers.
    pub presence: Option<Presence>,
    /// Her valid grants; empty for customers.
    pub grants: Vec<MyGrant>,
    /// Offers that ring at her.
    pub offers: Vec<Offer>,
    /// Contacts she has open.
    pub contacts: Vec<WorkItem>,
}

impl Me {
    /// Reads the asking actor.
    pub fn read(ctx: &Ctx, store: &mut dyn Store) -> Result<Me, StoreError> {
        match ctx.actor().by {
            By::Person(person) => Me::person(ctx, store, person),
            By::Customer(customer) => Ok(Me {
                id: ids::encode(Kind::Customer, ctx.tenant_id(), customer),
                kind: ActorKind::Customer,
                display_name: String::new(),
                locale: ctx.locale().text().to_owned(),
                tenant: ctx.tenant().cloned().map(Tenant),
                presence: None,
                grants: Vec::new(),
                offers: Vec::new(),
                contacts: Vec::new(),
            }),
            By::Service | By::System | By::Nobody => Err(StoreError::NotFound),
        }
    }

    fn person(ctx: &Ctx, store: &mut dyn Store, id: PersonId) -> Result<Me, StoreError> {
        let person = store.person_get(id)?.ok_or(StoreError::NotFound)?;
        let grants = store.grants_of(id)?;
        let tenants = tenants_served(&grants, ctx.now());
        let presence = store.presence_get(id)?;
        let held = store.held(&tenants, id)?;
        let (offered, open): (Vec<_>, Vec<_>) = held.into_iter().partition(|(_, offer)| offer.is_some());
        Ok(Me {
            id: ids::encode(Kind::Person, TenantId::CENTRE, id),
            kind: ActorKind::Person,
            display_name: person.display_name,
            locale: person.locale,
            tenant: ctx.tenant().cloned().map(Tenant),
            presence: presence.map(Presence::from),
            grants: grants
                .into_iter()
                .filter(|g| g.is_valid(ctx.now()))
                .filter_map(|g| {
                    let tenant = Tenant(ctx.house().tenants.get(g.tenant)?);
                    Some(MyGrant {
                        tenant,
                        role: g.role,
                        commodity: g.commodity.map(Into::into),
                        languages: g.languages,
                        valid_from: g.valid_from,
                        valid_to: g.valid_to,
                    })
                })
                .collect(),
            offers: offered
                .into_iter()
                .filter_map(|(i, o)| o.filter(|o| o.state == OfferState::Live).map(|o| Offer(o, i)))
                .collect(),
            contacts: open.into_iter().map(|(i, _)| WorkItem(contact(&i))).collect(),
        })
    }
}

fn contact(i: &Interaction) -> Work {
    Work {
        tenant: i.tenant_id,
        id: WorkId::Interaction(i.id),
        number: i.queue.clone(),
        kind: i.channel.text().to_owned(),
        state: i.state.text().to_owned(),
        priority: CasePriority::Normal,
        since: i.answered_at.unwrap_or(i.started_at),
        mine: true,
        assigned: true,
        labels: Default::default(),
    }
}

/// Login and password.
#[derive(GraphQLInputObject, Validate)]
pub struct SignInInput {
    /// Login.
    #[validate(length(min = 1, max = 120))]
    pub login: String,
    /// Password.
    #[validate(length(min = 1, max = 512))]
    pub password: String,
    /// Cookie for pages, bearer for programs.
    pub session: SessionKind,
}

/// The session that was begun.
#[derive(GraphQLObject)]
#[graphql(context = Ctx)]
pub struct SignInPayload {
    /// The token; null for cookie sessions.
    pub token: Option<String>,
    /// When the session ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// Name to greet with; null when refused.
    pub display_name: Option<String>,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for SignInPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            token: None,
            expires_at: None,
            display_name: None,
            user_errors,
        }
    }
}

/// Whether the session ended.
#[derive(GraphQLObject)]
pub struct SignOutPayload {
    /// Always true when there are no `userErrors`.
    pub signed_out: bool,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for SignOutPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            signed_out: false,
            user_errors,
        }
    }
}

/// For whom a sign-in link is asked.
#[derive(GraphQLInputObject, Validate)]
pub struct PortalLinkRequestInput {
    /// Key of the utility.
    #[validate(length(min = 1, max = 40))]
    pub tenant_key: String,
    /// E-mail address known to the utility.
    #[validate(length(min = 3, max = 254))]
    pub email: String,
}

/// One answer, whether the address is known or not.
#[derive(GraphQLObject)]
pub struct PortalLinkRequestPayload {
    /// True: if the address is known, a mail is on its way.
    pub sent: bool,
    /// Why it was refused.
    pub user_errors: Vec<UserError>,
}
impl Payload for PortalLinkRequestPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            sent: false,
            user_errors,
        }
    }
}

/// The link that was mailed.
#[derive(GraphQLInputObject, Validate)]
pub struct PortalLinkRedeemInput {
    /// The token of the link.
    #[validate(length(min = 1, max = 2_000))]
    pub token: String,
    /// Cookie for pages, bearer for programs.
    pub session: SessionKind,
}
