//! Money in minor units with its currency.

use serde::{Deserialize, Serialize};

/// An amount in minor units (ISO 4217: two decimals for CZK, PLN, HUF and EUR) and its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Signed whole minor units.
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: String,
}

/// Reads a decimal amount ("-1284.50") as minor units of a two-decimal currency; `None` if it is no number,
/// has more than two significant decimals or does not fit.
pub fn minor_from_decimal(text: &str) -> Option<i64> {
    // Exponents and separators are no writing of money, whatever the parser takes.
    let text = text.trim();
    if !text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'))
    {
        return None;
    }
    let value: rust_decimal::Decimal = text.parse().ok()?;
    let scaled = value.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?;
    if scaled.fract().is_zero() {
        i64::try_from(scaled.trunc()).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::minor_from_decimal;

    #[test]
    fn reads_amounts_exactly() {
        assert_eq!(minor_from_decimal("1284.50"), Some(128_450));
        assert_eq!(minor_from_decimal("-0.01"), Some(-1));
        assert_eq!(minor_from_decimal("12.3400"), Some(1_234));
        assert_eq!(minor_from_decimal("12.345"), None);
        assert_eq!(minor_from_decimal("1e3"), None);
        assert_eq!(minor_from_decimal(""), None);
    }
}
