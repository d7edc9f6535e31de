//! The resolver: what a set of statements means. Pure, and the same on every device (`core/SPEC.md`).
//!
//! ```text
//! authority statements ─► Authority ─┐
//! a document's statements ───────────┴─► Fold ─► Resolved ─► Forecast (with the published catalogue)
//! ```
//!
//! A cell changes only in its custodian's chain and a slot only in its decider's, so every verdict depends on
//! ancestors only: that is why a late statement never takes a confirmed booking away.
//!
//! **Architecture invariant:** no clock, catalogue, device state or I/O reaches [`Fold`]; feeding it statements one
//! by one, in any order, gives a [`Resolved`] equal to folding them all at once.

mod authority;
mod commons;
mod custody;
mod digest;
mod estate;
mod event;
mod explain;
mod fold;
mod forecast;
mod judge;
mod money;
mod people;
mod rank;
mod refresh;
mod rental;
mod roster;
mod sequence;
mod skew;
mod state;
mod victims;

pub use authority::{AdminFork, Authority, AuthorityError, Device, Revocation};
pub use commons::{Commons, Gone};
pub use event::{EventRecord, EventStage};
pub use explain::{Decider, Obstacle};
pub use fold::{Changed, Fold};
pub use forecast::{Forecast, Outlook, Place, Places};
pub use money::{
    Account, AccountEntry, AccountPosting, Books, Charged, Corrected, Counted, Flight, Held,
    Opening, PayOut, Payment, SecondPayOut, Settlement, Till,
};
pub use people::{Introduction, People, Suspension};
pub use rank::{Rank, RankClass};
pub use roster::{MonthKey, Roster, Sealed};
pub use skew::{Activation, RULES};
pub use state::{
    Back, Cell, Confirmation, Holding, Loan, Occupation, Placed, Renewal, Resolved, SlotKey,
    SlotRecord, SlotState, State as ConfirmState, TicketRecord,
};
