//! Statements on the wire: what is read, what is refused and in which words, and what a signature is worth.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic: that is how it fails"
)]

#[path = "../common/mod.rs"]
mod common;

mod cbor;
mod limits;
mod mutations;
mod place;
mod round_trip;
mod signatures;
mod signing;
mod spec;
mod unknown;
