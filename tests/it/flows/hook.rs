//! Flow 5: the switchboard's reports. The utility comes from token and dialled number; any order, any number of times.

use super::*;
use futures::future::join_all;

fn calls(utility: &Utility) -> (i64, i64) {
    (count(utility, "calls", ""), count(utility, "interactions", ""))
}

#[tokio::test]
async fn json_and_form_fields_take_a_call_from_ring_to_hangup() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let (path, digits) = (
        format!("/hooks/cti/{}", utility.hook),
        utility.dialled.trim_start_matches('+'),
    );
    for (call, form) in [("json", false), ("form", true)] {
        available(&staff).await;
        let send = |event: &'static str| {
            let (path, to, extension) = (path.clone(), utility.dialled.clone(), staff.extension.clone());
            async move {
                let answer = if form {
                    let body = format!(
                        "event={event}&direction=in&from=%2B420+777+100+200&to=%2B{digits}&callId={call}&user={extension}&cause=normal"
                    );
                    client()
                        .post_raw(&path, "application/x-www-form-urlencoded", body)
                        .await
                } else {
                    let body = json!({ "event": event, "direction": "in", "from": "+420 777 100 200", "to": to, "callId": call, "user": extension, "cause": "normal" });
                    client().post(&path, &body).await
                };
                assert_eq!(
                    (answer.status, answer.text.as_str()),
                    (200, "{}"),
                    "{call} {event}"
                );
            }
        };
        send("newCall").await;
        let contact = contact_of(&utility, call);
        assert_eq!(offers(&utility, &contact), [offer(&staff, "live")]);
        assert_eq!(contact_row(&utility, &contact)["from_number"], "+420777100200");
        send("answer").await;
        let row = contact_row(&utility, &contact);
        assert_eq!(
            (&row["state"], &row["person_id"]),
            (&json!("active"), &json!(staff.id.to_string()))
        );
        assert_eq!(offers(&utility, &contact), [offer(&staff, "accepted")]);
        assert_eq!(presence(&staff).0, "busy");
        send("hangup").await;
        let row = contact_row(&utility, &contact);
        assert_eq!(
            (&row["state"], &row["end_cause"]),
            (&json!("wrap_up"), &json!("normal"))
        );
        assert_eq!(presence(&staff).0, "wrap_up");
        let logged = change(&desk(&utility, &staff), LOG, log_input(&utility, &contact))
            .await
            .ok();
        assert_eq!(logged.data("/interactionLog/userErrors"), &json!([]));
    }
    assert_eq!(calls(&utility), (2, 2));
}

#[tokio::test]
async fn one_call_reported_many_times_at_once_is_one_contact() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    available(&staff).await;
    let contacts = join_all((0..8).map(|_| ring(&utility, "same", "+420777100200"))).await;
    assert!(
        contacts.iter().all(|contact| contact == &contacts[0]),
        "{contacts:?}"
    );
    ring(&utility, "same", "+420777999999").await;
    assert_eq!(calls(&utility), (1, 1));
    assert_eq!(offers(&utility, &contacts[0]), [offer(&staff, "live")]);
    join_all((0..4).map(|_| hang_up(&utility, "same"))).await;
    assert_eq!(contact_row(&utility, &contacts[0])["state"], "abandoned");
    ring(&utility, "same", "+420777100200").await;
    assert_eq!(
        contact_row(&utility, &contacts[0])["state"],
        "abandoned",
        "what is over does not ring again"
    );
    assert_eq!(
        (calls(&utility), offers(&utility, &contacts[0])),
        ((1, 1), vec![offer(&staff, "withdrawn")])
    );
    for (action, times) in [("interaction.begin", 1), ("interaction.end", 1)] {
        assert_eq!(
            count(&utility, "audit_entries", &format!("and action = '{action}'")),
            times,
            "{action}"
        );
    }
}

#[tokio::test]
async fn reports_in_the_wrong_order_come_to_the_same() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    available(&staff).await;
    let answer = |call: &'static str| {
        report(
            &utility,
            json!({ "event": "answer", "to": utility.dialled, "callId": call, "user": staff.extension }),
        )
    };

    hang_up(&utility, "a").await;
    assert_eq!(calls(&utility), (1, 0), "a hangup alone makes no contact");
    let abandoned = ring(&utility, "a", "+420777100200").await;
    let row = contact_row(&utility, &abandoned);
    assert_eq!(
        (&row["state"], &row["end_cause"], &row["person_id"]),
        (&json!("abandoned"), &json!("normal"), &Value::Null)
    );
    assert!(!row["ended_at"].is_null());
    assert_eq!(offers(&utility, &abandoned), []);

    let over = ring(&utility, "b", "+420777100200").await;
    hang_up(&utility, "b").await;
    assert_eq!(answer("b").await.status, 200);
    let row = contact_row(&utility, &over);
    assert_eq!(
        (&row["state"], &row["person_id"], &row["answered_at"]),
        (&json!("abandoned"), &Value::Null, &Value::Null)
    );
    assert_eq!(offers(&utility, &over), [offer(&staff, "withdrawn")]);

    assert_eq!(answer("c").await.status, 200);
    let rung = ring(&utility, "c", "+420777100200").await;
    assert_eq!(
        offers(&utility, &rung),
        [offer(&staff, "live")],
        "an answer nobody could place is forgotten"
    );
    assert_eq!(calls(&utility), (3, 3));
}

#[tokio::test]
async fn a_foreign_token_and_a_foreign_number_are_not_found_and_leave_nothing() {
    let (utility, other) = (utility().await, utility().await);
    let event =
        |to: &str| json!({ "event": "newCall", "from": "+420777100200", "to": to, "callId": "foreign" });
    let mut answers = Vec::new();
    for (token, to) in [
        ("no-such-token", utility.dialled.as_str()),
        (utility.hook.as_str(), other.dialled.as_str()),
        (other.hook.as_str(), utility.dialled.as_str()),
        (utility.hook.as_str(), "+420200000001"),
    ] {
        let answer = client().post(&format!("/hooks/cti/{token}"), &event(to)).await;
        assert_eq!(answer.status, 404, "{token} {to}");
        answers.push(answer.text);
    }
    assert!(answers.iter().all(|text| text == &answers[0]), "{answers:?}");
    assert_eq!((calls(&utility), calls(&other)), ((0, 0), (0, 0)));
    assert_eq!(
        (count(&utility, "outbox", ""), count(&other, "outbox", "")),
        (0, 0)
    );
    assert_eq!(
        (
            count(&utility, "audit_entries", ""),
            count(&other, "audit_entries", "")
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn a_malformed_report_is_told_its_field_and_leaves_nothing() {
    let utility = utility().await;
    let path = format!("/hooks/cti/{}", utility.hook);
    let with = |name: &str, value: Value| {
        let mut event = json!({ "event": "newCall", "direction": "in", "from": "+420777100200", "to": utility.dialled, "callId": "bad" });
        event[name] = value;
        event
    };
    for (event, field) in [
        (with("event", json!("ringing")), "event"),
        (with("event", json!("")), "event"),
        (with("callId", json!("")), "callId"),
        (with("callId", json!("x".repeat(201))), "callId"),
        (with("direction", json!("sideways")), "direction"),
        (with("to", json!("reception")), "to"),
        (with("to", json!("")), "to"),
        (with("event", Value::Null), "body"),
        (with("callId", json!(7)), "body"),
        (json!([]), "body"),
    ] {
        let answer = client().post(&path, &event).await;
        assert_eq!(
            (answer.status, &answer.body),
            (400, &json!({ "error": { "code": "BAD_INPUT", "field": field } })),
            "{event}"
        );
    }
    for (kind, body, status, field) in [
        ("application/json", "{\"event\": \"newCall\"", 400, "body"),
        ("application/x-www-form-urlencoded", "callId=bad", 400, "body"),
        ("text/plain", "event=newCall", 415, "Content-Type"),
    ] {
        let answer = client().post_raw(&path, kind, body).await;
        assert_eq!(
            (answer.status, &answer.body["error"]["field"]),
            (status, &json!(field)),
            "{kind}"
        );
    }
    assert_eq!(client().get(&path).await.status, 404);
    assert_eq!(
        (
            calls(&utility),
            count(&utility, "outbox", ""),
            count(&utility, "audit_entries", "")
        ),
        ((0, 0), 0, 0)
    );
}
