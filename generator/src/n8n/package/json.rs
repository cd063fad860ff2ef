//! JSON as Prettier writes it: tabs, and lists of plain values on one line where they fit.

use super::N8nError;
use super::literal::too_long;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;

/// The text of a value, with a line break at its end.
pub(super) fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, (0, 0), &mut text);
    text.push('\n');
    text
}

/// The text of a `package.json`, which npm and Prettier write with every list expanded.
///
/// # Errors
/// When it is not JSON.
pub(super) fn manifest(value: &impl Serialize) -> Result<String, N8nError> {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"\t");
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut bytes, formatter,
    ))?;
    bytes.push(b'\n');
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a value that begins `depth` tabs from the left, with so many further columns before and after
/// it on its line.
fn write(value: &Value, depth: usize, (before, after): (usize, usize), text: &mut String) {
    match value {
        Value::Array(items) => match line(value) {
            Some(line) if !too_long(depth, before, &line, after) => text.push_str(&line),
            _ => list(items, depth, text),
        },
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                next(index, depth + 1, text);
                let name = Value::from(name.as_str()).to_string();
                let _ = write!(text, "{name}: ");
                let columns = (name.chars().count() + 2, comma(index, members.len()));
                write(member, depth + 1, columns, text);
            }
            let _ = write!(text, "\n{}}}", "\t".repeat(depth));
        }
        other => text.push_str(&plain(other)),
    }
}

/// What has no members: an exponent is written without a plus.
fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string().replace("e+", "e"),
        other => other.to_string(),
    }
}

/// A value on one line; `None` where Prettier gives it several: objects with members, and lists of lists
/// that have several elements each.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::Object(members) if !members.is_empty() => None,
        Value::Array(items) => {
            let long = |item: &Value| item.as_array().is_some_and(|inner| inner.len() > 1);
            if items.len() > 1 && items.iter().all(long) {
                return None;
            }
            let items: Option<Vec<String>> = items.iter().map(line).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        other => Some(plain(other)),
    }
}

fn list(items: &[Value], depth: usize, text: &mut String) {
    text.push('[');
    for (index, item) in items.iter().enumerate() {
        next(index, depth + 1, text);
        write(item, depth + 1, (0, comma(index, items.len())), text);
    }
    let _ = write!(text, "\n{}]", "\t".repeat(depth));
}

/// The columns of the comma after one of several.
fn comma(index: usize, of: usize) -> usize {
    usize::from(index + 1 < of)
}

/// Begins a line, after a comma where something is before it.
fn next(index: usize, depth: usize, text: &mut String) {
    let comma = if index > 0 { "," } else { "" };
    let _ = write!(text, "{comma}\n{}", "\t".repeat(depth));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_the_value_and_reads_well() {
        let value = json!({"a": ["x", 1, null], "b": {}, "c": [], "d": [{"e": "\"\u{2028}\n"}], "f": ["y".repeat(99)]});
        let text = text(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert!(
            text.starts_with("{\n\t\"a\": [\"x\", 1, null],\n\t\"b\": {},\n\t\"c\": [],\n"),
            "{text}"
        );
        assert!(text.contains("\"f\": [\n\t\t\"yyy"), "{text}");
    }

    #[test]
    fn a_comma_after_a_list_counts_as_one_of_its_columns() {
        // `\t"a": ["y.."]` has exactly 100 columns, a tab counting two.
        let list = json!(["y".repeat(100 - 2 - 5 - 4)]);
        let last = text(&json!({ "a": list }));
        assert!(last.starts_with("{\n\t\"a\": [\"y"), "{last}");
        let first = text(&json!({ "a": list, "b": 1 }));
        assert!(first.starts_with("{\n\t\"a\": [\n"), "{first}");
    }
}
