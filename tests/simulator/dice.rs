//! Dice that fall the same way for the same seed.

/// A small generator (splitmix64): the trials need repeatable, not unguessable.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Throws.
    pub const fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Throws a number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.throw() % (bound.max(1) as u64)).unwrap()
    }

    /// Is true once in so many throws.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// Picks one.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Makes dice of their own, so that what one part throws does not move the others.
    pub fn another(&mut self) -> Self {
        Self(self.throw())
    }
}
