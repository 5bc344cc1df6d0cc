//! The inbox and a request's page: values to HTML. No question is asked here, nothing is decided.

use ground::frame;
use ground::html::{
    Act, Button, Column, Empty, Faults, Filled, Head, Heading, Ink, Link, Moment, Pick, TableRow,
    Tone, Typed, button, clock, columns, disclosure, facts, notice, panel, post, said, section,
    table, timeline, when,
};
use ground::web::assets;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::clock::Clock;
use crate::model::{Channel, Concern, Lead, Logged, Outcome, Why};
use crate::words;

/// Where and when a page is looked at.
#[derive(Debug, Clone)]
pub struct Here {
    /// `/desk/leads`, or a practice's own.
    pub base: String,
    /// By whose wall clock.
    pub zone: TimeZone,
    /// Business time.
    pub now: Timestamp,
    /// The next form's key.
    pub once: String,
    /// Payers by code and name.
    pub payers: Vec<(String, String)>,
}

impl Here {
    fn at(&self, instant: Timestamp) -> Markup {
        when::moment(&instant.to_zoned_datetime(self.zone.clone()))
    }

    fn clock(&self, lead: &Lead) -> Clock {
        Clock::read(&self.zone, lead.arrived_at, self.now)
    }
}

/// Everybody who asked and whose request is open.
pub fn inbox(here: &Here, leads: &[Lead]) -> Markup {
    let (waiting, answered): (Vec<&Lead>, Vec<&Lead>) =
        leads.iter().partition(|lead| lead.first_contact_at.is_none());
    let longest = waiting.iter().map(|lead| here.clock(lead).waited_min).max();
    let lead = words::inbox_lead(waiting.len(), longest);
    let waiting: Vec<TableRow> = waiting.iter().map(|lead| waiting_row(here, lead)).collect();
    let answered: Vec<TableRow> = answered.iter().map(|lead| answered_row(here, lead)).collect();
    let head = |second| {
        [
            Column::name(words::PERSON),
            Column::words(second),
            Column::words(words::SOURCE),
            Column::act(words::OPEN),
        ]
    };
    let main = html! {
        (Heading::new(words::LEADS).lead(html! { (lead) }))
        (section(words::WAITING, Some(html! { (words::WAITING_ASIDE) }),
            table(words::WAITING, &head(words::CLOCK), &waiting, &Empty::new(words::NOBODY_WAITS))))
        (section(words::ANSWERED, Some(html! { (words::ANSWERED_ASIDE) }),
            table(words::ANSWERED, &head(words::STANDS), &answered,
                &Empty::new(words::NOBODY_ANSWERED))))
        p.note { (words::PROMISE) }
    };
    frame::page(&Head::new(assets(), words::LEADS), main)
}

fn waiting_row(here: &Here, lead: &Lead) -> TableRow {
    let at = here.clock(lead);
    let ink = if at.is_late() { Ink::Late } else { Ink::Plain };
    row(here, lead, clock(&words::clock(at), at.spent_bp(), ink))
}

fn answered_row(here: &Here, lead: &Lead) -> TableRow {
    let (says, since) = match (lead.warm_at, lead.reached_at, lead.first_contact_at) {
        (Some(at), _, _) => (words::WARM, Some(at)),
        (_, Some(at), _) => (words::REACHED, Some(at)),
        (_, _, at) => (words::WORD_LEFT, at),
    };
    let stands = html! {
        (says)
        @if let Some(at) = since { span.second { (here.at(at)) } }
    };
    row(here, lead, stands)
}

fn row(here: &Here, lead: &Lead, stands: Markup) -> TableRow {
    let open = Link::to(format!("{}/{}", here.base, lead.id), words::OPEN).about(lead.name.clone());
    TableRow::new(vec![
        html! { (lead.name) span.second { "No. " (lead.number) ", " (lead.state) } },
        stands,
        html! { (lead.source) span.second { (here.at(lead.arrived_at)) } },
        html! { (Act::Go(open)) },
    ])
}

/// What a request's page shows.
#[derive(Debug)]
pub struct Shown {
    pub lead: Lead,
    pub concern: Concern,
    pub contacts: Vec<Logged>,
}

/// The way to who could take it: a later room's page.
fn who_could(here: &Here, lead: &Lead) -> Markup {
    let link = Link::to(format!("{}/{}/fit", here.base, lead.id), words::WHO_COULD);
    html! { (Button::go(link)) }
}

/// One request, with what was said, how it may be answered, and what was tried.
pub fn lead(here: &Here, shown: &Shown, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let lead = &shown.lead;
    let arrived = lead.arrived_at.to_zoned_datetime(here.zone.clone());
    let says = words::lead_lead(lead.number, &lead.source, &arrived);
    let heading = Heading::new(&*lead.name)
        .back(Link::to(&*here.base, words::BACK_TO_LEADS))
        .lead(html! { (says) ". " (standing(here, lead)) })
        .beside(who_could(here, lead));
    let told = html! {
        (section(words::TOLD_US, None, told(here, shown)))
        (section(words::MAY_WE, None, may_we(lead)))
        (section(words::LOG, None, log(here, shown)))
    };
    let side = html! {
        @if lead.closed.is_none() {
            (panel(words::HOW_IT_WENT, tried(here, lead, form)))
            (notice(Tone::Warn, words::RISK_TITLE, html! { p { (words::RISK_DO) } }, None))
            (section(words::CLOSE, None, closing(here, lead, form)))
        }
    };
    let main = html! {
        (form.summary())
        (heading)
        (columns(told, side))
    };
    // The tab says what kind of page it is, and not whose.
    frame::page(&Head::new(assets(), words::LEADS).faults(faults), main)
}

fn standing(here: &Here, lead: &Lead) -> Markup {
    html! {
        @match (lead.closed, lead.warm_at, lead.first_contact_at) {
            (Some((at, why)), _, _) => { "Closed " (here.at(at)) ": " (words::why(why)) "." },
            (_, Some(at), _) => { "Warm since " (here.at(at)) "." },
            (_, _, Some(at)) => { "Answered " (here.at(at)) "." },
            _ => (words::clock(here.clock(lead))) ,
        }
    }
}

fn told(here: &Here, shown: &Shown) -> Markup {
    let lead = &shown.lead;
    let list = |texts: Vec<&str>, none: &str| {
        let text = if texts.is_empty() { none.to_owned() } else { texts.join(", ") };
        Some(html! { (text) })
    };
    let named = |list: &[(&'static str, &'static str)], slug: &str| {
        list.iter().find(|(it, _)| *it == slug).map_or("", |(_, name)| *name)
    };
    let topics: Vec<&str> = shown.concern.topics.iter().map(|it| words::topic(*it)).collect();
    let brings = (!topics.is_empty()).then(|| html! { (topics.join(", ")) });
    let languages: Vec<&str> =
        (lead.wants.languages.iter()).map(|tag| named(words::LANGUAGE_LIST, tag)).collect();
    let times = lead.wants.times.iter().map(|it| words::time(*it)).collect();
    let meets = lead.wants.meets.iter().map(|it| words::meets(*it)).collect();
    let method = lead.wants.method.as_deref().map(|slug| named(words::METHOD_LIST, slug));
    let state = named(words::STATE_LIST, &lead.state);
    html! {
        @if !shown.concern.words.is_empty() { (said(&shown.concern.words)) }
        (facts(&[
            (words::BRINGS, brings),
            (words::FOR_WHOM, Some(html! { (words::age(lead.age)) })),
            (words::WHERE, Some(html! { (state) })),
            (words::HOW_PAID, Some(html! { (words::pays(&lead.pays, &here.payers)) })),
            (words::WHEN, list(times, words::ANY)),
            (words::HOW_MEET, list(meets, words::ANY)),
            (words::LANGUAGES, list(languages, words::NOT_SAID)),
            (words::METHOD_ASKED, list(method.into_iter().collect(), words::ANY)),
        ], words::NOT_SAID))
    }
}

fn may_we(lead: &Lead) -> Markup {
    let yes = |may: bool| Some(html! { @if may { "yes" } @else { "no" } });
    let dial = |phone: &str| -> String {
        phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect()
    };
    html! {
        (facts(&[
            ("Call", yes(lead.consent.call)),
            ("Voicemail", yes(lead.consent.voicemail)),
            ("Text", yes(lead.consent.text)),
            ("Email", yes(lead.consent.email)),
        ], words::NOT_SAID))
        div.acts {
            @if let (true, Some(phone)) = (lead.may_be_tried(Channel::Call), &lead.phone) {
                @let link = Link::to(format!("tel:{}", dial(phone)), format!("Call {phone}"));
                (Button::go(link))
            }
            @if let (true, Some(phone)) = (lead.may_be_tried(Channel::Text), &lead.phone) {
                @let link = Link::to(format!("sms:{}", dial(phone)), format!("Text {phone}"));
                (Button::go(link))
            }
            @if let (true, Some(address)) = (lead.may_be_tried(Channel::Email), &lead.address) {
                @let address = address.as_str();
                (Button::go(Link::to(format!("mailto:{address}"), address)))
            }
        }
        (disclosure(words::AGREED, html! { p { (lead.consent.words) } }))
    }
}

fn log(here: &Here, shown: &Shown) -> Markup {
    let moment = |at, what: &str, second: Option<&str>| Moment {
        at: here.at(at),
        what: html! { (what) },
        second: second.map(|it| html! { (it) }),
        ahead: false,
    };
    let lead = &shown.lead;
    let mut list = vec![moment(lead.arrived_at, words::ARRIVED, Some(lead.source.as_str()))];
    for it in &shown.contacts {
        let says = format!("{}: {}", words::channel(it.channel), words::outcome(it.outcome));
        list.push(moment(it.at, &says, it.by.as_deref()));
    }
    if let Some((at, why)) = lead.closed {
        list.push(moment(at, words::why(why), None));
    }
    timeline(&list, &Empty::new(words::NO_LOG))
}

fn tried(here: &Here, lead: &Lead, form: Filled<'_>) -> Markup {
    let channels: Vec<Pick> = (Channel::ALL.iter())
        .map(|it| {
            let pick = Pick::new(it.word(), words::channel(*it));
            if lead.may_be_tried(*it) { pick } else { pick.hint(words::NOT_AGREED).off() }
        })
        .collect();
    let outcomes: Vec<Pick> =
        Outcome::ALL.iter().map(|it| Pick::new(it.word(), words::outcome(*it))).collect();
    let mut known = Vec::new();
    if !lead.need_known {
        known.push(Pick::new("need", words::NEED_KNOWN));
    }
    if !lead.pay_known {
        known.push(Pick::new("pay", words::PAY_KNOWN));
    }
    post(
        &format!("{}/{}/contacts", here.base, lead.id),
        &here.once,
        html! {
            (form.radios("channel", words::CHANNEL, &channels))
            (form.radios("outcome", words::OUTCOME, &outcomes))
            @if !known.is_empty() {
                (form.checks("known", words::KNOWN, &known).hint(words::KNOWN_HINT).optional())
            }
            (button(words::WRITE_DOWN).filled())
        },
    )
}

fn closing(here: &Here, lead: &Lead, form: Filled<'_>) -> Markup {
    let whys: Vec<Pick> = (Why::ALL.iter())
        .filter(|why| **why != Why::Accepted)
        .map(|why| Pick::new(why.word(), words::why(*why)))
        .collect();
    let mut all = vec![Pick::new("", words::CHOOSE)];
    all.extend(whys);
    post(
        &format!("{}/{}/closing", here.base, lead.id),
        &here.once,
        html! {
            (form.select("why", words::CLOSE_WHY, &all))
            (button(words::CLOSE_ACT))
        },
    )
}
