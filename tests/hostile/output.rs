//! Whatever becomes of a build, the folder that it writes holds the earlier site or the new one, whole; and nothing that
//! this program did not write is ever gone.

#![expect(clippy::print_stdout, reason = "what could not be tried, and figures")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Instant;

use crate::support::{EVENT, METRIC, Project, Run, tree};

/// Every file of a site with its bytes.
type Site = BTreeMap<String, Vec<u8>>;

/// A project whose site differs on every page from one title to the next.
fn project() -> Project {
    let project = Project::new().metric("issues.yml", METRIC).event("create_issue.yml", EVENT);
    (0..60).fold(project, |project, n| {
        project.metric(&format!("{n}.yml"), METRIC.replace("counts.issues", &format!("counts.issues_{n}")))
    })
}

fn set_title(project: &Project, title: &str) {
    std::fs::write(project.path("dictionary.toml"), format!("[site]\ntitle = '{title}'\n")).unwrap();
}

/// The sites of two titles; the second one is in place.
fn two_sites(project: &Project) -> [Site; 2] {
    ["One", "Two"].map(|title| {
        set_title(project, title);
        let run = project.run(&["-q", "build"]);
        assert_eq!(run.code, 0, "{}", run.log);
        tree(&project.path("public"))
    })
}

/// Kills builds on their way from one site to the other, at moments spread over the time that a build takes.
#[cfg(unix)]
fn kill(times: u32) {
    let project = project();
    let sites = two_sites(&project);
    set_title(&project, "One");
    // As after a killed build, which leaves nothing to build upon.
    std::fs::remove_file(project.path(".public.spare/ledger")).unwrap();
    let started = Instant::now();
    assert_eq!(project.run(&["-q", "build"]).code, 0);
    let whole = started.elapsed();
    let (mut killed, mut replaced) = (0, 0);
    for step in 0..times {
        set_title(&project, ["Two", "One"][step as usize % 2]);
        let before = tree(&project.path("public"));
        let mut child = project.command(&["-q", "build"]).spawn().unwrap();
        // Neighbours in time are no neighbours in turn: a machine is not always as busy as at first.
        std::thread::sleep(whole * 5 / 4 * (step * 7 % times) / times);
        let _ = child.kill();
        // One that ends by itself has done its work.
        let status = child.wait().unwrap();
        assert!(matches!(status.code(), None | Some(0)), "build {step}: {status}");
        killed += u32::from(!status.success());
        let left = tree(&project.path("public"));
        assert!(sites.contains(&left), "kill {step} left neither site");
        replaced += u32::from(left != before);
    }
    assert!(killed > 0, "every build was over before it was killed");
    println!("{killed} of {times} builds were killed, {replaced} had replaced the site");
    set_title(&project, "Two");
    let run = project.run(&["-q", "build"]);
    assert_eq!(run.code, 0, "{}", run.log);
    assert!(tree(&project.path("public")) == sites[1]);
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_a_whole_site() {
    kill(20);
}

#[cfg(unix)]
#[test]
#[ignore = "takes a minute: `cargo test --test suite kills -- --ignored`"]
fn two_hundred_kills_leave_a_whole_site() {
    kill(200);
}

#[test]
fn builds_into_one_folder_wait_for_each_other() {
    let project = project();
    let sites = two_sites(&project);
    let titles: Vec<String> = ["One", "Two", "One", "Two"]
        .iter()
        .enumerate()
        .map(|(index, title)| {
            let path = format!("{index}.toml");
            std::fs::write(project.path(&path), format!("[site]\ntitle = '{title}'\n")).unwrap();
            path
        })
        .collect();
    let build = |config: &String| project.command(&["-q", "--config", config, "build"]).spawn().unwrap();
    let children: Vec<Child> = titles.iter().map(build).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert!(sites.contains(&tree(&project.path("public"))));
}

/// Runs a script of the shell in the project, with the program as `$BUILD`.
#[cfg(unix)]
fn shell(project: &Project, script: &str) -> Run {
    let output = Command::new("sh")
        .args(["-c", script])
        .current_dir(project.path(""))
        .env("BUILD", env!("CARGO_BIN_EXE_metrics-dictionary"))
        .output();
    Run::from(output.unwrap())
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_the_earlier_site() {
    let project = project();
    let sites = two_sites(&project);
    set_title(&project, "One");
    // As on a full disk, a write is refused in the middle of a file: at 32 blocks of 512 bytes.
    let run = shell(&project, "trap '' XFSZ; ulimit -f 32; \"$BUILD\" -q build");
    assert_eq!(run.code, 2, "{}", run.log);
    assert!(run.log.contains("could not write `"), "{}", run.log);
    assert!(tree(&project.path("public")) == sites[1]);
    assert_eq!(project.run(&["-q", "build"]).code, 0);
    assert!(tree(&project.path("public")) == sites[0]);
}

/// Runs a script in a namespace of its own, in which `disk` is a small disk; nothing where that takes other rights.
#[cfg(target_os = "linux")]
fn on_a_small_disk(project: &Project, script: &str) -> Option<Run> {
    std::fs::create_dir(project.path("disk")).unwrap();
    let mounted = "mount -t tmpfs -o size=4m tmpfs disk";
    let run = |script: &str| shell(project, &format!("unshare -m sh -c '{mounted} && {{ {script}; }}'"));
    if run("true").code != 0 {
        println!("skipped: this needs the right to mount a disk");
        return None;
    }
    Some(run(script))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_earlier_site() {
    let project = Project::new().metric("issues.yml", METRIC).event("create_issue.yml", EVENT);
    let fill = "head -c 100m /dev/zero > disk/filling 2> filled; ";
    let script = format!(
        "\"$BUILD\" -q build --out disk/public && cp -r disk/public before && {fill}
        echo \"title: x\" > definitions/metrics/other.yml; \"$BUILD\" -q build --out disk/public; echo $? > code
        cp -r disk/public after; ls -A disk > listing"
    );
    let Some(run) = on_a_small_disk(&project, &script) else { return };
    let said = |name: &str| std::fs::read_to_string(project.path(name)).unwrap();
    assert_eq!(said("code").trim(), "2", "{}", run.log);
    assert!(run.log.contains("could not ") && run.log.contains("No space left"), "{}", run.log);
    assert!(tree(&project.path("before")) == tree(&project.path("after")));
    assert!(!said("listing").contains("spare"), "what failed takes no space: {}", said("listing"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_cannot_be_written_is_named() {
    let project = Project::new().metric("issues.yml", METRIC);
    let script = "\"$BUILD\" -q build --out disk/public && mount -o remount,ro disk
        echo \"title: x\" > definitions/metrics/other.yml; \"$BUILD\" -q build --out disk/public; echo $? > code; cp -r disk/public after";
    let Some(run) = on_a_small_disk(&project, script) else { return };
    assert_eq!(std::fs::read_to_string(project.path("code")).unwrap().trim(), "2", "{}", run.log);
    assert!(run.log.contains("could not ") && run.log.contains("Read-only file system"), "{}", run.log);
    assert!(project.path("after/index.html").is_file());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    /// Who may do nothing, on every system.
    const NOBODY: u32 = 65534;
    let project = Project::new().metric("issues.yml", METRIC).file("closed/notes.txt", "x");
    let set = |path: &str, mode| {
        std::fs::set_permissions(project.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set("", 0o755);
    set("closed", 0o555);
    let mut command = project.command(&["build", "--out", "closed/public"]);
    if std::fs::write(project.path("closed/probe"), "").is_ok() {
        // The superuser may write everything.
        std::fs::remove_file(project.path("closed/probe")).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    let run = Run::from(command.output().unwrap());
    set("closed", 0o755);
    assert_eq!(run.code, 2, "{}", run.log);
    assert!(run.log.contains("closed") && run.log.contains("Permission denied"), "{}", run.log);
    assert_eq!(tree(&project.path("closed")).len(), 1);
}

/// Builds into a folder that must be refused, and makes sure that all stays as it was.
fn refuse(project: &Project, arguments: &[&str], reason: &str) {
    let before = tree(&project.path(""));
    let run = project.run(&[&["build"][..], arguments].concat());
    assert_eq!(run.code, 2, "{arguments:?}: {}", run.log);
    assert!(
        run.log.contains("will not write into `") && run.log.contains(reason),
        "{arguments:?}: {}",
        run.log
    );
    assert_eq!(run.log.lines().filter(|line| line.starts_with("error")).count(), 1, "{}", run.log);
    assert!(tree(&project.path("")) == before, "{arguments:?}: something was changed");
}

#[test]
fn what_is_not_ours_is_refused() {
    let project = Project::new().metric("issues.yml", METRIC).file("mine/notes.txt", "x").file("file", "x");
    refuse(&project, &["--out", "mine"], "it holds `notes.txt`, which this program did not write");
    refuse(&project, &["--out", "file"], "it is a file");
    refuse(&project, &["--out", "."], "`definitions`, which the site is made from, lies in it");
    refuse(&project, &["--out", "/"], "lies in it");
    #[cfg(unix)]
    for (link, to) in [("to-folder", "mine"), ("to-nothing", "absent")] {
        std::os::unix::fs::symlink(to, project.path(link)).unwrap();
        refuse(&project, &["--out", link], "it is a link");
    }
    let run = project.run(&["build", "--out", "file/public"]);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("could not create `") && run.log.contains("file"), "{}", run.log);
}

#[test]
fn what_others_put_beside_our_pages_is_kept() {
    let project = Project::new().metric("issues.yml", METRIC).built().file("public/CNAME", "m.example");
    refuse(&project, &[], "it holds `CNAME`, which this program did not write");
    std::fs::remove_file(project.path("public/CNAME")).unwrap();
    let project = project.file("public/.git/HEAD", "ref: x").file("public/.DS_Store", "");
    refuse(&project, &[], "it holds `.git`, which this program did not write");
    std::fs::remove_dir_all(project.path("public/.git")).unwrap();
    assert_eq!(project.run(&["build"]).code, 0, "desktops leave files everywhere");
}

#[test]
fn a_site_and_what_it_is_made_from_do_not_lie_within_each_other() {
    let project =
        Project::new().metric("issues.yml", METRIC).file("content/index.md", "---\ntitle: A\n---\n").built();
    refuse(&project, &["--out", "public/inner"], "it lies in the site `public`");
    refuse(&project, &["--out", "public/metrics/inner/deep"], "it lies in the site `public`");
    refuse(&project, &["--out", "definitions/metrics/public"], "it lies in `definitions/metrics`");
    refuse(&project, &["--out", "content/public"], "it lies in `content`");
    refuse(&project, &["--out", "definitions"], "`definitions`, which the site is made from, lies in it");
    // Somebody moved the definitions into the site.
    std::fs::rename(project.path("definitions"), project.path("public/definitions")).unwrap();
    refuse(
        &project,
        &["--definitions", "public/definitions"],
        "`public/definitions`, which the site is made from",
    );
    assert!(project.path("public/definitions/metrics/issues.yml").is_file());
}

#[test]
fn a_root_may_hold_the_site_beside_its_definitions() {
    let project = Project::new().metric("issues.yml", METRIC);
    std::fs::rename(project.path("definitions/metrics"), project.path("metrics")).unwrap();
    for _ in 0..2 {
        let run = project.run(&["build", "--definitions", "."]);
        assert_eq!(run.code, 0, "{}", run.log);
    }
    assert_eq!(project.run(&["check", "--definitions", ".", "--fail-on", "never"]).code, 0);
    assert!(Path::new(&project.path("public/metrics/counts.issues/index.html")).is_file());
}

#[test]
fn folders_on_the_way_to_the_target_are_made() {
    let project = Project::new().metric("issues.yml", METRIC);
    assert_eq!(project.run(&["-q", "build", "--out", "a/b/../c/public/"]).code, 0);
    assert!(project.path("a/c/public/index.html").is_file());
}
