//! No event is left in the outbox that nobody explains.

use super::{Source, found, kept, sources};
use std::collections::BTreeSet;

/// Names like `CaseOpened` among the texts of a code.
fn event_names(code: &str) -> BTreeSet<String> {
    code.split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.chars().all(char::is_alphabetic) && text.starts_with(char::is_uppercase))
        .filter(|text| {
            text.chars().filter(|c| c.is_uppercase()).count() > 1 && text.contains(char::is_lowercase)
        })
        .map(str::to_owned)
        .collect()
}

/// Events that are made and not explained, explained and not made, or swallowed by an arm for everything.
fn unexplained(sources: &[Source]) -> Vec<String> {
    let made: BTreeSet<String> = sources
        .iter()
        .filter(|s| matches!(s.room(), "domain" | "tenancy" | "graphql"))
        .flat_map(|s| event_names(s.product()))
        .collect();
    let worker = sources
        .iter()
        .find(|s| s.path == "api/src/worker/events.rs")
        .unwrap();
    let taking = worker
        .code
        .split_once("match event.kind.as_str()")
        .map_or("", |(_, after)| {
            after.split_once("\n    }\n").map_or(after, |(arms, _)| arms)
        });
    let explained = event_names(taking);
    let mut faults: Vec<String> = made
        .difference(&explained)
        .map(|name| format!("{name} is made and the worker has no word of it"))
        .collect();
    faults.extend(
        explained
            .difference(&made)
            .map(|name| format!("{name} is explained and never made")),
    );
    if taking.contains("_ => {}") {
        faults.push("the worker swallows what it does not know".into());
    }
    faults
}

#[test]
fn every_event_is_explained_by_the_worker() {
    let sources = sources();
    let made: BTreeSet<String> = sources
        .iter()
        .filter(|s| s.path.starts_with("domain/src/interactions/"))
        .flat_map(|s| event_names(s.product()))
        .collect();
    assert!(
        made.contains("OfferMade") && made.contains("InteractionLogged"),
        "{made:?}"
    );
    kept("events", &unexplained(&sources));
}

#[test]
fn an_unexplained_event_is_found() {
    let faults = unexplained(&[
        Source::new(
            "domain/src/cases.rs",
            "//! x\nact.event(\"CaseBurnt\", \"case\", id, json!({ \"version\": 1 })); act.event(\"CaseOpened\", x)",
        ),
        Source::new(
            "api/src/worker/events.rs",
            "//! x\nmatch event.kind.as_str() {\n        \"CaseOpened\" => a(),\n        \"CaseSung\" => b(),\n        _ => {}\n    }\n",
        ),
    ]);
    found(&faults, "CaseBurnt is made");
    found(&faults, "CaseSung is explained");
    found(&faults, "swallows");
    assert_eq!(faults.len(), 3, "{faults:?}");
}
