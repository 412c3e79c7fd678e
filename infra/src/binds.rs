//! What is bound to statements, and the one SQL form of what an actor may see.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use domain::act::By;
use domain::ids::*;
use domain::scope::Scope;
use serde::Deserialize;
use uuid::Uuid;

/// A bound value. Its variant fixes the type in Postgres, also of a null, so that one prepared statement serves all.
pub(crate) enum Bind<'a> {
    Uuid(Option<Uuid>),
    Text(Option<&'a str>),
    Bool(bool),
    Small(i16),
    Big(i64),
    Time(Option<DateTime<Utc>>),
    Date(Option<NaiveDate>),
    Json(&'a serde_json::Value),
    Bytes(&'a [u8]),
    Texts(&'a [String]),
    Uuids(&'a [Uuid]),
    Blobs(&'a [Vec<u8>]),
}

impl Bind<'_> {
    pub(crate) fn walk<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            Bind::Uuid(value) => out.push_bind_param::<Nullable<diesel::sql_types::Uuid>, _>(value),
            Bind::Text(value) => out.push_bind_param::<Nullable<Text>, _>(value),
            Bind::Bool(value) => out.push_bind_param::<Bool, _>(value),
            Bind::Small(value) => out.push_bind_param::<SmallInt, _>(value),
            Bind::Big(value) => out.push_bind_param::<BigInt, _>(value),
            Bind::Time(value) => out.push_bind_param::<Nullable<Timestamptz>, _>(value),
            Bind::Date(value) => out.push_bind_param::<Nullable<Date>, _>(value),
            Bind::Json(value) => out.push_bind_param::<Jsonb, _>(*value),
            Bind::Bytes(value) => out.push_bind_param::<Binary, _>(*value),
            Bind::Texts(value) => out.push_bind_param::<Array<Text>, _>(*value),
            Bind::Uuids(value) => out.push_bind_param::<Array<diesel::sql_types::Uuid>, _>(*value),
            Bind::Blobs(value) => out.push_bind_param::<Array<Binary>, _>(*value),
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident($map:expr)),+ $(,)?) => {$(
        impl<'a> From<$type> for Bind<'a> {
            fn from(value: $type) -> Bind<'a> {
                let map: fn($type) -> _ = $map;
                Bind::$variant(map(value))
            }
        }
    )+};
}

from! {
    Uuid => Uuid(Some),
    Option<Uuid> => Uuid(|v| v),
    &'a str => Text(Some),
    Option<&'a str> => Text(|v| v),
    &'a String => Text(|v| Some(v.as_str())),
    &'a Option<String> => Text(|v| v.as_deref()),
    bool => Bool(|v| v),
    i16 => Small(|v| v),
    i64 => Big(|v| v),
    DateTime<Utc> => Time(Some),
    Option<DateTime<Utc>> => Time(|v| v),
    NaiveDate => Date(Some),
    Option<NaiveDate> => Date(|v| v),
    &'a serde_json::Value => Json(|v| v),
    &'a [u8] => Bytes(|v| v),
    &'a [u8; 32] => Bytes(|v| v.as_slice()),
    &'a [String] => Texts(|v| v),
    &'a [Uuid] => Uuids(|v| v),
    &'a [Vec<u8>] => Blobs(|v| v),
}

macro_rules! from_ids {
    ($($id:ident),+ $(,)?) => {$(
        impl From<$id> for Bind<'_> {
            fn from(id: $id) -> Self { Bind::Uuid(Some(id.0)) }
        }
        impl From<Option<$id>> for Bind<'_> {
            fn from(id: Option<$id>) -> Self { Bind::Uuid(id.map(|id| id.0)) }
        }
    )+};
}

from_ids! {
    TenantId, PersonId, GrantId, SessionId, PolicyId, CustomerId, AccountId, SupplyPointId, InvoiceId, PaymentId,
    InteractionId, OfferId, CaseId, CaseEntryId, AuditEntryId, EventId, PortalLinkId, RequestId,
}

/// Values in the order of their placeholders.
macro_rules! binds {
    ($($value:expr),* $(,)?) => { &[$(crate::binds::Bind::from($value)),*] };
}
pub(crate) use binds;

/// As [`binds`], for a statement that asks what a scope sees: its first six places are [`seen_by`]'s.
macro_rules! scoped {
    ($scope:expr $(, $value:expr)* $(,)?) => {{
        let scope: &domain::scope::Scope = $scope;
        let (assigned, on_case, own) = crate::binds::seen_by(scope);
        [
            crate::binds::Bind::from(scope.tenant),
            crate::binds::Bind::from(scope.sight.any),
            crate::binds::Bind::from(assigned),
            crate::binds::Bind::from(on_case),
            crate::binds::Bind::from(own),
            crate::binds::Bind::from(scope.by.id()),
            $(crate::binds::Bind::from($value)),*
        ]
    }};
}
pub(crate) use scoped;

/// Which of the conditional flags can hold for this kind of actor: people are assigned things, customers own them.
pub(crate) fn seen_by(scope: &Scope) -> (bool, bool, bool) {
    let person = matches!(scope.by, By::Person(_));
    let customer = matches!(scope.by, By::Customer(_));
    (
        person && scope.sight.assigned,
        person && scope.sight.on_case,
        customer && scope.sight.own,
    )
}

/// SQL: the actor has an open contact with this customer, offered ones included, or owns an open case of hers.
macro_rules! customer_attended {
    ($customer:literal) => {
        concat!(
            "(exists (select from interactions xi where xi.tenant_id = $1 and xi.customer_id = ", $customer,
            " and xi.person_id = $6 and xi.state in ('offered', 'active', 'wrap_up'))",
            " or exists (select from offers xo join interactions xi on xi.tenant_id = $1 and xi.id = xo.interaction_id",
            " where xo.tenant_id = $1 and xo.person_id = $6 and xo.state = 'live' and xi.customer_id = ", $customer, ")",
            " or exists (select from cases xc where xc.tenant_id = $1 and xc.customer_id = ", $customer,
            " and xc.owner_id = $6 and xc.state <> 'closed'))"
        )
    };
}
pub(crate) use customer_attended;

/// SQL: the scope of `$1` to `$6` sees this customer. (`glass` sees nothing until break-glass exists.) The `wide` form is
/// for scopes that do not depend on contacts: see [`SeenStatement`](crate::statement::SeenStatement).
macro_rules! customer_seen {
    (wide, $customer:literal) => {
        concat!("($2 or ($5 and ", $customer, " = $6))")
    };
    (close, $customer:literal) => {
        concat!(
            "($2 or ($5 and ",
            $customer,
            " = $6) or (($3 or $4) and ",
            crate::binds::customer_attended!($customer),
            "))"
        )
    };
}
pub(crate) use customer_seen;

/// Whether a scope on customers depends on the actor's contacts and cases.
pub(crate) fn by_contact(scope: &Scope) -> bool {
    let (assigned, on_case, _) = seen_by(scope);
    !scope.sight.any && (assigned || on_case)
}

/// Whether a scope on cases or contacts, which are assigned by themselves, depends on their customer's others.
pub(crate) fn by_case(scope: &Scope) -> bool {
    let (_, on_case, _) = seen_by(scope);
    !scope.sight.any && on_case
}

/// The lowest UUIDv7 of an instant: a bound on ids lets Postgres skip the months before it.
pub(crate) fn first_id(at: DateTime<Utc>) -> Uuid {
    let millis = u128::try_from(at.timestamp_millis().max(0)).unwrap_or(0);
    Uuid::from_u128(millis << 80)
}

/// Bytes that a statement gives as `encode(…, 'hex')`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Hex(pub(crate) Vec<u8>);

impl TryFrom<String> for Hex {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Hex, Self::Error> {
        let digit = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
                .ok_or("not hexadecimal")
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if !rest.is_empty() {
            return Err("half a byte");
        }
        pairs
            .iter()
            .map(|[high, low]| Ok(digit(*high)? << 4 | digit(*low)?))
            .collect::<Result<_, _>>()
            .map(Hex)
    }
}
