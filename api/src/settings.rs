//! Settings from environment and flags, one struct per concern. All faults are told at once, before anything starts.

use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// One contact centre for several electricity, gas and water companies.
#[derive(Parser, Debug)]
#[command(name = "busbar", version, about, max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where data live.
#[derive(Args, Clone, Debug)]
pub struct DataSettings {
    /// Directory of secrets, the embedded Postgres and mail files.
    #[arg(long, env = "BUSBAR_DATA_DIR", default_value = ".busbar")]
    pub data_dir: PathBuf,
    /// Login that owns the tables; used by migrations only. Alone it is enough: the other two logins are made by it.
    #[arg(long, env = "DATABASE_OWNER_URL", hide_env_values = true)]
    pub database_owner_url: Option<String>,
    /// Login of the server; owns nothing, cannot bypass row security. Without any database URL a private Postgres is started.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Login of the worker.
    #[arg(long, env = "DATABASE_WORKER_URL", hide_env_values = true)]
    pub database_worker_url: Option<String>,
    /// Most database connections of the server.
    #[arg(long, env = "BUSBAR_DATABASE_CONNECTIONS", default_value_t = 16)]
    pub database_connections: u32,
}

/// Secrets.
#[derive(Args, Clone, Debug)]
pub struct SecretSettings {
    /// Signing key: 64 hexadecimal digits (`openssl rand -hex 32`). The demo makes its own in the data directory.
    #[arg(long, env = "BUSBAR_SIGNING_KEY", hide_env_values = true)]
    pub signing_key: Option<String>,
}

/// HTTP.
#[derive(Args, Clone, Debug)]
pub struct HttpSettings {
    /// Address to listen on.
    #[arg(long, env = "BUSBAR_LISTEN", default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
    /// Address people use, for links in mails; `http://` and the listening address if absent.
    #[arg(long, env = "BUSBAR_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Threads that accept connections.
    #[arg(long, env = "BUSBAR_HTTP_THREADS", default_value_t = 2)]
    pub http_threads: usize,
    /// Seconds between saying "not ready" and taking no more connections when told to end by SIGTERM: as long as the balancer
    /// in front needs to notice.
    #[arg(long, env = "BUSBAR_DRAIN_SECONDS", default_value_t = 1)]
    pub drain_seconds: u64,
    /// Sign-in tries that one network address has in five minutes.
    #[arg(long, env = "BUSBAR_TRIES_PER_ADDRESS", default_value_t = 60)]
    pub tries_per_address: u64,
}

/// What lives beside the database.
#[derive(Args, Clone, Debug)]
pub struct CompanySettings {
    /// Redis for several nodes; one node needs none.
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<String>,
    /// Mail server, `smtp://host:port`; without one mails become files in the data directory.
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
}

/// How the server is run.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// Data.
    #[command(flatten)]
    pub data: DataSettings,
    /// Secrets.
    #[command(flatten)]
    pub secrets: SecretSettings,
    /// HTTP.
    #[command(flatten)]
    pub http: HttpSettings,
    /// Company.
    #[command(flatten)]
    pub company: CompanySettings,
    /// Makes secrets, migrates, loads the demo once, allows GraphiQL and introspection.
    #[arg(long, env = "BUSBAR_DEMO", default_value_t = false)]
    pub demo: bool,
    /// Leaves the worker to another process (`busbar work`); needs Redis.
    #[arg(long, env = "BUSBAR_NO_WORKER", default_value_t = false)]
    pub no_worker: bool,
    /// Customers of the demo.
    #[arg(long, env = "BUSBAR_DEMO_CUSTOMERS", default_value_t = 1_000)]
    pub demo_customers: u32,
}

/// What to do with the tables.
#[derive(Subcommand, Clone, Copy, Debug)]
pub enum MigrateStep {
    /// Runs what is pending.
    Up,
    /// Takes the newest back.
    Down,
    /// Lists what ran and what is pending.
    Status,
}

/// What to do with the audit.
#[derive(Subcommand, Clone, Debug)]
pub enum AuditStep {
    /// Proves a utility's chain: an edited, a removed and a cut-off entry are each found.
    Verify {
        /// Key of the utility, or `centre`.
        #[arg(long)]
        tenant: String,
    },
}

/// Subcommands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Runs the server, the worker inside it.
    Serve(ServeSettings),
    /// Runs a worker alone.
    Work(ServeSettings),
    /// Changes the tables.
    Migrate {
        /// Step.
        #[command(subcommand)]
        step: MigrateStep,
        /// Data.
        #[command(flatten)]
        data: DataSettings,
    },
    /// Loads demo data for four utilities.
    Demo {
        /// How many customers over all utilities.
        #[arg(long, default_value_t = 1_000)]
        customers: u32,
        /// The same seed gives the same data.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Data.
        #[command(flatten)]
        data: DataSettings,
    },
    /// Reads files into a utility: customers-csv (customers, accounts, supply points, meters) or ubl (EN 16931 invoices).
    Import {
        /// Key of the utility.
        #[arg(long)]
        tenant: String,
        /// `customers-csv` or `ubl`.
        #[arg(long)]
        format: String,
        /// Reads and checks everything, stores nothing.
        #[arg(long)]
        dry_run: bool,
        /// Files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Data.
        #[command(flatten)]
        data: DataSettings,
    },
    /// Prints the GraphQL schema.
    Schema,
    /// Prints a short-lived access token of a person; only where the signing key is readable.
    Token {
        /// Login.
        login: String,
        /// Data.
        #[command(flatten)]
        data: DataSettings,
        /// Secrets.
        #[command(flatten)]
        secrets: SecretSettings,
    },
    /// Reads and proves the audit.
    Audit {
        /// Step.
        #[command(subcommand)]
        step: AuditStep,
        /// Data.
        #[command(flatten)]
        data: DataSettings,
        /// Secrets.
        #[command(flatten)]
        secrets: SecretSettings,
    },
    /// Measures a workload beside pgbench: w1 or w4.
    Bench(BenchSettings),
}

/// How to measure.
#[derive(Args, Clone, Debug)]
pub struct BenchSettings {
    /// `w1` (screen pop) or `w4` (log a contact).
    pub name: String,
    /// Customers in the database that is measured.
    #[arg(long, default_value_t = 10_000)]
    pub customers: u32,
    /// Clients at once.
    #[arg(long, default_value_t = 8)]
    pub clients: usize,
    /// Seconds per contender.
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// Its `bench` directory holds the database that is measured; kept for the next run.
    #[arg(long, env = "BUSBAR_DATA_DIR", default_value = ".busbar")]
    pub data_dir: PathBuf,
}

impl ServeSettings {
    /// Everything that is wrong, in sentences; empty if nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        match &self.secrets.signing_key {
            None if !self.demo && !crate::secrets::kept(&self.data.data_dir) => {
                faults.push(
                    "BUSBAR_SIGNING_KEY is missing: 64 hexadecimal digits, e.g. from `openssl rand -hex 32`."
                        .to_owned(),
                );
            }
            Some(key) => {
                if let Err(e) = crate::secrets::parse(key) {
                    faults.push(e);
                }
            }
            None => {}
        }
        if self.data.database_url.is_some()
            && self.data.database_worker_url.is_none()
            && self.data.database_owner_url.is_none()
            && !self.no_worker
        {
            faults.push("DATABASE_WORKER_URL is missing: the worker has a login of its own (or give DATABASE_OWNER_URL and it is made).".to_owned());
        }
        if self.no_worker && self.company.redis_url.is_none() {
            faults.push(
                "REDIS_URL is missing: a server without its worker hears of nothing otherwise.".to_owned(),
            );
        }
        if self.data.database_connections < 2 {
            faults.push("BUSBAR_DATABASE_CONNECTIONS is too small: at least 2.".to_owned());
        }
        if let Some(url) = &self.http.public_url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            faults.push("BUSBAR_PUBLIC_URL has to begin with https:// or http://.".to_owned());
        }
        if self.http.http_threads == 0 {
            faults.push("BUSBAR_HTTP_THREADS is zero: at least 1.".to_owned());
        }
        faults
    }

    /// The address in mails, without a slash at the end.
    pub fn public_url(&self) -> String {
        match &self.http.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if self.http.listen.ip().is_loopback() => {
                format!("http://localhost:{}", self.http.listen.port())
            }
            None => format!("http://{}", self.http.listen),
        }
    }
}
