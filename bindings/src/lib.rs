//! A thin facade of the engine for Kotlin, Swift and Python: records and coarse calls, no logic.
//!
//! Every exported method locks, calls the engine, converts, and answers with a `Result`. Time and chance come in as
//! arguments: `now` is seconds since 1970 (UTC), a seed is random bytes that the app draws. Civil times are written
//! `2026-11-24T09:00`, ids in hexadecimal.

mod booking;
mod convert;
mod device;
mod error;

pub use booking::{BookingView, DateResult, Wanted};
pub use device::{Device, Free, Opened, Taken};
pub use error::AllkontorError;

uniffi::setup_scaffolding!("allkontor");
