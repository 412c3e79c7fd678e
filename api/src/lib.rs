//! Puts the house together: settings, HTTP and sockets, the worker, and the subcommands of the one binary.

mod bench;
pub mod clock;
pub mod commands;
pub mod http;
pub mod letters;
pub mod secrets;
pub mod settings;
pub mod state;
pub mod telephony;
pub mod worker;
