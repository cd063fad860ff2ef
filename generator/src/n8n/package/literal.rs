//! JSON as TypeScript, and the templates that it is put into.
//!
//! The one place where a string of a document meets code: it becomes a string literal, whatever is in
//! it. What is written is what Prettier would write, with n8n's settings.

use super::N8nError;
use crate::n8n::text::is_invisible;
use minijinja::{Environment, UndefinedBehavior, Value as TemplateValue};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;

/// Columns of a line, tabs counted as two.
const WIDTH: usize = 100;

/// Columns of a key, with its quotes, after which Prettier never breaks the line.
const SHORT_KEY: usize = 4;

/// A string literal. Quotes are single unless that takes more escapes than double ones.
///
/// Line separators, controls and what turns text around are escaped (all of them have four hexadecimal
/// digits), so that the literal is one line in every reader.
pub(super) fn string(text: &str) -> String {
    let (single, double) = (text.matches('\'').count(), text.matches('"').count());
    let quote = if single > double { '"' } else { '\'' };
    let mut literal = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c == quote => {
                literal.push('\\');
                literal.push(c);
            }
            c if is_invisible(c) => {
                let _ = write!(literal, "\\u{:04x}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

/// A value as a literal, which begins `depth` tabs from the left, after `before` further columns.
pub(super) fn literal(value: &Value, depth: usize, before: usize) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(items) => array(items, depth, before),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let inner = "\t".repeat(depth + 1);
            let mut text = "{\n".to_owned();
            for (name, value) in members {
                let name = key(name);
                let column = name.len() + 2;
                let value_text = match value {
                    Value::String(text) => after_key(&name, text, depth + 1),
                    other => format!(" {}", literal(other, depth + 1, column)),
                };
                let _ = writeln!(text, "{inner}{name}:{value_text},");
            }
            text.push_str(&"\t".repeat(depth));
            text.push('}');
            text
        }
        other => other.to_string(),
    }
}

/// A string literal after a key that stands `depth` tabs from the left, and its colon: in a line of its
/// own where it is too long for that of the key, unless the key is so short that this gains nothing.
pub(super) fn after_key(key: &str, text: &str, depth: usize) -> String {
    let literal = string(text);
    if key.len() > SHORT_KEY && too_long(depth, key.len() + 2, &literal, 1) {
        format!("\n{}{literal}", "\t".repeat(depth + 1))
    } else {
        format!(" {literal}")
    }
}

/// A string literal after a property of a class and its `=`, as [`after_key`] has it.
pub(super) fn after_equals(name: &str, text: &str) -> String {
    let literal = string(text);
    if too_long(1, name.len() + 3, &literal, 1) {
        format!("\n\t\t{literal}")
    } else {
        format!(" {literal}")
    }
}

fn array(items: &[Value], depth: usize, before: usize) -> String {
    let simple = |item: &Value| !item.is_object() && !item.is_array();
    let short: Vec<String> = items.iter().map(|item| literal(item, depth, 0)).collect();
    let line = format!("[{}]", short.join(", "));
    if items.iter().all(simple) && !too_long(depth, before, &line, 1) {
        return line;
    }
    let inner = "\t".repeat(depth + 1);
    let mut text = "[\n".to_owned();
    for item in items {
        let _ = writeln!(text, "{inner}{},", literal(item, depth + 1, 0));
    }
    text.push_str(&"\t".repeat(depth));
    text.push(']');
    text
}

/// Whether a line would be longer than Prettier lets it be, with what comes after it.
pub(super) fn too_long(depth: usize, before: usize, text: &str, after: usize) -> bool {
    depth * 2 + before + text.chars().count() + after > WIDTH
}

/// A key, in quotes where it is no identifier. `__proto__` would set a prototype.
fn key(name: &str) -> String {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    let plain = name.chars().next().is_some_and(starts)
        && name.chars().all(|c| starts(c) || c.is_ascii_digit());
    if name == "__proto__" {
        "['__proto__']".to_owned()
    } else if plain {
        name.to_owned()
    } else {
        string(name)
    }
}

/// Anything that is JSON as a literal, for a template: it begins `depth` tabs from the left, after
/// `before` further columns.
///
/// # Errors
/// When it is not JSON, which is a mistake of the caller's.
pub(super) fn ts(value: &impl Serialize, depth: usize, before: usize) -> Result<String, N8nError> {
    Ok(literal(&serde_json::to_value(value)?, depth, before))
}

/// Fills in a template. What is put into one must be a literal of [`ts`], or Markdown that is escaped,
/// or a name that is made of letters.
///
/// # Errors
/// When the template cannot be filled in.
pub(super) fn fill(template: &'static str, values: TemplateValue) -> Result<String, N8nError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("file", template)?;
    let text = environment.get_template("file")?.render(values)?;
    Ok(format!("{}\n", text.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_string_gets_out_of_its_quotes() {
        assert_eq!(string("it's"), "\"it's\"");
        assert_eq!(string("a \"b\" 'c'"), r#"'a "b" \'c\''"#);
        assert_eq!(string("\\'; x\n\r\t"), r#""\\'; x\n\r\t""#);
        assert_eq!(
            string("\u{2028}\u{2029}\0\u{202e}"),
            r"'\u2028\u2029\u0000\u202e'"
        );
        // In a literal with quotes, these mean nothing.
        assert_eq!(
            string("${x} `y` */ <!-- </script>"),
            "'${x} `y` */ <!-- </script>'"
        );
    }

    #[test]
    fn values_are_written_as_prettier_does() {
        let value = json!({"a-b": [1, "x"], "c": {}, "d": [{"e": null}], "__proto__": true});
        let text = "{\n\t'a-b': [1, 'x'],\n\tc: {},\n\td: [\n\t\t{\n\t\t\te: null,\n\t\t},\n\t],\n\t['__proto__']: true,\n}";
        assert_eq!(literal(&value, 0, 0), text);
        let long = "x".repeat(95);
        let text = format!("{{\n\tlonger:\n\t\t'{long}',\n\tdark: '{long}',\n}}");
        assert_eq!(
            literal(&json!({ "longer": long, "dark": long }), 0, 0),
            text
        );
    }

    #[test]
    fn a_document_is_no_template() {
        let text = fill(
            "{{ x }}",
            minijinja::context!(x => string("{{ 7 * 7 }}{% raw %}")),
        );
        assert_eq!(text.unwrap(), "'{{ 7 * 7 }}{% raw %}'\n");
    }
}
