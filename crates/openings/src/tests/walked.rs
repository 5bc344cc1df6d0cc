//! The same rules once more, told minute by minute: slow, plain, and without a stretch.

use std::collections::{BTreeSet, HashMap};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::*;

/// Where clocks do odd things: the zone and a date beside the change.
const ODD: [(&str, (i64, i64, i64)); 14] = [
    ("America/New_York", (2026, 3, 8)),
    ("America/New_York", (2026, 11, 1)),
    ("America/New_York", (2026, 6, 10)),
    ("America/Sao_Paulo", (2018, 11, 4)),
    ("America/Sao_Paulo", (2018, 2, 18)),
    ("America/St_Johns", (2010, 11, 7)),
    ("America/St_Johns", (2010, 3, 14)),
    ("America/Toronto", (1919, 3, 31)),
    ("Australia/Lord_Howe", (2025, 10, 5)),
    ("Australia/Lord_Howe", (2026, 4, 5)),
    ("Pacific/Apia", (2011, 12, 30)),
    ("Pacific/Kwajalein", (1993, 8, 21)),
    ("Asia/Kathmandu", (2026, 6, 8)),
    ("Europe/London", (2026, 10, 25)),
];

/// Days on either side of the date that the model walks.
const REACH: i64 = 6;

/// Minutes since 1970 with what the wall clock shows at each, in minutes too.
struct Walked {
    first: i64,
    shows: Vec<i64>,
    first_shown: HashMap<i64, i64>,
}

impl Walked {
    fn around(zone: &Zone, day: Day) -> Self {
        let first = (day.0 - REACH) * 1_440;
        let shows: Vec<i64> = (first..(day.0 + REACH) * 1_440)
            .map(|minute| zone.local_of(Instant(minute * 60)).0.div_euclid(60))
            .collect();
        let mut first_shown = HashMap::new();
        for (minute, shown) in (first..).zip(&shows) {
            first_shown.entry(*shown).or_insert(minute);
        }
        Self { first, shows, first_shown }
    }

    /// When the clock first shows `local`, or would, had it not jumped.
    fn minute_of(&self, local: i64) -> i64 {
        let back = (0..).find(|back| self.first_shown.contains_key(&(local - back)));
        let back = back.expect("the walk begins earlier");
        self.first_shown[&(local - back)] + back
    }

    fn shown(&self, minute: i64) -> i64 {
        self.shows[(minute - self.first) as usize]
    }

    fn exists(&self, day: Day) -> bool {
        (0..1_440).any(|minute| self.first_shown.contains_key(&(day.0 * 1_440 + minute)))
    }
}

struct Model<'a> {
    question: &'a Question,
    walked: &'a Walked,
    /// The minutes in hours of each date: for the asker, any kind, any place, and any of both.
    hours: [Vec<BTreeSet<i64>>; 4],
    candidates: BTreeSet<i64>,
}

impl<'a> Model<'a> {
    fn of(question: &'a Question, walked: &'a Walked) -> Self {
        let hours = Default::default();
        let mut model = Self { question, walked, hours, candidates: BTreeSet::new() };
        model.hours = [(false, false), (true, false), (false, true), (true, true)]
            .map(|(any_kind, any_place)| model.hours_of(any_kind, any_place));
        model.candidates = model.candidates();
        model
    }

    fn days(&self) -> impl Iterator<Item = Day> + '_ {
        let first = self.walked.shows[0].div_euclid(1_440) + 1;
        (first..first + 2 * REACH - 2).map(Day).filter(|day| self.walked.exists(*day))
    }

    fn minutes(&self, day: Day, hours: Hours) -> std::ops::Range<i64> {
        let at = |minute: u16| self.walked.minute_of(day.0 * 1_440 + i64::from(minute));
        at(hours.opens_min)..at(hours.closes_min)
    }

    fn hours_of(&self, any_kind: bool, any_place: bool) -> Vec<BTreeSet<i64>> {
        let asker = self.question.asker;
        let admits = |window: &Window| {
            (any_kind || window.only_for.is_none_or(|kind| kind == asker.is))
                && (any_place || window.only_at.is_none_or(|place| place == asker.place))
        };
        self.days()
            .map(|day| {
                let exception = self.question.exceptions.iter().find(|it| it.date == day);
                let weekly = self.question.weekly.iter().filter(|row| {
                    row.days.has(day)
                        && row.from_date.unwrap_or(day) <= day
                        && day <= row.to_date.unwrap_or(day)
                });
                let windows: Vec<Window> = match exception {
                    Some(exception) => exception.windows.clone(),
                    None => weekly.map(|row| row.window).collect(),
                };
                let open = windows.iter().filter(|window| admits(window));
                open.flat_map(|window| self.minutes(day, window.hours)).collect()
            })
            .collect()
    }

    fn candidates(&self) -> BTreeSet<i64> {
        let grid = i64::from(self.question.visit.grid_min);
        let mut candidates = BTreeSet::new();
        for of_day in &self.hours[0] {
            let mut run_start = 0;
            for minute in of_day {
                if !of_day.contains(&(minute - 1)) {
                    run_start = *minute;
                }
                if (minute - run_start) % grid == 0 {
                    candidates.insert(*minute);
                }
            }
        }
        candidates
    }

    fn why_not(&self, at: i64) -> Vec<Reason> {
        let Question { visit, now, asker, .. } = self.question;
        let [length, before, after] =
            [visit.length_min, visit.before_min, visit.after_min].map(i64::from);
        let [in_hours, any_kind, any_place, any_both] = self.hours.each_ref().map(|hours| {
            (at..at + length).all(|minute| hours.iter().any(|of_day| of_day.contains(&minute)))
        });
        let only_both = !any_kind && !any_place && any_both;
        let meets = |from: i64, to: i64, stretch: Stretch| {
            (from..to).any(|minute| stretch.from.0 <= minute * 60 && minute * 60 < stretch.to.0)
        };
        let widest = |stretch: Stretch| meets(at - before, at + length + after, stretch);

        let mut reasons = Vec::new();
        let closed = match asker.is {
            Kind::New => Reason::ClosedToNew,
            Kind::Current => Reason::ClosedToCurrent,
        };
        let holds = [
            (!in_hours && !any_kind && !any_place && !only_both, Reason::OutsideHours),
            (in_hours && !self.candidates.contains(&at), Reason::OffGrid),
            (!in_hours && (any_kind || only_both), closed),
            (!in_hours && (any_place || only_both), Reason::OtherPlace),
            (self.question.leave.iter().any(|it| self.is_away(it, at, length)), Reason::Leave),
            (self.meets_protected(at - before, at + length + after), Reason::Protected),
            (
                self.question.appointments.iter().any(|it| {
                    let own = Stretch {
                        from: it.core.from.plus_min(-i64::from(it.before_min)),
                        to: it.core.to.plus_min(i64::from(it.after_min)),
                    };
                    widest(it.core) || meets(at, at + length, own)
                }),
                Reason::Appointment,
            ),
            (self.question.busy.iter().any(|it| widest(*it)), Reason::Busy),
            (at * 60 < now.0 + i64::from(visit.notice_min) * 60, Reason::Notice),
            (at * 60 >= now.0 + i64::from(visit.horizon_days) * 86_400, Reason::Horizon),
            (self.is_full(at, visit.day_max, |day| day.0), Reason::DayFull),
            (self.is_full(at, visit.week_max, |day| (day.0 + 3).div_euclid(7)), Reason::WeekFull),
        ];
        reasons.extend(holds.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason));
        reasons
    }

    fn is_away(&self, leave: &Leave, at: i64, length: i64) -> bool {
        let from = self.walked.minute_of(leave.from_date.0 * 1_440);
        let to = self.walked.minute_of((leave.to_date.0 + 1) * 1_440);
        (at..at + length).any(|minute| (from..to).contains(&minute))
    }

    fn meets_protected(&self, from: i64, to: i64) -> bool {
        self.days().any(|day| {
            let rows = self.question.protected.iter().filter(|row| row.days.has(day));
            rows.map(|row| self.minutes(day, row.hours))
                .any(|protected| (from..to).any(|minute| protected.contains(&minute)))
        })
    }

    fn is_full(&self, at: i64, max: Option<u32>, of: impl Fn(Day) -> i64) -> bool {
        let date = |minute: i64| of(Day(self.walked.shown(minute).div_euclid(1_440)));
        let starts = self.question.appointments.iter().map(|it| it.core.from.0.div_euclid(60));
        let count = starts.filter(|start| date(*start) == date(at)).count();
        max.is_some_and(|max| max as usize <= count)
    }
}

fn hours() -> impl Strategy<Value = Hours> {
    let opens = prop_oneof![3 => 0..288u16, 1 => 270..288u16, 1 => 0..12u16];
    (opens, 1..100u16).prop_map(|(opens, length)| Hours {
        opens_min: opens * 5,
        closes_min: ((opens + length) * 5).min(1_440),
    })
}

fn window() -> impl Strategy<Value = Window> {
    let kind = option::weighted(0.3, select(vec![Kind::New, Kind::Current]));
    let place = option::weighted(0.3, select(vec![Place::Office, Place::Video]));
    (hours(), kind, place).prop_map(|(hours, only_for, only_at)| Window {
        hours,
        only_for,
        only_at,
    })
}

fn weekdays(most: usize) -> impl Strategy<Value = Weekdays> {
    vec(0..7u8, 1..=most).prop_map(Weekdays::of)
}

/// Minutes around the midnight in UTC that begins `day`.
fn minutes(day: Day, reach: i64) -> impl Strategy<Value = i64> {
    (day.0 * 1_440 - reach..day.0 * 1_440 + reach).prop_map(|minute| minute / 5 * 5)
}

fn stretch(day: Day) -> impl Strategy<Value = Stretch> {
    (minutes(day, 2_500), 1..90i64).prop_map(|(from, length)| Stretch {
        from: Instant(from * 60),
        to: Instant((from + length) * 60),
    })
}

fn visit() -> impl Strategy<Value = VisitType> {
    let length = prop_oneof![6 => 1..60u16, 1 => 60..600u16];
    let buffer = || prop_oneof![2 => Just(0u16), 2 => 0..40u16];
    let grid = select(vec![5u16, 7, 15, 30, 60, 90]);
    let max = || option::weighted(0.15, 0..4u32);
    let notice = prop_oneof![2 => Just(0u32), 1 => 0..4_000u32];
    (length, buffer(), buffer(), grid, notice, 2..9u16, max(), max()).prop_map(
        |(length_min, before_min, after_min, grid_min, notice_min, horizon_days, day, week)| {
            VisitType {
                length_min,
                before_min,
                after_min,
                grid_min,
                notice_min,
                horizon_days,
                day_max: day,
                week_max: week,
            }
        },
    )
}

fn question() -> impl Strategy<Value = (Question, Day)> {
    select(ODD.to_vec()).prop_flat_map(|(zone, (year, month, date))| {
        let day = Day::of(year, month, date);
        let near = move |by: std::ops::Range<i64>| by.prop_map(move |by| day.plus(by));
        let weekly = (weekdays(9), window(), option::weighted(0.1, near(-2..1)), any::<bool>())
            .prop_map(move |(days, window, from_date, is_bounded)| Weekly {
                days,
                window,
                from_date,
                to_date: is_bounded.then_some(day.plus(1)),
            });
        let exception = (near(-1..2), vec(window(), 0..3));
        let protected = (weekdays(2), hours()).prop_map(|(days, hours)| Protected { days, hours });
        let leave = (near(-2..3), 0..2i64)
            .prop_map(|(from_date, length)| Leave { from_date, to_date: from_date.plus(length) });
        let appointment = (stretch(day), 0..40u16, 0..40u16)
            .prop_map(|(core, before_min, after_min)| Appointment { core, before_min, after_min });
        let asker = (select(vec![Kind::New, Kind::Current]), any::<bool>());
        let lists = (
            vec(weekly, 1..7),
            option::weighted(0.2, exception),
            vec(protected, 0..2),
            option::weighted(0.1, leave),
            vec(appointment, 0..4),
            vec(stretch(day), 0..3),
        );
        (visit(), minutes(day, 2_000), lists, asker).prop_map(
            move |(
                visit,
                now,
                (weekly, exception, protected, leave, appointments, busy),
                asker,
            )| {
                let question = Question {
                    zone: Zone::named(zone).unwrap(),
                    now: Instant(now * 60 - 3 * 86_400),
                    visit,
                    weekly,
                    exceptions: exception
                        .into_iter()
                        .map(|(date, windows)| Exception { date, windows })
                        .collect(),
                    protected,
                    leave: leave.into_iter().collect(),
                    appointments,
                    busy,
                    asker: Asker {
                        is: asker.0,
                        place: if asker.1 { Place::Office } else { Place::Video },
                    },
                };
                (question, day)
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn openings_are_the_minutes_that_nothing_refuses((question, day) in question()) {
        let walked = Walked::around(&question.zone, day);
        let model = Model::of(&question, &walked);
        let asked = (day.0 - 2) * 1_440..(day.0 + 2) * 1_440;

        let open: Vec<Instant> = model
            .candidates
            .range(asked.clone())
            .filter(|minute| model.why_not(**minute).is_empty())
            .map(|minute| Instant(minute * 60))
            .collect();

        let during = Stretch { from: Instant(asked.start * 60), to: Instant(asked.end * 60) };
        prop_assert_eq!(question.openings(during, 10_000), open.clone());
        let few = open.iter().copied().take(3).collect::<Vec<_>>();
        prop_assert_eq!(question.openings(during, 3), few);
    }

    #[test]
    fn every_reason_is_told(
        (question, day) in question(),
        minutes in vec(-2_880..2_880i64, 6),
    ) {
        let walked = Walked::around(&question.zone, day);
        let model = Model::of(&question, &walked);
        // Two days on, as above: further out, a visit may reach into a day that was not walked.
        let walked = day.0 * 1_440..(day.0 + 2) * 1_440;
        let near = model.candidates.range(walked).take(3).copied();

        for at in minutes.into_iter().map(|by| day.0 * 1_440 + by).chain(near) {
            let reasons = question.why_not(Instant(at * 60));
            prop_assert_eq!(&reasons, &model.why_not(at));

            let alone = Stretch { from: Instant(at * 60), to: Instant(at * 60 + 1) };
            prop_assert_eq!(question.openings(alone, 1).is_empty(), !reasons.is_empty());
        }
    }
}
