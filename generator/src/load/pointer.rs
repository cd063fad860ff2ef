//! JSON pointers (RFC 6901).

use std::borrow::Cow;
use std::fmt::Write;

/// Adds a segment, escaped.
pub(super) fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for character in segment.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Adds the place of a list's item.
pub(super) fn push_index(pointer: &mut String, index: usize) {
    // Writing to a string cannot fail.
    let _ = write!(pointer, "/{index}");
}

/// The segments, unescaped.
pub(super) fn segments(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// The last segment, unescaped.
pub(super) fn last(pointer: &str) -> Cow<'_, str> {
    pointer
        .rsplit_once('/')
        .map_or(Cow::Borrowed(""), |(_, last)| unescape(last))
}

/// The index that a segment stands for: digits without a leading zero.
pub(super) fn index(segment: &str) -> Option<usize> {
    let canonical = segment == "0" || !segment.starts_with('0');
    (canonical && segment.bytes().all(|b| b.is_ascii_digit()))
        .then(|| segment.parse().ok())
        .flatten()
}

/// Undoes the percent-encoding of a URI (RFC 3986, section 2.1). What is not an encoding, or not
/// UTF-8 once decoded, stays as it is.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (*first, after)
            && let Some(byte) = hex_pair(*high, *low)
        {
            decoded.push(byte);
            rest = after;
        } else {
            decoded.push(*first);
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex_pair(high: u8, low: u8) -> Option<u8> {
    let value = char::from(high).to_digit(16)? * 16 + char::from(low).to_digit(16)?;
    u8::try_from(value).ok()
}

fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        // In this order, so that `~01` becomes `~1` (RFC 6901, section 4).
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}
