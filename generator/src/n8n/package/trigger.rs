//! The trigger node: its TypeScript shell, its descriptor, its codex and the credential of its secret.

use super::credentials::Credential;
use super::identity::Identity;
use super::literal::{after_key, fill, string, ts};
use super::node::{authentication, codex, icon, secrets, usages};
use super::words::title_case_words;
use super::{Files, N8nError};
use crate::n8n::model::{Property, PropertyKind, TriggerDescriptor, TypeOptions};
use serde_json::{Value, json};

/// What stands below the node in a workflow: the events while they are few, which an expression can also
/// give as one text. The one expression of the shell is ours.
const SUBTITLE: &str = r#"={{((it) => it.includes("*") ? "All events" : it.length > 3 ? it.length + " events" : it.join(", "))([].concat($parameter["events"] ?? []))}}"#;

/// The same where no event can be chosen.
const SUBTITLE_OF_ALL: &str = "Every delivery";

/// The node's own version, which saved workflows keep.
const VERSION: u8 = 1;

/// The class of the node, and the name of its file and folder: `TwentyTrigger`.
pub(super) fn class(identity: &Identity) -> String {
    format!("{}Trigger", identity.class)
}

/// The node's name in the editor: `Twenty Trigger`.
pub(super) fn title(identity: &Identity) -> String {
    format!("{} Trigger", identity.title)
}

/// The credential with the secret that deliveries are signed with, where people enter it.
///
/// Its own, beside that of the API: a secret belongs to a webhook, of which there can be many.
pub(super) fn credential(
    identity: &Identity,
    trigger: &TriggerDescriptor,
    others: &[Credential],
) -> Option<Credential> {
    if !trigger.asks_for_secret() {
        return None;
    }
    let names = ["Webhook", "WebhookSigning", "WebhookSigningSecret"];
    let free = names.into_iter().find(|words| {
        let class = format!("{}{words}Api", identity.class).to_lowercase();
        others
            .iter()
            .all(|other| other.class.to_lowercase() != class)
    })?;
    let mut secret = Property::new("Signing Secret", "signingSecret", PropertyKind::String, "");
    secret.required = true;
    secret.type_options = TypeOptions {
        password: true,
        ..TypeOptions::default()
    };
    secret.description =
        Some("What the deliveries of this webhook are signed with. It is never sent.".to_owned());
    Some(Credential {
        class: format!("{}{free}Api", identity.class),
        name: format!("{}{free}Api", identity.name),
        display_name: format!("{} Webhook API", title_case_words(&identity.title)),
        label: "Signing Secret".to_owned(),
        oauth2: false,
        properties: vec![secret],
        authenticate: None,
        test: None,
        tested: false,
    })
}

/// Writes the node. `credentials` are those of the API, with which one subscribes.
pub(super) fn add(
    files: &mut Files,
    trigger: &TriggerDescriptor,
    identity: &Identity,
    credentials: &[Credential],
    signing: Option<&Credential>,
) -> Result<(), N8nError> {
    let class = class(identity);
    let folder = format!("nodes/{class}");
    let own = match trigger.subscription {
        Some(_) => credentials,
        None => &[],
    };
    let mut used = usages(own);
    if let (Some(signing), Some(used)) = (signing, used.as_array_mut()) {
        used.push(json!({
            "name": signing.name,
            "required": true,
            "testedBy": "testSecret",
        }));
    }
    let has_credentials = used.as_array().is_some_and(|used| !used.is_empty());
    let title = title(identity);
    let subtitle = match trigger.has_choice() {
        true => SUBTITLE,
        false => SUBTITLE_OF_ALL,
    };
    let about = format!("Starts the workflow when {} sends an event", identity.title);
    let selector = match own.len() {
        0 | 1 => None,
        _ => Some(ts(&authentication(own), 3, 0)?),
    };
    let icons = match identity.icons == class {
        true => String::new(),
        false => format!("../{}/", identity.icons),
    };
    let values = minijinja::context!(
        class => class.as_str(),
        displayName => string(&title),
        name => string(&format!("{}Trigger", identity.name)),
        icon => ts(&icon(identity, &icons), 2, 0)?,
        subtitle => after_key("subtitle", subtitle, 2),
        version => VERSION,
        description => after_key("description", &about, 2),
        credentials => match has_credentials {
            true => Some(ts(&used, 2, 0)?),
            false => None,
        },
        secrets => ts(&secrets(own), 1, 0)?,
        signing => signing.map(|it| string(&it.name)),
        authentication => selector,
    );
    let template = include_str!("../../../../templates/n8n/trigger.ts.jinja");
    files.add(
        &format!("{folder}/{class}.node.ts"),
        fill(template, values)?,
    )?;
    files.add_json(&format!("{folder}/trigger.json"), trigger)?;
    files.add_json(&format!("{folder}/__schema__/v1.0.0.json"), &item(trigger))?;
    files.add_json(
        &format!("{folder}/{class}.node.json"),
        &codex(identity, &format!("{}Trigger", identity.name)),
    )
}

/// What an item of the output consists of, for the editor, before an event came.
fn item(trigger: &TriggerDescriptor) -> Value {
    let mut properties = serde_json::Map::new();
    if trigger.has_choice() {
        properties.insert("event".to_owned(), json!({ "type": "string" }));
    }
    for name in ["record", "metadata"] {
        properties.insert(name.to_owned(), json!({ "type": "object" }));
    }
    json!({ "type": "object", "properties": properties, "version": 1 })
}
