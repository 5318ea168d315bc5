//! Lists that are sorted by path, gone through side by side.

use rayon::prelude::*;

use super::ledger::{Left, Written};

/// Paths that are looked for in one go.
const RUN: usize = 1024;

/// Something at a path below the site's root.
pub(super) trait Located {
    /// The path, with `/`.
    fn path(&self) -> &str;
}

impl Located for &str {
    fn path(&self) -> &str {
        self
    }
}

impl Located for Written<'_> {
    fn path(&self) -> &str {
        &self.path
    }
}

impl Located for Left<'_> {
    fn path(&self) -> &str {
        &self.path
    }
}

/// What `others` have at the path of each of `these`. Both are sorted by path, without doubles.
pub(super) fn pairs<'o, T: Located + Sync, O: Located + Sync>(
    these: &[T],
    others: &'o [O],
) -> Vec<Option<&'o O>> {
    let mut found = vec![None; these.len()];
    these.par_chunks(RUN).zip(found.par_chunks_mut(RUN)).for_each(|(run, found)| {
        let start = others.partition_point(|other| other.path() < run[0].path());
        let mut rest = &others[start..];
        for (this, found) in run.iter().zip(found) {
            while rest.first().is_some_and(|other| other.path() < this.path()) {
                rest = &rest[1..];
            }
            *found = rest.first().filter(|other| other.path() == this.path());
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::stamp::Stamp;

    #[test]
    fn each_finds_its_like() {
        let stamp = Stamp::at(Path::new(".")).unwrap();
        let list = |step: usize| -> Vec<Left<'_>> {
            let paths = (0..3 * RUN).step_by(step).map(|number| format!("{number:06}"));
            paths.map(|path| Left { path: path.into(), stamp }).collect()
        };
        let (these, others) = (list(2), list(3));
        let found = pairs(&these, &others);
        for (this, found) in these.iter().zip(found) {
            let number: usize = this.path.parse().unwrap();
            assert_eq!(found.map(Located::path), number.is_multiple_of(3).then_some(&*this.path));
        }
        assert_eq!(pairs(&others, &[] as &[Left<'_>]), vec![None; others.len()]);
    }
}
