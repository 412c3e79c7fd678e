//! Every root field is a permission, and who holds which is one readable table.

use super::{found, kept, snapshot};
use domain::ids::{PolicyId, TenantId};
use domain::scope::Sight;
use std::collections::BTreeSet;
use tenancy::permission::{FieldClass, Home, Level, Permission};
use tenancy::policies::{CENTRE_TEMPLATE, TENANT_TEMPLATE, Template};
use tenancy::policy::{PolicyRow, TenantPolicy};
use tests::sdl::Sdl;
use uuid::Uuid;

/// How the fields of a schema and the table of permissions differ.
fn differing(sdl: &Sdl, permissions: &[&str]) -> Vec<String> {
    // `interactions` is a query and a subscription: both sides are compared with their doubles.
    let mut fields: Vec<&str> = sdl.roots().iter().map(|(_, field)| field.name.as_str()).collect();
    let mut table = permissions.to_vec();
    fields.sort_unstable();
    table.sort_unstable();
    let mut faults = Vec::new();
    for name in fields.iter().chain(&table).collect::<BTreeSet<_>>() {
        let count = |of: &[&str]| of.iter().filter(|n| *n == name).count();
        if count(&fields) != count(&table) {
            faults.push(format!(
                "{name}: {} times a root field, {} times a permission",
                count(&fields),
                count(&table)
            ));
        }
    }
    faults
}

#[test]
fn every_root_field_is_a_permission() {
    let permissions: Vec<&str> = Permission::ALL.iter().map(|p| p.field()).collect();
    kept(
        "root fields and permissions",
        &differing(&Sdl::of_the_product(), &permissions),
    );
}

#[test]
fn a_root_field_without_permission_is_found() {
    let sdl = Sdl::read("type Query { me: Int, gossip: Int } type Mutation { caseClose: Int }");
    let faults = differing(&sdl, &["me", "caseClose", "caseOpen"]);
    found(&faults, "gossip: 1 times a root field, 0 times a permission");
    found(&faults, "caseOpen: 0 times a root field, 1 times a permission");
    assert_eq!(faults.len(), 2);
}

fn policy(template: &[Template], tenant: TenantId) -> TenantPolicy {
    let rows = template
        .iter()
        .map(|(role, object, act, condition, sealed)| PolicyRow {
            id: PolicyId(Uuid::nil()),
            role: (*role).into(),
            object: (*object).into(),
            act: (*act).into(),
            condition: (*condition).into(),
            effect: "allow".into(),
            sealed: *sealed,
        });
    TenantPolicy::new(tenant, 1, rows.collect())
}

fn cell(sight: Sight) -> String {
    let parts = [
        (sight.any, "any"),
        (sight.assigned, "assigned"),
        (sight.on_case, "case"),
        (sight.glass, "glass"),
        (sight.own, "self"),
    ];
    if sight.any {
        return "any".into();
    }
    let held: Vec<&str> = parts
        .iter()
        .filter(|(held, _)| *held)
        .map(|(_, name)| *name)
        .collect();
    if held.is_empty() {
        "–".into()
    } else {
        held.join("+")
    }
}

fn table(
    out: &mut String,
    head: &str,
    template: &[Template],
    tenant: TenantId,
    homes: &[Home],
    classes: bool,
) {
    let mut roles: Vec<&str> = Vec::new();
    for (role, ..) in template {
        if !roles.contains(role) {
            roles.push(role);
        }
    }
    let policy = policy(template, tenant);
    let held: Vec<_> = roles
        .iter()
        .map(|role| policy.of(&[(*role).to_owned()]).unwrap())
        .collect();
    let mut rows = vec![(
        head.to_owned(),
        roles.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>(),
    )];
    for permission in Permission::ALL.iter().filter(|p| homes.contains(&p.home())) {
        let name = format!(
            "{} ({}:{})",
            permission.field(),
            permission.object(),
            permission.act()
        );
        rows.push((
            name,
            held.iter().map(|h| cell(h.sight(*permission).unwrap())).collect(),
        ));
    }
    if classes {
        for class in FieldClass::ALL {
            let level = |level| match level {
                Level::Full => "full".to_owned(),
                Level::Masked => "masked".to_owned(),
                Level::None => "–".to_owned(),
            };
            rows.push((
                format!("fields of class {}", class.text()),
                held.iter().map(|h| level(h.level(*class))).collect(),
            ));
        }
    }
    for (name, cells) in rows {
        let mut line = format!("{name:<46}");
        for cell in cells {
            line += &format!("{cell:<14}");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn matrix() -> String {
    let mut out = String::from(
        "Who may what: rows are root fields with their permission, columns are roles as every utility begins with them.\n\
         any: everything of the utility · assigned: what is assigned to her · self: the customer's own · –: nothing\n\
         full, masked, –: how much of a class of fields is shown\n\n",
    );
    table(
        &mut out,
        "at a utility",
        TENANT_TEMPLATE,
        TenantId(Uuid::from_u128(1)),
        &[Home::Tenant, Home::Either],
        true,
    );
    out.push('\n');
    table(
        &mut out,
        "at the centre",
        CENTRE_TEMPLATE,
        TenantId::CENTRE,
        &[Home::Centre, Home::Either],
        false,
    );
    out
}

#[test]
fn the_role_matrix_is_as_committed() {
    snapshot("roles.txt", &matrix());
}

#[test]
fn a_changed_template_changes_the_role_matrix() {
    let (mut as_is, mut changed) = (String::new(), String::new());
    let mut template = TENANT_TEMPLATE.to_vec();
    table(
        &mut as_is,
        "",
        &template,
        TenantId(Uuid::from_u128(1)),
        &[Home::Tenant],
        true,
    );
    template.push(("auditor", "case", "close", "assigned", false));
    template.push(("auditor", "class:contact", "masked", "any", false));
    table(
        &mut changed,
        "",
        &template,
        TenantId(Uuid::from_u128(1)),
        &[Home::Tenant],
        true,
    );
    let differing: Vec<_> = as_is
        .lines()
        .zip(changed.lines())
        .filter(|(a, b)| a != b)
        .map(|(_, b)| b)
        .collect();
    assert_eq!(differing.len(), 2, "{differing:?}");
    assert!(
        differing[0].starts_with("caseClose") && differing[1].starts_with("fields of class contact"),
        "{differing:?}"
    );
}
