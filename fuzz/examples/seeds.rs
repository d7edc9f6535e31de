//! Writes the seeds of every target into `fuzz/seeds`: `cargo run --manifest-path fuzz/Cargo.toml --example seeds`.
//!
//! They follow from the samples alone, so a run that changes them means that the wire form changed.

#[path = "../../core/tests/common/samples.rs"]
#[allow(dead_code, reason = "shared with the engine's tests")]
mod samples;

use allkontor_fuzz::forge;
use std::fs;
use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    for signed in samples::signed() {
        let (number, name) = (signed.body().number(), signed.body().name());
        // The sparsest form of a kind has no critical flag.
        let form = if signed.header().critical || number == 1 {
            "full"
        } else {
            "sparse"
        };
        let payload = forge::parts(signed.bytes()).payload;
        write(
            "statement_decode",
            &format!("{number:02}-{name}-{form}.cose"),
            signed.bytes(),
        )?;
        write(
            "statement_decode",
            &format!("{number:02}-{name}-{form}.payload"),
            &payload,
        )?;
    }
    Ok(())
}

fn write(target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name.to_lowercase()), bytes)
}
