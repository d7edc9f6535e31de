//! What staff do.

use super::Came;
use crate::sim::office::{book, catalogue, interval};
use crate::sim::op::{Verb, Want, Who};
use crate::sim::violation::Violation;
use crate::sim::world::{Paper, World};
use allkontor_core::command::{Close, WalkIn, WalkInDate};
use allkontor_core::id::UnitId;
use allkontor_core::replica::DeskEntry;
use allkontor_core::statement::{Arrive, Body, Cancel, Cause, Document, Header, Statement};
use allkontor_core::sync::qr::RequestCard;
use allkontor_core::time::{DayStart, OfficeDay};

/// What staff may be told: their device is not of the office any more, or somebody else decides there.
const AT_THE_DESK: &[&str] = &[
    "not_joined",
    "no_catalogue",
    "not_a_steward",
    "recovering",
    "no_such_booking",
    "not_pending",
    "no_place",
    "not_confirmed",
    "not_decider",
    "not_custodian",
    "no_facts",
    "outdated",
    "not_occupied",
    "no_such_document",
];

impl World {
    pub(super) fn walk_in(&mut self, who: Who, want: Want, seed: u64) -> Result<Came, Violation> {
        let midnight = self
            .civil()
            .saturating_plus(-self.civil().get().rem_euclid(1_440));
        let (book, _) = book(&want, midnight);
        let mut slip_seed = [0; 16];
        slip_seed[..8].copy_from_slice(&seed.to_be_bytes());
        let walk_in = WalkIn { book, slip_seed };
        let done = self.on(who, AT_THE_DESK, |device, now| device.walk_in(now, walk_in))?;
        let Some(walked_in) = done else {
            return Ok(Came::Nothing);
        };
        for date in walked_in.dates {
            if let WalkInDate::Requested { key, slip } = date {
                self.counts.add("walk-ins", 1);
                let document = self.filed(who, &key)?;
                self.slips
                    .extend(document.map(|document| Paper { slip, document }));
            }
        }
        Ok(Came::Done)
    }

    /// Where a device has a booking filed.
    fn filed(
        &mut self,
        who: Who,
        key: &allkontor_core::resolve::SlotKey,
    ) -> Result<Option<Document>, Violation> {
        let found = self.on(who, &[], |device, _| {
            let picture = device.picture()?;
            let here = |document: &Document| {
                let fold = picture.fold(*document);
                fold.is_some_and(|fold| fold.resolved().slots.contains_key(key))
            };
            Ok(picture.documents().into_iter().find(here))
        })?;
        Ok(found.flatten())
    }

    pub(super) fn show_slip(
        &mut self,
        who: Who,
        nth: u8,
        cancels: bool,
    ) -> Result<Came, Violation> {
        let now = self.civil();
        let Some(nth) = usize::from(nth).checked_rem(self.slips.len()) else {
            return Ok(Came::Nothing);
        };
        let Paper { slip, document } = &self.slips[nth];
        let body = match cancels {
            true => Body::from(Cancel {
                ticket: slip.ticket,
                slot: 0,
                version: 0,
            }),
            false => Body::from(Arrive {
                ticket: slip.ticket,
                slot: 0,
                claimed: now,
            }),
        };
        let header = Header::standalone(self.office, *document);
        let (ticket, key) = (slip.ticket, slip.key());
        let Ok(said) = key.sign(Statement { header, body }) else {
            return Ok(Came::Nothing);
        };
        let document = *document;
        let done = self.on(who, AT_THE_DESK, |device, now| {
            let fold = device.picture()?.fold(document);
            let ticket = fold.and_then(|fold| fold.statements().get(&ticket).cloned());
            let Some(ticket) = ticket else {
                return Ok(false);
            };
            match RequestCard::new([ticket, said]) {
                Ok(card) => device.scan_card(now, &card.to_bytes()).map(|()| true),
                Err(_) => Ok(false),
            }
        })?;
        self.counts
            .add("slips shown", u64::from(done == Some(true)));
        Ok(Came::of(done.filter(|shown| *shown)))
    }

    /// The bookings that a desk has before it: this month's and the next's.
    fn desk(&mut self, who: Who) -> Result<Vec<DeskEntry>, Violation> {
        let mut entries = Vec::new();
        let Document::Ledger(month) = self.ledger() else {
            return Ok(entries);
        };
        for document in [Document::Ledger(month), Document::Ledger(month.next())] {
            entries.extend(
                self.on(who, &[], |device, _| device.desk_entries(document))?
                    .unwrap_or_default(),
            );
        }
        Ok(entries)
    }

    pub(super) fn decide(&mut self, who: Who, verb: Verb, nth: u8) -> Result<Came, Violation> {
        let mut entries = self.desk(who)?;
        entries.retain(|entry| match verb {
            Verb::Confirm | Verb::Decline => entry.status.stage.is_open(),
            Verb::Release | Verb::CheckIn => entry.status.stage.stands(),
        });
        let Some(DeskEntry { key, .. }) = Self::nth(&entries, nth) else {
            return Ok(Came::Nothing);
        };
        let cause =
            [Cause::Staff, Cause::Override, Cause::Ended, Cause::Lost][usize::from(nth) % 4];
        let done = self.on(who, AT_THE_DESK, |device, now| match verb {
            Verb::Confirm => device.confirm(now, key),
            Verb::Decline => device.decline(now, key, Cause::Staff),
            Verb::Release => device.release(now, key, cause),
            Verb::CheckIn => device.check_in(now, key),
        })?;
        self.counts
            .add("decided by hand", u64::from(done.is_some()));
        Ok(Came::of(done))
    }

    pub(super) fn close(&mut self, who: Who, want: Want, all: bool) -> Result<Came, Violation> {
        let midnight = self
            .civil()
            .saturating_plus(-self.civil().get().rem_euclid(1_440));
        let at = interval(&want, midnight);
        let unit = UnitId(1 + u32::from(want.what) % 3);
        // As often as not somebody is there, or will be.
        let mut taken = self.desk(who)?;
        taken.retain(|entry| want.what.is_multiple_of(2) && entry.status.stage.stands());
        let taken = Self::nth(&taken, want.what / 2);
        let taken = taken.and_then(|entry| entry.status.holding.first().copied());
        let (unit, interval) = taken.map_or((unit, at), |hold| (hold.unit, hold.interval()));
        let close = Close {
            units: if all { Vec::new() } else { vec![unit] },
            interval,
            cause: Cause::Closed,
        };
        let closed = self.on(who, AT_THE_DESK, |device, now| {
            device.close_places(now, close)
        })?;
        if let Some(closed) = &closed {
            self.counts.add("closures", 1);
            self.counts
                .add("moved by a closure", closed.moved.len() as u64);
        }
        Ok(Came::of(closed))
    }

    pub(super) fn reopen(&mut self, who: Who, nth: u8) -> Result<Came, Violation> {
        let document = self.ledger();
        let closures = self.on(who, &[], |device, _| {
            let fold = device.picture()?.fold(document);
            let taken = fold
                .into_iter()
                .flat_map(|fold| &fold.resolved().occupations);
            let open = taken.filter(|(_, taken)| !taken.vacated);
            Ok(open.map(|(id, _)| *id).collect::<Vec<_>>())
        })?;
        let Some(occupy) = Self::nth(&closures.unwrap_or_default(), nth) else {
            return Ok(Came::Nothing);
        };
        let done = self.on(who, AT_THE_DESK, |device, now| device.reopen(now, occupy))?;
        self.counts.add("reopened", u64::from(done.is_some()));
        Ok(Came::of(done))
    }

    pub(super) fn publish(&mut self, who: Who, variant: u8) -> Result<Came, Violation> {
        let may = [AT_THE_DESK, &["not_the_admin"]].concat();
        let done = self.on(who, &may, |device, now| {
            device.publish(now, catalogue(variant))
        })?;
        self.counts.add("published", u64::from(done.is_some()));
        Ok(Came::of(done))
    }

    pub(super) fn drop_months(&mut self, who: Who) -> Result<Came, Violation> {
        let day = OfficeDay::of(self.civil(), DayStart::default())
            .month()
            .first_day();
        let may = [AT_THE_DESK, &["not_the_admin"]].concat();
        let done = self.on(who, &may, |device, now| device.drop_before(now, day))?;
        self.counts.add("months dropped", u64::from(done.is_some()));
        Ok(Came::of(done))
    }

    pub(super) fn confirm_clock(&mut self, who: Who) -> Result<Came, Violation> {
        let done = self.on(who, AT_THE_DESK, |device, now| device.confirm_clock(now))?;
        Ok(Came::of(done))
    }

    /// The founder certifies the office's other devices.
    pub(in crate::sim) fn certify_further(&mut self, founder: Who) -> Result<(), Violation> {
        let others = self.nodes.values().skip(1);
        let others: Vec<_> = others
            .filter_map(|node| Some((node.public(), node.part.role()?)))
            .collect();
        for (device, role) in others {
            self.on(founder, &[], |kiosk, now| kiosk.certify(now, device, role))?;
        }
        Ok(())
    }
}
