//! Ends what the tests started when the test process ends: also after a panic, an abort or `kill -9`, when
//! no destructor of ours runs. A shell waits on a pipe whose other end only we hold; when it closes, the
//! shell kills the registered processes and every Postgres below the directory, and removes the directory.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

/// Postgres gets SIGQUIT, its immediate shutdown: SIGKILL would leave shared memory behind.
const SCRIPT: &str = r#"
read -r line
for file in "$1"/processes/*; do
    [ -e "$file" ] && kill -KILL "${file##*/}" 2>/dev/null
done
find "$1" -name postmaster.pid | while read -r file; do
    pid=$(sed -n 1p "$file"); sockets=$(sed -n 5p "$file")
    kill -QUIT "$pid" 2>/dev/null
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
    case "$sockets" in /run/busbar-*|/tmp/busbar-*) rm -rf "$sockets" ;; esac
done
rm -rf "$1"
"#;

static ROOT: LazyLock<(PathBuf, Child)> = LazyLock::new(|| {
    // Not TMPDIR: socket paths have to be short, and Postgres's account may be shut out of it.
    let name = format!(
        "busbar-tests-{}-{:08x}",
        std::process::id(),
        rand::random::<u32>()
    );
    let root = Path::new("/tmp").join(name);
    // Others may pass through: Postgres runs under an account of its own when the tests run as root.
    fs::DirBuilder::new().mode(0o711).create(&root).unwrap();
    fs::create_dir(root.join("processes")).unwrap();
    let watcher = Command::new("/bin/sh")
        .args(["-c", SCRIPT, "sh"])
        .arg(&root)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-C ends the tests; the shell has work to do after that.
        .process_group(0)
        .spawn()
        .unwrap();
    (root, watcher)
});

/// The directory of this test process, removed when it ends.
pub fn root() -> &'static Path {
    &ROOT.0
}

/// A fresh directory below [`root`], its name starting with `name`.
pub fn directory(name: &str) -> PathBuf {
    let path = root().join(format!("{name}-{:08x}", rand::random::<u32>()));
    fs::DirBuilder::new().mode(0o711).create(&path).unwrap();
    path
}

/// A child process that does not outlive the tests. Killed when dropped.
#[derive(Debug)]
pub struct Companion {
    child: Child,
    note: PathBuf,
}

impl Companion {
    /// Starts `command`; panics when it cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let note = root().join("processes").join(child.id().to_string());
        fs::write(&note, "").unwrap();
        Self { child, note }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The child itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Sends a signal; nothing happens when the process has ended.
    pub fn signal(&mut self, signal: rustix::process::Signal) {
        if self.running() {
            let pid = rustix::process::Pid::from_child(&self.child);
            let _ = rustix::process::kill_process(pid, signal);
        }
    }

    /// Whether the process has not ended yet.
    pub fn running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// `kill -9`, and waits for the end.
    pub fn kill9(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.note);
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        self.kill9();
    }
}
