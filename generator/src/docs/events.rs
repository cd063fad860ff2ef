//! The page of an event.

use super::example::example;
use super::fields::{Table, Way};
use super::output::FieldRow;
use super::properties::yes_no;
use super::resources::field_rows;
use super::site::{Here, Site};
use super::{markdown, prose};
use crate::ir::{Event, EventKey, EventVerb, Header, Media, Record, Status, TypeBody};
use serde::Serialize;
use serde_json::Value;

/// What is put into the template of an event's page. Texts are Markdown.
#[derive(Debug, Serialize)]
pub(super) struct EventView {
    title: String,
    about: String,
    facts: Vec<String>,
    headers: Vec<FieldRow>,
    signature: Vec<String>,
    payload: Vec<String>,
    rows: Vec<FieldRow>,
    example: Option<String>,
    answers: Vec<String>,
    links: Vec<String>,
    index: &'static str,
}

/// What header and body hold each, where both tell the event together.
fn header_value(event: &Event) -> Option<String> {
    let EventKey::HeaderAndBody(header, keys) = event.key.as_ref()? else {
        return None;
    };
    let found = event.header_value.as_ref()?;
    let (name, value) = (markdown::code(header), markdown::code(&found.value));
    let mut fact = format!("The header {name} holds {value}");
    if let Some(value) = event.body_value() {
        let (value, place) = (markdown::code(value), markdown::code(&keys.join(".")));
        fact.push_str(&format!(", and {value} is in {place} of the body"));
    }
    fact.push('.');
    if found.guessed {
        fact.push_str(
            " The document does not say what the header holds: it was taken from the event's name, so \
             compare it with a delivery.",
        );
    }
    Some(fact)
}

impl Site<'_> {
    /// The page of an event.
    pub(super) fn event(&self, index: usize, event: &Event) -> EventView {
        let here = Here::Event;
        let media = event.body.as_ref().and_then(|body| body.preferred());
        let about = event
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        let mut links = Vec::new();
        links.extend(
            event
                .resource
                .and_then(|id| self.resource_link(id, here))
                .map(|link| format!("Resource: {link}.")),
        );
        let same = self.api.events.iter().enumerate().filter(|(other, it)| {
            *other != index && event.resource.is_some() && it.resource == event.resource
        });
        let same: Vec<String> = same
            .filter_map(|(other, _)| self.event_link(other, here))
            .collect();
        if !same.is_empty() {
            links.push(format!("Other events of it: {}.", same.join(", ")));
        }
        links.push(format!("[All events of the API]({}).", Site::index(here)));
        EventView {
            title: super::site::label(&event.name),
            about: prose::ended(&about),
            facts: self.event_facts(index, event),
            headers: event
                .headers
                .iter()
                .map(|it| self.header_row(it, here))
                .collect(),
            signature: self.signature_words(),
            payload: self.payload_words(event, here),
            rows: media
                .map(|media| self.payload_rows(media, here))
                .unwrap_or_default(),
            example: media.and_then(|media| self.event_example(event, media)),
            answers: self.answers(event, here),
            links,
            index: Site::index(here),
        }
    }

    fn event_facts(&self, index: usize, event: &Event) -> Vec<String> {
        let mut facts = Vec::new();
        facts.push(match (&event.wire_name, &event.key) {
            (Some(name), Some(EventKey::Body(keys))) => format!(
                "Name on the wire: {} in {}.",
                markdown::code(name),
                markdown::code(&keys.join("."))
            ),
            (Some(name), Some(EventKey::Header(header))) => format!(
                "Name on the wire: {} in the header {}.",
                markdown::code(name),
                markdown::code(header)
            ),
            (Some(name), Some(EventKey::HeaderAndBody(header, keys))) => format!(
                "Name on the wire: {}, of which the first part is in the header {} and the rest in {}.",
                markdown::code(name),
                markdown::code(header),
                markdown::code(&keys.join("."))
            ),
            (Some(name), None) => format!("Name on the wire: {}.", markdown::code(name)),
            (None, _) => "Name on the wire: the document does not say it.".to_owned(),
        });
        facts.extend(header_value(event));
        facts.extend(self.sent_when(event));
        facts.push(format!(
            "Method: {} to the receiver's URL.",
            markdown::code(event.method.as_str())
        ));
        if let Some(rust) = &self.usage.rust
            && let Some(Some(variant)) = rust.events.get(index)
        {
            let path = format!("{}::webhooks::Event::{variant}", rust.module);
            facts.push(format!("Rust: {}.", markdown::code(&path)));
        }
        if let Some(n8n) = &self.usage.n8n
            && let (Some(trigger), Some(Some(label))) = (&n8n.trigger, n8n.events.get(index))
        {
            facts.push(format!(
                "n8n: the event **{}** of the node **{}**.",
                markdown::text(label),
                markdown::text(trigger)
            ));
        }
        facts
    }

    /// When it is sent, where the document does not say it and its verb does.
    fn sent_when(&self, event: &Event) -> Option<String> {
        let said = event.description.as_deref().map(prose::blocks);
        if said.is_some_and(|said| !said.is_empty()) {
            return None;
        }
        let happened = match &event.verb {
            EventVerb::Created => "made",
            EventVerb::Updated => "changed",
            EventVerb::Deleted => "removed",
            EventVerb::Other(_) => return None,
        };
        let resource = event.resource.and_then(|id| self.api.resource(id));
        let one = resource.map(|it| super::nouns::inside(&it.singular));
        // A body that is no record of anything is named after the event itself.
        let of_record = || {
            event.record_path.first()?;
            let name = self.schema_name(event.record(self.api)?);
            Some(super::nouns::inside(&crate::names::words(&name)))
        };
        let one = one.or_else(of_record);
        let one = one.filter(|it| !it.is_empty())?;
        Some(format!("Sent when: one {one} was {happened}."))
    }

    fn header_row(&self, header: &Header, here: Here) -> FieldRow {
        let said = header
            .description
            .as_deref()
            .map(prose::cell)
            .unwrap_or_default();
        let meaning = if said.is_empty() {
            self.meaning(&header.schema, &[])
        } else {
            let limits = self.limits(&header.schema).join(" ");
            format!("{} {limits}", prose::ended(&said))
                .trim_end()
                .to_owned()
        };
        FieldRow {
            wire: markdown::cell_code(&header.name),
            ty: self.type_text(&header.schema, here),
            required: yes_no(header.required),
            nullable: yes_no(header.schema.nullable),
            meaning,
        }
    }

    fn payload_words(&self, event: &Event, here: Here) -> Vec<String> {
        let mut words = Vec::new();
        let Some(body) = &event.body else {
            return vec!["It has no body.".to_owned()];
        };
        let said = body
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        words.extend(Some(prose::ended(&said)).filter(|text| !text.is_empty()));
        let types: Vec<String> = body
            .media
            .iter()
            .map(|media| {
                format!(
                    "{} as {}",
                    self.type_text(&media.schema, here),
                    markdown::code(&media.media_type)
                )
            })
            .collect();
        if !types.is_empty() {
            words.push(format!("Body: {}.", types.join(", or ")));
        }
        if !event.record_path.is_empty() {
            words.push(format!(
                "The record that it is about is in {}.",
                markdown::code(&event.record_path.join("."))
            ));
        }
        words
    }

    fn payload_rows(&self, media: &Media, here: Here) -> Vec<FieldRow> {
        let table = Table {
            here,
            way: Way::Received,
            expanded: 2,
        };
        field_rows(self.rows(&media.schema, table))
    }

    /// An example of the body, in which the event is called by its own name.
    fn event_example(&self, event: &Event, media: &Media) -> Option<String> {
        let said = media
            .examples
            .iter()
            .find(|it| super::fits::fits(self.api, &media.schema, it));
        let made = || {
            let made = example(self.api, &media.schema, Way::Received, true)?;
            Some(self.with_envelope(media, made))
        };
        let mut value = said.cloned().or_else(made)?;
        if let (Some(name), Some(EventKey::Body(keys))) = (&event.wire_name, &event.key) {
            let named = with_name(value.clone(), keys, name);
            if super::fits::fits(self.api, &media.schema, &named) {
                value = named;
            }
        }
        Some(markdown::json(&value))
    }

    /// An example with the values of the document's own example of such a body, where it has one: ids,
    /// versions and times around the record.
    fn with_envelope(&self, media: &Media, value: Value) -> Value {
        let Some((_, record)) = self.api.record(&media.schema.ty) else {
            return value;
        };
        let is_alike = |other: &Record| {
            let has = |name: &String| other.fields.iter().any(|it| it.wire_name == *name);
            other.fields.len() == record.fields.len()
                && record.fields.iter().all(|it| has(&it.wire_name))
        };
        let mut shown = self.api.types.iter().filter_map(|def| match &def.body {
            TypeBody::Record(other) if !def.examples.is_empty() && is_alike(other) => {
                def.examples.first()?.as_object()
            }
            _ => None,
        });
        let (Some(shown), mut whole) = (shown.next(), value.clone()) else {
            return value;
        };
        let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
        for field in &record.fields {
            if let (Some(own), Some(slot)) =
                (shown.get(&field.wire_name), whole.get_mut(&field.wire_name))
                && field.schema.examples.is_empty()
                && is_scalar(own)
                && is_scalar(slot)
            {
                *slot = own.clone();
            }
        }
        if super::fits::fits(self.api, &media.schema, &whole) {
            whole
        } else {
            value
        }
    }

    fn answers(&self, event: &Event, here: Here) -> Vec<String> {
        let answers = event.responses.iter().map(|response| {
            let status = match response.status {
                Status::Code(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}00 to {digit}99"),
                Status::Default => "any".to_owned(),
            };
            let said = response
                .description
                .as_deref()
                .map(prose::cell)
                .unwrap_or_default();
            let bodies: Vec<String> = response
                .media
                .iter()
                .map(|media| {
                    format!(
                        " Body: {} as {}.",
                        self.type_text(&media.schema, here),
                        markdown::code(&media.media_type)
                    )
                })
                .collect();
            format!(
                "Status {status}. {}{}",
                prose::ended(&said),
                bodies.concat()
            )
            .trim_end()
            .to_owned()
        });
        answers.collect()
    }
}

/// A value with another one behind some keys.
fn with_name(mut value: Value, keys: &[String], name: &str) -> Value {
    let mut at = Some(&mut value);
    for key in keys {
        at = at.and_then(|value| value.get_mut(key));
    }
    if let Some(slot) = at {
        *slot = name.into();
    }
    value
}
