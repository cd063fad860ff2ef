//! Whole documents: every operation answers what the document declares, and the answer is valid.

use super::super::act::parameter_of;
use super::super::answer::Sampler;
use super::super::check::{Checker, Direction, text};
use super::super::core::Options;
use super::super::message::Request;
use super::{Server, api, configured, encoded, path};
use serde_json::{Map, Value, json};
use specwright::config::StandInProfile;
use specwright::ir::{Action, Api, Encoding, Kind, Place, ResourceId, Status, Style};

/// The value of a path parameter: the id of a stored record where it is one.
fn path_value(server: &Server, api: &Api, action: &Action, name: &str) -> String {
    let own = action
        .resource
        .into_iter()
        .chain((0..api.resources.len()).map(ResourceId));
    for id in own {
        let resource = api.resource(id).unwrap();
        let row = server.core.store.rows(id).next();
        let is_id = resource.id.as_ref().is_some_and(|id| {
            let through = parameter_of(&action.path, &id.item_path);
            if through.is_some_and(|(_, own)| own == name) {
                return true;
            }
            id.parameter == name
                && (action.resource == Some(ResourceId(0)) || action.path.contains(&id.item_path))
        });
        if let Some(row) = row.filter(|_| is_id || Some(id) == action.resource) {
            let field = row.value.iter().find(|(key, value)| {
                super::super::store::plain(key) == super::super::store::plain(name)
                    && (value.is_string() || value.is_number())
            });
            match field {
                _ if is_id => return row.id.clone(),
                Some((_, value)) => return text(value),
                None => {}
            }
        }
    }
    let parameter = action
        .parameters
        .iter()
        .find(|it| it.place == Place::Path && it.wire_name == name);
    parameter.map_or_else(
        || "x".to_owned(),
        |it| {
            let value = Sampler::new(api, Direction::Request, 0).value(&it.schema);
            if it.explode {
                exploded(&value, it.style)
            } else {
                plain_text(&value)
            }
        },
    )
}

fn sample(api: &Api, schema: &specwright::ir::Schema) -> Value {
    Sampler::new(api, Direction::Request, 0)
        .bare()
        .value(schema)
}

/// A value in the simple style.
fn plain_text(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain_text).collect::<Vec<_>>().join(","),
        Value::Object(object) => {
            let pairs = object
                .iter()
                .map(|(key, value)| format!("{key},{}", plain_text(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        value => text(value),
    }
}

/// An object with each field on its own.
fn exploded(value: &Value, style: Style) -> String {
    let Value::Object(object) = value else {
        return plain_text(value);
    };
    let pairs = object
        .iter()
        .map(|(key, value)| format!("{key}={}", plain_text(value)));
    pairs
        .collect::<Vec<_>>()
        .join(if style == Style::Matrix { ";" } else { "," })
}

/// A request that an action takes.
fn request(server: &Server, api: &Api, action: &Action) -> Request {
    let mut target = String::new();
    for segment in &action.segments {
        match segment {
            specwright::ir::PathSegment::Text(text) => target.push_str(text),
            specwright::ir::PathSegment::Parameter(name) => {
                let parameter = action.parameters.iter().find(|it| it.wire_name == *name);
                match parameter.map(|it| it.style) {
                    Some(Style::Label) => target.push('.'),
                    Some(Style::Matrix) if parameter.is_some_and(|it| it.explode) => {
                        target.push(';')
                    }
                    Some(Style::Matrix) => target.push_str(&format!(";{name}=")),
                    _ => {}
                }
                let value = path_value(server, api, action, name);
                let is_composite = parameter.is_some_and(|it| it.explode) && value.contains('=');
                target.push_str(&if is_composite {
                    value
                } else {
                    encoded(&value).replace("%2C", ",")
                });
            }
        }
    }
    let mut request = Request::new(action.method.as_str(), &target);
    let mut query = Vec::new();
    for parameter in action.parameters.iter().filter(|it| it.required) {
        let value = sample(api, &parameter.schema);
        let name = parameter.wire_name.as_str();
        let value = if parameter.content.is_some() {
            value.to_string()
        } else {
            plain_text(&value)
        };
        match parameter.place {
            Place::Path => {}
            Place::Query if parameter.style == Style::DeepObject => {}
            Place::Query => query.push(format!("{}={}", encoded(name), encoded(&value))),
            Place::Header => request.headers.push((name.to_lowercase(), value)),
            Place::Cookie => request
                .headers
                .push(("cookie".to_owned(), format!("{name}={value}"))),
        }
    }
    for scheme in &api.auth_schemes {
        use specwright::ir::{ApiKeyPlace, AuthSchemeKind};
        match &scheme.kind {
            AuthSchemeKind::ApiKey {
                place: ApiKeyPlace::Header,
                name,
            } => {
                request
                    .headers
                    .push((name.to_lowercase(), "any".to_owned()));
            }
            AuthSchemeKind::ApiKey {
                place: ApiKeyPlace::Query,
                name,
            } => query.push(format!("{name}=any")),
            AuthSchemeKind::ApiKey {
                place: ApiKeyPlace::Cookie,
                name,
            } => {
                request
                    .headers
                    .push(("cookie".to_owned(), format!("{name}=any")));
            }
            AuthSchemeKind::Basic => {
                request
                    .headers
                    .push(("authorization".to_owned(), "Basic YTpi".to_owned()));
            }
            _ => request
                .headers
                .push(("authorization".to_owned(), "Bearer any".to_owned())),
        }
    }
    request.query = (!query.is_empty()).then(|| query.join("&"));
    body(server, api, action, &mut request);
    request
}

fn body(server: &Server, api: &Api, action: &Action, request: &mut Request) {
    let Some(media) = action.body.as_ref().and_then(|body| body.media.first()) else {
        return;
    };
    request.headers.push((
        "content-type".to_owned(),
        media.media_type.replace('*', "x"),
    ));
    let mut value = sample(api, &media.schema);
    if let (Kind::FindDuplicates | Kind::Merge, Some(resource)) = (&action.kind, action.resource) {
        let ids: Vec<&str> = server
            .core
            .store
            .rows(resource)
            .map(|row| row.id.as_str())
            .collect();
        value = json!({"ids": ids});
    }
    request.body = match &media.encoding {
        Encoding::Json => value.to_string().into_bytes(),
        Encoding::Form(_) => {
            let fields = value.as_object().cloned().unwrap_or_else(Map::new);
            let one = |(name, value): (&String, &Value)| {
                let text = if value.is_object() {
                    value.to_string()
                } else {
                    plain_text(value)
                };
                format!("{}={}", encoded(name), encoded(&text))
            };
            let text = fields.iter().map(one).collect::<Vec<_>>().join("&");
            if text.is_empty() {
                Vec::new()
            } else {
                text.into_bytes()
            }
        }
        Encoding::Multipart(_) => {
            let content_type = format!("{}; boundary=XX", media.media_type);
            request.headers.retain(|(name, _)| name != "content-type");
            let content_type = ("content-type".to_owned(), content_type);
            request.headers.push(content_type);
            multipart(&value).into_bytes()
        }
        _ => plain_text(&value).into_bytes(),
    };
}

/// The parts of an object, of a list one for each item.
fn multipart(value: &Value) -> String {
    let fields = value.as_object().cloned().unwrap_or_default();
    let mut text = String::new();
    for (name, value) in &fields {
        let items = value.as_array().cloned();
        for item in items.unwrap_or_else(|| vec![value.clone()]) {
            let item = plain_text(&item);
            text += &format!(
                "--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{item}\r\n"
            );
        }
    }
    text + "--XX--\r\n"
}

/// Whether the document has this status for this action, and what is wrong with the body.
fn faults(api: &Api, action: &Action, status: u16, body: &[u8]) -> Option<Vec<String>> {
    let range = u8::try_from(status / 100).unwrap();
    let mut responses = action.outcome.responses.iter();
    let response = responses
        .find(|it| it.status == Status::Code(status))
        .or_else(|| {
            action
                .outcome
                .responses
                .iter()
                .find(|it| it.status == Status::Range(range))
        })
        .or_else(|| {
            action
                .outcome
                .responses
                .iter()
                .find(|it| it.status == Status::Default)
        });
    let Some(response) = response else {
        return (action.outcome.success.is_none() && status == 200).then(Vec::new);
    };
    let media = response
        .media
        .iter()
        .find(|it| it.encoding == Encoding::Json);
    let Some(media) = media.filter(|_| response.media.len() == 1) else {
        return Some(Vec::new());
    };
    let value: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let faults = Checker::new(api, Direction::Response, &["answer"]).faults(&media.schema, &value);
    Some(faults.iter().map(ToString::to_string).collect())
}

/// Calls every operation of a document on a stand-in that has records, each on a fresh one. What is
/// wrong with each.
fn wrongs(api: &Api, profile: &StandInProfile, every: usize) -> Vec<String> {
    let options = Options {
        records: 2,
        ..Options::default()
    };
    let mut wrongs = Vec::new();
    for action in api.actions.iter().step_by(every) {
        let mut server = Server::new(api, profile, &options);
        let request = request(&server, api, action);
        let response = server.send(&request);
        let name = format!("{} {}", action.method.as_str(), action.path);
        let shown = String::from_utf8_lossy(&response.body)
            .chars()
            .take(400)
            .collect::<String>();
        match faults(api, action, response.status, &response.body) {
            None => wrongs.push(format!(
                "{name}: {} is not declared: {shown}",
                response.status
            )),
            Some(_) if response.status >= 400 => {
                wrongs.push(format!("{name}: {}: {shown}", response.status));
            }
            Some(faults) if !faults.is_empty() => wrongs.push(format!("{name}: {faults:?}")),
            Some(_) => {}
        }
    }
    wrongs
}

#[test]
fn every_operation_of_our_apis_answers_what_is_declared() {
    let mut counts = Vec::new();
    for (api, profile) in configured() {
        let wrongs = wrongs(&api, &profile, 1);
        let (name, count) = (&api.name, api.actions.len());
        let all = wrongs.join("\n");
        assert!(
            wrongs.is_empty(),
            "{name}: {} of {count}:\n{all}",
            wrongs.len()
        );
        counts.push((api.name, count));
    }
    let expected = [("twenty", 253), ("savvycal", 58)];
    assert_eq!(
        counts,
        expected.map(|(name, count)| (name.to_owned(), count))
    );
}

#[test]
fn every_operation_of_the_fixtures_answers_what_is_declared() {
    for name in ["pets", "corners", "obstacles", "parameters"] {
        let text = std::fs::read_to_string(path(&format!("generator/tests/fixtures/{name}.yaml")));
        let api = api(&text.unwrap());
        let wrongs = wrongs(&api, &StandInProfile::default(), 1);
        assert!(wrongs.is_empty(), "{name}: {}", wrongs.join("\n"));
    }
}

#[test]
fn real_documents_are_stood_in_for() {
    for (name, every) in [
        ("savvycal.json", 1),
        ("open/n8n-public.yaml", 1),
        ("open/asana.yaml", 4),
        ("open/waha.json", 3),
        ("open/ory-kratos.json", 2),
        ("open/oxide-nexus.json", 8),
        ("open/hcloud.json", 1),
        ("open/qdrant.json", 1),
        ("open/cohere.yaml", 1),
        ("open/scalar-galaxy.yaml", 1),
    ] {
        let Ok(text) = std::fs::read_to_string(path(&format!("../shared/specs/{name}"))) else {
            println!("skipped: ../shared/specs/{name} is not here");
            continue;
        };
        let api = api(&text);
        let wrongs = wrongs(&api, &StandInProfile::default(), every);
        let count = api.actions.len().div_ceil(every);
        assert!(
            wrongs.is_empty(),
            "{name}: {} of {count}:\n{}",
            wrongs.len(),
            wrongs.join("\n")
        );
    }
}
