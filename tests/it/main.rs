//! All integration tests, in one binary: it links once and shares one stage.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a step that fails ends its test"
)]

mod embedded;
mod endpoint;
mod flow_import;
mod flows;
mod imports;
mod isolation;
mod kill;
mod laws;
mod pages;
mod settings;
mod stores;
