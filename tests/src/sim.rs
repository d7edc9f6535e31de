//! The simulator: an office's devices, people, clocks, networks, disks and accidents, all from one seed.
//!
//! ```text
//! seed ─► Plan ─► Op, Op, Op … ─► World::act ─► Watch::look ─► Violation? ─► Story: the shortest run that shows it
//! ```
//!
//! Devices are real [`Device`](allkontor_core::device::Device)s, with real keys and real sessions. Around them is a
//! world that fails: `machine` is a disk, a vault and power; `wire` is what lies between two devices.
//!
//! An event is data that picks from whatever there is when it happens. So a run is a function of its list of events:
//! the same list is the same run, and a part of it is a run too.

mod act;
pub mod campaign;
pub mod counts;
pub mod machine;
pub mod node;
mod office;
pub mod op;
pub mod plan;
pub mod run;
mod settle;
pub mod shrink;
mod tell;
pub mod violation;
mod watch;
mod wire;
pub mod world;
