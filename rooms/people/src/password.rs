//! Passwords: what is one, and how it is kept.
//!
//! One argon2id gives 64 bytes, which HKDF splits in two: a verifier, which the database keeps,
//! and a key for a clinician's vault, which nobody keeps. Neither tells anything of the other.

use std::fmt;
use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;
use zxcvbn::{Score, zxcvbn};

/// Shortest password, in characters: a second factor is always asked too (NIST SP 800-63B-4
/// §3.1.1.2, July 2025).
pub const CHARACTERS_MIN: usize = 8;
/// Longest password, in characters: far above the 64 that must be accepted, and short enough that
/// nobody can keep a processor busy with one.
pub const CHARACTERS_MAX: usize = 256;

/// What one guess costs whoever guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes that could run side by side.
    pub lanes: u32,
}

impl Cost {
    /// What OWASP's Password Storage Cheat Sheet asks of argon2id: 19 MiB, two passes, one lane.
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// The least that argon2 takes: for tests, and for nothing that stays.
    pub const LEAST: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };
}

/// A password as it was typed, in Unicode's NFC, so that an é is the same from every keyboard.
/// It is wiped when it is dropped, and never printed.
pub struct Password(Zeroizing<String>);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a text is no password to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`CHARACTERS_MIN`] characters.
    Short,
    /// More than [`CHARACTERS_MAX`].
    Long,
    /// Among the first million that anybody would try.
    Guessed,
}

impl Password {
    /// Reads what was typed. Nothing is trimmed and nothing cut: a space is a character.
    pub fn typed(text: &str) -> Self {
        Self(Zeroizing::new(text.nfc().collect()))
    }

    /// Whether it may be chosen. No rule asks for digits or signs: length and luck count.
    ///
    /// In place of a list that it must not be on, it must not be among the first million guesses
    /// by zxcvbn: 94,000 words in English, of passwords that leaked, of names and of television,
    /// with what people do to them (digits behind, `0` for `o`, dates, keys in a row), and the
    /// person's own name and address.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn may_be_chosen(&self, own_words: &[&str]) -> Result<(), Weak> {
        let characters = self.0.chars().count();
        if characters < CHARACTERS_MIN {
            return Err(Weak::Short);
        }
        if CHARACTERS_MAX < characters {
            return Err(Weak::Long);
        }
        let own = variants(own_words);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        match zxcvbn(&self.0, &own).score() {
            Score::Zero | Score::One => Err(Weak::Guessed),
            _ => Ok(()),
        }
    }
}

/// A person's own words as they would type them: whole, in one, and each by itself.
fn variants(own_words: &[&str]) -> Vec<String> {
    let mut own = vec!["trellis".to_owned()];
    for words in own_words {
        let words = words.to_lowercase();
        let each = words.split(|sign: char| !sign.is_alphanumeric());
        own.extend(each.clone().map(str::to_owned));
        own.push(each.collect());
        own.push(words);
    }
    own
}

/// What the database keeps of a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// Makes the same password of two people two verifiers.
    pub salt: [u8; 16],
    /// What it cost.
    pub cost: Cost,
    /// What the right password gives.
    pub verifier: [u8; 32],
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept(…)")
    }
}

/// The hashing did not happen: the process has no memory, or is ending.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct NotHashed;

/// Hashes passwords, as many at once as half the cores: signing in must not stop the house.
#[derive(Debug, Clone)]
pub struct Hasher {
    cost: Cost,
    turns: Arc<Semaphore>,
}

impl Hasher {
    /// A hasher at this cost.
    pub fn at(cost: Cost) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { cost, turns: Arc::new(Semaphore::new((cores / 2).max(1))) }
    }

    /// What is kept of a password that was chosen.
    ///
    /// # Errors
    /// [`NotHashed`].
    pub async fn keep(&self, password: Password, salt: [u8; 16]) -> Result<Kept, NotHashed> {
        let cost = self.cost;
        let verifier = self.verifier(password, salt, cost).await?;
        Ok(Kept { salt, cost, verifier })
    }

    /// Whether it is the password that is kept. Where none is kept, the same work is done: how
    /// long an answer takes tells nobody who is known here.
    ///
    /// # Errors
    /// [`NotHashed`].
    pub async fn is_right(
        &self,
        password: Password,
        kept: Option<&Kept>,
    ) -> Result<bool, NotHashed> {
        let nobody = Kept { salt: [0; 16], cost: self.cost, verifier: [0; 32] };
        let against = kept.unwrap_or(&nobody);
        let verifier = self.verifier(password, against.salt, against.cost).await?;
        let is_same: bool = verifier.ct_eq(&against.verifier).into();
        Ok(is_same && kept.is_some())
    }

    async fn verifier(
        &self,
        password: Password,
        salt: [u8; 16],
        cost: Cost,
    ) -> Result<[u8; 32], NotHashed> {
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| NotHashed)?;
        let hashing = tokio::task::spawn_blocking(move || {
            let split = split(&password, &salt, cost);
            drop(turn);
            split
        });
        let (verifier, _vault_key) = hashing.await.map_err(|_| NotHashed)??;
        Ok(verifier)
    }
}

type Split = ([u8; 32], Zeroizing<[u8; 32]>);

fn split(password: &Password, salt: &[u8; 16], cost: Cost) -> Result<Split, NotHashed> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(64));
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.map_err(|_| NotHashed)?);
    let mut whole = Zeroizing::new([0; 64]);
    argon2
        .hash_password_into(password.0.as_bytes(), salt, whole.as_mut_slice())
        .map_err(|_| NotHashed)?;
    let parts = Hkdf::<Sha256>::new(None, whole.as_slice());
    let mut verifier = [0; 32];
    let mut vault_key = Zeroizing::new([0; 32]);
    parts.expand(b"trellis verifier 1", &mut verifier).map_err(|_| NotHashed)?;
    parts.expand(b"trellis vault key 1", vault_key.as_mut_slice()).map_err(|_| NotHashed)?;
    Ok((verifier, vault_key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_luck_make_a_password_and_nothing_else_does() {
        let own = ["Ada Reyes", "ada@elm.example"];
        let long = "a quiet river and 34 lamps ".repeat(3);
        for (text, answer) in [
            ("plum tractor 9 violet", Ok(())),
            ("vbxqkwmzjt", Ok(())),
            ("грушевый трактор", Ok(())),
            (long.as_str(), Ok(())),
            ("7 chars", Err(Weak::Short)),
            ("", Err(Weak::Short)),
            ("password1", Err(Weak::Guessed)),
            ("P@ssw0rd1", Err(Weak::Guessed)),
            ("qwertyuiop", Err(Weak::Guessed)),
            ("adareyes1", Err(Weak::Guessed)),
            ("trellis1", Err(Weak::Guessed)),
            ("aaaaaaaaaaaa", Err(Weak::Guessed)),
        ] {
            assert_eq!(Password::typed(text).may_be_chosen(&own), answer, "{text}");
        }
        let too_long = Password::typed(&"x y".repeat(100));
        assert_eq!(too_long.may_be_chosen(&own), Err(Weak::Long));
    }

    #[test]
    fn one_word_is_one_password_from_every_keyboard() {
        let composed = split(&Password::typed("caf\u{e9} noir"), &[1; 16], Cost::LEAST).unwrap();
        let apart = split(&Password::typed("cafe\u{301} noir"), &[1; 16], Cost::LEAST).unwrap();

        assert_eq!(composed.0, apart.0);
    }

    #[test]
    fn verifier_and_vault_key_are_two_and_the_salt_changes_both() {
        let one = split(&Password::typed("plum tractor"), &[1; 16], Cost::LEAST).unwrap();
        let other = split(&Password::typed("plum tractor"), &[2; 16], Cost::LEAST).unwrap();

        assert_ne!(one.0, *one.1);
        assert_ne!(one.0, other.0);
        assert_ne!(*one.1, *other.1);
    }

    #[test]
    fn a_password_is_not_printed() {
        assert_eq!(format!("{:?}", Password::typed("plum tractor")), "Password(…)");
    }
}
