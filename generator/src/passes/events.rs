//! Events: what tells each apart on the wire, what happened, to what, and where the record is.

mod composed;
mod keys;
mod meaning;
mod places;
mod record;
mod rivals;

pub(super) use keys::{constant, literals};

use crate::config::WebhookProfile;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Event};

/// How many events that nothing tells apart a message names.
const NAMED: usize = 5;

/// Finds out about every webhook.
pub(super) fn run(api: &mut Api, profile: &WebhookProfile, diagnostics: &mut Diagnostics) {
    composed::run(api, profile, diagnostics);
    let mut results = Vec::new();
    for (event, told) in api.events.iter().zip(keys::told_apart(api)) {
        let (key, wire_name) = told.unzip();
        let resource = meaning::resource(api, event, wire_name.as_deref());
        let about = resource.and_then(|id| api.resource(id));
        let verb = meaning::verb(event, wire_name.as_deref(), about);
        let path = event
            .payload
            .and_then(|id| record::path(api, id, about))
            .unwrap_or_default();
        results.push((key, wire_name, resource, verb, path));
    }
    for (event, (key, wire_name, resource, verb, path)) in api.events.iter_mut().zip(results) {
        event.key = key;
        event.wire_name = wire_name;
        event.resource = resource;
        event.verb = verb;
        event.record_path = path;
    }
    if api.events.len() > 1 {
        note_alike(&api.events, diagnostics);
    }
}

/// Says of which events one value does not tell them apart; one warning for all.
fn note_alike(events: &[Event], diagnostics: &mut Diagnostics) {
    let alike: Vec<&Event> = events.iter().filter(|event| event.key.is_none()).collect();
    let Some(first) = alike.first() else { return };
    let named: Vec<String> = alike
        .iter()
        .take(NAMED)
        .map(|event| format!("{:?}", event.name))
        .collect();
    let more = if alike.len() > NAMED { ", .." } else { "" };
    let message = format!(
        "no one value in the body or a header tells {} of {} events from the others: {}{more}",
        alike.len(),
        events.len(),
        named.join(", ")
    );
    diagnostics.push(
        Diagnostic::warning(Code::Ambiguous, first.origin.clone(), message)
            .action("they are received without a type of their own")
            .hint(
                "a property, or a header, that has a `const` in each event tells them; where a header \
                 and a property do so together, `event_header` and `event_action` of the \
                 configuration's [api.<name>.webhooks] say which",
            ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{EventKey, EventVerb, Schema, Type};
    use crate::passes::testing::Fixture;

    fn fixture() -> Fixture {
        Fixture::new()
            .components(&[("Pet", "{id: uuid, best: Pet}"), ("Toy", "{id: int}")])
            .actions(&[
                "GET /pets/{id} getPet #pets >Pet",
                "GET /toys/{id} getToy #toys >Toy",
            ])
    }

    #[test]
    fn an_event_says_what_happened_to_what() {
        let api = fixture()
            .event(
                "Pet Created",
                "pet",
                "{eventName=pet.created: str, type: int, record: Pet}",
            )
            .event(
                "Pet Groomed",
                "pet",
                "{eventName=pet.groomed_well: str, record: Pet}",
            )
            .event(
                "toyDeleted",
                "other",
                "{type: one(toy.deleted), data: {object: Toy}}",
            )
            .event("x", "y", "{type: \"z\", pet: Pet}")
            .run();
        let show = |event: &Event| {
            let resource = event.resource.map_or("-", |id| &api.resources[id.0].tag);
            let wire = event.wire_name.as_deref().unwrap_or("-");
            format!(
                "{wire} {resource} {:?} {}",
                event.verb,
                event.record_path.join(".")
            )
        };
        let found: Vec<_> = api.events.iter().map(show).collect();
        let expected = [
            "pet.created pets Created record",
            "pet.groomed_well pets Other(\"groomed well\") record",
            "toy.deleted toys Deleted data.object",
            "z pets Other(\"z\") pet",
        ];
        assert_eq!(found, expected);
    }

    /// What tells events apart: `eventName=pet.created`, or `-`.
    fn told_by(api: &Api) -> Vec<String> {
        let show = |event: &Event| match (&event.key, &event.wire_name) {
            (Some(EventKey::Body(path)), Some(name)) => format!("{}={name}", path.join(".")),
            (None, None) => "-".to_owned(),
            other => format!("{other:?}"),
        };
        api.events.iter().map(show).collect()
    }

    #[test]
    fn a_value_that_two_events_have_tells_nothing() {
        let api = fixture()
            .event("a", "pets", "{action: one(created), event=a: str}")
            .event("b", "pets", "{action: one(created), event=b: str}")
            .run();
        assert_eq!(told_by(&api), ["event=a", "event=b"]);
    }

    #[test]
    fn of_several_values_the_one_that_is_called_like_the_event_counts() {
        let shared = "{eventName=pet.created=pet.deleted: str, data: Pet}";
        let api = fixture()
            .event("Pet Created", "pet", shared)
            .event("Pet Deleted", "pet", shared)
            .event("toyAdded", "toys", "{event: one(TOY_ADDED|TOY_LOST|toy)}")
            .event("onToyLost", "toys", "{event: one(TOY_ADDED|TOY_LOST|toy)}")
            .run();
        let expected = [
            "eventName=pet.created",
            "eventName=pet.deleted",
            "event=TOY_ADDED",
            "event=TOY_LOST",
        ];
        assert_eq!(told_by(&api), expected);
    }

    #[test]
    fn a_key_may_be_in_what_leads_to_the_record() {
        let api = fixture()
            .event(
                "a",
                "x",
                "{id: str, data: {type: one(thing.lost), object: Pet}}",
            )
            .event(
                "b",
                "x",
                "{id: str, data: {type: one(thing.found), object: Pet}}",
            )
            .run();
        assert_eq!(
            told_by(&api),
            ["data.type=thing.lost", "data.type=thing.found"]
        );
        assert_eq!(api.events[0].verb, EventVerb::Other("lost".into()));
    }

    #[test]
    fn an_example_of_a_record_s_own_property_tells_nothing() {
        let fixture = Fixture::new()
            .components(&[("Planet", "{id: uuid, name=Mars: str, kind: str}")])
            .actions(&["GET /planets/{id} getPlanet #planets >Planet"]);
        let api = fixture.event("newPlanet", "planets", "Planet").run();
        assert_eq!(told_by(&api), ["-"]);
    }

    #[test]
    fn where_nothing_is_said_a_webhook_s_key_that_looks_like_a_value_is_one() {
        let body = "{event: str, payload: {a: str}}";
        let api = fixture()
            .event("pet.lost", "x", body)
            .event("pet.found", "x", body)
            .run();
        assert_eq!(told_by(&api), ["event=pet.lost", "event=pet.found"]);
    }

    #[test]
    fn events_that_two_places_tell_apart_together_have_no_key_and_a_warning() {
        let (api, complaints) = fixture()
            .event("Pet Came", "x", "{kind: one(pet), action: one(came)}")
            .event("Pet Went", "x", "{kind: one(pet), action: one(went)}")
            .event("Toy Came", "x", "{kind: one(toy), action: one(came)}")
            .run_with("");
        assert_eq!(told_by(&api), ["-", "action=went", "kind=toy"]);
        let expected = "ambiguous /webhooks/Pet Came/post no one value in the body or a header tells \
                        1 of 3 events from the others: \"Pet Came\"";
        assert_eq!(complaints, [expected]);
    }

    #[test]
    fn a_value_that_another_event_can_have_as_well_tells_nothing() {
        let told = |first: &str, second: &str| {
            let (api, complaints) = fixture()
                .event("toy-changed", "x", first)
                .event("door-zapped", "x", second)
                .run_with("");
            let told = told_by(&api);
            let untold = told.iter().filter(|it| *it == "-").count();
            assert_eq!(complaints.len(), untold.min(1), "{complaints:?}");
            told
        };
        let zapped = "{action: one(zapped), door: str}";
        assert_eq!(told("{action: one(opened|zapped)}", zapped), ["-", "-"]);
        assert_eq!(told("{action: str}", zapped), ["-", "-"]);
        assert_eq!(
            told("{action=opened: str}", zapped),
            ["-", "-"],
            "an example is one of many"
        );
        assert_eq!(
            told("{action: one(opened|shut)}", zapped),
            ["-", "action=zapped"]
        );
        assert_eq!(told("{toy: str}", zapped), ["-", "action=zapped"]);
        assert_eq!(told("{action: int}", zapped), ["-", "action=zapped"]);
    }

    #[test]
    fn a_webhook_s_key_is_no_value_where_the_sender_chooses_it() {
        let told = |body: &str, other: &str| {
            let (api, _) = fixture()
                .event("dispatch-sample.collected", "x", body)
                .event("issue.opened", "x", other)
                .run_with("");
            told_by(&api)
        };
        assert_eq!(told("{action: str}", "{issue: str}"), ["-", "-"]);
        assert_eq!(told("{event: str}", "{event: one(opened)}"), ["-", "-"]);
        let both = ["event=dispatch-sample.collected", "event=issue.opened"];
        assert_eq!(told("{event: str}", "{event: one(issue.opened)}"), both);
    }

    #[test]
    fn headers_that_differ_in_case_are_one() {
        let mut fixture = fixture()
            .event("a", "x", "{a: str}")
            .event("b", "x", "{b: str}");
        for (event, (name, value)) in fixture
            .api
            .events
            .iter_mut()
            .zip([("X-Event", "a.b"), ("x-event", "b.c")])
        {
            event.headers.push(crate::ir::Header {
                name: name.to_owned(),
                description: None,
                required: true,
                schema: Schema {
                    ty: Type::Constant(value.into()),
                    ..Schema::default()
                },
                origin: crate::passes::testing::origin("/header"),
            });
        }
        let api = fixture.run();
        let key = Some(EventKey::Header("X-Event".to_owned()));
        assert!(api.events.iter().all(|event| event.key == key));
    }
}
