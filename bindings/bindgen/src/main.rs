//! Generates the foreign code from the built library, with the version of UniFFI that the library has:
//!
//! ```sh
//! cargo build --locked --profile ci -p allkontor
//! cargo run --locked --profile ci --manifest-path bindings/bindgen/Cargo.toml --target-dir target -- \
//!     generate target/ci/liballkontor.so --language kotlin --out-dir target/kotlin --config uniffi.toml
//! ```

fn main() {
    uniffi::uniffi_bindgen_main();
}
