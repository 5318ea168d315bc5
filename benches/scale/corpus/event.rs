//! Events: what somebody does to something in some way. No two numbers give the same action.

use super::random::Random;
use super::words::{REMARKS, THINGS, VERBS, WAYS, groups};
use super::yaml::Fields;

/// Shares no factor with the number of combinations, so that neighbours differ in every word.
const STRIDE: usize = 7_919;

/// The most events there are.
pub(crate) const MOST: usize = VERBS.len() * THINGS.len() * WAYS.len();

/// An event, and what metrics about it repeat.
pub(crate) struct Event {
    pub(crate) number: usize,
    pub(crate) action: String,
    /// "a card is created by email"
    pub(crate) sentence: String,
    pub(crate) thing: &'static str,
    pub(crate) product_category: &'static str,
    pub(crate) group: &'static str,
    pub(crate) tiers: &'static [&'static str],
    pub(crate) milestone: (usize, usize),
    pub(crate) is_internal: bool,
    pub(crate) is_removed: bool,
    pub(crate) has_label: bool,
    pub(crate) identifiers: &'static [&'static str],
}

impl Event {
    /// The event with a number below [`MOST`].
    pub(crate) fn numbered(number: usize) -> Self {
        let mut random = Random::new("event", number);
        let combination = number * STRIDE % MOST;
        let (verb, happens) = VERBS[combination % VERBS.len()];
        let thing = combination / VERBS.len() % THINGS.len();
        let (way, end) = WAYS[combination / VERBS.len() / THINGS.len()];
        let groups = groups();
        let group = groups[thing * groups.len() / THINGS.len()];
        let (thing, product_category) = THINGS[thing];
        let words = [verb, thing, way].into_iter().filter(|word| !word.is_empty());
        let article = if thing.starts_with(['a', 'e', 'i', 'o']) { "An" } else { "A" };
        Self {
            number,
            action: words.collect::<Vec<_>>().join("_"),
            sentence: format!("{article} {} {happens} {end}", thing.replace('_', " ")).trim_end().to_owned(),
            thing,
            product_category,
            group,
            tiers: random.pick(&[
                &["free", "premium", "ultimate"][..],
                &["premium", "ultimate"],
                &["ultimate"],
            ]),
            milestone: (2 + random.below(9), random.below(12)),
            is_internal: random.percent(85),
            is_removed: random.percent(6),
            has_label: random.percent(40),
            identifiers: random.pick(&[
                &["project", "namespace", "user"][..],
                &["namespace", "user"],
                &["user"],
            ]),
        }
    }

    /// Where its file lies below the definitions.
    pub(crate) fn path(&self) -> String {
        let folder = if self.is_removed { "events/removed" } else { "events" };
        format!("{folder}/{}.yml", self.action)
    }

    /// The file.
    pub(crate) fn text(&self) -> String {
        let mut random = Random::new("event file", self.number);
        let remark = random.percent(30).then(|| random.pick(REMARKS));
        let mut fields = Fields::new().description(&self.sentence, remark);
        fields = if self.is_internal {
            fields.value("internal_events", true)
        } else {
            fields.value("category", format_args!("{}s_page", self.thing))
        };
        fields = fields.value("action", &self.action);
        fields = fields.list("identifiers", self.identifiers);
        if self.has_label {
            fields = fields.lines("additional_properties:\n  label:\n    description: \"Where it happens: `page`, `dialog` or `menu`\"\n");
            if random.percent(40) {
                fields = fields.lines("  property:\n    description: Role of the user\n");
            }
        }
        fields = fields
            .value("product_group", self.group)
            .list("product_categories", &[self.product_category])
            .version("milestone", self.milestone)
            .value("introduced_by_url", change(&mut random));
        if self.is_removed {
            fields = fields
                .value("status", "removed")
                .version("milestone_removed", (self.milestone.0 + 2, self.milestone.1))
                .value("removed_by_url", change(&mut random));
        }
        fields.list("tiers", self.tiers).text()
    }
}

/// The address of a change.
pub(crate) fn change(random: &mut Random) -> String {
    format!("https://tidewater.example/tidewater/tidewater/changes/{}", 1_000 + random.below(200_000))
}
