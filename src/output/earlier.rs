//! What the last build left, read while this one is still busy with the definitions.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use self_cell::self_cell;

use super::ledger::Ledger;
use super::spare::Spare;
use crate::stamp::Stamp;

self_cell!(
    /// The bytes of a ledger and what they say.
    pub(super) struct Remembered {
        owner: Vec<u8>,
        #[covariant]
        dependent: Ledger,
    }
);

/// What is known of the site in place, on its way.
pub struct Earlier(JoinHandle<(Option<Stamp>, Remembered)>);

impl Earlier {
    /// Begins to read what the last build into a folder left. To read what is not there takes nothing.
    pub fn of(out: &Path) -> Self {
        let ledger = Spare::beside(out).ledger();
        Self(thread::spawn(|| read(ledger)))
    }

    /// What was read, if the ledger is still that one; otherwise what it says now.
    pub(super) fn of_ledger(self, ledger: PathBuf) -> Remembered {
        match self.0.join() {
            Ok((stamp, remembered)) if stamp == Stamp::at(&ledger) => remembered,
            _ => read(ledger).1,
        }
    }
}

fn read(ledger: PathBuf) -> (Option<Stamp>, Remembered) {
    let stamp = Stamp::at(&ledger);
    let bytes = fs::read(ledger).unwrap_or_default();
    (stamp, Remembered::new(bytes, |bytes| Ledger::read(bytes).unwrap_or_default()))
}
