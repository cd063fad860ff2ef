//! What the document promises of an answer; the compiled API is not asked.

use super::arguments::Site;
use super::schema::Schemas;
use serde_json::{Map, Value};

impl<'d> Site<'d> {
    /// The media types of an answer with this status.
    fn promised(self, status: u16) -> Option<&'d Map<String, Value>> {
        let responses = self.operation()?.get("responses")?;
        let range = format!("{}XX", status / 100);
        let keys = [status.to_string(), range, "default".to_owned()];
        let response = keys.iter().find_map(|key| responses.get(key))?;
        let response = Schemas(self.document).resolve(response);
        response.get("content")?.as_object()
    }

    /// Whether an answer with this status has a body.
    pub(super) fn promises_body(self, status: u16) -> bool {
        let content = self.promised(status);
        !self.method.eq_ignore_ascii_case("head") && content.is_some_and(|it| !it.is_empty())
    }

    /// The schema of an answer of XML.
    pub(super) fn xml_response(self, status: u16) -> Option<&'d Value> {
        self.response(status, "xml")
    }

    /// Whether an answer in a media type with this in its name is a text, or bytes as a file has them.
    pub(super) fn promises_text(self, status: u16, kind: &str) -> bool {
        let Some(schema) = self.response(status, kind) else {
            return true;
        };
        let schema = Schemas(self.document).resolve(schema);
        let is_text = |ty: &Value| ty == "string";
        match schema.get("type") {
            Some(Value::Array(types)) => types.iter().any(is_text),
            Some(ty) => is_text(ty),
            None => {
                schema.get("contentMediaType").is_some() || schema == &Value::Object(Map::new())
            }
        }
    }

    fn response(self, status: u16, kind: &str) -> Option<&'d Value> {
        let mut media = self.promised(status)?.iter();
        let (_, media) = media.find(|(media_type, _)| media_type.contains(kind))?;
        media.get("schema")
    }
}
