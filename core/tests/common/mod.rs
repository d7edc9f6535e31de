//! What several test binaries share; none uses all of it.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "each test binary uses its own part"
)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic: that is how it fails"
)]

pub mod forge;
pub mod random;
pub mod samples;
pub mod strategy;
