//! Working days: weekends, and the holidays and make-up days that a house has brought in. Nothing is guessed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Day;

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
}
