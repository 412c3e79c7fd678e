//! Each root field of the schema, asked by everybody who must not have it. A cell counts only because the owner's same
//! document succeeds in the same run; after each cell both utilities look as before.

use super::documents::{Asking, asking, ways};
use super::sides::{Look, Side, differing};
use chrono::TimeDelta;
use domain::ids::SessionId;
use graphql::ids::{self, Kind};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tenancy::permission::{Home, Permission};
use tenancy::policies::{TENANT_TEMPLATE, Template};
use tests::sdl::Sdl;
use tests::town::{self, person};
use tests::{Client, Response, server};

/// Who asks what is not theirs.
struct Stranger {
    name: String,
    client: Client,
    must: Must,
}

/// What has to come of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Must {
    /// Exactly this code and no data.
    Code(&'static str),
    /// Exactly as if the utility named did not exist.
    NoSuchUtility,
    /// Nothing of the victim: an error, null, an empty page, or a refusal of the rule.
    Nothing,
    /// The stranger's own, without anything of the victim.
    Own,
}

fn permission(asking: &Asking) -> Permission {
    let found = Permission::ALL
        .iter()
        .copied()
        .filter(|p| p.field() == asking.field);
    // `interactions` is also a subscription; the query's permission stands first.
    found.min().unwrap()
}

fn condition(template: &[Template], role: &str, permission: Permission) -> Option<&'static str> {
    template
        .iter()
        .find(|(r, object, act, ..)| *r == role && *object == permission.object() && *act == permission.act())
        .map(|(_, _, _, condition, _)| *condition)
}

/// People of another utility and of this one who have no business with what is asked.
struct Strangers {
    all_roles: Client,
    all_roles_naming: Client,
    lapsed: Client,
    dead: Client,
    foreign_customer: Client,
    foreign_customer_naming: Client,
    other_customer: Client,
    other_customer_naming: Client,
    colleague: Client,
    supervisor: Client,
    roles: Vec<(&'static str, Client)>,
}

impl Strangers {
    async fn new(victim: &Side, other: &Side) -> Strangers {
        let base = || Client::new(server().base_url());
        let key = &victim.utility.tenant.key;
        let customer = |side: &Side, customer| base().bearer(&side.utility.portal_session(customer));
        let all = other.utility.staff("operator");
        for role in ["supervisor", "tenant_admin", "auditor"] {
            other.utility.grant(&all, role, None);
        }
        let lapsed = person();
        victim
            .utility
            .grant(&lapsed, "operator", Some(town::now() - TimeDelta::seconds(1)));
        victim
            .utility
            .grant(&lapsed, "tenant_admin", Some(town::now() - TimeDelta::hours(1)));
        let dead = base()
            .bearer(&town::session_of(victim.operator.id, SessionId(town::id())))
            .tenant(&victim.utility.tenant.key);
        dead.idempotency_key(&town::id().to_string())
            .graphql("mutation { signOut { signedOut } }", json!({}))
            .await
            .ok();
        let staff = |role: &'static str| (role, victim.staff(&victim.utility.staff(role)));
        Strangers {
            all_roles: base().bearer(&all.token).tenant(&other.utility.tenant.key),
            // Sessions of their own: one of the documents signs out.
            all_roles_naming: base()
                .bearer(&town::session_of(all.id, SessionId(town::id())))
                .tenant(key),
            lapsed: base().bearer(&lapsed.token).tenant(&victim.utility.tenant.key),
            dead,
            foreign_customer: customer(other, other.first.id),
            foreign_customer_naming: customer(other, other.first.id).tenant(key),
            other_customer: customer(victim, victim.second.id),
            other_customer_naming: customer(victim, victim.second.id).tenant(key),
            colleague: staff("operator").1,
            supervisor: base().bearer(&person().token),
            roles: ["operator", "supervisor", "tenant_admin", "auditor"]
                .map(staff)
                .into(),
        }
    }

    /// Everybody who may not have this, and what must come of it.
    fn of(&self, asking: &Asking, victim: &Side) -> Vec<Stranger> {
        let permission = permission(asking);
        let key = &victim.utility.tenant.key;
        let mut all = Vec::new();
        let mut add = |name: &str, client: &Client, must: Must| {
            all.push(Stranger {
                name: name.to_owned(),
                client: client.clone(),
                must,
            })
        };
        add("a session that ended", &self.dead, Must::Code("UNAUTHENTICATED"));
        let by_id = !asking.places.is_empty();
        let seeks = if by_id { Must::Nothing } else { Must::Own };
        if permission.home() == Home::Centre {
            // Acts for no utility: a name in the header changes nothing; everybody gets their own.
            if !asking.credential {
                add("another person", &self.supervisor, Must::Own);
                add("another utility's operator", &self.all_roles, Must::Own);
                add(
                    "another utility's operator naming the victim",
                    &self.all_roles_naming,
                    Must::Own,
                );
                // The centre knows no customers: there they are nobody.
                add("a customer", &self.other_customer, Must::Code("UNAUTHENTICATED"));
                add(
                    "another utility's customer",
                    &self.foreign_customer,
                    Must::Code("UNAUTHENTICATED"),
                );
                add(
                    "nobody",
                    &Client::new(server().base_url()),
                    Must::Code("UNAUTHENTICATED"),
                );
            }
            return all;
        }
        add("another utility's operator", &self.all_roles, seeks);
        add(
            "another utility's operator naming the victim",
            &self.all_roles_naming,
            Must::NoSuchUtility,
        );
        add("an operator whose grant ended", &self.lapsed, Must::NoSuchUtility);
        add(
            "a person without any grant",
            &self.supervisor.tenant(key),
            Must::NoSuchUtility,
        );
        let customer = match condition(TENANT_TEMPLATE, "customer", permission) {
            None => Must::Code("FORBIDDEN"),
            Some(_) => seeks,
        };
        add("another utility's customer", &self.foreign_customer, customer);
        add(
            "another utility's customer naming the victim",
            &self.foreign_customer_naming,
            Must::NoSuchUtility,
        );
        add("another customer", &self.other_customer, customer);
        add(
            "another customer naming his own utility",
            &self.other_customer_naming,
            customer,
        );
        add(
            "nobody",
            &Client::new(server().base_url()),
            Must::Code("UNAUTHENTICATED"),
        );
        add(
            "nobody naming the victim",
            &Client::new(server().base_url()).tenant(key),
            Must::Code("UNAUTHENTICATED"),
        );
        for (role, client) in &self.roles {
            if condition(TENANT_TEMPLATE, role, permission).is_none() {
                add(&format!("role {role}"), client, Must::Code("FORBIDDEN"));
            }
        }
        if !asking.by_customer && condition(TENANT_TEMPLATE, "operator", permission) == Some("assigned") {
            add(
                "a colleague it is not assigned to",
                &self.colleague,
                Must::Nothing,
            );
        }
        if asking.field.starts_with("offer") {
            add(
                "a colleague it was not offered to",
                &self.colleague,
                Must::Nothing,
            );
        }
        all
    }
}

/// Whether an answer of a root field holds nothing at all.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(object) => {
            object
                .get("userErrors")
                .and_then(Value::as_array)
                .is_some_and(|e| !e.is_empty())
                && object.iter().all(|(name, v)| name == "userErrors" || v.is_null())
                || object
                    .get("edges")
                    .and_then(Value::as_array)
                    .is_some_and(Vec::is_empty)
        }
        _ => false,
    }
}

/// What is wrong with an answer to a stranger; empty if nothing is.
fn judge(
    must: Must,
    field: &str,
    answer: &Response,
    unknown: Option<&Response>,
    secrets: &[String],
) -> Vec<String> {
    let mut wrong = Vec::new();
    let codes = answer.error_codes();
    let data = answer.data(&format!("/{field}"));
    match must {
        Must::Code(code) if codes != [code] || !is_nothing(data) => {
            wrong.push(format!("{code} was due: {}", answer.text))
        }
        Must::NoSuchUtility
            if codes != ["NOT_FOUND"]
                || unknown.is_none_or(|u| (u.status, &u.text) != (answer.status, &answer.text)) =>
        {
            wrong.push(format!(
                "not as an unknown utility: {} {}",
                answer.status, answer.text
            ));
        }
        Must::Nothing if !is_nothing(data) => wrong.push(format!("something was answered: {}", answer.text)),
        Must::Nothing if data.is_null() && codes.is_empty() && answer.body.get("data").is_none() => {
            wrong.push(format!("no answer: {}", answer.text))
        }
        Must::Own
            if codes
                .iter()
                .any(|c| !matches!(c.as_str(), "FORBIDDEN" | "NOT_FOUND" | "BAD_INPUT")) =>
        {
            wrong.push(format!("a fault: {}", answer.text))
        }
        _ => {}
    }
    if answer.status >= 500
        || codes.iter().any(|c| {
            matches!(
                c.as_str(),
                "INTERNAL" | "UNAVAILABLE" | "CONFLICT" | "RATE_LIMITED"
            )
        })
    {
        wrong.push(format!("it did not get as far as being refused: {}", answer.text));
    }
    wrong.extend(
        secrets
            .iter()
            .filter(|secret| answer.text.contains(secret.as_str()))
            .map(|secret| format!("{secret} leaks: {}", answer.text)),
    );
    wrong
}

/// Sets the id at a place; lists get one element.
fn with_id(variables: &Value, place: &str, id: &str) -> Value {
    let mut variables = variables.clone();
    let slot = variables
        .pointer_mut(&format!("/{}", place.replace('.', "/")))
        .unwrap();
    *slot = if slot.is_array() { json!([id]) } else { json!(id) };
    variables
}

fn kind_at(variables: &Value, place: &str) -> Kind {
    let value = variables
        .pointer(&format!("/{}", place.replace('.', "/")))
        .unwrap();
    ids::decode(value.as_str().or_else(|| value[0].as_str()).unwrap())
        .unwrap()
        .kind
}

#[derive(Default)]
struct Tally {
    cells: BTreeMap<&'static str, usize>,
    leaks: Vec<String>,
}

impl Tally {
    fn count(&mut self, kind: &'static str, place: &str, wrong: Vec<String>) {
        *self.cells.entry(kind).or_default() += 1;
        self.leaks
            .extend(wrong.into_iter().map(|w| format!("{place}: {w}")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_what_is_not_theirs_and_nothing_is_written() {
    let sdl = Sdl::of_the_product();
    let (mut victim, other) = (Side::new("Novotná").await, Side::new("Horáková").await);
    let strangers = Strangers::new(&victim, &other).await;
    // An unsealed rule of the other utility, as something to name.
    let rule = "mutation { policyPut(input: { role: \"auditor\", object: \"card\", act: \"read\", condition: \"glass\", effect: \"allow\" }) { policy { id } } }";
    other
        .staff(&other.admin)
        .idempotency_key("other-rule")
        .graphql(rule, json!({}))
        .await
        .ok();
    let mut look = Look::new(&[&victim, &other]);
    let mut tally = Tally::default();
    let mut askings = 0;
    let mut keys = 0;
    let mut key = || {
        keys += 1;
        format!("matrix-{}-{keys:06}", &town::id().simple().to_string()[20..])
    };

    for (root, field) in sdl.roots() {
        let Some(ways) = ways(root, &field.name) else {
            panic!(
                "{root}.{} has no documents: add them to tests/it/isolation/documents.rs",
                field.name
            )
        };
        let mut places_asked: Vec<String> = Vec::new();
        for label in ways {
            let asking = asking(&sdl, &mut victim, root, field, label).await;
            askings += 1;
            // Who signs out is out: this one document is asked by people of its own.
            let leaving = if asking.field == "signOut" {
                Some(Strangers::new(&victim, &other).await)
            } else {
                None
            };
            let strangers = leaving.as_ref().unwrap_or(&strangers);
            places_asked.extend(asking.places.clone());
            let name = format!("{root}.{} {label}", field.name);
            victim.quiet();
            other.quiet();
            let mails = victim.mails();
            let mut before = look.both(&victim, &other);

            for stranger in strangers.of(&asking, &victim) {
                let place = format!("{name} by {}", stranger.name);
                let answer = stranger
                    .client
                    .idempotency_key(&key())
                    .graphql(&asking.document, asking.variables.clone())
                    .await;
                let unknown = match stranger.must {
                    Must::NoSuchUtility => Some(
                        stranger
                            .client
                            .tenant("no-such-utility")
                            .idempotency_key(&key())
                            .graphql(&asking.document, asking.variables.clone())
                            .await,
                    ),
                    _ => None,
                };
                let own_utility = stranger.name.starts_with("another customer")
                    || stranger.name.starts_with("role")
                    || stranger.name.starts_with("a colleague");
                let secrets = victim.secrets(!own_utility);
                let mut wrong = judge(stranger.must, &asking.field, &answer, unknown.as_ref(), &secrets);
                let after = look.both(&victim, &other);
                let mut written = differing(&before.0, &after.0);
                if stranger.must == Must::Own {
                    // What he read of himself stands in the audit.
                    let leaves = asking.field == "signOut";
                    written.retain(|table| {
                        let own = leaves && matches!(table.as_str(), "portal_sessions" | "outbox");
                        !own && !table.starts_with("audit_")
                    });
                } else {
                    written.extend(
                        differing(&before.1, &after.1)
                            .into_iter()
                            .map(|table| format!("{table} of the stranger")),
                    );
                }
                if !written.is_empty() {
                    wrong.push(format!("written: {written:?} {}", answer.text));
                }
                before = after;
                tally.count(
                    if stranger.must == Must::Own {
                        "strangers who get only their own"
                    } else {
                        "strangers refused"
                    },
                    &place,
                    wrong,
                );
            }

            // Under her own utility the owner names what is another's: no different from what never was.
            for id_place in &asking.places {
                let kind = kind_at(&asking.variables, id_place);
                let foreign = other.some(kind);
                let absent = victim.global(kind, town::id());
                let ask = async |id: &str, key: String| {
                    asking
                        .owner
                        .idempotency_key(&key)
                        .graphql(&asking.document, with_id(&asking.variables, id_place, id))
                        .await
                };
                let reference = ask(&absent, key()).await;
                let secrets = [victim.secrets(false), other.secrets(true)].concat();
                let wrong_kind = if kind == Kind::Customer {
                    victim.some(Kind::Account)
                } else {
                    victim.first.global.clone()
                };
                let all_kinds = asking.field.starts_with("node");
                let mut named = vec![
                    ("another's", foreign.clone()),
                    ("absent at another's", other.global(kind, town::id())),
                    ("absent", absent.clone()),
                ];
                if !all_kinds {
                    named.push(("of another kind", wrong_kind));
                }
                for (what, id) in named {
                    let answer = ask(&id, key()).await;
                    let mut wrong = judge(Must::Nothing, &asking.field, &answer, None, &secrets);
                    if (answer.status, &answer.text) != (reference.status, &reference.text) {
                        wrong.push(format!(
                            "differs from an id that is not there: {} and {}",
                            answer.text, reference.text
                        ));
                    }
                    let after = look.both(&victim, &other);
                    let written = [differing(&before.0, &after.0), differing(&before.1, &after.1)].concat();
                    if !written.is_empty() {
                        wrong.push(format!("written: {written:?} {}", answer.text));
                    }
                    before = after;
                    tally.count(
                        "foreign ids at home",
                        &format!("{name}, an id {what} at {id_place}"),
                        wrong,
                    );
                }
                for id in ["", "x", "not an id", "AAAA", "0", &format!("{absent}A")] {
                    let answer = ask(id, key()).await;
                    let refused = answer.error_codes() == ["BAD_INPUT"]
                        || all_kinds && is_nothing(answer.data(&format!("/{}", asking.field)));
                    let wrong = if refused {
                        Vec::new()
                    } else {
                        vec![format!("not refused: {}", answer.text)]
                    };
                    tally.count("malformed ids", &format!("{name}, {id:?} at {id_place}"), wrong);
                }
                let after = look.both(&victim, &other);
                tally.leaks.extend(
                    differing(&before.0, &after.0)
                        .into_iter()
                        .map(|table| format!("{name}: a malformed id wrote {table}")),
                );
                before = after;
            }
            if victim.mails() != mails {
                tally.leaks.push(format!("{name}: a mail left"));
            }

            // The control: the owner's very document does it. Without it no cell above would mean anything.
            let answer = asking
                .owner
                .idempotency_key(&key())
                .graphql(&asking.document, asking.variables.clone())
                .await;
            let value = answer.data(&format!("/{}", asking.field)).clone();
            assert!(
                answer.status == 200 && answer.error_codes().is_empty() && !is_nothing(&value),
                "{name}: the owner herself is refused: {}",
                answer.text
            );
            let personal = matches!(
                asking.field.as_str(),
                "node"
                    | "nodes"
                    | "card"
                    | "customers"
                    | "invoices"
                    | "interactions"
                    | "cases"
                    | "caseEntries"
                    | "interactionIdentify"
                    | "interactionLog"
                    | "caseNote"
                    | "caseClose"
            );
            let shown = victim
                .secrets(true)
                .iter()
                .filter(|secret| answer.text.contains(secret.as_str()))
                .count();
            assert!(
                !personal || shown > 0,
                "{name}: the owner's answer holds nothing that could leak: {}",
                answer.text
            );
            match asking.field.as_str() {
                "interactionLog" => victim.contact_is(None),
                "offerAccept" => victim.contact_is(Some(
                    answer
                        .data("/offerAccept/offer/interactionId")
                        .as_str()
                        .unwrap()
                        .to_owned(),
                )),
                "offerDecline" => victim.hang_up().await,
                _ => {}
            }
        }
        for place in sdl
            .id_places(&field.arguments)
            .iter()
            .filter(|_| root != "Subscription")
        {
            assert!(
                places_asked.contains(place),
                "{root}.{}: no document fills {place}",
                field.name
            );
        }
    }
    // Whatever happened left only events that were taken: nothing hangs, nothing died.
    for side in [&victim, &other] {
        side.quiet();
        let dead = format!(
            "select count(*) from outbox where tenant_id = '{}' and state = 'dead'",
            side.utility.tenant.id
        );
        assert_eq!(
            tests::sql::value(&mut tests::sql::connect(tests::Login::Superuser), &dead),
            0
        );
    }
    let total: usize = tally.cells.values().sum();
    println!(
        "isolation: {total} cells over {} root fields, {askings} documents: {:?}, {} leaks",
        sdl.roots().len(),
        tally.cells,
        tally.leaks.len()
    );
    assert!(
        tally.leaks.is_empty(),
        "{} leaks\n{}",
        tally.leaks.len(),
        tally.leaks.join("\n")
    );
    assert!(total >= 600, "only {total} cells");
}

/// What proves itself by a secret is asked with a wrong one: every wrong one gets the same bytes and leaves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_like_any_other() {
    let sdl = Sdl::of_the_product();
    let (mut victim, other) = (Side::new("Králová").await, Side::new("Marešová").await);
    let nobody = Client::new(server().base_url());
    let mut look = Look::new(&[&victim]);
    let field = |name: &str| {
        sdl.roots()
            .into_iter()
            .find(|(root, f)| *root == "Mutation" && f.name == name)
            .unwrap()
            .1
    };
    let mut cells = 0;

    let request = asking(&sdl, &mut victim, "Mutation", field("portalLinkRequest"), "").await;
    nobody
        .graphql(&request.document, request.variables.clone())
        .await
        .ok();
    let redeem = asking(&sdl, &mut victim, "Mutation", field("portalLinkRedeem"), "").await;
    let sign_in = asking(&sdl, &mut victim, "Mutation", field("signIn"), "").await;
    victim.quiet();
    let before = look.at(&victim);
    let mails = victim.mails();

    let closed = person();
    tests::sql::execute(
        &mut tests::sql::connect(tests::Login::Owner),
        &format!("update people set active = false where id = '{}'", closed.id),
    )
    .unwrap();
    let mut answers = Vec::new();
    for (login, password) in [
        (&victim.operator.login, "wrong"),
        (&"nobody-of-that-name".to_owned(), "wrong"),
        (&closed.login, town::PASSWORD),
        (&other.operator.login, "Correct horse battery"),
    ] {
        answers.push(
            nobody
                .graphql(
                    &sign_in.document,
                    json!({ "input": { "login": login, "password": password, "session": "BEARER" } }),
                )
                .await,
        );
    }
    cells += same_refusals("signIn", &answers, "SIGN_IN_REFUSED");

    let token = redeem.variables["input"]["token"].as_str().unwrap().to_owned();
    let mut answers = Vec::new();
    let flipped = format!("{}{}", &token[..token.len() - 8], "AAAAAAAA");
    for wrong in [
        "x",
        "a.b.c",
        &flipped,
        &victim.operator.token,
        &victim.first_token,
        &other.first_token,
    ] {
        answers.push(
            nobody
                .graphql(
                    &redeem.document,
                    json!({ "input": { "token": wrong, "session": "BEARER" } }),
                )
                .await,
        );
    }
    cells += same_refusals("portalLinkRedeem", &answers, "LINK_INVALID");
    assert_eq!(differing(&before, &look.at(&victim)), Vec::<String>::new());
    // Used once, it is like the wrong ones.
    let used = nobody
        .graphql(&redeem.document, redeem.variables.clone())
        .await
        .ok();
    assert!(used.data("/portalLinkRedeem/token").is_string());
    let between = look.at(&victim);
    answers.push(nobody.graphql(&redeem.document, redeem.variables.clone()).await);
    cells += same_refusals("portalLinkRedeem", &answers, "LINK_INVALID");
    assert_eq!(differing(&between, &look.at(&victim)), Vec::<String>::new());

    // A link is asked for: known or not, the same bytes; a mail leaves for the known address only, and only from its utility.
    let known = &victim.first.record.emails[0];
    let ask = async |tenant: &Side, email: &str| {
        nobody
            .graphql(
                &request.document,
                json!({ "input": { "tenantKey": tenant.utility.tenant.key, "email": email } }),
            )
            .await
            .ok()
    };
    let reference = ask(&victim, known).await;
    let unknown = format!("nobody.{}@posta.example", town::id().simple());
    for (side, email) in [
        (&victim, unknown.as_str()),
        (&other, known.as_str()),
        (&other, unknown.as_str()),
    ] {
        assert_eq!(ask(side, email).await.text, reference.text);
        cells += 1;
    }
    victim.quiet();
    other.quiet();
    assert_eq!(
        victim.mails(),
        mails + 1,
        "one more mail than before: the known address at its own utility"
    );
    assert_eq!(tests::stage().mailbox().mails_to(&unknown).len(), 0);
    println!("wrong secrets: {cells} cells");
    assert!(cells >= 20, "{cells}");
}

fn same_refusals(field: &str, answers: &[Response], code: &str) -> usize {
    for answer in answers {
        assert_eq!(answer.user_error_codes(field), [code], "{}", answer.text);
        assert_eq!(
            (answer.status, &answer.text),
            (answers[0].status, &answers[0].text)
        );
    }
    answers.len()
}

#[test]
fn a_leak_a_write_and_an_unequal_answer_are_found() {
    let answer = |status: u16, body: Value| Response {
        status,
        headers: Default::default(),
        text: body.to_string(),
        body,
    };
    let secrets = ["Ludmila".to_owned()];
    let empty = answer(200, json!({ "data": { "card": null } }));
    let full = answer(
        200,
        json!({ "data": { "card": { "customer": { "name": "Ludmila" } } } }),
    );
    let forbidden = answer(
        200,
        json!({ "data": { "card": null }, "errors": [{ "extensions": { "code": "FORBIDDEN" } }] }),
    );
    let missing = answer(
        404,
        json!({ "errors": [{ "extensions": { "code": "NOT_FOUND" } }] }),
    );
    let hinting = answer(
        200,
        json!({ "errors": [{ "message": "Ludmila", "extensions": { "code": "NOT_FOUND" } }] }),
    );
    let broken = answer(
        500,
        json!({ "errors": [{ "extensions": { "code": "INTERNAL" } }] }),
    );
    for (must, answer, unknown, faults) in [
        (Must::Nothing, &empty, None, 0),
        (Must::Nothing, &full, None, 2),
        (Must::Own, &full, None, 1),
        (Must::Code("FORBIDDEN"), &forbidden, None, 0),
        (Must::Code("FORBIDDEN"), &empty, None, 1),
        (Must::Code("FORBIDDEN"), &missing, None, 1),
        (Must::NoSuchUtility, &missing, Some(&missing), 0),
        (Must::NoSuchUtility, &hinting, Some(&missing), 2),
        (Must::NoSuchUtility, &forbidden, Some(&missing), 1),
        (Must::Nothing, &broken, None, 1),
    ] {
        assert_eq!(
            judge(must, "card", answer, unknown, &secrets).len(),
            faults,
            "{must:?} {}",
            answer.text
        );
    }
    let picture = |value: &str| [("cases".to_owned(), value.to_owned())].into();
    assert_eq!(differing(&picture("1 a"), &picture("2 b")), ["cases"]);
    assert!(ways("Query", "gossip").is_none());
}
