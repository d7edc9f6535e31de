//! Tickets: asked for ahead of need and for drafts, and drafts signed when they come.

use super::wallet::Wallet;
use super::{Effects, Outcome, Replica, Standing};
use crate::error::Error;
use crate::statement::{Body, Document, Order};
use crate::time::{OfficeDay, Timestamp};
use std::collections::BTreeMap;

/// Slots ordered at a time for single bookings.
const ORDER_SLOTS: u8 = 4;
/// Slots a phone likes to have at hand for this month and the next, so that it can book with no network.
const STOCK: u32 = 8;

impl Replica {
    /// Gives drafts a slot and signs them, as far as there are tickets.
    pub(super) fn promote_drafts(&mut self, now: Timestamp) -> Result<(), Error> {
        if self.wallet.drafts().is_empty() || self.authority().is_none() {
            return Ok(());
        }
        let minute = self.civil(now)?;
        for booking in self.wallet.drafts() {
            let plan = self.wallet.entry(booking).and_then(|entry| entry.plan());
            let reserved = plan.as_ref().is_some_and(|plan| self.is_reserved(plan));
            if !self.wallet.take_slot(booking, minute, reserved) {
                continue;
            }
            let claimed = self
                .wallet
                .entry(booking)
                .map_or(minute, |entry| entry.claimed());
            let (Some(pen), Some(plan)) = (self.wallet.pen(booking, &self.key), plan) else {
                continue;
            };
            let until = plan.until;
            if let Some(propose) = self.propose_with(&pen, &plan, claimed)? {
                self.wallet.note_said(booking, propose.id(), true);
                self.carry(propose);
            }
            if !plan.options.is_empty() {
                let request = self.request(&pen, 0, plan, claimed)?;
                self.wallet.note_said(booking, request.id(), true);
                self.carry(request);
            }
            if let Some(until) = until {
                let renew = self.say_renew(now, &pen.key, pen.document, pen.slot, until)?;
                self.carry(renew);
            }
            self.keep_wallet();
        }
        Ok(())
    }

    /// Asks for tickets for drafts that have none, one order a document.
    pub(super) fn order_for_drafts(&mut self, now: Timestamp) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let mut needed: BTreeMap<(Document, bool), u32> = BTreeMap::new();
        for booking in self.wallet.drafts() {
            let entry = self.wallet.entry(booking);
            let plan = entry.and_then(|entry| entry.plan());
            let Some(plan) = plan else { continue };
            let needed = needed.entry((plan.document, self.is_reserved(&plan)));
            let needed = needed.or_default();
            *needed = needed.saturating_add(1);
        }
        for ((document, reserved), needed) in needed {
            let stock = self.wallet.stock(document, minute, reserved);
            let missing = needed.saturating_sub(stock);
            if missing > 0 {
                let slots = u8::try_from(missing).unwrap_or(u8::MAX);
                let slots = slots.clamp(ORDER_SLOTS, crate::limits::MAX_SLOTS);
                self.order(now, document, slots, reserved)?;
            }
        }
        self.order_for_the_introduced(now)
    }

    /// Asks for tickets that drafts still lack, and ahead of need for this month and the next. Called when a steward
    /// may hear of it.
    pub fn stock_up(&mut self, now: Timestamp) -> Result<Effects, Error> {
        self.effects = Effects::default();
        self.review_vouchers();
        if self.standing() == Standing::Visitor && self.authority().is_some() {
            let minute = self.civil(now)?;
            self.order_for_drafts(now)?;
            let month = OfficeDay::of(minute, self.shelf.day_start()).month();
            for document in [Document::Ledger(month), Document::Ledger(month.next())] {
                while self.wallet.stock(document, minute, false) < STOCK {
                    self.order(now, document, ORDER_SLOTS, false)?;
                }
            }
            for document in self.years_of_commons(minute) {
                self.order_for_commons(now, document)?;
            }
        }
        Ok(self.finish(Outcome::Done))
    }

    /// Asks for tickets where something reserved was refused: they come when whoever asks has been shown round.
    fn order_for_the_introduced(&mut self, now: Timestamp) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let today = OfficeDay::of(minute, self.shelf.day_start());
        for document in self.wallet.sought() {
            let is_over = match document {
                Document::Ledger(month) => month < today.month(),
                Document::Storage(year) => year < today.year(),
                _ => true,
            };
            if !is_over && self.wallet.stock(document, minute, true) == 0 {
                self.order(now, document, ORDER_SLOTS, true)?;
            }
        }
        Ok(())
    }

    pub(super) fn order(
        &mut self,
        now: Timestamp,
        document: Document,
        slots: u8,
        introduced: bool,
    ) -> Result<(), Error> {
        let claimed = self.civil(now)?;
        self.forget_orders(|theirs, order| {
            theirs == document && Wallet::is_stale(order.claimed, claimed)
        });
        let key = self
            .wallet
            .new_key(document, slots, claimed, &self.key, introduced);
        let order = Order {
            key,
            uses: Vec::new(),
            slots,
            claimed,
            introduced: introduced.then_some(true),
        };
        let order = self.say(&self.key, document, order)?;
        self.carry(order);
        self.keep_wallet();
        Ok(())
    }

    /// Carries some of this device's own orders no further: what they ask for has come, or is asked for anew.
    pub(super) fn forget_orders(&mut self, which: impl Fn(Document, &Order) -> bool) {
        let me = self.key.public();
        let ours = self.loose.iter().filter(|(_, statement)| {
            let document = statement.header().document;
            let asks = matches!(statement.body(), Body::Order(order) if which(document, order));
            asks && statement.signer() == me
        });
        for id in ours.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.loose.remove(&id);
            self.forget_loose(id);
        }
    }
}
