//! Where the database is: the person's own, or the private one; and the commands that change its tables.

use super::Ended;
use crate::clock;
use crate::settings::{DataSettings, MigrateStep};
use domain::customers::{CustomerStore, Source as Origin};
use domain::fault::Stored;
use infra::demo::load::{LoadPlan, LoadReport, SeedPolicy};
use infra::embedded::{DatabaseUrls, EmbeddedError, EmbeddedPostgres, EmbeddedSettings};
use infra::pg::{Database, Mode};
use infra::{demo, embedded, migrations};
use std::io::{IsTerminal, Write};
use tenancy::policies::{CENTRE_TEMPLATE, TENANT_TEMPLATE, Template};

/// Connections that the private Postgres allows beyond the server's own: worker, commands, migrations.
const SPARE_CONNECTIONS: u16 = 24;

/// Addresses of the three logins, and the private Postgres if this process started it.
pub struct Source {
    /// Addresses; the owner's is empty when only the server's login was given.
    pub urls: DatabaseUrls,
    /// The private Postgres; it stops with this.
    pub private: Option<EmbeddedPostgres>,
}

/// Finds the database; starts the private one if none was named and none is running.
pub fn source(data: &DataSettings) -> Result<Source, String> {
    if data.database_url.is_none() && data.database_owner_url.is_none() {
        return private(data);
    }
    let made = match &data.database_owner_url {
        Some(owner) if data.database_url.is_none() || data.database_worker_url.is_none() => {
            Some(embedded::provision(owner, &data.data_dir).map_err(|e| e.to_string())?)
        }
        _ => None,
    };
    let or_made = |given: &Option<String>, pick: fn(&DatabaseUrls) -> &String| {
        given
            .clone()
            .or_else(|| made.as_ref().map(|m| pick(m).clone()))
            .unwrap_or_default()
    };
    Ok(Source {
        urls: DatabaseUrls {
            owner: data.database_owner_url.clone().unwrap_or_default(),
            runtime: or_made(&data.database_url, |m| &m.runtime),
            worker: or_made(&data.database_worker_url, |m| &m.worker),
            superuser: data.database_owner_url.clone().unwrap_or_default(),
        },
        private: None,
    })
}

fn private(data: &DataSettings) -> Result<Source, String> {
    let connections = u16::try_from(data.database_connections)
        .unwrap_or(u16::MAX)
        .saturating_mul(2)
        .saturating_add(SPARE_CONNECTIONS);
    let settings = EmbeddedSettings {
        data_dir: data.data_dir.clone(),
        durable: true,
        max_connections: connections,
    };
    match EmbeddedPostgres::start(&settings) {
        Ok(started) => Ok(Source {
            urls: started.urls().clone(),
            private: Some(started),
        }),
        Err(held @ EmbeddedError::Held { .. }) => match embedded::running(&data.data_dir) {
            Ok(Some(urls)) => Ok(Source { urls, private: None }),
            _ => Err(held.to_string()),
        },
        Err(e) => Err(e.to_string()),
    }
}

/// The owner's address, or why there is none.
pub fn owner(source: &Source) -> Result<&str, String> {
    if source.urls.owner.is_empty() {
        return Err(
            "DATABASE_OWNER_URL is missing: only the owner of the tables can change them.".to_owned(),
        );
    }
    Ok(&source.urls.owner)
}

/// `busbar migrate`.
pub fn migrate(step: MigrateStep, data: &DataSettings) -> Ended {
    let source = source(data)?;
    let owner = owner(&source)?;
    match step {
        MigrateStep::Up => {
            let ran = migrations::up(owner).map_err(|e| e.to_string())?;
            if ran.is_empty() {
                println!("Nothing was pending.");
            }
            ran.iter().for_each(|name| println!("up   {name}"));
        }
        MigrateStep::Down => println!("down {}", migrations::down(owner).map_err(|e| e.to_string())?),
        MigrateStep::Status => {
            for (name, ran) in migrations::status(owner).map_err(|e| e.to_string())? {
                println!("{} {name}", if ran { "ran    " } else { "pending" });
            }
        }
    }
    Ok(())
}

fn seeds(template: &[Template]) -> Vec<SeedPolicy<'static>> {
    template
        .iter()
        .map(|(role, object, act, condition, sealed)| SeedPolicy {
            role,
            object,
            act,
            condition,
            effect: "allow",
            sealed: *sealed,
        })
        .collect()
}

/// Loads the demo into a migrated database; does nothing where it was loaded before.
pub fn load_demo(urls: &DatabaseUrls, customers: u32, seed: u64) -> Result<LoadReport, String> {
    let (tenant_policies, centre_policies) = (seeds(TENANT_TEMPLATE), seeds(CENTRE_TEMPLATE));
    let plan = LoadPlan {
        owner_url: &urls.owner,
        runtime_url: &urls.runtime,
        seed,
        total: customers,
        now: clock::now(),
        tenant_policies: &tenant_policies,
        centre_policies: &centre_policies,
    };
    let shown = std::io::stderr().is_terminal();
    let mut last = None;
    let report = demo::load::load(
        &plan,
        &|password| tenancy::password::hash(password).unwrap_or_default(),
        &mut |done, total| {
            let percent = (done * 100).checked_div(total).unwrap_or(100);
            let step = if shown { percent } else { percent / 10 };
            if last != Some(step) {
                last = Some(step);
                let mut err = std::io::stderr();
                let _ = if shown {
                    write!(err, "\rdemo: {done} of {total} customers")
                } else {
                    writeln!(err, "demo: {done} of {total} customers")
                };
                let _ = err.flush();
            }
        },
    )
    .map_err(|e| format!("The demo could not be loaded: {e}."))?;
    if shown && last.is_some() {
        eprintln!();
    }
    guests(urls).map_err(|e| format!("The demo's guests could not be loaded: {e}."))?;
    Ok(report)
}

/// Customers that published invoices name; taking them again changes nothing.
fn guests(urls: &DatabaseUrls) -> Stored<()> {
    let (key, records) = demo::guests();
    let Some(tenant) = demo::tenants().into_iter().find(|t| t.key == key) else {
        return Ok(());
    };
    let from = Origin {
        source: "demo".to_owned(),
        source_at: clock::now(),
    };
    let mut store = Database::open(&urls.runtime, 1)?.begin(tenant.id, Mode::Write)?;
    for record in &records {
        store.customer_take(tenant.id, record, &from, &mut clock::ids())?;
    }
    store.commit()
}

/// `busbar demo`.
pub fn demo(customers: u32, seed: u64, data: &DataSettings) -> Ended {
    let source = source(data)?;
    owner(&source)?;
    migrations::up(&source.urls.owner).map_err(|e| e.to_string())?;
    let report = load_demo(&source.urls, customers, seed)?;
    if report.already_loaded {
        println!("The demo is loaded already; nothing was changed.");
    } else {
        println!(
            "{} customers, {} supply points, {} invoices, {} payments, {} contacts, {} cases",
            report.customers,
            report.supply_points,
            report.invoices,
            report.payments,
            report.interactions,
            report.cases
        );
    }
    Ok(())
}
