//! A program that does nothing but hold an embedded Postgres, so that a test can kill it.
//!
//! `hold_postgres DATA_DIR` prints `pid url` when the database is ready and ends when its input ends.

use std::io::Read;
use std::path::PathBuf;

use infra::embedded::{EmbeddedPostgres, EmbeddedSettings};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data_dir = PathBuf::from(std::env::args().nth(1).ok_or("which directory?")?);
    let postgres = EmbeddedPostgres::start(&EmbeddedSettings {
        data_dir,
        durable: true,
        max_connections: 20,
    })?;
    println!("{} {}", postgres.pid(), postgres.urls().superuser);
    std::io::stdin().read_to_end(&mut Vec::new())?;
    postgres.stop()?;
    Ok(())
}
