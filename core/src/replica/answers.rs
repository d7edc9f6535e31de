//! What a steward answers to whoever orders tickets: whether they are suspended, to them alone.

use super::Replica;
use super::source::At;
use crate::id::{PublicKey, StatementId};
use crate::limits::{ANSWER_BYTES, MAX_LOOSE};
use crate::statement::{Body, Document, Order, Signed, Verified};
use crate::sync::{ItemKind, Peer, PeerId, Source};

/// Bytes of the time at which it was said: what is said again does not look alike.
const TIME: usize = 8;
/// Bytes of how long the statement is; none says nothing.
const LENGTH: usize = 2;
/// Bytes that are left for it.
const MOST: usize = ANSWER_BYTES - TIME - LENGTH;

impl Replica {
    /// Notes whose orders were judged here.
    pub(super) fn heard_orders(&mut self, orders: &[(Verified, Order)]) {
        for (statement, _) in orders {
            if self.ordered.len() >= MAX_LOOSE {
                self.ordered.pop_first();
            }
            self.ordered.insert(statement.id(), statement.signer());
        }
    }

    /// What a steward has said to this device's orders: the `Suspend` that stands against its holder, or nothing.
    pub(super) fn take_answer(&mut self, answer: &[u8]) {
        let told = answer.get(TIME..).and_then(|said| {
            let (length, rest) = said.split_first_chunk::<LENGTH>()?;
            let bytes = rest.get(..u16::from_be_bytes(*length).into())?;
            Signed::decode(bytes).ok()?.verify().ok()
        });
        let Some(told) = told.filter(|told| self.is_of_this_office(told)) else {
            return;
        };
        if let Body::Suspend(suspend) = told.body()
            && suspend.holder == self.key.public()
            && self.wallet.tell_suspended(suspend)
        {
            self.keep_wallet();
            self.effects.changed = true;
        }
    }

    /// Whether one of the office's devices has said so, and was not replaced since.
    fn is_of_this_office(&self, told: &Verified) -> bool {
        let header = told.header();
        let device = self
            .authority()
            .and_then(|known| known.device(&told.signer()));
        let counts =
            device.is_some_and(|device| device.role.states_facts() && device.revoked.is_none());
        counts
            && header.office == Some(self.office)
            && matches!(header.document, Document::People(_))
    }
}

impl At<'_> {
    /// Whose order that is, if it was judged here.
    pub(super) fn who_ordered(&self, order: &StatementId) -> Option<PublicKey> {
        self.replica.ordered.get(order).copied()
    }

    /// Sealed to whoever orders under that key: the suspension that stands, or nothing of the same length.
    pub(super) fn answer_to(&self, holder: &PublicKey) -> Option<Vec<u8>> {
        let said = self.suspend_of(holder);
        let fits = said.filter(|said| said.bytes().len() <= MOST);
        let bytes = fits.map_or(&[][..], |said| said.bytes());
        let length = u16::try_from(bytes.len()).ok()?;
        let mut plain = self.now().0.to_be_bytes().to_vec();
        plain.extend(length.to_be_bytes());
        plain.extend(bytes);
        plain.resize(ANSWER_BYTES, 0);
        let to = Peer {
            id: PeerId(holder.0),
            steward: false,
        };
        self.seal(&ItemKind::Answer.enclose(&plain), &to)
    }

    fn suspend_of(&self, holder: &PublicKey) -> Option<&Verified> {
        let (replica, now) = (self.replica, self.now());
        let id = replica.suspending(now, holder)?;
        let mut ledgers = replica.shelf.ledgers.values();
        ledgers.find_map(|ledger| ledger.fold.statements().get(&id))
    }
}
