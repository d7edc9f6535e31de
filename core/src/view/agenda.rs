//! One person's bookings, as their own device knows them.

use super::{Delivery, Status, View};
use crate::resolve::{Fold, SlotKey};
use crate::statement::Hold;
use crate::time::CivilMinute;

/// A booking in an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// When it starts: what is held, else what is expected, else the first option; `None` when nothing is known.
    pub start: Option<CivilMinute>,
    /// The booking.
    pub booking: SlotKey,
    /// How it stands.
    pub status: Status,
}

impl View {
    /// How those bookings stand, in order of time; those of which no time is known come last.
    ///
    /// The agenda of several documents is theirs together, sorted by the same key.
    pub fn agenda(
        &self,
        fold: &Fold,
        bookings: impl IntoIterator<Item = (SlotKey, Delivery)>,
    ) -> Vec<AgendaItem> {
        let mut agenda: Vec<AgendaItem> = bookings
            .into_iter()
            .map(|(booking, delivery)| {
                let status = self.status(fold, &booking, delivery);
                AgendaItem {
                    start: start_of(fold, &booking, &status),
                    booking,
                    status,
                }
            })
            .collect();
        agenda.sort_by_key(|item| (item.start.is_none(), item.start, item.booking));
        agenda
    }
}

fn start_of(fold: &Fold, key: &SlotKey, status: &Status) -> Option<CivilMinute> {
    let earliest = |holds: &[Hold]| holds.iter().map(|hold| hold.interval().start()).min();
    let held = earliest(&status.holding).or_else(|| earliest(status.stage.holds()));
    held.or_else(|| {
        let current = fold.resolved().slots.get(key)?.current()?;
        let wishes = current.request.options.first()?.iter();
        wishes.map(|wish| wish.interval.start()).min()
    })
}
