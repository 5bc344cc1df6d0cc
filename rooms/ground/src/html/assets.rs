//! The style sheets and scripts, in the order in which they are served. There is no build step.

/// Every sheet with its text, in the order in which they are joined into one.
pub const SHEETS: &[(&str, &str)] = &[
    ("layers.css", include_str!("../../../../assets/css/layers.css")),
    ("tokens.css", include_str!("../../../../assets/css/tokens.css")),
    ("meanings.css", include_str!("../../../../assets/css/meanings.css")),
    ("reset.css", include_str!("../../../../assets/css/reset.css")),
    ("base.css", include_str!("../../../../assets/css/base.css")),
    ("shell.css", include_str!("../../../../assets/css/shell.css")),
    ("work.css", include_str!("../../../../assets/css/work.css")),
    ("section.css", include_str!("../../../../assets/css/section.css")),
    ("button.css", include_str!("../../../../assets/css/button.css")),
    ("field.css", include_str!("../../../../assets/css/field.css")),
    ("choice.css", include_str!("../../../../assets/css/choice.css")),
    ("faults.css", include_str!("../../../../assets/css/faults.css")),
    ("rows.css", include_str!("../../../../assets/css/rows.css")),
    ("day.css", include_str!("../../../../assets/css/day.css")),
    ("clock.css", include_str!("../../../../assets/css/clock.css")),
    ("week.css", include_str!("../../../../assets/css/week.css")),
    ("facts.css", include_str!("../../../../assets/css/facts.css")),
    ("table.css", include_str!("../../../../assets/css/table.css")),
    ("ledger.css", include_str!("../../../../assets/css/ledger.css")),
    ("bars.css", include_str!("../../../../assets/css/bars.css")),
    ("charts.css", include_str!("../../../../assets/css/charts.css")),
    ("timeline.css", include_str!("../../../../assets/css/timeline.css")),
    ("notice.css", include_str!("../../../../assets/css/notice.css")),
    ("nav.css", include_str!("../../../../assets/css/nav.css")),
    ("disclosure.css", include_str!("../../../../assets/css/disclosure.css")),
    ("marks.css", include_str!("../../../../assets/css/marks.css")),
    ("home.css", include_str!("../../../../assets/css/home.css")),
    ("compare.css", include_str!("../../../../assets/css/compare.css")),
    ("design.css", include_str!("../../../../assets/css/design.css")),
    ("motion.css", include_str!("../../../../assets/css/motion.css")),
    ("print.css", include_str!("../../../../assets/css/print.css")),
];

/// Every script with its text. Each is a module of one behaviour.
pub const SCRIPTS: &[(&str, &str)] = &[
    ("autosave.js", include_str!("../../../../assets/js/autosave.js")),
    ("faults.js", include_str!("../../../../assets/js/faults.js")),
    ("once.js", include_str!("../../../../assets/js/once.js")),
    ("theme.js", include_str!("../../../../assets/js/theme.js")),
    ("leave.js", include_str!("../../../../assets/js/leave.js")),
    ("week.js", include_str!("../../../../assets/js/week.js")),
    ("compare.js", include_str!("../../../../assets/js/compare.js")),
    ("print.js", include_str!("../../../../assets/js/print.js")),
];

/// The picture in the tab, an SVG document.
pub const FAVICON: &str = include_str!("../../../../assets/icons/trellis.svg");

/// The one style sheet: all sheets in their order.
pub fn sheet() -> String {
    SHEETS.iter().map(|(_, css)| *css).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet without its comments.
    fn bare(css: &str) -> String {
        let mut rest = css;
        let mut kept = String::new();
        while let Some((before, after)) = rest.split_once("/*") {
            kept.push_str(before);
            rest = after.split_once("*/").map_or("", |(_, after)| after);
        }
        kept + rest
    }

    #[test]
    fn the_layers_are_declared_first_and_everything_is_in_one() {
        let (first, css) = SHEETS[0];
        assert_eq!(first, "layers.css");
        assert!(css.contains("@layer reset, base, parts, pages, print;"));

        for (name, css) in &SHEETS[1..] {
            let css = bare(css);
            assert!(css.trim_start().starts_with("@layer "), "{name} is in a layer");
            let (mut depth, mut outside) = (0_i32, String::new());
            for letter in css.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ if depth == 0 => outside.push(letter),
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{name} closes what it opens");
            assert!(
                outside
                    .split_whitespace()
                    .all(|word| ["@layer", "base", "reset", "parts", "pages", "print"]
                        .contains(&word)),
                "{name} has rules outside of its layer: {outside}"
            );
        }
    }

    #[test]
    fn no_sheet_shouts_names_ids_or_looks_outside() {
        for (name, css) in SHEETS {
            let css = bare(css);
            for banned in ["!important", "http", "url(", "@import", "@font-face", "px-"] {
                assert!(!css.contains(banned), "{name} has {banned}");
            }
            for line in css.lines().filter(|line| line.trim_end().ends_with(['{', ','])) {
                assert!(!line.contains('#'), "{name} selects by id: {line}");
            }
        }
    }

    #[test]
    fn only_the_first_tier_and_paper_name_colors() {
        for (name, css) in SHEETS {
            let names_colors = bare(css).lines().any(|line| {
                line.split('#').skip(1).any(|hex| {
                    hex.len() > 5 && hex[..6].chars().all(|letter| letter.is_ascii_hexdigit())
                })
            });
            assert_eq!(names_colors, ["tokens.css", "print.css"].contains(name), "{name}");
        }
    }

    #[test]
    fn directions_are_logical() {
        let physical = ["left", "right", "top", "bottom"];
        for (name, css) in SHEETS.iter().filter(|(name, _)| *name != "print.css") {
            for line in bare(css).lines() {
                let property = line.trim().split(':').next().unwrap_or("");
                let is_physical = physical
                    .iter()
                    .any(|side| property == *side || property.ends_with(&format!("-{side}")));
                assert!(!is_physical, "{name}: {line}");
                assert!(!["width", "height"].contains(&property), "{name}: {line}");
            }
        }
    }

    #[test]
    fn a_script_is_short_and_never_writes_html() {
        for (name, js) in SCRIPTS {
            assert!(js.lines().count() <= 80, "{name} is one behaviour");
            for banned in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "eval(",
                "document.write",
                "http",
                ".style",
            ] {
                assert!(!js.contains(banned), "{name} has {banned}");
            }
        }
    }
}
