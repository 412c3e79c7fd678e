//! Who asks.

use domain::act::By;
use domain::ids::{PersonId, SessionId, TenantId};

/// How the actor proved who it is; cookie sessions may run trusted documents only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing was shown.
    None,
    /// The pages' cookie.
    Cookie,
    /// A bearer token.
    Bearer,
}

/// Somebody who asks. Whether the session still lives is read with the operation, not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub by: By,
    /// In which session.
    pub session: Option<SessionId>,
    /// A customer's only utility; none for people of the centre, who name one per operation.
    pub tenant: Option<TenantId>,
    /// How proved.
    pub proof: Proof,
}

impl Actor {
    /// Nobody.
    pub const NOBODY: Actor = Actor {
        by: By::Nobody,
        session: None,
        tenant: None,
        proof: Proof::None,
    };

    /// The person, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        match self.by {
            By::Person(person) => Some(person),
            _ => None,
        }
    }
}
