//! Flow 5: who is offered a call. Exact rows of offers, each with what became of it.

use super::*;

fn due_now(utility: &Utility, contact: &Value) {
    let (tenant, contact) = (utility.tenant.id, contact.as_str().unwrap());
    let live = format!(
        "select id from offers where tenant_id = '{tenant}' and interaction_id = '{contact}' and state = 'live'"
    );
    let timer = format!(
        "update outbox set due_at = now() where tenant_id = '{tenant}' and type = 'OfferDue' and state = 'pending' and aggregate_id = ({live})"
    );
    let rings = format!(
        "update offers set expires_at = now() - interval '1 second' where tenant_id = '{tenant}' and id = ({live})"
    );
    // The offer first: a timer that comes before the offer's end finds nothing to do.
    assert_eq!((meddle(&rings), meddle(&timer)), (1, 1));
}

#[tokio::test]
async fn the_longest_idle_is_offered_first_and_a_declined_call_goes_to_the_next() {
    let utility = utility().await;
    let (first, second, third) = (
        utility.staff("operator"),
        utility.staff("operator"),
        utility.staff("operator"),
    );
    for staff in [&first, &second, &third] {
        available(staff).await;
    }
    let contact = ring(&utility, "one", "+420777100200").await;
    assert_eq!(offers(&utility, &contact), [offer(&first, "live")]);
    let rung = live_offer(&utility, &contact).await;

    // Nobody else may take or refuse it.
    for document in [ACCEPT, DECLINE] {
        let foreign = change(&desk(&utility, &second), document, json!({ "offerId": rung })).await;
        assert_eq!(foreign.error_codes(), ["NOT_FOUND"]);
    }
    assert_eq!(offers(&utility, &contact), [offer(&first, "live")]);

    let declined = change(&desk(&utility, &first), DECLINE, json!({ "offerId": rung }))
        .await
        .ok();
    assert_eq!(declined.data("/offerDecline/offer/state"), &json!("DECLINED"));
    assert_eq!(
        offers(&utility, &contact),
        [offer(&first, "declined"), offer(&second, "live")]
    );
    assert_eq!(
        presence(&first),
        ("break".to_owned(), Some("declined_offer".to_owned()))
    );
    let late = change(&desk(&utility, &first), ACCEPT, json!({ "offerId": rung }))
        .await
        .ok();
    assert_eq!(
        late.data("/offerAccept/userErrors"),
        &json!([{ "code": "OFFER_GONE", "field": "offerId" }])
    );

    // A second call meanwhile goes to the third: a ringing operator is not offered another.
    let other = ring(&utility, "two", "+420777100201").await;
    assert_eq!(offers(&utility, &other), [offer(&third, "live")]);
    let taken = change(
        &desk(&utility, &second),
        ACCEPT,
        json!({ "offerId": live_offer(&utility, &contact).await }),
    )
    .await
    .ok();
    assert_eq!(taken.data("/offerAccept/offer/state"), &json!("ACCEPTED"));
    settled(&utility).await;
    assert_eq!(
        offers(&utility, &contact),
        [offer(&first, "declined"), offer(&second, "accepted")]
    );
    let row = contact_row(&utility, &contact);
    assert_eq!(
        (&row["state"], &row["person_id"]),
        (&json!("active"), &json!(second.id.to_string()))
    );
    assert_eq!(count(&utility, "audit_entries", "and action = 'offer.accept'"), 1);
    assert_eq!(
        count(&utility, "audit_entries", "and action = 'offer.decline'"),
        1
    );
}

#[tokio::test]
async fn an_offer_that_rings_out_is_taken_back_by_the_worker_and_goes_on() {
    let utility = utility().await;
    let (first, second) = (utility.staff("operator"), utility.staff("operator"));
    available(&first).await;
    let contact = ring(&utility, "long", "+420777100200").await;
    let rung = live_offer(&utility, &contact).await;
    let ringing = value(&format!(
        "select extract(epoch from expires_at - made_at)::int from offers where tenant_id = '{}'",
        utility.tenant.id
    ));
    assert_eq!(ringing, 20);
    due_now(&utility, &contact);
    eventually_async("the offer expires", || async {
        (offers(&utility, &contact) == [offer(&first, "expired")]).then_some(())
    })
    .await;
    assert_eq!(
        presence(&first),
        ("break".to_owned(), Some("missed_offer".to_owned()))
    );
    assert_eq!(contact_row(&utility, &contact)["state"], "waiting");
    let late = change(&desk(&utility, &first), ACCEPT, json!({ "offerId": rung }))
        .await
        .ok();
    assert_eq!(late.user_error_codes("offerAccept"), ["OFFER_GONE"]);

    available(&second).await;
    live_offer(&utility, &contact).await;
    assert_eq!(
        offers(&utility, &contact),
        [offer(&first, "expired"), offer(&second, "live")]
    );
    // Who missed it before is asked again when nobody else is left.
    available(&first).await;
    due_now(&utility, &contact);
    eventually_async("it comes back", || async {
        (offers(&utility, &contact).len() == 3).then_some(())
    })
    .await;
    assert_eq!(
        offers(&utility, &contact),
        [
            offer(&first, "expired"),
            offer(&second, "expired"),
            offer(&first, "live")
        ]
    );
}

#[tokio::test]
async fn an_accepted_offer_outlives_its_timer() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let contact = answered(&utility, &staff, "+420777100200").await;
    let timer = "and type = 'OfferDue' and state = 'pending'";
    assert_eq!(count(&utility, "outbox", timer), 1);
    meddle(&format!(
        "update offers set expires_at = now() - interval '1 second' where tenant_id = '{}'",
        utility.tenant.id
    ));
    meddle(&format!(
        "update outbox set due_at = now() where tenant_id = '{}' {timer}",
        utility.tenant.id
    ));
    eventually_async("the timer is done", || async {
        (count(&utility, "outbox", timer) == 0).then_some(())
    })
    .await;
    assert_eq!(offers(&utility, &contact), [offer(&staff, "accepted")]);
    assert_eq!(
        (
            presence(&staff).0,
            contact_row(&utility, &contact)["state"].clone()
        ),
        ("busy".to_owned(), json!("active"))
    );
    assert_eq!(count(&utility, "outbox", "and state = 'dead'"), 0);
}

#[tokio::test]
async fn a_caller_who_hangs_up_while_it_rings_frees_the_operator() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    available(&staff).await;
    let contact = ring(&utility, "short", "+420777100200").await;
    let rung = live_offer(&utility, &contact).await;
    assert_eq!(presence(&staff).0, "busy");
    hang_up(&utility, "short").await;
    assert_eq!(offers(&utility, &contact), [offer(&staff, "withdrawn")]);
    assert_eq!(
        (presence(&staff), contact_row(&utility, &contact)["state"].clone()),
        (("available".to_owned(), None), json!("abandoned"))
    );
    let late = change(&desk(&utility, &staff), ACCEPT, json!({ "offerId": rung }))
        .await
        .ok();
    assert_eq!(late.user_error_codes("offerAccept"), ["OFFER_GONE"]);
    assert!(contact_row(&utility, &contact)["person_id"].is_null());
    let next = ring(&utility, "next", "+420777100200").await;
    assert_eq!(offers(&utility, &next), [offer(&staff, "live")]);
}

#[tokio::test]
async fn with_nobody_available_calls_wait_in_order_and_each_is_offered_once() {
    let utility = utility().await;
    let (first, second, elsewhere) = (
        utility.staff("operator"),
        utility.staff("operator"),
        utility.staff("supervisor"),
    );
    let early = ring(&utility, "early", "+420777100200").await;
    let late = ring(&utility, "late", "+420777100201").await;
    assert_eq!(
        (
            contact_row(&utility, &early)["state"].clone(),
            offers(&utility, &early)
        ),
        (json!("waiting"), vec![])
    );
    // A supervisor may not answer by the rules, so she is not asked.
    available(&elsewhere).await;
    settled(&utility).await;
    assert_eq!(
        (offers(&utility, &early), offers(&utility, &late)),
        (vec![], vec![])
    );
    available(&first).await;
    settled(&utility).await;
    live_offer(&utility, &early).await;
    assert_eq!(
        (offers(&utility, &early), offers(&utility, &late)),
        (vec![offer(&first, "live")], vec![])
    );
    available(&second).await;
    live_offer(&utility, &late).await;
    settled(&utility).await;
    assert_eq!(
        (offers(&utility, &early), offers(&utility, &late)),
        (vec![offer(&first, "live")], vec![offer(&second, "live")])
    );
    assert_eq!(presence(&elsewhere).0, "available");
}

#[tokio::test]
async fn a_grant_given_to_somebody_available_brings_her_what_waits() {
    let utility = utility().await;
    let (admin, staff) = (utility.staff("tenant_admin"), town::person());
    available(&staff).await;
    let contact = ring(&utility, "waits", "+420777100200").await;
    settled(&utility).await;
    assert_eq!(offers(&utility, &contact), []);
    let document = "mutation($input: GrantGiveInput!) { grantGive(input: $input) { userErrors { code } } }";
    let grant =
        json!({ "personLogin": staff.login, "role": "operator", "languages": ["cs"], "purpose": "winter" });
    change(&desk(&utility, &admin), document, grant).await.ok();
    live_offer(&utility, &contact).await;
    assert_eq!(offers(&utility, &contact), [offer(&staff, "live")]);
}

#[tokio::test]
async fn somebody_answers_at_the_telephone_what_rings_at_another() {
    let utility = utility().await;
    let (ringing, answering, stranger) = (
        utility.staff("operator"),
        utility.staff("operator"),
        town::person(),
    );
    available(&ringing).await;
    let contact = ring(&utility, "pickup", "+420777100200").await;
    let answer = |staff: &Staff| {
        report(
            &utility,
            json!({ "event": "answer", "to": utility.dialled, "callId": "pickup", "user": staff.extension }),
        )
    };
    // Without a grant here her telephone may ring, but she gets to see nothing.
    assert_eq!(answer(&stranger).await.status, 200);
    assert_eq!(offers(&utility, &contact), [offer(&ringing, "live")]);
    assert!(contact_row(&utility, &contact)["person_id"].is_null());
    assert_eq!(answer(&answering).await.status, 200);
    assert_eq!(offers(&utility, &contact), [offer(&ringing, "withdrawn")]);
    let row = contact_row(&utility, &contact);
    assert_eq!(
        (&row["state"], &row["person_id"]),
        (&json!("active"), &json!(answering.id.to_string()))
    );
    assert_eq!(
        (presence(&ringing).0, presence(&answering).0),
        ("available".to_owned(), "busy".to_owned())
    );
}

#[tokio::test]
async fn an_operator_with_a_contact_cannot_leave_it_and_is_not_offered_another() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let contact = answered(&utility, &staff, "+420777100200").await;
    for state in ["AVAILABLE", "OFFLINE", "BREAK", "BUSY", "WRAP_UP"] {
        let document = format!(
            "mutation {{ presenceSet(input: {{state: {state}}}) {{ presence {{ state }} userErrors {{ code }} }} }}"
        );
        let refused = own(&staff)
            .idempotency_key(&key())
            .graphql(&document, json!({}))
            .await
            .ok();
        assert_eq!(
            refused.user_error_codes("presenceSet"),
            ["PRESENCE_REFUSED"],
            "{state}"
        );
    }
    assert_eq!(presence(&staff).0, "busy");
    let waiting = ring(&utility, "waits", "+420777100201").await;
    settled(&utility).await;
    assert_eq!(offers(&utility, &waiting), []);
    let logged = change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
        .await
        .ok();
    assert_eq!(logged.data("/interactionLog/userErrors"), &json!([]));
    live_offer(&utility, &waiting).await;
    assert_eq!(
        offers(&utility, &waiting),
        [offer(&staff, "live")],
        "the log frees her for the next call"
    );
}
