//! What Simplify leaves of a record.

use super::response::{is_list, record};
use crate::ir::{
    Action, Api, Field, Kind, Method, Primitive, Record, Schema, Type, TypeBody, TypeDef,
};
use crate::names::words;
use std::collections::BTreeSet;

/// From more fields on a record is large enough to be simplified, and so many are left in a list.
const MOST_FIELDS: usize = 10;

/// Fields of an object that is a part of its record, such as an address, at most.
const SMALL: usize = 8;

/// Levels of a value that are looked at.
const DEEPEST: usize = 3;

/// Names of what a record is called.
const CALLED: &[&str] = &[
    "name",
    "title",
    "label",
    "subject",
    "displayName",
    "display_name",
    "fullName",
    "full_name",
    "firstName",
    "first_name",
    "lastName",
    "last_name",
    "handle",
    "login",
];

/// Words of the ways to reach somebody.
const CONTACT: &[&str] = &["email", "emails", "phone", "phones", "mobile"];

/// Words of which the names of a record's own page or host consist: `html_url`, `domainName`.
const WEB: &[&str] = &[
    "url",
    "uri",
    "link",
    "permalink",
    "html",
    "web",
    "site",
    "website",
    "homepage",
    "page",
    "public",
    "domain",
    "host",
    "hostname",
    "name",
];

/// Last words of what says how it stands with a record, or what it is.
const STATE: &[&str] = &[
    "status", "state", "stage", "type", "kind", "phase", "priority", "role",
];

/// Words of dates that say when something is, as opposed to when its record was written.
const SPAN: &[&str] = &[
    "start",
    "starts",
    "started",
    "end",
    "ends",
    "ended",
    "due",
    "begin",
    "begins",
    "from",
    "until",
    "close",
    "scheduled",
    "expires",
    "date",
];

/// Words of who wrote a record and how.
const WRITTEN: &[&str] = &["created", "updated", "modified"];

/// Words of what a list has for itself rather than for its readers.
const ASIDE: &[&str] = &[
    "position",
    "deleted",
    "avatar",
    "icon",
    "image",
    "logo",
    "photo",
    "picture",
    "thumbnail",
    "locale",
];

/// How early a field comes among those that Simplify leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Id,
    Called,
    Contact,
    Web,
    State,
    Span,
    /// What can be set.
    Own,
    /// The ids of other records.
    Reference,
    Date,
    ReadOnly,
    Aside,
    Constant,
}

/// What a value is to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Scalar,
    Switch,
    Date,
    Constant,
    /// A small object, or several scalars.
    Part,
    /// Records, and whatever is large.
    Large,
}

/// The keys that Simplify leaves of a large record; none where it is not offered.
///
/// A record of a list keeps what it is known by. A single record keeps all that is its own: only
/// related records and secrets are left out.
pub(super) fn keys(api: &Api, action: &Action) -> Vec<String> {
    let reads = matches!(action.kind, Kind::FindMany | Kind::FindOne)
        || action.method == Method::Get && matches!(action.kind, Kind::Custom { .. });
    let found = if reads { record(api, action) } else { None };
    let Some((_, record)) = found.filter(|(_, it)| it.fields.len() > MOST_FIELDS) else {
        return Vec::new();
    };
    let settable = settable(api, action);
    let fields = if is_list(api, action) {
        known_by(api, record, &settable)
    } else {
        own(api, record, &settable)
    };
    let keys = fields.into_iter().map(|field| field.wire_name.clone());
    keys.collect()
}

/// The few fields that a record is known by, the best first.
fn known_by<'a>(api: &Api, record: &'a Record, settable: &BTreeSet<&str>) -> Vec<&'a Field> {
    let mut ranked: Vec<(Rank, usize, &Field)> = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((rank(api, field, settable)?, index, field)))
        .collect();
    ranked.sort_by_key(|(rank, index, _)| (*rank, *index));
    let best = ranked.into_iter().take(MOST_FIELDS);
    best.map(|(_, _, field)| field).collect()
}

/// All fields but related records, and secrets, which do not belong into what executions keep;
/// nothing where there are no related records.
fn own<'a>(api: &Api, record: &'a Record, settable: &BTreeSet<&str>) -> Vec<&'a Field> {
    let fields = record.fields.iter();
    let own: Vec<&Field> = fields
        .filter(|field| settable.contains(field.wire_name.as_str()) || !is_related(api, field))
        .collect();
    if own.len() == record.fields.len() {
        return Vec::new();
    }
    own.into_iter().filter(|field| !field.secret).collect()
}

/// Whether a field holds another resource's record, or a list of records.
fn is_related(api: &Api, field: &Field) -> bool {
    if field.relation.as_ref().is_some_and(|it| !it.by_id) {
        return true;
    }
    match api.resolved(&field.schema.ty) {
        Type::List(items) => api.record(&items.ty).is_some(),
        _ => false,
    }
}

/// The names of what inputs of the same resource can set.
fn settable<'a>(api: &'a Api, action: &Action) -> BTreeSet<&'a str> {
    let resource = action.resource.and_then(|id| api.resource(id));
    let actions = resource.iter().flat_map(|resource| &resource.actions);
    let bodies = actions
        .filter_map(|id| api.action(*id))
        .filter_map(|action| action.body.as_ref()?.preferred());
    let inputs = bodies.filter_map(|media| api.record(&media.schema.ty));
    let fields = inputs.flat_map(|(_, record)| &record.fields);
    fields
        .filter(|field| !field.read_only)
        .map(|field| field.wire_name.as_str())
        .collect()
}

/// The rank of a field; `None` for what Simplify never leaves in a list.
fn rank(api: &Api, field: &Field, settable: &BTreeSet<&str>) -> Option<Rank> {
    if field.secret || field.write_only || field.relation.as_ref().is_some_and(|it| !it.by_id) {
        return None;
    }
    let value = value(api, &field.schema, DEEPEST);
    let found = words(&field.wire_name);
    let any = |known: &[&str]| found.iter().any(|word| known.contains(&word.as_str()));
    let last = |known: &[&str]| found.last().is_some_and(|it| known.contains(&it.as_str()));
    let all = |known: &[&str]| found.iter().all(|word| known.contains(&word.as_str()));
    let name = field.wire_name.as_str();
    Some(match value {
        Value::Large => return None,
        Value::Constant => Rank::Constant,
        _ if name == "id" => Rank::Id,
        _ if any(ASIDE) => Rank::Aside,
        Value::Date if any(SPAN) => Rank::Span,
        Value::Date => Rank::Date,
        Value::Scalar | Value::Part if CALLED.contains(&name) => Rank::Called,
        Value::Scalar | Value::Part if any(CONTACT) => Rank::Contact,
        Value::Scalar | Value::Part if all(WEB) => Rank::Web,
        Value::Scalar if last(STATE) => Rank::State,
        _ if last(&["id", "uid", "uuid"]) => Rank::Reference,
        _ if any(WRITTEN) => Rank::ReadOnly,
        _ if settable.contains(name) => Rank::Own,
        Value::Scalar | Value::Switch | Value::Part => Rank::ReadOnly,
    })
}

/// What a value is, seen from as many levels as are left.
fn value(api: &Api, schema: &Schema, levels: usize) -> Value {
    match api.resolved(&schema.ty) {
        Type::Primitive(Primitive::DateTime | Primitive::Date) => Value::Date,
        Type::Primitive(Primitive::Boolean) => Value::Switch,
        Type::Primitive(_) => Value::Scalar,
        Type::Constant(_) => Value::Constant,
        Type::List(items) | Type::Map(items) => several(api, items, levels),
        Type::Named(id) => api
            .type_def(*id)
            .map_or(Value::Large, |def| named(api, def, levels)),
        Type::Any | Type::Never | Type::Null | Type::Tuple(..) => Value::Large,
    }
}

/// Scalars are a part of a record; so are small objects inside a part.
fn several(api: &Api, items: &Schema, levels: usize) -> Value {
    let Some(below) = levels.checked_sub(1) else {
        return Value::Large;
    };
    match value(api, items, below) {
        Value::Large => Value::Large,
        Value::Part if levels == DEEPEST => Value::Large,
        _ => Value::Part,
    }
}

fn named(api: &Api, def: &TypeDef, levels: usize) -> Value {
    match &def.body {
        TypeBody::Enum(it) if it.values.len() < 2 => Value::Constant,
        TypeBody::Enum(_) => Value::Scalar,
        TypeBody::Record(record) if is_small(api, record, levels) => Value::Part,
        TypeBody::Union(union) => {
            let mut variants = union.variants.iter().map(|it| &it.schema);
            let scalar = |it: &Schema| matches!(api.resolved(&it.ty), Type::Primitive(_));
            if variants.all(scalar) {
                Value::Scalar
            } else {
                Value::Large
            }
        }
        TypeBody::Record(_) | TypeBody::Alias(_) => Value::Large,
    }
}

/// Whether an object is a part of its record: the two parts of a name, an address.
fn is_small(api: &Api, record: &Record, levels: usize) -> bool {
    let Some(below) = levels.checked_sub(1) else {
        return false;
    };
    let part = |field: &Field| {
        let related = field.relation.as_ref().is_some_and(|it| !it.by_id);
        !related && value(api, &field.schema, below) != Value::Large
    };
    (1..=SMALL).contains(&record.fields.len()) && record.fields.iter().all(part)
}
