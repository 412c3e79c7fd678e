//! What the program brings along itself: the embedded Postgres, the bus and the counters with and without
//! Redis, the ways out for mail.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use infra::bus::{Bus, Fact};
use infra::counters::Counters;
use infra::embedded::{EmbeddedError, EmbeddedPostgres, EmbeddedSettings, provision, running};
use infra::mail::{MailError, Mailer, OutgoingMail};
use serde_json::json;
use tests::ending::{self, Companion};
use tests::mailbox::Manner;
use tests::{Login, PATIENCE, RedisServer, eventually, eventually_async, sql, stage};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::time::timeout;

fn settings(data_dir: &Path, durable: bool) -> EmbeddedSettings {
    EmbeddedSettings {
        data_dir: data_dir.to_owned(),
        durable,
        max_connections: 20,
    }
}

fn keep_a_value(url: &str) {
    let mut database = sql::connect_to(url);
    sql::execute(&mut database, "create table kept (word text)").unwrap();
    sql::execute(&mut database, "insert into kept values ('still here')").unwrap();
}

fn kept_value(url: &str) -> serde_json::Value {
    sql::value(&mut sql::connect_to(url), "select word from kept")
}

#[test]
fn data_and_logins_survive_stop_and_start() {
    let data_dir = ending::directory("again");
    let first = EmbeddedPostgres::start(&settings(&data_dir, false)).unwrap();
    let (pid, urls) = (first.pid(), first.urls().clone());
    keep_a_value(&urls.owner);
    let seen = running(&data_dir).unwrap().expect("a running server is found");
    assert_eq!(seen.runtime, urls.runtime);
    first.stop().unwrap();
    assert!(running(&data_dir).unwrap().is_none());
    assert!(
        !Path::new(&format!("/proc/{pid}")).exists(),
        "the server outlived its stop"
    );

    let second = EmbeddedPostgres::start(&settings(&data_dir, false)).unwrap();
    assert_eq!(second.urls().owner, urls.owner);
    assert_eq!(kept_value(&second.urls().owner), "still here");
    let socket_dir = second.socket_dir().to_owned();
    drop(second);
    assert!(!socket_dir.exists(), "the socket directory was left behind");
    assert!(running(&data_dir).unwrap().is_none());
}

#[test]
fn a_second_holder_is_refused_and_told_the_first() {
    let data_dir = ending::directory("held");
    let first = EmbeddedPostgres::start(&settings(&data_dir, false)).unwrap();
    let error = EmbeddedPostgres::start(&settings(&data_dir, false)).unwrap_err();
    assert!(
        matches!(error, EmbeddedError::Held { pid: Some(pid), .. } if pid == std::process::id()),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains(&format!("process {}", std::process::id())),
        "{error}"
    );
    // The refused start left the server of the first alone.
    keep_a_value(&first.urls().owner);
    assert_eq!(kept_value(&first.urls().superuser), "still here");
}

/// Starts a program that holds a Postgres; gives it with the server's process id and the superuser's URL.
fn holder(data_dir: &Path) -> (Companion, u32, String) {
    let own = std::env::current_exe().unwrap();
    let path: PathBuf = own
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join("examples/hold_postgres");
    let mut command = Command::new(path);
    command.arg(data_dir).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut companion = Companion::start(&mut command);
    let mut line = String::new();
    BufReader::new(companion.child().stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let (pid, url) = line.trim().split_once(' ').expect("the holder has started");
    (companion, pid.parse().unwrap(), url.to_owned())
}

fn cluster_exists(pid: u32, data_dir: &Path) -> bool {
    // An orphan that nobody awaits is left as a name without a command line.
    std::fs::read(format!("/proc/{pid}/cmdline"))
        .is_ok_and(|line| String::from_utf8_lossy(&line).contains(&*data_dir.to_string_lossy()))
}

#[test]
fn after_kill_9_the_data_are_safe_and_the_next_start_takes_over() {
    let data_dir = ending::directory("killed");
    let (mut program, orphan, url) = holder(&data_dir);
    let refused = EmbeddedPostgres::start(&settings(&data_dir, true)).unwrap_err();
    assert!(
        matches!(refused, EmbeddedError::Held { pid: Some(pid), .. } if pid == program.pid()),
        "{refused}"
    );
    keep_a_value(&url);
    program.kill9();
    assert!(cluster_exists(orphan, &data_dir), "the test wants an orphan");

    let next = EmbeddedPostgres::start(&settings(&data_dir, true)).unwrap();
    assert_ne!(next.pid(), orphan);
    assert!(!cluster_exists(orphan, &data_dir), "two servers on one directory");
    assert_eq!(kept_value(&next.urls().superuser), "still here");
}

#[test]
fn after_kill_9_of_program_and_server_the_data_are_safe() {
    let data_dir = ending::directory("crashed");
    let (mut program, server, url) = holder(&data_dir);
    keep_a_value(&url);
    program.kill9();
    let pid = rustix::process::Pid::from_raw(i32::try_from(server).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    eventually("the server is dead", || {
        (!cluster_exists(server, &data_dir)).then_some(())
    });
    // The number of the dead server now belongs to a stranger, as after a restart of the machine.
    let pid_file = data_dir.join("postgres/postmaster.pid");
    let text = std::fs::read_to_string(&pid_file).unwrap();
    std::fs::write(
        &pid_file,
        text.replacen(&server.to_string(), &std::process::id().to_string(), 1),
    )
    .unwrap();

    let next = EmbeddedPostgres::start(&settings(&data_dir, true)).unwrap();
    assert_eq!(kept_value(&next.urls().superuser), "still here");
}

#[test]
fn a_program_that_ends_takes_its_server_along() {
    let data_dir = ending::directory("ends");
    let (mut program, server, _) = holder(&data_dir);
    drop(program.child().stdin.take());
    assert!(program.child().wait().unwrap().success());
    assert!(!cluster_exists(server, &data_dir));
}

#[test]
fn logins_own_nothing_and_cannot_bypass_row_security() {
    let mut admin = sql::connect(Login::Superuser);
    let roles = sql::rows(
        &mut admin,
        "select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles
         where rolname like 'busbar%' order by 1",
    );
    let plain = |name: &str| {
        json!({ "rolname": name, "rolsuper": false, "rolbypassrls": false, "rolcreatedb": false,
                "rolcreaterole": false, "rolreplication": false })
    };
    assert_eq!(
        roles,
        [
            plain("busbar_owner"),
            plain("busbar_runtime"),
            plain("busbar_worker")
        ]
    );
    let owned = "select count(*) from pg_shdepend d join pg_roles r on r.oid = d.refobjid
                 where d.deptype = 'o' and r.rolname in ('busbar_runtime', 'busbar_worker')";
    assert_eq!(sql::value(&mut admin, owned), 0);
    assert_eq!(
        sql::value(
            &mut admin,
            "select count(*) from pg_auth_members where member::regrole::text like 'busbar%'"
        ),
        0
    );

    for login in [Login::Runtime, Login::Worker] {
        let mut connection = sql::connect(login);
        for statement in [
            "create table mine (id int)",
            "create schema mine",
            "create temporary table mine (id int)",
            "set role busbar_owner",
            "create role mine",
            "alter table pg_class disable row level security",
        ] {
            let error = sql::execute(&mut connection, statement).unwrap_err();
            assert!(
                error.contains("permission denied") || error.contains("must be"),
                "{statement}: {error}"
            );
        }
    }
    // Positive control: the owner may.
    sql::execute(&mut sql::connect(Login::Owner), "create schema owners").unwrap();
    sql::execute(&mut sql::connect(Login::Owner), "drop schema owners").unwrap();
}

#[test]
fn the_server_listens_on_no_port_and_its_files_are_closed() {
    use std::os::unix::fs::PermissionsExt;
    let data_dir = ending::directory("closed");
    let postgres = EmbeddedPostgres::start(&settings(&data_dir, false)).unwrap();
    let mut admin = sql::connect_to(&postgres.urls().superuser);
    assert_eq!(
        sql::value(&mut admin, "select current_setting('listen_addresses')"),
        ""
    );
    assert_eq!(
        sql::value(&mut admin, "select current_setting('server_encoding')"),
        "UTF8"
    );
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(postgres.socket_dir()), 0o700);
    assert_eq!(mode(&data_dir.join("secrets")), 0o700);
    for login in ["postgres", "busbar_owner", "busbar_runtime", "busbar_worker"] {
        assert_eq!(mode(&data_dir.join("secrets").join(login)), 0o600);
    }
    // A wrong password is refused, over the socket too.
    let wrong = postgres
        .urls()
        .runtime
        .replace("busbar_runtime:", "busbar_runtime:0");
    assert!(
        diesel::Connection::establish(&wrong)
            .map(|_: diesel::PgConnection| ())
            .is_err()
    );
}

#[test]
fn a_postgres_of_the_users_own_gets_the_two_logins() {
    // A cluster whose owner may create roles, as the README asks, and in which the logins do not exist yet.
    let data_dir = ending::directory("own");
    let postgres = EmbeddedPostgres::start(&settings(&data_dir, false)).unwrap();
    let mut admin = sql::connect_to(&postgres.urls().superuser);
    for statement in [
        "drop owned by busbar_runtime, busbar_worker",
        "drop role busbar_runtime, busbar_worker",
        "create role theirs login createrole password 'pass'",
        "create database shop owner theirs",
    ] {
        sql::execute(&mut admin, statement).unwrap();
    }
    let (_, place) = postgres.urls().owner.rsplit_once('@').unwrap();
    let owner_url = format!("postgres://theirs:pass@{}", place.replace("/busbar", "/shop"));
    let mine = ending::directory("mine");
    let urls = provision(&owner_url, &mine).unwrap();
    let again = provision(&owner_url, &mine).unwrap();
    assert_eq!((&urls.runtime, &urls.worker), (&again.runtime, &again.worker));
    for (url, login) in [(&urls.runtime, "busbar_runtime"), (&urls.worker, "busbar_worker")] {
        let who = sql::value(
            &mut sql::connect_to(url),
            "select session_user || '@' || current_database()",
        );
        assert_eq!(who, format!("{login}@shop"));
    }
    // A second installation does not take the logins away from the first.
    let error = provision(&owner_url, &ending::directory("other")).unwrap_err();
    assert!(error.to_string().contains("set DATABASE_URL"), "{error}");
    assert!(!error.to_string().contains("pass@"), "{error}");
    sql::connect_to(&urls.runtime);
}

fn fact(number: u32) -> Fact {
    Fact {
        topic: "case".to_owned(),
        body: json!({ "id": number }),
    }
}

async fn heard(listener: &mut Receiver<Fact>) -> Fact {
    timeout(PATIENCE, listener.recv())
        .await
        .expect("nothing heard")
        .unwrap()
}

/// What every bus does, wherever it lives.
async fn behaves_like_a_bus(bus: &Bus) {
    let (mut first, mut second) = (bus.subscribe(), bus.clone().subscribe());
    for number in 1..=3 {
        bus.publish(fact(number)).await;
    }
    for listener in [&mut first, &mut second] {
        for number in 1..=3 {
            assert_eq!(heard(listener).await, fact(number));
        }
        assert_eq!(listener.try_recv(), Err(TryRecvError::Empty), "heard twice");
    }
}

#[tokio::test]
async fn the_bus_in_process_and_over_redis_behave_the_same() {
    let in_process = Bus::connect(None).await.unwrap();
    assert_eq!((in_process.kind(), in_process.healthy()), ("in-process", true));
    behaves_like_a_bus(&in_process).await;

    let over_redis = Bus::connect(Some(&stage().redis().url())).await.unwrap();
    assert_eq!(over_redis.kind(), "redis");
    behaves_like_a_bus(&over_redis).await;
    eventually_async("the bus is healthy", || async {
        over_redis.healthy().then_some(())
    })
    .await;
    assert!(Bus::connect(Some("nonsense://")).await.is_err());
}

#[tokio::test]
async fn facts_reach_other_nodes_once_and_again_after_redis_was_away() {
    let redis = RedisServer::start();
    let (here, there) = (
        Bus::connect(Some(&redis.url())).await.unwrap(),
        Bus::connect(Some(&redis.url())).await.unwrap(),
    );
    let (mut own, mut other) = (here.subscribe(), there.subscribe());
    here.publish(fact(1)).await;
    assert_eq!(
        (heard(&mut own).await, heard(&mut other).await),
        (fact(1), fact(1))
    );

    redis.stop();
    eventually_async("the loss is noticed", || async {
        (!here.healthy() && !there.healthy()).then_some(())
    })
    .await;
    here.publish(fact(2)).await;
    assert_eq!(heard(&mut own).await, fact(2));
    assert_eq!(other.try_recv(), Err(TryRecvError::Empty));

    redis.start_again();
    eventually_async("both are back", || async {
        (here.healthy() && there.healthy()).then_some(())
    })
    .await;
    here.publish(fact(3)).await;
    assert_eq!(heard(&mut own).await, fact(3));
    // The fact told while Redis was away may come late or not at all; nothing comes twice or out of order.
    let mut later = heard(&mut other).await;
    if later == fact(2) {
        later = heard(&mut other).await;
    }
    assert_eq!(later, fact(3));
    there.publish(fact(4)).await;
    assert_eq!(
        (heard(&mut own).await, heard(&mut other).await),
        (fact(4), fact(4))
    );
    assert_eq!(own.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(other.try_recv(), Err(TryRecvError::Empty));
}

/// What every counter does, wherever it lives.
async fn behaves_like_counters(counters: &Counters) {
    let (long, short) = (Duration::from_secs(600), Duration::from_millis(40));
    for expected in 1..=3 {
        assert_eq!(counters.hit("login:aa", long).await, expected);
    }
    assert_eq!(counters.hit("login:bb", long).await, 1);
    counters.clear("login:aa").await;
    assert_eq!(counters.hit("login:aa", long).await, 1);
    assert_eq!(counters.hit("login:bb", long).await, 2);
    counters.hit("login:cc", short).await;
    eventually_async("a window ends", || async {
        (counters.hit("login:cc", short).await == 1).then_some(())
    })
    .await;
}

#[tokio::test]
async fn counters_in_process_and_in_redis_behave_the_same() {
    behaves_like_counters(&Counters::connect(None).await.unwrap()).await;
    let redis = RedisServer::start();
    let first = Counters::connect(Some(&redis.url())).await.unwrap();
    behaves_like_counters(&first).await;
    assert!(Counters::connect(Some("nonsense://")).await.is_err());

    // Two nodes count together, and each goes on alone when Redis is away.
    let (second, long) = (
        Counters::connect(Some(&redis.url())).await.unwrap(),
        Duration::from_secs(600),
    );
    assert_eq!(first.hit("key:dd", long).await, 1);
    assert_eq!(second.hit("key:dd", long).await, 2);
    assert_eq!(first.hit("key:dd", long).await, 3);
    redis.stop();
    assert_eq!(
        first.hit("key:dd", long).await,
        3,
        "the attempts on this node are remembered"
    );
    assert_eq!(second.hit("key:dd", long).await, 2);
    redis.start_again();
    eventually_async("they count together again", || async {
        let (one, two) = (first.hit("key:ee", long).await, second.hit("key:ee", long).await);
        (two == one + 1).then_some(())
    })
    .await;
    redis.freeze();
    let began = std::time::Instant::now();
    first.hit("key:ee", long).await;
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "a frozen Redis holds sign-in up"
    );
    redis.thaw();
}

fn mail(to: &str) -> OutgoingMail {
    OutgoingMail {
        message_id: format!("0197-{:08x}", rand::random::<u32>()),
        from_name: "Světlo, a. s.".to_owned(),
        from_address: "pece@svetlo.example".to_owned(),
        to: to.to_owned(),
        subject: "Přijali jsme Váš požadavek č. 42".to_owned(),
        text: "Dobrý den,\n.\nodpovíme do tří dnů: https://svetlo.example/p?t=1=2\n".to_owned(),
        html: Some("<p>Dobrý den</p>".to_owned()),
        language: "cs".to_owned(),
    }
}

#[tokio::test]
async fn without_a_server_each_mail_becomes_one_whole_file() {
    let directory = ending::directory("mail").join("out");
    let mailer = Mailer::new(None, &directory).unwrap();
    let sent = mail("jana@zakaznik.example");
    mailer.send(&sent).await.unwrap();
    mailer.send(&sent).await.unwrap();
    let names: Vec<_> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(
        names,
        [format!("{}.eml", sent.message_id).as_str()],
        "a repetition is the same file"
    );
    let raw = std::fs::read_to_string(directory.join(&names[0])).unwrap();
    let file = tests::mailbox::Received {
        from: String::new(),
        to: String::new(),
        raw,
    };
    assert_eq!(
        file.header("Message-ID").unwrap(),
        format!("<{}@svetlo.example>", sent.message_id)
    );
    assert_eq!(file.header("Auto-Submitted").unwrap(), "auto-generated");
    assert_eq!(file.header("Content-Language").unwrap(), "cs");
    assert_eq!(file.header("To").unwrap(), "jana@zakaznik.example");
    assert!(file.header("Date").is_some());
    assert_eq!(file.text(), sent.text.trim_end());
}

#[tokio::test]
async fn the_mail_server_takes_what_was_sent_and_its_refusals_are_told_apart() {
    let mailbox = tests::Mailbox::open();
    let mailer = Mailer::new(Some(&mailbox.url()), Path::new("/nonexistent")).unwrap();
    let sent = mail("jana@zakaznik.example");
    mailer.send(&sent).await.unwrap();
    let received = mailbox.wait_for(&sent.to, 1);
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].from, sent.from_address);
    assert_eq!(received[0].text(), sent.text.trim_end());
    assert_eq!(received[0].header_count("Subject"), 1);

    mailbox.set_manner("never@zakaznik.example", Manner::Refuse(550));
    mailbox.set_manner("later@zakaznik.example", Manner::Refuse(451));
    mailbox.set_manner("login@zakaznik.example", Manner::Refuse(530));
    mailbox.set_manner("lost@zakaznik.example", Manner::DropAfterData);
    let answer = async |to: &str| mailer.send(&mail(to)).await.unwrap_err();
    assert!(matches!(
        answer("never@zakaznik.example").await,
        MailError::Refused(_)
    ));
    assert!(matches!(
        answer("later@zakaznik.example").await,
        MailError::Later(_)
    ));
    assert!(matches!(
        answer("login@zakaznik.example").await,
        MailError::Later(_)
    ));
    // The answer is lost, the mail is not: the repetition is recognised by its id.
    let twice = mail("lost@zakaznik.example");
    assert!(matches!(mailer.send(&twice).await, Err(MailError::Later(_))));
    mailbox.set_manner("lost@zakaznik.example", Manner::Take);
    mailer.send(&twice).await.unwrap();
    let ids: Vec<_> = mailbox
        .mails_to("lost@zakaznik.example")
        .iter()
        .map(|mail| mail.header("Message-ID"))
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    for refused in ["never@zakaznik.example", "later@zakaznik.example"] {
        assert_eq!(mailbox.mails_to(refused).len(), 0);
    }

    let nobody = Mailer::new(Some("smtp://127.0.0.1:1"), Path::new("/nonexistent")).unwrap();
    assert!(matches!(nobody.send(&sent).await, Err(MailError::Later(_))));
}

#[tokio::test]
async fn nothing_in_a_mail_becomes_another_header_or_recipient() {
    let mailbox = tests::Mailbox::open();
    let directory = ending::directory("mail");
    let ways = [
        Mailer::new(Some(&mailbox.url()), &directory).unwrap(),
        Mailer::new(None, &directory).unwrap(),
    ];
    let spoilt: [fn(&mut OutgoingMail); 11] = [
        |mail| mail.subject.push_str("\r\nBcc: everyone@zakaznik.example"),
        |mail| mail.subject.push('\n'),
        |mail| mail.from_name.push_str("\r\nReply-To: x@y.example"),
        |mail| mail.from_address.push_str("\nBcc: x@y.example"),
        |mail| mail.to.push_str("\r\nRCPT TO:<x@y.example>"),
        |mail| mail.to.push_str(", x@y.example"),
        |mail| mail.to = "no address".to_owned(),
        |mail| mail.message_id.push_str(">\r\nBcc: x@y.example"),
        |mail| mail.message_id.push_str("> <x"),
        |mail| mail.language.push_str("\r\nBcc: x@y.example"),
        |mail| mail.language = "cs; x".to_owned(),
    ];
    for mailer in &ways {
        for (number, spoil) in spoilt.iter().enumerate() {
            let mut bad = mail("jana@zakaznik.example");
            spoil(&mut bad);
            assert!(
                matches!(mailer.send(&bad).await, Err(MailError::Refused(_))),
                "case {number}"
            );
        }
    }
    assert_eq!(mailbox.mails_to("jana@zakaznik.example").len(), 0);
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 0);
    // Positive control: a header in the text stays text, a quote in the name stays in the name.
    let mut odd = mail("jana@zakaznik.example");
    odd.text = "Bcc: x@y.example\r\n\r\n.\r\nend".to_owned();
    odd.from_name = "\"Světlo\" <x@y.example>".to_owned();
    ways[0].send(&odd).await.unwrap();
    let received = mailbox.wait_for("jana@zakaznik.example", 1);
    assert_eq!(received[0].header_count("Bcc"), 0);
    assert!(
        received[0]
            .header("From")
            .unwrap()
            .ends_with("<pece@svetlo.example>")
    );
    assert_eq!(received[0].text(), "Bcc: x@y.example\n\n.\nend");
}
