//! What a value can be, in sentences.

use super::markdown::cell_code;
use super::site::Site;
use crate::ir::{Bound, Constraints, Primitive, Rule, Schema, Type, TypeBody};
use serde_json::Value;

/// Values of an enum that are listed where the type has a page with all of them.
const MOST_VALUES: usize = 40;

/// The longest default or example that is shown, in characters.
const LONGEST_VALUE: usize = 200;

impl Site<'_> {
    /// Possible values, pattern, default and limits, each as a sentence.
    pub(super) fn limits(&self, schema: &Schema) -> Vec<String> {
        let mut sentences: Vec<String> = self.possible_values(&schema.ty, 0).into_iter().collect();
        sentences.extend(constraints(&schema.constraints));
        if let Some(Schema {
            constraints: of_item,
            ..
        }) = item(&schema.ty)
        {
            let said = constraints(of_item).into_iter();
            sentences.extend(said.map(|sentence| format!("Each item: {}", lower(&sentence))));
        }
        if let Some(default) = &schema.default {
            sentences.push(format!("Default: {}.", value_text(default)));
        }
        sentences
    }

    fn possible_values(&self, ty: &Type, depth: usize) -> Option<String> {
        if depth > 4 {
            return None;
        }
        match ty {
            Type::Constant(value) => Some(format!("Possible values: {}.", value_text(value))),
            Type::List(item) => self.possible_values(&item.ty, depth + 1),
            Type::Named(id) => match &self.api.type_def(*id)?.body {
                TypeBody::Enum(of) => {
                    let shown = if self.has_page(*id) {
                        MOST_VALUES
                    } else {
                        usize::MAX
                    };
                    let values: Vec<String> = of
                        .values
                        .iter()
                        .take(shown)
                        .map(|it| value_text(&it.value))
                        .collect();
                    let more = of.values.len().saturating_sub(shown);
                    let more = match more {
                        0 => String::new(),
                        more => format!(" and {more} more"),
                    };
                    Some(format!("Possible values: {}{more}.", values.join(", ")))
                }
                TypeBody::Alias(schema) => self.possible_values(&schema.ty, depth + 1),
                TypeBody::Record(_) | TypeBody::Union(_) => None,
            },
            Type::Primitive(Primitive::Boolean)
            | Type::Any
            | Type::Never
            | Type::Null
            | Type::Primitive(_)
            | Type::Tuple(..)
            | Type::Map(_) => None,
        }
    }
}

/// A JSON value as code; strings without quotes, unless nothing of them would be seen.
pub(super) fn value_text(value: &Value) -> String {
    let text = match value {
        Value::String(text) if !text.trim().is_empty() && text.trim() == text => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST_VALUE {
        return cell_code(&text);
    }
    let start: String = text.chars().take(LONGEST_VALUE).collect();
    format!("{} (cut)", cell_code(&start))
}

fn item(ty: &Type) -> Option<&Schema> {
    match ty {
        Type::List(item) | Type::Map(item) => Some(item),
        _ => None,
    }
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

fn constraints(limits: &Constraints) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(pattern) = &limits.pattern {
        sentences.push(format!("Value must match {}.", cell_code(pattern)));
    }
    sentences.extend(range(limits.minimum.as_ref(), limits.maximum.as_ref()));
    sentences.extend(
        limits
            .multiple_of
            .as_ref()
            .map(|step| format!("A multiple of {step}.")),
    );
    sentences.extend(count(limits.min_length, limits.max_length, "character"));
    sentences.extend(count(limits.min_items, limits.max_items, "item"));
    sentences.extend(limits.unique_items.then(|| "No item twice.".to_owned()));
    sentences.extend(count(
        limits.min_properties,
        limits.max_properties,
        "property",
    ));
    sentences.extend(rules(&limits.rules));
    sentences
}

/// What else is asked for, a sentence for each.
pub(super) fn rules(rules: &[Rule]) -> impl Iterator<Item = String> + '_ {
    rules.iter().map(|rule| {
        format!(
            "Also: {} {}.",
            cell_code(&rule.keyword),
            cell_code(&rule.text)
        )
    })
}

fn range(least: Option<&Bound>, most: Option<&Bound>) -> Option<String> {
    let least = least.map(|bound| match bound.exclusive {
        true => format!("more than {}", bound.value),
        false => format!("at least {}", bound.value),
    });
    let most = most.map(|bound| match bound.exclusive {
        true => format!("less than {}", bound.value),
        false => format!("at most {}", bound.value),
    });
    let parts: Vec<String> = least.into_iter().chain(most).collect();
    let text = parts.join(", ");
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

fn count(least: Option<u64>, most: Option<u64>, unit: &str) -> Option<String> {
    let plural = |number: u64| match (number, unit) {
        (1, unit) => format!("1 {unit}"),
        (number, "property") => format!("{number} properties"),
        (number, unit) => format!("{number} {unit}s"),
    };
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => Some(format!("Exactly {}.", plural(least))),
        (Some(least), Some(most)) => Some(format!("{least} to {}.", plural(most))),
        (Some(least), None) => Some(format!("At least {}.", plural(least))),
        (None, Some(most)) => Some(format!("At most {}.", plural(most))),
        (None, None) => None,
    }
}
