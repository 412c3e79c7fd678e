//! What all operations of a node share: the utilities, the policies, the keys.

use domain::fault::StoreError;
use domain::ids::TenantId;
use domain::tenant::Tenant;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tenancy::policies::PolicyStore;
use tenancy::policy::{Policies, TenantPolicy};
use tenancy::token::Keys;

/// The utilities this node knows; replaced whole when one was added.
#[derive(Default)]
pub struct Tenants {
    known: RwLock<Arc<Directory>>,
}

#[derive(Default)]
struct Directory {
    by_id: HashMap<TenantId, Arc<Tenant>>,
    by_key: HashMap<String, TenantId>,
}

impl Tenants {
    /// Of these utilities.
    pub fn new(tenants: Vec<Tenant>) -> Tenants {
        let known = Tenants::default();
        known.replace(tenants);
        known
    }
    /// Knows these from now on.
    pub fn replace(&self, tenants: Vec<Tenant>) {
        let by_key = tenants.iter().map(|t| (t.key.clone(), t.id)).collect();
        let directory = Directory {
            by_id: tenants.into_iter().map(|t| (t.id, Arc::new(t))).collect(),
            by_key,
        };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(directory);
    }
    fn directory(&self) -> Arc<Directory> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// By id.
    pub fn get(&self, id: TenantId) -> Option<Arc<Tenant>> {
        self.directory().by_id.get(&id).cloned()
    }
    /// By key; the centre is not a utility one can name.
    pub fn by_key(&self, key: &str) -> Option<Arc<Tenant>> {
        let directory = self.directory();
        directory
            .by_key
            .get(key)
            .and_then(|id| directory.by_id.get(id))
            .filter(|t| t.id != TenantId::CENTRE)
            .cloned()
    }
    /// All, the centre included.
    pub fn all(&self) -> Vec<Arc<Tenant>> {
        self.directory().by_id.values().cloned().collect()
    }
}

/// What all operations of a node share.
pub struct House {
    /// Utilities.
    pub tenants: Tenants,
    /// Policies by epoch.
    pub policies: Policies,
    /// Signing keys.
    pub keys: Arc<Keys>,
}

/// The rules of a utility under this epoch, read if this node has not met them yet.
pub fn policy_of(
    house: &House,
    store: &mut (impl PolicyStore + ?Sized),
    tenant: TenantId,
    epoch: i64,
) -> Result<Arc<TenantPolicy>, StoreError> {
    if let Some(known) = house.policies.get(tenant, epoch) {
        return Ok(known);
    }
    let (epoch, rows) = store.policy_list(tenant)?;
    let policy = Arc::new(TenantPolicy::new(tenant, epoch, rows));
    house.policies.put(tenant, Arc::clone(&policy));
    Ok(policy)
}
