//! A site that was built again and again is the site that is built once, whatever has changed in between.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::support::{EVENT, METRIC, Project, tree};

/// Steps of the ordinary run.
const STEPS: usize = 50;

/// Steps of the long run.
const MANY_STEPS: usize = 1000;

const GROUPS: [&str; 4] = ["boards", "reports", "imports", "no such group"];
const CATEGORIES: [&str; 3] = ["optional", "Operational", "subscription"];
const STATUSES: [&str; 3] = ["active", "broken", "removed"];

/// Numbers that look random and are the same every time (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn one_of<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices[self.below(choices.len())]
    }
}

fn metric(chance: &mut Chance) -> String {
    let events = match chance.below(3) {
        0 => String::new(),
        1 => format!("events:\n- name: create_{}\n  unique: user.id\n", chance.below(5)),
        _ => format!("events:\n- name: create_{}\n- name: gone\n", chance.below(5)),
    };
    let time_frame = chance.one_of(&["all", "7d", "\n- 7d\n- 28d"]);
    METRIC
        .replace("counts.issues", &format!("counts.issues_{}", chance.below(25)))
        .replace("Count of issues", &format!("Count of *issues*, {}", chance.below(1000)))
        .replace("boards", chance.one_of(&GROUPS))
        .replace("status: active", &format!("status: {}", chance.one_of(&STATUSES)))
        .replace("optional", chance.one_of(&CATEGORIES))
        .replace("\"4.10\"", &format!("\"4.{}\"", chance.below(4)))
        .replace("time_frame: all", &format!("time_frame: {time_frame}"))
        + &events
}

fn event(chance: &mut Chance) -> String {
    EVENT
        .replace("create_issue", &format!("create_{}", chance.below(5)))
        .replace("An issue is created", &format!("Issue {} is created", chance.below(1000)))
        .replace("boards", chance.one_of(&GROUPS))
}

fn groups(chance: &mut Chance) -> String {
    let group = |key: &str, name: usize| format!("  - key: {key}\n    name: {key} {name}\n");
    let listed: String =
        GROUPS[..2 + chance.below(2)].iter().map(|key| group(key, chance.below(3))).collect();
    format!(
        "sections:\n- key: product\n  name: Product\n  stages:\n  - key: plan\n    name: Plan {}\n    groups:\n{}",
        chance.below(3),
        listed.replace("  - ", "    - ").replace("\n    name", "\n      name")
    )
}

fn configuration(chance: &mut Chance) -> String {
    let snippet = "[[snippet]]\ntitle = \"Query\"\ntemplate = \"select {{ item.name }}\"\nwhen = { status = \"active\" }\n";
    let rule = "[check.rules]\n\"metric/unknown-group\" = \"warning\"\n";
    format!(
        "[site]\ntitle = \"Dictionary {}\"\n{}{}{}",
        chance.below(3),
        chance.one_of(&["", "base_url = \"https://dictionary.example/a/\"\n"]),
        chance.one_of(&["", rule]),
        chance.one_of(&["", snippet]),
    )
}

/// Changes something in a project, and says what.
fn change(project: &Path, chance: &mut Chance) -> String {
    let number = chance.below(25);
    let metric_file = format!("definitions/metrics/{number}.yml");
    let event_file = format!("definitions/events/{}.yml", chance.below(6));
    let (path, content) = match chance.below(12) {
        0..4 => (metric_file, Some(metric(chance))),
        4 => (event_file, Some(event(chance))),
        5 => (metric_file, None),
        6 => (event_file, None),
        7 => {
            // Another name for the same file.
            let (from, to) = (project.join(&metric_file), format!("definitions/metrics/moved/{number}.yml"));
            if from.exists() && !project.join(&to).exists() {
                fs::create_dir_all(project.join("definitions/metrics/moved")).unwrap();
                fs::rename(from, project.join(&to)).unwrap();
            }
            return format!("{metric_file} -> {to}");
        }
        8 => ("definitions/groups.yml".to_owned(), Some(groups(chance))),
        9 => ("dictionary.toml".to_owned(), Some(configuration(chance))),
        10 => {
            let look = format!("{{# {} #}}<tr><td>{{{{ row.name }}}}</td></tr>", chance.below(3));
            let content = [None, Some(look), Some("body { color: red }".to_owned())];
            let file = chance.one_of(&["templates/row.html", "static/site.css"]);
            let fits = usize::from(file.ends_with(".css")) + 1;
            (format!("themes/default/{file}"), content[chance.below(2) * fits].clone())
        }
        _ => {
            let text = format!("---\ntitle: Chapter {}\n---\nText.\n", chance.below(3));
            let file = chance.one_of(&["index.md", "privacy.md", "data-categories/optional.md"]);
            (format!("content/{file}"), [None, Some(text)][chance.below(2)].clone())
        }
    };
    let file = project.join(&path);
    match content {
        Some(content) => {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
            format!("{path} written")
        }
        None => {
            let _ = fs::remove_file(file);
            format!("{path} deleted")
        }
    }
}

fn times(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| fs::metadata(folder.join(path)).unwrap().modified().unwrap();
    files.keys().map(|path| (path.clone(), time(path))).collect()
}

/// Turns a bit of a file or cuts it short, if it is there.
fn damage(file: &Path, chance: &mut Chance) {
    let Ok(mut bytes) = fs::read(file) else { return };
    let place = chance.below(bytes.len());
    match chance.below(2) {
        0 => bytes.truncate(place),
        _ => bytes[place] ^= 1 << chance.below(8),
    }
    fs::write(file, bytes).unwrap();
}

fn build_again(steps: usize, seed: u64) {
    let mut chance = Chance(seed);
    let mut project = Project::new().file("definitions/groups.yml", groups(&mut chance));
    for number in 0..15 {
        project = project.metric(&format!("{number}.yml"), metric(&mut chance));
    }
    let project = project.event("0.yml", event(&mut chance)).built();
    let public = project.path("public");
    let mut before = (tree(&public), BTreeMap::new());
    before.1 = times(&public, &before.0);
    for step in 0..steps {
        let changes: Vec<String> =
            (0..=chance.below(3)).map(|_| change(&project.path(""), &mut chance)).collect();
        let says = || format!("seed {seed}, step {step}: {changes:?}");
        match chance.below(20) {
            // A failed build has left none.
            0 => drop(fs::remove_dir_all(project.path(".public.spare"))),
            1 => {
                damage(&project.path(".public.spare").join(chance.one_of(&["ledger", "trees"])), &mut chance)
            }
            _ => {}
        }
        let again = project.run(&["-q", "build"]);
        let once = project.run(&["-q", "build", "--out", "once"]);
        assert_eq!((again.code, &again.log), (once.code, &once.log), "{}", says());
        if once.code != 0 {
            continue;
        }
        let (site, whole) = (tree(&public), tree(&project.path("once")));
        let differing: Vec<&String> = whole
            .iter()
            .filter(|(path, bytes)| site.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        let left: Vec<&String> = site.keys().filter(|path| !whole.contains_key(*path)).collect();
        assert!(differing.is_empty() && left.is_empty(), "{}: {differing:?}, {left:?}", says());
        let now = times(&public, &site);
        let touched = site.iter().filter(|(path, bytes)| {
            before.0.get(*path) == Some(bytes) && before.1.get(*path) != now.get(*path)
        });
        assert_eq!(touched.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new(), "{}", says());
        before = (site, now);
        for folder in ["once", ".once.spare"] {
            fs::remove_dir_all(project.path(folder)).unwrap();
        }
    }
}

#[test]
fn building_again_is_building_once() {
    build_again(STEPS, 0x5eed);
}

#[test]
#[ignore = "twice a thousand builds take minutes; run it when planning, digests or output change"]
fn building_again_is_building_once_for_long() {
    build_again(MANY_STEPS, 0xfeed);
}
