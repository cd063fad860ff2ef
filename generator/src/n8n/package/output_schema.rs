//! What an operation's items consist of, for n8n's editor: `__schema__/v1.0.0/<resource>/<operation>.json`.
//!
//! The editor offers these fields before a step was run. It reads one `type` for each value, so that an
//! object or a list that can also be null is written without saying so.

use super::identity::Identity;
use super::{Files, N8nError, Package};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Action, Api, Enum, Outcome, Payload, Primitive, Record, Schema, Type, TypeBody, TypeId,
};
use crate::n8n::model::{PathPart, Reading, Request};
use crate::n8n::target;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Objects in objects that are described. Deeper ones are objects, and no more is said.
const DEPTH: usize = 3;

pub(super) fn add(
    files: &mut Files,
    package: Package<'_>,
    identity: &Identity,
    diagnostics: &mut Diagnostics,
) -> Result<(), N8nError> {
    let mut taken = BTreeSet::new();
    let actions = by_request(package.api);
    for resource in package.resources {
        for operation in &resource.operations {
            let Some(action) = actions.get(&key(&operation.request)) else {
                continue;
            };
            let Some(schema) = item(package.api, action, &operation.request) else {
                continue;
            };
            // n8n finds the file by these two values, which are the document's words.
            let (folder, name) = (&resource.resource.value, &operation.value);
            let path = format!(
                "nodes/{}/__schema__/v1.0.0/{folder}/{name}.json",
                identity.class
            );
            // Two files that differ in case alone would be one on some systems.
            let is_file = is_file_name(folder) && is_file_name(name);
            if is_file && taken.insert(path.to_lowercase()) {
                files.add_json(&path, &schema)?;
                continue;
            }
            let message = format!("`{folder}` and `{name}` cannot name a file of their own");
            diagnostics.push(
                Diagnostic::note(Code::NotGenerated, action.origin.clone(), message)
                    .action("n8n shows what the operation gives only after it was run"),
            );
        }
    }
    Ok(())
}

/// Whether a text can name a file on any system: words with one space between them.
fn is_file_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_word = |word: &str| !word.is_empty() && word.chars().all(plain);
    text.len() <= 100 && text.split(' ').all(is_word)
}

/// The actions by what is requested.
fn by_request(api: &Api) -> BTreeMap<(&str, String), &Action> {
    let key = |action: &Action| written(&target::path(&action.segments));
    let all = api.actions.iter();
    all.map(|action| ((action.method.as_str(), key(action)), action))
        .collect()
}

fn key(request: &Request) -> (&str, String) {
    (&request.method, written(&request.path))
}

fn written(path: &[PathPart]) -> String {
    let parts = path.iter().map(|part| match part {
        PathPart::Text(text) => text.clone(),
        PathPart::Parameter { parameter } => format!("{{{parameter}}}"),
    });
    parts.collect()
}

/// An item of an operation; `None` where it has a file, or nothing is known.
fn item(api: &Api, action: &Action, request: &Request) -> Option<Value> {
    let mut schema = match request.response.reading {
        Reading::Binary => return None,
        Reading::Text => object(&[("data", json!({ "type": "string" }))]),
        Reading::Nothing => object(&[("success", json!({ "type": "boolean" }))]),
        Reading::Json => data(api, &action.outcome, request)?,
    };
    if let (Some(_), Some(members)) = (
        &request.response.deleted,
        schema.get_mut("properties").and_then(Value::as_object_mut),
    ) {
        members.remove("success");
        members.insert("deleted".to_owned(), json!({ "type": "boolean" }));
    }
    schema
        .as_object_mut()?
        .insert("version".to_owned(), json!(1));
    Some(schema)
}

/// An item of what comes back as JSON.
fn data(api: &Api, outcome: &Outcome, request: &Request) -> Option<Value> {
    let success = outcome.success.as_ref()?;
    let ty = match &success.payload {
        Payload::Empty => return None,
        Payload::Whole(ty) => ty,
        Payload::Opened(envelope) => &envelope.data.ty,
    };
    let mut writer = Writer {
        api,
        open: Vec::new(),
    };
    let ty = match api.resolved(ty) {
        Type::List(inner) if request.response.list => &inner.ty,
        other => other,
    };
    let schema = writer.ty(ty);
    let is_object = schema.get("type").is_some_and(|it| it == "object");
    is_object.then_some(schema)
}

fn object(members: &[(&str, Value)]) -> Value {
    let members: Map<String, Value> = members
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({ "type": "object", "properties": members })
}

struct Writer<'a> {
    api: &'a Api,
    /// The types that are being written, the outermost first.
    open: Vec<TypeId>,
}

impl Writer<'_> {
    fn schema(&mut self, schema: &Schema) -> Value {
        let mut value = self.ty(&schema.ty);
        let scalar = |ty: &Value| {
            ty.as_str()
                .filter(|ty| !["object", "array", "null"].contains(ty))
                .map(str::to_owned)
        };
        if schema.nullable
            && let Some(ty) = value.get_mut("type")
            && let Some(own) = scalar(ty)
        {
            *ty = json!([own, "null"]);
        }
        value
    }

    fn ty(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Any => json!({}),
            Type::Never | Type::Null => json!({ "type": "null" }),
            Type::Primitive(primitive) => json!({ "type": word(primitive) }),
            Type::Constant(value) => json!({ "type": word_of(value) }),
            Type::List(item) => match self.schema(item) {
                Value::Object(item) if item.is_empty() => json!({ "type": "array" }),
                item => json!({ "type": "array", "items": item }),
            },
            Type::Tuple(..) => json!({ "type": "array" }),
            Type::Map(_) => json!({ "type": "object" }),
            Type::Named(id) => self.named(*id),
        }
    }

    fn named(&mut self, id: TypeId) -> Value {
        let Some(def) = self.api.type_def(id) else {
            return json!({});
        };
        let closed = self.open.contains(&id) || self.open.len() > DEPTH;
        if closed && matches!(def.body, TypeBody::Record(_)) {
            return json!({ "type": "object" });
        }
        if closed || self.open.len() > 64 {
            return json!({});
        }
        self.open.push(id);
        let value = match &def.body {
            TypeBody::Record(record) => self.record(record),
            TypeBody::Enum(Enum { integer, .. }) => {
                json!({ "type": if *integer { "integer" } else { "string" } })
            }
            TypeBody::Union(union) => {
                let variants = union.variants.iter().map(|it| self.schema(&it.schema));
                merged(variants.collect())
            }
            TypeBody::Alias(schema) => self.schema(schema),
        };
        self.open.pop();
        value
    }

    fn record(&mut self, record: &Record) -> Value {
        let mut members = Map::new();
        for field in record.fields.iter().filter(|field| !field.write_only) {
            let related = field.relation.as_ref().is_some_and(|it| !it.by_id);
            let value = if related && self.open.len() > 1 {
                // Records refer to each other without end: those of a record's relations are named only.
                self.outline(&field.schema)
            } else {
                self.schema(&field.schema)
            };
            members.insert(field.wire_name.clone(), value);
        }
        json!({ "type": "object", "properties": members })
    }

    /// Whether it is a list or an object, and no more.
    fn outline(&self, schema: &Schema) -> Value {
        match self.api.resolved(&schema.ty) {
            Type::List(_) => json!({ "type": "array" }),
            _ => json!({ "type": "object" }),
        }
    }
}

/// One of several: the members of all objects among them, else the first.
fn merged(variants: Vec<Value>) -> Value {
    let mut members = Map::new();
    for variant in &variants {
        for (name, schema) in variant
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            members
                .entry(name.clone())
                .or_insert_with(|| schema.clone());
        }
    }
    if members.is_empty() {
        return variants.into_iter().next().unwrap_or_else(|| json!({}));
    }
    json!({ "type": "object", "properties": members })
}

const fn word(primitive: &Primitive) -> &'static str {
    match primitive {
        Primitive::Boolean => "boolean",
        Primitive::Integer { .. } => "integer",
        Primitive::Number | Primitive::Decimal { quoted: false } => "number",
        Primitive::Decimal { quoted: true }
        | Primitive::String { .. }
        | Primitive::DateTime
        | Primitive::Date
        | Primitive::Time
        | Primitive::Duration
        | Primitive::Uuid
        | Primitive::Uri
        | Primitive::Base64
        | Primitive::Binary
        | Primitive::File => "string",
    }
}

fn word_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
