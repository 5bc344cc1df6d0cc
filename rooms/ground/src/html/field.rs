//! Questions with one answer: a line, a longer text, one of many. What was typed stays.

use maud::{Markup, Render, html};

use super::choice::{Choices, Pick};
use super::date::DateParts;
use super::typed::{Faults, Typed};
use super::words::Lang;

/// A form as it comes back: what was typed, what is wrong, in which language we ask.
#[derive(Clone, Copy, Debug)]
pub struct Filled<'a> {
    pub(super) typed: &'a Typed,
    pub(super) faults: &'a Faults,
    pub(super) lang: Lang,
}

impl<'a> Filled<'a> {
    /// A form in English.
    pub fn new(typed: &'a Typed, faults: &'a Faults) -> Self {
        Self { typed, faults, lang: Lang::En }
    }

    /// The same form in another language.
    pub fn lang(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    /// What was typed under a name, to carry on what is not asked again.
    pub fn typed(self, name: &str) -> &'a str {
        self.typed.one(name)
    }

    /// Whether something is wrong with a field: what folds it away unfolds.
    pub fn has_fault(self, name: &str) -> bool {
        self.faults.has(name)
    }

    /// The faults in one place, above the form: it takes focus and leads to each field.
    pub fn summary(self) -> Markup {
        html! {
            @if !self.faults.is_empty() {
                div.faults role="alert" tabindex="-1" data-does="faults" {
                    h2 { (how_many(self)) }
                    (leading_to_fields(self.faults))
                }
            }
        }
    }

    /// A question that is answered in writing.
    pub fn field(self, name: &'a str, label: &'a str) -> Field<'a> {
        let ask = Ask { form: self, name, label, hint: None, optional: false, heading: false };
        Field { ask, kind: Kind::Line, autocomplete: None, longest: None, class: "" }
    }

    /// A question with one answer out of many.
    pub fn select(self, name: &'a str, label: &'a str, picks: &'a [Pick]) -> Select<'a> {
        let ask = Ask { form: self, name, label, hint: None, optional: false, heading: false };
        Select { ask, picks }
    }

    /// A question with one answer out of few.
    pub fn radios(self, name: &'a str, label: &'a str, picks: &'a [Pick]) -> Choices<'a> {
        Choices::new(self, name, label, picks, "radio")
    }

    /// A question with any answers out of few.
    pub fn checks(self, name: &'a str, label: &'a str, picks: &'a [Pick]) -> Choices<'a> {
        Choices::new(self, name, label, picks, "checkbox")
    }

    /// A remembered date, typed as month, day and year.
    pub fn date(self, name: &'a str, label: &'a str) -> DateParts<'a> {
        DateParts::new(self, name, label)
    }
}

fn how_many(form: Filled<'_>) -> String {
    let words = form.lang.words();
    match form.faults.len() {
        1 => words.one_fault.to_owned(),
        many => format!("{many} {}", words.many_faults),
    }
}

pub(super) fn leading_to_fields(faults: &Faults) -> Markup {
    html! {
        ul { @for (field, says) in faults.iter() { li { a href={ "#" (field) } { (says) } } } }
    }
}

/// What every question has: a name, a label that may be the page's heading, a hint, its faults.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    pub form: Filled<'a>,
    pub name: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub optional: bool,
    pub heading: bool,
}

impl Ask<'_> {
    pub fn label(&self) -> Markup {
        html! {
            @if self.heading { h1 { (self.label) } } @else { (self.label) }
            @if self.optional { " " span.optional { (self.form.lang.words().optional) } }
        }
    }

    pub fn hint(&self) -> Markup {
        html! { @if let Some(hint) = self.hint { p.hint id=(self.id("hint")) { (hint) } } }
    }

    /// The faults at the question, in the sentences of the summary.
    pub fn faults(&self, names: &[&str]) -> Markup {
        let says: Vec<&str> = names.iter().flat_map(|name| self.form.faults.of(name)).collect();
        html! {
            @if !says.is_empty() {
                div id=(self.id("fault")) { @for one in says { p.fault { (one) } } }
            }
        }
    }

    pub fn described_by(&self, at_fault: bool) -> Option<String> {
        let parts = [("hint", self.hint.is_some()), ("fault", at_fault)];
        let ids: Vec<String> =
            parts.iter().filter(|(_, is)| *is).map(|(part, _)| self.id(part)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub fn class(at_fault: bool) -> &'static str {
        if at_fault { "ask at-fault" } else { "ask" }
    }

    fn id(&self, part: &str) -> String {
        format!("{}-{part}", self.name)
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Line,
    Email,
    Tel,
    Number,
    Decimal,
    Dollars,
    Password,
    Code,
    Area,
}

/// A question that is answered in writing.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    ask: Ask<'a>,
    kind: Kind,
    autocomplete: Option<&'a str>,
    longest: Option<usize>,
    class: &'static str,
}

impl<'a> Field<'a> {
    /// Why we ask, who sees it, or an example.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.ask.hint = Some(hint);
        self
    }

    /// It may stay empty, and says so in words.
    pub fn optional(mut self) -> Self {
        self.ask.optional = true;
        self
    }

    /// The label is the page's `h1`: one question, one page.
    pub fn as_heading(mut self) -> Self {
        self.ask.heading = true;
        self
    }

    /// What the browser may fill in, such as `given-name` (WCAG 1.3.5).
    pub fn autocomplete(self, token: &'a str) -> Self {
        Self { autocomplete: Some(token), ..self }
    }

    /// The most characters that are taken.
    pub fn max(self, longest: usize) -> Self {
        Self { longest: Some(longest), ..self }
    }

    /// An email address.
    pub fn email(self) -> Self {
        Self { kind: Kind::Email, autocomplete: self.autocomplete.or(Some("email")), ..self }
    }

    /// A phone number, with whatever dashes a person types.
    pub fn tel(self) -> Self {
        Self { kind: Kind::Tel, autocomplete: self.autocomplete.or(Some("tel")), ..self }
    }

    /// A whole number; no spinner, so that a wheel changes nothing.
    pub fn number(self) -> Self {
        Self { kind: Kind::Number, class: " short number", ..self }
    }

    /// A number that may have places: 2.8.
    pub fn decimal(self) -> Self {
        Self { kind: Kind::Decimal, class: " short number", ..self }
    }

    /// An amount of money.
    pub fn dollars(self) -> Self {
        Self { kind: Kind::Dollars, class: " short number", ..self }
    }

    /// A password. What was typed is the one thing that never comes back.
    pub fn password(self) -> Self {
        let token = self.autocomplete.or(Some("current-password"));
        Self { kind: Kind::Password, autocomplete: token, ..self }
    }

    /// A code from a message or an app.
    pub fn code(self) -> Self {
        Self {
            kind: Kind::Code,
            autocomplete: Some("one-time-code"),
            class: " short number",
            ..self
        }
    }

    /// A longer text; the box grows with it.
    pub fn area(self) -> Self {
        Self { kind: Kind::Area, ..self }
    }

    /// The text was carried from before and is tinted until it is touched.
    pub fn carried(self) -> Self {
        Self { class: " carried", ..self }
    }

    /// An answer of few characters.
    pub fn short(self) -> Self {
        Self { class: " short", ..self }
    }

    fn input(&self, at_fault: bool) -> Markup {
        let Ask { name, form, .. } = self.ask;
        let class = format!("input{}", self.class);
        let by = self.ask.described_by(at_fault);
        let invalid = at_fault.then_some("true");
        let (kind, mode, plain) = match self.kind {
            Kind::Line | Kind::Area => ("text", None, false),
            Kind::Email => ("email", None, true),
            Kind::Tel => ("tel", None, true),
            Kind::Number | Kind::Code => ("text", Some("numeric"), true),
            Kind::Decimal | Kind::Dollars => ("text", Some("decimal"), true),
            Kind::Password => ("password", None, true),
        };
        let value = match self.kind {
            Kind::Password => "",
            _ => form.typed.one(name),
        };
        html! {
            @if matches!(self.kind, Kind::Area) {
                // HTML drops one newline after the opening tag; this one is ours to lose.
                textarea class=(class) id=(name) name=(name) rows="4" maxlength=[self.longest]
                    autocomplete=[self.autocomplete] aria-describedby=[by]
                    aria-invalid=[invalid] { "\n" (value) }
            } @else {
                input class=(class) id=(name) name=(name) type=(kind) value=(value)
                    inputmode=[mode] maxlength=[self.longest] autocomplete=[self.autocomplete]
                    spellcheck=[plain.then_some("false")] autocapitalize=[plain.then_some("none")]
                    aria-describedby=[by] aria-invalid=[invalid];
            }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let at_fault = self.ask.form.faults.has(self.ask.name);
        html! {
            div class=(Ask::class(at_fault)) {
                label for=(self.ask.name) { (self.ask.label()) }
                (self.ask.hint())
                (self.ask.faults(&[self.ask.name]))
                @if matches!(self.kind, Kind::Dollars) {
                    div.affix { span aria-hidden="true" { "$" } (self.input(at_fault)) }
                } @else { (self.input(at_fault)) }
            }
        }
    }
}

/// A question with one answer out of many.
#[derive(Clone, Copy, Debug)]
pub struct Select<'a> {
    ask: Ask<'a>,
    picks: &'a [Pick],
}

impl<'a> Select<'a> {
    /// Why we ask, or who sees it.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.ask.hint = Some(hint);
        self
    }

    /// It may stay empty, and says so in words.
    pub fn optional(mut self) -> Self {
        self.ask.optional = true;
        self
    }
}

impl Render for Select<'_> {
    fn render(&self) -> Markup {
        let Ask { name, form, .. } = self.ask;
        let at_fault = form.faults.has(name);
        html! {
            div class=(Ask::class(at_fault)) {
                label for=(name) { (self.ask.label()) }
                (self.ask.hint())
                (self.ask.faults(&[name]))
                select.input id=(name) name=(name)
                    aria-describedby=[self.ask.described_by(at_fault)]
                    aria-invalid=[at_fault.then_some("true")] {
                    @for pick in self.picks {
                        option value=(pick.value) selected[form.typed.has(name, &pick.value)]
                            disabled[pick.off] { (pick.label) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_the_field_says_and_leads_to_it() {
        let typed = Typed::none().with("email", "sam@");
        let faults = Faults::none().and("email", "Enter an email address such as sam@example.com");
        let form = Filled::new(&typed, &faults);

        let summary = form.summary().0;
        let field = form.field("email", "Your email").email().render().0;

        let says = "Enter an email address such as sam@example.com";
        assert!(summary.contains(&format!("<a href=\"#email\">{says}</a>")), "{summary}");
        assert!(field.contains(&format!("<p class=\"fault\">{says}</p>")), "{field}");
        assert!(field.contains("id=\"email\"") && field.contains("value=\"sam@\""));
        assert!(field.contains("aria-describedby=\"email-fault\" aria-invalid=\"true\""));
    }

    #[test]
    fn a_form_without_faults_has_no_summary() {
        let (typed, faults) = (Typed::none(), Faults::none());
        assert_eq!(Filled::new(&typed, &faults).summary().0, "");
    }

    #[test]
    fn a_password_never_comes_back() {
        let (typed, faults) = (Typed::none().with("password", "hunter2"), Faults::none());
        let html = Filled::new(&typed, &faults).field("password", "Password").password().render().0;
        assert!(!html.contains("hunter2"));
    }

    #[test]
    fn a_longer_text_keeps_its_first_empty_line() {
        let (typed, faults) = (Typed::none().with("words", "\nSam"), Faults::none());
        let html = Filled::new(&typed, &faults).field("words", "Words").area().max(9).render().0;
        assert!(html.contains(">\n\nSam</textarea>") && html.contains("maxlength=\"9\""), "{html}");
    }

    #[test]
    fn a_form_in_spanish_counts_and_says_optional_in_spanish() {
        let faults = Faults::none().and("a", "Escriba su nombre").and("b", "Escriba su correo");
        let typed = Typed::none();
        let form = Filled::new(&typed, &faults).lang(Lang::Es);

        assert!(form.summary().0.contains("2 respuestas por revisar"));
        assert!(form.field("c", "Apodo").optional().render().0.contains("(opcional)"));
    }
}
