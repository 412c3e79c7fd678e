//! SQL past the program, as the logins that the program uses: without the right setting nothing is there.

use super::sides::{Look, Side, differing};
use diesel::PgConnection;
use tests::{Login, sql, stage};

/// A try that row security or a missing privilege has to stop.
fn refused(connection: &mut PgConnection, statement: &str) -> Result<bool, String> {
    match sql::execute(connection, statement) {
        Ok(0) => Ok(false),
        Ok(rows) => Err(format!("{rows} rows: {statement}")),
        Err(said)
            if said.contains("permission denied") || said.contains("violates row-level security policy") =>
        {
            Ok(true)
        }
        Err(said) => Err(format!("{said}: {statement}")),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sql_with_no_empty_or_foreign_tenant_sees_and_changes_nothing() {
    let (mut victim, stranger) = (Side::new("Pokorná").await, Side::new("Veselá").await);
    let (tenant, foreign) = (victim.utility.tenant.id, stranger.utility.tenant.id);
    // Something in every table: a link, a kept answer, an import and a sealed audit came by use; the rest is made here.
    let ask = "mutation($k: String!, $e: String!) { portalLinkRequest(input: { tenantKey: $k, email: $e }) { sent } }";
    let address = victim.first.record.emails[0].clone();
    tests::Client::new(tests::server().base_url())
        .graphql(
            ask,
            serde_json::json!({ "k": victim.utility.tenant.key, "e": address }),
        )
        .await
        .ok();
    stage().mailbox().wait_for(&address, 1);
    victim.contact().await;
    let read = "query($c: ID!) { node(id: $c) { ... on Customer { phones { value } } } }";
    victim
        .staff(&victim.operator)
        .graphql(read, serde_json::json!({ "c": victim.first.global }))
        .await
        .ok();
    let mut superuser = sql::connect(Login::Superuser);
    sql::execute(
        &mut superuser,
        &format!(
            "insert into imports values ('{tenant}', '{}', 'ubl', 'a.xml', '\\x00', now(), 1, 0, 0)",
            tests::town::id()
        ),
    )
    .unwrap();
    tests::eventually("the audit is sealed", || {
        (sql::value(
            &mut superuser,
            &format!("select count(*) from audit_heads where tenant_id = '{tenant}'"),
        ) != 0)
            .then_some(())
    });
    victim.quiet();

    let mut look = Look::new(&[&victim]);
    let before = look.at(&victim);
    let tables = look.tables().to_vec();
    let (mut tries, mut stopped_by_policy, mut controls) = (0, 0, 0);
    for login in [Login::Runtime, Login::Worker] {
        let name = if login == Login::Runtime {
            "busbar_runtime"
        } else {
            "busbar_worker"
        };
        for table in &tables {
            let count = format!("select count(*) as n from {table} where tenant_id = '{tenant}'");
            let there = sql::value(&mut superuser, &count);
            assert_ne!(
                there, 0,
                "{table} holds nothing of the victim: the tries would prove nothing"
            );
            let row = sql::value(
                &mut superuser,
                &format!("select row_to_json(t) from {table} t where tenant_id = '{tenant}' limit 1"),
            );
            let may = |what: &str, superuser: &mut PgConnection| {
                sql::value(
                    superuser,
                    &format!("select has_table_privilege('{name}', '{table}', '{what}')"),
                ) == true
            };
            let column = sql::rows(
                &mut superuser,
                &format!(
                    "select attname from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and has_column_privilege('{name}', '{table}', attname, 'update') order by attnum limit 1"
                ),
            );
            let column = column
                .first()
                .and_then(|c| c["attname"].as_str())
                .unwrap_or("tenant_id")
                .to_owned();
            let claims = login == Login::Worker && table == "outbox";
            for setting in [None, Some(String::new()), Some(foreign.to_string())] {
                // A connection of its own each: nothing is left behind by an earlier one.
                let mut connection = sql::connect(login);
                if let Some(setting) = &setting {
                    sql::execute(&mut connection, &format!("set app.tenant = '{setting}'")).unwrap();
                }
                if claims {
                    continue;
                }
                for statement in [count.clone(), format!("select count(*) as n from {table}")] {
                    let own =
                        setting.as_deref() == Some(&foreign.to_string()) && !statement.contains("where");
                    match sql::try_rows(&mut connection, &statement) {
                        Ok(rows) => assert!(
                            own || rows[0]["n"] == 0,
                            "{login:?} with {setting:?} sees {rows:?}: {statement}"
                        ),
                        Err(said) => assert!(said.contains("permission denied"), "{said}: {statement}"),
                    }
                    tries += 1;
                }
                let json = row.to_string().replace('\'', "''");
                for statement in [
                    format!(
                        "insert into {table} select * from json_populate_record(null::{table}, '{json}')"
                    ),
                    format!("update {table} set {column} = {column} where tenant_id = '{tenant}'"),
                    format!("update {table} set tenant_id = '{tenant}' where tenant_id <> '{tenant}'"),
                    format!("delete from {table} where tenant_id = '{tenant}'"),
                    format!("delete from {table}_rest where tenant_id = '{tenant}'"),
                ] {
                    if statement.contains("_rest")
                        && sql::value(
                            &mut superuser,
                            &format!("select to_regclass('{table}_rest') is null"),
                        ) == true
                    {
                        continue;
                    }
                    let outcome = refused(&mut connection, &statement);
                    stopped_by_policy += usize::from(outcome == Ok(true));
                    assert!(
                        outcome.is_ok(),
                        "{login:?} with {setting:?}: {}",
                        outcome.unwrap_err()
                    );
                    tries += 1;
                }
            }
            // The control: with the right setting the same login sees all of it.
            if may("select", &mut superuser) {
                let mut connection = sql::connect(login);
                sql::execute(&mut connection, &format!("set app.tenant = '{tenant}'")).unwrap();
                assert_eq!(
                    sql::rows(&mut connection, &count)[0]["n"],
                    there,
                    "{login:?} {table}"
                );
                controls += 1;
            }
        }
    }
    let after = look.at(&victim);
    assert_eq!(differing(&before, &after), Vec::<String>::new());
    println!(
        "direct SQL: {} tables, {tries} tries, {stopped_by_policy} stopped with an error, {controls} controls",
        tables.len()
    );
    assert!(
        controls >= tables.len() && stopped_by_policy > tables.len() * 3,
        "{controls} {stopped_by_policy}"
    );
}
