//! Who may enter which room: arrows between crates, homes of packages, order of contexts, habits of sources.

use super::{Source, found, kept, root, sources};
use std::fs;
use std::process::Command;

/// What a crate may see of the house.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("tenancy", &["domain"]),
    ("infra", &["domain", "tenancy"]),
    ("graphql", &["domain", "tenancy"]),
    ("api", &["domain", "tenancy", "infra", "graphql"]),
    ("tests", &["domain", "tenancy", "infra", "graphql", "api"]),
];

/// Where a package is at home; tests may use any.
const HOMES: &[(&str, &[&str])] = &[
    ("actix-web", &["api"]),
    ("actix-ws", &["api"]),
    ("tokio", &["api", "infra"]),
    ("juniper", &["graphql"]),
    ("validator", &["graphql"]),
    ("jsonwebtoken", &["tenancy"]),
    ("casbin", &["tenancy"]),
    ("diesel", &["infra"]),
    ("diesel_migrations", &["infra"]),
    ("pq-sys", &["infra"]),
    ("r2d2", &["infra"]),
    ("redis", &["infra"]),
    ("lettre", &["infra"]),
];

/// The modules of domain; each imports only those before it (docs/adr/0003-order-within-a-tier.md).
const ORDER: &[&str] = &[
    // the ground
    "ids",
    "fault",
    "money",
    "normal",
    "event",
    "act",
    "scope",
    "tenant",
    "unit",
    // tier 1
    "audit",
    "workforce",
    "customers",
    // tier 2
    "cases",
    "routing",
    "interactions",
    // tier 3
    "billing",
    // tier 5
    "card",
];

/// Names that stand before `::` in a text, where they begin a path.
fn path_heads(code: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find("::").map(|at| at + from) {
        let before = &code[..at];
        let start = before
            .rfind(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(0, |i| i + before[i..].chars().next().unwrap().len_utf8());
        if start < at && !before[..start].ends_with("::") {
            heads.push(&before[start..]);
        }
        from = at + 2;
    }
    heads
}

/// First names of what follows `crate::`, also within braces.
fn own_modules(code: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut modules = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            modules.push(name(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    modules.push(name(&group[start..i]));
                    start = i + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    modules.retain(|m| !m.is_empty());
    modules
}

/// Packages that a manifest asks for.
fn asked(manifest: &str) -> Vec<&str> {
    let mut within = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            within = line.contains("dependencies");
            continue;
        }
        if within && let Some((name, _)) = line.split_once(['.', '=', ' ']) {
            names.push(name.trim());
        }
    }
    names
}

/// What breaks the arrows in manifests `(room, text)` and sources.
fn arrows(manifests: &[(&str, String)], sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let sees = |room: &str| {
        ARROWS
            .iter()
            .find(|(name, _)| *name == room)
            .map(|(_, sees)| *sees)
            .unwrap()
    };
    let homes = |package: &str| {
        HOMES
            .iter()
            .find(|(name, _)| name.replace('-', "_") == package.replace('-', "_"))
            .map(|(_, homes)| *homes)
    };
    let crates: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for (room, manifest) in manifests {
        for name in asked(manifest) {
            if crates.contains(&name) && !sees(room).contains(&name) {
                faults.push(format!("{room}/Cargo.toml sees {name}"));
            }
            if *room != "tests" && homes(name).is_some_and(|homes| !homes.contains(room)) {
                faults.push(format!("{room}/Cargo.toml houses {name}"));
            }
        }
    }
    for source in sources {
        let room = source.room();
        for name in path_heads(&source.code) {
            if crates.contains(&name)
                && name != room
                && !sees(room).contains(&name)
                && !(room == "graphql" && name == "tests")
            {
                faults.push(format!("{} sees {name}", source.path));
            }
            if room != "tests" && homes(name).is_some_and(|homes| !homes.contains(&room)) {
                faults.push(format!("{} uses {name}", source.path));
            }
        }
    }
    faults
}

/// What breaks the order of contexts in domain.
fn order(sources: &[Source]) -> Vec<String> {
    let place = |module: &str| ORDER.iter().position(|m| *m == module);
    let mut faults = Vec::new();
    for source in sources
        .iter()
        .filter(|s| s.path.starts_with("domain/src/") && !s.path.ends_with("/lib.rs"))
    {
        let module = source
            .path
            .trim_start_matches("domain/src/")
            .split(['/', '.'])
            .next()
            .unwrap();
        let Some(own) = place(module) else {
            faults.push(format!("{} has no place in the order", source.path));
            continue;
        };
        for used in own_modules(&source.code) {
            match place(&used) {
                Some(other) if other <= own => {}
                _ => faults.push(format!("{} imports {used}", source.path)),
            }
        }
    }
    faults
}

/// What breaks the habits of sources.
fn habits(sources: &[Source]) -> Vec<String> {
    // Put together, so that this file does not hold what it forbids.
    let forbidden = [
        concat!("#[al", "low("),
        concat!("#![al", "low("),
        concat!("Field", "Result"),
        concat!("to", "do!"),
        concat!("unimple", "mented!"),
    ];
    let mut faults = Vec::new();
    for source in sources {
        if !source.text.starts_with("//! ") {
            faults.push(format!("{} does not say why it exists", source.path));
        }
        for word in forbidden {
            if source.code.contains(word) {
                faults.push(format!("{} holds {word}", source.path));
            }
        }
    }
    faults
}

/// What breaks the freedom from the database in an answer of `cargo tree`.
fn database_packages(tree: &str) -> Vec<String> {
    let names = tree.lines().filter_map(|line| {
        line.trim_start_matches(|c: char| !c.is_alphanumeric())
            .split(' ')
            .next()
    });
    names
        .filter(|name| ["diesel", "r2d2", "pq-sys", "postgres", "tokio-postgres", "sqlx"].contains(name))
        .map(str::to_owned)
        .collect()
}

fn tree(package: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--offline",
            "--locked",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn crate_arrows_and_homes_of_packages() {
    let manifests: Vec<_> = ARROWS
        .iter()
        .map(|(room, _)| {
            (
                *room,
                fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap(),
            )
        })
        .collect();
    kept("crate arrows", &arrows(&manifests, &sources()));
}

#[test]
fn crate_arrows_are_found_when_broken() {
    let manifest = |text: &str| format!("[package]\nname = \"x\"\n[dependencies]\n{text}\n");
    let manifests = [
        ("domain", manifest("tenancy.workspace = true")),
        ("graphql", manifest("diesel.workspace = true")),
        ("infra", manifest("tests = { path = \"../tests\" }")),
    ];
    let sources = [
        Source::new(
            "graphql/src/cases.rs",
            "//! x\nuse infra::pg::Database;\n// use api::state;\n",
        ),
        Source::new("api/src/state.rs", "//! x\nfn f() { juniper::execute() }\n"),
        Source::new(
            "tenancy/src/policy.rs",
            "//! x\nuse crate::tests::x; fn f(a: crate::infra::B) {}",
        ),
    ];
    let faults = arrows(&manifests, &sources);
    for what in [
        "domain/Cargo.toml sees tenancy",
        "graphql/Cargo.toml houses diesel",
        "infra/Cargo.toml sees tests",
        "graphql/src/cases.rs sees infra",
        "api/src/state.rs uses juniper",
    ] {
        found(&faults, what);
    }
    assert_eq!(faults.len(), 5, "{faults:?}");
}

#[test]
fn domain_and_graphql_build_without_a_database() {
    for package in ["domain", "tenancy", "graphql"] {
        kept(
            &format!("{package} is free of the database"),
            &database_packages(&tree(package)),
        );
    }
}

#[test]
fn a_database_is_found_in_a_crate_that_has_one() {
    let found = database_packages(&tree("infra"));
    assert!(found.iter().any(|name| name == "diesel"), "{found:?}");
}

#[test]
fn contexts_import_only_what_stands_before_them() {
    kept("order of contexts", &order(&sources()));
}

#[test]
fn a_context_that_imports_a_later_one_is_found() {
    let faults = order(&[
        Source::new(
            "domain/src/cases.rs",
            "//! x\nuse crate::interactions::Interaction;\nuse crate::ids::{CaseId, PersonId};",
        ),
        Source::new(
            "domain/src/customers/model.rs",
            "//! x\nuse crate::{ids::{CustomerId, TenantId}, billing::Invoice, fault};",
        ),
        Source::new("domain/src/gossip.rs", "//! x\n"),
        Source::new(
            "domain/src/act.rs",
            "//! x\nfn f(_: crate::audit::AuditEntry) {} // crate::card\n",
        ),
    ]);
    for what in [
        "domain/src/cases.rs imports interactions",
        "domain/src/customers/model.rs imports billing",
        "domain/src/gossip.rs has no place",
        "domain/src/act.rs imports audit",
    ] {
        found(&faults, what);
    }
    assert_eq!(faults.len(), 4, "{faults:?}");
}

#[test]
fn every_source_says_why_it_exists_and_holds_no_loose_end() {
    kept("habits", &habits(&sources()));
}

#[test]
fn a_source_with_a_loose_end_is_found() {
    let loose = format!(
        "use x;\n{}dead_code)]\nfn f() -> juniper::{}<i32> {{ {}() }}\n",
        concat!("#[al", "low("),
        concat!("Field", "Result"),
        concat!("to", "do!")
    );
    let faults = habits(&[Source::new("graphql/src/x.rs", &loose)]);
    assert_eq!(faults.len(), 4, "{faults:?}");
}
