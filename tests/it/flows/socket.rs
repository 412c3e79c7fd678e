//! Flow 6: the graphql-transport-ws protocol, each fault with its own close code.

use super::*;
use base64::Engine;
use std::io::{Read, Write};
use std::net::TcpStream;
use tests::{Heard, Socket};

const OFFERS: &str = "subscription { offers { offerId state } }";

fn shown(staff: &Staff) -> Value {
    json!({ "authorization": format!("Bearer {}", staff.token) })
}

async fn fresh(client: &Client) -> Socket {
    Socket::open(client, "/graphql").await.unwrap()
}

async fn code(mut socket: Socket) -> Option<u16> {
    match socket.hear(PATIENCE).await {
        Heard::Closed(code) => code,
        other => panic!("not closed: {other:?}"),
    }
}

/// The close code that a client offering these subprotocols gets. Our library refuses a server that accepts none, so this
/// one is spoken by hand.
fn close_code(subprotocols: &str) -> u16 {
    let host = server().base_url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let key = base64::engine::general_purpose::STANDARD.encode([7; 16]);
    write!(
        stream,
        "GET /graphql HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: {key}\r\n{subprotocols}\r\n"
    )
    .unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    assert!(
        head.starts_with("http/1.1 101") && !head.contains("sec-websocket-protocol"),
        "{head}"
    );
    let mut frame = [0; 4];
    stream.read_exact(&mut frame).unwrap();
    assert_eq!(frame[0], 0x88, "a close frame: {frame:?}");
    u16::from_be_bytes([frame[2], frame[3]])
}

#[tokio::test]
async fn other_subprotocols_are_closed_with_4406() {
    for subprotocols in [
        "Sec-WebSocket-Protocol: graphql-ws\r\n",
        "Sec-WebSocket-Protocol: chat, graphql-ws\r\n",
        "",
    ] {
        let subprotocols = subprotocols.to_owned();
        let code = tokio::task::spawn_blocking(move || close_code(&subprotocols))
            .await
            .unwrap();
        assert_eq!(code, 4406);
    }
}

#[tokio::test]
async fn messages_that_are_none_are_closed_with_4400() {
    let staff = town::person();
    for text in [
        "not json",
        "{}",
        "[]",
        "{\"type\":\"start\"}",
        "{\"type\":7}",
        "{\"type\":\"complete\"}",
    ] {
        let mut socket = Socket::connect(&client(), "/graphql", shown(&staff)).await;
        socket.send_text(text).await;
        assert_eq!(code(socket).await, Some(4400), "{text}");
    }
    for message in [
        json!({ "type": "subscribe", "payload": { "query": OFFERS } }),
        json!({ "type": "subscribe", "id": "", "payload": { "query": OFFERS } }),
        json!({ "type": "subscribe", "id": "1" }),
        json!({ "type": "subscribe", "id": "1", "payload": OFFERS }),
    ] {
        let mut socket = Socket::connect(&client(), "/graphql", shown(&staff)).await;
        socket.send(message.clone()).await;
        assert_eq!(code(socket).await, Some(4400), "{message}");
    }
}

#[tokio::test]
async fn whoever_does_not_introduce_herself_is_closed_with_4401_4403_or_4408() {
    let (staff, closed) = (town::person(), town::person());
    let mut hasty = fresh(&client()).await;
    hasty.subscribe(OFFERS, json!({})).await;
    assert_eq!(code(hasty).await, Some(4401));

    meddle(&format!(
        "update people set active = false where id = '{}'",
        closed.id
    ));
    for payload in [
        json!({}),
        json!({ "authorization": "Bearer no.such.token" }),
        json!({ "authorization": staff.token }),
        shown(&closed),
    ] {
        let mut socket = fresh(&client()).await;
        socket
            .send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(code(socket).await, Some(4403), "{payload}");
    }
    let silent = fresh(&client()).await;
    assert_eq!(code(silent).await, Some(4408));
}

#[tokio::test]
async fn the_same_id_twice_is_4409_and_a_second_introduction_4429() {
    let staff = town::person();
    let mut socket = Socket::connect(&client(), "/graphql", shown(&staff)).await;
    for _ in 0..2 {
        socket
            .send(json!({ "type": "subscribe", "id": "a", "payload": { "query": OFFERS } }))
            .await;
    }
    assert_eq!(code(socket).await, Some(4409));
    let mut socket = Socket::connect(&client(), "/graphql", shown(&staff)).await;
    socket
        .send(json!({ "type": "connection_init", "payload": shown(&staff) }))
        .await;
    assert_eq!(code(socket).await, Some(4429));
    // An id that was completed is free again.
    let mut socket = Socket::connect(&client(), "/graphql", shown(&staff)).await;
    for _ in 0..2 {
        socket
            .send(json!({ "type": "subscribe", "id": "a", "payload": { "query": OFFERS } }))
            .await;
        socket.complete("a").await;
    }
    socket.send(json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear(PATIENCE).await,
        Heard::Message(json!({ "type": "pong" }))
    );
}

#[tokio::test]
async fn a_foreign_page_gets_no_socket() {
    let host = server().base_url().strip_prefix("http://").unwrap().to_owned();
    for origin in [
        "https://evil.example",
        "null",
        &format!("http://{host}.evil.example"),
    ] {
        let refused = Socket::open(&client().header("Origin", origin), "/graphql").await;
        assert_eq!(refused.err(), Some(403), "{origin}");
    }
    let own = Socket::open(&client().header("Origin", &format!("http://{host}")), "/graphql").await;
    assert!(own.is_ok());
}

#[tokio::test]
async fn only_subscriptions_run_over_the_socket() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let mut socket = Socket::connect(&client().tenant(&utility.tenant.key), "/graphql", shown(&staff)).await;
    for document in [
        "{ me { id } }",
        AVAILABLE,
        "subscription { offers { nothing } }",
        "subscription {",
        "{ __schema { queryType { name } } }",
    ] {
        let id = socket.subscribe(document, json!({})).await;
        match socket.hear(PATIENCE).await {
            Heard::Message(message) if message["type"] == "error" && message["id"] == json!(id) => {
                assert_eq!(
                    message["payload"][0]["extensions"]["code"], "BAD_INPUT",
                    "{document}"
                );
            }
            other => panic!("{document}: {other:?}"),
        }
    }
    let presences = value(&format!(
        "select count(*) from presence where person_id = '{}'",
        staff.id
    ));
    assert_eq!(presences, 0, "the mutation did nothing");
}

#[tokio::test]
async fn a_closed_account_loses_its_socket_within_five_seconds() {
    let staff = town::person();
    let mut socket = Socket::connect(&client(), "/graphql", shown(&staff)).await;
    meddle(&format!(
        "update people set active = false where id = '{}'",
        staff.id
    ));
    assert_eq!(
        socket.hear(Duration::from_secs(5)).await,
        Heard::Closed(Some(4403))
    );
}

#[tokio::test]
async fn a_page_introduces_itself_by_its_cookie_alone() {
    let staff = town::person();
    let page = client().header("Cookie", &format!("__Host-busbar={}", staff.token));
    let mut socket = Socket::connect(&page, "/graphql", json!({})).await;
    // Pages run trusted documents only, here as well.
    let id = socket.subscribe(OFFERS, json!({})).await;
    let Heard::Message(message) = socket.hear(PATIENCE).await else {
        panic!("no answer")
    };
    assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)));
    assert_eq!(
        message["payload"][0]["extensions"],
        json!({ "code": "BAD_INPUT", "field": "documentId" })
    );
}
