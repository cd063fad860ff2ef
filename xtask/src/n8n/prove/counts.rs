//! How much has to pass. Whoever counts what it has found passes with nothing.

use super::events::heard;
use super::job::has_records;
use specwright::cases::{Case, Inputs, Table};
use specwright::ir::{Action, Api, Kind};

/// A part of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// What is sent for what is required, and what comes out.
    Required,
    /// The same for everything.
    All,
    /// The same for null.
    Null,
    /// Three items with values of their own.
    Items,
    /// The second of three items is refused.
    Refused,
    /// Updates of one field.
    Update,
    /// Return All and Limit over several pages.
    Pages,
    /// The credentials' own tests.
    Credential,
    /// The proof itself, of packages with a fault.
    Faults,
    /// A validating mock.
    Mock,
    /// A record of each resource on the stand-in.
    Lives,
    /// Every event, delivered to the trigger.
    Events,
    /// What subscribing brings with it, on the stand-in.
    Subscription,
    /// The proof of events itself, with faults in what the package says of them.
    EventFaults,
}

/// What is tried of subscribing, in `modes/subscription.cjs`.
const STEPS: usize = 6;

impl Mode {
    /// Those for which the server only records.
    pub(super) const RECORDED: [Self; 9] = [
        Self::Required,
        Self::All,
        Self::Null,
        Self::Items,
        Self::Refused,
        Self::Update,
        Self::Pages,
        Self::Credential,
        Self::Faults,
    ];

    /// As the script knows it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::All => "all",
            Self::Null => "null",
            Self::Items => "items",
            Self::Refused => "refused",
            Self::Update => "update",
            Self::Pages => "pages",
            Self::Credential => "credential",
            Self::Faults => "faults",
            Self::Mock => "mock",
            Self::Lives => "life",
            Self::Events => "events",
            Self::Subscription => "subscription",
            Self::EventFaults => "eventFaults",
        }
    }

    /// How the script's line begins where all passes, `None` where there is nothing to prove. How many
    /// credentials a package has the document does not decide, nor which faults can be made in it.
    pub(super) fn line(self, api: &Api, table: &Table) -> Option<String> {
        let (name, unit) = match self {
            Self::Required | Self::All | Self::Null => (self.word(), "actions"),
            Self::Items => ("three items", "actions"),
            Self::Refused => ("refused", "actions"),
            Self::Update => ("one field", "fields"),
            Self::Pages => ("pages", "lists"),
            Self::Credential => return Some("credential test: ".to_owned()),
            // Without a case there is nothing in which a fault could be noticed.
            Self::Faults => return table.cases.first().map(|_| "faults: ".to_owned()),
            Self::EventFaults => {
                // Where nothing is said of events there is nothing to say wrong.
                let webhooks = &api.webhooks;
                let told = heard(api).any(|event| event.key.is_some());
                let bound = webhooks.signature.is_some() || webhooks.subscription.is_some();
                let any = heard(api).next().is_some() && (told || bound);
                return any.then(|| "event faults: ".to_owned());
            }
            Self::Events => ("events", "events"),
            Self::Subscription => ("subscription", "steps"),
            Self::Mock => ("mock", "calls accepted"),
            Self::Lives => ("lives", "resources"),
        };
        let (main, beside) = self.counts(api, table);
        let others = if beside > 0 {
            format!(", {beside} of {beside} beside them")
        } else {
            String::new()
        };
        let line = format!("{name}: {main} of {main} {unit}{others}");
        (main + beside > 0).then_some(line)
    }

    /// How many of resources that have records, and how many others.
    fn counts(self, api: &Api, table: &Table) -> (usize, usize) {
        match self {
            Self::Lives => return (makers(api), 0),
            Self::Events => return (heard(api).count(), 0),
            Self::Subscription => {
                let steps = api.webhooks.subscription.as_ref().map_or(0, |_| STEPS);
                return (heard(api).next().map_or(0, |_| steps), 0);
            }
            _ => {}
        }
        let mut counts = (0, 0);
        for case in table.all() {
            let action = action(api, case);
            let number = match self {
                Self::Required | Self::Refused => usize::from(case.inputs == Inputs::Required),
                Self::All | Self::Items => usize::from(case.inputs == Inputs::All),
                Self::Null => usize::from(case.inputs == Inputs::Null),
                Self::Mock => usize::from(case.inputs != Inputs::Null),
                Self::Update => action.map_or(0, |action| fields(action, case)),
                Self::Pages => {
                    let is_list = action.and_then(super::job::pages).is_some();
                    usize::from(case.inputs == Inputs::Required && is_list)
                }
                Self::Credential
                | Self::Faults
                | Self::Lives
                | Self::Events
                | Self::Subscription
                | Self::EventFaults => 0,
            };
            let in_main = self == Self::Mock || action.is_some_and(|it| !is_beside(api, it));
            if in_main {
                counts.0 += number;
            } else {
                counts.1 += number;
            }
        }
        counts
    }
}

fn action<'a>(api: &'a Api, case: &Case) -> Option<&'a Action> {
    let (method, path) = case.action.split_once(' ')?;
    let mut actions = api.actions.iter();
    actions.find(|action| action.method.as_str() == method && action.path == path)
}

fn is_beside(api: &Api, action: &Action) -> bool {
    let resource = action.resource.and_then(|id| api.resource(id));
    resource.is_none_or(|resource| !has_records(api, resource))
}

/// The fields that an update can be about.
fn fields(action: &Action, case: &Case) -> usize {
    let is_update = matches!(action.kind, Kind::UpdateOne | Kind::UpdateMany);
    let body = case.body.as_ref().and_then(|body| body.as_object());
    match body {
        Some(body) if is_update && case.inputs == Inputs::All => body.len(),
        _ => 0,
    }
}

/// How many resources have an action that makes a record.
fn makers(api: &Api) -> usize {
    let mut tags: Vec<&str> = api
        .actions
        .iter()
        .filter(|action| action.kind == Kind::CreateOne)
        .filter_map(|action| api.resource(action.resource?))
        .map(|resource| resource.tag.as_str())
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use specwright::cases::table;
    use specwright::compile;
    use specwright::config::ApiConfig;
    use specwright::load::MemorySources;

    #[test]
    fn what_must_pass_is_counted_without_the_package() {
        let id =
            json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        let pet = json!({"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}});
        let ok = |schema: &serde_json::Value| json!({"200": {"description": "", "content": {"application/json": {"schema": schema}}}});
        let body = json!({"content": {"application/json": {"schema": pet}}});
        let document = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {
            "/pets": {"post": {"tags": ["pets"], "operationId": "createPet", "requestBody": body, "responses": ok(&pet)}},
            "/pets/{id}": {"parameters": [id], "patch": {"tags": ["pets"], "operationId": "updatePet",
                "requestBody": body, "responses": ok(&pet)}},
            "/status": {"get": {"tags": ["status"], "operationId": "readStatus", "responses": ok(&json!({"type": "object"}))}}}});
        let sources = MemorySources::new("api.json", document.to_string());
        let compiled = compile(
            "api.json",
            &sources,
            &ApiConfig::for_name("pets"),
            &mut |_| {},
        );
        let (api, document) = (compiled.api.unwrap(), compiled.document.unwrap());
        let table = table(&document);
        let line = |mode: Mode| mode.line(&api, &table);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            line(Mode::Required),
            some("required: 2 of 2 actions, 1 of 1 beside them")
        );
        assert_eq!(line(Mode::Update), some("one field: 2 of 2 fields"));
        assert_eq!(line(Mode::Mock), some("mock: 6 of 6 calls accepted"));
        assert_eq!(line(Mode::Lives), some("lives: 1 of 1 resources"));
        assert_eq!(line(Mode::Pages), None);
        assert_eq!(line(Mode::Events), None);
        assert_eq!(line(Mode::EventFaults), None);
        let mut api = api;
        api.events = vec![event()];
        assert_eq!(
            Mode::Events.line(&api, &table),
            some("events: 1 of 1 events")
        );
        assert_eq!(Mode::Subscription.line(&api, &table), None);
        // Nothing tells it apart, and nobody signs it.
        assert_eq!(Mode::EventFaults.line(&api, &table), None);
    }

    fn event() -> specwright::ir::Event {
        use specwright::ir::{Event, EventVerb, Method, Origin};
        Event {
            name: "petCreated".to_owned(),
            wire_name: None,
            key: None,
            header_value: None,
            tags: Vec::new(),
            resource: None,
            verb: EventVerb::Created,
            summary: None,
            description: None,
            method: Method::Post,
            headers: Vec::new(),
            body: None,
            responses: Vec::new(),
            payload: None,
            record_path: Vec::new(),
            origin: Origin::default(),
        }
    }
}
