//! What visitors do.

use super::{ASKING, Came};
use crate::sim::office::{book, interval};
use crate::sim::op::{Want, Who};
use crate::sim::violation::Violation;
use crate::sim::world::World;
use allkontor_core::command::DateOutcome;
use allkontor_core::replica::{AgendaEntry, BookingId, Replica};
use allkontor_core::sync::qr::Certificate;
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};
use std::collections::BTreeSet;

impl World {
    /// Midnight of the day that a device takes to be today.
    fn today(&self, who: Who) -> CivilMinute {
        let now = self
            .nodes
            .get(&who)
            .map_or(self.now, |node| node.now(self.now));
        let civil = self.zone.civil(now);
        civil.saturating_plus(-civil.get().rem_euclid(1_440))
    }

    pub(super) fn book(&mut self, who: Who, want: Want) -> Result<Came, Violation> {
        let (book, times) = book(&want, self.today(who));
        let Some(booked) = self.on(who, ASKING, |device, now| device.book(now, book))? else {
            return Ok(Came::Nothing);
        };
        if booked.dates.len() > 1 {
            self.counts.add("series", 1);
        }
        for (outcome, times) in booked.dates.iter().zip(times) {
            match outcome {
                DateOutcome::Requested { booking, .. } => {
                    self.counts.add("bookings", 1);
                    self.asked
                        .insert((who, *booking), times.into_iter().collect());
                }
                DateOutcome::Refused { .. } => self.counts.add("refusals", 1),
            }
        }
        Ok(Came::Done)
    }

    /// One of a visitor's bookings.
    pub(super) fn entry(&mut self, who: Who, nth: u8) -> Result<Option<AgendaEntry>, Violation> {
        let agenda = self.on(who, &[], |device, _| device.agenda())?;
        Ok(agenda.and_then(|agenda| Self::nth(&agenda, nth)))
    }

    fn agenda(&mut self, who: Who) -> Result<Vec<AgendaEntry>, Violation> {
        let agenda = self.on(who, &[], |device, _| device.agenda())?;
        Ok(agenda.unwrap_or_default())
    }

    /// Notes before it is asked for, since a device that loses power may have asked all the same.
    fn will_ask(
        &mut self,
        who: Who,
        entry: &AgendaEntry,
        times: impl IntoIterator<Item = Interval>,
    ) {
        let so_far = || entry.wanted.iter().map(|wish| wish.interval).collect();
        let asked = self.asked.entry((who, entry.booking));
        asked.or_insert_with(so_far).extend(times);
        self.changed.insert((who, entry.booking));
    }

    pub(super) fn move_booking(
        &mut self,
        who: Who,
        nth: u8,
        want: Want,
    ) -> Result<Came, Violation> {
        let Some(entry) = self.entry(who, nth)? else {
            return Ok(Came::Nothing);
        };
        let (to, times) = book(&want, self.today(who));
        let times: BTreeSet<Interval> = times.into_iter().flatten().collect();
        self.will_ask(who, &entry, times.iter().copied());
        let agenda = self.agenda(who)?;
        // The last wish counts: what was to take its place is given up.
        for other in &agenda {
            if other.instead_of == Some(entry.booking) {
                self.changed.insert((who, other.booking));
            }
        }
        let known: BTreeSet<BookingId> = agenda.iter().map(|entry| entry.booking).collect();
        let moved = self.on(who, ASKING, |device, now| {
            device.move_to(now, entry.booking, to)
        })?;
        // To another month it is a booking of its own, and the old one is given back when that is confirmed.
        for new in self.agenda(who)? {
            if !known.contains(&new.booking) {
                self.asked.insert((who, new.booking), times.clone());
                self.counts.add("moves to another month", 1);
            }
        }
        self.counts.add("moves asked", u64::from(moved.is_some()));
        Ok(Came::of(moved))
    }

    pub(super) fn extend(&mut self, who: Who, nth: u8, quarters: i8) -> Result<Came, Violation> {
        let Some(entry) = self.entry(who, nth)? else {
            return Ok(Came::Nothing);
        };
        let held: Vec<Interval> = match entry.status.holding.as_slice() {
            [] => entry.wanted.iter().map(|wish| wish.interval).collect(),
            holds => holds.iter().map(|hold| hold.interval()).collect(),
        };
        let Some(end) = held
            .first()
            .map(|at| at.end().saturating_plus(i32::from(quarters) * 15))
        else {
            return Ok(Came::Nothing);
        };
        let times = held
            .iter()
            .filter_map(|at| Interval::new(at.start(), end).ok());
        self.will_ask(who, &entry, times.collect::<Vec<_>>());
        let extended = self.on(who, ASKING, |device, now| {
            device.extend(now, entry.booking, end)
        })?;
        self.counts
            .add("extensions asked", u64::from(extended.is_some()));
        Ok(Came::of(extended))
    }

    pub(super) fn cancel(&mut self, who: Who, nth: u8) -> Result<Came, Violation> {
        let Some(entry) = self.entry(who, nth)? else {
            return Ok(Came::Nothing);
        };
        self.will_ask(who, &entry, []);
        let done = self.on(who, ASKING, |device, now| device.cancel(now, entry.booking))?;
        self.counts.add("cancellations", u64::from(done.is_some()));
        Ok(Came::of(done))
    }

    pub(super) fn arrive(&mut self, who: Who, nth: u8) -> Result<Came, Violation> {
        let Some(entry) = self.entry(who, nth)? else {
            return Ok(Came::Nothing);
        };
        let done = self.on(who, ASKING, |device, now| device.arrive(now, entry.booking))?;
        self.counts.add("arrivals", u64::from(done.is_some()));
        Ok(Came::of(done))
    }

    /// Everything a screen shows, so that nothing of it fails.
    pub(super) fn look_around(&mut self, who: Who, nth: u8, want: Want) -> Result<Came, Violation> {
        let at = interval(&want, self.today(who));
        let day = OfficeDay::of(at.start(), DayStart::default());
        let free = self.on(who, ASKING, |device, _| {
            device.free(None, &Default::default(), at)
        })?;
        self.on(who, ASKING, |device, _| device.day(day))?;
        let Some(entry) = self.entry(who, nth)? else {
            return Ok(Came::of(free));
        };
        self.on(who, ASKING, |device, now| {
            device.explain(now, entry.booking)
        })?;
        let carried = self.on(who, ASKING, |device, _| {
            Ok(is_carried(device.picture()?, entry.booking))
        })?;
        let may: &[&str] = if entry.status.stage.stands() && carried == Some(false) {
            &[]
        } else {
            &["no_such_booking", "not_confirmed"]
        };
        let proof = self.on(who, may, |device, _| device.certificate(entry.booking))?;
        if let Some(proof) = proof {
            self.counts.add("certificates", 1);
            Certificate::verify(&proof.to_bytes(), self.office)
                .map_err(|error| Violation::new("a certificate does not verify", error))?;
        }
        Ok(Came::Done)
    }
}

/// Whether the office itself says that a rental goes on: of that there is no certificate.
fn is_carried(picture: &Replica, booking: BookingId) -> bool {
    let Some((document, key)) = picture.slot_of(booking) else {
        return false;
    };
    let Some(resolved) = picture.fold(document).map(|fold| fold.resolved()) else {
        return false;
    };
    let last = resolved.slots.get(&key).and_then(|slot| slot.last());
    let last = last.and_then(|last| resolved.confirmations.get(&last));
    last.is_some_and(|last| resolved.carried.contains_key(&last.request))
}
