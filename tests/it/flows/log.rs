//! Flow 7: the operator logs the contact with a new or an existing case; case, history, audit and mail follow, and a refusal
//! leaves nothing.

use super::*;
use std::collections::BTreeSet;
use tests::stage;

const CLOSE: &str = "mutation($input: CaseCloseInput!) { caseClose(input: $input) { case { id state version } userErrors { code field } } }";
const NOTE: &str = "mutation($input: CaseNoteInput!) { caseNote(input: $input) { case { id version } userErrors { code } } }";

/// Everything a log could write, counted.
fn written(utility: &Utility) -> [i64; 6] {
    let tables = [
        "cases",
        "case_entries",
        "outbox",
        "audit_entries",
        "idempotency_keys",
    ];
    let [a, b, c, d, e] = tables.map(|table| count(utility, table, ""));
    [
        a,
        b,
        c,
        d,
        e,
        count(utility, "interactions", "and state = 'closed'"),
    ]
}

#[tokio::test]
async fn a_new_case_has_a_number_a_history_audit_entries_and_a_confirmation_by_mail() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let address = format!("jana@{}.example", utility.tenant.key);
    let jana = utility.household("Jana Nováková", "+420777100200", &address);
    let contact = answered(&utility, &staff, "+420777100200").await;
    let answer = change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
        .await
        .ok();
    let (logged, case) = (
        answer.data("/interactionLog/interaction"),
        answer.data("/interactionLog/case"),
    );
    assert_eq!(answer.data("/interactionLog/userErrors"), &json!([]));
    assert_eq!(
        (&logged["state"], &logged["wrapUpCode"], &logged["customerId"]),
        (&json!("CLOSED"), &json!("billing"), &json!(jana.global))
    );
    assert_eq!(
        (&case["state"], &case["type"], &case["version"]),
        (&json!("OPEN"), &json!("billing_complaint"), &json!(1))
    );
    assert_eq!(case["customerId"], json!(jana.global));
    let number = case["number"].as_str().unwrap();
    assert!(
        number.starts_with(&format!("{}-", utility.tenant.case_prefix)),
        "{number}"
    );
    assert_eq!(presence(&staff), ("available".to_owned(), None));

    stage().mailbox().wait_for(&address, 1);
    settled(&utility).await;
    let mails = stage().mailbox().mails_to(&address);
    let [mail] = mails.as_slice() else {
        panic!("{} mails", mails.len())
    };
    assert_eq!(mail.from, utility.tenant.mail_address);
    let from = mail.header("From").unwrap();
    assert!(
        from.contains(&utility.tenant.mail_name) && from.contains(&utility.tenant.mail_address),
        "{from}"
    );
    assert_eq!(mail.header("Content-Language").as_deref(), Some("cs"));
    let text = mail.text();
    assert!(
        text.starts_with("Dobrý den,") && text.contains(number) && text.contains("Last bill too high"),
        "{text}"
    );
    assert!(text.contains(&utility.tenant.name));

    let entries =
        "query($id: ID!) { caseEntries(caseId: $id) { edges { node { kind by text { value } } } } }";
    let history = desk(&utility, &staff)
        .graphql(entries, json!({ "id": case["id"] }))
        .await
        .ok();
    let history: Vec<_> = history
        .data("/caseEntries/edges")
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["node"]["kind"].clone(), e["node"]["text"]["value"].clone()))
        .collect();
    assert_eq!(
        history,
        [
            (json!("OPENED"), json!("The reading cannot be right.")),
            (json!("CONFIRMED"), Value::Null)
        ]
    );
    for (action, object) in [
        ("case.open", "case"),
        ("interaction.log", "interaction"),
        ("case.confirm", "case"),
        ("offer.accept", "interaction"),
    ] {
        assert_eq!(
            count(
                &utility,
                "audit_entries",
                &format!("and action = '{action}' and object_kind = '{object}'")
            ),
            1,
            "{action}"
        );
    }
    assert_eq!(count(&utility, "outbox", "and state = 'dead'"), 0);
}

#[tokio::test]
async fn an_existing_case_takes_the_contact_and_sends_no_second_mail() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let address = format!("jana@{}.example", utility.tenant.key);
    utility.household("Jana Nováková", "+420777100200", &address);
    utility.household(
        "Eva Nováková",
        "+420777100201",
        &format!("eva@{}.example", utility.tenant.key),
    );
    let case = case_of(&utility, &staff, "+420777100200").await;
    settled(&utility).await;
    let attach = |contact: &Value| {
        let mut input = log_input(&utility, contact);
        input.as_object_mut().unwrap().remove("newCase");
        input["caseId"] = case["id"].clone();
        input
    };
    // Another customer's contact does not belong to it.
    let contact = answered(&utility, &staff, "+420777100201").await;
    let before = written(&utility);
    let refused = change(&desk(&utility, &staff), LOG, attach(&contact)).await.ok();
    assert_eq!(
        refused.data("/interactionLog/userErrors/0/code"),
        &json!("CASE_UNKNOWN")
    );
    assert_eq!(
        refused.data("/interactionLog/userErrors/0/field"),
        &json!("caseId")
    );
    assert_eq!(written(&utility)[..4], before[..4]);
    let mut plain = log_input(&utility, &contact);
    plain.as_object_mut().unwrap().remove("newCase");
    let closed = change(&desk(&utility, &staff), LOG, plain).await.ok();
    assert!(closed.data("/interactionLog/case").is_null());

    let contact = answered(&utility, &staff, "+420777100200").await;
    let answer = change(&desk(&utility, &staff), LOG, attach(&contact)).await.ok();
    assert_eq!(answer.data("/interactionLog/case/id"), &case["id"]);
    assert_eq!(answer.data("/interactionLog/case/version"), &json!(2));
    settled(&utility).await;
    let kinds = rows(&format!(
        "select kind from case_entries where tenant_id = '{}' order by id",
        utility.tenant.id
    ));
    assert_eq!(
        kinds,
        [
            json!({ "kind": "opened" }),
            json!({ "kind": "confirmed" }),
            json!({ "kind": "contact" })
        ]
    );
    assert_eq!(count(&utility, "cases", ""), 1);
    assert_eq!(stage().mailbox().mails_to(&address).len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field_and_nothing_is_written() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let jana = utility.household("Jana Nováková", "+420777100200", "jana@example.cz");
    let contact = answered(&utility, &staff, "+420777100200").await;
    let with = |path: &str, value: Value| {
        let mut input = log_input(&utility, &contact);
        *input.pointer_mut(path).unwrap() = value;
        input
    };
    let also = |name: &str, id: String| {
        let mut input = log_input(&utility, &contact);
        input[name] = json!(id);
        input
    };
    let case = graphql::ids::encode(Kind::Case, utility.tenant.id, town::id()).to_string();
    let customer = graphql::ids::encode(Kind::Customer, utility.tenant.id, town::id()).to_string();
    let mut unknown_case = also("caseId", case.clone());
    unknown_case.as_object_mut().unwrap().remove("newCase");
    settled(&utility).await;
    let before = written(&utility);
    let cases = [
        (with("/wrapUpCode", json!("")), "INVALID", "wrapUpCode"),
        (
            with("/wrapUpCode", json!("weather")),
            "WRAP_UP_UNKNOWN",
            "wrapUpCode",
        ),
        (with("/disposition", json!("")), "INVALID", "disposition"),
        (
            with("/disposition", json!("x".repeat(61))),
            "INVALID",
            "disposition",
        ),
        (with("/note", json!("x".repeat(10_001))), "INVALID", "note"),
        (
            with("/newCase/type", json!("party")),
            "CASE_TYPE_UNKNOWN",
            "newCase.type",
        ),
        (with("/newCase/type", json!("")), "INVALID", "newCase.type"),
        (with("/newCase/subject", json!("")), "INVALID", "newCase.subject"),
        (
            with("/newCase/subject", json!("x".repeat(201))),
            "INVALID",
            "newCase.subject",
        ),
        (with("/newCase/text", json!("")), "INVALID", "newCase.text"),
        (also("caseId", case), "INVALID", "caseId"),
        (unknown_case, "CASE_UNKNOWN", "caseId"),
        (also("customerId", customer), "CUSTOMER_UNKNOWN", "customerId"),
    ];
    let refusals = i64::try_from(cases.len()).unwrap();
    for (input, code, field) in cases {
        let refused = change(&desk(&utility, &staff), LOG, input).await.ok();
        let error = refused.data("/interactionLog/userErrors/0");
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(field)));
        assert!(error["message"].as_str().is_some_and(|text| text.ends_with('.')));
        assert!(
            refused.data("/interactionLog/interaction").is_null()
                && refused.data("/interactionLog/case").is_null()
        );
    }
    let mut after = written(&utility);
    after[4] -= refusals;
    assert_eq!(
        after, before,
        "only the refusals themselves are remembered, by their keys"
    );
    let counters = value(&format!(
        "select sum(next)::int from case_counters where tenant_id = '{}'",
        utility.tenant.id
    ));
    assert_eq!(counters, 1600, "no number was used up");
    assert_eq!(contact_row(&utility, &contact)["state"], "active");

    let malformed = change(&desk(&utility, &staff), LOG, with("/interactionId", json!("x"))).await;
    assert_eq!(malformed.error_codes(), ["BAD_INPUT"]);
    let wrong_kind = change(
        &desk(&utility, &staff),
        LOG,
        with("/interactionId", json!(jana.global)),
    )
    .await;
    assert_eq!(wrong_kind.error_codes(), ["NOT_FOUND"]);
    let missing = change(
        &desk(&utility, &staff),
        LOG,
        json!({ "interactionId": global(Kind::Interaction, &utility, &contact) }),
    )
    .await;
    assert_eq!(
        missing.error_codes(),
        ["BAD_INPUT"; 3],
        "one for each that is missing"
    );
    assert_eq!(written(&utility)[..4], before[..4]);
    let fine = change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
        .await
        .ok();
    assert_eq!(
        fine.data("/interactionLog/userErrors"),
        &json!([]),
        "the same contact is logged when all is right"
    );
}

#[tokio::test]
async fn somebody_elses_and_a_closed_contact_are_refused() {
    let (utility, other) = (utility().await, utility().await);
    let (staff, colleague) = (utility.staff("operator"), utility.staff("operator"));
    other.grant(&colleague, "operator", None);
    let contact = answered(&utility, &staff, "+420777100200").await;
    settled(&utility).await;
    let before = written(&utility);
    let refused = |answer: Response, code: &str| {
        let error = answer.data("/interactionLog/userErrors/0");
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!(code), &json!("interactionId"))
        );
    };
    refused(
        change(&desk(&utility, &colleague), LOG, log_input(&utility, &contact))
            .await
            .ok(),
        "INTERACTION_NOT_YOURS",
    );
    let foreign = change(&desk(&other, &colleague), LOG, log_input(&utility, &contact)).await;
    assert_eq!(foreign.error_codes(), ["NOT_FOUND"]);
    assert_eq!(written(&utility)[..4], before[..4]);
    change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
        .await
        .ok();
    settled(&utility).await;
    let before = written(&utility);
    refused(
        change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
            .await
            .ok(),
        "INTERACTION_CLOSED",
    );
    let abandoned = ring(&utility, "gone", "+420777100201").await;
    hang_up(&utility, "gone").await;
    refused(
        change(&desk(&utility, &staff), LOG, log_input(&utility, &abandoned))
            .await
            .ok(),
        "INTERACTION_CLOSED",
    );
    assert_eq!(written(&utility)[..2], before[..2]);
}

#[tokio::test]
async fn a_case_closes_once_and_only_in_the_version_that_was_read() {
    let utility = utility().await;
    let (staff, colleague) = (utility.staff("operator"), utility.staff("operator"));
    let case = case_of(&utility, &staff, "+420777100200").await;
    let close = |version: i32| json!({ "caseId": case["id"], "version": version, "resolution": "A new bill was sent." });
    let noted = change(
        &desk(&utility, &colleague),
        NOTE,
        json!({ "caseId": case["id"], "text": "She wrote as well." }),
    )
    .await
    .ok();
    assert_eq!(noted.data("/caseNote/case/version"), &json!(2));
    settled(&utility).await;
    let before = written(&utility);
    let stale = change(&desk(&utility, &staff), CLOSE, close(1)).await.ok();
    let now = json!({ "id": case["id"], "state": "OPEN", "version": 2 });
    assert_eq!(
        stale.data("/caseClose"),
        &json!({ "case": now, "userErrors": [{ "code": "STALE", "field": "version" }] })
    );
    let not_assigned = change(&desk(&utility, &colleague), CLOSE, close(2)).await;
    assert_eq!(
        not_assigned.error_codes(),
        ["NOT_FOUND"],
        "an operator closes what is assigned to her"
    );
    assert_eq!(written(&utility)[..4], before[..4]);
    let closed = change(&desk(&utility, &staff), CLOSE, close(2)).await.ok();
    assert_eq!(
        closed.data("/caseClose"),
        &json!({ "case": { "id": case["id"], "state": "CLOSED", "version": 3 }, "userErrors": [] })
    );
    let again = change(&desk(&utility, &staff), CLOSE, close(3)).await.ok();
    assert_eq!(again.user_error_codes("caseClose"), ["CASE_CLOSED"]);
    assert_eq!(count(&utility, "case_entries", "and kind = 'closed'"), 1);
    assert_eq!(count(&utility, "audit_entries", "and action = 'case.close'"), 1);
    assert_eq!(count(&utility, "outbox", "and type = 'CaseClosed'"), 1);
}

#[tokio::test]
async fn thirty_two_logs_at_once_get_thirty_two_numbers_of_the_utility() {
    let utility = utility().await;
    let mut contacts = Vec::new();
    for place in 0..32 {
        let staff = utility.staff("operator");
        let contact = answered(&utility, &staff, &format!("+4207771002{place:02}")).await;
        contacts.push((staff, contact));
    }
    let logs = contacts.iter().map(|(staff, contact)| {
        let her = desk(&utility, staff);
        let input = log_input(&utility, contact);
        async move { change(&her, LOG, input).await.ok() }
    });
    let answers = futures::future::join_all(logs).await;
    let numbers: BTreeSet<_> = answers
        .iter()
        .map(|a| a.data("/interactionLog/case/number").as_str().unwrap().to_owned())
        .collect();
    assert_eq!(numbers.len(), 32);
    assert!(
        numbers
            .iter()
            .all(|number| number.starts_with(&format!("{}-", utility.tenant.case_prefix))),
        "{numbers:?}"
    );
    assert_eq!(
        (
            count(&utility, "cases", ""),
            count(&utility, "interactions", "and state = 'closed'")
        ),
        (32, 32)
    );
}
