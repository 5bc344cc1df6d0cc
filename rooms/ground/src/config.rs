//! Settings: read once at start, from an optional file and the environment, into one type.
//!
//! Every setting is `name` in the file (TOML) and `TRELLIS_NAME` in the environment; the
//! environment wins. A secret may also be read from a file, by `TRELLIS_NAME_FILE` or `name_file`.
//! An unknown name or two settings that contradict each other stop the start with a sentence.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use nix::unistd::Uid;

use crate::web::Proxies;

/// Where the program listens unless told otherwise: loopback only.
const LISTEN: &str = "127.0.0.1:4780";
/// Largest settings file, in bytes: a longer one is a mistake.
const FILE_BYTES_MAX: u64 = 65_536;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// For a person at a terminal.
    Text,
    /// One JSON object a line, for a machine.
    Json,
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A private PostgreSQL cluster in the data folder, started and stopped with the program.
    Private,
    /// A PostgreSQL (15 or later) that somebody else runs; one connection string for each role.
    Given {
        /// For `trellis_app`, which serves.
        app: String,
        /// For `trellis_owner`, which migrates.
        owner: String,
        /// For `trellis_sequencer`, which numbers audit rows.
        sequencer: String,
        /// For `trellis_check`, which runs the invariants.
        check: String,
    },
}

/// What the program was told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data folder: cluster, keys, files.
    pub data: PathBuf,
    /// Where the database is.
    pub database: Database,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The origin that people see, without a slash at its end: links in mail begin with it. Where
    /// it was not told, it follows from the port.
    pub origin: Option<String>,
    /// Whose word is taken for where a request comes from.
    pub trusted_proxies: Proxies,
    /// The mail server (`smtp://user:password@host:port`, `smtps://…`), if there is one.
    pub smtp_url: Option<String>,
    /// The sender of mail.
    pub mail_from: String,
    /// What to log, as `tracing` directives.
    pub log: String,
    /// How log lines are written.
    pub log_form: LogForm,
}

/// One setting: its name, whether it is a secret, and what it means.
#[derive(Debug)]
pub struct Setting {
    /// Name in the file; `TRELLIS_` and the name in capitals in the environment.
    pub name: &'static str,
    /// A secret may be read from a file.
    pub is_secret: bool,
    /// One line for `trellis --help`.
    pub says: &'static str,
}

const fn plain(name: &'static str, says: &'static str) -> Setting {
    Setting { name, is_secret: false, says }
}

const fn secret(name: &'static str, says: &'static str) -> Setting {
    Setting { name, is_secret: true, says }
}

/// Every setting there is; `trellis --help` prints this table.
pub const SETTINGS: &[Setting] = &[
    plain("config", "an optional file (TOML) with any of the settings below"),
    plain("data", "the data folder; /var/lib/trellis as root, else ~/.local/share/trellis"),
    secret("database_url", "connection string of role trellis_app; without it: a private cluster"),
    secret("owner_database_url", "connection string of role trellis_owner, which migrates"),
    secret("sequencer_database_url", "connection string of role trellis_sequencer (audit)"),
    secret("check_database_url", "connection string of role trellis_check (invariants)"),
    plain("listen", "address and port; 127.0.0.1:4780"),
    plain("origin", "what people type, such as https://trellis.example; http://localhost:PORT"),
    plain("trusted_proxies", "proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8, ::1"),
    secret("smtp_url", "mail server, smtp://user:password@host:port or smtps://…"),
    plain("mail_from", "sender of mail; Trellis <trellis@localhost>"),
    plain("log", "what to log, such as warn or info,ground=debug"),
    plain("log_form", "text or json"),
];

/// Why the program does not start.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Fault(String);

fn fault<T>(sentence: impl Into<String>) -> Result<T, Fault> {
    Err(Fault(sentence.into()))
}

impl Settings {
    /// Reads the settings of this process. `file` is what `--config` says.
    ///
    /// # Errors
    /// A sentence that names the setting and what to do.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn read(file: Option<&Path>) -> Result<Self, Fault> {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let xdg = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
        let environment: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, _)| name.starts_with("TRELLIS_") && !name.starts_with("TRELLIS_TEST_"))
            .map(|(name, value)| match value.into_string() {
                Ok(value) => Ok((name, value)),
                Err(_) => fault(format!("{name} is not UTF-8 text.")),
            })
            .collect::<Result<_, _>>()?;
        let folder = default_data(Uid::effective().is_root(), xdg, home);
        Self::from_sources(file, environment, folder)
    }

    /// Settings from given sources, so that a test needs no environment of its own.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn from_sources(
        file: Option<&Path>,
        environment: Vec<(String, String)>,
        default_data: Option<PathBuf>,
    ) -> Result<Self, Fault> {
        let mut told = BTreeMap::new();
        let mut from_environment = BTreeMap::new();
        for (name, value) in environment {
            let key = name.trim_start_matches("TRELLIS_").to_lowercase();
            insert(&mut from_environment, &name, &key, value)?;
        }
        let file = file
            .map(Path::to_path_buf)
            .or_else(|| from_environment.remove("config").map(PathBuf::from));
        if let Some(path) = file {
            read_file(&path, &mut told)?;
        }
        told.extend(from_environment);
        Self::from_told(told, default_data)
    }

    /// The origin that people see, where the program listens on this port. The name is `localhost`,
    /// since secure cookies and passkeys need one.
    pub fn origin_at(&self, port: u16) -> String {
        self.origin.clone().unwrap_or_else(|| format!("http://localhost:{port}"))
    }

    fn from_told(
        mut told: BTreeMap<String, String>,
        default_data: Option<PathBuf>,
    ) -> Result<Self, Fault> {
        let mut take = |name: &str| told.remove(name).filter(|value| !value.is_empty());
        let database = database(
            take("database_url"),
            take("owner_database_url"),
            take("sequencer_database_url"),
            take("check_database_url"),
        )?;
        let Some(data) = take("data").map(PathBuf::from).or(default_data) else {
            return fault("There is no home folder to keep data in: set TRELLIS_DATA to a folder.");
        };
        if data.is_relative() {
            return fault(format!("TRELLIS_DATA is {}: give a full path.", data.display()));
        }
        let listen: SocketAddr = match take("listen").as_deref().unwrap_or(LISTEN).parse() {
            Ok(address) => address,
            Err(_) => return fault("TRELLIS_LISTEN is an address and a port: 127.0.0.1:4780."),
        };
        let origin = take("origin");
        if origin.as_deref().is_some_and(|origin| !is_origin(origin)) {
            return fault(
                "TRELLIS_ORIGIN is http:// or https:// and a host, with no slash at its end.",
            );
        }
        let Some(trusted_proxies) = Proxies::read(&take("trusted_proxies").unwrap_or_default())
        else {
            return fault(
                "TRELLIS_TRUSTED_PROXIES is a list of addresses or networks: 127.0.0.1, \
                 10.0.0.0/8. A network with a prefix of 0 would be everybody.",
            );
        };
        let smtp_url = take("smtp_url");
        if let Some(url) = &smtp_url
            && !(url.starts_with("smtp://") || url.starts_with("smtps://"))
        {
            return fault("TRELLIS_SMTP_URL begins with smtp:// or smtps://.");
        }
        let log_form = match take("log_form").as_deref() {
            None | Some("text") => LogForm::Text,
            Some("json") => LogForm::Json,
            Some(_) => return fault("TRELLIS_LOG_FORM is text or json."),
        };
        Ok(Self {
            data,
            database,
            listen,
            origin,
            trusted_proxies,
            smtp_url,
            mail_from: take("mail_from").unwrap_or_else(|| "Trellis <trellis@localhost>".into()),
            log: take("log").unwrap_or_else(|| "info,sqlx=error".into()),
            log_form,
        })
    }
}

fn database(
    app: Option<String>,
    owner: Option<String>,
    sequencer: Option<String>,
    check: Option<String>,
) -> Result<Database, Fault> {
    let given = [&app, &owner, &sequencer, &check];
    for url in given.into_iter().flatten() {
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return fault("A database connection string begins with postgres:// or postgresql://.");
        }
    }
    match (app, owner, sequencer, check) {
        (None, None, None, None) => Ok(Database::Private),
        (Some(app), Some(owner), Some(sequencer), Some(check)) => {
            if app == owner {
                return fault(
                    "TRELLIS_DATABASE_URL and TRELLIS_OWNER_DATABASE_URL are the same: the role \
                     that serves must own nothing, or row security does not hold.",
                );
            }
            Ok(Database::Given { app, owner, sequencer, check })
        }
        _ => fault(
            "A database of your own needs all four: TRELLIS_DATABASE_URL, \
             TRELLIS_OWNER_DATABASE_URL, TRELLIS_SEQUENCER_DATABASE_URL and \
             TRELLIS_CHECK_DATABASE_URL. With none of them, Trellis keeps a private cluster.",
        ),
    }
}

fn default_data(is_root: bool, xdg: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    if is_root {
        return Some(PathBuf::from("/var/lib/trellis"));
    }
    xdg.filter(|path| path.is_absolute())
        .or_else(|| home.map(|home| home.join(".local/share")))
        .map(|share| share.join("trellis"))
}

fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    })
}

fn read_file(path: &Path, told: &mut BTreeMap<String, String>) -> Result<(), Fault> {
    let text = read_text(path, "The settings file")?;
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            return fault(format!(
                "The settings file {} is not TOML: {}.",
                path.display(),
                error.message()
            ));
        }
    };
    for (key, value) in table {
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            _ => return fault(format!("In {}, {key} is not text.", path.display())),
        };
        insert(told, &key, &key, value)?;
    }
    Ok(())
}

/// Adds one setting under its plain name; a secret's `…_file` is read.
fn insert(
    told: &mut BTreeMap<String, String>,
    shown: &str,
    key: &str,
    value: String,
) -> Result<(), Fault> {
    let known = |name: &str| SETTINGS.iter().find(|setting| setting.name == name);
    let (name, value) = match (known(key), key.strip_suffix("_file").and_then(known)) {
        (Some(setting), _) => (setting.name, value),
        (None, Some(setting)) if setting.is_secret => {
            let text = read_text(Path::new(&value), shown)?;
            (setting.name, text.trim_end_matches(['\r', '\n']).to_owned())
        }
        _ => {
            return fault(format!(
                "There is no setting {shown}. `trellis --help` lists those there are."
            ));
        }
    };
    match told.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => fault(format!("{name} is given twice, also as {shown}: keep one of them.")),
    }
}

fn read_text(path: &Path, what: &str) -> Result<String, Fault> {
    let read = || {
        if FILE_BYTES_MAX < std::fs::metadata(path)?.len() {
            return Err(std::io::Error::other("it is larger than 64 KiB"));
        }
        std::fs::read_to_string(path)
    };
    match read() {
        Ok(text) => Ok(text),
        Err(error) => fault(format!("{what} cannot be read from {}: {error}.", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(environment: &[(&str, &str)]) -> Result<Settings, Fault> {
        let environment =
            environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Settings::from_sources(None, environment, Some(PathBuf::from("/srv/trellis")))
    }

    fn refusal(environment: &[(&str, &str)]) -> String {
        read(environment).expect_err("these settings contradict each other").to_string()
    }

    #[test]
    fn with_nothing_told_a_private_cluster_serves_on_loopback() {
        let settings = read(&[]).unwrap();

        assert_eq!(settings.database, Database::Private);
        assert!(settings.listen.ip().is_loopback());
        assert_eq!(settings.origin_at(4780), "http://localhost:4780");
    }

    #[test]
    fn an_unknown_setting_stops_the_start_and_is_named() {
        assert!(refusal(&[("TRELLIS_LISTN", "0.0.0.0:80")]).contains("TRELLIS_LISTN"));
        assert!(refusal(&[("TRELLIS_DATA_FILE", "/x")]).contains("TRELLIS_DATA_FILE"));
    }

    #[test]
    fn settings_that_contradict_each_other_stop_the_start() {
        let one = "postgres://trellis_app@db/trellis";
        assert!(refusal(&[("TRELLIS_DATABASE_URL", one)]).contains("all four"));

        let same = [
            ("TRELLIS_DATABASE_URL", one),
            ("TRELLIS_OWNER_DATABASE_URL", one),
            ("TRELLIS_SEQUENCER_DATABASE_URL", "postgres://s@db/trellis"),
            ("TRELLIS_CHECK_DATABASE_URL", "postgres://c@db/trellis"),
        ];
        assert!(refusal(&same).contains("must own nothing"));
    }

    #[test]
    fn wrong_values_are_answered_with_what_to_write() {
        for (name, value) in [
            ("TRELLIS_LISTEN", "localhost"),
            ("TRELLIS_ORIGIN", "https://trellis.example/"),
            ("TRELLIS_ORIGIN", "trellis.example"),
            ("TRELLIS_SMTP_URL", "mail.example"),
            ("TRELLIS_TRUSTED_PROXIES", "10.0.0.0/8, the other one"),
            ("TRELLIS_TRUSTED_PROXIES", "0.0.0.0/0"),
            ("TRELLIS_LOG_FORM", "xml"),
            ("TRELLIS_DATA", "here"),
            ("TRELLIS_CHECK_DATABASE_URL", "mysql://x"),
        ] {
            let sentence = refusal(&[(name, value)]);
            assert!(sentence.ends_with('.') && 20 < sentence.len(), "{name}: {sentence}");
        }
    }

    #[test]
    fn a_secret_is_read_from_a_file_and_never_from_two_places() {
        let folder = std::env::temp_dir().join(format!("trellis-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let secret = folder.join("smtp");
        std::fs::write(&secret, "smtp://u:p@mail.example:587\n").unwrap();
        let path = secret.to_str().unwrap();

        let settings = read(&[("TRELLIS_SMTP_URL_FILE", path)]).unwrap();
        let twice = refusal(&[("TRELLIS_SMTP_URL", "smtp://x"), ("TRELLIS_SMTP_URL_FILE", path)]);

        assert_eq!(settings.smtp_url.as_deref(), Some("smtp://u:p@mail.example:587"));
        assert!(twice.contains("twice"));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let folder = std::env::temp_dir().join(format!("trellis-file-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("trellis.toml");
        std::fs::write(&file, "listen = '127.0.0.1:1'\nlog = 'debug'\n").unwrap();

        let told = vec![("TRELLIS_LISTEN".to_owned(), "127.0.0.1:2".to_owned())];
        let settings =
            Settings::from_sources(Some(&file), told, Some(PathBuf::from("/srv"))).unwrap();

        assert_eq!((settings.listen.port(), settings.log.as_str()), (2, "debug"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
