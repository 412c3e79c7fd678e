//! The words clients use: nodes, inputs, payloads, limits. No rule is decided here; each root field opens a permission
//! and calls a use case or a store function.

pub mod analysis;
pub mod audit;
pub mod billing;
pub mod card;
pub mod cases;
pub mod connection;
pub mod context;
pub mod customers;
pub mod error;
pub mod ids;
pub mod interactions;
pub mod masking;
pub mod messages;
pub mod mutation;
pub mod node;
pub mod operation;
pub mod policies;
pub mod query;
pub mod scalars;
pub mod session;
pub mod subscription;
pub mod tenant;
pub mod workforce;
