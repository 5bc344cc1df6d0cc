//! The pages of worth: values to HTML.

use bookkeeping::Period;
use economics::{RowKind, RowRole, TimeKind, Window, dollars};
use ground::frame;
use ground::html::{
    Bar, Column, Empty, Faults, Filled, Head, Heading, Ink, Link, Pick, Span, TableRow, Typed,
    bars, button, columns, money, one_sentence, pagination, post, section, table, when,
};
use ground::spans::Source;
use ground::web::assets;
use ids::PracticeId;
use maud::{Markup, html};
use money::Cents;

use crate::falls::{self, Is, Step};
use crate::model::{ASKED, Figures, Record, Worked, with_an_hour_a_week};
use crate::words;

fn framed(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// All that the page of a month shows.
pub struct Page<'a> {
    pub practice: PracticeId,
    pub record: &'a Record,
    /// Months, earliest first.
    pub all: &'a [Figures],
    /// The place of the month that is shown.
    pub at: usize,
    pub window: Window,
    /// The last closed months up to this one, three at most, by their work; with the first of them.
    pub trailing: Option<(Period, Window)>,
    pub once: [String; 3],
    pub typed: &'a Typed,
    pub faults: &'a Faults,
}

impl Page<'_> {
    fn month(&self) -> &Figures {
        &self.all[self.at]
    }

    fn path(&self) -> String {
        format!("/p/{}/worth", self.practice)
    }

    /// Where the rows are that a step is counted from.
    fn rows_of(&self, step: Is) -> String {
        let (path, month) = (self.path(), self.month().month);
        let of_kind = |kind: TimeKind| format!("{path}/hours/{}?month={month}", kind.as_str());
        match step {
            Is::SessionHour => of_kind(TimeKind::Session),
            Is::Hours(kind, _) => of_kind(kind),
            Is::Collected => format!("{path}/money?month={month}#collected"),
            Is::PracticeShare => format!("{path}/money?month={month}#pay"),
            Is::Prices => format!("{path}/money?month={month}#prices"),
            Is::Hour => format!("{path}/money?month={month}"),
        }
    }

    fn link(&self, at: Option<usize>) -> Option<Link> {
        let month = self.all.get(at?)?.month;
        Some(Link::to(format!("{}?month={month}", self.path()), words::month(month)))
    }
}

/// A month: one sentence, then what it comes from.
pub fn page(it: &Page<'_>) -> Markup {
    let figures = it.month();
    let month = words::month(figures.month);
    let hours = &figures.actuals.hours;
    let filled = Filled::new(it.typed, it.faults);
    let main = html! {
        (filled.summary())
        (Heading::new(words::TITLE).lead(html! { (month) ". " (words::ONLY_YOU) }))
        (one_sentence(sentence(it)))
        p.aside {
            (words::coverage(hours.total_s, figures.said_s, &hours.not_recorded))
            @if let Some(further) = further(figures) { " " (further) }
            @if let Some(trailing) = trailing(it) { " " (trailing) }
        }
        (pagination(words::IN_MONTHS, &month, it.link(it.at.checked_sub(1)).as_ref(),
            it.link(Some(it.at + 1)).as_ref()))
        (section(words::SUMS, Some(html! { (words::SUMS_ASIDE) }), sums(it)))
        (columns(
            section(words::FALLS, Some(html! { (words::FALLS_ASIDE) }), falls(it)),
            section(words::BY_KIND, Some(html! { (words::hours(hours.total_s)) " in all" }), by_kind(it)),
        ))
        (section(words::OUTSIDE, None, outside(it)))
        (section(words::SAY, None, say(it, filled)))
        @if !it.record.paid_hours.is_empty() {
            (section(words::PAID_HOURS, None, paid_hours(it, filled)))
        }
    };
    framed(words::TITLE, it.faults, main)
}

fn sentence(it: &Page<'_>) -> Markup {
    let figures = it.month();
    let month = words::month(figures.month);
    let cash = &figures.actuals.cash;
    let split = cash.split_net_bp.map(words::per_cent);
    match (&figures.unknown, words::hour(&cash.effective_hour_net)) {
        (Some(why), _) => {
            html! { "In " (month) " what an hour was worth is not known yet. " (why) }
        }
        (None, None) => html! { "In " (month) " what an hour was worth is not known yet." },
        (None, Some(hour)) => html! {
            "In " (month) " an hour was worth " b { (hour) } " to you: "
            b { (dollars(cash.net_cents)) } " for "
            b { (words::hours(figures.actuals.hours.total_s)) " hours" }
            @if let Some(split) = split { ", " (split) " of what was collected" }
            "."
        },
    }
}

fn further(figures: &Figures) -> Option<String> {
    let is_open = !figures.actuals.hours.not_recorded.is_empty();
    let hour = with_an_hour_a_week(figures).filter(|_| is_open && figures.unknown.is_none())?;
    Some(words::further(hour))
}

fn trailing(it: &Page<'_>) -> Option<String> {
    let (first, window) = it.trailing.as_ref()?;
    words::trailing(*first, it.month().month, window)
}

fn shown(figure: Option<String>) -> Markup {
    html! { (figure.unwrap_or_else(|| words::NOT_KNOWN.into())) }
}

fn sums(it: &Page<'_>) -> Markup {
    let (figures, window) = (it.month(), &it.window);
    let (cash, matched) = (&figures.actuals.cash, &figures.actuals.matched);
    let work = &matched.basis;
    let row = |what: &str, cells: [Markup; 3]| {
        let [cash, work, since] = cells;
        TableRow::new(vec![html! { (what) }, cash, work, since])
    };
    let hours = words::hours(figures.actuals.hours.total_s);
    let split = |points: Option<i64>| shown(points.map(words::per_cent));
    let hour = |bounds| shown(words::hour(bounds));
    let mut rows = vec![
        row(
            words::COLLECTED,
            [
                money(cash.collected_cents.0),
                money(work.collected_cents.0),
                money(window.collected_cents.0),
            ],
        ),
        row(
            words::NET,
            [money(cash.net_cents.0), money(work.net_cents.0), money(window.kept_cents.0)],
        ),
        row(
            words::HOURS,
            [html! { (hours) }, html! { (hours) }, html! { (words::hours(window.seconds)) }],
        ),
        row(
            words::HOUR,
            [
                hour(&cash.effective_hour_net),
                hour(&work.effective_hour_net),
                hour(&window.effective_hour),
            ],
        ),
        row(
            words::SPLIT,
            [split(cash.split_net_bp), split(work.split_net_bp), split(window.split_collected_bp)],
        ),
    ];
    if it.record.is_self_employed == Some(true) {
        let tax = [money(-cash.employment_tax_cents.0), money(-work.employment_tax_cents.0)];
        let [of_cash, of_work] = tax;
        rows.push(row(words::TAX, [of_cash, of_work, html! {}]));
        let after = [money(cash.kept_cents.0), money(work.kept_cents.0), html! {}];
        rows.push(row(words::AFTER_TAX, after));
        let hours = [hour(&cash.effective_hour), hour(&work.effective_hour), html! {}];
        rows.push(row(words::HOUR_AFTER_TAX, hours));
        let splits = [split(cash.split_collected_bp), split(work.split_collected_bp), html! {}];
        rows.push(row(words::SPLIT_AFTER_TAX, splits));
    }
    let columns = [
        Column::name(words::MONEY),
        Column::number(words::CAME_IN),
        Column::number(words::OF_WORK),
        Column::number(words::SINCE),
    ];
    let of = it.record.months.iter().find(|of| of.month == figures.month);
    let statement = of.and_then(|of| of.statement);
    html! {
        (table(words::SUMS, &columns, &rows, &Empty::new("")))
        p {
            @match it.record.is_self_employed {
                Some(true) => (words::TAX_WHY),
                Some(false) => (words::EMPLOYERS_TAX),
                None => (words::NO_TAX),
            }
            @if Cents::ZERO < matched.open_cents { " " (words::open(matched.open_cents)) }
            @if statement.is_none() { " " (words::NOT_CLOSED_YET) }
            @if let Some(id) = statement {
                " " (Link::to(format!("/p/{}/statements/{id}", it.practice), words::YOUR_STATEMENT))
            }
        }
    }
}

/// Where a bar runs between two amounts on a scale that holds zero.
fn span(from: i64, to: i64, (lowest, highest): (i64, i64)) -> Span {
    let (lowest, highest) = (lowest.min(0), highest.max(lowest.min(0) + 1));
    let place = |at: i64| {
        let points = (at.clamp(lowest, highest) - lowest) * 10_000 / (highest - lowest);
        u16::try_from(points).unwrap_or(10_000)
    };
    Span { from_bp: place(from.min(to)), to_bp: place(from.max(to)) }
}

/// From what came in for a session hour to what an hour was worth; each bar opens its rows.
fn falls(it: &Page<'_>) -> Markup {
    let figures = it.month();
    let Some(steps) = falls::steps(figures, it.record.is_owner) else {
        return html! { (Empty::new(words::NO_HOURS)) };
    };
    let ends = || steps.iter().flat_map(|step| [step.from.0, step.to.0]);
    let scale = (ends().min().unwrap_or(0), ends().max().unwrap_or(0));
    let bound = figures.actuals.cash.effective_hour_net.bound;
    let names: Vec<String> = steps.iter().map(|step| words::step(step.is, bound)).collect();
    let bar = |(step, name): (&Step, &'_ String)| {
        let link = Link::to(it.rows_of(step.is), dollars(step.cents())).about(name.as_str());
        (span(step.from.0, step.to.0, scale), html! { (link) }, ink(step))
    };
    let drawn: Vec<_> = steps.iter().zip(&names).map(bar).collect();
    let list = steps.iter().zip(&names).zip(drawn).map(|((step, name), (span, value, ink))| Bar {
        name,
        span: Ok(span),
        value,
        ink,
        total: step.is_whole(),
    });
    bars(words::FALLS, words::FALLS_ASIDE, &list.collect::<Vec<_>>())
}

fn ink(step: &Step) -> Ink {
    match step.is {
        Is::Hour => Ink::Yours,
        _ if step.is_whole() => Ink::Plain,
        _ => Ink::Part,
    }
}

/// Kinds in their order: those that something is known of, then those that nothing is.
fn by_kind(it: &Page<'_>) -> Markup {
    let figures = it.month();
    let hours = &figures.actuals.hours;
    let widest = hours.by_kind_s.values().copied().max().unwrap_or(0);
    let mut kinds: Vec<TimeKind> = hours.by_kind_s.keys().copied().collect();
    kinds.extend(hours.not_recorded.iter().copied());
    kinds.sort_unstable();
    kinds.dedup();
    let list = kinds.iter().map(|kind| {
        let seconds = hours.by_kind_s.get(kind).copied();
        let href = format!("{}/hours/{}?month={}", it.path(), kind.as_str(), figures.month);
        let value = seconds.map_or_else(|| "".to_owned(), words::hours);
        Bar {
            name: words::kind(*kind),
            span: match seconds {
                None => Err(words::NOT_RECORDED),
                Some(0) => Err(words::NONE_SAID),
                Some(seconds) => Ok(span(0, seconds, (0, widest))),
            },
            value: html! {
                @if !value.is_empty() { (Link::to(href, value).about(words::kind(*kind))) }
            },
            ink: if *kind == TimeKind::Session { Ink::Yours } else { Ink::Plain },
            total: false,
        }
    });
    let list: Vec<Bar<'_>> = list.collect();
    if list.is_empty() {
        return html! { (Empty::new(words::NO_HOURS)) };
    }
    bars(words::BY_KIND, words::HOURS, &list)
}

/// How much lay outside her own hours, and how that changed.
fn outside(it: &Page<'_>) -> Markup {
    let figures = it.month();
    let row = |of: &Figures| {
        let href = format!("{}?month={}", it.path(), of.month);
        let cash = &of.actuals.cash;
        TableRow::new(vec![
            html! { (Link::to(href, words::month(of.month))) },
            html! { (words::hours(of.actuals.hours.total_s)) },
            html! { @if let Some(seconds) = of.outside_s { (words::hours(seconds)) } },
            match of.unknown {
                Some(_) => html! { (words::NOT_KNOWN) },
                None => money(cash.net_cents.0),
            },
            match of.unknown {
                Some(_) => html! { (words::NOT_KNOWN) },
                None => shown(words::hour(&cash.effective_hour_net)),
            },
        ])
    };
    let rows: Vec<TableRow> = it.all.iter().rev().take(24).map(row).collect();
    let columns = [
        Column::name(words::MONTH),
        Column::number(words::HOURS),
        Column::number(words::LAY_OUTSIDE),
        Column::number(words::NET),
        Column::number(words::HOUR),
    ];
    html! {
        p {
            @match figures.outside_s {
                Some(seconds) => {
                    b { (words::outside(seconds, figures.placed_s)) } " " (words::OUTSIDE_WHY)
                    @if let Some(says) = words::not_placed(figures.said_s) { " " (says) }
                }
                None => (words::NEVER_OPENED),
            }
        }
        (table(words::OUTSIDE, &columns, &rows, &Empty::new("")))
    }
}

fn say(it: &Page<'_>, form: Filled<'_>) -> Markup {
    let month = it.month().month;
    let mut kinds = vec![Pick::new("", words::CHOOSE)];
    let all = TimeKind::WORDS.iter().filter(|(_, kind)| *kind != TimeKind::Reports);
    kinds.extend(all.map(|(word, kind)| Pick::new(*word, words::kind(*kind))));
    let begin = begin_on(it.record.today.min(month.last_day()));
    let form = if it.faults.is_empty() { Filled::new(&begin, it.faults) } else { form };
    let asked = ASKED.iter().any(|kind| it.month().actuals.hours.not_recorded.contains(kind));
    html! {
        div.flow {
            p { (words::SAY_WHY) }
            (post(&format!("{}/days", it.path()), &it.once[0], html! {
                input type="hidden" name="month" value=(month);
                (form.select("kind", words::KIND, &kinds))
                (form.date("on", words::DAY))
                (form.field("minutes", words::MINUTES).hint(words::MINUTES_HINT).short())
                (button(words::KEEP).filled())
            }))
            @if asked {
                p { (not_recorded(it.month())) }
                (post(&format!("{}/nones", it.path()), &it.once[1], html! {
                    input type="hidden" name="month" value=(month);
                    (button(words::NONE_OF_THESE))
                }))
            }
        }
    }
}

/// What the engagement pays by the hour: handed in while the month is open.
fn paid_hours(it: &Page<'_>, form: Filled<'_>) -> Markup {
    let month = it.month().month;
    let known = |kind| it.record.handed_in.iter().find(|h| h.month == month && h.kind == kind);
    let of = it.record.months.iter().find(|of| of.month == month);
    let is_closed = of.is_some_and(|of| of.statement.is_some());
    let kinds = it.record.paid_hours.iter();
    let kinds: Vec<Pick> = std::iter::once(Pick::new("", words::CHOOSE))
        .chain(kinds.map(|(kind, _)| Pick::new(kind.word(), words::paid_kind(*kind))))
        .collect();
    html! {
        div.flow {
            @for (kind, rate) in &it.record.paid_hours {
                p {
                    (words::pays(*kind, *rate)) " "
                    (words::handed_in(month, known(*kind).map(|it| it.minutes)))
                }
            }
            @if !is_closed {
                p { (words::HAND_IN_WHY) }
                (post(&format!("{}/paid", it.path()), &it.once[2], html! {
                    input type="hidden" name="month" value=(month);
                    (form.select("paid", words::PAID_KIND, &kinds))
                    (form.field("paid_minutes", words::PAID_MINUTES)
                        .hint(words::MINUTES_HINT).short())
                    (button(words::HAND_IN))
                }))
            }
        }
    }
}

fn not_recorded(figures: &Figures) -> String {
    let kinds = figures.actuals.hours.not_recorded.iter().map(|it| words::kind(*it));
    format!("{}: {}.", words::NOT_RECORDED_YET, kinds.collect::<Vec<_>>().join(", "))
}

/// A form for a day opens with one.
fn begin_on(day: jiff::civil::Date) -> Typed {
    Typed::none()
        .with("on_month", day.month().to_string())
        .with("on_day", day.day().to_string())
        .with("on_year", day.year().to_string())
}

/// What a kind came to in a month, stretch by stretch, and what was said of its days.
pub fn of_kind(practice: PracticeId, record: &Record, figures: &Figures, kind: TimeKind) -> Markup {
    let month = figures.month;
    let (first, after) = record.instants(month.first_day());
    let meets = |it: &&Worked| it.kind == kind && it.from < after && first < it.to.unwrap_or(after);
    let mut rows: Vec<(jiff::civil::Date, TableRow)> = Vec::new();
    for it in record.worked.iter().filter(meets) {
        let from = it.from.max(first).to_zoned_datetime(record.zone.clone());
        let to = it.to.map(|to| to.min(after).to_zoned_datetime(record.zone.clone()));
        let length = match (&to, it.slot_s) {
            (Some(to), _) => to.timestamp().as_second() - from.timestamp().as_second(),
            (None, slot_s) => slot_s.unwrap_or(0),
        };
        let known = match (it.to, it.source) {
            (None, _) => words::NOT_STOPPED,
            (_, Source::Measured) => words::MEASURED,
            (_, Source::Entered) => words::BY_YOU,
        };
        rows.push((
            from.date(),
            TableRow::new(vec![
                when::date(from.date()),
                match &to {
                    Some(to) => when::span(&from, to),
                    None => when::clock(from.time()),
                },
                html! { (words::length(length)) },
                html! { (known) },
            ]),
        ));
    }
    let said: Vec<_> =
        record.said.iter().filter(|it| it.kind == kind && Period::of(it.on) == month).collect();
    for (at, it) in said.iter().enumerate() {
        let is_last = !said[at + 1..].iter().any(|later| later.on == it.on);
        rows.push((
            it.on,
            TableRow::new(vec![
                when::date(it.on),
                html! { (words::IN_ALL) },
                html! { (words::length(it.minutes * 60)) },
                html! { (if is_last { words::BY_YOU } else { words::EARLIER_WORD }) },
            ]),
        ));
    }
    rows.sort_by_key(|(day, _)| *day);
    let rows: Vec<TableRow> = rows.into_iter().map(|(_, row)| row).collect();
    let columns = [
        Column::name(words::DAY),
        Column::words(words::FROM_TO),
        Column::number(words::LENGTH),
        Column::words(words::WHOSE_WORD),
    ];
    let seconds = figures.actuals.hours.by_kind_s.get(&kind).copied().unwrap_or(0);
    let lead =
        format!("{}: {} hours. {}", words::month(month), words::hours(seconds), words::NO_SECOND);
    let title = words::kind(kind);
    let main = html! {
        (Heading::new(title)
            .lead(html! { (lead) })
            .back(Link::to(format!("/p/{practice}/worth?month={month}"), words::BACK)))
        (table(title, &columns, &rows, &Empty::new(words::NOTHING_MEASURED)))
    };
    framed(title, &Faults::none(), main)
}

/// All money of a month: what came in, what the engagement makes of it, what the operator asks.
pub fn money_of(practice: PracticeId, record: &Record, figures: &Figures) -> Markup {
    let month = figures.month;
    let of = record.months.iter().find(|of| of.month == month);
    let counts = |line: &payouts::Line, role: RowRole| {
        // What an owner's work brought is theirs already.
        let counts = |kind: RowKind| !(record.is_owner && kind.counts_twice_for_owner());
        line.kind.is_some_and(|kind| kind.role() == role && counts(kind))
    };
    let lines = |role: RowRole| -> Vec<TableRow> {
        let settled = of.and_then(|of| Some((of.statement, of.is.as_ref().ok()?)));
        let Some((statement, settled)) = settled else { return Vec::new() };
        let row = |(at, line): (usize, &payouts::Line)| {
            let what = match statement {
                Some(id) => {
                    let href = format!("/p/{practice}/statements/{id}/lines/{at}");
                    html! { (Link::to(href, &line.what)) }
                }
                None => html! { (line.what) },
            };
            TableRow::new(vec![what, html! { (line.how) }, money(line.cents.0)])
        };
        let numbered = settled.lines.iter().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(|(_, line)| counts(line, role)).map(row).collect()
    };
    let came_in = record.collected.iter().filter(|it| Period::of(it.on) == month);
    let interest = of.and_then(|of| of.is.as_ref().ok()).into_iter().flat_map(|it| &it.lines);
    let interest = interest.filter(|line| line.kind == Some(RowKind::PayerInterest));
    let interest = interest.map(|line| {
        let on = when::date(month.last_day());
        TableRow::new(vec![on, html! {}, html! { (line.what) }, money(line.cents.0)])
    });
    let came_in = came_in.map(|it| {
        let from = it.payer.as_deref().unwrap_or(words::CLIENT);
        TableRow::new(vec![
            when::date(it.on),
            when::date(it.service_on),
            html! { (from) },
            money(it.cents.0),
        ])
    });
    let of_money = [
        Column::name(words::CAME_ON),
        Column::words(words::FOR_WORK_OF),
        Column::words(words::FROM),
        Column::leading(words::AMOUNT),
    ];
    let of_lines =
        [Column::name(words::WHAT), Column::words(words::HOW), Column::leading(words::AMOUNT)];
    let empty = Empty::new(words::NO_MONEY);
    let cash = &figures.actuals.cash;
    let sum = |cents: Cents| Some(html! { (dollars(cents)) });
    let title = format!("{} {}", words::MONEY_OF, words::month(month));
    let main = html! {
        (Heading::new(&title)
            .lead(html! { (words::MONEY_LEAD) })
            .back(Link::to(format!("/p/{practice}/worth?month={month}"), words::BACK)))
        div #collected {
            (section(words::MONEY_IN, sum(cash.collected_cents),
                table(words::MONEY_IN, &of_money, &came_in.chain(interest).collect::<Vec<_>>(), &empty)))
        }
        @let pay = lines(RowRole::Pay);
        @if !record.is_owner || !pay.is_empty() {
            div #pay {
                (section(words::PAY, sum(cash.pay_cents),
                    table(words::PAY, &of_lines, &pay, &empty)))
            }
        }
        div #prices {
            (section(words::PRICES, sum(cash.deductions_cents),
                table(words::PRICES, &of_lines, &lines(RowRole::Deduction), &empty)))
        }
    };
    framed(&title, &Faults::none(), main)
}
