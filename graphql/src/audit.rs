//! The audit as an auditor reads it.

use crate::connection::connection;
use crate::context::Ctx;
use crate::ids::{self, Kind};
use crate::scalars::Minor;
use chrono::{DateTime, Utc};
use domain::audit::AuditRow;
use juniper::{ID, graphql_object};

/// An entry.
pub struct AuditEntry(pub AuditRow);

/// One entry of the tamper-evident record; personal data only by reference.
#[graphql_object(context = Ctx)]
impl AuditEntry {
    /// Global id.
    fn id(&self) -> ID {
        ids::encode(Kind::AuditEntry, self.0.entry.tenant, self.0.entry.id)
    }
    /// Its place in the chain; null until sealed.
    fn seq(&self) -> Option<Minor> {
        self.0.seq.map(Minor)
    }
    /// When.
    fn at(&self) -> DateTime<Utc> {
        self.0.entry.at
    }
    /// Who: kind of actor and id.
    fn by(&self) -> String {
        match self.0.entry.by.id() {
            Some(id) => format!("{} {id}", self.0.entry.by.kind()),
            None => self.0.entry.by.kind().to_owned(),
        }
    }
    /// What, e.g. `case.close`.
    fn action(&self) -> &str {
        &self.0.entry.action
    }
    /// On what: kind and id.
    fn object(&self) -> Option<String> {
        self.0
            .entry
            .object
            .as_ref()
            .map(|o| format!("{} {}", o.kind, o.id))
    }
    /// `done` or `refused`.
    fn outcome(&self) -> &'static str {
        self.0.entry.outcome.text()
    }
    /// In which request; the same id stands in the log and in the answer's header.
    fn request_id(&self) -> String {
        self.0.entry.request.to_string()
    }
}

connection! {
    /// A page of the audit.
    AuditEntryConnection, AuditEntryEdge, AuditEntry
}
