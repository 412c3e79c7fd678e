//! What a utility or a customer has, nobody else sees or changes: a matrix made from the schema, and SQL past the program.

mod direct_sql;
mod documents;
mod matrix;
mod sides;
mod sockets;
