//! `busbar serve` and `busbar work`: from settings to a running program and to its orderly end.

use super::{Ended, away, data};
use crate::http::server;
use crate::secrets;
use crate::settings::ServeSettings;
use crate::state::{self, State};
use crate::worker::Worker;
use graphql::context::House;
use infra::bus::Bus;
use infra::embedded::DatabaseUrls;
use infra::mail::Mailer;
use infra::pg::Database;
use infra::{demo, migrations};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tenancy::policy::Policies;
use tenancy::token::Keys;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};
use tracing_subscriber::EnvFilter;

/// What of the program runs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Server, with the worker unless told not to.
    Server,
    /// Worker alone.
    Worker,
}

/// How often the utilities are read anew.
const TENANTS_EVERY: Duration = Duration::from_secs(2);
/// Threads for work that blocks: as many as there are connections, and some for what waits for one.
const BLOCKING_SPARE: usize = 16;

/// Runs until it is told to end.
pub fn run(settings: &ServeSettings, part: Part) -> Ended {
    let faults = settings.faults();
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    log_begin(settings.demo);
    std::fs::create_dir_all(&settings.data.data_dir).map_err(|e| {
        format!(
            "The data directory {} cannot be made: {e}.",
            settings.data.data_dir.display()
        )
    })?;
    let mut source = data::source(&settings.data)?;
    // A private Postgres, and the demo, are brought up to date by themselves; a person's own database only on command.
    if settings.demo || source.private.is_some() {
        migrations::up(data::owner(&source)?).map_err(|e| e.to_string())?;
    }
    if settings.demo && part == Part::Server {
        data::load_demo(&source.urls, settings.demo_customers, 1)?;
    }
    let keys = secrets::keys(
        settings.secrets.signing_key.as_deref(),
        &settings.data.data_dir,
        settings.demo,
    )?;
    let threads = usize::try_from(settings.data.database_connections).unwrap_or(16) + BLOCKING_SPARE;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(threads)
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    let ended = runtime.block_on(program(settings, &source.urls, Arc::new(keys), part));
    runtime.shutdown_timeout(Duration::from_secs(5));
    if let Some(private) = source.private.take()
        && let Err(e) = private.stop()
    {
        tracing::warn!(fault = %e, "the private Postgres did not stop in order");
    }
    ended
}

fn log_begin(demo: bool) {
    let usual = if demo { "warn" } else { "info" };
    let filter = EnvFilter::builder()
        .with_env_var("BUSBAR_LOG")
        .try_from_env()
        .unwrap_or_else(|_| EnvFilter::new(usual));
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

async fn program(settings: &ServeSettings, urls: &DatabaseUrls, keys: Arc<Keys>, part: Part) -> Ended {
    let bus = Bus::connect(settings.company.redis_url.as_deref())
        .await
        .map_err(|e| e.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let working = if part == Part::Worker || !settings.no_worker {
        let database = Database::open(&urls.worker, 6).map_err(away)?;
        harmless(&database)?;
        let tenants = state::tenants(&database).map_err(away)?;
        let house = Arc::new(House {
            tenants,
            policies: Policies::default(),
            keys: Arc::clone(&keys),
        });
        Some((database, house))
    } else {
        None
    };
    let mut wake = Arc::new(Notify::new());
    let server = if part == Part::Server {
        let database = Database::open(&urls.runtime, settings.data.database_connections).map_err(away)?;
        harmless(&database)?;
        let state = Arc::new(State::new(settings, database, Arc::clone(&keys), bus.clone()).await?);
        wake = Arc::clone(&state.wake);
        let server = server::bind(&state, settings.http.listen, settings.http.http_threads)
            .map_err(|e| format!("Cannot listen on {}: {e}.", settings.http.listen))?;
        Some((state, server))
    } else {
        None
    };
    let worker = match working {
        Some((database, house)) => {
            let mailer = Mailer::new(
                settings.company.smtp_url.as_deref(),
                &settings.data.data_dir.join("mail"),
            )
            .map_err(|e| e.to_string())?;
            let worker = Arc::new(Worker {
                database,
                house,
                bus,
                mailer,
                public_url: settings.public_url(),
                wake,
            });
            Some(tokio::spawn(worker.run(stopped)))
        }
        None => None,
    };
    match server {
        Some((state, server)) => {
            let handle = server.handle();
            let serving = tokio::spawn(server);
            let watching = tokio::spawn(tenants_watch(Arc::clone(&state)));
            if settings.demo {
                greet(settings);
            }
            let asked = told_to_end().await;
            // First stop being chosen for new work, then finish what runs, then stop.
            state.ready.store(false, Ordering::Relaxed);
            if asked == Asked::ByMachine {
                tokio::time::sleep(Duration::from_secs(settings.http.drain_seconds)).await;
            }
            let _ = tokio::time::timeout(Duration::from_secs(28), handle.stop(true)).await;
            serving.abort();
            watching.abort();
        }
        None => {
            told_to_end().await;
        }
    }
    let _ = stop.send(true);
    if let Some(worker) = worker {
        let _ = tokio::time::timeout(Duration::from_secs(10), worker).await;
    }
    Ok(())
}

/// Knows utilities that were added, without a restart: what names one by something else than the header finds it too.
async fn tenants_watch(state: Arc<State>) {
    let mut every = tokio::time::interval(TENANTS_EVERY);
    loop {
        every.tick().await;
        let shared = Arc::clone(&state);
        let read = tokio::task::spawn_blocking(move || state::tenant_list(&shared.database)).await;
        if let Ok(Ok(tenants)) = read {
            state.house.tenants.replace(tenants);
        }
    }
}

/// Refuses a login that row security would not bind.
fn harmless(database: &Database) -> Ended {
    let faults = infra::guard::login_faults(database).map_err(away)?;
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

/// Who wants the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// SIGTERM: others may still send work here until they notice.
    ByMachine,
    /// Ctrl-C: somebody waits for it.
    ByHand,
}

async fn told_to_end() -> Asked {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        let _ = tokio::signal::ctrl_c().await;
        return Asked::ByHand;
    };
    tokio::select! {
        _ = terminate.recv() => Asked::ByMachine,
        _ = interrupt.recv() => Asked::ByHand,
    }
}

/// Prints where everything is and how to sign in.
fn greet(settings: &ServeSettings) {
    let url = settings.public_url();
    println!("\nBusbar is ready.\n");
    println!("  desk      {url}/desk/");
    for tenant in demo::tenants() {
        println!("  portal    {url}/portal/{}/", tenant.key);
    }
    println!("  GraphiQL  {url}/graphiql");
    println!("\nDesk sign-ins (login / password: role at utilities)");
    for person in demo::people() {
        let mut roles: Vec<String> = Vec::new();
        for grant in &person.grants {
            let ended = if grant.to_days.is_some_and(|d| d < 0) {
                " (ended)"
            } else {
                ""
            };
            roles.push(format!("{} at {}{ended}", grant.role, grant.tenant));
        }
        println!(
            "  {:<10} / {}: {}",
            person.person.login,
            person.password,
            roles.join(", ")
        );
    }
    println!(
        "\nPortal: ask for a link with one of these addresses; the mail is a file in {}",
        settings.data.data_dir.join("mail").display()
    );
    for known in demo::well_known() {
        println!(
            "  {:<8} {} ({}, {})",
            known.tenant, known.email, known.name, known.phone
        );
    }
    let switchboard = demo::switchboard();
    if let (Some(known), Some((_, dialled, _))) = (demo::well_known().first(), switchboard.numbers.first()) {
        println!("\nLet {} call {}:", known.name, known.tenant);
        println!(
            "  curl -s {url}/hooks/cti/{} -H 'Content-Type: application/json' \\",
            switchboard.token
        );
        println!(
            "    -d '{{\"event\":\"newCall\",\"direction\":\"in\",\"from\":\"{}\",\"to\":\"{dialled}\",\"callId\":\"call-1\"}}'",
            known.phone
        );
    }
    println!("\nCtrl-C ends everything.\n");
}
