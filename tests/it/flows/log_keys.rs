//! Flow 7: a repeated key answers the same and does nothing more; fifty at once have one effect.

use super::*;
use tests::stage;

fn effects(utility: &Utility) -> [i64; 4] {
    ["cases", "case_entries", "outbox", "audit_entries"].map(|table| count(utility, table, ""))
}

#[tokio::test]
async fn the_same_key_again_gives_the_same_bytes_and_changes_nothing() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let address = format!("jana@{}.example", utility.tenant.key);
    utility.household("Jana Nováková", "+420777100200", &address);
    let contact = answered(&utility, &staff, "+420777100200").await;
    let (key, input) = (key(), json!({ "input": log_input(&utility, &contact) }));
    let her = desk(&utility, &staff).idempotency_key(&key);
    let first = her.graphql(LOG, input.clone()).await.ok();
    assert_eq!(first.data("/interactionLog/userErrors"), &json!([]));
    stage().mailbox().wait_for(&address, 1);
    settled(&utility).await;
    let before = effects(&utility);
    known(&second(), &utility).await;
    let elsewhere = second()
        .bearer(&staff.token)
        .tenant(&utility.tenant.key)
        .idempotency_key(&key);
    for client in [&her, &her, &elsewhere] {
        let again = client.graphql(LOG, input.clone()).await;
        assert_eq!(
            (again.status, &again.text),
            (200, &first.text),
            "byte for byte the same"
        );
    }
    settled(&utility).await;
    assert_eq!(effects(&utility), before);
    assert_eq!(stage().mailbox().mails_to(&address).len(), 1);
    assert_eq!(
        count(&utility, "idempotency_keys", &format!("and key = '{key}'")),
        1
    );

    let mut other = input.clone();
    other["input"]["note"] = json!("Something else.");
    let refused = her.graphql(LOG, other).await;
    assert_eq!(refused.error_codes(), ["BAD_INPUT"]);
    assert_eq!(
        refused.body.pointer("/errors/0/extensions/field"),
        Some(&json!("Idempotency-Key"))
    );
    let other_document = her.graphql(&LOG.replace("closedAt", ""), input).await;
    assert_eq!(other_document.error_codes(), ["BAD_INPUT"]);
    assert_eq!(effects(&utility), before);
}

#[tokio::test]
async fn a_repetition_is_allowed_only_while_the_change_is() {
    let utility = utility().await;
    let (staff, admin) = (utility.staff("operator"), utility.staff("tenant_admin"));
    let contact = answered(&utility, &staff, "+420777100200").await;
    let input = json!({ "input": log_input(&utility, &contact) });
    let her = desk(&utility, &staff).idempotency_key(&key());
    her.graphql(LOG, input.clone()).await.ok();
    let deny = json!({ "role": "operator", "object": "interaction", "act": "log", "condition": "any", "effect": "deny" });
    change(&desk(&utility, &admin), POLICY_PUT, deny).await.ok();
    let refused = her.graphql(LOG, input.clone()).await;
    assert_eq!(refused.error_codes(), ["FORBIDDEN"]);
    assert!(
        !refused.text.contains("Last bill"),
        "nothing of the answer is told: {}",
        refused.text
    );
    meddle(&format!(
        "update grants set valid_to = now() where tenant_id = '{}' and person_id = '{}'",
        utility.tenant.id, staff.id
    ));
    assert_eq!(her.graphql(LOG, input).await.error_codes(), ["NOT_FOUND"]);
}

#[tokio::test]
async fn a_key_belongs_to_its_person() {
    let utility = utility().await;
    let (first, second) = (utility.staff("operator"), utility.staff("operator"));
    let contacts = [
        answered(&utility, &first, "+420777100200").await,
        answered(&utility, &second, "+420777100201").await,
    ];
    let key = key();
    let mut numbers = Vec::new();
    for (staff, contact) in [&first, &second].into_iter().zip(&contacts) {
        let her = desk(&utility, staff).idempotency_key(&key);
        let answer = her
            .graphql(LOG, json!({ "input": log_input(&utility, contact) }))
            .await
            .ok();
        assert_eq!(answer.data("/interactionLog/userErrors"), &json!([]));
        numbers.push(answer.data("/interactionLog/case/number").clone());
    }
    assert_ne!(numbers[0], numbers[1]);
    assert_eq!(
        (
            count(&utility, "cases", ""),
            count(&utility, "idempotency_keys", &format!("and key = '{key}'"))
        ),
        (2, 2)
    );
}

#[tokio::test]
async fn fifty_at_once_with_one_key_have_one_effect() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    known(&second(), &utility).await;
    let contact = answered(&utility, &staff, "+420777100200").await;
    settled(&utility).await;
    let before = effects(&utility);
    let (key, input) = (key(), json!({ "input": log_input(&utility, &contact) }));
    let nodes = [
        desk(&utility, &staff).idempotency_key(&key),
        second()
            .bearer(&staff.token)
            .tenant(&utility.tenant.key)
            .idempotency_key(&key),
    ];
    let asked = (0..50).map(|place| nodes[place % 2].graphql(LOG, input.clone()));
    let answers = futures::future::join_all(asked).await;
    let (answered, conflicts): (Vec<_>, Vec<_>) = answers
        .into_iter()
        .partition(|answer| answer.body.get("errors").is_none());
    assert!(!answered.is_empty());
    for answer in &answered {
        assert_eq!(answer.text, answered[0].text);
        assert_eq!(answer.data("/interactionLog/userErrors"), &json!([]));
    }
    for answer in &conflicts {
        assert_eq!(answer.error_codes(), ["CONFLICT"], "{}", answer.text);
    }
    let later = nodes[0].graphql(LOG, input).await.ok();
    assert_eq!(
        later.text, answered[0].text,
        "who was told CONFLICT asks again and is answered"
    );
    settled(&utility).await;
    // One case with one entry; CaseOpened and InteractionLogged; case.open and interaction.log.
    let after = effects(&utility);
    assert_eq!(
        after,
        [before[0] + 1, before[1] + 1, before[2] + 2, before[3] + 2]
    );
    assert_eq!(
        count(&utility, "idempotency_keys", &format!("and key = '{key}'")),
        1
    );
}

#[tokio::test]
async fn without_a_proper_key_nothing_is_done() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let contact = answered(&utility, &staff, "+420777100200").await;
    settled(&utility).await;
    let before = effects(&utility);
    let her = desk(&utility, &staff);
    let input = json!({ "input": log_input(&utility, &contact) });
    for client in [
        her.clone(),
        her.idempotency_key("short"),
        her.idempotency_key(&"x".repeat(129)),
    ] {
        let refused = client.graphql(LOG, input.clone()).await;
        assert_eq!(refused.error_codes(), ["BAD_INPUT"]);
        assert_eq!(
            refused.body.pointer("/errors/0/extensions/field"),
            Some(&json!("Idempotency-Key"))
        );
    }
    assert_eq!(
        (
            effects(&utility),
            contact_row(&utility, &contact)["state"].clone()
        ),
        (before, json!("active"))
    );
}
