//! Keeping a copy of the work tree equal to it.

use crate::failure::{Failure, Result};
use crate::project::Project;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Makes the copy equal to the work tree. A file that is equal already is not written, so cargo's idea of
/// what is fresh holds; what a test left behind goes.
pub(super) fn mirror(project: &Project, tree: &Path) -> Result<()> {
    fs::create_dir_all(tree).map_err(Failure::during(format!("cannot make {}", tree.display())))?;
    let files = project.files()?;
    for file in &files {
        let (from, to) = (project.path(file), tree.join(file));
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
    remove_all_but(&files.into_iter().collect(), tree, Path::new(""))
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
