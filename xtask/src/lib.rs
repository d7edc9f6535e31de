//! What a person or CI runs on this workspace, as `cargo xtask COMMAND`.
//!
//! ```text
//! ci ──► fmt, clippy, doc, deny ──► tests, mutants, python
//! test ──► tests, mutants, python, kotlin, swift, together
//!        each is a Step: a name, a rough duration, a function from Project to Outcome
//! ```
//!
//! **Architecture invariant:** no dependencies. A fresh machine compiles this crate in seconds and reads the
//! plan before the long builds begin.

pub mod ci;
pub mod cost;
pub mod failure;
pub mod fuzz;
pub mod kotlin;
pub mod mutants;
pub mod project;
pub mod python;
pub mod sim;
pub mod step;
pub mod swift;
pub mod test;
pub mod tidy;
pub mod together;
pub mod tools;
