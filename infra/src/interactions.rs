//! Contacts, calls and offers as rows.

use crate::binds::{by_case, customer_attended};
use crate::pg::{PgStore, binds, scoped, seen_statements, statements};
use chrono::{DateTime, Utc};
use domain::fault::{StoreError, Stored};
use domain::ids::{CustomerId, InteractionId, OfferId, PersonId, TenantId};
use domain::interactions::{Call, Interaction, InteractionStore, Offer, OfferState};
use domain::routing::Candidate;
use domain::scope::Scope;
use domain::tenant::Labels;
use serde::Deserialize;
use uuid::Uuid;

/// SQL: a contact `i` with its person `p` as domain's `Interaction`; the card reads it so too.
macro_rules! interaction_json {
    () => {
        "json_build_object('id', i.id, 'tenant_id', i.tenant_id, 'channel', i.channel, 'direction', i.direction,
         'state', i.state, 'match', i.match, 'from_number', i.from_number, 'to_number', i.to_number, 'queue', i.queue,
         'source', i.source, 'customer_id', i.customer_id, 'person_id', i.person_id, 'started_at', i.started_at,
         'answered_at', i.answered_at, 'ended_at', i.ended_at, 'closed_at', i.closed_at, 'end_cause', i.end_cause,
         'wrap_up_code', i.wrap_up_code, 'disposition', i.disposition, 'note', i.note, 'person_name', p.display_name)"
    };
}
pub(crate) use interaction_json;

/// SQL: the actor has this contact `i`, or it rings at her.
macro_rules! interaction_held {
    () => {
        "(i.person_id = $6 or exists (select from offers xh where xh.tenant_id = $1 and xh.interaction_id = i.id
          and xh.person_id = $6 and xh.state = 'live'))"
    };
}
pub(crate) use interaction_held;

macro_rules! interactions_where {
    ($rest:literal) => {
        concat!(
            "select ",
            interaction_json!(),
            "::text from interactions i left join people p on p.id = i.person_id
             where i.tenant_id = $1 and ",
            $rest
        )
    };
}

macro_rules! interaction_seen {
    (wide, $rest:literal) => {
        concat!(
            "($2 or (($3 or $4) and ",
            interaction_held!(),
            ") or ($5 and i.customer_id = $6)) and ",
            $rest
        )
    };
    (close, $rest:literal) => {
        concat!(
            "($2 or (($3 or $4) and ",
            interaction_held!(),
            ") or ($5 and i.customer_id = $6)
             or ($4 and ",
            customer_attended!("i.customer_id"),
            ")) and ",
            $rest
        )
    };
}

seen_statements! {
    InteractionGet = [interactions_where!("")] interaction_seen "i.id = $7" => [];
    InteractionList = [interactions_where!("")] interaction_seen "i.id < $7 order by i.id desc limit $8" => [];
    InteractionListByCustomer = [interactions_where!("")] interaction_seen
        "i.customer_id = $9 and i.id < $7 order by i.id desc limit $8" => [];
}

statements! {
    CallLock = "select json_build_object('interaction', interaction_id, 'ended_at', ended_at, 'end_cause', end_cause)::text
        from calls where tenant_id = $1 and source = $2 and call_id = $3 for update";
    CallBegin = "insert into calls (tenant_id, source, call_id, first_at) values ($1, $2, $3, $4)
        on conflict (tenant_id, source, call_id) do nothing";
    CallPut = "update calls set interaction_id = $4, ended_at = $5, end_cause = $6
        where tenant_id = $1 and source = $2 and call_id = $3";
    InteractionInsert = "insert into interactions (tenant_id, id, channel, direction, state, match, from_number, to_number,
        queue, source, customer_id, person_id, started_at, answered_at, ended_at, closed_at, end_cause, wrap_up_code,
        disposition, note) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    InteractionPut = "update interactions set state = $3, match = $4, customer_id = $5, person_id = $6, answered_at = $7,
        ended_at = $8, closed_at = $9, end_cause = $10, wrap_up_code = $11, disposition = $12, note = $13
        where tenant_id = $1 and id = $2";
    InteractionLock = interactions_where!("i.id = $2 for update of i");
    InteractionWaitingLock = interactions_where!("i.state = 'waiting' order by i.id limit $2 for update of i skip locked");
    InteractionOpenOf =
        interactions_where!("i.person_id = $2 and i.state in ('offered', 'active', 'wrap_up') order by i.id");
    // In routing::choose's own order, and only its first choice is locked: were all candidates locked, a second contact
    // that comes in at the same moment would find nobody and, nothing happening after that, keep waiting.
    CandidatesLock = "select json_build_object('person', r.person_id, 'since', r.since, 'tried',
            (select count(*) from offers o where o.tenant_id = $1 and o.interaction_id = $2
                and o.person_id = r.person_id and o.state in ('declined', 'expired', 'withdrawn')))::text
        from presence r join people p on p.id = r.person_id
        where r.state = 'available' and r.held_interaction_id is null and p.active
            and exists (select from grants g where g.tenant_id = $1 and g.person_id = r.person_id and g.role = any ($3)
                and g.valid_from <= $4 and (g.valid_to is null or $4 < g.valid_to)
                and (g.training_valid_to is null or $4 < g.training_valid_to))
        order by (select count(*) from offers o where o.tenant_id = $1 and o.interaction_id = $2
                and o.person_id = r.person_id and o.state in ('declined', 'expired', 'withdrawn')), r.since, r.person_id
        limit 1 for update of r skip locked";
    OfferInsert = "insert into offers (tenant_id, id, interaction_id, person_id, state, made_at, expires_at, ended_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    OfferGet = "select row_to_json(o)::text from offers o where o.tenant_id = $1 and o.id = $2";
    OfferLock = "select row_to_json(o)::text from offers o where o.tenant_id = $1 and o.id = $2 for update";
    OfferLiveLock = "select row_to_json(o)::text from offers o
        where o.tenant_id = $1 and o.interaction_id = $2 and o.state = 'live' for update";
    OfferLiveOf = "select row_to_json(o)::text from offers o
        where o.tenant_id = $1 and o.person_id = $2 and o.state = 'live' order by o.id";
    OfferEnd = "update offers set state = $3, ended_at = $4 where tenant_id = $1 and id = $2";
    WrapUpCodes = "select json_build_array(key, labels)::text from wrap_up_codes where tenant_id = $1 order by position, key";
}

#[derive(Deserialize)]
struct CallRow {
    interaction: Option<InteractionId>,
    ended_at: Option<DateTime<Utc>>,
    end_cause: Option<String>,
}

#[derive(Deserialize)]
struct CandidateRow {
    person: PersonId,
    since: DateTime<Utc>,
    tried: i64,
}

impl InteractionStore for PgStore {
    fn call_lock(
        &mut self,
        tenant: TenantId,
        source: &str,
        call_id: &str,
        now: DateTime<Utc>,
    ) -> Stored<Call> {
        let mut row: Option<CallRow> = self.one(CallLock, binds![tenant, source, call_id])?;
        if row.is_none() {
            // Two first reports of one call: the second waits here for the first.
            self.run(CallBegin, binds![tenant, source, call_id, now])?;
            row = self.one(CallLock, binds![tenant, source, call_id])?;
        }
        let row = row.ok_or(StoreError::Conflict)?;
        Ok(Call {
            interaction: row.interaction,
            ended_at: row.ended_at,
            end_cause: row.end_cause,
        })
    }

    fn call_put(&mut self, tenant: TenantId, source: &str, call_id: &str, call: &Call) -> Stored<()> {
        let binds = binds![
            tenant,
            source,
            call_id,
            call.interaction,
            call.ended_at,
            &call.end_cause
        ];
        self.run(CallPut, binds).map(|_| ())
    }

    fn interaction_insert(&mut self, i: &Interaction) -> Stored<()> {
        let binds = binds![
            i.tenant_id,
            i.id,
            i.channel.text(),
            &i.direction,
            i.state.text(),
            i.caller.text(),
            &i.from_number,
            &i.to_number,
            &i.queue,
            &i.source,
            i.customer_id,
            i.person_id,
            i.started_at,
            i.answered_at,
            i.ended_at,
            i.closed_at,
            &i.end_cause,
            &i.wrap_up_code,
            &i.disposition,
            &i.note
        ];
        self.run(InteractionInsert, binds).map(|_| ())
    }

    fn interaction_lock(&mut self, tenant: TenantId, id: InteractionId) -> Stored<Option<Interaction>> {
        self.one(InteractionLock, binds![tenant, id])
    }

    fn interaction_put(&mut self, i: &Interaction) -> Stored<()> {
        let binds = binds![
            i.tenant_id,
            i.id,
            i.state.text(),
            i.caller.text(),
            i.customer_id,
            i.person_id,
            i.answered_at,
            i.ended_at,
            i.closed_at,
            &i.end_cause,
            &i.wrap_up_code,
            &i.disposition,
            &i.note
        ];
        self.run(InteractionPut, binds).map(|_| ())
    }

    fn interaction_get(&mut self, scope: &Scope, id: InteractionId) -> Stored<Option<Interaction>> {
        self.one_seen(InteractionGet, by_case(scope), &scoped![scope, id])
    }

    fn interaction_list(
        &mut self,
        scope: &Scope,
        customer: Option<CustomerId>,
        first: i64,
        after: Option<InteractionId>,
    ) -> Stored<Vec<Interaction>> {
        let before = after.map_or(Uuid::max(), |id| id.0);
        match customer {
            Some(customer) => self.all_seen(
                InteractionListByCustomer,
                by_case(scope),
                &scoped![scope, before, first, customer],
            ),
            None => self.all_seen(InteractionList, by_case(scope), &scoped![scope, before, first]),
        }
    }

    fn interaction_waiting_lock(&mut self, tenant: TenantId, limit: i64) -> Stored<Vec<Interaction>> {
        self.all(InteractionWaitingLock, binds![tenant, limit])
    }

    fn interaction_open_of(&mut self, tenant: TenantId, person: PersonId) -> Stored<Vec<Interaction>> {
        self.all(InteractionOpenOf, binds![tenant, person])
    }

    fn candidates_lock(
        &mut self,
        tenant: TenantId,
        interaction: InteractionId,
        roles: &[String],
        now: DateTime<Utc>,
    ) -> Stored<Vec<Candidate>> {
        let rows: Vec<CandidateRow> = self.all(CandidatesLock, binds![tenant, interaction, roles, now])?;
        Ok(rows
            .into_iter()
            .map(|r| Candidate {
                person: r.person,
                tried: r.tried,
                idle_since: r.since,
            })
            .collect())
    }

    fn offer_insert(&mut self, offer: &Offer) -> Stored<()> {
        let binds = binds![
            offer.tenant_id,
            offer.id,
            offer.interaction_id,
            offer.person_id,
            offer.state.text(),
            offer.made_at,
            offer.expires_at,
            offer.ended_at
        ];
        self.run(OfferInsert, binds).map(|_| ())
    }

    fn offer_lock(&mut self, tenant: TenantId, id: OfferId) -> Stored<Option<Offer>> {
        self.one(OfferLock, binds![tenant, id])
    }

    fn offer_live_lock(&mut self, tenant: TenantId, interaction: InteractionId) -> Stored<Option<Offer>> {
        self.one(OfferLiveLock, binds![tenant, interaction])
    }

    fn offer_end(
        &mut self,
        tenant: TenantId,
        id: OfferId,
        state: OfferState,
        at: DateTime<Utc>,
    ) -> Stored<()> {
        self.run(OfferEnd, binds![tenant, id, state.text(), at])
            .map(|_| ())
    }

    fn offer_get(&mut self, tenant: TenantId, id: OfferId) -> Stored<Option<Offer>> {
        self.one(OfferGet, binds![tenant, id])
    }

    fn offer_live_of(&mut self, tenant: TenantId, person: PersonId) -> Stored<Vec<Offer>> {
        self.all(OfferLiveOf, binds![tenant, person])
    }

    fn wrap_up_codes(&mut self, tenant: TenantId) -> Stored<Vec<(String, Labels)>> {
        self.all(WrapUpCodes, binds![tenant])
    }
}
