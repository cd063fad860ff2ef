//! What a body says it is.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

/// A media type and the parameters that matter here (RFC 9110, section 8.3).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ContentType<'a> {
    /// `text/html`, as the server spelled it.
    pub(crate) essence: &'a str,
    charset: Option<&'a str>,
}

impl<'a> ContentType<'a> {
    /// The header as it is.
    pub(crate) fn header(headers: &'a HeaderMap) -> Option<&'a str> {
        headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    pub(crate) fn of(headers: &'a HeaderMap) -> Self {
        Self::named(Self::header(headers).unwrap_or(""))
    }

    /// By its text.
    pub(crate) fn named(text: &'a str) -> Self {
        let mut pieces = text.split(';');
        let essence = pieces.next().unwrap_or("").trim();
        let charset = pieces.find_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            let named = name.trim().eq_ignore_ascii_case("charset");
            named.then(|| value.trim().trim_matches('"'))
        });
        Self { essence, charset }
    }

    /// `application/json`, `text/json`, `application/problem+json`.
    pub(crate) fn is_json(&self) -> bool {
        let essence = self.essence.to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    }

    /// Whether it names a charset.
    pub(crate) const fn has_charset(&self) -> bool {
        self.charset.is_some()
    }

    /// HTML or XML.
    pub(crate) fn is_markup(&self) -> bool {
        let essence = self.essence.to_ascii_lowercase();
        essence.contains("html") || essence.contains("xml")
    }

    /// Text from bytes in the charset.
    ///
    /// # Errors
    /// Why they are no text.
    pub(crate) fn decode(&self, bytes: &[u8]) -> Result<String, String> {
        let named = self.charset.unwrap_or("utf-8");
        let encoding = Encoding::for_label(named.as_bytes())
            .ok_or_else(|| format!("nobody knows the charset `{}`", named.escape_debug()))?;
        // A byte order mark is surer than a header (WHATWG Encoding, section 6).
        let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or((encoding, 0));
        let bytes = bytes.get(skip..).unwrap_or_default();
        if encoding == UTF_8 {
            return std::str::from_utf8(bytes)
                .map(str::to_owned)
                .map_err(not_utf8);
        }
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(Cow::into_owned)
            .ok_or_else(|| format!("the body is not in the charset {}", encoding.name()))
    }
}

pub(crate) fn not_utf8(error: std::str::Utf8Error) -> String {
    format!("the body is not UTF-8 from byte {} on", error.valid_up_to())
}

/// A compression that was not undone.
pub(crate) fn compression(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim();
    let none = encoding.is_empty() || encoding.eq_ignore_ascii_case("identity");
    (!none).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(content_type: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        headers
    }

    fn text(content_type: &str, bytes: &[u8]) -> Result<String, String> {
        ContentType::of(&headers(content_type)).decode(bytes)
    }

    #[test]
    fn text_is_read_in_its_charset() {
        for (kind, bytes, expected) in [
            ("text/plain", &b"caf\xc3\xa9"[..], "café"),
            ("text/plain; charset=ISO-8859-1", b"caf\xe9", "café"),
            (
                "text/csv;header=present; Charset=\"windows-1252\"",
                b"\x80",
                "€",
            ),
            ("text/plain; charset=latin1", b"\xef\xbb\xbf\xc3\xa9", "é"),
            ("text/plain", b"\xff\xfea\0", "a"),
        ] {
            assert_eq!(text(kind, bytes).unwrap(), expected, "{kind}");
        }
    }

    #[test]
    fn what_is_no_text_says_why() {
        assert_eq!(
            text("text/plain", b"caf\xe9!").unwrap_err(),
            "the body is not UTF-8 from byte 3 on"
        );
        assert_eq!(
            text("text/plain; charset=shift_jis", b"a\x81").unwrap_err(),
            "the body is not in the charset Shift_JIS"
        );
        assert_eq!(
            text("text/plain; charset=klingon", b"a").unwrap_err(),
            "nobody knows the charset `klingon`"
        );
    }

    #[test]
    fn json_and_markup_are_told_by_their_suffix_too() {
        for (kind, json, markup) in [
            ("application/JSON; charset=utf-8", true, false),
            ("application/problem+json", true, false),
            ("text/html;charset=utf-8", false, true),
            ("application/atom+xml", false, true),
            ("text/plain", false, false),
        ] {
            let headers = headers(kind);
            let kind = ContentType::of(&headers);
            assert_eq!(
                (kind.is_json(), kind.is_markup()),
                (json, markup),
                "{kind:?}"
            );
        }
        assert_eq!(ContentType::of(&HeaderMap::new()).essence, "");
    }
}
