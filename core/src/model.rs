//! What an office is and what it allows: plain values, no documents, no clock, no files.
//!
//! ```text
//! Parts ─Catalogue::new─► Catalogue ◄─from_bytes─ published bytes (the hash is of these bytes)
//!                          │ open(day) staffed(day) bookable(unit, day)   when
//!                          │ check_bookable(unit, interval)               the timeless part, for forecasts
//!                          │ check_hold(moment, ask)                      everything a command refuses
//!                          └ matching(class, needs)                       which units, fewest surplus first
//! limits      a holder's own bookings ─► n left, the next one frees at …
//! starts_near wanted, open, busy      ─► the nearest free times
//! ```
//!
//! A refusal is a [`Rule`]: data with a stable number, put into words later in the person's language.
//!
//! **Architecture invariant:** everything here is a function of its arguments. `now` is one of them.

mod catalogue;
mod check;
mod commons;
mod cover;
mod frozen;
mod guidelines;
mod holidays;
mod host;
mod hours;
mod invalid;
pub mod limits;
mod near;
mod partner;
mod place;
mod profile;
mod rule;
mod rules;
mod search;
mod tariff;
mod text;
mod wire;

pub use catalogue::{Approval, Catalogue, Closure, Events, Parts};
pub use check::{Ask, Moment};
pub use commons::Commons;
pub use frozen::{MAX_CATALOGUE_BYTES, NotACatalogue};
pub use guidelines::{EarlierGuidelines, Guidelines, Since};
pub use holidays::{Holiday, HolidayCalendar};
pub use host::Host;
pub use hours::{
    DayHours, Exception, HolidayPolicy, Hours, NotASpan, Season, Span, SpansOverlap, Week,
};
pub use invalid::Invalid;
pub use near::starts_near;
pub use partner::{Partner, PartnerId};
pub use place::{CellSpan, Class, Composite, CompositeId, Feature, Kind, Unit};
pub use profile::{Address, Duration, Operator, Profile};
pub use rule::Rule;
pub use rules::{BadRaster, Limits, Notice, Policy, Raster, Reminders, Rules};
pub use tariff::{Accounts, Line, LineKind, Price, PriceError, PriceUnit, Step, Tariff};
pub use text::Text;
