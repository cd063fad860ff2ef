//! What the n8n package says of an API: descriptors, word for word, and nothing lost on the way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "only tests use this"
)]

mod support;

use specwright::config::{ApiConfig, Config, N8nProfile};
use specwright::diag::{Code, Diagnostics};
use specwright::ir::{Action, Api, Place};
use specwright::load::MemorySources;
use specwright::n8n::model::{OperationDescriptor, ResourceDescriptor, Slot, TriggerDescriptor};
use specwright::n8n::{descriptors, trigger};
use specwright::names::Lock;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use support::{corpus, fixture};

const FIXTURES: &[&str] = &[
    "pets",
    "parameters",
    "obstacles",
    "corners",
    "forms",
    "hooks",
];

/// Real documents, where they are at hand.
const CORPUS: &[&str] = &[
    "specs/twenty.json",
    "specs/savvycal.json",
    "specs/open/asana.yaml",
    "specs/open/cohere.yaml",
    "specs/open/directus.json",
    "specs/open/github-webhooks.json",
    "specs/open/hcloud.json",
    "specs/open/n8n-public.yaml",
    "specs/open/openai.json",
    "specs/open/ory-kratos.json",
    "specs/open/parameters-style.json",
    "specs/open/qdrant.json",
];

struct Made {
    api: Api,
    resources: Vec<ResourceDescriptor>,
    trigger: Option<TriggerDescriptor>,
    lock: Lock,
    diagnostics: Diagnostics,
}

fn made(text: &str, config: &ApiConfig) -> Made {
    let sources = MemorySources::new("api.yaml", text);
    let api = specwright::compile("api.yaml", &sources, config, &mut |_| {})
        .api
        .unwrap();
    let mut lock = Lock::new();
    let mut diagnostics = Diagnostics::new();
    let resources = descriptors(&api, &config.n8n, &mut lock, &mut diagnostics);
    let trigger = trigger(&api, &config.n8n, &mut lock, &mut diagnostics);
    Made {
        api,
        resources,
        trigger,
        lock,
        diagnostics,
    }
}

fn of(text: &str) -> Made {
    made(text, &ApiConfig::for_name("api"))
}

/// Twenty with its own configuration; `None` where it is not at hand.
fn twenty() -> Option<Made> {
    let text = std::fs::read_to_string(corpus("specs/twenty.json")?).unwrap();
    let config = include_str!("../../specs/specwright.toml");
    let config = Config::parse("specwright.toml", config, &mut Diagnostics::new());
    Some(made(&text, config.api("twenty").unwrap()))
}

fn faults(made: &Made) -> Vec<&str> {
    let all = made.diagnostics.iter();
    all.filter(|it| it.code == Code::Internal)
        .map(|it| it.message.as_str())
        .collect()
}

#[track_caller]
fn check(name: &str) {
    let made = of(&fixture(name));
    let mut text = String::new();
    for diagnostic in &made.diagnostics {
        let (code, origin) = (diagnostic.code.as_str(), &diagnostic.origin);
        writeln!(text, "{code}: {} at {origin}", diagnostic.message).unwrap();
    }
    for resource in &made.resources {
        let json = serde_json::to_string_pretty(resource).unwrap();
        writeln!(text, "======== {}\n{json}", resource.resource.value).unwrap();
    }
    if let Some(trigger) = &made.trigger {
        let json = serde_json::to_string_pretty(trigger).unwrap();
        writeln!(text, "======== trigger\n{json}").unwrap();
    }
    writeln!(text, "======== lock\n{}", made.lock.to_text()).unwrap();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("n8n-{name}"), text);
    });
}

#[test]
fn pets() {
    check("pets");
}

#[test]
fn parameters() {
    check("parameters");
}

#[test]
fn obstacles() {
    check("obstacles");
}

#[test]
fn forms() {
    check("forms");
}

#[test]
fn hooks() {
    check("hooks");
}

/// What an action has that its operation neither sends nor says to leave out.
fn lost(
    action: &Action,
    operation: &OperationDescriptor,
    diagnostics: &Diagnostics,
) -> Vec<String> {
    let request = &operation.request;
    let size = request.pagination.as_ref().and_then(|it| it.size.as_ref());
    let mut lost = Vec::new();
    for parameter in &action.parameters {
        let sent = request
            .parameters
            .iter()
            .any(|it| it.place == parameter.place && it.name == parameter.wire_name);
        let sizes = size.is_some_and(|size| match &size.parameter {
            Slot::Query(name) => parameter.place == Place::Query && *name == parameter.wire_name,
            Slot::Header { header } => {
                parameter.place == Place::Header && *header == parameter.wire_name
            }
            Slot::Body { .. } => false,
        });
        let said = diagnostics
            .iter()
            .any(|it| it.code == Code::NotGenerated && it.origin == parameter.origin);
        if !sent && !sizes && !said {
            lost.push(format!(
                "{} {}: {}",
                operation.value, action.path, parameter.wire_name
            ));
        }
    }
    if action
        .body
        .as_ref()
        .is_some_and(|body| !body.media.is_empty())
        && request.body.is_none()
    {
        lost.push(format!("{} {}: its body", operation.value, action.path));
    }
    lost
}

/// Every action is an operation, and sends all of its parameters and its body.
#[track_caller]
fn conserved(name: &str, text: &str) {
    let made = of(text);
    let operations: usize = made.resources.iter().map(|it| it.operations.len()).sum();
    assert_eq!(operations, made.api.actions.len(), "{name}: operations");
    let mut missing = Vec::new();
    for resource in &made.api.resources {
        let descriptor = made
            .resources
            .iter()
            .find(|it| it.resource.value == resource.tag);
        for id in &resource.actions {
            let action = made.api.action(*id).unwrap();
            let path: String = action.path.clone();
            let operation = descriptor
                .into_iter()
                .flat_map(|it| &it.operations)
                .find(|it| {
                    let own = format!("{} {path}", action.method.as_str());
                    made.lock.name(
                        &specwright::names::Table::of("n8n.operations", &resource.tag),
                        &own,
                    ) == Some(&it.value)
                });
            match operation {
                Some(operation) => missing.extend(lost(action, operation, &made.diagnostics)),
                None => missing.push(path),
            }
        }
    }
    missing.extend(lost_events(&made));
    assert!(missing.is_empty(), "{name} loses {missing:#?}");
    assert!(faults(&made).is_empty(), "{name}: {:#?}", faults(&made));
}

/// The events that a trigger neither tells from others nor passes on without a name, as its notes count.
fn lost_events(made: &Made) -> Vec<String> {
    let kinds = made.trigger.iter().flat_map(|trigger| &trigger.kinds);
    let told: usize = kinds.map(|kind| kind.events.len()).sum();
    let noted = |what: &str| -> usize {
        let mut notes = made
            .diagnostics
            .iter()
            .filter(|it| it.code == Code::NotGenerated);
        let Some(note) = notes.find(|it| it.message.contains(what)) else {
            return 0;
        };
        let mut words = note.message.split(' ');
        words.find_map(|word| word.parse().ok()).unwrap_or(1)
    };
    let rest = noted("nothing in a delivery tells") + noted("another method than POST");
    let all = made.api.events.len();
    if told + rest == all {
        return Vec::new();
    }
    vec![format!("{all} events: {told} are told apart, {rest} noted")]
}

#[test]
fn nothing_is_lost() {
    for name in FIXTURES {
        conserved(name, &fixture(name));
    }
}

#[test]
fn nothing_of_real_documents_is_lost() {
    for name in CORPUS {
        if let Some(path) = corpus(name) {
            conserved(name, &std::fs::read_to_string(path).unwrap());
        }
    }
}

/// A server may write its document anew for each request, in whatever order its maps have.
#[test]
fn the_order_of_keys_decides_nothing() {
    for name in FIXTURES {
        let document: serde_json::Value = serde_yaml::from_str(&fixture(name)).unwrap();
        let straight = of(&serde_json::to_string(&document).unwrap());
        let turned = of(&serde_json::to_string(&support::reversed(document)).unwrap());
        assert_eq!(straight.resources, turned.resources, "{name}");
        assert_eq!(straight.trigger, turned.trigger, "{name}");
        assert_eq!(straight.lock.to_text(), turned.lock.to_text(), "{name}");
    }
}

/// The names of a lock are given again, also when something else asks for them meanwhile.
#[test]
fn published_names_stay() {
    let document = |members: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /things:\n    post:\n      \
             tags: [things]\n      requestBody: {{required: true, content: {{application/json: \
             {{schema: {{type: object, properties: {{{members}}}}}}}}}}}\n      responses: {{'204': \
             {{description: none}}}}\n"
        )
    };
    let first = of(&document("a_b: {type: string}"));
    let mut lock = Lock::parse(&first.lock.to_text()).unwrap();
    let later = of(&document(
        "a_b: {type: string}, aB: {type: string}, a-b: {type: string}",
    ));
    let again = descriptors(
        &later.api,
        &N8nProfile::default(),
        &mut lock,
        &mut Diagnostics::new(),
    );
    let table = specwright::names::Table::new("n8n.parameters");
    assert_eq!(lock.name(&table, "a_b"), Some("aB"));
    let json = serde_json::to_string(&again).unwrap();
    assert!(json.contains(r#""a_b":{"name":"aB""#), "{json}");
    // Without the lock the one that is written so has it.
    assert_eq!(later.lock.name(&table, "a_b"), Some("a_b"));
    assert_eq!(later.lock.name(&table, "aB"), None);
}

/// Nothing of a document can make the editor evaluate anything, and no name can hurt.
#[test]
fn documents_are_data() {
    let made = of(&fixture("obstacles"));
    assert!(faults(&made).is_empty(), "{:#?}", faults(&made));
    let hooks = of(&fixture("hooks"));
    assert!(faults(&hooks).is_empty(), "{:#?}", faults(&hooks));
    let properties = serde_json::to_value(&hooks.trigger.unwrap().properties).unwrap();
    each_text(&properties, &mut |text| {
        assert!(!text.starts_with('='), "{text}");
    });
    for resource in &made.resources {
        let value = serde_json::to_value(resource).unwrap();
        each_text(&value, &mut |text| {
            assert!(!text.starts_with('='), "{text}")
        });
    }
}

fn each_text(value: &serde_json::Value, each: &mut dyn FnMut(&str)) {
    use serde_json::Value;
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, each)),
        Value::Object(members) => members.values().for_each(|member| each_text(member, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Deep, wide and circular documents end, and do not grow without bounds.
#[test]
fn hostile_documents_end() {
    let wide: Vec<String> = (0..60)
        .map(|n| format!("p{n}: {{$ref: '#/components/schemas/S'}}"))
        .collect();
    let mut deep = "{type: string}".to_owned();
    for _ in 0..60 {
        deep = format!(
            "{{type: object, properties: {{d: {deep}}}, additionalProperties: {{type: array, items: {{type: string}}}}}}"
        );
    }
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n    S: {{type: \
         object, properties: {{{}}}}}\n    L: {{type: array, items: {{$ref: '#/components/schemas/L'}}}}\n    \
         U: {{anyOf: [{{type: string}}, {{$ref: '#/components/schemas/U'}}, {{type: array, items: \
         {{$ref: '#/components/schemas/U'}}}}]}}\n    M: {{type: object, additionalProperties: {{$ref: \
         '#/components/schemas/M'}}}}\n    A: {{$ref: '#/components/schemas/A'}}\n    D: {deep}\npaths:\n",
        wide.join(", ")
    );
    let body = |name: &str| {
        format!(
            "  /{name}: {{post: {{requestBody: {{content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/{name}'}}}}}}}}, responses: {{'204': {{description: none}}}}}}}}\n"
        )
    };
    let paths: String = ["S", "L", "U", "M", "A", "D"].map(body).concat();
    let made = of(&format!("{text}{paths}"));
    let size = serde_json::to_string(&made.resources).unwrap().len();
    assert!(size < 100_000, "{size} bytes");
    assert!(faults(&made).is_empty(), "{:#?}", faults(&made));
    let operations: usize = made.resources.iter().map(|it| it.operations.len()).sum();
    assert_eq!(operations, 6);
}

/// The page of the node that people use today: its resources, actions and fields are all here.
#[test]
fn twenty_has_the_names_of_the_seed_page() {
    let (Some(made), Some(page)) = (twenty(), corpus("seeds/twenty-n8n-node.txt")) else {
        return;
    };
    let page = std::fs::read_to_string(page).unwrap().to_lowercase();
    let own = |plural: &str| {
        made.resources.iter().find(|resource| {
            let words = specwright::names::words(&resource.resource.name);
            specwright::names::plural(&words).join(" ") == plural
        })
    };
    let mut actions: BTreeSet<String> = BTreeSet::new();
    let mut wanted = 0;
    for line in page.lines().filter_map(|line| line.strip_prefix("- ")) {
        if let Some(plural) = line.strip_suffix(" actions") {
            let resource = own(plural).unwrap_or_else(|| panic!("no resource `{plural}`"));
            assert_eq!(resource.operations.len(), 7, "{plural}");
            actions.extend(
                resource
                    .operations
                    .iter()
                    .map(|it| it.action.to_lowercase()),
            );
            wanted += 1;
        } else if line.starts_with("find ")
            || line.starts_with("create ")
            || line.starts_with("delete ")
            || line.starts_with("update ")
        {
            assert!(actions.contains(line), "no action `{line}`");
        }
    }
    assert_eq!(wanted, 36);
    assert_eq!(actions.len(), 252);
    let accounts = own("connected accounts").unwrap();
    let create = serde_json::to_string(&accounts.properties)
        .unwrap()
        .to_lowercase();
    let (_, table) = page.split_once("| name | meaning |").unwrap();
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let fields: Vec<&str> = rows
        .filter_map(|row| row.split('|').nth(1))
        .map(str::trim)
        .collect();
    assert_eq!(fields.len(), 10);
    for field in fields {
        assert!(
            create.contains(&format!("\"displayname\":\"{field}\"")),
            "no field `{field}`"
        );
    }
}

/// Opening a workflow costs more than linearly in top-level parameters, and each byte is sent to each
/// browser.
#[test]
fn twenty_is_small_enough() {
    let Some(made) = twenty() else { return };
    let top: usize = made.resources.iter().map(|it| it.properties.len()).sum();
    let bytes: usize = made
        .resources
        .iter()
        .map(|it| serde_json::to_string(it).unwrap().len())
        .sum();
    println!("{top} top-level parameters, {bytes} bytes");
    assert!(top <= 550, "{top} top-level parameters");
    assert!(bytes <= 850_000, "{bytes} bytes");
    let lookups = made
        .resources
        .iter()
        .filter(|it| it.lookup.is_some())
        .count();
    assert_eq!(lookups, 36);
    let unnamed: Vec<&str> = made
        .resources
        .iter()
        .filter(|it| {
            it.lookup
                .as_ref()
                .is_some_and(|lookup| lookup.label.is_empty())
        })
        .map(|it| it.resource.value.as_str())
        .collect();
    println!("records without a name: {unnamed:?}");
}
