//! What Postgres itself says of tables, keys, policies, functions and logins.

use super::{found, kept};
use diesel::{Connection, PgConnection};
use serde_json::Value;
use std::collections::BTreeSet;
use tests::{Login, sql};

/// Tables that belong to no utility. None holds anything about a customer.
const WITHOUT_TENANT: &[&str] = &[
    "__diesel_schema_migrations",
    "leases",
    "people",
    "presence",
    "sessions",
    "switchboards",
    "tenants",
];
/// The one form of a policy: bare, without a sub-select, empty when nothing is set.
const TENANT_EXPRESSION: &str =
    "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";
/// Tables that the owner's `pre_tenant_…` functions look into before a tenant is known.
const LOOKED_INTO: &[&str] = &["dialled_numbers", "grants"];

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or("")
}

fn list(connection: &mut PgConnection, faults: &mut Vec<String>, statement: &str) {
    faults.extend(
        sql::rows(connection, statement)
            .iter()
            .map(|row| text(row, "fault").to_owned()),
    );
}

/// Everything in the catalogue that breaks a law.
fn faults(c: &mut PgConnection) -> Vec<String> {
    let mut faults = Vec::new();
    let tables = "select r.oid, r.relname, r.relrowsecurity, r.relforcerowsecurity, a.attnum, a.attnotnull from pg_class r
         left join pg_attribute a on a.attrelid = r.oid and a.attname = 'tenant_id' and not a.attisdropped
         where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and not r.relispartition";
    let tenant_tables = format!("select * from ({tables}) every where attnum is not null");

    let without: BTreeSet<String> = sql::rows(
        c,
        &format!("select relname from ({tables}) t where attnum is null"),
    )
    .iter()
    .map(|r| text(r, "relname").to_owned())
    .collect();
    let named: BTreeSet<String> = WITHOUT_TENANT.iter().map(|n| (*n).to_owned()).collect();
    faults.extend(
        without
            .difference(&named)
            .map(|n| format!("{n} has no tenant_id and is not in the list")),
    );
    faults.extend(
        named
            .difference(&without)
            .map(|n| format!("{n} is in the list of tables without tenant_id and is none")),
    );

    list(
        c,
        &mut faults,
        &format!(
            "select relname || ': tenant_id may be null' as fault from ({tenant_tables}) t where not attnotnull"
        ),
    );
    list(c, &mut faults, &format!(
        "select t.relname || ': ' || k.conname || ' does not begin with tenant_id' as fault from ({tenant_tables}) t
         join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f') and k.conkey[1] <> t.attnum
         where k.contype <> 'f' or k.confrelid in (select oid from ({tenant_tables}) other)"));
    list(c, &mut faults, &format!(
        "select t.relname || ': ' || k.conname || ' leads to another column than tenant_id' as fault from ({tenant_tables}) t
         join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join ({tenant_tables}) other on other.oid = k.confrelid
         where k.confkey[1] <> other.attnum"));
    list(
        c,
        &mut faults,
        &format!(
            "select t.relname || ': no primary key' as fault from ({tables}) t
         where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')"
        ),
    );
    list(c, &mut faults, &format!(
        "select t.relname || ': unique index ' || i.indexrelid::regclass || ' does not begin with tenant_id' as fault
         from ({tenant_tables}) t join pg_index i on i.indrelid = t.oid and i.indisunique and i.indkey[0] <> t.attnum"));
    list(c, &mut faults, &format!(
        "select t.relname || ': no index begins with tenant_id' as fault from ({tenant_tables}) t
         where not exists (select from pg_index i where i.indrelid = t.oid and i.indkey[0] = t.attnum and i.indpred is null)"));
    list(
        c,
        &mut faults,
        &format!(
            "select relname || ': row security is not enabled' as fault from ({tenant_tables}) t where not relrowsecurity"
        ),
    );
    list(
        c,
        &mut faults,
        &format!(
            "select relname || ': row security is not forced' as fault from ({tenant_tables}) t where not relforcerowsecurity"
        ),
    );
    list(c, &mut faults,
        "select r.relname || ': a partition without forced row security' as fault from pg_class r
         where r.relispartition and r.relkind in ('r', 'p') and not (r.relrowsecurity and r.relforcerowsecurity)");
    list(c, &mut faults,
        "select r.relname || ': ' || l.login || ' may ' || p.name || ' a partition directly' as fault from pg_class r
         cross join (values ('busbar_runtime'), ('busbar_worker')) l (login)
         cross join (values ('select'), ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')) p (name)
         where r.relispartition and r.relkind in ('r', 'p')
             and (has_table_privilege(l.login, r.oid, p.name) or p.name in ('select', 'insert', 'update') and has_any_column_privilege(l.login, r.oid, p.name))");
    policies(c, &tenant_tables, &mut faults);
    list(c, &mut faults,
        "select relname || ': a view that does not ask as its caller' as fault from pg_class
         where relnamespace = 'public'::regnamespace and (relkind = 'm' or relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false))");
    list(
        c,
        &mut faults,
        "select proname || ': security definer and not named pre_tenant_' as fault from pg_proc
         where pronamespace = 'public'::regnamespace and prosecdef and proname not like 'pre\\_tenant\\_%'",
    );
    list(
        c,
        &mut faults,
        "select proname || ': security definer without a pinned search_path' as fault from pg_proc
         where pronamespace = 'public'::regnamespace and prosecdef
             and not exists (select from unnest(proconfig) s where s like 'search_path=pg_catalog,%')",
    );
    list(c, &mut faults,
        "select p.proname || ': everybody may execute it as its definer' as fault from pg_proc p
         where p.pronamespace = 'public'::regnamespace and p.prosecdef
             and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)");
    list(c, &mut faults,
        "select rolname || ': a login that may too much' as fault from pg_roles where rolname in ('busbar_runtime', 'busbar_worker')
             and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)");
    list(c, &mut faults,
        "select l.rolname || ' owns ' || o.what as fault from pg_roles l join (
             select relowner as owner, relname::text as what from pg_class union all select proowner, proname from pg_proc
             union all select nspowner, nspname from pg_namespace union all select typowner, typname from pg_type
             union all select datdba, datname from pg_database) o on o.owner = l.oid
         where l.rolname in ('busbar_runtime', 'busbar_worker')");
    list(c, &mut faults,
        "select m.rolname || ' is a member of ' || g.rolname as fault from pg_auth_members a join pg_roles m on m.oid = a.member
         join pg_roles g on g.oid = a.roleid where m.rolname in ('busbar_runtime', 'busbar_worker')");
    list(c, &mut faults,
        "select l.login || ' may read password hashes' as fault from (values ('busbar_runtime'), ('busbar_worker')) l (login)
         where has_column_privilege(l.login, 'people', 'password_hash', 'select') or has_column_privilege(l.login, 'people', 'password_hash', 'update')");
    list(c, &mut faults,
        "select l.login || ' may create in ' || n.nspname as fault from (values ('busbar_runtime'), ('busbar_worker')) l (login)
         cross join pg_namespace n where n.nspname not like 'pg\\_t%' and has_schema_privilege(l.login, n.oid, 'create')");
    list(c, &mut faults,
        "select r.relname || '.' || a.attname || ' is of type ' || t.typname || ', which no index serves under row security' as fault
         from pg_class r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
         where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and (t.typtype = 'e' or t.typname = 'citext')");
    faults
}

fn policies(c: &mut PgConnection, tenant_tables: &str, faults: &mut Vec<String>) {
    let rows = sql::rows(c, &format!(
        "select t.relname, p.polname, p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid) as qual,
             pg_get_expr(p.polwithcheck, p.polrelid) as checked,
             (select string_agg(case when o = 0 then 'public' else o::regrole::text end, ',' order by o) from unnest(p.polroles) o) as roles,
             r.relowner::regrole::text as owner
         from ({tenant_tables}) t join pg_class r on r.oid = t.oid left join pg_policy p on p.polrelid = t.oid"
    ));
    let tables: BTreeSet<&str> = rows.iter().map(|r| text(r, "relname")).collect();
    for table in tables {
        let own: Vec<&Value> = rows
            .iter()
            .filter(|r| text(r, "relname") == table && !r["polname"].is_null())
            .collect();
        let roles = if table == "outbox" {
            "busbar_runtime"
        } else {
            "public"
        };
        let is_tenant = |p: &Value| {
            text(p, "polname") == "tenant"
                && text(p, "polcmd") == "*"
                && p["polpermissive"] == true
                && text(p, "qual") == TENANT_EXPRESSION
                && text(p, "checked") == TENANT_EXPRESSION
                && text(p, "roles") == roles
        };
        if !own.iter().any(|p| is_tenant(p)) {
            faults.push(format!("{table}: no policy of the one form"));
        }
        for policy in own.iter().filter(|p| !is_tenant(p)) {
            let name = text(policy, "polname");
            // The worker claims across utilities here and nowhere else.
            let worker = table == "outbox" && name == "worker" && text(policy, "roles") == "busbar_worker";
            let looked_into = LOOKED_INTO.contains(&table)
                && name == "pre_tenant"
                && text(policy, "polcmd") == "r"
                && text(policy, "roles") == text(policy, "owner");
            if !worker && !looked_into {
                faults.push(format!("{table}: policy {name} is not of the one form"));
            }
        }
    }
}

#[test]
fn the_catalogue_keeps_every_law() {
    let mut connection = sql::connect(Login::Superuser);
    let tables = sql::rows(
        &mut connection,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition",
    );
    assert!(tables.len() >= 30, "only {} tables were read", tables.len());
    kept("catalogue", &faults(&mut connection));
}

/// A change that breaks a law, and what must be said of it.
const BREAKAGES: &[(&str, &[&str])] = &[
    ("create table loose (id uuid primary key)", &["loose has no tenant_id"]),
    (
        "create table bad (tenant_id uuid, id uuid primary key, customer_id uuid, unique (id, tenant_id),
             foreign key (customer_id, tenant_id) references customers (id, tenant_id))",
        &["bad: tenant_id may be null", "bad: bad_pkey does not begin", "bad: bad_id_tenant_id_key does not begin", "bad: bad_customer_id_tenant_id_fkey does not begin", "leads to another column", "bad: no index begins", "bad: row security is not enabled", "bad: row security is not forced", "bad: no policy"],
    ),
    ("create table bad (tenant_id uuid not null, id uuid)", &["bad: no primary key"]),
    ("create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id)); create unique index bad_id on bad (id)", &["unique index bad_id does not begin"]),
    (
        "create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id)); alter table bad enable row level security;
         create policy tenant on bad using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))",
        &["bad: row security is not forced", "bad: no policy of the one form", "bad: policy tenant is not of the one form"],
    ),
    (
        "create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id));
         create policy tenant on bad using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
             with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
         create policy also on bad to busbar_worker using (true)",
        &["bad: policy also is not of the one form"],
    ),
    (
        "create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id)) partition by range (id);
         create table bad_rest partition of bad default; grant select on bad_rest to busbar_runtime",
        &["bad_rest: a partition without forced row security", "bad_rest: busbar_runtime may select a partition directly"],
    ),
    ("create view seen as select * from leases", &["seen: a view"]),
    ("create materialized view seen as select * from leases", &["seen: a view"]),
    ("create function sees() returns int language sql security definer as 'select 1'", &["sees: security definer and not named", "sees: security definer without a pinned", "sees: everybody may execute"]),
    ("alter role busbar_runtime bypassrls", &["busbar_runtime: a login that may too much"]),
    ("create table bad (id uuid primary key); alter table bad owner to busbar_worker", &["busbar_worker owns bad"]),
    ("grant pg_read_all_data to busbar_worker", &["busbar_worker is a member of pg_read_all_data"]),
    ("grant select on people to busbar_runtime", &["busbar_runtime may read password hashes"]),
    ("grant create on schema public to busbar_worker", &["busbar_worker may create in public"]),
    ("create type colour as enum ('red'); create table bad (id uuid primary key, of colour)", &["bad.of is of type colour"]),
];

#[test]
fn each_broken_law_of_the_catalogue_is_found() {
    let mut connection = sql::connect(Login::Superuser);
    for (change, expected) in BREAKAGES {
        connection.test_transaction::<_, diesel::result::Error, _>(|connection| {
            // The foreign key of a broken table needs a key to point at.
            sql::execute(connection, "set local lock_timeout = '10s'").unwrap();
            if change.contains("references customers") {
                sql::execute(
                    connection,
                    "create unique index turned on customers (id, tenant_id)",
                )
                .unwrap();
            }
            for statement in change.split("; ").flat_map(|s| s.split(";\n")) {
                sql::execute(connection, statement).unwrap_or_else(|error| panic!("{error} in: {statement}"));
            }
            let faults = faults(connection);
            expected.iter().for_each(|what| found(&faults, what));
            Ok(())
        });
    }
}

#[test]
fn the_logins_of_the_program_run_no_ddl() {
    for login in [Login::Runtime, Login::Worker] {
        for statement in [
            "create table mine (id uuid)",
            "create table public.mine as select 1",
            "create temporary table mine (id uuid)",
            "create schema mine",
            "create function mine() returns int language sql as 'select 1'",
            "create view mine as select 1",
            "create type mine as enum ('a')",
            "create extension pgcrypto",
            "create role mine",
            "create policy mine on cases using (true)",
            "alter table cases add column mine int",
            "alter table cases disable row level security",
            "alter table cases no force row level security",
            "alter policy tenant on cases using (true)",
            "alter role busbar_runtime bypassrls",
            "alter role busbar_worker superuser",
            "alter system set fsync = off",
            "drop table leases",
            "drop policy tenant on cases",
            "truncate cases",
            "create index mine on cases (id)",
            "grant select on people to public",
            "comment on table cases is 'mine'",
            "set role busbar_owner",
            "set session authorization busbar_owner",
            "set session_replication_role = replica",
            "copy (select 1) to '/tmp/mine'",
            "copy (select 1) to program 'true'",
            "select password_hash from people",
            "delete from audit_entries",
            "update audit_entries set action = 'x'",
        ] {
            // A connection of its own: a transaction would hide that a later statement is refused for the first one's sake.
            let mut connection = sql::connect(login);
            let said = sql::execute(&mut connection, statement);
            assert!(said.is_err(), "{login:?} may: {statement}");
            let said = said.unwrap_err();
            assert!(
                [
                    "permission denied",
                    "must be owner",
                    "must be superuser",
                    "must have",
                    "does not exist",
                    "permission to",
                    "Only roles",
                    "must be able"
                ]
                .iter()
                .any(|text| said.contains(text)),
                "{login:?}, {statement}: {said}"
            );
        }
    }
}
