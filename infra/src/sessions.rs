//! Sessions of people and customers, and the statement that opens every operation.

use crate::pg::{PgStore, binds, statements};
use chrono::{DateTime, Utc};
use domain::act::By;
use domain::fault::Stored;
use domain::ids::{CustomerId, PersonId, PortalLinkId, SessionId, TenantId};
use serde::Deserialize;
use tenancy::session::{Opening, Session, SessionStore, SignInRow};

statements! {
    OpeningOf = "select json_build_object(
        'live', case $2
            when 'person' then exists (select from sessions s join people p on p.id = s.person_id
                where s.id = $4 and s.person_id = $3 and s.ended_at is null and s.expires_at > $5 and p.active)
            when 'customer' then exists (select from portal_sessions s
                where s.tenant_id = $1 and s.id = $4 and s.customer_id = $3 and s.ended_at is null and s.expires_at > $5)
            else false end,
        'roles', coalesce((select json_agg(distinct g.role) from grants g
            where $2 = 'person' and g.tenant_id = $1 and g.person_id = $3 and g.valid_from <= $5
            and (g.valid_to is null or $5 < g.valid_to)
            and (g.training_valid_to is null or $5 < g.training_valid_to)), '[]'),
        'epoch', coalesce((select e.epoch from policy_epochs e where e.tenant_id = $1), 0))::text";
    SignInRowOf = "select json_build_object('person', person_id, 'password_hash', password_hash, 'active', active)::text
        from pre_tenant_sign_in($1)";
    SessionInsert = "insert into sessions (id, person_id, kind, created_at, expires_at) values ($1, $2, $3, $4, $5)";
    SessionEnd = "update sessions set ended_at = $3 where id = $1 and person_id = $2 and ended_at is null";
    PortalSessionInsert = "insert into portal_sessions (tenant_id, id, customer_id, kind, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)";
    PortalSessionEnd = "update portal_sessions set ended_at = $4
        where tenant_id = $1 and id = $2 and customer_id = $3 and ended_at is null";
    PortalCustomer = "select to_json(customer_id)::text from contact_points
        where tenant_id = $1 and value_norm = $2 and kind = 'email' group by customer_id limit 2";
    PortalLinkUse = "update portal_links set used_at = $5 where tenant_id = $1 and id = $2 and customer_id = $3
        and digest = $4 and used_at is null and $5 < expires_at";
    // A mail that was put off is tried again by the same event: the link is there already.
    PortalLinkInsert = "insert into portal_links (tenant_id, id, customer_id, digest, made_at, expires_at)
        values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, id) do nothing";
}

#[derive(Deserialize)]
struct OpeningRow {
    live: bool,
    roles: Vec<String>,
    epoch: i64,
}

#[derive(Deserialize)]
struct LoginRow {
    person: PersonId,
    password_hash: String,
    active: bool,
}

impl SessionStore for PgStore {
    fn opening(
        &mut self,
        tenant: TenantId,
        by: By,
        session: Option<SessionId>,
        now: DateTime<Utc>,
    ) -> Stored<Opening> {
        let row: Option<OpeningRow> =
            self.one(OpeningOf, binds![tenant, by.kind(), by.id(), session, now])?;
        let mut opening = row.map_or(
            Opening {
                live: false,
                roles: Vec::new(),
                epoch: 0,
            },
            |r| Opening {
                live: r.live,
                roles: r.roles,
                epoch: r.epoch,
            },
        );
        // Sorted here: the database's order depends on its collation, and the set is a key.
        opening.roles.sort_unstable();
        Ok(opening)
    }

    fn sign_in_row(&mut self, login: &str) -> Stored<Option<SignInRow>> {
        let row: Option<LoginRow> = self.one(SignInRowOf, binds![login])?;
        Ok(row.map(|r| SignInRow {
            person: r.person,
            password_hash: r.password_hash,
            active: r.active,
        }))
    }

    fn session_insert(&mut self, person: PersonId, session: &Session) -> Stored<()> {
        let binds = binds![
            session.id,
            person,
            session.kind.text(),
            session.created_at,
            session.expires_at
        ];
        self.run(SessionInsert, binds).map(|_| ())
    }

    fn portal_session_insert(
        &mut self,
        tenant: TenantId,
        customer: CustomerId,
        session: &Session,
    ) -> Stored<()> {
        let binds = binds![
            tenant,
            session.id,
            customer,
            session.kind.text(),
            session.created_at,
            session.expires_at
        ];
        self.run(PortalSessionInsert, binds).map(|_| ())
    }

    fn session_end(&mut self, tenant: TenantId, by: By, session: SessionId, at: DateTime<Utc>) -> Stored<()> {
        match by {
            By::Person(person) => self.run(SessionEnd, binds![session, person, at]).map(|_| ()),
            By::Customer(customer) => self
                .run(PortalSessionEnd, binds![tenant, session, customer, at])
                .map(|_| ()),
            By::Service | By::System | By::Nobody => Ok(()),
        }
    }

    fn portal_customer(&mut self, tenant: TenantId, email_norm: &str) -> Stored<Option<CustomerId>> {
        let found: Vec<CustomerId> = self.all(PortalCustomer, binds![tenant, email_norm])?;
        match found.as_slice() {
            [only] => Ok(Some(*only)),
            _ => Ok(None),
        }
    }

    fn portal_link_use(
        &mut self,
        tenant: TenantId,
        link: PortalLinkId,
        customer: CustomerId,
        digest: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        Ok(self.run(PortalLinkUse, binds![tenant, link, customer, digest, now])? == 1)
    }

    fn portal_link_insert(
        &mut self,
        tenant: TenantId,
        link: PortalLinkId,
        customer: CustomerId,
        digest: &[u8; 32],
        made_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Stored<()> {
        self.run(
            PortalLinkInsert,
            binds![tenant, link, customer, digest, made_at, expires_at],
        )
        .map(|_| ())
    }
}
