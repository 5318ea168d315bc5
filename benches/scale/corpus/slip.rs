//! What goes wrong in real definitions, one thing in a file.

use super::random::Random;

/// The field that goes wrong, and what stands in the place of its line.
const LINES: &[(&str, &str)] = &[
    ("product_group", ""),
    ("product_group", "product_group: nobody\n"),
    ("product_group", "product_group: group::pipelines\n"),
    ("description", "descritpion: Count of something\n"),
    ("description", "description: \"\"\n"),
    ("description", "description: TODO\n"),
    ("description", "description: a text: with a colon\n"),
    ("milestone", "milestone: 4.10\n"),
    ("milestone", "milestone: next\n"),
    ("introduced_by_url", "introduced_by_url: tidewater.example/changes\n"),
    ("introduced_by_url", "introduced_by_url: \"https://tidewater.example\n"),
    ("tiers", "tiers: [free, premium\nnotes:\n"),
    ("tiers", "tiers: free\nbronze:\n"),
    ("tiers", "tiers:\n- gold\n"),
    ("tiers", "# dictionary: ignore[field/unknown] because it was meant to be kept\ntiers:\n"),
    ("status", "status: retired\n"),
    ("status", "status: data_available\n"),
    ("value_type", "value_type: numbers\nvalue_type: number\n"),
    ("time_frame", "time_frame: 30d\nold_time_frame:\n"),
    ("data_source", "data_source: spreadsheet\n"),
    ("data_category", "data_category: Optional\n"),
    ("key_path", "key_path: counts.used_twice\n"),
    ("events", "events:\n- name: nobody_sends_this\n"),
    ("events", "events:\n\t- name: tab\n"),
    ("action", "action: Not-An-Action\n"),
    ("identifiers", "identifiers:\n- computer\n"),
    ("internal_events", "internal_events: yes\n"),
];

/// The text with something wrong in it.
pub(crate) fn slip(text: String, random: &mut Random) -> Vec<u8> {
    match random.below(20) {
        0 => Vec::new(),
        1 => [text.as_bytes(), b"notes: caf\xe9\n"].concat(),
        2 => format!("{text}<<<<<<< HEAD\nnotes: a\n=======\nnotes: b\n>>>>>>> branch\n").into_bytes(),
        3 => format!("{text}---\n{text}").into_bytes(),
        4 => format!("- {text}").into_bytes(),
        _ => in_a_line(&text, random).into_bytes(),
    }
}

fn in_a_line(text: &str, random: &mut Random) -> String {
    let line = |key: &str| text.find(&format!("\n{key}:")).map(|at| at + 1);
    let possible: Vec<_> =
        LINES.iter().filter_map(|(key, instead)| line(key).map(|start| (start, instead))).collect();
    let (start, instead) = random.pick(&possible);
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end + 1);
    format!("{}{instead}{}", &text[..start], &text[end..])
}
