//! The README and the licence.

use super::credentials::Credential;
use super::identity::Identity;
use super::literal::fill;
use super::words::{markdown, one_line};
use super::{Files, N8nError, Package};
use crate::n8n::model::{
    Property, PropertyKind, ResourceDescriptor, SignatureDescriptor, TriggerDescriptor,
};
use minijinja::{Value, context};

pub(super) fn add(
    files: &mut Files,
    package: Package<'_>,
    identity: &Identity,
    credentials: &[Credential],
    signing: Option<&Credential>,
) -> Result<(), N8nError> {
    let operations = || package.resources.iter().flat_map(|it| &it.operations);
    let names = |name: &str| {
        let named = |property: &Property| property.name == name;
        package
            .resources
            .iter()
            .any(|it| it.properties.iter().any(named))
    };
    let values = context!(
        package => identity.package.as_str(),
        title => markdown(&identity.title),
        about => package.api.description.as_deref().map(about).filter(|text| !text.is_empty()),
        version => markdown(&package.api.version),
        documentation => package.api.external_docs.as_ref().and_then(|it| link(&it.url)),
        anonymous => identity.anonymous,
        credentials => credentials.iter().map(credential).collect::<Vec<_>>(),
        several => credentials.len() > 1,
        resources => package.resources.iter().map(resource).collect::<Vec<_>>(),
        size => (!package.resources.is_empty()).then(|| format!(
            "{} on {}",
            counted(operations().count(), "operation"),
            counted(package.resources.len(), "resource"),
        )),
        paged => names("returnAll"),
        simplify => names("simplify"),
        clear => operations().any(|it| it.request.body.as_ref().is_some_and(|it| it.clear.is_some())),
        signing => signing.map(credential),
        trigger => package.trigger.map(trigger),
        lookup => package.resources.iter().any(|it| it.lookup.is_some()),
    );
    let template = include_str!("../../../../templates/n8n/README.md.jinja");
    files.add("README.md", fill(template, values)?)?;
    let licence = include_str!("../../../../templates/n8n/LICENSE.md.jinja");
    files.add(
        "LICENSE.md",
        fill(licence, context!(author => one_line(&identity.author)))?,
    )
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The first paragraph of the document's description.
fn about(text: &str) -> String {
    let paragraph: Vec<&str> = text
        .trim()
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .collect();
    let text: String = paragraph.join(" ").chars().take(600).collect();
    markdown(&text)
}

/// A URL that can stand in a link.
fn link(url: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_graphic() && !"()<>[]\\`\"".contains(c);
    (super::authentication::is_plain_url(url) && url.chars().all(plain)).then_some(url)
}

fn credential(credential: &Credential) -> Value {
    let shown = credential
        .properties
        .iter()
        .filter(|property| property.kind != PropertyKind::Hidden);
    let fields: Vec<Value> = shown
        .map(|property| {
            let meaning = property.description.as_deref().unwrap_or_default();
            let meaning = meaning.replace("&lt;", "<").replace("&gt;", ">");
            context!(label => markdown(&property.display_name), meaning => markdown(&meaning))
        })
        .collect();
    let grant = credential
        .properties
        .iter()
        .find(|property| property.name == "grantType");
    // Nobody logs in where the only grant is that of the client itself.
    let logs_in = grant.is_none_or(|grant| {
        grant.kind != PropertyKind::Hidden || grant.default != "clientCredentials"
    });
    context!(
        logs_in => logs_in,
        name => markdown(&credential.display_name),
        label => markdown(&credential.label),
        oauth2 => credential.oauth2,
        tested => credential.tested,
        fields => fields,
    )
}

fn resource(resource: &ResourceDescriptor) -> Value {
    let names: Vec<String> = resource
        .operations
        .iter()
        .map(|operation| markdown(&operation.name))
        .collect();
    context!(name => markdown(&resource.resource.name), operations => names.join(", "))
}

/// What the README says of a trigger.
fn trigger(trigger: &TriggerDescriptor) -> Value {
    let count = trigger.kinds.iter().map(|kind| kind.events.len()).sum();
    let is_standard = trigger.signature == Some(SignatureDescriptor::StandardWebhooks);
    let is_named = is_standard || !trigger.delivery_id.is_empty();
    let is_timed = match &trigger.signature {
        Some(SignatureDescriptor::HmacSha256 { timestamp, .. }) => timestamp.is_some(),
        Some(SignatureDescriptor::StandardWebhooks) => true,
        None => false,
    };
    context!(
        size => (count > 0).then(|| counted(count, "event")),
        registers => trigger.subscription.is_some(),
        listed => !trigger.brings_unknown("*"),
        signed => trigger.signature.is_some(),
        asks => trigger.asks_for_secret(),
        named => is_named,
        timed => is_timed,
    )
}
