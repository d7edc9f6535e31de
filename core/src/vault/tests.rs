use super::*;
use crate::id::OfficeId;
use crate::id::StatementId;
use crate::statement::ChainPoint;
use crate::statement::Document;
use std::fs;

const OFFICE: OfficeId = OfficeId([6; 32]);

fn state(chains: u16) -> VaultState {
    let head = |n| ChainPoint {
        seq: u32::from(n),
        id: StatementId([n as u8; 32]),
    };
    VaultState {
        office: OFFICE,
        seed: [9; 32],
        incarnation: 3,
        chains: (0..chains)
            .map(|n| (Document::Storage(1970 + n), head(n)))
            .collect(),
        lane: 0,
        copied: false,
    }
}

fn keeps_what_was_saved(vault: &mut impl Vault) {
    assert_eq!(vault.load(), Ok(None));
    let copied = VaultState {
        copied: true,
        lane: 3,
        ..VaultState::new([1; 32], OFFICE)
    };
    for saved in [
        VaultState::new([1; 32], OFFICE),
        state(2),
        copied,
        state(200),
    ] {
        vault.save(&saved).unwrap();
        assert_eq!(vault.load(), Ok(Some(saved)));
    }
}

#[test]
fn a_vault_keeps_what_was_saved_last() {
    let folder = tempfile::tempdir().unwrap();
    keeps_what_was_saved(&mut FileVault::new(folder.path().join("vault")));
    keeps_what_was_saved(&mut MemoryVault::new());
}

#[test]
fn any_flipped_bit_and_any_missing_end_is_damage() {
    let bytes = state(3).encode();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            VaultState::decode(&damaged),
            Err(VaultError::Damaged { bytes: bytes.len() })
        );
    }
    for end in 0..bytes.len() {
        assert_eq!(
            VaultState::decode(&bytes[..end]),
            Err(VaultError::Damaged { bytes: end })
        );
    }
}

#[test]
fn a_vault_has_room_for_so_many_chains() {
    let chains = |count: u32| {
        let document = |n| Document::Other { tag: 9, period: n };
        let head = ChainPoint {
            seq: 0,
            id: StatementId([1; 32]),
        };
        VaultState {
            chains: (0..count).map(|n| (document(n), head)).collect(),
            ..state(0)
        }
    };
    assert_eq!(
        VaultState::decode(&chains(4_096).encode()),
        Ok(chains(4_096))
    );
    assert_eq!(
        VaultState::decode(&chains(4_097).encode())
            .unwrap_err()
            .to_string(),
        "vault does not decode: chains in a vault is 4097: allowed are 0 to 4096"
    );
}

#[test]
fn a_damaged_file_is_an_error_and_never_an_empty_vault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault");
    let mut vault = FileVault::new(&path);
    vault.save(&state(1)).unwrap();
    fs::write(&path, b"").unwrap();
    assert_eq!(
        vault.load().unwrap_err().to_string(),
        "vault is damaged: 0 bytes do not match their checksum"
    );
}

#[test]
fn a_save_that_was_interrupted_leaves_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault");
    let mut vault = FileVault::new(&path);
    vault.save(&state(1)).unwrap();
    fs::write(vault_next(&path), &state(2).encode()[..20]).unwrap();
    assert_eq!(vault.load(), Ok(Some(state(1))));
    vault.save(&state(3)).unwrap();
    assert_eq!(vault.load(), Ok(Some(state(3))));
    assert!(!vault_next(&path).exists());
    // A folder where the next state is to be written: the save fails, the state stays.
    fs::create_dir(vault_next(&path)).unwrap();
    let error = vault.save(&state(4)).unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert_eq!(vault.load(), Ok(Some(state(3))));
}

fn vault_next(path: &std::path::Path) -> std::path::PathBuf {
    path.with_file_name("vault.next")
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_file() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault");
    let mut vault = FileVault::new(&path);
    for _ in 0..2 {
        vault.save(&state(1)).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    }
}

#[test]
fn the_seed_is_not_printed() {
    assert!(!format!("{:?}", VaultState::new([77; 32], OFFICE)).contains("77"));
}

#[test]
fn a_failing_save_in_memory_leaves_the_one_before() {
    let mut vault = MemoryVault::new();
    vault.fail_save(1);
    vault.save(&state(1)).unwrap();
    assert!(vault.save(&state(2)).unwrap_err().is_retryable());
    assert_eq!(vault.load(), Ok(Some(state(1))));
    vault.save(&state(3)).unwrap();
    assert!(vault.corrupt());
    assert!(matches!(vault.load(), Err(VaultError::Damaged { .. })));
}
