//! The admin: takes devices back, and contradicts itself.

use super::World;
use crate::office::keypair;
use crate::oracle::Authority;
use allkontor_core::id::Digest;
use allkontor_core::statement::{Publish, Replace};

impl World {
    /// The admin revokes a device, its cut so many statements before its last; the successor picked past the last device
    /// is nobody.
    pub fn revoke(&mut self, device: usize, successor: u8, behind: u8) {
        let count = self.office.devices.len();
        let successor = usize::from(successor) % (count + 1);
        let successor = (successor < count).then(|| self.office.key(successor));
        let behind = usize::from(behind);
        self.office.revoke(device, behind, successor);
        // The successor is told, with all the office knows. The device itself is out of reach: it goes on.
        for (other, view) in self.views.iter_mut().enumerate() {
            if other != device {
                view.extend(0..self.office.heap.len());
            }
        }
        self.work(device);
    }

    pub(super) fn admin_fork(&mut self, back: usize, replace: bool) {
        let applied = Authority::of(self.office.id, &self.office.heap).applied;
        let Some(index) = applied.len().checked_sub(1 + back) else {
            return;
        };
        let (keeps, seq) = (applied[index], index as u32);
        if replace {
            let next = keypair("replaced", self.office.heap.len() as u64);
            let key = self.office.recovery.clone();
            let admin = next.public();
            let statement = self
                .office
                .rule_after(&key, seq, keeps, Replace { admin, keeps });
            self.office.admin = next;
            self.office.authority = (seq + 1, statement.id());
        } else {
            let key = self.office.admin.clone();
            let version = 100 + seq;
            let hash = Digest([0; 32]);
            self.office
                .rule_after(&key, seq, keeps, Publish { version, hash });
        }
    }
}
