//! A credential class for each way to authenticate.

mod oauth2;
mod properties;

use super::authentication::{Goes, Part, Way, WayKind};
use super::identity::Identity;
use super::literal::{after_equals, fill, string, ts};
use super::probe::Probe;
use super::words::{ascii_words, pascal, title_case, title_case_words};
use super::{Files, N8nError};
use crate::ir::{Action, Api};
use crate::n8n::client_fields::client_fields;
use crate::n8n::model::Property;
use crate::n8n::target;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What the class is called that sends nothing where the document has other ways, too.
const ANONYMOUS: &str = "Anonymous";

/// A credential class.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Credential {
    /// `TwentyApi`, also the file's name.
    pub(super) class: String,
    /// `twentyApi`.
    pub(super) name: String,
    /// `Twenty API`.
    pub(super) display_name: String,
    /// What it is called among several: `Access Token`.
    pub(super) label: String,
    /// Whether n8n gets the tokens.
    pub(super) oauth2: bool,
    /// What the user fills in.
    pub(super) properties: Vec<Property>,
    /// n8n's `IAuthenticateGeneric`.
    pub(super) authenticate: Option<Value>,
    /// n8n's `ICredentialTestRequest`.
    pub(super) test: Option<Value>,
    /// Whether the test, or n8n's connecting, tells whether it is valid.
    pub(super) tested: bool,
}

/// The classes of an API, never none: without a way to authenticate, the base URL is all there is.
///
/// The first class of a kind has the API's name alone, so that it keeps it when ways are added.
pub(super) fn credentials(
    api: &Api,
    identity: &Identity,
    ways: &[Way<'_>],
    probe: &Probe<'_>,
) -> Vec<Credential> {
    let base = properties::base_url(api);
    let fields = client_fields(api);
    let told = |test: Option<&Action>| -> Vec<Property> {
        fields
            .iter()
            .map(|field| properties::told(field, test))
            .collect()
    };
    let none = |words: &str| {
        let (class, name, display_name) = names(identity, words, false);
        let action = probe.action(&[]);
        Credential {
            class,
            name,
            display_name,
            label: "None".to_owned(),
            oauth2: false,
            properties: [vec![base.clone()], told(action)].concat(),
            authenticate: None,
            test: Some(probe.request(action)),
            tested: action.is_some(),
        }
    };
    if ways.is_empty() {
        return vec![none("")];
    }
    let mut taken = BTreeSet::new();
    let mut credentials = Vec::new();
    for way in ways {
        let oauth2 = matches!(way.kind, WayKind::OAuth2 { .. });
        let mut words = String::new();
        let (class, name, display_name) = loop {
            let names = names(identity, &words, oauth2);
            if taken.insert(names.0.to_lowercase()) {
                break names;
            }
            // Keys without a letter of ASCII have no names of their own.
            words = if words.is_empty() {
                way.keys.join(" ")
            } else {
                format!("{words} other")
            };
        };
        let mut properties = vec![base.clone()];
        let authenticate = match &way.kind {
            WayKind::OAuth2 { flows, scopes } => {
                properties.extend(oauth2::properties(flows, scopes));
                None
            }
            WayKind::Generic(parts) => {
                properties.extend(parts.iter().flat_map(properties::of_part));
                Some(authenticate(parts))
            }
        };
        let action = probe.action(&way.keys);
        // n8n connects OAuth2 credentials instead of asking for something.
        properties.extend(told(action.filter(|_| !oauth2)));
        credentials.push(Credential {
            class,
            name,
            display_name,
            label: way.label.clone(),
            oauth2,
            properties,
            authenticate,
            // n8n connects OAuth2 credentials, which tells whether they are valid.
            test: (!oauth2).then(|| probe.request(action)),
            tested: oauth2 || action.is_some(),
        });
    }
    let optional = api
        .actions
        .iter()
        .any(|action| target::is_open(api, action) && !target::is_anonymous(api, action));
    if optional && taken.insert(names(identity, ANONYMOUS, false).0.to_lowercase()) {
        credentials.push(none(ANONYMOUS));
    }
    credentials
}

/// Class, name and label: `TwentyApi`, `twentyApi`, `Twenty API`.
fn names(identity: &Identity, words: &str, oauth2: bool) -> (String, String, String) {
    let kind = if oauth2 { "OAuth2" } else { "" };
    let own = pascal(words);
    let title = title_case_words(&identity.title);
    let label = [title.as_str(), &spaced(words), kind, "API"]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    (
        format!("{}{own}{kind}Api", identity.class),
        format!("{}{own}{kind}Api", identity.name),
        label,
    )
}

fn spaced(words: &str) -> String {
    let words = ascii_words(words);
    let named: Vec<String> = words.iter().map(|word| title_case(word)).collect();
    named.join(" ")
}

/// What is added to each request.
fn authenticate(parts: &[Part<'_>]) -> Value {
    let mut headers = Map::new();
    let mut query = Map::new();
    let mut cookies = Vec::new();
    let mut auth = None;
    for part in parts {
        let value = format!("{{{{$credentials.{}}}}}", part.field);
        match part.goes {
            Goes::Basic => {
                auth = Some(json!({
                    "username": format!("={value}"),
                    "password": "={{$credentials.password}}",
                }));
            }
            Goes::Authorization(scheme) => {
                headers.insert(
                    "Authorization".to_owned(),
                    json!(format!("={scheme} {value}")),
                );
            }
            Goes::Header(name) => {
                headers.insert(name.to_owned(), json!(format!("={value}")));
            }
            Goes::Query(name) => {
                query.insert(name.to_owned(), json!(format!("={value}")));
            }
            Goes::Cookie(name) => cookies.push(format!("{name}={value}")),
        }
    }
    if !cookies.is_empty() {
        headers.insert(
            "Cookie".to_owned(),
            json!(format!("={}", cookies.join("; "))),
        );
    }
    let mut properties = Map::new();
    properties.extend(auth.map(|auth| ("auth".to_owned(), auth)));
    for (key, values) in [("headers", headers), ("qs", query)] {
        if !values.is_empty() {
            properties.insert(key.to_owned(), Value::Object(values));
        }
    }
    json!({ "type": "generic", "properties": properties })
}

/// Writes the classes.
pub(super) fn add(
    files: &mut Files,
    identity: &Identity,
    credentials: &[Credential],
) -> Result<(), N8nError> {
    let template = include_str!("../../../../templates/n8n/credentials.ts.jinja");
    for credential in credentials {
        let icon = |theme: &str| {
            format!(
                "file:../nodes/{}/{}{theme}.svg",
                identity.icons, identity.name
            )
        };
        let optional = |value: &Option<Value>| match value {
            Some(value) => ts(value, 1, 0).map(Some),
            None => Ok(None),
        };
        let icon = json!({ "light": icon(""), "dark": icon(".dark") });
        let values = minijinja::context!(
            imports => imports(credential),
            class => &credential.class,
            name => string(&credential.name),
            displayName => string(&credential.display_name),
            documentationUrl => after_equals("documentationUrl", &format!("{}#credentials", identity.homepage)),
            oauth2 => credential.oauth2,
            icon => ts(&icon, 1, 0)?,
            properties => ts(&credential.properties, 1, 0)?,
            authenticate => optional(&credential.authenticate)?,
            test => optional(&credential.test)?,
        );
        let path = format!("credentials/{}.credentials.ts", credential.class);
        files.add(&path, fill(template, values)?)?;
    }
    Ok(())
}

/// The types that a class needs, on one line where they fit.
fn imports(credential: &Credential) -> String {
    let mut names = vec!["ICredentialType", "INodeProperties", "Icon"];
    if credential.authenticate.is_some() {
        names.push("IAuthenticateGeneric");
    }
    if credential.test.is_some() {
        names.push("ICredentialTestRequest");
    }
    names.sort_by_key(|name| name.to_lowercase());
    if names.len() < 5 {
        format!("{{ {} }}", names.join(", "))
    } else {
        format!("{{\n\t{},\n}}", names.join(",\n\t"))
    }
}
