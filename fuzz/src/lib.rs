//! The body of each fuzz target as a plain function: it panics when a promise is broken and returns otherwise.
//!
//! `cargo xtask fuzz TARGET` drives one with libFuzzer; `tests/replay.rs` calls each, on stable Rust, with the
//! seeds in `seeds/TARGET` and with mutations of them. `cargo run --manifest-path fuzz/Cargo.toml --example seeds`
//! writes the seeds anew.

mod document;
mod foreign;
#[path = "../../core/tests/common/forge.rs"]
pub mod forge;
mod program;
#[path = "../../core/tests/common/samples/mod.rs"]
pub mod samples;
mod session;
mod shelf;
mod statement;

pub use document::{base, document_import, steward};
pub use foreign::foreign;
pub use session::{carried, configured, host, session};
pub use shelf::Shelf;
pub use statement::statement_decode;

/// A target: its name, which is also its folder of seeds, its body, and how many mutations a replay tries.
pub type Target = (&'static str, fn(&[u8]), usize);

/// All targets.
pub const TARGETS: &[Target] = &[
    ("statement_decode", statement_decode, 20_000),
    ("session", session, 20_000),
    ("carried", carried, 20_000),
    ("document_import", document_import, 2_000),
    ("foreign", foreign, 5_000),
];

/// What a target's program does when libFuzzer does not drive it: replays the files named on the command line.
pub fn replay_arguments(body: fn(&[u8])) -> std::io::Result<()> {
    for path in std::env::args_os().skip(1) {
        body(&std::fs::read(&path)?);
        println!("{}: no finding", path.display());
    }
    Ok(())
}
