//! The examples of RFC 5545 §3.8.5.3, and what must hold for any rule.

use proptest::prelude::*;
use proptest::sample::select;

use crate::*;

fn local(text: &str) -> Local {
    Local::from(text.parse::<jiff::civil::DateTime>().unwrap())
}

fn series(starts: &str, rule: &str) -> Series {
    let rule = Some(Rule::parse(rule).unwrap());
    Series { starts: local(starts), rule, exdates: Vec::new(), rdates: Vec::new() }
}

fn new_york() -> Zone {
    Zone::named("America/New_York").unwrap()
}

fn ever() -> Stretch {
    Stretch { from: Instant(Day::FIRST.start().0), to: Instant(Day::LAST.start().0) }
}

/// The first occurrences on the wall clock of New York, as `1997: 9-2 9-3 1998: …`; with times
/// where they are not at nine.
fn shown(starts: &str, rule: &str, limit: usize) -> String {
    let zone = new_york();
    let mut year = 0;
    let mut words = Vec::new();
    for instant in series(starts, rule).occurrences(&zone, ever(), limit) {
        let local = zone.local_of(instant);
        let parts = local.day().parts();
        if parts.year != year {
            year = parts.year;
            words.push(format!("{year}:"));
        }
        let minute = local.second_of_day() / 60;
        let time = match minute {
            540 => String::new(),
            _ => format!("T{}:{:02}", minute / 60, minute % 60),
        };
        words.push(format!("{}-{}{time}", parts.month, parts.day));
    }
    words.join(" ")
}

/// Start at nine, rule, and what it comes to.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("1997-09-02", "FREQ=DAILY;COUNT=10", "1997: 9-2 9-3 9-4 9-5 9-6 9-7 9-8 9-9 9-10 9-11"),
    ("1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997: 9-2 9-12 9-22 10-2 10-12"),
    (
        "1997-09-02",
        "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
        "1997: 9-2 9-4 9-9 9-11 9-16 9-18 9-23 9-25 9-30 10-2",
    ),
    (
        "1997-09-01",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997: 9-1 9-3 9-5 9-15 9-17 9-19 9-29 10-1 10-3 10-13 10-15 10-17 10-27 10-29 10-31 \
         11-10 11-12 11-14 11-24 11-26 11-28 12-8 12-10 12-12 12-22",
    ),
    (
        "1997-09-02",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "1997: 9-2 9-4 9-16 9-18 9-30 10-2 10-14 10-16",
    ),
    (
        "1997-09-05",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997: 9-5 10-3 11-7 12-5 1998: 1-2 2-6 3-6 4-3 5-1 6-5",
    ),
    (
        "1997-09-07",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997: 9-7 9-28 11-2 11-30 1998: 1-4 1-25 3-1 3-29 5-3 5-31",
    ),
    (
        "1997-09-22",
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        "1997: 9-22 10-20 11-17 12-22 1998: 1-19 2-16",
    ),
    (
        "1997-09-28",
        "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6",
        "1997: 9-28 10-29 11-28 12-29 1998: 1-29 2-26",
    ),
    (
        "1997-09-30",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997: 9-30 10-1 10-31 11-1 11-30 12-1 12-31 1998: 1-1 1-31 2-1",
    ),
    (
        "1997-09-10",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997: 9-10 9-11 9-12 9-13 9-14 9-15 1999: 3-10 3-11 3-12 3-13",
    ),
    (
        "1997-06-10",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997: 6-10 7-10 1998: 6-10 7-10 1999: 6-10 7-10 2000: 6-10 7-10 2001: 6-10 7-10",
    ),
    (
        "1997-03-10",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997: 3-10 1999: 1-10 2-10 3-10 2001: 1-10 2-10 3-10 2003: 1-10 2-10 3-10",
    ),
    (
        "1997-01-01",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997: 1-1 4-10 7-19 2000: 1-1 4-9 7-18 2003: 1-1 4-10 7-19 2006: 1-1",
    ),
    ("1997-05-19", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997: 5-19 1998: 5-18 1999: 5-17"),
    ("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997: 5-12 1998: 5-11 1999: 5-17"),
    (
        "1997-03-13",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=8",
        "1997: 3-13 3-20 3-27 1998: 3-5 3-12 3-19 3-26 1999: 3-4",
    ),
    (
        "1998-02-13",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5",
        "1998: 2-13 3-13 11-13 1999: 8-13 2000: 10-13",
    ),
    (
        "1997-09-13",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=7",
        "1997: 9-13 10-11 11-8 12-13 1998: 1-10 2-7 3-7",
    ),
    (
        "1996-11-05",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
        "1996: 11-5 2000: 11-7 2004: 11-2",
    ),
    ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997: 9-4 10-7 11-6"),
    (
        "1997-09-29",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=6",
        "1997: 9-29 10-30 11-27 12-30 1998: 1-29 2-26",
    ),
    // The standard lists 15:00 here too: an erratum (17:00 in UTC is 13:00 in New York).
    ("1997-09-02", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "1997: 9-2 9-2T12:00"),
    (
        "1997-09-02",
        "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        "1997: 9-2 9-2T9:15 9-2T9:30 9-2T9:45 9-2T10:00 9-2T10:15",
    ),
    ("1997-09-02", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "1997: 9-2 9-2T10:30 9-2T12:00 9-2T13:30"),
    (
        "1997-08-05",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "1997: 8-5 8-10 8-19 8-24",
    ),
    (
        "1997-08-05",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "1997: 8-5 8-17 8-19 8-31",
    ),
    ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007: 1-15 1-30 2-15 3-15 3-30"),
    // Ours, where the standard has no example.
    ("1997-05-14", "FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "1997: 5-14 1998: 5-13 1999: 5-19"),
    (
        "2020-12-28",
        "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO;COUNT=3",
        "2020: 12-28 2021: 12-27 2022: 12-26",
    ),
    ("2020-12-28", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=2", "2020: 12-28 2026: 12-28"),
    ("2026-01-31", "FREQ=MONTHLY;COUNT=4", "2026: 1-31 3-31 5-31 7-31"),
    ("2026-09-02", "FREQ=MONTHLY;BYDAY=TU,2FR;COUNT=4", "2026: 9-2 9-8 9-11 9-15"),
    // The whole week counts, Sunday before the start included: its second is the start itself.
    ("2026-09-02", "FREQ=WEEKLY;WKST=SU;BYDAY=SU,WE,FR;BYSETPOS=2;COUNT=2", "2026: 9-2 9-9"),
    ("2026-09-02", "FREQ=WEEKLY;WKST=SU;BYDAY=SU,WE,FR;BYSETPOS=1;COUNT=2", "2026: 9-2 9-6"),
    ("2026-09-02", "FREQ=DAILY;BYHOUR=8,9,10;BYSETPOS=2;COUNT=3", "2026: 9-2 9-3 9-4"),
    (
        "2026-09-02",
        "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1;COUNT=3",
        "2026: 9-2 9-2T9:40 9-2T10:40",
    ),
];

#[test]
fn the_examples_of_the_standard_come_out() {
    for (starts, rule, expected) in EXAMPLES {
        assert_eq!(shown(&format!("{starts}T09:00:00"), rule, 100), *expected, "{rule}");
    }
}

#[test]
fn two_ways_to_say_the_same_come_to_the_same() {
    let daily = "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40";
    let minutely = "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16";
    let starts = "1997-09-02T09:00:00";
    assert_eq!(shown(starts, daily, 200), shown(starts, minutely, 200));

    let christmas = shown(starts, "FREQ=DAILY;UNTIL=19971224T000000Z", 1_000);
    assert!(christmas.ends_with(" 12-23"), "{christmas}");
}

const RULES: &[&str] = &[
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYDAY=MO,20WE;BYMONTH=3,5",
    "FREQ=YEARLY;INTERVAL=3;BYWEEKNO=1,-1,20;BYDAY=MO,SU;BYSETPOS=1,-1",
    "FREQ=YEARLY;BYYEARDAY=1,-1,100;BYHOUR=2,3;BYMINUTE=30",
    "FREQ=MONTHLY;BYDAY=1MO,-1FR,TU;INTERVAL=2",
    "FREQ=MONTHLY;BYMONTHDAY=31,-1,13;BYSETPOS=-1,1",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO,TH",
    "FREQ=WEEKLY;BYDAY=TU,SA;BYMONTH=3,11;BYHOUR=1,2;BYSETPOS=1,4",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;BYMONTHDAY=1,15,-1;BYHOUR=1,2,3",
    "FREQ=HOURLY;INTERVAL=7;BYDAY=SU,MO",
    "FREQ=HOURLY;INTERVAL=5;BYHOUR=0,1,2,3;BYMINUTE=0,30",
    "FREQ=MINUTELY;INTERVAL=100;BYHOUR=1,2",
    "FREQ=MINUTELY;INTERVAL=1441",
    "FREQ=SECONDLY;INTERVAL=5000;BYMINUTE=0,20,40",
    "FREQ=SECONDLY;INTERVAL=90000",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_later_look_sees_the_rest(
        rule in select(RULES), start in 0..1_000i64, later in 0..900i64, count in 1..60usize,
    ) {
        let zone = new_york();
        let new_year = Day::of(2024, 1, 1).start();
        let starts = new_year.plus_s(2 * 3_600 + 1_800 + start * 81_000);
        let of = |rule: &str| Series { starts, ..series("2024-01-01T00:00:00", rule) };
        let from = |days: i64| Stretch {
            from: Instant(starts.0 + days * 86_400),
            to: Instant(starts.0 + 1_500 * 86_400),
        };
        let limit = 4_000;

        let all = of(rule).occurrences(&zone, from(-2), limit);
        prop_assert!(all.is_sorted_by(|one, next| one < next));
        let few = all.iter().copied().take(7).collect::<Vec<_>>();
        prop_assert_eq!(of(rule).occurrences(&zone, from(-2), 7), few);
        if all.len() < limit {
            let rest = all.iter().copied().filter(|at| from(later).from <= *at);
            let rest = rest.take(50).collect::<Vec<_>>();
            prop_assert_eq!(of(rule).occurrences(&zone, from(later), 50), rest);
        }

        let counted = of(&format!("{rule};COUNT={count}"));
        let few = counted.occurrences(&zone, from(-2), limit);
        // Where a gap moves one occurrence onto another, the two are counted apart.
        let counted_apart = count.saturating_sub(2)..=count;
        prop_assert!(few.len() == all.len() || counted_apart.contains(&few.len()));
        prop_assert_eq!(&few[..], &all[..few.len()]);
        let rest = few.into_iter().filter(|at| from(later).from <= *at).collect::<Vec<_>>();
        prop_assert_eq!(counted.occurrences(&zone, from(later), limit), rest);
    }
}
