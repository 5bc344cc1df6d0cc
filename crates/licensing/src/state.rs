//! The jurisdictions that license: 50 states, the District of Columbia and five territories.

/// A jurisdiction, by its USPS code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State([u8; 2]);

/// Every code, in order (USPS Publication 28, appendix B, without the military ones and the
/// freely associated states, which are no part of the United States).
const CODES: &str = "\
    AK AL AR AS AZ CA CO CT DC DE FL GA GU HI \
    IA ID IL IN KS KY LA MA MD ME MI MN MO MP \
    MS MT NC ND NE NH NJ NM NV NY OH OK OR PA \
    PR RI SC SD TN TX UT VA VI VT WA WI WV WY";

impl State {
    /// The jurisdiction of a code in capitals.
    pub fn of(code: &str) -> Option<Self> {
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        CODES.split(' ').any(|known| known.as_bytes() == code).then_some(Self(code))
    }

    /// Its code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("codes are ASCII")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_fifty_six_codes_in_order() {
        let codes: Vec<&str> = CODES.split(' ').collect();
        assert_eq!(codes.len(), 56);
        assert!(codes.is_sorted_by(|one, next| one < next));
        for code in ["DC", "AS", "GU", "MP", "PR", "VI", "PA", "NJ", "WY", "AK"] {
            assert_eq!(State::of(code).map(|state| state.code().to_owned()).as_deref(), Some(code));
        }
        for code in ["pa", "Pa", "XX", "FM", "MH", "PW", "AA", "", "P", "PAA", "KA"] {
            assert_eq!(State::of(code), None, "{code}");
        }
    }
}
