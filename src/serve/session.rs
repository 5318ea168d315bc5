//! The loop of `serve`: files change, a newer generation makes the site of them, and takes over once it is whole.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use super::changes::Changes;
use super::generation::Generation;
use super::places::Places;
use super::server::Server;
use super::state::{Current, Question};
use super::watch::Watch;
use crate::config::{Config, Selection};
use crate::error::{Error, Result};
use crate::source::display_path;

/// A build that newer changes have overtaken is given up, unless the site shown is already older than this.
const PATIENCE: Duration = Duration::from_secs(4);

/// How to make a site from a configuration.
pub trait Make: Send + Sync + 'static {
    /// Reads, checks, links and renders, then [serves](Generation::serve); returns early where the generation is
    /// superseded. Each generation has its own thread, and the one before may still be serving: what one has read, the
    /// next may take over from `self`.
    ///
    /// # Errors
    /// When the site cannot be made.
    fn make(&self, config: Config, generation: &Generation) -> Result<()>;
}

/// What there is to tell the user.
#[derive(Debug)]
pub enum News {
    /// The server runs at this address.
    Serving(String),
    /// These files changed; their paths as reports show them, none where there were too many to tell.
    Changed(Vec<String>),
    /// A site was made, in the words of [`Make`].
    Built(String),
    /// The site could not be made; the one before stays.
    Failed(String),
    /// A page could not be made.
    PageFailed(String),
    /// Something is not watched.
    Unwatched(String),
}

/// Counts the generations.
pub(super) type Number = u64;

/// What the threads around a session tell it.
pub(super) enum Tidings {
    /// Something happened to a file or folder.
    Changed(PathBuf),
    /// More happened than could be told.
    Missed,
    /// The watcher failed at something.
    Troubled(notify::Error),
    /// Changes will not be told as they should; what to tell the user.
    Unwatched(String),
    /// A generation has made its site, and waits for questions.
    Ready { number: Number, questions: mpsc::Sender<Question>, words: String },
    /// A generation could not make one of its pages.
    PageFailed(String),
    /// The thread of a generation is over: it failed, gave up, or nobody asks it any more.
    Ended { number: Number, made: Result<()> },
    /// The server has stopped.
    Stopped(Result<()>),
}

/// A project that is served.
pub struct Session<M> {
    selection: Selection,
    make: Arc<M>,
    watch: Watch,
    sender: mpsc::Sender<Tidings>,
    tidings: mpsc::Receiver<Tidings>,
    /// The working directory, for the names of changed files.
    directory: PathBuf,
    current: Option<Current>,
    /// The generation that is being made.
    making: Option<(Number, Arc<AtomicBool>)>,
    number: Number,
    changes: Changes,
    /// Until it runs.
    server: Option<Server>,
    page_failure: Option<String>,
}

impl<M: Make> Session<M> {
    /// Watches nothing and has made nothing yet.
    ///
    /// # Errors
    /// When files can in no way be watched.
    pub fn new(selection: Selection, server: Server, make: M) -> Result<Self> {
        let (sender, tidings) = mpsc::channel();
        Ok(Self {
            selection,
            make: Arc::new(make),
            watch: Watch::start(sender.clone())?,
            sender,
            tidings,
            directory: PathBuf::new(),
            current: None,
            making: None,
            number: 0,
            changes: Changes::default(),
            server: Some(server),
            page_failure: None,
        })
    }

    /// Makes the site and serves it, again with each change, until the server is interrupted.
    ///
    /// # Errors
    /// When the first site cannot be made, or the server fails.
    pub fn run(mut self, tell: &mut dyn FnMut(News) -> Result<()>) -> Result<()> {
        self.build(tell)?;
        loop {
            match self.next() {
                None => self.build(tell)?,
                Some(Tidings::Stopped(result)) => return result,
                Some(tidings) => self.hear(tidings, tell)?,
            }
        }
    }

    /// What is told next; nothing when it is time to build. One site is made at a time.
    fn next(&self) -> Option<Tidings> {
        match self.changes.due().filter(|_| self.making.is_none()) {
            None => self.tidings.recv().ok(),
            Some(due) => {
                let left = due.checked_duration_since(Instant::now())?;
                self.tidings.recv_timeout(left).ok()
            }
        }
    }

    fn hear(&mut self, tidings: Tidings, tell: &mut dyn FnMut(News) -> Result<()>) -> Result<()> {
        match tidings {
            Tidings::Changed(path) => self.change(Some(path)),
            Tidings::Missed => self.change(None),
            Tidings::Troubled(error) => self.watch.recover(&error)?,
            Tidings::Unwatched(reason) => tell(News::Unwatched(reason))?,
            Tidings::Ready { number, questions, words } => {
                // The questions of one that is not wanted end here, and so does its thread.
                if self.is_wanted(number) {
                    self.making = None;
                    tell(News::Built(words))?;
                    self.publish(questions, tell)?;
                }
            }
            Tidings::Ended { number, made } => {
                let wanted = self.is_wanted(number);
                self.making.take_if(|(making, _)| *making == number);
                if let (true, Err(error)) = (wanted, made) {
                    self.fail(error, tell)?;
                }
            }
            Tidings::PageFailed(reason) => {
                if self.page_failure.as_ref() != Some(&reason) {
                    self.page_failure = Some(reason.clone());
                    tell(News::PageFailed(reason))?;
                }
            }
            Tidings::Stopped(_) => {}
        }
        Ok(())
    }

    fn change(&mut self, path: Option<PathBuf>) {
        let behind = self.changes.add(path, Instant::now());
        if let (Some((_, superseded)), true) = (&self.making, behind < PATIENCE) {
            superseded.store(true, Ordering::Relaxed);
        }
    }

    /// Starts to make a site of the files as they are now.
    fn build(&mut self, tell: &mut dyn FnMut(News) -> Result<()>) -> Result<()> {
        if let Some(paths) = self.changes.take() {
            tell(News::Changed(self.names(&paths)))?;
        }
        let config = match self.configure() {
            Ok(config) => config,
            Err(error) => return self.fail(error, tell),
        };
        self.number += 1;
        let make = Arc::clone(&self.make);
        let superseded = Generation::start(self.number, self.sender.clone(), move |generation| {
            make.make(config, generation)
        });
        self.making = Some((self.number, superseded));
        Ok(())
    }

    /// Paths as reports show them. Editors write files beside the one that they save, which are gone by now.
    fn names(&self, paths: &BTreeSet<PathBuf>) -> Vec<String> {
        let (there, gone): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.exists());
        let named = if there.is_empty() { gone } else { there };
        named.into_iter().map(|path| display_path(&self.directory, path)).collect()
    }

    /// The configuration, with its places watched before anything else is read.
    fn configure(&mut self) -> Result<Config> {
        let config = Config::load(&self.selection)?;
        self.directory.clone_from(&config.directory);
        if self.watch.follow(Places::of(&config))? { Config::load(&self.selection) } else { Ok(config) }
    }

    fn is_wanted(&self, number: Number) -> bool {
        let making = self.making.as_ref();
        making.is_some_and(|(making, superseded)| *making == number && !superseded.load(Ordering::Relaxed))
    }

    fn publish(
        &mut self,
        questions: mpsc::Sender<Question>,
        tell: &mut dyn FnMut(News) -> Result<()>,
    ) -> Result<()> {
        self.changes.show();
        self.page_failure = None;
        if let Some(current) = &self.current {
            current.serve(questions);
        } else if let Some(server) = self.server.take() {
            let current = Current::new(questions);
            tell(News::Serving(server.url()))?;
            server.start(current.reader(), self.sender.clone());
            self.current = Some(current);
        }
        Ok(())
    }

    /// Shows what is wrong; without an earlier site there is nothing to show it over.
    fn fail(&mut self, error: Error, tell: &mut dyn FnMut(News) -> Result<()>) -> Result<()> {
        let Some(current) = &self.current else { return Err(error) };
        self.changes.show();
        current.fail(error.to_string());
        tell(News::Failed(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::AtomicUsize;

    use super::super::Pages;
    use super::*;

    /// Makes empty sites: the second waits until it is superseded, the fourth panics, the fifth fails.
    struct Fake {
        made: AtomicUsize,
        started: Mutex<mpsc::Sender<usize>>,
    }

    impl Make for Fake {
        fn make(&self, _: Config, generation: &Generation) -> Result<()> {
            let number = self.made.fetch_add(1, Ordering::SeqCst) + 1;
            self.started.lock().unwrap().send(number).unwrap();
            match number {
                2 => {
                    while !generation.is_superseded() {
                        std::thread::sleep(Duration::from_millis(1));
                    }
                    return Ok(());
                }
                4 => panic!("on purpose"),
                5 => return Err(Error::Usage("on purpose".to_owned())),
                _ => generation.serve(&Pages::new(&[]), format!("site {number}")),
            }
            Ok(())
        }
    }

    #[test]
    fn newer_changes_supersede_a_build_and_failures_do_not_end_the_session() {
        const LONG: Duration = Duration::from_secs(60);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dictionary.toml");
        let write = || std::fs::write(&file, "").unwrap();
        write();
        let (started_sender, started) = mpsc::channel();
        let (news_sender, news) = mpsc::channel();
        let fake = Fake { made: AtomicUsize::new(0), started: Mutex::new(started_sender) };
        let selection = Selection { directory: Some(folder.path().to_path_buf()), ..Selection::default() };
        std::thread::spawn(move || {
            let session = Session::new(selection, Server::bind(0).unwrap(), fake).unwrap();
            session.run(&mut |news| {
                // The paths of changes are not the matter here, nor how often they are told.
                if !matches!(news, News::Changed(_)) {
                    news_sender.send(format!("{news:?}")).unwrap();
                }
                Ok(())
            })
        });
        let starts = |number| assert_eq!(started.recv_timeout(LONG).unwrap(), number);
        let tells = |words: &str| {
            let told = news.recv_timeout(LONG).unwrap();
            assert!(told.starts_with(words), "{told}");
        };
        starts(1);
        tells("Built(\"site 1\")");
        tells("Serving(\"http://127.0.0.1:");
        write();
        starts(2);
        write();
        starts(3);
        tells("Built(\"site 3\")");
        write();
        starts(4);
        tells("Failed(\"this is a bug");
        write();
        starts(5);
        tells("Failed(\"on purpose\")");
        write();
        starts(6);
        tells("Built(\"site 6\")");
    }
}
