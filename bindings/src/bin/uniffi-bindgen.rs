//! Generates the foreign code from the library: `cargo run -p allkontor --features bindgen --bin uniffi-bindgen`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
