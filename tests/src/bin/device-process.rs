//! A device in a process of its own, for tests that kill it: `device-process FOLDER BOUNDARY`.

use std::path::PathBuf;

fn main() {
    let mut args = std::env::args_os().skip(1);
    let folder = PathBuf::from(args.next().expect("a folder"));
    let stop_at = args.next().and_then(|number| number.to_str()?.parse().ok());
    allkontor_tests::visit::serve(&folder, stop_at.expect("the boundary to stop at, from 1"));
}
