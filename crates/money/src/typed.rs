//! What a person types for an amount, read without a guess.
//!
//! `$1,234.50`, `1234.5` and ` 25 ` are amounts. `1,50` is none: a comma parts thousands, and
//! where it does not, somebody meant a decimal or slipped, and nobody here decides which. A third
//! decimal is never rounded away, and `1e3` is a typo and not a thousand.

use std::fmt;

use crate::{CENTS_LIMIT, Cents, Error};

/// Why what was typed is no amount that a form takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misread {
    /// Nothing was typed.
    Empty,
    /// It is not dollars and cents.
    NotAnAmount,
    /// It has more than two decimals.
    PartOfACent,
    /// It is below zero.
    BelowZero,
    /// It is [`CENTS_LIMIT`] or more.
    TooLarge,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no amount was typed",
            Self::NotAnAmount => "it is not an amount in dollars and cents",
            Self::PartOfACent => "it has more than two decimals",
            Self::BelowZero => "it is below zero",
            Self::TooLarge => "it is ten billion dollars or more",
        })
    }
}

impl std::error::Error for Misread {}

/// Reads what a person typed: digits, with a leading `$`, commas between thousands, and one or two
/// decimals where they like. Zero is read; whether it is meant is the form's affair.
///
/// # Errors
/// [`Misread`], which says what to tell them.
pub fn read_typed(text: &str) -> Result<Cents, Misread> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Misread::Empty);
    }
    let (is_negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let text = text.strip_prefix('$').map_or(text, str::trim_start);
    let (dollars, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let dollars = without_commas(dollars).ok_or(Misread::NotAnAmount)?;
    if !are_digits(decimals) {
        return Err(Misread::NotAnAmount);
    }
    if 2 < decimals.len() {
        return Err(Misread::PartOfACent);
    }
    let cents = format!("{dollars}.{decimals}").parse::<Cents>().map_err(|error| match error {
        Error::Overflow => Misread::TooLarge,
        _ => Misread::NotAnAmount,
    })?;
    match cents {
        Cents::ZERO => Ok(cents),
        _ if is_negative => Err(Misread::BelowZero),
        Cents(cents) if CENTS_LIMIT <= cents => Err(Misread::TooLarge),
        _ => Ok(cents),
    }
}

/// The digits of whole dollars, where every comma stands before three digits.
fn without_commas(dollars: &str) -> Option<String> {
    let mut groups = dollars.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty() || first.len() <= 3;
    let are_thousands = rest.iter().all(|group| group.len() == 3 && are_digits(group));
    (are_digits(first) && is_grouped && are_thousands).then(|| dollars.replace(',', ""))
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_for_an_amount_is_read() {
        let cases = [
            ("25", 2_500),
            (" 25.00 ", 2_500),
            ("$25", 2_500),
            ("$ 1,234.50", 123_450),
            ("1,234,567.8", 123_456_780),
            ("0012.05", 1_205),
            ("0", 0),
            ("-0.00", 0),
            ("9,999,999,999.99", 999_999_999_999),
        ];
        for (text, cents) in cases {
            assert_eq!(read_typed(text), Ok(Cents(cents)), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_and_never_guessed() {
        use Misread::{BelowZero, Empty, NotAnAmount, PartOfACent, TooLarge};
        let cases = [
            ("", Empty),
            ("  ", Empty),
            ("12.345", PartOfACent),
            ("0.001", PartOfACent),
            ("1e3", NotAnAmount),
            ("1.5e3", NotAnAmount),
            ("0x10", NotAnAmount),
            ("1,50", NotAnAmount),
            ("1,50.00", NotAnAmount),
            ("1234,567", NotAnAmount),
            (",123", NotAnAmount),
            ("1,,234", NotAnAmount),
            ("12 34", NotAnAmount),
            ("1.2.3", NotAnAmount),
            ("25.", NotAnAmount),
            (".50", NotAnAmount),
            ("$", NotAnAmount),
            ("$$5", NotAnAmount),
            ("+5", NotAnAmount),
            ("(5.00)", NotAnAmount),
            ("five", NotAnAmount),
            ("NaN", NotAnAmount),
            ("infinity", NotAnAmount),
            ("\u{0661}\u{0662}", NotAnAmount),
            ("5\u{0}", NotAnAmount),
            ("--5", NotAnAmount),
            ("-5", BelowZero),
            ("\u{2212}5.00", BelowZero),
            ("-$5", BelowZero),
            ("10,000,000,000", TooLarge),
            ("1000000000000", TooLarge),
            ("99999999999999999999999999999999999999999999", TooLarge),
        ];
        for (text, why) in cases {
            assert_eq!(read_typed(text), Err(why), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn anything_that_is_typed_is_an_amount_or_a_reason(text in ".{0,40}") {
            if let Ok(cents) = read_typed(&text) {
                prop_assert!((0..CENTS_LIMIT).contains(&cents.0));
            }
        }

        #[test]
        fn an_amount_with_or_without_its_commas_is_the_same(cents in 0..CENTS_LIMIT) {
            let plain = Cents(cents).to_string();
            let (dollars, decimals) = plain.split_once('.').unwrap();
            let mut grouped = String::new();
            for (at, digit) in dollars.chars().enumerate() {
                if 0 < at && (dollars.len() - at).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }

            prop_assert_eq!(read_typed(&plain), Ok(Cents(cents)));
            prop_assert_eq!(read_typed(&format!("${grouped}.{decimals}")), Ok(Cents(cents)));
        }
    }
}
