//! Value pages, charts and what leads to them.

use crate::support::{EVENT, METRIC, Project, all_definitions, build, main_part, pages, tree};

const GROUPS: &str = "sections:
- key: dev
  name: Dev
  stages:
  - key: plan
    name: Plan
    groups:
    - {key: boards, name: Boards, former_keys: [cards], contacts: [{name: '#g_boards', url: 'https://tidewater.example/chat'}]}
    - {key: idle, name: Idle}
";

const CATEGORIES: &str = "- {key: optional, name: Optional, description: May be turned off.}\n";

fn project() -> Project {
    Project::new()
        .file("definitions/groups.yml", GROUPS)
        .file("definitions/data_categories.yml", CATEGORIES)
        .metric("issues.yml", METRIC)
        .metric(
            "old.yml",
            METRIC.replace("counts.issues", "counts.old").replace(
                "status: active",
                "status: removed\nmilestone_removed: \"5.1\"\nremoved_by_url: https://tidewater.example/changes/13",
            ),
        )
        .metric(
            "broken.yml",
            METRIC.replace("counts.issues", "counts.broken").replace(
                "status: active",
                "status: broken\nrepair_issue_url: https://tidewater.example/issues/9",
            ),
        )
        .metric("ownerless.yml", METRIC.replace("counts.issues", "ownerless").replace("product_group: boards\n", ""))
        .event("create_issue.yml", EVENT)
        .built()
}

#[test]
fn values_have_pages_that_say_what_they_are() {
    let project = project();
    insta::assert_snapshot!("group_page", main_part(&project, "groups/boards/index.html"));
    insta::assert_snapshot!("data_category_page", main_part(&project, "data-categories/optional/index.html"));
    insta::assert_snapshot!("whole_list_page", main_part(&project, "data-categories/optional/all.html"));
    insta::assert_snapshot!("groups_page", main_part(&project, "groups/index.html"));
    insta::assert_snapshot!("numbers_page", main_part(&project, "numbers/index.html"));
    insta::assert_snapshot!("lifecycle_page", main_part(&project, "lifecycle/index.html"));
}

#[test]
fn what_has_no_owner_and_who_owns_nothing_have_pages() {
    let project = project();
    assert!(main_part(&project, "groups/none/index.html").contains("ownerless"));
    assert!(main_part(&project, "groups/none/findings/index.html").contains("product_group"));
    assert!(main_part(&project, "groups/idle/index.html").contains("No metric or event names this group"));
}

#[test]
fn a_milestone_lists_what_it_removed() {
    let project = project();
    assert!(main_part(&project, "milestones/5.1/index.html").contains("1 metric</a>"));
    let removed = main_part(&project, "milestones/5.1/removed/index.html");
    assert!(removed.contains("counts.old") && !removed.contains("counts.issues"));
}

#[test]
fn a_text_of_the_team_stands_on_the_page_of_its_value() {
    let text =
        "---\ntitle: Boards\n---\nWe own *boards*, see [optional data](../data-categories/optional.md).\n";
    let project = project().file("content/groups/boards.md", text).built();
    let page = main_part(&project, "groups/boards/index.html");
    let link = "<em>boards</em>, see <a href=\"../../data-categories/optional/index.html\">optional data</a>";
    assert!(page.contains(link), "{page}");
}

#[test]
fn values_fold_case_and_show_what_is_written() {
    let project = Project::new()
        .metric("a.yml", METRIC.replace("optional", "Optional"))
        .metric("b.yml", METRIC.replace("counts.issues", "counts.b"))
        .built();
    let page = main_part(&project, "data-categories/optional/index.html");
    assert!(page.contains("counts.issues") && page.contains("counts.b"), "{page}");
}

#[test]
fn groups_of_one_name_are_told_apart() {
    let groups = GROUPS.replace("key: idle, name: Idle", "key: idle, name: Boards");
    let project = Project::new().file("definitions/groups.yml", groups).metric("a.yml", METRIC).built();
    let page = main_part(&project, "groups/index.html");
    assert!(page.contains("Boards (boards)") && page.contains("Boards (idle)"), "{page}");
}

#[test]
fn every_number_is_that_of_the_list_it_leads_to() {
    for definitions in all_definitions() {
        let folder = build(&definitions);
        let files = tree(&folder.path().join("site"));
        let pages = pages(&files);
        // The rows of a list, on all its pages: each item's row says its kind.
        let rows = |list: &str| {
            let folder = list.strip_suffix("index.html").unwrap();
            let of_list = |path: &str| {
                path.strip_prefix(folder)
                    .is_some_and(|file| file == "index.html" || file.starts_with("page-"))
            };
            let of = pages.iter().filter(|(path, _)| of_list(path));
            // A milestone's page shows what it removed below its list.
            let list = of.map(|(_, html)| html.split("<h2 id=\"removed\">").next().unwrap());
            list.map(|html| html.matches("</a> <span class=\"tag tag-").count()).sum::<usize>()
        };
        let mut followed = 0;
        for (page, html) in &pages {
            let depth = page.matches('/').count();
            for cell in html.split("<td class=\"number\"><a href=\"").skip(1) {
                let (link, rest) = cell.split_once("\">").unwrap();
                let number: usize = rest.split('<').next().unwrap().parse().unwrap();
                let list = link.trim_start_matches("../");
                if let Some(rule) = list.strip_suffix("index.html#findings") {
                    let of = pages.iter().filter(|(path, _)| path.starts_with(rule));
                    let found: usize = of.map(|(_, html)| html.matches("<li class=\"finding ").count()).sum();
                    assert_eq!(found, number, "{page}: {link}");
                    followed += 1;
                    continue;
                }
                assert_eq!(link.matches("../").count(), depth, "{page}: {link}");
                assert_eq!(rows(list), number, "{page}: {link}");
                followed += 1;
            }
        }
        // The bars of charts say their parts: `Boards: 15 metrics, 5 events`.
        for bar in pages["numbers/index.html"].split("<a href=\"../").skip(1) {
            let Some((list, rest)) = bar.split_once("\" aria-label=\"") else { continue };
            let label = rest.split('"').next().unwrap();
            let parts = label.rsplit_once(": ").map_or(label, |(_, parts)| parts);
            if parts.contains(" metrics, ") {
                let numbers =
                    parts.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<usize>().ok());
                assert_eq!(rows(list), numbers.sum::<usize>(), "{label}");
                followed += 1;
            }
        }
        assert!(followed > 50, "{followed}");
    }
}

#[test]
fn with_a_base_url_pages_say_where_they_live() {
    let project = project();
    let run = project.run(&["-q", "build", "--base-url", "https://metrics.example.com/m"]);
    assert_eq!(run.code, 0, "{}", run.log);
    let read = |file: &str| std::fs::read_to_string(project.path("public").join(file)).unwrap();
    let home = read("index.html");
    assert!(home.contains("<link rel=\"canonical\" href=\"https://metrics.example.com/m/\">"));
    assert!(home.contains("<meta property=\"og:url\" content=\"https://metrics.example.com/m/\">"));
    let sitemap = read("sitemap.xml");
    assert!(sitemap.contains("<loc>https://metrics.example.com/m/metrics/counts.issues/</loc>"), "{sitemap}");
    assert!(!sitemap.contains("404"));
    assert_eq!(sitemap.matches("<url>").count(), {
        let pages = tree(&project.path("public")).into_keys().filter(|path| path.ends_with(".html"));
        // Neither the page that stands for missing ones nor the one that leads on.
        pages.count() - 2
    });
    assert!(read("robots.txt").contains("Sitemap: https://metrics.example.com/m/sitemap.xml"));
}

#[test]
fn without_a_base_url_nothing_names_one() {
    let project = project();
    assert!(!project.path("public/sitemap.xml").exists());
    let home = std::fs::read_to_string(project.path("public/index.html")).unwrap();
    assert!(!home.contains("canonical") && !home.contains("og:"));
}

#[test]
fn snippets_stand_on_the_items_they_are_for() {
    let config = "[[snippet]]\ntitle = 'Query'\nwhen = { kind = 'metric', status = ['active'] }\n\
                  template = \"select '{{ item.key_path }}' where a < 1\"\n";
    let project = project().file("dictionary.toml", config).built();
    let page = main_part(&project, "metrics/counts.issues/index.html");
    assert!(
        page.contains("Query</h2>") && page.contains("select &#39;counts.issues&#39; where a &lt; 1"),
        "{page}"
    );
    assert!(!main_part(&project, "metrics/counts.old/index.html").contains("Query"));
    assert!(!main_part(&project, "events/create_issue/index.html").contains("Query"));
}

#[test]
fn a_wrong_snippet_is_named() {
    for (template, expected) in [("{{ item.key_path", "`Query`"), ("{{ item.nonsense.deeper }}", "`Query`")] {
        let config = format!("[[snippet]]\ntitle = 'Query'\ntemplate = '{template}'\n");
        let run = project().file("dictionary.toml", config).run(&["build"]);
        assert_eq!(run.code, 2, "{}", run.log);
        assert!(run.log.contains(expected), "{}", run.log);
    }
}
