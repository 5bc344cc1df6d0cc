//! Keys: the root key in a file, a key for each practice under it, and sealed columns.
//!
//! A practice's key is drawn by chance, wrapped by the root key, and kept by generation. Losing the
//! root key loses what was sealed: back it up apart from the database.

use std::fmt;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use ids::{PracticeId, Uuid};
use seal::{Key, Place};
use zeroize::Zeroizing;

use crate::db::{self, Instant, Tx};
use crate::house::secret;

/// Every sealed column of the house. A test looks for clear text in all others.
pub const SEALED: &[&str] = &[
    "billing.file.sealed",
    "chart.amendment.sealed",
    "chart.diagnosis.code_sealed",
    "chart.note_aside.sealed",
    "chart.note_text.sealed",
    "ground.letter.sealed",
    "ground.practice_key.wrapped",
    "leads.lead.concern_sealed",
    "offers.offer.snapshot_sealed",
    "intake.answer.sealed",
    "intake.coverage.member_sealed",
    "people.credential.totp_sealed",
    "people.tax_id.ssn_sealed",
];

/// What belongs to a person and to no practice is sealed for this one, with a key of the house
/// that comes from the root key: nobody can be asked for a practice before they are known.
pub const HOUSE: PracticeId = PracticeId(Uuid::nil());

const WRAPPED: &str = "ground.practice_key.wrapped";
/// The root key has no generations yet; its wrapping says so.
const ROOT_GENERATION: u32 = 1;

/// The key that wraps the keys of practices.
#[derive(Clone)]
pub struct RootKey(Key);

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(…)")
    }
}

/// Why there is no root key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read or made.
    #[error("the root key {path}: {why}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl RootKey {
    /// A key for a test, or one that was handed over.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Key::from_bytes(bytes))
    }

    /// Reads `root.key` in `folder`, or draws and writes a new one where there is none. The file
    /// holds 64 hexadecimal digits and is readable by its owner alone.
    ///
    /// # Errors
    /// [`Error::File`], also where others may read the file.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("root.key");
        let fault = |why: String| Error::File { path: path.clone(), why };
        match std::fs::metadata(&path) {
            Ok(found) if found.permissions().mode() & 0o077 != 0 => {
                Err(fault("others may read it; `chmod 600` it".into()))
            }
            Ok(_) => {
                let text = Zeroizing::new(
                    std::fs::read_to_string(&path).map_err(|e| fault(e.to_string()))?,
                );
                let bytes = from_hex(text.trim()).ok_or_else(|| {
                    fault("it holds no 64 hexadecimal digits; bring back your copy of it".into())
                })?;
                Ok(Self::from_bytes(bytes))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                Self::draw(folder, &path).map_err(|e| fault(e.to_string()))
            }
            Err(e) => Err(fault(e.to_string())),
        }
    }

    fn draw(folder: &Path, path: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        let bytes: [u8; 32] = secret();
        let text: Zeroizing<String> =
            Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
        // Written whole beside its place, then moved there: half a key is worse than none.
        let making = folder.join("root.key.making");
        let _ = std::fs::remove_file(&making);
        let mut file =
            std::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(&making)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&making, path)?;
        std::fs::File::open(folder)?.sync_all()?;
        Ok(Self::from_bytes(bytes))
    }
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

impl Tx {
    /// Seals a value for one practice, column and row, under the practice's newest key; the first
    /// value of a practice makes its key.
    ///
    /// # Errors
    /// As the database says; [`db::Error::Broken`] where the practice's key does not open.
    pub async fn seal(
        &mut self,
        practice: PracticeId,
        column: &'static str,
        row: Uuid,
        clear: &[u8],
    ) -> db::Result<Vec<u8>> {
        assert!(SEALED.contains(&column), "{column} is listed among the sealed columns");
        let (generation, key) = if practice == HOUSE {
            (ROOT_GENERATION, house_key(self))
        } else {
            match newest(self, practice).await? {
                Some(found) => found,
                None => first(self, practice).await?,
            }
        };
        Ok(key.seal(generation, secret(), &place(practice, column, row), clear))
    }

    /// Opens what [`seal`](Self::seal) sealed.
    ///
    /// # Errors
    /// [`db::Error::Broken`] where the value was changed, moved, or its key is not there.
    pub async fn open(
        &mut self,
        practice: PracticeId,
        column: &'static str,
        row: Uuid,
        sealed: &[u8],
    ) -> db::Result<Zeroizing<Vec<u8>>> {
        let broken = |why: String| db::Error::Broken { table: column, id: row.to_string(), why };
        let generation = seal::generation(sealed).map_err(|e| broken(e.to_string()))?;
        let key = of_generation(self, practice, generation)
            .await?
            .ok_or_else(|| broken(format!("the practice has no key of generation {generation}")))?;
        key.open(&place(practice, column, row), sealed).map_err(|e| broken(e.to_string()))
    }
}

fn house_key(tx: &Tx) -> Key {
    tx.house().root_key().0.derive("trellis house key 1")
}

fn place(practice: PracticeId, column: &str, row: Uuid) -> Place<'_> {
    Place { practice: practice.0.into_bytes(), column, row: row.into_bytes() }
}

fn unwrap_key(tx: &Tx, practice: PracticeId, wrapped: &[u8]) -> db::Result<Key> {
    let root = &tx.house().root_key().0;
    root.unwrap_key(&place(practice, WRAPPED, practice.0), wrapped).map_err(|e| db::Error::Broken {
        table: WRAPPED,
        id: practice.to_string(),
        why: e.to_string(),
    })
}

async fn newest(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<(u32, Key)>> {
    let found: Option<(i32, Vec<u8>)> = sqlx::query_as(
        "select k.generation, k.wrapped
           from ground.practice_key k
          where k.practice_id = $1
          order by k.generation desc
          limit 1",
    )
    .bind(practice.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((generation, wrapped)) = found else {
        return Ok(None);
    };
    let key = unwrap_key(tx, practice, &wrapped)?;
    Ok(Some((generation.unsigned_abs(), key)))
}

async fn of_generation(
    tx: &mut Tx,
    practice: PracticeId,
    generation: u32,
) -> db::Result<Option<Key>> {
    if practice == HOUSE {
        return Ok((generation == ROOT_GENERATION).then(|| house_key(tx)));
    }
    let found: Option<Vec<u8>> = sqlx::query_scalar(
        "select k.wrapped
           from ground.practice_key k
          where k.practice_id = $1
            and k.generation = $2",
    )
    .bind(practice.0)
    .bind(i64::from(generation))
    .fetch_optional(&mut **tx)
    .await?;
    found.map(|wrapped| unwrap_key(tx, practice, &wrapped)).transpose()
}

/// Makes the first key of a practice. Two transactions may race: the constraint lets one win, and
/// both read what won.
async fn first(tx: &mut Tx, practice: PracticeId) -> db::Result<(u32, Key)> {
    let root = tx.house().root_key().0.clone();
    let key = Key::from_bytes(secret());
    let at = place(practice, WRAPPED, practice.0);
    let wrapped = root.wrap(ROOT_GENERATION, secret(), &at, &key);
    let now = tx.house().now();
    sqlx::query(
        "insert into ground.practice_key (practice_id, generation, wrapped, made_at)
         values ($1, 1, $2, $3)
             on conflict (practice_id, generation) do nothing",
    )
    .bind(practice.0)
    .bind(wrapped)
    .bind(Instant(now))
    .execute(&mut **tx)
    .await?;
    newest(tx, practice).await?.ok_or_else(|| db::Error::Broken {
        table: WRAPPED,
        id: practice.to_string(),
        why: "its first key was not kept".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_key_is_drawn_once_and_read_by_its_owner_alone() {
        let folder = std::env::temp_dir().join(format!("trellis-key-{}", std::process::id()));

        RootKey::open(&folder).unwrap();
        let first = std::fs::read_to_string(folder.join("root.key")).unwrap();
        RootKey::open(&folder).unwrap();
        let second = std::fs::read_to_string(folder.join("root.key")).unwrap();
        assert_eq!(first, second);

        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(folder.join("root.key"), open).unwrap();
        assert!(RootKey::open(&folder).unwrap_err().to_string().contains("chmod 600"));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn half_a_key_is_no_key() {
        assert_eq!(from_hex("ab"), None);
        assert_eq!(from_hex(&"zz".repeat(32)), None);
        assert_eq!(from_hex(&"0f".repeat(32)), Some([15; 32]));
    }
}
