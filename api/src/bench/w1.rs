//! W1, the screen pop: the desk's card of an open contact, with session, permission and audit, beside one JSON statement
//! and the same audit entry.

use super::client::{Connection, Requests, Wanted, closed_loop, open_loop, request};
use super::ground::{PERSON, id, prefix, prepare, same_rows};
use super::pgbench::{self, Plan, Script};
use super::{Bench, ROUNDS, SEED, Utility, WARM_UP, report};
use crate::clock;
use crate::commands::Ended;
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use domain::ids::TenantId;
use graphql::ids::{Kind, decode, encode};
use infra::demo::SplitMix;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const CARD: &str = include_str!("w1_card.sql");
const AUDIT: &str = include_str!("w1_audit.sql");
/// Open contacts per utility at most: more than any centre has at once.
const CONTACTS: u64 = 2_000;
/// Cards compared before anything is timed.
const COMPARED: u64 = 10;
const GOAL: f64 = 0.70;
const GOAL_P99: f64 = 5.0;
const WANTED: Wanted = Wanted("\"card\":{\"accounts\":[{");

struct Workload {
    prefix: String,
    /// Bounds of the history, as Busbar sets them.
    since: Uuid,
    until: Uuid,
    /// Contacts of each operator, by utility.
    each: Vec<u64>,
}

impl Workload {
    fn sql(&self, text: &str, tenant: Uuid) -> String {
        text.replace("{tenant}", &tenant.to_string())
            .replace("{prefix}", &self.prefix)
            .replace("{person}", PERSON)
            .replace("{since}", &self.since.to_string())
            .replace("{until}", &self.until.to_string())
    }

    fn script(&self, tenant: Uuid, each: u64, clients: usize) -> String {
        format!(
            "\\set n :client_id + {clients} * random(0, {})\n\\set r random(1, 9000000000000000000)\nBEGIN;\nSET LOCAL app.tenant = '{tenant}';\n{}\n\\gset\n{};\nCOMMIT;\n",
            each - 1,
            self.sql(CARD, tenant),
            self.sql(AUDIT, tenant),
        )
    }
}

/// Open contacts: number n is held by operator n modulo clients, each of another customer.
fn contacts(bench: &Bench<'_>) -> Result<Workload, String> {
    let now = clock::now();
    let clients = bench.settings.clients as u64;
    let midnight = |day: NaiveDate| {
        let at = day.and_time(NaiveTime::MIN).and_utc();
        Uuid::from_u128(u128::try_from(at.timestamp_millis()).unwrap_or(0) << 80)
    };
    let mut workload = Workload {
        prefix: prefix(now),
        since: midnight(now.date_naive() - Months::new(13)),
        until: midnight(now.date_naive() + Days::new(2)),
        each: Vec::new(),
    };
    for tenant in &bench.tenants {
        let each = tenant.customers.min(CONTACTS) / clients;
        if each == 0 {
            return Err(format!(
                "W1 needs more customers: {} clients, and {} has {}.",
                clients, tenant.key, tenant.customers
            ));
        }
        workload.each.push(each);
        bench.scratch.sql(&format!(
            "insert into interactions (tenant_id, id, channel, direction, state, match, from_number, to_number, queue, source,
                 customer_id, person_id, started_at, answered_at)
             select '{tenant}', ('{prefix}' || lpad(to_hex(c.n), 12, '0'))::uuid, 'voice', 'in', 'active', 'one',
                 (select min(cp.value_norm) from contact_points cp where cp.tenant_id = '{tenant}' and cp.customer_id = c.id and cp.kind = 'phone'),
                 '+420800100100', 'service', 'bench', c.id, ('{PERSON}' || lpad(to_hex(c.n % {clients}), 12, '0'))::uuid, now(), now()
             from (select id, row_number() over (order by md5(id::text)) - 1 as n from customers where tenant_id = '{tenant}') c
             where c.n < {all}",
            tenant = tenant.id,
            prefix = workload.prefix,
            all = each * clients,
        ))?;
    }
    bench.scratch.sql("vacuum analyze interactions")?;
    Ok(workload)
}

/// What both answers must agree in: masks and money without their wrapping, global ids as what they name, times as
/// instants, words without regard to case. Counts the values.
fn compare(server: &Value, lean: &Value, place: &str) -> Result<usize, String> {
    match server {
        Value::Object(o) if o.contains_key("masked") => {
            compare(o.get("value").unwrap_or(&Value::Null), lean, place)
        }
        Value::Object(o) if o.contains_key("minor") => {
            compare(o.get("minor").unwrap_or(&Value::Null), lean, place)
        }
        Value::Object(o) => o
            .iter()
            .filter(|(key, _)| *key != "loadedAt")
            .map(|(key, value)| {
                compare(
                    value,
                    lean.get(key).unwrap_or(&Value::Null),
                    &format!("{place}.{key}"),
                )
            })
            .sum(),
        Value::Array(list) => match lean.as_array() {
            Some(other) if other.len() == list.len() => list
                .iter()
                .zip(other)
                .enumerate()
                .map(|(i, (a, b))| compare(a, b, &format!("{place}[{i}]")))
                .sum(),
            _ => Err(format!("{place}: {server} is not {lean}")),
        },
        scalar if canonical(scalar) == canonical(lean) => Ok(1),
        _ => Err(format!("{place}: {server} is not {lean}")),
    }
}

fn canonical(value: &Value) -> String {
    let Some(text) = value.as_str() else {
        // Sums come as numeric from one and as floating point from the other.
        return value
            .as_f64()
            .map_or_else(|| value.to_string(), |number| format!("{number:.0}"));
    };
    if let Some(global) = decode(text) {
        return global.id.to_string();
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.with_timezone(&Utc).to_rfc3339(),
        Err(_) => text.to_lowercase(),
    }
}

/// Compares cards of every utility; gives how many values were equal.
fn same_content(
    bench: &Bench<'_>,
    workload: &Workload,
    document: &str,
    cookie: &str,
) -> Result<usize, String> {
    let mut connection = Connection::new(bench.server.address)?;
    let mut values = 0;
    for (tenant, each) in bench.tenants.iter().zip(&workload.each) {
        for number in 0..COMPARED.min(*each) {
            let n = number * bench.settings.clients as u64;
            let asked = ask(bench, workload, tenant, document, cookie, n);
            let body: Value = serde_json::from_str(connection.ask(&asked)?).map_err(|e| e.to_string())?;
            let sql = workload.sql(CARD, tenant.id);
            let lean = bench.scratch.sql_as_runtime(&format!(
                "\\set n {n}\n\\set client_id 0\nbegin;\nset local app.tenant = '{}';\nselect card from ({sql}) as lean;\ncommit;\n",
                tenant.id
            ))?;
            let lean: Value = serde_json::from_str(&lean).map_err(|e| format!("{e}: {lean}"))?;
            let card = body
                .pointer("/data/card")
                .filter(|c| !c.is_null())
                .ok_or_else(|| format!("No card: {body}"))?;
            values += compare(card, &lean, "card").map_err(|e| {
                format!("The answers of Busbar and pgbench differ, so nothing was timed: {e}")
            })?;
        }
    }
    Ok(values)
}

fn ask(
    bench: &Bench<'_>,
    workload: &Workload,
    tenant: &Utility,
    document: &str,
    cookie: &str,
    n: u64,
) -> Vec<u8> {
    let contact = encode(Kind::Interaction, TenantId(tenant.id), id(&workload.prefix, n));
    request(
        bench.server.address,
        &tenant.key,
        cookie,
        None,
        document,
        &format!("{{\"interactionId\":\"{contact}\"}}"),
    )
}

/// Runs it.
pub fn run(bench: &Bench<'_>) -> Ended {
    prepare(bench)?;
    let workload = contacts(bench)?;
    let document = bench.server.document("query ContactCard")?;
    let clients = bench.settings.clients;
    let cookies: Vec<String> = (0..clients)
        .map(|c| bench.server.session(id(PERSON, c as u64)))
        .collect::<Result<_, _>>()?;
    // All requests are made before; a client takes one at random, utilities by their shares of the customers.
    let prepared: Arc<Vec<Vec<Vec<Vec<u8>>>>> = Arc::new(
        cookies
            .iter()
            .enumerate()
            .map(|(client, cookie)| {
                let of = |(tenant, each): (&Utility, &u64)| {
                    (0..*each)
                        .map(|k| {
                            ask(
                                bench,
                                &workload,
                                tenant,
                                &document,
                                cookie,
                                client as u64 + k * clients as u64,
                            )
                        })
                        .collect()
                };
                bench.tenants.iter().zip(&workload.each).map(of).collect()
            })
            .collect(),
    );
    let weights: Vec<u64> = bench.tenants.iter().map(|t| t.customers).collect();
    let requests = |client: usize| -> Requests<'static> {
        let (prepared, weights) = (Arc::clone(&prepared), weights.clone());
        let mut random = SplitMix::of(SEED, &[client as u64]);
        Box::new(move || {
            let mut place = random.below(weights.iter().sum());
            let tenant = weights.iter().position(|w| {
                let here = place < *w;
                place = place.saturating_sub(*w);
                here
            })?;
            let list = prepared.get(client)?.get(tenant)?;
            list.get(usize::try_from(random.below(list.len() as u64)).ok()?)
                .cloned()
        })
    };
    let scripts = bench
        .tenants
        .iter()
        .zip(&workload.each)
        .map(|(tenant, each)| Script {
            text: workload.script(tenant.id, *each, clients),
            weight: tenant.customers,
        })
        .collect();
    let plan = Plan {
        scripts,
        durable: false,
        statements: 2.0,
    };

    let written = ["audit_entries", "audit_subjects"];
    let before = bench.scratch.counts(&written)?;
    let values = same_content(
        bench,
        &workload,
        &document,
        cookies.first().map_or("", String::as_str),
    )?;
    let between = bench.scratch.counts(&written)?;
    let count = between
        .first()
        .zip(before.first())
        .map_or(0, |(b, a)| usize::try_from(b - a).unwrap_or(0));
    pgbench::few(bench, &plan, count)?;
    let after = bench.scratch.counts(&written)?;
    same_rows(&before, &between, &after)?;
    println!(
        "W1 screen pop: {} customers, {clients} clients, {ROUNDS} rounds of {} s each.",
        bench.settings.customers, bench.settings.seconds
    );
    println!("{count} cards compared: {values} values equal; audit rows equal.");

    pgbench::round(bench, &plan, WARM_UP)?;
    let (mut busbar, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bench.scratch.sql("checkpoint")?;
        busbar.push(closed_loop(bench, WARM_UP, &WANTED, &requests)?);
        bench.scratch.sql("checkpoint")?;
        limit.push(pgbench::round(
            bench,
            &plan,
            Duration::from_secs(bench.settings.seconds),
        )?);
    }
    report::table(&busbar, &limit, GOAL);
    let half = report::rate(&busbar) / 2.0;
    let (p50, p99) = open_loop(bench, half, &WANTED, &requests)?;
    println!(
        "  open loop at {half:.0} requests/s: p50 {p50:.2} ms, p99 {p99:.2} ms, goal < {GOAL_P99:.0} ms: {}",
        if p99 < GOAL_P99 { "met" } else { "missed" }
    );
    Ok(())
}
