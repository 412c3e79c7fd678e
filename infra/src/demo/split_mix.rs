//! Numbers that look random and never change: the demo of a seed is the same on every machine and in every version,
//! which no random-number crate promises.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub struct SplitMix(u64);

impl SplitMix {
    /// A stream of its own for each seed and each list of numbers naming its purpose.
    pub fn of(seed: u64, purpose: &[u64]) -> SplitMix {
        let mut state = SplitMix(seed);
        for part in purpose {
            state = SplitMix(state.number() ^ part.wrapping_mul(0xff51_afd7_ed55_8ccd));
        }
        state
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if the bound is.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The bias of the remainder is far below what a demo shows.
        self.number().checked_rem(bound).unwrap_or_default()
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    /// One of a list; the default value of an empty one.
    pub fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let index = usize::try_from(self.below(list.len() as u64)).unwrap_or_default();
        list.get(index).copied().unwrap_or_default()
    }

    /// One of a list sorted by frequency: earlier ones come more often.
    pub fn pick_frequent<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let length = list.len() as u64;
        let index = self.below(length).min(self.below(length));
        list.get(usize::try_from(index).unwrap_or_default())
            .copied()
            .unwrap_or_default()
    }
}
