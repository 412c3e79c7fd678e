//! Supply-point codes of each country, with right check digits, and unique telephone numbers.

use domain::normal;

/// Supply-point code and kind: `serial` is unique within the utility.
pub(super) fn supply_code(tenant: &str, serial: u64) -> (String, &'static str) {
    match tenant {
        "vltava" => {
            let body = format!("859182400{:08}", 20_000_000 + serial);
            let digit = normal::gs1_digit(&body).unwrap_or_default();
            (format!("{body}{digit}"), "ean")
        }
        "morava" => {
            // Some bodies would end in a hyphen, which is no check character: those take another letter.
            let body = |letter| format!("27ZG600{letter}{serial:07}");
            let found = ['Z', 'Y', 'X']
                .into_iter()
                .find_map(|l| normal::eic_character(&body(l)).map(|c| format!("{}{c}", body(l))));
            (found.unwrap_or_else(|| body('Z')), "eic")
        }
        "wisla" => (
            format!("PL_WISD_{:010}_{:02}", 1_400_000_000 + serial, serial * 37 % 97),
            "ppe",
        ),
        _ => (format!("BV-82-{:07}", 1_000_000 + serial), "own"),
    }
}

/// A mobile number that no other customer of the country has, as long as `n` is below a million.
pub(super) fn mobile(country: &str, n: u64) -> String {
    // Multiplying by a number prime to a million only changes the order.
    let mixed = n * 457_139 % 1_000_000;
    let prefix = |list: &[&'static str]| {
        list.get(usize::try_from(n % list.len() as u64).unwrap_or_default())
            .copied()
            .unwrap_or_default()
    };
    match country {
        "PL" => format!(
            "+48{}{mixed:06}",
            prefix(&["512", "601", "604", "660", "692", "721", "785", "888"])
        ),
        "HU" => format!("+36{}{:07}", prefix(&["20", "30", "70"]), 1_000_000 + mixed),
        _ => format!(
            "+420{}{mixed:06}",
            prefix(&[
                "602", "603", "605", "607", "721", "724", "728", "732", "736", "739", "775", "776"
            ])
        ),
    }
}

/// A fixed line.
pub(super) fn landline(country: &str, n: u64) -> String {
    let mixed = n * 457_139 % 1_000_000;
    match country {
        "PL" => format!("+4814{:07}", 6_000_000 + mixed),
        "HU" => format!("+3687{:06}", mixed),
        _ => format!("+420{}{mixed:06}", 317 + n % 4 * 100),
    }
}
