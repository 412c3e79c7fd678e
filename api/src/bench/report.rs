//! What was measured, as a small table with the ratio that counts.

use super::cpu::Cpu;

/// One round of one contender.
#[derive(Clone, Debug)]
pub struct Round {
    /// Answers per second.
    pub per_second: f64,
    /// Answers in the round.
    pub count: u64,
    /// Median and 99th percentile of the latency, in milliseconds.
    pub p50: f64,
    /// 99th percentile.
    pub p99: f64,
    /// SQL statements per request, without BEGIN, SET, COMMIT and savepoints.
    pub statements: f64,
    /// Processor time of the round.
    pub cpu: Cpu,
}

/// The p-th percentile of latencies in microseconds, as milliseconds. Sorts them.
pub fn percentile(micros: &mut [u32], percent: usize) -> f64 {
    micros.sort_unstable();
    let place = (micros.len() * percent).div_ceil(100).saturating_sub(1);
    f64::from(micros.get(place).copied().unwrap_or(0)) / 1_000.0
}

/// The middle one by a measure.
fn median(rounds: &[Round], of: impl Fn(&Round) -> f64) -> f64 {
    let mut all: Vec<f64> = rounds.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds and counts of one run")]
fn each(milliseconds: u64, count: u64) -> f64 {
    milliseconds as f64 / count.max(1) as f64
}

/// Answers per second of the middle round.
pub fn rate(rounds: &[Round]) -> f64 {
    median(rounds, |r| r.per_second)
}

fn line(name: &str, rounds: &[Round]) {
    let of = |f: fn(&Round) -> f64| median(rounds, f);
    println!(
        "  {name:<9} {:>10.0} {:>9.2} {:>9.2} {:>11.1} {:>10.3} {:>10.3} {:>10.3}   {}",
        rate(rounds),
        of(|r| r.p50),
        of(|r| r.p99),
        of(|r| r.statements),
        of(|r| each(r.cpu.clients, r.count)),
        of(|r| each(r.cpu.server, r.count)),
        of(|r| each(r.cpu.postgres, r.count)),
        rounds
            .iter()
            .map(|r| format!("{:.0}", r.per_second))
            .collect::<Vec<_>>()
            .join(" ")
    );
}

/// Prints both contenders, medians over their rounds, and the ratio.
pub fn table(busbar: &[Round], limit: &[Round], goal: f64) {
    println!("\n                                                          CPU ms per request of");
    println!(
        "            requests/s    p50 ms    p99 ms  statements     client     server   Postgres   rounds"
    );
    line("busbar", busbar);
    line("pgbench", limit);
    let ratio = rate(busbar) / rate(limit).max(f64::MIN_POSITIVE);
    let met = if ratio >= goal { "met" } else { "missed" };
    // Neighbours on the machine take time from both, not always the same: processor time per request is steadier.
    let used = |rounds: &[Round]| {
        median(rounds, |r| {
            each(r.cpu.clients + r.cpu.server + r.cpu.postgres, r.count)
        })
    };
    let by_cpu = used(limit) / used(busbar).max(f64::MIN_POSITIVE);
    println!("\n  ratio {ratio:.2}, goal {goal:.2}: {met} (by processor time {by_cpu:.2})");
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_of_the_sorted_list() {
        let mut all: Vec<u32> = (1..=200).rev().map(|n| n * 1_000).collect();
        assert!((percentile(&mut all, 50) - 100.0).abs() < 1e-9);
        assert!((percentile(&mut all, 99) - 198.0).abs() < 1e-9);
        assert!(percentile(&mut [], 99).abs() < 1e-9);
    }
}
