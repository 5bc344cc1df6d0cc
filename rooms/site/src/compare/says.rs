//! Sentences from figures: what is more and by how much, never which is right for somebody.

use economics::per_cent;
use ground::html::dollars;
use money::BasisPoints;

use super::answer::{Answer, Row, rounded};
use super::figures::{self, Key};
use super::models::Model;
use super::protects::{MATTERS, of_two};
use super::truths::{Believed, Found, Lever, Needed};
use super::words;

/// Dollars without cents, for sums of many months.
pub(super) fn whole_dollars(cents: i64) -> String {
    let text = dollars(to_dollars(cents));
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

/// Cents to the nearest whole dollar, as a page shows them: what is between two of them is what
/// somebody works out who subtracts.
pub(super) fn to_dollars(cents: i64) -> i64 {
    money::div_round(i128::from(cents), 100)
        .map_or(cents, |it| i64::try_from(it).unwrap_or(cents / 100) * 100)
}

/// A count with its thousands apart.
pub(super) fn count(value: i64) -> String {
    whole_dollars(value.saturating_mul(100)).replace('$', "")
}

/// What is kept of what is collected, in per cent; else why it is not said.
pub(super) fn of_collected(row: &Row) -> Result<String, &'static str> {
    let share = row.course.effective_split_collected.map(|it| rounded(it * 100.0));
    match share {
        Some(share) if share < 0 => Ok(format!("\u{2212}{}%", share.abs())),
        Some(share) => Ok(format!("{share}%")),
        None if row.model == Model::Network => Err(words::NOT_SHOWN),
        None => Err(words::NOT_YET),
    }
}

fn split(bp: i64) -> String {
    u32::try_from(bp).map_or_else(|_| format!("{bp} bp"), |bp| per_cent(BasisPoints(bp)))
}

fn calls(hundredths: i64) -> String {
    figures::of(Key::Calls).typed(hundredths)
}

/// Month of break-even, as one reads it.
pub(super) fn above_water(row: &Row) -> String {
    match row.course.break_even_month {
        Some(month) => format!("month {month}"),
        None => "not yet".to_owned(),
    }
}

/// The one sentence: where these figures point.
pub(super) fn points(answer: &Answer) -> String {
    let row = answer.row(answer.named).unwrap_or_else(|| answer.first());
    let by =
        if answer.asked.two.is_some() { "Your two and these figures" } else { "These figures" };
    let hour = row
        .hour()
        .map_or_else(|| "no hour yet".to_owned(), |it| format!("{} an hour", dollars(it)));
    format!(
        "{by} point to work {}: {hour}, {} kept over {} months.",
        row.model.within(),
        whole_dollars(row.kept()),
        answer.asked.whole(Key::Months)
    )
}

/// How to read the table.
pub(super) fn reading(answer: &Answer) -> Vec<String> {
    let first = answer.first();
    let mut says = vec![by_the_hour(first)];
    let most = answer.keeps_most();
    if most.model != first.model {
        says.push(format!(
            "You keep most {}: {}, {}.",
            most.model.within(),
            whole_dollars(most.kept()),
            beside(most, first)
        ));
    }
    says.extend(ours_beside(answer));
    says.extend(answer.asked.two.map(|two| by_two(answer, two)));
    says.extend(answer.asked.two.and_then(|two| of_today(answer, two)));
    says
}

fn by_the_hour(first: &Row) -> String {
    let band = &first.bands.effective_hour_cents;
    match (first.hour(), band.p05, band.p95) {
        (Some(hour), Some(low), Some(high)) => format!(
            "An hour is worth most {}: {}. In nine of ten runs it lies between {} and {}.",
            first.model.within(),
            dollars(hour),
            dollars(rounded(low)),
            dollars(rounded(high))
        ),
        _ => words::NO_HOUR.to_owned(),
    }
}

/// "$9,291 more than in a group, employed, for 636 hours more".
fn beside(row: &Row, other: &Row) -> String {
    let kept = to_dollars(row.kept()) - to_dollars(other.kept());
    let hours = row.hours() - other.hours();
    let more = |value: i64, more: &'static str, fewer: &'static str| {
        if value < 0 { fewer } else { more }
    };
    format!(
        "{} {} than {}, for {} hours {}",
        whole_dollars(kept.abs()),
        more(kept, "more", "less"),
        other.model.within(),
        count(hours.abs()),
        more(hours, "more", "fewer")
    )
}

/// Ours beside the first, or beside the next where it is the first; nothing where that row was set
/// beside the first already, as the one that keeps most.
fn ours_beside(answer: &Answer) -> Option<String> {
    let first = answer.first();
    let is_first = first.model.is_ours();
    let row = if is_first { answer.rows.get(1)? } else { answer.row(Model::Ours)? };
    let (name, beside) = (row.model.within(), beside(row, first));
    if row.model == answer.keeps_most().model {
        return None;
    }
    Some(match is_first {
        true => format!("Next by the hour is work {name}: there you keep {beside}."),
        false => format!("On Trellis you keep {beside}."),
    })
}

fn by_two(answer: &Answer, two: (usize, usize)) -> String {
    let best = answer.rows.iter().map(|row| of_two(row.model, two)).max().unwrap_or_default();
    let protect: Vec<&Row> =
        answer.rows.iter().filter(|row| of_two(row.model, two) == best).collect();
    let names: Vec<&str> = protect.iter().map(|row| row.model.within()).collect();
    let (one, other) = (MATTERS[two.0].1.to_lowercase(), MATTERS[two.1].1.to_lowercase());
    let far = if best == 4 { "wholly" } else { "furthest, though not wholly" };
    let place = match names[..] {
        [only] => format!("work {only}"),
        _ => format!("{} ways: {}", names.len(), joined(&names)),
    };
    let of_them = if names.len() == 1 {
        String::new()
    } else {
        format!(" Of these an hour is worth most {}.", answer.named.within())
    };
    format!("Your two, {one} and {other}, are protected {far} by {place}.{of_them}")
}

fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [all @ .., last] => format!("{}; and {last}", all.join("; ")),
    }
}

/// What the ratings add: what is there already is not won by a change.
fn of_today(answer: &Answer, (one, other): (usize, usize)) -> Option<String> {
    let rated = [one, other].map(|at| answer.asked.ratings[at].map(|it| (at, it)));
    if let [Some((_, a)), Some((_, b))] = rated
        && 4 <= a.min(b)
    {
        return Some(format!(
            "You rate both of your two at {} or more today. What you have may be what you look for.",
            a.min(b)
        ));
    }
    let (at, low) = rated.into_iter().flatten().filter(|it| it.1 <= 2).min_by_key(|it| it.1)?;
    Some(format!(
        "You rate “{}” {low} of 5 today: ask about it first, wherever you go.",
        MATTERS[at].1
    ))
}

/// What the needs that follow are needed for.
pub(super) fn needed_for(answer: &Answer) -> String {
    let first = answer.first();
    match first.course.effective_hour_cents.map(rounded) {
        Some(hour) => {
            format!("{} {}, {}:", words::HAVE_TO_WHY, first.model.within(), dollars(hour))
        }
        None => words::NO_HOUR.to_owned(),
    }
}

/// What another model would need, against what was asked.
pub(super) fn needs(needed: &Needed, answer: &Answer) -> String {
    let Needed { model, lever, found } = needed;
    let asked = &answer.asked;
    let name = model.name();
    let Some(found) = *found else {
        return format!("{name}: nothing; there its hour is worth as much already.");
    };
    match (lever, found) {
        (Lever::Calls, Found::At(value)) => {
            let own = asked.calls(*model);
            let costs = "; to answer more than can be seen costs hours";
            let why = if value < own { costs } else { "" };
            format!("{name}: {} calls a week instead of {}{why}.", calls(value), calls(own))
        }
        (Lever::Calls, Found::NoneTo(most)) => {
            format!("{name}: no number of calls up to {} a week does it.", calls(most))
        }
        (Lever::Split, Found::At(value)) => {
            format!(
                "{name}: a split of {} instead of {}.",
                split(value),
                split(model.split_bp(asked))
            )
        }
        (Lever::Split, Found::NoneTo(_)) => format!("{name}: no split does it, not even all."),
        (Lever::Rate, Found::At(value)) => format!(
            "{name}: {} a session instead of {}.",
            dollars(value),
            dollars(asked.get(Key::Rate))
        ),
        (Lever::Rate, Found::NoneTo(most)) => {
            format!("{name}: no rate up to {} does it.", figures::of(Key::Rate).read(most))
        }
    }
}

/// The belief, seen from the high split: what the table shows, then what would have to be.
pub(super) fn from_high(it: &Believed, answer: &Answer) -> Vec<String> {
    let (high, low) = splits(answer);
    let (less, hours) = (it.keeps_more < 0, it.hours_more < 0);
    let mut says = vec![format!(
        "With these calls, {high} keeps {} {} than {low}, and works {} hours {}.",
        whole_dollars(it.keeps_more.abs()),
        if less { "less" } else { "more" },
        count(it.hours_more.abs()),
        if hours { "fewer" } else { "more" }
    )];
    says.extend(it.for_each.filter(|each| 0 < *each).map(|each| {
        format!(
            "That is {} for each of those hours. Whether it is worth it is yours to say.",
            dollars(each)
        )
    }));
    says.push(match it.split_hour {
        Some(Found::At(bp)) => format!(
            "In the expected course, for an hour worth as much as at {low}, the high split would \
             have to be {}.",
            split(bp)
        ),
        _ => format!(
            "In the expected course, no high split makes its hour worth as much as at {low}: the \
             hours that nobody pays are too many, or too few."
        ),
    });
    says.push(match it.calls_at_high {
        Found::At(value) => format!(
            "In the expected course, at {high} you would need {} calls a week to keep as much as \
             at {low} with {}.",
            calls(value),
            calls(answer.asked.calls(Model::Group))
        ),
        Found::NoneTo(most) => format!(
            "In the expected course, at {high} no number of calls up to {} a week keeps as much \
             as at {low}.",
            calls(most)
        ),
    });
    says
}

/// The belief, seen from the lower split with support.
pub(super) fn from_low(it: &Believed, answer: &Answer) -> Vec<String> {
    let (high, low) = splits(answer);
    let kept = match it.split_kept {
        Found::At(bp) => format!(
            "In the expected course, to keep as much as at {high}, the lower split would have to \
             be {}.",
            split(bp)
        ),
        Found::NoneTo(_) => {
            format!("In the expected course, no split with support keeps as much as {high}.")
        }
    };
    let by_calls = match it.calls_at_low {
        Found::At(value) => format!(
            "Or, in the same course, the group would have to bring {} calls a week where you \
             bring {}.",
            calls(value),
            calls(answer.asked.calls(Model::HighSplit))
        ),
        Found::NoneTo(most) => format!(
            "In the same course, no number of calls up to {} a week makes up for the split.",
            calls(most)
        ),
    };
    let and = format!(
        "So {high} wins by what is kept where the calls are there anyway and chores are few; {low} \
         wins where calls come only with the support, and by the hour where chores are many."
    );
    vec![kept, by_calls, and]
}

/// "80/20" and "60/40".
fn splits(answer: &Answer) -> (String, String) {
    let read = |model: Model| {
        let bp = model.split_bp(&answer.asked);
        format!(
            "{}/{}",
            figures::of(Key::JobSplit).typed(bp),
            figures::of(Key::JobSplit).typed(10_000 - bp)
        )
    };
    (read(Model::HighSplit), read(Model::Group))
}

/// How the pay of a model comes about.
pub(super) fn pay(model: Model, answer: &Answer) -> String {
    let asked = &answer.asked;
    match model {
        Model::Solo | Model::Biller | Model::Ours => "All of what is collected".to_owned(),
        Model::Network => format!(
            "{} a session from the network; all of what clients pay you directly",
            dollars(asked.get(Key::Rate))
        ),
        _ => format!("{} of what is collected", split(model.split_bp(asked))),
    }
}

/// The second line of a row: its contract in few words.
pub(super) fn in_short(model: Model, answer: &Answer) -> String {
    let asked = &answer.asked;
    match model {
        Model::Solo => "everything is yours, and on you".to_owned(),
        Model::Biller => {
            format!("{} of what plans pay goes to the biller", split(asked.get(Key::Biller)))
        }
        Model::Job => format!("{}, chores done", split(model.split_bp(asked))),
        Model::Group => format!("{}, chores done", split(model.split_bp(asked))),
        Model::Network => format!("its rate, {} a session", dollars(asked.get(Key::Rate))),
        Model::HighSplit => format!("{}, own calls and chores", split(model.split_bp(asked))),
        Model::Ours => "own contracts, prices by the piece".to_owned(),
    }
}
