//! Names, numbers and times of the house, each of its own type.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{CalibrationId, EditionId, Side};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl $name {
            /// Returns the number that follows.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

number! {
    /// A unit of the tree; given out in order, never reused.
    BranchId(u32)
}
number! {
    /// A campaign; given out in order, never reused.
    RoundId(u32)
}
number! {
    /// A look-back; given out in order, never reused.
    LookbackId(u32)
}
number! {
    /// The place of an entry in the journal: the order of everything, from 1.
    Seq(u64)
}
number! {
    /// How often an aggregate was changed; 0 before its first entry.
    Rev(u64)
}

/// A finding: its number within the inspection of a branch in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FindingId {
    /// The round.
    pub round: RoundId,
    /// The branch.
    pub branch: BranchId,
    /// The number within the inspection.
    pub n: u16,
}

/// A rectification item: its number within its finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RectId {
    /// The finding.
    pub finding: FindingId,
    /// The number within the finding, from 1.
    pub item: u8,
}

/// A moment as UTC milliseconds: information for people, never the order of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(pub i64);

impl Stamp {
    /// How far China is ahead of UTC, in milliseconds; it knows no summer time.
    pub const CHINA: i64 = 480 * 60_000;

    /// Returns the civil day in China.
    pub fn china_day(self) -> Day {
        let days = self.0.saturating_add(Self::CHINA).div_euclid(86_400_000);
        Day(jiff::civil::Date::constant(1970, 1, 1)).plus(i32::try_from(days).unwrap_or_default())
    }
}

/// The short handle of a person who acts, such as a login name; at most 32 clean characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub String);

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A civil day, without a time zone; written `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub jiff::civil::Date);

impl Day {
    /// Makes a day of the proleptic Gregorian calendar, where there is such a day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Counts `days` on; stops at the calendar's ends.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// Goes back by calendar months; a day that the month does not have is its last one.
    #[must_use]
    pub fn months_before(self, months: i32) -> Self {
        Self(self.0.saturating_sub(jiff::Span::new().months(months)))
    }

    /// Counts the days from `earlier` to this day.
    pub fn since(self, earlier: Self) -> i32 {
        self.number() - earlier.number()
    }

    /// Counts the days from 1970-01-01, by arithmetic alone: a large ledger asks a million times within a key.
    pub fn number(self) -> i32 {
        // A year that begins in March ends with the leap day; 400 such years have 146 097 days.
        let (month, day) = (i32::from(self.0.month()), i32::from(self.0.day()));
        let year = i32::from(self.0.year()) - i32::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    fn packed(self) -> i32 {
        i32::from(self.0.year()) << 16 | i32::from(self.0.month()) << 8 | i32::from(self.0.day())
    }

    fn unpacked(packed: i32) -> Option<Self> {
        let year = i16::try_from(packed >> 16).ok()?;
        Self::new(year, i8::try_from((packed >> 8) & 0xff).ok()?, i8::try_from(packed & 0xff).ok()?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Day {
    type Err = ();

    /// Reads `2026-11-23`, also with `/` or `.`, one-digit parts, or 年月日.
    fn from_str(text: &str) -> Result<Self, ()> {
        let plain = text.trim().trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
        let mut parts = plain.split('-').map(|part| part.trim().parse::<i16>());
        let mut next = || parts.next().and_then(Result::ok).ok_or(());
        let (year, month, day) = (next()?, next()?, next()?);
        if parts.next().is_some() || !(1900..=2199).contains(&year) {
            return Err(());
        }
        let part = |number: i16| i8::try_from(number).map_err(|_| ());
        Self::new(year, part(month)?, part(day)?).ok_or(())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.packed().serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let day = if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().ok()
        } else {
            Self::unpacked(i32::deserialize(deserializer)?)
        };
        day.ok_or_else(|| de::Error::custom("a day is written 2026-11-23"))
    }
}

/// What an entry belongs to: the aggregate whose revision it raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// The organisation and its settings.
    House,
    /// One unit.
    Branch(BranchId),
    /// One checklist text.
    Edition(EditionId),
    /// One campaign.
    Round(RoundId),
    /// One branch in one round.
    Inspection(RoundId, BranchId),
    /// One finding that is followed, with its items.
    Finding(FindingId),
    /// One look-back.
    Lookback(LookbackId),
    /// One calibration of an inspection.
    Calibration(CalibrationId),
    /// What one of its two inspectors judges.
    Sheet(CalibrationId, Side),
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::House => f.write_str("house"),
            Self::Branch(id) => write!(f, "branch/{id}"),
            Self::Edition(id) => write!(f, "edition/{id}"),
            Self::Round(id) => write!(f, "round/{id}"),
            Self::Inspection(round, branch) => write!(f, "inspection/{round}/{branch}"),
            Self::Finding(FindingId { round, branch, n }) => write!(f, "finding/{round}/{branch}/{n}"),
            Self::Lookback(id) => write!(f, "lookback/{id}"),
            Self::Calibration(CalibrationId { round, branch, n }) => write!(f, "calibration/{round}/{branch}/{n}"),
            Self::Sheet(CalibrationId { round, branch, n }, side) => write!(f, "sheet/{round}/{branch}/{n}/{side}"),
        }
    }
}

impl FromStr for Of {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(4, '/');
        let kind = parts.next().ok_or(())?;
        let (first, second, rest) = (parts.next(), parts.next(), parts.next());
        let number = |part: Option<&str>| part.and_then(|part| part.parse().ok()).ok_or(());
        match (kind, first, second, rest) {
            ("house", None, None, None) => Ok(Self::House),
            ("branch", id, None, None) => Ok(Self::Branch(BranchId(number(id)?))),
            ("edition", Some(id), None, None) => EditionId::parse(id).map(Self::Edition).ok_or(()),
            ("round", id, None, None) => Ok(Self::Round(RoundId(number(id)?))),
            ("lookback", id, None, None) => Ok(Self::Lookback(LookbackId(number(id)?))),
            ("inspection", round, branch, None) => {
                Ok(Self::Inspection(RoundId(number(round)?), BranchId(number(branch)?)))
            }
            ("finding", round, branch, Some(rest)) => {
                let n = rest.parse().map_err(drop)?;
                Ok(Self::Finding(FindingId { round: RoundId(number(round)?), branch: BranchId(number(branch)?), n }))
            }
            ("calibration", round, branch, Some(rest)) => {
                calibration(number(round)?, number(branch)?, rest).map(Self::Calibration)
            }
            ("sheet", round, branch, Some(rest)) => {
                let (n, side) = rest.split_once('/').ok_or(())?;
                let side = Side::ALL.into_iter().find(|known| known.name() == side).ok_or(())?;
                Ok(Self::Sheet(calibration(number(round)?, number(branch)?, n)?, side))
            }
            _ => Err(()),
        }
    }
}

fn calibration(round: u32, branch: u32, n: &str) -> Result<CalibrationId, ()> {
    Ok(CalibrationId { round: RoundId(round), branch: BranchId(branch), n: n.parse().map_err(drop)? })
}

impl Serialize for Of {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Of {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| {
            de::Error::custom("an entry belongs to house, branch, edition, round, inspection, finding, lookback, calibration or sheet")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_entry_belongs_to_reads_back() {
        let all = [
            Of::House,
            Of::Branch(BranchId(7)),
            Of::Edition(EditionId([0xab; 32])),
            Of::Round(RoundId(3)),
            Of::Inspection(RoundId(3), BranchId(7)),
            Of::Finding(FindingId { round: RoundId(3), branch: BranchId(7), n: 2 }),
            Of::Lookback(LookbackId(4)),
            Of::Calibration(CalibrationId { round: RoundId(3), branch: BranchId(7), n: 2 }),
            Of::Sheet(CalibrationId { round: RoundId(3), branch: BranchId(7), n: 2 }, Side::Second),
        ];
        for of in all {
            assert_eq!(of.to_string().parse(), Ok(of));
        }
        for bad in [
            "",
            "house/1",
            "branch",
            "branch/x",
            "inspection/1",
            "inspection/1/2/3",
            "edition/00",
            "finding/1",
            "finding/1/2",
            "finding/1/2/3/4",
            "lookback",
            "lookback/1/2",
            "calibration/1/2",
            "calibration/1/2/3/4",
            "sheet/1/2/3",
            "sheet/1/2/3/third",
        ] {
            assert_eq!(bad.parse::<Of>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn a_day_is_read_in_the_ways_people_write_it() {
        let day = Day::new(2026, 4, 3).unwrap();
        for text in ["2026-04-03", "2026-4-3", "2026/4/3", "2026.04.03", "2026年4月3日", " 2026年04月03日 "] {
            assert_eq!(text.parse(), Ok(day), "{text}");
        }
        for bad in ["", "2026-13-01", "2026-02-30", "26-1-1", "2026-4", "2026-4-3-1", "千"] {
            assert_eq!(bad.parse::<Day>(), Err(()), "{bad}");
        }
        assert_eq!(Day::unpacked(day.packed()), Some(day));
        assert_eq!(day.plus(30).since(day), 30);
        let months = |year, month, day| Day::new(year, month, day).unwrap().months_before(24);
        assert_eq!(months(2025, 12, 31), Day::new(2023, 12, 31).unwrap(), "731 days");
        assert_eq!(months(2028, 2, 29), Day::new(2026, 2, 28).unwrap());
    }

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        for year in [-401, -1, 0, 1, 1899, 1900, 1970, 2000, 2024, 2026, 2100, 9997] {
            let mut day = Day::new(year, 1, 1).unwrap();
            for _ in 0..800 {
                let next = day.plus(1);
                assert_eq!(next.number(), day.number() + 1, "{day}");
                assert_eq!(next.since(day), 1, "{day}");
                day = next;
            }
        }
        assert_eq!(Day::new(1970, 1, 1).unwrap().number(), 0);
        assert_eq!(Day::new(2026, 11, 23).unwrap().number(), 20_780);
    }
}
