//! What somebody asks: the six ratings, the two that matter most, and every figure. A form is read
//! whole, or comes back with every fault.

use ground::html::{Faults, Typed};

use super::figures::{self, FIGURES, Figure, Key, OWN_CALLS, Unit};
use super::models::Model;

/// The statements that are rated.
pub(super) const STATEMENTS: usize = 6;

/// A whole, in hundredths of a per cent.
const WHOLE: i64 = 10_000;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    figures: Vec<i64>,
    own_calls: [Option<i64>; 3],
    /// How true each statement is today, from 1 to 5; none where nobody said.
    pub(super) ratings: [Option<u8>; STATEMENTS],
    /// The two that matter most, or none.
    pub(super) two: Option<(usize, usize)>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            figures: FIGURES.iter().map(|it| it.usual).collect(),
            own_calls: [None; 3],
            ratings: [None; STATEMENTS],
            two: None,
        }
    }
}

impl Asked {
    /// A figure in hundredths: cents, basis points, or hundredths of a number.
    pub(super) fn get(&self, key: Key) -> i64 {
        self.figures[key as usize]
    }

    /// A figure as a real number of its unit.
    #[expect(clippy::cast_precision_loss, reason = "at most ten digits")]
    pub(super) fn real(&self, key: Key) -> f64 {
        self.get(key) as f64 / 100.0
    }

    /// A figure that has no places.
    pub(super) fn whole(&self, key: Key) -> i64 {
        self.get(key) / 100
    }

    /// A share as a fraction of one.
    pub(super) fn share(&self, key: Key) -> f64 {
        self.real(key) / 100.0
    }

    /// Calls a week in a model, in hundredths: the same in all, unless somebody knows otherwise.
    pub(super) fn calls(&self, model: Model) -> i64 {
        let own = match model {
            Model::Job | Model::Group => self.own_calls[0],
            Model::Network => self.own_calls[1],
            Model::Ours => self.own_calls[2],
            Model::Solo | Model::Biller | Model::HighSplit => None,
        };
        own.unwrap_or_else(|| self.get(Key::Calls))
    }

    /// Whether nobody pays through a plan.
    pub(super) fn is_direct(&self) -> bool {
        self.get(Key::Direct) == WHOLE
    }

    /// The same with one figure set, for questions that vary one.
    pub(super) fn with(mut self, key: Key, value: i64) -> Self {
        self.figures[key as usize] = value;
        self
    }

    /// The same with other calls in a model, typed where that model's calls are.
    pub(super) fn with_calls(mut self, model: Model, calls: i64) -> Self {
        match model {
            Model::Job | Model::Group => self.own_calls[0] = Some(calls),
            Model::Network => self.own_calls[1] = Some(calls),
            Model::Ours => self.own_calls[2] = Some(calls),
            Model::Solo | Model::Biller | Model::HighSplit => return self.with(Key::Calls, calls),
        }
        self
    }

    /// The same with two things that matter most.
    #[cfg(test)]
    pub(super) fn with_two(self, one: usize, other: usize) -> Self {
        Self { two: Some((one, other)), ..self }
    }
}

/// The form as the page opens with it.
pub(super) fn usual() -> Typed {
    FIGURES.iter().fold(Typed::none(), |form, it| form.with(it.name, it.typed(it.usual)))
}

/// What was typed, with what is usual where a name did not come at all.
pub(super) fn whole(typed: Typed) -> Typed {
    let missing = |it: &&Figure| typed.all(it.name).next().is_none();
    let added: Vec<&Figure> = FIGURES.iter().filter(missing).collect();
    added.into_iter().fold(typed, |form, it| form.with(it.name, it.typed(it.usual)))
}

/// Reads a form.
///
/// # Errors
/// Every fault with its field, in the order of the page.
pub(super) fn read(typed: &Typed) -> Result<Asked, Faults> {
    let mut faults = Faults::none();
    let mut asked = Asked::default();
    read_two(typed, &mut asked, &mut faults);
    for (at, rating) in asked.ratings.iter_mut().enumerate() {
        *rating = typed.one(&rating_name(at)).parse().ok().filter(|it| (1..=5).contains(it));
    }
    for it in FIGURES {
        match value(it, typed.one(it.name)) {
            Ok(value) => asked.figures[it.key as usize] = value,
            Err(says) => faults.add(it.name, says),
        }
    }
    for (at, (name, _)) in OWN_CALLS.iter().enumerate() {
        let text = typed.one(name);
        if text.trim().is_empty() {
            continue;
        }
        match value(figures::of(Key::Calls), text) {
            Ok(calls) => asked.own_calls[at] = Some(calls),
            Err(says) => faults.add(*name, says),
        }
    }
    if faults.is_empty() {
        check_together(&asked, &mut faults);
    }
    faults.or(asked)
}

/// The name of a rating in the form.
pub(super) fn rating_name(at: usize) -> String {
    format!("rate-{}", at + 1)
}

fn read_two(typed: &Typed, asked: &mut Asked, faults: &mut Faults) {
    let known = |it: &str| it.parse().ok().filter(|at| (1..=STATEMENTS).contains(at));
    let mut two: Vec<usize> = typed.all("two").filter_map(known).map(|it| it - 1).collect();
    two.sort_unstable();
    two.dedup();
    match two[..] {
        [] => {}
        [one, other] => asked.two = Some((one, other)),
        _ => faults.add("two", "Choose two, or none"),
    }
}

/// A figure as it was typed, in hundredths; else what to do.
pub(super) fn value(it: &Figure, typed: &str) -> Result<i64, String> {
    let (least, most) = it.limits;
    let example = it.read(it.usual);
    let text: String =
        typed.chars().filter(|c| !c.is_whitespace() && !"$%,".contains(*c)).collect();
    if text.is_empty() {
        return Err(format!("{}: enter a number, such as {example}", it.label));
    }
    let is_less = text.starts_with(['-', '\u{2212}']);
    let digits = text.trim_start_matches(['-', '\u{2212}']);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if !are_digits(whole) || !are_digits(places) || digits == "." || digits.is_empty() {
        return Err(format!("{}: enter a number, such as {example}", it.label));
    }
    if is_less {
        return Err(format!("{}: enter {} or more", it.label, it.read(least)));
    }
    let places = places.trim_end_matches('0');
    if it.unit == Unit::Whole && !places.is_empty() {
        return Err(format!("{}: enter a whole number, such as {example}", it.label));
    }
    if 2 < places.len() {
        return Err(match it.unit {
            Unit::Dollars => format!("{}: enter dollars and cents, such as 143.50", it.label),
            _ => format!("{}: enter at most two decimal places", it.label),
        });
    }
    let hundredths = format!("{whole}{places:0<2}").parse().unwrap_or(i64::MAX);
    if most < hundredths {
        return Err(format!("{}: enter {} or less", it.label, it.read(most)));
    }
    if hundredths < least {
        return Err(format!("{}: enter {} or more", it.label, it.read(least)));
    }
    Ok(hundredths)
}

/// What only several figures together can get wrong.
fn check_together(asked: &Asked, faults: &mut Faults) {
    let sum = |keys: [Key; 3]| keys.iter().map(|key| asked.get(*key)).sum::<i64>();
    let per_cent = |value: i64| figures::of(Key::Kept).read(value);
    if !asked.is_direct() && asked.get(Key::Allowed) < asked.get(Key::Copay) {
        faults.add("copay", "The client’s own part: enter no more than the plan allows");
    }
    let stays = sum([Key::MixOnce, Key::MixShort, Key::MixLong]);
    if stays != WHOLE {
        let says = format!(
            "Clients by how long they stay: the three make {}; let them make 100%",
            per_cent(stays)
        );
        faults.add("once", says);
    }
    let booked = sum([Key::Kept, Key::Late, Key::NoShow]);
    if WHOLE < booked {
        let says = format!(
            "Sessions that take place, are canceled late or are missed: these make {}; let them \
             make 100% or less",
            per_cent(booked)
        );
        faults.add("kept", says);
    }
}
