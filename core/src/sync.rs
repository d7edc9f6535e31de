//! Devices that meet: what one lacks, the other sends.
//!
//! ```text
//!           ┌────────────── Session ──────────────┐
//! bytes ──► │ receive ─► Incoming ─► (the caller  │
//!           │                         applies it) │
//! bytes ◄── │ poll ◄──────── Source ◄─────────────│
//!           └─────────────────────────────────────┘
//! ```
//!
//! A [`Session`] has no clock, no randomness and no socket: it takes messages and gives messages. Signed things are
//! opaque to it, so anyone can relay them, in any order, any number of times, over anything that carries bytes:
//! a [`stream`], a [`file`](mod@file), a [`qr`] code.
//!
//! The two sides take turns. A *flight* is what one side sends in its turn:
//!
//! ```text
//! strangers   A: greeting          B: greeting, vectors     A: what B lacks, vectors   B: what A lacks
//! known pair  A: greeting, vectors, what B lacked last time  B: greeting, what A lacks
//! ```
//!
//! What is believed about the peer (its digests, its vectors, what it was sent) only ever decides what to send next.
//! A lie, a loss or a stale memory costs bytes or another session, never content: every session compares digests.
//!
//! **Architecture invariant:** nothing here changes the device. A session hands over [`Incoming`], which the replica
//! verifies and admits like anything else a stranger says.

pub mod file;
mod item;
mod memory;
pub mod qr;
mod session;
mod source;
pub mod stream;
mod vector;
mod wire;

#[cfg(test)]
mod tests;

pub use item::{ItemKind, PartError};
pub use memory::PeerMemory;
pub use session::{Greeting, Incoming, Session, SessionConfig, SessionError, Wants};
pub use source::{Batch, Peer, PeerId, Source};
pub use vector::{Actor, Vector};
pub use wire::PROTOCOL;
