//! Which actions share a builder.

use super::super::alternatives::alternatives;
use super::super::form_fields::{form_fields, part_encodings};
use super::super::reach::chosen_media;
use super::super::resources::is_plain_json;
use super::{OutputShape, optional, output, stream_beside};
use crate::ir::{Action, ActionId, Api, Encoding, Kind, Media, Parameter, Type};
use crate::names::{Lock, RustNames, Table};
use std::collections::HashMap;

/// How many custom actions must take the same parameters to share a builder: fewer say more with a
/// builder of their own, which is called as they are.
const ENOUGH: usize = 4;

/// What makes two actions share a builder.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    kind: Kind,
    /// The first of the custom actions that share it.
    of: Option<ActionId>,
    /// The setters: what each is called, and what it sends.
    parameters: Vec<(String, String)>,
    body: Option<String>,
    output: OutputShape,
    /// The action itself, where it can be asked for a stream: whose items are the builder's to know.
    streams: Option<ActionId>,
    /// The other media types that they can be asked for.
    others: Vec<String>,
}

impl Key {
    fn new(api: &Api, action: &Action, id: ActionId, names: &RustNames) -> Self {
        let named = names.actions.get(id.0);
        let setter = |index: usize| named.and_then(|named| named.parameters.get(index).cloned());
        let parameters = optional(action)
            .map(|(index, parameter)| (setter(index).unwrap_or_default(), signature(parameter)))
            .collect();
        let body = action
            .body
            .as_ref()
            .filter(|body| !body.required)
            .and_then(chosen_media)
            .map(written_body);
        let kind = match &action.kind {
            // Words are for names.
            Kind::Custom { .. } => Kind::Custom { words: Vec::new() },
            kind => kind.clone(),
        };
        Self {
            kind,
            of: None,
            parameters,
            body,
            output: output(api, action).shape(),
            streams: stream_beside(api, action).map(|_| id),
            others: alternatives(action)
                .iter()
                .map(|it| it.media.media_type.clone())
                .collect(),
        }
    }

    fn is_plain(&self) -> bool {
        let page = matches!(self.output, OutputShape::Page(_));
        self.parameters.is_empty()
            && self.body.is_none()
            && self.streams.is_none()
            && self.others.is_empty()
            && !page
    }
}

/// The key of each action, in the order of the API.
pub(super) fn keys(api: &Api, names: &RustNames, lock: &Lock) -> Vec<Key> {
    let actions = api.actions.iter().enumerate();
    let mut keys: Vec<Key> = actions
        .map(|(index, action)| Key::new(api, action, ActionId(index), names))
        .collect();
    let table = Table::new("rust.builders");
    let published = api.actions.iter().map(|action| {
        let name = lock.name(&table, &action.origin.pointer);
        name.map(str::to_owned)
    });
    set_apart(&mut keys, &published.collect::<Vec<_>>());
    keys
}

/// Says which custom actions share a builder: those that did when their names were published, and
/// otherwise those of which many take the same parameters.
fn set_apart(keys: &mut [Key], published: &[Option<String>]) {
    let mut groups: HashMap<Key, Vec<usize>> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        if matches!(key.kind, Kind::Custom { .. }) && !key.is_plain() {
            groups.entry(key.clone()).or_default().push(index);
        }
    }
    for group in groups.into_values() {
        let published = |index: usize| published.get(index).and_then(Option::as_deref);
        let (old, new): (Vec<usize>, Vec<usize>) = group
            .into_iter()
            .partition(|index| published(*index).is_some());
        let same = |one: usize, other: usize| published(one) == published(other);
        let members = |one: usize| old.iter().filter(|other| same(one, **other)).count();
        let most = |index: &&usize| (members(**index), std::cmp::Reverse(**index));
        let shared = old.iter().max_by_key(most);
        let shared = shared.filter(|index| members(**index) > 1);
        let enough = new.len() >= ENOUGH;
        let joined = |index: usize| match published(index) {
            Some(_) => old.iter().find(|other| same(index, **other)).copied(),
            None => shared.or_else(|| new.first().filter(|_| enough)).copied(),
        };
        for index in old.iter().chain(&new) {
            if let Some(key) = keys.get_mut(*index) {
                key.of = Some(ActionId(joined(*index).unwrap_or(*index)));
            }
        }
    }
}

/// Everything of a body that its setter shows, in a form that compares.
fn written_body(media: &Media) -> String {
    let ty = &media.schema.ty;
    match &media.encoding {
        Encoding::Form(parts) => {
            let fields: Vec<String> = form_fields(parts).iter().map(ToString::to_string).collect();
            format!("form {ty:?} {fields:?}")
        }
        Encoding::Multipart(parts) => {
            let media_type = &media.media_type;
            let parts: Vec<String> = part_encodings(media_type, parts)
                .iter()
                .map(ToString::to_string)
                .collect();
            format!("{media_type} {ty:?} {parts:?}")
        }
        Encoding::Json if is_plain_json(&media.media_type) => format!("{ty:?}"),
        // The root's name may be said at the place.
        Encoding::Xml => format!("{} {ty:?} {:?}", media.media_type, media.schema.xml),
        _ => format!("{} {ty:?}", media.media_type),
    }
}

/// Everything of a parameter that its setter shows, in a form that compares.
fn signature(parameter: &Parameter) -> String {
    let Parameter {
        wire_name,
        place,
        description,
        schema,
        style,
        explode,
        allow_reserved,
        content,
        ..
    } = parameter;
    let (ty, nullable, limits) = (&schema.ty, schema.nullable, &schema.constraints);
    format!(
        "{wire_name:?} {place:?} {description:?} {} {nullable} {limits:?} {style:?} {explode} {allow_reserved} {content:?}",
        shape(ty)
    )
}

/// A type without where it stands, so that equal types in different places compare equal.
fn shape(ty: &Type) -> String {
    match ty {
        Type::List(items) => format!("[{}]", shape(&items.ty)),
        Type::Map(values) => format!("{{{}}}", shape(&values.ty)),
        Type::Tuple(items, _) => items
            .iter()
            .map(|item| shape(&item.ty))
            .collect::<Vec<_>>()
            .join(","),
        Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_)
        | Type::Named(_) => {
            format!("{ty:?}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which action's builder each of some custom actions has, all of which take the same parameter.
    fn shared(published: &[Option<&str>]) -> Vec<usize> {
        let key = Key {
            kind: Kind::Custom { words: Vec::new() },
            of: None,
            parameters: vec![("limit".to_owned(), "limit".to_owned())],
            body: None,
            output: OutputShape::Json,
            streams: None,
            others: Vec::new(),
        };
        let mut keys = vec![key; published.len()];
        let published: Vec<_> = published
            .iter()
            .map(|name| name.map(str::to_owned))
            .collect();
        set_apart(&mut keys, &published);
        keys.iter().filter_map(|key| Some(key.of?.0)).collect()
    }

    #[test]
    fn many_that_take_the_same_share_a_builder_and_few_do_not() {
        assert_eq!(shared(&[None, None, None]), [0, 1, 2]);
        assert_eq!(shared(&[None, None, None, None]), [0, 0, 0, 0]);
    }

    #[test]
    fn a_published_builder_stays_with_its_actions() {
        let (a, b) = (Some("A"), Some("B"));
        assert_eq!(shared(&[a, b, Some("C"), Some("D"), None]), [0, 1, 2, 3, 4]);
        assert_eq!(shared(&[b, a, a, None]), [0, 1, 1, 1], "a new one joins");
        assert_eq!(shared(&[a, a]), [0, 0], "there were more of them");
    }
}
