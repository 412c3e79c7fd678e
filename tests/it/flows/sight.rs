//! Flow 3: each condition of a policy lets the list, the single read and the change see the same; each field class shows
//! what the role's rules allow and nothing beyond.

use super::*;
use tests::town::person;

const CUSTOMERS: &str = "{ customers(search: \"Jana\") { edges { node { id } } } }";
const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
const CASES: &str = "{ cases { edges { node { id } } } }";
const ENTRIES: &str = "query($id: ID!) { caseEntries(caseId: $id) { edges { node { kind } } } }";
const NOTE: &str = "mutation($input: CaseNoteInput!) { caseNote(input: $input) { case { id version } userErrors { code } } }";
const GRANT_GIVE: &str = "mutation($input: GrantGiveInput!) { grantGive(input: $input) { grant { id } userErrors { code field } } }";

/// Somebody in the fresh role `observer`, with these rules (object, act, condition).
async fn observer(utility: &Utility, rules: &[(&str, &str, &str)]) -> Staff {
    let (admin, staff) = (desk(utility, &utility.staff("tenant_admin")), person());
    let grant =
        json!({ "personLogin": staff.login, "role": "observer", "languages": ["cs"], "purpose": "test" });
    change(&admin, GRANT_GIVE, grant).await.ok();
    let refused = desk(utility, &staff).graphql(CASES, json!({})).await;
    assert_eq!(
        refused.error_codes(),
        ["FORBIDDEN"],
        "a role without rules may nothing"
    );
    for (object, act, condition) in rules {
        let rule = json!({ "role": "observer", "object": object, "act": act, "condition": condition, "effect": "allow" });
        let put = change(&admin, POLICY_PUT, rule).await.ok();
        assert_eq!(put.data("/policyPut/userErrors"), &json!([]), "{object}:{act}");
    }
    staff
}

/// Ids in the edges of a list.
fn listed(answer: &Response, list: &str) -> Vec<String> {
    let edges = answer.data(&format!("/{list}/edges")).as_array().unwrap();
    let mut ids: Vec<_> = edges
        .iter()
        .map(|edge| edge["node"]["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

fn sorted<const N: usize>(ids: [&Value; N]) -> Vec<String> {
    let mut ids: Vec<_> = ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

/// Which of these are seen as nodes, by their place.
async fn nodes(client: &Client, ids: &[&Value]) -> Vec<bool> {
    let answer = client.graphql(NODES, json!({ "ids": ids })).await.ok();
    answer
        .data("/nodes")
        .as_array()
        .unwrap()
        .iter()
        .map(|node| !node.is_null())
        .collect()
}

fn give_case(utility: &Utility, case: &Value, staff: &Staff) {
    let id = bare(&case["id"]);
    assert_eq!(
        meddle(&format!(
            "update cases set owner_id = '{}' where tenant_id = '{}' and id = '{id}'",
            staff.id, utility.tenant.id
        )),
        1
    );
}

#[tokio::test]
async fn any_sees_the_whole_utility_and_nothing_of_another() {
    let (utility, other) = (utility().await, utility().await);
    let (operator, colleague) = (utility.staff("operator"), utility.staff("operator"));
    let strangers = case_of(&other, &other.staff("operator"), "+420777100203").await;
    let cases = [
        case_of(&utility, &operator, "+420777100201").await,
        case_of(&utility, &operator, "+420777100202").await,
    ];
    let her = desk(&utility, &colleague);
    assert_eq!(
        listed(&her.graphql(CASES, json!({})).await.ok(), "cases"),
        sorted([&cases[0]["id"], &cases[1]["id"]])
    );
    assert_eq!(
        nodes(&her, &[&cases[0]["id"], &cases[1]["id"], &strangers["id"]]).await,
        [true, true, false]
    );
    assert_eq!(
        her.graphql(ENTRIES, json!({ "id": strangers["id"] }))
            .await
            .error_codes(),
        ["NOT_FOUND"]
    );
    let noted = change(&her, NOTE, json!({ "caseId": strangers["id"], "text": "x" })).await;
    assert_eq!(noted.error_codes(), ["NOT_FOUND"]);
    assert_eq!(count(&other, "case_entries", "and kind = 'note'"), 0);
}

#[tokio::test]
async fn assigned_sees_her_own_cases_in_list_read_and_change() {
    let utility = utility().await;
    let operator = utility.staff("operator");
    let (hers, not_hers) = (
        case_of(&utility, &operator, "+420777100201").await,
        case_of(&utility, &operator, "+420777100202").await,
    );
    let rules = [
        ("case", "list", "assigned"),
        ("case", "read", "assigned"),
        ("case", "note", "assigned"),
        ("node", "list", "any"),
    ];
    let observer = observer(&utility, &rules).await;
    let her = desk(&utility, &observer);
    assert_eq!(
        listed(&her.graphql(CASES, json!({})).await.ok(), "cases"),
        [""; 0]
    );
    give_case(&utility, &hers, &observer);
    assert_eq!(
        listed(&her.graphql(CASES, json!({})).await.ok(), "cases"),
        sorted([&hers["id"]])
    );
    assert_eq!(nodes(&her, &[&hers["id"], &not_hers["id"]]).await, [true, false]);
    her.graphql(ENTRIES, json!({ "id": hers["id"] })).await.ok();
    assert_eq!(
        her.graphql(ENTRIES, json!({ "id": not_hers["id"] }))
            .await
            .error_codes(),
        ["NOT_FOUND"]
    );
    let noted = change(&her, NOTE, json!({ "caseId": hers["id"], "text": "seen" }))
        .await
        .ok();
    assert_eq!(noted.data("/caseNote/case/version"), &json!(2));
    let refused = change(&her, NOTE, json!({ "caseId": not_hers["id"], "text": "seen" })).await;
    assert_eq!(refused.error_codes(), ["NOT_FOUND"]);
    assert_eq!(count(&utility, "case_entries", "and kind = 'note'"), 1);
    assert_eq!(count(&utility, "cases", "and version > 1"), 1);
}

#[tokio::test]
async fn case_sees_a_customer_while_an_open_case_or_contact_is_hers() {
    let utility = utility().await;
    let operator = utility.staff("operator");
    let (jana, eva) = (
        utility.household("Jana Nováková", "+420777100201", "jana@example.cz"),
        utility.household("Jana Dvořáková", "+420777100202", "eva@example.cz"),
    );
    let (of_jana, _) = (
        case_of(&utility, &operator, "+420777100201").await,
        case_of(&utility, &operator, "+420777100202").await,
    );
    let rules = [
        ("card", "read", "case"),
        ("customer", "list", "case"),
        ("interaction", "list", "case"),
        ("case", "list", "assigned"),
        ("node", "list", "any"),
    ];
    let observer = observer(&utility, &rules).await;
    let her = desk(&utility, &observer);
    let (jana, eva) = (json!(jana.global), json!(eva.global));
    let seen = || async {
        let customers = listed(&her.graphql(CUSTOMERS, json!({})).await.ok(), "customers");
        let mut cards = Vec::new();
        for id in [&jana, &eva] {
            let answer = her.graphql(CARD, json!({ "customer": id })).await.ok();
            cards.push(!answer.data("/card").is_null());
        }
        assert_eq!(nodes(&her, &[&jana, &eva]).await, cards, "card and node agree");
        let contacts = listed(
            &her.graphql("{ interactions { edges { node { id } } } }", json!({}))
                .await
                .ok(),
            "interactions",
        )
        .len();
        let cases = listed(&her.graphql(CASES, json!({})).await.ok(), "cases").len();
        (customers, cards, contacts, cases)
    };
    assert_eq!(
        seen().await,
        (vec![], vec![false, false], 0, 0),
        "no case is hers"
    );
    give_case(&utility, &of_jana, &observer);
    assert_eq!(
        seen().await,
        (sorted([&jana]), vec![true, false], 1, 1),
        "the customer of her case"
    );
    let id = bare(&of_jana["id"]);
    meddle(&format!(
        "update cases set state = 'closed' where tenant_id = '{}' and id = '{id}'",
        utility.tenant.id
    ));
    // The closed case is still assigned to her, its customer is no longer in her hands.
    assert_eq!(
        seen().await,
        (vec![], vec![false, false], 0, 1),
        "a closed case opens nothing"
    );
    let contact = ring(&utility, "hers", "+420777100202").await;
    meddle(&format!(
        "update interactions set state = 'active', person_id = '{}' where id = '{}'",
        observer.id,
        contact.as_str().unwrap()
    ));
    assert_eq!(
        seen().await,
        (sorted([&eva]), vec![false, true], 2, 1),
        "the customer she is talking to, with earlier contacts"
    );
}

#[tokio::test]
async fn self_sees_a_customers_own_things_only() {
    let utility = utility().await;
    let operator = utility.staff("operator");
    let (jana, eva) = (
        utility.household("Jana Nováková", "+420777100201", "jana@example.cz"),
        utility.household("Jana Dvořáková", "+420777100202", "eva@example.cz"),
    );
    let (of_jana, of_eva) = (
        case_of(&utility, &operator, "+420777100201").await,
        case_of(&utility, &operator, "+420777100202").await,
    );
    let portal = client().bearer(&utility.portal_session(jana.id));
    let account = |household: &tests::Household| {
        graphql::ids::encode(Kind::Account, utility.tenant.id, household.account).to_string()
    };
    assert_eq!(
        listed(&portal.graphql(CASES, json!({})).await.ok(), "cases"),
        sorted([&of_jana["id"]])
    );
    let ids = [
        &of_jana["id"],
        &of_eva["id"],
        &json!(jana.global),
        &json!(eva.global),
        &json!(account(&jana)),
        &json!(account(&eva)),
    ];
    assert_eq!(
        nodes(&portal, &ids).await,
        [true, false, true, false, true, false]
    );
    let own = portal.graphql(CARD, json!({})).await.ok();
    assert_eq!(own.data("/card/customer/id"), &json!(jana.global));
    assert!(
        portal
            .graphql(CARD, json!({ "customer": eva.global }))
            .await
            .ok()
            .data("/card")
            .is_null()
    );
    let invoices = "query($id: ID!) { invoices(accountId: $id) { edges { node { number } } } }";
    let bills = portal
        .graphql(invoices, json!({ "id": account(&jana) }))
        .await
        .ok();
    assert_eq!(bills.data("/invoices/edges").as_array().unwrap().len(), 1);
    assert_eq!(
        portal
            .graphql(invoices, json!({ "id": account(&eva) }))
            .await
            .error_codes(),
        ["NOT_FOUND"]
    );
    for document in [
        CUSTOMERS,
        "{ interactions { edges { node { id } } } }",
        "{ grants { edges { node { id } } } }",
    ] {
        assert_eq!(
            portal.graphql(document, json!({})).await.error_codes(),
            ["FORBIDDEN"],
            "{document}"
        );
    }
    let refused = change(&portal, NOTE, json!({ "caseId": of_jana["id"], "text": "x" })).await;
    assert_eq!(refused.error_codes(), ["FORBIDDEN"]);
    assert_eq!(count(&utility, "case_entries", "and kind = 'note'"), 0);
}

#[tokio::test]
async fn field_classes_are_full_masked_or_hidden_and_only_the_full_are_disclosed() {
    let utility = utility().await;
    let jana = utility.household("Jana Nováková", "+420777123456", "jana.novakova@example.cz");
    let ask = json!({ "customer": jana.global });
    let disclosed = || {
        let rows = rows(&format!(
            "select classes from audit_subjects where tenant_id = '{}' order by entry_id",
            utility.tenant.id
        ));
        rows.iter().map(|row| row["classes"].clone()).collect::<Vec<_>>()
    };
    let full = desk(&utility, &utility.staff("operator"))
        .graphql(CARD, ask.clone())
        .await
        .ok();
    let shown = |value: &str| json!({ "value": value, "masked": false });
    let hidden = |value: &str| json!({ "value": value, "masked": true });
    assert_eq!(full.data("/card/customer/name"), &shown("Jana Nováková"));
    assert_eq!(
        full.data("/card/customer/phones"),
        &json!([shown("+420777123456")])
    );
    assert_eq!(
        full.data("/card/customer/emails"),
        &json!([shown("jana.novakova@example.cz")])
    );
    assert_eq!(
        full.data("/card/accounts/0/paymentKey"),
        &shown(&jana.record.payment_key)
    );
    assert_eq!(
        full.data("/card/accounts/0/balance"),
        &json!({ "masked": false, "value": { "minor": 21_000, "currency": "CZK" } })
    );
    assert_eq!(disclosed(), [json!(["contact", "identity", "financial"])]);

    let masked = desk(&utility, &utility.staff("supervisor"))
        .graphql(CARD, ask.clone())
        .await
        .ok();
    assert_eq!(masked.data("/card/customer/name"), &shown("Jana Nováková"));
    assert_eq!(masked.data("/card/customer/phones"), &json!([hidden("••• 456")]));
    assert_eq!(masked.data("/card/customer/emails"), &json!([hidden("•••")]));
    assert_eq!(masked.data("/card/supplyPoints/0/address/masked"), &json!(true));
    assert_eq!(
        masked.data("/card/accounts/0/balance"),
        &json!({ "masked": true, "value": null })
    );
    assert_eq!(
        masked.data("/card/invoices/0/payable"),
        &json!({ "masked": true, "value": null })
    );
    assert_eq!(masked.data("/card/accounts/0/paymentKey"), &hidden("•••"));
    for secret in ["777", "77712", "jana.nov", "Lipová", &jana.record.payment_key] {
        assert!(!masked.text.contains(secret), "{secret} leaks: {}", masked.text);
    }
    assert_eq!(
        disclosed(),
        [json!(["contact", "identity", "financial"]), json!(["identity"])]
    );

    let observer = observer(&utility, &[("card", "read", "any")]).await;
    let none = desk(&utility, &observer).graphql(CARD, ask).await.ok();
    assert_eq!(none.data("/card/customer/name"), &hidden("•••"));
    assert_eq!(none.data("/card/customer/phones"), &json!([hidden("•••")]));
    assert_eq!(
        none.data("/card/accounts/0/balance"),
        &json!({ "masked": true, "value": null })
    );
    for secret in ["456", "Jana", "jana", "Nov", &jana.record.payment_key] {
        assert!(!none.text.contains(secret), "{secret} leaks: {}", none.text);
    }
    assert_eq!(disclosed().len(), 2, "what was masked is not a disclosure");
}
