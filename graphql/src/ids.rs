//! Global ids: type, tenant and id in one opaque text. An id of another tenant is no different from one that never was.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::TenantId;
use juniper::ID;
use uuid::Uuid;

/// Types that have global ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person; belongs to the centre.
    Person,
    /// A utility.
    Tenant,
    /// A customer.
    Customer,
    /// An account.
    Account,
    /// A supply point.
    SupplyPoint,
    /// A meter.
    Meter,
    /// A contract.
    Contract,
    /// An invoice.
    Invoice,
    /// A contact.
    Interaction,
    /// An offer.
    Offer,
    /// A case.
    Case,
    /// An entry of a case.
    CaseEntry,
    /// A grant.
    Grant,
    /// A rule of access.
    Policy,
    /// An audit entry.
    AuditEntry,
}

impl Kind {
    const ALL: [Kind; 15] = [
        Kind::Person,
        Kind::Tenant,
        Kind::Customer,
        Kind::Account,
        Kind::SupplyPoint,
        Kind::Meter,
        Kind::Contract,
        Kind::Invoice,
        Kind::Interaction,
        Kind::Offer,
        Kind::Case,
        Kind::CaseEntry,
        Kind::Grant,
        Kind::Policy,
        Kind::AuditEntry,
    ];
}

/// A global id, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalId {
    /// Type.
    pub kind: Kind,
    /// Utility.
    pub tenant: TenantId,
    /// Id.
    pub id: Uuid,
}

/// The text of an id.
pub fn encode(kind: Kind, tenant: TenantId, id: impl Into<Uuid>) -> ID {
    let mut bytes = Vec::with_capacity(33);
    bytes.push(kind as u8);
    bytes.extend_from_slice(tenant.0.as_bytes());
    bytes.extend_from_slice(id.into().as_bytes());
    ID::new(URL_SAFE_NO_PAD.encode(bytes))
}

/// The id of a text; `None` if it is none of ours.
pub fn decode(text: &str) -> Option<GlobalId> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (kind, rest) = bytes.split_first()?;
    let (tenant, id) = rest.split_at_checked(16)?;
    Some(GlobalId {
        kind: *Kind::ALL.get(usize::from(*kind))?,
        tenant: TenantId(Uuid::from_slice(tenant).ok()?),
        id: Uuid::from_slice(id).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_and_nonsense_does_not() {
        let (tenant, id) = (TenantId(Uuid::from_u128(5)), Uuid::from_u128(6));
        for kind in Kind::ALL {
            assert_eq!(
                decode(&encode(kind, tenant, id)),
                Some(GlobalId { kind, tenant, id })
            );
        }
        for text in [
            "",
            "x",
            "AAAA",
            "not base64!",
            &"A".repeat(44),
            &"_".repeat(44),
            &"A".repeat(60),
        ] {
            assert!(
                decode(text).is_none_or(|g| encode(g.kind, g.tenant, g.id) == ID::new(text)),
                "{text}"
            );
        }
    }
}
