//! W4, a contact is logged: contact, case, history, audit, outbox and idempotency key in one durable transaction, beside
//! pgbench writing the same rows.

use super::client::{Connection, Requests, Wanted, closed_loop, request};
use super::ground::{PERSON, id, prefix, prepare, same_rows};
use super::pgbench::{self, Plan, Script};
use super::{Bench, ROUNDS, Utility, WARM_UP, report};
use crate::clock;
use crate::commands::Ended;
use domain::ids::TenantId;
use graphql::ids::{Kind, encode};
use std::time::Duration;

const LOG: &str = include_str!("w4_log.sql");
const GOAL: f64 = 0.85;
const WANTED: Wanted = Wanted("\"userErrors\":[]");
/// More contacts per second than any disk commits here; so many are made ready.
const MOST_PER_SECOND: u64 = 3_000;
/// Contacts logged by each before anything is timed, to compare the rows.
const COMPARED: usize = 5;
const SUBJECT: &str = "Reading in the settlement is disputed";
const TEXT: &str = "The final reading on the invoice is not the one of the photograph; the customer wants a corrected settlement.";
const NOTE: &str =
    "Customer disputes the reading of the settlement. Photograph promised by mail, case opened.";
/// As long as the answer that Busbar keeps.
const ANSWER_LENGTH: usize = 330;
/// Everything that grows, and contacts that are done.
const WRITTEN: [&str; 6] = [
    "interactions where source = 'bench' and state = 'closed'",
    "cases",
    "case_entries",
    "audit_entries",
    "outbox",
    "idempotency_keys",
];

/// A number of open contacts for each client's operator, made anew.
struct Contacts {
    prefix: String,
    each: u64,
}

/// Operators are given the next contact as soon as one is logged: a trigger does what the switchboard would.
const NEXT: &str = "create or replace function bench_next() returns trigger language plpgsql as $$
    begin
      new.held_tenant_id := old.held_tenant_id;
      new.held_interaction_id := (left(old.held_interaction_id::text, 24)
        || lpad(to_hex(('x' || right(old.held_interaction_id::text, 12))::bit(48)::bigint + 1), 12, '0'))::uuid;
      return new;
    end $$;
  drop trigger if exists bench_next on presence;
  create trigger bench_next before update on presence for each row
    when (old.held_interaction_id is not null and new.held_interaction_id is null) execute function bench_next();";

fn contacts(bench: &Bench<'_>, tenant: &Utility, each: u64) -> Result<Contacts, String> {
    let prefix = prefix(clock::now());
    let clients = bench.settings.clients;
    bench.scratch.sql(&format!(
        "insert into interactions (tenant_id, id, channel, direction, state, match, from_number, to_number, queue, source,
             customer_id, person_id, started_at, answered_at, ended_at, end_cause)
         select '{tenant}', ('{prefix}' || lpad(to_hex(n), 12, '0'))::uuid, 'voice', 'in', 'wrap_up', 'one', '+420777000184',
             '+420800100100', 'service', 'bench', c.id, ('{PERSON}' || lpad(to_hex(n / {each}), 12, '0'))::uuid, now(), now(), now(), 'caller'
         from generate_series(0::bigint, {last}) n
         join (select id, row_number() over (order by md5(id::text)) - 1 as place from customers where tenant_id = '{tenant}') c
             on c.place = n % {customers};
         alter table presence disable trigger bench_next;
         update presence p set state = 'wrap_up', reason = null, held_tenant_id = '{tenant}',
             held_interaction_id = ('{prefix}' || lpad(to_hex(substr(q.login, 7)::bigint * {each}), 12, '0'))::uuid
         from people q where q.id = p.person_id and q.login like 'bench-%';
         alter table presence enable trigger bench_next;
         analyze interactions;
         checkpoint;",
        tenant = tenant.id,
        last = each * clients as u64 - 1,
        customers = tenant.customers,
    ))?;
    Ok(Contacts { prefix, each })
}

fn plan(contacts: &Contacts, tenant: &Utility) -> Plan {
    let text = LOG
        .replace("{tenant}", &tenant.id.to_string())
        .replace("{prefix}", &contacts.prefix)
        .replace("{person}", PERSON)
        .replace("{each}", &contacts.each.to_string())
        .replace("{subject}", SUBJECT)
        .replace("{text}", TEXT)
        .replace("{note}", NOTE)
        .replace("{fingerprint}", &"5b".repeat(32))
        .replace("{answer}", &"a".repeat(ANSWER_LENGTH));
    Plan {
        scripts: vec![Script { text, weight: 1 }],
        durable: true,
        statements: 8.0,
    }
}

/// The requests of a client: its contacts one after the other.
fn requests(
    bench: &Bench<'_>,
    contacts: &Contacts,
    tenant: &Utility,
    document: &str,
    cookies: &[String],
    client: usize,
) -> Requests<'static> {
    let (address, key, tenant, document) = (
        bench.server.address,
        tenant.key.clone(),
        TenantId(tenant.id),
        document.to_owned(),
    );
    let (prefix, each) = (contacts.prefix.clone(), contacts.each);
    let cookie = cookies.get(client).cloned().unwrap_or_default();
    let mut next = 0;
    Box::new(move || {
        if next == each {
            return None;
        }
        let contact = id(&prefix, client as u64 * each + next);
        next += 1;
        let variables = format!(
            "{{\"input\":{{\"interactionId\":\"{}\",\"wrapUpCode\":\"billing\",\"disposition\":\"follow_up\",\"note\":\"{NOTE}\",\
             \"newCase\":{{\"type\":\"billing_complaint\",\"subject\":\"{SUBJECT}\",\"text\":\"{TEXT}\",\"priority\":\"NORMAL\"}}}}}}",
            encode(Kind::Interaction, tenant, contact)
        );
        Some(request(
            address,
            &key,
            &cookie,
            Some(&format!("bench-{contact}")),
            &document,
            &variables,
        ))
    })
}

/// Runs it.
pub fn run(bench: &Bench<'_>) -> Ended {
    let clients = bench.settings.clients;
    if clients > 16 {
        return Err(
            "W4 runs with at most 16 clients: pgbench takes case numbers from sixteen slots without waiting."
                .to_owned(),
        );
    }
    // The largest utility alone: one set of case numbers for everybody.
    let tenant = bench.tenants.first().ok_or("There is no utility.")?;
    prepare(bench)?;
    bench.scratch.sql(NEXT)?;
    let document = bench.server.document("mutation InteractionLog(")?;
    let cookies: Vec<String> = (0..clients)
        .map(|c| bench.server.session(id(PERSON, c as u64)))
        .collect::<Result<_, _>>()?;

    let few = contacts(bench, tenant, COMPARED as u64 + 1)?;
    let before = bench.scratch.counts(&WRITTEN)?;
    let mut connection = Connection::new(bench.server.address)?;
    let mut next = requests(bench, &few, tenant, &document, &cookies, 0);
    for _ in 0..COMPARED {
        let body = connection.ask(&next().unwrap_or_default())?;
        if !body.contains(WANTED.0) || body.contains("\"errors\":[") {
            return Err(format!("Not logged: {body}"));
        }
    }
    let between = bench.scratch.counts(&WRITTEN)?;
    let few = contacts(bench, tenant, COMPARED as u64 + 1)?;
    pgbench::few(bench, &plan(&few, tenant), COMPARED)?;
    same_rows(&before, &between, &bench.scratch.counts(&WRITTEN)?)?;
    println!(
        "W4 log a contact: {} customers, {clients} clients, {ROUNDS} rounds of {} s each, commits on disk.",
        bench.settings.customers, bench.settings.seconds
    );
    println!(
        "{COMPARED} contacts logged by each: the same numbers of rows in the same {} tables.",
        WRITTEN.len()
    );

    let each = (bench.settings.seconds + WARM_UP.as_secs() + 1) * MOST_PER_SECOND / clients as u64;
    pgbench::round(bench, &plan(&contacts(bench, tenant, each)?, tenant), WARM_UP)?;
    let (mut busbar, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let ready = contacts(bench, tenant, each)?;
        busbar.push(closed_loop(bench, WARM_UP, &WANTED, &|client| {
            requests(bench, &ready, tenant, &document, &cookies, client)
        })?);
        let ready = contacts(bench, tenant, each)?;
        limit.push(pgbench::round(
            bench,
            &plan(&ready, tenant),
            Duration::from_secs(bench.settings.seconds),
        )?);
    }
    report::table(&busbar, &limit, GOAL);
    Ok(())
}
