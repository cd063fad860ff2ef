//! How an action is used in Rust and in n8n.

use super::markdown;
use super::site::Site;
use crate::ir::ActionId;

impl Site<'_> {
    /// The call in Rust: paragraphs.
    pub(super) fn rust_words(&self, id: ActionId) -> Vec<String> {
        let Some(rust) = &self.usage.rust else {
            return vec!["There is no Rust SDK.".to_owned()];
        };
        let Some(call) = rust.calls.get(id.0).and_then(Option::as_ref) else {
            return vec!["The Rust SDK has no call for it.".to_owned()];
        };
        let mut words = vec![markdown::fence("rust,ignore", &call.code)];
        let given: Vec<String> = call.given.iter().map(|it| markdown::code(it)).collect();
        if !given.is_empty() {
            words.push(format!("Given: {}.", given.join(", ")));
        }
        if let Some(media_type) = &call.stream {
            words.push(format!(
                "`.stream()` instead of `.await` asks for {}: the answer, item by item.",
                markdown::code(media_type)
            ));
        }
        words
    }

    /// What is chosen in n8n: paragraphs.
    pub(super) fn n8n_words(&self, id: ActionId) -> Vec<String> {
        let Some(n8n) = &self.usage.n8n else {
            return vec!["There is no n8n package.".to_owned()];
        };
        let Some(operation) = n8n.operations.get(id.0).and_then(Option::as_ref) else {
            return vec!["The n8n node does not have it.".to_owned()];
        };
        let text = |it: &str| format!("**{}**", markdown::text(it));
        let mut words = vec![format!(
            "In the node {}, choose the resource {} and the operation {} (in the list of actions: {}).",
            text(&n8n.node),
            text(&operation.resource),
            text(&operation.operation),
            markdown::text(&operation.action)
        )];
        let has = |label: &str| operation.more.iter().any(|it| it == label);
        if has("Return All") {
            words.push(
                "**Return All** asks for page after page until there are no more; otherwise **Limit** says \
                 how many records come. Each record becomes an item of its own."
                    .to_owned(),
            );
        }
        if has("Simplify") {
            words.push(
                "**Simplify** leaves the main values of a record. Turn it off for all that the API sends."
                    .to_owned(),
            );
        }
        if has("Fields to Clear") {
            words.push(
                "**Fields to Clear** sends null for the values that are chosen there.".to_owned(),
            );
        }
        if has("Body Fields (JSON)") {
            words.push(
                "**Body Fields (JSON)**, among the options, takes an object with what the form does not have."
                    .to_owned(),
            );
        }
        if let Some(specify) = operation.more.iter().find(|it| it.starts_with("Specify ")) {
            words.push(format!(
                "{} chooses between a form and JSON.",
                text(specify)
            ));
        }
        let groups = self.groups(id);
        if !groups.is_empty() {
            words.push(groups.join(" "));
        }
        words
    }

    /// Which inputs are in which collection.
    fn groups(&self, id: ActionId) -> Vec<String> {
        let operation = self
            .usage
            .n8n
            .as_ref()
            .and_then(|it| it.operations.get(id.0)?.as_ref());
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for input in operation.into_iter().flat_map(|it| &it.inputs) {
            let Some(group) = input.group.as_deref() else {
                continue;
            };
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, labels)) => labels.push(input.label.clone()),
                None => groups.push((group, vec![input.label.clone()])),
            }
        }
        let words = groups.into_iter().map(|(group, mut labels)| {
            labels.dedup();
            let labels: Vec<String> = labels.iter().map(|it| markdown::text(it)).collect();
            format!("In **{}**: {}.", markdown::text(group), labels.join(", "))
        });
        words.collect()
    }
}
