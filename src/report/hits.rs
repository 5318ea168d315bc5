//! `search`: hits as text, and as JSON (`schemas/search.schema.json`).

use std::io::Write;

use serde::Serialize;

use super::line::json_line;
use crate::error::Result;
use crate::search::{Answer, Hit, Notice, Search, Tier};
use crate::site::to_line;
use crate::visible::visible_line;
use crate::words::count;

/// The characters of a description that a hit shows.
const LONGEST_DESCRIPTION: usize = 100;

#[derive(Serialize)]
struct AnswerJson<'a> {
    query: &'a str,
    total: usize,
    hits: Vec<HitJson<'a>>,
    notices: &'a [Notice],
}

#[derive(Serialize)]
struct HitJson<'a> {
    kind: &'static str,
    name: &'a str,
    tier: Tier,
    score: f32,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<String>,
}

/// Writes the best hits for people; with a `search` at hand, why each is one.
///
/// # Errors
/// When the writer or tantivy fails.
pub fn hits(
    query: &str,
    answer: &Answer<'_>,
    number: usize,
    explained: Option<&Search<'_>>,
    out: &mut dyn Write,
) -> Result<()> {
    if let Some(search) = explained {
        writeln!(out, "{}: {}", visible_line(query), visible_line(&search.understood(answer)))?;
    }
    for hit in answer.hits.iter().take(number) {
        line(hit, out)?;
        let Some(search) = explained else { continue };
        writeln!(out, "  {} {:.4}", hit.tier.as_str(), hit.score)?;
        for line in search.explain(answer, hit)? {
            writeln!(out, "    {line}")?;
        }
    }
    for notice in &answer.notices {
        let suggestions = notice.suggestions.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>();
        let hint =
            if suggestions.is_empty() { String::new() } else { format!(": {}", suggestions.join(", ")) };
        writeln!(out, "{}", visible_line(&format!("{}{hint}", notice.text)))?;
    }
    let total = answer.hits.len();
    let shown = total.min(number);
    let of = if shown < total { format!("; the first {shown} are shown") } else { String::new() };
    writeln!(out, "{}{of}", if total == 0 { "Nothing found".to_owned() } else { count(total, "hit") })?;
    Ok(())
}

/// `metric counts.issues · Project Management · optional · active` and what it is.
fn line(hit: &Hit<'_>, out: &mut dyn Write) -> Result<()> {
    let item = hit.item;
    let owner = item.owner.as_ref().map_or("no owner", |owner| owner.name());
    let about = [owner, &item.data_categories.join(", "), item.definition.status()].join(" · ");
    writeln!(out, "{} {} · {}", item.kind.as_str(), visible_line(&item.name), visible_line(&about))?;
    let description = to_line(item.description(), LONGEST_DESCRIPTION);
    if !description.is_empty() {
        writeln!(out, "  {}", visible_line(&description))?;
    }
    Ok(())
}

/// Writes the best hits as one object on one line.
///
/// # Errors
/// When the writer or tantivy fails.
pub fn hits_json(
    query: &str,
    answer: &Answer<'_>,
    number: usize,
    explained: Option<&Search<'_>>,
    out: &mut dyn Write,
) -> Result<()> {
    let hits: Result<Vec<HitJson<'_>>> = answer
        .hits
        .iter()
        .take(number)
        .map(|hit| {
            let explanation = explained.map(|search| search.explain(answer, hit)).transpose()?;
            Ok(HitJson {
                kind: hit.item.kind.as_str(),
                name: &hit.item.name,
                tier: hit.tier,
                score: hit.score,
                url: hit.item.url(),
                explanation: explanation.unwrap_or_default(),
            })
        })
        .collect();
    let answer = AnswerJson { query, total: answer.hits.len(), hits: hits?, notices: &answer.notices };
    json_line(&answer, out)?;
    writeln!(out)?;
    Ok(())
}
