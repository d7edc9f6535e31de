//! What the office's devices do.

use crate::ids::{Interval, each, seed};
use crate::rule::LimitKind;
use crate::status::{BookingKey, Cause, Status};
use crate::visit::{DateOutcome, DayEntry, Wanted};
use crate::{AllkontorError, Device, Slip, page};
use allkontor_core::command::{Book, Close, WalkIn, WalkInDate};
use allkontor_core::device::DeviceError;
use allkontor_core::id::{ClassId, PublicKey, StatementId, UnitId};
use allkontor_core::model::{Catalogue, limits};
use allkontor_core::replica::{DeskEntry, Quota};
use allkontor_core::statement::Document;
use allkontor_core::time::{CivilMinute, Interval as Span, Month, OfficeDay, Timestamp};
use allkontor_core::view;

/// Where bookings are filed: a month of days, or a year of rentals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Ledger {
    /// Bookings of one month's days.
    OfMonth {
        /// 1970 to 2199.
        year: u16,
        /// 1 to 12.
        month: u8,
    },
    /// Rentals of one year.
    OfYear {
        /// 1970 to 2199.
        year: u16,
    },
}

/// A booking as the desk sees it. Nobody's name.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DeskBooking {
    /// The booking.
    pub key: BookingKey,
    /// How it stands.
    pub status: Status,
}

/// A time at which a unit is taken, and by which booking.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Record)]
pub struct DeskTime {
    /// When, and how sure.
    pub entry: DayEntry,
    /// The booking; none when the unit is physically taken without one.
    pub booking: Option<BookingKey>,
    /// The promise, or the closing that `reopen` undoes; for what is expected, the request.
    pub statement: StatementId,
    /// Whether the person says they have come.
    pub arrived: bool,
}

/// What closing did.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Closed {
    /// Bookings that had a place there.
    pub affected: Vec<BookingKey>,
    /// Those of them that have another place now.
    pub moved: Vec<BookingKey>,
    /// Those whose place another device has custody of: it moves them when it hears.
    pub elsewhere: Vec<BookingKey>,
}

/// What came of one date of a walk-in.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum WalkInOutcome {
    /// Asked for and decided, if it could be.
    Requested {
        /// The booking.
        booking: BookingKey,
        /// What the person leaves with.
        slip: Slip,
    },
    /// A rule of the office forbids it.
    Refused {
        /// Which.
        outcome: DateOutcome,
    },
}

/// A ticket to be issued by hand.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TicketOrder {
    /// Whose limits count.
    pub holder: PublicKey,
    /// Whose ticket it is.
    pub key: PublicKey,
    /// Which month or year it serves.
    pub ledger: Ledger,
    /// Classes it may be used for; none named means all.
    #[uniffi(default = [])]
    pub uses: Vec<ClassId>,
    /// How many bookings it allows, 1 to 60.
    #[uniffi(default = 1)]
    pub slots: u8,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum TicketOutcome {
    /// Issued.
    Issued {
        /// The ticket.
        ticket: StatementId,
    },
    /// The holder has as many as one may have.
    QuotaReached {
        /// How many bookings could be issued now.
        left: u32,
        /// When more come free.
        next_at: Option<CivilMinute>,
    },
}

/// What is left of a person's share: "n left, the next one frees at …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Allowance {
    /// Of which limit.
    pub limit: LimitKind,
    /// Bookings, or minutes for a limit of minutes.
    pub allowed: u32,
    /// How much of it is left.
    pub left: u32,
    /// When more is left; none when nothing is used.
    pub next_at: Option<CivilMinute>,
}

#[uniffi::export]
impl Device {
    /// Bookings of a month or year, by ticket and slot.
    pub fn desk_bookings(
        &self,
        ledger: Ledger,
        after: Option<BookingKey>,
        limit: u32,
    ) -> Result<Vec<DeskBooking>, AllkontorError> {
        let document = Document::try_from(ledger)?;
        let after = after.map(Into::into);
        let found = self.with(|engine| Ok(engine.desk_page(document, after, page(limit))?))?;
        Ok(each(found))
    }

    /// What is taken on a day and by which booking, by unit, then by time.
    pub fn desk_day(
        &self,
        day: OfficeDay,
        after: Option<DeskTime>,
        limit: u32,
    ) -> Result<Vec<DeskTime>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.desk_day(day)?))?;
        let mut times: Vec<DeskTime> = each(found);
        times.sort_unstable();
        times.retain(|time| after.as_ref().is_none_or(|after| time > after));
        times.truncate(page(limit));
        Ok(times)
    }

    /// Confirms a request now, where the forecast places it.
    pub fn confirm(&self, now: Timestamp, booking: BookingKey) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.confirm(now, booking.into())?))
    }

    /// Refuses a request, for good.
    pub fn decline(
        &self,
        now: Timestamp,
        booking: BookingKey,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.decline(now, booking.into(), cause.into())?))
    }

    /// Gives a promised place back, for good.
    pub fn release(
        &self,
        now: Timestamp,
        booking: BookingKey,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.release(now, booking.into(), cause.into())?))
    }

    /// The person is here.
    pub fn check_in(&self, now: Timestamp, booking: BookingKey) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.check_in(now, booking.into())?))
    }

    /// Closes units for a time, or the office when no unit is named; everybody affected is moved or put first in line.
    pub fn close_places(
        &self,
        now: Timestamp,
        units: Vec<UnitId>,
        interval: Interval,
        cause: Cause,
    ) -> Result<Closed, AllkontorError> {
        let close = Close {
            units,
            interval: Span::try_from(interval)?,
            cause: cause.into(),
        };
        let closed = self.with(|engine| Ok(engine.close_places(now, close)?))?;
        Ok(Closed {
            affected: each(closed.affected),
            moved: each(closed.moved),
            elsewhere: each(closed.elsewhere),
        })
    }

    /// Opens again what was closed: `statement` as in `DeskTime`.
    pub fn reopen(&self, now: Timestamp, statement: StatementId) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.reopen(now, statement)?))
    }

    /// Books for somebody without a phone, who leaves with a slip. `slip_seed`: 16 random bytes.
    pub fn walk_in(
        &self,
        now: Timestamp,
        wanted: Wanted,
        slip_seed: Vec<u8>,
    ) -> Result<Vec<WalkInOutcome>, AllkontorError> {
        let walk_in = WalkIn {
            book: Book::try_from(wanted)?,
            slip_seed: seed("slip_seed", &slip_seed)?,
        };
        let walked_in = self.with(|engine| Ok(engine.walk_in(now, walk_in)?))?;
        Ok(each(walked_in.dates))
    }

    /// Issues a ticket to a key, or says what is left of the holder's share.
    pub fn issue_ticket(
        &self,
        now: Timestamp,
        order: TicketOrder,
    ) -> Result<TicketOutcome, AllkontorError> {
        let document = Document::try_from(order.ledger)?;
        let (holder, key, slots) = (order.holder, order.key, order.slots);
        let issued = self.with(|engine| {
            Ok(engine.issue_ticket(now, holder, key, document, order.uses, slots)?)
        })?;
        Ok(match issued {
            Ok(ticket) => TicketOutcome::Issued { ticket },
            Err(Quota { left, next_at }) => TicketOutcome::QuotaReached { left, next_at },
        })
    }

    /// What is left of a holder's share of a class for a booking on `day`.
    pub fn allowances(
        &self,
        now: Timestamp,
        holder: PublicKey,
        class_id: ClassId,
        day: OfficeDay,
    ) -> Result<Vec<Allowance>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.allowances(now, holder, class_id, day)?))?;
        Ok(each(found))
    }

    /// Publishes a catalogue, given as JSON.
    pub fn publish(&self, now: Timestamp, catalogue: Vec<u8>) -> Result<(), AllkontorError> {
        let catalogue = Catalogue::from_bytes(&catalogue).map_err(DeviceError::from)?;
        self.with(|engine| Ok(engine.publish(now, catalogue)?))
    }

    /// Drops the bookings of months that end before a day, here and on every device that hears of it.
    pub fn drop_before(&self, now: Timestamp, day: OfficeDay) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.drop_before(now, day)?))
    }
}

impl TryFrom<Ledger> for Document {
    type Error = AllkontorError;

    fn try_from(ledger: Ledger) -> Result<Self, AllkontorError> {
        match ledger {
            Ledger::OfMonth { year, month } => Month::new(year.into(), month.into())
                .map(Self::Ledger)
                .ok_or_else(|| no_ledger(format!("{year}-{month:02}"))),
            Ledger::OfYear { year } if (1970..2200).contains(&year) => Ok(Self::Storage(year)),
            Ledger::OfYear { year } => Err(no_ledger(year.to_string())),
        }
    }
}

fn no_ledger(period: String) -> AllkontorError {
    let detail = format!("{period} is outside the months and years 1970 to 2199");
    AllkontorError::argument("out_of_range", detail)
}

impl Ledger {
    /// The month or year of a document; none for the others.
    pub(crate) fn of(document: Document) -> Option<Self> {
        match document {
            Document::Ledger(month) => Some(Self::OfMonth {
                year: u16::try_from(month.year()).ok()?,
                month: u8::try_from(month.month()).ok()?,
            }),
            Document::Storage(year) => Some(Self::OfYear { year }),
            Document::Authority
            | Document::Till(_)
            | Document::People(_)
            | Document::Commons(_)
            | Document::Roster(_)
            | Document::Other { .. } => None,
        }
    }
}

impl From<DeskEntry> for DeskBooking {
    fn from(entry: DeskEntry) -> Self {
        Self {
            key: entry.key.into(),
            status: entry.status.into(),
        }
    }
}

impl From<view::DeskEntry> for DeskTime {
    fn from(time: view::DeskEntry) -> Self {
        Self {
            entry: time.entry.into(),
            booking: time.booking.map(BookingKey::from),
            statement: time.statement,
            arrived: time.arrived,
        }
    }
}

impl From<WalkInDate> for WalkInOutcome {
    fn from(date: WalkInDate) -> Self {
        match date {
            WalkInDate::Requested { key, slip } => Self::Requested {
                booking: key.into(),
                slip: (&slip).into(),
            },
            WalkInDate::Refused(outcome) => Self::Refused {
                outcome: outcome.into(),
            },
        }
    }
}

impl From<limits::Allowance> for Allowance {
    fn from(left: limits::Allowance) -> Self {
        Self {
            limit: left.limit.into(),
            allowed: left.allowed,
            left: left.left,
            next_at: left.next_at,
        }
    }
}
