//! `securityDefinitions`.

use super::Raiser;
use super::at::At;
use crate::diag::{Code, Diagnostic};
use serde_json::{Map, Value, json};

const TOKEN_ALONE: &str = "the scheme takes a token and does not say where it comes from";

impl Raiser<'_> {
    /// The security schemes; `at` has them.
    pub(super) fn security_schemes(&mut self, value: &Value, at: &At) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        let raised = members.iter().map(|(name, scheme)| {
            let raised = match scheme {
                Value::Object(members) => self.scheme(members, &at.child(name)),
                other => other.clone(),
            };
            (name.clone(), raised)
        });
        Value::Object(raised.collect())
    }

    fn scheme(&mut self, members: &Map<String, Value>, at: &At) -> Value {
        let mut raised = members.clone();
        match members.get("type").and_then(Value::as_str) {
            Some("basic") => {
                raised.insert("type".to_owned(), "http".into());
                raised.insert("scheme".to_owned(), "basic".into());
            }
            Some("oauth2") => self.flow(&mut raised, at),
            Some(newer @ ("http" | "openIdConnect")) => self.newer_scheme(newer, at),
            _ => {}
        }
        Value::Object(raised)
    }

    /// The one flow of a scheme becomes one of `flows`, under the name that 3.0 gives it.
    fn flow(&mut self, scheme: &mut Map<String, Value>, at: &At) {
        let mut flow = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            flow.extend(
                scheme
                    .shift_remove(key)
                    .map(|value| (key.to_owned(), value)),
            );
        }
        let said = scheme.shift_remove("flow");
        let name = match said.as_ref().and_then(Value::as_str) {
            Some("implicit") => "implicit",
            Some("password") => "password",
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            _ => {
                let (key, message) = match &said {
                    None => (None, "`flow` is required, and is not there".to_owned()),
                    Some(said) => (Some("flow"), format!("`flow` cannot be {said}")),
                };
                let place = key.map_or_else(|| at.clone(), |key| at.child(key));
                self.diagnostics.push(
                    Diagnostic::warning(Code::BadValue, Self::origin(&place), message)
                        .action(TOKEN_ALONE)
                        .hint("`flow` is one of implicit, password, application and accessCode"),
                );
                scheme.insert("flows".to_owned(), json!({}));
                return;
            }
        };
        let needed: &[&str] = match name {
            "implicit" => &["authorizationUrl"],
            "authorizationCode" => &["authorizationUrl", "tokenUrl"],
            _ => &["tokenUrl"],
        };
        if let Some(missing) = needed.iter().find(|key| !flow.contains_key(**key)) {
            let message = format!("this flow has no `{missing}`");
            self.diagnostics.push(
                Diagnostic::warning(Code::Missing, Self::origin(at), message).action(TOKEN_ALONE),
            );
            scheme.insert("flows".to_owned(), json!({}));
            return;
        }
        if !flow.contains_key("scopes") {
            let message = "`scopes` is required, and is not there";
            self.diagnostics.push(
                Diagnostic::note(Code::Missing, Self::origin(at), message)
                    .action("the scheme has no scopes"),
            );
        }
        flow.entry("scopes").or_insert_with(|| json!({}));
        let raised = at.raised(&["flows", name]);
        self.follows(&at.file, &raised, &at.written(&[]));
        scheme.insert("flows".to_owned(), json!({ name: flow }));
    }
}
