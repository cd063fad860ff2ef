//! The node: its TypeScript shell, its descriptors and its codex.

use super::credentials::Credential;
use super::identity::Identity;
use super::literal::{after_key, fill, string, ts};
use super::words::camel;
use super::{Files, N8nError, Package};
use crate::n8n::model::ResourceDescriptor;
use crate::n8n::text::sort_key;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Words that cannot name an import (ECMA-262, section 12.7.2), or that the shell uses.
const RESERVED: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "descriptors",
    "do",
    "else",
    "enum",
    "eval",
    "execute",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "listSearch",
    "new",
    "null",
    "package",
    "private",
    "properties",
    "protected",
    "public",
    "resources",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// What stands below the node in a workflow. The one expression of the shell is ours.
const SUBTITLE: &str = r#"={{$parameter["operation"] + ": " + $parameter["resource"]}}"#;

/// The node's own version, which saved workflows keep.
const VERSION: u8 = 1;

pub(super) fn add(
    files: &mut Files,
    package: Package<'_>,
    identity: &Identity,
    credentials: &[Credential],
) -> Result<(), N8nError> {
    let folder = format!("nodes/{}", identity.class);
    let imports = imports(package.resources);
    for (name, resource) in imports.iter().zip(package.resources) {
        files.add_json(&format!("{folder}/resources/{name}.json"), resource)?;
    }
    let has_lookup = package.resources.iter().any(|it| it.lookup.is_some());
    let several = credentials.len() > 1;
    let values = minijinja::context!(
        class => &identity.class,
        displayName => string(&identity.title),
        name => string(&identity.name),
        icon => ts(&icon(identity, ""), 2, 0)?,
        subtitle => string(SUBTITLE),
        version => VERSION,
        description => after_key("description", &format!("Consume the {} API", identity.title), 2),
        imports => imports.iter().map(|name| import(name)).collect::<Vec<_>>(),
        list => list(&imports),
        credentials => ts(&usages(credentials), 2, 0)?,
        several => several,
        authentication => ts(&authentication(credentials), 3, 0)?,
        secrets => ts(&secrets(credentials), 0, 0)?,
        lookup => has_lookup,
    );
    let template = include_str!("../../../../templates/n8n/node.ts.jinja");
    files.add(
        &format!("{folder}/{}.node.ts", identity.class),
        fill(template, values)?,
    )?;
    files.add_json(
        &format!("{folder}/{}.node.json", identity.class),
        &codex(identity, &identity.name),
    )
}

/// `import people from './resources/people.json';`, names of keywords with a mark.
fn import(name: &str) -> minijinja::Value {
    minijinja::context!(name => name, path => string(&format!("./resources/{name}.json")))
}

/// The names of all imports, on one line where they fit.
fn list(imports: &[String]) -> String {
    let line = imports.join(", ");
    if line.len() > 66 {
        format!("\n\t{},\n", imports.join(",\n\t"))
    } else {
        line
    }
}

/// The name of each resource's file and import: the words of its value that are ASCII. Names that are
/// taken get a number, in the order of the resources.
pub(super) fn imports(resources: &[ResourceDescriptor]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut name = |resource: &ResourceDescriptor| {
        let own = camel(&resource.resource.value);
        let own = if own.is_empty() || RESERVED.contains(&own.as_str()) {
            format!("{own}Resource")
        } else {
            own
        };
        let numbered = (2..).map(|number| format!("{own}{number}"));
        let free = std::iter::once(own.clone())
            .chain(numbered)
            .find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or(own)
    };
    resources.iter().map(&mut name).collect()
}

/// The node's `credentials`.
pub(super) fn usages(credentials: &[Credential]) -> Value {
    let several = credentials.len() > 1;
    let usage = |credential: &Credential| {
        let mut usage = json!({ "name": credential.name, "required": true });
        if let (true, Some(usage)) = (several, usage.as_object_mut()) {
            usage.insert(
                "displayOptions".to_owned(),
                json!({ "show": { "authentication": [credential.name] } }),
            );
        }
        usage
    };
    credentials.iter().map(usage).collect()
}

/// The names of the credentials, each with its fields that no message may show.
pub(super) fn secrets(credentials: &[Credential]) -> Value {
    let fields = |credential: &Credential| -> Value {
        let typed = credential.properties.iter();
        let secret = typed.filter(|it| it.type_options.password);
        let names = secret.map(|it| it.name.as_str());
        // A field of n8n's own `oAuth2Api`, which these credentials extend.
        let inherited = credential.oauth2.then_some("clientSecret");
        names.chain(inherited).collect()
    };
    let named = credentials.iter().map(|it| (it.name.clone(), fields(it)));
    Value::Object(named.collect())
}

/// The selector of a node with several credentials. Its values are the credentials' own names.
pub(super) fn authentication(credentials: &[Credential]) -> Value {
    let mut options: Vec<(&str, &str)> = credentials
        .iter()
        .map(|credential| (credential.label.as_str(), credential.name.as_str()))
        .collect();
    // n8n's rules want long lists sorted.
    options.sort_by_key(|(label, _)| sort_key(label));
    let options: Vec<Value> = options
        .into_iter()
        .map(|(label, name)| json!({ "name": label, "value": name }))
        .collect();
    json!({
        "displayName": "Authentication",
        "name": "authentication",
        "type": "options",
        "noDataExpression": true,
        "options": options,
        "default": credentials.first().map_or("", |it| it.name.as_str()),
    })
}

/// The pictures of a node, in a folder seen from its own.
pub(super) fn icon(identity: &Identity, folder: &str) -> Value {
    json!({
        "light": format!("file:{folder}{}.svg", identity.name),
        "dark": format!("file:{folder}{}.dark.svg", identity.name),
    })
}

/// What n8n's node list shows beside the description of the node of this name.
pub(super) fn codex(identity: &Identity, name: &str) -> Value {
    let url = |anchor: &str| json!([{ "url": format!("{}#{anchor}", identity.homepage) }]);
    json!({
        "node": format!("{}.{name}", identity.package),
        "nodeVersion": "1.0",
        "codexVersion": "1.0",
        "categories": ["Miscellaneous"],
        "resources": {
            "credentialDocumentation": url("credentials"),
            "primaryDocumentation": url("readme"),
        },
    })
}
