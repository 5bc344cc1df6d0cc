//! One Chromium for the whole test run: it starts with an empty profile, reaches nothing beyond
//! this machine, and ends with the process that started it, however that ends.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use chromiumoxide::Connection;
use tokio::runtime::Builder;

use super::screen::Screen;
use super::tab::Tab;
use super::wire::{Wire, drive};

/// A shell stands between: it lives until its standard input closes, which the kernel does when the
/// test process ends by any cause, then kills Chromium with all its children and removes the
/// profile. Chromium takes the profile for its home, so that it leaves nothing elsewhere either.
const LIFE: &str = r#"
command -v chromium >/dev/null || { echo 'apt-get install chromium' >&2; exit 1; }
profile=$(mktemp -d -t trellis-browser.XXXXXX)
echo "profile $profile" >&2
HOME=$profile TMPDIR=$profile setsid chromium --user-data-dir="$profile" "$@" </dev/null &
cat
exec 2>/dev/null
kill -9 "-$!" || kill -9 "$!"
wait
until rm -rf "$profile"; do :; done
"#;

const FLAGS: [&str; 15] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
    // A scroll bar takes width on some systems and none on others.
    "--hide-scrollbars",
    // Several people act at once; none of their tabs is "in the background".
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    // A page that is left is gone, with whatever the harness still asks of it.
    "--disable-features=BackForwardCache",
    // A page that asks for a foreign host is found out, and the host does not hear of it.
    concat!(
        "--host-resolver-rules=MAP * ~NOTFOUND,",
        "EXCLUDE localhost,EXCLUDE *.localhost,EXCLUDE 127.0.0.1"
    ),
];

const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// The running Chromium, and the address whose paths its tabs visit.
#[derive(Clone)]
pub struct Browser {
    wire: Wire,
    base: String,
}

impl Browser {
    /// The Chromium of this process, started by whoever asks first.
    pub fn start() -> Browser {
        static RUNNING: OnceLock<Wire> = OnceLock::new();
        let wire = RUNNING.get_or_init(launch).clone();
        Browser { wire, base: String::new() }
    }

    /// The same browser with `base` (`http://127.0.0.1:4000`) before every path.
    pub fn at(&self, base: &str) -> Browser {
        Browser { wire: self.wire.clone(), base: base.trim_end_matches('/').to_string() }
    }

    /// A new tab with cookies of its own: to the site, another person.
    pub async fn tab(&self, screen: Screen) -> Tab {
        Tab::open(self.wire.clone(), self.base.clone(), screen)
            .await
            .unwrap_or_else(|why| panic!("no tab opened: {why}"))
    }
}

/// Chromium's wire is driven by a thread of its own, since each test has a runtime of its own.
fn launch() -> Wire {
    let (wire, orders) = Wire::new();
    let (started, start) = mpsc::channel();
    let running = async move {
        let process = Process::start()?;
        let socket = Connection::connect(&process.address).await.map_err(|e| e.to_string())?;
        let _ = started.send(());
        drive(socket, orders).await;
        Ok(())
    };
    let thread = thread::Builder::new().name("chromium".into()).spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.map_err(|e| e.to_string())?.block_on(running)
    });
    let thread = thread.expect("a thread can be started");

    match start.recv_timeout(STARTS_WITHIN) {
        Ok(()) => wire,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            panic!("Chromium did not start in {STARTS_WITHIN:?}")
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let outcome: Result<(), String> = thread.join().expect("the thread does not panic");
            panic!("Chromium did not start: {}", outcome.err().unwrap_or_default())
        }
    }
}

/// The shell around Chromium. Both end when `life` is dropped.
pub(super) struct Process {
    pub shell: Child,
    pub life: ChildStdin,
    pub profile: String,
    pub address: String,
}

impl Process {
    #[allow(clippy::disallowed_methods, reason = "the browser of the tests is a process")]
    pub fn start() -> Result<Process, String> {
        let mut shell = Command::new("sh")
            .args(["-c", LIFE, "sh"])
            .args(FLAGS)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            // Ctrl-C in a terminal ends the tests, and by that Chromium; not the shell before it.
            .process_group(0)
            .spawn()
            .map_err(|e| e.to_string())?;
        let life = shell.stdin.take().ok_or("standard input is piped")?;
        let stderr = shell.stderr.take().ok_or("standard error is piped")?;

        let (mut profile, mut said) = (String::new(), String::new());
        let mut lines = BufReader::new(stderr).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some(path) = line.strip_prefix("profile ") {
                profile = path.to_string();
            }
            if let Some(address) = line.strip_prefix("DevTools listening on ") {
                // The rest is read and let go: a full pipe would stop Chromium.
                thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
                return Ok(Process { shell, life, profile, address: address.to_string() });
            }
            said = said + &line + "\n";
        }
        Err(said)
    }
}
