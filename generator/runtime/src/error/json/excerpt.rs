//! What stands around a value, without what may be secret.

use super::scan::{Place, end_of_scalar, end_of_value, key_text};
use super::wording::short;

/// How many members are shown before and after the value.
const BEFORE: usize = 3;
const AFTER: usize = 3;
/// The most that is shown of a key or of the value, in characters.
const LONGEST: usize = 60;

/// One member of an array or object.
struct Member {
    key: Option<String>,
    start: usize,
    end: usize,
}

/// The object or array around a value, its keys shown, and of its values only that one:
/// `{"id": …, "emails": 7, "links": {…}}`. With `secret` not even that.
pub(crate) fn excerpt(text: &[u8], place: &Place, secret: bool) -> String {
    let Some(parent) = place.parent else {
        return outline(text, place.value.start, !secret);
    };
    let (mut shown, mut first, mut after) = (Vec::new(), 0, None);
    for member in Members::of(text, parent) {
        let here = member.start <= place.value.start && place.value.start < member.end.max(1);
        let value = outline(text, member.start, here && !secret);
        shown.push(match member.key {
            Some(key) => format!("\"{}\": {value}", short(&key, LONGEST).escape_debug()),
            None => value,
        });
        match &mut after {
            None if here => after = Some(0),
            None if shown.len() > BEFORE => {
                shown.remove(0);
                first += 1;
            }
            Some(count) if *count == AFTER => {
                shown.pop();
                shown.push("…".to_owned());
                break;
            }
            Some(count) => *count += 1,
            None => {}
        }
    }
    if first > 0 {
        shown.insert(0, "…".to_owned());
    }
    let members = shown.join(", ");
    match text.get(parent) {
        Some(b'{') => format!("{{{members}}}"),
        _ => format!("[{members}]"),
    }
}

/// A value by its kind, or a scalar as it is.
fn outline(text: &[u8], start: usize, show: bool) -> String {
    match text.get(start) {
        Some(b'{') => "{…}".to_owned(),
        Some(b'[') => "[…]".to_owned(),
        Some(_) if show => {
            let scalar = text
                .get(start..end_of_scalar(text, start))
                .unwrap_or_default();
            short(&String::from_utf8_lossy(scalar), LONGEST)
        }
        _ => "…".to_owned(),
    }
}

/// The members of the array or object that begins at a position.
struct Members<'a> {
    text: &'a [u8],
    position: usize,
    object: bool,
}

impl<'a> Members<'a> {
    fn of(text: &'a [u8], start: usize) -> Self {
        Self {
            text,
            position: start + 1,
            object: text.get(start) == Some(&b'{'),
        }
    }

    /// Moves to the next byte that is not one of `skipped`.
    fn skip(&mut self, skipped: &[u8]) -> Option<u8> {
        loop {
            let byte = *self.text.get(self.position)?;
            if !skipped.contains(&byte) {
                return Some(byte);
            }
            self.position += 1;
        }
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let byte = self.skip(b", \n\r\t")?;
        if matches!(byte, b'}' | b']') {
            return None;
        }
        let key = self.object.then(|| {
            let start = self.position;
            self.position = end_of_scalar(self.text, start);
            key_text(self.text, start..self.position)
        });
        if self.object {
            self.skip(b": \n\r\t")?;
        }
        let start = self.position;
        self.position = end_of_value(self.text, start).max(start + 1);
        Some(Member {
            key,
            start,
            end: self.position,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::locate;
    use super::*;

    fn around(marked: &str, secret: bool) -> String {
        let at = marked.find('^').unwrap();
        let text = marked.replacen('^', "", 1);
        excerpt(text.as_bytes(), &locate(text.as_bytes(), at, true), secret)
    }

    #[test]
    fn only_the_value_itself_is_shown() {
        let text = r#"{"token":"hunter2","n":7^,"list":[1],"o":{"a":"b"},"x":null}"#;
        assert_eq!(
            around(text, false),
            r#"{"token": …, "n": 7, "list": […], "o": {…}, "x": …}"#
        );
        assert_eq!(
            around(text, true),
            r#"{"token": …, "n": …, "list": […], "o": {…}, "x": …}"#
        );
        assert_eq!(around("7^", false), "7");
        assert_eq!(around("{}^", false), "{…}");
    }

    #[test]
    fn a_long_list_is_cut_around_the_value() {
        let list: Vec<String> = (0..100).map(|n| n.to_string()).collect();
        let text = format!("[{}]", list.join(",").replace(",50,", ",50^,"));
        assert_eq!(around(&text, false), "[…, …, …, …, 50, …, …, …, …]");
        assert_eq!(around("[1^,2]", false), "[1, …]");
    }

    #[test]
    fn a_long_value_is_cut() {
        let text = format!(r#"{{"a":"{}"^}}"#, "x".repeat(1_000));
        assert!(around(&text, false).chars().count() < 100);
    }
}
