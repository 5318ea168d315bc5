//! The search index as files. Its rows are made one by one, everything else as one.

use std::sync::Arc;

use super::page::Pages;
use super::plan::{FolderFiles, Planned};
use super::shared::Shared;
use crate::error::Result;
use crate::search::{ResultRows, Search, script};

/// Each file of rows stands in two: as JSON and as a script.
const FILES: u8 = 2;

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Planned<'p> {
    Planned::folder("lookup/", || pages.digest_of_all(), || files(pages))
}

fn files<'p>(pages: &'p Pages<'_>) -> Result<FolderFiles<'p>> {
    let rows = ResultRows::new(pages.input.dictionary, |item| pages.digest_of_row(item))?;
    let as_one = Search::with(pages.input.dictionary, pages.lists.all(), &rows)?.export(&rows)?;
    let shared = Arc::new((Shared::new(rows.count(), FILES), rows));
    let alone = (0..shared.1.count()).flat_map(|file| {
        ["json", "js"].map(|extension| {
            let shared = Arc::clone(&shared);
            let path = format!("{}.{extension}", shared.1.path(file));
            Planned::new(path, move |sheet| {
                let (texts, rows) = &*shared;
                sheet.make(
                    // The path says it all.
                    |_| Ok(()),
                    |out, _| {
                        let json = texts.get(file, |out| rows.json(file, out))?;
                        match extension {
                            "js" => out.extend(script(&rows.name(file), &json)),
                            _ => out.extend_from_slice(&json),
                        }
                        Ok(())
                    },
                )
            })
        })
    });
    Ok(FolderFiles { as_one, alone: alone.collect() })
}
