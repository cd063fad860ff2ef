//! Path templates.

use crate::ir::{Origin, PathSegment};

use super::reader::Reader;
use crate::diag::{Code, Diagnostic};

impl Reader<'_, '_> {
    /// Takes a path template apart. A brace without its other half is text, and diagnosed.
    pub(super) fn segments(&mut self, path: &str, origin: &Origin) -> Vec<PathSegment> {
        let (segments, unbalanced) = taken_apart(path);
        if unbalanced {
            let message = "a brace in this path has no other half";
            self.diagnostics.push(
                Diagnostic::warning(Code::BadValue, origin.clone(), message)
                    .action("it is sent as it is"),
            );
        }
        segments
    }
}

fn taken_apart(path: &str) -> (Vec<PathSegment>, bool) {
    let mut segments = Vec::new();
    let mut text = String::new();
    let mut rest = path;
    let mut unbalanced = false;
    while let Some((before, after)) = rest.split_once('{') {
        unbalanced |= before.contains('}');
        text.push_str(before);
        match after.split_once('}') {
            Some((name, remaining)) if !name.is_empty() && !name.contains(['{', '/']) => {
                if !text.is_empty() {
                    segments.push(PathSegment::Text(std::mem::take(&mut text)));
                }
                segments.push(PathSegment::Parameter(name.to_owned()));
                rest = remaining;
            }
            _ => {
                unbalanced = true;
                text.push('{');
                rest = after;
            }
        }
    }
    unbalanced |= rest.contains('}');
    text.push_str(rest);
    if !text.is_empty() {
        segments.push(PathSegment::Text(text));
    }
    (segments, unbalanced)
}

/// The path with every parameter alike: paths that are equal so collide.
pub(super) fn anonymous(segments: &[PathSegment]) -> String {
    let text = |segment: &PathSegment| match segment {
        PathSegment::Text(text) => text.clone(),
        PathSegment::Parameter(_) => "{}".to_owned(),
    };
    segments.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::{anonymous, taken_apart};
    use crate::ir::PathSegment::{Parameter, Text};

    #[test]
    fn parameters_may_stand_anywhere_in_a_segment() {
        let (segments, unbalanced) = taken_apart("/files/{name}.{ext}/raw");
        let text = |text: &str| Text(text.to_owned());
        let parameter = |name: &str| Parameter(name.to_owned());
        assert_eq!(
            segments,
            [
                text("/files/"),
                parameter("name"),
                text("."),
                parameter("ext"),
                text("/raw")
            ]
        );
        assert!(!unbalanced);
        assert_eq!(anonymous(&segments), "/files/{}.{}/raw");
    }

    #[test]
    fn a_lone_brace_is_text() {
        for path in ["/a/{b", "/a/b}", "/a/{}/b", "/a/{b/c}"] {
            let (segments, unbalanced) = taken_apart(path);
            assert_eq!(segments, [Text(path.to_owned())], "{path}");
            assert!(unbalanced, "{path}");
        }
    }
}
