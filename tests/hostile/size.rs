//! Texts of the size of a large file that cost more than their size, if they are read without care.

use std::time::{Duration, Instant};

use crate::support::{METRIC, Project};

/// Far more than any of these takes without optimisation, far less than it takes where the cost grows with the square
/// of the size.
const LIMIT: Duration = Duration::from_secs(20);

fn checked_in_time(name: &str, text: String) {
    let project = Project::new().metric("a.yml", METRIC).metric("b.yml", text);
    let start = Instant::now();
    let run = project.run(&["check", "--format", "concise"]);
    assert!(run.code <= 1, "{name}: {}", run.log);
    assert!(start.elapsed() < LIMIT, "{name}: {:?}", start.elapsed());
}

#[test]
fn deep_values_are_compared_at_the_cost_of_their_size() {
    let filter = format!("{}'\"'{}", "{x: ".repeat(55), "}".repeat(55));
    checked_in_time(
        "filters",
        format!("events:\n- name: a\n  filter: {filter}\n- name: a\n  filter: {filter}\n"),
    );
}

#[test]
fn tags_that_read_otherwise_than_written_are_looked_for_nearby() {
    let padding = "x".repeat(900_000);
    checked_in_time("tags", format!("# {padding}\nl:\n{}", "- !a%62 x\n".repeat(9_000)));
}

#[test]
fn blocks_of_comments_are_passed_once() {
    let comment = "# dictionary: ignore[metric/unknown-field] because it is old\n";
    checked_in_time("comments", format!("{}a: b\n", comment.repeat(15_000)));
}

#[test]
fn errors_and_repetitions_without_end_are_read_in_time() {
    let texts = [
        ("open brackets", format!("x: {}", "[a, ".repeat(200_000))),
        ("open quotes", "a: \"b\n".repeat(100_000)),
        ("aliases in themselves", format!("x: {}", "&a [*a, ".repeat(100_000))),
        ("keys of keys", "? ".repeat(50_000)),
        ("one key", "k: x\n".repeat(9_000)),
        ("many keys", (0..4_900).map(|number| format!("k{number}: x\n")).collect()),
        ("one event", format!("events:\n{}", "- name: x\n".repeat(3_000))),
        ("placeholders", format!("tiers:\n{}", "- TODO\n".repeat(9_000))),
        ("conflict markers", "<<<<<<< a\n".repeat(90_000)),
        ("control characters", "\u{1}".repeat(900_000)),
    ];
    for (name, text) in texts {
        checked_in_time(name, text);
    }
}
