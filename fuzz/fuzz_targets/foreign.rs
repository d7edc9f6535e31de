#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| allkontor_fuzz::foreign(input));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    allkontor_fuzz::replay_arguments(allkontor_fuzz::foreign)
}
