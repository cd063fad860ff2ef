//! The page of a resource, with a section for each of its actions.

use super::fields::Row;
use super::needs::ErrorRow;
use super::output::{FieldRow, Output};
use super::properties::Properties;
use super::site::{Here, Site};
use super::{markdown, prose};
use crate::config::NoteKind;
use crate::ir::{Action, ActionId, Event, ExternalDocs, Media, Resource, ResourceId, Schema, Type};
use serde::Serialize;

/// Sections of an action, in their order; each heading begins with the action's label.
pub(super) const SECTIONS: [&str; 9] = [
    "Overview",
    "Rust",
    "n8n",
    "Properties",
    "Output",
    "Dependencies",
    "Errors",
    "Troubleshooting",
    "Links and References",
];

/// What is put into the template of a resource's page. Texts are Markdown.
#[derive(Debug, Serialize)]
pub(super) struct ResourceView {
    title: String,
    about: String,
    facts: Vec<String>,
    actions: Vec<ActionView>,
    index: &'static str,
}

/// A section.
#[derive(Debug, Serialize)]
struct ActionView {
    title: String,
    label: String,
    link: String,
    request: String,
    /// The same for the cell of a table.
    request_cell: String,
    brief: String,
    deprecated: Option<String>,
    about: String,
    use_cases: Vec<String>,
    tips: Vec<String>,
    rust: Vec<String>,
    n8n: Vec<String>,
    properties: Properties,
    output: Output,
    dependencies: Vec<String>,
    errors: Vec<ErrorRow>,
    troubleshooting: Vec<String>,
    links: Vec<String>,
}

impl Site<'_> {
    /// The page of a resource.
    pub(super) fn resource(&self, id: ResourceId, resource: &Resource) -> ResourceView {
        let here = Here::Resource(id);
        let page = self.names.resources.get(id.0).cloned().unwrap_or_default();
        let actions = resource.actions.iter();
        let actions = actions.filter_map(|id| Some(self.action(*id, self.api.action(*id)?, here)));
        ResourceView {
            title: super::site::label(&page.title),
            about: self.resource_about(resource),
            facts: self.resource_facts(id, resource, here),
            actions: actions.collect(),
            index: Site::index(here),
        }
    }

    fn resource_about(&self, resource: &Resource) -> String {
        let own = resource.description.as_deref();
        let of_record = || self.api.type_def(resource.record?)?.description.as_deref();
        let said = own
            .or_else(of_record)
            .map(prose::blocks)
            .unwrap_or_default();
        prose::ended(&said)
    }

    /// Where a resource is in the SDK and in n8n, its record and its events.
    fn resource_facts(&self, id: ResourceId, resource: &Resource, here: Here) -> Vec<String> {
        let mut facts = Vec::new();
        if let Some(rust) = &self.usage.rust
            && let (Some(accessor), Some(feature)) =
                (rust.accessors.get(id.0), rust.features.get(id.0))
        {
            facts.push(format!(
                "Rust: {}, behind the feature {}.",
                markdown::code(&format!("client.{accessor}()")),
                markdown::code(feature)
            ));
        }
        if let Some(n8n) = &self.usage.n8n {
            let chosen = resource.actions.iter();
            let mut chosen = chosen.filter_map(|id| n8n.operations.get(id.0)?.as_ref());
            facts.extend(chosen.next().map(|operation| {
                format!(
                    "n8n: the resource **{}** of the node **{}**.",
                    markdown::text(&operation.resource),
                    markdown::text(&n8n.node)
                )
            }));
        }
        let record = resource.record.and_then(|id| self.schema_link(id, here));
        facts.extend(record.map(|link| format!("Record: {link}.")));
        let events = self.events_of(id, here);
        if !events.is_empty() {
            facts.push(format!("Events: {}.", events.join(", ")));
        }
        facts
    }

    /// Links to the events of a resource.
    fn events_of(&self, id: ResourceId, here: Here) -> Vec<String> {
        let events = self.api.events.iter().enumerate();
        let own = events.filter(|(_, event)| event.resource == Some(id));
        own.filter_map(|(index, _)| self.event_link(index, here))
            .collect()
    }

    fn action(&self, id: ActionId, action: &Action, here: Here) -> ActionView {
        let names = self.names.actions.get(id.0).cloned().unwrap_or_default();
        let request = format!("{} {}", action.method.as_str(), action.path);
        let about = self.about(action);
        let brief = action.summary.as_deref().or(action.description.as_deref());
        let brief = brief.map(prose::first_line).filter(|text| !text.is_empty());
        let deprecated = action.deprecation.as_ref().map(|deprecation| {
            let mut words = String::from("**Deprecated.**");
            if let Some(message) = &deprecation.message {
                words.push_str(&format!(" {}", prose::ended(&prose::cell(message))));
            }
            if let Some(sunset) = &deprecation.sunset {
                words.push_str(&format!(" It goes away on {}.", markdown::text(sunset)));
            }
            words
        });
        ActionView {
            title: super::site::label(&names.title),
            label: super::site::label(&names.label),
            link: self.action_link(id, here).unwrap_or_default(),
            request: markdown::code(&request),
            request_cell: markdown::cell_code(&request),
            brief: brief.unwrap_or_else(|| about.lines().next().unwrap_or_default().to_owned()),
            deprecated,
            about,
            use_cases: self.use_cases(id, action, here),
            tips: self.notes.of_action(id, NoteKind::Tip),
            rust: self.rust_words(id),
            n8n: self.n8n_words(id),
            properties: self.properties(id, action, here),
            output: self.output(action, here),
            dependencies: self.dependencies(action),
            errors: self.errors(action, here),
            troubleshooting: self.troubleshooting(id, action),
            links: self.links(action, here),
        }
    }

    /// Schemas, events and pages elsewhere that have to do with an action.
    fn links(&self, action: &Action, here: Here) -> Vec<String> {
        let mut lines = Vec::new();
        let types = |media: &[Media]| -> Vec<String> {
            let mut links = Vec::new();
            for media in media {
                self.types_in(&media.schema, here, 0, &mut links);
            }
            links
        };
        let sent = action
            .body
            .as_ref()
            .map(|body| types(&body.media))
            .unwrap_or_default();
        if !sent.is_empty() {
            lines.push(format!("What is sent: {}.", sent.join(", ")));
        }
        let success = action.outcome.success.as_ref();
        let read = success.and_then(|it| action.outcome.responses.get(it.response));
        let mut got = read
            .map(|response| types(&response.media))
            .unwrap_or_default();
        if let Some(crate::ir::Payload::Opened(envelope)) = success.map(|it| &it.payload) {
            self.types_in(&envelope.data, here, 0, &mut got);
        }
        if !got.is_empty() {
            lines.push(format!("What comes back: {}.", got.join(", ")));
        }
        let events = action
            .resource
            .map(|id| self.events_of(id, here))
            .unwrap_or_default();
        if !events.is_empty() {
            lines.push(format!("Events: {}.", events.join(", ")));
        }
        let callbacks = action.callbacks.iter();
        lines.extend(callbacks.map(|event| self.callback_words(event, here)));
        lines.extend(action.external_docs.as_ref().and_then(external));
        let tag = action.tags.first();
        let tag = tag.and_then(|name| self.api.tags.iter().find(|tag| tag.name == *name));
        lines.extend(
            tag.and_then(|tag| tag.external_docs.as_ref())
                .and_then(external),
        );
        lines.extend(self.api.external_docs.as_ref().and_then(external));
        if self.usage.n8n.is_some() {
            lines.push("[n8n: credentials](https://docs.n8n.io/credentials/).".to_owned());
        }
        lines.push(format!("[All actions of the API]({}).", Site::index(here)));
        lines
    }

    /// A request that the API sends in the course of an action: its name, where to, and what is in it.
    fn callback_words(&self, event: &Event, here: Here) -> String {
        // The key of a Callback Object is an expression for the URL (OpenAPI, Callback Object).
        let mut keys = event.origin.pointer.rsplit('/').skip(1);
        let url = keys.next().unwrap_or_default();
        let url = url.replace("~1", "/").replace("~0", "~");
        let request = format!("{} {url}", event.method.as_str());
        let body = event.body.as_ref().and_then(|body| body.preferred());
        let body = body.map(|media| {
            let ty = self.type_text(&media.schema, here);
            format!(" with {ty} as {}", markdown::code(&media.media_type))
        });
        let said = event.description.as_deref().map(prose::cell);
        let said = said.filter(|it| !it.is_empty());
        let said = said.map(|it| format!(" {}", prose::ended(&it)));
        format!(
            "Callback {}: {}{}.{}",
            super::site::label(&event.name),
            markdown::code(&request),
            body.unwrap_or_default(),
            said.unwrap_or_default()
        )
    }

    /// The types with a page that a schema is made of, without going into them.
    fn types_in(&self, schema: &Schema, here: Here, depth: usize, links: &mut Vec<String>) {
        match &schema.ty {
            Type::Named(id) => links.extend(
                self.schema_link(*id, here)
                    .filter(|link| !links.contains(link)),
            ),
            Type::List(item) | Type::Map(item) if depth < 4 => {
                self.types_in(item, here, depth + 1, links);
            }
            _ => {}
        }
    }
}

/// A link to documentation elsewhere.
pub(super) fn external(docs: &ExternalDocs) -> Option<String> {
    let url = markdown::url(&docs.url)?;
    let label = docs.description.as_deref().map(markdown::text);
    let label = label
        .map(|text| text.trim_end_matches('.').to_owned())
        .filter(|it| !it.is_empty());
    Some(format!(
        "{}.",
        markdown::link(&label.unwrap_or_else(|| markdown::text(&docs.url)), &url)
    ))
}

/// Rows as they are put into a template.
pub(super) fn field_rows(rows: Vec<Row>) -> Vec<FieldRow> {
    rows.into_iter().map(FieldRow::from).collect()
}
