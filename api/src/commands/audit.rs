//! `busbar audit verify`: proves a utility's chain and says where it breaks.

use super::{Ended, away, data};
use crate::secrets;
use crate::settings::{AuditStep, DataSettings, SecretSettings};
use domain::audit::{ChainFault, ChainWalk, Head};
use domain::ids::TenantId;
use domain::tenant::TenantStore;
use infra::audit;
use infra::pg::{Database, Mode};
use tenancy::token::Keys;

/// Runs the step.
pub fn run(step: &AuditStep, data: &DataSettings, secret: &SecretSettings) -> Ended {
    let AuditStep::Verify { tenant } = step;
    let keys = secrets::keys(secret.signing_key.as_deref(), &data.data_dir, false)?;
    let source = data::source(data)?;
    let database = Database::open(&source.urls.runtime, 2).map_err(away)?;
    let id = {
        let mut store = database.begin(TenantId::CENTRE, Mode::Read).map_err(away)?;
        let tenants = store.tenant_list().map_err(away)?;
        tenants
            .into_iter()
            .find(|t| t.key == *tenant)
            .map(|t| t.id)
            .ok_or_else(|| format!("There is no utility {tenant}."))?
    };
    let proved = verify(&database, id, &keys).map_err(away)?;
    match proved {
        Ok(proved) => {
            println!("{tenant}: {proved} entries, chain and signed head are right");
            Ok(())
        }
        Err(fault) => Err(format!("{tenant}: {}", sentence(&fault))),
    }
}

/// Walks the chain of a utility; how many places were right, or the first fault.
pub fn verify(
    database: &Database,
    tenant: TenantId,
    keys: &Keys,
) -> Result<Result<i64, ChainFault>, domain::fault::StoreError> {
    // The head first: places sealed while we walk come after it and are not looked at.
    let head = match audit::head(database, tenant)? {
        // Without any head there must be no place either, unless the first ones are sealed just now: those have one.
        None if sealed(database, tenant)? => match audit::head(database, tenant)? {
            None => return Ok(Err(ChainFault::HeadFalse { seq: 1 })),
            head => head,
        },
        head => head,
    };
    let mut walk = ChainWalk::default();
    let mut fault = None;
    let most = head.as_ref().map_or(0, |h| h.seq);
    audit::walk(database, tenant, &mut |place| {
        if fault.is_none() && place.seq <= most {
            fault = walk.step(&place).err();
        }
    })?;
    if let Some(fault) = fault {
        return Ok(Err(fault));
    }
    let signed = head.as_ref().is_some_and(|h| {
        h.key_id == keys.id() && keys.signed(&Head::message(tenant, h.seq, &h.hash), &h.signature)
    });
    Ok(walk.end(head.as_ref(), signed).map(|()| walk.proved()))
}

/// Whether a utility has any sealed place.
fn sealed(database: &Database, tenant: TenantId) -> Result<bool, domain::fault::StoreError> {
    let mut found = false;
    audit::walk(database, tenant, &mut |_| found = true)?;
    Ok(found)
}

fn sentence(fault: &ChainFault) -> String {
    match fault {
        ChainFault::Missing { seq } => format!("place {seq} is missing from the chain"),
        ChainFault::Removed { seq } => format!("the entry of place {seq} was removed"),
        ChainFault::Edited { seq } => format!("the entry of place {seq} is not what was sealed"),
        ChainFault::Cut { found, signed } => {
            format!("the chain ends at {found}, but {signed} was signed: its end was cut off")
        }
        ChainFault::HeadFalse { seq } => format!("the signed head of place {seq} does not fit the chain"),
    }
}
