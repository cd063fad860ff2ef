//! Percent-encoding (RFC 3986, section 2).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What `allowReserved` keeps: the reserved characters that do not end a query parameter. `#`,
/// `&`, `+`, `[` and `]` are escaped all the same, as a query cannot carry them as themselves, and `'`,
/// which the URL standard escapes in queries.
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What a cookie's value cannot carry (RFC 6265, section 4.1.1), and `%`.
const COOKIE: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// Encodes a value for any part of a URL.
pub(crate) fn component(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, COMPONENT).into()
}

/// Encodes a value with `allowReserved`: escapes that are already there are kept.
pub(crate) fn reserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, RESERVED));
        let escape = after.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        encoded.push_str(if escape { "%" } else { "%25" });
        rest = after;
    }
    encoded.extend(utf8_percent_encode(rest, RESERVED));
    encoded
}

/// Encodes the value of a cookie.
pub(crate) fn cookie(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, COOKIE).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreserved_characters_stay_and_all_others_are_escaped() {
        assert_eq!(component("aZ9-._~"), "aZ9-._~");
        assert_eq!(
            component("/?#[]@!$&'()*+,;=: %\""),
            "%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%20%25%22"
        );
        assert_eq!(component("é🦀"), "%C3%A9%F0%9F%A6%80");
    }

    #[test]
    fn allow_reserved_keeps_what_a_query_can_carry() {
        assert_eq!(reserved(":/?@!$()*,;="), ":/?@!$()*,;=");
        assert_eq!(reserved("#&+[]' é"), "%23%26%2B%5B%5D%27%20%C3%A9");
        assert_eq!(
            reserved("50%25 100% %zz %4"),
            "50%25%20100%25%20%25zz%20%254"
        );
    }

    #[test]
    fn a_cookie_carries_no_separator() {
        assert_eq!(cookie("a;b, c=d\r\n%"), "a%3Bb%2C%20c=d%0D%0A%25");
    }
}
