//! The parameters of a trigger.

use super::EVERY;
use crate::ir::Api;
use crate::n8n::model::{
    OptionItem, Property, PropertyKind, PropertyOptions, SignatureDescriptor, TriggerDescriptor,
};
use crate::n8n::text::{self, Kind, sort_key};
use crate::names::{EventOption, N8nEvents};
use serde_json::json;

/// The name of the option that stands for every event: n8n's linter wants these words instead of a star.
const ALL: &str = "[All]";

/// What to do and to know, which events, and how the output is.
pub(super) fn properties(
    api: &Api,
    title: &str,
    names: &N8nEvents,
    trigger: &TriggerDescriptor,
) -> Vec<Property> {
    let notice = notice(title, trigger);
    let events = trigger.has_choice().then(|| events(api, names, trigger));
    let options = [notice, events, Some(options())];
    options.into_iter().flatten().collect()
}

/// What nobody but the user can do, or has to know; nothing where all is done.
fn notice(title: &str, trigger: &TriggerDescriptor) -> Option<Property> {
    let mut sentences = Vec::new();
    if trigger.subscription.is_none() {
        sentences.push(format!(
            "Copy the production URL from the webhook URLs above, and enter it where {title} asks for the URL of a webhook."
        ));
    }
    if trigger.asks_for_secret() {
        let place = match &trigger.signature {
            Some(SignatureDescriptor::StandardWebhooks) => ", which begins with whsec_,",
            _ => "",
        };
        sentences.push(format!(
            "Enter the signing secret{place} that {title} shows for it in the credential."
        ));
    }
    if trigger.signature.is_none() {
        sentences.push(
            "Deliveries are not verified: whoever knows the URL can start the workflow.".to_owned(),
        );
    }
    if !trigger.has_choice() {
        sentences.push(
            "Every delivery starts the workflow, since nothing is known to tell events apart."
                .to_owned(),
        );
    }
    let text = sentences.join(" ");
    let property = || Property::new(&text, "notice", PropertyKind::Notice, "");
    (!text.is_empty()).then(property)
}

fn events(api: &Api, names: &N8nEvents, trigger: &TriggerDescriptor) -> Property {
    let mut property = Property::new("Events", "events", PropertyKind::MultiOptions, json!([]));
    property.required = true;
    property.description = Some(match trigger.subscription {
        Some(_) => "The events that start the workflow".to_owned(),
        None => "The events that start the workflow. Others are acknowledged, and nothing more."
            .to_owned(),
    });
    let described = names.events.iter().zip(&api.events);
    let single = described.filter_map(|(option, event)| {
        let option = option.as_ref()?;
        let is_heard = trigger
            .kinds
            .iter()
            .any(|kind| kind.events.values().any(|value| *value == option.value));
        let said = event.summary.as_ref().or(event.description.as_ref());
        let said = said.map_or("", String::as_str);
        let description = text::description(said, &option.name, Kind::Other);
        is_heard.then(|| item(option, description))
    });
    let several = names
        .groups
        .iter()
        .map(|group| item(&group.option, several_of(trigger, &group.option)));
    let every = EventOption {
        value: EVERY.to_owned(),
        name: ALL.to_owned(),
    };
    let description = match trigger.brings_unknown(EVERY) {
        true => "Every event, also those that were not known when this node was made",
        false => "Every event in this list",
    };
    let every = item(&every, Some(description.to_owned()));
    let mut items: Vec<OptionItem> = single.chain(several).chain([every]).collect();
    items.sort_by_cached_key(|item| sort_key(&item.name));
    property.options = PropertyOptions::Items(items);
    property
}

/// What an option of several events says.
fn several_of(trigger: &TriggerDescriptor, option: &EventOption) -> Option<String> {
    let description = match trigger.brings_unknown(&option.value) {
        true => "Every event of this kind",
        false => "Every event of this kind in this list",
    };
    Some(description.to_owned())
}

fn item(option: &EventOption, description: Option<String>) -> OptionItem {
    OptionItem {
        name: option.name.clone(),
        value: json!(option.value),
        action: None,
        description,
    }
}

fn options() -> Property {
    let mut raw = Property::new("Raw Data", "rawData", PropertyKind::Boolean, false);
    raw.description = Some(
        "Whether to return the delivery with its headers as it came, instead of its record"
            .to_owned(),
    );
    let mut property = Property::new("Options", "options", PropertyKind::Collection, json!({}));
    property.placeholder = Some("Add option".to_owned());
    property.options = PropertyOptions::Members(vec![raw]);
    property
}
