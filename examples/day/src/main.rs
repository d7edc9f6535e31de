//! `cargo run --release -p day`: see [`day`].

fn main() {}
