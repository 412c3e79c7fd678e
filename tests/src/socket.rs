//! A client of the graphql-transport-ws protocol, raw enough to misbehave.

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::{Client, PATIENCE};

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_id: u32,
}

/// What came over a socket.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A message of the protocol.
    Message(Value),
    /// The server closed with this code.
    Closed(Option<u16>),
    /// Nothing within the time given.
    Silence,
}

impl Socket {
    /// Opens a socket with the client's headers and the subprotocol, without `connection_init`. `Err` holds
    /// the HTTP status when the server refuses to upgrade.
    pub async fn open(client: &Client, path: &str) -> Result<Self, u16> {
        let url = format!("{}{path}", client.base_url().replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("Sec-WebSocket-Protocol", "graphql-transport-ws".parse().unwrap());
        for (name, value) in client.headers() {
            let name: reqwest::header::HeaderName = name.parse().unwrap();
            headers.insert(name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Self { stream, next_id: 1 }),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("no socket: {error}"),
        }
    }

    /// Opens a socket, sends `connection_init` with `payload` and waits for the acknowledgement; panics when
    /// anything else comes.
    pub async fn connect(client: &Client, path: &str, payload: Value) -> Self {
        let mut socket = Self::open(client, path)
            .await
            .unwrap_or_else(|status| panic!("no upgrade: {status}"));
        socket
            .send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        match socket.hear(PATIENCE).await {
            Heard::Message(message) if message["type"] == "connection_ack" => socket,
            other => panic!("not acknowledged: {other:?}"),
        }
    }

    /// Sends any message.
    pub async fn send(&mut self, message: Value) {
        self.send_text(&message.to_string()).await;
    }

    /// Sends any text. A socket that the server has closed takes it and drops it.
    pub async fn send_text(&mut self, text: &str) {
        let _ = self.stream.send(Message::text(text)).await;
    }

    /// Starts an operation and gives its id.
    pub async fn subscribe(&mut self, document: &str, variables: Value) -> String {
        let id = self.next_id.to_string();
        self.next_id += 1;
        let payload = json!({ "query": document, "variables": variables });
        self.send(json!({ "id": id, "type": "subscribe", "payload": payload }))
            .await;
        id
    }

    /// Ends an operation.
    pub async fn complete(&mut self, id: &str) {
        self.send(json!({ "id": id, "type": "complete" })).await;
    }

    /// The next message within `limit`. Pings of both layers are answered and not told.
    pub async fn hear(&mut self, limit: Duration) -> Heard {
        let until = tokio::time::Instant::now() + limit;
        loop {
            let frame = match tokio::time::timeout_at(until, self.stream.next()).await {
                Err(_) => return Heard::Silence,
                Ok(None | Some(Err(_))) => return Heard::Closed(None),
                Ok(Some(Ok(frame))) => frame,
            };
            match frame {
                Message::Text(text) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if message["type"] == "ping" {
                        self.send(json!({ "type": "pong" })).await;
                    } else {
                        return Heard::Message(message);
                    }
                }
                Message::Close(frame) => return Heard::Closed(frame.map(|frame| frame.code.into())),
                _ => {}
            }
        }
    }

    /// `payload.data` of the next `next` message of operation `id`; panics when anything else comes or
    /// nothing within [`PATIENCE`].
    pub async fn next(&mut self, id: &str) -> Value {
        match self.hear(PATIENCE).await {
            Heard::Message(message) if message["type"] == "next" && message["id"] == id => {
                message["payload"]["data"].clone()
            }
            other => panic!("no data for operation {id}: {other:?}"),
        }
    }
}
