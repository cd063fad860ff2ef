//! The n8n package: what an item costs, what loading costs, and its size.

use super::figure::{Amount, Figure};
use super::{Bench, Section, cost};
use crate::n8n;
use crate::npm::NPM;
use crate::workspace::Failure;
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

/// The API whose package is measured.
const API: &str = "twenty";

/// What an item may cost, in nanoseconds.
const MOST: Amount = Amount::CpuNanos(3_000_000);

/// How much more an item may cost with the most properties than with the fewest: what measuring
/// itself varies by.
const FLAT: f64 = 1.5;

/// A line of `xtask/n8n/bench/items.cjs`.
#[derive(Debug, Clone, Deserialize)]
struct Item {
    kind: String,
    /// Properties at the top level of the node.
    properties: u64,
    nanoseconds: u64,
    /// The same requests without the node.
    http: u64,
}

/// The line of `xtask/n8n/bench/load.cjs`.
#[derive(Debug, Deserialize)]
struct Load {
    nanoseconds: u64,
    heap: u64,
    /// Making a workflow with the node in it, in nanoseconds.
    opening: u64,
    /// Bytes of the descriptors.
    descriptors: u64,
    properties: u64,
}

/// What `npm pack` says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Packed {
    size: u64,
    unpacked_size: u64,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Failure> {
    let built = n8n::build(&bench.workspace, API)?;
    let job = n8n::job(&bench.workspace, API, &built)?;
    let scripts = bench.workspace.root().join("xtask/n8n/bench");
    let printed = node(&[&scripts.join("items.cjs"), &job], &[])?;
    let lines = printed.lines();
    let items: Vec<Item> = lines
        .map(|line| parsed("items.cjs", line))
        .collect::<Result<_, _>>()?;
    let mut figures = costs(&items);
    let loaded = node(
        &[&scripts.join("load.cjs"), &built.modules, &built.package],
        &["--expose-gc"],
    )?;
    figures.extend(loading(&parsed("load.cjs", loaded.trim())?));
    figures.extend(packed(&built.package)?);
    Ok(figures)
}

fn figure(what: impl Into<String>, amount: Amount) -> Figure {
    Figure::new(Section::N8n, what, amount)
}

/// The cost of an item for each number of properties, and how much that number matters.
fn costs(items: &[Item]) -> Vec<Figure> {
    let mut figures = Vec::new();
    let same = |one: &Item, other: &Item| one.kind == other.kind;
    for group in items.chunk_by(same) {
        for item in group {
            let what = format!("n8n, {} an item, {} properties", item.kind, item.properties);
            figures.push(
                figure(what, Amount::CpuNanos(item.nanoseconds))
                    .at_most(MOST, "the budget")
                    .beside("the request alone", Amount::CpuNanos(item.http)),
            );
        }
        if let [first, .., last] = group {
            #[allow(clippy::cast_precision_loss, reason = "figures are for people")]
            let ratio = last.nanoseconds as f64 / first.nanoseconds.max(1) as f64;
            let (most, fewest) = (last.properties, first.properties);
            let what = format!("n8n, {}, {most} beside {fewest} properties", last.kind);
            figures.push(
                figure(what, Amount::Times(ratio)).at_most(Amount::Times(FLAT), "does not grow"),
            );
        }
    }
    figures
}

fn loading(load: &Load) -> Vec<Figure> {
    vec![
        figure("n8n, loading the node", Amount::WallNanos(load.nanoseconds)),
        figure("n8n, its heap", Amount::Bytes(load.heap)),
        figure("n8n, opening a workflow", Amount::WallNanos(load.opening)),
        figure("n8n, descriptors", Amount::Bytes(load.descriptors)),
        figure(
            "n8n, properties at the top level",
            Amount::Count(load.properties),
        ),
    ]
}

/// The size of what npm would publish.
fn packed(package: &Path) -> Result<Vec<Figure>, Failure> {
    let mut command = Command::new(NPM);
    command
        .args(["pack", "--dry-run", "--json", "--ignore-scripts"])
        .current_dir(package);
    let printed = cost::run(&mut command)?.printed;
    let packed: Vec<Packed> = parsed("npm pack", &printed)?;
    let figures = packed.iter().flat_map(|packed| {
        [
            figure("n8n, the package, packed", Amount::Bytes(packed.size)),
            figure("n8n, the package", Amount::Bytes(packed.unpacked_size)),
        ]
    });
    Ok(figures.collect())
}

fn node(arguments: &[&Path], options: &[&str]) -> Result<String, Failure> {
    let mut command = Command::new("node");
    command.args(options).args(arguments);
    Ok(cost::run(&mut command)?.printed)
}

fn parsed<'d, T: Deserialize<'d>>(program: &str, text: &'d str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Run {
        program: program.to_owned(),
        message: format!("{error}: {text}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_that_grows_with_the_properties_misses_its_bar() {
        let item = |properties, nanoseconds| Item {
            kind: "find_one".to_owned(),
            properties,
            nanoseconds,
            http: 1_000_000,
        };
        let met = |items: &[Item]| -> Vec<Option<bool>> {
            costs(items).iter().map(Figure::is_met).collect()
        };
        let flat = [item(20, 1_500_000), item(5_600, 1_600_000)];
        assert_eq!(met(&flat), [Some(true), Some(true), Some(true)]);
        let growing = [item(20, 1_500_000), item(5_600, 3_600_000)];
        assert_eq!(met(&growing), [Some(true), Some(false), Some(false)]);
    }
}
