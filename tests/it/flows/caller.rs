//! Flow 5: what the caller's number says, in whatever writing, and what the card then holds.

use super::*;

async fn card(utility: &Utility, staff: &Staff, contact: &Value) -> Response {
    desk(utility, staff)
        .graphql(
            CARD,
            json!({ "interaction": global(Kind::Interaction, utility, contact) }),
        )
        .await
        .ok()
}

#[tokio::test]
async fn a_number_in_any_writing_finds_its_customer() {
    let utility = utility().await;
    let jana = utility.household("Jana Nováková", "+420777123456", "jana@example.cz");
    let national = &utility.dialled[4..];
    let writings = [
        "+420777123456",
        "+420 777 123 456",
        "00420777123456",
        "777123456",
        "777 123-456",
        "420777123456",
        "tel:+420777123456",
        "(777) 123.456",
    ];
    for (place, from) in writings.iter().enumerate() {
        let contact = ring(&utility, &format!("w{place}"), from).await;
        let row = contact_row(&utility, &contact);
        let found = (&row["match"], &row["from_number"], &row["customer_id"]);
        assert_eq!(
            found,
            (
                &json!("one"),
                &json!("+420777123456"),
                &json!(jana.id.to_string())
            ),
            "{from}"
        );
    }
    for (place, to) in [
        utility.dialled.clone(),
        national.to_owned(),
        format!("00420 {national}"),
        format!("420{national}"),
    ]
    .iter()
    .enumerate()
    {
        let event =
            json!({ "event": "newCall", "from": "777123456", "to": to, "callId": format!("t{place}") });
        assert_eq!(report(&utility, event).await.status, 200, "{to}");
        assert_eq!(
            contact_row(&utility, &contact_of(&utility, &format!("t{place}")))["to_number"],
            utility.dialled.as_str()
        );
    }
    assert_eq!(
        (count(&utility, "calls", ""), count(&utility, "interactions", "")),
        (12, 12)
    );
}

#[tokio::test]
async fn one_customer_of_the_number_opens_the_card_with_everything_in_it() {
    let utility = utility().await;
    let staff = utility.staff("operator");
    let jana = utility.household("Jana Nováková", "+420777123456", "jana@example.cz");
    utility.household("Eva Dvořáková", "+420777654321", "eva@example.cz");
    let contact = answered(&utility, &staff, "777 123 456").await;
    let answer = card(&utility, &staff, &contact).await;
    assert_eq!(
        (answer.data("/card/match"), answer.data("/card/candidates")),
        (&json!("ONE"), &json!([]))
    );
    assert_eq!(answer.data("/card/interaction/mine"), &json!(true));
    assert_eq!(
        answer.data("/card/interaction/from"),
        &json!({ "value": "+420777123456", "masked": false })
    );
    assert_eq!(answer.data("/card/customer/id"), &json!(jana.global));
    assert_eq!(answer.data("/card/customer/number"), &json!(jana.record.number));
    assert_eq!(
        answer.data("/card/accounts/0/balance/value"),
        &json!({ "minor": 21_000, "currency": "CZK" })
    );
    assert_eq!(
        answer.data("/card/supplyPoints/0/code"),
        &json!(jana.record.supply_code)
    );
    assert_eq!(
        answer.data("/card/supplyPoints/0/meters/0/serial"),
        &json!(jana.record.meter_serial)
    );
    assert_eq!(
        answer.data("/card/supplyPoints/0/contract/number"),
        &json!(jana.record.contract_number)
    );
    assert_eq!(
        answer.data("/card/invoices/0/payable/value"),
        &json!({ "minor": 121_000, "currency": "CZK" })
    );
    for (list, length) in [
        ("accounts", 1),
        ("supplyPoints", 1),
        ("invoices", 1),
        ("cases", 0),
        ("interactions", 0),
    ] {
        assert_eq!(
            answer.data(&format!("/card/{list}")).as_array().unwrap().len(),
            length,
            "{list}"
        );
    }
}

#[tokio::test]
async fn several_customers_of_the_number_are_candidates_until_one_is_named() {
    const IDENTIFY: &str = "mutation($input: InteractionIdentifyInput!) { interactionIdentify(input: $input) { interaction { customerId match } userErrors { code field } } }";
    let (utility, other) = (utility().await, utility().await);
    let (staff, colleague) = (utility.staff("operator"), utility.staff("operator"));
    let zita = utility.household("Zita Nováková", "+420777123456", "zita@example.cz");
    let adam = utility.household("Adam Novák", "+420777123456", "adam@example.cz");
    let stranger = other.household("Jan Cizí", "+420777123456", "jan@example.cz");
    let contact = answered(&utility, &staff, "+420777123456").await;
    let answer = card(&utility, &staff, &contact).await;
    assert_eq!(
        (answer.data("/card/match"), answer.data("/card/customer")),
        (&json!("SEVERAL"), &Value::Null)
    );
    let names: Vec<_> = answer
        .data("/card/candidates")
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["id"].clone(), c["name"]["value"].clone()))
        .collect();
    assert_eq!(
        names,
        [
            (json!(adam.global), json!("Adam Novák")),
            (json!(zita.global), json!("Zita Nováková"))
        ]
    );
    for list in ["accounts", "supplyPoints", "invoices", "cases", "interactions"] {
        assert_eq!(answer.data(&format!("/card/{list}")), &json!([]), "{list}");
    }

    let contact_id = global(Kind::Interaction, &utility, &contact);
    let nobody = graphql::ids::encode(Kind::Customer, utility.tenant.id, town::id()).to_string();
    let foreign = change(
        &desk(&utility, &staff),
        IDENTIFY,
        json!({ "interactionId": contact_id, "customerId": stranger.global }),
    )
    .await;
    let unknown = change(
        &desk(&utility, &staff),
        IDENTIFY,
        json!({ "interactionId": contact_id, "customerId": nobody }),
    )
    .await
    .ok();
    assert_eq!(
        unknown.data("/interactionIdentify/userErrors"),
        &json!([{ "code": "CUSTOMER_UNKNOWN", "field": "customerId" }])
    );
    assert_eq!(
        foreign.text, unknown.text,
        "another utility's customer is no different from one that never was"
    );
    let not_hers = change(
        &desk(&utility, &colleague),
        IDENTIFY,
        json!({ "interactionId": contact_id, "customerId": zita.global }),
    )
    .await
    .ok();
    assert_eq!(
        not_hers.user_error_codes("interactionIdentify"),
        ["INTERACTION_NOT_YOURS"]
    );
    assert!(contact_row(&utility, &contact)["customer_id"].is_null());
    assert_eq!(
        count(&utility, "audit_entries", "and action = 'interaction.identify'"),
        0
    );

    let named = change(
        &desk(&utility, &staff),
        IDENTIFY,
        json!({ "interactionId": contact_id, "customerId": zita.global }),
    )
    .await
    .ok();
    assert_eq!(
        named.data("/interactionIdentify/interaction"),
        &json!({ "customerId": zita.global, "match": "SEVERAL" })
    );
    let answer = card(&utility, &staff, &contact).await;
    assert_eq!(
        (answer.data("/card/customer/id"), answer.data("/card/candidates")),
        (&json!(zita.global), &json!([]))
    );
    assert_eq!(answer.data("/card/accounts").as_array().unwrap().len(), 1);
    assert_eq!(
        count(&utility, "audit_entries", "and action = 'interaction.identify'"),
        1
    );
}

#[tokio::test]
async fn an_unknown_and_a_withheld_number_open_an_empty_card() {
    let utility = utility().await;
    utility.household("Jana Nováková", "+420777123456", "jana@example.cz");
    for (from, said, shown) in [
        (
            "+420777000000",
            "NONE",
            json!({ "value": "+420777000000", "masked": false }),
        ),
        ("anonymous", "WITHHELD", Value::Null),
        ("", "WITHHELD", Value::Null),
        ("not a number", "NONE", Value::Null),
    ] {
        let staff = utility.staff("operator");
        let contact = answered(&utility, &staff, from).await;
        let answer = card(&utility, &staff, &contact).await;
        assert_eq!(answer.data("/card/match"), &json!(said), "{from:?}");
        assert_eq!(answer.data("/card/interaction/from"), &shown, "{from:?}");
        for part in [
            "candidates",
            "accounts",
            "supplyPoints",
            "invoices",
            "cases",
            "interactions",
        ] {
            assert_eq!(
                answer.data(&format!("/card/{part}")),
                &json!([]),
                "{from:?} {part}"
            );
        }
        assert!(answer.data("/card/customer").is_null());
    }
}
