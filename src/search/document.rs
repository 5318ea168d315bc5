//! What is indexed: a document for each page, live ones before removed ones.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::words::canonical;
use crate::dictionary::{Dictionary, Item, Life};
use crate::source::Kind;
use crate::yaml::{Data, Node};

/// The texts of a document, in the order in which scores add them up.
pub(super) const FIELDS: [Field; 4] = [
    Field { name: "name", boost: 3.0, norms: true, texts: |item| vec![Cow::Borrowed(&item.name)] },
    Field { name: "owner", boost: 1.5, norms: false, texts: owner },
    Field { name: "description", boost: 1.0, norms: true, texts: description },
    Field { name: "code", boost: 0.75, norms: false, texts: code },
];

/// One of the texts.
pub(super) struct Field {
    pub(super) name: &'static str,
    /// How much a word in it is worth.
    pub(super) boost: f32,
    /// Whether a word in a short text is worth more; without it the length costs nothing to ship.
    pub(super) norms: bool,
    pub(super) texts: for<'i> fn(&'i Item<'_>) -> Vec<Cow<'i, str>>,
}

/// The documents of a dictionary in their order; a document's id is its place.
pub(super) struct Documents {
    /// The items of each page: indices into the dictionary's items.
    pages: Vec<Range<usize>>,
    /// How many are live; removed ones follow.
    pub(super) live: usize,
    /// The document of each item of the dictionary.
    of_items: Vec<u32>,
}

impl Documents {
    /// Puts the pages in order: live ones first, by name, metrics before events.
    pub(super) fn of(dictionary: &Dictionary<'_>) -> Self {
        let mut pages: Vec<Range<usize>> = Vec::new();
        for (index, item) in dictionary.items.iter().enumerate() {
            match pages.last_mut() {
                Some(page) if same_page(&dictionary.items[page.start], item) => page.end = index + 1,
                _ => pages.push(index..index + 1),
            }
        }
        let item = |page: &Range<usize>| &dictionary.items[page.start];
        let (mut pages, mut removed): (Vec<_>, Vec<_>) =
            pages.into_iter().partition(|page| item(page).life() != Life::Removed);
        for pages in [&mut pages, &mut removed] {
            // Stable, and quick: metrics stand before events already, each sorted by name.
            pages.sort_by(|a, b| item(a).name.cmp(&item(b).name));
        }
        let live = pages.len();
        pages.append(&mut removed);
        let mut of_items = vec![0; dictionary.items.len()];
        for (document, page) in pages.iter().enumerate() {
            of_items[page.clone()].fill(id(document));
        }
        Self { pages, live, of_items }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.pages.len()
    }

    /// The item that a document shows: the first of its name, an index into the dictionary's items.
    pub(super) fn item(&self, document: u32) -> usize {
        self.pages[document as usize].start
    }

    /// The items that documents show, in the documents' order.
    pub(super) fn items(&self) -> impl ExactSizeIterator<Item = usize> {
        self.pages.iter().map(|page| page.start)
    }

    /// The document of an item.
    pub(super) fn of_item(&self, item: usize) -> u32 {
        self.of_items[item]
    }
}

fn same_page(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.kind == b.kind && a.name == b.name
}

/// A document's place as tantivy counts them.
fn id(place: usize) -> u32 {
    u32::try_from(place).expect("fewer definitions than tantivy can hold")
}

fn owner<'i>(item: &'i Item<'_>) -> Vec<Cow<'i, str>> {
    let Some(owner) = &item.owner else { return Vec::new() };
    let mut texts = vec![Cow::Borrowed(owner.name())];
    if canonical(owner.name()) != canonical(&owner.key) {
        texts.push(Cow::Borrowed(owner.key.as_ref()));
    }
    texts
}

fn description<'i>(item: &'i Item<'_>) -> Vec<Cow<'i, str>> {
    vec![without_addresses(item.description())]
}

/// What stands in the product's code: an event's action, the events of a metric, the class that computes it, its options.
fn code<'i>(item: &'i Item<'_>) -> Vec<Cow<'i, str>> {
    if item.kind == Kind::Event {
        // The name of an older event has its category before it.
        return item.action().filter(|action| *action != item.name).map(Cow::Borrowed).into_iter().collect();
    }
    let mut texts: Vec<&str> = item.uses.iter().map(|used| used.used.name).collect();
    texts.extend(item.text("instrumentation_class"));
    if let Some(options) = item.definition.get("options") {
        leaves(options, &mut texts);
    }
    // Events stand in the options of older definitions as well.
    let mut seen = BTreeSet::new();
    texts.retain(|text| seen.insert(*text));
    texts.into_iter().map(Cow::Borrowed).collect()
}

/// All keys and texts below a node.
fn leaves<'n>(node: &'n Node<'_>, texts: &mut Vec<&'n str>) {
    match &node.data {
        Data::Scalar(_) => texts.extend(node.text()),
        Data::Sequence(items) => items.iter().for_each(|item| leaves(item, texts)),
        Data::Mapping(entries) => {
            for entry in entries {
                texts.push(&entry.key);
                leaves(&entry.value, texts);
            }
        }
    }
}

/// A text without URLs and e-mail addresses: otherwise `https` or `com` would find what has a link.
fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    // What may stand around an address in Markdown ends it.
    for piece in text.split_inclusive(|letter: char| letter.is_whitespace() || "<>()[]\"'`".contains(letter))
    {
        if piece.contains("://") || is_mail_address(piece) {
            kept.push(' ');
        } else {
            kept.push_str(piece);
        }
    }
    Cow::Owned(kept)
}

fn is_mail_address(piece: &str) -> bool {
    piece.split_once('@').is_some_and(|(local, domain)| {
        local.ends_with(|letter: char| letter.is_alphanumeric())
            && domain.trim_end_matches(|letter: char| !letter.is_alphanumeric()).contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::without_addresses;

    #[test]
    fn addresses_are_no_words() {
        let text =
            "See [the docs](https://docs.example.com/a?b=c), mail telemetry@example.com. Or @name, 3 @ 4.5.";
        assert_eq!(without_addresses(text), "See [the docs]( , mail  Or @name, 3 @ 4.5.");
        assert_eq!(without_addresses("plain"), "plain");
    }
}
