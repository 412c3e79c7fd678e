//! The subcommands of the one binary.

mod audit;
pub(crate) mod data;
mod import;
mod serve;
mod token;

use crate::settings::{Cli, Command};
use clap::Parser;
use domain::fault::StoreError;
use std::process::ExitCode;

/// Why a command ended badly: sentences for the person who ran it.
pub type Ended = Result<(), String>;

/// Why the database could not be used, for the person who ran the command.
pub(crate) fn away(e: StoreError) -> String {
    match e {
        StoreError::Unavailable => {
            "The database does not answer within a second: it is away, or the machine is very busy."
                .to_owned()
        }
        other => format!("The database cannot be used: {other}."),
    }
}

/// Reads the command line and runs it.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.command {
        Command::Serve(settings) => serve::run(&settings, serve::Part::Server),
        Command::Work(settings) => serve::run(&settings, serve::Part::Worker),
        Command::Migrate { step, data } => data::migrate(step, &data),
        Command::Demo {
            customers,
            seed,
            data,
        } => data::demo(customers, seed, &data),
        Command::Import {
            tenant,
            format,
            dry_run,
            files,
            data,
        } => import::run(&tenant, &format, dry_run, &files, &data),
        Command::Schema => {
            print!("{}", graphql::operation::sdl());
            Ok(())
        }
        Command::Token { login, data, secrets } => token::run(&login, &data, &secrets),
        Command::Audit { step, data, secrets } => audit::run(&step, &data, &secrets),
        Command::Bench(settings) => crate::bench::run(&settings),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            eprintln!("{faults}");
            ExitCode::FAILURE
        }
    }
}
