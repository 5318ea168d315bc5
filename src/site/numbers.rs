//! The page of charts: how much there is of what. Each bar leads to the list it counts.

use serde::Serialize;

use super::charts::{Bars, Columns, Count, Moment};
use super::listing::counted;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::sheet::Sheet;
use crate::dictionary::{Facet, FacetValue};
use crate::error::Result;
use crate::source::Kind;

const INTERNAL_EVENTS: &str = "internal_events";

#[derive(Serialize)]
struct Body {
    counted: String,
    bars: Vec<Bars>,
    milestones: Columns,
    share: Option<Share>,
}

/// How many metrics are made of internal events.
#[derive(Serialize)]
struct Share {
    metrics: usize,
    of: usize,
    percent: String,
    list: Link,
    others: Link,
}

/// The path of the page.
const PATH: &str = "numbers/index.html";

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Planned<'p> {
    Planned::new(PATH, |sheet| render(pages, sheet))
}

fn render(pages: &Pages<'_>, sheet: &mut Sheet) -> Result<()> {
    let summary = pages.input.dictionary.summary();
    let page = Page {
        path: PATH.to_owned(),
        title: "Numbers".to_owned(),
        description:
            "How many metrics and events there are, by group, data category, status, time and source"
                .to_owned(),
        section: "numbers",
        crumbs: Vec::new(),
    };
    let body = Body {
        counted: counted(summary.metrics, summary.events),
        bars: [
            Facet::Group,
            Facet::Stage,
            Facet::DataCategory,
            Facet::Status,
            Facet::DataSource,
            Facet::Tier,
            Facet::TimeFrame,
        ]
        .into_iter()
        .map(|facet| by_facet(pages, facet))
        .chain(findings_by_group(pages))
        .collect(),
        milestones: milestones(pages),
        share: share(pages),
    };
    pages.render(sheet, "numbers.html", &page, &body)
}

/// Metrics and events by the values of a facet; long lists with the largest first.
fn by_facet(pages: &Pages<'_>, facet: Facet) -> Bars {
    let used = pages.lists.of(facet).iter().filter(|value| !value.items.is_empty());
    let count = |value: &FacetValue<'_>| Count {
        link: Link::to_value(facet, &value.key, &value.name),
        first: value.metrics,
        second: value.events(),
    };
    let mut counts: Vec<Count> = used.map(count).collect();
    if matches!(facet, Facet::Group | Facet::Stage | Facet::DataSource) {
        counts.sort_by_key(|count| std::cmp::Reverse(count.first + count.second));
    }
    let all = Link::new(facet.title(), format!("{}/", facet.folder()));
    Bars::new(facet.folder(), facet.title(), ("metrics", "events"), &counts, Some(all))
}

fn findings_by_group(pages: &Pages<'_>) -> Option<Bars> {
    let counts = pages.lists.of(Facet::Group).iter().filter_map(|group| {
        let findings = pages.lists.findings_of(&group.key);
        let errors =
            findings.iter().filter(|finding| finding.severity == crate::check::Severity::Error).count();
        (!findings.is_empty()).then(|| Count {
            link: Link::new(group.name.clone(), format!("{}findings/", Facet::Group.url(&group.key))),
            first: errors,
            second: findings.len() - errors,
        })
    });
    let mut counts: Vec<Count> = counts.collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.first + count.second));
    let all = Link::new("All findings", "health/");
    let bars =
        Bars::new("findings", "Findings by group", ("errors", "warnings and notes"), &counts, Some(all));
    (!counts.is_empty()).then_some(bars)
}

fn milestones(pages: &Pages<'_>) -> Columns {
    let moments = pages.lists.of(Facet::Milestone).iter().map(|milestone| {
        let folder = Facet::Milestone.url(&milestone.key);
        Moment {
            name: milestone.name.to_string(),
            added: (milestone.items.len(), Link::new("introduced", &folder)),
            removed: (
                pages.lists.removed_in(&milestone.key).len(),
                Link::new("removed", format!("{folder}removed/")),
            ),
        }
    });
    Columns::new(&moments.collect::<Vec<_>>())
}

fn share(pages: &Pages<'_>) -> Option<Share> {
    let internal = pages.lists.of(Facet::DataSource).iter().find(|source| source.key == INTERNAL_EVENTS)?;
    let of = pages.input.dictionary.first_of_pages(Kind::Metric).len();
    Some(Share {
        metrics: internal.metrics,
        of,
        percent: format!("{:.0}", internal.metrics as f64 * 100.0 / of.max(1) as f64),
        list: Link::to_value(Facet::DataSource, INTERNAL_EVENTS, INTERNAL_EVENTS),
        others: Link::new("data sources", "data-sources/"),
    })
}
