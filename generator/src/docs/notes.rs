//! What the configuration says beside the document, by what it is about.

use super::markdown;
use super::prose;
use crate::config::{Note, NoteKind, NoteTarget};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Action, ActionId, Api, Body, Origin, Type, TypeBody};
use std::collections::BTreeMap;

/// The notes of an API.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    of_action: BTreeMap<ActionId, Vec<&'a Note>>,
    /// By the pointer of the property or parameter.
    of_value: BTreeMap<&'a str, Vec<&'a Note>>,
}

impl<'a> Notes<'a> {
    /// Finds what each note is about. One that is about nothing is an error: the document has changed
    /// under it.
    pub(super) fn new(api: &'a Api, notes: &'a [Note], diagnostics: &mut Diagnostics) -> Self {
        let mut found = Self::default();
        for note in notes {
            let matched = match &note.target {
                NoteTarget::Operation(name) => {
                    found.add(note, actions(api, |action| is_operation(action, name)))
                }
                NoteTarget::Resource(tag) => {
                    let resource = api.resources.iter().find(|it| it.tag == *tag);
                    let actions = resource.map(|it| it.actions.clone()).unwrap_or_default();
                    found.add(note, actions)
                }
                NoteTarget::At(pattern) => {
                    let mut matched = false;
                    for origin in values(api).filter(|it| pattern.matches(&it.pointer)) {
                        let notes = found.of_value.entry(&origin.pointer).or_default();
                        if !notes.iter().any(|known| std::ptr::eq(*known, note)) {
                            notes.push(note);
                        }
                        matched = true;
                    }
                    matched
                }
            };
            if !matched {
                diagnostics.push(stale(note));
            }
        }
        found
    }

    fn add(&mut self, note: &'a Note, actions: Vec<ActionId>) -> bool {
        for id in &actions {
            self.of_action.entry(*id).or_default().push(note);
        }
        !actions.is_empty()
    }

    /// What is said of an action, of one kind, as Markdown.
    pub(super) fn of_action(&self, id: ActionId, kind: NoteKind) -> Vec<String> {
        let notes = self.of_action.get(&id).into_iter().flatten();
        let notes = notes.filter(|note| note.kind == kind);
        notes
            .map(|note| prose::ended(&prose::blocks(&note.text)))
            .collect()
    }

    /// What is said of a property or parameter, of one kind, as Markdown for a cell.
    pub(super) fn of_value(&self, origin: &Origin, kind: NoteKind) -> Vec<String> {
        let notes = self
            .of_value
            .get(origin.pointer.as_str())
            .into_iter()
            .flatten();
        let notes = notes.filter(|note| note.kind == kind);
        notes
            .map(|note| prose::ended(&prose::cell(&note.text)))
            .collect()
    }

    /// All that is said of a value, for the cell that says what it means.
    pub(super) fn meaning(&self, origin: &Origin) -> Vec<String> {
        let essential = self.of_value(origin, NoteKind::Essential);
        let mut said: Vec<String> = essential
            .into_iter()
            .map(|text| format!("**Needed in practice:** {text}"))
            .collect();
        said.extend(self.of_value(origin, NoteKind::UseCase));
        said.extend(self.of_value(origin, NoteKind::Tip));
        said
    }
}

/// The operations of this name, or at this pointer.
fn is_operation(action: &Action, name: &str) -> bool {
    action.operation_id.as_deref() == Some(name)
        || action.origin.pointer == name.trim_start_matches('#')
}

fn actions(api: &Api, is_meant: impl Fn(&Action) -> bool) -> Vec<ActionId> {
    let actions = api.actions.iter().enumerate();
    actions
        .filter(|(_, action)| is_meant(action))
        .map(|(index, _)| ActionId(index))
        .collect()
}

/// Where every property and parameter is declared.
fn values(api: &Api) -> impl Iterator<Item = &Origin> {
    let fields = api.types.iter().filter_map(|def| match &def.body {
        TypeBody::Record(record) => Some(&record.fields),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) => None,
    });
    let fields = fields.flatten().map(|field| &field.origin);
    let parameters = api.actions.iter().flat_map(|action| &action.parameters);
    fields.chain(parameters.map(|parameter| &parameter.origin))
}

fn stale(note: &Note) -> Diagnostic {
    let what = match &note.target {
        NoteTarget::Operation(name) => format!("operation `{name}`"),
        NoteTarget::Resource(tag) => format!("resource `{tag}`"),
        NoteTarget::At(pattern) => format!("property or parameter at `{}`", pattern.as_str()),
    };
    let message = format!("there is no {what} for this note");
    let mut diagnostic = Diagnostic::error(Code::StaleOverride, note.origin.clone(), message)
        .hint("remove the note, or correct what it is about");
    diagnostic.position = note.position;
    diagnostic
}

/// What can be set in an action: its parameters, and the properties of its body's record or of the
/// records in its list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) wire_name: &'a str,
    pub(super) place: Option<crate::ir::Place>,
    pub(super) required: bool,
    pub(super) schema: &'a crate::ir::Schema,
    pub(super) origin: &'a Origin,
}

/// The inputs of an action, parameters first.
pub(super) fn inputs<'a>(api: &'a Api, action: &'a Action) -> Vec<Input<'a>> {
    let parameters = action.parameters.iter().map(|parameter| Input {
        wire_name: &parameter.wire_name,
        place: Some(parameter.place),
        required: parameter.required,
        schema: &parameter.schema,
        origin: &parameter.origin,
    });
    let fields = action.body.as_ref().and_then(|body| body_record(api, body));
    let fields = fields.into_iter().flat_map(|record| &record.fields);
    let fields = fields.filter(|field| !field.read_only).map(|field| Input {
        wire_name: &field.wire_name,
        place: None,
        required: field.required,
        schema: &field.schema,
        origin: &field.origin,
    });
    parameters.chain(fields).collect()
}

/// The record that a body is, or is a list of.
fn body_record<'a>(api: &'a Api, body: &'a Body) -> Option<&'a crate::ir::Record> {
    let media = body.preferred()?;
    let ty = match api.resolved(&media.schema.ty) {
        Type::List(item) => api.resolved(&item.ty),
        ty => ty,
    };
    api.record(ty).map(|(_, record)| record)
}

/// The labels of values, as a list in a sentence: `**Handle**, **Provider**`.
pub(super) fn listed(labels: &[String]) -> String {
    let strong: Vec<String> = labels
        .iter()
        .map(|label| format!("**{}**", markdown::text(label)))
        .collect();
    match strong.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
