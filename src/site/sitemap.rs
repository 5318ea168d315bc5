//! `sitemap.xml`, for sites that know their address (<https://www.sitemaps.org/protocol.html>).

use super::page::Pages;
use super::theme::escape_html;
use super::{File, tables};

/// Addresses of one file; the protocol allows no more.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Lists every page; an index of several lists where there are more than one may hold. Nothing without a base URL.
pub(super) fn render(pages: &Pages<'_>, files: &[File]) -> Vec<File> {
    let hidden = ["404.html", tables::MOVED];
    let listed =
        files.iter().filter(|file| file.path.ends_with(".html") && !hidden.contains(&file.path.as_str()));
    let addresses: Vec<String> = listed.filter_map(|file| pages.address(&file.path)).collect();
    if addresses.is_empty() {
        return Vec::new();
    }
    if addresses.len() <= MOST {
        return vec![File::text("sitemap.xml", list("urlset", "url", &addresses))];
    }
    let parts = addresses.chunks(MOST).enumerate();
    let mut files: Vec<File> = parts
        .map(|(index, part)| File::text(format!("sitemap-{}.xml", index + 1), list("urlset", "url", part)))
        .collect();
    let parts: Vec<String> = files.iter().filter_map(|file| pages.address(&file.path)).collect();
    files.push(File::text("sitemap.xml", list("sitemapindex", "sitemap", &parts)));
    files
}

fn list(root: &str, element: &str, addresses: &[String]) -> String {
    let entries: String = addresses
        .iter()
        .map(|address| format!("<{element}><loc>{}</loc></{element}>\n", escape_html(address)))
        .collect();
    format!("{HEAD}<{root} {NAMESPACE}>\n{entries}</{root}>\n")
}
