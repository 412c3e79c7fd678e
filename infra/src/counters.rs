//! Counts attempts (sign-ins, links asked for, calls of a key) so that guessing is slowed down on all nodes
//! together. Keys are digests of what is counted, never a plain address or number: the store of counters is
//! no place for personal data.
//!
//! With Redis the count is shared. It is kept in this process as well, so that a Redis that goes away
//! weakens the brake instead of releasing it; and a slow Redis must not slow sign-in down, hence the tight
//! bounds and the pause before it is asked again.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// Bound of one conversation with Redis, connecting included.
const REDIS_LIMIT: Duration = Duration::from_millis(250);
/// After a failure Redis is left alone for so long.
const REDIS_PAUSE: Duration = Duration::from_secs(1);
/// Ended windows are cleared out when so many keys are held.
const CLEAR_OUT_AT: usize = 10_000;

/// Why there are no counters.
#[derive(Debug)]
pub enum CountersError {
    /// `REDIS_URL` cannot be understood. A Redis that is merely away is no error.
    Setting(String),
}

impl fmt::Display for CountersError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(text) => write!(out, "REDIS_URL: {text}"),
        }
    }
}

impl std::error::Error for CountersError {}

/// A handle to the counters; clones share them.
#[derive(Clone)]
pub struct Counters {
    local: Arc<Mutex<Windows>>,
    remote: Option<Arc<Remote>>,
}

struct Remote {
    client: redis::Client,
    state: Mutex<State>,
}

enum State {
    Connected(MultiplexedConnection),
    Away { until: Instant },
}

#[derive(Default)]
struct Windows {
    by_key: HashMap<String, Window>,
    clear_out_at: usize,
}

struct Window {
    ends: Instant,
    count: u64,
}

impl Counters {
    /// Counters in this process when `redis_url` is `None`, else in that Redis.
    ///
    /// # Errors
    /// Only when the URL cannot be understood; a Redis that is away is tried again later.
    pub async fn connect(redis_url: Option<&str>) -> Result<Self, CountersError> {
        let remote = match redis_url {
            None => None,
            Some(url) => {
                let client =
                    redis::Client::open(url).map_err(|error| CountersError::Setting(error.to_string()))?;
                Some(Arc::new(Remote {
                    client,
                    state: Mutex::new(State::Away {
                        until: Instant::now(),
                    }),
                }))
            }
        };
        Ok(Self {
            local: Arc::default(),
            remote,
        })
    }

    /// Counts one attempt and gives the number of attempts in the current window, this one included. A
    /// window begins with the first attempt, lasts `window` and is not prolonged by further ones. `key` is
    /// a digest, with a prefix that says what is counted.
    pub async fn hit(&self, key: &str, window: Duration) -> u64 {
        let here = self.local.lock().await.hit(key, window, Instant::now());
        let Some(remote) = &self.remote else { return here };
        let name = redis_key(key);
        let milliseconds = u64::try_from(window.as_millis()).unwrap_or(u64::MAX).max(1);
        let mut both = redis::pipe();
        // Setting only what is absent and counting are one transaction: no counter is left without an end.
        both.atomic()
            .cmd("SET")
            .arg(&name)
            .arg(0)
            .arg("PX")
            .arg(milliseconds)
            .arg("NX")
            .ignore()
            .cmd("INCR")
            .arg(&name);
        // What Redis missed while it was away, this node still knows.
        remote
            .ask::<(u64,)>(&both)
            .await
            .map_or(here, |(count,)| count.max(here))
    }

    /// Forgets the attempts of `key`, after one that was rightful.
    pub async fn clear(&self, key: &str) {
        self.local.lock().await.by_key.remove(key);
        if let Some(remote) = &self.remote {
            remote
                .ask::<()>(redis::pipe().cmd("DEL").arg(redis_key(key)).ignore())
                .await;
        }
    }
}

fn redis_key(key: &str) -> String {
    format!("busbar:count:{key}")
}

impl Remote {
    /// Asks Redis within the bound; `None` when it is away, and for a while after that without asking.
    async fn ask<T: redis::FromRedisValue>(&self, question: &redis::Pipeline) -> Option<T> {
        let mut connection = match &mut *self.state.lock().await {
            State::Connected(connection) => connection.clone(),
            State::Away { until } if Instant::now() < *until => return None,
            away @ State::Away { .. } => {
                // Others do not wait for this attempt behind the lock longer than its bound.
                let config = redis::AsyncConnectionConfig::new()
                    .set_connection_timeout(Some(REDIS_LIMIT))
                    .set_response_timeout(Some(REDIS_LIMIT));
                match self
                    .client
                    .get_multiplexed_async_connection_with_config(&config)
                    .await
                {
                    Ok(connection) => {
                        *away = State::Connected(connection.clone());
                        connection
                    }
                    Err(error) => {
                        tracing::warn!(%error, "counters: Redis is away, counting on this node");
                        *away = State::Away {
                            until: Instant::now() + REDIS_PAUSE,
                        };
                        return None;
                    }
                }
            }
        };
        match question.query_async(&mut connection).await {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::warn!(%error, "counters: Redis does not answer, counting on this node");
                *self.state.lock().await = State::Away {
                    until: Instant::now() + REDIS_PAUSE,
                };
                None
            }
        }
    }
}

impl Windows {
    fn hit(&mut self, key: &str, window: Duration, now: Instant) -> u64 {
        if self.by_key.len() >= self.clear_out_at.max(CLEAR_OUT_AT) {
            self.by_key.retain(|_, window| window.ends > now);
            // Looking through all keys is paid for by as many new ones.
            self.clear_out_at = self.by_key.len() * 2;
        }
        let current = self
            .by_key
            .entry(key.to_owned())
            .and_modify(|found| {
                if found.ends <= now {
                    *found = Window {
                        ends: now + window,
                        count: 0,
                    };
                }
            })
            .or_insert(Window {
                ends: now + window,
                count: 0,
            });
        current.count += 1;
        current.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_not_prolonged_and_ends() {
        let (mut windows, start, second) = (Windows::default(), Instant::now(), Duration::from_secs(1));
        assert_eq!(windows.hit("a", 10 * second, start), 1);
        assert_eq!(windows.hit("a", 10 * second, start + 9 * second), 2);
        assert_eq!(windows.hit("b", 10 * second, start + 9 * second), 1);
        assert_eq!(windows.hit("a", 10 * second, start + 10 * second), 1);
    }

    #[test]
    fn ended_windows_do_not_pile_up() {
        let (mut windows, start, second) = (Windows::default(), Instant::now(), Duration::from_secs(1));
        for number in 0..CLEAR_OUT_AT {
            windows.hit(&number.to_string(), second, start);
        }
        windows.hit("late", second, start + 2 * second);
        assert_eq!(windows.by_key.len(), 1);
    }
}
