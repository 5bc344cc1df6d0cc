//! From windows on wall clock to hours as instants, date by date.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::civil::Day;
use crate::question::{Hours, Kind, Place, Question, Window};
use crate::stretch::{Stretch, Stretches};
use crate::zone::Zone;

/// For whom windows are looked at; `None` looks at those for any.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Admit {
    pub kind: Option<Kind>,
    pub place: Option<Place>,
}

impl Admit {
    fn lets_in(self, window: &Window) -> bool {
        let fits_kind = window.only_for.is_none() || self.kind.is_none();
        let fits_place = window.only_at.is_none() || self.place.is_none();
        (fits_kind || window.only_for == self.kind) && (fits_place || window.only_at == self.place)
    }
}

/// The hours of some dates for somebody.
pub(crate) struct Laid {
    /// The joined windows of each date for itself: candidate starts count from these.
    pub windows: Vec<Stretch>,
    /// All of them together: visits lie in these.
    pub hours: Stretches,
}

impl Question {
    pub(crate) fn lay(&self, days: RangeInclusive<Day>, admit: Admit) -> Laid {
        let exceptions: BTreeMap<Day, &[Window]> =
            self.exceptions.iter().map(|it| (it.date, it.windows.as_slice())).collect();
        let mut windows = Vec::new();
        for day in dates(days) {
            let of_day = match exceptions.get(&day) {
                Some(replaced) => self.lay_day(day, replaced.iter(), admit),
                None => self.lay_day(day, self.weekly_on(day), admit),
            };
            windows.extend_from_slice(of_day.as_slice());
        }
        windows.sort_unstable();
        Laid { hours: Stretches::joined(windows.iter().copied()), windows }
    }

    /// Protected time of `days`, as instants.
    pub(crate) fn protected_on(
        &self,
        days: RangeInclusive<Day>,
    ) -> impl Iterator<Item = Stretch> + '_ {
        dates(days).flat_map(move |day| {
            self.protected
                .iter()
                .filter(move |row| row.days.has(day) && !self.zone.skips(day))
                .map(move |row| instants(&self.zone, day, row.hours))
        })
    }

    fn weekly_on(&self, day: Day) -> impl Iterator<Item = &Window> {
        self.weekly
            .iter()
            .filter(move |row| {
                row.days.has(day)
                    && row.from_date.is_none_or(|first| first <= day)
                    && row.to_date.is_none_or(|last| day <= last)
            })
            .map(|row| &row.window)
    }

    fn lay_day<'a>(
        &self,
        day: Day,
        windows: impl Iterator<Item = &'a Window>,
        admit: Admit,
    ) -> Stretches {
        let mut windows = windows.filter(|window| admit.lets_in(window)).peekable();
        if windows.peek().is_none() || self.zone.skips(day) {
            return Stretches::default();
        }
        Stretches::joined(windows.map(|window| instants(&self.zone, day, window.hours)))
    }
}

fn instants(zone: &Zone, day: Day, hours: Hours) -> Stretch {
    Stretch {
        from: zone.instant_of(day.at_min(hours.opens_min)),
        to: zone.instant_of(day.at_min(hours.closes_min)),
    }
}

fn dates(days: RangeInclusive<Day>) -> impl Iterator<Item = Day> {
    (days.start().0..=days.end().0).map(Day)
}
