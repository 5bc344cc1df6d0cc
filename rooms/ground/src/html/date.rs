//! A remembered date: month, day, year, typed and never picked from a calendar.

use maud::{Markup, Render, html};

use super::field::{Ask, Filled};

/// Three inputs named `<name>_month`, `<name>_day` and `<name>_year`.
///
/// A fault may name the whole (`birth_date`) or a part (`birth_date_year`): then only that part
/// is marked, and the summary leads to it.
#[derive(Clone, Copy, Debug)]
pub struct DateParts<'a> {
    ask: Ask<'a>,
    birthday: bool,
}

impl<'a> DateParts<'a> {
    pub(super) fn new(form: Filled<'a>, name: &'a str, label: &'a str) -> Self {
        let ask = Ask { form, name, label, hint: None, optional: false, heading: false };
        Self { ask, birthday: false }
    }

    /// Why we ask, and an example: "Such as 11 30 1994".
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.ask.hint = Some(hint);
        self
    }

    /// It may stay empty, and says so in words.
    pub fn optional(mut self) -> Self {
        self.ask.optional = true;
        self
    }

    /// The question is the page's `h1`.
    pub fn as_heading(mut self) -> Self {
        self.ask.heading = true;
        self
    }

    /// The reader's own birth date, which their browser may know.
    pub fn birthday(self) -> Self {
        Self { birthday: true, ..self }
    }
}

impl Render for DateParts<'_> {
    fn render(&self) -> Markup {
        let Ask { name, form, .. } = self.ask;
        let words = form.lang.words();
        let parts = [
            (format!("{name}_month"), words.month, "bday-month", 2, "part"),
            (format!("{name}_day"), words.day, "bday-day", 2, "part"),
            (format!("{name}_year"), words.year, "bday-year", 4, "part wide"),
        ];
        let keys: Vec<&str> =
            [name].into_iter().chain(parts.iter().map(|(key, ..)| key.as_str())).collect();
        let at_fault = keys.iter().any(|key| form.faults.has(key));
        let whole_at_fault = form.faults.has(name);
        let no_part_at_fault = !keys[1..].iter().any(|key| form.faults.has(key));
        html! {
            fieldset class=(Ask::class(at_fault))
                aria-describedby=[self.ask.described_by(at_fault)] {
                legend { (self.ask.label()) }
                (self.ask.hint())
                (self.ask.faults(&keys))
                div.parts {
                    @for (at, (key, label, token, longest, class)) in parts.iter().enumerate() {
                        @let wrong = form.faults.has(key) || (whole_at_fault && no_part_at_fault);
                        // A fault of the whole leads to the first part.
                        @let id = if at == 0 && whole_at_fault { name } else { key };
                        div class=(class) {
                            label for=(id) { (label) }
                            input.input.number id=(id) name=(key) type="text" inputmode="numeric"
                                maxlength=(longest) value=(form.typed.one(key))
                                autocomplete=[self.birthday.then_some(token)]
                                aria-invalid=[wrong.then_some("true")];
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::typed::{Faults, Typed};
    use super::*;

    #[test]
    fn a_missing_year_marks_the_year_and_keeps_the_rest() {
        let typed = Typed::none().with("born_month", "3").with("born_day", "27");
        let faults = Faults::none().and("born_year", "Enter the year you were born");

        let html = Filled::new(&typed, &faults).date("born", "When?").birthday().render().0;

        assert_eq!(html.matches("aria-invalid").count(), 1);
        assert!(html.contains("id=\"born_year\"") && html.contains("value=\"27\""), "{html}");
        assert!(html.contains("autocomplete=\"bday-year\""));
    }

    #[test]
    fn a_wrong_date_marks_all_three_and_leads_to_the_first() {
        let typed = Typed::none();
        let faults = Faults::none().and("born", "Enter your date of birth");

        let html = Filled::new(&typed, &faults).date("born", "When?").render().0;

        assert_eq!(html.matches("aria-invalid").count(), 3);
        assert!(html.contains("<label for=\"born\">Month</label>"), "{html}");
        assert!(html.contains("id=\"born\" name=\"born_month\""), "{html}");
    }
}
