//! `kill -9` in the middle of keyed changes, and an orderly end while somebody waits: what was acknowledged is there, once.

use diesel::PgConnection;
use infra::embedded::{EmbeddedPostgres, EmbeddedSettings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tests::{Client, Login, Program, Utility, ending, server, sql};

const NOTE: &str = "mutation($id: ID!, $text: String!) { caseNote(input: { caseId: $id, text: $text }) { case { id version } userErrors { code } } }";
const CLIENTS: usize = 8;
const EACH: usize = 40;

/// Sends one keyed change; `None` when no whole answer came.
async fn try_note(http: &reqwest::Client, client: &Client, key: &str, case: &str) -> Option<String> {
    let mut request = http
        .post(format!("{}/graphql", client.base_url()))
        .json(&json!({ "query": NOTE, "variables": { "id": case, "text": key } }));
    for (name, value) in client.headers() {
        request = request.header(name, value);
    }
    let answer = request
        .header("Idempotency-Key", key)
        .timeout(Duration::from_secs(5))
        .send()
        .await
        .ok()?;
    let status = answer.status();
    let text = answer.text().await.ok()?;
    (status == 200).then_some(text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn kill_9_loses_nothing_acknowledged_and_doubles_nothing() {
    // Utility, people and cases are made through the shared stage; its Postgres outlives the program that is killed here.
    server();
    let utility = Utility::fresh();
    let household = utility.household("Růžena Stará", "+420777000411", "ruzena.stara@posta.example");
    let workers: Vec<_> = (0..CLIENTS)
        .map(|i| {
            let operator = utility.staff("operator");
            let case = utility.case_of(&household, operator.id, &format!("Case {i}"));
            (operator, case)
        })
        .collect();
    // The commit of the shared cluster does not wait for the disk, but the killed program is not the cluster.
    let mut program = Program::serve(&[]);
    let answered = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = workers
        .iter()
        .enumerate()
        .map(|(i, (operator, case))| {
            let client = Client::new(program.base_url())
                .bearer(&operator.token)
                .tenant(&utility.tenant.key);
            let (case, answered) = (case.clone(), Arc::clone(&answered));
            tokio::spawn(async move {
                let http = reqwest::Client::new();
                let mut answers: BTreeMap<String, Option<String>> = BTreeMap::new();
                for n in 0..EACH {
                    let key = format!("kill-{i:02}-{n:04}");
                    let answer = try_note(&http, &client, &key, &case).await;
                    answered.fetch_add(usize::from(answer.is_some()), Ordering::SeqCst);
                    answers.insert(key, answer);
                }
                answers
            })
        })
        .collect();
    // In the middle: when more than a third was answered, with every client waiting for its next answer.
    tests::eventually_async("a third is answered", || async {
        (answered.load(Ordering::SeqCst) > CLIENTS * EACH / 3).then_some(())
    })
    .await;
    program.kill9();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    let acknowledged: usize = answers.iter().flat_map(BTreeMap::values).flatten().count();
    let unknown = CLIENTS * EACH - acknowledged;
    assert!(
        acknowledged >= CLIENTS * EACH / 3 && unknown >= CLIENTS,
        "{acknowledged} acknowledged, {unknown} not: the kill was not in the middle"
    );

    let mut superuser = sql::connect(Login::Superuser);
    let kept_before = texts(&mut superuser, &utility);
    for (key, _) in answers.iter().flatten().filter(|(_, answer)| answer.is_some()) {
        assert!(
            kept_before.contains_key(key),
            "{key} was acknowledged and is lost"
        );
    }
    let committed_unacknowledged = kept_before.len() - acknowledged;

    let again = Program::serve(&[]);
    let mut retried = 0;
    for ((operator, case), answers) in workers.iter().zip(&answers) {
        let client = Client::new(again.base_url())
            .bearer(&operator.token)
            .tenant(&utility.tenant.key);
        let http = reqwest::Client::new();
        for (key, before) in answers {
            let first = try_note(&http, &client, key, case)
                .await
                .unwrap_or_else(|| panic!("{key} is not answered"));
            let second = try_note(&http, &client, key, case).await.unwrap();
            assert_eq!(first, second, "{key}");
            let body: Value = serde_json::from_str(&first).unwrap();
            assert!(
                body.get("errors").is_none() && body["data"]["caseNote"]["userErrors"] == json!([]),
                "{first}"
            );
            match before {
                Some(before) => assert_eq!(before, &first, "{key} gets another answer than before"),
                None => retried += 1,
            }
        }
    }
    assert_eq!(retried, unknown);
    // Once each: note, audit entry, event, kept answer, and the version counts them.
    let notes = texts(&mut superuser, &utility);
    assert_eq!(notes.len(), CLIENTS * EACH);
    assert!(notes.values().all(|count| *count == 1), "{notes:?}");
    let tenant = utility.tenant.id;
    for (what, statement) in [
        (
            "audit entries",
            format!(
                "select count(*) from audit_entries where tenant_id = '{tenant}' and action = 'case.note'"
            ),
        ),
        (
            "events",
            format!("select count(*) from outbox where tenant_id = '{tenant}' and type = 'CaseChanged'"),
        ),
        (
            "kept answers",
            format!("select count(*) from idempotency_keys where tenant_id = '{tenant}'"),
        ),
        (
            "versions",
            format!("select sum(version - 1) from cases where tenant_id = '{tenant}'"),
        ),
    ] {
        assert_eq!(sql::value(&mut superuser, &statement), CLIENTS * EACH, "{what}");
    }
    println!(
        "kill -9: {} keyed changes by {CLIENTS} clients, {acknowledged} acknowledged before, {unknown} not ({committed_unacknowledged} of them committed), 0 lost, 0 doubled",
        CLIENTS * EACH
    );
}

fn texts(connection: &mut PgConnection, utility: &Utility) -> BTreeMap<String, i64> {
    let statement = format!(
        "select text, count(*) as n from case_entries where tenant_id = '{}' and kind = 'note' group by text",
        utility.tenant.id
    );
    sql::rows(connection, &statement)
        .iter()
        .map(|r| (r["text"].as_str().unwrap().to_owned(), r["n"].as_i64().unwrap()))
        .collect()
}

/// The whole program with its own Postgres is killed, the cluster with it: a commit that was acknowledged is on the disk.
#[tokio::test(flavor = "multi_thread")]
async fn a_durable_cluster_that_is_killed_keeps_what_was_acknowledged() {
    let data_dir = ending::directory("durable");
    let settings = EmbeddedSettings {
        data_dir,
        durable: true,
        max_connections: 20,
    };
    let postgres = EmbeddedPostgres::start(&settings).unwrap();
    infra::migrations::up(&postgres.urls().owner).unwrap();
    let url = postgres.urls().superuser.clone();
    let pid = postgres.pid();
    let writer = std::thread::spawn(move || {
        let mut connection = sql::connect_to(&url);
        sql::execute(&mut connection, "create table acknowledged (n int)").unwrap();
        let mut last = 0;
        while sql::execute(
            &mut connection,
            &format!("insert into acknowledged values ({})", last + 1),
        )
        .is_ok()
        {
            last += 1;
        }
        last
    });
    let look = postgres.urls().superuser.clone();
    tests::eventually("200 rows are there", || {
        let count = sql::try_rows(
            &mut sql::connect_to(&look),
            "select count(*) as n from acknowledged",
        )
        .ok()?;
        (count[0]["n"].as_i64()? > 200).then_some(())
    });
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap(),
        rustix::process::Signal::KILL,
    )
    .unwrap();
    let acknowledged: i64 = writer.join().unwrap();
    drop(postgres);
    let postgres = EmbeddedPostgres::start(&settings).unwrap();
    let kept = sql::value(
        &mut sql::connect_to(&postgres.urls().superuser),
        "select count(*) from acknowledged",
    )
    .as_i64()
    .unwrap();
    assert!(
        kept == acknowledged || kept == acknowledged + 1,
        "{acknowledged} acknowledged, {kept} kept"
    );
    println!("kill -9 of the cluster: {acknowledged} acknowledged, {kept} kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_answers_what_runs_after_it_says_not_ready() {
    server();
    let utility = Utility::fresh();
    let operator = utility.staff("operator");
    let household = utility.household("Zdeňka Mladá", "+420777000422", "zdenka.mlada@posta.example");
    let case = utility.case_of(&household, operator.id, "Slow");
    let mut program = Program::serve(&[]);
    let client = Client::new(program.base_url())
        .bearer(&operator.token)
        .tenant(&utility.tenant.key);
    client.graphql("{ tenant { key } }", json!({})).await.ok();
    // A lock that is held for a moment makes the change slow.
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
    let slow = {
        let (client, case) = (client.idempotency_key("sigterm-1"), case.clone());
        tokio::spawn(async move { client.graphql(NOTE, json!({ "id": case, "text": "slow" })).await })
    };
    let waiting =
        "select count(*) from pg_stat_activity where usename = 'busbar_runtime' and wait_event_type = 'Lock'";
    tests::eventually_async("the change waits for the lock", || async {
        (sql::value(&mut sql::connect(Login::Superuser), waiting) != 0).then_some(())
    })
    .await;
    // Connections that are open are served to their end: the balancer's own sees the change of mind.
    let mut balancer = KeptOpen::to(program.base_url());
    assert_eq!(balancer.ready(), Some(200));
    let begun = Instant::now();
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(i32::try_from(program.pid()).unwrap()).unwrap(),
        rustix::process::Signal::TERM,
    )
    .unwrap();
    let seen = tests::eventually(
        "it says that it is not ready, or takes nobody any more",
        || match balancer.ready() {
            Some(200) => None,
            other => Some(other),
        },
    );
    assert_eq!(
        seen,
        Some(503),
        "readiness goes first, after {:?}",
        begun.elapsed()
    );
    assert!(!slow.is_finished(), "the slow one still runs");
    sql::execute(&mut holder, "rollback").unwrap();
    let answer = slow.await.unwrap().ok();
    assert_eq!(answer.data("/caseNote/case/version"), 2);
    assert_eq!(program.terminate(), Some(0), "{}", program.log());
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(
        texts(&mut sql::connect(Login::Superuser), &utility),
        [("slow".to_owned(), 1)].into()
    );
    assert!(!program.log().contains("panicked"), "{}", program.log());
}

/// One connection, asked again and again.
struct KeptOpen {
    host: String,
    stream: std::net::TcpStream,
}

impl KeptOpen {
    fn to(base_url: &str) -> KeptOpen {
        let host = base_url.trim_start_matches("http://").to_owned();
        let stream = std::net::TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
        KeptOpen { host, stream }
    }

    /// Status of `/health/ready` over the open connection; `None` when it was closed.
    fn ready(&mut self) -> Option<u16> {
        use std::io::{Read, Write};
        write!(
            self.stream,
            "GET /health/ready HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.host
        )
        .ok()?;
        let mut buffer = [0; 4096];
        let read = self.stream.read(&mut buffer).ok()?;
        String::from_utf8_lossy(&buffer[..read])
            .split(' ')
            .nth(1)?
            .parse()
            .ok()
    }
}
