//! The real HTTP server in this process, as `serve` starts it but without a worker, and sessions to ask it with.

use super::scratch::{CONNECTIONS, Scratch};
use crate::http::server;
use crate::settings::{CompanySettings, DataSettings, HttpSettings, SecretSettings, ServeSettings};
use crate::state::State;
use crate::{clock, secrets};
use actix_web::dev::ServerHandle;
use domain::act::By;
use domain::ids::{PersonId, SessionId, TenantId};
use infra::bus::Bus;
use infra::pg::{Database, Mode};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tenancy::session::{Session, SessionKind, SessionStore};
use tenancy::token::Keys;
use uuid::Uuid;

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its state: numbers of statements, documents of the pages.
    pub state: Arc<State>,
    keys: Arc<Keys>,
    handle: ServerHandle,
}

fn settings(scratch: &Scratch, listen: SocketAddr) -> ServeSettings {
    ServeSettings {
        data: DataSettings {
            data_dir: scratch.directory.clone(),
            database_owner_url: None,
            database_url: None,
            database_worker_url: None,
            database_connections: CONNECTIONS,
        },
        secrets: SecretSettings { signing_key: None },
        http: HttpSettings {
            listen,
            public_url: None,
            http_threads: 2,
            drain_seconds: 0,
            tries_per_address: 60,
        },
        company: CompanySettings {
            redis_url: None,
            smtp_url: None,
        },
        demo: false,
        no_worker: true,
        demo_customers: 0,
    }
}

impl Server {
    /// Starts it on a free port.
    pub fn start(runtime: &tokio::runtime::Runtime, scratch: &Scratch) -> Result<Server, String> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|l| l.local_addr())
            .map_err(|e| e.to_string())?;
        let settings = settings(scratch, free);
        let keys = Arc::new(secrets::keys(None, &scratch.directory, true)?);
        let database =
            Database::open(&scratch.postgres.urls().runtime, CONNECTIONS).map_err(|e| e.to_string())?;
        let (state, handle) = runtime.block_on(async {
            let bus = Bus::connect(None).await.map_err(|e| e.to_string())?;
            let state = Arc::new(State::new(&settings, database, Arc::clone(&keys), bus).await?);
            let server = server::bind(&state, free, settings.http.http_threads)
                .map_err(|e| format!("Cannot listen on {free}: {e}."))?;
            let handle = server.handle();
            tokio::spawn(server);
            Ok::<_, String>((state, handle))
        })?;
        Ok(Server {
            address: free,
            state,
            keys,
            handle,
        })
    }

    /// A session of a person, as the value of the pages' cookie.
    pub fn session(&self, person: Uuid) -> Result<String, String> {
        let now = clock::now();
        let session = Session {
            id: SessionId(clock::id()),
            kind: SessionKind::Cookie,
            created_at: now,
            expires_at: now + SessionKind::Cookie.lasts(),
        };
        let mut store = self
            .state
            .database
            .begin(TenantId::CENTRE, Mode::Write)
            .map_err(|e| e.to_string())?;
        store
            .session_insert(PersonId(person), &session)
            .map_err(|e| e.to_string())?;
        store.commit().map_err(|e| e.to_string())?;
        self.keys
            .session_token(
                By::Person(PersonId(person)),
                None,
                session.id,
                now,
                session.expires_at,
            )
            .ok_or_else(|| "The token could not be signed.".to_owned())
    }

    /// The hash under which a page's document is trusted.
    pub fn document(&self, operation: &str) -> Result<String, String> {
        let found = self
            .state
            .trusted
            .iter()
            .find(|(_, text)| text.contains(operation));
        found
            .map(|(hash, _)| hash.clone())
            .ok_or_else(|| format!("The pages have no document with {operation}: `make pages` writes them."))
    }

    /// SQL statements so far, and operations that ran some.
    pub fn statements(&self) -> (f64, u64) {
        (
            self.state.metrics.statements.get_sample_sum(),
            self.state.metrics.statements.get_sample_count(),
        )
    }

    /// Ends it.
    pub fn stop(&self, runtime: &tokio::runtime::Runtime) {
        runtime.block_on(async {
            let _ = tokio::time::timeout(Duration::from_secs(5), self.handle.stop(false)).await;
        });
    }
}
