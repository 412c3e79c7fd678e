//! The life of the embedded server: lock, take over what a killed program left, start, wait, stop.

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sha2::{Digest, Sha256};

use super::account::Account;
use super::binaries::Binaries;
use super::logins::{self, DatabaseUrls};
use super::{EmbeddedError, EmbeddedSettings, io};

/// How often a state is looked at while waiting: a start takes some 100 ms, so this adds nothing to it.
const POLL: Duration = Duration::from_millis(4);
/// Replaying the log after a crash of the machine may take this long before a start counts as failed.
const START_LIMIT: Duration = Duration::from_secs(120);
/// A fast shutdown writes a checkpoint; past this it is cut short, which costs a recovery and no data.
const FAST_STOP_LIMIT: Duration = Duration::from_secs(30);
const IMMEDIATE_STOP_LIMIT: Duration = Duration::from_secs(10);
/// Backends of a server that was killed alone end within moments and hold its memory until then.
const LEFTOVER_LIMIT: Duration = Duration::from_secs(10);
/// Unix sockets have no port, but Postgres names the socket file after one.
const PORT: u16 = 5432;
/// What a `sockaddr_un` holds, less the terminating zero.
const SOCKET_PATH_LIMIT: usize = 107;
/// Where the cluster goes when the account of the server cannot enter the data directory (under `/root`).
const ELSEWHERE: &str = "/var/lib/busbar";

/// A running server that belongs to this program. It stops when this value is dropped.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    urls: DatabaseUrls,
    cluster: PathBuf,
    socket_dir: PathBuf,
    child: Option<Child>,
    pid: u32,
    /// Held until the server has ended; the operating system lets go of it however the program ends.
    _lock: File,
}

impl EmbeddedPostgres {
    /// Starts the server of `settings.data_dir`, making the cluster, its logins and its database when they
    /// are absent, and returns when connections are accepted. Blocks; call it outside the async runtime.
    ///
    /// # Errors
    /// [`EmbeddedError::Held`] when another program holds the directory; see the other kinds there.
    pub fn start(settings: &EmbeddedSettings) -> Result<Self, EmbeddedError> {
        let began = Instant::now();
        let data_dir = &settings.data_dir;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(data_dir)
            .map_err(io("create the data directory", data_dir))?;
        let data_dir = &data_dir
            .canonicalize()
            .map_err(io("find the data directory", data_dir))?;
        let lock = take_lock(data_dir)?;
        let link = data_dir.join("postgres");
        let account = Account::choose(&link)?;
        if account.steps_down {
            // The server's account has to pass through; what lies beside the cluster stays closed by itself.
            fs::set_permissions(data_dir, fs::Permissions::from_mode(0o711))
                .map_err(io("open for passage", data_dir))?;
        }
        let existing = fs::read_to_string(link.join("PG_VERSION")).ok();
        let binaries = Binaries::find(existing.as_ref().and_then(|text| text.trim().parse().ok()))?;
        let socket_dir = socket_directory(data_dir, &account)?;
        let urls = DatabaseUrls::embedded(data_dir, &socket_dir)?;
        if existing.is_none() {
            make_cluster(settings, data_dir, &binaries, &account, &socket_dir)?;
        }
        let cluster = link.canonicalize().map_err(io("find", &link))?;
        let left_by_force = end_orphan(&cluster, &socket_dir)?;
        write_configuration(settings, &cluster, &socket_dir, &binaries, &account)?;

        let mut server = spawn(data_dir, &cluster, &binaries, &account)?;
        let leftover_until = Instant::now() + LEFTOVER_LIMIT;
        loop {
            match wait_until_ready(&mut server, &cluster, data_dir) {
                Ok(()) => break,
                // Backends of the dead server may still hold its memory, which refuses the new one.
                Err(EmbeddedError::Start(_))
                    if left_by_force && ended(&mut server) && Instant::now() < leftover_until =>
                {
                    std::thread::sleep(Duration::from_millis(50));
                    server = spawn(data_dir, &cluster, &binaries, &account)?;
                }
                Err(error) => {
                    end_child(&mut server);
                    return Err(error);
                }
            }
        }
        let pid = server.id();
        // From here on dropping the value ends the server, also when the set-up of the logins fails.
        let started = Self {
            urls,
            cluster,
            socket_dir,
            child: Some(server),
            pid,
            _lock: lock,
        };
        logins::set_up(&started.urls, data_dir)?;
        tracing::info!(
            version = binaries.major,
            pid,
            milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "embedded PostgreSQL is ready"
        );
        Ok(started)
    }

    /// Where each login finds the database.
    pub fn urls(&self) -> &DatabaseUrls {
        &self.urls
    }

    /// Directory of the unix socket.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Process id of the server.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Stops the server: open transactions are rolled back, a checkpoint is written. Blocks until it ended.
    ///
    /// # Errors
    /// When the process could not be signalled or awaited.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), EmbeddedError> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        for (signal, limit) in [
            (Signal::INT, FAST_STOP_LIMIT),
            (Signal::QUIT, IMMEDIATE_STOP_LIMIT),
            (Signal::KILL, IMMEDIATE_STOP_LIMIT),
        ] {
            // No stranger is hit: the id stays ours until the child is awaited.
            signal_process(child.id(), signal);
            let until = Instant::now() + limit;
            while Instant::now() < until {
                let ended = child.try_wait().map_err(|source| EmbeddedError::Io {
                    what: format!("wait for PostgreSQL, process {}", self.pid),
                    source,
                })?;
                if ended.is_some() {
                    let _ = fs::remove_dir(&self.socket_dir);
                    return Ok(());
                }
                std::thread::sleep(POLL);
            }
            tracing::warn!(pid = self.pid, cluster = %self.cluster.display(), "PostgreSQL is slow to end");
        }
        Err(EmbeddedError::Start(format!("process {} does not end", self.pid)))
    }
}

impl Drop for EmbeddedPostgres {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::error!(%error, "embedded PostgreSQL was not stopped");
        }
    }
}

/// URLs of the server that another program runs on `data_dir` at this moment (`busbar token` beside a
/// running `busbar serve`); `None` when no server runs there.
///
/// # Errors
/// When its secrets cannot be read, which takes the account of the program that runs it.
pub fn running(data_dir: &Path) -> Result<Option<DatabaseUrls>, EmbeddedError> {
    let Ok(data_dir) = data_dir.canonicalize() else {
        return Ok(None);
    };
    let Ok(cluster) = data_dir.join("postgres").canonicalize() else {
        return Ok(None);
    };
    match PidFile::read(&cluster) {
        Some(PidFile {
            pid,
            socket_dir: Some(socket_dir),
            ready: true,
        }) if is_server_of(pid, &cluster) => DatabaseUrls::embedded(&data_dir, &socket_dir).map(Some),
        _ => Ok(None),
    }
}

/// One holder per data directory. The file names the holder; the lock itself ends with the process.
fn take_lock(data_dir: &Path) -> Result<File, EmbeddedError> {
    let path = data_dir.join("busbar.lock");
    let mut file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(io("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            return Err(EmbeddedError::Held {
                data_dir: data_dir.to_owned(),
                pid: text.trim().parse().ok(),
            });
        }
        Err(fs::TryLockError::Error(source)) => return Err(io("lock", &path)(source)),
    }
    let mut note = || -> std::io::Result<()> {
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "{}", std::process::id())
    };
    note().map_err(io("write", &path))?;
    Ok(file)
}

/// A private directory with a short name that is the same at each start of one data directory.
fn socket_directory(data_dir: &Path, account: &Account) -> Result<PathBuf, EmbeddedError> {
    let parent = if account.steps_down && Path::new("/run").is_dir() {
        "/run"
    } else {
        "/tmp"
    };
    let digest = Sha256::digest(data_dir.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let directory = Path::new(parent).join(format!("busbar-{name}"));
    debug_assert!(directory.as_os_str().len() + "/.s.PGSQL.5432.lock".len() < SOCKET_PATH_LIMIT);
    match fs::DirBuilder::new().mode(0o700).create(&directory) {
        Ok(()) => account.give(&directory)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            // `/tmp` is everyone's: a directory or link that somebody else put here must not be used.
            let found = fs::symlink_metadata(&directory).map_err(io("look at", &directory))?;
            let owner = rustix::process::geteuid().as_raw();
            if !found.is_dir() || ![account.uid, owner].contains(&found.uid()) {
                return Err(EmbeddedError::Account(format!(
                    "{} is not a directory of ours; remove it",
                    directory.display()
                )));
            }
            account.give(&directory)?;
            fs::set_permissions(&directory, fs::Permissions::from_mode(0o700))
                .map_err(io("close", &directory))?;
        }
        Err(error) => return Err(io("create", &directory)(error)),
    }
    Ok(directory)
}

/// Makes the files of a new cluster aside and moves them into place whole.
fn make_cluster(
    settings: &EmbeddedSettings,
    data_dir: &Path,
    binaries: &Binaries,
    account: &Account,
    socket_dir: &Path,
) -> Result<(), EmbeddedError> {
    let link = data_dir.join("postgres");
    let aside = data_dir.join("postgres.new");
    for leftover in [&link, &aside] {
        // Without PG_VERSION there is no cluster here, only what an interrupted set-up or a lost target left.
        let removed = if leftover.is_symlink() {
            fs::remove_file(leftover)
        } else {
            fs::remove_dir(leftover)
        };
        match removed {
            Err(error) if error.kind() == std::io::ErrorKind::DirectoryNotEmpty && *leftover == aside => {
                fs::remove_dir_all(leftover).map_err(io("remove", leftover))?;
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(io("remove", leftover)(error));
            }
            _ => {}
        }
    }
    let near = account.can_enter(data_dir);
    let place = if near {
        aside.clone()
    } else {
        place_elsewhere(data_dir)?
    };
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&place)
        .map_err(io("create", &place))?;
    account.give(&place)?;

    // The server's account cannot read our secrets, so it gets the one it needs through its own directory.
    let password_file = socket_dir.join("password");
    let hand_over = |password: String| -> std::io::Result<()> {
        let _ = fs::remove_file(&password_file);
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&password_file)?;
        file.write_all(password.as_bytes())
    };
    hand_over(logins::secret(data_dir, logins::SUPERUSER)?).map_err(io("write", &password_file))?;
    account.give(&password_file)?;

    let mut initdb = account.command(&binaries.program("initdb"));
    initdb
        .arg("--pgdata")
        .arg(&place)
        .arg("--pwfile")
        .arg(&password_file)
        .args([
            "--username",
            logins::SUPERUSER,
            "--encoding=UTF8",
            "--no-locale",
            "--auth=scram-sha-256",
            "--no-instructions",
        ]);
    if !settings.durable {
        initdb.arg("--no-sync");
    }
    let output = initdb.output();
    let _ = fs::remove_file(&password_file);
    let output = output.map_err(io("run", &binaries.program("initdb")))?;
    if !output.status.success() {
        let text = format!("{}{}", tail(&output.stdout), tail(&output.stderr));
        return Err(EmbeddedError::Start(format!("initdb failed: {text}")));
    }
    let access = place.join("pg_hba.conf");
    fs::write(
        &access,
        "# Written by busbar: unix socket only, every login by password.\nlocal all all scram-sha-256\n",
    )
    .map_err(io("write", &access))?;
    if near {
        fs::rename(&aside, &link).map_err(io("put in place", &link))
    } else {
        tracing::info!(place = %place.display(), "the database lies outside the data directory, which the server's account cannot enter");
        std::os::unix::fs::symlink(&place, &link).map_err(io("link", &link))
    }
}

/// A fresh name under [`ELSEWHERE`]: only the link in the data directory leads there.
fn place_elsewhere(data_dir: &Path) -> Result<PathBuf, EmbeddedError> {
    let parent = Path::new(ELSEWHERE);
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o711)
        .create(parent)
        .map_err(io("create", parent))?;
    let name = data_dir
        .file_name()
        .map_or_else(|| "data".into(), |name| name.to_string_lossy());
    Ok(parent.join(format!(
        "{}-{:08x}",
        name.trim_start_matches('.'),
        rand::random::<u32>()
    )))
}

/// Writes the whole configuration at each start; `local.conf` beside it is the user's and wins.
fn write_configuration(
    settings: &EmbeddedSettings,
    cluster: &Path,
    socket_dir: &Path,
    binaries: &Binaries,
    account: &Account,
) -> Result<(), EmbeddedError> {
    let (memory, safety) = if settings.durable {
        ("256MB", "")
    } else {
        (
            "128MB",
            "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nwal_level = minimal\n\
             max_wal_senders = 0\n",
        )
    };
    // Quotes cannot occur in the socket directory: its name is made of hexadecimal digits.
    let text = format!(
        "# Written by busbar at each start. Put settings of your own into local.conf.
listen_addresses = ''
port = {PORT}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = {connections}
password_encryption = 'scram-sha-256'
timezone = 'UTC'

# One small machine, many short statements: planning extras cost more than they give.
shared_buffers = {memory}
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
checkpoint_timeout = 15min
max_wal_size = 1GB
{compression}{safety}
# A log of at most one week that names no person: no statements, no key values.
logging_collector = on
log_directory = 'log'
log_filename = 'postgres-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u '
log_error_verbosity = terse
log_min_error_statement = panic

include 'local.conf'
",
        socket = socket_dir.display(),
        connections = settings.max_connections,
        compression = if binaries.major >= 15 {
            "wal_compression = on\n"
        } else {
            ""
        },
    );
    let own = cluster.join("local.conf");
    if !own.exists() {
        fs::write(&own, "# Settings here win over postgresql.conf and are kept.\n")
            .map_err(io("write", &own))?;
        account.give(&own)?;
    }
    let path = cluster.join("postgresql.conf");
    let aside = cluster.join("postgresql.conf.new");
    fs::write(&aside, text).map_err(io("write", &aside))?;
    account.give(&aside)?;
    fs::rename(&aside, &path).map_err(io("put in place", &path))
}

/// Ends the server that a killed program left on this cluster, and clears away the files that name its
/// process id. Gives whether there was anything of the kind.
///
/// After a crash of the machine the id may belong to a stranger by now, which the server takes for itself
/// and refuses to start. We hold the lock of the data directory and have ended what ran here, so whatever
/// these files name is not at work on this cluster.
fn end_orphan(cluster: &Path, socket_dir: &Path) -> Result<bool, EmbeddedError> {
    let orphan = PidFile::read(cluster);
    if let Some(PidFile { pid, .. }) = orphan
        && is_server_of(pid, cluster)
    {
        tracing::warn!(pid, "ending the PostgreSQL that an earlier program left running");
        let gone = [
            (Signal::INT, Duration::from_secs(4)),
            (Signal::QUIT, IMMEDIATE_STOP_LIMIT),
        ]
        .iter()
        .any(|(signal, limit)| {
            signal_process(pid, *signal);
            let until = Instant::now() + *limit;
            while is_server_of(pid, cluster) && Instant::now() < until {
                std::thread::sleep(POLL);
            }
            !is_server_of(pid, cluster)
        });
        if !gone {
            let text = format!("process {pid}, left by an earlier program, does not end");
            return Err(EmbeddedError::Start(text));
        }
    }
    let socket = format!(".s.PGSQL.{PORT}");
    let stale = [
        cluster.join("postmaster.pid"),
        socket_dir.join(format!("{socket}.lock")),
        socket_dir.join(socket),
    ];
    for path in stale {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(io("remove", &path)(error));
            }
            _ => {}
        }
    }
    Ok(orphan.is_some())
}

fn spawn(
    data_dir: &Path,
    cluster: &Path,
    binaries: &Binaries,
    account: &Account,
) -> Result<Child, EmbeddedError> {
    let path = data_dir.join("postgres-start.log");
    let log = File::create(&path).map_err(io("create", &path))?;
    let log_too = log.try_clone().map_err(io("open", &path))?;
    account
        .command(&binaries.program("postgres"))
        .arg("-D")
        .arg(cluster)
        // A group of its own: Ctrl-C goes to the program, which lets go of its connections first.
        .process_group(0)
        .stdout(log)
        .stderr(log_too)
        .spawn()
        .map_err(io("run", &binaries.program("postgres")))
}

fn wait_until_ready(server: &mut Child, cluster: &Path, data_dir: &Path) -> Result<(), EmbeddedError> {
    let log = || {
        // The server's own log is written by another process, which is a moment behind.
        std::thread::sleep(Duration::from_millis(50));
        let early = fs::read(data_dir.join("postgres-start.log")).unwrap_or_default();
        format!(
            "{} · {}",
            tail(&early),
            tail(&newest_log(cluster).unwrap_or_default())
        )
    };
    let until = Instant::now() + START_LIMIT;
    while Instant::now() < until {
        if let Ok(Some(status)) = server.try_wait() {
            return Err(EmbeddedError::Start(format!("it ended with {status}: {}", log())));
        }
        if PidFile::read(cluster).is_some_and(|file| file.pid == server.id() && file.ready) {
            return Ok(());
        }
        std::thread::sleep(POLL);
    }
    Err(EmbeddedError::Start(format!(
        "not ready after {} s: {}",
        START_LIMIT.as_secs(),
        log()
    )))
}

/// What the server logged after it opened its own log.
fn newest_log(cluster: &Path) -> Option<Vec<u8>> {
    let files = fs::read_dir(cluster.join("log")).ok()?.flatten();
    let newest = files.max_by_key(|file| file.metadata().and_then(|found| found.modified()).ok())?;
    fs::read(newest.path()).ok()
}

fn ended(server: &mut Child) -> bool {
    !matches!(server.try_wait(), Ok(None))
}

fn end_child(server: &mut Child) {
    if !ended(server) {
        signal_process(server.id(), Signal::QUIT);
        let _ = server.wait();
    }
}

/// What the server writes about itself into `postmaster.pid`.
struct PidFile {
    pid: u32,
    socket_dir: Option<PathBuf>,
    ready: bool,
}

impl PidFile {
    fn read(cluster: &Path) -> Option<Self> {
        let text = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        Some(Self {
            pid: lines.first()?.parse().ok()?,
            socket_dir: lines.get(4).filter(|line| !line.is_empty()).map(PathBuf::from),
            ready: lines.get(7) == Some(&"ready"),
        })
    }
}

/// Whether process `pid` is the server of this cluster: ids are given away again after a crash. A process
/// that has ended but was not yet awaited has no command line and counts as gone.
fn is_server_of(pid: u32, cluster: &Path) -> bool {
    let line = fs::read(format!("/proc/{pid}/cmdline")).or_else(|error| {
        if Path::new("/proc/self").exists() {
            return Err(error);
        }
        Command::new("ps")
            .args(["-o", "command=", "-p", &pid.to_string()])
            .output()
            .map(|output| output.stdout)
    });
    let Ok(line) = line else { return false };
    let line = String::from_utf8_lossy(&line);
    let mut words = line.split('\0');
    if line.contains('\0') {
        words.next().is_some_and(|program| program.ends_with("postgres"))
            && words.any(|word| Path::new(word) == cluster)
    } else {
        line.contains("postgres") && line.contains(&*cluster.to_string_lossy())
    }
}

fn signal_process(pid: u32, signal: Signal) {
    if let Some(pid) = as_pid(pid) {
        // An error means that the process has ended, which is what the callers wait for.
        let _ = kill_process(pid, signal);
    }
}

fn as_pid(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().and_then(Pid::from_raw)
}

/// The last lines of an output, on one line.
fn tail(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(6)..].join(" · ")
}
