//! The same for machines: `inspect --format json`.

use serde::Serialize;

use super::text::{idempotency, pagination, place, status, type_name, type_text};
use super::webhooks::{operation, scheme, verb};
use crate::ir::{self, Api, EventKey, Payload, Schema, SubscriptionSecret, TypeBody};
use crate::passes::kinds;

/// An API, as `inspect --format json` prints it.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Report {
    /// The name the user gave it.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// Its resources, in order.
    pub resources: Vec<ResourceReport>,
    /// What it tells its subscribers.
    pub events: Vec<EventReport>,
    /// What is true of all of them.
    pub webhooks: WebhooksReport,
    /// Parameters that a client is told once.
    pub client_parameters: Vec<ClientParameterReport>,
    /// How many types there are.
    pub types: usize,
}

/// A resource.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ResourceReport {
    /// Its tag.
    pub tag: String,
    /// One of it, in words.
    pub singular: String,
    /// Several of it, in words.
    pub plural: String,
    /// The type of its record.
    pub record: Option<String>,
    /// The path parameter that names one of it.
    pub id_parameter: Option<String>,
    /// The record's property with the same value.
    pub id_field: Option<String>,
    /// Its actions, in order.
    pub actions: Vec<ActionReport>,
}

/// An action.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ActionReport {
    /// Its kind, in words; of a custom one its own.
    pub kind: String,
    /// Whether it is of no canonical kind.
    pub custom: bool,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: String,
    /// The JSON pointer to it.
    pub pointer: String,
    /// Its parameters.
    pub parameters: Vec<ParameterReport>,
    /// The type of the body by media type.
    pub body: Vec<MediaReport>,
    /// What comes back by status.
    pub responses: Vec<ResponseReport>,
    /// The keys that were followed to the data; empty: the response is given as it is.
    pub envelope: Vec<String>,
    /// The type that the caller gets.
    pub gives: Option<String>,
    /// The type of what stands beside the data.
    pub beside: Option<String>,
    /// How it continues.
    pub pagination: Option<String>,
    /// When it may be repeated.
    pub idempotency: String,
    /// Why all this is thought to be so.
    pub evidence: Vec<EvidenceReport>,
}

/// A parameter.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ParameterReport {
    /// Where it goes.
    pub place: &'static str,
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it must be given.
    pub required: bool,
}

/// A media type.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct MediaReport {
    /// As written.
    pub media_type: String,
    /// What it carries.
    #[serde(rename = "type")]
    pub ty: String,
}

/// A response.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ResponseReport {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// Its media types.
    pub media: Vec<MediaReport>,
}

/// One reason for an inference.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct EvidenceReport {
    /// What was decided.
    pub about: &'static str,
    /// Why.
    pub because: String,
    /// Whether the configuration said so.
    pub overridden: bool,
}

/// A webhook.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct EventReport {
    /// Its key.
    pub name: String,
    /// The JSON pointer to it.
    pub pointer: String,
    /// The value that tells it apart.
    pub wire_name: Option<String>,
    /// The keys from the body to that value.
    pub key: Option<Vec<String>>,
    /// The header with that value, where it is not in the body.
    pub key_header: Option<String>,
    /// What that header holds, where header and body tell it together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_value: Option<HeaderValueReport>,
    /// The tag of its resource.
    pub resource: Option<String>,
    /// What happened.
    pub verb: String,
    /// The type of its body.
    pub payload: Option<String>,
    /// The keys to the record.
    pub record_path: Vec<String>,
    /// The type of the record.
    pub record: Option<String>,
}

/// What a header holds that tells an event together with the body.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct HeaderValueReport {
    /// The value.
    pub value: String,
    /// Whether it was taken from the event's name, since the document does not say it.
    pub guessed: bool,
}

/// What is true of all events.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct WebhooksReport {
    /// How deliveries are signed, in words.
    pub signature: Option<InferenceReport>,
    /// The keys to what identifies a delivery.
    pub delivery_id: Vec<String>,
    /// How one subscribes.
    pub subscription: Option<SubscriptionReport>,
}

/// Something that was found out, and why.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct InferenceReport {
    /// What it is.
    pub is: String,
    /// Why it is thought to be so.
    pub because: String,
}

/// The operations by which one subscribes. Those without an `operationId` are named by method and
/// path.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct SubscriptionReport {
    /// Makes a subscription.
    pub create: String,
    /// Removes one.
    pub delete: String,
    /// Finds one.
    pub find: Option<String>,
    /// Lists them.
    pub list: Option<String>,
    /// The keys to the URL.
    pub url: Vec<String>,
    /// The keys to the events.
    pub events: Option<Vec<String>>,
    /// Whether there can be several events.
    pub many_events: bool,
    /// The keys to the secret that the subscriber chooses.
    pub chosen_secret: Option<Vec<String>>,
    /// The keys to the secret that the API gives.
    pub given_secret: Option<Vec<String>>,
    /// Why this is thought to be so.
    pub because: String,
}

/// A parameter that a client is told once.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct ClientParameterReport {
    /// Where it goes.
    pub place: &'static str,
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Why this is thought to be so.
    pub because: String,
}

/// Everything about an API that `inspect` shows.
pub fn report(api: &Api) -> Report {
    Report {
        name: api.name.clone(),
        title: api.title.clone(),
        resources: api
            .resources
            .iter()
            .map(|found| resource(api, found))
            .collect(),
        events: api.events.iter().map(|found| event(api, found)).collect(),
        webhooks: webhooks(api),
        client_parameters: api
            .client_parameters
            .iter()
            .map(|parameter| client_parameter(api, parameter))
            .collect(),
        types: api.types.len(),
    }
}

fn resource(api: &Api, resource: &ir::Resource) -> ResourceReport {
    ResourceReport {
        tag: resource.tag.clone(),
        singular: resource.singular.join(" "),
        plural: resource.plural.join(" "),
        record: resource.record.map(|id| type_name(api, id)),
        id_parameter: resource.id.as_ref().map(|id| id.parameter.clone()),
        id_field: resource.id.as_ref().and_then(|id| id.field.clone()),
        actions: resource
            .actions
            .iter()
            .filter_map(|id| api.action(*id))
            .map(|a| action(api, a))
            .collect(),
    }
}

fn action(api: &Api, action: &ir::Action) -> ActionReport {
    let parameter = |parameter: &ir::Parameter| ParameterReport {
        place: place(parameter.place),
        name: parameter.wire_name.clone(),
        ty: type_text(api, &parameter.schema),
        required: parameter.required,
    };
    let response = |response: &ir::Response| ResponseReport {
        status: status(response.status),
        media: media(api, &response.media),
    };
    let evidence = |evidence: &ir::Evidence| EvidenceReport {
        about: evidence.about,
        because: evidence.because.clone(),
        overridden: evidence.overridden,
    };
    let (envelope, gives, beside) = match action.outcome.success.as_ref().map(|s| &s.payload) {
        Some(Payload::Opened(found)) => (
            found.path.clone(),
            Some(type_text(api, &found.data)),
            found.metadata.map(|id| type_name(api, id)),
        ),
        Some(Payload::Whole(ty)) => {
            let schema = Schema {
                ty: ty.clone(),
                ..Schema::default()
            };
            (Vec::new(), Some(type_text(api, &schema)), None)
        }
        Some(Payload::Empty) | None => (Vec::new(), None, None),
    };
    ActionReport {
        kind: kinds::name(&action.kind),
        custom: matches!(action.kind, ir::Kind::Custom { .. }),
        operation_id: action.operation_id.clone(),
        method: action.method.as_str(),
        path: action.path.clone(),
        pointer: action.origin.pointer.clone(),
        parameters: action.parameters.iter().map(parameter).collect(),
        body: action
            .body
            .iter()
            .flat_map(|body| media(api, &body.media))
            .collect(),
        responses: action.outcome.responses.iter().map(response).collect(),
        envelope,
        gives,
        beside,
        pagination: action.pagination.as_ref().map(pagination),
        idempotency: idempotency(&action.idempotency),
        evidence: action.evidence.iter().map(evidence).collect(),
    }
}

fn media(api: &Api, all: &[ir::Media]) -> Vec<MediaReport> {
    all.iter()
        .map(|media| MediaReport {
            media_type: media.media_type.clone(),
            ty: type_text(api, &media.schema),
        })
        .collect()
}

fn event(api: &Api, event: &ir::Event) -> EventReport {
    let payload = event.payload.filter(|id| {
        api.type_def(*id)
            .is_some_and(|def| !matches!(def.body, TypeBody::Alias(_)))
    });
    let (key, key_header) = match &event.key {
        Some(EventKey::Body(path)) => (Some(path.clone()), None),
        Some(EventKey::Header(header)) => (None, Some(header.clone())),
        Some(EventKey::HeaderAndBody(header, path)) => (Some(path.clone()), Some(header.clone())),
        None => (None, None),
    };
    EventReport {
        name: event.name.clone(),
        pointer: event.origin.pointer.clone(),
        wire_name: event.wire_name.clone(),
        key,
        key_header,
        header_value: event.header_value.as_ref().map(|it| HeaderValueReport {
            value: it.value.clone(),
            guessed: it.guessed,
        }),
        resource: event
            .resource
            .and_then(|id| api.resource(id))
            .map(|found| found.tag.clone()),
        verb: verb(&event.verb).to_owned(),
        payload: payload.map(|id| type_name(api, id)),
        record_path: event.record_path.clone(),
        record: event.record(api).map(|id| type_name(api, id)),
    }
}

fn webhooks(api: &Api) -> WebhooksReport {
    let webhooks = &api.webhooks;
    WebhooksReport {
        signature: webhooks.signature.as_ref().map(|found| InferenceReport {
            is: scheme(&found.scheme),
            because: found.evidence.clone(),
        }),
        delivery_id: webhooks.delivery_id.clone(),
        subscription: webhooks
            .subscription
            .as_ref()
            .map(|found| subscription(api, found)),
    }
}

fn subscription(api: &Api, found: &ir::Subscription) -> SubscriptionReport {
    let (chosen_secret, given_secret) = match &found.secret {
        Some(SubscriptionSecret::Chosen(path)) => (Some(path.clone()), None),
        Some(SubscriptionSecret::Given(path)) => (None, Some(path.clone())),
        None => (None, None),
    };
    SubscriptionReport {
        create: operation(api, found.create),
        delete: operation(api, found.delete),
        find: found.find.map(|id| operation(api, id)),
        list: found.list.map(|id| operation(api, id)),
        url: found.url.clone(),
        events: found.events.as_ref().map(|events| events.path.clone()),
        many_events: found.events.as_ref().is_some_and(|events| events.many),
        chosen_secret,
        given_secret,
        because: found.evidence.clone(),
    }
}

fn client_parameter(api: &Api, parameter: &ir::ClientParameter) -> ClientParameterReport {
    ClientParameterReport {
        place: place(parameter.place),
        name: parameter.wire_name.clone(),
        ty: type_text(api, &parameter.schema),
        because: parameter.evidence.clone(),
    }
}
