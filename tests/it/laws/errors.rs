//! Every code is used, described and translated; what went wrong inside is for the log alone.

use super::{Source, found, kept, sources};
use domain::fault::Code;
use graphql::error::ErrorCode;
use graphql::messages::{self, Locale};
use serde_json::json;
use std::collections::BTreeSet;
use tests::sdl::Sdl;
use tests::{Client, Login, Utility, server, sql};

/// Codes that no product code makes. `declares` are the files in which a code is only named.
fn unused(kind: &str, codes: &[String], declares: &[&str], sources: &[Source]) -> Vec<String> {
    let users: Vec<&Source> = sources
        .iter()
        .filter(|s| s.room() != "tests" && !declares.contains(&s.path.as_str()))
        .collect();
    let uses = |source: &Source, code: &str| {
        let wanted = format!("{kind}::{code}");
        source.product().match_indices(&wanted).any(|(at, _)| {
            let before = source.product()[..at].chars().next_back();
            let after = source.product()[at + wanted.len()..].trim_start();
            let whole = !after.starts_with(|c: char| c.is_alphanumeric())
                && before.is_none_or(|c| !c.is_alphanumeric());
            // An arm of a match only reads it.
            whole && !after.starts_with("=>") && !after.starts_with('|')
        })
    };
    codes
        .iter()
        .filter(|code| !users.iter().any(|s| uses(s, code)))
        .map(|code| format!("{kind}::{code} is made by nobody"))
        .collect()
}

/// Sentences that are missing or were not translated.
fn untranslated(code: &str, sentence: &dyn Fn(Locale) -> String) -> Vec<String> {
    let sentences: Vec<String> = Locale::ALL.iter().map(|locale| sentence(*locale)).collect();
    let distinct: BTreeSet<&String> = sentences.iter().collect();
    let mut faults = Vec::new();
    if sentences
        .iter()
        .any(|s| s.trim().is_empty() || !s.ends_with(['.', '!', '?']))
    {
        faults.push(format!("{code} lacks a sentence: {sentences:?}"));
    }
    // Czech and Slovak may agree, no two others.
    if distinct.len() + 1 < sentences.len() || sentences[1..].contains(&sentences[0]) {
        faults.push(format!("{code} is not translated: {sentences:?}"));
    }
    faults
}

/// How the enum of the schema and the codes differ.
fn undescribed(sdl: &Sdl, codes: &[&str]) -> Vec<String> {
    let values = &sdl.get("UserErrorCode").unwrap().members;
    let described = |code: &&str| {
        values
            .iter()
            .any(|v| v.name == *code && !v.description.is_empty())
    };
    let mut faults: Vec<String> = codes
        .iter()
        .filter(|c| !described(c))
        .map(|c| format!("{c} is not described in the schema"))
        .collect();
    faults.extend(
        values
            .iter()
            .filter(|v| !codes.contains(&v.name.as_str()))
            .map(|v| format!("{} is in the schema and no code", v.name)),
    );
    faults
}

fn names<T: std::fmt::Debug>(codes: &[T]) -> Vec<String> {
    codes.iter().map(|code| format!("{code:?}")).collect()
}

#[test]
fn every_code_is_used_translated_and_described() {
    let sources = sources();
    let mut faults = unused(
        "Code",
        &names(Code::ALL),
        &["domain/src/fault.rs", "graphql/src/messages.rs"],
        &sources,
    );
    faults.extend(unused(
        "ErrorCode",
        &names(ErrorCode::ALL),
        &["graphql/src/messages.rs"],
        &without_declaration(sources),
    ));
    for code in Code::ALL {
        faults.extend(untranslated(code.text(), &|locale| {
            messages::refusal(*code, locale).to_owned()
        }));
    }
    for code in ErrorCode::ALL {
        faults.extend(untranslated(code.text(), &|locale| {
            messages::error(*code, locale).to_owned()
        }));
    }
    faults.extend(undescribed(
        &Sdl::of_the_product(),
        &Code::ALL.iter().map(|c| c.text()).collect::<Vec<_>>(),
    ));
    kept("codes", &faults);
    assert_eq!(
        (Code::ALL.len(), ErrorCode::ALL.len()),
        (19, 8),
        "a new code: count it here"
    );
}

/// `ErrorCode` is declared beside code that makes some of them: its list of all is left out.
fn without_declaration(sources: Vec<Source>) -> Vec<Source> {
    let cut = |source: Source| match source.text.split_once("pub const ALL: &'static [ErrorCode]") {
        Some((before, after)) => Source::new(
            &source.path,
            &format!("{before}{}", after.split_once("];").unwrap().1),
        ),
        None => source,
    };
    sources.into_iter().map(cut).collect()
}

#[test]
fn a_code_that_is_unused_untranslated_or_undescribed_is_found() {
    let sources = [
        Source::new(
            "domain/src/x.rs",
            "//! x\nfn f() { Code::Stale; match c { Code::Throttled => 1, Code::StaleMate | Code::Invalid => 2 } }\n#[cfg(test)]\nmod t { fn g() { Code::Invalid } }",
        ),
        Source::new("tests/it/x.rs", "//! x\nCode::Throttled;"),
    ];
    let codes: Vec<String> = ["Stale", "Throttled", "Invalid"].map(str::to_owned).to_vec();
    let faults = unused("Code", &codes, &[], &sources);
    found(&faults, "Code::Throttled");
    found(&faults, "Code::Invalid");
    assert_eq!(faults.len(), 2, "{faults:?}");
    found(&untranslated("X", &|_| "Please wait.".into()), "not translated");
    found(
        &untranslated("X", &|locale| {
            if locale == Locale::Hu {
                String::new()
            } else {
                format!("{locale:?}.")
            }
        }),
        "lacks a sentence",
    );
    let sdl = Sdl::read("\"x\" enum UserErrorCode { \"Well.\" STALE INVALID \"Odd.\" ODD }");
    let faults = undescribed(&sdl, &["STALE", "INVALID", "THROTTLED"]);
    assert_eq!(faults.len(), 3, "{faults:?}");
}

/// A fault is raised inside the database, with a text that nobody outside may read.
#[tokio::test(flavor = "multi_thread")]
async fn internal_text_never_reaches_a_client() {
    let utility = Utility::fresh();
    let supervisor = utility.staff("supervisor");
    let household = utility.household("Alena Tichá", "+420777555001", "alena.ticha@posta.example");
    let case = utility.case_of(&household, supervisor.id, "Quiet");
    let tenant = utility.tenant.id;
    let client = Client::new(server().base_url())
        .bearer(&supervisor.token)
        .tenant(&utility.tenant.key);
    let note = |key: &str| client.idempotency_key(key);
    let document = "mutation($id: ID!) { caseNote(input: { caseId: $id, text: \"quiet\" }) { case { version } userErrors { code } } }";
    let before = note("internal-0")
        .graphql(document, json!({ "id": case }))
        .await
        .ok();
    assert_eq!(before.data("/caseNote/case/version"), 2);

    let mut owner = sql::connect(Login::Owner);
    for statement in [
        "create or replace function raise_for_tests() returns trigger language plpgsql as $$ begin raise exception 'secret-xyz of %', tg_relname; end $$".to_owned(),
        format!("create trigger raise_for_tests before insert on case_entries for each row when (new.tenant_id = '{tenant}') execute function raise_for_tests()"),
    ] {
        sql::execute(&mut owner, &statement).unwrap();
    }
    let broken = note("internal-1").graphql(document, json!({ "id": case })).await;
    sql::execute(&mut owner, "drop trigger raise_for_tests on case_entries").unwrap();
    sql::execute(&mut owner, "drop function raise_for_tests()").unwrap();

    assert_eq!(broken.error_codes(), ["INTERNAL"], "{}", broken.text);
    assert_eq!(
        broken.body["errors"][0]["message"],
        messages::error(ErrorCode::Internal, Locale::En)
    );
    let told = format!("{} {:?}", broken.text, broken.headers).to_lowercase();
    for inner in [
        "secret",
        "xyz",
        "case_entries",
        "trigger",
        "plpgsql",
        "exception",
        "raise",
        "diesel",
        ".rs",
    ] {
        assert!(!told.contains(inner), "{inner} in {told}");
    }
    assert!(
        server().log().contains("secret-xyz of case_entries"),
        "whoever runs the program has to find it in the log"
    );
    // Nothing of it was kept, not even for the key: the same key works when the fault is gone.
    let again = note("internal-1")
        .graphql(document, json!({ "id": case }))
        .await
        .ok();
    assert_eq!(again.data("/caseNote/case/version"), 3);
}
