//! Who is offered a waiting contact. Pure: the same candidates always give the same answer.

use crate::ids::PersonId;
use chrono::{DateTime, Utc};

/// Somebody free who may answer this contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How often this contact rang at her in vain.
    pub tried: i64,
    /// Idle since.
    pub idle_since: DateTime<Utc>,
}

/// The one who was tried least, then idle longest, then the lowest id.
pub fn choose(candidates: &[Candidate]) -> Option<PersonId> {
    candidates
        .iter()
        .min_by_key(|c| (c.tried, c.idle_since, c.person))
        .map(|c| c.person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    #[test]
    fn longest_idle_unless_tried_before() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let of = |n: u128, tried, idle| Candidate {
            person: PersonId(Uuid::from_u128(n)),
            tried,
            idle_since: now - TimeDelta::seconds(idle),
        };
        assert_eq!(choose(&[]), None);
        assert_eq!(
            choose(&[of(1, 0, 5), of(2, 0, 9)]),
            Some(PersonId(Uuid::from_u128(2)))
        );
        assert_eq!(
            choose(&[of(1, 0, 5), of(2, 1, 9)]),
            Some(PersonId(Uuid::from_u128(1)))
        );
        assert_eq!(
            choose(&[of(2, 0, 5), of(1, 0, 5)]),
            Some(PersonId(Uuid::from_u128(1)))
        );
    }
}
