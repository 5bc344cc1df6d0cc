//! Icons of our own hand: 16 by 16, in the color of the text, and silent to screen readers.
//!
//! An icon never speaks alone: the word stands beside it, seen or read.

use maud::{Markup, PreEscaped, Render};

/// One drawing from `assets/icons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Render for Icon {
    fn render(&self) -> Markup {
        PreEscaped(self.0.trim_end().to_owned())
    }
}

macro_rules! icons {
    ($($(#[$says:meta])* $name:ident = $file:literal;)*) => {
        $($(#[$says])* pub const $name: Icon =
            Icon(include_str!(concat!("../../../../assets/icons/", $file, ".svg")));)*

        /// Every icon with its name, for the style page.
        pub const ALL: &[(&str, Icon)] = &[$(($file, $name)),*];
    };
}

icons! {
    /// In person.
    DOOR = "door";
    /// By video.
    CAMERA = "camera";
    /// By phone.
    PHONE = "phone";
    /// Protected.
    LOCK = "lock";
    /// A risk, or a rule that speaks against it.
    WARNING = "warning";
    /// Speaks for, or can.
    CHECK = "check";
    /// Speaks against, or cannot.
    DASH = "dash";
    /// Search.
    SEARCH = "search";
    /// A note is missing.
    PEN = "pen";
    /// Several people.
    GROUP = "group";
    /// ○ planned.
    PLANNED = "planned";
    /// ◐ confirmed.
    CONFIRMED = "confirmed";
    /// ● done.
    DONE = "done";
    /// ✕ missed or canceled.
    MISSED = "missed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_small_silent_and_takes_the_color_of_the_text() {
        for (name, icon) in ALL {
            let svg = icon.render().0;
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{name} is one drawing");
            for wanted in ["viewBox=\"0 0 16 16\"", "currentColor", "aria-hidden=\"true\""] {
                assert!(svg.contains(wanted), "{name} says {wanted}");
            }
            for banned in ["http", "style", "script", "#"] {
                assert!(!svg.contains(banned), "{name} has no {banned}");
            }
        }
    }
}
