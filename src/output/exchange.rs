//! The one step in which the prepared site takes the place of the earlier one.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};

/// Puts a prepared site in the place of the one in `out`, which then lies where the prepared one lay.
pub(super) fn exchange(prepared: &Path, out: &Path) -> Result<()> {
    if exchanged(prepared, out)? {
        return Ok(());
    }
    // For systems without an exchange: for a moment there is no site, but both are whole on disk.
    let aside = prepared.with_extension("earlier");
    let failed = |error| Error::io("replace", out, error);
    fs::rename(out, &aside).map_err(failed)?;
    if let Err(error) = fs::rename(prepared, out) {
        fs::rename(&aside, out).map_err(failed)?;
        return Err(failed(error));
    }
    fs::rename(&aside, prepared).map_err(failed)
}

/// Exchanges two folders at once; false where system or file system cannot.
#[cfg(target_os = "linux")]
fn exchanged(prepared: &Path, out: &Path) -> Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, prepared, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(Error::io("replace", out, error.into())),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> Result<bool> {
    Ok(false)
}
