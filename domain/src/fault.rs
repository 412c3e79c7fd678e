//! How things fail: a refusal is an expected answer with a code and a place; a store fault is not the caller's doing.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// Every reason a use case refuses for. The text of each is in the catalogues of graphql.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $variant),+ }
        impl Code {
            /// All codes, for the law that each is documented and translated.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];
            /// The code as clients read it.
            pub const fn text(self) -> &'static str { match self { $(Code::$variant => $text),+ } }
        }
    };
}

codes! {
    /// Login or password is wrong, or the account is closed: one answer for all three.
    SignInRefused = "SIGN_IN_REFUSED",
    /// Too many tries; wait.
    Throttled = "THROTTLED",
    /// The sign-in link is unknown, used, or too old.
    LinkInvalid = "LINK_INVALID",
    /// The offer has ended or belongs to somebody else by now.
    OfferGone = "OFFER_GONE",
    /// The contact is already closed.
    InteractionClosed = "INTERACTION_CLOSED",
    /// The contact is with another operator.
    InteractionNotYours = "INTERACTION_NOT_YOURS",
    /// No such customer at this utility.
    CustomerUnknown = "CUSTOMER_UNKNOWN",
    /// No such case at this utility.
    CaseUnknown = "CASE_UNKNOWN",
    /// The case is closed.
    CaseClosed = "CASE_CLOSED",
    /// The utility has no such type of case.
    CaseTypeUnknown = "CASE_TYPE_UNKNOWN",
    /// The utility has no such wrap-up code.
    WrapUpUnknown = "WRAP_UP_UNKNOWN",
    /// Somebody changed it meanwhile; the current state is in the answer.
    Stale = "STALE",
    /// She already has this grant in that time.
    GrantOverlaps = "GRANT_OVERLAPS",
    /// The grant ends before it begins.
    GrantPeriod = "GRANT_PERIOD",
    /// The rule is sealed by the platform.
    PolicySealed = "POLICY_SEALED",
    /// No such rule, object, act or condition.
    PolicyUnknown = "POLICY_UNKNOWN",
    /// Nobody has that login.
    PersonUnknown = "PERSON_UNKNOWN",
    /// This state cannot be chosen now.
    PresenceRefused = "PRESENCE_REFUSED",
    /// A field is missing, too long or malformed.
    Invalid = "INVALID",
}

/// An expected refusal: which rule, and at which input field (dotted path), if one is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// Where, e.g. `newCase.type`.
    pub field: Option<String>,
}

/// Why a store could not do what it was asked. `Internal` is for the log, never for a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Nothing there that this scope may see.
    NotFound,
    /// Somebody else holds or made the same; try again.
    Conflict,
    /// The database is away, slow or full.
    Unavailable,
    /// A fault of ours.
    Internal(String),
}

/// What a use case fails with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Expected; the savepoint rolls back and the client is told.
    Refused(Refusal),
    /// Not expected.
    Store(StoreError),
}

/// Result of a use case.
pub type Outcome<T> = Result<T, Fault>;
/// Result of a store.
pub type Stored<T> = Result<T, StoreError>;

impl Fault {
    /// A refusal without a place.
    pub fn refused(code: Code) -> Fault {
        Fault::Refused(Refusal { code, field: None })
    }
    /// A refusal at an input field.
    pub fn at(code: Code, field: &str) -> Fault {
        Fault::Refused(Refusal {
            code,
            field: Some(field.to_owned()),
        })
    }
}
impl From<StoreError> for Fault {
    fn from(e: StoreError) -> Fault {
        Fault::Store(e)
    }
}
impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::NotFound => f.write_str("not found"),
            StoreError::Conflict => f.write_str("conflict"),
            StoreError::Unavailable => f.write_str("unavailable"),
            StoreError::Internal(why) => write!(f, "internal: {why}"),
        }
    }
}
impl std::error::Error for StoreError {}
