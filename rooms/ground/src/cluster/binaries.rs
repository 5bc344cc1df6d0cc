//! Where PostgreSQL's server binaries are on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Error;

/// The oldest PostgreSQL that Trellis works on.
pub const OLDEST_MAJOR: u32 = 15;

/// A folder with `initdb` and `postgres`, and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The folder.
    pub folder: PathBuf,
    /// Major version, such as 15.
    pub major: u32,
}

impl Binaries {
    /// Finds the newest suitable PostgreSQL: Debian's folders first, then `PATH`.
    ///
    /// # Errors
    /// [`Error::Binaries`] says what to install.
    pub fn find() -> Result<Self, Error> {
        let mut found: Vec<Self> = candidates().into_iter().filter_map(look).collect();
        found.sort_by_key(|binaries| binaries.major);
        match found.pop() {
            Some(newest) if OLDEST_MAJOR <= newest.major => Ok(newest),
            Some(old) => Err(Error::Binaries(format!(
                "PostgreSQL {} in {} is too old: install version {OLDEST_MAJOR} or later",
                old.major,
                old.folder.display()
            ))),
            None => Err(Error::Binaries(format!(
                "PostgreSQL {OLDEST_MAJOR} or later is not installed; on Debian: \
                 apt-get install postgresql"
            ))),
        }
    }

    /// The path of one program.
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

#[allow(clippy::disallowed_methods, reason = "PATH belongs to the machine, not to the settings")]
fn candidates() -> Vec<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian.chain(std::env::split_paths(&path)).collect()
}

fn look(folder: PathBuf) -> Option<Binaries> {
    let has = |program: &str| folder.join(program).is_file();
    if !(has("initdb") && has("postgres")) {
        return None;
    }
    // A link into a Debian folder is followed, so that both give the same answer.
    let folder = folder.join("postgres").canonicalize().ok()?.parent().map(Path::to_path_buf)?;
    let major = major_of(&folder)?;
    Some(Binaries { folder, major })
}

#[allow(clippy::disallowed_methods, reason = "asks a binary for its version")]
fn major_of(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    read_major(&String::from_utf8_lossy(&output.stdout))
}

/// The major version in `postgres (PostgreSQL) 15.18 (Debian …)`.
fn read_major(text: &str) -> Option<u32> {
    let version = text.split_whitespace().nth(2)?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        for (text, major) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 18beta1\n", Some(18)),
            ("postgres\n", None),
            ("", None),
        ] {
            assert_eq!(read_major(text), major, "{text}");
        }
    }

    #[test]
    fn this_machine_has_a_postgresql_that_is_new_enough() {
        assert!(OLDEST_MAJOR <= Binaries::find().unwrap().major);
    }
}
