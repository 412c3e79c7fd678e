//! A private Redis on a unix socket, which a test may stop, freeze and start again.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use rustix::process::Signal;

use crate::ending::{self, Companion};
use crate::eventually;

/// A running Redis without persistence: what it held is gone after [`RedisServer::stop`].
pub struct RedisServer {
    directory: PathBuf,
    process: Mutex<Option<Companion>>,
}

impl RedisServer {
    /// Starts a server and waits until it accepts connections.
    pub fn start() -> Self {
        let server = Self {
            directory: ending::directory("redis"),
            process: Mutex::new(None),
        };
        server.start_again();
        server
    }

    /// `redis+unix:///…`
    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.socket().display())
    }

    fn socket(&self) -> PathBuf {
        self.directory.join("redis.sock")
    }

    /// Starts it at the same address after [`RedisServer::stop`].
    pub fn start_again(&self) {
        let mut command = Command::new("redis-server");
        command.args([
            "--port",
            "0",
            "--save",
            "",
            "--appendonly",
            "no",
            "--daemonize",
            "no",
        ]);
        command
            .arg("--unixsocket")
            .arg(self.socket())
            .arg("--dir")
            .arg(&self.directory);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        *self.process.lock().unwrap() = Some(Companion::start(&mut command));
        eventually("Redis accepts connections", || {
            UnixStream::connect(self.socket()).ok()
        });
    }

    /// Ends it at once; connections break.
    pub fn stop(&self) {
        *self.process.lock().unwrap() = None;
    }

    /// Lets it answer nothing while connections stay open.
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Ends [`RedisServer::freeze`].
    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        if let Some(process) = self.process.lock().unwrap().as_mut() {
            process.signal(signal);
        }
    }
}
