//! Copying and walking folders, with errors that name the file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Folders whose content is made, not written.
const MADE: &[&str] = &["node_modules", "target", "built", ".git"];

/// Makes an empty folder, whatever was there.
pub(crate) fn empty_dir(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("{} cannot be emptied", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Reads a file that is no text.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file, and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    }
    fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))
}

/// Copies one file, and makes the folders above the copy.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    let content = fs::read(from).with_context(|| format!("{} cannot be read", from.display()))?;
    write(to, content)
}

/// Copies the files below a folder for which `keep` holds, keeping their relative paths.
pub(crate) fn copy_tree(from: &Path, to: &Path, keep: impl Fn(&Path) -> bool) -> Result<()> {
    if !from.is_dir() {
        bail!("{} is missing", from.display());
    }
    for path in walk(from)?.iter().filter(|path| keep(path)) {
        copy(path, &to.join(path.strip_prefix(from)?))?;
    }
    Ok(())
}

/// All files below a folder that somebody wrote, in a stable order; none when it is missing.
pub(crate) fn walk(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if dir.is_dir() {
        collect(dir, &mut files).with_context(|| format!("{} cannot be read", dir.display()))?;
    }
    files.sort();
    Ok(files)
}

/// Whether a path has one of these extensions.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().and_then(|found| found.to_str()).is_some_and(|found| extensions.contains(&found))
}

/// Whether `made` is there and not older than `source`.
pub(crate) fn is_fresh(made: &Path, source: &Path) -> bool {
    let modified = |path: &Path| path.metadata().and_then(|data| data.modified());
    match (modified(made), modified(source)) {
        (Ok(made), Ok(source)) => made >= source,
        _ => false,
    }
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_file() {
            files.push(path);
        } else if path.is_dir() && !MADE.iter().any(|made| name == *made) {
            collect(&path, files)?;
        }
    }
    Ok(())
}
