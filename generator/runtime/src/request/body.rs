//! `application/x-www-form-urlencoded` bodies.

use serde_json::Value;

use super::style::{self, Reason, Style};

/// How one property of a form is written, where it is not the default (OpenAPI 3.1, section
/// 4.8.15: the Encoding Object).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormField {
    name: &'static str,
    style: Style,
    explode: bool,
    reserved: bool,
    json: bool,
}

impl FormField {
    /// A property with a style of its own.
    #[must_use]
    pub const fn new(name: &'static str, style: Style, explode: bool) -> Self {
        Self {
            name,
            style,
            explode,
            reserved: false,
            json: false,
        }
    }

    /// A property that is one JSON text, also where it is an array (`contentType` without a style).
    #[must_use]
    pub const fn json(name: &'static str) -> Self {
        Self {
            json: true,
            ..Self::new(name, Style::Form, true)
        }
    }

    /// Leaves reserved characters as they are (`allowReserved`).
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }
}

/// Writes an object as a form. By default an array repeats its property, and an object, also
/// inside an array, is written as JSON.
///
/// # Errors
/// When the value is no object, or a style cannot write a property.
pub(crate) fn form(value: &Value, fields: &[FormField]) -> Result<String, Reason> {
    let Value::Object(properties) = value else {
        return Err("a form is made from an object".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in properties {
        let written = match fields.iter().find(|field| field.name == name) {
            Some(field) => {
                let text = field.json.then(|| json(value));
                let value = text.as_ref().unwrap_or(value);
                style::query(name, field.style, field.explode, field.reserved, value)?
            }
            None => style::query(name, Style::Form, true, false, &flat(value))?,
        };
        pairs.push(written);
    }
    pairs.retain(|pair| !pair.is_empty());
    Ok(pairs.join("&"))
}

/// Turns what is no scalar, and no array of scalars, into JSON text.
fn flat(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(json).collect(),
        value => json(value),
    }
}

/// Turns what is no scalar into JSON text.
fn json(value: &Value) -> Value {
    match value {
        Value::Array(_) | Value::Object(_) => Value::String(value.to_string()),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_is_written_as_the_specification_says() {
        let value = json!({"a b": "c&d", "n": 7, "list": [1, 2], "o": {"x": 1}, "none": null});
        assert_eq!(
            form(&value, &[]).unwrap(),
            "a%20b=c%26d&n=7&list=1&list=2&o=%7B%22x%22%3A1%7D"
        );
    }

    #[test]
    fn a_property_can_have_a_style_of_its_own() {
        let value = json!({"list": [1, 2], "o": {"x": "a/b"}});
        let fields = [
            FormField::new("list", Style::Form, false),
            FormField::new("o", Style::DeepObject, true).reserved(),
        ];
        assert_eq!(form(&value, &fields).unwrap(), "list=1,2&o%5Bx%5D=a/b");
    }

    #[test]
    fn a_list_can_be_one_json_text() {
        let value = json!({"list": [1, 2], "text": "a"});
        let fields = [FormField::json("list"), FormField::json("text")];
        assert_eq!(form(&value, &fields).unwrap(), "list=%5B1%2C2%5D&text=a");
    }

    #[test]
    fn only_an_object_makes_a_form() {
        assert!(form(&json!([1]), &[]).is_err());
    }
}
