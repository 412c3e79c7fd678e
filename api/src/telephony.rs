//! Reports of a switchboard: found their utility by token and dialled number, then one transaction under it.

use crate::clock;
use crate::state::State;
use domain::act::{Act, By};
use domain::fault::{Fault, StoreError};
use domain::ids::{RequestId, TenantId};
use domain::interactions::{self, CallEvent, CallEventKind};
use domain::normal;
use infra::pg::Mode;
use serde::Deserialize;
use std::collections::BTreeSet;
use tenancy::permission::Permission;
use tenancy::policies::PolicyStore;
use tenancy::token;

/// The generic form, JSON or form fields, as a switchboard sends it.
#[derive(Deserialize, Debug)]
pub struct Report {
    /// newCall, answer or hangup.
    pub event: String,
    /// Caller, as written.
    #[serde(default)]
    pub from: String,
    /// Dialled, as written.
    #[serde(default)]
    pub to: String,
    /// in or out.
    #[serde(default)]
    pub direction: String,
    /// The switchboard's id of the call.
    #[serde(rename = "callId", alias = "call_id", default)]
    pub call_id: String,
    /// Extension that answered.
    #[serde(default)]
    pub user: Option<String>,
    /// The number that answered.
    #[serde(rename = "answeringNumber", default)]
    pub answering_number: Option<String>,
    /// Why it ended.
    #[serde(default)]
    pub cause: Option<String>,
}

/// Why a report was not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The token is none of ours, or the dialled number is not behind it: the same answer.
    Unknown,
    /// A field is missing or malformed.
    Malformed(&'static str),
    /// Several utilities claim the dialled number on this switchboard.
    Ambiguous,
    /// Try again.
    Later,
    /// A fault of ours, for the log.
    Internal(String),
}

impl From<StoreError> for NotTaken {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Unavailable | StoreError::Conflict => NotTaken::Later,
            StoreError::NotFound => NotTaken::Unknown,
            StoreError::Internal(text) => NotTaken::Internal(text),
        }
    }
}

/// Takes a report. Runs on a thread that may block.
pub fn take(state: &State, hook_token: &str, report: Report) -> Result<(), NotTaken> {
    let digest = token::digest(hook_token);
    if infra::hooks::switchboard_known(&state.database, &digest)?.is_none() {
        return Err(NotTaken::Unknown);
    }
    let kind = CallEventKind::parse(&report.event).ok_or(NotTaken::Malformed("event"))?;
    if report.call_id.is_empty() || report.call_id.len() > 200 {
        return Err(NotTaken::Malformed("callId"));
    }
    match report.direction.as_str() {
        "in" | "" => {}
        // Calls to customers begin at the desk; the switchboard's report of them changes nothing yet.
        "out" => return Ok(()),
        _ => return Err(NotTaken::Malformed("direction")),
    }
    let (tenant, queue, switchboard) = dialled(state, &digest, &report.to)?;
    state.tenant_known(tenant);
    let country = state
        .house
        .tenants
        .get(tenant)
        .map(|t| t.country.clone())
        .unwrap_or_default();
    let to = normal::phone(&report.to, &country).ok_or(NotTaken::Malformed("to"))?;
    let event = CallEvent {
        kind,
        source: switchboard,
        call_id: report.call_id,
        from: report.from.chars().take(80).collect(),
        to,
        direction: "in".to_owned(),
        queue,
        country,
        user: report.user.or(report.answering_number).filter(|u| !u.is_empty()),
        cause: report.cause.map(|c| c.chars().take(60).collect()),
    };
    let now = clock::now();
    let mut ids = clock::ids();
    let mut store = state.database.begin(tenant, Mode::Write)?;
    let epoch = store.policy_epoch(tenant)?;
    let policy =
        graphql::context::policy_of(&state.house, &mut store as &mut dyn PolicyStore, tenant, epoch)?;
    let roles = policy
        .roles_with(Permission::OfferAccept)
        .map_err(|e| NotTaken::Internal(e.to_string()))?;
    let mut act = Act {
        tenant,
        by: By::Service,
        now,
        request: RequestId(clock::id()),
        purpose: None,
        ids: &mut ids,
    };
    interactions::call_event(&mut store, &mut act, &event, &roles).map_err(|e| match e {
        Fault::Store(e) => e.into(),
        Fault::Refused(r) => NotTaken::Internal(format!("refused: {:?}", r.code)),
    })?;
    store.commit()?;
    state.wake.notify_one();
    Ok(())
}

/// The utility of a dialled number, written as any of the served countries would.
fn dialled(state: &State, digest: &[u8; 32], to: &str) -> Result<(TenantId, String, String), NotTaken> {
    let utilities = state.house.tenants.all();
    let countries: BTreeSet<&str> = utilities.iter().map(|t| t.country.as_str()).collect();
    let written: BTreeSet<String> = countries.iter().filter_map(|c| normal::phone(to, c)).collect();
    if written.is_empty() {
        return Err(NotTaken::Malformed("to"));
    }
    let mut found = Vec::new();
    for number in written {
        found.extend(infra::hooks::dialled(&state.database, digest, &number)?);
    }
    match found.len() {
        0 => Err(NotTaken::Unknown),
        1 => found.pop().ok_or(NotTaken::Unknown),
        _ => Err(NotTaken::Ambiguous),
    }
}
