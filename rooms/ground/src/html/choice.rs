//! One of few, some of few: a group with its question as legend, each row a target.

use maud::{Markup, Render, html};

use super::field::{Ask, Filled};

/// One answer that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) off: bool,
}

impl Pick {
    /// An answer and how it reads.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, off: false }
    }

    /// A second line under the answer.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Shown, and not to be picked. Its hint says why.
    pub fn off(self) -> Self {
        Self { off: true, ..self }
    }
}

/// Radio buttons or check boxes.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    ask: Ask<'a>,
    picks: &'a [Pick],
    kind: &'static str,
}

impl<'a> Choices<'a> {
    pub(super) fn new(
        form: Filled<'a>,
        name: &'a str,
        label: &'a str,
        picks: &'a [Pick],
        kind: &'static str,
    ) -> Self {
        let ask = Ask { form, name, label, hint: None, optional: false, heading: false };
        Self { ask, picks, kind }
    }

    /// Why we ask, or who sees it.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.ask.hint = Some(hint);
        self
    }

    /// It may stay open, and says so in words.
    pub fn optional(mut self) -> Self {
        self.ask.optional = true;
        self
    }

    /// The question is the page's `h1`.
    pub fn as_heading(mut self) -> Self {
        self.ask.heading = true;
        self
    }
}

impl Render for Choices<'_> {
    fn render(&self) -> Markup {
        let Ask { name, form, .. } = self.ask;
        let at_fault = form.faults.has(name);
        html! {
            fieldset class=(Ask::class(at_fault))
                aria-describedby=[self.ask.described_by(at_fault)] {
                legend { (self.ask.label()) }
                (self.ask.hint())
                (self.ask.faults(&[name]))
                div.choices {
                    @for (at, pick) in self.picks.iter().enumerate() {
                        // The first bears the question's own name: the summary's link ends here.
                        @let id = if at == 0 { name.to_owned() } else { format!("{name}-{at}") };
                        div.choice {
                            input type=(self.kind) id=(id) name=(name) value=(pick.value)
                                checked[form.typed.has(name, &pick.value)] disabled[pick.off];
                            label for=(id) {
                                (pick.label)
                                @if let Some(hint) = &pick.hint { span.hint { (hint) } }
                            }
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
    fn what_was_picked_stays_picked_and_the_summary_leads_to_the_first() {
        let picks = [Pick::new("sleep", "Sleep"), Pick::new("grief", "Grief")];
        let typed = Typed::none().with("why", "grief");
        let faults = Faults::none().and("why", "Choose what brings you here");

        let html = Filled::new(&typed, &faults)
            .checks("why", "What brings you here?", &picks)
            .as_heading()
            .render()
            .0;

        assert!(html.contains("<legend><h1>What brings you here?</h1></legend>"), "{html}");
        assert!(html.contains("id=\"why\" name=\"why\" value=\"sleep\">"), "{html}");
        assert!(html.contains("id=\"why-1\" name=\"why\" value=\"grief\" checked>"), "{html}");
        assert!(html.contains("<p class=\"fault\">Choose what brings you here</p>"));
    }
}
