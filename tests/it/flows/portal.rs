//! A customer enters the portal by a link from a mail, once, and sees his own things only.

use super::*;
use chrono::TimeDelta;
use tests::mailbox::Manner;
use tests::stage;
use tests::town::{keys, now};

const REQUEST: &str = "mutation($input: PortalLinkRequestInput!) { portalLinkRequest(input: $input) { sent userErrors { code field } } }";
const REDEEM: &str = "mutation($input: PortalLinkRedeemInput!) { portalLinkRedeem(input: $input) { token expiresAt userErrors { code field } } }";

async fn request(utility: &Utility, email: &str) -> Response {
    client()
        .graphql(
            REQUEST,
            json!({ "input": { "tenantKey": utility.tenant.key, "email": email } }),
        )
        .await
}

async fn redeem(token: &str) -> Response {
    client()
        .graphql(
            REDEEM,
            json!({ "input": { "token": token, "session": "BEARER" } }),
        )
        .await
        .ok()
}

/// The token in the link of the mail that came to this address.
fn mailed(utility: &Utility, address: &str) -> String {
    let mails = stage().mailbox().wait_for(address, 1);
    let text = mails[0].text();
    assert_eq!(mails[0].from, utility.tenant.mail_address);
    let (_, rest) = text
        .split_once(&format!("/portal/{}/enter#", utility.tenant.key))
        .unwrap_or_else(|| panic!("no link in {text}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

fn refused(answer: &Response) {
    let nothing = json!({ "token": null, "expiresAt": null, "userErrors": [{ "code": "LINK_INVALID", "field": "token" }] });
    assert_eq!(answer.data("/portalLinkRedeem"), &nothing);
    assert!(answer.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn a_link_from_the_mail_opens_the_portal_once_and_shows_only_her_own() {
    let utility = utility().await;
    let address = format!("jana@{}.example", utility.tenant.key);
    let jana = utility.household("Jana Nováková", "+420777100200", &address);
    let eva = utility.household(
        "Eva Dvořáková",
        "+420777100201",
        &format!("eva@{}.example", utility.tenant.key),
    );
    let staff = utility.staff("operator");
    let case = case_of(&utility, &staff, "+420777100200").await;
    case_of(&utility, &staff, "+420777100201").await;
    settled(&utility).await;
    assert_eq!(
        stage().mailbox().mails_to(&address).len(),
        1,
        "the confirmation of the case"
    );
    meddle(&format!(
        "update contact_points set value_norm = 'second-{address}', value = 'second-{address}' where value_norm = '{address}'"
    ));
    let address = format!("second-{address}");

    let asked = request(&utility, &format!("  {}", address.to_uppercase()))
        .await
        .ok();
    assert_eq!(
        asked.data("/portalLinkRequest"),
        &json!({ "sent": true, "userErrors": [] })
    );
    let token = mailed(&utility, &address);
    let answer = redeem(&token).await;
    let session = answer
        .data("/portalLinkRedeem/token")
        .as_str()
        .unwrap()
        .to_owned();
    refused(&redeem(&token).await);
    assert_eq!(count(&utility, "portal_sessions", ""), 1);
    assert_eq!(count(&utility, "portal_links", "and used_at is not null"), 1);

    let portal = client().bearer(&session);
    let card = portal.graphql(CARD, json!({})).await.ok();
    assert_eq!(card.data("/card/customer/id"), &json!(jana.global));
    assert_eq!(card.data("/card/customer/name/value"), &json!("Jana Nováková"));
    assert_eq!(
        card.data("/card/supplyPoints/0/code"),
        &json!(jana.record.supply_code)
    );
    let cases: Vec<_> = card
        .data("/card/cases")
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["number"].clone())
        .collect();
    assert_eq!(cases, [case["number"].clone()]);
    for secret in [
        &eva.record.number,
        &eva.record.supply_code,
        &eva.record.account_number,
    ] {
        assert!(!card.text.contains(secret));
    }
    assert!(
        portal
            .graphql(CARD, json!({ "customer": eva.global }))
            .await
            .ok()
            .data("/card")
            .is_null()
    );

    let out = portal
        .idempotency_key(&key())
        .graphql("mutation { signOut { signedOut } }", json!({}))
        .await
        .ok();
    assert_eq!(out.data("/signOut/signedOut"), &json!(true));
    assert_eq!(
        portal.graphql(CARD, json!({})).await.error_codes(),
        ["UNAUTHENTICATED"]
    );
}

#[tokio::test]
async fn known_unknown_and_shared_addresses_are_one_answer_and_one_mail() {
    let utility = utility().await;
    let at = |name: &str| format!("{name}@{}.example", utility.tenant.key);
    utility.household("Jana Nováková", "+420777100200", &at("known"));
    for name in ["Eva Nováková", "Petr Novák"] {
        utility.household(name, "+420777100201", &at("shared"));
    }
    let answers = [
        request(&utility, &at("known")).await,
        request(&utility, &at("unknown")).await,
        request(&utility, &at("shared")).await,
    ];
    for answer in &answers {
        assert_eq!(
            (answer.status, &answer.text),
            (200, &answers[0].text),
            "byte for byte the same"
        );
    }
    assert_eq!(
        answers[0].data("/portalLinkRequest"),
        &json!({ "sent": true, "userErrors": [] })
    );
    mailed(&utility, &at("known"));
    settled(&utility).await;
    for (name, mails) in [("known", 1), ("unknown", 0), ("shared", 0)] {
        assert_eq!(stage().mailbox().mails_to(&at(name)).len(), mails, "{name}");
    }
    // The same rows for each, so that the time tells nothing either.
    assert_eq!(count(&utility, "portal_links", ""), 1);
    assert_eq!(
        count(
            &utility,
            "outbox",
            "and type = 'PortalLinkRequested' and state = 'done'"
        ),
        3
    );
    assert_eq!(
        count(&utility, "audit_entries", "and action = 'portal-link.request'"),
        3
    );

    let malformed = request(&utility, "not an address").await.ok();
    assert_eq!(
        malformed.data("/portalLinkRequest"),
        &json!({ "sent": false, "userErrors": [{ "code": "INVALID", "field": "email" }] })
    );
    let nowhere = json!({ "input": { "tenantKey": "no-such-utility", "email": at("known") } });
    let nowhere = client().graphql(REQUEST, nowhere).await.ok();
    assert_eq!(
        nowhere.data("/portalLinkRequest"),
        &json!({ "sent": false, "userErrors": [{ "code": "INVALID", "field": "tenantKey" }] })
    );
    assert_eq!(count(&utility, "outbox", "and type = 'PortalLinkRequested'"), 3);
}

#[tokio::test]
async fn the_eleventh_request_for_an_address_is_throttled() {
    let utility = utility().await;
    let address = format!("jana@{}.example", utility.tenant.key);
    for _ in 0..10 {
        assert_eq!(
            request(&utility, &address)
                .await
                .ok()
                .user_error_codes("portalLinkRequest"),
            [""; 0]
        );
    }
    assert_eq!(
        request(&utility, &address)
            .await
            .ok()
            .user_error_codes("portalLinkRequest"),
        ["THROTTLED"]
    );
    assert_eq!(count(&utility, "outbox", "and type = 'PortalLinkRequested'"), 10);
}

#[tokio::test]
async fn foreign_expired_and_forged_links_are_refused() {
    let (utility, other) = (utility().await, utility().await);
    let address = format!("jana@{}.example", utility.tenant.key);
    let jana = utility.household("Jana Nováková", "+420777100200", &address);
    let stranger = other.household(
        "Eva Nováková",
        "+420777100200",
        &format!("eva@{}.example", other.tenant.key),
    );
    request(&utility, &address).await.ok();
    let good = mailed(&utility, &address);
    let link = keys().link_read(&good, now()).unwrap();
    let of = |customer, tenant, at| keys().link_token(customer, tenant, link.link, at).unwrap();
    // Signed by us, yet never mailed: another utility's, another customer's, too old.
    for token in [
        of(jana.id, other.tenant.id, now()),
        of(stranger.id, other.tenant.id, now()),
        of(stranger.id, utility.tenant.id, now()),
        of(jana.id, utility.tenant.id, now() - TimeDelta::minutes(31)),
        of(jana.id, utility.tenant.id, now() - TimeDelta::minutes(5)),
        utility.portal_session(jana.id),
        format!("{good}x"),
        "nonsense".to_owned(),
    ] {
        refused(&redeem(&token).await);
    }
    let sessions = count(&utility, "portal_sessions", "");
    assert_eq!(
        (sessions, count(&other, "portal_sessions", "")),
        (1, 0),
        "only the one this test made itself"
    );
    assert_eq!(
        meddle(&format!(
            "update portal_links set expires_at = now() where tenant_id = '{}'",
            utility.tenant.id
        )),
        1
    );
    refused(&redeem(&good).await);
    assert_eq!(
        (
            count(&utility, "portal_sessions", ""),
            count(&utility, "portal_links", "and used_at is not null")
        ),
        (sessions, 0)
    );

    // A customer's session is of one utility for ever.
    let portal = client().bearer(&utility.portal_session(jana.id));
    portal
        .tenant(&utility.tenant.key)
        .graphql(CARD, json!({}))
        .await
        .ok();
    let elsewhere = portal.tenant(&other.tenant.key).graphql(CARD, json!({})).await;
    let nowhere = portal.tenant("no-such-utility").graphql(CARD, json!({})).await;
    assert_eq!(elsewhere.error_codes(), ["NOT_FOUND"]);
    assert_eq!(elsewhere.text, nowhere.text);
}

#[tokio::test]
async fn a_link_whose_mail_was_put_off_arrives_when_the_mail_server_takes_it() {
    let utility = utility().await;
    let address = format!("jana@{}.example", utility.tenant.key);
    utility.household("Jana Nováková", "+420777100200", &address);
    stage().mailbox().set_manner(&address, Manner::Refuse(451));
    request(&utility, &address).await.ok();
    eventually_async("a try failed", || async {
        (count(
            &utility,
            "outbox",
            "and type = 'PortalLinkRequested' and fault is not null",
        ) == 1)
            .then_some(())
    })
    .await;
    stage().mailbox().set_manner(&address, Manner::Take);
    meddle(&format!(
        "update outbox set due_at = now() where tenant_id = '{}' and type = 'PortalLinkRequested'",
        utility.tenant.id
    ));
    let token = mailed(&utility, &address);
    assert!(redeem(&token).await.data("/portalLinkRedeem/token").is_string());
    assert_eq!(count(&utility, "portal_links", ""), 1);
}
