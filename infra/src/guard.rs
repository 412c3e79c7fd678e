//! Looks at the login itself before it is used: one that could see past row security would make every test of isolation lie.

use crate::pg::{Database, Mode, binds, statements};
use domain::fault::Stored;
use domain::ids::TenantId;
use serde::Deserialize;

statements! {
    LoginPowers = "select json_build_object('login', r.rolname, 'superuser', r.rolsuper, 'bypasses', r.rolbypassrls,
            'owns', exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p')),
            'creates', has_schema_privilege(r.oid, 'public', 'CREATE'))::text
        from pg_roles r where r.rolname = current_user";
}

#[derive(Deserialize)]
struct Powers {
    login: String,
    superuser: bool,
    bypasses: bool,
    owns: bool,
    creates: bool,
}

/// What the login could do and must not, in sentences; empty for a good one.
pub fn login_faults(database: &Database) -> Stored<Vec<String>> {
    let mut store = database.begin(TenantId::CENTRE, Mode::Read)?;
    let Some(p): Option<Powers> = store.one(LoginPowers, binds![])? else {
        return Ok(Vec::new());
    };
    let told = [
        (p.superuser, "is a superuser: row security would not bind it"),
        (p.bypasses, "has BYPASSRLS: row security would not bind it"),
        (p.owns, "owns tables: it could change their policies"),
        (p.creates, "may create tables in the schema public"),
    ];
    Ok(told
        .iter()
        .filter(|(wrong, _)| *wrong)
        .map(|(_, why)| format!("The login {} {why}.", p.login))
        .collect())
}
