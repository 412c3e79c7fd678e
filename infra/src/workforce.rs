//! People, grants and presence as rows.

use crate::pg::{PgStore, binds, scoped, statements};
use chrono::{DateTime, Utc};
use domain::fault::{StoreError, Stored};
use domain::ids::{GrantId, InteractionId, PersonId, TenantId};
use domain::scope::Scope;
use domain::tenant::Commodity;
use domain::workforce::{Grant, Person, PersonGrant, Presence, PresenceState, WorkforceStore};
use serde::Deserialize;
use uuid::Uuid;

/// The password hash is readable by nobody, so a person is never read as a whole row.
macro_rules! person_where {
    ($condition:literal) => {
        concat!(
            "select json_build_object('id', id, 'login', login, 'display_name', display_name, 'locale', locale,
             'extension', extension, 'active', active)::text from people where ",
            $condition
        )
    };
}

macro_rules! grants_where {
    ($rest:literal) => {
        concat!(
            "select json_build_object('id', g.id, 'tenant', g.tenant_id, 'person', g.person_id, 'person_name', p.display_name,
             'person_login', p.login, 'role', g.role, 'commodity', g.commodity, 'languages', g.languages,
             'purpose', g.purpose, 'valid_from', g.valid_from, 'valid_to', g.valid_to,
             'training_valid_to', g.training_valid_to, 'granted_by', b.display_name)::text
             from grants g join people p on p.id = g.person_id join people b on b.id = g.granted_by
             where g.tenant_id = $1 and ($2 or ($3 and g.person_id = $6)) and ",
            $rest
        )
    };
}

macro_rules! presence_of {
    () => {
        "select json_build_object('person', person_id, 'state', state, 'reason', reason, 'since', since,
         'held_tenant', held_tenant_id, 'held_interaction', held_interaction_id)::text from presence where person_id = $1"
    };
}

statements! {
    PersonGet = person_where!("id = $1");
    PersonByLogin = person_where!("login = $1");
    PersonByExtension = person_where!("extension = $1");
    GrantsOf = "select row_to_json(g)::text from pre_tenant_grants($1) g order by g.tenant_id, g.valid_from, g.id";
    GrantList = grants_where!("g.id < $7 order by g.id desc limit $8");
    GrantGet = grants_where!("g.id = $7 for update of g");
    GrantInsert = "insert into grants (tenant_id, id, person_id, role, commodity, skills, languages, purpose, valid_from,
        valid_to, training_valid_to, granted_by) values ($1, $2, $3, $4, $5, '{}', $6, $7, $8, $9, $10, $11)";
    GrantEnd = "update grants set valid_to = $3 where tenant_id = $1 and id = $2";
    PresenceGet = presence_of!();
    PresenceLock = concat!(presence_of!(), " for update");
    PresenceBegin = "insert into presence (person_id, state, since) values ($1, 'offline', $2) on conflict (person_id) do nothing";
    PresencePut = "insert into presence (person_id, state, reason, since, held_tenant_id, held_interaction_id)
        values ($1, $2, $3, $4, $5, $6) on conflict (person_id) do update set state = excluded.state,
        reason = excluded.reason, since = excluded.since, held_tenant_id = excluded.held_tenant_id,
        held_interaction_id = excluded.held_interaction_id";
}

#[derive(Deserialize)]
struct PersonGrantRow {
    tenant_id: TenantId,
    role: String,
    commodity: Option<Commodity>,
    languages: Vec<String>,
    valid_from: DateTime<Utc>,
    valid_to: Option<DateTime<Utc>>,
    training_valid_to: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct PresenceRow {
    person: PersonId,
    state: PresenceState,
    reason: Option<String>,
    since: DateTime<Utc>,
    held_tenant: Option<TenantId>,
    held_interaction: Option<InteractionId>,
}

impl From<PresenceRow> for Presence {
    fn from(row: PresenceRow) -> Presence {
        Presence {
            person: row.person,
            state: row.state,
            reason: row.reason,
            since: row.since,
            held: row.held_tenant.zip(row.held_interaction),
        }
    }
}

impl WorkforceStore for PgStore {
    fn person_get(&mut self, id: PersonId) -> Stored<Option<Person>> {
        self.one(PersonGet, binds![id])
    }

    fn person_by_login(&mut self, login: &str) -> Stored<Option<Person>> {
        self.one(PersonByLogin, binds![login])
    }

    fn person_by_extension(&mut self, extension: &str) -> Stored<Option<Person>> {
        self.one(PersonByExtension, binds![extension])
    }

    fn grants_of(&mut self, person: PersonId) -> Stored<Vec<PersonGrant>> {
        let rows: Vec<PersonGrantRow> = self.all(GrantsOf, binds![person])?;
        let grant = |r: PersonGrantRow| PersonGrant {
            tenant: r.tenant_id,
            role: r.role,
            commodity: r.commodity,
            languages: r.languages,
            valid_from: r.valid_from,
            valid_to: r.valid_to,
            training_valid_to: r.training_valid_to,
        };
        Ok(rows.into_iter().map(grant).collect())
    }

    fn grant_list(&mut self, scope: &Scope, first: i64, after: Option<GrantId>) -> Stored<Vec<Grant>> {
        self.all(
            GrantList,
            &scoped![scope, after.map_or(Uuid::max(), |id| id.0), first],
        )
    }

    fn grant_get(&mut self, scope: &Scope, id: GrantId) -> Stored<Option<Grant>> {
        self.one(GrantGet, &scoped![scope, id])
    }

    fn grant_insert(&mut self, grant: &Grant, granted_by: PersonId) -> Stored<()> {
        let binds = binds![
            grant.tenant,
            grant.id,
            grant.person,
            &grant.role,
            grant.commodity.map(Commodity::text),
            grant.languages.as_slice(),
            &grant.purpose,
            grant.valid_from,
            grant.valid_to,
            grant.training_valid_to,
            granted_by
        ];
        self.run(GrantInsert, binds).map(|_| ())
    }

    fn grant_end(&mut self, tenant: TenantId, id: GrantId, at: DateTime<Utc>) -> Stored<()> {
        self.run(GrantEnd, binds![tenant, id, at]).map(|_| ())
    }

    fn presence_lock(&mut self, person: PersonId, now: DateTime<Utc>) -> Stored<Presence> {
        let mut row: Option<PresenceRow> = self.one(PresenceLock, binds![person])?;
        if row.is_none() {
            self.run(PresenceBegin, binds![person, now])?;
            row = self.one(PresenceLock, binds![person])?;
        }
        row.map(Presence::from).ok_or(StoreError::NotFound)
    }

    fn presence_get(&mut self, person: PersonId) -> Stored<Option<Presence>> {
        let row: Option<PresenceRow> = self.one(PresenceGet, binds![person])?;
        Ok(row.map(Presence::from))
    }

    fn presence_put(&mut self, presence: &Presence) -> Stored<()> {
        let (tenant, interaction) = presence.held.unzip();
        let state = presence.state.text();
        let binds = binds![
            presence.person,
            state,
            &presence.reason,
            presence.since,
            tenant,
            interaction
        ];
        self.run(PresencePut, binds).map(|_| ())
    }
}
