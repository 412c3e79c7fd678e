//! Names and places by country: given names and surnames by frequency with their right forms, street names that every
//! town has, and villages that no map shows.

use super::split_mix::SplitMix;

/// Names of a country, more frequent ones first.
pub(super) struct Names {
    pub male: &'static [&'static str],
    pub female: &'static [&'static str],
    /// Male and female form.
    pub surnames: &'static [(&'static str, &'static str)],
    pub streets: &'static [&'static str],
    /// Place and first digits of its post code.
    pub places: &'static [(&'static str, u32)],
    pub firms: &'static [&'static str],
    pub firm_forms: &'static [&'static str],
    pub bodies: &'static [&'static str],
    /// Hungarian puts the surname first.
    pub surname_first: bool,
}

const CZECH: Names = Names {
    male: &["Jiří", "Jan", "Petr", "Josef", "Pavel", "Martin", "Tomáš", "Jaroslav", "Miroslav", "Zdeněk", "František", "Václav", "Michal", "Karel", "Milan", "Lukáš", "Jakub", "David", "Ladislav", "Ondřej", "Stanislav", "Marek", "Roman", "Radek", "Vojtěch", "Filip", "Matěj", "Aleš", "Bohumil", "Libor"],
    female: &["Jana", "Marie", "Eva", "Hana", "Anna", "Lenka", "Kateřina", "Věra", "Lucie", "Alena", "Petra", "Jaroslava", "Ludmila", "Helena", "Jitka", "Martina", "Jiřina", "Veronika", "Tereza", "Zdeňka", "Ivana", "Monika", "Barbora", "Michaela", "Markéta", "Dagmar", "Božena", "Pavla", "Klára", "Žofie"],
    surnames: &[("Novák", "Nováková"), ("Svoboda", "Svobodová"), ("Novotný", "Novotná"), ("Dvořák", "Dvořáková"), ("Černý", "Černá"), ("Procházka", "Procházková"), ("Kučera", "Kučerová"), ("Veselý", "Veselá"), ("Horák", "Horáková"), ("Němec", "Němcová"), ("Pokorný", "Pokorná"), ("Marek", "Marková"), ("Pospíšil", "Pospíšilová"), ("Hájek", "Hájková"), ("Jelínek", "Jelínková"), ("Král", "Králová"), ("Růžička", "Růžičková"), ("Beneš", "Benešová"), ("Fiala", "Fialová"), ("Sedláček", "Sedláčková"), ("Doležal", "Doležalová"), ("Zeman", "Zemanová"), ("Kolář", "Kolářová"), ("Krejčí", "Krejčí"), ("Navrátil", "Navrátilová"), ("Čermák", "Čermáková"), ("Urban", "Urbanová"), ("Vaněk", "Vaňková"), ("Blažek", "Blažková"), ("Kříž", "Křížová"), ("Kovář", "Kovářová"), ("Bartoš", "Bartošová"), ("Vlček", "Vlčková"), ("Musil", "Musilová"), ("Šimek", "Šimková"), ("Konečný", "Konečná"), ("Malý", "Malá"), ("Holub", "Holubová"), ("Štěpánek", "Štěpánková"), ("Staněk", "Staňková"), ("Kadlec", "Kadlecová"), ("Dostál", "Dostálová"), ("Soukup", "Soukupová"), ("Šťastný", "Šťastná"), ("Mareš", "Marešová"), ("Moravec", "Moravcová"), ("Sýkora", "Sýkorová"), ("Tichý", "Tichá"), ("Valenta", "Valentová"), ("Havlíček", "Havlíčková")],
    streets: &["Hlavní", "Školní", "Zahradní", "Lipová", "Nádražní", "Polní", "Krátká", "Luční", "Lesní", "Nová", "Na Výsluní", "U Potoka", "Pod Lesem", "K Rybníku", "Za Humny", "Slunečná", "Mlýnská", "Dlouhá", "Sokolská", "Březová", "Příčná", "Tyršova", "Husova", "Masarykova", "Náměstí Míru"],
    places: &[("Dolní Lipnice nad Borovou", 251), ("Horní Borová", 252), ("Kamenná Lhotka u Jívy", 373), ("Vrbice pod Hůrkou", 374), ("Nové Javoří", 468), ("Strážkov", 517), ("Olšany u Ostrůvku", 562), ("Habřinka", 594), ("Podlesice", 664), ("Vinohrádky nad Svitou", 679), ("Sedlištky", 685), ("Lukovec na Hané", 783), ("Rybníčky", 691), ("Suchá Javorná", 757), ("Bukovany pod Horou", 768)],
    firms: &["Pekárna", "Autoservis", "Truhlářství", "Stavby", "Zahradnictví", "Hostinec", "Kovovýroba", "Lékárna", "Tiskárna", "Penzion", "Pila", "Mlékárna", "Drogerie", "Květinářství", "Řeznictví"],
    firm_forms: &["s.r.o.", "s.r.o.", "s.r.o.", "a.s.", "v.o.s."],
    bodies: &["Základní škola", "Obec", "Bytové družstvo", "Společenství vlastníků", "Domov seniorů", "Mateřská škola", "Sbor dobrovolných hasičů"],
    surname_first: false,
};
const POLISH: Names = Names {
    male: &["Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Jan", "Michał", "Marcin", "Jakub", "Adam", "Stanisław", "Marek", "Łukasz", "Grzegorz", "Mateusz", "Wojciech", "Mariusz", "Dariusz", "Zbigniew", "Jerzy", "Maciej", "Rafał", "Robert", "Kamil", "Dawid"],
    female: &["Anna", "Katarzyna", "Maria", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Krystyna", "Magdalena", "Elżbieta", "Joanna", "Aleksandra", "Zofia", "Monika", "Teresa", "Danuta", "Natalia", "Karolina", "Marta", "Beata", "Dorota", "Halina", "Jadwiga", "Iwona", "Grażyna"],
    surnames: &[("Nowak", "Nowak"), ("Kowalski", "Kowalska"), ("Wiśniewski", "Wiśniewska"), ("Wójcik", "Wójcik"), ("Kowalczyk", "Kowalczyk"), ("Kamiński", "Kamińska"), ("Lewandowski", "Lewandowska"), ("Zieliński", "Zielińska"), ("Szymański", "Szymańska"), ("Woźniak", "Woźniak"), ("Dąbrowski", "Dąbrowska"), ("Kozłowski", "Kozłowska"), ("Mazur", "Mazur"), ("Jankowski", "Jankowska"), ("Kwiatkowski", "Kwiatkowska"), ("Krawczyk", "Krawczyk"), ("Kaczmarek", "Kaczmarek"), ("Piotrowski", "Piotrowska"), ("Grabowski", "Grabowska"), ("Zając", "Zając"), ("Pawłowski", "Pawłowska"), ("Król", "Król"), ("Michalski", "Michalska"), ("Wróbel", "Wróbel"), ("Wieczorek", "Wieczorek"), ("Jabłoński", "Jabłońska"), ("Nowakowski", "Nowakowska"), ("Majewski", "Majewska"), ("Olszewski", "Olszewska"), ("Stępień", "Stępień"), ("Malinowski", "Malinowska"), ("Jaworski", "Jaworska"), ("Adamczyk", "Adamczyk"), ("Dudek", "Dudek"), ("Nowicki", "Nowicka"), ("Pawlak", "Pawlak"), ("Górski", "Górska"), ("Sikora", "Sikora"), ("Walczak", "Walczak"), ("Baran", "Baran")],
    streets: &["ul. Polna", "ul. Leśna", "ul. Słoneczna", "ul. Krótka", "ul. Szkolna", "ul. Ogrodowa", "ul. Lipowa", "ul. Brzozowa", "ul. Łąkowa", "ul. Kwiatowa", "ul. Kościelna", "ul. Sosnowa", "ul. Zielona", "ul. Parkowa", "ul. Akacjowa", "ul. Kolejowa", "ul. Młyńska", "ul. Rzeczna", "ul. Spacerowa", "os. Wiślane"],
    places: &[("Nowa Wierzbica nad Strugą", 5), ("Brzeziny Wiślane", 5), ("Lipowo Dolne", 9), ("Olszanka Mała", 26), ("Stary Borek nad Rudą", 27), ("Zalesie Górnicze", 28), ("Kamionka Leśna", 34), ("Podgórki Wielkie", 32), ("Wólka Jaworowa", 37), ("Grabówek", 38)],
    firms: &["Piekarnia", "Warsztat", "Stolarnia", "Hurtownia", "Ogrodnictwo", "Restauracja", "Tartak", "Apteka", "Drukarnia", "Mleczarnia", "Pensjonat", "Kwiaciarnia"],
    firm_forms: &["sp. z o.o.", "sp. z o.o.", "s.c.", "S.A."],
    bodies: &["Szkoła Podstawowa", "Gmina", "Spółdzielnia Mieszkaniowa", "Wspólnota Mieszkaniowa", "Przedszkole", "Ochotnicza Straż Pożarna"],
    surname_first: false,
};
const HUNGARIAN: Names = Names {
    male: &["László", "István", "József", "János", "Zoltán", "Sándor", "Gábor", "Ferenc", "Attila", "Péter", "Tamás", "Zsolt", "Tibor", "András", "Csaba", "Imre", "Lajos", "György", "Balázs", "Gyula", "Mihály", "Károly", "Róbert", "Dániel", "Ádám"],
    female: &["Mária", "Erzsébet", "Katalin", "Ilona", "Éva", "Anna", "Zsuzsanna", "Margit", "Judit", "Ágnes", "Julianna", "Andrea", "Ildikó", "Erika", "Krisztina", "Irén", "Eszter", "Magdolna", "Mónika", "Edit", "Gabriella", "Szilvia", "Anita", "Anikó", "Viktória"],
    surnames: &[("Nagy", "Nagy"), ("Kovács", "Kovács"), ("Tóth", "Tóth"), ("Szabó", "Szabó"), ("Horváth", "Horváth"), ("Varga", "Varga"), ("Kiss", "Kiss"), ("Molnár", "Molnár"), ("Németh", "Németh"), ("Farkas", "Farkas"), ("Balogh", "Balogh"), ("Papp", "Papp"), ("Lakatos", "Lakatos"), ("Takács", "Takács"), ("Juhász", "Juhász"), ("Mészáros", "Mészáros"), ("Oláh", "Oláh"), ("Simon", "Simon"), ("Rácz", "Rácz"), ("Fekete", "Fekete"), ("Szilágyi", "Szilágyi"), ("Török", "Török"), ("Fehér", "Fehér"), ("Balázs", "Balázs"), ("Gál", "Gál"), ("Kis", "Kis"), ("Szűcs", "Szűcs"), ("Kocsis", "Kocsis"), ("Orsós", "Orsós"), ("Pintér", "Pintér"), ("Fodor", "Fodor"), ("Szalai", "Szalai"), ("Sipos", "Sipos"), ("Magyar", "Magyar"), ("Lukács", "Lukács"), ("Gulyás", "Gulyás"), ("Bíró", "Bíró"), ("Király", "Király"), ("Katona", "Katona"), ("Győri", "Győri")],
    streets: &["Petőfi utca", "Kossuth Lajos utca", "Rákóczi utca", "Dózsa György utca", "Ady Endre utca", "Arany János utca", "Táncsics Mihály utca", "Béke utca", "Jókai utca", "Széchenyi utca", "Szőlő utca", "Nyárfa utca", "Akácfa utca", "Nádas sor", "Kikötő utca", "Iskola utca", "Temető utca", "Fő tér"],
    places: &[("Balatonszelíd", 82), ("Kövesliget", 83), ("Almáskút", 84), ("Nádasrév", 86), ("Somlóbereg", 84), ("Fenyőspuszta", 85), ("Berekaljafalu", 87), ("Szőlőstelek", 83)],
    firms: &["Pékség", "Autószerviz", "Asztalosműhely", "Vendégház", "Borászat", "Kertészet", "Nyomda", "Gyógyszertár", "Halászcsárda", "Fűrészüzem"],
    firm_forms: &["Kft.", "Kft.", "Bt.", "Zrt."],
    bodies: &["Általános Iskola", "Önkormányzat", "Társasház", "Óvoda", "Idősek Otthona", "Kemping"],
    surname_first: true,
};

/// The names of a country; Czech ones for those the demo does not serve.
pub(super) fn names(country: &str) -> &'static Names {
    match country {
        "PL" => &POLISH,
        "HU" => &HUNGARIAN,
        _ => &CZECH,
    }
}

impl Names {
    /// A person: full name in the country's order, given name and surname.
    pub(super) fn person(&self, random: &mut SplitMix) -> (String, &'static str, &'static str) {
        let female = random.percent(52);
        let given = random.pick_frequent(if female { self.female } else { self.male });
        let forms = random.pick_frequent(self.surnames);
        let surname = if female { forms.1 } else { forms.0 };
        let full = if self.surname_first { format!("{surname} {given}") } else { format!("{given} {surname}") };
        (full, given, surname)
    }

    /// A firm, named after its owner, or a public body, named after its place.
    pub(super) fn company(&self, place: &str, random: &mut SplitMix) -> String {
        if random.percent(30) {
            let body = random.pick(self.bodies);
            return if self.surname_first { format!("{place} {body}") } else { format!("{body} {place}") };
        }
        let owner = random.pick_frequent(self.surnames).0;
        let (firm, form) = (random.pick(self.firms), random.pick(self.firm_forms));
        if self.surname_first { format!("{owner} {firm} {form}") } else { format!("{firm} {owner} {form}") }
    }

    /// Street, house number, city, post code.
    pub(super) fn address(&self, country: &str, random: &mut SplitMix) -> (String, String, String, String) {
        let street = random.pick(self.streets).to_owned();
        let mut house = random.between(1, 180).to_string();
        if random.percent(8) {
            house.push(random.pick(&['a', 'b', 'c']));
        }
        if country == "PL" && random.percent(35) {
            house.push_str(&format!("/{}", random.between(1, 60)));
        }
        let index = random.below(self.places.len() as u64);
        let (city, code) = usize::try_from(index).ok().and_then(|i| self.places.get(i)).copied().unwrap_or(("Strážkov", 517));
        // One post code per place: its last digits come from its position in the list.
        let rest = 1 + index * 7 % 90;
        let postcode = match country {
            "PL" => format!("{code:02}-{:03}", 100 + rest),
            "HU" => format!("{code}{rest:02}"),
            _ => format!("{code} {rest:02}"),
        };
        (street, house, city.to_owned(), postcode)
    }
}
