//! What has changed since the last build, and when to build again.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Changes that follow each other within this time are one: an editor writes, renames and deletes to save one file.
const QUIET: Duration = Duration::from_millis(10);

/// Changes without a pause are built after this time: a checkout of a branch may take long.
const LONGEST_BURST: Duration = Duration::from_secs(1);

/// What has changed and is not being built yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    paths: BTreeSet<PathBuf>,
    /// When the first and the last of them were told.
    span: Option<(Instant, Instant)>,
    /// Since when the files are not what is shown.
    behind: Option<Instant>,
}

impl Changes {
    /// Adds a path, or that something has changed; gives how long what is shown has not been what the files say.
    pub(super) fn add(&mut self, path: Option<PathBuf>, now: Instant) -> Duration {
        self.paths.extend(path);
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
        now.duration_since(*self.behind.get_or_insert(now))
    }

    /// When to build, if there is anything to build.
    pub(super) fn due(&self) -> Option<Instant> {
        self.span.map(|(first, last)| (last + QUIET).min(first + LONGEST_BURST))
    }

    /// The paths that are built now, if anything has changed.
    pub(super) fn take(&mut self) -> Option<BTreeSet<PathBuf>> {
        self.span.take().map(|_| std::mem::take(&mut self.paths))
    }

    /// What was taken last is shown.
    pub(super) fn show(&mut self) {
        self.behind = self.span.map(|(first, _)| first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_built_when_they_pause() {
        let (mut changes, start) = (Changes::default(), Instant::now());
        assert_eq!((changes.due(), changes.take()), (None, None));
        changes.add(Some("a".into()), start);
        changes.add(Some("b".into()), start + QUIET / 2);
        changes.add(None, start + QUIET);
        assert_eq!(changes.due(), Some(start + QUIET * 2));
        assert_eq!(changes.take(), Some(["a".into(), "b".into()].into()));
        assert_eq!((changes.due(), changes.take()), (None, None));
    }

    #[test]
    fn a_burst_is_built_in_between() {
        let (mut changes, start) = (Changes::default(), Instant::now());
        for step in 0..=200 {
            changes.add(None, start + QUIET / 2 * step);
        }
        assert_eq!(changes.due(), Some(start + LONGEST_BURST));
    }

    #[test]
    fn what_is_shown_is_behind_since_the_first_change_that_it_lacks() {
        let (mut changes, start) = (Changes::default(), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(changes.add(None, after(0)).as_secs(), 0);
        changes.take();
        assert_eq!(changes.add(None, after(2)).as_secs(), 2);
        changes.show();
        assert_eq!(changes.add(None, after(5)).as_secs(), 3);
        changes.take();
        changes.show();
        assert_eq!(changes.add(None, after(9)).as_secs(), 0);
    }
}
