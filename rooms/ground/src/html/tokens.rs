//! The colors, once for Rust and once for CSS, held together by a test; and their contrast.
//!
//! Contrast is measured as in WCAG 2.2: relative luminance of sRGB, from 1 to 21.

/// A color of the first tier: its name in `tokens.css`, and its value in light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name without the `--raw-`.
    pub name: &'static str,
    /// `#RRGGBB` on light paper.
    pub light: &'static str,
    /// `#RRGGBB` on dark paper.
    pub dark: &'static str,
    /// What it is for.
    pub says: &'static str,
}

const fn token(
    name: &'static str,
    light: &'static str,
    dark: &'static str,
    says: &'static str,
) -> Token {
    Token { name, light, dark, says }
}

/// Every color of the house.
pub const TOKENS: &[Token] = &[
    token("paper", "#FAF9F5", "#141817", "the page"),
    token("ink", "#1D2421", "#E8EAE6", "text, rules, sums, bars"),
    token("muted", "#56615B", "#A8B2AC", "asides, the past, cannot"),
    token("control", "#7B8580", "#76817B", "edge of what is pressed"),
    token("accent", "#17624A", "#7FD0B0", "links, the one act, here"),
    token("on-accent", "#FFFFFF", "#141817", "text on the accent"),
    token("danger", "#9F241B", "#FF9F94", "risk and errors only"),
    token("warn", "#75500A", "#EFC26A", "late, mismatch"),
    token("info", "#1F4F8B", "#9FC5FF", "good to know"),
    token("ok", "#1E6A3C", "#86D39B", "done, and well"),
    token("focus", "#1A4FD6", "#9DB8FF", "where the keyboard is"),
    token("sage", "#E3EDE6", "#24362D", "calendar tint"),
    token("sky", "#E2ECF5", "#22323F", "calendar tint"),
    token("sand", "#F3EADB", "#3A3122", "calendar tint; carried; differs"),
    token("rose", "#F5E4E2", "#3E2A29", "calendar tint"),
    token("lilac", "#ECE6F3", "#322C3E", "calendar tint"),
    token("stone", "#EAEAE6", "#2A2E2C", "calendar tint"),
    token("hairline", "#DFDDD4", "#2C3230", "between rows; never alone"),
    token("wash", "#F2F0E8", "#1C2220", "the chosen row"),
    token("field", "#FFFFFF", "#0F1312", "ground of what is typed in"),
    token("hatch", "#E3E1D8", "#262C29", "closed and protected time"),
    token("dots", "#A9B8AF", "#55645C", "open to new clients"),
];

/// Least contrast of text with its ground (WCAG 1.4.3).
pub const TEXT: f64 = 4.5;
/// Least contrast of an edge or a mark that carries meaning (WCAG 1.4.11).
pub const CONTROL: f64 = 3.0;

/// Two colors that meet on a page, and the floor that they must keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The text or edge.
    pub over: &'static str,
    /// What it stands on.
    pub ground: &'static str,
    /// Least contrast.
    pub floor: f64,
}

const fn pair(over: &'static str, ground: &'static str, floor: f64) -> Pair {
    Pair { over, ground, floor }
}

/// Every pair that the sheets let meet.
pub const PAIRS: &[Pair] = &[
    pair("ink", "paper", TEXT),
    pair("ink", "field", TEXT),
    pair("ink", "wash", TEXT),
    pair("paper", "ink", TEXT),
    pair("muted", "paper", TEXT),
    pair("muted", "field", TEXT),
    pair("muted", "wash", TEXT),
    pair("muted", "sand", TEXT),
    pair("accent", "paper", TEXT),
    pair("accent", "field", TEXT),
    pair("accent", "wash", TEXT),
    pair("accent", "sand", TEXT),
    pair("on-accent", "accent", TEXT),
    pair("danger", "paper", TEXT),
    pair("danger", "field", TEXT),
    pair("danger", "wash", TEXT),
    pair("warn", "paper", TEXT),
    pair("warn", "wash", TEXT),
    pair("warn", "sand", TEXT),
    pair("info", "paper", TEXT),
    pair("ok", "paper", TEXT),
    pair("ok", "wash", TEXT),
    pair("ink", "sage", TEXT),
    pair("ink", "sky", TEXT),
    pair("ink", "sand", TEXT),
    pair("ink", "rose", TEXT),
    pair("ink", "lilac", TEXT),
    pair("ink", "stone", TEXT),
    pair("control", "paper", CONTROL),
    pair("control", "field", CONTROL),
    pair("control", "wash", CONTROL),
    pair("focus", "paper", CONTROL),
    pair("focus", "field", CONTROL),
    pair("focus", "wash", CONTROL),
    pair("accent", "wash", CONTROL),
];

/// The value of a color in light and in dark.
pub fn named(name: &str) -> Option<&'static Token> {
    TOKENS.iter().find(|token| token.name == name)
}

/// The contrast of two colors written `#RRGGBB`; 1 if either is not a color.
pub fn contrast(one: &str, other: &str) -> f64 {
    match (luminance(one), luminance(other)) {
        (Some(one), Some(other)) => (one.max(other) + 0.05) / (one.min(other) + 0.05),
        _ => 1.0,
    }
}

fn luminance(hex: &str) -> Option<f64> {
    let digits = hex.strip_prefix('#').filter(|it| it.len() == 6 && it.is_ascii())?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::super::assets::SHEETS;
    use super::*;

    /// The `--raw-` values of each block of `tokens.css`, in order.
    fn blocks() -> Vec<Vec<(String, String)>> {
        let css = SHEETS.iter().find(|(name, _)| *name == "tokens.css").unwrap().1;
        css.split("color-scheme:")
            .skip(1)
            .map(|block| {
                block
                    .lines()
                    .filter_map(|line| line.trim().strip_prefix("--raw-")?.split_once(": "))
                    .map(|(name, value)| (name.to_owned(), value.trim_end_matches(';').to_owned()))
                    .collect()
            })
            .filter(|block: &Vec<_>| !block.is_empty())
            .collect()
    }

    #[test]
    fn the_sheet_and_the_table_name_the_same_colors() {
        let light: Vec<_> =
            TOKENS.iter().map(|it| (it.name.to_owned(), it.light.to_owned())).collect();
        let dark: Vec<_> =
            TOKENS.iter().map(|it| (it.name.to_owned(), it.dark.to_owned())).collect();

        assert_eq!(blocks(), [light, dark.clone(), dark]);
    }

    #[test]
    fn every_pair_keeps_its_floor_in_light_and_in_dark() {
        for pair in PAIRS {
            let over = named(pair.over).unwrap();
            let ground = named(pair.ground).unwrap();
            for (theme, one, other) in
                [("light", over.light, ground.light), ("dark", over.dark, ground.dark)]
            {
                let ratio = contrast(one, other);
                assert!(pair.floor <= ratio, "{pair:?} has {ratio:.2} in {theme}");
            }
        }
    }

    #[test]
    fn contrast_is_measured_as_the_standard_measures_it() {
        let cases = [
            ("#000000", "#FFFFFF", 21.0),
            ("#FFFFFF", "#FFFFFF", 1.0),
            ("#777777", "#FFFFFF", 4.48),
            ("#1D2421", "#FAF9F5", 15.0),
            ("#17624A", "#FAF9F5", 6.9),
            ("#FFFFFF", "#17624A", 7.3),
            ("#E8EAE6", "#141817", 14.8),
        ];

        for (one, other, measured) in cases {
            assert!((contrast(one, other) - measured).abs() < 0.05, "{one} on {other}");
            assert!((contrast(other, one) - measured).abs() < 0.05, "{other} on {one}");
        }
        assert_eq!(contrast("ink", "#FFFFFF"), 1.0);
    }

    #[test]
    fn a_meaning_reads_only_colors_that_exist() {
        let meanings = SHEETS.iter().find(|(name, _)| *name == "meanings.css").unwrap().1;
        for read in meanings.split("var(--raw-").skip(1) {
            let name = read.split(')').next().unwrap();
            assert!(named(name).is_some(), "--raw-{name}");
        }
        for (sheet, css) in SHEETS.iter().filter(|(name, _)| *name != "meanings.css") {
            assert!(!css.contains("var(--raw-"), "{sheet} reaches past the meanings");
        }
    }
}
