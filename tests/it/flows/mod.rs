//! The nine flows of the product, each by its own file against the running program, over HTTP and WebSocket as people and
//! machines use it. Every refusal is asserted together with the absence of its effect.

mod audit;
mod caller;
mod desk;
mod grants;
mod hook;
mod log;
mod log_keys;
mod offers;
mod policies;
mod portal;
mod sight;
mod sign_in;
mod socket;

use diesel::PgConnection;
use graphql::ids::Kind;
use serde_json::{Value, json};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tests::{
    Client, Login, PATIENCE, Program, Response, Staff, Utility, eventually_async, server, sql, town,
};
use uuid::Uuid;

const AVAILABLE: &str = "mutation { presenceSet(input: {state: AVAILABLE}) { presence { state reason } userErrors { code field } } }";
const ACCEPT: &str = "mutation($input: OfferInput!) { offerAccept(input: $input) { offer { id interactionId state } userErrors { code field } } }";
const DECLINE: &str = "mutation($input: OfferInput!) { offerDecline(input: $input) { offer { id state } userErrors { code field } } }";
const LOG: &str = "mutation($input: InteractionLogInput!) { interactionLog(input: $input) {
    interaction { id state wrapUpCode disposition note { value masked } customerId closedAt }
    case { id number type state version customerId owner } userErrors { code field message } } }";
const POLICY_PUT: &str = "mutation($input: PolicyPutInput!) { policyPut(input: $input) { policy { id sealed } userErrors { code field } } }";
const POLICY_REMOVE: &str = "mutation($input: PolicyRemoveInput!) { policyRemove(input: $input) { policy { id } userErrors { code field } } }";
const CARD: &str = "query($interaction: ID, $customer: ID) { card(interactionId: $interaction, customerId: $customer) {
    match candidates { id name { value masked } address { value masked } }
    interaction { id state match mine customerId from { value masked } to person }
    customer { id number name { value masked } phones { value masked } emails { value masked } }
    accounts { number paymentKey { value masked } balance { masked value { minor currency } } }
    supplyPoints { code address { value masked } meters { serial } contract { number } }
    invoices { id number payable { masked value { minor currency } } } cases { id number state } interactions { id state } } }";

/// A second node on the same database and Redis; the first one's worker serves both.
static SECOND: LazyLock<Program> = LazyLock::new(|| Program::serve(&[("BUSBAR_NO_WORKER", "true")]));
static SUPERUSER: LazyLock<Mutex<PgConnection>> =
    LazyLock::new(|| Mutex::new(sql::connect(Login::Superuser)));

/// A fresh utility that the shared program knows.
async fn utility() -> Utility {
    let utility = Utility::fresh();
    known(&client(), &utility).await;
    utility
}

/// Waits until a node knows a utility that was added a moment ago; it looks at most once a second.
async fn known(client: &Client, utility: &Utility) {
    let client = client.tenant(&utility.tenant.key);
    let document = "query($key: String!) { portalTenant(key: $key) { key } }";
    eventually_async("the node knows the utility", || async {
        let answer = client
            .graphql(document, json!({ "key": utility.tenant.key }))
            .await;
        (answer.data("/portalTenant/key") == &json!(utility.tenant.key)).then_some(())
    })
    .await;
}

/// Nobody's client at the shared program.
fn client() -> Client {
    Client::new(server().base_url())
}

/// Nobody's client at the second node.
fn second() -> Client {
    town::centre();
    Client::new(SECOND.base_url())
}

/// Her client, acting for this utility.
fn desk(utility: &Utility, staff: &Staff) -> Client {
    client().bearer(&staff.token).tenant(&utility.tenant.key)
}

/// Her client, acting for no utility.
fn own(staff: &Staff) -> Client {
    client().bearer(&staff.token)
}

/// An idempotency key that nobody used.
fn key() -> String {
    town::id().to_string()
}

/// A change under a fresh key.
async fn change(client: &Client, document: &str, input: Value) -> Response {
    client
        .idempotency_key(&key())
        .graphql(document, json!({ "input": input }))
        .await
}

/// Rows as the superuser sees them.
fn rows(statement: &str) -> Vec<Value> {
    sql::rows(
        &mut SUPERUSER.lock().unwrap_or_else(PoisonError::into_inner),
        statement,
    )
}

/// One value as the superuser sees it.
fn value(statement: &str) -> Value {
    sql::value(
        &mut SUPERUSER.lock().unwrap_or_else(PoisonError::into_inner),
        statement,
    )
}

/// Changes rows behind the program's back.
fn meddle(statement: &str) -> usize {
    sql::execute(
        &mut SUPERUSER.lock().unwrap_or_else(PoisonError::into_inner),
        statement,
    )
    .unwrap_or_else(|error| panic!("{error} in: {statement}"))
}

/// How many rows of a table a utility has; `rest` may narrow them (`"and state = 'live'"`).
fn count(utility: &Utility, table: &str, rest: &str) -> i64 {
    value(&format!(
        "select count(*) from {table} where tenant_id = '{}' {rest}",
        utility.tenant.id
    ))
    .as_i64()
    .unwrap()
}

/// A global id of this utility.
fn global(kind: Kind, utility: &Utility, id: &Value) -> String {
    let id: Uuid = id.as_str().unwrap().parse().unwrap();
    graphql::ids::encode(kind, utility.tenant.id, id).to_string()
}

/// The bare id in a global one, as text.
fn bare(global: &Value) -> String {
    graphql::ids::decode(global.as_str().unwrap())
        .unwrap()
        .id
        .to_string()
}

/// A report of the utility's switchboard.
async fn report(utility: &Utility, event: Value) -> Response {
    client()
        .post(&format!("/hooks/cti/{}", utility.hook), &event)
        .await
}

/// A new call; gives its contact.
async fn ring(utility: &Utility, call: &str, from: &str) -> Value {
    let event =
        json!({ "event": "newCall", "direction": "in", "from": from, "to": utility.dialled, "callId": call });
    let answer = report(utility, event).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "{}"));
    contact_of(utility, call)
}

/// The contact of a call.
fn contact_of(utility: &Utility, call: &str) -> Value {
    value(&format!(
        "select interaction_id from calls where tenant_id = '{}' and call_id = '{call}'",
        utility.tenant.id
    ))
}

/// A call is over.
async fn hang_up(utility: &Utility, call: &str) {
    let answer = report(
        utility,
        json!({ "event": "hangup", "to": utility.dialled, "callId": call, "cause": "normal" }),
    )
    .await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "{}"));
}

/// Makes her available.
async fn available(staff: &Staff) {
    let answer = own(staff)
        .idempotency_key(&key())
        .graphql(AVAILABLE, json!({}))
        .await
        .ok();
    assert_eq!(
        answer.data("/presenceSet"),
        &json!({ "presence": { "state": "AVAILABLE", "reason": null }, "userErrors": [] })
    );
}

/// All offers of a contact: to whom and what became of them, oldest first.
fn offers(utility: &Utility, contact: &Value) -> Vec<(String, String)> {
    let statement = format!(
        "select person_id, state from offers where tenant_id = '{}' and interaction_id = '{}' order by id",
        utility.tenant.id,
        contact.as_str().unwrap()
    );
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows(&statement)
        .iter()
        .map(|row| (text(row, "person_id"), text(row, "state")))
        .collect()
}

/// An offer as [`offers`] gives it.
fn offer(staff: &Staff, state: &str) -> (String, String) {
    (staff.id.to_string(), state.to_owned())
}

/// The global id of the live offer of a contact; waits for it.
async fn live_offer(utility: &Utility, contact: &Value) -> String {
    let statement = format!(
        "select id from offers where tenant_id = '{}' and interaction_id = '{}' and state = 'live'",
        utility.tenant.id,
        contact.as_str().unwrap()
    );
    let found = eventually_async("the contact is offered", || async { rows(&statement).pop() }).await;
    global(Kind::Offer, utility, &found["id"])
}

/// A contact's row.
fn contact_row(utility: &Utility, contact: &Value) -> Value {
    let id = contact.as_str().unwrap();
    rows(&format!(
        "select * from interactions where tenant_id = '{}' and id = '{id}'",
        utility.tenant.id
    ))
    .pop()
    .unwrap()
}

/// State and reason of her presence.
fn presence(staff: &Staff) -> (String, Option<String>) {
    let row = rows(&format!(
        "select state, reason from presence where person_id = '{}'",
        staff.id
    ))
    .pop()
    .unwrap();
    (
        row["state"].as_str().unwrap().to_owned(),
        row["reason"].as_str().map(str::to_owned),
    )
}

/// She becomes available, somebody calls, she takes it: gives the contact.
async fn answered(utility: &Utility, staff: &Staff, from: &str) -> Value {
    available(staff).await;
    let contact = ring(utility, &format!("call-{}", town::id()), from).await;
    let offer = live_offer(utility, &contact).await;
    let answer = change(&desk(utility, staff), ACCEPT, json!({ "offerId": offer }))
        .await
        .ok();
    assert_eq!(answer.data("/offerAccept/userErrors"), &json!([]));
    contact
}

/// What is logged of a contact, with a new case.
fn log_input(utility: &Utility, contact: &Value) -> Value {
    json!({
        "interactionId": global(Kind::Interaction, utility, contact), "wrapUpCode": "billing", "disposition": "explained",
        "note": "She asked about the last bill.",
        "newCase": { "type": "billing_complaint", "subject": "Last bill too high", "text": "The reading cannot be right." }
    })
}

/// She takes a call from this number and logs it with a new case: gives the case.
async fn case_of(utility: &Utility, staff: &Staff, from: &str) -> Value {
    let contact = answered(utility, staff, from).await;
    let answer = change(&desk(utility, staff), LOG, log_input(utility, &contact))
        .await
        .ok();
    assert_eq!(answer.data("/interactionLog/userErrors"), &json!([]));
    answer.data("/interactionLog/case").clone()
}

/// Waits until the worker has nothing more to do for a utility, timers aside.
async fn settled(utility: &Utility) {
    let statement = format!(
        "select type, attempts, fault from outbox where tenant_id = '{}' and state = 'pending' and type <> 'OfferDue'",
        utility.tenant.id
    );
    let until = Instant::now() + PATIENCE;
    loop {
        let left = rows(&statement);
        if left.is_empty() {
            return;
        }
        assert!(
            Instant::now() < until,
            "the worker leaves {left:?}; it says: {}",
            server().log()
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
