//! What an actor may see of a tenant, as the condition of a permission says; stores turn it into SQL.

use crate::act::By;
use crate::ids::TenantId;

/// The union of the conditions under which the actor holds one permission. Each has exactly one SQL form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Everything of the tenant.
    pub any: bool,
    /// What is assigned to the actor.
    pub assigned: bool,
    /// Customers with whom the actor has an open contact or case.
    pub on_case: bool,
    /// What break-glass opened.
    pub glass: bool,
    /// The customer's own.
    pub own: bool,
}

impl Sight {
    /// Everything of the tenant.
    pub const ANY: Sight = Sight {
        any: true,
        assigned: false,
        on_case: false,
        glass: false,
        own: false,
    };
    /// Nothing at all: no permission.
    pub fn is_empty(self) -> bool {
        self == Sight::default()
    }
}

/// Tenant, actor and sight of one permitted read or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// For which utility.
    pub tenant: TenantId,
    /// Who.
    pub by: By,
    /// What of it.
    pub sight: Sight,
}
