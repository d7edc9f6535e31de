//! One method a verb, for apps. Each makes its effects durable before it answers.

use super::{Device, DeviceError};
use crate::command::{Book, Booked, Close, Closed, ImportEntry, ImportedAll, WalkIn, WalkedIn};
use crate::id::{ClassId, Digest, FeatureId, PublicKey, StatementId, UnitId};
use crate::model::Catalogue;
use crate::model::limits::Allowance;
use crate::replica::{AgendaEntry, BookingId, Command, DeskEntry, Event, Outcome, Quota};
use crate::resolve::SlotKey;
use crate::statement::{Cause, Document, Role};
use crate::sync::qr::Certificate;
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};
use crate::view::{Entry, Explanation, FreeUnit};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What visitors do. All of it works with no network.
impl Device {
    /// Books. Each date is a request of its own: see [`Booked`].
    pub fn book(&mut self, now: Timestamp, book: Book) -> Result<Booked, DeviceError> {
        match self.command(now, Command::Book(book))? {
            Outcome::Booked(booked) => Ok(booked),
            _ => Ok(Booked::default()),
        }
    }

    /// Withdraws a booking.
    pub fn cancel(&mut self, now: Timestamp, booking: BookingId) -> Result<(), DeviceError> {
        self.command(now, Command::Cancel(booking)).map(drop)
    }

    /// Asks for another time or place instead. What is held stays held until the office confirms the new one.
    ///
    /// A time in another month is filed as a booking of its own, which stands in the agenda beside this one until it is
    /// confirmed and this one cancelled: see [`AgendaEntry::instead_of`].
    pub fn move_to(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        to: Book,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Move { booking, to }).map(drop)
    }

    /// Asks to stay until `end`, longer or shorter, in the same place.
    pub fn extend(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        end: CivilMinute,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Extend { booking, end })
            .map(drop)
    }

    /// "I am here."
    pub fn arrive(&mut self, now: Timestamp, booking: BookingId) -> Result<(), DeviceError> {
        self.command(now, Command::Arrive(booking)).map(drop)
    }

    /// This device's bookings, in the order in which they were made.
    pub fn agenda(&mut self) -> Result<Vec<AgendaEntry>, DeviceError> {
        Ok(self.replica()?.agenda())
    }

    /// One of this device's bookings.
    pub fn booking(&mut self, booking: BookingId) -> Result<Option<AgendaEntry>, DeviceError> {
        Ok(self.replica()?.booking(booking))
    }

    /// Why a booking stands as it does, and what is near and free; `None` while it is a draft.
    pub fn explain(
        &mut self,
        now: Timestamp,
        booking: BookingId,
    ) -> Result<Option<Explanation>, DeviceError> {
        Ok(self.replica()?.explain(booking, now))
    }

    /// What is left of this person's share of a class for a booking on `day`, as far as is known here: "n left, the next
    /// one frees at …".
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::Book, id::{ClassId, UnitId}, time::OfficeDay};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// phone.book(NOW, Book::unit(UnitId(1), at(3, 18, 19)))?;
    /// meet(&mut phone, &mut kiosk)?;
    /// let wednesday = OfficeDay::from_ymd(2027, 3, 3).unwrap();
    /// let left = phone.own_allowances(NOW, ClassId(1), wednesday)?;
    /// assert_eq!((left[0].left, left[0].next_at), (4, Some(at(3, 18, 19).end())));
    /// # Ok(())
    /// # }
    /// ```
    pub fn own_allowances(
        &mut self,
        now: Timestamp,
        class: ClassId,
        day: OfficeDay,
    ) -> Result<Vec<Allowance>, DeviceError> {
        let replica = self.replica()?;
        Ok(replica.allowances(now, replica.public_key(), class, day)?)
    }

    /// The published catalogue; `None` before it has come.
    pub fn catalogue(&mut self) -> Result<Option<Arc<Catalogue>>, DeviceError> {
        if let Some(cold) = self.cold() {
            return Ok(Some(cold.catalogue().clone()));
        }
        Ok(self.replica()?.catalogue().cloned())
    }

    /// Units free for the whole of `interval`, fewest surplus features first. `class`: only of that class.
    pub fn free(
        &mut self,
        class: Option<ClassId>,
        needs: &BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Result<Vec<FreeUnit>, DeviceError> {
        if let Some(answer) = self
            .cold()
            .and_then(|cold| cold.free(class, needs, interval))
        {
            return Ok(answer);
        }
        Ok(self.replica()?.free(class, needs, interval)?)
    }

    /// When any unit is taken on a day, or expected to be, by unit, then by time; never by whom.
    pub fn day(&mut self, day: OfficeDay) -> Result<Vec<Entry>, DeviceError> {
        if let Some(answer) = self.cold().and_then(|cold| cold.day(day)) {
            return Ok(answer);
        }
        Ok(self.replica()?.day(day))
    }

    /// When one unit is taken on a day, or expected to be, by time; never by whom.
    pub fn day_of(&mut self, unit: UnitId, day: OfficeDay) -> Result<Vec<Entry>, DeviceError> {
        let mut entries = self.day(day)?;
        entries.retain(|entry| entry.unit == unit);
        Ok(entries)
    }

    /// One hash of everything this device has of the office: equal on devices with the same statements.
    pub fn digest(&mut self) -> Result<Digest, DeviceError> {
        Ok(self.replica()?.digest())
    }

    /// Proof, to be shown without network, of what the office promised for a booking that is confirmed.
    pub fn certificate(&mut self, booking: BookingId) -> Result<Certificate, DeviceError> {
        let replica = self.replica()?;
        let (document, key) = replica
            .slot_of(booking)
            .ok_or(crate::command::ChangeError::Unknown { booking })
            .map_err(crate::error::Error::from)?;
        Ok(replica.certificate(document, &key)?)
    }
}

/// What the office's devices do.
impl Device {
    /// Lets time pass: decides what is ripe, releases the places of those who did not come. Call it once a minute.
    pub fn tick(&mut self, now: Timestamp) -> Result<(), DeviceError> {
        self.run(now, Event::Tick).map(drop)
    }

    /// Confirms a request now, where the forecast places it.
    pub fn confirm(&mut self, now: Timestamp, key: SlotKey) -> Result<(), DeviceError> {
        self.command(now, Command::Confirm(key)).map(drop)
    }

    /// Refuses a request, for good.
    pub fn decline(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        cause: Cause,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Decline { key, cause }).map(drop)
    }

    /// Gives a confirmed place back, for good.
    pub fn release(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        cause: Cause,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Release { key, cause }).map(drop)
    }

    /// The person is here.
    pub fn check_in(&mut self, now: Timestamp, key: SlotKey) -> Result<(), DeviceError> {
        self.command(now, Command::CheckIn(key)).map(drop)
    }

    /// Closes units or the office for a time; everybody affected is moved or put first in line.
    pub fn close_places(&mut self, now: Timestamp, close: Close) -> Result<Closed, DeviceError> {
        match self.command(now, Command::Close(close))? {
            Outcome::Closed(closed) => Ok(closed),
            _ => Ok(Closed::default()),
        }
    }

    /// Opens again what was closed.
    pub fn reopen(&mut self, now: Timestamp, occupy: StatementId) -> Result<(), DeviceError> {
        self.command(now, Command::Reopen(occupy)).map(drop)
    }

    /// Books for somebody without a phone, who leaves with a slip.
    pub fn walk_in(&mut self, now: Timestamp, walk_in: WalkIn) -> Result<WalkedIn, DeviceError> {
        match self.command(now, Command::WalkIn(walk_in))? {
            Outcome::WalkedIn(walked_in) => Ok(walked_in),
            _ => Ok(WalkedIn { dates: Vec::new() }),
        }
    }

    /// Takes in what another calendar has: closings, and bookings of single units. One outcome an entry, in order; each is
    /// taken in whole or not at all, and what stops one stops no other.
    ///
    /// What was taken in is remembered under its name, on this device: the same again changes nothing, a later version
    /// takes the place of the one before.
    pub fn import(
        &mut self,
        now: Timestamp,
        entries: Vec<ImportEntry>,
    ) -> Result<ImportedAll, DeviceError> {
        match self.command(now, Command::Import(entries))? {
            Outcome::Imported(imported) => Ok(imported),
            _ => Ok(ImportedAll::default()),
        }
    }

    /// Issues a ticket to a key, or says what is left of the holder's share.
    pub fn issue_ticket(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        key: PublicKey,
        document: Document,
        uses: Vec<ClassId>,
        slots: u8,
    ) -> Result<Result<StatementId, Quota>, DeviceError> {
        let command = Command::IssueTicket {
            holder,
            key,
            document,
            uses,
            slots,
        };
        match self.command(now, command)? {
            Outcome::Ticket(ticket) => Ok(ticket),
            _ => Ok(Err(Quota {
                left: 0,
                next_at: None,
            })),
        }
    }

    /// Certifies a device that joined as a visitor and showed its key ([`Device::enrolment`]). It is a steward when it
    /// next syncs. Only with the admin key.
    pub fn certify(
        &mut self,
        now: Timestamp,
        device: PublicKey,
        role: Role,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Certify { device, role })
            .map(drop)
    }

    /// Publishes a catalogue. The hub, or the front line each of its share, are the first custodians of its new units.
    pub fn publish(&mut self, now: Timestamp, catalogue: Catalogue) -> Result<(), DeviceError> {
        self.command(now, Command::Publish(Box::new(catalogue)))
            .map(drop)
    }

    /// Puts the next version of the rules in force from a coming day on. Devices that do not know it decide nothing about
    /// that day and later ones until they are updated.
    pub fn activate(
        &mut self,
        now: Timestamp,
        rules: u16,
        from: OfficeDay,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Activate { rules, from })
            .map(drop)
    }

    /// The first statement that this app is too old to follow; `None` when it follows everything.
    pub fn outdated(&mut self) -> Result<Option<StatementId>, DeviceError> {
        Ok(self.replica()?.outdated())
    }

    /// Drops the ledgers of months that end before a day, here and on every device that hears of it.
    pub fn drop_before(&mut self, now: Timestamp, day: OfficeDay) -> Result<(), DeviceError> {
        self.command(now, Command::DropBefore(day)).map(drop)
    }

    /// Drops the rentals of years that end before a day, here and on every device that hears of it. None that stands
    /// may be in them alone.
    pub fn drop_years_before(&mut self, now: Timestamp, day: OfficeDay) -> Result<(), DeviceError> {
        self.command(now, Command::DropYearsBefore(day)).map(drop)
    }

    /// A person has looked: the clock is right.
    pub fn confirm_clock(&mut self, now: Timestamp) -> Result<(), DeviceError> {
        self.command(now, Command::ConfirmClock).map(drop)
    }

    /// Every booking of a document, as the desk sees it.
    pub fn desk_entries(&mut self, document: Document) -> Result<Vec<DeskEntry>, DeviceError> {
        Ok(self.replica()?.desk_entries(document))
    }

    /// What is left of a holder's share of a class for a booking on `day`: "n left, the next one frees at …".
    pub fn allowances(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        class: ClassId,
        day: OfficeDay,
    ) -> Result<Vec<Allowance>, DeviceError> {
        Ok(self.replica()?.allowances(now, holder, class, day)?)
    }

    pub(super) fn command(
        &mut self,
        now: Timestamp,
        command: Command,
    ) -> Result<Outcome, DeviceError> {
        self.run(now, Event::Command(command))
    }
}
