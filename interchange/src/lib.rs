//! An office's hours and bookings in the forms that others read and write.
//!
//! - [`osm`]: OpenStreetMap's `opening_hours` and `service_times`
//! - [`schema`]: schema.org's `OpeningHoursSpecification`
//! - [`ics`]: iCalendar, out and in
//! - [`archive`]: a whole office as JSON
//!
//! Each reader is strict: what it cannot say exactly in the engine's terms it refuses, naming the rule and the reason.

pub mod archive;
pub mod ics;
pub mod osm;
pub mod schema;
