//! A believable centre for trying things out: four invented utilities, their people, customers, bills, contacts and
//! cases. The same seed gives the same data on every machine; no person, company or supply point is a real one.

mod bills;
mod codes;
mod contacts;
mod customers;
mod guests;
pub mod load;
mod names;
mod parties;
mod people;
mod split_mix;
mod tenants;
#[cfg(test)]
mod tests;
mod ubl_party;
mod words;

pub use bills::DemoPayment;
pub use contacts::{DemoCase, DemoInteraction};
pub use customers::{DemoCustomer, customers, shares};
pub use guests::guests;
pub use parties::{WellKnown, well_known};
pub use people::{DemoGrant, DemoPerson, PASSWORD, people};
pub use split_mix::SplitMix;
pub use tenants::{DemoSwitchboard, centre, switchboard, tenant_role, tenants};
pub use ubl_party::named_in_ubl;
pub use words::{case_types, wrap_up_codes};
