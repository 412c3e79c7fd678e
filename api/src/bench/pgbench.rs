//! The limit a workload is held against: pgbench as the runtime login, over the same unix socket.

use super::cpu::Cpu;
use super::report::{Round, percentile};
use super::scratch::Scratch;
use super::{Bench, SEED};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A transaction as pgbench runs it, and how often among others.
pub struct Script {
    /// Its text.
    pub text: String,
    /// Its weight.
    pub weight: u64,
}

/// How pgbench is run.
pub struct Plan {
    /// Transactions.
    pub scripts: Vec<Script>,
    /// Whether a commit waits for the disk.
    pub durable: bool,
    /// SQL statements of a transaction, without BEGIN, SET and COMMIT.
    pub statements: f64,
}

/// Runs it for a time with all clients.
pub fn round(bench: &Bench<'_>, plan: &Plan, time: Duration) -> Result<Round, String> {
    let clients = bench.settings.clients.to_string();
    let seconds = time.as_secs().max(1).to_string();
    let threads = bench.settings.clients.min(2).to_string();
    run(
        bench.scratch,
        plan,
        &["--client", &clients, "--jobs", &threads, "--time", &seconds],
    )
}

/// Runs a few transactions with one client.
pub fn few(bench: &Bench<'_>, plan: &Plan, count: usize) -> Result<Round, String> {
    run(
        bench.scratch,
        plan,
        &["--client", "1", "--transactions", &count.to_string()],
    )
}

fn run(scratch: &Scratch, plan: &Plan, arguments: &[&str]) -> Result<Round, String> {
    scratch.stop.check()?;
    let directory = scratch.directory.join("pgbench");
    let _ = fs::remove_dir_all(&directory);
    let round = run_in(&directory, scratch, plan, arguments);
    let _ = fs::remove_dir_all(&directory);
    round
}

fn run_in(directory: &Path, scratch: &Scratch, plan: &Plan, arguments: &[&str]) -> Result<Round, String> {
    fs::create_dir_all(directory).map_err(|e| format!("{} cannot be made: {e}.", directory.display()))?;
    let mut command: Command = scratch.command("pgbench");
    // The same choice that the server makes: plans over many partitions are made once.
    let durable = if plan.durable {
        ""
    } else {
        " -c synchronous_commit=off"
    };
    command
        .env(
            "PGOPTIONS",
            format!("-c plan_cache_mode=force_generic_plan{durable}"),
        )
        .args(["--protocol=prepared", "--no-vacuum", "--log", "--define=n=0"])
        .arg(format!("--log-prefix={}", directory.join("log").display()))
        .arg(format!("--random-seed={SEED}"))
        .args(arguments);
    for (number, script) in plan.scripts.iter().enumerate() {
        let path = directory.join(format!("script-{number}.sql"));
        fs::write(&path, &script.text).map_err(|e| format!("{} cannot be written: {e}.", path.display()))?;
        command
            .arg("--file")
            .arg(format!("{}@{}", path.display(), script.weight));
    }
    let before = Cpu::now(scratch.postgres.pid());
    let output = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .map_err(|e| format!("pgbench cannot be run: {e}."))?;
    let cpu = Cpu::now(scratch.postgres.pid()).since(before);
    let said = String::from_utf8_lossy(&output.stderr);
    scratch.stop.check()?;
    if !output.status.success() || said.contains("aborted") {
        return Err(format!("pgbench: {}", said.trim()));
    }
    let told = String::from_utf8_lossy(&output.stdout);
    let per_second = told
        .lines()
        .find_map(|line| {
            line.strip_prefix("tps = ")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .ok_or_else(|| format!("pgbench did not say how fast it was: {told}"))?;
    let mut micros = latencies(directory)?;
    Ok(Round {
        per_second,
        count: micros.len() as u64,
        p50: percentile(&mut micros, 50),
        p99: percentile(&mut micros, 99),
        statements: plan.statements,
        // What this process used meanwhile is nobody's.
        cpu: Cpu { server: 0, ..cpu },
    })
}

/// The third column of the logs: microseconds of each transaction.
fn latencies(directory: &Path) -> Result<Vec<u32>, String> {
    let unreadable = |e: std::io::Error| format!("The log of pgbench cannot be read: {e}.");
    let mut micros = Vec::new();
    for entry in fs::read_dir(directory).map_err(unreadable)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("log") {
            let text = fs::read_to_string(entry.path()).map_err(unreadable)?;
            micros.extend(
                text.lines()
                    .filter_map(|line| line.split_whitespace().nth(2)?.parse::<u32>().ok()),
            );
        }
    }
    Ok(micros)
}
