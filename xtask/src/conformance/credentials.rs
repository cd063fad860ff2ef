//! The credentials of a call, from the request that the suite expects.

use serde_json::{Map, Value};

/// What an expected request has of credentials.
pub(super) fn given(
    document: &Value,
    headers: &Map<String, Value>,
    query: &Map<String, Value>,
) -> Map<String, Value> {
    let schemes = document.pointer("/components/securitySchemes");
    let schemes = schemes.and_then(Value::as_object);
    let mut found = Map::new();
    let header = |name: &str| {
        let mut headers = headers.iter();
        let found = headers.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| value.as_str())
    };
    for (key, scheme) in schemes.into_iter().flatten() {
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        let value = match (text("type"), text("in")) {
            ("apiKey", "header") => header(text("name")),
            ("apiKey", "query") => query.get(text("name")).and_then(Value::as_str),
            ("http", _) => header("authorization").and_then(|it| {
                let (scheme, credential) = it.split_once(' ')?;
                scheme
                    .eq_ignore_ascii_case(text("scheme"))
                    .then_some(credential)
            }),
            ("oauth2" | "openIdConnect", _) => {
                header("authorization").and_then(|it| it.strip_prefix("Bearer "))
            }
            _ => None,
        };
        if let Some(value) = value {
            found.insert(key.clone(), Value::from(value));
        }
    }
    found
}
