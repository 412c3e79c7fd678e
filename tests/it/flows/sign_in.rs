//! Flow 1: a person signs in with a password, as a page or as a program, and signs out; then her token is dead at once.

use super::*;
use tests::town::{PASSWORD, person, session_of};
use tests::{Heard, RedisServer, Socket};

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { token expiresAt displayName userErrors { code field } } }";
const SIGN_OUT: &str = "mutation { signOut { signedOut userErrors { code } } }";
const ME: &str = "{ me { id kind } }";
const TRUSTED: &str = include_str!("../../../api/web/shared/graphql/persisted-documents.json");

/// Id and text of a document of the pages.
fn trusted(start: &str) -> (String, String) {
    let all: Value = serde_json::from_str(TRUSTED).unwrap();
    let found = all
        .as_object()
        .unwrap()
        .iter()
        .find(|(_, text)| text.as_str().unwrap().starts_with(start));
    found
        .map(|(id, text)| (id.clone(), text.as_str().unwrap().to_owned()))
        .unwrap()
}

fn sessions(staff: &Staff) -> i64 {
    value(&format!(
        "select count(*) from sessions where person_id = '{}'",
        staff.id
    ))
    .as_i64()
    .unwrap()
}

async fn sign_in(client: &Client, login: &str, password: &str) -> Response {
    client
        .graphql(
            SIGN_IN,
            json!({ "input": { "login": login, "password": password, "session": "BEARER" } }),
        )
        .await
}

#[tokio::test]
async fn a_program_signs_in_with_a_password_and_gets_a_bearer_token() {
    let (_, staff) = (utility().await, person());
    let answer = sign_in(&client(), &format!("  {} ", staff.login.to_uppercase()), PASSWORD)
        .await
        .ok();
    let token = answer.data("/signIn/token").as_str().unwrap().to_owned();
    assert_eq!(answer.data("/signIn/userErrors"), &json!([]));
    assert!(
        answer.headers.get("set-cookie").is_none(),
        "a program gets no cookie"
    );
    assert_eq!(sessions(&staff), 2, "hers from before and this one");
    let me = client().bearer(&token).graphql(ME, json!({})).await.ok();
    assert_eq!(bare(me.data("/me/id")), staff.id.to_string());
    let audited = value(&format!(
        "select count(*) from audit_entries where action = 'session.open' and actor_id = '{}'",
        staff.id
    ));
    assert_eq!(audited, 1);
}

#[tokio::test]
async fn a_page_gets_a_host_cookie_that_works_with_its_header_and_runs_trusted_documents_only() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let (sign_in, _) = trusted("mutation SignIn(");
    let page = client().header("Busbar-Page", "1");
    let input = json!({ "input": { "login": staff.login, "password": PASSWORD, "session": "COOKIE" } });
    let answer = page
        .post("/graphql", &json!({ "documentId": sign_in, "variables": input }))
        .await
        .ok();
    assert!(answer.data("/signIn/token").is_null());

    let set: Vec<_> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|v| v.to_str().unwrap().to_owned())
        .collect();
    let [cookie] = set.as_slice() else {
        panic!("one cookie expected: {set:?}")
    };
    let mut parts: Vec<&str> = cookie.split("; ").collect();
    assert!(parts.remove(0).starts_with("__Host-busbar="));
    parts.retain(|part| !part.starts_with("Max-Age="));
    parts.sort_unstable();
    assert_eq!(parts, ["HttpOnly", "Path=/", "SameSite=Strict", "Secure"]);

    let signed_in = page.cookies_of(&answer);
    let (work_list, text) = trusted(
        "fragment Utility on Tenant { brand { mark shape solid } commodities key languages name } query WorkList",
    );
    signed_in
        .post("/graphql", &json!({ "documentId": work_list }))
        .await
        .ok();
    signed_in.graphql(&text, json!({})).await.ok();
    // The same cookie without the pages' header is nobody's.
    let formless = signed_in
        .without("Busbar-Page")
        .post("/graphql", &json!({ "documentId": work_list }))
        .await;
    assert_eq!(formless.error_codes(), ["UNAUTHENTICATED"]);
    for foreign in [
        json!({ "query": ME }),
        json!({ "documentId": "sha256:00" }),
        json!({ "query": format!("{text} ") }),
    ] {
        let refused = signed_in.post("/graphql", &foreign).await;
        assert_eq!(refused.error_codes(), ["BAD_INPUT"], "{foreign}");
        assert_eq!(
            refused.body.pointer("/errors/0/extensions/field"),
            Some(&json!("documentId"))
        );
        assert!(refused.body.get("data").is_none());
    }

    let (sign_out, _) = trusted("mutation SignOut ");
    let out = signed_in
        .idempotency_key(&key())
        .post("/graphql", &json!({ "documentId": sign_out }))
        .await
        .ok();
    assert_eq!(out.cookies(), ["__Host-busbar="], "the cookie is taken away");
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let dead = signed_in
        .post("/graphql", &json!({ "documentId": work_list }))
        .await;
    assert_eq!(dead.error_codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn wrong_password_unknown_login_and_closed_account_are_one_answer() {
    let (_, known, closed) = (utility().await, person(), person());
    assert_eq!(
        meddle(&format!(
            "update people set active = false where id = '{}'",
            closed.id
        )),
        1
    );
    let unknown = format!("nobody{}", town::id().simple());
    let client = client();
    let mut answers = Vec::new();
    let mut fastest = [Duration::MAX; 3];
    for _ in 0..3 {
        let tries = [
            (known.login.as_str(), "not her password"),
            (unknown.as_str(), PASSWORD),
            (closed.login.as_str(), PASSWORD),
        ];
        for (slot, (login, password)) in fastest.iter_mut().zip(tries) {
            let begun = Instant::now();
            let answer = sign_in(&client, login, password).await.ok();
            *slot = begun.elapsed().min(*slot);
            assert!(answer.headers.get("set-cookie").is_none());
            answers.push(answer);
        }
    }
    let refused = json!({ "token": null, "expiresAt": null, "displayName": null, "userErrors": [{ "code": "SIGN_IN_REFUSED", "field": null }] });
    assert_eq!(answers[0].data("/signIn"), &refused);
    for answer in &answers {
        assert_eq!(
            (answer.status, &answer.text),
            (200, &answers[0].text),
            "byte for byte the same"
        );
    }
    // Each does the work of one password hash. The bound is wide because other tests use the same processor.
    let (quickest, slowest) = (fastest.iter().min().unwrap(), fastest.iter().max().unwrap());
    assert!(
        *slowest < *quickest * 5,
        "one of the three tells itself by its time: {fastest:?}"
    );
    assert_eq!(
        (sessions(&known), sessions(&closed)),
        (1, 1),
        "only those from before"
    );
    let dead = own(&closed).graphql(ME, json!({})).await;
    assert_eq!(
        dead.error_codes(),
        ["UNAUTHENTICATED"],
        "a closed account's older token is dead too"
    );
}

#[tokio::test]
async fn the_eleventh_try_for_a_login_is_throttled_even_with_the_right_password() {
    let (_, staff, other) = (utility().await, person(), person());
    let client = client();
    for attempt in 0..10 {
        // However it is written, it is one login.
        let login = if attempt % 2 == 0 {
            staff.login.clone()
        } else {
            format!(" {} ", staff.login.to_uppercase())
        };
        let answer = sign_in(&client, &login, "not her password").await.ok();
        assert_eq!(
            answer.user_error_codes("signIn"),
            ["SIGN_IN_REFUSED"],
            "try {attempt}"
        );
    }
    for attempt in 0..2 {
        let answer = sign_in(&client, &staff.login, PASSWORD).await.ok();
        assert_eq!(
            answer.user_error_codes("signIn"),
            ["THROTTLED"],
            "try {attempt} after ten"
        );
    }
    // The count is shared by all nodes.
    let elsewhere = sign_in(&second(), &staff.login, PASSWORD).await.ok();
    assert_eq!(elsewhere.user_error_codes("signIn"), ["THROTTLED"]);
    assert_eq!(sessions(&staff), 1, "no session was begun");
    let answer = sign_in(&client, &other.login, PASSWORD).await.ok();
    assert_eq!(
        answer.user_error_codes("signIn"),
        [""; 0],
        "others are not held up"
    );
}

#[tokio::test]
async fn an_address_has_so_many_tries_over_all_logins() {
    let people = [person(), person(), person(), person()];
    let redis = RedisServer::start();
    let environment = [
        ("REDIS_URL", &*redis.url()),
        ("BUSBAR_NO_WORKER", "true"),
        ("BUSBAR_TRIES_PER_ADDRESS", "3"),
    ];
    let program = Program::serve(&environment);
    let client = Client::new(program.base_url());
    for staff in &people[..3] {
        assert_eq!(
            sign_in(&client, &staff.login, PASSWORD)
                .await
                .ok()
                .user_error_codes("signIn"),
            [""; 0]
        );
    }
    // Headers of proxies nobody set up say nothing about the address.
    let disguised = client
        .header("X-Forwarded-For", "192.0.2.7")
        .header("Forwarded", "for=192.0.2.8");
    let answer = sign_in(&disguised, &people[3].login, PASSWORD).await.ok();
    assert_eq!(answer.user_error_codes("signIn"), ["THROTTLED"]);
    assert_eq!(sessions(&people[3]), 1);
}

#[tokio::test]
async fn aliased_sign_ins_in_one_document_are_refused_as_a_whole() {
    let (_, staff) = (utility().await, person());
    let guess = |alias: &str, password: &str| {
        format!(
            "{alias}: signIn(input: {{login: \"{}\", password: \"{password}\", session: BEARER}}) {{ token }}",
            staff.login
        )
    };
    let document = format!(
        "mutation {{ {} {} }}",
        guess("a", "not her password"),
        guess("b", PASSWORD)
    );
    let answer = client().graphql(&document, json!({})).await;
    assert_eq!(answer.error_codes(), ["BAD_INPUT"]);
    assert!(answer.body.get("data").is_none());
    assert_eq!(sessions(&staff), 1, "not even the right one began a session");
}

#[tokio::test]
async fn after_sign_out_the_token_is_dead_on_every_node_and_the_socket_closes() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let kept = session_of(staff.id, town::id().into());
    let (here, there) = (
        desk(&utility, &staff),
        second().bearer(&staff.token).tenant(&utility.tenant.key),
    );
    known(&second(), &utility).await;
    here.graphql(ME, json!({})).await.ok();
    there.graphql(ME, json!({})).await.ok();
    let shown = json!({ "authorization": format!("Bearer {}", staff.token) });
    let mut sockets = [
        Socket::connect(&client(), "/graphql", shown.clone()).await,
        Socket::connect(&second(), "/graphql", shown).await,
    ];
    let mut other = Socket::connect(
        &client(),
        "/graphql",
        json!({ "authorization": format!("Bearer {kept}") }),
    )
    .await;

    let out = here
        .idempotency_key(&key())
        .graphql(SIGN_OUT, json!({}))
        .await
        .ok();
    assert_eq!(
        out.data("/signOut"),
        &json!({ "signedOut": true, "userErrors": [] })
    );
    for node in [&here, &there] {
        assert_eq!(
            node.graphql(ME, json!({})).await.error_codes(),
            ["UNAUTHENTICATED"],
            "on the very next operation"
        );
        let again = node.idempotency_key(&key()).graphql(SIGN_OUT, json!({})).await;
        assert_eq!(again.error_codes(), ["UNAUTHENTICATED"]);
    }
    for socket in &mut sockets {
        assert_eq!(
            socket.hear(Duration::from_secs(5)).await,
            Heard::Closed(Some(4403))
        );
    }
    client().bearer(&kept).graphql(ME, json!({})).await.ok();
    other.send(json!({ "type": "ping" })).await;
    assert_eq!(
        other.hear(Duration::from_secs(5)).await,
        Heard::Message(json!({ "type": "pong" })),
        "her other session lives"
    );
    let ended = value(&format!(
        "select count(*) from sessions where person_id = '{}' and ended_at is not null",
        staff.id
    ));
    assert_eq!(ended, 1);
}
