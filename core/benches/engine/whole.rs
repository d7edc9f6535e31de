//! A whole office: beside the year's desks 300 rented lockers, 500 events with people coming, 20 000 payments.

use crate::clerk::{self, Clerk};
use crate::opening;
use crate::plan;
use crate::report::{Pair, Report, Wanted, timed};
use crate::scribe::Scribe;
use crate::year::{NOW, Year};
use allkontor_core::device::{Archive, Device};
use allkontor_core::id::{ClassId, Digest, LineId, UnitId};
use allkontor_core::money::Ore;
use allkontor_core::report::ReportOrder;
use allkontor_core::statement::{
    Approve, Charge, CheckIn, Confirm, Document, EventKey, Hold, Keypair, Means, Part, Pay,
    Propose, Request, Seats, Ticket, Verified, Wish,
};
use allkontor_core::store::{Batch, MemoryStore, Operation};
use allkontor_core::time::{CivilMinute, DayStart, Interval, Month, OfficeDay};
use allkontor_core::vault::MemoryVault;
use sha2::{Digest as _, Sha256};

const ROOMS: [UnitId; 2] = [UnitId(1_001), UnitId(1_002)];
const SEATS: (u32, u32) = (2_001, 2_040);
const SEAT: ClassId = ClassId(4);
const FIRST_LOCKER: u32 = 3_001;
const LOCKERS: u32 = 300;
const EVENTS: u32 = 500;
const COMING: u32 = 10;
const PAYMENTS: u32 = 20_000;
const PAGE: i64 = 200;

/// What the catalogue of the desks lacks: classes, units, and a tariff.
pub(crate) fn classes() -> &'static str {
    r#", "2": {"name": {"en": "Room"}, "kind": "room", "rules": {"horizon_days": 365}},
    "3": {"name": {"en": "Locker"}, "kind": "locker", "cells": "year", "rules": {"max_minutes": 525600, "horizon_days": 365}},
    "4": {"name": {"en": "Seat"}, "kind": "seat", "rules": {"horizon_days": 365}}"#
}

pub(crate) fn units() -> String {
    let one = |name: &str, class: u32, unit: u32| {
        format!(r#", "{unit}": {{"name": {{"en": "{name} {unit}"}}, "class": {class}}}"#)
    };
    let rooms = ROOMS.iter().map(|room| one("Room", 2, room.0));
    let lockers = (FIRST_LOCKER..FIRST_LOCKER + LOCKERS).map(|unit| one("Locker", 3, unit));
    let seats = (SEATS.0..=SEATS.1).map(|unit| one("Seat", SEAT.0.into(), unit));
    rooms.chain(lockers).chain(seats).collect()
}

pub(crate) fn tariff() -> String {
    format!(
        r#", "tariff": {{"currency": "SEK", "lines": {{"1": {{"name": {{"en": "A page"}}, "unit": "page",
        "prices": [{{"from": "2025-01-01", "steps": [{{"from": 1, "ore": {PAGE}}}]}}]}}}}}}"#
    )
}

/// Somebody, who has a ticket for one slot.
struct Visitor {
    key: Keypair,
    document: Document,
    ticket: Verified,
}

impl Visitor {
    fn new(clerk: &Clerk, what: &[u8], number: u32, document: Document, now: CivilMinute) -> Self {
        let number = u64::from(number);
        let key = Keypair::from_seed(&clerk::draw(what, number));
        let stamp = now.floor_to(15);
        let serial = clerk::draw(&[what, b"'s ticket"].concat(), number);
        let ticket = Ticket {
            serial: serial[..16].try_into().unwrap(),
            key: key.public(),
            decider: clerk.key.public(),
            uses: Vec::new(),
            slots: 1,
            stamp,
            expires: stamp.plus(7 * 1440).unwrap(),
            introduced: None,
        };
        let ticket = clerk.alone(&clerk.key, document, ticket);
        Self {
            key,
            document,
            ticket,
        }
    }

    fn asks(
        &self,
        clerk: &Clerk,
        wish: Wish,
        event: Option<EventKey>,
        now: CivilMinute,
    ) -> Verified {
        let request = Request {
            event,
            ticket: self.ticket.id(),
            slot: 0,
            version: 0,
            options: vec![vec![wish]],
            any_equal: None,
            party: 1,
            claimed: now,
            accepts: None,
        };
        clerk.alone(&self.key, self.document, request)
    }

    /// Ticket, request and confirmation; and, of what has begun, that somebody came.
    fn gets(
        &self,
        clerk: &mut Clerk,
        unit: UnitId,
        interval: Interval,
        event: Option<EventKey>,
        now: CivilMinute,
    ) -> Vec<Verified> {
        let request = self.asks(clerk, Wish::new(unit, interval), event, now);
        let confirm = Confirm {
            request: request.id(),
            holds: vec![Hold::new(unit, interval, 0, 0)],
            ends: None,
        };
        let confirm = clerk.says(self.document, confirm);
        let mut said = vec![self.ticket.clone(), request, confirm.clone()];
        if interval.start() <= now_there() {
            let confirm = confirm.id();
            said.push(clerk.says(self.document, CheckIn { confirm }));
        }
        said
    }
}

fn now_there() -> CivilMinute {
    allkontor_core::time::Zone::new("Europe/Stockholm")
        .unwrap()
        .civil(NOW)
}

/// Writes all of it, each visit to the desk one envelope.
pub(crate) fn write(scribe: &mut Scribe, mut commit: impl FnMut(Batch)) {
    let mut batch = Batch::new();
    for locker in 0..LOCKERS {
        batch.push(rental(scribe, locker));
    }
    for event in 0..EVENTS {
        batch.extend(event_with_guests(scribe, event));
    }
    commit(std::mem::take(&mut batch));
    for payment in 0..PAYMENTS {
        batch.push(sale(scribe, payment));
    }
    commit(batch);
}

/// A locker, rented from some day of the first hundred until the end of the year.
fn rental(scribe: &mut Scribe, number: u32) -> Operation {
    let document = Document::Storage(2026);
    let day = plan::first_day().plus(i32::try_from(number % 100).unwrap());
    let (start, end) = (
        plan::minute(day, 12, 0),
        plan::minute(plan::first_day().plus(365), 0, 0),
    );
    let visitor = Visitor::new(&scribe.clerk, b"renter", number, document, start);
    let interval = Interval::new(start, end).unwrap();
    let unit = UnitId(FIRST_LOCKER + number);
    let said = visitor.gets(&mut scribe.clerk, unit, interval, None, start);
    scribe.write(document, start, &said)
}

/// An event in a room, and who is coming to it: some weeks ahead.
fn event_with_guests(scribe: &mut Scribe, number: u32) -> Vec<Operation> {
    let day = plan::first_day().plus(i32::try_from(number * 365 / EVENTS).unwrap());
    let today = OfficeDay::of(now_there(), DayStart::default());
    let made = day.plus(-14).min(today.plus(-1));
    let (document, odd) = (Document::ledger_of(day), number % 2);
    let hour = 18 + 2 * odd;
    let interval = Interval::new(plan::minute(day, hour, 0), plan::minute(day, hour + 2, 0));
    let (interval, now) = (interval.unwrap(), plan::minute(made, 11, 0));
    let host = Visitor::new(&scribe.clerk, b"host", number, document, now);
    let event = EventKey {
        ticket: host.ticket.id(),
        slot: 0,
    };
    let text = format!("Evening {number}\n{}", "Come and listen. ".repeat(12));
    let propose = Propose {
        ticket: event.ticket,
        slot: 0,
        version: 0,
        dates: vec![interval],
        text: Digest(Sha256::digest(&text).into()),
        length: u16::try_from(text.len()).unwrap(),
        room: true,
        seats: Some(Seats {
            class: SEAT,
            first: UnitId(SEATS.0),
            last: UnitId(SEATS.1),
        }),
        public: true,
        partner: None,
        claimed: now,
    };
    let propose = scribe.clerk.alone(&host.key, document, propose);
    let proposal = propose.id();
    let approve = scribe.clerk.says(document, Approve { proposal });
    let room = ROOMS[usize::try_from(odd).unwrap()];
    let mut said = vec![propose, approve];
    said.extend(host.gets(&mut scribe.clerk, room, interval, Some(event), now));
    let bytes = text.into_bytes();
    let mut written = vec![
        Operation::PutBlob { bytes },
        scribe.write(document, now, &said),
    ];
    for seat in 0..COMING {
        let guest = number * COMING + seat;
        let visitor = Visitor::new(&scribe.clerk, b"guest", guest, document, now);
        let unit = UnitId(SEATS.0 + seat);
        let said = visitor.gets(&mut scribe.clerk, unit, interval, Some(event), now);
        written.push(scribe.write(document, now, &said));
    }
    written
}

/// Some pages, paid in cash.
fn sale(scribe: &mut Scribe, number: u32) -> Operation {
    let till = Document::Till(2026);
    let days = OfficeDay::of(now_there(), DayStart::default()).get() - plan::first_day().get();
    let per_day = PAYMENTS.div_ceil(u32::try_from(days).unwrap());
    let day = plan::first_day().plus(i32::try_from(number / per_day).unwrap());
    let minute = plan::minute(day, 9, 0);
    let minute = minute.plus(i32::try_from(number % per_day * 5).unwrap());
    let (minute, quantity) = (minute.unwrap(), 1 + number % 5);
    let amount = Ore::new(PAGE * i64::from(quantity)).unwrap();
    let charge = Charge {
        line: LineId(1),
        quantity,
        amount,
        catalogue: 1,
        minute,
        about: None,
    };
    let charge = scribe.clerk.says(till, charge);
    let part = Part {
        of: charge.id(),
        amount,
    };
    let pay = Pay {
        parts: vec![part],
        means: Means::Cash,
        minute,
    };
    let pay = scribe.clerk.says(till, pay);
    scribe.write(till, minute, &[charge, pay])
}

/// Opens it, reports on it, exports it and takes the export in.
pub(crate) fn compare(year: &Year, report: &mut Report) {
    opening::compare(year, report);
    opening::size(year, report);
    let month = |month| Month::new(2026, month).unwrap();
    let order = ReportOrder::new(month(1), month(12), 5).unwrap();
    let mut device = year.device();
    device.digest().unwrap();
    let mut reported = Pair::default();
    for _ in 0..3 {
        let (all, digest) = timed(|| year.device().digest().unwrap());
        assert_eq!(device.digest().unwrap(), digest);
        reported.push(timed(|| device.report(order).unwrap()).0, all);
    }
    let (ours, theirs) = reported.medians();
    report.add(
        "of opening until everything is resolved: the report of the year",
        reported.ratio(),
        &Wanted::Known,
        &format!("{ours:?} against {theirs:?}"),
    );
    exported(year, &mut device, report);
}

fn exported(year: &Year, device: &mut Device, report: &mut Report) {
    let (everything, _) = timed(|| year.device().digest().unwrap());
    let (export, archive) = timed(|| device.archive(NOW).unwrap());
    let bytes: usize = archive
        .documents
        .iter()
        .flat_map(|(_, all)| all)
        .map(Vec::len)
        .sum();
    let (restore, digest) = timed(|| restored(&archive));
    assert_eq!(digest, device.digest().unwrap());
    let mut add = |what: &str, time: std::time::Duration| {
        report.add(
            what,
            time.as_secs_f64() / everything.as_secs_f64(),
            &Wanted::Known,
            &format!("{time:?} against {everything:?}, for {bytes} bytes of envelopes"),
        );
    };
    add(
        "of opening until everything is resolved: an export that was checked",
        export,
    );
    add(
        "of opening until everything is resolved: an import on a new machine",
        restore,
    );
}

/// What the archive makes of an empty device.
fn restored(archive: &Archive) -> Digest {
    let (store, vault) = (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    let mut new = Device::join(store, vault, [5; 32], archive.office).unwrap();
    new.restore_archive(NOW, archive).unwrap();
    new.digest().unwrap()
}
