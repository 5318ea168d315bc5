//! Fields as people write them.

/// The text of one definition, as far as it is written.
pub(crate) struct Fields(String);

impl Fields {
    pub(crate) fn new() -> Self {
        Self("---\n".to_owned())
    }

    /// A value on the line of its key.
    pub(crate) fn value(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.0 += &format!("{key}: {value}\n");
        self
    }

    /// A version, in quotes.
    pub(crate) fn version(self, key: &str, (major, minor): (usize, usize)) -> Self {
        self.value(key, format_args!("\"{major}.{minor}\""))
    }

    /// A list with an item on each line; nothing without items.
    pub(crate) fn list(mut self, key: &str, items: &[&str]) -> Self {
        if !items.is_empty() {
            self.0 += &format!("{key}:\n");
            for item in items {
                self.0 += &format!("- {item}\n");
            }
        }
        self
    }

    /// A text over one or two lines.
    pub(crate) fn description(mut self, first: &str, second: Option<&str>) -> Self {
        self.0 += &match second {
            Some(second) => format!("description: >-\n  {first}.\n  {second}\n"),
            None => format!("description: {first}\n"),
        };
        self
    }

    /// Lines as they are.
    pub(crate) fn lines(mut self, lines: &str) -> Self {
        self.0 += lines;
        self
    }

    pub(crate) fn text(self) -> String {
        self.0
    }
}
