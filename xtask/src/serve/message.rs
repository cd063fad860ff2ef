//! Requests and responses without a socket.

use serde_json::Value;

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    /// The method, upper case.
    pub(crate) method: String,
    /// The path, percent-encoded.
    pub(crate) path: String,
    /// What stands after the `?`, percent-encoded.
    pub(crate) query: Option<String>,
    /// Names in lower case, and values.
    pub(crate) headers: Vec<(String, String)>,
    /// The body; empty: none.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A request without headers and body.
    #[cfg(test)]
    pub(crate) fn new(method: &str, target: &str) -> Self {
        let (path, query) = target
            .split_once('?')
            .map_or((target, None), |(path, query)| (path, Some(query)));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            ..Self::default()
        }
    }

    /// The first header of this name, which must be in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// The query's parameters as they were sent, percent-encoded.
    pub(crate) fn raw_query(&self) -> impl Iterator<Item = (&str, &str)> {
        let query = self.query.as_deref().unwrap_or_default();
        query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.header("cookie")?.split(';').find_map(|pair| {
            let (own, value) = pair.trim().split_once('=')?;
            (own == name).then_some(value)
        })
    }
}

/// A response as it will be sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Response {
    /// The status.
    pub(crate) status: u16,
    /// Names in lower case, and values.
    pub(crate) headers: Vec<(String, String)>,
    /// The body; empty: none.
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A response without a body.
    pub(crate) const fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A response with bytes of a media type.
    pub(crate) fn bytes(status: u16, media_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), media_type.to_owned())],
            body,
        }
    }

    /// A response with a JSON body.
    pub(crate) fn json(status: u16, media_type: &str, body: &Value) -> Self {
        Self::bytes(status, media_type, body.to_string().into_bytes())
    }
}

/// Percent-decodes a part of a URL; `None` when it is not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.ok().map(std::borrow::Cow::into_owned)
}

/// Decodes a part of a query, where `+` is a space.
pub(crate) fn decode_query(text: &str) -> Option<String> {
    decode(&text.replace('+', " "))
}
