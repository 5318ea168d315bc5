//! The one step in which the prepared site takes the place of the earlier one.

use std::fs;
use std::path::Path;

use super::target::{Target, remove_site};
use crate::error::{Error, Result};

/// Puts the staged site in place and deletes the earlier one.
pub(super) fn put_in_place(target: &Target) -> Result<()> {
    if !target.exists {
        return fs::rename(&target.staging, &target.out)
            .map_err(|error| Error::io("create", &target.out, error));
    }
    if !exchanged(&target.staging, &target.out)? {
        return replace_in_two_steps(target);
    }
    // The earlier site now lies in the staging folder.
    remove_site(&target.staging)
}

/// Exchanges two folders at once; false where system or file system cannot.
#[cfg(target_os = "linux")]
fn exchanged(staging: &Path, out: &Path) -> Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staging, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(Error::io("replace", out, error.into())),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> Result<bool> {
    Ok(false)
}

/// For systems without an exchange: for a moment there is no site, but both are whole on disk.
fn replace_in_two_steps(target: &Target) -> Result<()> {
    let aside = target.staging.with_extension("earlier");
    let failed = |error| Error::io("replace", &target.out, error);
    fs::rename(&target.out, &aside).map_err(failed)?;
    if let Err(error) = fs::rename(&target.staging, &target.out) {
        fs::rename(&aside, &target.out).map_err(failed)?;
        return Err(failed(error));
    }
    remove_site(&aside)
}
