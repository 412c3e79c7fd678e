//! placeholder
pub mod bus;
pub mod counters;
pub mod embedded;
pub mod mail;
