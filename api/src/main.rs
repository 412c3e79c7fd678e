//! The one binary. Everything is in the library, so that tests see it too.

fn main() -> std::process::ExitCode {
    api::commands::main()
}
