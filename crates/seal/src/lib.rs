//! Envelopes: a value sealed for one practice, one column and one row.
//!
//! A sealed value is `version (1) · generation (4, big endian) · nonce (24) · ciphertext and tag`.
//! The cipher is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): its 24-byte nonces may be drawn
//! by chance. Where a value belongs is bound to it as associated data, so that a value that is
//! copied to another row, column or practice does not open.
//!
//! There is no chance in this crate: nonces and new keys are passed in.
//!
//! ```
//! use seal::{Key, Place};
//!
//! let key = Key::from_bytes([7; 32]);
//! let place = Place { practice: [1; 16], column: "chart.note_text.body", row: [2; 16] };
//! let sealed = key.seal(3, [9; 24], &place, b"slept well");
//!
//! assert_eq!(seal::generation(&sealed), Ok(3));
//! assert_eq!(key.open(&place, &sealed).unwrap().as_slice(), b"slept well");
//! ```

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The only form of envelope so far.
const VERSION: u8 = 1;
/// Bytes before the ciphertext: version, generation, nonce.
const HEADER_BYTES: usize = 1 + 4 + 24;
/// Bytes of the authentication tag at the end.
const TAG_BYTES: usize = 16;

/// Why a value does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// Shorter than a header and a tag, or of a version that this program does not know.
    NotAnEnvelope,
    /// Another key, another place, or bytes that were changed.
    DoesNotOpen,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnEnvelope => "the value is not a sealed envelope",
            Self::DoesNotOpen => "the sealed value does not open with this key at this place",
        })
    }
}

impl std::error::Error for Error {}

/// Where a value belongs. All of it must be the same when the value is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The practice whose key seals.
    pub practice: [u8; 16],
    /// `schema.table.column`.
    pub column: &'a str,
    /// The row's own id.
    pub row: [u8; 16],
}

impl Place<'_> {
    fn associated(&self, header: &[u8]) -> Vec<u8> {
        // The column stands last, so that no two places read the same.
        [header, &self.practice, &self.row, self.column.as_bytes()].concat()
    }
}

/// A key of 256 bits. Prints nothing of itself and is wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key from 32 bytes drawn by chance or read from a key file.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key for one purpose, from this one (HKDF-SHA-256, RFC 5869).
    pub fn derive(&self, purpose: &str) -> Self {
        let mut bytes = [0; 32];
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(purpose.as_bytes(), &mut bytes)
            .expect("32 bytes is far below the limit of HKDF");
        Self(bytes)
    }

    /// Seals `clear` under the key's `generation`. The `nonce` must never repeat for a key: 24
    /// bytes drawn by chance do not.
    pub fn seal(
        &self,
        generation: u32,
        nonce: [u8; 24],
        place: &Place<'_>,
        clear: &[u8],
    ) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(HEADER_BYTES + clear.len() + TAG_BYTES);
        sealed.push(VERSION);
        sealed.extend_from_slice(&generation.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        let aad = place.associated(&sealed);
        let text = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: &aad })
            .expect("a value in memory is shorter than the cipher's limit of 256 GiB");
        sealed.extend_from_slice(&text);
        sealed
    }

    /// Opens what [`seal`](Self::seal) sealed at the same place with the same key.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        generation(sealed)?;
        let (header, text) = sealed.split_at(HEADER_BYTES);
        let mut nonce = [0; 24];
        nonce.copy_from_slice(&header[5..]);
        self.cipher()
            .decrypt(&XNonce::from(nonce), Payload { msg: text, aad: &place.associated(header) })
            .map(Zeroizing::new)
            .map_err(|_| Error::DoesNotOpen)
    }

    /// Seals another key: a practice's key under the root key, a vault key under a session's.
    pub fn wrap(&self, generation: u32, nonce: [u8; 24], place: &Place<'_>, key: &Key) -> Vec<u8> {
        self.seal(generation, nonce, place, &key.0)
    }

    /// Opens a key that was [wrapped](Self::wrap).
    pub fn unwrap_key(&self, place: &Place<'_>, wrapped: &[u8]) -> Result<Key, Error> {
        let clear = self.open(place, wrapped)?;
        <[u8; 32]>::try_from(clear.as_slice()).map(Key).map_err(|_| Error::NotAnEnvelope)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// The generation of the key that sealed this value, read from its header.
pub fn generation(sealed: &[u8]) -> Result<u32, Error> {
    match sealed {
        [VERSION, a, b, c, d, ..] if HEADER_BYTES + TAG_BYTES <= sealed.len() => {
            Ok(u32::from_be_bytes([*a, *b, *c, *d]))
        }
        _ => Err(Error::NotAnEnvelope),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(column: &str) -> Place<'_> {
        Place { practice: [1; 16], column, row: [2; 16] }
    }

    fn key(byte: u8) -> Key {
        Key::from_bytes([byte; 32])
    }

    #[test]
    fn a_value_moved_to_another_place_does_not_open() {
        let sealed = key(7).seal(1, [0; 24], &place("a.b.c"), b"text");

        let elsewhere = [
            Place { practice: [9; 16], ..place("a.b.c") },
            Place { row: [9; 16], ..place("a.b.c") },
            place("a.b.d"),
        ];
        for other in elsewhere {
            assert_eq!(key(7).open(&other, &sealed), Err(Error::DoesNotOpen));
        }
    }

    #[test]
    fn another_key_opens_nothing() {
        let sealed = key(7).seal(1, [0; 24], &place("a.b.c"), b"text");

        assert_eq!(key(8).open(&place("a.b.c"), &sealed), Err(Error::DoesNotOpen));
    }

    #[test]
    fn a_wrapped_key_comes_back_whole() {
        let wrapped = key(1).wrap(4, [5; 24], &place("k.k.k"), &key(2));

        let back = key(1).unwrap_key(&place("k.k.k"), &wrapped).unwrap();

        assert_eq!(back.0, key(2).0);
    }

    #[test]
    fn keys_for_two_purposes_differ_and_a_key_prints_nothing() {
        assert_ne!(key(1).derive("mail").0, key(1).derive("vault").0);
        assert_eq!(format!("{:?}", key(65)), "Key(…)");
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_and_any_flipped_bit_is_found(
            clear in proptest::collection::vec(any::<u8>(), 0..300),
            nonce in any::<[u8; 24]>(),
            generation_was in any::<u32>(),
            flip in any::<prop::sample::Index>(),
            bit in 0..8u8,
        ) {
            let at = place("chart.note_text.body");
            let mut sealed = key(3).seal(generation_was, nonce, &at, &clear);
            prop_assert_eq!(generation(&sealed), Ok(generation_was));
            prop_assert_eq!(key(3).open(&at, &sealed).unwrap().to_vec(), clear);

            let byte = flip.index(sealed.len());
            sealed[byte] ^= 1 << bit;
            prop_assert!(key(3).open(&at, &sealed).is_err());
        }

        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            prop_assert!(key(3).open(&place("a.b.c"), &bytes).is_err());
        }
    }
}
