//! The Master Card in one statement, and the work list over utilities.
//!
//! The card's time is the product's first promise (on the screen before the operator has said her name), so the database
//! builds the whole answer: one round trip, every part by an index under row security.

use crate::billing::{account_json, books, invoice_json};
use crate::binds::{by_contact, customer_seen};
use crate::cases::{case_joins, case_json};
use crate::customers::{customer_json, supply_point_json};
use crate::interactions::{interaction_held, interaction_json};
use crate::pg::{PgStore, binds, first_id, scoped, seen_statements, statements};
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use domain::card::{Card, CardKey, CardStore, WorkId, WorkItem};
use domain::cases::CasePriority;
use domain::customers::CustomerStore;
use domain::fault::Stored;
use domain::ids::{CaseId, InteractionId, PersonId, TenantId};
use domain::interactions::{CANDIDATES, CallerMatch, Interaction, Offer};
use domain::scope::Scope;
use serde::Deserialize;
use uuid::Uuid;

/// How far back logged contacts are looked for. Each month opened costs as much as a table, so those before and those
/// that have not begun are not opened at all.
const HISTORY: Months = Months::new(13);

/// SQL: CTEs with all that belongs to the customer in the CTE `c` (one row or none), at the day `$8`.
macro_rules! of_customer {
    () => {
        concat!(
            "acc as materialized (select a.* from accounts a where a.tenant_id = $1 and a.customer_id = (select id from c)), ",
            books!(),
            ", held as (select distinct on (k.supply_point_id) k.* from acc
                join contracts k on k.tenant_id = $1 and k.account_id = acc.id
                order by k.supply_point_id, (k.valid_from <= $8 and (k.valid_to is null or $8 <= k.valid_to)) desc,
                    k.valid_from desc, k.id) "
        )
    };
}

/// SQL: the parts of the card that follow from [`of_customer`]; `$9` and `$10` bound the history, `$other` is the open contact.
macro_rules! parts {
    ($other:literal) => {
        concat!(
            "'customer', (select ", customer_json!(), " from c),
             'accounts', coalesce((select json_agg(", account_json!(), " order by a.number) from acc a), '[]'),
             'supply_points', coalesce((select json_agg(", supply_point_json!(), " order by s.commodity, s.code) from held k
                join supply_points s on s.tenant_id = $1 and s.id = k.supply_point_id
                join premises pr on pr.tenant_id = $1 and pr.id = s.premise_id), '[]'),
             'invoices', coalesce((select json_agg(", invoice_json!(), " order by v.issued_on desc, v.id desc)
                from (select * from inv order by issued_on desc, id desc limit 6) v
                join sums z on z.account_id = v.account_id), '[]'),
             'cases', coalesce((select json_agg(", case_json!(), " order by c.state = 'closed', c.id desc)
                from (select k.* from cases k where k.tenant_id = $1 and k.customer_id = (select id from c)
                    order by k.state = 'closed', k.id desc limit 10) c", case_joins!(), "), '[]'),
             'interactions', coalesce((select json_agg(", interaction_json!(), " order by i.id desc)
                from (select l.* from interactions l where l.tenant_id = $1 and l.customer_id = (select id from c)
                    and l.id >= $9 and l.id < $10 and l.state in ('closed', 'abandoned') and l.id <> ", $other, "
                    order by l.id desc limit 5) i left join people p on p.id = i.person_id), '[]')"
        )
    };
}

seen_statements! {
    CardByCustomer = ["with c as materialized (select * from customers c where c.tenant_id = $1 and c.id = $7 and "]
        customer_seen "c.id" => ["), ", of_customer!(),
        "select json_build_object('interaction', null, 'candidates', '[]'::json, ",
        parts!("'00000000-0000-0000-0000-000000000000'"), ")::text where exists (select from c)"];
    CardByInteraction = ["with o as materialized (select i.* from interactions i where i.tenant_id = $1 and i.id = $7
            and ($2 or (($3 or $4) and ", interaction_held!(), "))),
        c as materialized (select * from customers c where c.tenant_id = $1 and c.id = (select customer_id from o) and "]
        customer_seen "c.id" => ["), ", of_customer!(),
        "select json_build_object(
            'interaction', (select ", interaction_json!(), " from o i left join people p on p.id = i.person_id),
            'candidates', '[]'::json, ",
        parts!("$7"), ")::text where exists (select from o)"];
}

statements! {
    Held = concat!("select held::text from (
            (select i.id, json_build_array(", interaction_json!(), ", null) as held
                from interactions i left join people p on p.id = i.person_id
                where i.tenant_id = $1 and i.person_id = $2 and i.state in ('active', 'wrap_up'))
            union all
            (select i.id, json_build_array(", interaction_json!(), ", row_to_json(o))
                from offers o join interactions i on i.tenant_id = $1 and i.id = o.interaction_id and i.state = 'offered'
                left join people p on p.id = i.person_id
                where o.tenant_id = $1 and o.person_id = $2 and o.state = 'live')) h order by h.id");
    // No personal data: these rows are read for several utilities in one transaction.
    // Open contacts are few: materialized, so that their own index finds them and not the order of all that ever were.
    WorkList = "with open as materialized (select i.id, i.queue, i.channel, i.state, i.started_at, i.person_id
            from interactions i where i.tenant_id = $1 and i.state in ('offered', 'active', 'wrap_up'))
        select row_to_json(w)::text from (
            (select i.id, 'interaction' as what, i.queue as number, i.channel as kind, i.state, null as priority,
                i.started_at as since, false as mine, false as assigned, null::jsonb as labels
                from interactions i where i.tenant_id = $1 and i.state = 'waiting' and i.id > $3 order by i.id limit $4)
            union all
            (select i.id, 'interaction', i.queue, i.channel, i.state, null, i.started_at,
                coalesce(i.person_id = $2, false) or exists (select from offers o where o.tenant_id = $1
                    and o.interaction_id = i.id and o.person_id = $2 and o.state = 'live'), true, null::jsonb
                from open i where i.id > $3)
            union all
            (select c.id, 'case', c.number, c.type, c.state, c.priority, c.opened_at, coalesce(c.owner_id = $2, false),
                c.owner_id is not null, t.labels
                from cases c join case_types t on t.tenant_id = $1 and t.key = c.type
                where c.tenant_id = $1 and c.state <> 'closed' and c.id > $3 order by c.id limit $4)
        ) w order by w.id limit $4";
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Interaction,
    Case,
}

#[derive(Deserialize)]
struct WorkRow {
    id: Uuid,
    what: What,
    number: String,
    kind: String,
    state: String,
    priority: Option<CasePriority>,
    since: DateTime<Utc>,
    mine: bool,
    assigned: bool,
    labels: Option<domain::tenant::Labels>,
}

/// The number of a caller whom nobody has named yet, if customers have it.
fn unknown_caller(interaction: &Interaction) -> Option<&str> {
    let known = matches!(interaction.caller, CallerMatch::One | CallerMatch::Several);
    interaction
        .from_number
        .as_deref()
        .filter(|_| known && interaction.customer_id.is_none())
}

impl CardStore for PgStore {
    fn card_load(&mut self, scope: &Scope, key: CardKey, today: NaiveDate) -> Stored<Option<Card>> {
        let midnight = |day: NaiveDate| first_id(day.and_time(NaiveTime::MIN).and_utc());
        // `today` is the utility's; two days later it is over everywhere.
        let (since, until) = (midnight(today - HISTORY), midnight(today + Days::new(2)));
        match key {
            CardKey::Customer(id) => self.one_seen(
                CardByCustomer,
                by_contact(scope),
                &scoped![scope, id, today, since, until],
            ),
            CardKey::Interaction(id) => {
                let binds = &scoped![scope, id, today, since, until];
                let card: Option<Card> = self.one_seen(CardByInteraction, by_contact(scope), binds)?;
                let Some(mut card) = card else { return Ok(None) };
                // Only while nobody knows who calls: to prepare the search in every card cost a sixth of it.
                if let Some(number) = card.interaction.as_ref().and_then(unknown_caller) {
                    card.candidates = self.customer_by_contact(scope, number, CANDIDATES)?;
                }
                Ok(Some(card))
            }
        }
    }

    fn held(&mut self, tenants: &[TenantId], person: PersonId) -> Stored<Vec<(Interaction, Option<Offer>)>> {
        let home = self.tenant();
        let mut held = Vec::new();
        for tenant in tenants {
            self.under(*tenant)?;
            held.extend(self.all::<_, (Interaction, Option<Offer>)>(Held, binds![*tenant, person])?);
        }
        self.under(home)?;
        Ok(held)
    }

    fn work_list(
        &mut self,
        tenants: &[TenantId],
        person: PersonId,
        first: i64,
        after: Option<Uuid>,
    ) -> Stored<Vec<WorkItem>> {
        let after = after.unwrap_or(Uuid::nil());
        let home = self.tenant();
        let mut items = Vec::new();
        for tenant in tenants {
            self.under(*tenant)?;
            let rows: Vec<WorkRow> = self.all(WorkList, binds![*tenant, person, after, first])?;
            items.extend(rows.into_iter().map(|row| WorkItem {
                tenant: *tenant,
                id: match row.what {
                    What::Interaction => WorkId::Interaction(InteractionId(row.id)),
                    What::Case => WorkId::Case(CaseId(row.id)),
                },
                number: row.number,
                kind: row.kind,
                state: row.state,
                priority: row.priority.unwrap_or(CasePriority::Normal),
                since: row.since,
                mine: row.mine,
                assigned: row.assigned,
                labels: row.labels.unwrap_or_default(),
            }));
        }
        self.under(home)?;
        items.sort_by_key(|item| item.id.uuid());
        items.truncate(usize::try_from(first).unwrap_or(0));
        Ok(items)
    }
}
