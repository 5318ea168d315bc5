//! The files that a project's schema may consist of: those beside it, and those below the configuration's folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Retrieve, Uri};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::source::read_to_string;

/// One file of a schema.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    pub(super) content: Value,
}

/// The files read so far, by the address they were asked for.
pub(super) type Documents = BTreeMap<String, Document>;

/// Answers `$ref` from the disk, and never from anywhere else.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    /// The folder of the schema, and that of the configuration.
    allowed: [PathBuf; 2],
    /// The folder part of the schema's own `$id`: references that it makes absolute stand for files beside it.
    identity: Option<String>,
    read: Arc<Mutex<Documents>>,
    /// Every path that a reference has led to, whether or not it could be read.
    asked: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Folder {
    /// Reads a schema; gives its address and content with the folder that answers its references.
    pub(super) fn open(path: &Path, configuration: &Path) -> Result<(Self, String, Value)> {
        let content = read(path)?;
        let uri = file_uri(path);
        let beside = path.parent().unwrap_or(path).to_path_buf();
        let id = content.get("$id").and_then(Value::as_str);
        let identity = id.and_then(|id| id.rsplit_once('/')).map(|(folder, _)| format!("{folder}/"));
        let folder = Self {
            allowed: [beside, configuration.to_path_buf()],
            identity,
            read: Arc::default(),
            asked: Arc::default(),
        };
        for address in [Some(uri.as_str()), id].into_iter().flatten() {
            folder.remember(address, path, &content);
        }
        Ok((folder, uri, content))
    }

    /// What was read, by address.
    pub(super) fn documents(&self) -> Documents {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The paths that references have led to.
    pub(super) fn asked(&self) -> BTreeSet<PathBuf> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The file that an address stands for, if it is one that may be read.
    pub(super) fn path(&self, uri: &Uri<String>) -> Result<PathBuf, String> {
        let written = uri.path().decode().to_string_lossy().into_owned();
        let path = if uri.scheme().as_str() == "file" {
            // On Windows the path of `file:///C:/x` is `/C:/x`.
            let drive = written.as_bytes().get(2) == Some(&b':');
            PathBuf::from(if drive { &written[1..] } else { &written })
        } else {
            let own = self.identity.as_deref().and_then(|identity| uri.as_str().strip_prefix(identity));
            let own = own
                .filter(|rest| !rest.is_empty())
                .ok_or("nothing is fetched: name a file by its relative path")?;
            self.allowed[0].join(own)
        };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        let real =
            path.canonicalize().map_err(|error| format!("could not read `{}`: {error}", path.display()))?;
        let inside = self
            .allowed
            .iter()
            .any(|folder| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)));
        if !inside {
            return Err(format!(
                "`{}` lies neither beside the schema nor below the folder of the configuration",
                path.display()
            ));
        }
        Ok(path)
    }

    fn remember(&self, uri: &str, path: &Path, content: &Value) {
        let document = Document { path: path.to_path_buf(), content: content.clone() };
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(uri.to_owned(), document);
    }
}

impl Retrieve for Folder {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let path = self.path(uri)?;
        let content = read(&path).map_err(|error| error.to_string())?;
        self.remember(uri.as_str(), &path, &content);
        Ok(content)
    }
}

/// Reads a file as JSON.
fn read(path: &Path) -> Result<Value> {
    // A pipe in the place of a schema would keep us waiting for ever.
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(Error::Invalid {
            path: path.to_path_buf(),
            line: None,
            message: "is not a file".to_owned(),
        });
    }
    serde_json::from_str(&read_to_string(path)?).map_err(|error| Error::Invalid {
        path: path.to_path_buf(),
        line: Some(error.line()),
        message: format!("not JSON: {error}"),
    })
}

/// The address of a file, with everything but unreserved characters (RFC 3986) and `/` as `%XX`.
fn file_uri(path: &Path) -> String {
    let written = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if written.starts_with('/') { "file://" } else { "file:///" });
    for byte in written.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
