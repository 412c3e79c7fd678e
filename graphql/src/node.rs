//! One object by its global id.

use crate::billing::Invoice;
use crate::cases::Case;
use crate::context::Ctx;
use crate::customers::{Account, Customer, SupplyPoint};
use crate::error::{Answer, ErrorCode};
use crate::ids::{self, Kind};
use crate::interactions::Interaction;
use crate::workforce::Grant;
use juniper::{ID, graphql_interface};
use tenancy::permission::Permission;

/// Something with a global id.
#[graphql_interface]
#[graphql(for = [Customer, Account, SupplyPoint, Invoice, Interaction, Case, Grant], context = Ctx)]
pub trait Node {
    /// Global id.
    fn id(&self) -> ID;
}

/// Reads an object by its global id; `None` if it is not there, not of this utility, or not to be seen: the same answer.
pub fn read(ctx: &Ctx, id: &ID) -> Answer<Option<NodeValue>> {
    let Some(global) = ids::decode(id).filter(|g| g.tenant == ctx.tenant_id()) else {
        return Ok(None);
    };
    let id = global.id;
    let today = ctx.today();
    let found: Answer<Option<NodeValue>> = match global.kind {
        Kind::Customer => ctx.read(Permission::Card, |s, scope| {
            Ok(s.customer_get(scope, id.into())?.map(|c| Customer(c).into()))
        }),
        Kind::Account => ctx.read(Permission::Card, |s, scope| {
            Ok(s.account_get(scope, id.into(), today)?.map(|a| Account(a).into()))
        }),
        Kind::SupplyPoint => ctx.read(Permission::Card, |s, scope| {
            Ok(s.supply_point_get(scope, id.into())?
                .map(|p| SupplyPoint(p, None).into()))
        }),
        Kind::Invoice => ctx.read(Permission::InvoiceRead, |s, scope| {
            Ok(s.invoice_get(scope, id.into())?.map(|i| Invoice(i).into()))
        }),
        Kind::Interaction => ctx.read(Permission::InteractionList, |s, scope| {
            Ok(s.interaction_get(scope, id.into())?
                .map(|i| Interaction(i).into()))
        }),
        Kind::Case => ctx.read(Permission::CaseList, |s, scope| {
            Ok(s.case_get(scope, id.into())?.map(|c| Case(c).into()))
        }),
        Kind::Grant => ctx.read(Permission::GrantList, |s, scope| {
            Ok(s.grant_get(scope, id.into())?.map(|g| Grant(g).into()))
        }),
        _ => Ok(None),
    };
    match found {
        Err(e) if matches!(e.code, ErrorCode::Forbidden | ErrorCode::NotFound) => Ok(None),
        other => other,
    }
}
