//! What is served now: whom to ask for pages, and what could not be built since. The session sets it, requests read it.

use std::sync::mpsc;

use tokio::sync::{oneshot, watch};

use super::answer::Answer;

/// A request's path, and where the answer is waited for.
pub(super) struct Question {
    pub(super) path: String,
    pub(super) reply: oneshot::Sender<Answer>,
}

/// What is served now.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Another one with each change of the state, also from one start of the program to the next.
    pub(super) version: Version,
    /// The version with which the site came.
    pub(super) site: Version,
    /// Why the files as they are now cannot be built.
    pub(super) failure: Option<String>,
    /// Leads to the generation that answers.
    questions: mpsc::Sender<Question>,
}

impl State {
    /// Asks the generation that is served; it goes on answering until the last who may ask it is gone.
    pub(super) async fn ask(&self, path: &str) -> Answer {
        let (reply, answer) = oneshot::channel();
        // Where the question cannot be sent, nor can the answer come.
        let _ = self.questions.send(Question { path: path.to_owned(), reply });
        let answer = answer.await;
        answer.unwrap_or_else(|_| Answer::Failed("the page could not be made: this is a bug".to_owned()))
    }
}

/// Tells states apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    /// When the program was started.
    start: u128,
    number: u64,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}-{}", self.start, self.number)
    }
}

/// The state as the session sets it.
pub(super) struct Current(watch::Sender<State>);

impl Current {
    /// Begins with a first site.
    pub(super) fn new(questions: mpsc::Sender<Question>) -> Self {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        let version = Version { start: since.as_nanos(), number: 0 };
        Self(watch::Sender::new(State { version, site: version, failure: None, questions }))
    }

    /// For those who read it.
    pub(super) fn reader(&self) -> watch::Receiver<State> {
        self.0.subscribe()
    }

    /// A new site, in which everything is mended.
    pub(super) fn serve(&self, questions: mpsc::Sender<Question>) {
        self.0.send_modify(|state| {
            state.version.number += 1;
            state.site = state.version;
            state.failure = None;
            state.questions = questions;
        });
    }

    /// The site stays, with what keeps a newer one from being built.
    pub(super) fn fail(&self, reason: String) {
        self.0.send_modify(|state| {
            state.version.number += 1;
            state.failure = Some(reason);
        });
    }
}
