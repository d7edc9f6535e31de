use super::{Vault, VaultError, VaultState};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A vault in one small file, which only its owner can read.
///
/// Keep it out of backups: on Android in `noBackupFilesDir`, on Apple systems with `isExcludedFromBackup`. Where the
/// system has a key store, wrap the seed there and implement [`Vault`] yourself.
#[derive(Debug)]
pub struct FileVault {
    path: PathBuf,
}

impl FileVault {
    /// At `path`, whose folder must exist. Nothing is read or written yet.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self {
            path: path.as_ref().to_owned(),
        }
    }

    /// Where the next state is written before it takes the file's place.
    fn next(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".next");
        name.into()
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let next = self.next();
        // Left behind by a save that was interrupted; its mode may be another.
        match fs::remove_file(&next) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = create_private(&next)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&next, &self.path)?;
        sync_folder(&self.path)
    }
}

impl Vault for FileVault {
    fn load(&self) -> Result<Option<VaultState>, VaultError> {
        match fs::read(&self.path) {
            Ok(bytes) => VaultState::decode(&bytes).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(VaultError::Io {
                operation: "read the vault",
                detail: error.to_string(),
            }),
        }
    }

    fn save(&mut self, state: &VaultState) -> Result<(), VaultError> {
        self.write(&state.encode()).map_err(|error| VaultError::Io {
            operation: "save the vault",
            detail: error.to_string(),
        })
    }
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// A rename is durable once its folder is synced.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened, and a rename needs no such help.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
