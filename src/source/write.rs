//! Definition files written back, with nothing but the wanted text changed.

use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Puts a new text in the place of the one that was read, which had no byte-order mark; the mark, permissions and links
/// to the file stay.
///
/// The text is complete beside the file before it takes its name: an interruption leaves the old or the new one.
///
/// # Errors
/// When the file cannot be written, or no longer holds what was read.
pub fn rewrite(path: &Path, before: &str, after: &str) -> Result<()> {
    let failed = |error| Error::io("write", path, error);
    // A link stays a link; what it leads to is written.
    let path = path.canonicalize().map_err(failed)?;
    let bytes = std::fs::read(&path).map_err(failed)?;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
    let content = &bytes[mark.len()..];
    if content == after.as_bytes() {
        // Another link to the same file has been here before.
        return Ok(());
    }
    if content != before.as_bytes() {
        return Err(failed(std::io::Error::other("it was changed meanwhile; run again")));
    }
    let permissions = std::fs::metadata(&path).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(failed(std::io::ErrorKind::PermissionDenied.into()));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(mark.as_bytes()).map_err(failed)?;
    file.write_all(after.as_bytes()).map_err(failed)?;
    file.as_file().set_permissions(permissions).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Whether a file starts with a byte-order mark, which its text does not show.
pub fn byte_order_mark(path: &Path) -> &'static str {
    let mut first = [0; BYTE_ORDER_MARK.len()];
    let read =
        std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut first));
    if read.is_ok() && first == *BYTE_ORDER_MARK.as_bytes() { BYTE_ORDER_MARK } else { "" }
}
