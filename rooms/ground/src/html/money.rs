//! Money as it is read: dollars, grouped thousands, a real minus, digits of one width.

use maud::{Markup, html};

/// An amount with its sign of currency, for a line of text or the head of a column.
pub fn money(cents: i64) -> Markup {
    html! { span.money { (dollars(cents)) } }
}

/// An amount without the dollar sign, for digits that stand under digits.
pub fn amount(cents: i64) -> Markup {
    html! { span.money { (written(cents, "")) } }
}

/// The amount of a column's row at a place: the first carries the dollar sign for those under it.
pub fn in_column(at: usize, cents: i64) -> Markup {
    if at == 0 { money(cents) } else { amount(cents) }
}

/// `$1,204.50`; what is taken away is `−$98.00`, with U+2212, which readers speak as "minus".
pub fn dollars(cents: i64) -> String {
    written(cents, "$")
}

fn written(cents: i64, currency: &str) -> String {
    let sign = if cents < 0 { "\u{2212}" } else { "" };
    let whole = (cents.unsigned_abs() / 100).to_string();
    let rest = cents.unsigned_abs() % 100;

    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{currency}{grouped}.{rest:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_amount_has_two_places_commas_and_a_true_minus() {
        let cases = [
            (0, "$0.00"),
            (5, "$0.05"),
            (-5, "\u{2212}$0.05"),
            (99, "$0.99"),
            (100, "$1.00"),
            (2_500, "$25.00"),
            (99_999, "$999.99"),
            (100_000, "$1,000.00"),
            (120_450, "$1,204.50"),
            (-9_800, "\u{2212}$98.00"),
            (123_456_789, "$1,234,567.89"),
            (i64::MAX, "$92,233,720,368,547,758.07"),
            (i64::MIN, "\u{2212}$92,233,720,368,547,758.08"),
        ];

        for (cents, read) in cases {
            assert_eq!(dollars(cents), read, "{cents} cents");
        }
    }

    #[test]
    fn an_amount_under_others_leaves_the_dollar_sign_to_the_first() {
        assert_eq!(money(-9_800).0, "<span class=\"money\">\u{2212}$98.00</span>");
        assert_eq!(amount(-9_800).0, "<span class=\"money\">\u{2212}98.00</span>");
    }
}
