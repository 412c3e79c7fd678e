//! The stage on which the integration tests play: a real Postgres, a real Redis and a mail server that the
//! tests start themselves, the real program, and clients that speak to it. It sees everything; nothing
//! sees it.
//!
//! One [`stage`] serves a whole test process; each test makes a tenant of its own in it, so that every test
//! exercises isolation. Whatever is started here ends with the process, however that ends.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a stage that cannot be set up ends the test that asked for it"
)]

pub mod client;
pub mod ending;
pub mod mailbox;
pub mod program;
pub mod redis_server;
pub mod sdl;
pub mod socket;
pub mod sql;
mod stage;
pub mod town;

use std::time::{Duration, Instant};

pub use client::{Client, Response};
pub use mailbox::Mailbox;
pub use program::Program;
pub use redis_server::RedisServer;
pub use socket::{Heard, Socket};
pub use sql::Login;
pub use stage::{Stage, stage};
pub use town::{Household, Staff, Utility, server};

/// How long the support code waits for anything before the test fails. Only a failing test takes so long.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Looks until `look` finds something, at most [`PATIENCE`] long; panics with `what` otherwise. For plain
/// tests; see [`eventually_async`].
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "waited {PATIENCE:?} in vain: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// [`eventually`] for a look that awaits something itself.
pub async fn eventually_async<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut look: impl FnMut() -> F,
) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < until, "waited {PATIENCE:?} in vain: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
