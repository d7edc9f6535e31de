//! Writes a year of bookings down as a kiosk does: one change and one envelope a turn.

use crate::clerk::{Booking, Clerk, Signed};
use crate::plan;
use allkontor_core::document::{ActorId, StatementDocument};
use allkontor_core::envelope::{Envelope, SignedEnvelope};
use allkontor_core::id::OfficeId;
use allkontor_core::statement::{self, Document, Keypair, Verified};
use allkontor_core::store::{Batch, Operation, Store};
use allkontor_core::time::{CivilMinute, DayStart, OfficeDay};
use std::collections::{BTreeMap, VecDeque};

/// Envelopes of one transaction.
const AT_ONCE: usize = 2_000;

pub(crate) struct Scribe {
    office: OfficeId,
    pub(crate) clerk: Clerk,
    pub(crate) documents: BTreeMap<Document, StatementDocument>,
}

impl Scribe {
    pub(crate) fn new(office: OfficeId, clerk: Clerk) -> Self {
        Self {
            office,
            clerk,
            documents: BTreeMap::new(),
        }
    }

    /// Two turns a visit: who is due today is checked in and the visitors get their tickets; then they ask, and it is
    /// confirmed.
    pub(crate) fn write_year(&mut self, now: CivilMinute, mut commit: impl FnMut(Batch)) {
        let mut batch = Batch::new();
        let mut expected: BTreeMap<(CivilMinute, u64), (Booking, Signed)> = BTreeMap::new();
        for visit in plan::year(now) {
            let minute = visit.minute;
            let mut first: BTreeMap<Document, Vec<Verified>> = BTreeMap::new();
            while let Some(entry) = expected.first_entry().filter(|next| next.key().0 <= minute) {
                let (booking, signed) = entry.remove();
                let came = self.clerk.check_in(&booking, &signed);
                first.entry(booking.document).or_default().extend(came);
            }
            let mut second: BTreeMap<Document, Vec<Verified>> = BTreeMap::new();
            for booking in visit.bookings {
                let decider = self.clerk.key.clone();
                let ticket = self.clerk.ticket(&booking, minute, &decider);
                first
                    .entry(booking.document)
                    .or_default()
                    .push(ticket.clone());
                let request = self.clerk.request(&booking, &ticket, minute);
                let confirm = self.clerk.confirm(&booking, &request);
                let turn = second.entry(booking.document).or_default();
                turn.extend([request.clone(), confirm.clone()]);
                let start = booking.interval.start();
                if start <= now {
                    let signed = Signed { ticket, confirm };
                    expected.insert((start, booking.number), (booking, signed));
                }
            }
            for (document, statements) in first.into_iter().chain(second) {
                let envelope = self.write(document, minute, &statements);
                batch.push(envelope);
            }
            if batch.operations().len() >= AT_ONCE {
                commit(std::mem::take(&mut batch));
            }
        }
        let mut last: VecDeque<(Booking, Signed)> = expected.into_values().collect();
        while let Some((booking, signed)) = last.pop_front() {
            let came = self.clerk.check_in(&booking, &signed);
            batch.push(self.write(booking.document, now, &came));
        }
        commit(batch);
    }

    /// One change and one envelope.
    pub(crate) fn write(
        &mut self,
        document: Document,
        minute: CivilMinute,
        statements: &[Verified],
    ) -> Operation {
        let written = self
            .documents
            .entry(document)
            .or_insert_with(|| StatementDocument::new(document));
        put(self.office, written, &self.clerk.key, minute, statements)
    }
}

pub(crate) fn put(
    office: OfficeId,
    written: &mut StatementDocument,
    key: &Keypair,
    minute: CivilMinute,
    statements: &[Verified],
) -> Operation {
    let document = written.document();
    let day = OfficeDay::of(minute, DayStart::default());
    let actor = ActorId::derive(day, key.public(), document, 0);
    let change = written.append(actor, minute, statements).unwrap();
    let envelope = Envelope::new(office, document, vec![change]).unwrap();
    Operation::PutEnvelope {
        document,
        bytes: envelope.sign(key).unwrap().bytes().to_vec(),
    }
}

/// A document as a store has it.
pub(crate) fn load(store: &dyn Store, document: Document) -> StatementDocument {
    let mut changes = Vec::new();
    for stored in store.envelopes(document).unwrap() {
        let envelope = SignedEnvelope::decode(&stored.bytes)
            .unwrap()
            .verify()
            .unwrap();
        changes.extend(envelope.envelope().changes().iter().cloned());
    }
    StatementDocument::load(document, &changes).unwrap()
}

/// Its statements.
pub(crate) fn statements(document: &StatementDocument) -> Vec<Verified> {
    let all = document.statements();
    all.map(|bytes| statement::Signed::decode(bytes).unwrap().verify().unwrap())
        .collect()
}
