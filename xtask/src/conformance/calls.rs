//! The calls of the scenarios, made by the generated clients.

use super::arguments::{Site, base64_of, by_place, given, text_from};
use super::compare::{difference, short};
use super::documents::{Document, in_version};
use super::notes::{More, Notes};
use super::scenarios::{Content, Expected, OperationRef, Scenario};
use super::schema::Schemas;
use super::streams::misread;
use super::{Client, items};
use crate::workspace::Failure;
use serde_json::{Map, Value, json};
use specwright::ir::{Action, Api, Payload};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

/// Where the suite's own texts say that the server is.
const ORIGIN: &str = "http://localhost:3000";

/// A call of a scenario, and what is known of it before it is made.
pub(super) struct Call<'d> {
    expected: &'d Expected,
    /// The further pages of a list that it asks for by itself.
    rest: &'d [Expected],
    /// The API and the line for the program; or why it cannot be made.
    job: Result<(&'d str, Value), String>,
}

/// What became of a call.
pub(super) struct Outcome {
    /// What was not as it should have been.
    pub(super) fault: Option<String>,
    /// Whether the client has types for what was sent and read.
    pub(super) is_typed: bool,
}

/// What the calls of a version are made with.
pub(super) struct Caller<'d> {
    pub(super) client: Client,
    pub(super) documents: &'d BTreeMap<String, Document>,
    /// The APIs by their names.
    pub(super) apis: BTreeMap<&'d str, &'d Api>,
    /// Documents of which nothing came, each with why.
    pub(super) failed: &'d BTreeMap<String, String>,
    pub(super) version: &'static str,
    pub(super) origin: String,
    pub(super) notes: &'d Notes,
}

impl<'d> Caller<'d> {
    /// The calls of a scenario. Where a list goes on by itself, its first call stands for all.
    pub(super) fn calls(&self, scenario: &'d Scenario) -> Vec<Call<'d>> {
        let calls = scenario.apis.iter().enumerate();
        let call = |(index, expected): (usize, &'d Expected)| Call {
            expected,
            rest: &[],
            job: self.job(expected, self.notes.more(&scenario.scenario, index), false),
        };
        let (Some(first), [_, rest @ ..]) = (scenario.apis.first(), scenario.apis.as_slice())
        else {
            return Vec::new();
        };
        let goes_on = |it: &Expected| it.operations.is_empty() || it.uri == first.uri;
        if !rest.is_empty() && rest.iter().all(goes_on) && self.pages(first) {
            return vec![Call {
                expected: first,
                rest,
                job: self.job(first, self.notes.more(&scenario.scenario, 0), true),
            }];
        }
        calls.map(call).collect()
    }

    /// Whether a call is of a list that goes on.
    fn pages(&self, expected: &'d Expected) -> bool {
        let action = self.operation(expected).and_then(|(document, operation)| {
            let api = self.apis.get(document.api.as_str())?;
            action_of(api, &route(expected, operation))
        });
        action.is_some_and(|action| action.pagination.is_some())
    }

    fn job(
        &self,
        expected: &'d Expected,
        more: Option<&'d More>,
        all: bool,
    ) -> Result<(&'d str, Value), String> {
        let said = more.and_then(|it| self.named(it.operation.as_ref()?));
        let (document, operation) = said
            .or_else(|| self.operation(expected))
            .ok_or("the client does not make this call by itself")?;
        if let Some(why) = self.failed.get(&document.api) {
            return Err(format!("the document is not generated: {why}"));
        }
        let site = Site {
            document: &document.value,
            path: &operation.path,
            method: &expected.method,
        };
        let mut given = given(site, expected);
        let mut server_path = given.server_path;
        if let Some(more) = more {
            let pairs = |map: &Map<String, Value>| map.clone().into_iter().collect::<Vec<_>>();
            given.arguments.extend(pairs(&more.arguments));
            given.credentials.extend(pairs(&more.credentials));
        }
        if operation.path == "/" {
            server_path = server_path.trim_end_matches('/').to_owned();
        }
        let body = expected.request.body.as_ref();
        let job = json!({
            "api": document.api,
            "baseUrl": format!("{}{server_path}", self.origin),
            "credentials": given.credentials,
            "operation": route(expected, operation),
            "all": all,
            "arguments": given.arguments,
            // For clients that are no functions with arguments.
            "parameters": by_place(site, &given.arguments),
            "text": body.and_then(Content::whole),
            "mediaType": body.map(|it| &it.content_type),
            "headers": expected.request.headers,
            "query": expected.request.query,
        });
        Ok((&document.api, job))
    }

    fn named(&self, operation: &'d OperationRef) -> Option<(&'d Document, &'d OperationRef)> {
        let file = in_version(&operation.file, self.version);
        Some((self.documents.get(&file)?, operation))
    }

    /// The operation that a call is of: where a document has several versions, that of the version that the
    /// request names.
    fn operation(&self, expected: &'d Expected) -> Option<(&'d Document, &'d OperationRef)> {
        let query = expected.request.query.values().filter_map(Value::as_str);
        let said = [expected.uri.as_str()].into_iter().chain(query);
        let said = said.collect::<Vec<_>>().join(" ");
        let all = expected.operations.iter().filter_map(|it| self.named(it));
        let fit = |(document, operation): &(&'d Document, &'d OperationRef)| {
            let version = document
                .value
                .pointer("/info/version")
                .and_then(Value::as_str);
            let version = version.filter(|it| said.contains(it)).map_or(0, str::len);
            let site = Site {
                document: &document.value,
                path: &operation.path,
                method: &expected.method,
            };
            (version, site.literal(&expected.uri))
        };
        all.max_by_key(fit)
    }

    /// Makes the calls.
    pub(super) fn make(
        &self,
        program: &mut Command,
        calls: &[Call<'d>],
    ) -> Result<Vec<Outcome>, Failure> {
        let jobs = calls.iter().filter_map(|call| call.job.as_ref().ok());
        let lines: Vec<String> = jobs.map(|(_, job)| job.to_string()).collect();
        let answers = answers(program, &lines)?;
        let mut answers = answers.iter();
        let outcomes = calls.iter().map(|call| {
            let fault = match &call.job {
                Err(why) => Some(why.clone()),
                Ok((_, job)) => match answers.next() {
                    Some(answer) => self.fault(call, job, answer),
                    None => Some("the program gave no answer".to_owned()),
                },
            };
            Outcome {
                fault: fault.map(|it| self.without_origin(&it)),
                is_typed: call.is_typed(self.client),
            }
        });
        Ok(outcomes.collect())
    }

    fn without_origin(&self, text: &str) -> String {
        text.replace(&self.origin, "http://localhost")
    }

    /// Why an answer is not what the server sent.
    fn fault(&self, call: &Call<'_>, job: &Value, answer: &Value) -> Option<String> {
        let wanted = call.expected.response.status;
        if let Some(error) = answer.get("error").and_then(Value::as_str) {
            let status = answer.get("status").and_then(Value::as_u64);
            let is_wanted = wanted >= 400 && status == Some(u64::from(wanted));
            return (!is_wanted).then(|| error.to_owned());
        }
        if wanted >= 400 {
            return Some(format!("{wanted} was read as a success"));
        }
        let content = call.expected.response.body.as_ref()?;
        let text = |key: &str| job.get(key).and_then(Value::as_str).unwrap_or_default();
        let api = self.apis.get(text("api"));
        let Some(action) = api.and_then(|api| action_of(api, text("operation"))) else {
            return Some("the client has no such operation".to_owned());
        };
        let promised = self.site(call.expected);
        if promised.is_some_and(|it| !it.promises_body(wanted)) {
            return None;
        }
        if !has_body(action) {
            return Some("the client reads nothing of the body that is promised".to_owned());
        }
        if self.client == Client::N8n {
            return self.misread_items(call, action, content, answer);
        }
        let read = answer.get("value").unwrap_or(&Value::Null);
        let first = content.first(job, read);
        let read = first.as_ref().unwrap_or(read);
        match call.rest {
            [] => self.misread(call.expected, action, content, read),
            _ => {
                let items = self.all_sent(call, action, content);
                let read = read.get("items").unwrap_or(&Value::Null);
                difference(&Value::Array(items), read).map(|it| format!("read otherwise: {it}"))
            }
        }
    }

    /// The items of all pages of a list that goes on.
    fn all_sent(&self, call: &Call<'_>, action: &Action, content: &Content) -> Vec<Value> {
        let rest = call.rest.iter();
        let bodies = rest.filter_map(|it| it.response.body.as_ref());
        let bodies = [content].into_iter().chain(bodies);
        let sent = bodies.filter_map(|it| self.sent(call.expected, action, it));
        let items = sent.flat_map(|it| match it {
            Value::Array(items) => items,
            other => vec![other],
        });
        items.collect()
    }

    /// Why the items of a node's output are not what the server sent.
    fn misread_items(
        &self,
        call: &Call<'_>,
        action: &Action,
        content: &Content,
        answer: &Value,
    ) -> Option<String> {
        let none = Vec::new();
        let read = answer.get("items").and_then(Value::as_array);
        let read = read.unwrap_or(&none);
        if !call.rest.is_empty() {
            return items::difference(&self.all_sent(call, action, content), read);
        }
        // What has no type comes as it is.
        let texts = self.texts(content);
        if let [item] = read.as_slice()
            && let Some(text) = items::text(item)
            && texts.iter().any(|it| it == text)
        {
            return None;
        }
        let sent = (!content.is_xml()).then(|| self.sent(call.expected, action, content));
        match sent.flatten() {
            Some(Value::Array(sent)) => items::difference(&sent, read),
            Some(sent) => items::difference(&[sent], read),
            None => Some(format!("the body was read as {}", short(answer))),
        }
    }

    /// What is in the body that was sent, inside its envelope.
    fn sent(&self, expected: &Expected, action: &Action, content: &Content) -> Option<Value> {
        let text = content.text.as_deref()?.replace(ORIGIN, &self.origin);
        let mut sent: Value = if content.is_xml() {
            self.xml_value(expected, &text)?
        } else {
            serde_json::from_str(&text)
                .ok()
                .filter(|_| content.is_json())?
        };
        let success = action.outcome.success.as_ref();
        if let Some(Payload::Opened(envelope)) = success.map(|it| &it.payload) {
            for key in &envelope.path {
                sent = sent.get_mut(key).map(Value::take).unwrap_or_default();
            }
        }
        Some(sent)
    }

    /// A body of XML as JSON.
    fn xml_value(&self, expected: &Expected, text: &str) -> Option<Value> {
        let site = self.site(expected)?;
        let schema = site.xml_response(expected.response.status)?;
        super::xml::value(Schemas(site.document), schema, text)
    }

    /// Whether the document says that the answer is a text, or says nothing of it.
    fn promises_text(&self, expected: &'d Expected, kind: &str) -> bool {
        let status = expected.response.status;
        self.site(expected)
            .is_none_or(|it| it.promises_text(status, kind))
    }

    /// The operation of the document that a call is of.
    fn site(&self, expected: &'d Expected) -> Option<Site<'d>> {
        let (document, operation) = self.operation(expected)?;
        Some(Site {
            document: &document.value,
            path: &operation.path,
            method: &expected.method,
        })
    }

    /// What a body is where it is read as it is: as text or in base64.
    fn texts(&self, content: &Content) -> Vec<String> {
        let texts = [
            content
                .text
                .clone()
                .map(|it| it.replace(ORIGIN, &self.origin)),
            content.base64.clone(),
            content.text.as_deref().map(base64_of),
            content.base64.as_deref().and_then(text_from),
            content.chunks(),
        ];
        texts.into_iter().flatten().collect()
    }

    fn misread(
        &self,
        expected: &Expected,
        action: &Action,
        content: &Content,
        read: &Value,
    ) -> Option<String> {
        let texts = self.texts(content);
        let is_text = |it: &str| texts.iter().any(|text| text == it);
        let of_texts = self.promises_text(expected, "event-stream");
        if let Some(fault) = misread(content, read, of_texts) {
            return fault.map(|it| format!("read otherwise: {it}"));
        }
        let may_be_text = !content.is_json() || self.promises_text(expected, "json");
        if !content.is_xml() && may_be_text && read.as_str().is_some_and(is_text) {
            return None;
        }
        let Some(sent) = self.sent(expected, action, content) else {
            return Some(format!("the body was read as {}", short(read)));
        };
        let items = read.get("items").filter(|_| sent.is_array());
        difference(&sent, items.unwrap_or(read)).map(|it| format!("read otherwise: {it}"))
    }
}

impl Call<'_> {
    /// Whether what is sent and read has types; what is no text or bytes by its nature.
    fn is_typed(&self, client: Client) -> bool {
        let sent = self.expected.request.body.as_ref();
        let received = self.expected.response.body.as_ref();
        let is_text = |content: &Content| content.is_xml() || content.is_untyped();
        if client == Client::N8n {
            return !sent.into_iter().chain(received).any(is_text);
        }
        let is_whole = |content: &&Content| !content.is_stream();
        // What is sent as it is: the suite compares lines letter by letter.
        let bodies = sent.into_iter().chain(received.filter(is_whole));
        !bodies.into_iter().any(Content::is_untyped)
    }
}

fn route(expected: &Expected, operation: &OperationRef) -> String {
    format!("{} {}", expected.method.to_uppercase(), operation.path)
}

fn action_of<'a>(api: &'a Api, route: &str) -> Option<&'a Action> {
    let mut actions = api.actions.iter();
    actions.find(|action| format!("{} {}", action.method.as_str(), action.path) == route)
}

/// Whether an action gives what comes back at all.
fn has_body(action: &Action) -> bool {
    let success = action.outcome.success.as_ref();
    success.is_some_and(|it| it.payload != Payload::Empty)
}

/// Runs the program with a line for each call, and reads a line for each answer.
pub(super) fn answers(program: &mut Command, lines: &[String]) -> Result<Vec<Value>, Failure> {
    let name = program.get_program().to_string_lossy().into_owned();
    let failed = |message: String| Failure::Run {
        program: name.clone(),
        message,
    };
    let mut process = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let mut input = process.stdin.take();
    let text = lines.join("\n");
    // Both ways at once: a pipe holds only so much.
    let writer =
        std::thread::spawn(move || input.as_mut().map(|input| input.write_all(text.as_bytes())));
    let output = process.wait_with_output();
    let output = output.map_err(|error| failed(error.to_string()))?;
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output.stdout);
    let values = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Value>, _>>();
    let values = values.map_err(|error| failed(error.to_string()))?;
    if values.len() < lines.len() {
        return Err(failed(format!("it ended after {} calls", values.len())));
    }
    Ok(values)
}
