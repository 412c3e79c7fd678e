//! The Casbin policy of one utility. Built whole from the database's rows, never changed, swapped when the epoch moves.

use crate::permission::{FieldClass, Level, Permission};
use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use domain::ids::PolicyId;
use domain::scope::Sight;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// `case` is a reserved word of the matcher's language, hence `on_case` there.
const MODEL: &str = r#"
[request_definition]
r = sub, ten, obj, act, ctx

[policy_definition]
p = role, ten, obj, act, cond, eft

[role_definition]
g = _, _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.obj == p.obj && r.act == p.act && r.ten == p.ten && g(r.sub, p.role, r.ten) && (p.cond == "any" || p.cond == "assigned" && r.ctx.assigned || p.cond == "case" && r.ctx.on_case || p.cond == "glass" && r.ctx.glass || p.cond == "self" && r.ctx.own)
"#;

/// The closed list of conditions.
pub const CONDITIONS: &[&str] = &["any", "assigned", "case", "glass", "self"];

/// A rule as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRow {
    /// Id.
    pub id: PolicyId,
    /// Whose.
    pub role: String,
    /// On what: a permission's object or `class:…`.
    pub object: String,
    /// Doing what.
    pub act: String,
    /// Under which condition.
    pub condition: String,
    /// `allow` or `deny`.
    pub effect: String,
    /// Whether only the platform may change it.
    pub sealed: bool,
}

/// What is true of actor and object; computed before Casbin is asked.
#[derive(Clone, Copy, Debug, Default, Serialize, Hash, PartialEq, Eq)]
pub struct Facts {
    /// Assigned to the actor.
    pub assigned: bool,
    /// The actor has an open contact or case of this customer.
    pub on_case: bool,
    /// Break-glass is open.
    pub glass: bool,
    /// It is the customer's own.
    pub own: bool,
}

/// Why a policy could not be built or asked: always our fault or a broken row, never the caller's.
#[derive(Debug)]
pub struct PolicyFault(pub String);

impl std::fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for PolicyFault {}
impl From<casbin::Error> for PolicyFault {
    fn from(e: casbin::Error) -> Self {
        PolicyFault(e.to_string())
    }
}

/// What one set of roles may do at one utility under one epoch. Immutable.
pub struct RolePolicy {
    enforcer: Enforcer,
    tenant: String,
    subject: String,
    sights: RwLock<HashMap<Permission, Sight>>,
    levels: [Level; FieldClass::ALL.len()],
}

impl RolePolicy {
    fn build(tenant: &str, rows: &[PolicyRow], roles: &[String]) -> Result<RolePolicy, PolicyFault> {
        // Casbin's constructors are async although nothing in memory waits.
        let enforcer = futures_block(async {
            let model = DefaultModel::from_str(MODEL).await?;
            let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
            enforcer.enable_auto_build_role_links(false);
            enforcer
                .add_policies(
                    rows.iter()
                        .filter(|r| roles.contains(&r.role))
                        .map(|r| {
                            vec![
                                r.role.clone(),
                                tenant.to_owned(),
                                r.object.clone(),
                                r.act.clone(),
                                r.condition.clone(),
                                r.effect.clone(),
                            ]
                        })
                        .collect(),
                )
                .await?;
            enforcer
                .add_grouping_policies(
                    roles
                        .iter()
                        .map(|role| vec![SUBJECT.to_owned(), role.clone(), tenant.to_owned()])
                        .collect(),
                )
                .await?;
            enforcer.build_role_links()?;
            Ok::<_, casbin::Error>(enforcer)
        })?;
        let mut built = RolePolicy {
            enforcer,
            tenant: tenant.to_owned(),
            subject: SUBJECT.to_owned(),
            sights: RwLock::default(),
            levels: [Level::None; FieldClass::ALL.len()],
        };
        for (place, class) in FieldClass::ALL.iter().enumerate() {
            let level = if built.enforce(class.object(), "full", Facts::default())? {
                Level::Full
            } else if built.enforce(class.object(), "masked", Facts::default())? {
                Level::Masked
            } else {
                Level::None
            };
            if let Some(slot) = built.levels.get_mut(place) {
                *slot = level;
            }
        }
        Ok(built)
    }

    /// Casbin's own answer.
    pub fn enforce(&self, object: &str, act: &str, facts: Facts) -> Result<bool, PolicyFault> {
        Ok(self
            .enforcer
            .enforce((self.subject.as_str(), self.tenant.as_str(), object, act, facts))?)
    }

    /// Under which conditions the permission is held: Casbin asked once per condition, then remembered.
    pub fn sight(&self, permission: Permission) -> Result<Sight, PolicyFault> {
        if let Ok(known) = self.sights.read()
            && let Some(sight) = known.get(&permission)
        {
            return Ok(*sight);
        }
        let ask = |facts: Facts| self.enforce(permission.object(), permission.act(), facts);
        let sight = Sight {
            any: ask(Facts::default())?,
            assigned: ask(Facts {
                assigned: true,
                ..Facts::default()
            })?,
            on_case: ask(Facts {
                on_case: true,
                ..Facts::default()
            })?,
            glass: ask(Facts {
                glass: true,
                ..Facts::default()
            })?,
            own: ask(Facts {
                own: true,
                ..Facts::default()
            })?,
        };
        if let Ok(mut known) = self.sights.write() {
            known.insert(permission, sight);
        }
        Ok(sight)
    }

    /// How much of a field class is shown.
    pub fn level(&self, class: FieldClass) -> Level {
        FieldClass::ALL
            .iter()
            .position(|c| *c == class)
            .and_then(|i| self.levels.get(i))
            .copied()
            .unwrap_or_default()
    }
}

const SUBJECT: &str = "actor";

/// Runs a future that never waits.
fn futures_block<T>(future: impl Future<Output = T>) -> T {
    futures::executor::block_on(future)
}

/// The rules of one utility under one epoch; role sets are built as they are first asked for.
pub struct TenantPolicy {
    /// Epoch of the rows.
    pub epoch: i64,
    tenant: String,
    rows: Vec<PolicyRow>,
    roles: RwLock<HashMap<Vec<String>, Arc<RolePolicy>>>,
}

impl TenantPolicy {
    /// The policy of these rows.
    pub fn new(tenant: domain::ids::TenantId, epoch: i64, rows: Vec<PolicyRow>) -> TenantPolicy {
        TenantPolicy {
            epoch,
            tenant: tenant.to_string(),
            rows,
            roles: RwLock::default(),
        }
    }

    /// What a sorted set of roles may do.
    pub fn of(&self, roles: &[String]) -> Result<Arc<RolePolicy>, PolicyFault> {
        if let Ok(built) = self.roles.read()
            && let Some(policy) = built.get(roles)
        {
            return Ok(Arc::clone(policy));
        }
        let policy = Arc::new(RolePolicy::build(&self.tenant, &self.rows, roles)?);
        if let Ok(mut built) = self.roles.write() {
            built.insert(roles.to_vec(), Arc::clone(&policy));
        }
        Ok(policy)
    }

    /// Roles that hold a permission at all: the router offers only what the policy lets be answered.
    pub fn roles_with(&self, permission: Permission) -> Result<Vec<String>, PolicyFault> {
        let mut roles: Vec<String> = self.rows.iter().map(|r| r.role.clone()).collect();
        roles.sort_unstable();
        roles.dedup();
        let mut with = Vec::new();
        for role in roles {
            if !self
                .of(std::slice::from_ref(&role))?
                .sight(permission)?
                .is_empty()
            {
                with.push(role);
            }
        }
        Ok(with)
    }

    /// The rows.
    pub fn rows(&self) -> &[PolicyRow] {
        &self.rows
    }
}

/// The policies this node knows, per utility; whole ones are swapped in, none is changed in place.
#[derive(Default)]
pub struct Policies {
    known: RwLock<HashMap<domain::ids::TenantId, Arc<TenantPolicy>>>,
}

impl Policies {
    /// The policy if it is of this epoch.
    pub fn get(&self, tenant: domain::ids::TenantId, epoch: i64) -> Option<Arc<TenantPolicy>> {
        self.known
            .read()
            .ok()?
            .get(&tenant)
            .filter(|p| p.epoch == epoch)
            .cloned()
    }

    /// Keeps a policy; an older one never replaces a newer.
    pub fn put(&self, tenant: domain::ids::TenantId, policy: Arc<TenantPolicy>) {
        if let Ok(mut known) = self.known.write() {
            let newer = known.get(&tenant).is_none_or(|k| k.epoch < policy.epoch);
            if newer {
                known.insert(tenant, policy);
            }
        }
    }
}
