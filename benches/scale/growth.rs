//! How time grows with the number of definitions, as a drawing: both axes are logarithmic, so what grows in step with the
//! number of definitions is parallel to the dashed lines.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::process::median;
use super::{Result, ours, project, say, site};

const SIZES: &[usize] = &[1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

/// Powers of ten at the ends of the axes.
const DEFINITIONS: [i32; 2] = [3, 5];
const SECONDS: [i32; 2] = [-2, 1];

/// The drawing, and the place of its axes in it.
const WIDTH: f64 = 870.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 560.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 392.0;

/// What is measured, and its wall time in seconds for each of [`SIZES`].
struct Line {
    name: &'static str,
    walls: Vec<f64>,
}

/// Measures `check` and builds for more sizes, and draws the result into a file.
pub(crate) fn draw(file: &Path) -> Result<()> {
    let mut lines: Vec<Line> = Vec::new();
    for (place, &size) in SIZES.iter().enumerate() {
        let folder = project(size)?;
        let check = [("`check`", ours(&folder, &["check"]))];
        for (number, (name, run)) in check.into_iter().chain(site::runs(&folder)?).enumerate() {
            if place == 0 {
                lines.push(Line { name, walls: Vec::new() });
            }
            let wall = median(&[run])?.wall;
            say(format_args!("{size} {name}: {wall:.3} s, {:.4} ms each", wall * 1e3 / size as f64));
            lines[number].walls.push(wall);
        }
    }
    Ok(fs::write(file, svg(&lines)?)?)
}

fn svg(lines: &[Line]) -> Result<String, std::fmt::Error> {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"Seconds by number of definitions, both logarithmic\">\n<style>\
         text{{font:13px system-ui,sans-serif;fill:#1f2328}}.grid{{stroke:#d0d7de}}\
         .linear{{stroke:#8c959f;stroke-dasharray:4 4}}polyline{{fill:none;stroke:#0969da;stroke-width:2}}circle{{fill:#0969da}}\
         @media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}.grid{{stroke:#30363d}}polyline{{stroke:#4493f8}}\
         circle{{fill:#4493f8}}}}</style>\n"
    );
    for power in DEFINITIONS[0]..=DEFINITIONS[1] {
        let at = x(10_f64.powi(power));
        writeln!(svg, "<line class=\"grid\" x1=\"{at}\" x2=\"{at}\" y1=\"{TOP}\" y2=\"{BOTTOM}\"/>")?;
        let label = format!("{},000", 10_u32.pow(power.unsigned_abs() - 3));
        writeln!(svg, "<text x=\"{at}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", BOTTOM + 20.0)?;
    }
    let middle = f64::midpoint(LEFT, RIGHT);
    writeln!(svg, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">definitions</text>", BOTTOM + 40.0)?;
    for power in SECONDS[0]..=SECONDS[1] {
        let (seconds, at) = (10_f64.powi(power), y(10_f64.powi(power)));
        writeln!(svg, "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at}\" y2=\"{at}\"/>")?;
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{seconds} s</text>",
            LEFT - 8.0,
            at + 4.0
        )?;
    }
    for Line { name, walls } in lines {
        let (first, last) = (walls[0], walls[walls.len() - 1]);
        let (from, to) = (SIZES[0] as f64, SIZES[SIZES.len() - 1] as f64);
        let line = [x(from), y(first), x(to), y(first * to / from)].map(|at| format!("{at:.1}"));
        let [x1, y1, x2, y2] = &line;
        writeln!(svg, "<line class=\"linear\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>")?;
        let points: Vec<(f64, f64)> =
            SIZES.iter().zip(walls).map(|(&size, &wall)| (x(size as f64), y(wall))).collect();
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        writeln!(svg, "<polyline points=\"{}\"/>", path.join(" "))?;
        for (x, y) in points {
            writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>")?;
        }
        let name = name.replace('`', "");
        writeln!(svg, "<text x=\"{}\" y=\"{:.1}\">{name}: {last:.2} s</text>", RIGHT + 12.0, y(last) + 4.0)?;
    }
    svg += "</svg>\n";
    Ok(svg)
}

fn x(definitions: f64) -> f64 {
    LEFT + share(definitions, DEFINITIONS) * (RIGHT - LEFT)
}

fn y(seconds: f64) -> f64 {
    BOTTOM - share(seconds, SECONDS) * (BOTTOM - TOP)
}

/// How far along an axis a value lies, from 0 to 1.
fn share(value: f64, [from, to]: [i32; 2]) -> f64 {
    (value.log10() - f64::from(from)) / f64::from(to - from)
}
