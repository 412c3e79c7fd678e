//! Two utilities that look alike, the people on both sides, and a look at whether anything of a utility changed.

use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};
use graphql::ids::Kind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::town::{self, Utility};
use tests::{Client, Household, Login, Response, Staff, eventually, eventually_async, server, sql, stage};
use uuid::Uuid;

/// A utility with everything in it that a root field may be asked for.
pub struct Side {
    pub utility: Utility,
    pub operator: Staff,
    pub supervisor: Staff,
    pub admin: Staff,
    pub auditor: Staff,
    pub first: Household,
    pub second: Household,
    pub first_token: String,
    /// Subject and note of all cases here, found nowhere else.
    pub subject: String,
    pub note: String,
    /// The contact that the operator has open.
    contact: Option<String>,
    calls: u32,
    keys: u32,
}

impl Side {
    pub async fn new(name: &str) -> Side {
        let utility = Utility::fresh();
        let digits = Uuid::as_u128(&town::id()) % 1_000_000;
        let household = |first: &str, number: u32| {
            let mail = format!("{}.{digits}@posta.example", first.to_lowercase());
            utility.household(
                &format!("{first} {name}"),
                &format!("+42060{number}{digits:06}"),
                &mail,
            )
        };
        let (first, second) = (household("Ludmila", 1), household("Kamila", 2));
        let mut side = Side {
            operator: utility.staff("operator"),
            supervisor: utility.staff("supervisor"),
            admin: utility.staff("tenant_admin"),
            auditor: utility.staff("auditor"),
            first_token: utility.portal_session(first.id),
            first,
            second,
            subject: format!("Cold radiators {digits}"),
            note: format!("Neighbours hear it too {digits}"),
            utility,
            contact: None,
            calls: 0,
            keys: 0,
        };
        side.case().await;
        side.contact().await;
        side
    }

    pub fn client(&self, token: &str) -> Client {
        Client::new(server().base_url()).bearer(token)
    }

    /// A client of somebody who works here.
    pub fn staff(&self, staff: &Staff) -> Client {
        self.client(&staff.token).tenant(&self.utility.tenant.key)
    }

    pub fn key(&mut self) -> String {
        self.keys += 1;
        format!("side-{}-{:05}", self.utility.tenant.key, self.keys)
    }

    async fn change(&mut self, client: &Client, document: &str, variables: Value) -> Response {
        let key = self.key();
        let answer = client
            .idempotency_key(&key)
            .graphql(document, variables)
            .await
            .ok();
        let refused = answer.body["data"]
            .as_object()
            .unwrap()
            .values()
            .any(|root| root["userErrors"].as_array().is_some_and(|e| !e.is_empty()));
        assert!(!refused, "{}", answer.text);
        answer
    }

    async fn hook(&self, body: Value) {
        let answer = Client::new(server().base_url())
            .post(&format!("/hooks/cti/{}", self.utility.hook), &body)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// An offer that rings at the operator: offer and contact.
    pub async fn offer(&mut self) -> (String, String) {
        let operator = self.staff(&self.operator);
        if let Some(contact) = self.contact.take() {
            let document = "mutation($i: ID!) { interactionLog(input: { interactionId: $i, wrapUpCode: \"CODE\", disposition: \"done\", note: \"\" }) { userErrors { code } } }";
            let code = self.wrap_up_code();
            self.change(
                &operator,
                &document.replace("CODE", &code),
                json!({ "i": contact }),
            )
            .await;
        }
        let at_centre = operator.without("Busbar-Tenant");
        self.change(
            &at_centre,
            "mutation { presenceSet(input: { state: AVAILABLE }) { userErrors { code } } }",
            json!({}),
        )
        .await;
        self.calls += 1;
        let call = format!("call-{}", self.calls);
        self.hook(json!({ "event": "newCall", "direction": "in", "from": self.first.record.phones[0], "to": self.utility.dialled, "callId": call })).await;
        eventually_async("the call rings", || async {
            let me = at_centre
                .graphql("{ me { offers { id interactionId } } }", json!({}))
                .await
                .ok();
            let offer = me.data("/me/offers/0").clone();
            Some((
                offer["id"].as_str()?.to_owned(),
                offer["interactionId"].as_str()?.to_owned(),
            ))
        })
        .await
    }

    /// The contact that the operator has open, with the first household.
    pub async fn contact(&mut self) -> String {
        if let Some(contact) = &self.contact {
            return contact.clone();
        }
        let (offer, contact) = self.offer().await;
        let operator = self.staff(&self.operator);
        self.change(
            &operator,
            "mutation($o: ID!) { offerAccept(input: { offerId: $o }) { userErrors { code } } }",
            json!({ "o": offer }),
        )
        .await;
        self.contact = Some(contact.clone());
        contact
    }

    /// Says what became of the contact by a change that a test made.
    pub fn contact_is(&mut self, contact: Option<String>) {
        self.contact = contact;
    }

    /// The caller gives up.
    pub async fn hang_up(&self) {
        self.hook(json!({ "event": "hangup", "direction": "in", "from": self.first.record.phones[0], "to": self.utility.dialled, "callId": format!("call-{}", self.calls) })).await;
    }

    /// A new case of the first household, the operator's, with a note in it.
    pub async fn case(&mut self) -> String {
        let case = self.utility.case_of(&self.first, self.operator.id, &self.subject);
        let operator = self.staff(&self.operator);
        self.change(&operator, "mutation($c: ID!, $t: String!) { caseNote(input: { caseId: $c, text: $t }) { userErrors { code } } }", json!({ "c": case, "t": self.note })).await;
        case
    }

    pub fn wrap_up_code(&self) -> String {
        self.text(&format!(
            "select key from wrap_up_codes where tenant_id = '{}' order by position limit 1",
            self.utility.tenant.id
        ))
    }

    pub fn case_type(&self) -> String {
        self.text(&format!(
            "select key from case_types where tenant_id = '{}' order by position limit 1",
            self.utility.tenant.id
        ))
    }

    fn text(&self, statement: &str) -> String {
        sql::value(&mut sql::connect(Login::Superuser), statement)
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Global id of something of this kind that is here and, where there is a choice, the first household's.
    pub fn some(&self, kind: Kind) -> String {
        let (table, of) = match kind {
            Kind::Customer => return self.first.global.clone(),
            Kind::Account => return self.global(kind, self.first.account.0),
            Kind::SupplyPoint => (
                "supply_points",
                format!("and code = '{}'", self.first.record.supply_code),
            ),
            Kind::Invoice => ("invoices", format!("and account_id = '{}'", self.first.account)),
            Kind::Interaction => ("interactions", format!("and customer_id = '{}'", self.first.id)),
            Kind::Case => ("cases", String::new()),
            Kind::Grant => ("grants", String::new()),
            Kind::Offer => ("offers", String::new()),
            Kind::Policy => ("policies", "and not sealed".to_owned()),
            other => panic!("nothing of kind {other:?} is asked for"),
        };
        let statement = format!(
            "select id from {table} where tenant_id = '{}' {of} order by id limit 1",
            self.utility.tenant.id
        );
        self.global(kind, self.text(&statement).parse().unwrap())
    }

    pub fn global(&self, kind: Kind, id: Uuid) -> String {
        graphql::ids::encode(kind, self.utility.tenant.id, id).to_string()
    }

    /// What a stranger must not read: of the first household, and of the utility as well unless it is his own.
    pub fn secrets(&self, also_utility: bool) -> Vec<String> {
        let r = &self.first.record;
        let mut all = vec![
            r.number.clone(),
            r.name.clone(),
            r.account_number.clone(),
            r.payment_key.clone(),
            r.supply_code.clone(),
            r.contract_number.clone(),
        ];
        all.extend(r.phones.iter().chain(&r.emails).chain(&r.meter_serial).cloned());
        all.extend([
            self.first.global.clone(),
            self.first.id.to_string(),
            self.note.clone(),
            self.subject.clone(),
        ]);
        all.push(format!("F{}", r.number.trim_start_matches('C')));
        if also_utility {
            let t = &self.utility.tenant;
            all.extend([
                t.name.clone(),
                format!("\"{}\"", t.key),
                t.id.to_string(),
                self.second.record.name.clone(),
                self.second.global.clone(),
            ]);
            all.extend(
                [&self.operator, &self.supervisor, &self.admin, &self.auditor].map(|s| s.login.clone()),
            );
            // Every global id of the utility begins with the same text: kind, then the utility.
            all.extend((0..15u8).map(|kind| self.global_head(kind)));
        }
        all
    }

    fn global_head(&self, kind: u8) -> String {
        use base64::Engine;
        let mut bytes = vec![kind];
        bytes.extend_from_slice(self.utility.tenant.id.0.as_bytes());
        // 15 bytes are a whole number of characters.
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&bytes[..15])
    }

    /// Mails to both households.
    pub fn mails(&self) -> usize {
        [&self.first, &self.second]
            .iter()
            .flat_map(|h| &h.record.emails)
            .map(|address| stage().mailbox().mails_to(address).len())
            .sum()
    }

    /// Waits until the worker has nothing to do here.
    pub fn quiet(&self) {
        let mut superuser = sql::connect(Login::Superuser);
        let statement = format!(
            "select count(*) from outbox where tenant_id in ('{}', '{}') and state = 'pending' and type <> 'OfferDue'",
            self.utility.tenant.id,
            Uuid::nil()
        );
        eventually("the worker is done", || {
            (sql::value(&mut superuser, &statement) == 0).then_some(())
        });
    }
}

/// Everything that some utilities have, table by table.
pub struct Look {
    connection: PgConnection,
    tables: Vec<String>,
}

/// What every table looks like, by its name.
pub type Picture = BTreeMap<String, String>;

#[derive(QueryableByName)]
struct Seen {
    #[diesel(sql_type = Text)]
    side: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

/// Written by the sealer on its own time.
const SEALED: &[&str] = &["audit_seals", "audit_heads"];

impl Look {
    /// Looks at these utilities and at what the centre knows of their people. The answer kept for a stranger's own idempotency
    /// key is his; rows of the outbox are counted, for the worker may still be writing on them.
    pub fn new(sides: &[&Side]) -> Look {
        let mut connection = sql::connect(Login::Superuser);
        let rows = sql::rows(
            &mut connection,
            "select r.relname as name from pg_class r join pg_attribute a on a.attrelid = r.oid and a.attname = 'tenant_id'
             where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and not r.relispartition order by 1",
        );
        let tables: Vec<String> = rows
            .iter()
            .map(|r| r["name"].as_str().unwrap().to_owned())
            .collect();
        let list = |ids: Vec<String>| {
            ids.iter()
                .map(|id| format!("'{id}'"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let tenants = list(sides.iter().map(|s| s.utility.tenant.id.to_string()).collect());
        let mut parts: Vec<String> = Vec::new();
        for table in tables
            .iter()
            .filter(|t| !SEALED.contains(&t.as_str()) && *t != "idempotency_keys")
        {
            let what = if table == "outbox" {
                "t.id::text || t.type"
            } else {
                "t::text"
            };
            parts.push(format!(
                "select tenant_id::text as side, '{table}' as name, count(*) || ' ' || md5(string_agg({what}, '|' order by {what})) as value
                 from {table} t where tenant_id in ({tenants}) group by tenant_id"
            ));
        }
        for side in sides {
            let people = list(
                [&side.operator, &side.supervisor, &side.admin, &side.auditor]
                    .iter()
                    .map(|s| s.id.to_string())
                    .collect(),
            );
            for (table, column) in [
                ("presence", "person_id"),
                ("sessions", "person_id"),
                ("people", "id"),
            ] {
                parts.push(format!(
                    "select '{}', '{table}', coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t where {column} in ({people})",
                    side.utility.tenant.id
                ));
            }
        }
        // Planned once: to plan for every month's partition takes longer than to look.
        sql::execute(&mut connection, "set plan_cache_mode = force_generic_plan").unwrap();
        sql::execute(
            &mut connection,
            &format!("prepare look as {}", parts.join(" union all ")),
        )
        .unwrap();
        Look { connection, tables }
    }

    /// All tables that belong to utilities.
    pub fn tables(&self) -> &[String] {
        &self.tables
    }

    /// How each table of a utility looks now.
    pub fn at(&mut self, side: &Side) -> Picture {
        self.pictures([side])[0].clone()
    }

    /// How two utilities look now.
    pub fn both(&mut self, first: &Side, second: &Side) -> (Picture, Picture) {
        let [first, second] = self.pictures([first, second]);
        (first, second)
    }

    fn pictures<const N: usize>(&mut self, sides: [&Side; N]) -> [Picture; N] {
        let seen: Vec<Seen> = sql_query("execute look").load(&mut self.connection).unwrap();
        sides.map(|side| {
            let of = side.utility.tenant.id.to_string();
            seen.iter()
                .filter(|s| s.side == of)
                .map(|s| (s.name.clone(), s.value.clone()))
                .collect()
        })
    }
}

/// Tables that differ.
pub fn differing(before: &Picture, after: &Picture) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|table| before.get(*table) != after.get(*table))
        .cloned()
        .collect()
}
