//! Rules of access as tenants change them, and the templates every utility starts with.

use crate::permission::{FieldClass, Permission};
use crate::policy::{CONDITIONS, PolicyRow};
use domain::act::Act;
use domain::audit::{AuditStore, Object};
use domain::event::EventStore;
use domain::fault::{Code, Fault, Outcome, StoreError, Stored};
use domain::ids::{PolicyId, TenantId};
use domain::scope::Scope;
use serde_json::json;

/// Where rules and their epoch are kept.
pub trait PolicyStore: AuditStore + EventStore {
    /// All rules of a utility with their epoch.
    fn policy_list(&mut self, tenant: TenantId) -> Stored<(i64, Vec<PolicyRow>)>;
    /// The epoch alone: for those who are no actor and open no operation (worker, switchboard).
    fn policy_epoch(&mut self, tenant: TenantId) -> Stored<i64>;
    /// Keeps a rule; false if the same is there already.
    fn policy_insert(&mut self, tenant: TenantId, row: &PolicyRow) -> Stored<bool>;
    /// Removes a rule.
    fn policy_delete(&mut self, tenant: TenantId, id: PolicyId) -> Stored<()>;
    /// Moves the epoch, in the transaction of the change.
    fn policy_epoch_move(&mut self, tenant: TenantId) -> Stored<()>;
}

/// A rule as it is put.
#[derive(Clone, Debug)]
pub struct NewPolicy {
    /// Whose.
    pub role: String,
    /// On what.
    pub object: String,
    /// Doing what.
    pub act: String,
    /// Under which condition.
    pub condition: String,
    /// `allow` or `deny`.
    pub effect: String,
}

/// Whether an object and act exist at all.
pub fn is_known(object: &str, act: &str) -> bool {
    Permission::ALL
        .iter()
        .any(|p| p.object() == object && p.act() == act)
        || FieldClass::ALL.iter().any(|c| c.object() == object) && matches!(act, "full" | "masked")
}

/// Adds a rule. Denials hold always (condition `any`): a conditional one could not be told apart from an allowance in a list.
pub fn put(
    store: &mut (impl PolicyStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    new: NewPolicy,
) -> Outcome<PolicyRow> {
    if !is_known(&new.object, &new.act) {
        return Err(Fault::at(Code::PolicyUnknown, "object"));
    }
    if !CONDITIONS.contains(&new.condition.as_str()) {
        return Err(Fault::at(Code::PolicyUnknown, "condition"));
    }
    if new.effect != "allow" && new.effect != "deny" || new.effect == "deny" && new.condition != "any" {
        return Err(Fault::at(Code::PolicyUnknown, "effect"));
    }
    // Rules of nobody and of customers, and of the policies themselves, come from the platform alone.
    if matches!(new.role.as_str(), "nobody" | "customer" | "person") || new.object == "policy" {
        return Err(Fault::at(Code::PolicySealed, "role"));
    }
    let row = PolicyRow {
        id: act.id(),
        role: new.role,
        object: new.object,
        act: new.act,
        condition: new.condition,
        effect: new.effect,
        sealed: false,
    };
    if store.policy_insert(scope.tenant, &row)? {
        store.policy_epoch_move(scope.tenant)?;
        act.audit(store, "policy.put", Object::new("policy", row.id), json!({ "role": row.role, "object": row.object, "act": row.act, "condition": row.condition, "effect": row.effect }))?;
        let event = act.event("PolicyPut", "policy", row.id.0, json!({}));
        store.event_append(&event)?;
        return Ok(row);
    }
    let (_, rows) = store.policy_list(scope.tenant)?;
    rows.into_iter()
        .find(|r| {
            r.role == row.role
                && r.object == row.object
                && r.act == row.act
                && r.condition == row.condition
                && r.effect == row.effect
        })
        .ok_or(Fault::Store(StoreError::Conflict))
}

/// Removes a rule that is not sealed.
pub fn remove(
    store: &mut (impl PolicyStore + ?Sized),
    act: &mut Act<'_>,
    scope: &Scope,
    id: PolicyId,
) -> Outcome<PolicyRow> {
    let (_, rows) = store.policy_list(scope.tenant)?;
    let row = rows
        .into_iter()
        .find(|r| r.id == id)
        .ok_or(Fault::Store(StoreError::NotFound))?;
    if row.sealed {
        return Err(Fault::at(Code::PolicySealed, "policyId"));
    }
    store.policy_delete(scope.tenant, id)?;
    store.policy_epoch_move(scope.tenant)?;
    act.audit(store, "policy.remove", Object::new("policy", id), json!({ "role": row.role, "object": row.object, "act": row.act, "condition": row.condition, "effect": row.effect }))?;
    let event = act.event("PolicyRemoved", "policy", id.0, json!({}));
    store.event_append(&event)?;
    Ok(row)
}

/// A rule of a template: role, object, act, condition, sealed.
pub type Template = (&'static str, &'static str, &'static str, &'static str, bool);

/// What every utility starts with.
pub const TENANT_TEMPLATE: &[Template] = &[
    ("operator", "me", "read", "any", true),
    ("operator", "node", "read", "any", true),
    ("operator", "node", "list", "any", true),
    ("operator", "tenant", "read", "any", true),
    ("operator", "card", "read", "any", false),
    ("operator", "customer", "list", "any", false),
    ("operator", "invoice", "list", "any", false),
    ("operator", "invoice", "read", "any", false),
    ("operator", "interaction", "list", "any", false),
    ("operator", "case", "list", "any", false),
    ("operator", "case", "read", "any", false),
    ("operator", "case-type", "list", "any", true),
    ("operator", "wrap-up", "list", "any", true),
    ("operator", "session", "close", "any", true),
    ("operator", "offer", "accept", "any", false),
    ("operator", "offer", "decline", "any", false),
    ("operator", "interaction", "identify", "assigned", false),
    ("operator", "interaction", "log", "assigned", false),
    ("operator", "case", "note", "any", false),
    ("operator", "case", "close", "assigned", false),
    ("operator", "class:contact", "full", "any", false),
    ("operator", "class:identity", "full", "any", false),
    ("operator", "class:financial", "full", "any", false),
    ("operator", "class:free_text", "full", "any", false),
    ("supervisor", "me", "read", "any", true),
    ("supervisor", "node", "read", "any", true),
    ("supervisor", "node", "list", "any", true),
    ("supervisor", "tenant", "read", "any", true),
    ("supervisor", "card", "read", "any", false),
    ("supervisor", "customer", "list", "any", false),
    ("supervisor", "invoice", "list", "any", false),
    ("supervisor", "invoice", "read", "any", false),
    ("supervisor", "interaction", "list", "any", false),
    ("supervisor", "case", "list", "any", false),
    ("supervisor", "case", "read", "any", false),
    ("supervisor", "case", "note", "any", false),
    ("supervisor", "case", "close", "any", false),
    ("supervisor", "case-type", "list", "any", true),
    ("supervisor", "wrap-up", "list", "any", true),
    ("supervisor", "session", "close", "any", true),
    ("supervisor", "grant", "list", "any", false),
    ("supervisor", "class:contact", "masked", "any", false),
    ("supervisor", "class:identity", "full", "any", false),
    ("supervisor", "class:financial", "masked", "any", false),
    ("supervisor", "class:free_text", "full", "any", false),
    ("tenant_admin", "me", "read", "any", true),
    ("tenant_admin", "node", "read", "any", true),
    ("tenant_admin", "node", "list", "any", true),
    ("tenant_admin", "tenant", "read", "any", true),
    ("tenant_admin", "case-type", "list", "any", true),
    ("tenant_admin", "wrap-up", "list", "any", true),
    ("tenant_admin", "session", "close", "any", true),
    ("tenant_admin", "grant", "list", "any", true),
    ("tenant_admin", "grant", "give", "any", true),
    ("tenant_admin", "grant", "end", "any", true),
    ("tenant_admin", "policy", "list", "any", true),
    ("tenant_admin", "policy", "put", "any", true),
    ("tenant_admin", "policy", "remove", "any", true),
    ("auditor", "me", "read", "any", true),
    ("auditor", "tenant", "read", "any", true),
    ("auditor", "session", "close", "any", true),
    ("auditor", "audit", "list", "any", true),
    ("auditor", "policy", "list", "any", true),
    ("auditor", "grant", "list", "any", true),
    ("customer", "me", "read", "any", true),
    ("customer", "node", "read", "any", true),
    ("customer", "node", "list", "any", true),
    ("customer", "tenant", "read", "any", true),
    ("customer", "card", "read", "self", true),
    ("customer", "invoice", "list", "self", true),
    ("customer", "invoice", "read", "self", true),
    ("customer", "case", "list", "self", true),
    ("customer", "case-type", "list", "any", true),
    ("customer", "session", "close", "any", true),
    ("customer", "class:contact", "full", "any", true),
    ("customer", "class:identity", "full", "any", true),
    ("customer", "class:financial", "full", "any", true),
    ("customer", "class:free_text", "masked", "any", true),
];

/// What the centre itself starts with: operations that act for no utility.
pub const CENTRE_TEMPLATE: &[Template] = &[
    ("nobody", "session", "open", "any", true),
    ("nobody", "portal", "look", "any", true),
    ("nobody", "portal-link", "request", "any", true),
    ("nobody", "portal-link", "redeem", "any", true),
    ("person", "session", "open", "any", true),
    ("person", "session", "close", "any", true),
    ("person", "me", "read", "any", true),
    ("person", "portal", "look", "any", true),
    ("person", "portal-link", "request", "any", true),
    ("person", "portal-link", "redeem", "any", true),
    ("person", "work", "list", "any", true),
    ("person", "presence", "set", "any", true),
    ("person", "offer", "hear", "any", true),
    ("person", "interaction", "hear", "any", true),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{Home, Level};
    use crate::policy::TenantPolicy;
    use domain::scope::Sight;
    use uuid::Uuid;

    fn policy(template: &[Template], extra: &[(&str, &str, &str, &str, &str)]) -> TenantPolicy {
        let rows = template
            .iter()
            .map(|(role, object, act, cond, sealed)| (*role, *object, *act, *cond, "allow", *sealed))
            .chain(
                extra
                    .iter()
                    .map(|(role, object, act, cond, eft)| (*role, *object, *act, *cond, *eft, false)),
            )
            .map(|(role, object, act, condition, effect, sealed)| PolicyRow {
                id: PolicyId(Uuid::nil()),
                role: role.into(),
                object: object.into(),
                act: act.into(),
                condition: condition.into(),
                effect: effect.into(),
                sealed,
            })
            .collect();
        TenantPolicy::new(TenantId(Uuid::from_u128(9)), 1, rows)
    }

    #[test]
    fn templates_name_only_what_exists() {
        for (role, object, act, condition, _) in TENANT_TEMPLATE.iter().chain(CENTRE_TEMPLATE) {
            assert!(is_known(object, act), "{role} {object} {act}");
            assert!(CONDITIONS.contains(condition));
        }
    }

    #[test]
    fn every_permission_is_held_by_somebody() {
        let (tenant, centre) = (policy(TENANT_TEMPLATE, &[]), policy(CENTRE_TEMPLATE, &[]));
        for permission in Permission::ALL {
            let home = if permission.home() == Home::Centre {
                &centre
            } else {
                &tenant
            };
            assert!(
                !home.roles_with(*permission).unwrap().is_empty(),
                "nobody holds {permission:?}"
            );
        }
    }

    #[test]
    fn conditions_become_sight_and_a_denial_wins_over_every_role() {
        let policy = policy(TENANT_TEMPLATE, &[("supervisor", "case", "close", "any", "deny")]);
        let operator = policy.of(&["operator".into()]).unwrap();
        assert_eq!(
            operator.sight(Permission::CaseClose).unwrap(),
            Sight {
                assigned: true,
                ..Sight::default()
            }
        );
        assert!(operator.sight(Permission::Card).unwrap().any);
        assert_eq!(operator.level(FieldClass::Contact), Level::Full);
        let both = policy.of(&["operator".into(), "supervisor".into()]).unwrap();
        assert!(both.sight(Permission::CaseClose).unwrap().is_empty());
        let supervisor = policy.of(&["supervisor".into()]).unwrap();
        assert_eq!(supervisor.level(FieldClass::Financial), Level::Masked);
        assert_eq!(supervisor.level(FieldClass::Vulnerability), Level::None);
    }

    #[test]
    fn remembered_sights_equal_what_casbin_says() {
        let policy = policy(
            TENANT_TEMPLATE,
            &[
                ("operator", "case", "note", "case", "allow"),
                ("auditor", "card", "read", "glass", "allow"),
            ],
        );
        for role in [
            "operator",
            "supervisor",
            "tenant_admin",
            "auditor",
            "customer",
            "stranger",
        ] {
            let held = policy.of(&[role.into()]).unwrap();
            for permission in Permission::ALL {
                for (facts, seen) in [
                    (crate::policy::Facts::default(), |s: Sight| s.any),
                    (
                        crate::policy::Facts {
                            assigned: true,
                            ..Default::default()
                        },
                        |s: Sight| s.assigned,
                    ),
                    (
                        crate::policy::Facts {
                            on_case: true,
                            ..Default::default()
                        },
                        |s: Sight| s.on_case,
                    ),
                    (
                        crate::policy::Facts {
                            glass: true,
                            ..Default::default()
                        },
                        |s: Sight| s.glass,
                    ),
                    (
                        crate::policy::Facts {
                            own: true,
                            ..Default::default()
                        },
                        |s: Sight| s.own,
                    ),
                ] as [(crate::policy::Facts, fn(Sight) -> bool); 5]
                {
                    for _ in 0..2 {
                        assert_eq!(
                            seen(held.sight(*permission).unwrap()),
                            held.enforce(permission.object(), permission.act(), facts)
                                .unwrap()
                        );
                    }
                }
            }
        }
    }
}
