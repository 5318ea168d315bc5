//! What is wrong with a file before its fields can be looked at.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Span;
use crate::yaml::{Problem, ProblemKind};

rule! {
    /// A definition file is UTF-8 text.
    ///
    /// ## Why
    /// Other encodings turn letters into noise on pages and in exports, differently on each machine.
    ///
    /// ## Bad
    /// ```text
    /// description: caf\xe9            (Latin-1)
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// description: café
    /// ```
    NOT_UTF8 = "yaml/not-utf8", Error Error Error
}

rule! {
    /// A definition file holds a definition.
    ///
    /// ## Why
    /// An empty file defines nothing; most often a save went wrong or a definition was to be deleted.
    ///
    /// ## Bad
    /// ```yaml
    /// # only a comment
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// description: Count of issues
    /// ```
    EMPTY = "yaml/empty", Error Error Error
}

rule! {
    /// A definition file is well-formed YAML.
    ///
    /// ## Why
    /// What stands behind a syntax error is not read: the fields are missing from the dictionary. Brackets and quotes
    /// are reported where they open, everything else where reading stopped.
    ///
    /// ## Bad
    /// ```yaml
    /// description: Count: of issues
    /// tiers: [free, premium
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// description: "Count: of issues"
    /// tiers: [free, premium]
    /// ```
    SYNTAX = "yaml/syntax", Error Error Error
}

rule! {
    /// Indentation is made of spaces.
    ///
    /// ## Why
    /// YAML forbids tabs there, because their width depends on who looks.
    ///
    /// ## Bad
    /// ```text
    /// tiers:
    /// <TAB>- free
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers:
    ///   - free
    /// ```
    TAB = "yaml/tab", Error Error Error
}

rule! {
    /// A definition file holds no markers of an unfinished merge.
    ///
    /// ## Why
    /// Git writes them around the two versions of a conflict. Which version holds is for a person to say; the file is
    /// read up to the first marker.
    ///
    /// ## Bad
    /// ```text
    /// <<<<<<< HEAD
    /// milestone: "16.10"
    /// =======
    /// milestone: "16.11"
    /// >>>>>>> feature
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// milestone: "16.11"
    /// ```
    CONFLICT_MARKER = "yaml/conflict-marker", Error Error Error
}

rule! {
    /// No key stands twice in one mapping.
    ///
    /// ## Why
    /// Readers disagree on which value holds: some take the first, most the last, some refuse the file.
    ///
    /// ## Bad
    /// ```yaml
    /// status: active
    /// status: removed
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: removed
    /// ```
    DUPLICATE_KEY = "yaml/duplicate-key", Error Error Error
}

rule! {
    /// A definition file holds one document.
    ///
    /// ## Why
    /// One file is one definition, so that its name, history and owner are its own. Documents after the first are not
    /// read.
    ///
    /// ## Bad
    /// ```yaml
    /// key_path: counts.issues
    /// ---
    /// key_path: counts.boards
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// ```
    MULTIPLE_DOCUMENTS = "yaml/multiple-documents", Error Error Error
}

rule! {
    /// A definition is a mapping of fields to values.
    ///
    /// ## Why
    /// A list or a lone word has no fields: there is nothing to list. Keys are plain words for the same reason.
    ///
    /// ## Bad
    /// ```yaml
    /// - key_path: counts.issues
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// ```
    NOT_A_MAPPING = "yaml/not-a-mapping", Error Error Error
}

rule! {
    /// A definition nests at most 64 deep and holds at most 10,000 values, aliases counted as often as they repeat.
    ///
    /// ## Why
    /// Small files can describe enormous values through aliases, and deep nesting exhausts programs that read it. No
    /// real definition comes near.
    ///
    /// ## Bad
    /// ```yaml
    /// a: &a [x, x, x, x, x, x, x, x, x, x]
    /// b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers: [free, premium, ultimate]
    /// ```
    LIMIT = "yaml/limit", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if let Some(span) = definition.source.not_utf8 {
        findings.push(
            Finding::new(&NOT_UTF8, definition.file, span, "the file is not UTF-8 from here on")
                .help("save the file in the encoding UTF-8"),
        );
    }
    findings.extend(definition.document.problems.iter().map(|problem| finding(definition.file, problem)));
    if let Some(root) = &definition.document.root
        && definition.root().is_none()
        && definition.document.is_complete()
    {
        // The first line is enough to see what it is.
        let text = definition.source.text.line(definition.source.text.position(root.span.start).line);
        let span = Span { start: root.span.start, end: root.span.end.min(text.end).max(root.span.start) };
        let message = format!("a definition is a mapping of fields to values; this is {}", root.type_name());
        let finding = Finding::new(&NOT_A_MAPPING, definition.file, span, message);
        findings.push(finding.help("start with the first field, for instance `key_path: …` or `action: …`"));
    }
}

fn finding(file: usize, problem: &Problem) -> Finding {
    let finding = |rule, message: String| Finding::new(rule, file, problem.span, message);
    let finding = match &problem.kind {
        ProblemKind::Empty => {
            finding(&EMPTY, "the file holds no definition".to_owned()).help("write one, or delete the file")
        }
        ProblemKind::NulByte => finding(&SYNTAX, "a NUL byte cannot stand in YAML".to_owned())
            .help("delete it, or save the file as UTF-8 text"),
        ProblemKind::ConflictMarker => {
            finding(&CONFLICT_MARKER, "a merge conflict is not resolved".to_owned())
                .help("keep one of the two versions and delete the markers")
        }
        ProblemKind::Tab => finding(&TAB, "a tab cannot indent YAML".to_owned()).help("write spaces instead"),
        ProblemKind::Unclosed(open) => {
            let (what, close) = match open {
                '[' => ("bracket", ']'),
                '{' => ("brace", '}'),
                quote => ("quote", *quote),
            };
            finding(&SYNTAX, format!("this {what} is never closed"))
                .help(format!("add the closing `{close}`"))
        }
        ProblemKind::Syntax(words, remedy) => finding(&SYNTAX, format!("not YAML: {words}")).help(remedy),
        ProblemKind::DuplicateKey(pointer) => {
            let key = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
            finding(&DUPLICATE_KEY, format!("the key `{key}` stands here again"))
                .at(pointer)
                .help("keep one of them")
        }
        ProblemKind::ComplexKey => finding(&NOT_A_MAPPING, "a list or mapping cannot be a key".to_owned())
            .help("write a plain word before the colon"),
        ProblemKind::SecondDocument => {
            finding(&MULTIPLE_DOCUMENTS, "a second document starts here; it is not read".to_owned())
                .help("move it into a file of its own, or delete the line `---`")
        }
        ProblemKind::TooDeep => {
            finding(&LIMIT, "nested too deeply; the rest is not read".to_owned()).help("flatten the value")
        }
        ProblemKind::TooManyNodes => {
            finding(&LIMIT, "too many values; the rest is not read".to_owned()).help("split the definition")
        }
        ProblemKind::SelfAlias => finding(&LIMIT, "this alias stands inside what it repeats".to_owned())
            .help("write the value instead of the alias"),
    };
    match (&problem.kind, problem.related) {
        (ProblemKind::DuplicateKey(_), Some(first)) => finding.related(file, first, "first here"),
        (_, Some(stopped)) => finding.related(file, stopped, "reading stopped here"),
        (_, None) => finding,
    }
}
