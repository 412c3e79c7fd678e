//! Carries small facts ("case 42 changed") to everyone who listens, on this node and on the others.
//!
//! A fact is a hint to look again, never the data themselves: it holds no personal data, and a lost one
//! costs a late screen, not a wrong one. So nothing here blocks or fails. Without Redis the bus lives in
//! this process; with Redis, this node's own listeners still hear its facts directly, and facts for other
//! nodes wait a while when Redis is away.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Facts that a slow listener may fall behind before it is told `Lagged` and asks again for everything.
const LISTENER_BACKLOG: usize = 4096;
/// Facts kept for the other nodes while Redis is away; later ones are dropped.
const SENDER_BACKLOG: usize = 4096;
/// The one Redis channel.
const CHANNEL: &str = "busbar:facts";
/// Each node says something at least this often, so that its own listener notices a dead connection.
const PULSE: Duration = Duration::from_secs(5);
/// Silence after which a listener connects anew.
const SILENCE: Duration = Duration::from_secs(15);
/// Bounds of one attempt to connect or to send.
const REDIS_LIMIT: Duration = Duration::from_secs(2);
/// Pauses between attempts to connect, doubled from the first to the last.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// One small fact. `body` names things by id and holds no personal data.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Fact {
    /// What the fact is about, such as `case` or `offer`; listeners choose by it.
    pub topic: String,
    /// The ids and states that a listener needs in order to decide whether to ask again.
    pub body: serde_json::Value,
}

/// Why there is no bus.
#[derive(Debug)]
pub enum BusError {
    /// `REDIS_URL` cannot be understood. A Redis that is merely away is no error.
    Setting(String),
}

impl fmt::Display for BusError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(text) => write!(out, "REDIS_URL: {text}"),
        }
    }
}

impl std::error::Error for BusError {}

/// A handle to the bus; clones share it, and it ends with the last of them.
#[derive(Clone)]
pub struct Bus {
    inner: Arc<Inner>,
}

struct Inner {
    local: broadcast::Sender<Fact>,
    remote: Option<Remote>,
}

struct Remote {
    outbox: mpsc::Sender<Fact>,
    health: Arc<Health>,
    tasks: [JoinHandle<()>; 2],
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

#[derive(Default)]
struct Health {
    sending: AtomicBool,
    listening: AtomicBool,
}

/// What travels through Redis. Without a fact it is the pulse.
#[derive(Serialize, Deserialize)]
struct Envelope {
    /// The sender, who has told its own listeners already.
    node: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
}

impl Bus {
    /// The bus of this node: in this process when `redis_url` is `None`, else over that Redis
    /// (`redis://[:password@]host:port/0` or `redis+unix:///path`). Returns when the subscription stands or
    /// after two seconds without Redis, which it goes on looking for. Runs on the tokio runtime of the caller.
    ///
    /// # Errors
    /// Only when the URL cannot be understood.
    pub async fn connect(redis_url: Option<&str>) -> Result<Self, BusError> {
        let (local, _) = broadcast::channel(LISTENER_BACKLOG);
        let Some(url) = redis_url else {
            return Ok(Self {
                inner: Arc::new(Inner { local, remote: None }),
            });
        };
        let client = redis::Client::open(url).map_err(|error| BusError::Setting(error.to_string()))?;
        let node = format!("{:016x}", rand::random::<u64>());
        let (outbox, waiting) = mpsc::channel(SENDER_BACKLOG);
        let (stands, mut standing) = watch::channel(false);
        let health = Arc::new(Health::default());
        let tasks = [
            tokio::spawn(send(client.clone(), node.clone(), waiting, Arc::clone(&health))),
            tokio::spawn(listen(client, node, local.clone(), stands, Arc::clone(&health))),
        ];
        let remote = Some(Remote {
            outbox,
            health,
            tasks,
        });
        let bus = Self {
            inner: Arc::new(Inner { local, remote }),
        };
        let _ = timeout(REDIS_LIMIT, standing.wait_for(|stands| *stands)).await;
        Ok(bus)
    }

    /// Tells a fact to every listener of every node. Never waits for Redis and never fails.
    pub async fn publish(&self, fact: Fact) {
        // An error means that nobody listens on this node.
        let _ = self.inner.local.send(fact.clone());
        if let Some(remote) = &self.inner.remote
            && remote.outbox.try_send(fact).is_err()
        {
            tracing::warn!("a fact is not passed on to other nodes: too many wait for Redis");
        }
    }

    /// All facts from now on. A listener that falls too far behind receives `Lagged` and must ask again for
    /// whatever it shows.
    pub fn subscribe(&self) -> broadcast::Receiver<Fact> {
        self.inner.local.subscribe()
    }

    /// `"in-process"` or `"redis"`.
    pub fn kind(&self) -> &'static str {
        if self.inner.remote.is_some() {
            "redis"
        } else {
            "in-process"
        }
    }

    /// Whether facts reach the other nodes and theirs reach this one. Always true in process.
    pub fn healthy(&self) -> bool {
        self.inner.remote.as_ref().is_none_or(|remote| {
            remote.health.sending.load(Ordering::Relaxed) && remote.health.listening.load(Ordering::Relaxed)
        })
    }
}

/// Sends this node's facts and its pulse, keeping the fact in hand over a lost connection.
async fn send(client: redis::Client, node: String, mut waiting: mpsc::Receiver<Fact>, health: Arc<Health>) {
    let config = redis::AsyncConnectionConfig::new()
        .set_connection_timeout(Some(REDIS_LIMIT))
        .set_response_timeout(Some(REDIS_LIMIT));
    let pulse = || {
        serde_json::to_string(&Envelope {
            node: node.clone(),
            fact: None,
        })
        .ok()
    };
    // The first message of a connection proves it at once.
    let mut in_hand = pulse();
    let mut pause = BACKOFF.0;
    loop {
        let connected = client.get_multiplexed_async_connection_with_config(&config).await;
        if let Ok(mut connection) = connected {
            loop {
                let message = match in_hand.take() {
                    Some(message) => message,
                    None => {
                        let fact = match timeout(PULSE, waiting.recv()).await {
                            Ok(Some(fact)) => Some(fact),
                            Ok(None) => return,
                            Err(_) => None,
                        };
                        let Ok(message) = serde_json::to_string(&Envelope {
                            node: node.clone(),
                            fact,
                        }) else {
                            continue;
                        };
                        message
                    }
                };
                let sent: redis::RedisResult<()> = redis::cmd("PUBLISH")
                    .arg(CHANNEL)
                    .arg(&message)
                    .query_async(&mut connection)
                    .await;
                if let Err(error) = sent {
                    tracing::warn!(%error, "Redis does not take facts");
                    in_hand = Some(message);
                    break;
                }
                health.sending.store(true, Ordering::Relaxed);
                pause = BACKOFF.0;
            }
        }
        health.sending.store(false, Ordering::Relaxed);
        sleep(pause).await;
        pause = BACKOFF.1.min(pause * 2);
        in_hand = in_hand.or_else(pulse);
    }
}

/// Hears the facts of the other nodes and tells them to this node's listeners.
async fn listen(
    client: redis::Client,
    node: String,
    local: broadcast::Sender<Fact>,
    stands: watch::Sender<bool>,
    health: Arc<Health>,
) {
    let mut pause = BACKOFF.0;
    loop {
        let subscribed = timeout(REDIS_LIMIT, async {
            let mut connection = client.get_async_pubsub().await?;
            connection.subscribe(CHANNEL).await?;
            Ok::<_, redis::RedisError>(connection)
        })
        .await;
        if let Ok(Ok(connection)) = subscribed {
            health.listening.store(true, Ordering::Relaxed);
            stands.send_replace(true);
            pause = BACKOFF.0;
            let mut messages = connection.into_on_message();
            while let Ok(Some(message)) = timeout(SILENCE, messages.next()).await {
                let envelope = serde_json::from_slice::<Envelope>(message.get_payload_bytes());
                if let Ok(Envelope {
                    node: sender,
                    fact: Some(fact),
                }) = envelope
                    && sender != node
                {
                    let _ = local.send(fact);
                }
            }
            tracing::warn!("the subscription to Redis ended; connecting anew");
        }
        health.listening.store(false, Ordering::Relaxed);
        sleep(pause).await;
        pause = BACKOFF.1.min(pause * 2);
    }
}
