//! Statements: immutable signed records, the only thing devices exchange about bookings.
//!
//! ```text
//! bytes ─decode─► Signed ─verify─► Verified
//! ```
//!
//! A statement is a COSE_Sign1 (RFC 9052) whose payload is deterministic CBOR with small integer keys. This module
//! is the only reader of a stranger's bytes; `core/SPEC.md` has the CDDL.

mod account;
mod authority;
mod body;
mod commons;
mod cose;
mod document;
mod event;
pub(crate) mod field;
mod header;
mod money;
mod numbered;
mod people;
mod roster;
mod steward;
mod values;
mod visitor;

pub use account::{Allow, CarryOver, OpenAccount, Refund, Spend, TopUp};
pub use authority::{
    Activate, Assign, Certify, DropBefore, Genesis, HandOver, Publish, Replace, Revoke, Succeed,
};
pub use body::{Body, Kind};
pub use commons::{
    Answer, Answers, Moderate, NoticeKind, Post, Review, Suggest, Support, Verdict, Words,
};
pub(crate) use cose::verify_bytes;
pub use cose::{BadSignature, DecodeError, Keypair, Signed, Verified};
pub use document::{Document, Family};
pub use event::{Appoint, Approve, CallOff, Edit, EventKey, Propose, Seats};
pub use header::{Header, Link, Statement};
pub use money::{About, Charge, Deposit, Entry, Means, PaidOut, Part, Pay, Posting, Settle};
pub use numbered::{Cause, Role};
pub use people::{Amend, Amendment, Ground, Introduce, Retract, Suspend};
pub use roster::{Contact, KeyCopy, RosterKey, SealedContact};
pub use steward::{
    Carry, CheckIn, Code, Confirm, Decline, Give, HandIn, HandOut, Honour, Occupy, Opened, Pass,
    Release, Take, Vacate,
};
pub(crate) use values::in_range;
pub use values::{AnyEqual, CellRange, ChainPoint, Cut, Hold, Origin, Wish};
pub use visitor::{Arrive, Cancel, Order, Renew, Request, Ticket};
