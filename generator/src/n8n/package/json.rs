//! JSON as Prettier writes it: tabs, and lists of plain values on one line where they fit.

use super::N8nError;
use super::literal::too_long;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;

/// The text of a value, with a line break at its end.
pub(super) fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, 0, &mut text);
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

/// Writes a value that begins `depth` tabs from the left, after `before` further columns.
fn write(value: &Value, depth: usize, before: usize, text: &mut String) {
    match value {
        Value::Array(items) if items.iter().all(is_plain) => {
            let line: Vec<String> = items.iter().map(Value::to_string).collect();
            let line = format!("[{}]", line.join(", "));
            if too_long(depth, before, &line) {
                list(items, depth, text);
            } else {
                text.push_str(&line);
            }
        }
        Value::Array(items) => list(items, depth, text),
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                next(index, depth + 1, text);
                let name = Value::from(name.as_str()).to_string();
                let _ = write!(text, "{name}: ");
                write(member, depth + 1, name.chars().count() + 2, text);
            }
            let _ = write!(text, "\n{}}}", "\t".repeat(depth));
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn list(items: &[Value], depth: usize, text: &mut String) {
    text.push('[');
    for (index, item) in items.iter().enumerate() {
        next(index, depth + 1, text);
        write(item, depth + 1, 0, text);
    }
    let _ = write!(text, "\n{}]", "\t".repeat(depth));
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
}
