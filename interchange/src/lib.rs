//! An office's hours in the forms that others read and write.
//!
//! - [`osm`]: OpenStreetMap's `opening_hours` and `service_times`
//!
//! Each reader is strict: what it cannot say exactly in the engine's terms it refuses, naming the rule and the reason.

pub mod osm;
