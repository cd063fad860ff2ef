//! What a subscription is made with: the URL, the events and the secret among a body's properties.

use crate::ir::{Api, Enum, EnumValue, Field, Primitive, Record, Type, TypeBody};
use crate::names::{singular, words};
use crate::passes::shapes::{Shape, shape};

/// Names of a URL that deliveries go to.
const URLS: &[&str] = &[
    "callback uri",
    "callback url",
    "delivery url",
    "destination url",
    "endpoint url",
    "hook url",
    "notification url",
    "payload url",
    "post url",
    "target url",
    "webhook url",
];

/// Names of a URL that is one for deliveries where the resource is plainly a webhook.
const PLAIN_URLS: &[&str] = &["url", "uri", "endpoint", "address", "callback", "target"];

/// Names of what selects events, in their singular.
const EVENTS: &[&str] = &[
    "enabled event",
    "event",
    "event name",
    "event type",
    "operation",
    "subscribed event",
    "subscription",
    "topic",
    "trigger",
];

/// Names of the secret that deliveries are signed with.
const SECRETS: &[&str] = &[
    "hmac secret",
    "secret",
    "secret key",
    "secret token",
    "shared secret",
    "signature secret",
    "signing key",
    "signing secret",
    "webhook secret",
];

/// Names of objects that hold some of the properties: `{"config": {"url": ..}}`.
const GROUPS: &[&str] = &["attributes", "config", "configuration", "data", "settings"];

/// How deep the properties may be: `data.attributes.url` is three.
const LEVELS: usize = 3;

/// The keys from the body to a property.
type Path = Vec<String>;

/// What a body is made of, as far as a receiver knows it.
#[derive(Debug)]
pub(super) struct Properties {
    /// Where the URL goes.
    pub(super) url: Path,
    /// Where the events are named, and whether there may be several.
    pub(super) events: Option<(Path, bool)>,
    /// Where the secret goes.
    pub(super) secret: Option<Path>,
}

impl Properties {
    /// Finds them; `None` where there is no URL, or something else is required.
    ///
    /// `certain` says that the resource is plainly a webhook; `name` is what one of it is called.
    pub(super) fn of(api: &Api, body: &Record, name: &[String], certain: bool) -> Option<Self> {
        let all = sent(api, body, name);
        let found = Self {
            url: url(api, &all, certain)?,
            events: events(api, &all),
            secret: first(&all, SECRETS, |field| is_text(api, &field.schema.ty)),
        };
        let complete = all
            .iter()
            .all(|(path, field)| !field.required || found.fills(path));
        complete.then_some(found)
    }

    /// Whether a property is sent, leads to one that is, or need not be there.
    fn fills(&self, path: &[String]) -> bool {
        let before = path.split_last().map_or(path, |(_, before)| before);
        let events = self.events.as_ref().map(|(path, _)| path);
        let own = || {
            let url = Some(&self.url);
            [url, events, self.secret.as_ref()].into_iter().flatten()
        };
        own().any(|own| own.starts_with(path)) || !own().any(|own| own.starts_with(before))
    }
}

/// The keys to the secret in what the API gives, where it has one.
pub(super) fn secret_of(api: &Api, given: &Record) -> Option<Path> {
    let all: Vec<_> = given
        .fields
        .iter()
        .filter(|field| !field.write_only)
        .map(|field| (vec![field.wire_name.clone()], field))
        .collect();
    first(&all, SECRETS, |field| is_text(api, &field.schema.ty))
}

/// The properties that are sent, those of the objects that only group them included.
fn sent<'a>(api: &'a Api, body: &'a Record, name: &[String]) -> Vec<(Path, &'a Field)> {
    let mut all = Vec::new();
    let mut level = vec![(Vec::new(), body)];
    for _ in 0..LEVELS {
        let mut next = Vec::new();
        for (before, record) in level {
            for field in record.fields.iter().filter(|field| !field.read_only) {
                let mut path: Path = before.clone();
                path.push(field.wire_name.clone());
                let words = words(&field.wire_name);
                let groups = GROUPS.contains(&words.join(" ").as_str()) || words == name;
                if groups && let Some((_, inner)) = api.record(&field.schema.ty) {
                    next.push((path.clone(), inner));
                }
                all.push((path, field));
            }
        }
        level = next;
    }
    all
}

fn url(api: &Api, all: &[(Path, &Field)], certain: bool) -> Option<Path> {
    let is_url = |field: &Field| {
        let scalar = shape(api, &field.schema.ty);
        matches!(
            scalar,
            Shape::Scalar(Primitive::String { .. } | Primitive::Uri)
        )
    };
    let plain = || first(all, PLAIN_URLS, is_url).filter(|_| certain);
    first(all, URLS, is_url).or_else(plain)
}

/// Where events are named, if they are named there as deliveries name them.
fn events(api: &Api, all: &[(Path, &Field)]) -> Option<(Path, bool)> {
    let item = |field: &'_ Field| match shape(api, &field.schema.ty) {
        Shape::List(item) => (item.ty.clone(), true),
        _ => (field.schema.ty.clone(), false),
    };
    let path = first_where(all, |words, field| {
        let (ty, _) = item(field);
        EVENTS.contains(&singular(words).join(" ").as_str()) && takes_events(api, &ty)
    })?;
    let (_, field) = all.iter().find(|(known, _)| *known == path)?;
    let (_, many) = item(field);
    Some((path, many))
}

/// Whether the names of the API's events are values of a type.
fn takes_events(api: &Api, ty: &Type) -> bool {
    match api.resolved(ty) {
        Type::Primitive(Primitive::String { .. }) => true,
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(list)) => lists_events(api, list),
            _ => false,
        },
        _ => false,
    }
}

fn lists_events(api: &Api, list: &Enum) -> bool {
    let is = |value: &EnumValue, name: &str| value.value.as_str() == Some(name);
    let mut names = api.events.iter().filter_map(|e| e.wire_name.as_deref());
    let listed = names.any(|name| list.values.iter().any(|value| is(value, name)));
    !list.integer && (listed || api.events.is_empty())
}

fn is_text(api: &Api, ty: &Type) -> bool {
    matches!(shape(api, ty), Shape::Scalar(Primitive::String { .. }))
}

/// The first property with one of these names, in the names' order.
fn first(all: &[(Path, &Field)], names: &[&str], fits: impl Fn(&Field) -> bool) -> Option<Path> {
    names
        .iter()
        .find_map(|name| first_where(all, |words, field| words.join(" ") == **name && fits(field)))
}

fn first_where(all: &[(Path, &Field)], fits: impl Fn(&[String], &Field) -> bool) -> Option<Path> {
    let is =
        |(path, field): &&(Path, &Field)| path.last().is_some_and(|last| fits(&words(last), field));
    all.iter().find(is).map(|(path, _)| path.clone())
}
