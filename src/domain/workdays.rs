//! Working days: weekends, and the holidays and make-up days that a house has brought in. Nothing is guessed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counting, Day, House};

/// A year's exceptions from the rule that Monday to Friday are worked.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Year {
    /// Days off that are no weekend, in order.
    pub off: Vec<Day>,
    /// Weekend days that are worked, in order.
    pub worked: Vec<Day>,
}

/// A year of which the house has brought in no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingYear(pub i16);

/// Says whether a day is worked.
pub fn is_worked(years: &BTreeMap<i16, Year>, day: Day) -> Result<bool, MissingYear> {
    let year = day.0.year();
    let table = years.get(&year).ok_or(MissingYear(year))?;
    let weekend = matches!(day.0.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
    Ok(if weekend { table.worked.contains(&day) } else { !table.off.contains(&day) })
}

/// Counts working days on from a day, which itself is not counted.
pub fn worked_days_on(years: &BTreeMap<i16, Year>, from: Day, days: u16) -> Result<Day, MissingYear> {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        day = day.plus(1);
        if is_worked(years, day)? {
            left -= 1;
        }
    }
    Ok(day)
}

/// Which days count in a house, with its holidays and make-up days.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DayCount {
    /// Which days count.
    pub counting: Counting,
    /// Holidays and make-up days, by year.
    pub years: BTreeMap<i16, Year>,
}

/// A day that is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The day.
    pub day: Day,
    /// The year whose table was needed and is not there: then the days of the calendar were counted.
    pub missing: Option<MissingYear>,
}

impl DayCount {
    /// Proposes the day that is so many days on, as the house counts them.
    pub fn due(&self, from: Day, days: u16) -> Proposed {
        let by_calendar = from.plus(i32::from(days));
        match self.counting {
            Counting::Calendar => Proposed { day: by_calendar, missing: None },
            Counting::Working => match worked_days_on(&self.years, from, days) {
                Ok(day) => Proposed { day, missing: None },
                Err(missing) => Proposed { day: by_calendar, missing: Some(missing) },
            },
        }
    }
}

impl House {
    /// Says which days count here.
    pub fn day_count(&self) -> DayCount {
        DayCount { counting: self.policy.counting, years: self.years.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: i8, day: i8) -> Day {
        Day::new(2027, month, day).unwrap()
    }

    #[test]
    fn holidays_and_make_up_days_change_the_count_and_a_missing_year_is_told() {
        // Invented: 2027-03-04 is a Thursday, 2027-03-06 a Saturday.
        let table = Year { off: vec![day(3, 4)], worked: vec![day(3, 6)] };
        let years = BTreeMap::from([(2027, table)]);
        assert_eq!(worked_days_on(&years, day(3, 3), 1), Ok(day(3, 5)), "the holiday is skipped");
        assert_eq!(worked_days_on(&years, day(3, 3), 2), Ok(day(3, 6)), "the Saturday is worked");
        assert_eq!(worked_days_on(&years, day(3, 3), 3), Ok(day(3, 8)));
        assert_eq!(worked_days_on(&years, day(3, 3), 0), Ok(day(3, 3)));
        assert_eq!(worked_days_on(&years, day(12, 30), 5), Err(MissingYear(2028)));
        assert_eq!(is_worked(&BTreeMap::new(), day(3, 3)), Err(MissingYear(2027)));
    }

    #[test]
    fn a_day_is_proposed_as_the_house_counts_and_a_missing_year_is_named() {
        let table = Year { off: vec![day(3, 4)], worked: vec![day(3, 6)] };
        let mut count = DayCount { counting: Counting::Calendar, years: BTreeMap::from([(2027, table)]) };
        let by_calendar = Proposed { day: day(3, 6), missing: None };
        assert_eq!(count.due(day(3, 3), 3), by_calendar);
        count.counting = Counting::Working;
        assert_eq!(count.due(day(3, 3), 3), Proposed { day: day(3, 8), missing: None });
        count.years.clear();
        assert_eq!(count.due(day(3, 3), 3), Proposed { missing: Some(MissingYear(2027)), ..by_calendar });
    }
}
