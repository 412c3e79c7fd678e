//! Scalars of the schema beside juniper's own.

use juniper::{GraphQLEnum, GraphQLObject, GraphQLScalar};

/// A whole number of minor units (hellers, grosze, fillér); exact up to 2^53.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GraphQLScalar)]
#[graphql(with = minor, parse_token(i32, f64))]
pub struct Minor(pub i64);

mod minor {
    use super::Minor;
    use juniper::{Scalar, ScalarValue};

    #[expect(
        clippy::cast_precision_loss,
        reason = "amounts stay far below 2^53 minor units"
    )]
    pub(super) fn to_output<S: ScalarValue>(v: &Minor) -> S {
        i32::try_from(v.0).map_or_else(|_| S::from(v.0 as f64), S::from)
    }

    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    pub(super) fn from_input(s: &Scalar<impl ScalarValue>) -> Result<Minor, Box<str>> {
        if let Some(i) = s.try_to_int() {
            return Ok(Minor(i64::from(i)));
        }
        match s.try_to_float() {
            Some(f) if f.fract() == 0.0 && f.abs() <= 9_007_199_254_740_992.0 => Ok(Minor(f as i64)),
            _ => Err("A whole number of minor units is wanted".into()),
        }
    }
}

/// An exact decimal number, written as text.
#[derive(Clone, Debug, PartialEq, Eq, GraphQLScalar)]
#[graphql(with = decimal, parse_token(String))]
pub struct Decimal(pub String);

mod decimal {
    use super::Decimal;
    use juniper::{Scalar, ScalarValue};

    pub(super) fn to_output<S: ScalarValue>(v: &Decimal) -> S {
        S::from_displayable(&v.0)
    }

    pub(super) fn from_input(s: &Scalar<impl ScalarValue>) -> Result<Decimal, Box<str>> {
        s.try_to::<&str>()
            .map(|t| Decimal(t.to_owned()))
            .map_err(|e| e.to_string().into())
    }
}

/// An amount of money.
#[derive(Clone, Debug, GraphQLObject)]
pub struct Money {
    /// Minor units; two decimals for CZK, PLN, HUF and EUR.
    pub minor: Minor,
    /// ISO 4217 code.
    pub currency: String,
}

/// From which system a thing came and when.
#[derive(Clone, Debug, GraphQLObject)]
pub struct Source {
    /// The system or file.
    pub system: String,
    /// When it was taken over.
    pub at: chrono::DateTime<chrono::Utc>,
}

impl From<&domain::customers::Source> for Source {
    fn from(s: &domain::customers::Source) -> Self {
        Source {
            system: s.source.clone(),
            at: s.source_at,
        }
    }
}

/// An enum of the schema and its twin of the domain.
macro_rules! twin {
    ($(#[$doc:meta])* $name:ident = $domain:path { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, juniper::GraphQLEnum)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl From<$domain> for $name {
            fn from(v: $domain) -> Self { match v { $(<$domain>::$variant => $name::$variant),+ } }
        }
        impl From<$name> for $domain {
            fn from(v: $name) -> Self { match v { $($name::$variant => <$domain>::$variant),+ } }
        }
    };
}
pub(crate) use twin;

twin! {
    /// What is supplied.
    Commodity = domain::tenant::Commodity {
        /// Electricity.
        Electricity,
        /// Natural gas.
        Gas,
        /// Drinking and waste water.
        Water,
        /// District heat.
        Heat,
    }
}

/// How a page or program wants its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GraphQLEnum)]
pub enum SessionKind {
    /// A `__Host-` cookie is set; the token is not in the answer.
    Cookie,
    /// The token is in the answer.
    Bearer,
}

impl From<SessionKind> for tenancy::session::SessionKind {
    fn from(kind: SessionKind) -> Self {
        match kind {
            SessionKind::Cookie => tenancy::session::SessionKind::Cookie,
            SessionKind::Bearer => tenancy::session::SessionKind::Bearer,
        }
    }
}
