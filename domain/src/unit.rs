//! The unit of work: what of an operation holds together when a part of it is refused.

use crate::fault::Stored;
use crate::ids::TenantId;

/// Savepoints inside the one transaction of an operation. They do not nest.
pub trait UnitOfWork {
    /// Begins a part that may be taken back.
    fn savepoint(&mut self) -> Stored<()>;
    /// Keeps the part.
    fn savepoint_keep(&mut self) -> Stored<()>;
    /// Takes the part back.
    fn savepoint_undo(&mut self) -> Stored<()>;
    /// Lets the running part go on under this utility: a sign-in link belongs to one before anybody is signed in.
    /// Keeping or taking back the part returns to the operation's own.
    fn tenant_enter(&mut self, tenant: TenantId) -> Stored<()>;
    /// Commits: acknowledged means durable. Afterwards the unit is spent.
    fn commit_now(&mut self) -> Stored<()>;
    /// How many statements were run.
    fn statements_run(&self) -> u32;
}
