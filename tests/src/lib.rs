//! What the engine is checked against: an oracle that follows the specification word by word, and a generator of
//! histories in which stewards are honest or not, clocks lie, and deliveries come in any order.

pub mod adapter;
pub mod chance;
pub mod crew;
pub mod fleet;
pub mod history;
pub mod office;
pub mod oracle;
pub mod sim;
pub mod stories;
pub mod story;
pub mod visit;
pub mod world;

/// The first page, run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
