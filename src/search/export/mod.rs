//! The index as static JSON, in the format of `docs/search.md`, section 2.

mod alphabet;
mod postings;
mod rows;

use rayon::prelude::*;
use serde::Serialize;

pub use rows::ResultRows;

use super::Search;
use super::document::FIELDS;
use super::facets::Column;
use super::terms::Term;
use crate::digest::in_address;
use crate::error::Result;
use crate::site::File;
use alphabet::{fixed, variable, width};

/// The folder of the index below the site's root.
const FOLDER: &str = "lookup";
/// The version of the format.
const VERSION: u32 = 2;
/// The size of a part of the dictionary of terms, in bytes.
const PART_BYTES: usize = 16 * 1024;
/// Up to this size together, the parts stand in the core: one request less.
const INLINE_BYTES: usize = 64 * 1024;
/// Facets with more values keep them in a file of their own.
const MOST_VALUES: usize = 200;

#[derive(Serialize)]
struct Core<'s> {
    version: u32,
    folders: Folders,
    documents: usize,
    live: usize,
    fields: Vec<FieldCore>,
    idf: Vec<(u32, f32)>,
    shards: String,
    words: Words,
    rows: RowsCore<'s>,
    facets: Vec<FacetCore<'s>>,
    sizes: Sizes,
}

/// Where files lie: each family by itself, so that what did not change keeps its address.
#[derive(Serialize)]
struct Folders {
    words: String,
    facets: String,
}

/// How rows are cut, and where they lie.
#[derive(Serialize)]
struct RowsCore<'s> {
    documents: usize,
    files: usize,
    folders: &'s [String],
}

#[derive(Serialize)]
struct FieldCore {
    name: &'static str,
    boost: f32,
    tokens: u64,
    width: usize,
    norms: String,
}

/// The dictionary of terms.
#[derive(Serialize)]
struct Words {
    first: String,
    parts: Option<Vec<Part>>,
}

#[derive(Serialize, Default)]
struct Part {
    #[serde(rename = "t")]
    terms: String,
    #[serde(rename = "n")]
    frequencies: String,
}

#[derive(Serialize)]
struct FacetCore<'s> {
    name: &'s str,
    aliases: &'s [String],
    noun: &'s str,
    ordered: bool,
    #[serde(flatten)]
    values: Option<Values<'s>>,
}

#[derive(Serialize)]
struct Values<'s> {
    values: &'s [(String, String)],
    counts: Vec<u32>,
}

#[derive(Serialize)]
struct FacetFile<'s> {
    sets: &'s [Vec<u32>],
    width: usize,
    codes: String,
    #[serde(flatten)]
    values: Option<Values<'s>>,
}

/// Bytes of the families that pages may load ahead.
#[derive(Serialize, Default)]
struct Sizes {
    t: usize,
    w: usize,
}

/// A file of the index, before it has its place.
struct Piece {
    /// Below the index's folder, without an extension.
    name: String,
    json: String,
}

impl Piece {
    fn new(name: String, value: &impl Serialize) -> Result<Self> {
        Ok(Self { name, json: serde_json::to_string(value).map_err(std::io::Error::from)? })
    }

    /// As JSON, and as a script for pages that are opened from a disk.
    fn files(self, folder: &str) -> [File; 2] {
        let script = script(&self.name, self.json.as_bytes());
        let path = |extension: &str| format!("{folder}/{}.{extension}", self.name);
        [File::text(path("json"), self.json), File { path: path("js"), content: script }]
    }
}

/// A value as a script, for pages that are opened from a disk.
pub fn script(name: &str, json: &[u8]) -> Vec<u8> {
    [b"lookup(\"", name.as_bytes(), b"\",", json, b");\n"].concat()
}

/// Writes the whole index, but for the rows.
///
/// # Errors
/// When tantivy fails.
pub(super) fn export(search: &Search<'_>, rows: &ResultRows<'_>) -> Result<Vec<File>> {
    let shards = postings::shards(&search.index)?;
    let parts = parts(search.terms.all());
    let first = parts.iter().map(|part| part.terms.split(' ').next().unwrap_or_default());
    let first = first.collect::<Vec<_>>().join(" ");
    let inline = parts.iter().map(|part| part.terms.len()).sum::<usize>() <= INLINE_BYTES;

    let mut sizes = Sizes::default();
    let mut words = family("t", &shards.postings)?;
    sizes.t = bytes(&words);
    words.extend(family("p", &shards.positions)?);
    if !inline {
        let parts = family("w", &parts)?;
        sizes.w = bytes(&parts);
        words.extend(parts);
    }
    let facet = |column: &Column| Piece::new(format!("f/{}", column.name), &facet_file(column));
    let facets = search.columns.iter().map(facet).collect::<Result<Vec<_>>>()?;
    let core = Core {
        version: VERSION,
        folders: Folders { words: folder(&words), facets: folder(&facets) },
        documents: search.documents.count(),
        live: search.documents.live,
        fields: fields(search)?,
        idf: shards.frequencies.iter().map(|&it| (it, idf(it, search.documents.count()))).collect(),
        shards: shards.first.join(" "),
        words: Words { first, parts: inline.then_some(parts) },
        rows: RowsCore { documents: rows::DOCUMENTS, files: rows::FILES, folders: &rows.folders },
        facets: search.columns.iter().map(facet_core).collect(),
        sizes,
    };
    let mut files: Vec<File> = Piece::new("core".to_owned(), &core)?.files(FOLDER).into();
    for (folder, pieces) in [(core.folders.words, words), (core.folders.facets, facets)] {
        let folder = format!("{FOLDER}/{folder}");
        files.extend(pieces.into_iter().flat_map(|piece| piece.files(&folder)));
    }
    Ok(files)
}

/// Numbered files of one kind.
fn family(name: &str, values: &[impl Serialize + Sync]) -> Result<Vec<Piece>> {
    let piece = |(index, value)| Piece::new(format!("{name}/{index}"), value);
    values.par_iter().enumerate().map(piece).collect()
}

fn bytes(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.json.len()).sum()
}

/// A name for everything in the pieces.
fn folder(pieces: &[Piece]) -> String {
    hash(pieces.iter().flat_map(|piece| [piece.name.as_bytes(), piece.json.as_bytes()]))
}

/// A name for some bytes.
fn hash<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    in_address(hasher.finalize(), 16)
}

fn parts(terms: &[Term]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for term in terms {
        if parts.last().is_none_or(|part| part.terms.len() + term.text.len() > PART_BYTES) {
            parts.push(Part::default());
        }
        if let Some(part) = parts.last_mut() {
            if !part.terms.is_empty() {
                part.terms.push(' ');
            }
            part.terms.push_str(&term.text);
            variable(term.frequency, &mut part.frequencies);
        }
    }
    parts
}

fn fields(search: &Search<'_>) -> Result<Vec<FieldCore>> {
    let fields = FIELDS.iter().zip(search.index.fields);
    let core = |(field, place): (&super::document::Field, _)| {
        let mut core =
            FieldCore { name: field.name, boost: field.boost, tokens: 0, width: 0, norms: String::new() };
        let Some(segment) = search.index.segment() else { return Ok(core) };
        core.tokens = segment.inverted_index(place)?.total_num_tokens();
        if field.norms {
            let reader = segment.get_fieldnorms_reader(place)?;
            let ids: Vec<u8> = (0..segment.max_doc()).map(|document| reader.fieldnorm_id(document)).collect();
            core.width = width(ids.iter().max().map_or(0, |&most| usize::from(most) + 1));
            ids.iter().for_each(|&id| fixed(u32::from(id), core.width, &mut core.norms));
        }
        Ok(core)
    };
    fields.map(core).collect()
}

/// The formula of tantivy's BM25, which it keeps to itself.
fn idf(frequency: u32, documents: usize) -> f32 {
    let (frequency, documents) = (u64::from(frequency), documents as u64);
    let odds = ((documents - frequency) as f32 + 0.5) / (frequency as f32 + 0.5);
    (1.0 + odds).ln()
}

fn facet_core(column: &Column) -> FacetCore<'_> {
    FacetCore {
        name: &column.name,
        aliases: &column.aliases,
        noun: &column.noun,
        ordered: column.ordered,
        values: (column.values.len() <= MOST_VALUES).then(|| values(column)),
    }
}

fn facet_file(column: &Column) -> FacetFile<'_> {
    // One set for all documents needs no codes.
    let width = if column.sets.len() > 1 { width(column.sets.len()) } else { 0 };
    let mut codes = String::with_capacity(column.of_documents.len() * width);
    column.of_documents.iter().for_each(|&set| fixed(set, width, &mut codes));
    FacetFile {
        sets: &column.sets,
        width,
        codes,
        values: (column.values.len() > MOST_VALUES).then(|| values(column)),
    }
}

fn values(column: &Column) -> Values<'_> {
    Values { values: &column.values, counts: column.counts() }
}
