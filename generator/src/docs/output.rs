//! What an action gives back.

use super::example::example;
use super::fields::{Row, Table, Way};
use super::properties::yes_no;
use super::site::{Here, Site};
use super::{markdown, prose};
use crate::ir::{
    Action, Encoding, Header, Kind, Media, Pagination, Payload, Primitive, Response, Schema, Slot,
    Source, Status, Strategy, Type,
};
use serde::Serialize;

/// What comes back from an action. Texts are Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Output {
    /// Paragraphs.
    pub(super) said: Vec<String>,
    /// The properties of the answer.
    pub(super) rows: Vec<FieldRow>,
    /// A code block.
    pub(super) example: Option<String>,
    /// Whether there is binary data.
    pub(super) binary: &'static str,
}

/// A row of a table of properties that come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FieldRow {
    pub(super) wire: String,
    pub(super) ty: String,
    pub(super) required: &'static str,
    pub(super) nullable: &'static str,
    pub(super) meaning: String,
}

impl From<Row> for FieldRow {
    fn from(row: Row) -> Self {
        let required = match (row.required, row.essential) {
            (true, _) => "yes",
            (false, true) => "in practice",
            (false, false) => "no",
        };
        Self {
            wire: markdown::cell_code(&row.path),
            ty: row.ty,
            required,
            nullable: yes_no(row.nullable),
            meaning: row.meaning,
        }
    }
}

/// What an answer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nature {
    Json,
    Text,
    File,
}

impl Site<'_> {
    /// What comes back from an action when it succeeds.
    pub(super) fn output(&self, action: &Action, here: Here) -> Output {
        let mut output = Output {
            binary: "No binary data.",
            ..Output::default()
        };
        let Some(success) = &action.outcome.success else {
            output
                .said
                .push("The document does not say what comes back.".to_owned());
            return output;
        };
        let Some(response) = action.outcome.responses.get(success.response) else {
            return output;
        };
        output.said.push(self.status_words(response));
        let media = success.media.and_then(|index| response.media.get(index));
        match media {
            None => output.said.push("The answer has no body.".to_owned()),
            Some(media) => self.answer(action, (response, media), here, &mut output),
        }
        output.said.extend(self.pages_words(action));
        output
            .said
            .extend(self.header_words(&response.headers, here));
        let others = action.outcome.responses.iter().enumerate();
        let others =
            others.filter(|(index, it)| *index != success.response && !is_error(it.status));
        output
            .said
            .extend(others.map(|(_, it)| self.other_words(it, here)));
        let read = success.media;
        let media = response.media.iter().enumerate();
        let more = media.filter(|(index, _)| Some(*index) != read);
        let more: Vec<String> = more
            .map(|(_, it)| {
                format!(
                    "{} ({})",
                    markdown::code(&it.media_type),
                    self.type_text(&it.schema, here)
                )
            })
            .collect();
        if !more.is_empty() {
            output.said.push(format!(
                "The server can also answer with {}.",
                more.join(", ")
            ));
        }
        output
    }

    fn status_words(&self, response: &Response) -> String {
        let status = match response.status {
            Status::Code(code) => format!("Status {code}"),
            Status::Range(digit) => format!("A status from {digit}00 to {digit}99"),
            Status::Default => "Any status of success".to_owned(),
        };
        match response
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default()
        {
            empty if empty.is_empty() => format!("{status}."),
            said => format!("{status}: {}", prose::ended(&said)),
        }
    }

    /// What is in the body of a success.
    fn answer(
        &self,
        action: &Action,
        (response, media): (&Response, &Media),
        here: Here,
        output: &mut Output,
    ) {
        let nature = nature(media);
        match nature {
            Nature::Json => {}
            Nature::Text => output.said.push(format!(
                "The body is text ({}).",
                markdown::code(&media.media_type)
            )),
            Nature::File => {
                output.binary = match (&self.usage.rust, &self.usage.n8n) {
                    (Some(_), Some(_)) => {
                        "The body is binary data. In n8n it is a file of the item; in Rust it comes as bytes."
                    }
                    (Some(_), None) => "The body is binary data. In Rust it comes as bytes.",
                    (None, Some(_)) => "The body is binary data. In n8n it is a file of the item.",
                    (None, None) => "The body is binary data.",
                };
                output.said.push(format!(
                    "The body is a file ({}).",
                    markdown::code(&media.media_type)
                ));
                return;
            }
        }
        let payload = action
            .outcome
            .success
            .as_ref()
            .map(|success| &success.payload);
        match payload {
            Some(Payload::Opened(envelope)) => {
                let keys = markdown::code(&envelope.path.join("."));
                let data = self.type_text(&envelope.data, here);
                output.said.push(format!(
                    "The data is in {keys}: {data}. {} the envelope around it.",
                    self.tools("opens", "open")
                ));
            }
            _ if nature == Nature::Json => {
                let ty = self.type_text(&media.schema, here);
                output.said.push(format!("Body: {ty}."));
            }
            _ => {}
        }
        output
            .said
            .extend(self.said_beside_reference(&media.schema, response.description.as_deref()));
        if matches!(action.kind, Kind::DeleteOne | Kind::DeleteMany) && self.usage.n8n.is_some() {
            output
                .said
                .push("In n8n the item says what was deleted.".to_owned());
        }
        let table = Table {
            here,
            way: Way::Received,
            expanded: 0,
        };
        output.rows = self
            .rows(&media.schema, table)
            .into_iter()
            .map(FieldRow::from)
            .collect();
        if nature == Nature::Json {
            let said = media
                .examples
                .iter()
                .find(|it| super::fits::fits(self.api, &media.schema, it));
            let made = || example(self.api, &media.schema, Way::Received, false);
            output.example = said
                .cloned()
                .or_else(made)
                .map(|value| markdown::json(&value));
        }
    }

    /// What a body says of its schema beside a `$ref`: the schema's own page cannot know it.
    pub(super) fn said_beside_reference(
        &self,
        schema: &Schema,
        already: Option<&str>,
    ) -> Option<String> {
        let Type::Named(id) = schema.ty else {
            return None;
        };
        let def = self.api.type_def(id)?;
        let said = schema.description.as_deref()?;
        let is_news = Some(said) != def.description.as_deref() && Some(said) != already;
        let said = Some(prose::blocks(said)).filter(|_| is_news && def.component.is_some())?;
        Some(prose::ended(&said)).filter(|said| !said.is_empty())
    }

    /// How a list continues.
    fn pages_words(&self, action: &Action) -> Option<String> {
        let pagination = action.pagination.as_ref()?;
        let how = strategy_words(pagination);
        let size = pagination.size.as_ref();
        let size = size.map(|slot| format!(" {} sets the size of a page.", slot_words(slot)));
        let by = match (&self.usage.rust, &self.usage.n8n) {
            (Some(_), Some(_)) => {
                " In Rust, `.stream()` asks for page after page; in n8n, **Return All** does."
            }
            (Some(_), None) => " In Rust, `.stream()` asks for page after page.",
            (None, Some(_)) => " In n8n, **Return All** asks for page after page.",
            (None, None) => "",
        };
        Some(format!(
            "The list comes in pages. {how}{}{by}",
            size.unwrap_or_default()
        ))
    }

    fn header_words(&self, headers: &[Header], here: Here) -> Option<String> {
        if headers.is_empty() {
            return None;
        }
        let words: Vec<String> = headers
            .iter()
            .map(|header| {
                let said = header
                    .description
                    .as_deref()
                    .map(prose::cell)
                    .unwrap_or_default();
                let said = if said.is_empty() {
                    said
                } else {
                    format!(": {said}")
                };
                format!(
                    "- {} ({}){said}",
                    markdown::code(&header.name),
                    self.type_text(&header.schema, here)
                )
            })
            .collect();
        Some(format!("Headers of the answer:\n\n{}", words.join("\n")))
    }

    /// Another success than the one that is read.
    fn other_words(&self, response: &Response, here: Here) -> String {
        let types: Vec<String> = response
            .media
            .iter()
            .map(|it| {
                format!(
                    "{} ({})",
                    markdown::code(&it.media_type),
                    self.type_text(&it.schema, here)
                )
            })
            .collect();
        let body = match types.as_slice() {
            [] => "without a body".to_owned(),
            types => format!("with {}", types.join(" or ")),
        };
        format!(
            "It can also be: {} It comes {body}.",
            self.status_words(response)
        )
    }
}

/// Whether a status means that something went wrong.
pub(super) const fn is_error(status: Status) -> bool {
    match status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => true,
    }
}

fn nature(media: &Media) -> Nature {
    match media.encoding {
        Encoding::Json => Nature::Json,
        Encoding::Text | Encoding::JsonLines | Encoding::EventStream | Encoding::Xml => {
            Nature::Text
        }
        Encoding::Form(_) | Encoding::Multipart(_) => Nature::Text,
        Encoding::Binary => match media.schema.ty {
            Type::Primitive(Primitive::String { .. }) => Nature::Text,
            _ => Nature::File,
        },
    }
}

fn strategy_words(pagination: &Pagination) -> String {
    match &pagination.strategy {
        Strategy::Cursor {
            parameter, next, ..
        } => format!(
            "The next one is asked for with {} and the value of {}.",
            slot_words(parameter),
            source_words(next)
        ),
        Strategy::Page {
            parameter,
            current: Some(current),
            ..
        } => format!(
            "The next one is asked for with its number in {}: one more than {} says.",
            slot_words(parameter),
            keys(current)
        ),
        Strategy::Page {
            parameter,
            first: Some(first),
            ..
        } => format!(
            "The next one is asked for with its number in {}, counted from {first}.",
            slot_words(parameter)
        ),
        Strategy::Page { parameter, .. } => format!(
            "The next one is asked for with its number in {}. The document does not say whether the first \
             one is 0 or 1.",
            slot_words(parameter)
        ),
        Strategy::Offset {
            parameter,
            first: 0,
        } => format!(
            "The next one is asked for with the number of records before it in {}.",
            slot_words(parameter)
        ),
        Strategy::Offset { parameter, first } => format!(
            "The next one is asked for with the number of its first record in {}, counted from {first}.",
            slot_words(parameter)
        ),
        Strategy::LinkHeader => "The header `Link` has the URL of the next one.".to_owned(),
        Strategy::NextUrl { next } => format!("The URL of the next one is in {}.", keys(next)),
    }
}

fn keys(keys: &[String]) -> String {
    markdown::code(&keys.join("."))
}

fn slot_words(slot: &Slot) -> String {
    match slot {
        Slot::Query(name) => markdown::code(name),
        Slot::Header(name) => format!("the header {}", markdown::code(name)),
        Slot::Body(path) => format!("{} of the body", keys(path)),
    }
}

fn source_words(source: &Source) -> String {
    match source {
        Source::Body(path) => keys(path),
        Source::Header(name) => format!("the header {}", markdown::code(name)),
        Source::LastItem(path) => format!("{} of the last record", keys(path)),
        Source::FirstItem(path) => format!("{} of the first record", keys(path)),
    }
}
