//! The pages of what was agreed: values to HTML. No question is asked here.

use ground::frame;
use ground::html::{
    Act, Column, Empty, Faults, Filled, Head, Heading, Link, Pick, Reason, Row, TableRow, Tone,
    Typed, button, disclosure, notice, post, reasons, rows, section, table, when,
};
use ground::policy::{Service, Side};
use ground::web::assets;
use ids::{AgreementId, EngagementId, PracticeId};
use maud::{Markup, html};
use people::Clinician;

use crate::agreements::MayDo;
use crate::model::{Agreement, Engagement, Party, Signature, Standing, hash_of};
use crate::routes::{AtDesk, Engaged, Overview};
use crate::wording::{Document, Line};
use crate::{form, words};

pub(crate) fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}

/// Where the terms of a practice are.
pub(crate) fn terms_path(practice: PracticeId) -> String {
    format!("/p/{practice}/terms")
}

/// Where one version of an agreement is.
pub(crate) fn agreement_path(practice: PracticeId, id: AgreementId) -> String {
    format!("/p/{practice}/terms/agreements/{id}")
}

/// Where one version of an engagement is.
pub(crate) fn engagement_path(practice: PracticeId, id: EngagementId) -> String {
    format!("/p/{practice}/terms/engagements/{id}")
}

/// What a practice has agreed.
pub(crate) fn terms(it: &Overview) -> Markup {
    let at = terms_path(it.party.id);
    let propose = Link::to(format!("{at}/propose"), words::PROPOSE_AGREEMENT);
    let versions: Vec<Row> = (it.versions.iter())
        .map(|(version, stands)| version_row(it.party.id, version, *stands))
        .collect();
    let engaged: Vec<Row> =
        it.engaged.iter().flat_map(|engaged| engaged_rows(it.party.id, engaged)).collect();
    let main = html! {
        (Heading::new(words::TERMS).lead(html! { (words::TERMS_LEAD) }))
        (section(words::AGREEMENT, it.may_propose.then(|| html! { (propose) }), html! {
            @match &it.in_force {
                Some(agreement) => (shared(agreement)),
                None => (notice(Tone::Plain, words::NO_AGREEMENT, html! {}, None)),
            }
            p { (Link::to("/how-we-work/agreement", words::SAMPLE_LINK)) }
        }))
        (section(words::VERSIONS, None, rows(&versions, &Empty::new(words::NO_VERSIONS))))
        (section(words::ENGAGEMENTS, None, rows(&engaged, &Empty::new(words::NO_ENGAGEMENTS))))
        @if it.may_set_fees { p { (Link::to(format!("/p/{}/fees", it.party.id), words::FEES_LINK)) } }
    };
    page(words::TERMS, &Faults::none(), main)
}

/// What an agreement shares and at which price.
fn shared(agreement: &Agreement) -> Markup {
    let columns = [Column::name("Service"), Column::words("Price"), Column::words("Record until")];
    let lines: Vec<TableRow> = (agreement.terms.services.iter())
        .map(|it| {
            TableRow::new(vec![
                html! { (words::offered(it.service).name) },
                html! { (it.clause.sentence()) },
                when::date_and_year(it.fair_market.review_by),
            ])
        })
        .collect();
    html! {
        p {
            "Version " (agreement.version) ", from " (when::date_and_year(agreement.terms.begins_on))
            ", over on " (when::date_and_year(agreement.over_on())) "."
        }
        (table(words::SHARED_TODAY, &columns, &lines, &Empty::new(words::NO_AGREEMENT)))
    }
}

/// "signed by Ada Reyes and Oz Adeyemi"
fn signed_by(signatures: &[Signature]) -> String {
    let names: Vec<&str> = signatures.iter().map(|it| it.typed_name.as_str()).collect();
    match names.is_empty() {
        true => words::NOBODY_SIGNED.trim_end_matches('.').to_lowercase(),
        false => format!("signed by {}", names.join(" and ")),
    }
}

fn version_row(practice: PracticeId, version: &Agreement, stands: Standing) -> Row {
    let what = format!("Version {}", version.version);
    let read = if stands == Standing::Proposed { words::READ_AND_SIGN } else { words::READ };
    let link = Link::to(agreement_path(practice, version.id), read).about(what.clone());
    let row = Row::new(html! { (what) ", " (words::standing_words(stands)) });
    let row = row.second(html! {
        "From " (when::date_and_year(version.terms.begins_on)) "; " (signed_by(&version.signatures))
    });
    let row = row.act(Act::Go(link));
    if matches!(stands, Standing::Past | Standing::Replaced) { row.past() } else { row }
}

/// A clinician's line, then one for each version.
fn engaged_rows(practice: PracticeId, it: &Engaged) -> Vec<Row> {
    let name = format!("{}, {}", it.clinician.name, it.clinician.credential);
    let head = Row::new(html! { b { (name) } });
    let head = match (it.owns_alone, it.versions.is_empty()) {
        (true, _) => head.second(html! { (words::OWNER_HAS_NONE) }),
        (false, true) => head.second(html! { (words::NOT_AGREED) }),
        (false, false) => head,
    };
    let propose = format!("{}/clinicians/{}/propose", terms_path(practice), it.clinician.id);
    let head = match it.may_propose {
        true => head.act(Act::Go(Link::to(propose, words::PROPOSE).about(name.clone()))),
        false => head,
    };
    let versions = it.versions.iter().map(|(version, stands)| {
        let what = format!("Version {}", version.version);
        let read = if *stands == Standing::Proposed { words::READ_AND_SIGN } else { words::READ };
        let link = Link::to(engagement_path(practice, version.id), read);
        let row = Row::new(html! { (what) ", " (words::standing_words(*stands)) });
        let row = row.second(html! {
            "From " (when::date_and_year(version.terms.begins_on)) "; "
            (signed_by(&version.signatures))
        });
        let row = row.act(Act::Go(link.about(format!("{name}, {what}"))));
        if matches!(stands, Standing::Past | Standing::Replaced) { row.past() } else { row }
    });
    std::iter::once(head).chain(versions).collect()
}

/// A text in its parts, as it was signed.
fn text(document: &Document) -> Markup {
    html! {
        @for part in &document.parts {
            (section(&part.heading, None, lines(&part.lines)))
        }
    }
}

/// Sentences as they come; what is included and what not as one list each.
fn lines(all: &[Line]) -> Markup {
    let is_item = |line: &Line| matches!(line, Line::With(_) | Line::Without(_));
    html! {
        @for run in all.chunk_by(|one, other| is_item(one) && is_item(other)) {
            @if run.iter().all(is_item) { (reasons(&run.iter().filter_map(reason).collect::<Vec<_>>())) }
            @else {
                @for line in run {
                    @match line {
                        Line::Says(says) => p { (says) },
                        Line::Small(says) => p.note { (says) },
                        Line::With(_) | Line::Without(_) => {},
                    }
                }
            }
        }
    }
}

fn reason(line: &Line) -> Option<Reason> {
    match line {
        Line::With(says) => Some(Reason::yes(says)),
        Line::Without(says) => Some(Reason::no(says)),
        Line::Says(_) | Line::Small(_) => None,
    }
}

/// A sample for everybody.
pub(crate) fn sample(document: &Document) -> Markup {
    let main = html! {
        (Heading::new(&*document.title).lead(html! { (words::SAMPLE) }))
        (text(document))
    };
    page(&document.title, &Faults::none(), main)
}

fn signatures(list: &[Signature], wording: &str, zone: &jiff::tz::TimeZone) -> Markup {
    let hash: String = hash_of(wording).iter().map(|byte| format!("{byte:02x}")).collect();
    let list: Vec<Row> = (list.iter())
        .map(|it| {
            let says = html! { (it.typed_name) ", " (words::side_words(it.side)) };
            let at = it.at.to_zoned_datetime(zone.clone());
            Row::new(says).second(when::moment_and_zone(ground::html::Lang::En, &at))
        })
        .collect();
    section(
        words::SIGNATURES,
        None,
        html! {
            (rows(&list, &Empty::new(words::NOBODY_SIGNED)))
            (disclosure(words::TEXT_HASH, ground::html::rule_code(&hash)))
        },
    )
}

/// The form in which a side signs.
fn sign(path: &str, side: Side, once: &str, form: Filled<'_>) -> Markup {
    section(
        words::SIGN,
        None,
        html! {
            p { (words::SIGN_LEAD) }
            (post(path, once, html! {
                input type="hidden" name="side" value=(side.word());
                (form.field("typed_name", words::TYPED_NAME).autocomplete("name").max(120))
                (button(format!("Sign {}", words::side_words(side))).filled())
            }))
        },
    )
}

/// One version of an agreement: its text, its signatures, and what can be done with it.
pub(crate) fn agreement(
    party: &Party,
    (version, stands): &(Agreement, Standing),
    may: MayDo,
    once: &str,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let form = Filled::new(typed, faults);
    let document = Document::read(&version.wording);
    let at = agreement_path(party.id, version.id);
    let heading = Heading::new(&*document.title)
        .back(Link::to(terms_path(party.id), words::back_to_terms(&party.name)))
        .lead(html! { (sentence(words::standing_words(*stands))) });
    let main = html! {
        (form.summary())
        (heading)
        @if let Some(ending) = &version.ending {
            (notice(Tone::Warn, "Its end was said", html! {
                p {
                    "It was ended " (words::side_words(ending.side)) ", and is over on "
                    (when::date_and_year(ending.ends_on)) "."
                }
            }, None))
        }
        (text(&document))
        (signatures(&version.signatures, &version.wording, &party.zone))
        @if let Some(side) = may.sign { (sign(&format!("{at}/signature"), side, once, form)) }
        @if let Some((side, from)) = may.end {
            (section(words::END_TITLE, None, html! {
                p {
                    "Ended " (words::side_words(side)) " now, it is over on "
                    (when::date_and_year(from)) ". From that day it opens nothing to the operator's people."
                }
                (post(&format!("{at}/ending"), once, html! {
                    input type="hidden" name="side" value=(side.word());
                    (button(words::END_ACT).danger())
                }))
            }))
        }
    };
    page(&document.title, faults, main)
}

fn sentence(clause: &str) -> String {
    let mut signs = clause.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", signs.as_str())
}

/// One version of an engagement.
pub(crate) fn engagement(
    party: &Party,
    (version, stands): &(Engagement, Standing),
    may_sign: Option<Side>,
    once: &str,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let form = Filled::new(typed, faults);
    let document = Document::read(&version.wording);
    let at = engagement_path(party.id, version.id);
    let heading = Heading::new(&*document.title)
        .back(Link::to(terms_path(party.id), words::back_to_terms(&party.name)))
        .lead(html! { (sentence(words::standing_words(*stands))) });
    let main = html! {
        (form.summary())
        (heading)
        (text(&document))
        (signatures(&version.signatures, &version.wording, &party.zone))
        @if let Some(side) = may_sign { (sign(&format!("{at}/signature"), side, once, form)) }
    };
    page(&document.title, faults, main)
}

fn picks(list: &[(&str, &str)]) -> Vec<Pick> {
    list.iter().map(|(value, says)| Pick::new(*value, *says)).collect()
}

/// A choice that opens with nothing chosen.
fn picks_or_none(list: &[(&str, &str)]) -> Vec<Pick> {
    std::iter::once(Pick::new("", words::CHOOSE)).chain(picks(list)).collect()
}

/// The form in which a version of an agreement is proposed.
pub(crate) fn new_agreement(party: &Party, once: &str, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let services: Vec<Pick> = (Service::ALL.iter())
        .map(|it| Pick::new(it.word(), words::offered(*it).name).hint(words::offered(*it).opens))
        .collect();
    let at = terms_path(party.id);
    let main = html! {
        (form.summary())
        (Heading::new(words::PROPOSE_TITLE)
            .back(Link::to(at.clone(), words::back_to_terms(&party.name)))
            .lead(html! { (words::PROPOSE_LEAD) }))
        (post(&format!("{at}/agreements"), once, html! {
            (form.date("begins", words::BEGINS))
            (form.date("ends", words::ENDS))
            (form.field("notice", words::NOTICE).hint(words::NOTICE_HINT).number())
            (form.date("record", words::RECORD))
            (form.date("review", words::REVIEW).hint(words::REVIEW_HINT))
            (form.checks("shared", words::SHARED, &services).hint(words::SHARED_HINT))
            @for service in Service::ALL { (price(form, *service)) }
            (button(words::PROPOSE_ACT).filled())
        }))
    };
    page(words::PROPOSE_TITLE, faults, main)
}

fn price(form: Filled<'_>, service: Service) -> Markup {
    let name = |part: &str| format!("{}_{part}", service.word());
    let offered = words::offered(service);
    let says = |label: &str| format!("{}: {label}", offered.name);
    let (pers, methods) = (picks_or_none(words::PERS), picks_or_none(words::METHODS));
    let names = ["price", "per", "least", "most", "method", "evidence"].map(name);
    let labels =
        [words::PRICE, words::PER, words::LEAST, words::MOST, words::METHOD, words::EVIDENCE]
            .map(says);
    section(
        offered.name,
        None,
        html! {
            (form.field(&names[0], &labels[0]).dollars())
            (form.select(&names[1], &labels[1], &pers))
            (form.field(&names[2], &labels[2]).dollars().optional())
            (form.field(&names[3], &labels[3]).dollars().optional())
            (form.select(&names[4], &labels[4], &methods))
            (form.field(&names[5], &labels[5]).area().max(500))
        },
    )
}

/// The form in which a version of an engagement is proposed.
pub(crate) fn new_engagement(
    party: &Party,
    clinician: &Clinician,
    once: &str,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let form = Filled::new(typed, faults);
    let at = terms_path(party.id);
    let (pays, bearers) = (picks(words::PAYS), picks_or_none(words::BEARERS));
    let workers = picks_or_none(words::WORKERS);
    let optional = |name, label| form.field(name, label).dollars().optional();
    let main = html! {
        (form.summary())
        (Heading::new(words::ENGAGEMENT_TITLE)
            .back(Link::to(at.clone(), words::back_to_terms(&party.name)))
            .step(format!("{}, {}", clinician.name, clinician.credential))
            .lead(html! { (words::ENGAGEMENT_LEAD) }))
        (post(&format!("{at}/clinicians/{}/engagements", clinician.id), once, html! {
            (form.date("begins", words::BEGINS))
            (form.date("ends", words::ENDS).hint(words::ENDS_OPTIONAL_HINT).optional())
            (form.field("notice", words::NOTICE_EITHER).number())
            (form.radios("pay", words::PAY, &pays))
            (form.field("share", words::SHARE).number())
            (optional("amount", words::AMOUNT))
            (optional("pay_least", words::PAY_LEAST))
            (optional("pay_most", words::PAY_MOST))
            (form.field("no_show_share", words::NO_SHOW_SHARE).number().optional())
            (optional("no_show_pay", words::NO_SHOW_PAY))
            (form.field("late_cancel_share", words::LATE_CANCEL_SHARE).number().optional())
            (optional("late_cancel_pay", words::LATE_CANCEL_PAY))
            @for (name, label) in form::COSTS.iter().zip(words::COST_LABELS) {
                (form.select(name, label, &bearers))
            }
            (optional("admin_hour", words::ADMIN_HOUR))
            (optional("supervision_hour", words::SUPERVISION_HOUR))
            (form.select("works_as", words::WORKS_AS, &workers).optional())
            (button(words::PROPOSE_ACT).filled())
        }))
    };
    page(words::ENGAGEMENT_TITLE, faults, main)
}

/// The desk of the operator's owner: practice by practice.
pub(crate) fn desk(list: &[AtDesk]) -> Markup {
    let list: Vec<Row> = list.iter().map(desk_row).collect();
    let main = html! {
        (Heading::new(words::AGREEMENTS).lead(html! { (words::AGREEMENTS_LEAD) }))
        (rows(&list, &Empty::new(words::NO_PRACTICES)))
    };
    page(words::AGREEMENTS, &Faults::none(), main)
}

fn desk_row(it: &AtDesk) -> Row {
    let second = match &it.in_force {
        Some(agreement) => {
            let services = agreement.terms.services.iter().map(|it| it.service.word());
            let services: Vec<&str> = services.collect();
            html! {
                (services.join(", ")) "; over on " (when::date_and_year(agreement.over_on()))
            }
        }
        None => html! { (words::NONE_IN_FORCE) },
    };
    let (to, says) = match &it.waits {
        Some(version) => (agreement_path(it.party.id, version.id), words::READ_AND_SIGN),
        None => (terms_path(it.party.id), words::READ),
    };
    let link = Link::to(to, says).about(it.party.name.clone());
    Row::new(html! { (it.party.name) }).second(second).act(Act::Go(link))
}
