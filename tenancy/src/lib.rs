//! Who asks, for which utility, and may they: actors, tokens, sessions, permissions, and the Casbin policy that decides.

pub mod actor;
pub mod password;
pub mod permission;
pub mod policies;
pub mod policy;
pub mod session;
pub mod token;
