//! The National Provider Identifier: ten digits, of which the last checks the others.

use std::fmt;
use std::str::FromStr;

/// A National Provider Identifier, with its check digit in order (45 CFR 162.406).
///
/// The digit follows the Luhn formula over `80840` and the number, as on every card whose issuer
/// number begins with 80840. Whether the number was given to anybody, it cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Npi(u64);

/// The text is no National Provider Identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnNpi;

/// What the prefix 80840 adds to the sum of Luhn.
const PREFIX_SUM: u64 = 24;

impl fmt::Display for NotAnNpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a National Provider Identifier")
    }
}

impl std::error::Error for NotAnNpi {}

impl fmt::Display for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

impl FromStr for Npi {
    type Err = NotAnNpi;

    /// Reads ten digits; spaces and dashes between them are passed over, since people type them.
    fn from_str(text: &str) -> Result<Self, NotAnNpi> {
        let digits: Option<Vec<u64>> = (text.chars())
            .filter(|sign| !matches!(sign, ' ' | '-'))
            .map(|sign| sign.to_digit(10).map(u64::from))
            .collect();
        let digits = digits.filter(|digits| digits.len() == 10).ok_or(NotAnNpi)?;
        let begins_right = matches!(digits[0], 1 | 2);
        if !begins_right || !(PREFIX_SUM + luhn(&digits)).is_multiple_of(10) {
            return Err(NotAnNpi);
        }
        Ok(Self(digits.iter().fold(0, |number, digit| number * 10 + digit)))
    }
}

/// The sum of Luhn over digits of which the last is the check digit.
fn luhn(digits: &[u64]) -> u64 {
    let doubled = |digit: u64| digit * 2 / 10 + digit * 2 % 10;
    let from_the_end = digits.iter().rev().enumerate();
    from_the_end.map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        // 1234567893 is the worked example of the standard.
        for (text, is_npi) in [
            ("1234567893", true),
            ("123 456-7893", true),
            ("1245319599", true),
            ("1234567890", false),
            ("1234567839", false),
            ("3234567899", false),
            ("123456789", false),
            ("12345678931", false),
            ("12345678a3", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Npi>().is_ok(), is_npi, "{text}");
        }
    }

    #[test]
    fn an_npi_is_written_as_ten_digits() {
        let npi: Npi = "1234-567-893".parse().unwrap();

        assert_eq!(npi.to_string(), "1234567893");
    }

    #[test]
    fn no_single_wrong_digit_passes() {
        let right = "1234567893";
        for at in 0..10 {
            for digit in '0'..='9' {
                let mut signs: Vec<char> = right.chars().collect();
                if signs[at] == digit {
                    continue;
                }
                signs[at] = digit;
                let wrong: String = signs.into_iter().collect();
                assert_eq!(wrong.parse::<Npi>(), Err(NotAnNpi), "{wrong}");
            }
        }
    }
}
