//! The schema is committed as it is, and each element of it is described.

use super::{found, kept, root};
use tests::sdl::{Member, Sdl};

/// What of a schema has no description.
fn undescribed(sdl: &Sdl) -> Vec<String> {
    fn members(path: &str, of: &[Member], faults: &mut Vec<String>) {
        for member in of {
            let path = format!("{path}.{}", member.name);
            if member.description.trim().is_empty() {
                faults.push(format!("{path} is not described"));
            }
            members(&path, &member.arguments, faults);
        }
    }
    let mut faults = Vec::new();
    for of in &sdl.types {
        if of.description.trim().is_empty() {
            faults.push(format!("{} is not described", of.name));
        }
        members(&of.name, &of.members, &mut faults);
    }
    faults
}

/// How the committed schema differs from the real one.
fn stale(committed: &str, real: &str) -> Vec<String> {
    if committed == real {
        return Vec::new();
    }
    let line = committed
        .lines()
        .zip(real.lines())
        .position(|(a, b)| a != b)
        .unwrap_or_else(|| committed.lines().count().min(real.lines().count()));
    vec![format!(
        "graphql/schema.graphql differs from line {}: busbar schema > graphql/schema.graphql",
        line + 1
    )]
}

#[test]
fn the_committed_schema_is_current() {
    let committed = std::fs::read_to_string(root().join("graphql/schema.graphql")).unwrap();
    kept(
        "committed schema",
        &stale(committed.trim_end(), graphql::operation::sdl().trim_end()),
    );
}

#[test]
fn a_stale_schema_is_found() {
    let real = graphql::operation::sdl();
    found(
        &stale(&real.replacen("caseClose", "caseShut", 1), &real),
        "differs from line",
    );
    found(
        &stale(
            real.rsplit_once('\n').unwrap().0,
            &format!("{real}\ntype X {{ a: Int }}"),
        ),
        "differs from line",
    );
}

#[test]
fn every_element_of_the_schema_is_described() {
    let sdl = Sdl::of_the_product();
    let elements: usize = sdl
        .types
        .iter()
        .map(|t| 1 + t.members.iter().map(|m| 1 + m.arguments.len()).sum::<usize>())
        .sum();
    assert!(elements > 400, "only {elements} elements were read");
    kept("descriptions", &undescribed(&sdl));
}

#[test]
fn an_element_without_description_is_found() {
    let faults = undescribed(&Sdl::read(
        "schema { query: Q }\n\"A root.\" type Q { \"Right.\" a(\"Right.\" x: ID!, y: [Int!] = 3): A! b: Int @deprecated(reason: \"x\") }\n\
         enum E { \"One.\" ONE TWO }\n\"An input.\" input I { z: ID }\n\"\"\"\n\"\"\" scalar S @specifiedBy(url: \"x\")",
    ));
    for what in ["Q.a.y", "Q.b", "E is not", "E.TWO", "I.z", "S is not"] {
        found(&faults, what);
    }
    assert_eq!(faults.len(), 6, "{faults:?}");
}
