//! Flow 6: the operator hears of her offers and contacts by subscription and opens the card in one operation of few
//! statements.

use super::*;
use tests::{Heard, Socket};

const OFFERS: &str = "subscription { offers { offerId tenant interactionId state expiresAt } }";
const CONTACTS: &str = "subscription { interactions { tenant interactionId state } }";

/// A socket of hers on which one subscription listens; gives its id.
async fn hear(staff: &Staff, document: &str) -> (Socket, String) {
    let shown = json!({ "authorization": format!("Bearer {}", staff.token) });
    let mut socket = Socket::connect(&client(), "/graphql", shown).await;
    let id = socket.subscribe(document, json!({})).await;
    socket.send(json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear(PATIENCE).await,
        Heard::Message(json!({ "type": "pong" }))
    );
    (socket, id)
}

/// The next offer that comes over a socket, without its end.
async fn told(socket: &mut Socket, id: &str) -> Value {
    let mut event = socket.next(id).await["offers"].clone();
    assert!(event["expiresAt"].is_string(), "{event}");
    event.as_object_mut().unwrap().remove("expiresAt");
    event
}

fn event(utility: &Utility, contact: &Value, rung: &str, state: &str) -> Value {
    let contact = global(Kind::Interaction, utility, contact);
    json!({ "offerId": rung, "tenant": utility.tenant.key, "interactionId": contact, "state": state })
}

#[tokio::test]
async fn the_offer_comes_live_and_accepted_to_her_and_to_nobody_else() {
    let utility = utility().await;
    let (staff, colleague) = (utility.staff("operator"), utility.staff("operator"));
    available(&staff).await;
    let (mut hers, id) = hear(&staff, OFFERS).await;
    let (mut not_hers, other) = hear(&colleague, OFFERS).await;
    let first = ring(&utility, "first", "+420777100200").await;
    let rung = live_offer(&utility, &first).await;
    assert_eq!(told(&mut hers, &id).await, event(&utility, &first, &rung, "LIVE"));
    change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung }))
        .await
        .ok();
    assert_eq!(
        told(&mut hers, &id).await,
        event(&utility, &first, &rung, "ACCEPTED")
    );

    // What comes next is of the next call: each change was told once, and the colleague heard of none.
    available(&colleague).await;
    let second = ring(&utility, "second", "+420777100201").await;
    let rung = live_offer(&utility, &second).await;
    assert_eq!(
        told(&mut not_hers, &other).await,
        event(&utility, &second, &rung, "LIVE")
    );
    hang_up(&utility, "second").await;
    assert_eq!(
        told(&mut not_hers, &other).await,
        event(&utility, &second, &rung, "WITHDRAWN")
    );
    change(&desk(&utility, &staff), LOG, log_input(&utility, &first))
        .await
        .ok();
    let third = ring(&utility, "third", "+420777100202").await;
    assert_eq!(
        offers(&utility, &third),
        [offer(&colleague, "live")],
        "she is idle for longer"
    );
    let rung = live_offer(&utility, &third).await;
    assert_eq!(
        told(&mut not_hers, &other).await,
        event(&utility, &third, &rung, "LIVE")
    );
    change(&desk(&utility, &colleague), DECLINE, json!({ "offerId": rung }))
        .await
        .ok();
    let rung = live_offer(&utility, &third).await;
    assert_eq!(told(&mut hers, &id).await, event(&utility, &third, &rung, "LIVE"));
}

#[tokio::test]
async fn her_contact_is_told_active_in_wrap_up_and_closed() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let (mut socket, id) = hear(&staff, CONTACTS).await;
    for call in ["first", "second"] {
        available(&staff).await;
        let contact = ring(&utility, call, "+420777100200").await;
        let rung = live_offer(&utility, &contact).await;
        let contact_id = global(Kind::Interaction, &utility, &contact);
        let told = |state: &str| json!({ "interactions": { "tenant": utility.tenant.key, "interactionId": contact_id, "state": state } });
        change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung }))
            .await
            .ok();
        assert_eq!(socket.next(&id).await, told("ACTIVE"), "{call}");
        hang_up(&utility, call).await;
        assert_eq!(socket.next(&id).await, told("WRAP_UP"), "{call}");
        change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
            .await
            .ok();
        assert_eq!(socket.next(&id).await, told("CLOSED"), "{call}");
    }
}

#[tokio::test]
async fn without_a_grant_nothing_is_told_of_a_utility() {
    let (ended, valid) = (utility().await, utility().await);
    let staff = ended.staff("operator");
    valid.grant(&staff, "operator", None);
    let (mut socket, id) = hear(&staff, OFFERS).await;
    assert_eq!(
        meddle(&format!(
            "update grants set valid_to = now() where tenant_id = '{}'",
            ended.tenant.id
        )),
        1
    );
    let mut offers = Vec::new();
    for utility in [&ended, &valid] {
        // As the worker finds it when an offer was made a moment before the grant ended.
        let (offer, event) = (town::id(), town::id());
        let body = json!({ "person": staff.id, "state": "live", "interaction": town::id(), "expires_at": town::now() });
        meddle(&format!(
            "insert into outbox (tenant_id, id, type, v, aggregate, aggregate_id, at, payload, due_at) values \
             ('{}', '{event}', 'OfferMade', 1, 'offer', '{offer}', now(), '{body}', now())",
            utility.tenant.id
        ));
        settled(utility).await;
        offers.push(global(Kind::Offer, utility, &json!(offer)));
    }
    // Facts of one person come in their order: the first one was left out.
    assert_eq!(told(&mut socket, &id).await["offerId"], json!(offers[1]));
}

#[tokio::test]
async fn an_offer_shows_no_personal_data_and_me_holds_it_until_it_ends() {
    const ME: &str = "{ me { presence { state } offers { id tenant { key } interactionId queue state } contacts { id state kind mine tenant { key } } } }";
    let utility = utility().await;
    let staff = utility.staff("operator");
    utility.household("Jana Nováková", "+420777100200", "jana@example.cz");
    available(&staff).await;
    let contact = ring(&utility, "rings", "+420777100200").await;
    let (rung, id) = (
        live_offer(&utility, &contact).await,
        global(Kind::Interaction, &utility, &contact),
    );
    let me = own(&staff).graphql(ME, json!({})).await.ok();
    let tenant = json!({ "key": utility.tenant.key });
    assert_eq!(
        me.data("/me/offers"),
        &json!([{ "id": rung, "tenant": tenant, "interactionId": id, "queue": "service", "state": "LIVE" }])
    );
    assert_eq!(me.data("/me/contacts"), &json!([]));
    assert!(
        !me.text.contains("777") && !me.text.contains("Nov"),
        "{}",
        me.text
    );
    change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung }))
        .await
        .ok();
    let me = own(&staff).graphql(ME, json!({})).await.ok();
    assert_eq!(
        (me.data("/me/offers"), me.data("/me/presence/state")),
        (&json!([]), &json!("BUSY"))
    );
    assert_eq!(
        me.data("/me/contacts"),
        &json!([{ "id": id, "state": "ACTIVE", "kind": "CONTACT", "mine": true, "tenant": tenant }])
    );
}

/// Sum and number of the statements of all operations of a program.
async fn statements(client: &Client) -> (u32, u32) {
    let text = client.get("/metrics").await.text;
    let number = |name: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(&format!("busbar_operation_statements_{name} ")));
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
    let her = Client::new(program.base_url())
        .bearer(&staff.token)
        .tenant(&utility.tenant.key);
    assert_eq!(statements(&her).await, (0, 0));
    let ask = json!({ "interaction": global(Kind::Interaction, &utility, &contact) });
    let first = her.graphql(CARD, ask.clone()).await.ok();
    let cold = statements(&her).await;
    assert_eq!(cold, (4, 1), "the first also reads the utility's rules");
    for (list, length) in [
        ("accounts", 1),
        ("supplyPoints", 1),
        ("invoices", 1),
        ("cases", 1),
        ("interactions", 1),
    ] {
        assert_eq!(
            first.data(&format!("/card/{list}")).as_array().unwrap().len(),
            length,
            "{list}"
        );
    }
    her.graphql(CARD, ask).await.ok();
    // Who asks and by which rules; the whole card; the audit entry with the disclosed customer.
    assert_eq!(statements(&her).await, (cold.0 + 3, 2));
    let read = "and action = 'card.read' and purpose_kind = 'interaction'";
    assert_eq!(count(&utility, "audit_entries", read), 2);
}
