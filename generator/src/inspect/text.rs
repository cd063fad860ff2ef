//! One action, in full.

use super::table::aligned;
use crate::ir::{
    Action, ActionId, Api, Field, Idempotency, Pagination, Payload, Place, Primitive, Schema,
    Status, Strategy, Type, TypeBody, TypeId,
};
use crate::passes::kinds;

/// Everything about one action: what it calls, what was inferred and why, what it takes and gives.
/// Of an action that does not exist, nothing.
pub fn action(api: &Api, id: ActionId) -> String {
    let Some(action) = api.action(id) else {
        return String::new();
    };
    let mut text = format!("{} {}\n", action.method.as_str(), action.path);
    let mut rows = vec![
        row(
            "operation",
            action.operation_id.as_deref().unwrap_or("(no operationId)"),
        ),
        row("at", &action.origin.to_string()),
        row("resource", resource(api, action)),
        row("kind", &kinds::name(&action.kind)),
        row("repeating", &idempotency(&action.idempotency)),
    ];
    for parameter in &action.parameters {
        let required = if parameter.required {
            " (required)"
        } else {
            ""
        };
        let place = place(parameter.place);
        let ty = type_text(api, &parameter.schema);
        rows.push(row(
            "parameter",
            &format!("{place} {}: {ty}{required}", parameter.wire_name),
        ));
    }
    for media in action.body.iter().flat_map(|body| &body.media) {
        let ty = type_text(api, &media.schema);
        rows.push(row("body", &format!("{}: {ty}", media.media_type)));
    }
    rows.extend(outcome(api, action));
    rows.extend(
        action
            .pagination
            .as_ref()
            .map(|found| row("pagination", &pagination(found))),
    );
    rows.extend(fields(api, action));
    for evidence in &action.evidence {
        let who = if evidence.overridden {
            " (configuration)"
        } else {
            ""
        };
        rows.push(row(
            "because",
            &format!("{}: {}{who}", evidence.about, evidence.because),
        ));
    }
    text.push_str(&aligned(&indented(rows)));
    text
}

/// What it is, and what is said of it.
pub(super) type Row = (&'static str, String);

/// The cells of rows below a title.
pub(super) fn indented(rows: Vec<Row>) -> Vec<Vec<String>> {
    rows.into_iter()
        .map(|(key, value)| vec![format!("  {key}"), value])
        .collect()
}

/// A row, in one line.
pub(super) fn row(key: &'static str, value: &str) -> Row {
    // A text of the document can have line ends; a row is one line.
    (key, value.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn resource<'a>(api: &'a Api, action: &Action) -> &'a str {
    action
        .resource
        .and_then(|id| api.resource(id))
        .map_or("(none)", |resource| &resource.tag)
}

pub(super) fn idempotency(idempotency: &Idempotency) -> String {
    match idempotency {
        Idempotency::Safe => "safe".to_owned(),
        Idempotency::Idempotent => "idempotent".to_owned(),
        Idempotency::Keyed { header } => format!("keyed by {header}"),
        Idempotency::Once => "once".to_owned(),
    }
}

pub(super) const fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

pub(super) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn outcome(api: &Api, action: &Action) -> Vec<Row> {
    let mut rows = Vec::new();
    for response in &action.outcome.responses {
        let media: Vec<String> = response
            .media
            .iter()
            .map(|media| format!("{}: {}", media.media_type, type_text(api, &media.schema)))
            .collect();
        rows.push(row(
            "response",
            &format!("{} {}", status(response.status), media.join(", ")),
        ));
    }
    match action
        .outcome
        .success
        .as_ref()
        .map(|success| &success.payload)
    {
        Some(Payload::Opened(envelope)) => {
            let path = envelope.path.join(".");
            rows.push(row(
                "gives",
                &format!("{path}: {}", type_text(api, &envelope.data)),
            ));
            if let Some(id) = envelope.metadata {
                rows.push(row("beside it", &type_name(api, id)));
            }
        }
        Some(Payload::Whole(ty)) => {
            let schema = Schema {
                ty: ty.clone(),
                ..Schema::default()
            };
            rows.push(row("gives", &type_text(api, &schema)));
        }
        Some(Payload::Empty) => rows.push(row("gives", "nothing")),
        None => rows.push(row("gives", "(no success is declared)")),
    }
    rows
}

/// The pagination in a line: `cursor starting_after <- pageInfo.endCursor, size limit`.
pub(super) fn pagination(pagination: &Pagination) -> String {
    let mut parts = vec![match &pagination.strategy {
        Strategy::Cursor {
            parameter, next, ..
        } => format!("cursor {parameter} <- {next}"),
        Strategy::Page {
            parameter,
            current: Some(current),
            ..
        } => format!("page {parameter} <- {} + 1", current.join(".")),
        Strategy::Page {
            parameter,
            first: Some(first),
            ..
        } => format!("page {parameter} from {first}"),
        Strategy::Page { parameter, .. } => format!("page {parameter} from 0 or 1"),
        Strategy::Offset {
            parameter,
            first: 0,
        } => format!("offset {parameter}"),
        Strategy::Offset { parameter, first } => format!("offset {parameter} from {first}"),
        Strategy::LinkHeader => "link header".to_owned(),
        Strategy::NextUrl { next } => format!("next URL in {}", next.join(".")),
    }];
    if let Strategy::Cursor {
        previous: Some((parameter, source)),
        ..
    } = &pagination.strategy
    {
        parts.push(format!("back {parameter} <- {source}"));
    }
    let items = if pagination.items.is_empty() {
        "the body".to_owned()
    } else {
        pagination.items.join(".")
    };
    parts.push(format!("items in {items}"));
    parts.extend(pagination.size.iter().map(|slot| format!("size {slot}")));
    parts.extend(
        pagination
            .more
            .iter()
            .map(|keys| format!("more {}", keys.join("."))),
    );
    parts.extend(
        pagination
            .total
            .iter()
            .map(|source| format!("total {source}")),
    );
    parts.extend(
        pagination
            .pages
            .iter()
            .map(|source| format!("pages {source}")),
    );
    parts.join(", ")
}

/// The relations and secrets of what the action takes and gives.
fn fields(api: &Api, action: &Action) -> Vec<Row> {
    let body = action
        .body
        .iter()
        .flat_map(|body| &body.media)
        .map(|media| &media.schema.ty);
    let gives = match action
        .outcome
        .success
        .as_ref()
        .map(|success| &success.payload)
    {
        Some(Payload::Opened(envelope)) => Some(&envelope.data.ty),
        Some(Payload::Whole(ty)) => Some(ty),
        Some(Payload::Empty) | None => None,
    };
    let mut seen = std::collections::BTreeSet::new();
    let mut rows = Vec::new();
    for id in body.chain(gives).filter_map(|ty| main_type(api, ty)) {
        let Some(TypeBody::Record(record)) = api.type_def(id).map(|def| &def.body) else {
            continue;
        };
        if seen.insert(id) {
            let name = type_name(api, id);
            rows.extend(
                record
                    .fields
                    .iter()
                    .filter_map(|field| relation(api, &name, field)),
            );
            let secrets = record.fields.iter().filter(|field| field.secret);
            rows.extend(secrets.map(|field| row("secret", &format!("{name}.{}", field.wire_name))));
        }
    }
    rows
}

fn relation(api: &Api, record: &str, field: &Field) -> Option<Row> {
    let relation = field.relation.as_ref()?;
    let tag = &api.resource(relation.resource)?.tag;
    let wire_name = &field.wire_name;
    Some(row(
        "relation",
        &format!("{record}.{wire_name} -> {tag} ({})", relation.evidence),
    ))
}

fn main_type(api: &Api, ty: &Type) -> Option<TypeId> {
    match api.resolved(ty) {
        Type::Named(id) => Some(*id),
        Type::List(item) => match api.resolved(&item.ty) {
            Type::Named(id) => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

/// A type's name: the component's, else the best suggestion.
pub(super) fn type_name(api: &Api, id: TypeId) -> String {
    let Some(def) = api.type_def(id) else {
        return "?".to_owned();
    };
    match (&def.component, def.hints.first()) {
        (Some(name), _) => name.clone(),
        (None, Some(hint)) => format!("({})", hint.join(" ")),
        (None, None) => "(unnamed)".to_owned(),
    }
}

/// A type in a few words: `[Person]`, `string<email>`, `Person?` where it may be null.
pub(super) fn type_text(api: &Api, schema: &Schema) -> String {
    let text = match &schema.ty {
        Type::Any => "any".to_owned(),
        Type::Never => "never".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Primitive(primitive) => primitive_text(primitive),
        Type::Constant(value) => value.to_string(),
        Type::List(item) => format!("[{}]", type_text(api, item)),
        Type::Tuple(items, _) => {
            let items: Vec<_> = items.iter().map(|item| type_text(api, item)).collect();
            format!("({})", items.join(", "))
        }
        Type::Map(value) => format!("map of {}", type_text(api, value)),
        Type::Named(id) => type_name(api, *id),
    };
    if schema.nullable {
        format!("{text}?")
    } else {
        text
    }
}

fn primitive_text(primitive: &Primitive) -> String {
    match primitive {
        Primitive::Boolean => "boolean".to_owned(),
        Primitive::Integer { .. } => "integer".to_owned(),
        Primitive::Number => "number".to_owned(),
        Primitive::Decimal { .. } => "decimal".to_owned(),
        Primitive::String {
            format: Some(format),
        } => format!("string<{format}>"),
        Primitive::String { format: None } => "string".to_owned(),
        Primitive::DateTime => "date-time".to_owned(),
        Primitive::Date => "date".to_owned(),
        Primitive::Time => "time".to_owned(),
        Primitive::Duration => "duration".to_owned(),
        Primitive::Uuid => "uuid".to_owned(),
        Primitive::Uri => "uri".to_owned(),
        Primitive::Base64 => "base64".to_owned(),
        Primitive::Binary => "binary".to_owned(),
        Primitive::File => "file".to_owned(),
    }
}
