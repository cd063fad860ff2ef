//! Where a request goes, and whether it says who asks.

use super::model::{OwnServer, PathPart};
use crate::ir::{Action, Api, PathSegment, Requirement, Server};

/// What a path carries as it is beside letters and digits (RFC 3986, section 3.3).
const PLAIN: &str = "-._~!$&'()*+,;=:@/";

/// A path template as it is sent.
pub(super) fn path(segments: &[PathSegment]) -> Vec<PathPart> {
    let part = |segment: &PathSegment| match segment {
        PathSegment::Text(text) => PathPart::Text(encoded(text)),
        PathSegment::Parameter(name) => PathPart::Parameter {
            parameter: name.clone(),
        },
    };
    segments.iter().map(part).collect()
}

/// A server's URL with the defaults of its variables, which may be relative.
pub(super) fn server(server: &Server) -> String {
    server
        .variables
        .iter()
        .fold(server.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        })
}

/// A server's URL, unless it is relative.
pub(super) fn absolute_server(from: &Server) -> Option<String> {
    Some(server(from)).filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// The server that an action has for itself.
pub(super) fn own_server(api: &Api, action: &Action) -> Option<OwnServer> {
    let url = action.servers.first().and_then(absolute_server)?;
    let beside = api.servers.first().and_then(absolute_server);
    Some(OwnServer { url, beside })
}

/// The alternatives that apply to an action: its own, else the document's.
pub(super) fn alternatives<'a>(api: &'a Api, action: &'a Action) -> &'a [Requirement] {
    action.security.as_deref().unwrap_or(&api.security)
}

/// Whether no alternative of an action's security names a scheme.
pub(super) fn is_anonymous(api: &Api, action: &Action) -> bool {
    alternatives(api, action)
        .iter()
        .all(|it| it.schemes.is_empty())
}

/// Whether an action can be asked for without a credential: one of its alternatives names no scheme.
pub(super) fn is_open(api: &Api, action: &Action) -> bool {
    let alternatives = alternatives(api, action);
    alternatives.is_empty() || alternatives.iter().any(|it| it.schemes.is_empty())
}

/// Text as UTF-8 with everything escaped that a path does not carry; escapes that are there stay.
fn encoded(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric()
            || PLAIN.contains(c)
            || is_escape(text.get(at..).unwrap_or_default())
        {
            written.push(c);
            continue;
        }
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

fn is_escape(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'%')
        && bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit())
        && bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_once() {
        for (text, expected) in [
            ("/rest/people", "/rest/people"),
            ("/a b/é", "/a%20b/%C3%A9"),
            ("/50%25/50%", "/50%25/50%25"),
            ("/{open", "/%7Bopen"),
            ("/a?b#c", "/a%3Fb%23c"),
        ] {
            assert_eq!(encoded(text), expected);
        }
    }
}
