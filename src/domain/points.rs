//! Points and rates as integers.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// Points in tenths: `Points(65)` is 6.5 points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub u32);

impl Points {
    /// Makes whole points.
    pub const fn whole(points: u32) -> Self {
        Self(points * 10)
    }

    /// Takes a share in percent, rounded half up to a tenth.
    #[must_use]
    pub const fn percent(self, percent: u32) -> Self {
        Self((self.0 * percent + 50) / 100)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{}", self.0 / 10, self.0 % 10))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::default(), Add::add)
    }
}

/// Divides `got` by `of`, times 1000, rounded half up: a rate in tenths of a percent.
///
/// Returns nothing where there is nothing to divide by; it is printed as 「—」.
pub fn per_mille(got: u64, of: u64) -> Option<u32> {
    let (got, of) = (u128::from(got), u128::from(of));
    (of > 0).then(|| u32::try_from((got * 2000 + of) / (of * 2)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_half_up() {
        assert_eq!(per_mille(83, 101), Some(822));
        assert_eq!(per_mille(1, 2000), Some(1));
        assert_eq!(per_mille(0, 0), None);
    }

    #[test]
    fn a_share_is_rounded_half_up() {
        assert_eq!(Points::whole(3).percent(75), Points(23));
        assert_eq!(Points::whole(1).percent(75), Points(8));
        assert_eq!(Points::whole(2).percent(50).to_string(), "1.0");
    }
}
