//! JSON pointers with stars in them.

/// A JSON pointer (RFC 6901) in which `*` stands for any text within one segment:
/// `/components/schemas/*ForUpdate/properties/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointerPattern(String);

impl PointerPattern {
    /// A pattern, or `None` when it is not a pointer: it is empty or does not start with `/`.
    pub fn new(pointer: impl Into<String>) -> Option<Self> {
        let pointer = pointer.into();
        let pointer = match pointer.strip_prefix('#') {
            Some(rest) => rest.to_owned(),
            None => pointer,
        };
        pointer.starts_with('/').then_some(Self(pointer))
    }

    /// A pattern of the configuration, or what is wrong with it.
    pub(super) fn read(at: &str) -> Result<Self, String> {
        Self::new(at).ok_or_else(|| {
            format!("`at` must be a JSON pointer such as \"/components/..\", not `{at}`")
        })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it matches the whole of a pointer, segment by segment.
    ///
    /// ```
    /// let pattern = specwright::config::PointerPattern::new("/schemas/*ForUpdate/*").unwrap();
    /// assert!(pattern.matches("/schemas/PersonForUpdate/properties"));
    /// assert!(!pattern.matches("/schemas/PersonForUpdate/properties/name"));
    /// ```
    pub fn matches(&self, pointer: &str) -> bool {
        let mut patterns = self.0.split('/');
        let mut segments = pointer.split('/');
        loop {
            match (patterns.next(), segments.next()) {
                (None, None) => return true,
                (Some(pattern), Some(segment)) if segment_matches(pattern, segment) => {}
                _ => return false,
            }
        }
    }
}

/// Whether a segment matches a pattern: the texts between the stars follow each other in it. Taking
/// each at its first place is enough, since a star matches whatever lies between.
fn segment_matches(pattern: &str, segment: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == segment;
    };
    let (middle, last) = match rest.rsplit_once('*') {
        Some((middle, last)) => (middle, last),
        None => ("", rest),
    };
    let Some(mut left) = segment
        .strip_prefix(first)
        .and_then(|s| s.strip_suffix(last))
    else {
        return false;
    };
    middle.split('*').all(|part| match left.split_once(part) {
        Some((_, after)) => {
            left = after;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_its_segment() {
        for (pattern, pointer, expected) in [
            ("/a/b", "/a/b", true),
            ("/a/b", "/a/b/c", false),
            ("/a/*", "/a/b", true),
            ("/a/*", "/a", false),
            ("/a/*/c", "/a/b/b/c", false),
            ("/*Update/x", "/PersonForUpdate/x", true),
            ("/*Update/x", "/UpdatePerson/x", false),
            ("/A*B*C", "/AxBxC", true),
            ("/A*B*C", "/ACB", false),
            ("/aba*aba", "/aba", false),
            ("/paths/~1people/*", "/paths/~1people/get", true),
        ] {
            let pattern = PointerPattern::new(pattern).unwrap();
            assert_eq!(pattern.matches(pointer), expected, "{pattern:?} {pointer}");
        }
    }

    #[test]
    fn only_pointers_are_patterns() {
        assert_eq!(PointerPattern::new(""), None);
        assert_eq!(PointerPattern::new("components"), None);
        assert_eq!(PointerPattern::new("#/a").unwrap().as_str(), "/a");
    }
}
