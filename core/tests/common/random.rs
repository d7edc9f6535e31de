//! A small seeded source of numbers (SplitMix64), so that a failing run can be repeated.

pub struct Random(u64);

impl Random {
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `bound`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % (bound as u64).max(1)) as usize
    }

    /// A byte, most often one that means something in CBOR: a head at an edge of its range.
    pub fn byte(&mut self) -> u8 {
        const HEADS: [u8; 16] = [
            0x00, 0x17, 0x18, 0x1b, 0x20, 0x3b, 0x40, 0x58, 0x5f, 0x80, 0x9b, 0xa0, 0xbb, 0xd2,
            0xf6, 0xff,
        ];
        match self.below(3) {
            0 => self.next() as u8,
            _ => HEADS[self.below(HEADS.len())],
        }
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One to three flips, truncations, insertions, deletions, repetitions or splices with `other`.
    pub fn mutate(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(out.len());
            match self.below(7) {
                0 | 1 if !out.is_empty() => out[at] ^= 1 << self.below(8),
                2 if !out.is_empty() => out[at] = self.byte(),
                3 => out.truncate(at),
                4 => {
                    let inserted = (0..=self.below(9)).map(|_| self.byte()).collect::<Vec<_>>();
                    out.splice(at..at, inserted);
                }
                5 => {
                    let end = (at + self.below(40)).min(out.len());
                    let span: Vec<u8> = out.drain(at..end).collect();
                    if self.below(2) == 0 {
                        let to = self.below(out.len());
                        out.splice(to..to, span);
                    }
                }
                _ => {
                    let from = self.below(other.len());
                    let to = (from + self.below(200)).min(other.len());
                    let end = (at + self.below(200)).min(out.len());
                    out.splice(at..end, other[from..to].iter().copied());
                }
            }
        }
        out
    }
}
