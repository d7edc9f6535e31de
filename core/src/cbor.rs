//! Deterministic CBOR (RFC 8949 §4.2.1), the subset the engine speaks: integers, byte and text strings, arrays,
//! maps, booleans, null and tags; definite lengths and shortest forms only.
//!
//! Decoding is total: no panic, no recursion, and nothing is allocated that the input did not carry.

mod reader;
mod writer;

pub use reader::{CborError, Reader};
pub use writer::Writer;
