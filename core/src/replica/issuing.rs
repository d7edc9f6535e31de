//! Tickets: issued within a holder's share, and to nobody who is suspended.

use super::desk::{GUEST_SLOTS, HOME_SLOTS};
use super::{Quota, Replica};
use crate::error::Error;
use crate::id::{ClassId, PublicKey, StatementId};
use crate::limits::{MAX_TICKET_LIFE, STAMP_STEP};
use crate::statement::{Document, Ticket};
use crate::time::{CivilMinute, Timestamp};
use sha2::Digest as _;

impl Replica {
    #[expect(
        clippy::too_many_arguments,
        reason = "an order's fields, and whose it is"
    )]
    pub(super) fn issue(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        order: StatementId,
        key: PublicKey,
        document: Document,
        uses: Vec<ClassId>,
        slots: u8,
    ) -> Result<Result<StatementId, Quota>, Error> {
        let minute = self.civil(now)?;
        let quota = self.quota_of(now, &holder, document)?;
        if let Some(suspension) = self.suspended(now, &holder)? {
            let after = suspension.until.plus(1).interval(self.shelf.day_start());
            let next_at = Some(after.start());
            return Ok(Err(Quota { left: 0, next_at }));
        }
        if quota.left < u32::from(slots) {
            return Ok(Err(quota));
        }
        let introduced = self.counts_as_introduced(&holder);
        self.say_introduction_again(now, &holder)?;
        let ticket = self.sign_ticket(now, key, document, uses, slots, introduced)?;
        let expires = expiry(minute);
        let record = self
            .desk
            .issued(holder, order, ticket, document, slots, expires);
        self.keep_holder(holder, &record);
        Ok(Ok(ticket))
    }

    /// What is left of a holder's share here: the whole of it at home, part of it elsewhere. What a person says in the
    /// commons is said under one ticket a year, which the home device alone issues: else it would count several times.
    pub(super) fn quota_of(
        &self,
        now: Timestamp,
        holder: &PublicKey,
        document: Document,
    ) -> Result<Quota, Error> {
        let is_home = self.is_home_of(now, holder)?;
        let share = if is_home { HOME_SLOTS } else { GUEST_SLOTS };
        let minute = self.civil(now)?;
        if let Document::Commons(_) = document {
            let commons = self.catalogue().and_then(|known| known.parts().commons);
            let share = commons.map_or(0, |commons| u32::from(commons.share));
            let left = if is_home {
                self.desk.unissued(holder, document, share)
            } else {
                0
            };
            return Ok(Quota {
                left,
                next_at: None,
            });
        }
        Ok(self.desk.quota(holder, document, minute, share))
    }

    /// Signs a ticket and puts it in its ledger, where its owner finds it by key.
    pub(super) fn sign_ticket(
        &mut self,
        now: Timestamp,
        key: PublicKey,
        document: Document,
        uses: Vec<ClassId>,
        slots: u8,
        introduced: bool,
    ) -> Result<StatementId, Error> {
        let minute = self.civil(now)?;
        let ticket = Ticket {
            serial: self.serial(&key, now),
            key,
            decider: self.key.public(),
            uses,
            slots,
            stamp: minute.floor_to(STAMP_STEP),
            expires: expiry(minute),
            introduced: introduced.then_some(true),
        };
        let signer = self.key.clone();
        let ticket = self.say(&signer, document, ticket)?;
        let id = ticket.id();
        self.clock.signed(now);
        self.record(document, ticket);
        Ok(id)
    }

    /// Unguessable to others, and different for each key and time.
    fn serial(&self, key: &PublicKey, now: Timestamp) -> [u8; 16] {
        let secret = self.key.derive("serial", now.0.unsigned_abs());
        let hash: [u8; 32] = sha2::Sha256::digest([&secret.to_seed()[..], &key.0].concat()).into();
        let mut serial = [0; 16];
        serial
            .iter_mut()
            .zip(hash)
            .for_each(|(to, from)| *to = from);
        serial
    }
}

fn expiry(now: CivilMinute) -> CivilMinute {
    now.floor_to(STAMP_STEP).saturating_plus(MAX_TICKET_LIFE)
}
