//! Who waits for what, in the order in which they will be served.

use super::View;
use crate::id::{ClassId, StatementId, UnitId};
use crate::resolve::{Fold, Place, Places, Rank, SlotKey};
use crate::statement::{Hold, Request};
use crate::time::Interval;

/// What people wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Queue {
    /// One unit.
    Unit(UnitId),
    /// Any unit of a class.
    Class(ClassId),
}

/// One waiting request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InLine {
    /// Its place among all requests.
    pub rank: Rank,
    /// The booking.
    pub booking: SlotKey,
    /// The request.
    pub request: StatementId,
    /// What the person is told: 1 + the waiting rivals ranked before it.
    pub n: u32,
}

impl View {
    /// The waiting requests that could be placed there in that period (office day or year), in rank order. For
    /// stewards: a person is told only their own `n`.
    pub fn waiting_for(&self, fold: &Fold, queue: Queue, period: i32) -> Vec<InLine> {
        let outlooks = self.forecast.outlooks().iter();
        let mut line: Vec<InLine> = outlooks
            .filter_map(|(key, outlook)| {
                let Place::Waiting { n } = outlook.place else {
                    return None;
                };
                let current = fold.resolved().slots.get(key)?.current()?;
                self.could_be_placed(fold, &current.request, queue, period)
                    .then_some(InLine {
                        rank: outlook.rank,
                        booking: *key,
                        request: outlook.request,
                        n,
                    })
            })
            .collect();
        line.sort_unstable_by_key(|waiting| (waiting.rank, waiting.booking));
        line
    }

    fn could_be_placed(&self, fold: &Fold, request: &Request, queue: Queue, period: i32) -> bool {
        let layout = &self.board.layout;
        let is_in = |unit: UnitId| match queue {
            Queue::Unit(one) => unit == one,
            Queue::Class(class) => layout.class_of(unit).is_some_and(|(of, _)| of == class),
        };
        let fits = |unit: UnitId, interval: Interval| {
            let hold = Hold::new(unit, interval, 0, 0);
            fold.document()
                .cell_period(&hold, fold.authority().day_start())
                == Some(period)
                && layout.is_bookable(unit, interval)
        };
        let mut asked = request.options.iter().flatten();
        let first = request.options.first().into_iter().flatten();
        asked.any(|wish| is_in(wish.unit) && fits(wish.unit, wish.interval))
            || request.any_equal.as_ref().is_some_and(|any| {
                let equals = layout.units_of(any.class);
                let mut equals = equals.into_iter().filter(|unit| is_in(*unit));
                equals.any(|unit| {
                    layout.surplus(unit, &any.needs).is_some()
                        && first.clone().any(|wish| fits(unit, wish.interval))
                })
            })
    }
}
