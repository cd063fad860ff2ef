//! The table of cases, and how it is written.

use super::corrections::corrected;
use super::operations::{Operation, operations};
use super::sample::Sampler;
use super::{request, response};
use crate::config::Override;
use crate::load::Document;
use serde_json::{Map, Value, json};

/// The version of the file's shape.
const SCHEMA_VERSION: u32 = 1;

/// All cases of a document; see [the module](super) for what they are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Two for each operation, ordered by path, method and inputs.
    pub cases: Vec<Case>,
    /// One more for each operation whose body can have a null in it, in the same order.
    pub nulls: Vec<Case>,
    /// What has none, and why.
    pub left_out: Vec<LeftOut>,
}

/// An operation, or a parameter of it, that the cases do without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Method and path template.
    pub action: String,
    /// `operation`, or a parameter as `query filter`.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// A call and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Method and path template: `POST /people/{id}`.
    pub action: String,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// How much goes in.
    pub inputs: Inputs,
    /// Parameters in the order in which they are sent.
    pub parameters: Vec<Parameter>,
    /// The body as a JSON value.
    pub body: Option<Value>,
    /// What must be sent.
    pub request: Request,
    /// What comes back.
    pub response: Response,
}

/// How much goes into a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Inputs {
    /// Nothing that may be left out.
    Required,
    /// Everything.
    All,
    /// What is required beside the body, and null for every part of the body that may be null.
    Null,
}

impl Inputs {
    /// As it is written: `required`, `all` or `null`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::All => "all",
            Self::Null => "null",
        }
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl Place {
    /// As `in` says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter that is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it goes.
    pub place: Place,
    /// Its name on the wire.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// What must be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// In capitals.
    pub method: String,
    /// Path and query below the base URL.
    pub target: String,
    /// Name in lower case and value, ordered by name.
    pub headers: Vec<(String, String)>,
    /// The exact text; empty where there is no body, which the file writes as null.
    pub body: String,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Name in lower case and value, ordered by name.
    pub headers: Vec<(String, String)>,
    /// A JSON value, or a text for what is not JSON; `None` for no body.
    pub body: Option<Value>,
    /// The same answer of a server that has nothing but what is required, and null for everything else;
    /// where that is not the same, and with `required` alone.
    pub unset: Option<Value>,
}

/// The cases of a document.
///
/// ```
/// use specwright::cases::table;
/// use specwright::diag::Diagnostics;
/// use specwright::load::{MemorySources, load};
///
/// let text = r#"{"openapi": "3.1.0", "paths": {"/pets/{id}": {"delete": {"parameters": [
///     {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}
/// ]}}}}"#;
/// let sources = MemorySources::new("api.json", text);
/// let document = load("api.json", &sources, &mut Diagnostics::new()).ok_or("not loaded")?;
/// let target = "/pets/id%20%26%20%22a%2Bb%22%2050%25%2F%C3%A9";
/// assert_eq!(table(&document).cases[0].request.target, target);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn table(document: &Document) -> Table {
    table_with(document, &[])
}

/// The cases of a document with what the configuration corrects of its values: `nullable`, `wire_name`
/// and `format`.
#[must_use]
pub fn table_with(document: &Document, overrides: &[Override]) -> Table {
    let corrected = corrected(document, overrides);
    let document = corrected.as_ref().unwrap_or(document);
    let mut sampler = Sampler::new(document);
    let mut table = Table::default();
    for operation in operations(document) {
        for inputs in [Inputs::Required, Inputs::All, Inputs::Null] {
            let made = case(document, &mut sampler, &operation, inputs);
            table.add(made, inputs);
        }
    }
    table
}

/// A case and what it does without; `None` where there is nothing to say.
type Made = Result<Option<(Case, Vec<LeftOut>)>, LeftOut>;

fn case<'d>(
    document: &'d Document,
    sampler: &mut Sampler<'d>,
    operation: &Operation<'d>,
    inputs: Inputs,
) -> Made {
    sampler.misfits.clear();
    let (answer, accept) = response::response(document, sampler, operation, inputs);
    let response_misfits = std::mem::take(&mut sampler.misfits);
    let sent = request::request(document, sampler, operation, inputs, &accept)?;
    if inputs == Inputs::Null && !sent.body.as_ref().is_some_and(has_null) {
        return Ok(None);
    }
    if let Some(misfit) = response_misfits.into_iter().next() {
        return Err(LeftOut {
            action: operation.action(),
            what: "operation".to_owned(),
            reason: format!("its response: {misfit}"),
        });
    }
    let case = Case {
        action: operation.action(),
        operation_id: operation.id().map(str::to_owned),
        inputs,
        parameters: sent.parameters,
        body: sent.body,
        request: sent.request,
        response: answer,
    };
    Ok(Some((case, sent.left_out)))
}

/// Whether null is a part of a value.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|it| it.is_null() || has_null(it)),
        Value::Object(members) => members.values().any(|it| it.is_null() || has_null(it)),
        _ => false,
    }
}

impl Table {
    fn add(&mut self, made: Made, inputs: Inputs) {
        let left_out = match made {
            Ok(None) => return,
            Ok(Some((case, without))) => {
                match inputs {
                    Inputs::Null => self.nulls.push(case),
                    Inputs::Required | Inputs::All => self.cases.push(case),
                }
                without
            }
            Err(left_out) => vec![left_out],
        };
        for left_out in left_out {
            if !self.left_out.contains(&left_out) {
                self.left_out.push(left_out);
            }
        }
    }

    /// All cases, in the order of the file.
    pub fn all(&self) -> Vec<&Case> {
        let mut nulls = self.nulls.iter().peekable();
        let mut all = Vec::new();
        for (index, case) in self.cases.iter().enumerate() {
            all.push(case);
            let next = self.cases.get(index + 1);
            if next.is_none_or(|next| next.action != case.action) {
                all.extend(nulls.next_if(|null| null.action == case.action));
            }
        }
        // An operation may have no case but that with null.
        all.extend(nulls);
        all
    }

    /// The file's text.
    #[must_use]
    pub fn to_text(&self, api: &str) -> String {
        let lines = |values: Vec<Value>| {
            let lines: Vec<String> = values.iter().map(Value::to_string).collect();
            lines.join(",\n")
        };
        let cases = lines(self.all().into_iter().map(Case::to_json).collect());
        let left_out = lines(self.left_out.iter().map(LeftOut::to_json).collect());
        let api = Value::from(api);
        format!(
            "{{\"schemaVersion\":{SCHEMA_VERSION},\"api\":{api},\"cases\":[\n{cases}\n],\"leftOut\":[\n{left_out}\n]}}\n"
        )
    }
}

impl LeftOut {
    fn to_json(&self) -> Value {
        json!({"action": self.action, "what": self.what, "reason": self.reason})
    }
}

impl Case {
    fn to_json(&self) -> Value {
        let mut places = Map::new();
        for Parameter { place, name, value } in &self.parameters {
            let place = places.entry(place.as_str()).or_insert_with(|| json!({}));
            if let Some(place) = place.as_object_mut() {
                place.insert(name.clone(), value.clone());
            }
        }
        let mut case = json!({
            "action": self.action,
            "operationId": self.operation_id,
            "inputs": self.inputs.as_str(),
            "parameters": places,
        });
        let Some(members) = case.as_object_mut() else {
            return case;
        };
        if let Some(body) = &self.body {
            members.insert("body".to_owned(), body.clone());
        }
        let has_body = self.body.is_some();
        members.insert("request".to_owned(), self.request.to_json(has_body));
        members.insert("response".to_owned(), self.response.to_json());
        case
    }
}

impl Request {
    fn to_json(&self, has_body: bool) -> Value {
        let headers = headers(&self.headers);
        let body = has_body.then_some(&self.body);
        json!({"method": self.method, "target": self.target, "headers": headers, "body": body})
    }
}

impl Response {
    fn to_json(&self) -> Value {
        let headers = headers(&self.headers);
        let mut response = json!({"status": self.status, "headers": headers});
        if let (Some(members), Some(body)) = (response.as_object_mut(), &self.body) {
            members.insert("body".to_owned(), body.clone());
        }
        if let (Some(members), Some(unset)) = (response.as_object_mut(), &self.unset) {
            members.insert("unset".to_owned(), unset.clone());
        }
        response
    }
}

fn headers(headers: &[(String, String)]) -> Map<String, Value> {
    let value = |(name, value): &(String, String)| (name.clone(), value.as_str().into());
    headers.iter().map(value).collect()
}
