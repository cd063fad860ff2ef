//! The calls of the scenarios, made by the generated clients.

use super::arguments::{Given, Site, given, text_from};
use super::compare::{difference, short};
use super::documents::{Document, in_version};
use super::project::Project;
use super::scenarios::{Content, Expected, OperationRef, Scenario};
use crate::workspace::Failure;
use serde_json::{Map, Value, json};
use specwright::ir::{Action, Payload};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the suite's own texts say that the server is.
const ORIGIN: &str = "http://localhost:3000";

/// A call of a scenario, and what is known of it before it is made.
pub(super) struct Call<'d> {
    pub(super) expected: &'d Expected,
    /// The API and the line for the program; or why it cannot be made.
    job: Result<(&'d str, Value), String>,
}

/// What the calls of a version are made with.
pub(super) struct Caller<'d> {
    pub(super) documents: &'d BTreeMap<String, Document>,
    pub(super) project: &'d Project,
    pub(super) version: &'static str,
    pub(super) origin: String,
    /// What the suite does not say of a scenario: the arguments of its calls.
    pub(super) more: &'d Map<String, Value>,
}

impl<'d> Caller<'d> {
    /// The calls of a scenario.
    pub(super) fn calls(&self, scenario: &'d Scenario) -> Vec<Call<'d>> {
        let more = self.more.get(&scenario.scenario);
        let calls = scenario.apis.iter().enumerate();
        let calls = calls.map(|(index, expected)| Call {
            expected,
            job: self.job(expected, more.and_then(|it| it.get(index))),
        });
        calls.collect()
    }

    fn job(
        &self,
        expected: &'d Expected,
        more: Option<&Value>,
    ) -> Result<(&'d str, Value), String> {
        let (document, operation) = self
            .operation(expected)
            .ok_or("no document of the suite has the operation")?;
        if let Some(why) = self.project.failed.get(&document.api) {
            return Err(format!("the document is not generated: {why}"));
        }
        let site = Site {
            document: &document.value,
            path: &operation.path,
            method: &expected.method,
        };
        let Given {
            mut arguments,
            credentials,
            server_path,
        } = given(site, expected);
        let said = more.and_then(Value::as_object);
        arguments.extend(
            said.into_iter()
                .flatten()
                .map(|(k, v)| (k.clone(), v.clone())),
        );
        let route = format!("{} {}", expected.method.to_uppercase(), operation.path);
        let job = json!({
            "api": document.api,
            "baseUrl": format!("{}{server_path}", self.origin),
            "credentials": credentials,
            "operation": route,
            "arguments": arguments,
        });
        Ok((&document.api, job))
    }

    /// The operation that a call is of: where a document has several versions, that of the version that the
    /// request names.
    fn operation(&self, expected: &'d Expected) -> Option<(&'d Document, &'d OperationRef)> {
        let query = expected.request.query.values().filter_map(Value::as_str);
        let said = [expected.uri.as_str()].into_iter().chain(query);
        let said = said.collect::<Vec<_>>().join(" ");
        let all = expected.operations.iter().filter_map(|operation| {
            let file = in_version(&operation.file, self.version);
            Some((self.documents.get(&file)?, operation))
        });
        let named = |(document, _): &(&'d Document, _)| {
            let version = document
                .value
                .pointer("/info/version")
                .and_then(Value::as_str);
            version.filter(|it| said.contains(it)).map_or(0, str::len)
        };
        all.max_by_key(named)
    }

    /// Makes the calls; why each was not what it should have been.
    pub(super) fn make(
        &self,
        program: &Path,
        calls: &[Call<'d>],
    ) -> Result<Vec<Option<String>>, Failure> {
        let jobs = calls.iter().filter_map(|call| call.job.as_ref().ok());
        let lines: Vec<String> = jobs.map(|(_, job)| job.to_string()).collect();
        let answers = answers(program, &lines)?;
        let mut answers = answers.iter();
        let outcomes = calls.iter().map(|call| match &call.job {
            Err(why) => Some(why.clone()),
            Ok((api, job)) => match answers.next() {
                Some(answer) => self.fault(call.expected, api, job, answer),
                None => Some("the program gave no answer".to_owned()),
            },
        });
        Ok(outcomes
            .map(|it| it.map(|it| self.without_origin(&it)))
            .collect())
    }

    fn without_origin(&self, text: &str) -> String {
        text.replace(&self.origin, "http://localhost")
    }

    /// Why an answer is not what the server sent.
    fn fault(&self, expected: &Expected, api: &str, job: &Value, answer: &Value) -> Option<String> {
        let wanted = expected.response.status;
        if let Some(error) = answer.get("error").and_then(Value::as_str) {
            let status = answer.get("status").and_then(Value::as_u64);
            let is_wanted = wanted >= 400 && status == Some(u64::from(wanted));
            return (!is_wanted).then(|| error.to_owned());
        }
        if wanted >= 400 {
            return Some(format!("{wanted} was read as a success"));
        }
        let content = expected.response.body.as_ref()?;
        let action = self
            .project
            .apis
            .get(api)?
            .api
            .actions
            .iter()
            .find(|action| {
                let route = format!("{} {}", action.method.as_str(), action.path);
                job.get("operation").and_then(Value::as_str) == Some(route.as_str())
            })?;
        let read = answer.get("value").unwrap_or(&Value::Null);
        has_body(action).then(|| self.unread(action, content, read))?
    }

    fn unread(&self, action: &Action, content: &Content, read: &Value) -> Option<String> {
        let text = content.text.clone().unwrap_or_default();
        let text = text.replace(ORIGIN, &self.origin);
        let parsed = || serde_json::from_str::<Value>(&text).ok();
        let texts = [
            Some(text.clone()),
            content.base64.clone(),
            content.base64.as_deref().and_then(text_from),
        ];
        let is_text = |it: &str| texts.iter().flatten().any(|text| text == it);
        if read.as_str().is_some_and(is_text) {
            return None;
        }
        let Some(whole) = parsed().filter(|_| content.is_json()) else {
            return Some(format!("the body was read as {}", short(read)));
        };
        let mut sent = &whole;
        if let Some(Payload::Opened(envelope)) =
            action.outcome.success.as_ref().map(|it| &it.payload)
        {
            for key in &envelope.path {
                sent = sent.get(key).unwrap_or(&Value::Null);
            }
        }
        let items = read.get("items").filter(|_| sent.is_array());
        difference(sent, items.unwrap_or(read)).map(|it| format!("read otherwise: {it}"))
    }
}

/// Whether an action gives what comes back at all.
fn has_body(action: &Action) -> bool {
    let success = action.outcome.success.as_ref();
    success.is_some_and(|it| it.payload != Payload::Empty)
}

/// Runs the program with a line for each call, and reads a line for each answer.
fn answers(program: &Path, lines: &[String]) -> Result<Vec<Value>, Failure> {
    let failed = |message: String| Failure::Run {
        program: program.display().to_string(),
        message,
    };
    let mut process = Command::new(program)
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
