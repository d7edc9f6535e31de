//! The body of each fuzz target as a plain function: it panics when a promise is broken and returns otherwise.
//!
//! `cargo xtask fuzz TARGET` drives one with libFuzzer; `tests/replay.rs` calls each, on stable Rust, with the
//! seeds in `seeds/TARGET` and with mutations of them. `cargo run --example seeds` writes the seeds anew.

#[path = "../../core/tests/common/forge.rs"]
pub mod forge;
mod statement;

pub use statement::statement_decode;

/// A target: its name, which is also its folder of seeds, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[("statement_decode", statement_decode)];

/// What a target's program does when libFuzzer does not drive it: replays the files named on the command line.
pub fn replay_arguments(body: fn(&[u8])) -> std::io::Result<()> {
    for path in std::env::args_os().skip(1) {
        body(&std::fs::read(&path)?);
        println!("{}: no finding", path.display());
    }
    Ok(())
}
