//! What a document says of a part.

use super::super::style::Style;

/// How one property of a multipart body is sent, where it is not the default (OpenAPI 3.1.1,
/// section 4.8.15: the Encoding Object).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartEncoding {
    pub(super) name: &'static str,
    pub(super) content_type: &'static str,
    pub(super) style: Option<(Style, bool)>,
}

impl PartEncoding {
    /// A property with its content type: one, or several with commas between them, which may be
    /// ranges.
    #[must_use]
    pub const fn new(name: &'static str, content_type: &'static str) -> Self {
        Self {
            name,
            content_type,
            style: None,
        }
    }

    /// A property with a style, exploded or not, which makes its content type count for nothing.
    #[must_use]
    pub const fn styled(name: &'static str, style: Style, explode: bool) -> Self {
        Self {
            style: Some((style, explode)),
            ..Self::new(name, "")
        }
    }
}

/// The content types that a document allows for a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed<'t>(pub(super) &'t str);

impl<'t> Allowed<'t> {
    fn all(self) -> impl Iterator<Item = &'t str> {
        let all = self.0.split(',').map(str::trim);
        all.filter(|one| !one.is_empty())
    }

    /// The first that is no range.
    pub(super) fn first(self) -> Option<&'t str> {
        self.all().find(|one| !one.contains('*'))
    }

    /// Whether what is sent is JSON.
    pub(super) fn is_json(self) -> bool {
        let essence = self.first().and_then(|it| it.split(';').next());
        essence.is_some_and(|it| {
            let essence = it.trim().to_ascii_lowercase();
            essence.ends_with("/json") || essence.ends_with("+json")
        })
    }

    /// What bytes are sent as that do not say it; `None` for `application/octet-stream`.
    ///
    /// # Errors
    /// Where it is one of several, which the caller has to choose.
    pub(super) fn of_bytes(self) -> Result<Option<&'t str>, String> {
        let takes_any = |one: &str| {
            let essence = one.split(';').next().unwrap_or_default().trim();
            ["*/*", "application/*", "application/octet-stream"].contains(&essence)
        };
        let mut all = self.all();
        match (all.next(), all.next()) {
            (None, _) => Ok(None),
            (Some(only), None) if !only.contains('*') => Ok(Some(only)),
            _ if self.all().any(takes_any) => Ok(None),
            _ => Err(format!(
                "say which content type it has with `content_type`: {}",
                self.0
            )),
        }
    }
}
