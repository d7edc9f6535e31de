//! A thin facade of the engine for Kotlin, Swift and Python: records and coarse calls, no logic.
//!
//! ```text
//! device    one office in one folder: found, join, open, suspend, shut down
//! visit     what visitors do            status   how a booking stands
//! desk      what staff do               explain  why, as data
//! admin     which devices are the office's
//! meet      connections, files          cards    QR codes, slips, certificates
//! catalogue what an office is           rule     what it forbids
//! changes   the doorbell, and what is different since
//! words     all of it in a person's language
//! ```
//!
//! Every exported method locks, calls the engine, converts, and answers with a `Result`. Time and chance come in as
//! arguments: `now` is seconds since 1970 (UTC), a seed is random bytes that the app draws. Civil times are minutes on
//! the office's wall clock since 2000-01-01T00:00, office days are days since 2000-01-01, ids and keys are hexadecimal.
//! Lists come out in pages: at most `limit` behind `after`, and at most 1 000 whatever is asked for.
//!
//! **Architecture invariant:** no call into the app is made with a lock held, and no panic crosses into the app.

mod admin;
mod cards;
mod catalogue;
mod changes;
mod desk;
mod device;
mod error;
mod explain;
mod hours;
mod ids;
mod meet;
mod rule;
mod status;
mod visit;
mod words;

pub use cards::{Promise, Scanned, Slip, qr_svg, read_code};
pub use catalogue::{
    Bundle, Cells, ClassInfo, ClosureInfo, FeatureInfo, Guidelines, Kind, LimitSet, Notice,
    OfficeInfo, OperatorKind, Permanence, Policy, RuleSet, UnitInfo,
};
pub use changes::{ChangesSince, Doorbell, DoorbellError};
pub use desk::{
    Allowance, Closed, DeskBooking, DeskTime, Ledger, TicketOrder, TicketOutcome, WalkInOutcome,
};
pub use device::{Alarm, Device, Founding, Standing};
pub use error::AllkontorError;
pub use explain::{Decider, EqualUnits, Explanation, NearTimes, Obstacle, OptionReport};
pub use hours::{ClockSpan, DateHours, Holiday, WeekdayHours};
pub use ids::Interval;
pub use meet::{ConnectionState, Opened, SyncState, max_message_bytes};
pub use rule::{LimitKind, Rule};
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
