//! `host`, `basePath` and `schemes` as servers.

use super::Raiser;
use super::at::At;
use crate::diag::{Code, Diagnostic};
use crate::load::moves::Written;
use serde_json::{Value, json};

impl Raiser<'_> {
    /// The servers of the document, HTTPS before HTTP. Without `host` there is only a path, without
    /// `basePath` nothing.
    pub(super) fn servers(&mut self, root: &Value, at: &At) -> Option<Value> {
        let schemes = self.schemes(root, at);
        let (urls, said) = self.urls(root, &schemes, at)?;
        for index in 0..urls.len() {
            let raised = at.raised(&["servers", &index.to_string()]);
            self.follows(&at.file, &raised, &said);
        }
        Some(Value::Array(urls))
    }

    /// The servers of an operation that has other schemes than the document.
    pub(super) fn own_servers(&mut self, operation: &Value, at: &At) -> Option<Value> {
        operation.get("schemes")?;
        let root = &self.files.entry.root;
        root.get("host")?;
        let entry = At::root(&self.files.entry.path);
        let own = self.schemes(operation, at);
        if own.is_empty() || own == self.schemes(root, &entry) {
            return None;
        }
        let (urls, _) = self.urls(root, &own, &entry)?;
        let said = at.written(&["schemes"]);
        self.follows(&at.file, &at.raised(&["servers"]), &said);
        for index in 0..urls.len() {
            let raised = at.raised(&["servers", &index.to_string()]);
            self.follows(&at.file, &raised, &said);
        }
        Some(Value::Array(urls))
    }

    /// The schemes that are HTTP, the safe one first.
    fn schemes(&mut self, owner: &Value, at: &At) -> Vec<String> {
        let list = owner.get("schemes").and_then(Value::as_array);
        let mut schemes = Vec::new();
        for (index, item) in list.into_iter().flatten().enumerate() {
            match item.as_str().map(str::to_ascii_lowercase).as_deref() {
                Some(scheme @ ("https" | "http")) => schemes.push(scheme.to_owned()),
                _ => {
                    let place = at.child("schemes").child(&index.to_string());
                    let message = format!("requests are not sent by {item}");
                    self.diagnostics.push(
                        Diagnostic::note(Code::NotGenerated, Self::origin(&place), message)
                            .action("it was left out"),
                    );
                }
            }
        }
        schemes.sort_by(|one, other| other.cmp(one));
        schemes.dedup();
        schemes
    }

    /// The URLs, and which member of the root says them.
    fn urls(&mut self, root: &Value, schemes: &[String], at: &At) -> Option<(Vec<Value>, Written)> {
        let text = |key: &str| root.get(key).and_then(Value::as_str).map(str::trim);
        let path = text("basePath").unwrap_or_default().trim_end_matches('/');
        let path = match path.starts_with('/') || path.is_empty() {
            true => path.to_owned(),
            false => format!("/{path}"),
        };
        let Some(host) = text("host").filter(|host| !host.is_empty()) else {
            let url = if path.is_empty() { "/" } else { &path };
            text("basePath")?;
            return Some((vec![json!({ "url": url })], at.written(&["basePath"])));
        };
        let said = at.written(&["host"]);
        let (own, host) = match host.split_once("://") {
            Some((scheme, host)) => (Some(scheme.to_owned()), host.trim_end_matches('/')),
            None => (None, host.trim_end_matches('/')),
        };
        if own.is_some() {
            let place = at.child("host");
            let message = "`host` names no scheme and no path";
            self.diagnostics.push(
                Diagnostic::warning(Code::BadValue, Self::origin(&place), message)
                    .action("it was read as the beginning of a URL")
                    .hint("schemes stand under `schemes`"),
            );
        }
        // Without schemes it is the one that the document came by; nobody knows that one any more.
        let default = [own.unwrap_or_else(|| "https".to_owned())];
        let schemes = if schemes.is_empty() {
            &default
        } else {
            schemes
        };
        let urls = schemes
            .iter()
            .map(|scheme| json!({ "url": format!("{scheme}://{host}{path}") }));
        Some((urls.collect(), said))
    }
}
