//! The table of cases, and how it is written.

use super::operations::{Operation, operations};
use super::sample::Sampler;
use super::{request, response};
use crate::load::Document;
use serde_json::{Map, Value, json};

/// The version of the file's shape.
const SCHEMA_VERSION: u32 = 1;

/// All cases of a document; see [the module](super) for what they are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Two for each operation, ordered by path, method and inputs.
    pub cases: Vec<Case>,
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
}

impl Inputs {
    /// As it is written: `required` or `all`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::All => "all",
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
    /// The exact text; empty where there is no body.
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
    let mut sampler = Sampler::new(document);
    let mut table = Table::default();
    for operation in operations(document) {
        for inputs in [Inputs::Required, Inputs::All] {
            match case(document, &mut sampler, &operation, inputs) {
                Ok((case, without)) => {
                    table.cases.push(case);
                    table.left_out.extend(without);
                }
                Err(left_out) => {
                    if !table.left_out.contains(&left_out) {
                        table.left_out.push(left_out);
                    }
                }
            }
        }
    }
    table
}

fn case<'d>(
    document: &'d Document,
    sampler: &mut Sampler<'d>,
    operation: &Operation<'d>,
    inputs: Inputs,
) -> Result<(Case, Vec<LeftOut>), LeftOut> {
    let (answer, accept) = response::response(document, sampler, operation, inputs);
    let sent = request::request(document, sampler, operation, inputs, &accept)?;
    let case = Case {
        action: operation.action(),
        operation_id: operation.id().map(str::to_owned),
        inputs,
        parameters: sent.parameters,
        body: sent.body,
        request: sent.request,
        response: answer,
    };
    Ok((case, sent.left_out))
}

impl Table {
    /// The file's text.
    #[must_use]
    pub fn to_text(&self, api: &str) -> String {
        let lines = |values: Vec<Value>| {
            let lines: Vec<String> = values.iter().map(Value::to_string).collect();
            lines.join(",\n")
        };
        let cases = lines(self.cases.iter().map(Case::to_json).collect());
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
        members.insert("request".to_owned(), self.request.to_json());
        members.insert("response".to_owned(), self.response.to_json());
        case
    }
}

impl Request {
    fn to_json(&self) -> Value {
        let headers = headers(&self.headers);
        json!({"method": self.method, "target": self.target, "headers": headers, "body": self.body})
    }
}

impl Response {
    fn to_json(&self) -> Value {
        let headers = headers(&self.headers);
        let mut response = json!({"status": self.status, "headers": headers});
        if let (Some(members), Some(body)) = (response.as_object_mut(), &self.body) {
            members.insert("body".to_owned(), body.clone());
        }
        response
    }
}

fn headers(headers: &[(String, String)]) -> Map<String, Value> {
    let value = |(name, value): &(String, String)| (name.clone(), value.as_str().into());
    headers.iter().map(value).collect()
}
