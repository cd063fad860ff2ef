//! `deepObject`: `name[key]=value`, as deep as keys go, with `[]` and numbers for lists.

use super::style::{self, Shape};
use super::value::{Checker, Direction};
use serde_json::{Map, Value};
use specwright::ir::{Api, Schema, Type, TypeBody};

/// Keys below a property, at most.
const DEEPEST: usize = 32;

/// What stands below a key: texts, and what has further keys.
#[derive(Debug, Default)]
pub(super) struct Branch {
    texts: Vec<String>,
    keys: Vec<(String, Branch)>,
}

impl Branch {
    /// Adds a text below some keys.
    pub(super) fn add(&mut self, keys: &[&str], text: String) {
        let Some((first, rest)) = keys.split_first() else {
            self.texts.push(text);
            return;
        };
        match self.keys.iter_mut().find(|(key, _)| key == first) {
            Some((_, branch)) => branch.add(rest, text),
            None => {
                let mut branch = Self::default();
                branch.add(rest, text);
                self.keys.push(((*first).to_owned(), branch));
            }
        }
    }

    fn is_list(&self) -> bool {
        let is_index = |key: &str| key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit());
        self.keys.iter().all(|(key, _)| is_index(key))
    }
}

/// The property and the keys of `property[key][key]`; `None` for another name, and for more keys than
/// anybody means.
pub(super) fn keys(name: &str) -> Option<(&str, Vec<&str>)> {
    let (root, rest) = name.split_once('[')?;
    let keys: Vec<&str> = rest.strip_suffix(']')?.split("][").collect();
    (keys.len() <= DEEPEST).then_some((root, keys))
}

/// The value that a schema means.
pub(super) fn value(api: &Api, schema: &Schema, branch: Branch) -> Value {
    if branch.keys.is_empty() {
        return texts(api, schema, branch.texts);
    }
    let any = Schema::default();
    match shape(api, schema, &branch) {
        Shape::List(item) => list(api, item, branch),
        Shape::Object(record) => {
            let members = branch.keys.into_iter().map(|(key, branch)| {
                let mut fields = record.iter().flat_map(|record| &record.fields);
                let field = fields.find(|field| field.wire_name == key);
                let schema =
                    field.map_or_else(|| rest(api, schema).unwrap_or(&any), |it| &it.schema);
                let value = value(api, schema, branch);
                (key, value)
            });
            Value::Object(members.collect())
        }
        Shape::Scalar if branch.is_list() => list(api, &any, branch),
        Shape::Scalar => {
            let members = branch.keys.into_iter();
            let members = members.map(|(key, branch)| (key, value(api, &any, branch)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// The shape of the schema, or of the alternative that can have keys like these.
fn shape<'a>(api: &'a Api, schema: &'a Schema, branch: &Branch) -> Shape<'a> {
    let Type::Named(id) = api.resolved(&schema.ty) else {
        return style::shape(api, schema);
    };
    let Some(TypeBody::Union(union)) = api.type_def(*id).map(|def| &def.body) else {
        return style::shape(api, schema);
    };
    let shapes = union.variants.iter();
    let mut shapes: Vec<Shape<'a>> = shapes
        .map(|variant| style::shape(api, &variant.schema))
        .collect();
    let fits = shapes.iter().position(|shape| match shape {
        Shape::Scalar => false,
        Shape::List(_) => branch.is_list(),
        Shape::Object(Some(record)) => branch
            .keys
            .iter()
            .all(|(key, _)| record.fields.iter().any(|field| field.wire_name == *key)),
        Shape::Object(None) => true,
    });
    fits.map_or(Shape::Scalar, |at| shapes.swap_remove(at))
}

/// The schema of a map's values.
fn rest<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a Schema> {
    match api.resolved(&schema.ty) {
        Type::Map(value) => Some(value),
        _ => None,
    }
}

fn list(api: &Api, item: &Schema, branch: Branch) -> Value {
    let mut keys = branch.keys;
    keys.sort_by_cached_key(|(key, _)| key.parse::<u64>().unwrap_or_default());
    let items = keys.into_iter().flat_map(|(key, branch)| {
        if key.is_empty() && branch.keys.is_empty() {
            let texts = branch.texts.iter();
            return texts.map(|text| style::scalar(api, item, text)).collect();
        }
        vec![value(api, item, branch)]
    });
    Value::Array(items.collect())
}

/// A text, or several of one name.
fn texts(api: &Api, schema: &Schema, texts: Vec<String>) -> Value {
    if let Shape::List(item) = style::shape(api, schema) {
        let list = style::list(api, item, texts.iter().map(String::as_str));
        let checker = Checker::new(api, Direction::Request, &[]);
        if texts.len() > 1 || checker.faults(schema, &list).is_empty() {
            return list;
        }
    }
    let last = texts.last().map_or("", String::as_str);
    style::scalar(api, schema, last)
}
