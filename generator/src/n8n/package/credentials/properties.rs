//! What the user of a credential fills in.

use crate::ir::{Action, Api, ClientParameter, Primitive, Type};
use crate::n8n::client_fields::ClientField;
use crate::n8n::model::{Property, PropertyKind, PropertyOptions, TypeOptions};
use crate::n8n::package::authentication::{Goes, Part, is_plain_url};
use crate::n8n::target;
use crate::n8n::text::{Kind, description, placeholder};
use serde_json::{Value, json};

/// A property with what all have.
pub(super) fn property(label: &str, name: &str, kind: PropertyKind, default: Value) -> Property {
    Property {
        display_name: label.to_owned(),
        name: name.to_owned(),
        kind,
        required: false,
        no_data_expression: false,
        type_options: TypeOptions::default(),
        display_options: None,
        default,
        options: PropertyOptions::None,
        modes: Vec::new(),
        placeholder: None,
        description: None,
        hint: None,
    }
}

/// Where the API is: the document's first server with its variables' defaults, to be changed by those
/// who run their own.
pub(super) fn base_url(api: &Api) -> Property {
    let url = api.servers.first().map(target::server).unwrap_or_default();
    let absolute = is_plain_url(&url);
    let default = if absolute {
        url.trim_end_matches('/')
    } else {
        ""
    };
    let below = if !absolute && url.starts_with('/') {
        url.trim_end_matches('/')
    } else {
        ""
    };
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_graphic());
    let example = if absolute {
        default.to_owned()
    } else {
        format!(
            "https://example.com{}",
            if plain(below) { below } else { "" }
        )
    };
    Property {
        required: true,
        placeholder: Some(format!("e.g. {example}")),
        description: Some("Where the API is served, without a path of any operation".to_owned()),
        ..property("Base URL", "baseUrl", PropertyKind::String, json!(default))
    }
}

/// What the user fills in for one part of a way to authenticate.
pub(super) fn of_part(part: &Part<'_>) -> Vec<Property> {
    let text = |label: &str, name: &str, secret: bool| Property {
        type_options: TypeOptions {
            password: secret,
            ..TypeOptions::default()
        },
        required: true,
        ..property(label, name, PropertyKind::String, json!(""))
    };
    let mut first = text(&part.label, &part.field, part.goes != Goes::Basic);
    first.description.clone_from(&part.description);
    let mut properties = vec![first];
    if part.goes == Goes::Basic {
        properties.push(text("Password", "password", true));
    }
    properties
}

/// A parameter that operations share: who leaves it empty says nothing. Where the credential's test
/// sends it, a credential may only be valid with it.
pub(super) fn told(field: &ClientField<'_>, test: Option<&Action>) -> Property {
    let ClientField {
        parameter,
        name,
        label,
    } = field;
    let texts = [&parameter.description, &parameter.schema.description];
    let text = texts.into_iter().flatten().next();
    let tested = test.is_some_and(|action| action.parameters.iter().any(|own| parameter.is(own)));
    let said = text.and_then(|text| description(text, label, Kind::Other));
    let example = parameter.schema.examples.first();
    Property {
        type_options: TypeOptions {
            password: is_secret(parameter) || is_sensitive(name),
            ..TypeOptions::default()
        },
        placeholder: example.and_then(placeholder),
        description: match (said, tested) {
            (Some(said), true) => Some(format!("{}. {TESTED}.", said.trim_end_matches('.'))),
            (None, true) => Some(TESTED.to_owned()),
            (said, false) => said,
        },
        ..property(label, name, PropertyKind::String, json!(""))
    }
}

/// What is said of a field that the credential's test depends on.
const TESTED: &str =
    "The test of the credential sends it as well: fill it in where access depends on it";

fn is_secret(parameter: &ClientParameter) -> bool {
    matches!(
        &parameter.schema.ty,
        Type::Primitive(Primitive::String { format: Some(format) }) if format == "password"
    )
}

/// Whether n8n's linter takes a field for a secret by its name
/// (`cred-class-field-type-options-password-missing`).
fn is_sensitive(name: &str) -> bool {
    const WORDS: &[&str] = &["secret", "password", "passphrase", "token", "key"];
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}
