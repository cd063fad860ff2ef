//! One measured figure, its bar, and what others need.

use super::Section;
use serde::Serialize;
use std::time::Duration;

/// What was measured of one thing.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    pub(super) section: Section,
    /// What was measured.
    pub(super) what: String,
    pub(super) amount: Amount,
    /// What it must stay below.
    pub(super) bar: Option<Bar>,
    /// What others need for the same, measured in the same run.
    pub(super) others: Vec<(String, Amount)>,
}

/// What a figure must stay below.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bar {
    /// The most that it may be.
    pub(super) most: Amount,
    /// Where that comes from: "a tenth of progenitor".
    pub(super) because: String,
}

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "unit", content = "number")]
pub(crate) enum Amount {
    /// Microseconds of processor time.
    CpuMicros(u64),
    /// Nanoseconds of processor time, of what is done often.
    CpuNanos(u64),
    /// Nanoseconds by the clock.
    WallNanos(u64),
    /// Bytes.
    Bytes(u64),
    /// Lines.
    Lines(u64),
    /// A number of things.
    Count(u64),
    /// Bytes per second.
    Rate(u64),
    /// How many times as much.
    Times(f64),
}

impl Figure {
    pub(super) fn new(section: Section, what: impl Into<String>, amount: Amount) -> Self {
        Self {
            section,
            what: what.into(),
            amount,
            bar: None,
            others: Vec::new(),
        }
    }

    /// It must not be more than this.
    pub(super) fn at_most(mut self, most: Amount, because: impl Into<String>) -> Self {
        self.bar = Some(Bar {
            most,
            because: because.into(),
        });
        self
    }

    pub(super) fn beside(mut self, who: impl Into<String>, amount: Amount) -> Self {
        self.others.push((who.into(), amount));
        self
    }

    /// Whether it is within its bar; `None` when it has none.
    pub(crate) fn is_met(&self) -> Option<bool> {
        let bar = self.bar.as_ref()?;
        Some(self.amount.number() <= bar.most.number())
    }
}

impl Amount {
    pub(super) fn cpu(time: Duration) -> Self {
        Self::CpuMicros(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
    }

    pub(super) fn mib(mebibytes: u64) -> Self {
        Self::Bytes(mebibytes << 20)
    }

    #[allow(clippy::cast_precision_loss, reason = "figures are for people")]
    pub(super) fn number(self) -> f64 {
        match self {
            Self::CpuMicros(n)
            | Self::CpuNanos(n)
            | Self::WallNanos(n)
            | Self::Bytes(n)
            | Self::Lines(n)
            | Self::Count(n)
            | Self::Rate(n) => n as f64,
            Self::Times(n) => n,
        }
    }

    /// The same unit, so many times as much.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bars are positive and small"
    )]
    pub(super) fn times(self, factor: f64) -> Self {
        let scaled = self.number() * factor;
        match self {
            Self::CpuMicros(_) => Self::CpuMicros(scaled as u64),
            Self::CpuNanos(_) => Self::CpuNanos(scaled as u64),
            Self::WallNanos(_) => Self::WallNanos(scaled as u64),
            Self::Bytes(_) => Self::Bytes(scaled as u64),
            Self::Lines(_) => Self::Lines(scaled as u64),
            Self::Count(_) => Self::Count(scaled as u64),
            Self::Rate(_) => Self::Rate(scaled as u64),
            Self::Times(_) => Self::Times(scaled),
        }
    }
}

/// For people: `1.73 s CPU`, `258.0 MiB`, `14,977 lines`.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = self.number();
        match self {
            Self::CpuMicros(_) if number >= 1e6 => write!(f, "{:.2} s CPU", number / 1e6),
            Self::CpuMicros(_) => write!(f, "{:.1} ms CPU", number / 1e3),
            Self::CpuNanos(_) => write!(f, "{:.2} ms CPU", number / 1e6),
            Self::WallNanos(_) if number >= 1e6 => write!(f, "{:.2} ms", number / 1e6),
            Self::WallNanos(_) => write!(f, "{:.2} us", number / 1e3),
            Self::Bytes(_) if number >= 1_048_576.0 => write!(f, "{:.1} MiB", number / 1_048_576.0),
            Self::Bytes(_) => write!(f, "{:.1} KiB", number / 1024.0),
            Self::Lines(lines) => write!(f, "{} lines", grouped(*lines)),
            Self::Count(count) => write!(f, "{}", grouped(*count)),
            Self::Rate(_) => write!(f, "{:.0} MB/s", number / 1e6),
            Self::Times(_) => write!(f, "{number:.2} x"),
        }
    }
}

/// `14977` as `14,977`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well() {
        let texts = [
            (Amount::CpuMicros(1_730_000), "1.73 s CPU"),
            (Amount::CpuMicros(9_640), "9.6 ms CPU"),
            (Amount::WallNanos(10_279), "10.28 us"),
            (Amount::Bytes(270_532_608), "258.0 MiB"),
            (Amount::Bytes(2048), "2.0 KiB"),
            (Amount::CpuNanos(1_384_623), "1.38 ms CPU"),
            (Amount::Lines(999), "999 lines"),
            (Amount::Count(1_397), "1,397"),
            (Amount::Lines(1_014_977), "1,014,977 lines"),
            (Amount::Times(1.156), "1.16 x"),
        ];
        for (amount, text) in texts {
            assert_eq!(amount.to_string(), text);
        }
    }

    #[test]
    fn a_bar_is_the_most_there_may_be() {
        let figure = |lines| {
            Figure::new(Section::Size, "lines", Amount::Lines(lines))
                .at_most(Amount::Lines(300).times(1.0 / 3.0), "a third")
        };
        assert_eq!(figure(100).is_met(), Some(true));
        assert_eq!(figure(101).is_met(), Some(false));
        assert_eq!(
            Figure::new(Section::Size, "lines", Amount::Lines(1)).is_met(),
            None
        );
    }
}
