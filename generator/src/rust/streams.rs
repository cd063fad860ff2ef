//! Bodies that are streams: what their items are, and how they are told apart.

use super::Context;
use crate::ir::{Action, Api, Encoding, Field, Media, Primitive, Record, Schema, Type, TypeBody};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// As many unions inside each other as are looked into.
const DEEPEST: usize = 8;

/// A body that is a stream.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Items<'a> {
    pub(super) media: &'a Media,
    pub(super) item: Item<'a>,
}

/// What the items of a stream are.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<'a> {
    /// An event whose data is a text, of this type where it is said.
    Text(Option<&'a Schema>),
    /// An event whose data is JSON of this type.
    Data(&'a Schema),
    /// An event of which the schema says all: its name, its data, its id. The data of those with these
    /// names is text.
    Event(&'a Schema, Vec<&'a str>),
    /// The same, and the data of all is text.
    TextEvent(&'a Schema),
    /// A text of JSON; where the document does not say which, any.
    Json(Option<&'a Schema>),
}

/// The stream that a media type is, where it is one.
pub(super) fn items<'a>(api: &'a Api, media: &'a Media) -> Option<Items<'a>> {
    let item = match media.encoding {
        Encoding::JsonLines => line(api, media),
        Encoding::EventStream => event(api, media),
        _ => return None,
    };
    Some(Items { media, item })
}

/// The stream that an action can answer with, beside what it answers unless asked.
pub(super) fn other_items<'a>(api: &'a Api, action: &'a Action) -> Option<Items<'a>> {
    let success = action.outcome.success.as_ref()?;
    let response = action.outcome.responses.get(success.response)?;
    let chosen = success.media?;
    let is_stream = |media: &Media| items(api, media).is_some();
    if response.media.get(chosen).is_none_or(is_stream) {
        return None;
    }
    response.media.iter().find_map(|media| items(api, media))
}

/// What a line is: the schema is that of an item, or of the list of them. A text is what the document has
/// no words for.
fn line<'a>(api: &'a Api, media: &'a Media) -> Item<'a> {
    let schema = match api.resolved(&media.schema.ty) {
        Type::List(item) if !media.per_item => item,
        _ => &media.schema,
    };
    let is_said = media.per_item || !is_text(api, &schema.ty);
    Item::Json(is_said.then_some(schema))
}

fn event<'a>(api: &'a Api, media: &'a Media) -> Item<'a> {
    let schema = match api.resolved(&media.schema.ty) {
        Type::List(item) if !media.per_item => item,
        _ => &media.schema,
    };
    let mut records = Vec::new();
    if events(api, schema, media.per_item, 0, &mut records) {
        let texts = records.iter().filter(|it| is_data_text(api, it));
        let names: Vec<&str> = texts.clone().flat_map(|it| names(api, it)).collect();
        return match texts.count() == records.len() {
            true => Item::TextEvent(schema),
            false => Item::Event(schema, names),
        };
    }
    match api.resolved(&schema.ty) {
        // Of bytes there are none in events.
        Type::Primitive(Primitive::Binary) => Item::Text(None),
        ty if is_text(api, ty) => Item::Text(Some(schema)),
        _ => Item::Data(schema),
    }
}

/// Finds the records of events that are described whole; `false` where a schema is of the data alone.
fn events<'a>(
    api: &'a Api,
    schema: &'a Schema,
    per_item: bool,
    depth: usize,
    records: &mut Vec<&'a Record>,
) -> bool {
    if let Some((_, record)) = api.record(&schema.ty) {
        records.push(record);
        return is_event(record, per_item);
    }
    let Type::Named(id) = api.resolved(&schema.ty) else {
        return false;
    };
    match api.type_def(*id).map(|def| &def.body) {
        Some(TypeBody::Union(union)) if depth < DEEPEST && !union.variants.is_empty() => union
            .variants
            .iter()
            .all(|it| events(api, &it.schema, per_item, depth + 1, records)),
        _ => false,
    }
}

/// Whether a record has what an event has and nothing else. What a payload has may be called `data` too,
/// so that it needs a name as well, where the document does not say that it describes the items.
fn is_event(record: &Record, per_item: bool) -> bool {
    let has = |name: &str| field(record, name).is_some();
    let known = ["event", "data", "id", "retry"];
    let mut fields = record.fields.iter();
    let only_known = fields.all(|field| known.contains(&field.wire_name.as_str()));
    only_known && has("data") && (per_item || has("event"))
}

fn field<'a>(record: &'a Record, name: &str) -> Option<&'a Field> {
    record.fields.iter().find(|field| field.wire_name == name)
}

fn is_data_text(api: &Api, record: &Record) -> bool {
    field(record, "data").is_some_and(|data| is_text(api, &data.schema.ty))
}

/// The names that the document gives an event.
fn names<'a>(api: &'a Api, record: &'a Record) -> Vec<&'a str> {
    let Some(event) = field(record, "event") else {
        return vec!["message"];
    };
    match api.resolved(&event.schema.ty) {
        Type::Constant(Value::String(name)) => vec![name],
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(values)) => {
                let values = values.values.iter();
                values.filter_map(|it| it.value.as_str()).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether the values of a type are texts in JSON.
fn is_text(api: &Api, ty: &Type) -> bool {
    match api.resolved(ty) {
        Type::Constant(value) => value.is_string(),
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(values)) => !values.integer,
            _ => false,
        },
        Type::Primitive(primitive) => !matches!(
            primitive,
            Primitive::Boolean
                | Primitive::Integer { .. }
                | Primitive::Number
                | Primitive::Decimal { quoted: false }
        ),
        _ => false,
    }
}

impl<'a> Items<'a> {
    /// The schema of the document that the type of an item is made from.
    pub(super) const fn schema(&self) -> Option<&'a Schema> {
        match self.item {
            Item::Text(schema) | Item::Json(schema) => schema,
            Item::Data(schema) | Item::Event(schema, _) | Item::TextEvent(schema) => Some(schema),
        }
    }

    /// The call that says in an operation's constant how the body is made of items.
    pub(super) fn constant(&self) -> TokenStream {
        let media_type = &self.media.media_type;
        match &self.item {
            Item::Text(_) | Item::TextEvent(_) => quote!(rt::Items::text_events(#media_type)),
            Item::Data(_) => quote!(rt::Items::events(#media_type, &[])),
            Item::Event(_, texts) => quote!(rt::Items::events(#media_type, &[#(#texts),*])),
            Item::Json(_) if media_type.contains("json-seq") => {
                quote!(rt::Items::sequence(#media_type))
            }
            Item::Json(_) => quote!(rt::Items::lines(#media_type)),
        }
    }
}

impl Context<'_> {
    /// The type of a line of a body that is sent.
    pub(super) fn line_type(&self, media: &Media) -> TokenStream {
        let items = items(self.api, media);
        items.map_or_else(|| quote!(rt::Value), |items| self.item_type(&items))
    }

    /// The type of an item.
    pub(super) fn item_type(&self, items: &Items<'_>) -> TokenStream {
        let schema = items.schema().map(|schema| self.schema(schema));
        match (&items.item, schema) {
            (Item::Text(_), None) => quote!(rt::Event<String>),
            (Item::Text(_) | Item::Data(_), Some(data)) => quote!(rt::Event<#data>),
            (_, Some(item)) => item,
            (_, None) => quote!(rt::Value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ApiConfig;
    use crate::load::MemorySources;

    /// What the items of a stream with a schema are, in few words.
    fn item(media_type: &str, keyword: &str, schema: &str) -> String {
        let document = format!(
            r##"
openapi: 3.2.0
info: {{title: Streams, version: "1"}}
paths:
  /a:
    get:
      responses: {{"200": {{description: x, content: {{{media_type}: {{{keyword}: {schema}}}}}}}}}
components:
  schemas:
    Chunk: {{type: object, properties: {{text: {{type: string}}}}}}
    Added: {{type: object, required: [event, data], properties: {{event: {{const: added}}, data: {{$ref: "#/components/schemas/Chunk"}}}}}}
    Done: {{type: object, required: [event, data], properties: {{event: {{const: done}}, data: {{const: "[DONE]"}}}}}}
    Some: {{oneOf: [{{$ref: "#/components/schemas/Added"}}]}}
    All: {{oneOf: [{{$ref: "#/components/schemas/Some"}}, {{$ref: "#/components/schemas/Done"}}]}}
"##
        );
        let sources = MemorySources::new("s.yaml", &document);
        let config = ApiConfig::for_name("s");
        let compiled = crate::compile("s.yaml", &sources, &config, &mut |_| {});
        let api = compiled.api.unwrap();
        let media = &api.actions[0].outcome.responses[0].media[0];
        match items(&api, media).unwrap().item {
            Item::Text(schema) => format!("text {}", schema.is_some()),
            Item::Data(_) => "data".to_owned(),
            Item::Event(_, texts) => format!("event {}", texts.join(" ")),
            Item::TextEvent(_) => "text event".to_owned(),
            Item::Json(schema) => format!("json {}", schema.is_some()),
        }
    }

    #[test]
    fn what_an_event_is_comes_from_its_schema() {
        let chunk = r##"{$ref: "#/components/schemas/Chunk"}"##;
        let all = r##"{$ref: "#/components/schemas/All"}"##;
        let plain = "{type: object, properties: {event: {type: string}, data: {type: string}}}";
        let only_data = "{type: object, properties: {data: {type: integer}}}";
        for (keyword, schema, expected) in [
            ("schema", "{type: string}", "text true"),
            ("schema", "{}", "data"),
            ("schema", "{type: integer}", "data"),
            ("schema", chunk, "data"),
            (
                "schema",
                &format!("{{type: array, items: {chunk}}}"),
                "data",
            ),
            ("schema", all, "event done"),
            ("itemSchema", all, "event done"),
            ("itemSchema", chunk, "data"),
            ("itemSchema", plain, "text event"),
            ("schema", only_data, "data"),
            ("itemSchema", only_data, "event "),
        ] {
            let found = item("text/event-stream", keyword, schema);
            assert_eq!(found, expected, "{keyword} {schema}");
        }
    }

    #[test]
    fn what_a_line_is_comes_from_its_schema() {
        let chunk = r##"{$ref: "#/components/schemas/Chunk"}"##;
        for (keyword, schema, expected) in [
            ("schema", "{type: string}", "json false"),
            ("itemSchema", "{type: string}", "json true"),
            ("schema", chunk, "json true"),
            (
                "schema",
                &format!("{{type: array, items: {chunk}}}"),
                "json true",
            ),
        ] {
            let found = item("application/jsonl", keyword, schema);
            assert_eq!(found, expected, "{keyword} {schema}");
        }
    }
}
