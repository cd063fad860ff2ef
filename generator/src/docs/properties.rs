//! The inputs of an action, as a table.

use super::fields::{Table, Way};
use super::site::{Here, Site};
use super::usage::{N8nInput, RustCall};
use super::{markdown, prose};
use crate::config::NoteKind;
use crate::ir::{Action, ActionId, Body, Media, Parameter, Place};
use crate::names::{title, words};
use serde::Serialize;

/// A row. Texts are Markdown for a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PropertyRow {
    pub(super) name: String,
    pub(super) wire: String,
    pub(super) ty: String,
    pub(super) required: &'static str,
    pub(super) meaning: String,
    /// What it is called in Rust; nothing where there is no SDK.
    pub(super) rust: String,
}

/// What can be set in an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Properties {
    pub(super) rows: Vec<PropertyRow>,
    /// What is to be said of the body.
    pub(super) body: Vec<String>,
    /// Whether the rows say what things are called in Rust.
    pub(super) in_rust: bool,
}

impl Site<'_> {
    /// The inputs of an action: parameters as they are sent, then the body.
    pub(super) fn properties(&self, id: ActionId, action: &Action, here: Here) -> Properties {
        let mut rows: Vec<PropertyRow> = action
            .parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| PropertyRow {
                rust: self.rust_parameter(id, index, parameter),
                ..self.parameter(id, parameter, here)
            })
            .collect();
        let mut body = Vec::new();
        if let Some(sent) = &action.body {
            body = self.body_words(sent, here);
            let media = sent.preferred();
            rows.extend(
                media
                    .into_iter()
                    .flat_map(|it| self.body_rows(id, it, sent, here)),
            );
        }
        let in_rust = rows.iter().any(|row| !row.rust.is_empty());
        Properties {
            rows,
            body,
            in_rust,
        }
    }

    /// How a parameter is given in Rust: as an argument, or by a setter.
    fn rust_parameter(&self, id: ActionId, index: usize, parameter: &Parameter) -> String {
        let call = self.rust_call(id);
        let name = call.and_then(|call| call.parameters.get(index));
        name.map(|name| match parameter.required {
            true => markdown::cell_code(name),
            false => markdown::cell_code(&format!(".{name}(..)")),
        })
        .unwrap_or_default()
    }

    fn rust_call(&self, id: ActionId) -> Option<&RustCall> {
        self.usage.rust.as_ref()?.calls.get(id.0)?.as_ref()
    }

    fn parameter(&self, id: ActionId, parameter: &Parameter, here: Here) -> PropertyRow {
        let mut said = parameter
            .description
            .as_deref()
            .map(prose::cell)
            .unwrap_or_default();
        if said.is_empty() {
            said = self.meaning(&parameter.schema, &[]);
        } else {
            said =
                super::fields::joined_cell(&prose::ended(&said), &self.limits(&parameter.schema));
        }
        let mut meaning: Vec<String> = Vec::new();
        meaning.extend(parameter.deprecated.then(|| "**Deprecated.**".to_owned()));
        meaning.extend(Some(said).filter(|said| !said.is_empty()));
        if let Some(example) = parameter.examples.first() {
            meaning.push(format!(
                "For example {}.",
                super::limits::value_text(example)
            ));
        }
        if let Some((media_type, _)) = &parameter.content {
            meaning.push(format!("Written as {}.", markdown::cell_code(media_type)));
        }
        meaning.extend(self.once_words(parameter));
        meaning.extend(self.notes.meaning(&parameter.origin));
        let required = required_word(parameter.required, &parameter.origin, self);
        PropertyRow {
            name: self.input_label(id, Some(parameter.place), &parameter.wire_name),
            wire: format!(
                "{} ({})",
                markdown::cell_code(&parameter.wire_name),
                place(parameter.place)
            ),
            ty: nullable(
                self.type_text(&parameter.schema, here),
                parameter.schema.nullable,
            ),
            required,
            meaning: meaning.join(" "),
            rust: String::new(),
        }
    }

    /// How a parameter that many actions share is given once for all of them.
    fn once_words(&self, parameter: &Parameter) -> Option<String> {
        let mut shared = self.api.client_parameters.iter();
        let index = shared.position(|it| it.is(parameter))?;
        let mut places = Vec::new();
        if let Some(method) = self
            .usage
            .rust
            .as_ref()
            .and_then(|it| it.client_parameters.get(index))
        {
            let call = markdown::cell_code(&format!(".{method}(..)"));
            places.push(format!("with {call} on the client's builder"));
        }
        if self.usage.n8n.is_some() {
            places.push("in the credential".to_owned());
        }
        let places = places.join(", or ");
        (!places.is_empty()).then(|| format!("It can be given once for all calls, {places}."))
    }

    fn body_rows(&self, id: ActionId, media: &Media, body: &Body, here: Here) -> Vec<PropertyRow> {
        let table = Table {
            here,
            way: Way::Sent,
            expanded: 0,
        };
        let rows = self.rows(&media.schema, table);
        if rows.is_empty() {
            // A body that is one value.
            let meaning = self.meaning(&media.schema, &[]);
            return vec![PropertyRow {
                name: "Body".to_owned(),
                wire: "(body)".to_owned(),
                ty: nullable(self.type_text(&media.schema, here), media.schema.nullable),
                required: yes_no(body.required),
                meaning,
                rust: match (self.rust_call(id), body.required) {
                    (Some(_), false) => "`.body(..)`".to_owned(),
                    (Some(_), true) | (None, _) => String::new(),
                },
            }];
        }
        let rows = rows.into_iter().map(|row| {
            let essential = row.essential;
            PropertyRow {
                name: self.row_label(id, &row.path),
                wire: format!("{} (body)", markdown::cell_code(&row.path)),
                ty: nullable(row.ty, row.nullable),
                required: match (row.required, essential) {
                    (true, _) if body.required => "yes",
                    (true, _) => "where a body is sent",
                    (false, true) => "in practice",
                    (false, false) => "no",
                },
                meaning: row.meaning,
                rust: match (row.rust, self.rust_call(id)) {
                    (Some(name), Some(_)) => markdown::cell_code(&name),
                    _ => String::new(),
                },
            }
        });
        rows.collect()
    }

    /// What a body is, where the rows do not say it.
    fn body_words(&self, body: &Body, here: Here) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        let description = body
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        said.extend(Some(prose::ended(&description)).filter(|text| !text.is_empty()));
        let Some(sent) = body.preferred() else {
            return said;
        };
        let shown = |media: &Media| {
            let ty = self.type_text(&media.schema, here);
            format!("{} ({ty})", markdown::code(&media.media_type))
        };
        let setter = match &self.usage.rust {
            Some(_) => "; in Rust, `.body(..)` gives it",
            None => "",
        };
        let needed = match body.required {
            true => "It is required".to_owned(),
            false => format!("It may be left out{setter}"),
        };
        said.push(format!("The body is sent as {}. {needed}.", shown(sent)));
        said.extend(self.said_beside_reference(&sent.schema, body.description.as_deref()));
        let others = body.media.iter().filter(|it| !std::ptr::eq(*it, sent));
        let others: Vec<String> = others.map(shown).collect();
        if !others.is_empty() {
            said.push(format!(
                "The API also takes {}. {} that.",
                others.join(", or "),
                self.tools("does not send", "do not send")
            ));
        }
        said
    }

    /// The label of an input: what n8n shows, else the words of its name.
    pub(super) fn input_label(&self, id: ActionId, at: Option<Place>, wire_name: &str) -> String {
        let input = self
            .input(id, at, wire_name)
            .map(|input| input.label.as_str());
        markdown::text(&input.map_or_else(|| label(wire_name), str::to_owned))
    }

    /// The input of the n8n form for a value.
    pub(super) fn input(
        &self,
        id: ActionId,
        at: Option<Place>,
        wire_name: &str,
    ) -> Option<&N8nInput> {
        let operation = self.usage.n8n.as_ref()?.operations.get(id.0)?.as_ref()?;
        operation
            .inputs
            .iter()
            .find(|it| it.place == at && it.wire_name == wire_name)
    }

    /// The label of a row: that of its first key, and the words of the others.
    fn row_label(&self, id: ActionId, path: &str) -> String {
        let path = path.trim_start_matches("[]").trim_start_matches('.');
        let whole = self
            .input(id, None, path)
            .map(|input| markdown::text(&input.label));
        if let Some(whole) = whole {
            return whole;
        }
        let mut keys = path.split('.').map(|key| key.trim_end_matches("[]"));
        let first = keys.next().unwrap_or_default();
        let mut labels = vec![self.input_label(id, None, first)];
        labels.extend(keys.map(|key| match key {
            "*" => "(any name)".to_owned(),
            key => markdown::text(&label(key)),
        }));
        labels.join(" > ")
    }
}

/// The words of a wire name in Title Case.
pub(super) fn label(wire_name: &str) -> String {
    match title(&words(wire_name)) {
        empty if empty.is_empty() => wire_name.to_owned(),
        label => label,
    }
}

fn required_word(required: bool, origin: &crate::ir::Origin, site: &Site<'_>) -> &'static str {
    let essential = || !site.notes.of_value(origin, NoteKind::Essential).is_empty();
    match required {
        true => "yes",
        false if essential() => "in practice",
        false => "no",
    }
}

pub(super) const fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn nullable(ty: String, is: bool) -> String {
    if is { format!("{ty}, or null") } else { ty }
}

/// Where a parameter goes, in a word.
pub(super) const fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}
