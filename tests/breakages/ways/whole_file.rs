//! Files that hold something else than one definition.

use crate::breakages::breakage::{Breakage, FOREIGN};
use crate::breakages::sample::Sample;

/// Files without a definition.
pub(super) fn emptied(sample: &Sample) -> Vec<Breakage> {
    let comments: String = sample.text.lines().map(|line| format!("# {line}\n")).collect();
    let texts = [
        ("an empty file", "⌖".to_owned()),
        ("a file of empty lines", "⌖\n\n  \n".to_owned()),
        ("a file of comments", format!("⌖{comments}")),
        ("a file of dashes", "⌖---\n".to_owned()),
    ];
    texts.into_iter().map(|(way, text)| Breakage::new(way, "yaml/empty", text)).collect()
}

/// Lists, prose and other encodings.
pub(super) fn of_another_shape(sample: &Sample) -> Vec<Breakage> {
    const RULE: &str = "yaml/not-a-mapping";
    let body = sample.text.strip_prefix("---\n").unwrap_or(&sample.text);
    let indented: String = body
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") })
        .collect();
    let comment = indented.starts_with("  #");
    let mut breakages = vec![
        Breakage::new("a list of words", RULE, "---\n⌖- key_path\n- description\n"),
        Breakage::new("a list in brackets", RULE, "⌖[key_path, description]\n"),
        Breakage::new("prose", RULE, "# Notes\n⌖The number of boards\nthat are open\n"),
        Breakage::new("a number", RULE, "⌖42\n"),
    ];
    if !comment {
        let list = format!("---\n⌖- {}", &indented[2..]);
        breakages.push(Breakage::new("a list of one definition", RULE, list));
    }
    breakages.push(Breakage::new("another encoding", "yaml/not-utf8", format!("⌖{FOREIGN}{}", sample.text)));
    breakages
}

/// Files with more than one document.
pub(super) fn doubled(sample: &Sample) -> Vec<Breakage> {
    const RULE: &str = "yaml/multiple-documents";
    let body = sample.text.strip_prefix("---\n").unwrap_or(&sample.text);
    let mut breakages = vec![
        Breakage::new("the definition twice", RULE, sample.with_end(&format!("⌖---\n{body}"))),
        Breakage::new("an empty second document", RULE, sample.with_end("⌖---\n")),
        Breakage::new("a comment behind a second start", RULE, sample.with_end("⌖--- # the end\n")),
    ];
    for field in &sample.fields()[1..] {
        let lines = &sample.text[field.lines.clone()];
        let text = sample.with_lines(field.key, &format!("⌖---\n{lines}")).unwrap();
        breakages.push(Breakage::new(format!("a second start above `{}`", field.key), RULE, text));
    }
    breakages
}

/// Values beyond every limit.
pub(super) fn too_much(sample: &Sample) -> Vec<Breakage> {
    /// The mapping of fields is the first of 64 levels.
    const LEVELS: usize = 63;
    let nested = format!("{}⌖[{}", "[".repeat(LEVELS), "]".repeat(LEVELS + 1));
    let large = format!("⌖{}", sample.with_end(&format!("# {}\n", "x".repeat(1 << 20))));
    vec![
        Breakage::new("too many levels", "yaml/limit", sample.with_value("description", &nested).unwrap()),
        Breakage::new("too many bytes", "file/too-large", large),
    ]
}
