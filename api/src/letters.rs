//! Letters to customers: one per reason and language, in the utility's name.

use domain::tenant::Tenant;

/// Subject and text of a mail.
pub struct Letter {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// Tells a customer that a case is known, and by which number.
pub fn case_opened(tenant: &Tenant, language: &str, number: &str, subject: &str) -> Letter {
    let company = &tenant.name;
    let (head, text) = match language {
        "cs" => (
            format!("Váš požadavek {number}"),
            format!(
                "Dobrý den,\n\npřijali jsme Váš požadavek „{subject}“. Vedeme ho pod číslem {number}.\n\nUveďte prosím toto číslo, \
                 až se na něj budete ptát.\n\nS pozdravem\n{company}\n"
            ),
        ),
        "pl" => (
            format!("Państwa zgłoszenie {number}"),
            format!(
                "Dzień dobry,\n\nprzyjęliśmy Państwa zgłoszenie „{subject}”. Prowadzimy je pod numerem {number}.\n\nProsimy o podanie \
                 tego numeru w razie pytań.\n\nZ poważaniem\n{company}\n"
            ),
        ),
        "hu" => (
            format!("{number} számú bejelentése"),
            format!(
                "Tisztelt Ügyfelünk!\n\nBejelentését („{subject}”) {number} számon rögzítettük.\n\nKérjük, érdeklődéskor hivatkozzon erre \
                 a számra.\n\nÜdvözlettel\n{company}\n"
            ),
        ),
        "sk" => (
            format!("Vaša požiadavka {number}"),
            format!(
                "Dobrý deň,\n\nprijali sme Vašu požiadavku „{subject}“. Vedieme ju pod číslom {number}.\n\nUveďte, prosím, toto číslo, \
                 keď sa na ňu budete pýtať.\n\nS pozdravom\n{company}\n"
            ),
        ),
        _ => (
            format!("Your request {number}"),
            format!(
                "Hello,\n\nwe have received your request “{subject}”. Its number is {number}.\n\nPlease give this number when you ask \
                 about it.\n\nKind regards\n{company}\n"
            ),
        ),
    };
    Letter { subject: head, text }
}

/// Brings a customer the link by which the portal is entered.
pub fn portal_link(tenant: &Tenant, language: &str, link: &str) -> Letter {
    let company = &tenant.name;
    let (subject, text) = match language {
        "cs" => (
            "Přihlášení do zákaznického portálu",
            format!(
                "Dobrý den,\n\ntímto odkazem se přihlásíte. Platí 30 minut a lze ho použít jednou:\n\n{link}\n\nPokud jste o něj \
                 nežádali, nemusíte nic dělat.\n\n{company}\n"
            ),
        ),
        "pl" => (
            "Logowanie do portalu klienta",
            format!(
                "Dzień dobry,\n\ntym linkiem można się zalogować. Jest ważny 30 minut i działa jeden raz:\n\n{link}\n\nJeśli to nie \
                 Państwo o niego prosili, nie trzeba nic robić.\n\n{company}\n"
            ),
        ),
        "hu" => (
            "Belépés az ügyfélportálra",
            format!(
                "Tisztelt Ügyfelünk!\n\nEzzel a hivatkozással tud belépni. 30 percig érvényes, és egyszer használható:\n\n{link}\n\nHa nem \
                 Ön kérte, nincs teendője.\n\n{company}\n"
            ),
        ),
        "sk" => (
            "Prihlásenie do zákazníckeho portálu",
            format!(
                "Dobrý deň,\n\ntýmto odkazom sa prihlásite. Platí 30 minút a dá sa použiť raz:\n\n{link}\n\nAk ste oň nežiadali, \
                 nemusíte nič robiť.\n\n{company}\n"
            ),
        ),
        _ => (
            "Sign in to the customer portal",
            format!(
                "Hello,\n\nthis link signs you in. It is good for 30 minutes and can be used once:\n\n{link}\n\nIf you did not ask for \
                 it, there is nothing to do.\n\n{company}\n"
            ),
        ),
    };
    Letter {
        subject: subject.to_owned(),
        text,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_letter_carries_what_it_is_for_in_every_language() {
        let tenant = infra::demo::tenants()
            .into_iter()
            .find(|t| t.key == "vltava")
            .unwrap();
        for language in ["en", "cs", "pl", "hu", "sk"] {
            let letter = super::case_opened(&tenant, language, "VE-48016", "No supply");
            assert!(
                letter.text.contains("VE-48016")
                    && letter.text.contains("No supply")
                    && letter.text.contains(&tenant.name)
            );
            assert!(letter.subject.contains("VE-48016"));
            assert!(
                super::portal_link(&tenant, language, "https://x.example/enter#t")
                    .text
                    .contains("https://x.example/enter#t")
            );
        }
    }
}
