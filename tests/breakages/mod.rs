//! Thirty valid definitions, each broken in at least forty ways: every break is found where it is, and nothing else.
//!
//! `definitions` says what is broken, `sample` how to edit it, `ways` how it breaks, `breakage` what must be found then,
//! `project` checks it among the other files. A way marks the expected place in the broken text: lines and columns are
//! counted from that mark, not by the checker.

mod breakage;
mod definitions;
mod project;
mod sample;
mod ways;

use std::collections::BTreeSet;

use rayon::prelude::*;

use breakage::Breakage;
use definitions::definitions;
use project::Project;
use sample::Sample;

/// How many definitions there are at least.
const DEFINITIONS: usize = 30;

/// In how many ways each of them breaks at least.
const WAYS: usize = 40;

/// Of how many breakages the ordinary run takes one.
const SHARE: usize = 8;

/// How many failures are shown in full.
const SHOWN: usize = 40;

#[test]
fn the_definitions_are_valid() {
    let project = Project::read();
    let samples = definitions();
    assert!(samples.len() >= DEFINITIONS, "{}", samples.len());
    for sample in &samples {
        let found = project.findings(sample, vec![sample.bytes(&sample.text)]);
        assert!(found[0].is_empty(), "{}: {found:?}", sample.path);
    }
}

#[test]
fn each_definition_breaks_in_many_ways_of_different_names() {
    for sample in definitions() {
        let breakages = ways::breakages(&sample);
        let names: BTreeSet<&str> = breakages.iter().map(|breakage| breakage.way.as_str()).collect();
        assert_eq!(names.len(), breakages.len(), "{}: two ways have one name", sample.path);
        assert!(names.len() >= WAYS, "{}: {} ways: {names:?}", sample.path, names.len());
    }
}

/// Each definition takes one way in eight, and its neighbours take others: still more than forty.
#[test]
fn each_break_is_found_where_it_is_and_nothing_else() {
    assert_found(SHARE);
}

#[test]
#[ignore = "sixteen thousand checks take a minute; run it when rules or the reading of YAML change"]
fn every_break_of_every_definition_is_found() {
    assert_found(1);
}

/// Breaks each definition in every way, or in one of `share` that differ from definition to definition.
fn assert_found(share: usize) {
    let project = Project::read();
    let samples = definitions();
    let outcomes = samples.par_iter().enumerate().map(|(index, sample)| {
        let breakages = ways::breakages(sample).into_iter().enumerate();
        let taken: Vec<Breakage> = breakages
            .filter_map(|(way, breakage)| ((way + index) % share == 0).then_some(breakage))
            .collect();
        assert!(taken.len() >= WAYS, "{}: {} ways", sample.path, taken.len());
        (taken.len(), failures(&project, sample, &taken))
    });
    let (run, failures): (Vec<usize>, Vec<Vec<String>>) = outcomes.unzip();
    let (run, failures) = (run.iter().sum::<usize>(), failures.concat());
    let shown: String = failures.iter().take(SHOWN).map(|failure| format!("\n{failure}")).collect();
    assert!(
        failures.is_empty(),
        "{} of {run} breaks are not found as they should be:\n{shown}",
        failures.len()
    );
}

/// What goes wrong with breakages of one definition, for people.
fn failures(project: &Project, sample: &Sample, breakages: &[Breakage]) -> Vec<String> {
    let texts = breakages.iter().map(|breakage| breakage.bytes(sample)).collect();
    let found = project.findings(sample, texts);
    let wrong = breakages.iter().zip(found).filter(|(breakage, found)| *found != [breakage.expected()]);
    wrong.map(|(breakage, found)| difference(sample, breakage, &found)).collect()
}

fn difference(sample: &Sample, breakage: &Breakage, found: &[String]) -> String {
    format!(
        "{}: {}\n  expected: {}\n  found:    {}\n{}",
        sample.path,
        breakage.way,
        breakage.expected(),
        found.join(", "),
        breakage.excerpt()
    )
}
