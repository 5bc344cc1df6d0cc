//! What was typed, as it can be printed: nothing of it is lost in silence, and nothing of it can
//! turn the order of letters around, run over an edge, or need a font that is not there.

use crate::press;

/// What stands for a letter that no font has.
const BOX: char = '\u{25a1}';
/// A word longer than this may be broken where lines are long: few addresses of pages are.
const WORD_MAX: usize = 60;
/// The same in a cell of a table: no word of a language is longer, and few names of sites.
const IN_CELL_MAX: usize = 30;
/// Such a word may be broken after a sign between its parts, or else after so many letters.
const PART: usize = 12;
/// Where a line may end, without a mark.
const MAY_END: char = '\u{200b}';

/// Text as it is printed.
pub fn printed(text: &str) -> String {
    broken(text, WORD_MAX)
}

/// Text as it is printed in a cell of a table.
pub fn in_cell(text: &str) -> String {
    broken(text, IN_CELL_MAX)
}

fn broken(text: &str, word_max: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(char::is_whitespace).enumerate() {
        if 0 < at {
            out.push(' ');
        }
        let seen = |it: &char| !it.is_control() && !is_unseen(*it);
        let letters: Vec<char> = word.chars().filter(seen).collect();
        let is_long = word_max < letters.len();
        let mut since = 0;
        for (at, letter) in letters.iter().enumerate() {
            let after_sign = 0 < at && ".-/@_".contains(letters[at - 1]);
            if is_long && (after_sign || since == PART) {
                out.push(MAY_END);
                since = 0;
            }
            since += 1;
            out.push(if press::has(*letter) { *letter } else { BOX });
        }
    }
    out
}

/// Letters without a shape: joiners, marks of direction, tags, variants. What they change is the
/// order or the look of others, which is nobody's to change on an account of money.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_printed_or_its_place_is_kept() {
        let cases = [
            (
                "#eval(\"1\") $x$ *b* _i_ @a \\ `r` <l> // c",
                "#eval(\"1\") $x$ *b* _i_ @a \\ `r` <l> // c",
            ),
            ("a\tb\r\nc\u{0}d\u{a0}e", "a b  cd e"),
            ("practice \u{202e}00.5$\u{202c} ok", "practice 00.5$ ok"),
            ("שלום مرحبا", "שלום مرحبا"),
            ("smile 😀 漢字", "smile □ □□"),
            ("−$1,204.50 “quoted” – ½ é e\u{301}", "−$1,204.50 “quoted” – ½ é e\u{301}"),
        ];
        for (typed, says) in cases {
            assert_eq!(printed(typed), says, "{typed:?}");
        }
    }

    #[test]
    fn a_word_without_end_may_be_broken() {
        assert_eq!(printed(&"w".repeat(70)).matches(MAY_END).count(), 5);
        assert_eq!(printed(&"w".repeat(40)).matches(MAY_END).count(), 0);
        assert_eq!(in_cell(&"w".repeat(40)).matches(MAY_END).count(), 3);
        let parts = in_cell("(applicants-help.talkspace.example)");
        assert_eq!(
            parts.split(MAY_END).collect::<Vec<_>>(),
            ["(applicants-", "help.", "talkspace.", "example)"]
        );
        let address = "(privatepracticesuccessllc.com)";
        assert_eq!(printed(address), address);
    }
}
