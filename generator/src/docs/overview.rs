//! What an action does, and when one uses it.

use super::nouns::{Nouns, capitalised};
use super::site::{Here, Site};
use super::{markdown, prose};
use crate::config::NoteKind;
use crate::ir::{Action, ActionId, Kind, Method, Pagination, Place};
use crate::names::words;

impl Site<'_> {
    /// The document's words on an action; where it has none, what the kind says.
    pub(super) fn about(&self, action: &Action) -> String {
        let summary = action
            .summary
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        let description = action
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        let mut parts = Vec::new();
        parts.extend(Some(prose::ended(&summary)).filter(|text| !text.is_empty()));
        if !description.is_empty()
            && description.trim_end_matches('.') != summary.trim_end_matches('.')
        {
            parts.push(prose::ended(&description));
        }
        if parts.is_empty() {
            parts.push(self.by_kind(action));
        }
        parts.join("\n\n")
    }

    /// What an action of its kind does.
    fn by_kind(&self, action: &Action) -> String {
        let Nouns { one, many } = Nouns::of(self.api, action);
        match &action.kind {
            Kind::FindMany => format!("Returns {many}."),
            Kind::FindOne => format!("Returns one {one}."),
            Kind::CreateOne => format!("Makes one {one}."),
            Kind::CreateMany => format!("Makes several {many}."),
            Kind::UpdateOne => format!("Changes one {one}."),
            Kind::UpdateMany => format!("Changes several {many}."),
            Kind::DeleteOne => format!("Removes one {one}."),
            Kind::DeleteMany => format!("Removes several {many}."),
            Kind::FindDuplicates => format!("Returns {many} that look like the given ones."),
            Kind::Upsert => format!("Makes one {one}, or changes the one that exists."),
            Kind::Restore => format!("Brings back {many} that were removed."),
            Kind::Merge => format!("Makes one {one} of several."),
            Kind::Custom { words } => match words.join(" ") {
                empty if empty.is_empty() => format!(
                    "Sends {}.",
                    markdown::code(&format!("{} {}", action.method.as_str(), action.path))
                ),
                words => capitalised(&prose::ended(&markdown::text(&words))),
            },
        }
    }

    /// What an action is used for: sentences of Markdown, at least one.
    pub(super) fn use_cases(&self, id: ActionId, action: &Action, here: Here) -> Vec<String> {
        let Nouns { one, many } = Nouns::of(self.api, action);
        let mut cases = self.notes.of_action(id, NoteKind::UseCase);
        match &action.kind {
            Kind::FindMany => {
                let filtered = action.parameters.iter().any(|it| {
                    it.place == Place::Query
                        && !drives_pages(action.pagination.as_ref(), &it.wire_name)
                });
                cases.push(match filtered {
                    true => format!("List {many}, or find those that are asked for."),
                    false => format!("List {many}."),
                });
                if action.pagination.is_some() {
                    cases.push(format!(
                        "Copy all {many} to another system, page after page."
                    ));
                }
            }
            Kind::FindOne => {
                let list = self.sibling(action, &Kind::FindMany, here);
                let from = list
                    .map(|link| format!(", for example from {link}"))
                    .unwrap_or_default();
                cases.push(format!("Read one {one} whose id is known{from}."));
            }
            Kind::CreateOne => cases.push(format!(
                "Add one {one} when something happens elsewhere: a form was sent, a row was added, \
                 another system has a new record."
            )),
            Kind::CreateMany => cases.push(format!("Import many {many} with few requests.")),
            Kind::UpdateOne if action.method == Method::Put => {
                cases.push(format!("Replace the values of one {one}."));
            }
            Kind::UpdateOne => cases.push(format!(
                "Change some values of one {one}. What is not sent stays as it is."
            )),
            Kind::UpdateMany => cases.push(format!("Make the same change to several {many}.")),
            Kind::DeleteOne => cases.push(format!("Remove one {one} that is not needed any more.")),
            Kind::DeleteMany => cases.push(format!("Remove several {many} at once.")),
            Kind::FindDuplicates => cases.push(format!(
                "Look, before {many} are stored, whether they are there already."
            )),
            Kind::Upsert => cases.push(format!(
                "Keep the {many} of two systems equal, without asking first what is there."
            )),
            Kind::Restore => cases.push(format!("Undo the removal of {many}.")),
            Kind::Merge => cases.push(format!("Clean up several {many} that stand for one thing.")),
            Kind::Custom { .. } => cases.extend(self.custom_use(id, action)),
        }
        cases
    }

    fn custom_use(&self, id: ActionId, action: &Action) -> Option<String> {
        let title = &self.names.actions.get(id.0)?.title;
        let said = words(title);
        let what = super::nouns::inside(&said);
        Some(match action.method.is_safe() {
            true => format!("Use it where a program or a workflow has to {what}. It only reads."),
            false => format!("Use it where a program or a workflow has to {what}."),
        })
    }

    /// A link to the action of a kind of the same resource.
    fn sibling(&self, action: &Action, kind: &Kind, here: Here) -> Option<String> {
        let resource = self.api.resource(action.resource?)?;
        let mut actions = resource.actions.iter();
        let is_kind = |id: &&ActionId| self.api.action(**id).is_some_and(|it| it.kind == *kind);
        self.action_link(*actions.find(is_kind)?, here)
    }
}

/// Whether a query parameter moves through the pages of a list.
pub(super) fn drives_pages(pagination: Option<&Pagination>, name: &str) -> bool {
    pagination.is_some_and(|it| it.drives(Place::Query, name))
}
