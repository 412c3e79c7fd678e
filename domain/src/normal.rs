//! One normal form for what people write in many: names, phones, e-mails, addresses, supply-point codes.
//! Computed here and stored, because functions of the database cannot use an index under row security.

use unicode_normalization::UnicodeNormalization;

/// Lower case without diacritics, single spaces: "Žofie  HAVLÍČKOVÁ" → "zofie havlickova". Keeps letters and digits.
pub fn name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if unicode_normalization::char::is_combining_mark(c) {
            continue;
        }
        match c {
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// An e-mail address in lower case, if it has the shape of one.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, host) = text.rsplit_once('@')?;
    let shaped = !local.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && text.len() <= 254
        && text
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c));
    shaped.then(|| text.to_lowercase())
}

/// Calling code and length of the national number without trunk prefix, for the countries the centre serves.
const COUNTRIES: &[(&str, &str, &str, std::ops::RangeInclusive<usize>)] = &[
    ("CZ", "420", "", 9..=9),
    ("PL", "48", "0", 9..=9),
    ("HU", "36", "06", 8..=9),
    ("SK", "421", "0", 9..=9),
];

/// A telephone number in E.164 ("+420224567890"), whatever it was written like: "+420 2/2456-7890", "00420 …",
/// "224 567 890" (national: `country` decides), "06 30 …" in Hungary. `None` for withheld or meaningless texts.
pub fn phone(text: &str, country: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    // "+44 (0)20 …": the bracketed zero is not dialled from abroad.
    let text = if text.starts_with('+') || text.starts_with("00") {
        text.replace("(0)", "")
    } else {
        text.to_owned()
    };
    let plus = text.starts_with('+');
    let mut digits = String::with_capacity(15);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => {}
            ' ' | '\u{a0}' | '/' | '-' | '.' | '(' | ')' | '\u{2011}' | '\u{2013}' => {}
            _ => return None,
        }
    }
    if plus || digits.starts_with("00") {
        let digits = if plus { digits.as_str() } else { digits.get(2..)? };
        return (8..=15).contains(&digits.len()).then_some(()).and_then(|()| {
            if digits.starts_with('0') {
                None
            } else {
                Some(format!("+{digits}"))
            }
        });
    }
    let (_, code, trunk, length) = COUNTRIES.iter().find(|c| c.0 == country)?;
    let national = if trunk.is_empty() {
        digits.as_str()
    } else {
        digits.strip_prefix(trunk).unwrap_or(&digits)
    };
    if length.contains(&national.len()) {
        return Some(format!("+{code}{national}"));
    }
    // "420224567890": the calling code without its plus, as some switchboards send it.
    let rest = digits.strip_prefix(code)?;
    length.contains(&rest.len()).then(|| format!("+{digits}"))
}

/// Whether a switchboard's "from" says that the caller hides the number.
pub fn is_withheld(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    matches!(
        text.as_str(),
        "" | "anonymous" | "withheld" | "unknown" | "private" | "restricted" | "unavailable"
    )
}

/// Kind of a supply-point code, proved by its check digit where it has one.
pub fn supply_code_kind(code: &str) -> Option<&'static str> {
    let digits = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
    if digits && code.len() == 18 && gs1_check(code) {
        return Some(if code.starts_with("859182400") {
            "ean"
        } else {
            "gsrn"
        });
    }
    if digits && code.len() == 18 && code.starts_with("590") {
        return None;
    }
    if code.len() == 16 && eic_check(code) {
        return Some("eic");
    }
    if code.starts_with("PL")
        && code.len() >= 15
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    {
        return Some("ppe");
    }
    if code.starts_with("HU")
        && code.len() == 33
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Some("pod");
    }
    None
}

/// GS1 check digit (GSRN, 18 digits): weights 3 and 1 from the right. Source: GS1 General Specifications, 7.9.
pub fn gs1_check(code: &str) -> bool {
    let Some((body, last)) = code.split_at_checked(code.len().saturating_sub(1)) else {
        return false;
    };
    gs1_digit(body).is_some_and(|d| last.as_bytes() == [b'0' + d])
}

/// The GS1 check digit of the digits before it.
pub fn gs1_digit(body: &str) -> Option<u8> {
    let mut sum = 0u32;
    for (i, b) in body.bytes().rev().enumerate() {
        if !b.is_ascii_digit() {
            return None;
        }
        sum += u32::from(b - b'0') * if i % 2 == 0 { 3 } else { 1 };
    }
    u8::try_from((10 - sum % 10) % 10).ok()
}

/// EIC check character (16 places): weights 16 to 2, modulo 37. Source: ENTSO-E, EIC code implementation guide, 6.
pub fn eic_check(code: &str) -> bool {
    let Some((body, last)) = code.split_at_checked(15) else {
        return false;
    };
    eic_character(body).is_some_and(|c| last.len() == 1 && last.starts_with(c))
}

/// The EIC check character of the fifteen before it.
pub fn eic_character(body: &str) -> Option<char> {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    if body.len() != 15 {
        return None;
    }
    let mut sum = 0usize;
    for (i, b) in body.bytes().enumerate() {
        sum += ALPHABET.iter().position(|a| *a == b)? * (16 - i);
    }
    let place = 36 - (sum + 36) % 37;
    // The hyphen is never used as a check character.
    (place < 36).then(|| char::from(ALPHABET[place]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_in_any_writing() {
        for (text, country, want) in [
            ("+420 2/2456-7890", "CZ", Some("+420224567890")),
            ("224 567 890", "CZ", Some("+420224567890")),
            ("00420224567890", "PL", Some("+420224567890")),
            ("420224567890", "CZ", Some("+420224567890")),
            ("06 30 123 4567", "HU", Some("+36301234567")),
            ("0 22 123 45 67", "PL", Some("+48221234567")),
            ("0905 123 456", "SK", Some("+421905123456")),
            ("+44 (0)20 7946 0958", "CZ", Some("+442079460958")),
            ("anonymous", "CZ", None),
            ("", "CZ", None),
            ("12345", "CZ", None),
            ("+0123456789", "CZ", None),
        ] {
            assert_eq!(phone(text, country).as_deref(), want, "{text} in {country}");
        }
    }

    #[test]
    fn names_lose_case_and_marks_only() {
        assert_eq!(name("  Žofie  HAVLÍČKOVÁ-Nová "), "zofie havlickova nova");
        assert_eq!(name("Łódź Wisła"), "lodz wisla");
        assert_eq!(name("Győző Őrült"), "gyozo orult");
    }

    #[test]
    fn supply_codes_by_check_digit() {
        // EIC of ČEPS and the GSRN of a published Dutch grid invoice.
        assert_eq!(supply_code_kind("10YCZ-CEPS-----N"), Some("eic"));
        assert_eq!(supply_code_kind("10YCZ-CEPS-----M"), None);
        assert_eq!(supply_code_kind("871694831000290806"), Some("gsrn"));
        assert_eq!(supply_code_kind("871694831000290807"), None);
    }

    #[test]
    fn emails_by_shape() {
        assert_eq!(email(" Jana@Example.CZ ").as_deref(), Some("jana@example.cz"));
        assert_eq!(email("jana@example"), None);
        assert_eq!(email("a\r\nBcc: b@c.cz"), None);
    }
}
