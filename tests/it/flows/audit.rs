//! Flow 9: `busbar audit verify` proves the chain of a whole working day and finds an edited, a removed and a cut-off entry.

use super::*;
use tests::program::busbar;

/// Exit code, what was printed, what was complained about.
async fn verify(utility: &Utility) -> (Option<i32>, String, String) {
    eventually_async("the command reaches the database", || async {
        let key = utility.tenant.key.clone();
        let command = move || busbar(&["audit", "verify", "--tenant", &key], &[]);
        let ran = tokio::task::spawn_blocking(command).await.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let outcome = (ran.status.code(), text(&ran.stdout), text(&ran.stderr));
        // It gives up when no connection can be made within a second; a busy machine may need longer.
        (outcome.2 != "unavailable").then_some(outcome)
    })
    .await
}

/// A day's work at a utility: gives how many entries it left, once all are sealed.
async fn worked(utility: &Utility) -> i64 {
    let staff = utility.staff("operator");
    utility.household(
        "Jana Nováková",
        "+420777100200",
        &format!("jana@{}.example", utility.tenant.key),
    );
    let contact = answered(utility, &staff, "+420777100200").await;
    let card = json!({ "interaction": global(Kind::Interaction, utility, &contact) });
    desk(utility, &staff).graphql(CARD, card).await.ok();
    change(&desk(utility, &staff), LOG, log_input(utility, &contact))
        .await
        .ok();
    settled(utility).await;
    eventually_async("all entries are sealed", || async {
        (count(utility, "audit_seals", "") == count(utility, "audit_entries", "")).then_some(())
    })
    .await;
    count(utility, "audit_entries", "")
}

/// Keeps a utility's rows of a table aside; gives the statement that brings the missing ones back.
fn aside(utility: &Utility, table: &str) -> String {
    let copy = format!("kept_{table}_{}", utility.tenant.id.0.simple());
    meddle(&format!(
        "create temp table {copy} as select * from {table} where tenant_id = '{}'",
        utility.tenant.id
    ));
    format!("insert into {table} select * from {copy} on conflict do nothing")
}

#[tokio::test]
async fn the_chain_of_a_days_work_is_proved_and_each_damage_is_found_in_its_place() {
    let utility = utility().await;
    let entries = worked(&utility).await;
    // Begun, accepted, read, opened, logged, what the log's answer showed, confirmed.
    assert_eq!(entries, 7);
    let tenant = utility.tenant.id;
    let proved = (
        Some(0),
        format!(
            "{}: 7 entries, chain and signed head are right",
            utility.tenant.key
        ),
        String::new(),
    );
    assert_eq!(verify(&utility).await, proved);
    let entry_at = |seq: i64| {
        value(&format!(
            "select entry_id from audit_seals where tenant_id = '{tenant}' and seq = {seq}"
        ))
        .as_str()
        .unwrap()
        .to_owned()
    };
    let found = |outcome: (Option<i32>, String, String), sentence: &str| {
        assert_eq!(outcome.1, "");
        assert!(
            outcome.0.is_some_and(|code| code != 0) && outcome.2.contains(sentence),
            "{sentence}: {outcome:?}"
        );
    };

    let third = entry_at(3);
    let edits = [
        ("audit_entries", "action = 'case.read'", "id"),
        (
            "audit_entries",
            "actor_id = '00000000-0000-7000-8000-000000000001'",
            "id",
        ),
        ("audit_entries", "detail = '{\"customer\": null}'", "id"),
        ("audit_entries", "at = at + interval '1 microsecond'", "id"),
        ("audit_subjects", "classes = array['identity']", "entry_id"),
    ];
    let restore = [
        aside(&utility, "audit_subjects"),
        aside(&utility, "audit_entries"),
    ];
    for (table, edit, id) in edits {
        assert_eq!(
            meddle(&format!(
                "update {table} set {edit} where tenant_id = '{tenant}' and {id} = '{third}'"
            )),
            1,
            "{edit}"
        );
        found(
            verify(&utility).await,
            "the entry of place 3 is not what was sealed",
        );
        meddle(&format!(
            "delete from {table} where tenant_id = '{tenant}' and {id} = '{third}'"
        ));
        restore.iter().for_each(|statement| _ = meddle(statement));
        assert_eq!(verify(&utility).await, proved, "restored after {edit}");
    }

    for seq in [1, 4, 7] {
        assert_eq!(
            meddle(&format!(
                "delete from audit_entries where tenant_id = '{tenant}' and id = '{}'",
                entry_at(seq)
            )),
            1
        );
        found(
            verify(&utility).await,
            &format!("the entry of place {seq} was removed"),
        );
        assert_eq!(meddle(&restore[1]), 1);
        assert_eq!(verify(&utility).await, proved, "restored in place {seq}");
    }
}

#[tokio::test]
async fn a_cut_chain_is_found_although_what_is_left_fits() {
    let utility = utility().await;
    assert_eq!(worked(&utility).await, 7);
    let tenant = utility.tenant.id;
    let restore = [
        aside(&utility, "audit_seals"),
        aside(&utility, "audit_entries"),
        aside(&utility, "audit_subjects"),
        aside(&utility, "audit_heads"),
    ];
    let proved = verify(&utility).await;
    assert_eq!(proved.0, Some(0), "{proved:?}");
    let found = |outcome: (Option<i32>, String, String), sentence: &str| {
        assert!(
            outcome.0.is_some_and(|code| code != 0) && outcome.2.contains(sentence),
            "{sentence}: {outcome:?}"
        );
    };
    // Entries go with their seals, else the sealer would seal them anew.
    let cut = |from: i64, to: i64| {
        let ids = format!(
            "select entry_id from audit_seals where tenant_id = '{tenant}' and seq between {from} and {to}"
        );
        meddle(&format!(
            "with gone as (delete from audit_seals where tenant_id = '{tenant}' and seq between {from} and {to} returning entry_id), \
             subjects as (delete from audit_subjects where tenant_id = '{tenant}' and entry_id in ({ids})) \
             delete from audit_entries where tenant_id = '{tenant}' and id in ({ids})"
        ))
    };
    let back = || restore.iter().for_each(|statement| _ = meddle(statement));
    assert_eq!(cut(5, 7), 3);
    found(
        verify(&utility).await,
        "the chain ends at 4, but 7 was signed: its end was cut off",
    );
    back();
    assert_eq!(verify(&utility).await, proved);
    assert_eq!(cut(3, 3), 1);
    found(verify(&utility).await, "place 3 is missing from the chain");
    back();
    assert_eq!(verify(&utility).await, proved);

    // Whoever cuts the head too has to sign an earlier one, and cannot.
    assert_eq!(cut(5, 7), 3);
    let heads = format!("audit_heads where tenant_id = '{tenant}'");
    let newest = format!("select max(seq) from {heads}");
    meddle(&format!("delete from {heads} and seq <> ({newest})"));
    let hash = format!("select hash from audit_seals where tenant_id = '{tenant}' and seq = 4");
    assert_eq!(
        meddle(&format!(
            "update audit_heads set seq = 4, hash = ({hash}) where tenant_id = '{tenant}'"
        )),
        1
    );
    found(
        verify(&utility).await,
        "the signed head of place 4 does not fit the chain",
    );
    meddle(&format!("delete from {heads}"));
    found(
        verify(&utility).await,
        "the signed head of place 1 does not fit the chain",
    );
    back();
    assert_eq!(verify(&utility).await, proved);
}

#[tokio::test]
async fn a_utility_without_entries_and_an_unknown_one() {
    let utility = utility().await;
    let (code, told, _) = verify(&utility).await;
    assert_eq!(
        (code, told),
        (
            Some(0),
            format!(
                "{}: 0 entries, chain and signed head are right",
                utility.tenant.key
            )
        )
    );
    let ran = busbar(&["audit", "verify", "--tenant", "no-such-utility"], &[]);
    assert!(
        !ran.status.success()
            && String::from_utf8_lossy(&ran.stderr).contains("There is no utility no-such-utility.")
    );
}
