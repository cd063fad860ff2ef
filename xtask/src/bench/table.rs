//! Figures as text and as JSON.

use super::Figure;
use serde_json::{Value, json as value};
use std::fmt::Write;

/// A table for people: what was measured, its bar, whether it is met, and what others need.
pub(crate) fn text(figures: &[Figure]) -> String {
    let mut rows = vec![["what", "measured", "at most", "", "others"].map(str::to_owned)];
    rows.extend(figures.iter().map(row));
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for [what, measured, bar, met, others] in &rows {
        let [a, b, c, d, _] = widths;
        let line = format!("{what:<a$}  {measured:>b$}  {bar:<c$}  {met:<d$}  {others}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn row(figure: &Figure) -> [String; 5] {
    let bar = figure
        .bar
        .as_ref()
        .map(|bar| format!("{} ({})", bar.most, bar.because));
    let met = match figure.is_met() {
        Some(true) => "met",
        Some(false) => "MISSED",
        None => "",
    };
    let others: Vec<String> = figure
        .others
        .iter()
        .map(|(who, amount)| format!("{who} {amount}"))
        .collect();
    [
        figure.what.clone(),
        figure.amount.to_string(),
        bar.unwrap_or_default(),
        met.to_owned(),
        others.join(", "),
    ]
}

/// The same for programs: a list of objects.
pub(crate) fn json(figures: &[Figure]) -> Value {
    let one = |figure: &Figure| {
        let others = figure.others.iter();
        let others: Vec<Value> = others
            .map(|(who, amount)| value!({ "who": who, "amount": amount }))
            .collect();
        value!({
            "section": figure.section,
            "what": figure.what,
            "amount": figure.amount,
            "bar": figure.bar,
            "met": figure.is_met(),
            "others": others,
        })
    };
    figures.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::figure::Amount;
    use super::super::{Figure, Section};
    use super::*;

    #[test]
    fn the_table_says_what_missed_its_bar() {
        let figures = [
            Figure::new(Section::Size, "lines", Amount::Lines(1_500))
                .at_most(Amount::Lines(1_000), "a third of peer")
                .beside("peer", Amount::Lines(3_000)),
            Figure::new(Section::Calls, "decode", Amount::Times(1.5)),
        ];
        assert_eq!(
            text(&figures),
            "what       measured  at most                                others\n\
             lines   1,500 lines  1,000 lines (a third of peer)  MISSED  peer 3,000 lines\n\
             decode       1.50 x\n"
        );
        assert_eq!(json(&figures)[0]["met"], false);
        assert_eq!(
            json(&figures)[0]["amount"],
            value!({ "unit": "lines", "number": 1_500 })
        );
    }
}
