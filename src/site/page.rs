//! What all pages have in common: title, description, place, navigation; and what they are made of.

use serde::Serialize;
use tera::{Context, Value};

use super::Input;
use super::digests::Digests;
use super::fragments::Fragments;
use super::lists::Lists;
use super::rows::{Row, Rows, Tables};
use super::shared::Shared;
use super::sheet::Sheet;
use super::snippets::Snippets;
use super::theme::Theme;
use super::view::Repeated;
use crate::dictionary::{Facet, Owner};
use crate::digest::{Digest, digest_of};
use crate::error::Result;

/// The file that hosts serve for what is not there.
pub(super) const NOT_FOUND: &str = "404.html";

/// Renders pages with one theme over one input.
pub struct Pages<'i> {
    pub(super) input: &'i Input<'i>,
    /// The values of all facets.
    pub(super) lists: Lists<'i>,
    /// What many item pages have in common.
    pub(super) repeated: Repeated,
    /// The configured snippets, compiled.
    pub(super) snippets: Snippets<'i>,
    rows: Rows,
    pub(super) digests: Digests,
    /// The objects of items, for `index.json`, `export/dictionary.json` and `export/dictionary.ndjson`.
    pub(super) objects: Shared,
    /// The rows of items, for `export/dictionary.csv` and the `all.csv` of a data category.
    pub(super) csv_rows: Shared,
    fragments: Fragments,
    pub(super) theme: &'i Theme,
    site: Value,
    /// Says what all pages are made of: the theme, the site's title, this program.
    common: Digest,
}

/// One page, before its body.
#[derive(Debug, Default, Clone)]
pub(super) struct Page<'p> {
    /// The file below the site's root.
    pub(super) path: String,
    /// What the page is called; the site's title is added to it.
    pub(super) title: String,
    /// For search engines and previews.
    pub(super) description: String,
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'p str,
    /// The pages above it, the topmost first.
    pub(super) crumbs: Vec<Link>,
}

/// A text that leads to another page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Link {
    pub(super) text: String,
    /// The page's file below the site's root.
    pub(super) url: String,
}

impl Link {
    pub(super) fn new(text: impl Into<String>, folder: impl AsRef<str>) -> Self {
        Self { text: text.into(), url: format!("{}index.html", folder.as_ref()) }
    }

    /// A link to the page of a group.
    pub(super) fn to_owner(owner: &Owner<'_>) -> Self {
        Self::to_value(Facet::Group, &owner.key, owner.name())
    }

    /// A link to a value's page.
    pub(super) fn to_value(facet: Facet, key: &str, text: &str) -> Self {
        Self::new(text, facet.url(key))
    }
}

/// What every template knows as `site`.
#[derive(Serialize)]
struct SiteContext<'s> {
    title: &'s str,
    guide: bool,
    lists: Vec<Link>,
    version: &'static str,
}

/// What every template knows as `page`.
#[derive(Serialize)]
struct PageContext<'p> {
    title: &'p str,
    full_title: String,
    description: &'p str,
    section: &'p str,
    crumbs: &'p [Link],
    /// The way up to the site's root: empty, `../`, `../../`.
    root: String,
    canonical: Option<String>,
}

impl<'i> Pages<'i> {
    /// Makes what all pages have in common.
    ///
    /// # Errors
    /// When a snippet's template is malformed.
    pub fn new(input: &'i Input<'i>, theme: &'i Theme) -> Result<Self> {
        let site = SiteContext {
            title: &input.site.title,
            guide: !input.content.chapters.is_empty(),
            lists: Facet::ALL.map(|facet| Link::new(facet.title(), format!("{}/", facet.folder()))).into(),
            version: env!("CARGO_PKG_VERSION"),
        };
        let common = serde_json::to_vec(&(&site, theme.digest().0)).map_err(std::io::Error::from)?;
        let common = digest_of(&common);
        let items = input.dictionary.items.len();
        let of_items =
            || (Digests::new(input, common), Rows::new(items), Shared::new(items, 3), Shared::new(items, 2));
        let (lists, (digests, rows, objects, csv_rows)) =
            rayon::join(|| Lists::new(input.dictionary), of_items);
        Ok(Self {
            common,
            digests: digests?,
            repeated: Repeated::new(input, &lists),
            lists,
            snippets: Snippets::compile(input.snippets)?,
            rows,
            objects,
            csv_rows,
            fragments: Fragments::default(),
            input,
            theme,
            site: Value::from_serializable(&site),
        })
    }

    /// Renders one page; the template knows `site`, `page`, `body`, and what `navigation.html` and `footer.html` gave.
    pub(super) fn render(
        &self,
        sheet: &mut Sheet,
        template: &str,
        page: &Page<'_>,
        body: &impl Serialize,
    ) -> Result<()> {
        self.render_with(sheet, template, page, body, &Tables::default())
    }

    /// As [`Pages::render`], a page with rows of items on it.
    pub(super) fn render_with(
        &self,
        sheet: &mut Sheet,
        template: &str,
        page: &Page<'_>,
        body: &impl Serialize,
        tables: &Tables<'_>,
    ) -> Result<()> {
        let head = self.head(page, way_up(&page.path));
        sheet.make(
            |made_of| {
                made_of.add_digest(self.common);
                made_of.add(&(template, &head, body))?;
                self.add_rows(tables.items(), made_of)
            },
            |out, scratch| self.fill_in(template, &head, body, tables, (out, scratch)),
        )
    }

    /// As [`Pages::render_with`], a page that is composed only if what it is made of has changed. `digest` says what that
    /// is, what all pages have in common included.
    pub(super) fn render_of<'b, B: Serialize>(
        &self,
        sheet: &mut Sheet,
        template: &str,
        digest: impl FnOnce() -> Result<Digest>,
        compose: impl FnOnce() -> Result<(Page<'b>, B, Tables<'b>)>,
    ) -> Result<()> {
        let make = |out: &mut Vec<u8>, scratch: &mut Vec<u8>| {
            let (page, body, tables) = compose()?;
            let head = self.head(&page, way_up(&page.path));
            self.fill_in(template, &head, &body, &tables, (out, scratch))
        };
        sheet.make_of(|_| digest(), make)
    }

    /// The bytes of a page that is made at once.
    pub(super) fn page(&self, template: &str, page: &Page<'_>, body: &impl Serialize) -> Result<Vec<u8>> {
        let (mut out, mut scratch) = (Vec::new(), Vec::new());
        let head = self.head(page, way_up(&page.path));
        self.fill_in(template, &head, body, &Tables::default(), (&mut out, &mut scratch))?;
        Ok(out)
    }

    /// See `row.html`.
    fn row(&self, item: usize) -> Result<String> {
        let mut context = Context::new();
        context.insert_value("root", Rows::root());
        context.insert("row", &Row::new(&self.input.dictionary.items[item]));
        self.theme.render("row.html", &context)
    }

    /// `404.html` is served for any address, so it alone uses absolute paths.
    pub(super) fn not_found(&self, sheet: &mut Sheet) -> Result<()> {
        let base_path = self.input.site.base_url.as_deref().and_then(|url| {
            let (_, after_scheme) = url.split_once("://")?;
            after_scheme.find('/').map(|slash| after_scheme[slash..].trim_end_matches('/').to_owned())
        });
        let page = Page {
            path: NOT_FOUND.to_owned(),
            title: "Page not found".to_owned(),
            description: "There is no page at this address.".to_owned(),
            ..Page::default()
        };
        let head = self.head(&page, format!("{}/", base_path.unwrap_or_default()));
        sheet.make(
            |made_of| {
                made_of.add_digest(self.common);
                made_of.add(&head)
            },
            |out, scratch| self.fill_in(NOT_FOUND, &head, &(), &Tables::default(), (out, scratch)),
        )
    }

    /// The whole address of a file, where a base URL is configured; a folder's own page has the folder's address.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        let base = self.input.site.base_url.as_deref()?.trim_end_matches('/');
        let folder = path.strip_suffix("index.html").unwrap_or(path);
        Some(format!("{base}/{folder}"))
    }

    /// Everything about a page but its body. `root` is the way up to the site's root.
    fn head<'p>(&self, page: &'p Page<'_>, root: String) -> PageContext<'p> {
        let site_title = &self.input.site.title;
        PageContext {
            title: &page.title,
            full_title: if page.title == *site_title {
                page.title.clone()
            } else {
                format!("{} · {site_title}", page.title)
            },
            description: &page.description,
            section: page.section,
            crumbs: &page.crumbs,
            root,
            canonical: self.address(&page.path).filter(|_| page.path != NOT_FOUND),
        }
    }

    fn fill_in(
        &self,
        template: &str,
        head: &PageContext<'_>,
        body: &impl Serialize,
        tables: &Tables<'_>,
        (out, scratch): (&mut Vec<u8>, &mut Vec<u8>),
    ) -> Result<()> {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        let fragments = self.fragments.of(head.section, &head.root, &self.site, self.theme)?;
        context.insert_value("navigation", fragments.navigation);
        context.insert_value("footer", fragments.footer);
        context.insert("page", head);
        context.insert("body", body);
        if tables.items().next().is_none() {
            return self.theme.render_to(template, &context, out);
        }
        scratch.clear();
        self.theme.render_to(template, &context, scratch)?;
        self.rows.fill_in(scratch, tables, &head.root, out, |item| self.row(item))
    }
}

/// The way from a page to the site's root: empty, `../`, `../../`.
pub(super) fn way_up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
