//! One running PostgreSQL: made, started, watched, stopped.

use std::fs::{self, File, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::fcntl::Flock;
use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid, User};

use super::{Binaries, Durability, Error, Folder, READY_WITHIN, SUPERUSER, Socket};

/// PostgreSQL is started again this often within a minute, then the program ends.
const RESTARTS_PER_MINUTE_MAX: usize = 5;
/// How often a start or a death is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A running cluster. Dropping it stops PostgreSQL (fast shutdown: open work is rolled back).
#[derive(Debug)]
pub struct Cluster {
    socket: Socket,
    stop: Option<Sender<()>>,
    keeper: Option<JoinHandle<()>>,
    _lock: Flock<File>,
}

impl Cluster {
    /// Starts the cluster in `folder`, which is made first where there is none.
    ///
    /// # Errors
    /// [`Error::Taken`] where another program has the folder; else what PostgreSQL said.
    pub fn start(folder: &Folder, durability: Durability) -> Result<Self, Error> {
        let lock = folder.take()?;
        let binaries = Binaries::find()?;
        let socket = folder.socket();
        folder.make_own(&socket.0)?;
        if folder.cluster().join("PG_VERSION").exists() {
            check_version(folder, &binaries)?;
        } else {
            make(folder, &binaries, durability)?;
        }
        clear_the_dead(folder)?;

        let (stop, stopped) = mpsc::channel();
        let (ready, is_ready) = mpsc::channel();
        let watch = Watch { folder: folder.clone(), binaries, durability, socket: socket.clone() };
        // The signal that PostgreSQL gets at our death fires when the *thread* that started it
        // ends: so one thread starts it, and lives as long as it does.
        let keeper = std::thread::Builder::new()
            .name("postgres-keeper".into())
            .spawn(move || watch.keep(&ready, &stopped))
            .map_err(|e| Error::Start(e.to_string()))?;
        match is_ready.recv() {
            Ok(Ok(())) => Ok(Self { socket, stop: Some(stop), keeper: Some(keeper), _lock: lock }),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::Start("its keeper ended".into())),
        }
    }

    /// How to reach it.
    pub fn socket(&self) -> &Socket {
        &self.socket
    }

    /// How to reach the cluster that another program runs in `folder`.
    ///
    /// # Errors
    /// [`Error::NotRunning`] where nobody does.
    pub fn attach(folder: &Folder) -> Result<Socket, Error> {
        if folder.is_taken() {
            return Ok(folder.socket());
        }
        Err(Error::NotRunning(folder.path.clone()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(keeper) = self.keeper.take() {
            // A keeper that panicked has nothing left to stop.
            let _ = keeper.join();
        }
    }
}

/// What the keeper's thread knows.
struct Watch {
    folder: Folder,
    binaries: Binaries,
    durability: Durability,
    socket: Socket,
}

impl Watch {
    fn keep(&self, ready: &Sender<Result<(), Error>>, stopped: &Receiver<()>) {
        let mut child = match self.begin_patiently() {
            Ok(child) => child,
            Err(error) => {
                // Nobody waits any more only where the program is ending.
                let _ = ready.send(Err(error));
                return;
            }
        };
        let _ = ready.send(Ok(()));
        let mut restarts: Vec<Instant> = Vec::new();
        loop {
            match stopped.recv_timeout(LOOK_EVERY * 10) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return stop(child),
            }
            if let Ok(Some(status)) = child.try_wait() {
                restarts.retain(|at| at.elapsed() < Duration::from_secs(60));
                restarts.push(Instant::now());
                tracing::error!(%status, restarts = restarts.len(), "PostgreSQL ended by itself");
                let again = if RESTARTS_PER_MINUTE_MAX < restarts.len() {
                    Err(Error::Start("it ended six times within a minute".into()))
                } else {
                    clear_the_dead(&self.folder).and_then(|()| self.begin_patiently())
                };
                child = match again {
                    Ok(child) => child,
                    Err(error) => {
                        tracing::error!(%error, "PostgreSQL stays down; the program ends");
                        std::process::exit(70);
                    }
                };
            }
        }
    }

    /// Backends outlive a killed PostgreSQL by a moment, and hold its memory: then it is tried
    /// again, since they end at their next look around.
    fn begin_patiently(&self) -> Result<Child, Error> {
        let started = Instant::now();
        loop {
            match self.begin() {
                Err(Error::Start(said))
                    if said.contains("shared memory") && started.elapsed() < READY_WITHIN =>
                {
                    std::thread::sleep(LOOK_EVERY * 10);
                }
                answer => return answer,
            }
        }
    }

    /// Starts PostgreSQL and waits until it answers.
    fn begin(&self) -> Result<Child, Error> {
        let mut child = self.spawn()?;
        let started = Instant::now();
        let pid_file = self.folder.cluster().join("postmaster.pid");
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(Error::Start(format!("it ended with {status}; {}", self.last_words())));
            }
            // The eighth line says `ready` once connections are taken.
            let text = fs::read_to_string(&pid_file).unwrap_or_default();
            if text.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(child);
            }
            if READY_WITHIN < started.elapsed() {
                stop(child);
                return Err(Error::Start(format!(
                    "it was not ready within {} s; {}",
                    READY_WITHIN.as_secs(),
                    self.last_words()
                )));
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    #[allow(clippy::disallowed_methods, reason = "starts PostgreSQL")]
    #[allow(unsafe_code, reason = "asks the kernel to stop PostgreSQL when this program dies")]
    fn spawn(&self) -> Result<Child, Error> {
        let log_path = self.folder.log();
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log_path)
            .map_err(Error::folder("cannot write", &log_path))?;
        let mut command = Command::new(self.binaries.path("postgres"));
        command.arg("-D").arg(self.folder.cluster()).arg("-k").arg(&self.socket.0);
        for setting in settings(self.durability) {
            command.args(["-c", setting]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).current_dir("/");
        // Ctrl-C in a terminal goes to the program, which then stops PostgreSQL in its turn.
        command.process_group(0);
        as_its_user(&mut command, &self.folder);
        // SAFETY: the closure runs between fork and exec and makes one system call; it allocates
        // nothing. It comes after the change of user, which would clear the signal.
        unsafe {
            command.pre_exec(|| set_pdeathsig(Signal::SIGINT).map_err(Into::into));
        }
        command.spawn().map_err(|e| Error::Start(e.to_string()))
    }

    fn last_words(&self) -> String {
        let text = fs::read_to_string(self.folder.log()).unwrap_or_default();
        let last: Vec<&str> = text.lines().rev().take(3).collect();
        format!("{} says: {}", self.folder.log().display(), last.join(" / "))
    }
}

/// Settings that are ours whatever `postgresql.conf` says. Statements and values stay out of the
/// log, since they may hold health information.
fn settings(durability: Durability) -> Vec<&'static str> {
    let mut settings = vec![
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "max_connections=100",
        "shared_buffers=64MB",
        "password_encryption=scram-sha-256",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_statement=none",
        "log_min_error_statement=panic",
        "log_error_verbosity=terse",
        "log_parameter_max_length_on_error=0",
        "log_min_messages=fatal",
        "max_wal_size=512MB",
    ];
    if durability == Durability::None {
        settings.extend([
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=400",
        ]);
    }
    settings
}

fn as_its_user(command: &mut Command, folder: &Folder) {
    if let Some((uid, gid)) = folder.other_user {
        command.uid(uid.as_raw()).gid(gid.as_raw()).env_clear().env("PATH", "/usr/bin:/bin");
    }
    command.env("LC_ALL", "C.UTF-8");
}

#[allow(clippy::disallowed_methods, reason = "starts initdb")]
fn make(folder: &Folder, binaries: &Binaries, durability: Durability) -> Result<(), Error> {
    // Made beside its place and moved there when whole: what an interrupted first start left has
    // never been served from, and goes.
    let path = folder.path.join("postgres.making");
    if path.exists() {
        fs::remove_dir_all(&path).map_err(Error::folder("cannot remove", &path))?;
    }
    folder.make_own(&path)?;
    let mut command = Command::new(binaries.path("initdb"));
    command
        .arg("-D")
        .arg(&path)
        .args(["--username", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8"])
        .arg("--data-checksums")
        .current_dir("/");
    if durability == Durability::None {
        command.arg("--no-sync");
    }
    as_its_user(&mut command, folder);
    let output = command.output().map_err(|e| Error::Start(e.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Error::Start(format!("initdb: {}", said.trim())));
    }
    let write = |name: &str, text: &str| {
        let file = path.join(name);
        fs::write(&file, text).map_err(Error::folder("cannot write", &file))
    };
    write(
        "pg_hba.conf",
        "# Only this machine, only by the socket, and the system says who.\nlocal all all peer map=trellis\n",
    )?;
    write("pg_ident.conf", &ident()?)?;
    fs::rename(&path, folder.cluster()).map_err(Error::folder("cannot move", &path))
}

/// Which database roles this program's user may take: all of the house, and nobody else any.
fn ident() -> Result<String, Error> {
    let uid = Uid::effective();
    let user = User::from_uid(uid).ok().flatten().map(|user| user.name);
    let Some(user) = user else {
        return Err(Error::Start(format!("user {uid} has no name in /etc/passwd")));
    };
    let roles = [SUPERUSER, "trellis_owner", "trellis_app", "trellis_sequencer", "trellis_check"];
    Ok(roles.iter().map(|role| format!("trellis \"{user}\" {role}\n")).collect())
}

fn check_version(folder: &Folder, binaries: &Binaries) -> Result<(), Error> {
    let file = folder.cluster().join("PG_VERSION");
    let made = fs::read_to_string(&file).map_err(Error::folder("cannot read", &file))?;
    if made.trim() == binaries.major.to_string() {
        return Ok(());
    }
    Err(Error::Version { path: folder.cluster(), made: made.trim().into(), have: binaries.major })
}

/// After a `kill -9` of both, PostgreSQL refuses to start while a process (or a zombie) has the
/// number that `postmaster.pid` and the socket's lock name. We hold our own lock on the folder, so
/// no other Trellis runs: what is left is either a live PostgreSQL of this folder, which is asked to
/// stop, or nothing of ours, and then the files go.
fn clear_the_dead(folder: &Folder) -> Result<(), Error> {
    let pid_file = folder.cluster().join("postmaster.pid");
    let lock_file = folder.socket().0.join(".s.PGSQL.5432.lock");
    for file in [&pid_file, &lock_file] {
        let Some(pid) = first_line(file).and_then(|line| line.parse::<i32>().ok()) else {
            continue;
        };
        let started = Instant::now();
        while is_live_postgres(pid, folder) {
            if READY_WITHIN < started.elapsed() {
                return Err(Error::Start(format!(
                    "process {pid} of an earlier start will not end"
                )));
            }
            // It is ours and nobody serves from it any more.
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
            std::thread::sleep(LOOK_EVERY);
        }
    }
    for file in [pid_file, lock_file, folder.socket().0.join(".s.PGSQL.5432")] {
        match fs::remove_file(&file) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::folder("cannot remove", &file)(e));
            }
            _ => {}
        }
    }
    Ok(())
}

fn first_line(file: &Path) -> Option<String> {
    fs::read_to_string(file).ok()?.lines().next().map(|line| line.trim().to_owned())
}

/// Whether `pid` is a PostgreSQL that runs on this folder, and no zombie.
fn is_live_postgres(pid: i32, folder: &Folder) -> bool {
    let proc = Path::new("/proc").join(pid.to_string());
    let stat = fs::read_to_string(proc.join("stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().next());
    let command = fs::read(proc.join("cmdline")).unwrap_or_default();
    let cluster = folder.cluster();
    let names_folder = command
        .split(|byte| *byte == 0)
        .any(|argument| argument == cluster.as_os_str().as_encoded_bytes());
    names_folder && !matches!(state, Some("Z" | "X") | None)
}

/// Fast shutdown; a PostgreSQL that does not end in time is killed, which costs a recovery.
fn stop(mut child: Child) {
    let pid = i32::try_from(child.id()).map(Pid::from_raw);
    if let Ok(pid) = pid {
        // It may have ended already.
        let _ = kill(pid, Signal::SIGINT);
    }
    let started = Instant::now();
    while let Ok(None) = child.try_wait() {
        if READY_WITHIN < started.elapsed() {
            let _ = child.kill();
        }
        std::thread::sleep(LOOK_EVERY);
    }
}
