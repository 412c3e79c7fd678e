//! Flow 4: files reach the accounts they belong to, by the command that people run; broken ones leave nothing behind.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Output;
use tests::program::busbar;
use tests::{Client, Login, Utility, server, sql, town};

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
        .display()
        .to_string()
}

fn import(utility: &Utility, format: &str, files: &[String], more: &[&str]) -> Output {
    let mut arguments = vec!["import", "--tenant", &utility.tenant.key, "--format", format];
    arguments.extend(more);
    arguments.extend(files.iter().map(String::as_str));
    busbar(&arguments, &[])
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn rows(utility: &Utility) -> Value {
    let count = |table: &str| {
        format!(
            "'{table}', (select count(*) from {table} where tenant_id = '{}')",
            utility.tenant.id
        )
    };
    let tables = [
        "customers",
        "contact_points",
        "accounts",
        "premises",
        "supply_points",
        "contracts",
        "meters",
        "invoices",
        "invoice_lines",
        "audit_entries",
        "outbox",
    ];
    let counts: Vec<String> = tables.iter().map(|t| count(t)).collect();
    sql::value(
        &mut sql::connect(Login::Superuser),
        &format!("select json_build_object({})", counts.join(", ")),
    )
}

async fn card(utility: &Utility, number: &str) -> (Client, Value) {
    let operator = utility.staff("operator");
    let client = Client::new(server().base_url())
        .bearer(&operator.token)
        .tenant(&utility.tenant.key);
    let known = tests::eventually_async("the node knows the utility", || async {
        let hits = client
            .graphql(
                "query($s: String!) { customers(search: $s) { edges { node { id } } } }",
                json!({ "s": number }),
            )
            .await;
        hits.data("/customers/edges/0/node/id")
            .as_str()
            .map(str::to_owned)
    })
    .await;
    let document = "query($id: ID!) { card(customerId: $id) { customer { name { value } source { system } } accounts { number balance { value { minor currency } } }
        supplyPoints { code codeKind address { value } meters { serial } contract { number product } }
        invoices { id number kind net { value { minor } } tax { value { minor } } payable { value { minor currency } } source { system } } } }";
    let card = client
        .graphql(document, json!({ "id": known }))
        .await
        .ok()
        .data("/card")
        .clone();
    (client, card)
}

#[tokio::test]
async fn files_reach_the_accounts_they_belong_to_without_loss() {
    let utility = Utility::fresh();
    let dry = import(
        &utility,
        "customers-csv",
        &[fixture("customers/vltava.csv")],
        &["--dry-run"],
    );
    assert!(
        dry.status.success() && told(&dry).contains("2 added, 1 changed"),
        "{}",
        told(&dry)
    );
    assert_eq!(rows(&utility)["customers"], json!(0), "a dry run keeps nothing");

    let first = import(&utility, "customers-csv", &[fixture("customers/vltava.csv")], &[]);
    assert!(
        told(&first).contains("2 added, 1 changed, 0 unchanged"),
        "{}",
        told(&first)
    );
    let invoices = [fixture("ubl/electricity.xml"), fixture("ubl/credit-note.xml")];
    let taken = import(&utility, "ubl", &invoices, &[]);
    assert!(taken.status.success(), "{}", told(&taken));
    let kept = rows(&utility);

    for (format, files) in [
        ("customers-csv", vec![fixture("customers/vltava.csv")]),
        ("ubl", invoices.to_vec()),
    ] {
        let again = import(&utility, format, &files, &[]);
        assert!(
            again.status.success() && told(&again).contains("0 added, 0 changed"),
            "{}",
            told(&again)
        );
    }
    assert_eq!(rows(&utility), kept, "a second run changes nothing");

    let (client, card) = card(&utility, "10004").await;
    assert_eq!(card["customer"]["name"]["value"], "Pekárna Borová, s.r.o.");
    assert_eq!(card["supplyPoints"].as_array().map(Vec::len), Some(2));
    let invoice = card["invoices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["number"] == "2026020001")
        .unwrap();
    assert_eq!(
        invoice["payable"]["value"],
        json!({ "minor": 775_400, "currency": "CZK" })
    );
    assert_eq!(invoice["source"]["system"], "ubl");
    let credit = card["invoices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["number"] == "2026020002")
        .unwrap();
    assert_eq!(
        (&credit["kind"], &credit["payable"]["value"]["minor"]),
        (&json!("CREDIT_NOTE"), &json!(-37_500))
    );
    assert_eq!(
        card["accounts"][0]["balance"]["value"]["minor"],
        json!(775_400 - 37_500),
        "the balance is the sum of its entries"
    );

    let document = "query($id: ID!) { invoiceLines(invoiceId: $id) { position name quantity unit price net { value { minor } } taxRate } }";
    let lines = client
        .graphql(document, json!({ "id": invoice["id"] }))
        .await
        .ok();
    assert_eq!(
        lines.data("/invoiceLines/0"),
        &json!({ "position": 1, "name": "Elektřina, vysoký tarif", "quantity": "1701", "unit": "KWH", "price": "3.09950",
            "net": { "value": { "minor": 527_225 } }, "taxRate": "21" })
    );
    let sum: i64 = lines
        .data("/invoiceLines")
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["net"]["value"]["minor"].as_i64().unwrap())
        .sum();
    assert_eq!(json!(sum), invoice["net"]["value"]["minor"]);
}

#[tokio::test]
async fn broken_files_are_refused_with_their_place_and_leave_nothing() {
    let utility = Utility::fresh();
    let nothing = rows(&utility);
    let refused = import(&utility, "customers-csv", &[fixture("customers/broken.csv")], &[]);
    assert!(!refused.status.success());
    assert!(
        told(&refused).contains("broken.csv:4 phones"),
        "file, line and column: {}",
        told(&refused)
    );
    assert_eq!(rows(&utility), nothing);

    // A well-formed invoice of somebody unknown, and one that does not add up.
    let unknown = import(&utility, "ubl", &[fixture("ubl/electricity.xml")], &[]);
    assert!(
        !unknown.status.success() && told(&unknown).contains("INVOICE_ACCOUNT_UNKNOWN"),
        "{}",
        told(&unknown)
    );
    assert!(
        import(&utility, "customers-csv", &[fixture("customers/vltava.csv")], &[])
            .status
            .success()
    );
    let kept = rows(&utility);
    let text = std::fs::read_to_string(fixture("ubl/electricity.xml")).unwrap();
    let directory = tests::stage().directory("broken-invoices");
    for (name, broken, place) in [
        ("line.xml", text.replace(">5272.25<", ">5272.26<"), "BR-CO-10"),
        ("cut.xml", text[..text.len() / 2].to_owned(), "cut.xml:"),
        ("date.xml", text.replacen("2026-", "2026-13-", 1), "date.xml:"),
    ] {
        let path = directory.join(name);
        std::fs::write(&path, broken).unwrap();
        let refused = import(&utility, "ubl", &[path.display().to_string()], &[]);
        assert!(
            !refused.status.success() && told(&refused).contains(place),
            "{name}: {}",
            told(&refused)
        );
    }
    assert_eq!(rows(&utility), kept);
    let wrong = import(&utility, "excel", &[fixture("ubl/electricity.xml")], &[]);
    assert!(!wrong.status.success() && told(&wrong).contains("customers-csv, ubl"));
}

/// The electricity invoices that others published, when they are at hand: each goes to the account it names.
#[tokio::test]
async fn published_electricity_invoices_find_their_accounts() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/en16931-ubl/valid");
    let files: Vec<String> = [
        "BIS_Billing_30-Elhandel.xml",
        "ubl-tc434-example8.xml",
        "BIS3_Invoice_negativ.XML",
    ]
    .iter()
    .map(|name| folder.join(name))
    .filter(|path| path.exists())
    .map(|path| path.display().to_string())
    .collect();
    let utility = Utility::fresh();
    for record in infra::demo::guests().1 {
        town::take(&utility, &record);
    }
    for file in &files {
        let taken = import(&utility, "ubl", std::slice::from_ref(file), &[]);
        assert!(told(&taken).contains("1 added"), "{}", told(&taken));
    }
    assert_eq!(rows(&utility)["invoices"], json!(files.len()));
    if files.len() == 3 {
        let (_, card) = card(&utility, "1081119").await;
        assert_eq!(card["supplyPoints"][0]["code"], "871694831000290806");
        assert_eq!(
            card["invoices"][0]["payable"]["value"],
            json!({ "minor": 109_978, "currency": "EUR" })
        );
    }
}
