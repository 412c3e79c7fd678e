//! Utilities, as platform rows that every login may read.

use crate::pg::{PgStore, binds, statements};
use domain::fault::Stored;
use domain::tenant::{Tenant, TenantStore};

statements! {
    TenantList = "select row_to_json(t)::text from tenants t order by t.key";
}

impl TenantStore for PgStore {
    fn tenant_list(&mut self) -> Stored<Vec<Tenant>> {
        self.all(TenantList, binds![])
    }
}
