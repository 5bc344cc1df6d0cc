//! The data folder: who owns what in it, where the socket lies, and who holds it.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::fcntl::{Flock, FlockArg};
use nix::unistd::{Gid, Uid, User, chown};
use sha2::{Digest, Sha256};

use super::{Error, Socket};

/// Longest path of a unix socket that Linux takes, in bytes, less `/.s.PGSQL.5432`.
const SOCKET_FOLDER_BYTES_MAX: usize = 92;

/// A data folder and the operating-system user that runs its PostgreSQL.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The data folder itself.
    pub path: PathBuf,
    /// The user that PostgreSQL runs as where this program is root.
    pub other_user: Option<(Uid, Gid)>,
}

impl Folder {
    /// Makes the data folder if need be. As root, PostgreSQL refuses to run: it gets the user
    /// `postgres`, which Debian's package brings.
    ///
    /// # Errors
    /// [`Error::Folder`] where the folder cannot be made or reached, [`Error::Binaries`] where
    /// root finds no user `postgres`.
    pub fn open(path: &Path) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(Error::folder("cannot make", path))?;
        let path = path.canonicalize().map_err(Error::folder("cannot reach", path))?;
        if !Uid::effective().is_root() {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700))
                .map_err(Error::folder("cannot close to others", &path))?;
            return Ok(Self { path, other_user: None });
        }
        let user = User::from_name("postgres").ok().flatten().ok_or_else(|| {
            Error::Binaries(
                "there is no system user named postgres to run the database as; on Debian: \
                 apt-get install postgresql"
                    .into(),
            )
        })?;
        for above in path.ancestors() {
            let mode = fs::metadata(above).map_err(Error::folder("cannot reach", above))?.mode();
            if mode & 0o001 == 0 && above != path {
                return Err(Error::Start(format!(
                    "its user postgres cannot pass through {}; give another folder with \
                     TRELLIS_DATA, such as /var/lib/trellis",
                    above.display()
                )));
            }
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o711))
            .map_err(Error::folder("cannot open for PostgreSQL", &path))?;
        Ok(Self { path, other_user: Some((user.uid, user.gid)) })
    }

    /// Where the cluster lies.
    pub fn cluster(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// What PostgreSQL says of itself: no statements and no values are in it.
    pub fn log(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    /// Where secrets of the house lie, such as the root key.
    pub fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    /// The folder of the socket. It is short whatever the data folder is called, since a socket's
    /// path has at most 107 bytes.
    pub fn socket(&self) -> Socket {
        let digest = Sha256::digest(self.path.as_os_str().as_encoded_bytes());
        let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let uid = Uid::effective();
        let folder = if uid.is_root() {
            PathBuf::from(format!("/run/trellis-{name}"))
        } else {
            let own = PathBuf::from(format!("/run/user/{uid}"));
            let base = if own.is_dir() { own } else { PathBuf::from("/tmp") };
            base.join(format!("trellis-{uid}-{name}"))
        };
        debug_assert!(folder.as_os_str().len() <= SOCKET_FOLDER_BYTES_MAX);
        Socket(folder)
    }

    /// Makes a folder that only PostgreSQL's user (and root) can enter.
    pub(super) fn make_own(&self, path: &Path) -> Result<(), Error> {
        fs::create_dir_all(path).map_err(Error::folder("cannot make", path))?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))
            .map_err(Error::folder("cannot close to others", path))?;
        let owner = fs::symlink_metadata(path).map_err(Error::folder("cannot reach", path))?;
        let wanted = self.other_user.map_or(Uid::effective(), |(uid, _)| uid);
        if owner.is_symlink() || (owner.uid() != wanted.as_raw() && self.other_user.is_none()) {
            let theirs = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
            return Err(Error::folder("somebody else made", path)(theirs));
        }
        if let Some((uid, gid)) = self.other_user {
            chown(path, Some(uid), Some(gid))
                .map_err(|e| Error::folder("cannot give away", path)(e.into()))?;
        }
        Ok(())
    }

    /// Takes the folder for as long as the value lives; the system lets go at any death.
    pub(super) fn take(&self) -> Result<Flock<File>, Error> {
        let path = self.path.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::folder("cannot open", &path))?;
        Flock::lock(file, FlockArg::LockExclusiveNonblock)
            .map_err(|_| Error::Taken(self.path.clone()))
    }

    /// Whether a program serves from this folder now.
    pub fn is_taken(&self) -> bool {
        matches!(self.take(), Err(Error::Taken(_)))
    }
}
