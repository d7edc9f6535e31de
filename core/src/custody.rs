//! Who should hold which cell, and where a request goes: plans that every steward makes alike from what it knows.
//!
//! ```text
//! Authority + last heard of ─► Stewards ─┐
//! Catalogue ─────────────────────────────┴─► Plan ─► share(unit, day): the device that should hold it
//! Fold + Forecast ───► route(request): here, to another device, or wait for the cells that others give
//! ```
//!
//! The numbered rules are in `ARCHITECTURE.md`, "Several devices that decide". The resolver does not know them: a
//! device that shares otherwise breaks nobody's promise.
//!
//! **Architecture invariant:** a plan is a function of its arguments. Devices that know the same make the same one,
//! which is why cells and rights do not wander.

mod plan;
mod route;
mod stewards;
mod ties;

pub(crate) use plan::DEALT_AHEAD;
pub use plan::Plan;
pub(crate) use route::{Route, route};
pub use stewards::{Heard, Stewards};
pub(crate) use ties::{Ties, ranges};
