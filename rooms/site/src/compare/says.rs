//! Sentences from figures: what is more and by how much, never which is right for somebody.

use economics::per_cent;
use ground::html::dollars;
use money::BasisPoints;

use super::answer::{Answer, Row, rounded};
use super::figures::{self, Key};
use super::models::Model;
use super::protects::{MATTERS, of_two};
use super::truths::{Believed, CALLS_MOST, Lever, Needed};

/// Dollars without cents, for sums of many months.
pub(super) fn whole_dollars(cents: i64) -> String {
    let text = dollars(rounded_to_hundred(cents));
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

fn rounded_to_hundred(cents: i64) -> i64 {
    money::div_round(i128::from(cents), 100)
        .map_or(cents, |it| i64::try_from(it).unwrap_or(cents / 100) * 100)
}

/// A count with its thousands apart.
pub(super) fn count(value: i64) -> String {
    whole_dollars(value.saturating_mul(100)).replace('$', "")
}

/// A share of one, in per cent.
pub(super) fn share(value: Option<f64>) -> Option<String> {
    value.map(|it| format!("{}%", rounded(it * 100.0)))
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
    says.extend(answer.row(Model::Ours).map(|ours| ours_beside(ours, answer)));
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
        _ => "With these figures no hour is worked, so none has a worth yet.".to_owned(),
    }
}

/// "$9,291 more than in a group, employed, for 636 hours more".
fn beside(row: &Row, other: &Row) -> String {
    let (kept, hours) = (row.kept() - other.kept(), row.hours() - other.hours());
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

fn ours_beside(ours: &Row, answer: &Answer) -> String {
    let first = answer.first();
    if first.model != Model::Ours {
        return format!("On Trellis you keep {}.", beside(ours, first));
    }
    let next = answer.rows.get(1).unwrap_or(first);
    format!(
        "Next by the hour is work {}: there you keep {}.",
        next.model.within(),
        beside(next, ours)
    )
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

/// What another model would need, against what was asked.
pub(super) fn needs(needed: &Needed, answer: &Answer) -> String {
    let Needed { model, lever, value } = needed;
    let asked = &answer.asked;
    let name = model.name();
    match (lever, value) {
        (Lever::Calls, Some(value)) => format!(
            "{name}: {} calls a week instead of {}.",
            calls(*value),
            calls(asked.calls(*model))
        ),
        (Lever::Calls, None) => {
            format!("{name}: no number of calls up to {CALLS_MOST} a week does it.")
        }
        (Lever::Split, Some(value)) => format!(
            "{name}: a split of {} instead of {}.",
            split(*value),
            split(model.split_bp(asked))
        ),
        (Lever::Split, None) => format!("{name}: no split does it, not even all."),
        (Lever::Rate, Some(value)) => format!(
            "{name}: {} a session instead of {}.",
            dollars(*value),
            dollars(asked.get(Key::Rate))
        ),
        (Lever::Rate, None) => format!("{name}: no rate up to $400 does it."),
    }
}

/// The belief, seen from the high split.
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
        Some(bp) => format!("For an hour worth as much as at {low}, the high split would have to be {}.", split(bp)),
        None => format!("No high split makes its hour worth as much as at {low}: the hours that nobody pays are too many, or too few."),
    });
    says.push(match it.calls_at_high {
        Some(value) => format!(
            "At {high} you would need {} calls a week to keep as much as at {low} with {}.",
            calls(value),
            calls(answer.asked.calls(Model::Group))
        ),
        None => format!(
            "At {high} no number of calls up to {CALLS_MOST} a week keeps as much as at {low}."
        ),
    });
    says
}

/// The belief, seen from the lower split with support.
pub(super) fn from_low(it: &Believed, answer: &Answer) -> Vec<String> {
    let (high, low) = splits(answer);
    let kept = match it.split_kept {
        Some(bp) => {
            format!("To keep as much as at {high}, the lower split would have to be {}.", split(bp))
        }
        None => format!("No split with support keeps as much as {high}."),
    };
    let by_calls = match it.calls_at_low {
        Some(value) => format!(
            "Or the group would have to bring {} calls a week where you bring {}.",
            calls(value),
            calls(answer.asked.calls(Model::HighSplit))
        ),
        None => format!("No number of calls up to {CALLS_MOST} a week makes up for the split."),
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
