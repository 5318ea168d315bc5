//! The guide: the content pages.

use serde::Serialize;
use tera::Value;

use super::page::{Page, Pages};
use super::{ContentPage, File};
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

pub(super) fn render(pages: &Pages<'_>) -> Result<Vec<File>> {
    let content = &pages.input.content.chapters;
    let page = |current: &ContentPage| {
        let head = Page {
            path: format!("{}index.html", current.folder),
            title: format!("{} · Guide", current.title),
            description: current.description.clone(),
            section: "guide",
            crumbs: Vec::new(),
        };
        let html = Value::safe_string(&current.html(pages.input.content, &pages.lists));
        let body = Body { title: &current.title, content: html, chapters: chapters(content, Some(current)) };
        pages.render("guide.html", &head, &body)
    };
    let mut files: Vec<File> = content.iter().map(page).collect::<Result<_>>()?;
    // The navigation leads to the guide's first page; without an `index.md` that is a list of chapters.
    if !content.is_empty() && content.iter().all(|page| page.folder != "guide/") {
        let head = Page {
            path: "guide/index.html".to_owned(),
            title: "Guide".to_owned(),
            description: "How to read and use this dictionary.".to_owned(),
            section: "guide",
            crumbs: Vec::new(),
        };
        let body =
            Body { title: "Guide", content: Value::safe_string(""), chapters: chapters(content, None) };
        files.push(pages.render("guide.html", &head, &body)?);
    }
    Ok(files)
}

fn chapters<'d>(content: &'d [ContentPage], current: Option<&ContentPage>) -> Vec<Chapter<'d>> {
    let chapter = |page: &'d ContentPage| Chapter {
        title: &page.title,
        description: &page.description,
        url: format!("{}index.html", page.folder),
        current: current.is_some_and(|current| current.stem == page.stem),
    };
    content.iter().map(chapter).collect()
}
