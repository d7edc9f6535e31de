//! A steward's device of which there are two: copied, or put back to an earlier day.

use super::world::World;
use allkontor_core::statement::{Body, Document};
use std::collections::BTreeSet;

impl World {
    /// The device goes on from what it was `back` statements before its last one, as a copy of it that has met other
    /// people since: it knows neither those statements nor the requests that they are about. It works honestly, so
    /// the fork looks like one.
    pub(super) fn go_on_as_a_copy(&mut self, device: usize, back: u8) {
        let key = self.office.key(device);
        let line = self.line(self.office.devices[device].head);
        let (lost, kept) = line.split_at(line.len().min(1 + usize::from(back)));
        let lost: BTreeSet<_> = lost.iter().map(|(_, id)| *id).collect();
        let heap = &self.office.heap;
        let met: BTreeSet<_> = heap
            .iter()
            .filter(|s| lost.contains(&s.id()))
            .filter_map(|s| match s.body() {
                Body::Confirm(b) => Some(b.request),
                Body::Decline(b) => Some(b.request),
                _ => None,
            })
            .collect();
        let kept_ids: BTreeSet<_> = kept.iter().map(|(_, id)| *id).collect();
        self.views[device].retain(|i| {
            let statement = &heap[*i];
            let is_own = statement.signer() == key
                && statement.header().link.is_some()
                && statement.header().document != Document::Authority;
            let is_known = !is_own || kept_ids.contains(&statement.id());
            is_known && !met.contains(&statement.id())
        });
        self.office.devices[device].head = kept.first().copied();
        self.work(device);
    }
}
