//! What names and sentences are made of, and who owns what: the product is the sample's Tidewater.

/// What people do: for names, and for sentences about a thing.
pub(crate) const VERBS: &[(&str, &str)] = &[
    ("create", "is created"),
    ("edit", "is edited"),
    ("delete", "is deleted"),
    ("view", "is viewed"),
    ("open", "is opened"),
    ("close", "is closed"),
    ("reopen", "is opened again"),
    ("archive", "is archived"),
    ("restore", "is restored"),
    ("move", "is moved"),
    ("copy", "is copied"),
    ("rename", "is renamed"),
    ("share", "is shared"),
    ("pin", "is pinned"),
    ("label", "is labelled"),
    ("assign", "is assigned"),
    ("approve", "is approved"),
    ("decline", "is declined"),
    ("request", "is requested"),
    ("finish", "is finished"),
    ("cancel", "is cancelled"),
    ("retry", "is tried again"),
    ("schedule", "is scheduled"),
    ("import", "is imported"),
    ("export", "is exported"),
    ("publish", "is published"),
    ("download", "is downloaded"),
    ("compare", "is compared with another"),
    ("filter", "is narrowed down in a list"),
    ("sort", "is sorted in a list"),
    ("lock", "is locked"),
    ("unlock", "is unlocked"),
    ("subscribe_to", "gains a subscriber"),
    ("comment_on", "gains a comment"),
    ("link", "is linked to another"),
    ("expire", "expires"),
    ("validate", "is validated"),
    ("roll_back", "is rolled back"),
    ("transfer", "is handed to another owner"),
    ("merge", "is merged"),
];

/// What people do it to: name, and the product category it belongs to.
pub(crate) const THINGS: &[(&str, &str)] = &[
    ("card", "boards"),
    ("board", "boards"),
    ("column", "boards"),
    ("roadmap", "roadmaps"),
    ("milestone", "roadmaps"),
    ("wiki_page", "wikis"),
    ("wiki_template", "wikis"),
    ("repository", "source_control"),
    ("branch", "source_control"),
    ("tag", "source_control"),
    ("commit", "source_control"),
    ("fork", "source_control"),
    ("change_request", "change_review"),
    ("review", "change_review"),
    ("suggestion", "change_review"),
    ("discussion", "change_review"),
    ("snippet", "web_editor"),
    ("workspace", "web_editor"),
    ("pipeline", "pipelines"),
    ("job", "pipelines"),
    ("job_template", "pipelines"),
    ("artifact", "pipelines"),
    ("worker", "workers"),
    ("worker_fleet", "workers"),
    ("environment", "environments"),
    ("deployment", "environments"),
    ("release", "environments"),
    ("feature_flag", "feature_flags"),
    ("flag_rollout", "feature_flags"),
    ("package", "package_registry"),
    ("container_image", "package_registry"),
    ("license", "licensing"),
    ("seat", "licensing"),
    ("trial", "licensing"),
    ("audit_report", "dependency_audit"),
    ("advisory", "dependency_audit"),
    ("secret", "secret_scanning"),
    ("secret_finding", "secret_scanning"),
    ("access_token", "permissions"),
    ("role", "permissions"),
    ("invitation", "onboarding"),
    ("checklist", "onboarding"),
    ("search_result", "search"),
    ("saved_search", "search"),
    ("passkey", "sign_in"),
    ("session", "sign_in"),
    ("usage_report", "usage_data"),
    ("survey", "usage_data"),
];

/// Where or how they do it: for names, and as the end of a sentence. The first says nothing.
pub(crate) const WAYS: &[(&str, &str)] = &[
    ("", ""),
    ("from_api", "through the API"),
    ("from_email", "by email"),
    ("from_command_line", "from the command line"),
    ("from_chat", "from a chat message"),
    ("from_mobile", "on a small screen"),
    ("from_start_page", "from the start page"),
    ("from_sidebar", "from the sidebar"),
    ("from_search", "from the results of a search"),
    ("from_template", "with a template"),
    ("in_web_editor", "in the web editor"),
    ("in_bulk", "together with others"),
    ("by_admin", "by an administrator"),
    ("by_service_account", "by a service account"),
    ("by_import", "while a project is imported"),
    ("by_schedule", "on a schedule"),
    ("by_keyboard", "with a keyboard shortcut"),
    ("after_review", "after a review"),
    ("after_warning", "in spite of a warning"),
    ("during_trial", "during a trial"),
    ("for_namespace", "for a whole namespace"),
    ("for_public_project", "in a public project"),
    ("with_custom_role", "by someone with a custom role"),
    ("with_error", "and an error is shown"),
    ("as_draft", "as a draft"),
    ("as_guest", "by a guest"),
];

/// Second sentences of descriptions.
pub(crate) const REMARKS: &[&str] = &[
    "Automated accounts count as well.",
    "What happens twice within a minute counts once.",
    "Support reads this figure before an upgrade.",
    "Projects that are archived do not count.",
    "The figure is zero where the feature is turned off.",
    "A dashboard of the group shows it by week.",
    "Kept because older dashboards read it.",
    "It says nothing about how long it took.",
];

/// A name, and what belongs to it.
type Tree<T> = (&'static str, &'static [T]);

const SECTIONS: &[Tree<Tree<&str>>] = &[
    (
        "dev",
        &[("plan", &["boards", "roadmaps", "wikis"]), ("create", &["repositories", "code_review", "editor"])],
    ),
    (
        "ops",
        &[
            ("verify", &["pipelines", "pipeline_editor", "workers"]),
            ("deploy", &["environments", "feature_flags", "releases"]),
            ("package", &["package_registry", "container_registry"]),
        ],
    ),
    (
        "sec",
        &[
            ("secure", &["dependency_audit", "secret_detection", "advisories"]),
            ("govern", &["access", "sign_in", "compliance"]),
        ],
    ),
    ("growth", &[("grow", &["onboarding", "trials", "licensing"])]),
    ("data", &[("measure", &["usage_data", "warehouse"]), ("find", &["search", "search_quality"])]),
];

/// Every group.
pub(crate) fn groups() -> Vec<&'static str> {
    let stages = SECTIONS.iter().flat_map(|(_, stages)| stages.iter());
    stages.flat_map(|(_, groups)| groups.iter().copied()).collect()
}

/// The `groups.yml` of a corpus.
pub(crate) fn groups_file() -> String {
    let mut text = String::from("sections:\n");
    for (section, stages) in SECTIONS {
        text += &format!("- key: {section}\n  name: {section}\n  stages:\n");
        for (stage, groups) in *stages {
            text += &format!("  - key: {stage}\n    name: {stage}\n    groups:\n");
            for group in *groups {
                let name = group.replace('_', " ");
                text += &format!(
                    "    - key: {group}\n      name: {name}\n      description: Owns {name}.\n      \
                     url: https://tidewater.example/handbook/groups/{group}\n"
                );
            }
        }
    }
    text
}

/// The `product_categories.yml` of a corpus.
pub(crate) fn categories_file() -> String {
    let mut categories: Vec<&str> = THINGS.iter().map(|(_, category)| *category).collect();
    categories.dedup();
    categories.iter().map(|category| format!("- {category}\n")).collect()
}
