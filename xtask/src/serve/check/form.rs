//! `application/x-www-form-urlencoded`, each property as its `encoding` says (OpenAPI 3.1, section
//! 4.8.15).

use super::super::message::decode_query;
use super::body::put;
use super::brackets::{self, Branch};
use super::style::{self, Shape};
use serde_json::{Map, Value};
use specwright::ir::{Api, Encoding, Field, Media, Part, Record, Schema, Style};

/// The fields of a form, as an object; `None` where the text is not UTF-8.
pub(super) fn form(api: &Api, media: &Media, text: &str) -> Option<Value> {
    let parts = match &media.encoding {
        Encoding::Form(parts) => parts.as_slice(),
        _ => &[],
    };
    let reader = Reader {
        api,
        parts,
        record: api.record(&media.schema.ty).map(|(_, record)| record),
    };
    let mut object = Map::new();
    let mut deep: Vec<(String, Branch)> = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode_query(name)?;
        let value = decode_query(raw)?;
        if let Some((root, keys)) = reader.deep(&name) {
            match deep.iter_mut().find(|(known, _)| known == root) {
                Some((_, branch)) => branch.add(&keys, value),
                None => {
                    let mut branch = Branch::default();
                    branch.add(&keys, value);
                    deep.push((root.to_owned(), branch));
                }
            }
        } else if let Some(value) = reader.joined(&name, raw)? {
            object.insert(name, value);
        } else if let Some((holder, schema)) = reader.spread(&name) {
            let value = style::scalar(api, schema, &value);
            let held = object
                .entry(holder)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(held) = held {
                held.insert(name, value);
            }
        } else if let Some(value) = reader.json(&name, &value) {
            object.insert(name, value);
        } else {
            put(api, reader.record, &mut object, name, value);
        }
    }
    let any = Schema::default();
    for (name, branch) in deep {
        let schema = reader.field(&name).map_or(&any, |field| &field.schema);
        object.insert(name, brackets::value(api, schema, branch));
    }
    Some(Value::Object(object))
}

struct Reader<'a> {
    api: &'a Api,
    parts: &'a [Part],
    record: Option<&'a Record>,
}

impl<'a> Reader<'a> {
    fn field(&self, name: &str) -> Option<&'a Field> {
        let fields = &self.record?.fields;
        fields.iter().find(|field| field.wire_name == name)
    }

    fn part(&self, name: &str) -> Option<&'a Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The property and the keys of `property[key][key]`.
    fn deep<'n>(&self, name: &'n str) -> Option<(&'n str, Vec<&'n str>)> {
        if self.field(name).is_some() {
            return None;
        }
        let (root, keys) = brackets::keys(name)?;
        let is_deep = self.part(root)?.style == Some(Style::DeepObject);
        is_deep.then_some((root, keys))
    }

    /// A list or an object in one text.
    fn joined(&self, name: &str, raw: &str) -> Option<Option<Value>> {
        let Some(part) = self.part(name).filter(|part| is_styled(part)) else {
            return Some(None);
        };
        let style = part.style.unwrap_or(Style::Form);
        if part.explode.unwrap_or(style == Style::Form) || style == Style::DeepObject {
            return Some(None);
        }
        let Some(field) = self.field(name) else {
            return Some(None);
        };
        let (raw, delimiter) = match style {
            Style::SpaceDelimited => (raw.replace("%20", "+"), '+'),
            Style::PipeDelimited => (raw.replace("%7C", "|").replace("%7c", "|"), '|'),
            _ => (raw.to_owned(), ','),
        };
        let texts: Vec<String> = raw
            .split(delimiter)
            .map(decode_query)
            .collect::<Option<_>>()?;
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Some(match style::shape(self.api, &field.schema) {
            Shape::Scalar => None,
            Shape::List(item) => Some(style::list(self.api, item, texts)),
            Shape::Object(record) => {
                let pairs = texts.chunks(2).filter_map(|pair| match pair {
                    [name, value] => Some((*name, *value)),
                    _ => None,
                });
                Some(style::object(self.api, record, pairs))
            }
        })
    }

    /// The property whose own properties stand in the form as if they were the form's.
    fn spread(&self, name: &str) -> Option<(String, &'a Schema)> {
        if self.field(name).is_some() {
            return None;
        }
        let exploded = self.parts.iter().filter(|part| {
            let style = part.style.unwrap_or(Style::Form);
            let explode = part.explode.unwrap_or(style == Style::Form);
            is_styled(part) && explode && style != Style::DeepObject
        });
        exploded.into_iter().find_map(|part| {
            let holder = self.field(&part.name)?;
            let Shape::Object(Some(record)) = style::shape(self.api, &holder.schema) else {
                return None;
            };
            let mut fields = record.fields.iter();
            let field = fields.find(|field| field.wire_name == name)?;
            Some((part.name.clone(), &field.schema))
        })
    }

    /// A list that is one JSON text.
    fn json(&self, name: &str, text: &str) -> Option<Value> {
        let part = self.part(name).filter(|part| !is_styled(part))?;
        part.content_type
            .as_deref()
            .filter(|it| it.contains("json"))?;
        let field = self.field(name)?;
        match style::shape(self.api, &field.schema) {
            Shape::List(_) => serde_json::from_str(text).ok(),
            Shape::Scalar | Shape::Object(_) => None,
        }
    }
}

/// Whether a style counts rather than a content type.
fn is_styled(part: &Part) -> bool {
    part.style.is_some() || part.explode.is_some() || part.allow_reserved
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use specwright::config::ApiConfig;
    use specwright::load::MemorySources;

    fn read(text: &str) -> Value {
        let fixture = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../generator/tests/fixtures/encodings.yaml"
        );
        let document = std::fs::read_to_string(fixture).unwrap();
        let sources = MemorySources::new("api.yaml", &document);
        let config = ApiConfig::for_name("api");
        let api = specwright::compile("api.yaml", &sources, &config, &mut |_| {}).api;
        let api = api.unwrap();
        let mut actions = api.actions.iter();
        let action = actions.find(|it| it.operation_id.as_deref() == Some("subscribe"));
        let media = action.unwrap().body.as_ref().unwrap().preferred().unwrap();
        form(&api, media, text).unwrap()
    }

    #[test]
    fn brackets_make_lists_and_objects_as_deep_as_they_go() {
        let items =
            "items[1][price]=p&items[0][price]=10&items[0][tax_rates][]=1&items[0][tax_rates][]=b";
        let sent = format!(
            "metadata[a]=1&metadata[b c]=x+y&expand[]=1&expand[]=d.e&{items}&items[0][colour][R]=2"
        );
        assert_eq!(
            read(&sent.replace('[', "%5B").replace(']', "%5D")),
            json!({
                "metadata": {"a": "1", "b c": "x y"},
                "expand": ["1", "d.e"],
                "items": [
                    {"price": "10", "tax_rates": ["1", "b"], "colour": {"R": 2}},
                    {"price": "p"}
                ]
            })
        );
    }

    #[test]
    fn each_style_is_read_as_it_is_written() {
        let lists = "joined=a%2Cb,c&repeated=a&repeated=b&spaces=1%202&pipes=1%7C2";
        let more = "repeated_pipes=1&repeated_pipes=2&pairs=R,1,G,x&R=3&json=%5B1%2C2%5D";
        let plain = "plain_list=1&plain_list=2&plain_object=%7B%22R%22%3A1%7D&link=https://a/b";
        assert_eq!(
            read(&format!("{lists}&{more}&{plain}")),
            json!({
                "joined": ["a,b", "c"], "repeated": ["a", "b"], "spaces": [1, 2], "pipes": [1, 2],
                "repeated_pipes": [1, 2], "pairs": {"R": 1, "G": "x"}, "spread": {"R": 3},
                "json": [1, 2], "plain_list": [1, 2], "plain_object": {"R": 1},
                "link": "https://a/b"
            })
        );
    }

    #[test]
    fn hostile_keys_are_only_keys() {
        let deep = format!("metadata{}=1", "[a]".repeat(10_000));
        assert!(read(&deep).is_object());
        assert!(read("metadata[=1&expand]=2&[]=3&metadata[]x=1").is_object());
    }
}
