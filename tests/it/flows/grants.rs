//! Flow 2: a grant lets an operator act for utilities A and B and not for C; when it ends, sight and routing end with it.

use super::*;
use tests::town::{now, person};

const SEEN: &str = "{ tenant { key } customers(search: \"Jana\") { edges { node { name { value } } } } cases { edges { node { id } } } }";
const GRANT_END: &str = "mutation($input: GrantEndInput!) { grantEnd(input: $input) { grant { id validTo } userErrors { code field } } }";
const GRANT_GIVE: &str = "mutation($input: GrantGiveInput!) { grantGive(input: $input) { grant { id role personLogin } userErrors { code field } } }";

#[tokio::test]
async fn she_works_for_two_utilities_and_the_third_does_not_exist() {
    let (a, b, c) = (utility().await, utility().await, utility().await);
    let staff = person();
    for utility in [&a, &b] {
        utility.grant(&staff, "operator", None);
        utility.household(
            &format!("Jana Nováková z {}", utility.tenant.key),
            "+420777100200",
            "jana@example.cz",
        );
    }
    let strangers = c.household("Jana Cizí", "+420777100200", "eva@example.cz");
    for utility in [&a, &b] {
        let answer = desk(utility, &staff).graphql(SEEN, json!({})).await.ok();
        assert_eq!(answer.data("/tenant/key"), &json!(utility.tenant.key));
        assert_eq!(answer.data("/customers/edges").as_array().unwrap().len(), 1);
        let name = format!("Jana Nováková z {}", utility.tenant.key);
        assert_eq!(answer.data("/customers/edges/0/node/name/value"), &json!(name));
    }
    let entries = count(&c, "audit_entries", "");
    let of_c = desk(&c, &staff).graphql(SEEN, json!({})).await;
    let of_none = desk(&c, &staff)
        .tenant("no-such-utility")
        .graphql(SEEN, json!({}))
        .await;
    assert_eq!(of_c.error_codes(), ["NOT_FOUND"]);
    assert_eq!(
        (of_c.status, &of_c.text),
        (of_none.status, &of_none.text),
        "byte for byte the same"
    );
    let modern = |client: Client| async move {
        client
            .header("Accept", "application/graphql-response+json")
            .graphql(SEEN, json!({}))
            .await
    };
    let (of_c, of_none) = (
        modern(desk(&c, &staff)).await,
        modern(desk(&c, &staff).tenant("no-such-utility")).await,
    );
    assert_eq!((of_c.status, &of_c.text), (404, &of_none.text));
    assert_eq!(of_none.status, 404);

    // An id of C is nothing under A.
    let card = desk(&a, &staff)
        .graphql(CARD, json!({ "customer": strangers.global }))
        .await
        .ok();
    assert!(card.data("/card").is_null());
    let nodes = desk(&a, &staff)
        .graphql(
            "query($id: ID!) { nodes(ids: [$id]) { id } }",
            json!({ "id": strangers.global }),
        )
        .await
        .ok();
    assert_eq!(nodes.data("/nodes"), &json!([null]));
    let me = own(&staff)
        .graphql("{ me { grants { tenant { key } role } } }", json!({}))
        .await
        .ok();
    let mut grants: Vec<_> = me
        .data("/me/grants")
        .as_array()
        .unwrap()
        .iter()
        .map(|g| g["tenant"]["key"].as_str().unwrap().to_owned())
        .collect();
    let mut expected = [a.tenant.key.clone(), b.tenant.key.clone()];
    grants.sort();
    expected.sort();
    assert_eq!(grants, expected);
    assert_eq!(
        count(&c, "audit_entries", ""),
        entries,
        "nothing was written at C"
    );
}

#[tokio::test]
async fn a_grant_that_has_run_out_gives_neither_sight_nor_calls() {
    let utility = utility().await;
    let staff = person();
    utility.grant(&staff, "operator", Some(now() - chrono::TimeDelta::hours(1)));
    let refused = desk(&utility, &staff).graphql(SEEN, json!({})).await;
    assert_eq!(refused.error_codes(), ["NOT_FOUND"]);
    available(&staff).await;
    let contact = ring(&utility, "late", "+420777100200").await;
    settled(&utility).await;
    assert_eq!(contact_row(&utility, &contact)["state"], "waiting");
    assert_eq!(offers(&utility, &contact), []);
    assert_eq!(
        presence(&staff),
        ("available".to_owned(), None),
        "she was not bothered"
    );
}

#[tokio::test]
async fn at_the_end_of_its_period_a_grant_ends_sight_and_calls_at_once() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    available(&staff).await;
    desk(&utility, &staff).graphql(SEEN, json!({})).await.ok();
    assert_eq!(
        meddle(&format!(
            "update grants set valid_to = now() where tenant_id = '{}'",
            utility.tenant.id
        )),
        1
    );
    assert_eq!(
        desk(&utility, &staff)
            .graphql(SEEN, json!({}))
            .await
            .error_codes(),
        ["NOT_FOUND"]
    );
    let contact = ring(&utility, "over", "+420777100200").await;
    settled(&utility).await;
    assert_eq!(
        (
            offers(&utility, &contact),
            contact_row(&utility, &contact)["state"].clone()
        ),
        (vec![], json!("waiting"))
    );
}

#[tokio::test]
async fn grant_end_by_the_tenants_admin_ends_sight_and_routing() {
    let (here, elsewhere) = (utility().await, utility().await);
    let (admin, staff, colleague) = (
        here.staff("tenant_admin"),
        here.staff("operator"),
        here.staff("operator"),
    );
    elsewhere.grant(&staff, "operator", None);
    available(&staff).await;
    desk(&here, &staff).graphql(SEEN, json!({})).await.ok();
    let listed = desk(&here, &admin)
        .graphql("{ grants { edges { node { id personLogin } } } }", json!({}))
        .await
        .ok();
    let grant = listed
        .data("/grants/edges")
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["node"]["personLogin"] == staff.login)
        .unwrap()["node"]["id"]
        .clone();

    let refused = change(&desk(&here, &colleague), GRANT_END, json!({ "grantId": grant })).await;
    assert_eq!(refused.error_codes(), ["FORBIDDEN"]);
    assert_eq!(count(&here, "grants", "and valid_to is not null"), 0);
    let foreign = change(
        &desk(&elsewhere, &elsewhere.staff("tenant_admin")),
        GRANT_END,
        json!({ "grantId": grant }),
    )
    .await;
    assert_eq!(foreign.error_codes(), ["NOT_FOUND"]);
    assert_eq!(count(&here, "grants", "and valid_to is not null"), 0);

    let ended = change(&desk(&here, &admin), GRANT_END, json!({ "grantId": grant }))
        .await
        .ok();
    assert_eq!(ended.data("/grantEnd/userErrors"), &json!([]));
    assert_eq!(
        desk(&here, &staff).graphql(SEEN, json!({})).await.error_codes(),
        ["NOT_FOUND"]
    );
    desk(&elsewhere, &staff).graphql(SEEN, json!({})).await.ok();
    assert_eq!(count(&here, "audit_entries", "and action = 'grant.end'"), 1);
    // Ended once is ended: a second time changes nothing more.
    let again = change(&desk(&here, &admin), GRANT_END, json!({ "grantId": grant }))
        .await
        .ok();
    assert_eq!(again.data("/grantEnd/grant"), ended.data("/grantEnd/grant"));
    assert_eq!(count(&here, "audit_entries", "and action = 'grant.end'"), 1);

    let contact = ring(&here, "first", "+420777100200").await;
    settled(&here).await;
    assert_eq!(
        (
            offers(&here, &contact),
            contact_row(&here, &contact)["state"].clone()
        ),
        (vec![], json!("waiting")),
        "it waits"
    );
    available(&colleague).await;
    live_offer(&here, &contact).await;
    assert_eq!(offers(&here, &contact), [offer(&colleague, "live")]);
    // The other utility still reaches her.
    let other = ring(&elsewhere, "second", "+420777100200").await;
    assert_eq!(offers(&elsewhere, &other), [offer(&staff, "live")]);
}

#[tokio::test]
async fn a_grant_is_given_once_for_a_time_and_to_somebody_known() {
    let utility = utility().await;
    let (admin, new) = (utility.staff("tenant_admin"), person());
    let admin = desk(&utility, &admin);
    let input =
        json!({ "personLogin": new.login, "role": "operator", "languages": ["cs"], "purpose": "winter" });
    let with = |name: &str, value: &str| {
        let mut input = input.clone();
        input[name] = json!(value);
        input
    };
    for (input, code, field) in [
        (
            with("personLogin", "nobody-at-all"),
            "PERSON_UNKNOWN",
            json!("personLogin"),
        ),
        (
            with("validTo", "2020-01-01T00:00:00Z"),
            "GRANT_PERIOD",
            json!("validTo"),
        ),
        (with("purpose", ""), "INVALID", json!("purpose")),
    ] {
        let refused = change(&admin, GRANT_GIVE, input).await.ok();
        assert_eq!(
            refused.data("/grantGive/userErrors"),
            &json!([{ "code": code, "field": field }])
        );
    }
    assert_eq!(
        (
            count(&utility, "grants", ""),
            count(&utility, "audit_entries", "and action = 'grant.give'")
        ),
        (1, 0),
        "only the admin's own"
    );
    assert_eq!(
        desk(&utility, &new).graphql(SEEN, json!({})).await.error_codes(),
        ["NOT_FOUND"]
    );

    change(&admin, GRANT_GIVE, input.clone()).await.ok();
    desk(&utility, &new).graphql(SEEN, json!({})).await.ok();
    let doubled = change(&admin, GRANT_GIVE, input).await.ok();
    assert_eq!(doubled.user_error_codes("grantGive"), ["GRANT_OVERLAPS"]);
    assert_eq!(
        (
            count(&utility, "grants", ""),
            count(&utility, "audit_entries", "and action = 'grant.give'")
        ),
        (2, 1)
    );
}
