//! The one binary. Everything is in the library, so that tests see it too.

/// A quarter of the server's processor time was the usual allocator; see docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    api::commands::main()
}
