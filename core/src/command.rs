//! What people ask of a device: one verb a file, each `plan`ned against what the device knows.
//!
//! A plan is data. Nothing is signed or written until the [replica](crate::replica) carries it out, so a refused
//! command leaves no trace.

mod account;
mod book;
mod change;
mod code;
mod commons;
mod event;
mod found;
mod host;
mod ids;
mod import;
mod money;
mod note;
mod office;
mod remark;
mod roster;
mod series;

pub use account::{AccountError, AccountLine, AccountState, OnAccount};
pub use book::{Book, Booked, DateOutcome, What};
pub use change::ChangeError;
pub use code::{BadLockCode, LockCode, NewCode};
pub use commons::{CommonsError, InCommons};
pub use event::{EventError, ProposeEvent};
pub use found::{Founded, Founding};
pub use host::HostError;
pub use ids::{BookingId, SeriesId};
pub use import::{ImportAs, ImportEntry, Imported, ImportedAll};
pub use money::{
    AtTill, ChargeEntry, DepositEntry, Item, MoneyError, Receipt, ReceiptKind, ReceiptLine,
    TillEntry,
};
pub use office::{Close, Closed, Heir, WalkIn, WalkInDate, WalkedIn};
pub use remark::RemarkError;
pub use roster::{ContactCard, NewContact, RosterError};
pub use series::{Change, Changed, DateChange, SeriesError, Which};

pub(crate) use book::{Plan, PlannedDate, Purpose, plan};
pub(crate) use change::{extended, next_version};
pub(crate) use code::CodePlace;
pub(crate) use event::{EventDraft, plan_event, plan_seats};
pub(crate) use found::{admin_chain, assignments};
pub(crate) use note::Note;
pub(crate) use remark::Remark;
pub(crate) use roster::{ContactPlace, open_key, seal_key};
pub(crate) use series::spelled_out;
