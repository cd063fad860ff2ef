//! A credential class for each way to authenticate.

use super::authentication::{Goes, Part, Way, WayKind, is_plain_url};
use super::identity::Identity;
use super::literal::{after_equals, fill, string, ts};
use super::probe::Probe;
use super::words::{ascii_words, pascal, title_case, title_case_words};
use super::{Files, N8nError};
use crate::ir::{Action, Api, ClientParameter, OAuthFlowKind, Primitive, Type};
use crate::n8n::client_fields::{ClientField, client_fields};
use crate::n8n::model::{OptionItem, Property, PropertyKind, PropertyOptions, TypeOptions};
use crate::n8n::target;
use crate::n8n::text::{Kind, description, placeholder};
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
    let base = base_url(api);
    let fields = client_fields(api);
    let told = |test: Option<&Action>| -> Vec<Property> {
        fields.iter().map(|field| told(field, test)).collect()
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
                properties.extend(oauth2_properties(flows, scopes));
                None
            }
            WayKind::Generic(parts) => {
                properties.extend(parts.iter().flat_map(part_properties));
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

fn property(label: &str, name: &str, kind: PropertyKind, default: Value) -> Property {
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
fn base_url(api: &Api) -> Property {
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

fn part_properties(part: &Part<'_>) -> Vec<Property> {
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
fn told(field: &ClientField<'_>, test: Option<&Action>) -> Property {
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

/// The settings of n8n's own `oAuth2Api`, which the user need not see.
fn oauth2_properties(flows: &[&crate::ir::OAuthFlow], scopes: &BTreeSet<&str>) -> Vec<Property> {
    let word = |kind| match kind {
        OAuthFlowKind::AuthorizationCode => Some(("Authorization Code", "authorizationCode")),
        OAuthFlowKind::ClientCredentials => Some(("Client Credentials", "clientCredentials")),
        OAuthFlowKind::Implicit | OAuthFlowKind::Password => None,
    };
    let hidden = |label: &str, name: &str, value: &str| {
        property(label, name, PropertyKind::Hidden, json!(value))
    };
    let mut grants: Vec<_> = flows.iter().filter_map(|flow| word(flow.kind)).collect();
    grants.sort_unstable();
    let first = grants.first().map_or("", |(_, value)| value);
    let grant = match grants.as_slice() {
        [_, _, ..] => Property {
            options: PropertyOptions::Items(
                grants
                    .iter()
                    .map(|(name, value)| OptionItem {
                        name: (*name).to_owned(),
                        value: json!(value),
                        action: None,
                        description: None,
                    })
                    .collect(),
            ),
            ..property(
                "Grant Type",
                "grantType",
                PropertyKind::Options,
                json!(first),
            )
        },
        _ => hidden("Grant Type", "grantType", first),
    };
    let authorization = flows.iter().find_map(|flow| {
        let own = flow.kind == OAuthFlowKind::AuthorizationCode;
        flow.authorization_url.as_deref().filter(|_| own)
    });
    let token = flows.iter().find_map(|flow| flow.token_url.as_deref());
    let mut properties = vec![grant];
    properties.extend(authorization.map(|url| hidden("Authorization URL", "authUrl", url)));
    properties.push(hidden(
        "Access Token URL",
        "accessTokenUrl",
        token.unwrap_or_default(),
    ));
    properties.push(hidden("Scope", "scope", &scope(flows, scopes)));
    properties.push(hidden(
        "Auth URI Query Parameters",
        "authQueryParameters",
        "",
    ));
    properties.push(hidden("Authentication", "authentication", "header"));
    properties
}

/// The scopes that operations name, else all of the flows; those that are tokens of RFC 6749, section
/// 3.3, and so no expressions.
fn scope(flows: &[&crate::ir::OAuthFlow], named: &BTreeSet<&str>) -> String {
    let declared = flows
        .iter()
        .flat_map(|flow| &flow.scopes)
        .map(|(scope, _)| scope.as_str());
    let all: BTreeSet<&str> = if named.is_empty() {
        declared.collect()
    } else {
        named.clone()
    };
    let allowed = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    let usable =
        |scope: &&str| !scope.is_empty() && !scope.starts_with('=') && scope.chars().all(allowed);
    all.into_iter().filter(usable).collect::<Vec<_>>().join(" ")
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
