//! Text into a filter.

use super::super::fields;
use super::super::order::Scale;
use super::{Comparator, Filter};
use crate::serve::check::{format_fault, text as text_of};
use crate::serve::time;
use serde_json::Value;
use specwright::ir::{Api, Primitive, Record, Schema, Type, TypeBody};

/// Conditions within each other.
const DEEPEST: usize = 32;

pub(super) fn filter(api: &Api, record: &Record, text: &str) -> Result<Filter, String> {
    let parser = Parser { api, record };
    parser.all(text, 0).map(|mut all| match all.pop() {
        Some(only) if all.is_empty() => only,
        last => Filter::And(all.into_iter().chain(last).collect()),
    })
}

struct Parser<'a> {
    api: &'a Api,
    record: &'a Record,
}

impl Parser<'_> {
    /// Conditions separated by commas.
    fn all(&self, text: &str, level: usize) -> Result<Vec<Filter>, String> {
        if level > DEEPEST {
            return Err("conditions are nested too deeply".to_owned());
        }
        split(text)?
            .into_iter()
            .map(|part| self.one(part.trim(), level))
            .collect()
    }

    fn one(&self, text: &str, level: usize) -> Result<Filter, String> {
        for (word, make) in [
            ("and(", Filter::And as fn(Vec<Filter>) -> Filter),
            ("or(", Filter::Or as fn(Vec<Filter>) -> Filter),
        ] {
            if let Some(inner) = inside(text, word)? {
                return Ok(make(self.all(inner, level + 1)?));
            }
        }
        if let Some(inner) = inside(text, "not(")? {
            let mut all = self.all(inner, level + 1)?;
            return match (all.pop(), all.is_empty()) {
                (Some(only), true) => Ok(Filter::Not(Box::new(only))),
                _ => Err(format!("'{text}': 'not' takes one condition")),
            };
        }
        self.comparison(text)
    }

    /// `field[comparator]:value`.
    fn comparison(&self, text: &str) -> Result<Filter, String> {
        let wrong = || format!("'{text}' is not a condition, eg: price[gte]:10");
        let (path, rest) = text.split_once('[').ok_or_else(wrong)?;
        let (word, value) = rest.split_once("]:").ok_or_else(wrong)?;
        let found = Comparator::ALL.iter().find(|(name, _)| *name == word);
        let Some((_, comparator)) = found else {
            let known: Vec<&str> = Comparator::ALL.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "comparator '{word}' is not one of {}",
                known.join(",")
            ));
        };
        if path.is_empty() || value.is_empty() {
            return Err(wrong());
        }
        let schema = fields::schema(self.api, self.record, path)?;
        let parts = self.api.record(&schema.ty);
        if parts.is_some_and(|(_, record)| !record.fields.is_empty()) {
            return Err(format!(
                "'{path}' has several parts: name the one to compare, with a dot"
            ));
        }
        Ok(Filter::Compare {
            path: path.to_owned(),
            comparator: *comparator,
            scale: Scale::of(self.api, schema),
            value: self.value(schema, path, *comparator, value)?,
        })
    }

    fn value(
        &self,
        schema: &Schema,
        path: &str,
        comparator: Comparator,
        text: &str,
    ) -> Result<Value, String> {
        match comparator {
            Comparator::Is => match text {
                "NULL" => Ok(true.into()),
                "NOT_NULL" => Ok(false.into()),
                _ => Err(format!("'{path}[is]' takes NULL or NOT_NULL, not '{text}'")),
            },
            Comparator::In | Comparator::ContainsAny => {
                let list = text
                    .strip_prefix('[')
                    .and_then(|text| text.strip_suffix(']'));
                let Some(list) = list else {
                    return Err(format!(
                        "'{path}' takes a list such as [\"a\",\"b\"], not '{text}'"
                    ));
                };
                let items = split(list)?;
                items
                    .into_iter()
                    .map(|item| self.typed(schema, path, item.trim()))
                    .collect()
            }
            Comparator::StartsWith | Comparator::Like | Comparator::Ilike => {
                self.scalar(schema, path, text)
            }
            _ => self.typed(schema, path, text),
        }
    }

    /// A value that the field can have; a day stands for its first moment.
    fn typed(&self, schema: &Schema, path: &str, text: &str) -> Result<Value, String> {
        let value = self.scalar(schema, path, text)?;
        let ty = match self.api.resolved(&schema.ty) {
            Type::List(item) => self.api.resolved(&item.ty),
            ty => ty,
        };
        let Some(given) = value.as_str() else {
            return Ok(value);
        };
        match ty {
            Type::Primitive(Primitive::DateTime) if time::parse_date(given).is_some() => {
                Ok(format!("{given}T00:00:00Z").into())
            }
            Type::Primitive(
                primitive @ (Primitive::DateTime
                | Primitive::Date
                | Primitive::Time
                | Primitive::Uuid
                | Primitive::Decimal { quoted: true }),
            ) => match format_fault(primitive, &value) {
                Some(expected) => Err(format!("'{path}' takes {expected}, not '{given}'")),
                None => Ok(value),
            },
            Type::Named(id) => {
                let Some(TypeBody::Enum(values)) = self.api.type_def(*id).map(|def| &def.body)
                else {
                    return Ok(value);
                };
                let mut known = values.values.iter().map(|it| text_of(&it.value));
                if known.any(|known| known == given) {
                    return Ok(value);
                }
                Err(format!("'{path}' cannot be '{given}'"))
            }
            _ => Ok(value),
        }
    }

    /// Numbers and booleans are bare; quotes around anything else may be left out.
    fn scalar(&self, schema: &Schema, path: &str, text: &str) -> Result<Value, String> {
        let schema = match self.api.resolved(&schema.ty) {
            Type::List(item) => item,
            _ => schema,
        };
        let literal = || serde_json::from_str::<Value>(text).ok();
        match self.api.resolved(&schema.ty) {
            Type::Primitive(
                Primitive::Integer { .. }
                | Primitive::Number
                | Primitive::Decimal { quoted: false },
            ) => literal()
                .filter(Value::is_number)
                .ok_or_else(|| format!("'{path}' takes a number, not '{text}'")),
            Type::Primitive(Primitive::Boolean) => literal()
                .filter(Value::is_boolean)
                .ok_or_else(|| format!("'{path}' takes true or false, not '{text}'")),
            _ => unquoted(text)
                .map(Value::from)
                .ok_or_else(|| format!("a quote is missing in '{text}'")),
        }
    }
}

/// A text without its quotes; `None` where one is missing.
fn unquoted(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('"') else {
        return Some(text.to_owned());
    };
    let inner = inner.strip_suffix('"')?;
    // As JSON where it is; a lone backslash stands for itself.
    Some(serde_json::from_str(text).unwrap_or_else(|_| inner.to_owned()))
}

/// What is in the brackets of `word(..)`.
fn inside<'t>(text: &'t str, word: &str) -> Result<Option<&'t str>, String> {
    let Some(rest) = text.strip_prefix(word) else {
        return Ok(None);
    };
    let missing = || format!("a bracket is missing in '{text}'");
    rest.strip_suffix(')').map(Some).ok_or_else(missing)
}

/// Splits at the commas that are in no quotes and no brackets.
fn split(text: &str) -> Result<Vec<&str>, String> {
    let (mut parts, mut start, mut depth, mut quoted, mut escaped) =
        (Vec::new(), 0, 0_usize, false, false);
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' => depth += 1,
            ')' | ']' => {
                let missing = || format!("a bracket is missing in '{text}'");
                depth = depth.checked_sub(1).ok_or_else(missing)?;
            }
            ',' if depth == 0 => {
                parts.extend(text.get(start..index));
                start = index + 1;
            }
            _ => {}
        }
    }
    if quoted {
        return Err(format!("a quote is missing in '{text}'"));
    }
    if depth > 0 {
        return Err(format!("a bracket is missing in '{text}'"));
    }
    parts.extend(text.get(start..));
    Ok(parts)
}
