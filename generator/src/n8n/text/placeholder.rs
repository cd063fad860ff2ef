//! What an empty input shows.

use super::plain::is_invisible;
use serde_json::Value;

/// The longest example that is shown, in characters.
const LONGEST: usize = 80;

/// An example of a value: `e.g. Berlin`. `None` where it would not fit in a line, or breaks a rule of
/// the linter's (`node-param-placeholder-miscased-id`) that cannot be kept without changing it.
pub(in crate::n8n) fn placeholder(example: &Value) -> Option<String> {
    let text = match example {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => example.to_string(),
        Value::Null | Value::Bool(_) => return None,
    };
    let fits = !text.trim().is_empty()
        && text.chars().count() <= LONGEST
        && text.trim() == text
        && !text.chars().any(is_invisible)
        && !text.contains("  ")
        && !has_miscased_id(&text);
    fits.then(|| format!("e.g. {text}"))
}

fn has_miscased_id(text: &str) -> bool {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words
        .into_iter()
        .any(|word| matches!(word, "id" | "Id" | "ids" | "Ids"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_that_fit_are_shown() {
        for (example, expected) in [
            (Value::from("Berlin"), Some("e.g. Berlin")),
            (Value::from("=1+1"), Some("e.g. =1+1")),
            (Value::from(5), Some("e.g. 5")),
            (Value::from("id[eq]:1"), None),
            (Value::from("two\nlines"), None),
            (Value::from(""), None),
            (Value::from("x".repeat(81)), None),
            (Value::Bool(true), None),
        ] {
            assert_eq!(placeholder(&example).as_deref(), expected, "{example}");
        }
    }
}
