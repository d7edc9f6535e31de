//! Rentals that go on, and things that people have in their hands (spec §5.3).

use super::fold::Fold;
use super::state::{Back, Cell, Loan, Renewal, SlotKey, SlotRecord, SlotState};
use crate::id::{PublicKey, StatementId};
use crate::statement::{Body, Carry, Code, HandIn, HandOut, Opened, Renew, Request, Words};
use std::cmp::Reverse;
use std::collections::btree_map::Entry;

impl Fold {
    /// Whether something was handed out to the holder of a booking: they came.
    pub fn is_lent(&self, slot: &SlotState) -> bool {
        slot.confirmed
            .iter()
            .any(|id| self.progress.lent.contains(id))
    }

    /// A wish to keep what is rented: the latest counts, at equal claims the one with the smaller id.
    pub(super) fn renew(&mut self, id: StatementId, key: SlotKey, renew: &Renew) {
        self.progress.said.entry(key.ticket).or_default().push(id);
        let wish = Renewal {
            claimed: renew.claimed,
            id: Reverse(id),
            until: renew.until,
        };
        let slot = self.progress.slot(key);
        slot.renewal = slot.renewal.max(Some(wish));
    }

    /// What goes on counts as a request of its slot, if the device decides about the ticket.
    pub(super) fn carry(&mut self, id: StatementId, device: PublicKey, carry: &Carry) {
        let record = self.progress.resolved.tickets.get(&carry.ticket);
        let in_slots = record.is_some_and(|record| carry.slot < record.ticket.slots);
        if !in_slots || !self.decides(&device, &carry.ticket) {
            return;
        }
        let request = Request {
            event: None,
            ticket: carry.ticket,
            slot: carry.slot,
            version: carry.version,
            options: vec![carry.wishes.clone()],
            any_equal: None,
            party: 1,
            claimed: carry.claimed,
            accepts: None,
        };
        let record = SlotRecord { id, request };
        let key = SlotKey {
            ticket: carry.ticket,
            slot: carry.slot,
        };
        let version = carry.version;
        self.progress.carried.insert(id, record.request.clone());
        let answers = carry.answers;
        let answered = answers.filter(|wish| self.renewed(wish) == Some(key));
        self.progress.resolved.answered.extend(answered);
        self.progress.resolved.carried.insert(id, carry.clone());
        match self.progress.slot(key).versions.entry(version) {
            Entry::Vacant(first) => {
                first.insert(record);
            }
            Entry::Occupied(mut current) if id < current.get().id => {
                current.insert(record);
            }
            Entry::Occupied(_) => {}
        }
    }

    /// A thing is in somebody's hands from now on.
    pub(super) fn hand_out(&mut self, id: StatementId, hand_out: &HandOut) {
        let known = self
            .progress
            .resolved
            .confirmations
            .contains_key(&hand_out.confirm);
        if !known {
            return;
        }
        let loan = Loan {
            confirm: hand_out.confirm,
            unit: hand_out.unit,
            minute: hand_out.minute,
            condition: hand_out.condition.clone(),
            back: None,
        };
        self.progress.resolved.loans.insert(id, loan);
        self.remark(id, hand_out.remark);
        self.progress.lent.insert(hand_out.confirm);
        self.touch(&hand_out.confirm);
    }

    /// It is back. Of several that say so the earliest counts.
    pub(super) fn hand_in(&mut self, id: StatementId, hand_in: &HandIn) {
        let Some(loan) = self.progress.resolved.loans.get_mut(&hand_in.hand_out) else {
            return;
        };
        let back = Back {
            minute: hand_in.minute,
            id,
            condition: hand_in.condition.clone(),
        };
        if loan.back.as_ref().is_none_or(|first| back < *first) {
            loan.back = Some(back);
        }
        let confirm = loan.confirm;
        self.remark(id, hand_in.remark);
        self.touch(&confirm);
    }

    fn remark(&mut self, id: StatementId, words: Option<Words>) {
        let remarks = &mut self.progress.resolved.remarks;
        remarks.extend(words.map(|words| (id, words)));
    }

    /// A lock of what was rented has that code.
    pub(super) fn code(&mut self, id: StatementId, code: &Code) {
        let confirmation = self.progress.resolved.confirmations.get(&code.confirm);
        let holds = confirmation.map_or(&[][..], |confirmation| &confirmation.holds);
        if holds.iter().any(|placed| placed.hold.unit == code.unit) {
            self.progress.resolved.codes.insert(id, code.clone());
            self.touch(&code.confirm);
        }
    }

    /// A unit was opened: whoever has it is to hear of it.
    pub(super) fn opened(&mut self, id: StatementId, opened: &Opened) {
        let unit = opened.unit;
        let cell = |period| Cell { unit, period };
        let cells = self.progress.blocked.range(cell(i32::MIN)..=cell(i32::MAX));
        let whose: Vec<StatementId> = cells
            .flat_map(|(_, list)| list.iter().map(|(id, _)| *id))
            .collect();
        for confirm in whose {
            self.touch(&confirm);
        }
        self.remark(id, opened.remark);
        self.progress.resolved.opened.insert(id, opened.clone());
    }

    fn touch(&mut self, confirm: &StatementId) {
        let confirmation = self.progress.resolved.confirmations.get(confirm);
        self.progress.touched.extend(confirmation.map(|c| c.key));
    }

    /// The slot that a wish to keep something is about, if it counts.
    pub(super) fn renewed(&self, id: &StatementId) -> Option<SlotKey> {
        let statement = self.statements.get(id)?;
        let Body::Renew(renew) = statement.body() else {
            return None;
        };
        let said = self.progress.said.get(&renew.ticket)?;
        said.contains(id).then_some(SlotKey {
            ticket: renew.ticket,
            slot: renew.slot,
        })
    }
}
