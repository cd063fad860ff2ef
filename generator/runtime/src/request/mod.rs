//! What a call is about to send.

mod body;
mod draft;
pub(crate) mod encode;
pub(crate) mod json;
mod multipart;
mod payload;
pub(crate) mod style;
mod url;

pub use body::FormField;
pub(crate) use draft::{Draft, Place};
use http::header::{
    AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION,
};
pub(crate) use multipart::multipart;
pub use multipart::{Multipart, Part, PartEncoding};
pub use style::Style;

/// A request that credentials are being added to.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) url: ::url::Url,
    pub(crate) headers: HeaderMap,
    /// `name=value`, each.
    pub(crate) cookies: Vec<String>,
    /// Where the token comes from that goes into `Authorization`.
    #[cfg(feature = "oauth2")]
    pub(crate) tokens: Option<std::sync::Arc<crate::oauth2::Cache>>,
}

impl Parts {
    /// Adds `name=value&..` to the query.
    pub(crate) fn query(&mut self, pairs: &str) {
        if pairs.is_empty() {
            return;
        }
        let query = match self.url.query() {
            Some(before) if !before.is_empty() => format!("{before}&{pairs}"),
            _ => pairs.to_owned(),
        };
        self.url.set_query(Some(&query));
    }

    /// Sets a header that `Debug` does not show.
    ///
    /// # Errors
    /// When no header can carry the name or value; why, without the value.
    pub(crate) fn secret_header(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        let (name, mut value) = header(name, value)?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Whether a header is for credentials, whatever the API.
pub(crate) fn is_credential(name: &HeaderName) -> bool {
    [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
}

/// A header from text, which may have any characters but controls.
///
/// # Errors
/// When no header can carry it; why, without the value.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "not a header's name")?;
    let value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| "has characters that no header can carry")?;
    Ok((name, value))
}
