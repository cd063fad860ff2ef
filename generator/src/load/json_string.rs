//! JSON string literals (RFC 8259, section 7).

use std::borrow::Cow;

/// What is wrong in a literal, and how many bytes after its opening quote's place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StringError {
    pub(super) offset: usize,
    pub(super) message: &'static str,
}

/// Reads the literal at the beginning of `text`, which starts with its opening quote. Gives the
/// string and the length of the literal in bytes, quotes included.
///
/// Half of a surrogate pair alone becomes U+FFFD: no Rust string can hold it, and it is no reason to
/// refuse a document.
pub(super) fn read(text: &str) -> Result<(Cow<'_, str>, usize), StringError> {
    let mut decoded: Option<String> = None;
    // Where the part that is not yet copied begins.
    let mut copied = 1;
    let mut offset = 1;
    loop {
        let rest = text.as_bytes().get(offset..).unwrap_or_default();
        let Some(step) = rest
            .iter()
            .position(|b| matches!(b, b'"' | b'\\' | 0..0x20))
        else {
            return Err(StringError {
                offset: 0,
                message: "the string that begins here is not closed",
            });
        };
        offset += step;
        let plain = text.get(copied..offset).unwrap_or_default();
        match rest.get(step) {
            Some(b'"') => {
                let string = match decoded {
                    None => Cow::Borrowed(plain),
                    Some(mut decoded) => {
                        decoded.push_str(plain);
                        Cow::Owned(decoded)
                    }
                };
                return Ok((string, offset + 1));
            }
            Some(b'\\') => {
                let decoded = decoded.get_or_insert_default();
                decoded.push_str(plain);
                let (character, length) =
                    escape(rest.get(step..).unwrap_or_default()).ok_or(StringError {
                        offset,
                        message: "this is not an escape that JSON knows",
                    })?;
                decoded.push(character);
                offset += length;
                copied = offset;
            }
            _ => {
                return Err(StringError {
                    offset,
                    message: "a control character in a string must be escaped",
                });
            }
        }
    }
}

/// The character of the escape at the beginning of `bytes`, and the escape's length.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let simple = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(bytes),
        _ => return None,
    };
    Some((simple, 2))
}

fn unicode_escape(bytes: &[u8]) -> Option<(char, usize)> {
    let first = hex4(bytes.get(2..6)?)?;
    if let 0xD800..0xDC00 = first
        && let Some([b'\\', b'u', digits @ ..]) = bytes.get(6..12)
        && let Some(second @ 0xDC00..0xE000) = hex4(digits)
    {
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return char::from_u32(code).map(|character| (character, 12));
    }
    Some((
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
        6,
    ))
}

fn hex4(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |code, digit| {
        char::from(*digit)
            .to_digit(16)
            .map(|value| code * 16 + value)
    })
}
