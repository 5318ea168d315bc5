//! Whole processes, and what the system says that they took.
//!
//! A process starts with the peak memory of the one that starts it: what measures keeps little in memory itself.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

use super::Result;

/// Measured runs of which the median is taken, after one that warms up.
pub(crate) const RUNS: usize = 5;

/// One process to start.
pub(crate) struct Run {
    program: String,
    folder: PathBuf,
    arguments: Vec<String>,
    input: Option<PathBuf>,
    before: Option<Box<dyn Fn() -> Result<()>>>,
}

/// What one or several processes took: seconds, and the peak memory of the largest in bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
    pub(crate) peak: u64,
}

impl Run {
    pub(crate) fn new(program: &str, folder: &Path, arguments: &[impl AsRef<str>]) -> Self {
        let arguments = arguments.iter().map(|argument| argument.as_ref().to_owned()).collect();
        Self {
            program: program.to_owned(),
            folder: folder.to_path_buf(),
            arguments,
            input: None,
            before: None,
        }
    }

    /// With a file as standard input.
    pub(crate) fn with_input(mut self, file: &Path) -> Self {
        self.input = Some(file.to_path_buf());
        self
    }

    /// With something done each time before it runs, which is not measured.
    pub(crate) fn after(mut self, before: impl Fn() -> Result<()> + 'static) -> Self {
        self.before = Some(Box::new(before));
        self
    }

    /// Runs it without output. Findings make the program answer with 1.
    fn cost(&self) -> Result<Cost> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder);
        command.stdin(match &self.input {
            Some(file) => Stdio::from(File::open(file)?),
            None => Stdio::null(),
        });
        self.before.iter().try_for_each(|before| before())?;
        let start = Instant::now();
        let used = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?.wait4()?;
        let wall = start.elapsed();
        if used.status.code().is_none_or(|code| code > 1) {
            return Err(format!("`{}` could not run", self.program).into());
        }
        let cpu = used.rusage.utime + used.rusage.stime;
        Ok(Cost { wall: wall.as_secs_f64(), cpu: cpu.as_secs_f64(), peak: used.rusage.maxrss })
    }
}

/// The median of what these processes, one after the other, take together.
pub(crate) fn median(runs: &[Run]) -> Result<Cost> {
    let mut costs = Vec::with_capacity(RUNS + 1);
    for _ in 0..=RUNS {
        let mut sum = Cost::default();
        for run in runs {
            let cost = run.cost()?;
            sum = Cost { wall: sum.wall + cost.wall, cpu: sum.cpu + cost.cpu, peak: sum.peak.max(cost.peak) };
        }
        costs.push(sum);
    }
    let mut measured = costs.split_off(1);
    let mut middle = |key: fn(&Cost) -> f64| {
        measured.sort_by(|a, b| key(a).total_cmp(&key(b)));
        key(&measured[RUNS / 2])
    };
    let (wall, cpu) = (middle(|cost| cost.wall), middle(|cost| cost.cpu));
    measured.sort_by_key(|cost| cost.peak);
    Ok(Cost { wall, cpu, peak: measured[RUNS / 2].peak })
}
