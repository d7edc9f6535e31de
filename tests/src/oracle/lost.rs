//! §5.4, *A lost phone*: what a desk does when one is reported, from what was said and the keys of whoever lost it.

use super::Authority;
use super::cells::cell_of;
use super::fold::{Confirmation, Fold, Place, Standing};
use allkontor_core::id::{OfficeId, PublicKey, StatementId};
use allkontor_core::statement::{Body, Document, EventKey, Family, Hold, Verified};
use allkontor_core::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on on a slip, with these places, for an event or not, and they have come or not.
    Slip {
        /// The places.
        holds: Vec<Hold>,
        /// Another's event that it is for.
        event: Option<EventKey>,
        /// Whether they had come.
        came: bool,
    },
    /// "what another device has custody of"
    Elsewhere,
    /// "the room of an event of theirs"
    OwnEvent,
    /// "what they were handed"
    HandedOut,
}

/// What a desk does about a lost phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// "What was confirmed under a ticket that the device issued to that holder"
    pub fates: BTreeMap<(StatementId, u8), Fate>,
    /// What nobody has decided under such tickets.
    pub waiting: BTreeSet<(StatementId, u8)>,
}

/// Where and when it is reported, by whom the tickets are, and for whose keys.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The office.
    pub office: OfficeId,
    /// The device.
    pub desk: PublicKey,
    /// Every key that a ticket of whoever lost the phone may be for.
    pub keys: &'a BTreeSet<PublicKey>,
    /// The time.
    pub now: CivilMinute,
}

impl Lost {
    /// What that desk does, if it knows no more than `heap`.
    pub fn of(report: Report<'_>, heap: &[Verified]) -> Self {
        let authority = Authority::of(report.office, heap);
        let documents: BTreeSet<Document> = heap.iter().map(|one| one.header().document).collect();
        let booked = |document: &Document| {
            matches!(document.family(), Some(Family::Ledger | Family::Storage))
        };
        let mut lost = Self::default();
        for document in documents.into_iter().filter(booked) {
            let fold = Fold::run(&authority, document, heap, true);
            lost.read(&fold, report);
        }
        lost
    }

    fn read(&mut self, fold: &Fold<'_>, report: Report<'_>) {
        let is_theirs = |ticket: StatementId| {
            fold.ticket(ticket).is_some_and(|(ticket, issuer)| {
                issuer == report.desk && report.keys.contains(&ticket.key)
            })
        };
        let waiting = fold.pending(&fold.victims()).into_iter();
        let waiting = waiting.map(|asked| (asked.request.ticket, asked.request.slot));
        self.waiting
            .extend(waiting.filter(|(ticket, _)| is_theirs(*ticket)));
        for confirmation in &fold.confirmations {
            let stands = matches!(confirmation.standing, Standing::Live | Standing::CheckedIn);
            let mut holds = confirmation.holds.iter();
            let is_over = holds.all(|hold| hold.interval().end() <= report.now);
            let Some(asked) = confirmation.request.as_ref().filter(|_| stands && !is_over) else {
                continue;
            };
            if is_theirs(asked.request.ticket) && fold.last_of_slot(asked) == Some(confirmation.id)
            {
                let key = (asked.request.ticket, asked.request.slot);
                self.fates
                    .insert(key, fate(fold, confirmation, key, report));
            }
        }
    }
}

fn fate(
    fold: &Fold<'_>,
    confirmation: &Confirmation,
    key: (StatementId, u8),
    report: Report<'_>,
) -> Fate {
    let in_custody = |hold: &Hold| {
        let cell = cell_of(fold.document, fold.day_start(), hold);
        cell.is_some_and(|cell| fold.cell(cell) == Place::With(report.desk))
    };
    if !confirmation.holds.iter().all(in_custody) {
        return Fate::Elsewhere;
    }
    let asked = confirmation.request.as_ref();
    let event = asked.and_then(|asked| asked.request.event);
    if event.is_some_and(|event| (event.ticket, event.slot) == key) {
        return Fate::OwnEvent;
    }
    let of_slot = |id: StatementId| {
        let mut all = fold.confirmations.iter().filter(|one| one.id == id);
        all.any(|one| {
            let asked = one.request.as_ref();
            one.standing != Standing::Void
                && asked.is_some_and(|asked| (asked.request.ticket, asked.request.slot) == key)
        })
    };
    let mut out = fold.loans.iter().filter(|(_, back)| back.is_none());
    let is_out = out.any(|(id, _)| match fold.all.get(id).map(Verified::body) {
        Some(Body::HandOut(loan)) => of_slot(loan.confirm),
        _ => false,
    });
    if is_out {
        return Fate::HandedOut;
    }
    Fate::Slip {
        holds: confirmation.holds.clone(),
        event,
        came: confirmation.standing == Standing::CheckedIn,
    }
}
