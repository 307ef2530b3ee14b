//! A sample that anybody can draw again: the same population and seed give the same one.

use std::collections::BTreeMap;

/// SplitMix64 of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), with the
/// constants of its public-domain reference in C by Vigna.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`, each as likely as the other; 0 where `bound` is 0.
    ///
    /// Lemire, "Fast random integer generation in an interval" (2019): the upper half of a product, and another try
    /// where the lower half lies in the part that does not come out even.
    fn below(&mut self, bound: u64) -> u64 {
        let Some(uneven) = bound.wrapping_neg().checked_rem(bound) else { return 0 };
        loop {
            let product = u128::from(self.next()) * u128::from(bound);
            let (upper, lower) = (product >> 64, product & u128::from(u64::MAX));
            if lower >= u128::from(uneven) {
                return u64::try_from(upper).unwrap_or_default();
            }
        }
    }
}

/// Draws `size` of a population without putting back, by the first steps of a Fisher–Yates shuffle; all of it where
/// it is smaller. The sample stands in the order of the population.
pub fn draw<T: Clone>(population: &[T], size: usize, seed: u64) -> Vec<T> {
    let mut dice = SplitMix(seed);
    // The shuffled places that differ from their own number: a large population is not copied for a small sample.
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for at in 0..size.min(population.len()) {
        let left = u64::try_from(population.len() - at).unwrap_or(u64::MAX);
        let other = at + usize::try_from(dice.below(left)).unwrap_or_default();
        let stands = |place: usize| moved.get(&place).copied().unwrap_or(place);
        let (here, there) = (stands(at), stands(other));
        moved.insert(other, here);
        places.push(there);
    }
    places.sort_unstable();
    places.into_iter().filter_map(|place| population.get(place).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_reference() {
        let mut dice = SplitMix(1_234_567);
        let five: Vec<u64> = std::iter::repeat_with(|| dice.next()).take(5).collect();
        let reference = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(five, reference);
    }

    #[test]
    fn a_sample_is_what_the_reference_numbers_say() {
        // The numbers above are 0.350, 0.174, 0.532 and 0.249 of the range. Of ten places they pick 0 + 3, 1 + 1, 2 + 4
        // and 3 + 1, so that 0 changes places with 3, 1 with 2, 2 with 6 and 3 with 4: in front stand 3, 2, 6, 4.
        let ten: Vec<u8> = (0..10).collect();
        assert_eq!(draw(&ten, 4, 1_234_567), [2, 3, 4, 6]);
        assert_eq!(draw(&ten, 3, 1_234_567), [2, 3, 6], "a smaller sample is the beginning of a larger one");
        assert_eq!(draw(&ten, 4, 0), [2, 4, 8, 9]);
        assert_eq!(draw(&ten, 4, u64::MAX), [3, 5, 8, 9]);
        assert_eq!(draw(&ten, 10, 7), ten);
        assert_eq!(draw(&ten, 11, 7), ten);
        assert_eq!(draw(&ten, 0, 7), [0; 0]);
        assert_eq!(draw::<u8>(&[], 3, 7), [0; 0]);
    }

    #[test]
    fn every_place_is_drawn_about_as_often_as_the_others() {
        let ten: Vec<usize> = (0..10).collect();
        let mut times = [0; 10];
        for seed in 0..10_000 {
            let drawn = draw(&ten, 3, seed);
            assert!(drawn.len() == 3 && drawn.is_sorted_by(|one, next| one < next), "{drawn:?}");
            for place in drawn {
                times[place] += 1;
            }
        }
        // 3000 are expected; 46 is one standard deviation, and the numbers are the same in every run.
        assert!(times.iter().all(|times| (2800..3200).contains(times)), "{times:?}");
    }
}
