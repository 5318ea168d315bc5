//! One state of the files, as a site: a thread that makes it, keeps what it is made of on its stack, and answers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use hyper::body::Bytes;

use super::answer::Answer;
use super::session::{Number, Tidings};
use super::state::Question;
use crate::error::{Error, Result};

/// How many requests are answered at once: a slow answer does not keep the quick ones. These threads are not those that
/// build, for these are busy while the next site is made.
const ANSWERING: usize = 4;

/// A site that can be asked for its files.
pub trait Site: Sync {
    /// The bytes of a file, by its path below the site's root (`metrics/counts.issues/index.html`); nothing where there
    /// is no such file.
    ///
    /// # Errors
    /// When the file cannot be made; the message is shown in its place.
    fn file(&self, path: &str) -> Result<Option<Bytes>>;
}

/// What a thread that makes a site knows of the session that started it.
pub struct Generation {
    number: Number,
    superseded: Arc<AtomicBool>,
    tidings: mpsc::Sender<Tidings>,
}

impl Generation {
    /// Starts a thread that makes a site and serves it; gives the switch that tells it to stop making.
    pub(super) fn start(
        number: Number,
        tidings: mpsc::Sender<Tidings>,
        make: impl FnOnce(&Self) -> Result<()> + Send + 'static,
    ) -> Arc<AtomicBool> {
        let superseded = Arc::new(AtomicBool::new(false));
        let generation = Self { number, superseded: Arc::clone(&superseded), tidings };
        thread::spawn(move || {
            let made = catch_unwind(AssertUnwindSafe(|| make(&generation)));
            let made = made.unwrap_or_else(|_| Err(Error::Usage(BUG.to_owned())));
            // Without a session there is nobody to tell.
            let _ = generation.tidings.send(Tidings::Ended { number, made });
        });
        superseded
    }

    /// Whether the files have changed since: whoever is making the site may stop. Ask between the stages.
    pub fn is_superseded(&self) -> bool {
        self.superseded.load(Ordering::Relaxed)
    }

    /// Shows the site and answers for it until a newer one has taken over; `words` are what to tell of it.
    pub fn serve(&self, site: &dyn Site, words: String) {
        let (questions, asked) = mpsc::channel();
        let _ = self.tidings.send(Tidings::Ready { number: self.number, questions, words });
        let asked = Mutex::new(asked);
        thread::scope(|scope| {
            for _ in 0..ANSWERING {
                scope.spawn(|| self.answer(site, &asked));
            }
        });
    }

    fn answer(&self, site: &dyn Site, asked: &Mutex<mpsc::Receiver<Question>>) {
        loop {
            let question = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Question { path, reply }) = question else { return };
            let answer = catch_unwind(AssertUnwindSafe(|| Answer::of(site, &path)));
            let answer = answer.unwrap_or_else(|_| Answer::Failed(BUG.to_owned()));
            if let Answer::Failed(reason) = &answer {
                let _ = self.tidings.send(Tidings::PageFailed(format!("{path}: {reason}")));
            }
            // Who asked may be gone.
            let _ = reply.send(answer);
        }
    }
}

/// What is said where the program has panicked; the panic itself is on the terminal.
const BUG: &str = "this is a bug of metrics-dictionary, described on the terminal; please report it";
