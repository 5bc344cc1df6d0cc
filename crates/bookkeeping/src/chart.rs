//! The chart of accounts of one practice: its own codes and names for the titles of the house.

use std::collections::BTreeMap;

use crate::{Error, Title};

/// How one practice calls a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartLine {
    /// The practice's code, as its accountant knows it.
    pub code: String,
    /// The practice's name for it.
    pub name: String,
}

/// A chart of accounts: every title once, every code once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    lines: BTreeMap<Title, ChartLine>,
}

impl Chart {
    /// The chart that a practice starts with.
    pub fn standard() -> Self {
        let line = |title: Title| ChartLine {
            code: title.standard_code().to_owned(),
            name: title.name().to_owned(),
        };
        Self { lines: Title::ALL.into_iter().map(|title| (title, line(title))).collect() }
    }

    /// The same chart with one title under the practice's own code and name.
    ///
    /// # Errors
    /// [`Error::NoCode`] when the code has no letter or digit, [`Error::CodeTaken`] when its letters
    /// and digits are those of another title's code.
    pub fn naming(mut self, title: Title, code: &str, name: &str) -> Result<Self, Error> {
        let signs = |code: &str| code.to_lowercase().replace(|it: char| !it.is_alphanumeric(), "");
        let wanted = signs(code);
        if wanted.is_empty() {
            return Err(Error::NoCode);
        }
        let is_taken =
            |(other, line): (&Title, &ChartLine)| *other != title && signs(&line.code) == wanted;
        if self.lines.iter().any(is_taken) {
            return Err(Error::CodeTaken(code.to_owned()));
        }
        self.lines.insert(title, ChartLine { code: code.to_owned(), name: name.to_owned() });
        Ok(self)
    }

    /// How the practice calls a title.
    pub fn line(&self, title: Title) -> &ChartLine {
        self.lines.get(&title).expect("a chart holds every title from the start")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_title_has_one_code_of_its_own() {
        let codes: BTreeSet<&str> = Title::ALL.iter().map(|title| title.standard_code()).collect();

        assert_eq!(codes.len(), Title::ALL.len());
    }

    #[test]
    fn a_practice_has_its_own_codes_and_no_code_names_two_accounts() {
        let chart = Chart::standard().naming(Title::Bank, "10-100", "Checking").unwrap();

        assert_eq!(chart.line(Title::Bank).name, "Checking");
        for taken in ["1100", " 1100 ", "11-00", "10.100"] {
            let said = chart.clone().naming(Title::Income, taken, "Fees");
            assert_eq!(said, Err(Error::CodeTaken(taken.to_owned())), "{taken:?}");
        }
        for none in ["", " ", "-:-"] {
            assert_eq!(chart.clone().naming(Title::Income, none, "Fees"), Err(Error::NoCode));
        }
    }
}
