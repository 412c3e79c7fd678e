//! Fields of a class: shown in full, masked or hidden, as the grant says; what is shown in full is noted for the audit.

use crate::context::Ctx;
use crate::scalars::{Minor, Money};
use domain::ids::CustomerId;
use juniper::GraphQLObject;
use tenancy::permission::{FieldClass, Level};

/// A text of a field class. A masked text is never null because of the mask: it shows what the grant allows.
#[derive(Clone, Debug, GraphQLObject)]
pub struct MaskedText {
    /// The text, or the hint that is left of it.
    pub value: String,
    /// Whether something is hidden.
    pub masked: bool,
}

/// An amount of a field class.
#[derive(Clone, Debug, GraphQLObject)]
pub struct MaskedMoney {
    /// The amount; null when masked.
    pub value: Option<Money>,
    /// Whether it is hidden.
    pub masked: bool,
}

const HIDDEN: &str = "•••";

/// What is left of a masked text: the last three digits of telephone numbers, the first letter of names, nothing of the rest.
fn hint(class: FieldClass, text: &str) -> String {
    let length = text.chars().count();
    match class {
        FieldClass::Contact if length > 6 && text.starts_with('+') => {
            let tail: String = text.chars().skip(length - 3).collect();
            format!("{HIDDEN} {tail}")
        }
        FieldClass::Identity if length > 3 => {
            let head: String = text.chars().take(1).collect();
            format!("{head}{HIDDEN}")
        }
        _ => HIDDEN.to_owned(),
    }
}

/// A text of a class, about a customer (`None`: about nobody yet).
pub fn text(ctx: &Ctx, class: FieldClass, customer: Option<CustomerId>, value: &str) -> MaskedText {
    match ctx.level(class) {
        Level::Full => {
            ctx.disclosed(customer, class);
            MaskedText {
                value: value.to_owned(),
                masked: false,
            }
        }
        Level::Masked => MaskedText {
            value: hint(class, value),
            masked: true,
        },
        Level::None => MaskedText {
            value: HIDDEN.to_owned(),
            masked: true,
        },
    }
}

/// An amount of a class.
pub fn money(ctx: &Ctx, customer: Option<CustomerId>, minor: i64, currency: &str) -> MaskedMoney {
    if ctx.level(FieldClass::Financial) == Level::Full {
        ctx.disclosed(customer, FieldClass::Financial);
        MaskedMoney {
            value: Some(Money {
                minor: Minor(minor),
                currency: currency.to_owned(),
            }),
            masked: false,
        }
    } else {
        MaskedMoney {
            value: None,
            masked: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_keep_little() {
        assert_eq!(hint(FieldClass::Contact, "+420777000184"), "••• 184");
        assert_eq!(hint(FieldClass::Contact, "12345"), "•••");
        assert_eq!(hint(FieldClass::Identity, "Žofie Nová"), "Ž•••");
        assert_eq!(hint(FieldClass::FreeText, "anything at all"), "•••");
    }
}
