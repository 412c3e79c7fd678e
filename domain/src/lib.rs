//! What is true in a utility contact centre: types, decisions, use cases and the traits of their stores.
//! Plain synchronous Rust without IO, clock or randomness: `now` and new ids are arguments.

/// An enum whose variants are stored, sent and read as one fixed lower-case text.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// As stored.
            pub const fn text(self) -> &'static str { match self { $($name::$variant => $text),+ } }
            /// The value of a stored text.
            pub fn parse(text: &str) -> Option<$name> { match text { $($text => Some($name::$variant),)+ _ => None } }
        }
    };
}

pub mod act;
pub mod audit;
pub mod billing;
pub mod card;
pub mod cases;
pub mod customers;
pub mod event;
pub mod fault;
pub mod ids;
pub mod interactions;
pub mod money;
pub mod normal;
pub mod routing;
pub mod scope;
pub mod tenant;
pub mod unit;
pub mod workforce;
