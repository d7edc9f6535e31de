//! What people see follows the statements: incrementally, exactly, and without naming anyone.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod availability;
mod history;
mod incremental;
mod office;
mod sidecar;
mod stories;
