//! How often something that a calendar shows of a booking was said: the SEQUENCE of iCalendar, from the data alone.

use super::fold::Fold;
use super::state::{SlotKey, State};
use crate::statement::Body;

/// A confirmation counts once, and once more when its place is given back; one that is void outweighs both, so that the
/// number rises when a Revoke takes a promise back.
const VOID: u32 = 3;

impl Fold {
    /// A number that rises with every request, cancellation and decision about a booking, and is equal on all devices
    /// with the same statements (SPEC, D70). 0 for a booking that was only asked for.
    ///
    /// It never falls as statements arrive, in whatever order; only a Replace that restores a branch of the admin chain
    /// can lower it.
    pub fn sequence(&self, key: &SlotKey) -> u32 {
        let resolved = self.resolved();
        let of_slot = |slot: u8| slot == key.slot;
        let said = self
            .said_of(&key.ticket)
            .filter(|said| match said.body() {
                Body::Request(request) => of_slot(request.slot),
                Body::Cancel(cancel) => of_slot(cancel.slot),
                _ => false,
            })
            .count();
        let is_about = |id: &crate::id::StatementId| {
            self.statements()
                .get(id)
                .is_some_and(|said| match said.body() {
                    Body::Request(request) => request.ticket == key.ticket && of_slot(request.slot),
                    _ => false,
                })
        };
        let declined = resolved.declined.keys().filter(|id| is_about(id)).count();
        let void = resolved.void.iter().filter(|id| {
            let confirm = self.statements().get(id);
            confirm.is_some_and(|confirm| match confirm.body() {
                Body::Confirm(confirm) => is_about(&confirm.request),
                _ => false,
            })
        });
        let confirmed = resolved.slots.get(key).map(|slot| slot.confirmed.iter());
        let confirmed = confirmed
            .into_iter()
            .flatten()
            .filter_map(|id| resolved.confirmations.get(id))
            .map(|confirmation| match confirmation.state {
                State::Released(_) => 2,
                State::Live | State::CheckedIn | State::Moved => 1,
            });
        let said = u32::try_from(said.saturating_add(declined)).unwrap_or(u32::MAX);
        let carries = self.progress.carries.get(key).copied().unwrap_or(0);
        let said = said.saturating_add(carries);
        confirmed
            .chain(void.map(|_| VOID))
            .fold(said, u32::saturating_add)
            .saturating_sub(1)
    }
}
