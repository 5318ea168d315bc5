//! The guide: the content pages.

use serde::Serialize;
use tera::Value;

use super::ContentPage;
use super::page::{Page, Pages};
use super::plan::Planned;
use super::sheet::Sheet;
use crate::error::Result;

#[derive(Serialize)]
struct Body<'d> {
    title: &'d str,
    content: Value,
    chapters: Vec<Chapter<'d>>,
}

#[derive(Serialize)]
struct Chapter<'d> {
    title: &'d str,
    description: &'d str,
    url: String,
    current: bool,
}

/// The guide's first page, where no chapter is it.
const FRONT: &str = "guide/index.html";

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let content = &pages.input.content.chapters;
    let chapter =
        |current: &'p ContentPage| Planned::new(path(current), |sheet| render_chapter(pages, sheet, current));
    let mut planned: Vec<Planned<'_>> = content.iter().map(chapter).collect();
    // The navigation leads to the guide's first page; without an `index.md` that is a list of chapters.
    if !content.is_empty() && content.iter().all(|page| page.folder != "guide/") {
        planned.push(Planned::new(FRONT, |sheet| render_front(pages, sheet)));
    }
    planned
}

fn path(page: &ContentPage) -> String {
    format!("{}index.html", page.folder)
}

fn render_chapter(pages: &Pages<'_>, sheet: &mut Sheet, current: &ContentPage) -> Result<()> {
    let content = &pages.input.content.chapters;
    let head = Page {
        path: path(current),
        title: format!("{} · Guide", current.title),
        description: current.description.clone(),
        section: "guide",
        crumbs: Vec::new(),
    };
    let html = Value::safe_string(&current.html(pages.input.content, &pages.lists));
    let body = Body { title: &current.title, content: html, chapters: chapters(content, Some(current)) };
    pages.render(sheet, "guide.html", &head, &body)
}

fn render_front(pages: &Pages<'_>, sheet: &mut Sheet) -> Result<()> {
    let head = Page {
        path: FRONT.to_owned(),
        title: "Guide".to_owned(),
        description: "How to read and use this dictionary.".to_owned(),
        section: "guide",
        crumbs: Vec::new(),
    };
    let chapters = chapters(&pages.input.content.chapters, None);
    pages.render(
        sheet,
        "guide.html",
        &head,
        &Body { title: "Guide", content: Value::safe_string(""), chapters },
    )
}

fn chapters<'d>(content: &'d [ContentPage], current: Option<&ContentPage>) -> Vec<Chapter<'d>> {
    let chapter = |page: &'d ContentPage| Chapter {
        title: &page.title,
        description: &page.description,
        url: path(page),
        current: current.is_some_and(|current| current.stem == page.stem),
    };
    content.iter().map(chapter).collect()
}
