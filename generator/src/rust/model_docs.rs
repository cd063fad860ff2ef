//! The documentation of types and fields.

use super::docs::{attributes, code, first_of};
use crate::ir::{Constraints, Field, OtherWay, Rule, TypeDef};
use proc_macro2::TokenStream;

/// Where an inline schema stands, in words: "In the response of `GET /pets`."
fn place(pointer: &str) -> String {
    let segments: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["paths", path, method, rest @ ..] if !matches!(*method, "parameters") => {
            let part = match rest.first() {
                Some(&"responses") => "In the response of",
                Some(&"requestBody") => "In the body of",
                _ => "A parameter of",
            };
            format!(
                "{part} {}.",
                code(&format!("{} {path}", method.to_uppercase()))
            )
        }
        ["components", "schemas", name, ..] | ["definitions", name, ..] => {
            format!("In the schema {}.", code(name))
        }
        ["components", "parameters", name, ..] => {
            format!("A value of the parameter {}.", code(name))
        }
        ["components", _, name, ..] => format!("In {}.", code(name)),
        _ => format!("The schema at {}.", code(&format!("#{pointer}"))),
    }
}

pub(super) fn type_docs(def: &TypeDef) -> TokenStream {
    let mut text = first_of(&[def.description.as_deref(), def.title.as_deref()], || {
        // Saying where it comes from is more use than making something up.
        let origin = def
            .origins
            .first()
            .map_or("", |origin| origin.pointer.as_str());
        match &def.component {
            Some(name) => format!(
                "The schema {}, which the document does not describe.",
                code(name)
            ),
            None if matches!(def.other_way, Some(OtherWay::ReceivedAs(_))) => {
                let place = place(origin);
                format!("{}, as it is sent.", place.trim_end_matches('.'))
            }
            None => place(origin),
        }
    });
    let rules = rules(&def.rules);
    if !rules.is_empty() {
        text.push_str("\n\n");
        text.push_str(&rules);
    }
    attributes(&text)
}

pub(super) fn field_docs(field: &Field) -> String {
    let schema = &field.schema;
    let mut text = first_of(
        &[schema.description.as_deref(), schema.title.as_deref()],
        || code(&field.wire_name),
    );
    for more in [
        limits(&schema.constraints),
        rules(&schema.constraints.rules),
    ] {
        if !more.is_empty() {
            text.push_str("\n\n");
            text.push_str(&more);
        }
    }
    text
}

/// What else is asked for, and left to the server to check; empty when there is nothing.
fn rules(rules: &[Rule]) -> String {
    let parts = rules
        .iter()
        .map(|rule| format!("{} {}", code(&rule.keyword), code(&rule.text)));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("Also: {}.", parts.join(", "))
    }
}

/// The limits of a value in a sentence; empty when there are none.
pub(super) fn limits(constraints: &Constraints) -> String {
    let mut parts = Vec::new();
    let bound = |word: &str, beyond: &str, bound: &crate::ir::Bound| {
        let word = if bound.exclusive { beyond } else { word };
        format!("{word} {}", bound.value)
    };
    parts.extend(
        constraints
            .minimum
            .as_ref()
            .map(|minimum| bound("from", "greater than", minimum)),
    );
    parts.extend(
        constraints
            .maximum
            .as_ref()
            .map(|maximum| bound("up to", "less than", maximum)),
    );
    parts.extend(
        constraints
            .multiple_of
            .as_ref()
            .map(|step| format!("in steps of {step}")),
    );
    let count = |least: Option<u64>, most: Option<u64>, unit: &str| match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("{least} {unit}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {unit}")),
        (Some(least), None) if least > 0 => Some(format!("at least {least} {unit}")),
        (None, Some(most)) => Some(format!("at most {most} {unit}")),
        _ => None,
    };
    parts.extend(count(
        constraints.min_length,
        constraints.max_length,
        "characters",
    ));
    parts.extend(count(constraints.min_items, constraints.max_items, "items"));
    parts.extend(count(
        constraints.min_properties,
        constraints.max_properties,
        "properties",
    ));
    parts.extend(constraints.unique_items.then(|| "no item twice".to_owned()));
    parts.extend(
        constraints
            .pattern
            .as_ref()
            .map(|pattern| format!("matching {}", code(pattern))),
    );
    if parts.is_empty() {
        String::new()
    } else {
        format!("Allowed: {}.", parts.join(", "))
    }
}

/// `#[deprecated]`, which makes callers aware; our own code mentions it nowhere.
pub(super) fn deprecated(is: bool) -> Option<TokenStream> {
    is.then(|| attributes("\n**Deprecated.**"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Bound;

    #[test]
    fn limits_that_are_not_reached_are_named_as_such() {
        let said = |minimum, maximum| {
            limits(&Constraints {
                minimum,
                maximum,
                ..Constraints::default()
            })
        };
        let bound = |value: i64, exclusive| {
            Some(Bound {
                value: value.into(),
                exclusive,
            })
        };
        assert_eq!(
            said(bound(0, true), bound(5, false)),
            "Allowed: greater than 0, up to 5."
        );
        assert_eq!(
            said(bound(0, false), bound(5, true)),
            "Allowed: from 0, less than 5."
        );
    }
}
