//! The one place where the program reads the clock and makes ids.

use chrono::{DateTime, SubsecRound, Utc};
use graphql::context::RequestIds;
use uuid::Uuid;

/// Now, to the microsecond: what Postgres keeps, so that what is read back is what was written.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// A new UUIDv7.
#[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
pub fn id() -> Uuid {
    Uuid::now_v7()
}

/// New ids for one operation.
pub fn ids() -> RequestIds {
    RequestIds::new(id)
}
