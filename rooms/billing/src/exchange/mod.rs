//! What goes to payers and comes from them, kept as it was. For now over a folder: a file for the
//! partner is laid into `out`, what came is taken from `in`. SFTP comes later, behind these verbs.

pub(crate) mod queries;

use std::io;
use std::path::{Path, PathBuf};

use ground::db::{self, Tx};
use ids::{PracticeId, Uuid};
use sha2::{Digest, Sha256};

/// The column that is sealed: a payer's file holds names, numbers of members, and bank accounts.
const SEALED: &str = "billing.file.sealed";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Claims.
    Claims,
    /// A payment.
    Remittance,
    /// A syntax check.
    Ack999,
    /// Whether claims were received.
    Ack277,
    /// Something that is not read here.
    Other,
}

impl Format {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claims => "837P",
            Self::Remittance => "835",
            Self::Ack999 => "999",
            Self::Ack277 => "277CA",
            Self::Other => "other",
        }
    }
}

/// A file about to be kept.
pub(crate) struct New<'a> {
    pub direction: &'static str,
    pub format: Format,
    pub name: &'a str,
    pub control: Option<u32>,
    pub refused: Option<&'a str>,
}

/// Keeps bytes as they are; the file that is there already, where the same bytes came before.
pub(crate) async fn keep(
    tx: &mut Tx,
    practice: PracticeId,
    new: &New<'_>,
    bytes: &[u8],
) -> db::Result<(Uuid, bool)> {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    if let Some(before) = queries::by_hash(tx, practice, new.direction, &hash).await? {
        return Ok((before, false));
    }
    let id: Uuid = tx.house().new_id();
    let sealed = tx.seal(practice, SEALED, id, bytes).await?;
    queries::insert(tx, practice, id, new, &sealed, &hash).await?;
    Ok((id, true))
}

/// Keeps what goes out.
pub(crate) async fn keep_outgoing(
    tx: &mut Tx,
    practice: PracticeId,
    name: &str,
    control: u32,
    bytes: &[u8],
) -> db::Result<Uuid> {
    let format = Format::Claims;
    let new = New { direction: "out", format, name, control: Some(control), refused: None };
    Ok(keep(tx, practice, &new, bytes).await?.0)
}

/// A file's bytes, as they came or went.
///
/// # Errors
/// As the database says.
pub async fn bytes_of(
    tx: &mut Tx,
    practice: PracticeId,
    file: Uuid,
) -> db::Result<Option<Vec<u8>>> {
    let Some(sealed) = queries::sealed(tx, practice, file).await? else { return Ok(None) };
    let clear = tx.open(practice, SEALED, file, &sealed).await?;
    Ok(Some(clear.to_vec()))
}

/// Files that went out and that no answer names yet, the oldest first: id and name.
///
/// # Errors
/// As the database says.
pub async fn outgoing(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<(Uuid, String)>> {
    queries::unanswered(tx, practice).await
}

/// A folder that both sides can reach.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder, made with its two parts where they are missing.
    ///
    /// # Errors
    /// As the file system says.
    pub fn at(path: &Path) -> io::Result<Self> {
        for part in ["out", "in"] {
            std::fs::create_dir_all(path.join(part))?;
        }
        Ok(Self(path.to_owned()))
    }

    /// Lays a file where the partner takes it up: whole under its name, or not at all.
    ///
    /// # Errors
    /// As the file system says.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let (half, whole) = (self.0.join(format!("{name}.half")), self.0.join("out").join(name));
        std::fs::write(&half, bytes)?;
        std::fs::rename(half, whole)
    }

    /// What came, by name. It stays until it was kept: [`done`](Self::done).
    ///
    /// # Errors
    /// As the file system says.
    pub fn came(&self) -> io::Result<Vec<(String, Vec<u8>)>> {
        let mut came = Vec::new();
        for entry in std::fs::read_dir(self.0.join("in"))? {
            let path = entry?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
                came.push((name.to_owned(), std::fs::read(&path)?));
            }
        }
        came.sort();
        Ok(came)
    }

    /// Takes away what was kept.
    ///
    /// # Errors
    /// As the file system says.
    pub fn done(&self, name: &str) -> io::Result<()> {
        std::fs::remove_file(self.0.join("in").join(name))
    }
}
