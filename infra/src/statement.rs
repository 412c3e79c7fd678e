//! Statements are constants with a type each, so that diesel keeps them prepared (it never does for `sql_query`) and so
//! that no SQL is put together at run time. Every statement yields one text column, a JSON value that serde reads into
//! the types of domain: one mapping for a row, a list and the whole Master Card alike.

use crate::binds::Bind;
use diesel::pg::{Pg, PgConnection};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::{RunQueryDsl, sql_types};
use std::marker::PhantomData;

/// A statement: its type is the key under which the connection keeps it prepared.
pub(crate) trait Statement: 'static {
    /// With `$1` … for what is bound.
    const SQL: &'static str;
}

/// Declares statements: `statements! { CaseGet = "select …"; … }`.
macro_rules! statements {
    ($($(#[$attribute:meta])* $name:ident = $sql:expr;)+) => {$(
        $(#[$attribute])*
        struct $name;
        impl crate::statement::Statement for $name {
            const SQL: &'static str = $sql;
        }
    )+};
}
pub(crate) use statements;

/// A statement of what a scope sees, in two forms that give the same. The close one looks for the actor's contacts, in
/// every month's partition: only to prepare for that costs more than the rest of most statements, so scopes that see
/// everything, or the customer's own, get the wide one without it.
pub(crate) trait SeenStatement: 'static {
    /// Without the search for contacts.
    const WIDE: &'static str;
    /// With it.
    const CLOSE: &'static str;
}

pub(crate) struct Wide<S>(pub(crate) PhantomData<S>);
pub(crate) struct Close<S>(pub(crate) PhantomData<S>);

impl<S: SeenStatement> Statement for Wide<S> {
    const SQL: &'static str = S::WIDE;
}

impl<S: SeenStatement> Statement for Close<S> {
    const SQL: &'static str = S::CLOSE;
}

/// Declares [`SeenStatement`]s: text in brackets, between them who must see what:
/// `CustomerGet = ["select … and "] customer_seen "c.id" => [" order by …"];`
macro_rules! seen_statements {
    ($($(#[$attribute:meta])* $name:ident = $([$($part:expr),*] $seen:ident $of:literal)+ => [$($tail:expr),*];)+) => {$(
        $(#[$attribute])*
        struct $name;
        impl crate::statement::SeenStatement for $name {
            const WIDE: &'static str = concat!($($($part,)* $seen!(wide, $of),)+ $($tail),*);
            const CLOSE: &'static str = concat!($($($part,)* $seen!(close, $of),)+ $($tail),*);
        }
    )+};
}
pub(crate) use seen_statements;

/// A statement with its values.
pub(crate) struct Run<'a, S> {
    pub(crate) binds: &'a [Bind<'a>],
    pub(crate) statement: PhantomData<S>,
}

impl<S: Statement> QueryFragment<Pg> for Run<'_, S> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(S::SQL);
        // diesel writes a placeholder for each value it takes; ours stand in the text already and may be used twice,
        // so diesel's go into a comment.
        out.push_sql(" -- ");
        for bind in self.binds {
            bind.walk(out.reborrow())?;
        }
        Ok(())
    }
}

impl<S: Statement> QueryId for Run<'_, S> {
    type QueryId = S;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S: Statement> Query for Run<'_, S> {
    type SqlType = sql_types::Text;
}

impl<S: Statement> RunQueryDsl<PgConnection> for Run<'_, S> {}
