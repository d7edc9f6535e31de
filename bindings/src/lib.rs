//! A thin facade of the engine for Kotlin, Swift and Python: records and coarse calls, no logic.
//!
//! ```text
//! device    one office in one folder: found, join, open, suspend, shut down
//! visit     what visitors do            status   how a booking stands
//! series    dates that belong together  explain  why, as data
//! event     events, and seats at them
//! commons   suggestions, and the notice board
//! rental    what is rented by the year   loan    what is handed out and in
//! code      what locks open by
//! desk      what staff do               custody  which device decides
//! admin     which devices are the office's, whose keys count
//! loss      a device that is replaced    alarms  what has to be seen to
//! meet      connections, files          cards    QR codes, slips, certificates
//! catalogue what an office is           rule     what it forbids
//! money     tills, what is owed, deposits   account  money paid in ahead, tabs
//! people    guidelines, suspensions
//! roster    how people are reached, for the staff alone
//! osm       its hours as OpenStreetMap writes them
//! report    how it was used
//! directory lists of offices, signed by a publisher
//! schema    and as schema.org does
//! ics       bookings and busy times as iCalendar
//! import    what other calendars have
//! archive   a whole office as one file
//! backup    a visitor's keys on a new phone
//! changes   the doorbell, and what is different since
//! words     all of it in a person's language
//! ```
//!
//! Every exported method locks, calls the engine, converts, and answers with a `Result`. Time and chance come in as
//! arguments: `now` is seconds since 1970 (UTC), a seed is random bytes that the app draws. Civil times are minutes on
//! the office's wall clock since 2000-01-01T00:00, office days are days since 2000-01-01, ids and keys are hexadecimal.
//! Lists come out in pages: at most `limit` behind `after`, and at most 1 000 whatever is asked for. Whole come only what one
//! call asked for, date by date or line by line, and lists that are short by what they are of: `tests.rs` names each.
//!
//! **Architecture invariant:** no call into the app is made with a lock held, and no panic crosses into the app.

mod account;
mod admin;
mod alarms;
mod archive;
mod backup;
mod cards;
mod catalogue;
mod changes;
mod code;
mod commons;
mod custody;
mod desk;
mod device;
mod directory;
mod elsewhere;
mod error;
mod event;
mod explain;
mod hours;
mod ics;
mod ids;
mod import;
mod loan;
mod loss;
mod lost;
mod meet;
mod money;
mod osm;
mod people;
mod rental;
mod report;
mod roster;
mod rule;
mod schema;
mod series;
mod status;
mod visit;
mod words;

pub use account::{Account, AccountAllowance, AccountLine, AccountPosting, account_key_on_paper};
pub use admin::{AdminBranch, Decree};
pub use alarms::Alarm;
pub use backup::{Backup, OwnKeys};
pub use cards::{Promise, Scanned, Slip, qr_svg, read_code, slip_code};
pub use catalogue::{
    Bundle, Cells, ClassInfo, ClosureInfo, CommonsInfo, FeatureInfo, Guidelines, Kind, LimitSet,
    Notice, OfficeInfo, OperatorKind, PartnerInfo, Permanence, Policy, RuleSet, UnitInfo,
};
pub use changes::{ChangesSince, Doorbell, DoorbellError};
pub use code::{CodeDue, CodeDueBy, LockCode, OwnLockCode};
pub use commons::{
    CommonsCounts, NoticeAnswers, NoticeInfo, NoticeKind, NoticeStage, SuggestionAnswer,
    SuggestionInfo, SuggestionStage, TextTrace, Unsaid, Verdict,
};
pub use custody::{Awaits, Custody, CustodyDay, PassedTicket, Steward, UnitCustody};
pub use desk::{
    Allowance, Closed, DeskBooking, DeskTime, Ledger, TicketOrder, TicketOutcome, WalkInOutcome,
};
pub use device::{Device, Founding, Standing};
pub use directory::{
    ListedOffice, OfficeDirectory, OfficeListing, publisher_key, read_directory, sign_directory,
};
pub use elsewhere::{Elsewhere, HostClass, HostOffice};
pub use error::AllkontorError;
pub use event::{
    EventDate, EventInfo, EventOutcome, EventProposal, EventStage, SeatRequest, SeatsWanted,
};
pub use explain::{
    Broken, BrokenBy, Decider, EqualUnits, Explanation, NearTimes, Obstacle, OptionReport,
};
pub use hours::{ClockSpan, DateHours, Holiday, WeekdayHours};
pub use ids::Interval;
pub use import::{
    IcsClosed, IcsEntry, IcsImport, IcsOutcome, IcsRefused, IcsUse, with_ics_closures,
};
pub use loan::{Loan, Opening, OwnLoan};
pub use loss::{Honoured, LeftBehind, Replacement, Worth};
pub use lost::{LeftBecause, LeftBooking, LostPhone, Reissued};
pub use meet::{ConnectionState, Opened, SyncState, max_message_bytes};
pub use money::{
    Charge, Deposit, Means, Money, Overpaid, PriceStep, PriceUnit, Receipt, ReceiptKind,
    ReceiptLine, ReducedPrice, ReductionInfo, SaleItem, SecondPayOut, TariffInfo, TariffLine,
    TariffPrice, Till, TillCount, price_by,
};
pub use osm::{OsmHours, osm_hours, with_osm_hours};
pub use people::{Amendment, Ground, OwnSuspension, Suspension};
pub use rental::{AskedUntil, Heir, OwnRental, Rental, RentalStep, Transferred};
pub use report::{
    ClassUsage, EventCounts, LineMoney, MonthMoney, UsagePattern, UsageReport, YearMonth,
};
pub use roster::{ContactCard, ContactEntry, Person};
pub use rule::{LimitKind, Rule};
pub use schema::{schema_hours, with_schema_hours};
pub use series::{DateChange, SeriesBooked, SeriesInfo, Which};
pub use status::{
    Booking, BookingKey, Cause, Delivery, Hold, Outlook, Replaced, Role, Stage, Status, Wish,
};
pub use visit::{ChangeOutcome, DateOutcome, DayEntry, EntryKind, FreeUnit, Refusal, Wanted, What};
pub use words::{Words, error_codes, languages};

uniffi::setup_scaffolding!("allkontor");

/// The most that one page of a list holds.
const MAX_PAGE: u32 = 1_000;

/// How many entries a page has, given what was asked for.
fn page(limit: u32) -> usize {
    usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(1)
}

/// The page after a key, of a list in the order of its keys: what had that key may be settled and gone by now.
fn page_after<T, K: Ord>(
    mut all: Vec<T>,
    key: impl Fn(&T) -> K,
    after: Option<K>,
    limit: u32,
) -> Vec<T> {
    all.sort_by_key(&key);
    all.retain(|entry| after.as_ref().is_none_or(|after| key(entry) > *after));
    all.truncate(page(limit));
    all
}

/// The page behind the entry that was the last of the page before, of a log in the order of its minutes; the first when it
/// is not there: a log loses nothing but whole months or years, and what is left of it is later.
fn page_behind<T>(all: Vec<T>, is_last: impl Fn(&T) -> bool, limit: u32) -> Vec<T> {
    let last = all.iter().position(is_last);
    let from = last.map_or(0, |last| last.saturating_add(1));
    all.into_iter().skip(from).take(page(limit)).collect()
}

#[cfg(test)]
mod tests;
