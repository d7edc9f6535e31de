//! What happens, step by step.

use super::Queue;
use super::carry::{self, Guest};
use super::check;
use super::desks::every_desk;
use super::error::Trouble;
use super::phone::{Phone, book};
use super::world::{World, trouble};
use crate::desks::{Desk, Party};
use crate::people::PersonId;
use crate::plan::Act;
use crate::story::{Carrier, Meeting, Notice, Status};
use crate::words::Words;
use allkontor_core::command::Close;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::UnitId;
use allkontor_core::statement::{Cause, Document};
use allkontor_core::time::{CivilMinute, DayStart, Interval};

/// A person who was given another time comes then; up to this many minutes later is close enough.
const CLOSE_ENOUGH: i32 = 15;

impl World {
    /// Does one step, and looks at what every device that took part in it shows then.
    pub(super) fn act(
        &mut self,
        at: CivilMinute,
        act: &Act,
        queue: &mut Queue,
    ) -> Result<(), Trouble> {
        match act {
            Act::Book { who, nth, wish } => {
                self.phone(*who)?.want(*nth, wish.clone());
                self.look(*who, at)
            }
            Act::Move { who, nth, wish } => self.change(*who, *nth, at, |phone, now, id| {
                phone.device.move_to(now, id, book(wish))
            }),
            Act::Extend { who, nth, until } => {
                let end = *until;
                if self.phone(*who)?.has_come(*nth) {
                    self.change(*who, *nth, at, |phone, now, id| {
                        phone.device.extend(now, id, end)
                    })?;
                }
                Ok(())
            }
            Act::Cancel { who, nth } => self.cancel(*who, *nth, at),
            Act::Arrive { who, nth } => self.arrive(*who, *nth, at, queue),
            Act::Meet {
                one,
                other,
                carrier,
            } => self.meet(*one, *other, *carrier, at),
            Act::Network { up } => {
                self.network = *up;
                Ok(())
            }
            Act::Try { who, trick } => self.attempt(*who, *trick, at),
            Act::Close {
                unit,
                interval,
                words,
            } => self.close(*unit, *interval, words, at),
            Act::Restart { who } => self.restart(*who),
            Act::ConfirmClock => {
                let now = self.now(at);
                self.at_every_desk(|desk, device| {
                    device
                        .confirm_clock(now)
                        .map_err(trouble(desk.the(), "note that its clock is right"))
                })
            }
            Act::Tick => {
                let now = self.now(at);
                self.at_every_desk(|desk, device| {
                    device
                        .tick(now)
                        .map_err(trouble(desk.the(), "let time pass"))
                })?;
                self.look_at_desks(at)
            }
            Act::Lose { desk } => self.lose(*desk, at),
            Act::Replace { desk } => self.replace(*desk, at),
        }
    }

    /// Books what is wanted and not booked yet, and looks at the screen.
    fn look(&mut self, who: PersonId, at: CivilMinute) -> Result<(), Trouble> {
        let true_now = self.now(at);
        let words = Words::new(&self.office, self.day);
        let phone = self.phones.get_mut(who.0).ok_or(Trouble::NoPhone(who.0))?;
        let now = phone.now(true_now);
        phone.book_wishes(at, now, &words)?;
        phone.look(at, now, &words, &self.notices, self.gone.as_ref())?;
        let shown =
            count(&mut phone.device, self.ledger).map_err(phone.says("list the bookings"))?;
        self.double_bookings = self.double_bookings.max(shown);
        Ok(())
    }

    /// Changes a booking that the phone has. A rule that forbids it is told and changes nothing.
    fn change(
        &mut self,
        who: PersonId,
        nth: usize,
        at: CivilMinute,
        act: impl FnOnce(
            &mut Phone,
            allkontor_core::time::Timestamp,
            allkontor_core::replica::BookingId,
        ) -> Result<(), DeviceError>,
    ) -> Result<(), Trouble> {
        let true_now = self.now(at);
        let phone = self.phone(who)?;
        let Some(id) = phone.open(nth) else {
            return Ok(());
        };
        let now = phone.now(true_now);
        match act(phone, now, id) {
            Ok(()) => phone.changed(nth, at)?,
            Err(DeviceError::Engine(allkontor_core::error::Error::Change(_))) => {}
            Err(error) => return Err(phone.says("change a booking")(error)),
        }
        self.look(who, at)
    }

    fn cancel(&mut self, who: PersonId, nth: usize, at: CivilMinute) -> Result<(), Trouble> {
        let true_now = self.now(at);
        let phone = self.phone(who)?;
        let now = phone.now(true_now);
        if let Some(id) = phone.open(nth) {
            phone
                .device
                .cancel(now, id)
                .map_err(phone.says("cancel a booking"))?;
        }
        if let Some(own) = phone.bookings.get_mut(&nth) {
            own.acts.cancelled = true;
            own.acts.last = Some(at);
        }
        self.look(who, at)
    }

    /// Whoever has a place, or may hope for one, comes at its time and says so.
    fn arrive(
        &mut self,
        who: PersonId,
        nth: usize,
        at: CivilMinute,
        queue: &mut Queue,
    ) -> Result<(), Trouble> {
        let true_now = self.now(at);
        let phone = self.phone(who)?;
        let now = phone.now(true_now);
        let Some(id) = phone.open(nth) else {
            return Ok(());
        };
        let entry = phone
            .device
            .booking(id)
            .map_err(phone.says("look up a booking"))?;
        let Some(entry) = entry else { return Ok(()) };
        let start = entry
            .status
            .stage
            .holds()
            .first()
            .map(|hold| hold.interval().start());
        match start {
            Some(start) if start > at.saturating_plus(CLOSE_ENOUGH) => {
                queue.push(start, Act::Arrive { who, nth });
                queue.push(
                    start.saturating_plus(2),
                    Act::Meet {
                        one: Party::Phone(who),
                        other: Party::Desk(Desk::Kiosk),
                        carrier: Carrier::Qr,
                    },
                );
                Ok(())
            }
            Some(_) if entry.key.is_some() => {
                phone
                    .device
                    .arrive(now, id)
                    .map_err(phone.says("say that its owner has come"))?;
                self.look(who, at)
            }
            _ => Ok(()),
        }
    }

    fn close(
        &mut self,
        unit: UnitId,
        interval: Interval,
        words: &str,
        at: CivilMinute,
    ) -> Result<(), Trouble> {
        let now = self.now(at);
        self.notices.push(Notice {
            at,
            unit: Some(unit),
            interval,
            words: words.into(),
        });
        let close = Close {
            units: vec![unit],
            interval,
            cause: Cause::Closed,
        };
        let desk = self.at_front;
        self.front
            .close_places(now, close)
            .map_err(trouble(desk.the(), "close a place"))?;
        self.look_at_desk(desk, at)
    }

    fn meet(
        &mut self,
        one: Party,
        other: Party,
        carrier: Carrier,
        at: CivilMinute,
    ) -> Result<(), Trouble> {
        let (one, other) = (self.who_is_there(one), self.who_is_there(other));
        // What stands in for one of two devices is the other.
        if one == other {
            return Ok(());
        }
        let reached = (carrier != Carrier::Socket || self.network)
            && self.is_there(one)
            && self.is_there(other);
        let bytes = if reached {
            let shown = self.show_certificates(one, other, carrier, at)?;
            let talked = self.bring_together(one, other, carrier, at)?;
            self.vouch(one, other, at)?;
            shown.saturating_add(talked)
        } else {
            0
        };
        self.meetings.push(Meeting {
            at,
            one,
            other,
            carrier,
            reached,
            bytes,
        });
        if !reached {
            return Ok(());
        }
        for party in [one, other] {
            match party {
                Party::Phone(who) => self.look(who, at)?,
                Party::Desk(desk) => self.look_at_desk(desk, at)?,
            }
        }
        Ok(())
    }

    /// Returns the bytes that came across.
    pub(super) fn bring_together(
        &mut self,
        one: Party,
        other: Party,
        carrier: Carrier,
        at: CivilMinute,
    ) -> Result<u64, Trouble> {
        let now = self.now(at);
        let Self {
            phones,
            front,
            at_front,
            others,
            wire,
            folder,
            ..
        } = self;
        let mut guests = Vec::new();
        let called = |party: Party| party == one || party == other;
        for (index, phone) in phones.iter_mut().enumerate() {
            let party = Party::Phone(PersonId(index));
            if called(party) {
                let now = phone.now(now);
                guests.push((party, Guest::new(&phone.name, &mut phone.device, now)));
            }
        }
        for (desk, device) in every_desk((*at_front, front), others) {
            if called(Party::Desk(desk)) {
                guests.push((Party::Desk(desk), Guest::new(desk.the(), device, now)));
            }
        }
        // Whoever opens the connection comes first.
        guests.sort_by_key(|(party, _)| *party != one);
        let mut guests = guests.into_iter().map(|(_, guest)| guest);
        let (Some(mut first), Some(mut second)) = (guests.next(), guests.next()) else {
            return Err(Trouble::Nobody { one, other });
        };
        match carrier {
            Carrier::File => carry::stick(folder, &mut first, &mut second),
            Carrier::Qr => carry::codes(&mut first, &mut second),
            Carrier::Socket | Carrier::Relay => carry::socket(wire, &mut first, &mut second),
        }
    }
}

/// Double bookings, as a device shows them.
pub(super) fn count(device: &mut Device, ledger: Document) -> Result<usize, DeviceError> {
    let entries = device.desk_entries(ledger)?;
    let holds = entries
        .iter()
        .map(|entry| (entry.key, entry.status.holding.as_slice()));
    Ok(check::double_bookings(ledger, DayStart::default(), holds))
}

impl Phone {
    /// Whether its owner has been checked in to a booking.
    fn has_come(&self, nth: usize) -> bool {
        let last = self.own(nth).and_then(|own| own.told.last());
        last.is_some_and(|told| told.status == Status::CheckedIn)
    }
}
