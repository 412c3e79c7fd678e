//! GraphQL over HTTP as strangers meet it: conformance, limits, refusals, savepoints, and what it says when it cannot.

use infra::embedded::{EmbeddedPostgres, EmbeddedSettings};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tests::sdl::{Sdl, TypeRef};
use tests::{Client, Household, Login, Program, Response, Staff, Utility, ending, server, sql};

fn client() -> Client {
    Client::new(server().base_url())
}

/// A utility with a supervisor and a household, and her client.
fn desk() -> (Utility, Staff, Household, Client) {
    let utility = Utility::fresh();
    let supervisor = utility.staff("supervisor");
    let household = utility.household("Bohumila Malá", "+420777000300", "bohumila.mala@posta.example");
    let client = client().bearer(&supervisor.token).tenant(&utility.tenant.key);
    (utility, supervisor, household, client)
}

fn entries(utility: &Utility) -> i64 {
    let statement = format!(
        "select count(*) from case_entries where tenant_id = '{}'",
        utility.tenant.id
    );
    sql::value(&mut sql::connect(Login::Superuser), &statement)
        .as_i64()
        .unwrap()
}

#[track_caller]
fn refused(answer: &Response, status: u16, code: &str, field: Option<&str>) {
    assert_eq!(answer.error_codes(), [code], "{} {}", answer.status, answer.text);
    assert_eq!(
        answer.body["errors"][0]["extensions"]["field"].as_str(),
        field,
        "{}",
        answer.text
    );
    assert_eq!(answer.status, status, "{}", answer.text);
    assert!(
        answer.body.get("data").is_none_or(Value::is_null),
        "{}",
        answer.text
    );
}

const MODERN: &str = "application/graphql-response+json";

#[tokio::test(flavor = "multi_thread")]
async fn all_61_audits_of_graphql_over_http_pass() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("audits");
    if !directory.join("node_modules/graphql-http").exists() {
        let installed = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&directory)
            .output()
            .unwrap();
        assert!(
            installed.status.success(),
            "{}",
            String::from_utf8_lossy(&installed.stderr)
        );
    }
    // The demo, as `make run` starts it: the audits ask the schema about itself. Its database is its own.
    let own = [
        ("DATABASE_URL", ""),
        ("DATABASE_WORKER_URL", ""),
        ("DATABASE_OWNER_URL", ""),
        ("BUSBAR_DEMO_CUSTOMERS", "20"),
    ];
    let mut program = Program::start(&["serve", "--demo"], &own);
    let url = format!("{}/graphql", program.base_url());
    let output = Command::new("node")
        .arg("audits.mjs")
        .arg(url)
        .current_dir(&directory)
        .output()
        .unwrap();
    assert_eq!(program.terminate(), Some(0));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let results: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let failed: Vec<String> = results
        .iter()
        .filter(|r| r["status"] != "ok")
        .map(Value::to_string)
        .collect();
    println!("{} audits ok of {}", results.len() - failed.len(), results.len());
    assert!(
        failed.is_empty(),
        "{} of {} audits failed:\n{}",
        failed.len(),
        results.len(),
        failed.join("\n")
    );
    assert_eq!(results.len(), 61);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_asks_for_too_much_is_refused() {
    let (_, _, _, client) = desk();
    let client = client.header("Accept", MODERN);
    let many =
        |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(" ");
    let deep = format!(
        "{{ __type(name: \"Query\") {{ {} name {} }} }}",
        "ofType { ".repeat(17),
        "}".repeat(17)
    );
    let page = "edges { node { id number type typeLabel state priority version owner openedAt closedAt customerId subject { value masked } } }";
    for (what, limit, document) in [
        ("depth", "", deep),
        ("tokens", "", format!("{{ me {{ {} }} }}", "id ".repeat(4_100))),
        (
            "aliases",
            "aliases",
            format!("{{ me {{ {} }} }}", many(31, &|i| format!("a{i}: id"))),
        ),
        (
            "root fields",
            "root fields",
            format!("{{ {} }}", many(11, &|i| format!("a{i}: caseTypes {{ key }}"))),
        ),
        (
            "cost",
            "cost",
            format!(
                "{{ {} }}",
                many(7, &|i| format!("a{i}: cases(first: 100) {{ {page} }}"))
            ),
        ),
        (
            "cost by fragment",
            "cost",
            format!(
                "{{ {} }} fragment P on CaseConnection {{ {page} }}",
                many(7, &|i| format!("a{i}: cases(first: 100) {{ ...P }}"))
            ),
        ),
        (
            "nested fragments",
            "",
            format!(
                "{{ caseTypes {{ ...F0 }} }} {} fragment F12 on Label {{ key }}",
                many(12, &|i| format!(
                    "fragment F{i} on Label {{ ...F{n} ...F{n} ...F{n} }}",
                    n = i + 1
                ))
            ),
        ),
    ] {
        let begun = Instant::now();
        let answer = client.graphql(&document, json!({})).await;
        assert_eq!(
            (answer.status, answer.error_codes()),
            (400, vec!["BAD_INPUT".to_owned()]),
            "{what}: {}",
            answer.text
        );
        assert!(answer.body.get("data").is_none(), "{what}: {}", answer.text);
        if !limit.is_empty() {
            assert_eq!(
                answer.body["errors"][0]["extensions"]["limit"], limit,
                "{what}: {}",
                answer.text
            );
        }
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "{what} took {:?}",
            begun.elapsed()
        );
    }
    // At each limit it is still answered.
    client
        .graphql(
            &format!("{{ me {{ {} }} }}", many(30, &|i| format!("a{i}: id"))),
            json!({}),
        )
        .await
        .ok();
    client
        .graphql(
            &format!("{{ {} }}", many(10, &|i| format!("a{i}: caseTypes {{ key }}"))),
            json!({}),
        )
        .await
        .ok();
    client
        .graphql(
            &format!(
                "{{ {} }}",
                many(6, &|i| format!("a{i}: cases(first: 100) {{ {page} }}"))
            ),
            json!({}),
        )
        .await
        .ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cost_stands_in_the_answer() {
    let (_, _, _, client) = desk();
    let paged = "query($n: Int) { cases(first: $n) { edges { node { id number } } } }";
    for (document, variables, cost) in [
        ("{ tenant { key name } }", json!({}), 3),
        ("{ caseTypes { key label } }", json!({}), 21),
        (
            "{ cases(first: 5) { edges { node { id number } } } }",
            json!({}),
            17,
        ),
        ("{ cases { edges { node { id number } } } }", json!({}), 62),
        (paged, json!({ "n": 7 }), 23),
        (paged, json!({}), 302),
    ] {
        let answer = client.graphql(document, variables).await.ok();
        assert_eq!(answer.body["extensions"]["cost"], cost, "{document}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_bounded_and_cursors_are_ours() {
    let (utility, supervisor, household, client) = desk();
    let all: BTreeSet<String> = (0..5)
        .map(|i| utility.case_of(&household, supervisor.id, &format!("Case {i}")))
        .collect();
    let client = client.header("Accept", MODERN);
    let document = "query($n: Int, $c: String) { cases(first: $n, after: $c) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    for first in [101, -1, i32::MAX] {
        let answer = client.graphql(document, json!({ "n": first })).await;
        assert_eq!(answer.error_codes(), ["BAD_INPUT"], "{first}: {}", answer.text);
        let place = &answer.body["errors"][0]["extensions"];
        assert!(
            place["field"] == "first" || place["limit"] == "cost",
            "{first}: {}",
            answer.text
        );
    }
    let ids: Vec<&String> = all.iter().cycle().take(101).collect();
    let answer = client
        .graphql("query($i: [ID!]!) { nodes(ids: $i) { id } }", json!({ "i": ids }))
        .await;
    assert_eq!(
        (
            answer.error_codes(),
            answer.body["errors"][0]["extensions"]["field"].as_str()
        ),
        (vec!["BAD_INPUT".into()], Some("ids"))
    );

    // Every case once, page by page.
    let (mut seen, mut after, mut sizes) = (Vec::new(), Value::Null, Vec::new());
    loop {
        let page = client.graphql(document, json!({ "n": 2, "c": after })).await.ok();
        let edges = page.data("/cases/edges").as_array().unwrap().clone();
        sizes.push(edges.len());
        seen.extend(edges.iter().map(|e| e["node"]["id"].as_str().unwrap().to_owned()));
        assert_eq!(page.data("/cases/pageInfo/hasPreviousPage"), !after.is_null());
        assert_eq!(page.data("/cases/pageInfo/startCursor"), &edges[0]["cursor"]);
        after = page.data("/cases/pageInfo/endCursor").clone();
        if page.data("/cases/pageInfo/hasNextPage") == false {
            break;
        }
    }
    assert_eq!(sizes, [2, 2, 1]);
    assert_eq!(seen.iter().cloned().collect::<BTreeSet<_>>(), all);
    assert_eq!(seen.len(), 5, "none twice");
    let none = client.graphql(document, json!({ "n": 0 })).await.ok();
    assert_eq!(
        (
            none.data("/cases/edges"),
            none.data("/cases/pageInfo/hasNextPage")
        ),
        (&json!([]), &json!(true))
    );

    let cursor = after.as_str().unwrap().to_owned();
    let (head, tail) = cursor.split_at(cursor.len() / 2);
    for tampered in [
        "",
        "x",
        "e30",
        "bnVsbA",
        "not base64!",
        head,
        tail,
        &format!("{cursor}A"),
        &format!("x{cursor}"),
        "IjEgb3IgMT0xIg",
        "' or 1=1 --",
    ] {
        let answer = client.graphql(document, json!({ "c": tampered })).await;
        assert_eq!(answer.error_codes(), ["BAD_INPUT"], "{tampered}: {}", answer.text);
        assert_eq!(
            answer.body["errors"][0]["extensions"]["field"], "after",
            "{tampered}: {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_root_fields_of_one_key_are_refused_and_nothing_runs() {
    let (utility, supervisor, household, client) = desk();
    let case = utility.case_of(&household, supervisor.id, "Twice");
    let before = entries(&utility);
    let note = "caseNote(input: { caseId: $id, text: \"once\" }) { case { version } }";
    for (number, document) in [
        format!("mutation($id: ID!) {{ {note} {note} }}"),
        format!("mutation($id: ID!) {{ a: {note} a: {note} }}"),
        format!("mutation($id: ID!) {{ {note} ...F }} fragment F on Mutation {{ {note} }}"),
        format!("mutation($id: ID!) {{ ...F ...F }} fragment F on Mutation {{ {note} }}"),
        format!("mutation($id: ID!) {{ {note} ... on Mutation {{ {note} }} }}"),
        format!("mutation($id: ID!) {{ {note} ... @include(if: true) {{ {note} }} }}"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = client
            .idempotency_key(&format!("doubled-{number}"))
            .graphql(&document, json!({ "id": case }))
            .await;
        assert_eq!(answer.error_codes(), ["BAD_INPUT"], "{document}: {}", answer.text);
        assert!(answer.body.get("data").is_none(), "{document}: {}", answer.text);
    }
    assert_eq!(entries(&utility), before);
    let document = format!("mutation($id: ID!) {{ a: {note} b: {note} }}");
    client
        .idempotency_key("doubled-control")
        .graphql(&document, json!({ "id": case }))
        .await
        .ok();
    assert_eq!(entries(&utility), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_root_mutation_field_stands_or_falls_alone() {
    let (utility, supervisor, household, client) = desk();
    let operator = utility.staff("operator");
    let case = utility.case_of(&household, operator.id, "Alone");
    let absent =
        graphql::ids::encode(graphql::ids::Kind::Case, utility.tenant.id, tests::town::id()).to_string();
    let before = entries(&utility);
    // Kept · an error · a refusal of the input · a refusal of the rule, after its own writes began · kept
    let document = "mutation($id: ID!, $no: ID!) {
        kept: caseNote(input: { caseId: $id, text: \"one\" }) { case { version } userErrors { code } }
        error: caseNote(input: { caseId: $no, text: \"two\" }) { case { version } userErrors { code } }
        empty: caseNote(input: { caseId: $id, text: \"\" }) { case { version } userErrors { code field } }
        stale: caseClose(input: { caseId: $id, version: 1, resolution: \"three\" }) { case { version state } userErrors { code } }
        also: caseNote(input: { caseId: $id, text: \"four\" }) { case { version } userErrors { code } }
    }";
    let answer = client
        .idempotency_key("savepoints-1")
        .graphql(document, json!({ "id": case, "no": absent }))
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.data("/kept"),
        &json!({ "case": { "version": 2 }, "userErrors": [] }),
        "{}",
        answer.text
    );
    assert_eq!(answer.data("/error"), &Value::Null);
    assert_eq!(answer.error_codes(), ["NOT_FOUND"]);
    assert_eq!(answer.body["errors"][0]["path"], json!(["error"]));
    assert_eq!(
        answer.data("/empty"),
        &json!({ "case": null, "userErrors": [{ "code": "INVALID", "field": "text" }] })
    );
    assert_eq!(
        answer.data("/stale"),
        &json!({ "case": { "version": 2, "state": "OPEN" }, "userErrors": [{ "code": "STALE" }] })
    );
    assert_eq!(
        answer.data("/also"),
        &json!({ "case": { "version": 3 }, "userErrors": [] })
    );
    assert_eq!(
        entries(&utility),
        before + 2,
        "what stood beside a refusal is kept, what was refused is not"
    );
    let texts = sql::rows(
        &mut sql::connect(Login::Superuser),
        &format!(
            "select text from case_entries where tenant_id = '{}' order by id",
            utility.tenant.id
        ),
    );
    assert_eq!(texts, [json!({ "text": "one" }), json!({ "text": "four" })]);
    let audited = format!(
        "select count(*) from audit_entries where tenant_id = '{}' and action = 'case.note' and actor_id = '{}'",
        utility.tenant.id, supervisor.id
    );
    assert_eq!(
        sql::value(&mut sql::connect(Login::Superuser), &audited),
        2,
        "as many audit entries as changes"
    );
    // The same key gives the same bytes, errors included, and does nothing.
    let again = client
        .idempotency_key("savepoints-1")
        .graphql(document, json!({ "id": case, "no": absent }))
        .await;
    assert_eq!(again.text, answer.text);
    assert_eq!(entries(&utility), before + 2);
}

#[test]
fn root_mutation_fields_are_nullable() {
    let sdl = Sdl::of_the_product();
    let demanding: Vec<&str> = sdl
        .get("Mutation")
        .unwrap()
        .members
        .iter()
        .filter(|f| f.of.as_ref().is_some_and(TypeRef::required))
        .map(|f| f.name.as_str())
        .collect();
    assert_eq!(demanding, Vec::<&str>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_foreign_content_types_and_large_bodies_are_refused() {
    let (utility, supervisor, household, client) = desk();
    let case = utility.case_of(&household, supervisor.id, "Body");
    let before = entries(&utility);
    let client = client.header("Accept", MODERN).idempotency_key("bodies-123");
    let body = json!({ "query": "mutation($id: ID!) { caseNote(input: { caseId: $id, text: \"n\" }) { case { id } } }", "variables": { "id": case } });
    for batch in [json!([body]), json!([body, body]), json!([])] {
        refused(
            &client.post("/graphql", &batch).await,
            400,
            "BAD_INPUT",
            Some("body"),
        );
    }
    let text = body.to_string();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "",
    ] {
        refused(
            &client.post_raw("/graphql", content_type, text.clone()).await,
            415,
            "BAD_INPUT",
            Some("Content-Type"),
        );
    }
    for (field, wrong) in [
        ("query", json!({ "query": 1 })),
        ("variables", json!({ "query": "{a}", "variables": [] })),
        ("extensions", json!({ "query": "{a}", "extensions": 1 })),
        ("operationName", json!({ "query": "{a}", "operationName": {} })),
        ("query", json!({})),
    ] {
        refused(
            &client.post("/graphql", &wrong).await,
            400,
            "BAD_INPUT",
            Some(field),
        );
    }
    for broken in ["", "{", "nothing", "\"{}\"", "\u{0}"] {
        refused(
            &client.post_raw("/graphql", "application/json", broken).await,
            400,
            "BAD_INPUT",
            Some("body"),
        );
    }
    let large = |size: usize| {
        let frame = json!({ "query": "{ __typename }", "extensions": { "x": "" } }).to_string();
        frame.replace("\"\"", &format!("\"{}\"", "y".repeat(size - frame.len())))
    };
    refused(
        &client
            .post_raw("/graphql", "application/json", large(256 * 1024 + 1))
            .await,
        413,
        "BAD_INPUT",
        Some("body"),
    );
    client
        .post_raw("/graphql", "application/json", large(256 * 1024))
        .await
        .ok();
    assert_eq!(entries(&utility), before, "nothing of it ran");
}

#[tokio::test(flavor = "multi_thread")]
async fn get_reads_and_never_changes() {
    let (utility, supervisor, household, client) = desk();
    let case = utility.case_of(&household, supervisor.id, "Get");
    let before = entries(&utility);
    let client = client.header("Accept", MODERN).idempotency_key("get-123456");
    let ask = |document: &str| format!("/graphql?query={}", percent(document));
    let read = client.get(&ask("{ tenant { key } }")).await.ok();
    assert_eq!(read.data("/tenant/key"), &json!(utility.tenant.key));
    let note =
        format!("mutation {{ caseNote(input: {{ caseId: \"{case}\", text: \"n\" }}) {{ case {{ id }} }} }}");
    for accept in [MODERN, "application/json"] {
        let answer = client.header("Accept", accept).get(&ask(&note)).await;
        refused(&answer, 405, "BAD_INPUT", Some("query"));
    }
    let hidden = format!(
        "query Q {{ tenant {{ key }} }} {}",
        note.replacen("mutation", "mutation M", 1)
    );
    refused(
        &client.get(&format!("{}&operationName=M", ask(&hidden))).await,
        405,
        "BAD_INPUT",
        Some("query"),
    );
    refused(
        &client.get("/graphql?variables=%7B%7D").await,
        400,
        "BAD_INPUT",
        Some("query"),
    );
    assert_eq!(entries(&utility), before);
    let http = reqwest::Client::new();
    for method in [
        reqwest::Method::PUT,
        reqwest::Method::DELETE,
        reqwest::Method::PATCH,
        reqwest::Method::HEAD,
        reqwest::Method::OPTIONS,
    ] {
        let answer = http
            .request(method.clone(), format!("{}/graphql", server().base_url()))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 405, "{method}");
        assert_eq!(answer.headers()["allow"], "GET, POST", "{method}");
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_is_not_told_and_unknown_documents_do_not_run() {
    let (_, _, _, client) = desk();
    let client = client.header("Accept", MODERN);
    for document in [
        "{ __schema { types { name } } }",
        "{ x: __schema { queryType { name } } }",
        "{ __type(name: \"Case\") { fields { name } } }",
        "{ tenant { key } ...F } fragment F on Query { __schema { types { name } } }",
        "{ ... on Query { __type(name: \"Case\") { name } } }",
        "query A { tenant { key } } query B { __schema { types { name } } }",
    ] {
        let name = if document.starts_with("query A") {
            json!("B")
        } else {
            Value::Null
        };
        let answer = client
            .post("/graphql", &json!({ "query": document, "operationName": name }))
            .await;
        refused(&answer, 400, "BAD_INPUT", Some("query"));
    }
    assert_eq!(
        client
            .graphql("{ __typename }", json!({}))
            .await
            .ok()
            .data("/__typename"),
        "Query"
    );
    for id in ["sha256:0000", "", "../../etc/passwd"] {
        refused(
            &client.post("/graphql", &json!({ "documentId": id })).await,
            400,
            "BAD_INPUT",
            Some("documentId"),
        );
        refused(
            &client
                .post(
                    "/graphql",
                    &json!({ "documentId": id, "query": "{ tenant { key } }" }),
                )
                .await,
            400,
            "BAD_INPUT",
            Some("documentId"),
        );
    }
    // What is wrong with a document is said without naming what would be right.
    let answer = client.graphql("{ caseTipes { key } }", json!({})).await;
    assert_eq!(
        (answer.status, answer.error_codes()),
        (400, vec!["BAD_INPUT".into()])
    );
    assert!(
        !answer.text.contains("caseTypes") && !answer.text.to_lowercase().contains("did you mean"),
        "{}",
        answer.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn security_headers_stand_on_every_route() {
    let client = client();
    let mut seen = 0;
    for path in [
        "/",
        "/desk",
        "/desk/",
        "/desk/card/1",
        "/portal/any/",
        "/assets/absent.js",
        "/graphql",
        "/graphql?query=%7B__typename%7D",
        "/graphiql",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/hooks/cti/x",
        "/absent",
        "/../etc/passwd",
        "/%00",
    ] {
        let answer = client.get(path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
        headers(path, &answer);
        seen += 1;
    }
    for (path, content_type, body) in [
        ("/graphql", "application/json", "{}"),
        ("/graphql", "text/plain", "x"),
        ("/graphql", "application/json", "{\"query\":\"{ me { id } }\"}"),
        ("/hooks/cti/x", "application/json", "{}"),
        ("/hooks/cti/x", "text/plain", "x"),
        ("/desk/", "application/json", "{}"),
        ("/health/live", "application/json", "{}"),
    ] {
        headers(path, &client.post_raw(path, content_type, body).await);
        seen += 1;
    }
    headers(
        "large body",
        &client
            .post_raw("/graphql", "application/json", "x".repeat(300_000))
            .await,
    );
    headers(
        "large hook",
        &client
            .post_raw("/hooks/cti/x", "application/json", "x".repeat(300_000))
            .await,
    );
    println!("security headers on {} answers", seen + 2);
    // GraphiQL is the demo's alone.
    assert_eq!(client.get("/graphiql").await.status, 404);
}

#[track_caller]
fn headers(path: &str, answer: &Response) {
    let header = |name: &str| {
        answer
            .headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let policy = header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{path}: {policy:?}");
    }
    assert!(
        !policy.contains("unsafe-eval")
            && !policy
                .split(';')
                .any(|p| p.contains("script-src") && p.contains("unsafe")),
        "{path}: {policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(header(name), value, "{path}: {name}");
    }
    assert!(!header("cache-control").is_empty(), "{path}: cache-control");
    assert_eq!(
        (
            header("server"),
            header("x-powered-by"),
            header("access-control-allow-origin")
        ),
        Default::default(),
        "{path}"
    );
    for inner in [
        "panicked",
        "stack backtrace",
        ".rs:",
        "diesel",
        "actix",
        "postgres",
    ] {
        assert!(
            path == "/metrics" || !answer.text.to_lowercase().contains(inner),
            "{path}: {inner} in {}",
            answer.text
        );
    }
}

/// The database goes away under a running program: it says so, soon, and says so to whoever balances load.
#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_it_says_unavailable_soon() {
    let settings = EmbeddedSettings {
        data_dir: ending::directory("away"),
        durable: false,
        max_connections: 40,
    };
    let postgres = EmbeddedPostgres::start(&settings).unwrap();
    let urls = postgres.urls().clone();
    infra::migrations::up(&urls.owner).unwrap();
    let program = Program::serve(&[
        ("DATABASE_URL", &urls.runtime),
        ("DATABASE_WORKER_URL", &urls.worker),
        ("DATABASE_OWNER_URL", &urls.owner),
    ]);
    let client = Client::new(program.base_url());
    let ask = async || {
        client
            .graphql("{ portalTenant(key: \"none\") { key } }", json!({}))
            .await
    };
    assert_eq!(ask().await.status, 200);
    tokio::task::spawn_blocking(move || postgres.stop().unwrap())
        .await
        .unwrap();
    for _ in 0..3 {
        let begun = Instant::now();
        let answer = ask().await;
        let took = begun.elapsed();
        refused(&answer, 503, "UNAVAILABLE", None);
        assert!(took < Duration::from_secs(2), "{took:?}");
        for inner in ["socket", "postgres", "connection", "terminat", "libpq"] {
            assert!(!answer.text.to_lowercase().contains(inner), "{}", answer.text);
        }
    }
    let sign_in = client
        .graphql(
            "mutation { signIn(input: { login: \"a\", password: \"b\", session: BEARER }) { token } }",
            json!({}),
        )
        .await;
    refused(&sign_in, 503, "UNAVAILABLE", None);
    let hook = client
        .post("/hooks/cti/x", &json!({ "event": "newCall", "callId": "1" }))
        .await;
    assert_eq!(hook.status, 503, "a switchboard is to try again: {}", hook.text);
    assert_eq!(
        (
            client.get("/health/live").await.status,
            client.get("/health/ready").await.status
        ),
        (200, 503)
    );
}

/// All connections wait for a lock: whoever comes then is told soon, and what waits is told too.
#[tokio::test(flavor = "multi_thread")]
async fn with_every_connection_taken_it_says_unavailable_soon() {
    let (utility, supervisor, household, _) = desk();
    let case = utility.case_of(&household, supervisor.id, "Held");
    let program = Program::serve(&[("BUSBAR_DATABASE_CONNECTIONS", "2")]);
    let client = Client::new(program.base_url())
        .bearer(&supervisor.token)
        .tenant(&utility.tenant.key);
    client.graphql("{ tenant { key } }", json!({})).await.ok();
    let mut holder = sql::connect(Login::Superuser);
    sql::execute(&mut holder, "begin").unwrap();
    sql::execute(
        &mut holder,
        &format!(
            "select from cases where tenant_id = '{}' for update",
            utility.tenant.id
        ),
    )
    .unwrap();
    let document =
        "mutation($id: ID!) { caseNote(input: { caseId: $id, text: \"held\" }) { case { version } } }";
    let held: Vec<_> = (0..2)
        .map(|i| {
            let (client, case) = (client.idempotency_key(&format!("held-{i:04}")), case.clone());
            tokio::spawn(async move { client.graphql(document, json!({ "id": case })).await })
        })
        .collect();
    tests::eventually_async("both connections wait for the lock", || async {
        let waiting = format!("select count(*) from pg_stat_activity where usename = 'busbar_runtime' and wait_event_type = 'Lock' and query like '%{}%'", "cases");
        (sql::value(&mut sql::connect(Login::Superuser), &waiting).as_i64() >= Some(2)).then_some(())
    })
    .await;
    let begun = Instant::now();
    let answer = client.graphql("{ tenant { key } }", json!({})).await;
    let took = begun.elapsed();
    refused(&answer, 503, "UNAVAILABLE", None);
    assert!(took < Duration::from_millis(1_500), "{took:?}");
    for task in held {
        let answer = task.await.unwrap();
        assert_eq!(answer.error_codes(), ["CONFLICT"], "{}", answer.text);
    }
    sql::execute(&mut holder, "rollback").unwrap();
    client.graphql("{ tenant { key } }", json!({})).await.ok();
    // A conflict is not kept: the same key does it now, once.
    for _ in 0..2 {
        let done = client
            .idempotency_key("held-0000")
            .graphql(document, json!({ "id": case }))
            .await
            .ok();
        assert_eq!(done.data("/caseNote/case/version"), 2);
    }
}

#[test]
fn the_audits_are_locked_to_one_version() {
    let lock =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("audits/package-lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    assert!(lock["packages"]["node_modules/graphql-http"]["integrity"].is_string());
}
