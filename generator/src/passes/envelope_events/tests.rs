use crate::config::Config;
use crate::diag::Diagnostics;
use crate::ir::{Api, Event, EventKey, TypeBody};
use crate::load::MemorySources;

const PATHS: &str = r##"
openapi: 3.1.0
info: {title: Toys, version: "1"}
paths:
  /toys/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getToy, tags: [toys], responses: {"200": {description: A toy., content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}}}}
"##;

/// Three events: one in the mapping, one that a constant tells, one that an enum of one value tells.
const SCHEMAS: &str = r##"
components:
  schemas:
    Toy: {type: object, properties: {id: {type: string}, price: {type: integer}}}
    Part: {type: object, properties: {id: {type: string}}}
    Made: {description: A toy was made., type: object, properties: {type: {enum: [toy.created]}, object: {$ref: "#/components/schemas/Toy"}}}
    Lost: {type: object, properties: {type: {type: string}, object: {$ref: "#/components/schemas/Toy"}}}
    Broken: {type: object, properties: {type: {const: spare_part.broken_off}, object: {$ref: "#/components/schemas/Part"}}}
    Envelope:
      type: object
      required: [id, data]
      example: {id: evt_1, data: {type: toy.created, object: {id: toy_1}}}
      properties:
        id: {type: string}
        data:
          discriminator: {propertyName: type, mapping: {toy.lost: "#/components/schemas/Lost"}}
          oneOf: [{$ref: "#/components/schemas/Made"}, {$ref: "#/components/schemas/Lost"}, {$ref: "#/components/schemas/Broken"}]
"##;

const RULE: &str = "envelope = \"Envelope\"\nevent = [\"data\", \"type\"]";

/// The API of a document with these parts, and what was wrong with the configuration.
fn compiled(webhooks: &str, rule: &str) -> (Api, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let text = format!("[api.toys]\nspec = \"a.yaml\"\n[api.toys.webhooks]\n{rule}\n");
    let config = Config::parse("specwright.toml", &text, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let document = format!("{PATHS}{webhooks}{SCHEMAS}");
    let sources = MemorySources::new("a.yaml", document);
    let compiled = crate::compile("a.yaml", &sources, &config.apis[0], &mut |_| {});
    let complaints = compiled
        .diagnostics
        .iter()
        .map(|d| format!("{} {} {}", d.code.as_str(), d.origin, d.message));
    let complaints = complaints.collect();
    (compiled.api.unwrap(), complaints)
}

/// Everything that back ends see of the events, sorted by name.
fn shown(api: &Api) -> Vec<String> {
    let show = |event: &Event| {
        let Some(EventKey::Body(key)) = &event.key else {
            panic!("{event:?}")
        };
        let TypeBody::Record(record) = &api.types[event.payload.unwrap().0].body else {
            panic!("{event:?}")
        };
        let payload = record.fields.iter().map(|field| {
            let name = match api.record(&field.schema.ty) {
                Some((id, _)) => api.types[id.0].component.clone().unwrap(),
                None => "text".to_owned(),
            };
            let required = if field.required { "!" } else { "" };
            format!("{}{required} {name}", field.wire_name)
        });
        format!(
            "{}: {}={} {} {:?} {} {{{}}}",
            event.name,
            key.join("."),
            event.wire_name.as_deref().unwrap(),
            event.resource.map_or("-", |id| &api.resources[id.0].tag),
            event.verb,
            event.record_path.join("."),
            payload.collect::<Vec<_>>().join(", ")
        )
    };
    let mut all: Vec<_> = api.events.iter().map(show).collect();
    all.sort();
    all
}

#[test]
fn every_variant_behind_the_envelope_is_an_event() {
    let (api, complaints) = compiled("", RULE);
    assert_eq!(complaints, [""; 0]);
    let expected = [
        "spare_part.broken_off: data.type=spare_part.broken_off - Other(\"broken off\") data.object \
         {id! text, data! Broken}",
        "toy.created: data.type=toy.created toys Created data.object {id! text, data! Made}",
        "toy.lost: data.type=toy.lost toys Other(\"lost\") data.object {id! text, data! Lost}",
    ];
    assert_eq!(shown(&api), expected);
    let made = &api.events[0];
    assert_eq!(made.description.as_deref(), Some("A toy was made."));
    let payload = &api.types[made.payload.unwrap().0];
    assert_eq!(payload.hints[0], ["toy", "created", "event"]);
    assert_eq!(
        payload.examples.len(),
        1,
        "the envelope's example is of this event"
    );
    let lost = &api.types[api.events[1].payload.unwrap().0];
    assert_eq!(lost.examples.len(), 0, "and of no other");
    let data = "/components/schemas/Envelope/properties/data/oneOf/0";
    assert_eq!(made.origin.pointer, data);
}

#[test]
fn the_same_events_come_of_a_document_with_webhooks() {
    let webhook = |name: &str, data: &str| {
        let properties =
            format!("{{id: {{type: string}}, data: {{$ref: \"#/components/schemas/{data}\"}}}}");
        let schema = format!("{{type: object, required: [id, data], properties: {properties}}}");
        format!(
            "  {name}: {{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}}}}}\n"
        )
    };
    let webhooks = format!(
        "webhooks:\n{}{}{}",
        webhook("spare_part.broken_off", "Broken"),
        webhook("toy.created", "Made"),
        webhook("toy.lost", "Lost"),
    );
    let (behind_the_envelope, _) = compiled("", RULE);
    let (told, complaints) = compiled(&webhooks, RULE);
    assert_eq!(
        complaints, [""; 0],
        "a rule that the webhooks fulfil is no error"
    );
    assert_eq!(told.events.len(), 3, "and no event comes twice");
    assert_eq!(shown(&told), shown(&behind_the_envelope));
}

#[test]
fn a_rule_that_leads_to_nothing_is_an_error() {
    let stale = |message: &str| {
        vec![format!(
            "stale-override specwright.toml#/api/toys/webhooks {message}"
        )]
    };
    for (rule, message) in [
        (
            "envelope = \"Event\"\nevent = [\"data\", \"type\"]",
            "no component is named `Event`",
        ),
        (
            "envelope = \"Envelope\"\nevent = [\"body\", \"type\"]",
            "`Envelope` has no property `body`",
        ),
        (
            "envelope = \"Envelope\"\nevent = [\"id\", \"type\"]",
            "`id` of `Envelope` has no variants",
        ),
        (
            "envelope = \"Envelope\"\nevent = [\"type\"]",
            "`Envelope` has no variants",
        ),
        (
            "envelope = \"Envelope\"\nevent = [\"data\", \"object\"]",
            "no variant says what stands in `data.object`",
        ),
    ] {
        let (api, complaints) = compiled("", rule);
        assert_eq!(complaints, stale(message), "{rule}");
        assert_eq!(api.events, [], "{rule}");
    }
}
