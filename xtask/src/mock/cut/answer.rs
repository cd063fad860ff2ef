//! What the mock answers with: the response of an operation's case.

use serde_json::{Value, json};
use specwright::cases::{Response, Table};
use std::collections::BTreeMap;

/// Statuses without a body (RFC 9110, section 15). A document that declares one all the same makes
/// Prism refuse its own answer.
const BODILESS: [u16; 3] = [204, 205, 304];

/// The responses of a table.
#[derive(Debug)]
pub(super) struct Answers<'t>(BTreeMap<&'t str, &'t Response>);

impl<'t> Answers<'t> {
    /// Of an operation's two cases the one with everything counts, which the table has last.
    pub(super) fn new(table: &'t Table) -> Self {
        let cases = table.cases.iter();
        Self(
            cases
                .map(|case| (case.action.as_str(), &case.response))
                .collect(),
        )
    }

    /// The `responses` of an operation: that of its case. An operation without one is called by nobody
    /// here; it answers 204, which is a success without a body.
    pub(super) fn of(&self, method: &str, template: &str) -> Value {
        let action = format!("{} {template}", method.to_ascii_uppercase());
        let response = self.0.get(action.as_str());
        let status = response.map_or(204, |response| response.status);
        let answer = match response.and_then(|response| content(response)) {
            Some((media_type, body)) if !BODILESS.contains(&status) => {
                json!({"description": "", "content": {media_type: {"example": body}}})
            }
            _ => json!({"description": ""}),
        };
        json!({status.to_string(): answer})
    }
}

/// The media type of a response, and its body: a JSON value, or a text for what is not JSON.
fn content(response: &Response) -> Option<(&str, &Value)> {
    let body = response.body.as_ref()?;
    let mut headers = response.headers.iter();
    let (_, media_type) = headers.find(|(name, _)| name == "content-type")?;
    Some((media_type, body))
}
