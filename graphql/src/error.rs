//! What a client is told when something fails. Internal text never leaves: it is kept aside for the log.

use crate::messages::{self, Locale};
use domain::fault::{Code, Refusal, StoreError};
use juniper::{FieldError, GraphQLEnum, GraphQLObject, IntoFieldError, ScalarValue, Value};

/// The codes that stand in `errors[].extensions.code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// Sign in first.
    Unauthenticated,
    /// Signed in, but this is not allowed.
    Forbidden,
    /// Not there, or not yours: the same answer.
    NotFound,
    /// The request itself is wrong.
    BadInput,
    /// Somebody else does the same just now.
    Conflict,
    /// Too much; wait.
    RateLimited,
    /// The service cannot now; try again.
    Unavailable,
    /// A fault of ours.
    Internal,
}

impl ErrorCode {
    /// All codes.
    pub const ALL: &'static [ErrorCode] = &[
        ErrorCode::Unauthenticated,
        ErrorCode::Forbidden,
        ErrorCode::NotFound,
        ErrorCode::BadInput,
        ErrorCode::Conflict,
        ErrorCode::RateLimited,
        ErrorCode::Unavailable,
        ErrorCode::Internal,
    ];
    /// As sent.
    pub const fn text(self) -> &'static str {
        match self {
            ErrorCode::Unauthenticated => "UNAUTHENTICATED",
            ErrorCode::Forbidden => "FORBIDDEN",
            ErrorCode::NotFound => "NOT_FOUND",
            ErrorCode::BadInput => "BAD_INPUT",
            ErrorCode::Conflict => "CONFLICT",
            ErrorCode::RateLimited => "RATE_LIMITED",
            ErrorCode::Unavailable => "UNAVAILABLE",
            ErrorCode::Internal => "INTERNAL",
        }
    }
}

/// An error of a field: a code, a sentence in the reader's language, and the place in the input if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Code.
    pub code: ErrorCode,
    /// Sentence.
    pub message: String,
    /// Argument to blame.
    pub field: Option<String>,
}

/// Answer of a resolver.
pub type Answer<T> = Result<T, ApiError>;

impl ApiError {
    /// An error with the catalogue's sentence.
    pub fn new(code: ErrorCode, locale: Locale) -> ApiError {
        ApiError {
            code,
            message: messages::error(code, locale).to_owned(),
            field: None,
        }
    }
    /// A BAD_INPUT at an argument.
    pub fn bad_input(locale: Locale, field: &str) -> ApiError {
        ApiError {
            field: Some(field.to_owned()),
            ..ApiError::new(ErrorCode::BadInput, locale)
        }
    }
    /// The error of a store's fault; its internal text goes to `log`.
    pub fn of_store(fault: StoreError, locale: Locale, log: &mut Vec<String>) -> ApiError {
        let code = match fault {
            StoreError::NotFound => ErrorCode::NotFound,
            StoreError::Conflict => ErrorCode::Conflict,
            StoreError::Unavailable => ErrorCode::Unavailable,
            StoreError::Internal(text) => {
                log.push(text);
                ErrorCode::Internal
            }
        };
        ApiError::new(code, locale)
    }
}

impl<S: ScalarValue> IntoFieldError<S> for ApiError {
    fn into_field_error(self) -> FieldError<S> {
        let mut extensions = juniper::Object::with_capacity(2);
        extensions.add_field("code", Value::scalar(self.code.text().to_owned()));
        if let Some(field) = self.field {
            extensions.add_field("field", Value::scalar(field));
        }
        FieldError::new(self.message, Value::Object(extensions))
    }
}

macro_rules! user_error_codes {
    ($($(#[$doc:meta])* $variant:ident),+ $(,)?) => {
        /// Why something was refused although the request was right.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, GraphQLEnum)]
        pub enum UserErrorCode { $($(#[$doc])* $variant),+ }
        impl From<Code> for UserErrorCode {
            fn from(code: Code) -> Self { match code { $(Code::$variant => UserErrorCode::$variant),+ } }
        }
    };
}

user_error_codes! {
    /// Login or password is wrong, or the account is closed.
    SignInRefused,
    /// Too many tries; wait.
    Throttled,
    /// The sign-in link is unknown, used, or too old.
    LinkInvalid,
    /// The offer has ended.
    OfferGone,
    /// The contact is already closed.
    InteractionClosed,
    /// The contact is with another operator.
    InteractionNotYours,
    /// No such customer at this utility.
    CustomerUnknown,
    /// No such case at this utility.
    CaseUnknown,
    /// The case is closed.
    CaseClosed,
    /// The utility has no such type of case.
    CaseTypeUnknown,
    /// The utility has no such wrap-up code.
    WrapUpUnknown,
    /// Somebody changed it meanwhile; its current state is in the answer.
    Stale,
    /// The person already has this grant in that time.
    GrantOverlaps,
    /// The grant ends before it begins.
    GrantPeriod,
    /// The rule is sealed by the platform.
    PolicySealed,
    /// No such object, act, condition or effect.
    PolicyUnknown,
    /// Nobody has that login.
    PersonUnknown,
    /// This state cannot be chosen now.
    PresenceRefused,
    /// A field is missing, too long or malformed.
    Invalid,
}

/// A refusal: which rule, where, and a sentence in the reader's language.
#[derive(Clone, Debug, GraphQLObject)]
pub struct UserError {
    /// Which rule.
    pub code: UserErrorCode,
    /// Input field to blame, as a dotted path.
    pub field: Option<String>,
    /// What to tell the reader.
    pub message: String,
}

impl UserError {
    /// The refusal of a use case.
    pub fn of(refusal: Refusal, locale: Locale) -> UserError {
        UserError {
            code: refusal.code.into(),
            field: refusal.field,
            message: messages::refusal(refusal.code, locale).to_owned(),
        }
    }
}
