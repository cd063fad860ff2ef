//! The documentation of a method: what the document says, what it calls, what can go wrong, an example.

use super::Context;
use super::builders::{kind_words, required, stream_beside};
use super::docs::{code, first_of, sanitize};
use super::errors::status_text;
use crate::ir::{Action, ActionId, Kind};

impl Context<'_> {
    /// What an action's error statuses mean. Those that mean the same in many actions are described once,
    /// at the error type.
    fn error_list(&self, action: &Action) -> String {
        let (common, own): (Vec<_>, Vec<_>) = super::errors::error_responses(action)
            .partition(|response| self.errors.is_common(response));
        let mut text = Vec::new();
        if !common.is_empty() {
            let statuses: Vec<String> = common
                .iter()
                .map(|response| status_text(response.status))
                .collect();
            text.push(format!(
                "- {}: see [`ErrorBody`](crate::{}::ErrorBody).",
                statuses.join(", "),
                self.api.name
            ));
        }
        text.extend(own.into_iter().map(|response| {
            let description = response
                .description
                .as_deref()
                .map(sanitize)
                .unwrap_or_default();
            format!(
                "- {}: {}",
                status_text(response.status),
                description.replace('\n', "\n  ")
            )
        }));
        text.join("\n")
    }

    /// The whole text.
    pub(super) fn method_docs(&self, id: ActionId, action: &Action) -> String {
        let what = || {
            let words = kind_words(&action.kind);
            let resource = action.resource.and_then(|id| self.api.resource(id));
            match (&action.kind, resource) {
                (Kind::Custom { .. }, _) | (_, None) => {
                    capitalised(&format!("{}.", words.join(" ")))
                }
                (
                    Kind::FindMany | Kind::CreateMany | Kind::UpdateMany | Kind::DeleteMany,
                    Some(resource),
                ) => capitalised(&format!(
                    "{} {}.",
                    words.join(" "),
                    resource.plural.join(" ")
                )),
                (_, Some(resource)) => capitalised(&format!(
                    "{} {}.",
                    words.join(" "),
                    resource.singular.join(" ")
                )),
            }
        };
        let mut text = first_of(&[action.summary.as_deref()], || {
            first_of(&[action.description.as_deref()], what)
        });
        if !text.ends_with(['.', '!', '?', ':']) && !text.contains('\n') {
            text.push('.');
        }
        if let (Some(_), Some(description)) = (&action.summary, &action.description) {
            let description = sanitize(description);
            if !description.is_empty() && description != text {
                text.push_str(&format!("\n\n{description}"));
            }
        }
        text.push_str(&format!(
            "\n\n`{} {}`",
            action.method.as_str(),
            action.path.replace('`', "'")
        ));
        if let Some(items) = stream_beside(self.api, action) {
            text.push_str(&format!(
                "\n\n`.stream()` instead of `.await` asks for {}: the answer, item by item.",
                code(&items.media.media_type)
            ));
        }
        for other in self.alternatives(id, action) {
            text.push_str(&format!(
                "\n\n`.{}()` instead of `.await` asks for {}.",
                other.method(),
                code(&other.media.media_type)
            ));
        }
        if action.deprecation.is_some() {
            text.push_str("\n\n**Deprecated.**");
            let message = action
                .deprecation
                .as_ref()
                .and_then(|deprecation| deprecation.message.as_deref());
            if let Some(message) = message {
                text.push_str(&format!(" {}", sanitize(message)));
            }
        }
        let arguments: Vec<String> = required(action)
            .filter_map(|(index, parameter)| {
                let name = self.names.actions.get(id.0)?.parameters.get(index)?;
                let description = parameter
                    .description
                    .as_deref()
                    .map(sanitize)
                    .filter(|text| !text.is_empty())?;
                Some(format!("- `{name}`: {}", description.replace('\n', "\n  ")))
            })
            .collect();
        if !arguments.is_empty() {
            text.push_str(&format!("\n\n# Arguments\n\n{}", arguments.join("\n")));
        }
        if let Some(docs) = &action.external_docs {
            text.push_str(&format!(
                "\n\nSee <{}>.",
                docs.url.replace(['<', '>', ' ', '\n'], "")
            ));
        }
        let errors = self.error_list(action);
        if !errors.is_empty() {
            text.push_str(&format!("\n\n# Errors\n\n{errors}"));
        }
        if let Some(example) = self.doc_example(id) {
            text.push_str(&format!("\n\n# Example\n\n{example}"));
        }
        text
    }
}

/// With a capital at its beginning.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
