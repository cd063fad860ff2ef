//! Credentials, as the document asks for them.

use super::operations::Operation;
use super::wire::Encoding;
use crate::load::{Document, Node};

/// What each token and each key is.
const SECRET: &str = "secret";

/// `user:password` in base64 (RFC 7617, section 2).
const BASIC: &str = "dXNlcjpwYXNzd29yZA==";

/// Where the credentials of a call go.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    pub(super) headers: Vec<(String, String)>,
    pub(super) query: Vec<String>,
    pub(super) cookies: Vec<String>,
}

/// The credentials of the first alternative that names any; there may be none.
pub(super) fn credentials(document: &Document, operation: &Operation<'_>) -> Credentials {
    let root = document.root();
    let security = operation.node.get("security");
    let security = security.or_else(|| root.get("security"));
    let mut alternatives = security.iter().flat_map(Node::items);
    let mut credentials = Credentials::default();
    let named = alternatives.find(|schemes| schemes.entries().next().is_some());
    for (key, _) in named.iter().flat_map(Node::entries) {
        let schemes = root
            .get("components")
            .and_then(|it| it.get("securitySchemes"));
        let scheme = schemes.and_then(|it| document.follow(&it.get(key)?).ok());
        if let Some(scheme) = scheme {
            credentials.add(&scheme);
        }
    }
    credentials
}

impl Credentials {
    fn add(&mut self, scheme: &Node<'_>) {
        let text = |key: &str| scheme.get(key).and_then(|it| it.as_str());
        match text("type") {
            Some("http") => {
                let scheme = text("scheme").unwrap_or_default();
                let value = match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => format!("Bearer {SECRET}"),
                    "basic" => format!("Basic {BASIC}"),
                    _ => format!("{scheme} {SECRET}"),
                };
                self.add_header("authorization", &value);
            }
            Some("oauth2" | "openIdConnect") => {
                let value = format!("Bearer {SECRET}");
                self.add_header("authorization", &value);
            }
            Some("apiKey") => {
                let name = text("name").unwrap_or_default();
                match text("in") {
                    Some("header") => self.add_header(&name.to_ascii_lowercase(), SECRET),
                    Some("query") => {
                        let name = Encoding::Component.encode(name);
                        self.query.push(format!("{name}={SECRET}"));
                    }
                    Some("cookie") => self.cookies.push(format!("{name}={SECRET}")),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Two cannot go into one header: the first one does.
    fn add_header(&mut self, name: &str, value: &str) {
        if self.headers.iter().all(|(known, _)| known != name) {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }
}
