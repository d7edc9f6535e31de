//! Lockers and storage rooms: rented until a date or without an end, kept longer, given on.

use crate::ids::{Interval, each, seed};
use crate::status::{BookingKey, Cause};
use crate::visit::{ChangeOutcome, DateOutcome, Wanted, What, changed};
use crate::{AllkontorError, Device, Slip, WalkInOutcome, cards, page};
use allkontor_core::command::{Book, Heir as To, WalkIn};
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::replica::BookingId;
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};
use allkontor_core::view;

/// Something rented. It is the renter's until the office gives it back, however late that is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Rental {
    /// The booking.
    pub key: BookingKey,
    /// The promise.
    pub confirm: StatementId,
    /// What is rented.
    pub units: Vec<UnitId>,
    /// When it began, in whatever year.
    pub since: CivilMinute,
    /// Until when; none is without an end.
    pub due: Option<CivilMinute>,
    /// How far it has come.
    pub step: RentalStep,
    /// The wish to keep it until another time that nobody has granted.
    pub asked: Option<AskedUntil>,
}

/// How far a rental has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RentalStep {
    /// It goes on.
    Runs,
    /// It ends soon.
    DueSoon {
        /// Days from today to the last one.
        days: u32,
    },
    /// Today is its last day.
    DueToday,
    /// It is over, and the renter has not left.
    Overdue {
        /// Days since the last one; 0 on the day itself.
        days: u32,
    },
    /// It is over for so long that staff may open it.
    MayBeOpened {
        /// Days since the last one.
        days: u32,
    },
}

/// A wish to keep what is rented.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AskedUntil {
    /// Until when; none is without an end.
    pub until: Option<CivilMinute>,
    /// Why the office said no; none while it has said nothing.
    pub refused: Option<Cause>,
}

/// A rental of this device.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OwnRental {
    /// Its booking, for `keep_until` and `cancel`.
    pub booking: BookingId,
    /// The rental.
    pub rental: Rental,
}

/// Who is to have what another rents.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Heir {
    /// Somebody whose wish for it waits.
    WaitingInLine {
        /// Their booking.
        booking: BookingKey,
    },
    /// Somebody without a phone, who leaves with a slip.
    WithoutPhone {
        /// 16 random bytes.
        slip_seed: Vec<u8>,
        /// Until when; none: as long as it was rented before.
        until: Option<CivilMinute>,
    },
}

/// What came of giving a rental on.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Transferred {
    /// The rental of whoever has it now.
    pub booking: BookingKey,
    /// What they leave with if they have no phone.
    pub slip: Option<Slip>,
}

/// The last minute there is means without an end.
fn or_never(until: Option<CivilMinute>) -> CivilMinute {
    until.unwrap_or(CivilMinute::MAX)
}

fn rent(
    what: What,
    start: CivilMinute,
    until: Option<CivilMinute>,
) -> Result<Book, AllkontorError> {
    let end = or_never(until);
    let wanted = Wanted {
        what,
        dates: vec![Interval { start, end }],
        alternatives: Vec::new(),
        needs: Vec::new(),
        party: 1,
    };
    Book::try_from(wanted)
}

#[uniffi::export]
impl Device {
    /// Rents from then until then, or without an end: what the office lends by the year. With no network if there is none.
    pub fn rent(
        &self,
        now: Timestamp,
        what: What,
        start: CivilMinute,
        until: Option<CivilMinute>,
    ) -> Result<Vec<DateOutcome>, AllkontorError> {
        let book = rent(what, start, until)?;
        let booked = self.with(|engine| Ok(engine.book(now, book)?))?;
        Ok(each(booked.dates))
    }

    /// Asks to keep a rental until then, longer or shorter, or without an end. `cancel` gives it back at once.
    pub fn keep_until(
        &self,
        now: Timestamp,
        booking: BookingId,
        until: Option<CivilMinute>,
    ) -> Result<ChangeOutcome, AllkontorError> {
        self.with(|engine| changed(engine.extend(now, booking, or_never(until))))
    }

    /// What this device rents now. At most as many as it has bookings.
    pub fn rentals(&self, now: Timestamp) -> Result<Vec<OwnRental>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.own_rentals(now)?))?;
        let own = |(booking, rental): (BookingId, view::Rental)| OwnRental {
            booking,
            rental: rental.into(),
        };
        Ok(found.into_iter().map(own).collect())
    }

    /// Everything that is rented, by unit. `after`: the booking of the last entry of the page before.
    pub fn desk_rentals(
        &self,
        now: Timestamp,
        after: Option<BookingKey>,
        limit: u32,
    ) -> Result<Vec<Rental>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.rentals(now)?))?;
        let all: Vec<Rental> = each(found);
        let from = after.and_then(|after| all.iter().position(|rental| rental.key == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        Ok(all.into_iter().skip(from).take(page(limit)).collect())
    }

    /// Rents to somebody without a phone, who leaves with a slip. `slip_seed`: 16 random bytes.
    pub fn rent_at_desk(
        &self,
        now: Timestamp,
        what: What,
        start: CivilMinute,
        until: Option<CivilMinute>,
        slip_seed: Vec<u8>,
    ) -> Result<Vec<WalkInOutcome>, AllkontorError> {
        let walk_in = WalkIn {
            book: rent(what, start, until)?,
            slip_seed: seed("slip_seed", &slip_seed)?,
        };
        let walked_in = self.with(|engine| Ok(engine.walk_in(now, walk_in)?))?;
        Ok(each(walked_in.dates))
    }

    /// What is rented by a slip's code; none when it is nothing, or not known here.
    pub fn slip_rental(
        &self,
        now: Timestamp,
        code: String,
    ) -> Result<Option<Rental>, AllkontorError> {
        let seed = cards::seed_of(&code)?;
        let found = self.with(|engine| Ok(engine.slip_rental(now, &seed)?))?;
        Ok(found.map(Rental::from))
    }

    /// Whoever holds the slip asks to keep what it is for until then, or without an end.
    pub fn keep_slip_until(
        &self,
        now: Timestamp,
        code: String,
        until: Option<CivilMinute>,
    ) -> Result<ChangeOutcome, AllkontorError> {
        let seed = cards::seed_of(&code)?;
        self.with(|engine| changed(engine.keep_slip(now, seed, or_never(until))))
    }

    /// Lengthens or shortens a rental at the desk. `release` ends it.
    pub fn prolong(
        &self,
        now: Timestamp,
        booking: BookingKey,
        until: Option<CivilMinute>,
    ) -> Result<ChangeOutcome, AllkontorError> {
        self.with(|engine| changed(engine.prolong(now, booking.into(), or_never(until))))
    }

    /// Drops the rentals of years that end before a day, here and on every device that hears of it. None that stands may
    /// be in them alone.
    pub fn drop_years_before(&self, now: Timestamp, day: OfficeDay) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.drop_years_before(now, day)?))
    }

    /// Gives what somebody rents on to another, at once: nobody who waits for it comes in between.
    pub fn transfer(
        &self,
        now: Timestamp,
        booking: BookingKey,
        heir: Heir,
    ) -> Result<Transferred, AllkontorError> {
        let to = match heir {
            Heir::WaitingInLine { booking } => To::Waiting(booking.into()),
            Heir::WithoutPhone { slip_seed, until } => To::Slip {
                slip_seed: seed("slip_seed", &slip_seed)?,
                until,
            },
        };
        let (to, slip) = self.with(|engine| Ok(engine.transfer(now, booking.into(), to)?))?;
        Ok(Transferred {
            booking: to.into(),
            slip: slip.as_ref().map(Slip::from),
        })
    }
}

impl From<view::Rental> for Rental {
    fn from(rental: view::Rental) -> Self {
        let asked = rental.asked.map(|asked| AskedUntil {
            until: asked.until,
            refused: asked.refused.map(Cause::from),
        });
        Self {
            key: rental.key.into(),
            confirm: rental.confirm,
            units: rental.units,
            since: rental.since,
            due: rental.due,
            step: rental.step.into(),
            asked,
        }
    }
}

impl From<view::RentalStep> for RentalStep {
    fn from(step: view::RentalStep) -> Self {
        use view::RentalStep as From;
        match step {
            From::Runs => Self::Runs,
            From::DueSoon { days } => Self::DueSoon { days },
            From::DueToday => Self::DueToday,
            From::Overdue { days } => Self::Overdue { days },
            From::MayBeOpened { days } => Self::MayBeOpened { days },
        }
    }
}
