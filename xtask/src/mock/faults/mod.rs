//! Requests with one fault each, which a closed mock must refuse, and for that fault.
//!
//! Were it not to refuse them, that it accepts what a client sends would say little.

mod connection;
mod spoil;
mod types;

use super::reference::resolve;
use connection::{Connection, Failure};
use serde_json::Value;
use specwright::cases::{Case, Table};
use spoil::{Fault, Kind, faults};
use std::fmt;

/// How many faults there were, and how many of them were refused.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    objects: Count,
    fields: Count,
    /// Objects that the document leaves open.
    open: usize,
    /// Fields that take any type.
    any: usize,
    /// What was not refused, or not for its fault.
    pub(super) failures: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    refused: usize,
    sent: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            objects,
            fields,
            open,
            any,
            ..
        } = self;
        write!(
            out,
            "{objects} objects with an unknown property refused ({open} take any), {fields} fields of a \
             wrong type ({any} take any)"
        )
    }
}

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of {}", self.refused, self.sent)
    }
}

/// Sends the body of each case that has one in JSON once for each fault that it can have.
///
/// # Errors
/// The mock does not answer.
pub(super) fn refused(base_url: &str, document: &Value, table: &Table) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let mut connection = Connection::open(base_url)?;
    for case in &table.cases {
        let (Some(schema), Some(body)) = (schema(document, case), &case.body) else {
            continue;
        };
        let found = faults(document, schema, body);
        tally.open += found.open;
        tally.any += found.any;
        for fault in found.faults {
            let (status, answer) = connection.send(&case.request, fault.body.to_string())?;
            let count = match fault.kind {
                Kind::Unknown => &mut tally.objects,
                Kind::Type => &mut tally.fields,
            };
            count.sent += 1;
            if status == 422 && names(&answer, &fault) {
                count.refused += 1;
            } else {
                tally
                    .failures
                    .push(complaint(case, &fault, status, &answer));
            }
        }
    }
    Ok(tally)
}

/// The schema of a case's body; `None` where it has none or is not JSON.
fn schema<'d>(document: &'d Value, case: &Case) -> Option<&'d Value> {
    let mut headers = case.request.headers.iter();
    let (_, sent) = headers.find(|(name, _)| name == "content-type")?;
    let (method, template) = case.action.split_once(' ')?;
    let item = resolve(document, document.get("paths")?.get(template)?)?;
    let operation = resolve(document, item.get(&method.to_ascii_lowercase())?)?;
    let body = resolve(document, operation.get("requestBody")?)?;
    let mut content = body.get("content")?.as_object()?.iter();
    let is_sent = |name: &str| essence(name) == essence(sent);
    let (name, media_type) = content.find(|(name, _)| is_sent(name))?;
    let essence = essence(name);
    let is_json = essence == "application/json" || essence.ends_with("+json");
    media_type.get("schema").filter(|_| is_json)
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a refusal is for a fault: it has a violation in its place.
fn names(answer: &[u8], fault: &Fault) -> bool {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let violations = answer.get("validation").and_then(Value::as_array);
    let steps = fault.pointer.split('/').filter(|step| !step.is_empty());
    let place: Vec<&str> = std::iter::once("body").chain(steps).collect();
    violations.into_iter().flatten().any(|violation| {
        let location = violation.get("location").and_then(Value::as_array);
        let location: Vec<&str> = location
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let code = violation.get("code").and_then(Value::as_str);
        match fault.kind {
            Kind::Type => location.starts_with(&place),
            Kind::Unknown => {
                let codes = ["additionalProperties", "unevaluatedProperties"];
                location == place && code.is_some_and(|code| codes.contains(&code))
            }
        }
    })
}

fn complaint(case: &Case, fault: &Fault, status: u16, answer: &[u8]) -> String {
    let what = match fault.kind {
        Kind::Unknown => "an unknown property in",
        Kind::Type => "a wrong type at",
    };
    let (action, inputs) = (&case.action, case.inputs.as_str());
    let place = format!("{action} ({inputs}): {what} `{}`", fault.pointer);
    if status < 400 {
        return format!("{place} was taken with {status}");
    }
    let answer = String::from_utf8_lossy(answer);
    format!("{place} was refused for something else, with {status}: {answer}")
}

#[cfg(test)]
mod tests;
