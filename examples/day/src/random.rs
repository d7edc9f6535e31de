//! Chance that a seed replays.

/// SplitMix64 (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014).
///
/// ```
/// use day::random::Random;
/// assert_eq!(Random::seeded(7).next(), Random::seeded(7).next());
/// ```
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The generator of that seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own for one purpose, so that drawing more for it leaves all others as they were.
    pub fn split(&self, purpose: &str) -> Self {
        // FNV-1a: any spread of the purposes over the seeds will do.
        let salt = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(Self(self.0 ^ salt).next())
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, or 0 when `end` is 0. The bias is below 2⁻³² for every `end` below 2³².
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()).saturating_mul(end as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number from `least` to `most`, both included.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        let width = most.saturating_sub(least).saturating_add(1).max(1);
        let step = self.below(usize::try_from(width).unwrap_or(1));
        least.saturating_add(i32::try_from(step).unwrap_or(0))
    }

    /// `true` in `percent` of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them; `None` when there is none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let index = self.below(all.len());
        all.get(index)
    }

    /// A random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last.saturating_add(1)));
        }
    }

    /// 32 bytes, for keys and entropy.
    pub fn bytes32(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for eight in bytes.chunks_exact_mut(8) {
            eight.copy_from_slice(&self.next().to_le_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_published_generator() {
        // As printed by Vigna's splitmix64.c for seed 1234567.
        let mut random = Random::seeded(1_234_567);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn every_number_of_a_range_comes_up_and_none_beyond() {
        let mut random = Random::seeded(1);
        let mut seen = [0; 5];
        for _ in 0..1_000 {
            let drawn = random.between(-2, 2);
            seen[usize::try_from(drawn + 2).unwrap()] += 1;
        }
        assert!(seen.iter().all(|n| (150..250).contains(n)), "{seen:?}");
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn purposes_do_not_disturb_one_another() {
        let random = Random::seeded(7);
        let (mut a, mut b) = (random.split("names"), random.split("clocks"));
        assert_ne!(a.next(), b.next());
        assert_eq!(random.split("names").next(), random.split("names").next());
    }

    #[test]
    fn a_shuffle_loses_nobody() {
        let mut all: Vec<usize> = (0..40).collect();
        Random::seeded(3).shuffle(&mut all);
        assert_ne!(all, (0..40).collect::<Vec<_>>());
        all.sort_unstable();
        assert_eq!(all, (0..40).collect::<Vec<_>>());
    }
}
