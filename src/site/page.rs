//! What all pages have in common: title, description, place, navigation.

use serde::Serialize;
use tera::{Context, Value};

use super::theme::Theme;
use super::{File, Input};
use crate::error::Result;

/// Renders pages with one theme over one input.
pub(super) struct Pages<'i> {
    pub(super) input: &'i Input<'i>,
    theme: &'i Theme,
    site: Value,
}

/// One page, before its body.
pub(super) struct Page<'p> {
    /// The file below the site's root.
    pub(super) path: String,
    /// What the page is called; the site's title is added to it.
    pub(super) title: String,
    /// For search engines and previews.
    pub(super) description: String,
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'p str,
}

/// What every template knows as `site`.
#[derive(Serialize)]
struct SiteContext<'s> {
    title: &'s str,
    css: Option<&'s str>,
    js: Option<&'s str>,
    icon: Option<&'s str>,
    guide: bool,
    version: &'static str,
}

/// What every template knows as `page`.
#[derive(Serialize)]
struct PageContext<'p> {
    title: &'p str,
    full_title: String,
    description: &'p str,
    section: &'p str,
    /// The way up to the site's root: empty, `../`, `../../`.
    root: String,
    canonical: Option<String>,
}

impl<'i> Pages<'i> {
    pub(super) fn new(input: &'i Input<'i>, theme: &'i Theme) -> Self {
        let site = SiteContext {
            title: &input.site.title,
            css: theme.asset("site.css"),
            js: theme.asset("site.js"),
            icon: theme.asset("icon.svg"),
            guide: !input.content.is_empty(),
            version: env!("CARGO_PKG_VERSION"),
        };
        Self { input, theme, site: Value::from_serializable(&site) }
    }

    /// Renders one page; the template knows `site`, `page` and `body`.
    pub(super) fn render(&self, template: &str, page: &Page<'_>, body: &impl Serialize) -> Result<File> {
        let root = "../".repeat(page.path.matches('/').count());
        self.render_from(&root, template, page, body)
    }

    /// `404.html` is served for any address, so it alone uses absolute paths.
    pub(super) fn not_found(&self) -> Result<File> {
        let base_path = self.input.site.base_url.as_deref().and_then(|url| {
            let (_, after_scheme) = url.split_once("://")?;
            after_scheme.find('/').map(|slash| after_scheme[slash..].trim_end_matches('/').to_owned())
        });
        let page = Page {
            path: "404.html".to_owned(),
            title: "Page not found".to_owned(),
            description: "There is no page at this address.".to_owned(),
            section: "",
        };
        self.render_from(&format!("{}/", base_path.unwrap_or_default()), "404.html", &page, &())
    }

    fn render_from(
        &self,
        root: &str,
        template: &str,
        page: &Page<'_>,
        body: &impl Serialize,
    ) -> Result<File> {
        let site_title = &self.input.site.title;
        let full_title = if page.title == *site_title {
            page.title.clone()
        } else {
            format!("{} · {site_title}", page.title)
        };
        let canonical = self.input.site.base_url.as_deref().filter(|_| page.path != "404.html").map(|base| {
            let folder = page.path.strip_suffix("index.html").unwrap_or(&page.path);
            format!("{}/{folder}", base.trim_end_matches('/'))
        });
        let head = PageContext {
            title: &page.title,
            full_title,
            description: &page.description,
            section: page.section,
            root: root.to_owned(),
            canonical,
        };
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert("page", &head);
        context.insert("body", body);
        Ok(File::text(page.path.clone(), self.theme.render(template, &context)?))
    }
}
