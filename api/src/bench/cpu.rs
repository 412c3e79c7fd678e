//! Processor time of this process, of its bench clients, of Postgres and of finished children, from `/proc`.

use std::fs;

/// Name of the threads that ask; their time is told apart from the server's.
pub const CLIENT_THREAD: &str = "bench-client";
/// What the kernel counts in: `USER_HZ` is 100 on every Linux.
const MILLISECONDS_PER_TICK: u64 = 10;

/// Processor milliseconds since the beginning.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpu {
    /// This process without its bench clients.
    pub server: u64,
    /// Bench clients that live, and children that ended.
    pub clients: u64,
    /// The Postgres server with all its processes, ended ones included.
    pub postgres: u64,
}

/// Fields of a `stat` file after the name: the parent, then own time and time of awaited children.
struct Stat {
    parent: u32,
    own: u64,
    children: u64,
}

fn stat(path: &str) -> Option<Stat> {
    let text = fs::read_to_string(path).ok()?;
    // The name stands in brackets and may hold anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let tick = |place: usize| fields.get(place).and_then(|f| f.parse::<u64>().ok());
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: tick(11)? + tick(12)?,
        children: tick(13)? + tick(14)?,
    })
}

fn names(directory: &str) -> Vec<String> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries
        .filter_map(|e| e.file_name().into_string().ok())
        .filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
        .collect()
}

impl Cpu {
    /// As it stands now; zeros where there is no `/proc`.
    pub fn now(postmaster: u32) -> Cpu {
        let of_threads: u64 = names("/proc/self/task")
            .iter()
            .filter(|id| {
                fs::read_to_string(format!("/proc/self/task/{id}/comm"))
                    .is_ok_and(|n| n.trim() == CLIENT_THREAD)
            })
            .filter_map(|id| stat(&format!("/proc/self/task/{id}/stat")))
            .map(|s| s.own)
            .sum();
        let own = stat("/proc/self/stat");
        let (mine, ended) = own.map_or((0, 0), |s| (s.own, s.children));
        let backends: u64 = names("/proc")
            .iter()
            .filter_map(|id| stat(&format!("/proc/{id}/stat")))
            .filter(|s| s.parent == postmaster)
            .map(|s| s.own)
            .sum();
        let master = stat(&format!("/proc/{postmaster}/stat")).map_or(0, |s| s.own + s.children);
        Cpu {
            server: mine.saturating_sub(of_threads) * MILLISECONDS_PER_TICK,
            clients: (of_threads + ended) * MILLISECONDS_PER_TICK,
            postgres: (master + backends) * MILLISECONDS_PER_TICK,
        }
    }

    /// What was used since then.
    pub fn since(self, then: Cpu) -> Cpu {
        Cpu {
            server: self.server.saturating_sub(then.server),
            clients: self.clients.saturating_sub(then.clients),
            postgres: self.postgres.saturating_sub(then.postgres),
        }
    }
}
