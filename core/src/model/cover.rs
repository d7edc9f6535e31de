//! Sets of minutes, as sorted lists of intervals that neither overlap nor touch.

use crate::time::Interval;

/// The minutes in any of them.
pub(super) fn union(mut parts: Vec<Interval>) -> Vec<Interval> {
    parts.sort_unstable();
    let mut whole: Vec<Interval> = Vec::with_capacity(parts.len());
    for part in parts {
        match whole.last_mut() {
            Some(last) if part.start() <= last.end() => {
                if let Ok(longer) = Interval::new(last.start(), last.end().max(part.end())) {
                    *last = longer;
                }
            }
            _ => whole.push(part),
        }
    }
    whole
}

/// The minutes in both.
pub(super) fn intersection(left: &[Interval], right: &[Interval]) -> Vec<Interval> {
    let both = left
        .iter()
        .flat_map(|l| right.iter().filter_map(|r| l.intersection(*r)));
    union(both.collect())
}

/// The minutes of `whole` in none of `holes`; both are unions.
pub(super) fn difference(whole: &[Interval], holes: &[Interval]) -> Vec<Interval> {
    let mut left = Vec::with_capacity(whole.len());
    for part in whole {
        let mut from = part.start();
        for hole in holes.iter().filter(|hole| hole.overlaps(*part)) {
            left.extend(Interval::new(from, hole.start()).ok());
            from = from.max(hole.end());
        }
        left.extend(Interval::new(from, part.end()).ok());
    }
    left
}
