//! What changes on disk among the places that a site is made of: told by the system, or looked for where it tells
//! nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, mpsc};
use std::time::Duration;

use notify::event::{MetadataKind, ModifyKind};
use notify::{
    Config, ErrorKind, Event, EventKind, EventKindMask, PathOp, PollWatcher, RecommendedWatcher,
    RecursiveMode, Watcher,
};

use super::places::Places;
use super::session::Tidings;
use crate::error::{Error, Result};

/// How often to look where the system tells nothing. A look at 100,000 files takes a tenth of that.
const LOOK: Duration = Duration::from_secs(2);

/// Watches places, and tells a session what happens there.
pub(super) struct Watch {
    watcher: Box<dyn Watcher>,
    places: Arc<RwLock<Places>>,
    tidings: mpsc::Sender<Tidings>,
    polling: bool,
}

impl Watch {
    /// Watches nothing yet.
    ///
    /// # Errors
    /// When changes can neither be told nor looked for.
    pub(super) fn start(tidings: mpsc::Sender<Tidings>) -> Result<Self> {
        let places = Arc::<RwLock<Places>>::default();
        let told = RecommendedWatcher::new(handler(Arc::clone(&places), tidings.clone()), settings());
        let watcher: Box<dyn Watcher> = match told {
            Ok(watcher) => Box::new(watcher),
            Err(error) => {
                let mut watch =
                    Self { watcher: Box::new(notify::NullWatcher), places, tidings, polling: false };
                watch.look_instead(&error)?;
                return Ok(watch);
            }
        };
        Ok(Self { watcher, places, tidings, polling: false })
    }

    /// Watches these places alone. What happens from now on is told; true where that was not so before.
    ///
    /// # Errors
    /// As [`Watch::start`].
    pub(super) fn follow(&mut self, places: Places) -> Result<bool> {
        let wanted = places.folders();
        *self.places.write().unwrap_or_else(PoisonError::into_inner) = places;
        // Asked of the watcher, which forgets folders that are gone: one that has come back is watched anew. It answers
        // once it has dealt with all it was told, so a new folder is watched before its files are read.
        let watched: BTreeMap<PathBuf, RecursiveMode> =
            self.watcher.watched_paths().unwrap_or_default().into_iter().collect();
        let gone = watched.iter().filter(|(path, mode)| wanted.get(*path) != Some(*mode));
        let come = wanted.iter().filter(|(path, mode)| watched.get(*path) != Some(*mode));
        let steps: Vec<PathOp> = gone
            .map(|(path, _)| PathOp::unwatch(path))
            .chain(come.map(|(path, mode)| match mode {
                RecursiveMode::Recursive => PathOp::watch_recursive(path),
                RecursiveMode::NonRecursive => PathOp::watch_non_recursive(path),
            }))
            .collect();
        if steps.is_empty() {
            return Ok(false);
        }
        self.take(steps)?;
        Ok(true)
    }

    fn take(&mut self, mut steps: Vec<PathOp>) -> Result<()> {
        while let Err(failed) = self.watcher.update_paths(steps) {
            if self.is_beyond_limit(&failed.source) {
                return self.look_instead(&failed.source);
            }
            self.complain(&failed.source);
            steps = failed.remaining;
        }
        Ok(())
    }

    /// Deals with what the watcher could not do.
    ///
    /// # Errors
    /// As [`Watch::start`].
    pub(super) fn recover(&mut self, error: &notify::Error) -> Result<()> {
        if self.is_beyond_limit(error) {
            return self.look_instead(error);
        }
        self.complain(error);
        Ok(())
    }

    fn is_beyond_limit(&self, error: &notify::Error) -> bool {
        !self.polling && matches!(error.kind, ErrorKind::MaxFilesWatch)
    }

    /// Says what is not watched. What is gone in the meantime was not there to be watched.
    fn complain(&self, error: &notify::Error) {
        if !matches!(error.kind, ErrorKind::PathNotFound | ErrorKind::WatchNotFound) {
            let _ = self.tidings.send(Tidings::Unwatched(format!("changes may go unseen: {error}")));
        }
    }

    /// Looks for changes from now on.
    fn look_instead(&mut self, error: &notify::Error) -> Result<()> {
        let handler = handler(Arc::clone(&self.places), self.tidings.clone());
        let unable = |error: notify::Error| Error::Usage(format!("could not watch for changes: {error}"));
        self.watcher = Box::new(PollWatcher::new(handler, settings()).map_err(unable)?);
        self.polling = true;
        let _ = self.tidings.send(Tidings::Unwatched(format!(
            "the system does not tell of changes ({error}), so they are looked for every {} seconds; {}",
            LOOK.as_secs(),
            remedy(&error.kind)
        )));
        let places = self.places.read().unwrap_or_else(PoisonError::into_inner).clone();
        self.follow(places)?;
        // What happened before the first look.
        let _ = self.tidings.send(Tidings::Missed);
        Ok(())
    }
}

fn remedy(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::MaxFilesWatch => {
            "to be told again, raise the limit with `sudo sysctl fs.inotify.max_user_watches=1048576`, then start anew"
        }
        _ => {
            "to be told again, end other programs that watch files or raise the limit with `sudo sysctl \
             fs.inotify.max_user_instances=1024`, then start anew"
        }
    }
}

fn settings() -> Config {
    Config::default()
        // Without the reading of files, which we do ourselves.
        .with_event_kinds(EventKindMask::CORE)
        // Linked folders are not read either.
        .with_follow_symlinks(false)
        .with_poll_interval(LOOK)
}

/// Passes on what concerns the places.
fn handler(
    places: Arc<RwLock<Places>>,
    tidings: mpsc::Sender<Tidings>,
) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                let _ = tidings.send(Tidings::Troubled(error));
                return;
            }
        };
        if event.need_rescan() {
            let _ = tidings.send(Tidings::Missed);
        }
        let times_alone = event.kind == EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime));
        let places = places.read().unwrap_or_else(PoisonError::into_inner);
        for path in event.paths {
            // A folder's time says that something happened in it, which is told by itself.
            if places.concern(&path) && !(times_alone && path.is_dir()) {
                let _ = tidings.send(Tidings::Changed(path));
            }
        }
    }
}
