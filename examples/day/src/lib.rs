//! A day at a public office: its own devices and many phones, mostly without a network.
//!
//! ```text
//! args ─► office (helsinki) ─► people ─► plan ─► run ─► story ─┬─► terminal, json
//!         real name, hours     seeded    data    devices  data └─► picture ─► page
//! ```
//!
//! **Architecture invariant:** [`plan`] knows nothing of what will happen and [`picture`], [`page`] and [`terminal`]
//! know nothing of devices: between them is the [`story::Story`], plain data.

pub mod args;
pub mod clock;
pub mod desks;
pub mod helsinki;
pub mod json;
pub mod office;
pub mod page;
pub mod people;
pub mod picture;
pub mod plan;
pub mod random;
pub mod run;
pub mod story;
pub mod terminal;
pub mod words;
