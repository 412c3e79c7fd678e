//! One event: what it causes.

use super::{Unfinished, Worker, blocking};
use crate::clock;
use crate::http::socket::topic;
use crate::letters;
use crate::state;
use domain::act::{Act, By};
use domain::cases::{self, CaseStore};
use domain::customers::{ContactKind, CustomerStore};
use domain::event::Event;
use domain::fault::StoreError;
use domain::ids::{CaseId, CustomerId, OfferId, PersonId, PortalLinkId, RequestId, TenantId};
use domain::interactions;
use domain::scope::{Scope, Sight};
use domain::tenant::Tenant;
use domain::workforce::{WorkforceStore, tenants_served};
use infra::bus::Fact;
use infra::mail::OutgoingMail;
use infra::pg::{Mode, PgStore};
use serde_json::{Value, json};
use std::sync::Arc;
use tenancy::permission::Permission;
use tenancy::policies::PolicyStore;
use tenancy::session::SessionStore;
use tenancy::token;
use uuid::Uuid;

fn id(event: &Event, name: &str) -> Option<Uuid> {
    event
        .payload
        .get(name)
        .and_then(Value::as_str)
        .and_then(|t| t.parse().ok())
}

/// Does what an event causes.
pub async fn take(worker: &Arc<Worker>, event: &Event) -> Result<(), Unfinished> {
    match event.kind.as_str() {
        "OfferMade" => push_offer(worker, event).await,
        "OfferEnded" => {
            push_offer(worker, event).await;
            offer_to(worker, id(event, "person").map(PersonId)).await?;
        }
        "OfferDue" => expire(worker, event).await?,
        "PresenceSet" => offer_to(worker, Some(PersonId(event.aggregate_id))).await?,
        "GrantGiven" => offer_to(worker, id(event, "person").map(PersonId)).await?,
        "InteractionBegun" | "InteractionAnswered" | "InteractionEnded" | "InteractionIdentified" => {
            push_interaction(worker, event).await
        }
        "InteractionLogged" => {
            push_interaction(worker, event).await;
            offer_to(worker, id(event, "person").map(PersonId)).await?;
        }
        "CaseOpened" => confirm(worker, event).await?,
        "PortalLinkRequested" => send_link(worker, event).await?,
        "SessionClosed" => {
            worker
                .bus
                .publish(Fact {
                    topic: format!("session:{}", event.aggregate_id),
                    body: json!({}),
                })
                .await
        }
        // Kept for listeners of later contexts and for other systems; nothing is to be done here.
        "CaseChanged" | "CaseClosed" | "GrantEnded" | "InvoiceTaken" | "PolicyPut" | "PolicyRemoved" => {}
        // Of a newer release that runs beside this one: its own worker knows what to do.
        other => return Err(Unfinished::Later(format!("{other} is not known here"))),
    }
    Ok(())
}

async fn push_offer(worker: &Worker, event: &Event) {
    if let Some(person) = id(event, "person") {
        let body = json!({
            "tenant": event.tenant, "offer": event.aggregate_id, "interaction": event.payload.get("interaction"),
            "state": event.payload.get("state"), "expires_at": event.payload.get("expires_at"),
        });
        worker
            .bus
            .publish(Fact {
                topic: topic(PersonId(person)),
                body,
            })
            .await;
    }
}

async fn push_interaction(worker: &Worker, event: &Event) {
    if let Some(person) = id(event, "person") {
        let body = json!({ "tenant": event.tenant, "interaction": event.aggregate_id, "state": event.payload.get("state") });
        worker
            .bus
            .publish(Fact {
                topic: topic(PersonId(person)),
                body,
            })
            .await;
    }
}

/// The utility of an event. One that was added since this node last looked is looked for: its mail must not be lost.
async fn company(worker: &Arc<Worker>, tenant: TenantId) -> Result<Arc<Tenant>, Unfinished> {
    if let Some(known) = worker.house.tenants.get(tenant) {
        return Ok(known);
    }
    let shared = Arc::clone(worker);
    blocking(move || {
        shared
            .house
            .tenants
            .replace(state::tenant_list(&shared.database)?);
        let known = shared.house.tenants.get(tenant);
        known.ok_or_else(|| Unfinished::Later(format!("utility {tenant} is not known here")))
    })
    .await
}

fn answering_roles(
    worker: &Worker,
    store: &mut PgStore,
    tenant: TenantId,
) -> Result<Vec<String>, Unfinished> {
    let epoch = store.policy_epoch(tenant)?;
    let policy = graphql::context::policy_of(&worker.house, store as &mut dyn PolicyStore, tenant, epoch)?;
    policy
        .roles_with(Permission::OfferAccept)
        .map_err(|e| Unfinished::Later(e.to_string()))
}

/// Works under a utility in one transaction.
fn under<T>(
    worker: &Worker,
    tenant: TenantId,
    work: impl FnOnce(&mut PgStore, &mut Act<'_>) -> Result<T, Unfinished>,
) -> Result<T, Unfinished> {
    let mut store = worker.database.begin(tenant, Mode::Write)?;
    let mut ids = clock::ids();
    let mut act = Act {
        tenant,
        by: By::System,
        now: clock::now(),
        request: RequestId(clock::id()),
        purpose: None,
        ids: &mut ids,
    };
    let done = work(&mut store, &mut act)?;
    store.commit()?;
    Ok(done)
}

/// An operator may have become free: whoever waits at one of her utilities is offered.
async fn offer_to(worker: &Arc<Worker>, person: Option<PersonId>) -> Result<(), Unfinished> {
    let Some(person) = person else { return Ok(()) };
    let shared = Arc::clone(worker);
    blocking(move || {
        let tenants = {
            let mut store = shared.database.begin(TenantId::CENTRE, Mode::Read)?;
            tenants_served(&store.grants_of(person)?, clock::now())
        };
        for tenant in tenants {
            offer_at(&shared, tenant)?;
        }
        shared.wake.notify_one();
        Ok(())
    })
    .await
}

/// Offers whoever waits at a utility; how many offers were made.
pub fn offer_at(worker: &Worker, tenant: TenantId) -> Result<usize, Unfinished> {
    under(worker, tenant, |store, act| {
        let roles = answering_roles(worker, store, tenant)?;
        Ok(interactions::offer_waiting(store, act, &roles)?)
    })
}

async fn expire(worker: &Arc<Worker>, event: &Event) -> Result<(), Unfinished> {
    let (shared, tenant, offer) = (Arc::clone(worker), event.tenant, OfferId(event.aggregate_id));
    blocking(move || {
        under(&shared, tenant, |store, act| {
            let roles = answering_roles(&shared, store, tenant)?;
            Ok(interactions::offer_expire(store, act, offer, &roles)?)
        })?;
        shared.wake.notify_one();
        Ok(())
    })
    .await
}

/// The customer's language, among those the utility serves; and the preferred e-mail.
fn addressed(
    store: &mut PgStore,
    tenant: TenantId,
    customer: CustomerId,
) -> Result<Option<(String, String)>, StoreError> {
    let scope = Scope {
        tenant,
        by: By::System,
        sight: Sight::ANY,
    };
    let Some(customer) = store.customer_get(&scope, customer)? else {
        return Ok(None);
    };
    let mail = customer
        .contact_points
        .iter()
        .find(|c| c.kind == ContactKind::Email);
    Ok(mail.map(|c| (customer.language.clone(), c.value.clone())))
}

fn mail(
    tenant: &Tenant,
    event: &Event,
    language: String,
    to: String,
    letter: letters::Letter,
) -> OutgoingMail {
    let host = tenant
        .mail_address
        .rsplit_once('@')
        .map_or("busbar.example", |(_, host)| host);
    OutgoingMail {
        // A repeated sending carries the same id: mail programs show it once.
        message_id: format!("<{}@{host}>", event.id),
        from_name: tenant.mail_name.clone(),
        from_address: tenant.mail_address.clone(),
        to,
        subject: letter.subject,
        text: letter.text,
        html: None,
        language,
    }
}

/// Confirms a new case by mail, in the utility's name, and writes it into the case's history.
async fn confirm(worker: &Arc<Worker>, event: &Event) -> Result<(), Unfinished> {
    let Some(customer) = id(event, "customer").map(CustomerId) else {
        return Ok(());
    };
    let (tenant, case_id) = (event.tenant, CaseId(event.aggregate_id));
    let shared = Arc::clone(worker);
    let found = blocking(move || {
        let mut store = shared.database.begin(tenant, Mode::Read)?;
        let scope = Scope {
            tenant,
            by: By::System,
            sight: Sight::ANY,
        };
        let case = store.case_get(&scope, case_id)?;
        Ok((case, addressed(&mut store, tenant, customer)?))
    })
    .await?;
    let (Some(case), Some((language, address))) = found else {
        return Ok(());
    };
    let company = company(worker, tenant).await?;
    let letter = letters::case_opened(&company, &language, &case.number, &case.subject);
    worker
        .mailer
        .send(&mail(&company, event, language, address, letter))
        .await?;
    let shared = Arc::clone(worker);
    blocking(move || {
        under(&shared, tenant, |store, act| {
            Ok(cases::confirmed(store, act, &case)?)
        })
    })
    .await
}

/// Makes a sign-in link and mails it. Made from the event alone, so that a repetition makes the same link.
async fn send_link(worker: &Arc<Worker>, event: &Event) -> Result<(), Unfinished> {
    let Some(customer) = id(event, "customer").map(CustomerId) else {
        return Ok(());
    };
    let (tenant, link) = (event.tenant, PortalLinkId(event.aggregate_id));
    let Some(token) = worker.house.keys.link_token(customer, tenant, link, event.at) else {
        return Err(Unfinished::Never("the link could not be signed".to_owned()));
    };
    let digest = token::digest(&token);
    let (shared, at) = (Arc::clone(worker), event.at);
    let addressed = blocking(move || {
        under(&shared, tenant, |store, _| {
            store.portal_link_insert(tenant, link, customer, &digest, at, at + token::LINK_LASTS)?;
            Ok(addressed(store, tenant, customer)?)
        })
    })
    .await?;
    let Some((language, address)) = addressed else {
        return Ok(());
    };
    let company = company(worker, tenant).await?;
    let url = format!("{}/portal/{}/enter#{token}", worker.public_url, company.key);
    let letter = letters::portal_link(&company, &language, &url);
    worker
        .mailer
        .send(&mail(&company, event, language, address, letter))
        .await?;
    Ok(())
}
