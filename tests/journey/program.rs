//! The program as a process of its own, on a data folder of its own.

use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use ground::cluster::{Cluster, Folder};
use ground::db::Stores;

/// A data folder that goes when the test ends.
pub struct Data(pub PathBuf);

impl Data {
    /// A new one.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("trellis-journey-{}-{count}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    /// Ways into the database of the program that runs here.
    pub fn stores(&self) -> Stores {
        let folder = Folder::open(&self.0).unwrap();
        Stores::private(&Cluster::attach(&folder).unwrap())
    }

    /// The process number of its PostgreSQL.
    pub fn postgres(&self) -> i32 {
        let text = std::fs::read_to_string(self.0.join("postgres/postmaster.pid")).unwrap();
        text.lines().next().unwrap().trim().parse().unwrap()
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running program. It is killed when dropped, if it did not end before.
pub struct Program {
    child: Child,
    /// The line that said that it is ready.
    pub ready: String,
}

impl Program {
    /// Starts a command and waits for its first line, which it prints once it is ready.
    pub fn start(data: &Data, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut child = command(data, arguments)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut ready).unwrap();
        assert!(!ready.is_empty(), "the program ended before it was ready");
        Self { child, ready }
    }

    /// Where its pages are.
    pub fn address(&self) -> &str {
        self.ready.rsplit(' ').next().unwrap_or_default().trim()
    }

    /// Starts a command that must fail, and gives what it said.
    pub fn refusal(data: &Data, arguments: &[&str]) -> String {
        let said = ask(data, arguments, b"");
        assert_ne!(said.code, 0);
        said.err
    }

    /// Its process number.
    pub fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).unwrap()
    }

    /// Waits until it has ended, however that comes.
    pub fn wait(mut self) {
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command said, and how it ended.
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Starts a command, gives it `input` and waits for its end.
pub fn ask(data: &Data, arguments: &[&str], input: &[u8]) -> Said {
    ask_with(data, arguments, &[], input)
}

/// The same, with settings.
pub fn ask_with(data: &Data, arguments: &[&str], settings: &[(&str, &str)], input: &[u8]) -> Said {
    let mut command = command(data, arguments);
    command.envs(settings.iter().copied());
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    // It may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Said { code, out: text(output.stdout), err: text(output.stderr) }
}

#[allow(clippy::disallowed_methods, reason = "starts the program itself")]
fn command(data: &Data, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trellis"));
    command
        .args(arguments)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("TRELLIS_DATA", &data.0)
        .env("TRELLIS_LISTEN", "127.0.0.1:0");
    command
}

/// `kill -9`, which nobody can catch.
pub fn kill_9(pid: i32) {
    use nix::sys::signal::{Signal, kill};
    kill(nix::unistd::Pid::from_raw(pid), Signal::SIGKILL).unwrap();
}
