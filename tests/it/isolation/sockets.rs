//! Subscriptions: everybody listens, and only the one whom it concerns hears it.

use super::sides::Side;
use serde_json::json;
use std::time::Duration;
use tests::sdl::Sdl;
use tests::{Client, Heard, PATIENCE, Socket, server, town};

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_heard_by_its_person_alone() {
    let sdl = Sdl::of_the_product();
    let fields: Vec<_> = sdl
        .roots()
        .into_iter()
        .filter(|(root, _)| *root == "Subscription")
        .map(|(_, field)| field)
        .collect();
    assert_eq!(
        fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["offers", "interactions"],
        "a new subscription needs an event here"
    );
    let (mut victim, other) = (Side::new("Kučerová").await, Side::new("Dvořáková").await);
    let client = Client::new(server().base_url());
    let authorised = |token: &str| json!({ "authorization": format!("Bearer {token}") });

    let colleague = victim.utility.staff("operator");
    let listeners = [
        ("a colleague", &colleague.token),
        ("a supervisor", &victim.supervisor.token),
        ("another utility's operator", &other.operator.token),
        ("a person without grant", &town::person().token.clone()),
    ];
    let customers = [
        ("the customer herself", &victim.first_token),
        ("another utility's customer", &other.first_token),
    ];

    let mut owner = Socket::connect(&client, "/graphql", authorised(&victim.operator.token)).await;
    let mut cells = 0;
    let mut sockets = Vec::new();
    for field in &fields {
        let document = super::documents::document(&sdl, "Subscription", field, &json!({}));
        owner.subscribe(&document, json!({})).await;
        for (name, token) in &listeners {
            let mut socket = Socket::connect(&client, "/graphql", authorised(token)).await;
            socket.subscribe(&document, json!({})).await;
            sockets.push((format!("{} by {name}", field.name), socket));
        }
        for (name, token) in &customers {
            let mut socket = Socket::connect(&client, "/graphql", authorised(token)).await;
            socket.subscribe(&document, json!({})).await;
            match socket.hear(PATIENCE).await {
                Heard::Message(message) => {
                    assert_eq!(
                        (&message["type"], &message["payload"][0]["extensions"]["code"]),
                        (&json!("error"), &json!("UNAUTHENTICATED")),
                        "{name}: {message}"
                    );
                    cells += 1;
                }
                heard => panic!("{name}: {heard:?}"),
            }
        }
    }
    for payload in [
        json!({}),
        json!({ "authorization": "Bearer x" }),
        json!({ "authorization": "" }),
    ] {
        let mut nobody = Socket::open(&client, "/graphql").await.unwrap();
        nobody
            .send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(nobody.hear(PATIENCE).await, Heard::Closed(Some(4403)));
        let mut hasty = Socket::open(&client, "/graphql").await.unwrap();
        hasty
            .subscribe("subscription { offers { offerId } }", json!({}))
            .await;
        assert_eq!(hasty.hear(PATIENCE).await, Heard::Closed(Some(4401)));
        cells += 2;
    }

    // The control: a call rings at the operator and she hears of both, the offer and the contact.
    let (offer, contact) = victim.offer().await;
    let mut heard = Vec::new();
    while !["offers", "interactions"].iter().all(|name| {
        heard
            .iter()
            .any(|(n, id): &(String, String)| n == name && *id == contact)
    }) {
        match owner.hear(PATIENCE).await {
            Heard::Message(message) => {
                let data = message["payload"]["data"]
                    .as_object()
                    .unwrap_or_else(|| panic!("{message}"))
                    .clone();
                let (name, event) = data.into_iter().next().unwrap();
                heard.push((name, event["interactionId"].as_str().unwrap().to_owned()));
                // An accepted offer makes the contact hers, of which she hears too.
                if heard.len() == 1 {
                    let accept =
                        "mutation($o: ID!) { offerAccept(input: { offerId: $o }) { userErrors { code } } }";
                    let key = victim.key();
                    victim
                        .staff(&victim.operator)
                        .idempotency_key(&key)
                        .graphql(accept, json!({ "o": offer }))
                        .await
                        .ok();
                }
            }
            silent => panic!("{silent:?} after {heard:?}"),
        }
    }
    victim.contact_is(Some(contact));
    for (name, mut socket) in sockets {
        assert_eq!(
            socket.hear(Duration::from_millis(100)).await,
            Heard::Silence,
            "{name}"
        );
        cells += 1;
    }
    println!("sockets: {cells} cells");
    assert_eq!(cells, 18);
}
