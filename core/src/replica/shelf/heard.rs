//! When each device of the office was last heard of: by what it vouched for.

use super::Shelf;
use crate::envelope::VerifiedEnvelope;
use crate::id::PublicKey;
use crate::statement::{Document, Signed};
use crate::time::CivilMinute;
use std::collections::BTreeMap;

impl Shelf {
    /// When each device last wrote something that has come here, by its own clock.
    pub(crate) fn heard(&self) -> &BTreeMap<PublicKey, CivilMinute> {
        &self.heard
    }

    /// Notes that an envelope's signer has been heard of. A new device has been seen by whoever certified it.
    pub(crate) fn hear(&mut self, envelope: &VerifiedEnvelope) {
        let content = envelope.envelope();
        for change in content.changes() {
            let mut heard = vec![envelope.signer()];
            if content.document() == Document::Authority {
                let statements = change.statements();
                let signed = statements.filter_map(|bytes| Signed::decode(bytes).ok());
                heard.extend(signed.filter_map(|signed| signed.certifies()));
            }
            for device in heard {
                self.hear_of(device, change.minute());
            }
        }
    }

    /// Notes that somebody calls itself a device of the office in a conversation. Nothing proves it, so it is not shown
    /// to people; it only brings back a device that was away and has nothing to write.
    pub(crate) fn greet(&mut self, device: PublicKey, minute: CivilMinute) {
        let certified = self
            .authority
            .as_ref()
            .is_some_and(|authority| authority.device(&device).is_some());
        if certified {
            let at = self.greeted.entry(device).or_insert(minute);
            *at = minute.max(*at);
        }
    }

    /// When each device was last here, as far as anybody says; `me` is here now.
    pub(crate) fn presence(
        &self,
        me: PublicKey,
        now: CivilMinute,
    ) -> BTreeMap<PublicKey, CivilMinute> {
        let mut presence = self.heard.clone();
        for (device, minute) in self.greeted.iter().chain([(&me, &now)]) {
            let at = presence.entry(*device).or_insert(*minute);
            *at = (*minute).max(*at);
        }
        presence
    }

    /// Notes that a device was there then.
    pub(crate) fn hear_of(&mut self, device: PublicKey, minute: CivilMinute) {
        let at = self.heard.entry(device).or_insert(minute);
        *at = minute.max(*at);
    }
}
