//! A planned site, of which each file is made when it is asked for.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use hyper::body::Bytes;
use rayon::prelude::*;

use super::generation::Site;
use crate::error::{Error, Result};
use crate::site::{File, Making, Planned};

/// The files of a site that are made one by one, and its folders that are made as one and then kept.
pub struct Pages<'s, 'p> {
    /// Sorted by path.
    planned: &'s [Planned<'p>],
    folders: Vec<(&'s Planned<'p>, OnceLock<Made>)>,
}

/// The files of a folder by their path, or why they could not be made.
type Made = Result<HashMap<String, Bytes>, String>;

impl<'s, 'p> Pages<'s, 'p> {
    /// Takes the plan of a site, sorted by path.
    pub fn new(planned: &'s [Planned<'p>]) -> Self {
        let folders = planned.iter().filter(|planned| matches!(planned.making(), Making::Folder(..)));
        Self { planned, folders: folders.map(|folder| (folder, OnceLock::new())).collect() }
    }

    /// Makes a page of each kind, of which some templates may make none.
    ///
    /// # Errors
    /// When a template asks for what a page has not.
    pub fn try_out(&self) -> Result<()> {
        let mut kinds = BTreeMap::new();
        for planned in self.planned {
            let (folder, file) = planned.path.rsplit_once('/').unwrap_or(("", &planned.path));
            // The list that is whole on one page may take long, and has the rows of the others.
            if file.ends_with(".html") && file != "all.html" {
                let file = if file.starts_with("page-") { "page" } else { file };
                let list = folder.split('/').next();
                kinds.entry((list, folder.matches('/').count(), file)).or_insert(planned);
            }
        }
        let kinds: Vec<&Planned<'_>> = kinds.into_values().collect();
        kinds.into_par_iter().try_for_each(|planned| planned.files().map(drop))
    }
}

impl Site for Pages<'_, '_> {
    fn file(&self, path: &str) -> Result<Option<Bytes>> {
        if let Ok(index) = self.planned.binary_search_by(|planned| planned.path.as_str().cmp(path)) {
            let file = self.planned[index].files()?.into_iter().find(|file| file.path == path);
            return Ok(file.map(|file| file.content.into()));
        }
        let Some((folder, made)) = self.folders.iter().find(|(folder, _)| path.starts_with(&folder.path))
        else {
            return Ok(None);
        };
        let made = made.get_or_init(|| {
            let files = folder.files().map_err(|error| error.to_string())?;
            Ok(files.into_iter().map(|File { path, content }| (path, content.into())).collect())
        });
        match made {
            Ok(files) => Ok(files.get(path).cloned()),
            Err(reason) => Err(Error::Usage(reason.clone())),
        }
    }
}
