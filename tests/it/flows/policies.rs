//! Flow 3: Casbin decides every root field from policies in the database; a changed policy holds from the next operation
//! on, on every node. What the conditions let see is in [`super::sight`].

use super::*;

const CASES: &str = "{ cases { edges { node { id } } } }";

fn rule(role: &str, object: &str, act: &str, condition: &str, effect: &str) -> Value {
    json!({ "role": role, "object": object, "act": act, "condition": condition, "effect": effect })
}

#[tokio::test]
async fn a_put_and_a_removed_rule_hold_from_the_next_operation_on_both_nodes() {
    let utility = utility().await;
    known(&second(), &utility).await;
    let (admin, staff) = (utility.staff("tenant_admin"), utility.staff("operator"));
    let admins = [
        desk(&utility, &admin),
        second().bearer(&admin.token).tenant(&utility.tenant.key),
    ];
    let nodes = [
        desk(&utility, &staff),
        second().bearer(&staff.token).tenant(&utility.tenant.key),
    ];
    let rules = count(&utility, "policies", "");
    for round in 0..4 {
        // Each node changes the rule in turn; both obey at once.
        let admin = &admins[round % 2];
        for node in &nodes {
            node.graphql(CASES, json!({})).await.ok();
        }
        let put = change(admin, POLICY_PUT, rule("operator", "case", "list", "any", "deny"))
            .await
            .ok();
        let rule = put.data("/policyPut/policy/id").clone();
        assert_eq!(count(&utility, "policies", ""), rules + 1);
        for node in &nodes {
            let refused = node.graphql(CASES, json!({})).await;
            assert_eq!(refused.error_codes(), ["FORBIDDEN"], "round {round}");
        }
        let removed = change(
            &admins[(round + 1) % 2],
            POLICY_REMOVE,
            json!({ "policyId": rule }),
        )
        .await
        .ok();
        assert_eq!(removed.data("/policyRemove/userErrors"), &json!([]));
        assert_eq!(count(&utility, "policies", ""), rules);
    }
    assert_eq!(count(&utility, "audit_entries", "and action = 'policy.put'"), 4);
    assert_eq!(
        count(&utility, "audit_entries", "and action = 'policy.remove'"),
        4
    );
    assert_eq!(
        value(&format!(
            "select epoch from policy_epochs where tenant_id = '{}'",
            utility.tenant.id
        )),
        9
    );
}

#[tokio::test]
async fn the_same_rule_twice_is_one_rule_and_one_epoch() {
    let utility = utility().await;
    let admin = desk(&utility, &utility.staff("tenant_admin"));
    let rules = count(&utility, "policies", "");
    let first = change(
        &admin,
        POLICY_PUT,
        rule("operator", "case", "list", "any", "deny"),
    )
    .await
    .ok();
    let second = change(
        &admin,
        POLICY_PUT,
        rule("operator", "case", "list", "any", "deny"),
    )
    .await
    .ok();
    assert_eq!(
        first.data("/policyPut/policy/id"),
        second.data("/policyPut/policy/id")
    );
    assert_eq!(count(&utility, "policies", ""), rules + 1);
    assert_eq!(count(&utility, "audit_entries", "and action = 'policy.put'"), 1);
    assert_eq!(
        value(&format!(
            "select epoch from policy_epochs where tenant_id = '{}'",
            utility.tenant.id
        )),
        2
    );
}

#[tokio::test]
async fn sealed_rules_stay_and_impossible_ones_are_refused() {
    let (utility, other) = (utility().await, utility().await);
    let admin = desk(&utility, &utility.staff("tenant_admin"));
    let id_of = |utility: &Utility, sealed: bool| {
        let statement = format!(
            "select id from policies where tenant_id = '{}' and sealed = {sealed} order by id limit 1",
            utility.tenant.id
        );
        global(Kind::Policy, utility, &value(&statement))
    };
    let rules = count(&utility, "policies", "");
    let sealed = change(
        &admin,
        POLICY_REMOVE,
        json!({ "policyId": id_of(&utility, true) }),
    )
    .await
    .ok();
    assert_eq!(
        sealed.data("/policyRemove"),
        &json!({ "policy": null, "userErrors": [{ "code": "POLICY_SEALED", "field": "policyId" }] })
    );
    let foreign = change(&admin, POLICY_REMOVE, json!({ "policyId": id_of(&other, false) })).await;
    assert_eq!(foreign.error_codes(), ["NOT_FOUND"]);
    for (input, code, field) in [
        (
            rule("operator", "policy", "put", "any", "allow"),
            "POLICY_SEALED",
            "role",
        ),
        (
            rule("nobody", "case", "list", "any", "allow"),
            "POLICY_SEALED",
            "role",
        ),
        (
            rule("customer", "case", "list", "any", "allow"),
            "POLICY_SEALED",
            "role",
        ),
        (
            rule("operator", "case", "fly", "any", "allow"),
            "POLICY_UNKNOWN",
            "object",
        ),
        (
            rule("operator", "case", "list", "sometimes", "allow"),
            "POLICY_UNKNOWN",
            "condition",
        ),
        (
            rule("operator", "case", "list", "any", "perhaps"),
            "POLICY_UNKNOWN",
            "effect",
        ),
        (
            rule("operator", "case", "list", "assigned", "deny"),
            "POLICY_UNKNOWN",
            "effect",
        ),
        (rule("", "case", "list", "any", "allow"), "INVALID", "role"),
    ] {
        let refused = change(&admin, POLICY_PUT, input.clone()).await.ok();
        assert_eq!(
            refused.data("/policyPut"),
            &json!({ "policy": null, "userErrors": [{ "code": code, "field": field }] }),
            "{input}"
        );
    }
    assert_eq!(
        (count(&utility, "policies", ""), count(&other, "policies", "")),
        (rules, rules)
    );
    assert_eq!(count(&utility, "audit_entries", "and action like 'policy.%'"), 0);
    assert_eq!(
        value(&format!(
            "select epoch from policy_epochs where tenant_id = '{}'",
            utility.tenant.id
        )),
        1
    );
}

#[tokio::test]
async fn nobody_is_asked_to_sign_in_and_the_wrong_role_is_forbidden() {
    let utility = utility().await;
    let (operator, auditor) = (utility.staff("operator"), utility.staff("auditor"));
    let nobody = client().tenant(&utility.tenant.key);
    let rules = count(&utility, "policies", "");
    for document in [
        CASES,
        "{ auditEntries { edges { node { id } } } }",
        "{ policies { id } }",
        "{ tenant { key } }",
        "{ me { id } }",
    ] {
        assert_eq!(
            nobody.graphql(document, json!({})).await.error_codes(),
            ["UNAUTHENTICATED"],
            "{document}"
        );
    }
    assert_eq!(
        client()
            .bearer("no.such.token")
            .graphql(CASES, json!({}))
            .await
            .error_codes(),
        ["UNAUTHENTICATED"]
    );
    assert_eq!(
        desk(&utility, &auditor)
            .graphql(CASES, json!({}))
            .await
            .error_codes(),
        ["FORBIDDEN"]
    );
    assert_eq!(
        desk(&utility, &operator)
            .graphql("{ policies { id } }", json!({}))
            .await
            .error_codes(),
        ["FORBIDDEN"]
    );
    desk(&utility, &auditor)
        .graphql(
            "{ policies { id } auditEntries { edges { node { id } } } }",
            json!({}),
        )
        .await
        .ok();
    let deny = rule("supervisor", "case", "list", "any", "deny");
    for (client, code) in [
        (&nobody, "UNAUTHENTICATED"),
        (&desk(&utility, &operator), "FORBIDDEN"),
        (&desk(&utility, &auditor), "FORBIDDEN"),
    ] {
        let refused = change(client, POLICY_PUT, deny.clone()).await;
        assert_eq!(refused.error_codes(), [code]);
        assert!(refused.data("/policyPut").is_null());
    }
    assert_eq!(
        (
            count(&utility, "policies", ""),
            count(&utility, "idempotency_keys", "")
        ),
        (rules, 2),
        "the two refusals are remembered, no rule is"
    );
}
