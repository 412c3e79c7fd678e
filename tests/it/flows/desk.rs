//! Flow 6: the operator hears of her offers and contacts by subscription and opens the card in one operation of few
//! statements.

use super::*;
use std::time::Duration;
use tests::{Heard, Socket};

const OFFERS: &str = "subscription { offers { offerId tenant interactionId state expiresAt } }";
const CONTACTS: &str = "subscription { interactions { tenant interactionId state } }";

async fn hear(staff: &Staff, document: &str) -> (Socket, String) {
    let mut socket = Socket::connect(&client(), "/graphql", json!({ "authorization": format!("Bearer {}", staff.token) })).await;
    let id = socket.subscribe(document, json!({})).await;
    (socket, id)
}

/// Whether anything comes within the time that a fact usually needs many times over.
async fn silent(socket: &mut Socket) -> bool {
    socket.hear(Duration::from_millis(300)).await == Heard::Silence
}

#[tokio::test]
async fn the_offer_comes_live_and_accepted_to_her_and_to_nobody_else() {
    let utility = utility().await;
    let (staff, colleague) = (utility.staff("operator"), utility.staff("operator"));
    available(&staff).await;
    settled(&utility).await;
    let (mut hers, id) = hear(&staff, OFFERS).await;
    let (mut not_hers, _) = hear(&colleague, OFFERS).await;
    assert!(silent(&mut hers).await && silent(&mut not_hers).await, "nothing happened yet");
    let contact = ring(&utility, "rings", "+420777100200").await;
    let rung = live_offer(&utility, &contact).await;
    let mut event = json!({
        "offerId": rung, "tenant": utility.tenant.key, "interactionId": global(Kind::Interaction, &utility, &contact), "state": "LIVE"
    });
    let mut live = hers.next(&id).await["offers"].clone();
    assert!(live["expiresAt"].is_string());
    live.as_object_mut().unwrap().remove("expiresAt");
    assert_eq!(live, event);
    change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung })).await.ok();
    event["state"] = json!("ACCEPTED");
    let mut accepted = hers.next(&id).await["offers"].clone();
    accepted.as_object_mut().unwrap().remove("expiresAt");
    assert_eq!(accepted, event);
    settled(&utility).await;
    assert!(silent(&mut hers).await, "each change is told once");
    assert!(silent(&mut not_hers).await, "a colleague hears nothing of it");
}

#[tokio::test]
async fn her_contact_is_told_active_in_wrap_up_and_closed() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    available(&staff).await;
    settled(&utility).await;
    let (mut socket, id) = hear(&staff, CONTACTS).await;
    assert!(silent(&mut socket).await);
    let contact = ring(&utility, "whole", "+420777100200").await;
    let rung = live_offer(&utility, &contact).await;
    let told = |state: &str| {
        json!({ "interactions": { "tenant": utility.tenant.key, "interactionId": global(Kind::Interaction, &utility, &contact), "state": state } })
    };
    change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung })).await.ok();
    assert_eq!(socket.next(&id).await, told("ACTIVE"));
    hang_up(&utility, "whole").await;
    assert_eq!(socket.next(&id).await, told("WRAP_UP"));
    change(&desk(&utility, &staff), LOG, log_input(&utility, &contact)).await.ok();
    assert_eq!(socket.next(&id).await, told("CLOSED"));
    settled(&utility).await;
    assert!(silent(&mut socket).await);
}

#[tokio::test]
async fn without_a_grant_nothing_more_is_told() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    available(&staff).await;
    settled(&utility).await;
    let (mut socket, _) = hear(&staff, OFFERS).await;
    assert!(silent(&mut socket).await);
    let document = "update grants set valid_to = now() where tenant_id";
    assert_eq!(meddle(&format!("{document} = '{}'", utility.tenant.id)), 1);
    // As if the offer had been made a moment before the grant ended.
    let contact = ring(&utility, "late", "+420777100200").await;
    let event = json!({ "person": staff.id, "state": "live", "interaction": contact, "expires_at": town::now() });
    meddle(&format!(
        "insert into outbox (tenant_id, id, type, v, aggregate, aggregate_id, at, payload, due_at) values ('{}', '{}', 'OfferMade', 1, \
         'offer', '{}', now(), '{event}', now())",
        utility.tenant.id,
        town::id(),
        town::id()
    ));
    settled(&utility).await;
    assert!(silent(&mut socket).await);
}

#[tokio::test]
async fn an_offer_shows_no_personal_data_and_me_holds_it_until_it_ends() {
    const ME: &str = "{ me { presence { state } offers { id tenant { key } interactionId queue state } contacts { id state kind mine tenant { key } } } }";
    let utility = utility().await;
    let staff = utility.staff("operator");
    utility.household("Jana Nováková", "+420777100200", "jana@example.cz");
    available(&staff).await;
    let contact = ring(&utility, "rings", "+420777100200").await;
    let (rung, id) = (live_offer(&utility, &contact).await, global(Kind::Interaction, &utility, &contact));
    let me = own(&staff).graphql(ME, json!({})).await.ok();
    let tenant = json!({ "key": utility.tenant.key });
    assert_eq!(me.data("/me/offers"), &json!([{ "id": rung, "tenant": tenant, "interactionId": id, "queue": "service", "state": "LIVE" }]));
    assert_eq!(me.data("/me/contacts"), &json!([]));
    assert!(!me.text.contains("777") && !me.text.contains("Nov"), "{}", me.text);
    change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung })).await.ok();
    let me = own(&staff).graphql(ME, json!({})).await.ok();
    assert_eq!((me.data("/me/offers"), me.data("/me/presence/state")), (&json!([]), &json!("BUSY")));
    assert_eq!(me.data("/me/contacts"), &json!([{ "id": id, "state": "ACTIVE", "kind": "CONTACT", "mine": true, "tenant": tenant }]));
}

/// Sum and number of the statements of all operations of a program.
async fn statements(client: &Client) -> (u32, u32) {
    let text = client.get("/metrics").await.text;
    let number = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("busbar_operation_statements_{name} ")));
        line.map_or(0, |value| value.parse().unwrap())
    };
    (number("sum"), number("count"))
}

#[tokio::test]
async fn the_card_is_one_operation_of_three_statements() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    utility.household("Jana Nováková", "+420777100200", "jana@example.cz");
    case_of(&utility, &staff, "+420777100200").await;
    let contact = answered(&utility, &staff, "+420777100200").await;
    // A program of its own: its numbers are of this test's operations only.
    let program = Program::serve(&[("BUSBAR_NO_WORKER", "true")]);
    let her = Client::new(program.base_url()).bearer(&staff.token).tenant(&utility.tenant.key);
    assert_eq!(statements(&her).await, (0, 0));
    let ask = json!({ "interaction": global(Kind::Interaction, &utility, &contact) });
    let first = her.graphql(CARD, ask.clone()).await.ok();
    let cold = statements(&her).await;
    assert_eq!(cold, (5, 1), "the first also reads the utility's rules");
    for (list, length) in [("accounts", 1), ("supplyPoints", 1), ("invoices", 1), ("cases", 1), ("interactions", 1)] {
        assert_eq!(first.data(&format!("/card/{list}")).as_array().unwrap().len(), length, "{list}");
    }
    her.graphql(CARD, ask).await.ok();
    // Who asks and by which rules; the whole card; the audit entry with the disclosed customer.
    assert_eq!(statements(&her).await, (cold.0 + 3, 2));
    let read = "and action = 'card.read' and purpose_kind = 'interaction'";
    assert_eq!(count(&utility, "audit_entries", read), 2);
}
