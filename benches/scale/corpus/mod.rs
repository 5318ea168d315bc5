//! A made-up dictionary of any size, the same every time: events of Tidewater, families of metrics about them, groups,
//! categories, and something wrong in one file of a hundred.

mod event;
mod metric;
mod random;
mod slip;
mod words;
mod yaml;

use std::fs;
use std::io::Result;
use std::path::Path;

use self::event::Event;
use self::random::Random;

/// Of a hundred definitions so many are events.
const EVENTS: usize = 30;

/// Of a hundred definitions so many have something wrong.
const WRONG: usize = 1;

/// The file that is written last: with it, a project is complete.
pub(crate) const LAST_FILE: &str = "dictionary.toml";

const CONFIGURATION: &str = "\
[[source]]
name = \"tidewater\"
root = \"definitions\"
view_url = \"https://tidewater.example/tidewater/files/main/definitions/{path}#L{line}\"
edit_url = \"https://tidewater.example/tidewater/edit/main/definitions/{path}\"
";

/// Writes a project with so many definitions into a folder, which is made.
pub(crate) fn write(definitions: usize, folder: &Path) -> Result<()> {
    let root = folder.join("definitions");
    for below in [
        "events/removed",
        "metrics/counts_7d",
        "metrics/counts_28d",
        "metrics/counts_all",
        "metrics/settings",
        "metrics/license",
    ] {
        fs::create_dir_all(root.join(below))?;
    }
    fs::write(root.join("groups.yml"), words::groups_file())?;
    fs::write(root.join("product_categories.yml"), words::categories_file())?;
    for (number, (path, text)) in files(definitions).enumerate() {
        let mut random = Random::new("slip", number);
        let bytes = if random.percent(WRONG) { slip::slip(text, &mut random) } else { text.into_bytes() };
        fs::write(root.join(path), bytes)?;
    }
    fs::write(folder.join(LAST_FILE), CONFIGURATION)
}

/// So many definitions, as they are before anything goes wrong: events, then the families of metrics about them, in
/// rounds over all events.
fn files(definitions: usize) -> impl Iterator<Item = (String, String)> {
    let events = (definitions * EVENTS / 100).clamp(1, event::MOST);
    let metrics = (0..)
        .flat_map(move |number| metric::family(number, &Event::numbered(number % events), number < events));
    let events = (0..events).map(Event::numbered).map(|event| (event.path(), event.text()));
    events.chain(metrics).take(definitions)
}
