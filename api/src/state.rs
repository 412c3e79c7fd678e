//! What every part of a running program shares.

use crate::settings::ServeSettings;
use domain::fault::StoreError;
use domain::ids::TenantId;
use domain::tenant::{Tenant, TenantStore};
use graphql::context::{House, Tenants};
use graphql::operation::Documents;
use infra::bus::Bus;
use infra::counters::Counters;
use infra::pg::{Database, Mode};
use prometheus::{Histogram, HistogramOpts, IntCounterVec, IntGauge, Opts, Registry};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tenancy::policy::Policies;
use tenancy::token::Keys;
use tokio::sync::Notify;

/// How often in a second an unknown key makes us look for new utilities.
const LOOKS_PER_SECOND: u32 = 20;

/// Shared by all threads of a server.
pub struct State {
    /// Utilities, policies, keys.
    pub house: Arc<House>,
    /// The runtime login's connections.
    pub database: Database,
    /// Small facts.
    pub bus: Bus,
    /// Throttling.
    pub counters: Counters,
    /// Documents met before.
    pub documents: Documents,
    /// Documents of the pages, by hash.
    pub trusted: HashMap<String, String>,
    /// Idempotency keys that run on this node just now.
    pub running: Mutex<HashSet<(TenantId, uuid::Uuid, String)>>,
    /// Wakes the worker of this process.
    pub wake: Arc<Notify>,
    /// Whether new work is taken: false while draining.
    pub ready: AtomicBool,
    /// Since when in this second the utilities were read anew, and how often.
    pub tenants_looked_at: Mutex<Option<(Instant, u32)>>,
    /// Whether this is the demo.
    pub demo: bool,
    /// Tries per address.
    pub tries_per_address: u64,
    /// Numbers for /metrics.
    pub metrics: Metrics,
}

/// Numbers for /metrics.
pub struct Metrics {
    /// All of them.
    pub registry: Registry,
    /// Operations by kind and outcome.
    pub operations: IntCounterVec,
    /// Seconds per operation.
    pub seconds: Histogram,
    /// Statements per operation.
    pub statements: Histogram,
    /// Open sockets.
    pub sockets: IntGauge,
}

impl Metrics {
    /// Registers all.
    pub fn new() -> Result<Metrics, prometheus::Error> {
        let registry = Registry::new();
        let operations = IntCounterVec::new(
            Opts::new("busbar_operations_total", "GraphQL operations"),
            &["kind", "outcome"],
        )?;
        let seconds = Histogram::with_opts(
            HistogramOpts::new("busbar_operation_seconds", "Duration of a GraphQL operation")
                .buckets(vec![0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0]),
        )?;
        let statements = Histogram::with_opts(
            HistogramOpts::new(
                "busbar_operation_statements",
                "SQL statements of a GraphQL operation",
            )
            .buckets(vec![2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 20.0]),
        )?;
        let sockets = IntGauge::new("busbar_sockets", "Open sockets")?;
        registry.register(Box::new(operations.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        registry.register(Box::new(statements.clone()))?;
        registry.register(Box::new(sockets.clone()))?;
        Ok(Metrics {
            registry,
            operations,
            seconds,
            statements,
            sockets,
        })
    }
}

/// The utilities as they are in the database.
pub fn tenant_list(database: &Database) -> Result<Vec<Tenant>, StoreError> {
    database.begin(TenantId::CENTRE, Mode::Read)?.tenant_list()
}

/// A directory of the utilities.
pub fn tenants(database: &Database) -> Result<Tenants, StoreError> {
    tenant_list(database).map(Tenants::new)
}

impl State {
    /// The utility of a key. One that was added since is looked for, a few times a second: unknown keys cost
    /// little.
    pub fn tenant_by_key(&self, key: &str) -> Option<TenantId> {
        let found = |state: &State| state.house.tenants.by_key(key).map(|t| t.id);
        found(self).or_else(|| {
            self.tenants_again();
            found(self)
        })
    }

    /// Makes sure that this node knows a utility that the database knows.
    pub fn tenant_known(&self, id: TenantId) {
        if self.house.tenants.get(id).is_none() {
            self.tenants_again();
        }
    }

    fn tenants_again(&self) {
        {
            let Ok(mut looked) = self.tenants_looked_at.lock() else {
                return;
            };
            let (since, times) = looked
                .filter(|(since, _)| since.elapsed() < Duration::from_secs(1))
                .unwrap_or((Instant::now(), 0));
            if times >= LOOKS_PER_SECOND {
                return;
            }
            *looked = Some((since, times + 1));
        }
        if let Ok(tenants) = tenant_list(&self.database) {
            self.house.tenants.replace(tenants);
        }
    }

    /// The state of a server.
    pub async fn new(
        settings: &ServeSettings,
        database: Database,
        keys: Arc<Keys>,
        bus: Bus,
    ) -> Result<State, String> {
        let tenants = tenants(&database).map_err(|e| format!("The utilities cannot be read: {e}."))?;
        let counters = Counters::connect(settings.company.redis_url.as_deref())
            .await
            .map_err(|e| e.to_string())?;
        Ok(State {
            house: Arc::new(House {
                tenants,
                policies: Policies::default(),
                keys,
            }),
            database,
            bus,
            counters,
            documents: Documents::new(1_000),
            trusted: crate::http::pages::trusted_documents(),
            running: Mutex::default(),
            wake: Arc::new(Notify::new()),
            ready: AtomicBool::new(true),
            tenants_looked_at: Mutex::default(),
            demo: settings.demo,
            tries_per_address: settings.http.tries_per_address,
            metrics: Metrics::new().map_err(|e| e.to_string())?,
        })
    }
}
