//! What many pages have in common, made once: the navigation, by the entry that a page belongs to, and the footer.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use tera::{Context, Value};

use super::theme::Theme;
use crate::error::Result;

/// The fragments that were made already.
#[derive(Default)]
pub(super) struct Fragments {
    made: RwLock<HashMap<(String, String), Fragment>>,
}

/// The fragments of a page.
#[derive(Clone)]
pub(super) struct Fragment {
    /// See `navigation.html`.
    pub(super) navigation: Value,
    /// See `footer.html`.
    pub(super) footer: Value,
}

impl Fragments {
    /// The fragments of the pages of an entry of the navigation, `root` below the site's root.
    ///
    /// # Errors
    /// When a template fails.
    pub(super) fn of(&self, section: &str, root: &str, site: &Value, theme: &Theme) -> Result<Fragment> {
        let key = (section.to_owned(), root.to_owned());
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(made) = made {
            return Ok(made);
        }
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert("section", section);
        context.insert("root", root);
        let made = Fragment {
            navigation: Value::safe_string(&theme.render("navigation.html", &context)?),
            footer: Value::safe_string(&theme.render("footer.html", &context)?),
        };
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        Ok(made)
    }
}
