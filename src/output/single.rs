//! One file that a command writes beside its results.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file whole: who reads it sees the earlier bytes or all of the new ones.
///
/// What is no ordinary file (`/dev/stderr`, a pipe, a link) is written through instead.
///
/// # Errors
/// When it cannot be written; the message names the path.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let special = fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file());
    let written = if special { fs::write(path, bytes) } else { replace(path, [bytes]) };
    written.map_err(|error| Error::io("write", path, error))
}

/// Writes an ordinary file whole, of parts one behind the other.
pub(super) fn replace<'p>(path: &Path, parts: impl IntoIterator<Item = &'p [u8]>) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // As readable as any new file: a pipeline's next step may be another user.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.prefix(".metrics-dictionary-").tempfile_in(folder)?;
    parts.into_iter().try_for_each(|part| file.write_all(part))?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        write_file(&path, b"a long first report").unwrap();
        write_file(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_error_names_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let message = write_file(&folder.path().join("absent/report.json"), b"").unwrap_err().to_string();
        assert!(message.contains("could not write `") && message.contains("absent/report.json"), "{message}");
        let message = write_file(folder.path(), b"").unwrap_err().to_string();
        assert!(message.contains("could not write `"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let (link, file) = (folder.path().join("link"), folder.path().join("file"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_file(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }
}
