//! The pages of the charter: values to HTML. No question is asked here.

use std::collections::BTreeMap;

use ground::frame;
use ground::html::{
    Column, Empty, Faults, Head, Heading, Link, Promise as Shown, Reason, TableRow, columns,
    disclosure, promises, reasons, rule_code, section, table, when,
};
use ground::policy::{KeptBy, Promise};
use ground::web::assets;
use maud::{Markup, html};

use crate::model::{Proofs, Try};
use crate::routes::Here;
use crate::words;

fn page(title: &str, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(&Faults::none()), main)
}

/// The charter of one practice.
pub(crate) fn charter(all: &[Promise], proofs: &Proofs, here: &Here) -> Markup {
    let aside = here.met.as_ref().map(|met| {
        let count = met.values().map(|it| it.count).sum();
        let path = format!("/p/{}/refusals", here.practice);
        html! { (words::in_earnest(count)) ". " (Link::to(path, words::SEE_REFUSALS)) }
    });
    let list: Vec<Shown> = all.iter().map(|it| shown(it, proofs, Some(here))).collect();
    let main = html! {
        (Heading::new(words::TITLE).lead(html! { (words::lead(all.len())) }))
        (columns(section(words::PROMISES, aside, promises(&list)), today(here)))
    };
    page(words::TITLE, main)
}

/// The charter for everybody.
pub(crate) fn for_everybody(all: &[Promise], proofs: &Proofs) -> Markup {
    let list: Vec<Shown> = all.iter().map(|it| shown(it, proofs, None)).collect();
    let main = html! {
        (Heading::new(words::PUBLIC_TITLE).lead(html! { (words::PUBLIC_LEAD) }))
        (section(words::PROMISES, None, promises(&list)))
    };
    page(words::PUBLIC_TITLE, main)
}

fn shown(promise: &Promise, proofs: &Proofs, here: Option<&Here>) -> Shown {
    let tries = proofs.against(promise.id.as_str());
    let met =
        here.and_then(|here| here.met.as_ref()?.get(promise.id.as_str()).map(|it| (here, it)));
    Shown {
        code: promise.id.to_string(),
        says: promise.sentence.clone(),
        tried: html! {
            (tried(promise, tries))
            @if let Some((here, met)) = met {
                " " (sentence(&words::in_earnest(met.count))) " Last "
                (when::moment(&met.last_at.to_zoned_datetime(here.zone.clone()))) "."
            }
        },
        unfolds: Some(disclosure(
            words::SHOW_RULE,
            html! {
                (rule_code(promise.rule.trim()))
                p.note { (promise.source) }
                @if !tries.is_empty() { (attempts(tries)) }
            },
        )),
    }
}

fn tried(promise: &Promise, tries: &[Try]) -> String {
    let broken = tries.iter().filter(|it| !it.held).count();
    if 0 < broken {
        return words::broken(broken, tries.len());
    }
    match &promise.kept_by {
        KeptBy::Policy => {
            let allowed = tries.iter().filter(|it| it.must_be_allowed).count();
            words::tried(tries.len() - allowed, allowed)
        }
        KeptBy::Constraint { .. } => words::proven(false).to_owned(),
        KeptBy::Absence { .. } => words::proven(true).to_owned(),
    }
}

fn attempts(tries: &[Try]) -> Markup {
    let columns = [Column::name(words::WHO_TRIED), Column::words(words::ANSWER)];
    let lines: Vec<TableRow> = (tries.iter())
        .map(|it| {
            let answer = match (it.held, it.was_allowed) {
                (false, _) => words::OTHERWISE,
                (true, true) => words::ALLOWED,
                (true, false) => words::REFUSED,
            };
            TableRow::new(vec![html! { (it.says) }, html! { (answer) }])
        })
        .collect();
    table(words::TRIED_TABLE, &columns, &lines, &Empty::new(""))
}

/// What the operator can see and do here, role by role.
fn today(here: &Here) -> Markup {
    let mut none_may = BTreeMap::<words::About, Vec<&str>>::new();
    for (act, kind) in &here.today.none_may {
        if let Some((about, says)) = words::none_may(act, *kind) {
            none_may.entry(about).or_default().push(says);
        }
    }
    let none_may: Vec<Reason> =
        none_may.values().map(|phrases| Reason::no(words::nobody(phrases))).collect();
    let not_shared: Vec<&str> =
        here.today.not_shared.iter().map(|it| terms::offered(*it).name).collect();
    let terms = Link::to(format!("/p/{}/terms", here.practice), words::SEE_TERMS);
    section(
        words::TODAY,
        None,
        html! {
            @match &here.agreement {
                Some(agreement) => p.note {
                    (words::from_version(agreement.version)) " " (words::AT_NEXT_PAGE) " " (terms)
                },
                None => p.note { (words::NO_AGREEMENT) " " (terms) },
            }
            @for reach in &here.today.reaches {
                h3 { (words::role(reach.role)) }
                @if reach.may.is_empty() { (reasons(&[Reason::no(words::NOTHING)])) }
                @else { (reasons(&reach.may.iter().map(Reason::yes).collect::<Vec<_>>())) }
            }
            h3 { (words::WHOEVER) }
            (reasons(&none_may))
            @if !not_shared.is_empty() {
                h3 { (words::NOT_SHARED) }
                (reasons(&[Reason::no(format!("{}: {}", not_shared.join(", "), words::NO_ACCESS))]))
            }
        },
    )
}

fn sentence(clause: &str) -> String {
    let mut signs = clause.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", signs.as_str())
}
