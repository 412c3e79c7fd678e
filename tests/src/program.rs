//! The real `busbar` binary as a child process: what a test proves here is true of what people run.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::ending::{self, Companion};
use crate::{eventually, stage};

/// A running `busbar serve`. Killed when dropped.
pub struct Program {
    process: Companion,
    base_url: String,
    log: PathBuf,
    data_dir: PathBuf,
}

impl Program {
    /// Starts `busbar serve` on a free port against the stage's database, Redis and mail server, and waits
    /// until `/health/ready` answers 200. `environment` adds settings or replaces those of the stage; an
    /// empty value takes a setting away. Nothing is inherited but the search path.
    pub fn serve(environment: &[(&str, &str)]) -> Self {
        Self::start(&["serve"], environment)
    }

    /// As [`Program::serve`], with the arguments of the command line given.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let data_dir = ending::directory("program");
        Self::start_in(&data_dir, arguments, environment)
    }

    /// As [`Program::start`] on a data directory that an earlier program left.
    pub fn start_in(data_dir: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let address = free_address();
        let log = data_dir.join("program.log");
        let output = File::options().create(true).append(true).open(&log).unwrap();
        let mut command = command(arguments, environment, data_dir);
        if !environment.iter().any(|(name, _)| *name == "BUSBAR_LISTEN") {
            command.env("BUSBAR_LISTEN", &address);
        }
        command.stdout(output.try_clone().unwrap()).stderr(output);
        let listen = environment
            .iter()
            .find(|(name, _)| *name == "BUSBAR_LISTEN")
            .map_or(&*address, |(_, value)| value);
        let base_url = format!("http://{listen}");
        let process = Companion::start(&mut command);
        let mut program = Self {
            process,
            base_url,
            log,
            data_dir: data_dir.to_owned(),
        };
        eventually("the program is ready", || {
            assert!(
                program.process.running(),
                "the program ended while it started:\n{}",
                program.log()
            );
            (program.status("/health/ready") == Some(200)).then_some(())
        });
        program
    }

    /// `http://127.0.0.1:port`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Its `BUSBAR_DATA_DIR`.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Everything that it printed so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// `kill -9`; returns when the process has ended.
    pub fn kill9(&mut self) {
        self.process.kill9();
    }

    /// SIGTERM, and waits for the end. Returns the exit code, `None` when a signal ended it.
    pub fn terminate(&mut self) -> Option<i32> {
        self.process.signal(Signal::TERM);
        let process = &mut self.process;
        eventually("the program ends", || process.child().try_wait().unwrap()).code()
    }

    /// Freezes (`true`) or wakes the process.
    pub fn freeze(&mut self, frozen: bool) {
        self.process
            .signal(if frozen { Signal::STOP } else { Signal::CONT });
    }

    /// Status of a plain GET, without a runtime; `None` when nobody answers.
    pub fn status(&self, path: &str) -> Option<u16> {
        let host = self.base_url.strip_prefix("http://")?;
        let mut stream = TcpStream::connect(host).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.split(' ').nth(1)?.parse().ok()
    }
}

/// Runs a subcommand (`busbar migrate status`) against the stage to its end.
pub fn busbar(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let data_dir = ending::directory("command");
    command(arguments, environment, &data_dir).output().unwrap()
}

/// The binary beside the test executable.
pub fn binary() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let path = own.parent().and_then(Path::parent).unwrap().join("busbar");
    assert!(
        path.exists(),
        "{} is absent: `make test` builds it, or cargo build --workspace --bins",
        path.display()
    );
    path
}

fn command(arguments: &[&str], environment: &[(&str, &str)], data_dir: &Path) -> Command {
    let mut command = Command::new(binary());
    command
        .args(arguments)
        .current_dir(data_dir)
        .stdin(Stdio::null())
        .env_clear();
    #[expect(
        clippy::disallowed_methods,
        reason = "the program finds Postgres by the search path of the tests"
    )]
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let stage = stage();
    let own = [
        ("BUSBAR_DATA_DIR", data_dir.display().to_string()),
        ("DATABASE_URL", stage.urls().runtime.clone()),
        ("DATABASE_WORKER_URL", stage.urls().worker.clone()),
        ("DATABASE_OWNER_URL", stage.urls().owner.clone()),
        ("REDIS_URL", stage.redis().url()),
        ("SMTP_URL", stage.mailbox().url()),
        ("BUSBAR_SIGNING_KEY", crate::town::SIGNING_KEY.to_owned()),
        ("BUSBAR_TRIES_PER_ADDRESS", "1000000".to_owned()),
    ];
    command.envs(own);
    for (name, value) in environment {
        if value.is_empty() {
            command.env_remove(name);
        } else {
            command.env(name, value);
        }
    }
    command
}

/// An address of this machine that is free at this moment.
pub fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string()
}
