//! The pages of the books: values to HTML. Sums arrive as they were counted.

use bookkeeping::{Class, Entry, RuleName, Title, rule};
use ground::frame;
use ground::html::{
    Button, Column, Empty, Faults, Filled, Head, Heading, Link, Pick, TableRow, Typed, amount,
    button, facts, in_column, money, pagination, post, section, table, when,
};
use ground::web::assets;
use ids::{EntryId, PracticeId, Uuid};
use jiff::civil::Date;
use maud::{Markup, html};
use money::Cents;
use people::Client;
use terms::Payer;

use crate::model::Cause;
use crate::queries::Listed;
use crate::receipt::{Payment, Way};
use crate::words;

fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// What the first page of the books shows.
pub struct Books {
    pub practice: PracticeId,
    pub titles: Vec<(Title, Cents)>,
    pub entries: Vec<Listed>,
    /// Whether the one who looks may write down money.
    pub may_record: bool,
    /// Whether there are entries before those listed.
    pub is_from_the_top: bool,
}

/// The books of a practice.
pub fn books(books: &Books) -> Markup {
    let at = format!("/p/{}/books", books.practice);
    let record = Button::go(Link::to(format!("{at}/money"), words::RECORD)).filled();
    let heading = Heading::new(words::BOOKS).lead(html! { (words::BOOKS_WHY) });
    let heading = if books.may_record { heading.beside(html! { (record) }) } else { heading };
    let whose = whose(&books.titles);
    let main = html! {
        (heading)
        (section(words::TRIAL, Some(html! { (words::BALANCED) }), trial(&books.titles)))
        @if let Some(whose) = whose {
            (section(words::WHOSE, Some(html! { (words::WHOSE_ASIDE) }), whose))
        }
        (section(words::ENTRIES, Some(html! { (words::NEWEST) }), entries(&at, books)))
    };
    page(words::BOOKS, &Faults::none(), main)
}

fn is_memorandum(title: Title) -> bool {
    title.class() == Class::Memorandum
}

fn trial(titles: &[(Title, Cents)]) -> Markup {
    let of_books = titles.iter().filter(|(title, cents)| !is_memorandum(*title) && cents.0 != 0);
    let mut lines: Vec<TableRow> = Vec::new();
    let (mut debits, mut credits) = (0_i64, 0_i64);
    for (title, cents) in of_books {
        let is_credit = cents.is_negative();
        let size = cents.0.saturating_abs();
        let sum = if is_credit { &mut credits } else { &mut debits };
        // The first of a side carries the sign of currency.
        let side = if *sum == 0 { money(size) } else { amount(size) };
        *sum += size;
        let other = html! {};
        let (debit, credit) = if is_credit { (other, side) } else { (side, other) };
        let name = html! { (title.standard_code()) " " (title.name()) };
        lines.push(TableRow::new(vec![name, debit, credit]));
    }
    if !lines.is_empty() {
        let sum = vec![
            html! { b { (words::SUM) } },
            html! { b { (money(debits)) } },
            html! { b { (money(credits)) } },
        ];
        lines.push(TableRow::new(sum));
    }
    let columns =
        [Column::name(words::ACCOUNT), Column::number(words::DEBIT), Column::number(words::CREDIT)];
    table(words::TRIAL, &columns, &lines, &Empty::new(words::NO_ENTRIES))
}

/// The memorandum accounts, which say whose the money is.
fn whose(titles: &[(Title, Cents)]) -> Option<Markup> {
    let of_money = titles.iter().filter(|(title, _)| is_memorandum(*title));
    let lines: Vec<TableRow> = of_money
        .enumerate()
        .map(|(at, (title, cents))| {
            let cents = if *title == Title::MoneyIn { cents.0 } else { -cents.0 };
            TableRow::new(vec![html! { (title.name()) }, in_column(at, cents)])
        })
        .collect();
    let columns = [Column::name(words::ACCOUNT), Column::leading(words::AMOUNT)];
    (!lines.is_empty()).then(|| table(words::WHOSE, &columns, &lines, &Empty::new("")))
}

fn entries(at: &str, books: &Books) -> Markup {
    let lines: Vec<TableRow> =
        books.entries.iter().enumerate().map(|it| entry_row(at, books.practice, it)).collect();
    let columns = [
        Column::name(words::WHAT),
        Column::words(words::DAY),
        Column::words(words::FOR_WHOM),
        Column::words(words::CAUSE),
        Column::leading(words::AMOUNT),
    ];
    let last = books.entries.last().map(|it| it.place);
    let earlier = last
        .filter(|_| 50 <= books.entries.len())
        .map(|place| Link::to(format!("{at}?before={place}"), words::EARLIER));
    let first = (!books.is_from_the_top).then(|| Link::to(at, words::NEWEST));
    html! {
        (table(words::ENTRIES, &columns, &lines, &Empty::new(words::NO_ENTRIES)))
        @if first.is_some() || earlier.is_some() {
            (pagination(words::ENTRIES, "", first.as_ref(), earlier.as_ref()))
        }
    }
}

fn entry_row(at: &str, practice: PracticeId, (place, it): (usize, &Listed)) -> TableRow {
    let whom = it.client.as_deref().or(it.payer.as_deref()).unwrap_or_default();
    let what = named(it.rule, it.is_reversal);
    let cells = vec![
        html! { (Link::to(format!("{at}/entries/{}", it.id), what)) },
        when::date(it.on),
        html! { (whom) },
        cause_link(practice, it.cause),
        in_column(place, it.cents.0),
    ];
    if it.is_reversal { TableRow::new(cells).past() } else { TableRow::new(cells) }
}

fn named(rule: RuleName, is_reversal: bool) -> String {
    let reversed = if is_reversal { words::REVERSED } else { "" };
    format!("{reversed}{}", words::event(rule))
}

fn cause_link(practice: PracticeId, cause: Cause) -> Markup {
    html! { (Link::to(cause.path(practice), words::cause(cause.kind))) }
}

/// One entry with its postings. `names` says whose accounts are, in the order of the postings.
pub fn entry(practice: PracticeId, entry: &Entry, cause: Cause, names: &[String]) -> Markup {
    let at = format!("/p/{practice}/books");
    let rule = rule(entry.cause.rule);
    let other = |id: bookkeeping::EntryId| {
        let id = EntryId(Uuid::from_u128(id.0));
        html! { (Link::to(format!("{at}/entries/{id}"), words::THE_EARLIER)) }
    };
    let known = [
        (words::BECAUSE, Some(html! { (rule.because) })),
        (words::CAUSE, Some(cause_link(practice, cause))),
        (words::DAY, Some(when::date_and_year(entry.on))),
        (words::ABOUT, Some(when::date_and_year(entry.happened_on))),
        (words::BELONGS, Some(html! { (entry.belongs_to.to_string()) })),
        (words::REVERSES, entry.reverses.map(other)),
        (words::ADJUSTS, entry.adjusts.map(other)),
    ];
    let lines: Vec<TableRow> = entry
        .postings
        .iter()
        .zip(names)
        .map(|(posting, name)| {
            let title = posting.account.title();
            let size = html! { (amount(posting.cents.0.saturating_abs())) };
            let (debit, credit) =
                if posting.cents.is_negative() { (html! {}, size) } else { (size, html! {}) };
            let named = html! {
                (title.standard_code()) " " (title.name())
                @if !name.is_empty() { ": " (name) }
            };
            TableRow::new(vec![named, debit, credit])
        })
        .collect();
    let columns =
        [Column::name(words::ACCOUNT), Column::number(words::DEBIT), Column::number(words::CREDIT)];
    let title = named(entry.cause.rule, entry.reverses.is_some());
    let main = html! {
        (Heading::new(title).back(Link::to(&*at, words::BACK)))
        (facts(&known, words::NOT_SO))
        (section(words::POSTINGS, None, table(words::POSTINGS, &columns, &lines, &Empty::new(""))))
    };
    page(words::ENTRY, &Faults::none(), main)
}

/// What the forms for money that arrived show.
pub struct Forms<'a> {
    pub practice: PracticeId,
    pub clients: &'a [Client],
    pub payers: &'a [Payer],
    /// Once-keys of the two forms.
    pub once: [String; 2],
    /// Which of the two came back.
    pub came_back: Option<Came<'a>>,
    /// What a form begins with.
    pub begin: Typed,
}

/// A form that came back.
#[derive(Clone, Copy)]
pub struct Came<'a> {
    pub is_deposit: bool,
    pub typed: &'a Typed,
    pub faults: &'a Faults,
}

/// Two forms: a client's payment, a payer's deposit.
pub fn forms(it: &Forms<'_>) -> Markup {
    let none = Faults::none();
    let filled = |is_deposit: bool| match it.came_back {
        Some(came) if came.is_deposit == is_deposit => Filled::new(came.typed, came.faults),
        _ => Filled::new(&it.begin, &none),
    };
    let faults = it.came_back.map_or(&none, |came| came.faults);
    let at = format!("/p/{}/books", it.practice);
    let summary = it.came_back.map(|came| Filled::new(came.typed, came.faults).summary());
    let main = html! {
        @if let Some(summary) = summary { (summary) }
        (Heading::new(words::MONEY)
            .lead(html! { (words::MONEY_WHY) })
            .back(Link::to(&*at, words::BACK)))
        (section(words::FROM_CLIENT, None, client_form(&at, it, filled(false))))
        (section(words::FROM_PAYER, None, payer_form(&at, it, filled(true))))
    };
    page(words::MONEY, faults, main)
}

fn client_form(at: &str, it: &Forms<'_>, form: Filled<'_>) -> Markup {
    let mut clients = vec![Pick::new("", words::CHOOSE)];
    let named = |client: &Client| {
        Pick::new(client.id.to_string(), format!("{} {}", client.number, client.name))
    };
    clients.extend(it.clients.iter().map(named));
    let card = Way::Card { fee: Cents::ZERO };
    let ways = [Way::Cash, Way::Check, card].map(|way| Pick::new(way.word(), words::way(way)));
    post(
        &format!("{at}/payments"),
        &it.once[0],
        html! {
            p { (words::PAYS_OLDEST) }
            (form.select("client", words::CLIENT, &clients))
            (form.field("cents", words::HOW_MUCH).dollars())
            (form.radios("way", words::WAY, &ways))
            (form.field("fee", words::CARD_FEE).hint(words::CARD_FEE_HINT).dollars().optional())
            (form.field("reference", words::REFERENCE).hint(words::REFERENCE_HINT).optional())
            (form.date("on", words::ARRIVED_ON))
            (button(words::WRITE_PAYMENT).filled())
        },
    )
}

fn payer_form(at: &str, it: &Forms<'_>, form: Filled<'_>) -> Markup {
    let mut payers = vec![Pick::new("", words::CHOOSE_PAYER)];
    payers.extend(it.payers.iter().map(|it| Pick::new(it.code.as_str(), &*it.name)));
    let ways = [Way::Transfer, Way::Check].map(|way| Pick::new(way.word(), words::way(way)));
    post(
        &format!("{at}/deposits"),
        &it.once[1],
        html! {
            (form.select("payer", words::PAYER, &payers))
            (form.field("deposit_cents", words::DEPOSITED).dollars())
            (form.radios("deposit_way", words::WAY, &ways))
            (form.field("trace", words::TRACE).hint(words::TRACE_HINT))
            (form.date("deposit_on", words::ARRIVED_ON))
            (button(words::WRITE_DEPOSIT))
        },
    )
}

/// One payment, and the entries that it made.
pub fn payment(
    practice: PracticeId,
    payment: &Payment,
    made: &[(EntryId, RuleName, Cents)],
) -> Markup {
    let at = format!("/p/{practice}/books");
    let from = payment.client.as_deref().or(payment.payer.as_deref()).unwrap_or_default();
    let way = Way::of_word(&payment.way).map_or("", words::way);
    let known = [
        (words::PAYMENT_FROM, Some(html! { (from) })),
        (words::AMOUNT, Some(money(payment.cents.0))),
        (words::WAY, Some(html! { (way) })),
        (words::TRACE, payment.reference.as_ref().map(|it| html! { (it) })),
        (words::ARRIVED_ON, Some(when::date_and_year(payment.on))),
    ];
    let lines: Vec<TableRow> = made
        .iter()
        .enumerate()
        .map(|(place, (id, rule, cents))| {
            let link = Link::to(format!("{at}/entries/{id}"), words::event(*rule));
            TableRow::new(vec![html! { (link) }, in_column(place, cents.0)])
        })
        .collect();
    let columns = [Column::name(words::WHAT), Column::leading(words::AMOUNT)];
    let main = html! {
        (Heading::new(words::PAYMENT).back(Link::to(&*at, words::BACK)))
        (facts(&known, words::NO_NUMBER))
        (section(words::WENT_TO, None,
            table(words::WENT_TO, &columns, &lines, &Empty::new(words::NO_ENTRIES))))
    };
    page(words::PAYMENT, &Faults::none(), main)
}

/// A form for money opens with the day.
pub fn begin_on(day: Date) -> Typed {
    ["on", "deposit_on"].into_iter().fold(Typed::none(), |typed, name| {
        typed
            .with(format!("{name}_month"), day.month().to_string())
            .with(format!("{name}_day"), day.day().to_string())
            .with(format!("{name}_year"), day.year().to_string())
    })
}
