//! The tamper-evident record of every read and write of personal data.
//!
//! An entry is inserted unsealed in the operation's own transaction. A sealer later gives committed entries a gapless
//! sequence and a hash `SHA-256(previous hash ‖ canonical entry)`; the newest hash is signed as the head.

use crate::act::{Act, By, Purpose};
use crate::fault::Stored;
use crate::ids::{AuditEntryId, CustomerId, RequestId, TenantId};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// E.g. `case`.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

impl Object {
    /// An object of a kind.
    pub fn new(kind: &str, id: impl Into<Uuid>) -> Object {
        Object {
            kind: kind.to_owned(),
            id: id.into(),
        }
    }
}

/// Whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditOutcome {
    /// Done.
    Done,
    /// Refused.
    Refused,
}

impl AuditOutcome {
    /// As stored.
    pub const fn text(self) -> &'static str {
        match self {
            AuditOutcome::Done => "done",
            AuditOutcome::Refused => "refused",
        }
    }
}

/// A customer whose classified fields were returned unmasked, and which classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSubject {
    /// Whose.
    pub customer: CustomerId,
    /// Field classes, sorted.
    pub classes: Vec<String>,
}

/// One entry. Personal data only by reference.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditEntryId,
    /// Whose chain.
    pub tenant: TenantId,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: By,
    /// E.g. `case.close`.
    pub action: String,
    /// On what.
    pub object: Option<Object>,
    /// What for.
    pub purpose: Option<Purpose>,
    /// Done or refused.
    pub outcome: AuditOutcome,
    /// In which request.
    pub request: RequestId,
    /// References and codes.
    pub detail: serde_json::Value,
    /// Customers disclosed.
    pub subjects: Vec<AuditSubject>,
}

impl AuditEntry {
    /// The entry as bytes: every part with its length before it, so that no two entries share an encoding.
    /// JSON keys are sorted (serde_json's map is), times are microseconds.
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        let mut part = |bytes: &[u8]| {
            out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            out.extend_from_slice(bytes);
        };
        part(b"busbar.audit.1");
        part(self.tenant.0.as_bytes());
        part(self.id.0.as_bytes());
        part(&self.at.timestamp_micros().to_be_bytes());
        part(self.by.kind().as_bytes());
        part(
            self.by
                .id()
                .map(Uuid::into_bytes)
                .as_ref()
                .map_or(&[][..], |b| &b[..]),
        );
        part(self.action.as_bytes());
        match &self.object {
            Some(o) => {
                part(o.kind.as_bytes());
                part(o.id.as_bytes());
            }
            None => part(&[]),
        }
        match self.purpose {
            Some(Purpose::Interaction(id)) => {
                part(b"interaction");
                part(id.0.as_bytes());
            }
            Some(Purpose::Case(id)) => {
                part(b"case");
                part(id.0.as_bytes());
            }
            None => part(&[]),
        }
        part(self.outcome.text().as_bytes());
        part(self.request.0.as_bytes());
        part(self.detail.to_string().as_bytes());
        let mut subjects: Vec<_> = self.subjects.iter().collect();
        subjects.sort_by_key(|s| s.customer);
        for subject in subjects {
            part(subject.customer.0.as_bytes());
            part(subject.classes.join(",").as_bytes());
        }
        out
    }
}

/// The hash before the first entry of a chain.
pub const GENESIS: [u8; 32] = [0; 32];

/// `SHA-256(previous ‖ canonical)`.
pub fn chain(previous: &[u8; 32], entry: &AuditEntry) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(entry.canonical());
    hasher.finalize().into()
}

/// One sealed place of the chain as it is found in the database.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Its place, from 1.
    pub seq: i64,
    /// Which entry belongs there.
    pub entry_id: AuditEntryId,
    /// The hash kept for it.
    pub hash: [u8; 32],
    /// The entry itself, if it is still there.
    pub entry: Option<AuditEntry>,
}

/// The newest sealed place, signed by the sealer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// When it was sealed.
    pub at: DateTime<Utc>,
    /// Which key signed.
    pub key_id: String,
    /// Ed25519 over [`Head::message`].
    pub signature: Vec<u8>,
}

impl Head {
    /// The bytes that are signed.
    pub fn message(tenant: TenantId, seq: i64, hash: &[u8; 32]) -> Vec<u8> {
        let mut out = b"busbar.audit.head.1".to_vec();
        out.extend_from_slice(tenant.0.as_bytes());
        out.extend_from_slice(&seq.to_be_bytes());
        out.extend_from_slice(hash);
        out
    }
}

/// What is wrong with a chain, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// The place is empty: its seal is gone.
    Missing {
        /// Where.
        seq: i64,
    },
    /// The seal is there, its entry is not.
    Removed {
        /// Where.
        seq: i64,
    },
    /// The entry is not what was sealed.
    Edited {
        /// Where.
        seq: i64,
    },
    /// The signed head is further on than the chain.
    Cut {
        /// Last place found.
        found: i64,
        /// Place that was signed.
        signed: i64,
    },
    /// The head does not fit the chain or its signature is wrong.
    HeadFalse {
        /// Where.
        seq: i64,
    },
}

/// Walks a chain place by place; feed it in order of sequence and ask for the end once.
pub struct ChainWalk {
    previous: [u8; 32],
    next: i64,
}

impl Default for ChainWalk {
    fn default() -> Self {
        Self {
            previous: GENESIS,
            next: 1,
        }
    }
}

impl ChainWalk {
    /// Checks one place.
    pub fn step(&mut self, place: &Sealed) -> Result<(), ChainFault> {
        if place.seq != self.next {
            return Err(ChainFault::Missing { seq: self.next });
        }
        let Some(entry) = &place.entry else {
            return Err(ChainFault::Removed { seq: place.seq });
        };
        let hash = chain(&self.previous, entry);
        if hash != place.hash || entry.id != place.entry_id {
            return Err(ChainFault::Edited { seq: place.seq });
        }
        self.previous = hash;
        self.next += 1;
        Ok(())
    }

    /// How many places were right so far.
    pub fn proved(&self) -> i64 {
        self.next - 1
    }

    /// Checks the end against the newest signed head (`None`: nothing was ever sealed). `signed` tells whether the signature holds.
    pub fn end(&self, head: Option<&Head>, signed: bool) -> Result<(), ChainFault> {
        match head {
            None if self.proved() == 0 => Ok(()),
            None => Err(ChainFault::HeadFalse { seq: self.proved() }),
            Some(head) if !signed => Err(ChainFault::HeadFalse { seq: head.seq }),
            Some(head) if head.seq > self.proved() => Err(ChainFault::Cut {
                found: self.proved(),
                signed: head.seq,
            }),
            Some(head) if head.seq < self.proved() || head.hash != self.previous => {
                Err(ChainFault::HeadFalse { seq: head.seq })
            }
            Some(_) => Ok(()),
        }
    }
}

/// A place of the list that admins read.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// The entry.
    pub entry: AuditEntry,
    /// Its place, once sealed.
    pub seq: Option<i64>,
}

impl Act<'_> {
    /// Writes the audit entry of a change, in the operation's own transaction.
    pub fn audit(
        &mut self,
        store: &mut (impl AuditStore + ?Sized),
        action: &str,
        object: Object,
        detail: serde_json::Value,
    ) -> Stored<()> {
        let entry = AuditEntry {
            id: self.id(),
            tenant: self.tenant,
            at: self.now,
            by: self.by,
            action: action.to_owned(),
            object: Some(object),
            purpose: self.purpose,
            outcome: AuditOutcome::Done,
            request: self.request,
            detail,
            subjects: Vec::new(),
        };
        store.audit_append(&entry)
    }
}

/// Where entries are kept.
pub trait AuditStore {
    /// Inserts an entry, unsealed, with its subjects.
    fn audit_append(&mut self, entry: &AuditEntry) -> Stored<()>;
    /// Entries of the tenant, newest first, after the given id.
    fn audit_list(
        &mut self,
        scope: &crate::scope::Scope,
        first: i64,
        after: Option<AuditEntryId>,
    ) -> Stored<Vec<AuditRow>>;
}
