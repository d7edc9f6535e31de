use crate::command::BookingId;
use crate::limits::{MAX_EVENT_DATES, MAX_EVENT_TEXT, MAX_HOLDS, MAX_ORGANISERS};
use crate::model::{PartnerId, Rule};
use crate::resolve::SlotKey;
use crate::time::Interval;

/// Why an event cannot be proposed, or its seats not be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Its first line is empty.
    #[error("an event needs a title: the first line of its text is empty")]
    NoTitle,
    /// Its text is too long.
    #[error("the text is {bytes} bytes: the limit is {MAX_EVENT_TEXT}")]
    TextTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// It has no date, or too many.
    #[error("{dates} dates: an event has 1 to {MAX_EVENT_DATES}")]
    Dates {
        /// How many there are.
        dates: usize,
    },
    /// Two dates overlap.
    #[error("the dates {one} and {next} overlap")]
    DatesOverlap {
        /// One of them.
        one: Interval,
        /// The other.
        next: Interval,
    },
    /// The dates are in several months.
    #[error("the dates {first} and {other} are in different months: propose an event for each")]
    SeveralMonths {
        /// The first date.
        first: Interval,
        /// One in another month.
        other: Interval,
    },
    /// Only staff hold events here.
    #[error("events are held by staff here")]
    StaffOnly,
    /// The catalogue has no such partner.
    #[error("{partner} is not in the catalogue")]
    UnknownPartner {
        /// The partner.
        partner: PartnerId,
    },
    /// There are not so many seats.
    #[error("{asked} seats asked for: there are {of}")]
    TooFewSeats {
        /// How many were asked for.
        asked: u16,
        /// How many there are.
        of: u16,
    },
    /// More places at once than one request can name.
    #[error("{places} places on all dates together: one request holds {MAX_HOLDS}")]
    TooManyPlaces {
        /// How many.
        places: usize,
    },
    /// A rule of the office forbids it.
    #[error(transparent)]
    Rule(#[from] Rule),
    /// No such event is known here.
    #[error("event {}/{} is not known here", key.ticket, key.slot)]
    Unknown {
        /// The event.
        key: SlotKey,
    },
    /// It does not take place, or not yet.
    #[error("event {}/{} does not take place as things stand", key.ticket, key.slot)]
    NotOpen {
        /// The event.
        key: SlotKey,
    },
    /// Its text is not here, or was erased.
    #[error("the text of event {}/{} is not here", key.ticket, key.slot)]
    TextMissing {
        /// The event.
        key: SlotKey,
    },
    /// Whoever proposed it, those they let in and staff write its text.
    #[error("the text of event {}/{} is written by whoever proposed it, those they let in and staff", key.ticket, key.slot)]
    NotAnOrganiser {
        /// The event.
        key: SlotKey,
    },
    /// Only whoever proposed it lets others in.
    #[error("whoever proposed event {}/{} says who else writes its text", key.ticket, key.slot)]
    NotTheProposer {
        /// The event.
        key: SlotKey,
    },
    /// As many were let in as can be.
    #[error("{MAX_ORGANISERS} were let in to event {}/{}: that is the limit", key.ticket, key.slot)]
    TooManyOrganisers {
        /// The event.
        key: SlotKey,
    },
    /// It has no such date.
    #[error("event {}/{} has no date {date}: the first is 0", key.ticket, key.slot)]
    NoSuchDate {
        /// The event.
        key: SlotKey,
        /// Which was asked for.
        date: usize,
    },
    /// A booking for an event is not moved: whoever comes would have to be asked.
    #[error("booking {booking} is for an event: cancel it and ask anew")]
    Fixed {
        /// The booking.
        booking: BookingId,
    },
}

impl EventError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoTitle => "event_without_title",
            Self::TextTooLong { .. } => "event_text_too_long",
            Self::Dates { .. } => "event_dates",
            Self::DatesOverlap { .. } => "event_dates_overlap",
            Self::SeveralMonths { .. } => "event_in_several_months",
            Self::StaffOnly => "events_by_staff",
            Self::UnknownPartner { .. } => "no_such_partner",
            Self::TooFewSeats { .. } => "too_few_seats",
            Self::TooManyPlaces { .. } => "too_many_places",
            Self::Rule(_) => "against_a_rule",
            Self::Unknown { .. } => "no_such_event",
            Self::NotOpen { .. } => "event_not_open",
            Self::TextMissing { .. } => "event_text_missing",
            Self::NotAnOrganiser { .. } => "not_an_organiser",
            Self::NotTheProposer { .. } => "not_the_proposer",
            Self::TooManyOrganisers { .. } => "too_many_organisers",
            Self::NoSuchDate { .. } => "no_such_date",
            Self::Fixed { .. } => "booking_is_fixed",
        }
    }
}
