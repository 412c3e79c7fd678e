//! `busbar bench`: workloads of the real server beside pgbench doing the leanest SQL for the same, in turns, in one run.
//!
//! Absolute numbers drift on shared machines, so what counts is the ratio. Everything runs against a private Postgres in
//! a scratch directory; the server runs in this process, complete but for its worker, and is asked over HTTP.

mod client;
mod cpu;
mod ground;
mod pgbench;
mod report;
mod scratch;
mod server;
mod w1;
mod w4;

use crate::commands::Ended;
use crate::settings::BenchSettings;
use infra::demo;
use scratch::Scratch;
use server::Server;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// Rounds of each contender; the median counts.
const ROUNDS: usize = 3;
/// How long each contender runs before it is measured.
const WARM_UP: Duration = Duration::from_secs(2);
/// Seed of the demo's data and of every random choice.
const SEED: u64 = 1;

/// What the workloads run on.
struct Bench<'a> {
    settings: &'a BenchSettings,
    scratch: &'a Scratch,
    server: &'a Server,
    /// Ids of the utilities with their keys and shares of the customers in per cent.
    tenants: Vec<Utility>,
}

/// A utility as the workloads address it.
struct Utility {
    id: uuid::Uuid,
    key: String,
    customers: u64,
}

/// Told to end: by Ctrl-C or SIGTERM.
#[derive(Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// An error once the program was told to end.
    pub fn check(&self) -> Ended {
        if self.asked() {
            Err("Ended before the measurement was complete.".to_owned())
        } else {
            Ok(())
        }
    }

    fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn listen(&self, runtime: &tokio::runtime::Runtime) {
        let asked = Arc::clone(&self.0);
        runtime.spawn(async move {
            let (Ok(mut terminate), Ok(mut interrupt)) =
                (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
            else {
                return;
            };
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            asked.store(true, Ordering::Relaxed);
            eprintln!("Ending after what runs just now.");
        });
    }
}

/// Runs a workload by its name.
pub fn run(settings: &BenchSettings) -> Ended {
    let workload: fn(&Bench<'_>) -> Ended = match settings.name.to_ascii_lowercase().as_str() {
        "w1" => w1::run,
        "w4" => w4::run,
        other => return Err(format!("There is no bench named {other}; there are w1 and w4.")),
    };
    if settings.clients == 0 || settings.clients > 64 || settings.seconds == 0 {
        return Err("A bench needs 1 to 64 clients and at least one second.".to_owned());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    let stop = Stop::default();
    stop.listen(&runtime);
    let scratch = Scratch::open(settings, stop)?;
    let ended = (|| {
        scratch.stop.check()?;
        let server = Server::start(&runtime, &scratch)?;
        let tenants = demo::tenants();
        let tenants = demo::shares(settings.customers)
            .into_iter()
            .filter_map(|(key, customers)| {
                let tenant = tenants.iter().find(|t| t.key == key)?;
                Some(Utility {
                    id: tenant.id.0,
                    key: key.to_owned(),
                    customers,
                })
            })
            .collect();
        let ended = workload(&Bench {
            settings,
            scratch: &scratch,
            server: &server,
            tenants,
        });
        server.stop(&runtime);
        ended
    })();
    runtime.shutdown_timeout(Duration::from_secs(5));
    ended.and(scratch.close())
}
