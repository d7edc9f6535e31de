//! What may be told of a count, and of counts that add up to one that is told.

use super::Figure;
use std::ops::Add;

/// Places, and the bookings they were in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) places: u64,
    pub(super) bookings: u64,
}

impl Counted {
    /// Counts one booking of so many places.
    pub(super) fn count(&mut self, places: u64) {
        self.places = self.places.saturating_add(places);
        self.bookings = self.bookings.saturating_add(1);
    }

    const fn is_nothing(self) -> bool {
        self.bookings == 0
    }

    pub(super) fn is_few(self, smallest: u32) -> bool {
        !self.is_nothing() && self.bookings < u64::from(smallest)
    }
}

impl Add for Counted {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            places: self.places.saturating_add(other.places),
            bookings: self.bookings.saturating_add(other.bookings),
        }
    }
}

/// A figure that adds up with no other.
pub(super) fn alone(counted: Counted, smallest: u32) -> Figure {
    if counted.is_few(smallest) {
        Figure::Withheld
    } else {
        Figure::Count(counted.places)
    }
}

/// The parts of `whole`. Whoever subtracts the parts that are told from the whole learns how many are in the rest
/// together, so there is no rest, or one of two parts at least and `smallest` bookings.
///
/// All parts of a withheld whole are withheld. Nothing but what is more than none is ever withheld.
pub(super) fn share<const N: usize>(
    whole: Figure,
    parts: [Counted; N],
    smallest: u32,
) -> [Figure; N] {
    let withheld = hidden(whole == Figure::Withheld, &parts, smallest);
    let mut figures = parts.map(|part| Figure::Count(part.places));
    for (figure, withheld) in figures.iter_mut().zip(withheld) {
        if withheld {
            *figure = Figure::Withheld;
        }
    }
    figures
}

/// Which of the parts of a whole are not told.
pub(super) fn hidden(is_whole_hidden: bool, parts: &[Counted], smallest: u32) -> Vec<bool> {
    let is_hidden = |part: &Counted| {
        if is_whole_hidden {
            !part.is_nothing()
        } else {
            part.is_few(smallest)
        }
    };
    let mut withheld: Vec<bool> = parts.iter().map(is_hidden).collect();
    if is_whole_hidden {
        return withheld;
    }
    loop {
        let rest = || {
            parts
                .iter()
                .zip(&withheld)
                .filter(|(_, withheld)| **withheld)
        };
        let bookings: u64 = rest().map(|(part, _)| part.bookings).sum();
        let is_enough = rest().count() >= 2 && bookings >= u64::from(smallest);
        if rest().count() == 0 || is_enough {
            break;
        }
        let told = parts.iter().zip(&mut withheld);
        let told = told.filter(|(part, withheld)| !**withheld && !part.is_nothing());
        let Some((_, least)) = told.min_by_key(|(part, _)| part.bookings) else {
            break;
        };
        *least = true;
    }
    withheld
}
