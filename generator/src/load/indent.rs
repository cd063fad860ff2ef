//! A repair: lines of a flow collection that are not indented enough.
//!
//! YAML 1.2 (section 7.4) wants every line of `{..}` and `[..]` indented more than the block around
//! it. A closing brace often is not, and libyaml, on which most tools are built, does not mind.
//! Indenting such a line further changes nothing in what a flow collection means.

use crate::diag::Position;

/// How many lines of a file are repaired; each costs reading it again.
pub(super) const MAX_REPAIRS: usize = 32;

/// Whether the parser's message is about the indentation of a line in a flow collection.
pub(super) fn is_repairable(message: &str) -> bool {
    matches!(
        message,
        "invalid indentation" | "invalid indentation in flow construct"
    )
}

/// The text with the line at this position indented as the one before it. None when that one is not
/// indented further.
pub(super) fn repair(text: &str, position: Position) -> Option<String> {
    let number = position.line.checked_sub(1)?;
    let mut start = 0;
    let mut before: usize = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if index == number {
            let missing = before.checked_sub(indent).filter(|missing| *missing > 0)?;
            let (head, tail) = text.split_at_checked(start)?;
            return Some(format!("{head}{}{tail}", " ".repeat(missing)));
        }
        if !line.trim().is_empty() {
            before = indent;
        }
        start += line.len();
    }
    None
}
