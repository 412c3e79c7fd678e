//! Which utility a switchboard's report belongs to: decided by its token and the dialled number, before any tenant is
//! set, through functions that show nothing else.

use crate::pg::{Database, Mode, binds, statements};
use domain::fault::Stored;
use domain::ids::TenantId;

statements! {
    Dialled = "select json_build_array(tenant_id, queue, switchboard)::text from pre_tenant_dialled($1, $2)";
    SwitchboardKnown = "select json_build_array(name)::text from pre_tenant_switchboard($1)";
}

/// Utility, queue and switchboard's name for a token (SHA-256) and a dialled number (E.164). More than one only if
/// two utilities claim one number on one switchboard.
pub fn dialled(
    db: &Database,
    token_digest: &[u8; 32],
    number: &str,
) -> Stored<Vec<(TenantId, String, String)>> {
    let mut store = db.begin(TenantId::CENTRE, Mode::Read)?;
    let found = store.all(Dialled, binds![token_digest, number])?;
    store.commit()?;
    Ok(found)
}

/// The name of the switchboard with this token, if there is one.
pub fn switchboard_known(db: &Database, token_digest: &[u8; 32]) -> Stored<Option<String>> {
    let mut store = db.begin(TenantId::CENTRE, Mode::Read)?;
    let found: Option<(String,)> = store.one(SwitchboardKnown, binds![token_digest])?;
    store.commit()?;
    Ok(found.map(|(name,)| name))
}
