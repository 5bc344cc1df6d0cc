//! What arrived from a form, as it was typed, and what is wrong with it, in sentences.

/// The names and values of a form in the order in which they arrived. Nothing is trimmed: a page
/// that comes back shows exactly what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// An empty form.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same with one value more: for a form that opens with what is known.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// The first value of a name, or nothing typed.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or("")
    }

    /// Every value of a name: the boxes that were checked.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// Whether `value` is among the values of a name.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|held| held == value)
    }
}

impl FromIterator<(String, String)> for Typed {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Everything that is wrong with a form: field and sentence, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// A form without a fault.
    pub fn none() -> Self {
        Self::default()
    }

    /// Notes that `field` is wrong and what to do about it: "Enter the year you were born".
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        self.0.push((field.into(), sentence.into()));
    }

    /// The same with one fault more.
    pub fn and(mut self, field: impl Into<String>, sentence: impl Into<String>) -> Self {
        self.add(field, sentence);
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many faults there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The sentences about one field.
    pub fn of<'a>(&'a self, field: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(held, _)| held == field).map(|(_, says)| says.as_str())
    }

    /// Whether something is wrong with a field.
    pub fn has(&self, field: &str) -> bool {
        self.of(field).next().is_some()
    }

    /// Field and sentence, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, says)| (field.as_str(), says.as_str()))
    }

    /// `meant` if nothing is wrong, else the faults: the last line of reading a form.
    pub fn or<T>(self, meant: T) -> Result<T, Self> {
        if self.is_empty() { Ok(meant) } else { Err(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_keeps_its_order_its_spaces_and_its_repeats() {
        let pairs = [("why", "sleep"), ("name", " Sam "), ("why", "grief")];
        let typed: Typed =
            pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();

        assert_eq!(typed.one("name"), " Sam ");
        assert_eq!(typed.all("why").collect::<Vec<_>>(), ["sleep", "grief"]);
        assert!(typed.has("why", "grief") && !typed.has("why", "worry"));
        assert_eq!(typed.one("unasked"), "");
    }

    #[test]
    fn a_form_is_read_whole_or_comes_back_with_every_fault() {
        assert_eq!(Faults::none().or(7), Ok(7));

        let faults = Faults::none().and("email", "Enter your email").and("phone", "Enter a phone");
        assert_eq!(faults.clone().or(7), Err(faults));
    }
}
