//! What holds whatever the facts are.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::*;

fn day() -> impl Strategy<Value = Date> {
    (0..900i64).prop_map(|by| date(2025, 6, 1).saturating_add(by.days()))
}

fn state() -> impl Strategy<Value = State> {
    select(vec!["PA", "NJ", "OH"]).prop_map(|code| State::of(code).unwrap())
}

/// Two days in order, the second perhaps open.
fn span() -> impl Strategy<Value = (Date, Option<Date>)> {
    (day(), option::weighted(0.7, 0..500i64))
        .prop_map(|(from, length)| (from, length.map(|days| from.saturating_add(days.days()))))
}

fn license() -> impl Strategy<Value = License> {
    let professions = vec![Profession::Psychologist, Profession::Counselor, Profession::Mft];
    let statuses = vec![
        Status::Active,
        Status::Active,
        Status::Active,
        Status::Lapsed,
        Status::Probation,
        Status::Encumbered,
    ];
    let levels = vec![Level::Independent, Level::Independent, Level::Associate];
    (
        state(),
        select(professions),
        select(levels),
        span(),
        select(statuses),
        any::<bool>(),
        0..90i64,
    )
        .prop_map(
            |(state, profession, level, (issued, expires), status, must_disclose, grace)| {
                let expires = expires.unwrap_or(date(2027, 5, 31));
                License {
                    state,
                    profession,
                    level,
                    issued: issued.min(expires),
                    expires,
                    status,
                    must_disclose,
                    grace_to: (grace > 45).then(|| expires.saturating_add(grace.days())),
                }
            },
        )
}

fn authority() -> impl Strategy<Value = Authority> {
    let kinds = vec![
        AuthorityKind::Apit,
        AuthorityKind::Tap,
        AuthorityKind::CcPrivilege,
        AuthorityKind::TelehealthReg,
        AuthorityKind::Temp,
    ];
    let limit = option::of(0..40u16);
    let year = option::of(2025..2028i16);
    (select(kinds), state(), state(), span(), limit, 0..40u16, year, any::<bool>()).prop_map(
        |(kind, state, home, (from, to), day_limit, days_used, year, is_for_all)| Authority {
            kind,
            state: (!is_for_all || kind.compact().is_none()).then_some(state),
            home_state: Some(home),
            from,
            to,
            day_limit,
            days_used,
            year,
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    let supervision =
        (state(), span()).prop_map(|(state, (from, to))| Supervision { state, from, to });
    let membership = (
        select(vec![Compact::Psypact, Compact::Counseling]),
        state(),
        option::of(day()),
        option::of(day()),
    );
    let memberships = vec(membership, 0..6).prop_map(|rows| {
        let mut rows: Vec<Membership> = rows
            .into_iter()
            .map(|(compact, state, issuing_on, withdrawn_on)| Membership {
                compact,
                state,
                issuing_on,
                withdrawn_on,
            })
            .collect();
        rows.sort_by_key(|row| (row.compact, row.state));
        rows.dedup_by_key(|row| (row.compact, row.state));
        rows
    });
    let modes = vec![Mode::InPerson, Mode::Video, Mode::Audio];
    (
        (option::weighted(0.95, state()), option::weighted(0.95, state()), select(modes)),
        (0..80u8, option::weighted(0.2, 0..80u8)),
        (vec(license(), 0..5), vec(authority(), 0..5), vec(supervision, 0..3), memberships),
    )
        .prop_map(|((client_state, clinician_state, mode), (client_age, min_age), rows)| {
            Facts {
                client_state,
                clinician_state,
                mode,
                client_age,
                min_age,
                licenses: rows.0,
                authorities: rows.1,
                supervision: rows.2,
                compacts: rows.3,
            }
        })
}

proptest! {
    #[test]
    fn a_calendar_says_what_each_day_says(facts in facts(), from in day(), length in 0..500i64) {
        let to = from.saturating_add(length.days());
        let mut each_day: Vec<Since> = Vec::new();
        for day in from.series(1.day()).take_while(|day| *day <= to) {
            let answer = facts.may_serve(day);
            if each_day.last().is_none_or(|last| last.answer != answer) {
                each_day.push(Since { day, answer });
            }
        }
        prop_assert_eq!(facts.calendar(from, to), each_day);
    }

    #[test]
    fn the_order_of_rows_changes_nothing(facts in facts(), on in day(), turn in 0..5usize) {
        let mut turned = facts.clone();
        turned.licenses.reverse();
        let by = turn.min(turned.authorities.len());
        turned.authorities.rotate_left(by);
        turned.supervision.reverse();
        turned.compacts.reverse();
        prop_assert_eq!(facts.may_serve(on), turned.may_serve(on));
    }

    #[test]
    fn an_answer_has_the_form_of_its_verdict(facts in facts(), on in day()) {
        let Answer { verdict, basis, rules } = facts.may_serve(on);
        let is_warning = |rule: &Rule| {
            [Rule::LicenseInGrace, Rule::ProbationDisclosure].contains(rule)
        };
        match verdict {
            Verdict::Allow => prop_assert!(basis.is_some() && rules.is_empty()),
            Verdict::Warn => {
                prop_assert_eq!(basis, Some(Basis::License));
                prop_assert!(!rules.is_empty() && rules.iter().all(is_warning));
            }
            Verdict::Deny => {
                prop_assert!(basis.is_none() && !rules.is_empty());
                prop_assert!(!rules.iter().any(is_warning));
                let beside = [Rule::NoAuthority, Rule::BelowMinAge];
                let is_only = rules.iter().all(|rule| beside.contains(rule));
                prop_assert!(is_only || !rules.contains(&Rule::NoAuthority));
            }
        }
    }

    #[test]
    fn one_more_authority_never_makes_an_answer_worse(
        facts in facts(), more in authority(), on in day(),
    ) {
        let before = facts.may_serve(on).verdict;
        let mut richer = facts;
        richer.authorities.push(more);
        prop_assert!(richer.may_serve(on).verdict <= before);
    }
}

#[test]
fn rules_sort_as_their_words_do() {
    assert!(Rule::ALL.is_sorted());
    assert!(Rule::ALL.map(Rule::word).is_sorted());
}
