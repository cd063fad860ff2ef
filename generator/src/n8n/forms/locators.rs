//! Records that are chosen: from a list, by their id, or by the URL of a page about them.

use super::schema::Settled;
use super::{Form, Forms, Input, property};
use crate::ir::{Primitive, Type};
use crate::n8n::model::{LocatorMode, PropertyKind, Shape, TypeOptions};
use serde_json::json;

/// A resource whose records can be chosen from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::n8n) struct Target {
    /// The list search method: `searchPeople`.
    pub(in crate::n8n) method: String,
}

/// A UUID as it stands in a text.
const UUID: &str = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

/// What an id is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Id {
    Uuid,
    Integer,
    Text,
}

impl<'a> Forms<'a> {
    /// A locator, where the input is the id of a record that can be listed, and the id is a text or a
    /// whole number.
    pub(super) fn locator(&self, input: &Input<'a>, settled: &Settled<'a>) -> Option<Form> {
        let target = self.targets.get(input.target?)?.as_ref()?;
        let kind = match settled.ty {
            Type::Primitive(Primitive::Uuid) => Id::Uuid,
            Type::Primitive(Primitive::String { .. }) => Id::Text,
            Type::Primitive(Primitive::Integer { .. }) => Id::Integer,
            _ => return None,
        };
        let nothing = json!({"mode": "list", "value": ""});
        let mut property = property(input, settled, PropertyKind::ResourceLocator, nothing);
        let example = property.placeholder.take();
        property.modes = vec![list_mode(target), id_mode(kind, example), url_mode(kind)];
        Some(Form {
            property,
            shape: match kind {
                Id::Integer => Shape::Integer,
                Id::Uuid | Id::Text => Shape::Id,
            },
        })
    }
}

fn list_mode(target: &Target) -> LocatorMode {
    LocatorMode {
        display_name: "From List".to_owned(),
        name: "list".to_owned(),
        kind: "list".to_owned(),
        type_options: TypeOptions {
            search_list_method: Some(target.method.clone()),
            searchable: true,
            ..TypeOptions::default()
        },
        placeholder: None,
        validation: Vec::new(),
        extract_value: None,
    }
}

/// By id. What the editor checks is short, since locators are many.
fn id_mode(kind: Id, example: Option<String>) -> LocatorMode {
    let pattern = match kind {
        Id::Uuid => Some(format!("^{UUID}$")),
        Id::Integer => Some("^-?[0-9]+$".to_owned()),
        Id::Text => None,
    };
    let validation = pattern.map(|regex| {
        json!({
            "type": "regex",
            "properties": {"regex": regex, "errorMessage": "Not a valid ID"},
        })
    });
    LocatorMode {
        display_name: "By ID".to_owned(),
        name: "id".to_owned(),
        kind: "string".to_owned(),
        type_options: TypeOptions::default(),
        placeholder: example,
        validation: validation.into_iter().collect(),
        extract_value: None,
    }
}

/// The last UUID of a URL's path, else its last segment, as the runtime reads it. Where ids are UUIDs
/// or whole numbers, a URL without one leads to no record.
fn url_mode(kind: Id) -> LocatorMode {
    let pattern = match kind {
        Id::Uuid => format!("^https?://[^/?#]+/[^?#]*({UUID})"),
        Id::Integer => "^https?://[^/?#]+/(?:[^?#]*/)?([0-9]+)/*(?:[?#]|$)".to_owned(),
        Id::Text => {
            let last = "(?:[^?#]*/)?(?=[^/?#]+/*(?:[?#]|$))";
            format!("^https?://[^/?#]+/(?:[^?#]*(?={UUID})|{last})({UUID}|[^/?#]+)")
        }
    };
    LocatorMode {
        display_name: "By URL".to_owned(),
        name: "url".to_owned(),
        kind: "string".to_owned(),
        type_options: TypeOptions::default(),
        placeholder: None,
        validation: Vec::new(),
        extract_value: Some(json!({"type": "regex", "regex": pattern})),
    }
}
