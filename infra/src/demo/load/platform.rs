//! The rows that stand before any customer: utilities, people, grants, rules, words, switchboard.

use super::{LoadPlan, RowIds, SeedPolicy, enter};
use crate::demo::people::{DemoPerson, people};
use crate::demo::tenants::{centre, switchboard, tenant_role, tenants};
use crate::demo::words::{case_types, wrap_up_codes};
use chrono::TimeDelta;
use diesel::sql_types::{
    Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel::{Connection, PgConnection, QueryResult, QueryableByName, RunQueryDsl, sql_query};
use domain::ids::{PersonId, TenantId};
use domain::tenant::{Labels, Tenant};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Writes what is not there yet; what is there is left as it is.
pub(super) fn load(
    owner: &mut PgConnection,
    plan: &LoadPlan<'_>,
    ids: &mut RowIds,
    hash: &dyn Fn(&str) -> String,
) -> QueryResult<()> {
    let people = people();
    let known: Vec<Login> = sql_query("select login from people").load(owner)?;
    // Hashing is slow on purpose: once for each password that is new.
    let mut hashed: Option<(&str, String)> = None;
    for person in people
        .iter()
        .filter(|p| !known.iter().any(|k| k.login == p.person.login))
    {
        let digest = match &hashed {
            Some((password, digest)) if *password == person.password => digest.clone(),
            _ => hash(person.password),
        };
        hashed = Some((person.password, digest.clone()));
        person_put(owner, person, &digest, plan)?;
    }
    tenant_put(owner, &centre(), plan)?;
    owner.transaction(|c| {
        enter(c, TenantId::CENTRE)?;
        policies_put(c, TenantId::CENTRE, plan.centre_policies, plan, ids)
    })?;
    let switchboard_id = switchboard_put(owner, plan, ids)?;
    for tenant in tenants() {
        tenant_put(owner, &tenant, plan)?;
        owner.transaction(|c| {
            enter(c, tenant.id)?;
            policies_put(c, tenant.id, plan.tenant_policies, plan, ids)?;
            words_put(c, "insert into case_types (tenant_id, key, position, labels) select $1, k, p, l::jsonb from unnest($2::text[], $3::int[], $4::text[]) as u (k, p, l) on conflict do nothing", tenant.id, case_types(&tenant.key))?;
            words_put(c, "insert into wrap_up_codes (tenant_id, key, position, labels) select $1, k, p, l::jsonb from unnest($2::text[], $3::int[], $4::text[]) as u (k, p, l) on conflict do nothing", tenant.id, wrap_up_codes(&tenant.key))?;
            sql_query("insert into case_counters (tenant_id, slot, next) select $1, s, 6250 from generate_series(0, 15) s on conflict do nothing")
                .bind::<SqlUuid, _>(tenant.id.0)
                .execute(c)?;
            for (_, number, queue) in switchboard().numbers.iter().filter(|n| n.0 == tenant.key) {
                sql_query("insert into dialled_numbers (tenant_id, number, switchboard_id, queue) values ($1, $2, $3, $4) on conflict do nothing")
                    .bind::<SqlUuid, _>(tenant.id.0)
                    .bind::<Text, _>(number)
                    .bind::<SqlUuid, _>(switchboard_id)
                    .bind::<Text, _>(queue)
                    .execute(c)?;
            }
            grants_put(c, &tenant, &people, plan, ids)
        })?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Login {
    #[diesel(sql_type = Text)]
    login: String,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

fn json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn tenant_put(owner: &mut PgConnection, tenant: &Tenant, plan: &LoadPlan<'_>) -> QueryResult<()> {
    let commodities: Vec<&str> = tenant.commodities.iter().map(|c| c.text()).collect();
    sql_query(
        "insert into tenants (id, key, name, role, commodities, country, languages, zone, currency, case_prefix, mail_name, mail_address, brand, greetings, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing",
    )
    .bind::<SqlUuid, _>(tenant.id.0)
    .bind::<Text, _>(&tenant.key)
    .bind::<Text, _>(&tenant.name)
    .bind::<Text, _>(tenant_role(&tenant.key))
    .bind::<Array<Text>, _>(commodities)
    .bind::<Text, _>(&tenant.country)
    .bind::<Array<Text>, _>(&tenant.languages)
    .bind::<Text, _>(&tenant.zone)
    .bind::<Text, _>(&tenant.currency)
    .bind::<Text, _>(&tenant.case_prefix)
    .bind::<Text, _>(&tenant.mail_name)
    .bind::<Text, _>(&tenant.mail_address)
    .bind::<Jsonb, _>(json(&tenant.brand))
    .bind::<Jsonb, _>(json(&tenant.greetings))
    .bind::<Timestamptz, _>(plan.now)
    .execute(owner)?;
    Ok(())
}

fn person_put(
    owner: &mut PgConnection,
    person: &DemoPerson,
    digest: &str,
    plan: &LoadPlan<'_>,
) -> QueryResult<()> {
    let p = &person.person;
    sql_query("insert into people (id, login, display_name, locale, extension, active, password_hash, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing")
        .bind::<SqlUuid, _>(p.id.0)
        .bind::<Text, _>(&p.login)
        .bind::<Text, _>(&p.display_name)
        .bind::<Text, _>(&p.locale)
        .bind::<Nullable<Text>, _>(&p.extension)
        .bind::<Bool, _>(p.active)
        .bind::<Text, _>(digest)
        .bind::<Timestamptz, _>(plan.now)
        .execute(owner)?;
    Ok(())
}

fn policies_put(
    c: &mut PgConnection,
    tenant: TenantId,
    policies: &[SeedPolicy<'_>],
    plan: &LoadPlan<'_>,
    ids: &mut RowIds,
) -> QueryResult<()> {
    let of = |field: fn(&SeedPolicy<'_>) -> String| policies.iter().map(field).collect::<Vec<_>>();
    let new: Vec<Uuid> = policies.iter().map(|_| ids.at(plan.now)).collect();
    // A utility that has an epoch has its own rules: what it took away does not come back.
    let known: Vec<Id> = sql_query("select tenant_id as id from policy_epochs where tenant_id = $1")
        .bind::<SqlUuid, _>(tenant.0)
        .load(c)?;
    if known.iter().any(|k| k.id == tenant.0) {
        return Ok(());
    }
    sql_query(
        "insert into policies (tenant_id, id, role, object, act, condition, effect, sealed)
         select $1, u.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bool[]) u on conflict do nothing",
    )
    .bind::<SqlUuid, _>(tenant.0)
    .bind::<Array<SqlUuid>, _>(new)
    .bind::<Array<Text>, _>(of(|p| p.role.to_owned()))
    .bind::<Array<Text>, _>(of(|p| p.object.to_owned()))
    .bind::<Array<Text>, _>(of(|p| p.act.to_owned()))
    .bind::<Array<Text>, _>(of(|p| p.condition.to_owned()))
    .bind::<Array<Text>, _>(of(|p| p.effect.to_owned()))
    .bind::<Array<Bool>, _>(policies.iter().map(|p| p.sealed).collect::<Vec<_>>())
    .execute(c)?;
    sql_query("insert into policy_epochs (tenant_id, epoch) values ($1, $2)")
        .bind::<SqlUuid, _>(tenant.0)
        .bind::<BigInt, _>(1)
        .execute(c)?;
    Ok(())
}

fn words_put(
    c: &mut PgConnection,
    sql: &str,
    tenant: TenantId,
    words: Vec<(String, Labels)>,
) -> QueryResult<()> {
    let positions: Vec<i32> = (1..).take(words.len()).collect();
    let (keys, labels): (Vec<String>, Vec<String>) = words
        .into_iter()
        .map(|(key, labels)| (key, json(&labels).to_string()))
        .unzip();
    sql_query(sql)
        .bind::<SqlUuid, _>(tenant.0)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Integer>, _>(positions)
        .bind::<Array<Text>, _>(labels)
        .execute(c)?;
    Ok(())
}

fn switchboard_put(owner: &mut PgConnection, plan: &LoadPlan<'_>, ids: &mut RowIds) -> QueryResult<Uuid> {
    let board = switchboard();
    let digest = Sha256::digest(board.token.as_bytes()).to_vec();
    sql_query("insert into switchboards (id, name, digest) values ($1, $2, $3) on conflict do nothing")
        .bind::<SqlUuid, _>(ids.at(plan.now))
        .bind::<Text, _>(board.name)
        .bind::<Binary, _>(&digest)
        .execute(owner)?;
    let found: Id = sql_query("select id from switchboards where digest = $1")
        .bind::<Binary, _>(&digest)
        .get_result(owner)?;
    Ok(found.id)
}

fn grants_put(
    c: &mut PgConnection,
    tenant: &Tenant,
    people: &[DemoPerson],
    plan: &LoadPlan<'_>,
    ids: &mut RowIds,
) -> QueryResult<()> {
    // Grants of the demo are told by who gave them: nobody gives herself one.
    let by = people.iter().find(|p| {
        p.grants
            .iter()
            .any(|g| g.role == "tenant_admin" && g.tenant == tenant.key)
    });
    let by: PersonId = by
        .or(people.first())
        .map(|p| p.person.id)
        .unwrap_or(PersonId(Uuid::nil()));
    for person in people {
        for grant in person.grants.iter().filter(|g| g.tenant == tenant.key) {
            let skills: serde_json::Map<String, serde_json::Value> = grant
                .skills
                .iter()
                .map(|(skill, level)| ((*skill).to_owned(), (*level).into()))
                .collect();
            sql_query(
                "insert into grants (tenant_id, id, person_id, role, commodity, skills, languages, purpose, valid_from, valid_to, granted_by)
                 select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
                 where not exists (select from grants where tenant_id = $1 and person_id = $3 and role = $4)",
            )
            .bind::<SqlUuid, _>(tenant.id.0)
            .bind::<SqlUuid, _>(ids.at(plan.now))
            .bind::<SqlUuid, _>(person.person.id.0)
            .bind::<Text, _>(grant.role)
            .bind::<Nullable<Text>, _>(grant.commodity.map(|c| c.text()))
            .bind::<Jsonb, _>(serde_json::Value::Object(skills))
            .bind::<Array<Text>, _>(grant.languages.to_vec())
            .bind::<Text, _>(grant.purpose)
            .bind::<Timestamptz, _>(plan.now + TimeDelta::days(grant.from_days))
            .bind::<Nullable<Timestamptz>, _>(grant.to_days.map(|days| plan.now + TimeDelta::days(days)))
            .bind::<SqlUuid, _>(by.0)
            .execute(c)?;
        }
    }
    Ok(())
}
