//! What happens after an operation committed: offers go on, facts are pushed, mails leave, the audit is sealed.
//! Events come from the outbox at least once; whatever they cause is recognisable when repeated.

mod events;
mod sealer;
mod sweeper;

use crate::clock;
use domain::fault::{Fault, StoreError};
use graphql::context::House;
use infra::bus::Bus;
use infra::mail::{MailError, Mailer};
use infra::outbox::{self, Claimed};
use infra::pg::Database;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// Without a wake-up, events of other processes and timers are looked for this often.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// Tries before an event is put aside as dead.
const TRIES: i32 = 12;
const BATCH: i64 = 32;

/// What the worker works with.
pub struct Worker {
    /// The worker login's connections.
    pub database: Database,
    /// Utilities, policies, keys.
    pub house: Arc<House>,
    /// Where facts go.
    pub bus: Bus,
    /// Where mails go.
    pub mailer: Mailer,
    /// Address in mails.
    pub public_url: String,
    /// Woken by operations of this process.
    pub wake: Arc<Notify>,
}

/// Why an event was not finished.
pub enum Unfinished {
    /// Try again later; the text is for the operator.
    Later(String),
    /// It will never work.
    Never(String),
}

impl From<StoreError> for Unfinished {
    fn from(e: StoreError) -> Self {
        Unfinished::Later(e.to_string())
    }
}
impl From<Fault> for Unfinished {
    fn from(e: Fault) -> Self {
        match e {
            Fault::Store(e) => e.into(),
            Fault::Refused(r) => Unfinished::Never(format!("refused: {}", r.code.text())),
        }
    }
}
impl From<MailError> for Unfinished {
    fn from(e: MailError) -> Self {
        match e {
            MailError::Refused(text) => Unfinished::Never(text),
            MailError::Later(text) | MailError::Setting(text) => Unfinished::Later(text),
        }
    }
}

/// Runs work on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Unfinished> + Send + 'static,
) -> Result<T, Unfinished> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|e| Err(Unfinished::Later(e.to_string())))
}

impl Worker {
    /// Runs until told to stop; what was begun is finished.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let sealing = tokio::spawn(sealer::run(Arc::clone(&self), stop.clone()));
        let sweeping = tokio::spawn(sweeper::run(Arc::clone(&self), stop.clone()));
        while !*stop.borrow() {
            let claimed = {
                let worker = Arc::clone(&self);
                blocking(move || Ok(outbox::claim(&worker.database, BATCH, clock::now())?)).await
            };
            match claimed {
                Ok(claimed) if !claimed.is_empty() => {
                    let worker = &self;
                    futures::future::join_all(
                        claimed.into_iter().map(|c| async move { worker.finish(c).await }),
                    )
                    .await;
                }
                Ok(_) => {
                    tokio::select! {
                        () = self.wake.notified() => {}
                        () = tokio::time::sleep(LOOK_EVERY) => {}
                        _ = stop.changed() => {}
                    }
                }
                Err(_) => {
                    tokio::select! {
                        () = tokio::time::sleep(Duration::from_secs(1)) => {}
                        _ = stop.changed() => {}
                    }
                }
            }
        }
        let _ = sealing.await;
        let _ = sweeping.await;
    }

    async fn finish(self: &Arc<Self>, claimed: Claimed) {
        let outcome = events::take(self, &claimed.event).await;
        let worker = Arc::clone(self);
        let kept = blocking(move || {
            match outcome {
                Ok(()) => outbox::done(&worker.database, &claimed)?,
                Err(Unfinished::Later(fault)) if claimed.attempts < TRIES => {
                    let wait = chrono::TimeDelta::seconds(1 << claimed.attempts.clamp(0, 10));
                    tracing::warn!(event = %claimed.event.id, kind = claimed.event.kind, attempts = claimed.attempts, fault, "again later");
                    outbox::later(&worker.database, &claimed, clock::now() + wait, &fault)?;
                }
                Err(Unfinished::Later(fault) | Unfinished::Never(fault)) => {
                    tracing::error!(event = %claimed.event.id, kind = claimed.event.kind, attempts = claimed.attempts, fault, "put aside");
                    outbox::dead(&worker.database, &claimed, &fault)?;
                }
            }
            Ok(())
        })
        .await;
        if let Err(Unfinished::Later(fault) | Unfinished::Never(fault)) = kept {
            tracing::warn!(fault, "an event's end could not be kept; its lease will run out");
        }
    }
}
