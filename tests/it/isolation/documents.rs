//! The documents of the matrix: for each root field of the schema who may ask it, and with which arguments. Selections,
//! variables and the places that take an id come from the schema itself.

use super::sides::Side;
use graphql::ids::Kind;
use serde_json::{Value, json};
use tests::sdl::{Member, Sdl};
use tests::town;
use tests::{Client, server, stage};

/// One way to ask a root field.
pub struct Asking {
    pub field: String,
    pub document: String,
    pub variables: Value,
    pub owner: Client,
    /// Whether the owner is a customer.
    pub by_customer: bool,
    /// Places of ids that this asking uses, dotted.
    pub places: Vec<String>,
    /// Whether the document itself proves who may use it: a password, a link.
    pub credential: bool,
}

/// The document of a field with these arguments.
pub fn document(sdl: &Sdl, root: &str, field: &Member, variables: &Value) -> String {
    let given: Vec<&Member> = field
        .arguments
        .iter()
        .filter(|a| variables.get(&a.name).is_some())
        .collect();
    let declared: Vec<String> = given
        .iter()
        .map(|a| format!("${}: {}", a.name, a.of.as_ref().unwrap().text))
        .collect();
    let passed: Vec<String> = given.iter().map(|a| format!("{0}: ${0}", a.name)).collect();
    let list = |parts: &[String]| {
        if parts.is_empty() {
            String::new()
        } else {
            format!("({})", parts.join(", "))
        }
    };
    let selection = sdl.selection(&field.of.as_ref().unwrap().name, 4);
    format!(
        "{} M{} {{ {}{}{selection} }}",
        root.to_lowercase(),
        list(&declared),
        field.name,
        list(&passed)
    )
}

/// Every place of an id that these variables fill.
fn used(sdl: &Sdl, field: &Member, variables: &Value) -> Vec<String> {
    let pointer = |place: &str| format!("/{}", place.replace('.', "/"));
    sdl.id_places(&field.arguments)
        .into_iter()
        .filter(|place| variables.pointer(&pointer(place)).is_some())
        .collect()
}

const CUSTOMER: &str = "customer";

/// All ways to ask one root field, by owner: whose client, label and arguments. A field that is not here has no documents, and
/// the matrix fails.
pub fn ways(root: &str, field: &str) -> Option<&'static [&'static str]> {
    Some(match (root, field) {
        ("Query", "me")
        | ("Query", "tenant")
        | ("Query", "caseTypes")
        | ("Query", "wrapUpCodes")
        | ("Query", "workList")
        | ("Query", "customers") => &[""],
        ("Query", "node") => &[
            "customer's",
            "account",
            "supply point",
            "invoice",
            "contact",
            "case",
            "grant",
            CUSTOMER,
        ],
        ("Query", "nodes") => &["", CUSTOMER],
        ("Query", "portalTenant") => &[""],
        ("Query", "card") => &["by contact", "by customer", CUSTOMER],
        ("Query", "invoices") | ("Query", "invoiceLines") => &["", CUSTOMER],
        ("Query", "interactions") => &["all", "of a customer"],
        ("Query", "cases") => &["all", "of a customer", "open", CUSTOMER],
        ("Query", "caseEntries")
        | ("Query", "grants")
        | ("Query", "policies")
        | ("Query", "auditEntries") => &[""],
        ("Mutation", "interactionLog") => &["with a case", "with a new case"],
        (
            "Mutation",
            "signIn"
            | "signOut"
            | "presenceSet"
            | "offerAccept"
            | "offerDecline"
            | "interactionIdentify"
            | "caseNote"
            | "caseClose",
        )
        | (
            "Mutation",
            "grantGive" | "grantEnd" | "policyPut" | "policyRemove" | "portalLinkRequest"
            | "portalLinkRedeem",
        ) => &[""],
        // Asked over a socket, in a test of their own.
        ("Subscription", "offers" | "interactions") => &[],
        _ => return None,
    })
}

/// Makes what is asked for, fresh, and the document that asks for it.
pub async fn asking(
    sdl: &Sdl,
    side: &mut Side,
    root: &'static str,
    field: &Member,
    label: &'static str,
) -> Asking {
    let mut owner = side.staff(&side.operator);
    let mut credential = false;
    let by_customer = label == CUSTOMER;
    let (supervisor, admin, auditor) = (
        side.staff(&side.supervisor),
        side.staff(&side.admin),
        side.staff(&side.auditor),
    );
    let nobody = Client::new(server().base_url());
    let variables = match (field.name.as_str(), label) {
        ("me" | "tenant" | "caseTypes" | "wrapUpCodes", _) => json!({}),
        ("workList", _) => {
            owner = owner.without("Busbar-Tenant");
            json!({ "first": 5 })
        }
        ("customers", _) => json!({ "search": side.first.record.name }),
        ("node", "account") => json!({ "id": side.some(Kind::Account) }),
        ("node", "supply point") => json!({ "id": side.some(Kind::SupplyPoint) }),
        ("node", "invoice") => json!({ "id": side.some(Kind::Invoice) }),
        ("node", "contact") => json!({ "id": side.contact().await }),
        ("node", "case") => json!({ "id": side.case().await }),
        ("node", "grant") => {
            owner = admin;
            json!({ "id": side.some(Kind::Grant) })
        }
        ("node", _) => json!({ "id": side.first.global }),
        ("nodes", CUSTOMER) => {
            json!({ "ids": [side.first.global, side.some(Kind::Account), side.some(Kind::Invoice)] })
        }
        ("nodes", _) => {
            json!({ "ids": [side.first.global, side.some(Kind::Account), side.some(Kind::SupplyPoint), side.some(Kind::Invoice), side.contact().await, side.case().await] })
        }
        ("portalTenant", _) => {
            (owner, credential) = (nobody, true);
            json!({ "key": side.utility.tenant.key })
        }
        ("card", "by contact") => json!({ "interactionId": side.contact().await }),
        ("card", "by customer") => json!({ "customerId": side.first.global }),
        ("card", _) => json!({}),
        ("invoices", _) => json!({ "accountId": side.some(Kind::Account), "first": 5 }),
        ("invoiceLines", _) => json!({ "invoiceId": side.some(Kind::Invoice) }),
        ("interactions", "all") => json!({ "first": 5 }),
        ("cases", "open") => json!({ "state": "OPEN", "first": 5 }),
        ("interactions" | "cases", "of a customer") => json!({ "customerId": side.first.global, "first": 5 }),
        ("cases", _) => json!({ "first": 5 }),
        ("caseEntries", _) => json!({ "caseId": side.case().await }),
        ("grants", _) => {
            owner = admin;
            json!({ "first": 5 })
        }
        ("policies", _) => {
            owner = admin;
            json!({})
        }
        ("auditEntries", _) => {
            owner = auditor;
            json!({ "first": 5 })
        }
        ("signIn", _) => {
            (owner, credential) = (nobody, true);
            json!({ "input": { "login": side.operator.login, "password": town::PASSWORD, "session": "BEARER" } })
        }
        ("signOut", _) => {
            let session = town::id().into();
            owner = owner.bearer(&town::session_of(side.operator.id, session));
            json!({})
        }
        ("presenceSet", _) => {
            owner = supervisor.without("Busbar-Tenant");
            json!({ "input": { "state": "BREAK", "reason": "tea" } })
        }
        ("offerAccept" | "offerDecline", _) => json!({ "input": { "offerId": side.offer().await.0 } }),
        ("interactionIdentify", _) => {
            json!({ "input": { "interactionId": side.contact().await, "customerId": side.first.global } })
        }
        ("interactionLog", "with a case") => json!({ "input": {
            "interactionId": side.contact().await, "customerId": side.first.global, "caseId": side.case().await,
            "wrapUpCode": side.wrap_up_code(), "disposition": "told", "note": side.note,
        } }),
        ("interactionLog", _) => json!({ "input": {
            "interactionId": side.contact().await, "wrapUpCode": side.wrap_up_code(), "disposition": "told", "note": side.note,
            "newCase": { "type": side.case_type(), "subject": side.subject, "text": "Since Monday" },
        } }),
        ("caseNote", _) => json!({ "input": { "caseId": side.case().await, "text": side.note } }),
        ("caseClose", _) => {
            json!({ "input": { "caseId": side.case().await, "version": 2, "resolution": side.note } })
        }
        ("grantGive", _) => {
            owner = admin;
            json!({ "input": { "personLogin": town::person().login, "role": "auditor", "languages": ["cs"], "purpose": "stand-in" } })
        }
        ("grantEnd", _) => {
            owner = admin;
            let lent = side.utility.staff("auditor");
            let statement = format!("select id from grants where person_id = '{}'", lent.id);
            let grant = tests::sql::value(&mut tests::sql::connect(tests::Login::Superuser), &statement);
            json!({ "input": { "grantId": side.global(Kind::Grant, grant.as_str().unwrap().parse().unwrap()) } })
        }
        ("policyPut", _) => {
            owner = admin;
            json!({ "input": { "role": "auditor", "object": "card", "act": "read", "condition": "glass", "effect": "allow" } })
        }
        ("policyRemove", _) => {
            owner = admin;
            let statement = format!(
                "select id from policies where tenant_id = '{}' and role = 'auditor' and object = 'card'",
                side.utility.tenant.id
            );
            let rule = tests::sql::value(&mut tests::sql::connect(tests::Login::Superuser), &statement);
            json!({ "input": { "policyId": side.global(Kind::Policy, rule.as_str().unwrap().parse().unwrap()) } })
        }
        ("portalLinkRequest", _) => {
            (owner, credential) = (nobody, true);
            json!({ "input": { "tenantKey": side.utility.tenant.key, "email": side.first.record.emails[0] } })
        }
        ("portalLinkRedeem", _) => {
            (owner, credential) = (nobody, true);
            json!({ "input": { "token": link(side), "session": "BEARER" } })
        }
        (field, label) => panic!("no document for {field} {label}"),
    };
    if by_customer {
        owner = side.client(&side.first_token);
    }
    let places = used(sdl, field, &variables);
    Asking {
        field: field.name.clone(),
        document: document(sdl, root, field, &variables),
        variables,
        owner,
        by_customer,
        places,
        credential,
    }
}

/// The token of the link that the first household was mailed; `portalLinkRequest` stands before `portalLinkRedeem` in the schema.
fn link(side: &Side) -> String {
    let address = &side.first.record.emails[0];
    let linked = || {
        stage()
            .mailbox()
            .mails_to(address)
            .iter()
            .map(tests::mailbox::Received::text)
            .find(|t| t.contains("/enter#"))
    };
    let text = tests::eventually("a link was mailed", linked);
    text.split_once("/enter#")
        .unwrap()
        .1
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned()
}
