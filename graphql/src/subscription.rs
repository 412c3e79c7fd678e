//! Small facts pushed to the asking person; the client asks again through the one read path.

use crate::context::Ctx;
use crate::error::Answer;
use crate::ids::{self, Kind};
use crate::interactions::{InteractionState, OfferState};
use chrono::{DateTime, Utc};
use domain::ids::{InteractionId, OfferId, TenantId};
use futures::StreamExt;
use futures::stream::BoxStream;
use juniper::{GraphQLObject, ID, graphql_subscription};
use tenancy::permission::Permission;

/// A fact about the asking person's work, already authorised.
#[derive(Clone, Debug)]
pub enum Heard {
    /// An offer rings or ended.
    Offer {
        /// Utility.
        tenant: TenantId,
        /// Offer.
        offer: OfferId,
        /// Contact.
        interaction: InteractionId,
        /// State.
        state: domain::interactions::OfferState,
        /// Rings until.
        expires_at: Option<DateTime<Utc>>,
    },
    /// A contact of hers changed.
    Interaction {
        /// Utility.
        tenant: TenantId,
        /// Contact.
        interaction: InteractionId,
        /// State.
        state: domain::interactions::InteractionState,
    },
}

/// An offer to the asking person changed.
#[derive(GraphQLObject)]
pub struct OfferEvent {
    /// Global id of the offer.
    pub offer_id: ID,
    /// Key of the utility.
    pub tenant: String,
    /// Global id of the contact.
    pub interaction_id: ID,
    /// Where it stands now.
    pub state: OfferState,
    /// Rings until.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A contact of the asking person changed.
#[derive(GraphQLObject)]
pub struct InteractionEvent {
    /// Key of the utility.
    pub tenant: String,
    /// Global id of the contact.
    pub interaction_id: ID,
    /// Where it stands now.
    pub state: InteractionState,
}

type Offers = BoxStream<'static, OfferEvent>;
type Interactions = BoxStream<'static, InteractionEvent>;

/// Facts.
pub struct Subscription;

/// Small facts as they happen. Each is authorised again when it is sent.
#[graphql_subscription(context = Ctx)]
impl Subscription {
    /// Offers to the asking person. Acts for no utility.
    async fn offers(ctx: &Ctx) -> Answer<Offers> {
        let keys = keys(ctx);
        Ok(ctx
            .heard(Permission::OfferHear)?
            .filter_map(move |heard| {
                let event = match heard {
                    Heard::Offer {
                        tenant,
                        offer,
                        interaction,
                        state,
                        expires_at,
                    } => Some(OfferEvent {
                        offer_id: ids::encode(Kind::Offer, tenant, offer),
                        tenant: keys.get(&tenant).cloned().unwrap_or_default(),
                        interaction_id: ids::encode(Kind::Interaction, tenant, interaction),
                        state: state.into(),
                        expires_at,
                    }),
                    Heard::Interaction { .. } => None,
                };
                futures::future::ready(event)
            })
            .boxed())
    }

    /// Contacts of the asking person. Acts for no utility.
    async fn interactions(ctx: &Ctx) -> Answer<Interactions> {
        let keys = keys(ctx);
        Ok(ctx
            .heard(Permission::InteractionHear)?
            .filter_map(move |heard| {
                let event = match heard {
                    Heard::Interaction {
                        tenant,
                        interaction,
                        state,
                    } => Some(InteractionEvent {
                        tenant: keys.get(&tenant).cloned().unwrap_or_default(),
                        interaction_id: ids::encode(Kind::Interaction, tenant, interaction),
                        state: state.into(),
                    }),
                    Heard::Offer { .. } => None,
                };
                futures::future::ready(event)
            })
            .boxed())
    }
}

fn keys(ctx: &Ctx) -> std::collections::HashMap<TenantId, String> {
    ctx.house()
        .tenants
        .all()
        .into_iter()
        .map(|t| (t.id, t.key.clone()))
        .collect()
}
