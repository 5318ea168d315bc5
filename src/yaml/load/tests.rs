//! What is kept, and what is reported where.

use super::*;
use crate::source::{Position, Text};

/// Loads a text and describes its problems as `line:column kind`.
fn problems(text: &str) -> Vec<String> {
    let lines = Text::new(text.to_owned());
    let place = |span: Span| {
        let Position { line, column } = lines.position(span.start);
        format!("{line}:{column}")
    };
    let described = load(text).problems.into_iter().map(|problem| {
        let related = problem.related.map(|span| format!(" <- {}", place(span))).unwrap_or_default();
        format!("{} {:?}{related}", place(problem.span), problem.kind)
    });
    described.collect()
}

#[test]
fn values_keep_place_and_text() {
    let text = "---\na: 16.10\nb:\n  - 'x'  # note\n  - {c: d}\n";
    let document = load(text);
    assert!(document.is_complete() && document.problems.is_empty());
    let root = document.root.unwrap();
    let slice = |node: &Node<'_>| &text[node.span.range()];
    assert_eq!(slice(root.get("a").unwrap()), "16.10");
    assert_eq!(root.get("a").unwrap().text(), Some("16.10"));
    let items = root.get("b").unwrap().items();
    assert_eq!((slice(&items[0]), items[0].text()), ("'x'", Some("x")));
    assert_eq!(slice(&items[1]), "{c: d}");
    assert_eq!(slice(root.get("b").unwrap()), "- 'x'  # note\n  - {c: d}");
    assert_eq!(&text[root.entry("b").unwrap().key_span.range()], "b");
    let text = "a:\n- b: 1\n  c: 2\n- - x\n  - y\nd:\n-\n  e\n";
    let root = load(text).root.unwrap();
    assert_eq!(&text[root.get("a").unwrap().span.range()], "- b: 1\n  c: 2\n- - x\n  - y");
    assert_eq!(&text[root.get("a").unwrap().items()[1].span.range()], "- x\n  - y");
    assert_eq!(&text[root.get("d").unwrap().span.range()], "-\n  e");
}

#[test]
fn json_keeps_what_yaml_would_damage() {
    let document = load("m: 16.10\nn: 16.1\ni: 7\nx: 0x1F\nt: yes\nb: true\nz:\nm: again\n");
    let json = serde_json::to_string(&document.root.unwrap()).unwrap();
    assert_eq!(json, r#"{"m":"16.10","n":16.1,"i":7,"x":"0x1F","t":"yes","b":true,"z":null}"#);
}

#[test]
fn a_value_left_out_is_null_without_text() {
    let root = load("a:\nb: ~\nc: ''\n").root.unwrap();
    let text = |key: &str| match &root.get(key).unwrap().data {
        Data::Scalar(scalar) => scalar.text.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!((text("a"), text("b"), text("c")), (String::new(), "~".to_owned(), String::new()));
    assert!(
        root.get("a").unwrap().is_null()
            && root.get("b").unwrap().is_null()
            && !root.get("c").unwrap().is_null()
    );
}

#[test]
fn empty_files_have_no_root() {
    for text in ["", "\n\n", "# only a comment\n", "---\n"] {
        assert_eq!(problems(text), ["1:1 Empty"], "{text:?}");
    }
}

#[test]
fn duplicate_keys_name_both_places() {
    assert_eq!(
        problems("a: 1\nb: {c: 1, c: 2}\na: 3\n"),
        ["2:11 DuplicateKey(\"/b/c\") <- 2:5", "3:1 DuplicateKey(\"/a\") <- 1:1"]
    );
}

#[test]
fn unclosed_brackets_and_quotes_are_reported_where_they_open() {
    assert_eq!(problems("a: 1\nb: [1, 2\nc: 3\n")[0].split(" <-").next(), Some("2:4 Unclosed('[')"));
    assert_eq!(problems("a: [1, {b: 2\n")[0].split(" <-").next(), Some("1:8 Unclosed('{')"));
    assert_eq!(problems("a: 'x\nb: 1\n")[0].split(" <-").next(), Some("1:4 Unclosed('\\'')"));
    assert_eq!(problems("a: \"x\nb: 1\n")[0].split(" <-").next(), Some("1:4 Unclosed('\"')"));
}

#[test]
fn the_line_to_mend_is_named_where_reading_stops_behind_it() {
    let place = |text: &str| problems(text)[0].split(' ').next().unwrap().to_owned();
    // Read as more of the value above.
    assert_eq!(place("a: x\nb: y\n c: z\n"), "3:2");
    // Read as a key over two lines.
    assert_eq!(place("---\na x\nb: y\n"), "2:1");
    // Closed by the quote of another field.
    assert_eq!(place("a: [x, \"y]\nb: \"1.0\"\n"), "1:8");
    assert_eq!(place("a: \"x \\d\"\n"), "1:7");
    assert_eq!(problems("a: \"x\u{7}\"\n"), ["1:6 ControlCharacter('\\u{7}')"]);
}

#[test]
fn tabs_are_reported_at_the_tab() {
    assert_eq!(problems("a:\n\t- x\n"), ["2:1 Tab"]);
    assert_eq!(problems("a:\n  b: 1\n\tc: 2\n"), ["3:1 Tab"]);
}

/// The texts of the top-level fields that were read, and the unread bytes.
fn fields(text: &str) -> (Vec<String>, Vec<&str>) {
    let document = load(text);
    let entries = document.root.as_ref().map(Node::entries).unwrap_or_default();
    let shown = entries.iter().map(|entry| format!("{}={}", entry.key, entry.value.text().unwrap_or("…")));
    (shown.collect(), document.unread.iter().map(|span| &text[span.range()]).collect())
}

#[test]
fn what_stands_around_an_error_is_kept() {
    let around = |broken: &str| {
        let text = format!("key_path: x\n{broken}status: active\nmilestone: \"1.2\"\n");
        let (fields, unread) = fields(&text);
        assert_eq!(unread, [broken], "{text}");
        assert_eq!(load(&text).problems.len(), 1, "{text}");
        fields
    };
    assert_eq!(around("tiers: [free\n"), ["key_path=x", "tiers=…", "status=active", "milestone=1.2"]);
    for broken in [
        "description: Counts: of\n",
        "description: \"never closed\n",
        "description: 'never closed\n",
        "description: @user\n",
        "description: *user\n",
        "description: 'it's here'\n",
        "description: \"\\d\"\n",
        "tiers:\n\t- free\n",
    ] {
        assert_eq!(around(broken), ["key_path=x", "status=active", "milestone=1.2"], "{broken}");
    }
}

#[test]
fn a_name_below_an_error_is_read() {
    let (fields, _) = fields("description: Tracks: when\ninternal_events: true\naction: do_it\n");
    assert_eq!(fields, ["internal_events=true", "action=do_it"]);
}

#[test]
fn an_unclosed_quote_is_reported_where_it_opens_even_if_a_later_one_seems_to_close_it() {
    assert_eq!(problems("a: 1\nb: \"never\nc: \"2\"\n")[0].split(" <-").next(), Some("2:4 Unclosed('\"')"));
}

#[test]
fn many_errors_end_the_reading() {
    let text = "a: [\n".repeat(200);
    let document = load(&text);
    assert!(document.problems.len() <= MAX_RESTARTS + 1);
}

#[test]
fn conflict_markers_and_nul_end_the_reading() {
    assert_eq!(problems("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n"), ["2:1 ConflictMarker"]);
    assert_eq!(problems("a: 1\nb: x\0y\n"), ["2:5 ControlCharacter('\\0')"]);
    let (fields, _) = fields("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\nc: 4\n");
    assert_eq!(fields, ["a=1", "c=4"]);
}

#[test]
fn a_second_document_is_not_read() {
    let document = load("a: 1\n---\nb: 2\n");
    assert!(document.root.unwrap().get("b").is_none());
    assert_eq!(problems("a: 1\n---\nb: 2\n"), ["2:1 SecondDocument"]);
    assert!(problems("---\na: 1\n...\n").is_empty());
}

#[test]
fn bombs_end_at_a_limit() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
    assert_eq!(problems(bomb), ["5:5 TooManyNodes"]);
    let bomb = format!("name: kept\n{bomb}after: unread\n");
    let root = load(&bomb).root.unwrap();
    let fields: Vec<&str> = root.entries().iter().map(|entry| entry.key.as_ref()).collect();
    assert_eq!(fields, ["name", "a", "b", "c", "d", "e"], "what stands before the limit is kept");
    assert!(problems("a: &a [*a]\n")[0].ends_with("SelfAlias"));
    assert!(problems(&"[".repeat(100_000))[0].ends_with("TooDeep"));
    assert!(problems(&"- ".repeat(50_000))[0].ends_with("TooDeep"));
}

#[test]
fn aliases_repeat_their_target() {
    let document = load("a: &x [1, 2]\nb: *x\n");
    assert_eq!(document.root.unwrap().get("b").unwrap().texts(), ["1", "2"]);
}
