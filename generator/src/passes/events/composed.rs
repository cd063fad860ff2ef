//! Events that a header and a property of the body tell together, as the configuration says.
//!
//! Documents say the property's value and give the header a text without one: `pull_request` in a header
//! is not `pull-request` of the event's name until somebody says how it is written.

use std::collections::BTreeMap;

use super::keys::constant;
use crate::config::WebhookProfile;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Event, EventKey, HeaderValue};
use crate::names::words;
use crate::passes::shapes::at_path;

/// Gives every event that nothing has told yet the name that header and property make together. Two
/// that come to the same name get none.
pub(super) fn run(api: &mut Api, profile: &WebhookProfile, diagnostics: &mut Diagnostics) {
    let Some(header) = &profile.event_header else {
        return;
    };
    let names: Vec<Option<Name>> = api
        .events
        .iter()
        .map(|event| name(api, event, header, profile))
        .collect();
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for name in names.iter().flatten() {
        *counts.entry(&name.whole).or_default() += 1;
    }
    let mut told = 0_usize;
    for (event, name) in api.events.iter_mut().zip(&names) {
        let alone = name
            .as_ref()
            .filter(|name| counts.get(&name.whole) == Some(&1));
        let Some(name) = alone.filter(|_| event.key.is_none()) else {
            continue;
        };
        event.key = Some(EventKey::HeaderAndBody(
            header.clone(),
            profile.event_action.clone(),
        ));
        event.wire_name = Some(name.whole.clone());
        event.header_value = Some(name.header.clone());
        told += 1;
    }
    if told == 0 {
        let message = format!("`event_header` {header:?} tells no event of this document");
        let mut complaint = Diagnostic::error(Code::StaleOverride, profile.origin.clone(), message)
            .hint("remove the rule, or correct what it names");
        complaint.position = profile.position;
        diagnostics.push(complaint);
    }
}

/// A name that two places make together.
struct Name {
    whole: String,
    header: HeaderValue,
}

/// What the header has and, after a dot, what the body has. `None` where the event has not this header,
/// or its name does not end with what happened.
fn name(api: &Api, event: &Event, header: &str, profile: &WebhookProfile) -> Option<Name> {
    let mut headers = event.headers.iter();
    let own = headers.find(|own| own.name.eq_ignore_ascii_case(header))?;
    let action = action(api, event, &profile.event_action);
    let said = constant(api, &own.schema);
    let guessed = said.is_none();
    let value = match said {
        Some(value) => value,
        None => {
            let all = words(&event.name);
            let happened = action.as_deref().map_or(Vec::new(), words);
            let about = all.strip_suffix(happened.as_slice())?;
            if about.is_empty() {
                return None;
            }
            about.join(profile.event_separator.as_deref().unwrap_or("_"))
        }
    };
    Some(Name {
        whole: match action {
            Some(action) => format!("{value}.{action}"),
            None => value.clone(),
        },
        header: HeaderValue { value, guessed },
    })
}

/// What happened, as the body says it.
fn action(api: &Api, event: &Event, keys: &[String]) -> Option<String> {
    let media = event.body.as_ref()?.media.first()?;
    constant(api, at_path(api, &media.schema.ty, keys)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Header, Schema, Type};
    use crate::passes::testing::{Fixture, origin};

    fn hooks(action: &str) -> Fixture {
        let mut fixture = Fixture::new();
        for (name, body) in [
            ("pull-request-opened", action),
            ("pull-request-closed", "{action!:\"closed\"}"),
            ("push", "{ref:str}"),
            ("check-run-done", "{action:\"opened\"}"),
        ] {
            fixture = fixture.event(name, "hooks", body);
        }
        for event in &mut fixture.api.events {
            event.headers.push(Header {
                name: "X-Hub-Event".to_owned(),
                description: None,
                required: false,
                schema: Schema::default(),
                origin: origin("/h"),
            });
        }
        fixture
    }

    #[test]
    fn a_header_and_a_property_tell_events_together() {
        let rule = "webhooks = { event_header = \"x-hub-event\", event_action = [\"action\"] }";
        let (api, complaints) = hooks("{action!:one(opened)}").run_configured(rule);
        let names: Vec<_> = api
            .events
            .iter()
            .map(|it| it.wire_name.as_deref())
            .collect();
        let expected = [
            Some("pull_request.opened"),
            Some("pull_request.closed"),
            Some("push"),
            None,
        ];
        assert_eq!(names, expected, "the last does not end with what happened");
        let key = EventKey::HeaderAndBody("x-hub-event".into(), vec!["action".into()]);
        assert_eq!(api.events[0].key, Some(key));
        let guessed = HeaderValue {
            value: "pull_request".to_owned(),
            guessed: true,
        };
        assert_eq!(api.events[0].header_value, Some(guessed));
        assert_eq!(api.events[0].body_value(), Some("opened"));
        assert_eq!(
            api.events[2].body_value(),
            None,
            "the header alone tells it"
        );
        assert_eq!(api.events[3].header_value, None, "nothing tells it");
        assert_eq!(complaints.len(), 1, "{complaints:?}");
        assert!(
            complaints[0].contains("tells 1 of 4 events"),
            "{complaints:?}"
        );
    }

    #[test]
    fn what_the_document_says_of_the_header_is_no_guess() {
        let mut fixture = hooks("{action!:one(opened)}");
        fixture.api.events[0].headers[0].schema.ty = Type::Constant("pr".into());
        let rule = "webhooks = { event_header = \"x-hub-event\", event_action = [\"action\"] }";
        let (api, _) = fixture.run_configured(rule);
        let said = HeaderValue {
            value: "pr".to_owned(),
            guessed: false,
        };
        assert_eq!(api.events[0].wire_name.as_deref(), Some("pr.opened"));
        assert_eq!(api.events[0].header_value, Some(said));
        let told = crate::inspect::event(&api, 0);
        assert!(
            told.contains("x-hub-event: pr, as the document says")
                && told.contains("opened in action"),
            "{told}"
        );
        let told = crate::inspect::event(&api, 2);
        assert!(told.contains("push, taken from the event's name"), "{told}");
        let report = serde_json::to_value(crate::inspect::report(&api)).unwrap();
        assert_eq!(report["events"][2]["header_value"]["guessed"], true);
    }

    #[test]
    fn a_header_that_no_event_has_is_a_stale_rule() {
        let rule = "webhooks = { event_header = \"X-Other\", event_action = [\"action\"] }";
        let (_, complaints) = hooks("{action!:one(opened)}").run_configured(rule);
        let stale = complaints
            .iter()
            .any(|it| it.contains("tells no event of this document"));
        assert!(stale, "{complaints:?}");
    }
}
