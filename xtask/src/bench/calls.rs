//! Calling what was generated, beside the same written by hand.

use super::figure::{Amount, Figure};
use super::{Bench, Section, cost};
use crate::workspace::Failure;
use serde::Deserialize;
use std::time::Duration;

/// What the benchmark of `xtask/consumer` prints: a line per measurement, times in nanoseconds.
#[derive(Debug, Deserialize)]
struct Measurement {
    name: String,
    /// Whether it is all about reading or writing JSON, of so many bytes.
    codec: bool,
    ours: u64,
    by_hand: u64,
    bytes: u64,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Failure> {
    let mut command = cost::cargo();
    command
        .args([
            "bench",
            "--quiet",
            "-p",
            "specwright-consumer",
            "--bench",
            "calls",
        ])
        .current_dir(bench.workspace.root());
    let printed = cost::run(&mut command)?.printed;
    let measurements = printed
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let figures: Vec<Figure> = measurements.flat_map(figures).collect();
    if figures.is_empty() {
        let message = format!("the benchmark printed no measurement:\n{printed}");
        return Err(Failure::Run {
            program: "cargo bench".to_owned(),
            message,
        });
    }
    Ok(figures)
}

fn figures(measured: Measurement) -> [Figure; 2] {
    let Measurement {
        name,
        codec,
        ours,
        by_hand,
        bytes,
    } = measured;
    let figure = |what: String, amount| Figure::new(Section::Calls, what, amount);
    #[allow(clippy::cast_precision_loss, reason = "figures are for people")]
    let ratio = ours as f64 / by_hand.max(1) as f64;
    let second = if codec {
        figure(format!("{name}, throughput"), rate(bytes, ours))
            .beside("by hand", rate(bytes, by_hand))
    } else {
        figure(format!("{name}, beside by hand"), Amount::Times(ratio))
    };
    [
        figure(name, Amount::WallNanos(ours)).beside("by hand", Amount::WallNanos(by_hand)),
        second,
    ]
}

fn rate(bytes: u64, nanos: u64) -> Amount {
    let nanos = u128::from(nanos.max(1));
    let per_second = u128::from(bytes) * Duration::from_secs(1).as_nanos() / nanos;
    Amount::Rate(u64::try_from(per_second).unwrap_or(u64::MAX))
}
