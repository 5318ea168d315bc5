//! `sitemap.xml`, for sites that know their address (<https://www.sitemaps.org/protocol.html>).

use super::escape::escape;
use super::page::{NOT_FOUND, Pages};
use super::plan::Planned;
use super::tables;

/// Where search engines look.
const FIRST: &str = "sitemap.xml";

/// Addresses of one file; the protocol allows no more.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Lists every page; an index of several lists where there are more than one may hold. Nothing without a base URL.
pub(super) fn plan<'p>(pages: &'p Pages<'_>, planned: &[Planned<'_>]) -> Vec<Planned<'p>> {
    if pages.input.site.base_url.is_none() {
        return Vec::new();
    }
    let hidden = [NOT_FOUND, tables::MOVED];
    let listed = planned
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| path.ends_with(".html") && !hidden.contains(path));
    let addresses: Vec<String> = listed.filter_map(|path| pages.address(path)).collect();
    let planned = |path: String, root, element, addresses: Vec<String>| {
        Planned::new(path, move |sheet| sheet.print(list(root, element, &addresses).as_bytes()))
    };
    if addresses.len() <= MOST {
        return vec![planned(FIRST.to_owned(), "urlset", "url", addresses)];
    }
    let parts = addresses.chunks(MOST).enumerate();
    let mut lists: Vec<Planned<'_>> = parts
        .map(|(index, part)| planned(format!("sitemap-{}.xml", index + 1), "urlset", "url", part.to_vec()))
        .collect();
    let parts = lists.iter().filter_map(|file| pages.address(&file.path)).collect();
    lists.push(planned(FIRST.to_owned(), "sitemapindex", "sitemap", parts));
    lists
}

fn list(root: &str, element: &str, addresses: &[String]) -> String {
    let entries: String = addresses
        .iter()
        .map(|address| format!("<{element}><loc>{}</loc></{element}>\n", escape(address)))
        .collect();
    format!("{HEAD}<{root} {NAMESPACE}>\n{entries}</{root}>\n")
}
