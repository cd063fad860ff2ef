//! The keys under which the lock remembers things: short, readable, and the same as long as the thing
//! stays where it is.

use crate::ir::{Action, Api, Origin};
use std::collections::BTreeMap;

/// Makes keys of origins.
pub(super) struct Keys<'a> {
    /// The file that is not mentioned in keys, since nearly everything is in it.
    entry: &'a str,
}

impl<'a> Keys<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let actions = api.actions.iter().map(|action| &action.origin);
        let types = api.types.iter().filter_map(|def| def.origins.first());
        let mut count = |origins: &mut dyn Iterator<Item = &'a Origin>| {
            for origin in origins {
                *counts.entry(&origin.file).or_default() += 1;
            }
        };
        count(&mut actions.into_iter());
        if api.actions.is_empty() {
            count(&mut types.into_iter());
        }
        let most = counts
            .iter()
            .max_by_key(|(file, count)| (**count, std::cmp::Reverse(**file)));
        Self {
            entry: most.map_or("", |(file, _)| file),
        }
    }

    /// The key of a place in the document: `Person` for a component schema,
    /// `GET /people 200.data.pageInfo` for a schema inside a response.
    ///
    /// Two places never have one key: what cannot be shortened safely stays a JSON pointer.
    pub(super) fn place(&self, origin: &Origin) -> String {
        let key = shortened(&origin.pointer).unwrap_or_else(|| origin.pointer.clone());
        match &*origin.file {
            file if file == self.entry => key,
            file => format!("{file}#{key}"),
        }
    }

    /// The key of an action: its method and path, which OpenAPI makes unique.
    pub(super) fn action(&self, action: &Action) -> String {
        let key = format!("{} {}", action.method.as_str(), action.path);
        match &*action.origin.file {
            file if file == self.entry => key,
            file => format!("{file}#{key}"),
        }
    }
}

/// The segments of a JSON pointer, unescaped.
pub(super) fn segments(pointer: &str) -> Vec<String> {
    let parts = pointer.split('/').skip(1);
    parts
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect()
}

const JSON: &str = "application/json";

/// A pointer in short, when that is possible without two pointers becoming one.
fn shortened(pointer: &str) -> Option<String> {
    let segments = segments(pointer);
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["components", "schemas", name, rest @ ..] => {
            is_plain(name).then(|| format!("{name}{}", steps(rest)))
        }
        [
            "paths",
            path,
            method,
            "responses",
            status,
            "content",
            JSON,
            "schema",
            rest @ ..,
        ] if !path.contains(' ') && is_plain(status) => {
            let method = method.to_uppercase();
            Some(format!("{method} {path} {status}{}", steps(rest)))
        }
        [
            "paths",
            path,
            method,
            "requestBody",
            "content",
            JSON,
            "schema",
            rest @ ..,
        ] if !path.contains(' ') => Some(format!(
            "{} {path} body{}",
            method.to_uppercase(),
            steps(rest)
        )),
        [
            "webhooks",
            name,
            "post",
            "requestBody",
            "content",
            JSON,
            "schema",
            rest @ ..,
        ] if name.split(' ').all(is_plain) => Some(format!("webhook {name}{}", steps(rest))),
        _ => None,
    }
}

/// The way through a schema: `.name` for a property, `[]` for the items of a list, anything else as it
/// stands in the pointer.
fn steps(segments: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = segments;
    loop {
        rest = match rest {
            [] => return text,
            ["properties", name, tail @ ..] if is_plain(name) => {
                text.push('.');
                text.push_str(name);
                tail
            }
            ["items", tail @ ..] => {
                text.push_str("[]");
                tail
            }
            [
                keyword @ ("properties" | "patternProperties" | "$defs"),
                name,
                tail @ ..,
            ] => {
                text.push_str(&format!("/{keyword}/{}", escaped(name)));
                tail
            }
            [segment, tail @ ..] => {
                text.push('/');
                text.push_str(&escaped(segment));
                tail
            }
        };
    }
}

fn escaped(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// Whether a name has nothing in it that has a meaning in a key.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || "./[]#~".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_where_that_is_safe() {
        let api = Api::default();
        let keys = Keys::new(&api);
        for (pointer, key) in [
            ("/components/schemas/Person", "Person"),
            ("/components/schemas/Person/properties/name", "Person.name"),
            (
                "/components/schemas/Person/properties/tags/items",
                "Person.tags[]",
            ),
            ("/components/schemas/A.b", "/components/schemas/A.b"),
            ("/components/schemas/A/properties/x.y", "A/properties/x.y"),
            (
                "/components/schemas/A/properties/properties/properties/b",
                "A.properties.b",
            ),
            ("/components/schemas/A/allOf/0", "A/allOf/0"),
            (
                "/paths/~1people~1{id}/get/responses/200/content/application~1json/schema/properties/data",
                "GET /people/{id} 200.data",
            ),
            (
                "/paths/~1people/post/requestBody/content/application~1json/schema",
                "POST /people body",
            ),
            (
                "/components/parameters/x/schema",
                "/components/parameters/x/schema",
            ),
            ("", ""),
        ] {
            assert_eq!(keys.place(&Origin::new("", pointer)), key, "{pointer}");
        }
    }

    #[test]
    fn other_files_are_mentioned() {
        let api = Api::default();
        let place = Keys::new(&api).place(&Origin::new("common.yaml", "/components/schemas/A"));
        assert_eq!(place, "common.yaml#A");
    }
}
