//! Path templates, component by component.

use crate::ir::{Action, PathSegment};
use crate::names::{singular, words};

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Component {
    /// Text only: `people`.
    Literal(String),
    /// One parameter and nothing else: `{id}`.
    Parameter(String),
    /// Text and parameters: `{name}.json`.
    Mixed,
}

impl Component {
    /// The text, where it is nothing else.
    pub(super) fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Parameter(_) | Self::Mixed => None,
        }
    }
}

/// The path of an action, taken apart at its slashes; a slash at the end means nothing. What stands behind
/// the path and is not sent with it, a query or a fragment, is said of the last component.
pub(super) fn components(action: &Action) -> Vec<Component> {
    let mut components = Vec::new();
    let mut current: Option<Component> = None;
    for segment in &action.segments {
        match segment {
            PathSegment::Parameter(name) => {
                current = Some(match current {
                    None => Component::Parameter(name.clone()),
                    Some(_) => Component::Mixed,
                });
            }
            PathSegment::Text(text) => {
                for (index, part) in text.split('/').enumerate() {
                    if index > 0 {
                        components.extend(current.take());
                    }
                    if !part.is_empty() {
                        current = Some(match current {
                            None => Component::Literal(part.to_owned()),
                            Some(_) => Component::Mixed,
                        });
                    }
                }
            }
        }
    }
    let behind = action.path.find(['?', '#']);
    let behind = behind.and_then(|at| action.path.get(at..)).unwrap_or("");
    current = match current.take() {
        Some(Component::Literal(text)) => Some(Component::Literal(text + behind)),
        None if !behind.is_empty() => Some(Component::Literal(behind.to_owned())),
        other => other,
    };
    components.extend(current);
    components
}

/// The words of a name, the last one in its singular: how two names are compared.
pub(super) fn noun(text: &str) -> Vec<String> {
    singular(&words(text))
}

/// Whether a component of a path says nothing of what the path is about: `api`, `v1`.
pub(super) fn says_nothing(text: &str) -> bool {
    is_version(text) || ["api", "apis", "rest"].contains(&text.to_lowercase().as_str())
}

/// Whether a component of a path is a version: `v1`, `2024-01-01`, `v2beta1`.
fn is_version(text: &str) -> bool {
    let number = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let stage = number
        .trim_start_matches(is_part)
        .trim_end_matches(|c: char| c.is_ascii_digit());
    number.starts_with(|c: char| c.is_ascii_digit())
        && matches!(stage, "" | "alpha" | "beta" | "rc" | "preview")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    #[test]
    fn a_path_is_taken_apart_at_its_slashes() {
        let mut fixture = Fixture::new();
        fixture.action("GET /v1/files/{name}.{ext}/parts/{id}/");
        let parts = components(&fixture.api.actions[0]);
        assert_eq!(
            parts,
            [
                Component::Literal("v1".into()),
                Component::Literal("files".into()),
                Component::Mixed,
                Component::Literal("parts".into()),
                Component::Parameter("id".into()),
            ]
        );
    }

    #[test]
    fn versions_are_recognised() {
        for version in ["v1", "1", "v1.2", "v2beta1", "2024-01-01", "1.0-preview"] {
            assert!(is_version(version), "{version}");
        }
        for word in ["people", "vendors", "v", "3d-models", ""] {
            assert!(!is_version(word), "{word}");
        }
    }
}
