//! Making one tree of files equal to another.

use crate::failure::{Failure, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Makes `to` hold these files of `from` and nothing else. A file that is equal already is not written, so cargo's
/// idea of what is fresh holds.
pub(super) fn mirror(from: &Path, to: &Path, files: &[PathBuf]) -> Result<()> {
    fs::create_dir_all(to).map_err(Failure::during(format!("cannot make {}", to.display())))?;
    for file in files {
        let (from, to) = (from.join(file), to.join(file));
        let bytes =
            fs::read(&from).map_err(Failure::during(format!("cannot read {}", from.display())))?;
        if fs::read(&to).is_ok_and(|old| old == bytes) {
            continue;
        }
        let writing = || format!("cannot write {}", to.display());
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(Failure::during(writing()))?;
        }
        fs::write(&to, bytes).map_err(Failure::during(writing()))?;
    }
    remove_all_but(&files.iter().cloned().collect(), to, Path::new(""))
}

fn remove_all_but(keep: &BTreeSet<PathBuf>, tree: &Path, folder: &Path) -> Result<()> {
    let reading = || format!("cannot tidy {}", tree.join(folder).display());
    for entry in fs::read_dir(tree.join(folder)).map_err(Failure::during(reading()))? {
        let entry = entry.map_err(Failure::during(reading()))?;
        let path = folder.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_all_but(keep, tree, &path)?;
        } else if !keep.contains(&path) {
            fs::remove_file(entry.path()).map_err(Failure::during(reading()))?;
        }
    }
    Ok(())
}
