//! The resource through which a receiver subscribes to events, and goes away again.
//!
//! It is known by its shape: something that is called a webhook is made with a URL, and can be
//! removed by the id that it was made with. What asks for more than a receiver knows is none.

mod properties;

use properties::Properties;

use super::shapes::{Shape, field, main_media, shape};
use super::webhooks::stale;
use crate::config::WebhookProfile;
use crate::diag::Diagnostics;
use crate::ir::{
    Action, ActionId, Api, Encoding, Kind, PathSegment, Payload, Place, Record, Resource,
    SubscribedEvents, Subscription, SubscriptionSecret, Type,
};

/// Words that name a subscription to events by themselves.
const HOOKS: &[&str] = &["hook", "hooks", "webhook", "webhooks"];

/// Words after which [`PLACES`] are about events.
const ABOUT: &[&str] = &["event", "events", "notification", "notifications"];

/// Last words of a resource that receives something.
const PLACES: &[&str] = &[
    "config",
    "configuration",
    "destination",
    "endpoint",
    "listener",
    "registration",
    "subscriber",
    "subscription",
];

/// How plainly a resource is about deliveries, the plainest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Plain {
    /// `subscription`: may as well be what a customer pays for.
    Perhaps,
    /// `notification endpoint`.
    Likely,
    /// `webhook`, `webhook subscription`.
    Certain,
}

/// Finds the one resource that is plainly for subscribing. Where two are equally good, neither is.
/// What names several events at once is only in the configuration.
pub(super) fn run(api: &mut Api, profile: &WebhookProfile, diagnostics: &mut Diagnostics) {
    find(api);
    let subscription = api.webhooks.subscription.as_mut();
    if let Some(events) = subscription.and_then(|found| found.events.as_mut()) {
        events.every.clone_from(&profile.every_event);
        events.every_of.clone_from(&profile.every_event_of);
        return;
    }
    let unused = [
        ("every_event", &profile.every_event),
        ("every_event_of", &profile.every_event_of),
    ];
    for (key, _) in unused.into_iter().filter(|(_, value)| value.is_some()) {
        let message = "no operation of the document subscribes to events by name".to_owned();
        diagnostics.push(stale(profile, key, message));
    }
}

fn find(api: &mut Api) {
    let mut found: Vec<_> = api
        .resources
        .iter()
        .filter_map(|resource| candidate(api, resource))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    let Some((best, subscription)) = found.pop() else {
        return;
    };
    if found.last().is_none_or(|(next, _)| *next < best) {
        api.webhooks.subscription = Some(subscription);
    }
}

/// How good a candidate is: plain ones first, then those that name their events.
type Rank = (Plain, bool);

fn candidate(api: &Api, resource: &Resource) -> Option<(Rank, Subscription)> {
    let plain = plainness(&resource.singular)?;
    if plain < Plain::Certain && api.events.is_empty() {
        return None;
    }
    let (create, maker) = of_kind(api, resource, &Kind::CreateOne)?;
    let (delete, _) = of_kind(api, resource, &Kind::DeleteOne)?;
    let body = json_body(api, maker)?;
    let properties = Properties::of(api, body, &resource.singular, plain == Plain::Certain)?;
    if plain == Plain::Perhaps && properties.events.is_none() {
        return None;
    }
    let made = given(api, maker)?;
    // Without its id, what was made can never be removed.
    field(made, resource.id.as_ref()?.field.as_deref()?)?;
    let secret = properties
        .secret
        .clone()
        .map(SubscriptionSecret::Chosen)
        .or_else(|| Some(SubscriptionSecret::Given(properties::secret_of(api, made)?)));
    let rank = (plain, properties.events.is_some());
    let evidence = evidence(resource, &properties, secret.as_ref());
    let subscription = Subscription {
        create,
        delete,
        find: of_kind(api, resource, &Kind::FindOne).map(|(id, _)| id),
        list: of_kind(api, resource, &Kind::FindMany).map(|(id, _)| id),
        url: properties.url,
        events: properties.events.map(|(path, many)| SubscribedEvents {
            path,
            many,
            every: None,
            every_of: None,
        }),
        secret,
        evidence,
    };
    Some((rank, subscription))
}

/// Whether a resource is about deliveries by its name; `None`: it is not.
fn plainness(name: &[String]) -> Option<Plain> {
    let is = |known: &[&str], word: &String| known.contains(&word.as_str());
    let (last, before) = name.split_last()?;
    let place = is(PLACES, last);
    let web_hook = matches!(name, [.., web, hook] if web == "web" && is(HOOKS, hook));
    if web_hook || is(HOOKS, last) || (place && before.iter().any(|word| is(HOOKS, word))) {
        return Some(Plain::Certain);
    }
    if place && before.iter().any(|word| is(ABOUT, word)) {
        return Some(Plain::Likely);
    }
    (last == "subscription" && before.is_empty()).then_some(Plain::Perhaps)
}

/// The resource's action of a kind, where a receiver knows all that it asks for: nothing, or the id
/// of the subscription.
fn of_kind<'a>(api: &'a Api, resource: &Resource, kind: &Kind) -> Option<(ActionId, &'a Action)> {
    let wants_id = matches!(kind, Kind::FindOne | Kind::DeleteOne);
    let mut all = resource.actions.iter().filter_map(|id| {
        let action = api.action(*id)?;
        (action.kind == *kind).then_some((*id, action))
    });
    let (id, action) = all.next().filter(|_| all.next().is_none())?;
    let ids = action
        .segments
        .iter()
        .filter(|segment| matches!(segment, PathSegment::Parameter(_)));
    let asks_more = action.parameters.iter().any(|parameter| {
        let by_client = api
            .client_parameters
            .iter()
            .any(|known| known.place == parameter.place && known.wire_name == parameter.wire_name);
        parameter.required && parameter.place != Place::Path && !by_client
    });
    let asks_body = *kind != Kind::CreateOne && action.body.as_ref().is_some_and(|b| b.required);
    let known = ids.count() == usize::from(wants_id) && !asks_more && !asks_body;
    known.then_some((id, action))
}

fn json_body<'a>(api: &'a Api, action: &'a Action) -> Option<&'a Record> {
    let media = main_media(action.body.as_ref()?)?;
    let json = matches!(media.encoding, Encoding::Json);
    json.then(|| api.record(&media.schema.ty))
        .flatten()
        .map(|(_, record)| record)
}

/// The record that an action gives, behind its envelope.
fn given<'a>(api: &'a Api, action: &'a Action) -> Option<&'a Record> {
    let ty: &Type = match &action.outcome.success.as_ref()?.payload {
        Payload::Empty => return None,
        Payload::Whole(ty) => ty,
        Payload::Opened(envelope) => &envelope.data.ty,
    };
    match shape(api, ty) {
        Shape::Record(_, record) => Some(record),
        _ => None,
    }
}

fn evidence(
    resource: &Resource,
    properties: &Properties,
    secret: Option<&SubscriptionSecret>,
) -> String {
    let mut text = format!(
        "`{}` are made with the URL `{}`",
        resource.tag,
        properties.url.join(".")
    );
    if let Some((path, many)) = &properties.events {
        let noun = if *many { "events" } else { "event" };
        text.push_str(&format!(", the {noun} `{}`", path.join(".")));
    }
    match secret {
        Some(SubscriptionSecret::Chosen(path)) => {
            text.push_str(&format!(", the secret `{}`", path.join(".")));
        }
        Some(SubscriptionSecret::Given(path)) => {
            text.push_str(&format!(", give the secret `{}`", path.join(".")));
        }
        None => {}
    }
    text.push_str(" and can be removed by id");
    text
}

#[cfg(test)]
mod tests;
