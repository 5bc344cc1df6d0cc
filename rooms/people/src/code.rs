//! Codes of an authenticator app (TOTP, RFC 6238): six digits, thirty seconds, one step of leeway.

use std::fmt;

use jiff::Timestamp;
use maud::{Markup, html};
use qrcode::{Color, QrCode};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

/// How long one code lasts, in seconds.
const STEP_S: u64 = 30;
/// Modules of light around a QR code, as its standard asks (ISO/IEC 18004).
const QUIET: usize = 4;

/// The key that a person's app and the house share: 160 bits (RFC 4226 §4).
pub struct CodeKey(Zeroizing<[u8; 20]>);

impl fmt::Debug for CodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeKey(…)")
    }
}

impl CodeKey {
    /// A key of bytes drawn by chance.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A key that was sealed; `None` where it is not as long as one.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_bytes(bytes.try_into().ok()?))
    }

    /// A key as people read it, with or without spaces.
    pub fn from_text(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        Self::from_slice(Secret::try_from_base32(&text).ok()?.as_bytes())
    }

    /// The bytes, to be sealed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// As people read it, in groups of four.
    pub fn text(&self) -> String {
        let signs: Vec<char> = Secret::from(*self.0).to_base32().chars().collect();
        let groups: Vec<String> = signs.chunks(4).map(|four| four.iter().collect()).collect();
        groups.join(" ")
    }

    /// The step of time that this code belongs to: now, the one before or the one after.
    pub fn step_of(&self, code: &str, wall: Timestamp) -> Option<i64> {
        let digits: String = code.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
        let seconds = u64::try_from(wall.as_second()).ok()?;
        i64::try_from(self.totp("").check(&digits, seconds)?).ok()
    }

    /// The code of an instant, as the app shows it.
    #[cfg(test)]
    pub fn code_at(&self, wall: Timestamp) -> String {
        let seconds = u64::try_from(wall.as_second()).unwrap_or(0);
        self.totp("").generate(seconds).to_string()
    }

    /// The key as a picture for the app's camera: dark on light in either theme, since cameras
    /// want it so. Nothing where it does not fit.
    pub fn picture(&self, address: &str, says: &str) -> Markup {
        let url = self.totp(address).to_url().ok();
        let Some(code) = url.and_then(|url| QrCode::new(url).ok()) else {
            return html! {};
        };
        let width = code.width();
        let mut dark = String::new();
        for (at, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (at % width + QUIET, at / width + QUIET);
                dark.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        let side = width + 2 * QUIET;
        html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (side) " " (side) }
                width="232" height="232" role="img" aria-label=(says)
                shape-rendering="crispEdges" {
                path fill="#fff" d={ "M0 0h" (side) "v" (side) "h-" (side) "z" } {}
                path fill="#000" d=(dark) {}
            }
        }
    }

    fn totp(&self, address: &str) -> Totp {
        // An app shows the part before a colon as the issuer: an address with one is shown without.
        let address = address.replace(':', " ");
        Builder::new()
            .with_secret(*self.0)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(STEP_S)
            .with_issuer(Some("Trellis"))
            .with_account_name(address)
            .build_noncompliant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const RFC: &[u8; 20] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let key = CodeKey::from_bytes(*RFC);
        // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")]
        {
            assert_eq!(key.code_at(at(seconds)), code);
            assert_eq!(key.step_of(code, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_and_one_late() {
        let key = CodeKey::from_bytes(*RFC);

        for (seconds, step) in
            [(0, None), (30, Some(2)), (89, Some(2)), (119, Some(2)), (120, None)]
        {
            // The code of the third step, which lasts from 60 to 89.
            let code = key.code_at(at(60));
            assert_eq!(key.step_of(&code, at(seconds)), step, "{seconds}");
        }
    }

    #[test]
    fn a_key_reads_back_as_it_was_written() {
        let key = CodeKey::from_bytes(*RFC);

        let read = CodeKey::from_text(&key.text()).unwrap();

        assert_eq!(read.as_bytes(), RFC);
        assert!(CodeKey::from_text("GEZD GNBV").is_none(), "too short");
    }

    #[test]
    fn what_is_no_code_has_no_step() {
        let key = CodeKey::from_bytes(*RFC);

        for code in ["", "1", "abcdef", "2870822", "28708", "２８７０８２"] {
            assert_eq!(key.step_of(code, at(59)), None, "{code}");
        }
        assert_eq!(key.step_of("287 082", at(59)), Some(1));
    }
}
