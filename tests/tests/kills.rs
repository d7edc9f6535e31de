//! A device is killed at every boundary between two of its effects: before and after each write of its store and its
//! vault, and before each answer leaves. Nothing that it had acknowledged is lost.

use allkontor_tests::visit::{Machine, Visit};

/// Kills the device at its first boundary, at its second, … until it gets through the morning without reaching one.
fn killed_everywhere(subject: &'static str, at_least: u64) {
    for boundary in 1.. {
        println!("{subject}, killed at boundary {boundary}");
        let folder = tempfile::tempdir().unwrap();
        let program = env!("CARGO_BIN_EXE_device-process");
        let machine = Machine::killed(program, folder.path(), boundary);
        if Visit::new(subject, machine).play() == 0 {
            assert!(boundary > at_least, "only {boundary} boundaries");
            return;
        }
    }
}

#[test]
fn a_kiosk_killed_at_any_boundary_keeps_its_word() {
    killed_everywhere("kiosk", 100);
}

#[test]
fn a_phone_killed_at_any_boundary_keeps_its_word() {
    killed_everywhere("anna", 100);
}
