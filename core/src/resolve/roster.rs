//! The keys of one `roster` document and what was sealed to them (spec §5.4). Facts add up: nothing depends on their order.

use super::authority::Authority;
use super::fold::Fold;
use crate::cbor::Writer;
use crate::id::{PublicKey, StatementId};
use crate::limits::SEALED_KEY_BYTES;
use crate::statement::{Body, Role, SealedContact, Verified};
use crate::time::{CivilMinute, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// How people are reached, sealed; empty but in a `roster` document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The keys that contacts are sealed to.
    pub keys: BTreeMap<PublicKey, MonthKey>,
    /// By holder, what was written of them, the latest last: that is what counts.
    pub contacts: BTreeMap<PublicKey, BTreeMap<(CivilMinute, StatementId), Sealed>>,
}

/// A key that contacts are sealed to, and who has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthKey {
    /// The devices that gave it out, and so have it.
    pub givers: BTreeSet<PublicKey>,
    /// Its secret half, by the device that each copy is sealed to.
    pub copies: BTreeMap<PublicKey, BTreeSet<[u8; SEALED_KEY_BYTES]>>,
}

/// A contact as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Who wrote it.
    pub device: PublicKey,
    /// The key that it is sealed to.
    pub key: PublicKey,
    /// What was written.
    pub sealed: SealedContact,
}

impl MonthKey {
    /// The devices that have it, as far as anybody says.
    pub fn readers(&self) -> impl Iterator<Item = &PublicKey> {
        self.givers.iter().chain(self.copies.keys())
    }
}

impl Roster {
    /// Nothing at all while there is nothing of the kind.
    pub(super) fn digest_into(&self, out: &mut Writer) {
        for (public, key) in &self.keys {
            out.array(12).bytes(&public.0);
            key.readers().for_each(|device| {
                out.bytes(&device.0);
            });
        }
        for (holder, written) in &self.contacts {
            out.array(13).bytes(&holder.0);
            written.keys().for_each(|(_, id)| {
                out.bytes(&id.0);
            });
        }
    }
}

impl Authority {
    /// The devices that read how people are reached: the admin's and the staff's that were not revoked.
    pub fn roster_readers(&self) -> impl Iterator<Item = PublicKey> + '_ {
        let devices = self.devices().keys().copied();
        devices.filter(|device| self.reads_roster(device))
    }

    fn reads_roster(&self, device: &PublicKey) -> bool {
        let known = self.device(device);
        known.is_some_and(|known| known.revoked.is_none() && is_staff(known.role))
    }
}

impl Fold {
    /// The key that contacts of this month are sealed to from now on: of those that nobody has but who reads the roster
    /// today, the smallest. `None` when there is none: a device that was revoked had them all, or there never was one.
    pub fn roster_key(&self) -> Option<PublicKey> {
        let keys = self.progress.resolved.roster.keys.iter();
        let mut good = keys.filter(|(_, key)| {
            let mut readers = key.readers();
            readers.all(|device| self.authority.reads_roster(device))
        });
        good.next().map(|(public, _)| *public)
    }

    /// A statement of a `roster` document. `cut`: it is void because its author was revoked before it.
    pub(super) fn judge_roster(&mut self, statement: &Verified, cut: bool) {
        let signer = statement.signer();
        let Some(role) = self.authority.device(&signer).map(|device| device.role) else {
            return;
        };
        let roster = &mut self.progress.resolved.roster;
        match statement.body() {
            // Beyond a cut, too: nobody seals to it any more, and what somebody who had not heard sealed to it is read.
            Body::RosterKey(key) if is_staff(role) => {
                let known = roster.keys.entry(key.public).or_default();
                known.givers.insert(signer);
                for copy in &key.copies {
                    let copies = known.copies.entry(copy.device).or_default();
                    copies.insert(copy.sealed);
                }
            }
            Body::Contact(contact) if role.states_facts() && !cut => {
                let day = OfficeDay::of(contact.minute, self.authority.day_start());
                if self.document.roster_month() != Some(day.month()) {
                    return;
                }
                let written = roster.contacts.entry(contact.holder).or_default();
                let sealed = Sealed {
                    device: signer,
                    key: contact.key,
                    sealed: contact.sealed.clone(),
                };
                written.insert((contact.minute, statement.id()), sealed);
            }
            _ => {}
        }
    }
}

/// Whether devices of that role read how people are reached.
const fn is_staff(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Staff)
}
