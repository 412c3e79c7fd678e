//! The server's own sentences in five languages. Pages have catalogues of their own.

use crate::error::ErrorCode;
use domain::fault::Code;

/// A language the server speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Czech.
    Cs,
    /// Polish.
    Pl,
    /// Hungarian.
    Hu,
    /// Slovak.
    Sk,
}

impl Locale {
    /// All languages.
    pub const ALL: &'static [Locale] = &[Locale::En, Locale::Cs, Locale::Pl, Locale::Hu, Locale::Sk];

    /// ISO 639-1.
    pub const fn text(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Cs => "cs",
            Locale::Pl => "pl",
            Locale::Hu => "hu",
            Locale::Sk => "sk",
        }
    }

    /// The first known language of an `Accept-Language` header or of a plain code; English if none is known.
    pub fn of(header: &str) -> Locale {
        header
            .split(',')
            .filter_map(|part| part.split([';', '-', '_']).next())
            .find_map(|code| {
                Locale::ALL
                    .iter()
                    .find(|l| l.text().eq_ignore_ascii_case(code.trim()))
            })
            .copied()
            .unwrap_or_default()
    }

    const fn pick(self, texts: [&'static str; 5]) -> &'static str {
        texts[self as usize]
    }
}

/// The sentence of an error.
pub const fn error(code: ErrorCode, locale: Locale) -> &'static str {
    locale.pick(match code {
        ErrorCode::Unauthenticated => [
            "Please sign in.",
            "Přihlaste se, prosím.",
            "Proszę się zalogować.",
            "Kérjük, jelentkezzen be.",
            "Prihláste sa, prosím.",
        ],
        ErrorCode::Forbidden => [
            "You are not allowed to do this.",
            "K tomu nemáte oprávnění.",
            "Nie masz do tego uprawnień.",
            "Ehhez nincs jogosultsága.",
            "Na to nemáte oprávnenie.",
        ],
        ErrorCode::NotFound => [
            "This does not exist here.",
            "Tohle tu není.",
            "Tego tu nie ma.",
            "Ez itt nem található.",
            "Toto tu nie je.",
        ],
        ErrorCode::BadInput => [
            "The request cannot be understood as it is.",
            "Požadavku v této podobě nelze porozumět.",
            "Zapytania w tej postaci nie można zrozumieć.",
            "A kérés ebben a formában nem értelmezhető.",
            "Požiadavke v tejto podobe nemožno porozumieť.",
        ],
        ErrorCode::Conflict => [
            "The same is being done just now. Wait a moment and look.",
            "Totéž se právě provádí. Chvíli počkejte a podívejte se.",
            "To samo jest właśnie wykonywane. Poczekaj chwilę i sprawdź.",
            "Ugyanez éppen folyamatban van. Várjon egy kicsit, és nézze meg újra.",
            "To isté sa práve vykonáva. Chvíľu počkajte a pozrite sa.",
        ],
        ErrorCode::RateLimited => [
            "Too many requests. Please wait.",
            "Příliš mnoho požadavků. Počkejte, prosím.",
            "Zbyt wiele zapytań. Proszę poczekać.",
            "Túl sok kérés. Kérjük, várjon.",
            "Priveľa požiadaviek. Počkajte, prosím.",
        ],
        ErrorCode::Unavailable => [
            "This cannot be done just now. Nothing was changed; please try again.",
            "Teď to nejde. Nic se nezměnilo, zkuste to prosím znovu.",
            "Teraz to niemożliwe. Nic się nie zmieniło, spróbuj ponownie.",
            "Ez most nem lehetséges. Semmi sem változott, kérjük, próbálja újra.",
            "Teraz sa to nedá. Nič sa nezmenilo, skúste to prosím znova.",
        ],
        ErrorCode::Internal => [
            "This failed through a fault of ours. Nothing was changed; the fault is recorded.",
            "Nepovedlo se to naší chybou. Nic se nezměnilo a chyba je zaznamenaná.",
            "Nie udało się z naszej winy. Nic się nie zmieniło, a błąd został zapisany.",
            "Ez a mi hibánkból nem sikerült. Semmi sem változott, a hibát rögzítettük.",
            "Nepodarilo sa to našou chybou. Nič sa nezmenilo a chyba je zaznamenaná.",
        ],
    })
}

/// The sentence of a refusal.
pub const fn refusal(code: Code, locale: Locale) -> &'static str {
    locale.pick(match code {
        Code::SignInRefused => [
            "Login or password is not right.",
            "Přihlašovací jméno nebo heslo nesouhlasí.",
            "Login lub hasło są nieprawidłowe.",
            "A bejelentkezési név vagy a jelszó nem megfelelő.",
            "Prihlasovacie meno alebo heslo nesúhlasí.",
        ],
        Code::Throttled => [
            "Too many tries. Please wait a minute.",
            "Příliš mnoho pokusů. Počkejte, prosím, minutu.",
            "Zbyt wiele prób. Proszę poczekać minutę.",
            "Túl sok próbálkozás. Kérjük, várjon egy percet.",
            "Priveľa pokusov. Počkajte, prosím, minútu.",
        ],
        Code::LinkInvalid => [
            "This link was used or is too old. Ask for a new one.",
            "Odkaz už byl použit nebo vypršel. Požádejte o nový.",
            "Link został już użyty lub wygasł. Poproś o nowy.",
            "A hivatkozást már felhasználták vagy lejárt. Kérjen újat.",
            "Odkaz už bol použitý alebo vypršal. Požiadajte o nový.",
        ],
        Code::OfferGone => [
            "This offer has ended.",
            "Tato nabídka už skončila.",
            "Ta oferta już się zakończyła.",
            "Ez a felkínált hívás már lejárt.",
            "Táto ponuka sa už skončila.",
        ],
        Code::InteractionClosed => [
            "This contact is already closed.",
            "Tento kontakt je už uzavřený.",
            "Ten kontakt jest już zamknięty.",
            "Ez a megkeresés már le van zárva.",
            "Tento kontakt je už uzavretý.",
        ],
        Code::InteractionNotYours => [
            "Another operator has this contact.",
            "Tento kontakt má jiný operátor.",
            "Ten kontakt ma inny operator.",
            "Ezt a megkeresést másik ügyintéző kezeli.",
            "Tento kontakt má iný operátor.",
        ],
        Code::CustomerUnknown => [
            "This utility has no such customer.",
            "Tato společnost takového zákazníka nemá.",
            "To przedsiębiorstwo nie ma takiego klienta.",
            "Ennek a szolgáltatónak nincs ilyen ügyfele.",
            "Táto spoločnosť takého zákazníka nemá.",
        ],
        Code::CaseUnknown => [
            "This customer has no such case.",
            "Tento zákazník takový případ nemá.",
            "Ten klient nie ma takiej sprawy.",
            "Ennek az ügyfélnek nincs ilyen ügye.",
            "Tento zákazník taký prípad nemá.",
        ],
        Code::CaseClosed => [
            "This case is closed.",
            "Tento případ je uzavřený.",
            "Ta sprawa jest zamknięta.",
            "Ez az ügy le van zárva.",
            "Tento prípad je uzavretý.",
        ],
        Code::CaseTypeUnknown => [
            "Choose one of the types of this utility.",
            "Vyberte některý z typů této společnosti.",
            "Wybierz jeden z typów tego przedsiębiorstwa.",
            "Válasszon a szolgáltató ügytípusai közül.",
            "Vyberte niektorý z typov tejto spoločnosti.",
        ],
        Code::WrapUpUnknown => [
            "Choose one of the reasons of this utility.",
            "Vyberte některý z důvodů této společnosti.",
            "Wybierz jeden z powodów tego przedsiębiorstwa.",
            "Válasszon a szolgáltató okkódjai közül.",
            "Vyberte niektorý z dôvodov tejto spoločnosti.",
        ],
        Code::Stale => [
            "Somebody changed this meanwhile. Compare and decide again.",
            "Někdo to mezitím změnil. Porovnejte a rozhodněte znovu.",
            "Ktoś to w międzyczasie zmienił. Porównaj i zdecyduj ponownie.",
            "Ezt időközben valaki módosította. Hasonlítsa össze, és döntsön újra.",
            "Niekto to medzitým zmenil. Porovnajte a rozhodnite znova.",
        ],
        Code::GrantOverlaps => [
            "This person already has such a grant in that time.",
            "Tento člověk už takové pověření v té době má.",
            "Ta osoba ma już takie upoważnienie w tym czasie.",
            "Ennek a személynek erre az időre már van ilyen megbízása.",
            "Tento človek už také poverenie v tom čase má.",
        ],
        Code::GrantPeriod => [
            "The end must be after the beginning.",
            "Konec musí být po začátku.",
            "Koniec musi być po początku.",
            "A végnek a kezdet után kell lennie.",
            "Koniec musí byť po začiatku.",
        ],
        Code::PolicySealed => [
            "This rule is sealed by the platform.",
            "Toto pravidlo je platformou zapečetěné.",
            "Ta reguła jest zapieczętowana przez platformę.",
            "Ezt a szabályt a platform zárolta.",
            "Toto pravidlo je platformou zapečatené.",
        ],
        Code::PolicyUnknown => [
            "There is no such rule to make.",
            "Takové pravidlo nelze vytvořit.",
            "Takiej reguły nie można utworzyć.",
            "Ilyen szabály nem hozható létre.",
            "Také pravidlo nemožno vytvoriť.",
        ],
        Code::PersonUnknown => [
            "Nobody has this login.",
            "Toto přihlašovací jméno nikdo nemá.",
            "Nikt nie ma takiego loginu.",
            "Ilyen bejelentkezési névvel nincs senki.",
            "Toto prihlasovacie meno nikto nemá.",
        ],
        Code::PresenceRefused => [
            "Finish the open contact first.",
            "Nejdřív dokončete otevřený kontakt.",
            "Najpierw zakończ otwarty kontakt.",
            "Előbb fejezze be a nyitott megkeresést.",
            "Najprv dokončite otvorený kontakt.",
        ],
        Code::Invalid => [
            "This is missing, too long, or not in the right form.",
            "Údaj chybí, je příliš dlouhý nebo nemá správný tvar.",
            "Brakuje tych danych, są za długie lub mają złą postać.",
            "Az adat hiányzik, túl hosszú, vagy nem megfelelő formájú.",
            "Údaj chýba, je príliš dlhý alebo nemá správny tvar.",
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_speaks_every_language() {
        let distinct = |texts: Vec<&str>| {
            let mut kept = texts.clone();
            kept.sort_unstable();
            kept.dedup();
            assert!(texts.iter().all(|t| !t.is_empty()));
            assert_eq!(kept.len(), texts.len(), "the same sentence twice: {texts:?}");
        };
        for code in ErrorCode::ALL {
            distinct(Locale::ALL.iter().map(|l| error(*code, *l)).collect());
        }
        for code in Code::ALL {
            distinct(Locale::ALL.iter().map(|l| refusal(*code, *l)).collect());
        }
    }

    #[test]
    fn languages_are_read_from_headers() {
        assert_eq!(Locale::of("cs-CZ,cs;q=0.9,en;q=0.8"), Locale::Cs);
        assert_eq!(Locale::of("de, hu;q=0.5"), Locale::Hu);
        assert_eq!(Locale::of(""), Locale::En);
    }
}
