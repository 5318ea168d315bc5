//! Texts that stand in several files. Each is made once, and let go once all of them have it.

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;

/// Numbered texts, as far as they are needed again.
pub(super) struct Shared {
    /// In how many files most of them stand.
    files: u8,
    made: Vec<Mutex<Text>>,
}

#[derive(Default)]
struct Text {
    bytes: Option<Arc<[u8]>>,
    /// How often it was asked for.
    asked: u8,
}

impl Shared {
    /// So many texts, of which most stand in so many files.
    pub(super) fn new(texts: usize, files: u8) -> Self {
        Self { files, made: std::iter::repeat_with(Default::default).take(texts).collect() }
    }

    /// A text; `make` adds it to what is empty, unless it is at hand.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn get(
        &self,
        number: usize,
        make: impl FnOnce(&mut Vec<u8>) -> Result<()>,
    ) -> Result<Arc<[u8]>> {
        let mut text = self.made[number].lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = match text.bytes.take() {
            Some(bytes) => bytes,
            None => {
                let mut bytes = Vec::new();
                make(&mut bytes)?;
                bytes.into()
            }
        };
        text.asked = text.asked.saturating_add(1);
        if text.asked < self.files {
            text.bytes = Some(Arc::clone(&bytes));
        }
        Ok(bytes)
    }
}
