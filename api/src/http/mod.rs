//! HTTP: the GraphQL endpoint, sockets, hooks of switchboards, pages, health.

pub mod auth;
pub mod endpoint;
pub mod health;
pub mod hooks;
pub mod pages;
pub mod request;
pub mod server;
pub mod socket;
