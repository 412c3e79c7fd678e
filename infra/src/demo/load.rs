//! Puts the demo into a database: platform rows as the owner, customers' rows as the runtime login under row security,
//! each utility in one transaction that ends with a mark. A utility with its mark is never loaded twice, one without
//! is loaded whole: a load that was cut off leaves nothing half-written.

mod platform;
mod rows;

use super::customers::{customers, shares};
use super::split_mix::SplitMix;
use super::tenants::tenants;
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Integer, Text, Timestamptz};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use domain::fault::{StoreError, Stored};
use domain::ids::TenantId;
use rows::Batch;
use uuid::Uuid;

/// Customers that go in one set of statements.
const BATCH: usize = 250;
/// What `source` says of every demo row.
const SOURCE: &str = "demo";

/// A rule of access to be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedPolicy<'a> {
    /// Whose.
    pub role: &'a str,
    /// On what.
    pub object: &'a str,
    /// Doing what.
    pub act: &'a str,
    /// Under which condition.
    pub condition: &'a str,
    /// `allow` or `deny`.
    pub effect: &'a str,
    /// Whether the utility cannot change it.
    pub sealed: bool,
}

/// What is to be loaded, and where.
#[derive(Clone, Copy, Debug)]
pub struct LoadPlan<'a> {
    /// Login that owns the tables.
    pub owner_url: &'a str,
    /// Login of the running program.
    pub runtime_url: &'a str,
    /// Seed of the data.
    pub seed: u64,
    /// Customers over all utilities.
    pub total: u32,
    /// The instant from which the past is counted.
    pub now: DateTime<Utc>,
    /// Rules of each utility.
    pub tenant_policies: &'a [SeedPolicy<'a>],
    /// Rules of the centre's own scope.
    pub centre_policies: &'a [SeedPolicy<'a>],
}

/// What a load did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// Everything was there already, nothing was done.
    pub already_loaded: bool,
    /// Customers added.
    pub customers: u64,
    /// Supply points added.
    pub supply_points: u64,
    /// Invoices added.
    pub invoices: u64,
    /// Payments added.
    pub payments: u64,
    /// Contacts added.
    pub interactions: u64,
    /// Cases added.
    pub cases: u64,
}

/// Loads the demo. `progress` hears of customers done and their total after each batch.
///
/// # Errors
/// `Unavailable` if a login cannot connect, `Internal` with the database's words otherwise; utilities finished before stay.
pub fn load(
    plan: &LoadPlan<'_>,
    hash_password: &dyn Fn(&str) -> String,
    progress: &mut dyn FnMut(u64, u64),
) -> Stored<LoadReport> {
    let mut owner = PgConnection::establish(plan.owner_url).map_err(|_| StoreError::Unavailable)?;
    let mut runtime = PgConnection::establish(plan.runtime_url).map_err(|_| StoreError::Unavailable)?;
    let mut ids = RowIds {
        random: SplitMix::of(plan.seed, &[5]),
        count: 0,
    };
    platform::load(&mut owner, plan, &mut ids, hash_password).map_err(internal)?;
    let shares = shares(plan.total);
    let total = shares.iter().map(|share| share.1).sum();
    let mut report = LoadReport {
        already_loaded: true,
        ..LoadReport::default()
    };
    let mut stream = customers(plan.seed, plan.total, plan.now.date_naive());
    let mut seen = 0;
    for (key, count) in shares {
        let Some(tenant) = tenants().into_iter().find(|t| t.key == key) else {
            continue;
        };
        let loaded = |connection: &mut PgConnection| {
            enter(connection, tenant.id)?;
            is_loaded(connection, tenant.id)
        };
        let skip = runtime.transaction(loaded).map_err(internal)?;
        let mut of_tenant = stream
            .by_ref()
            .take(usize::try_from(count).unwrap_or(usize::MAX))
            .map(|(_, customer)| customer);
        if skip {
            seen += of_tenant.count() as u64;
            progress(seen, total);
            continue;
        }
        report.already_loaded = false;
        let fill = |connection: &mut PgConnection| {
            enter(connection, tenant.id)?;
            let mut flushed = 0u64;
            let mut batch = Batch::new(&tenant, plan.now);
            loop {
                let before = batch.customers();
                for customer in of_tenant.by_ref().take(BATCH) {
                    batch.add(&customer, &mut ids);
                }
                let added = batch.customers() - before;
                if added == 0 {
                    break;
                }
                batch.flush(connection)?;
                flushed += 1;
                // The checks of foreign keys keep the plan they made while the tables were small, by whichever index
                // looked as good then, and would grow slower with every batch: plan again at each doubling.
                if u64::is_power_of_two(flushed) {
                    connection.batch_execute("discard plans")?;
                }
                seen += added;
                progress(seen, total);
            }
            batch.counters_put(connection)?;
            mark(connection, tenant.id, plan, batch.report().customers, &mut ids)?;
            Ok(batch.report())
        };
        let part: LoadReport = runtime.transaction(fill).map_err(internal)?;
        report.customers += part.customers;
        report.supply_points += part.supply_points;
        report.invoices += part.invoices;
        report.payments += part.payments;
        report.interactions += part.interactions;
        report.cases += part.cases;
    }
    if !report.already_loaded {
        analyze(&mut owner).map_err(internal)?;
    }
    Ok(report)
}

/// Names the tenant of the transaction. A typed id is all that is ever formatted into this text.
fn enter(connection: &mut PgConnection, tenant: TenantId) -> diesel::QueryResult<()> {
    connection.batch_execute(&format!("set local app.tenant = '{}'", tenant.0))
}

/// Fresh statistics: without them the first queries scan what they need not.
fn analyze(owner: &mut PgConnection) -> diesel::QueryResult<()> {
    owner.batch_execute("analyze customers, contact_points, accounts, premises, supply_points, meters, contracts, invoices, invoice_lines, payments, interactions, cases, case_entries")
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn is_loaded(connection: &mut PgConnection, tenant: TenantId) -> diesel::QueryResult<bool> {
    let found: Count =
        sql_query("select count(*) as count from imports where tenant_id = $1 and format = $2")
            .bind::<diesel::sql_types::Uuid, _>(tenant.0)
            .bind::<Text, _>(SOURCE)
            .get_result(connection)?;
    Ok(found.count > 0)
}

/// The mark of a finished load, in the log of imports where it belongs.
fn mark(
    connection: &mut PgConnection,
    tenant: TenantId,
    plan: &LoadPlan<'_>,
    customers: u64,
    ids: &mut RowIds,
) -> diesel::QueryResult<()> {
    sql_query("insert into imports (tenant_id, id, format, file_name, digest, at, added, changed, unchanged) values ($1, $2, $3, $4, ''::bytea, $5, $6, 0, 0)")
        .bind::<diesel::sql_types::Uuid, _>(tenant.0)
        .bind::<diesel::sql_types::Uuid, _>(ids.at(plan.now))
        .bind::<Text, _>(SOURCE)
        .bind::<Text, _>(format!("seed {}, {} customers", plan.seed, plan.total))
        .bind::<Timestamptz, _>(plan.now)
        .bind::<Integer, _>(i32::try_from(customers).unwrap_or(i32::MAX))
        .execute(connection)?;
    Ok(())
}

fn internal(error: diesel::result::Error) -> StoreError {
    StoreError::Internal(format!("demo load: {error}"))
}

/// Ids of demo rows: UUIDv7 with the row's own instant, a counter, so that they grow within one, and seeded bits.
pub(super) struct RowIds {
    random: SplitMix,
    count: u64,
}

impl RowIds {
    /// An id of that instant.
    pub(super) fn at(&mut self, at: DateTime<Utc>) -> Uuid {
        self.count += 1;
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        // Twelve bits after the instant and sixty-two after the variant: a counter of thirty-two bits, the rest random.
        let high = (millis << 16) | 0x7000 | ((self.count >> 20) & 0xfff);
        let low = (0b10 << 62) | ((self.count & 0xf_ffff) << 42) | (self.random.number() >> 22);
        Uuid::from_u64_pair(high, low)
    }
}
