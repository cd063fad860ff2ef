//! Joining a base URL, a path template and its parameters.

use url::Url;

use crate::{RequestError, RequestErrorKind};

/// Fills the template's `{name}`s in and appends the path to the base URL.
///
/// # Errors
/// When a parameter was not given, or when a segment comes out as `.` or `..`, which would reach
/// another resource.
pub(crate) fn join(
    base: &Url,
    template: &str,
    parameters: &[(&'static str, String)],
) -> Result<Url, RequestError> {
    let mut url = base.as_str().trim_end_matches('/').to_owned();
    for segment in template.trim_start_matches('/').split('/') {
        let segment = fill(segment, parameters)?;
        if matches!(segment.as_str(), "." | "..") {
            return Err(RequestError::new(
                RequestErrorKind::Parameter,
                "the path parameters make `.` or `..`, which would reach another resource",
            ));
        }
        url.push('/');
        url.push_str(&segment);
    }
    Url::parse(&url)
        .map_err(|error| RequestError::new(RequestErrorKind::Url, format!("no URL: {error}")))
}

fn fill(segment: &str, parameters: &[(&'static str, String)]) -> Result<String, RequestError> {
    let mut filled = String::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let Some((_, value)) = parameters.iter().find(|(known, _)| *known == name) else {
            return Err(RequestError::parameter(name, "not given"));
        };
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// A URL, absolute or not, without some parameters of its query.
pub(crate) fn without(url: &str, names: &[&str]) -> String {
    let (rest, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let Some((path, query)) = rest.split_once('?') else {
        return url.to_owned();
    };
    let named = |pair: &str| {
        let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
        pairs.any(|(name, _)| names.contains(&&*name))
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !named(pair)).collect();
    format!("{path}?{}{fragment}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, template: &str, value: &str) -> Result<String, String> {
        let parameters = [("id", value.to_owned())];
        join(&base.parse().unwrap(), template, &parameters)
            .map(String::from)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_path_is_appended_to_the_base() {
        for base in ["https://h/rest", "https://h/rest/"] {
            assert_eq!(
                joined(base, "/people/{id}", "7").unwrap(),
                "https://h/rest/people/7"
            );
            assert_eq!(
                joined(base, "people/{id}.json", "7").unwrap(),
                "https://h/rest/people/7.json"
            );
        }
        assert_eq!(joined("https://h", "/", "").unwrap(), "https://h/");
        assert_eq!(joined("https://h", "/a/", "").unwrap(), "https://h/a/");
        assert_eq!(
            joined("https://h:8443/x", "/a{id}", "%2F").unwrap(),
            "https://h:8443/x/a%2F"
        );
    }

    #[test]
    fn no_parameter_reaches_another_resource() {
        for value in [".", ".."] {
            assert!(
                joined("https://h", "/people/{id}", value)
                    .unwrap_err()
                    .contains("another resource")
            );
        }
        assert!(joined("https://h", "/{id}{id}", ".").is_err());
        assert_eq!(
            joined("https://h", "/x{id}", "..").unwrap(),
            "https://h/x.."
        );
        assert_eq!(
            joined("https://h", "/{id}", "%252e%252e").unwrap(),
            "https://h/%252e%252e"
        );
    }

    #[test]
    fn a_parameter_that_was_not_given_is_named() {
        assert!(
            joined("https://h", "/{other}", "")
                .unwrap_err()
                .contains("`other`")
        );
    }

    #[test]
    fn parameters_are_taken_out_however_they_are_escaped() {
        for (url, expected) in [
            ("https://h/x?a=1&api%20key=s&b=2#c", "https://h/x?a=1&b=2#c"),
            ("/x?api+key=s&a=%26", "/x?a=%26"),
            ("?a=1&a=2&apikey=3&api%20key", "?a=1&a=2&apikey=3"),
            ("/x#?api+key=s", "/x#?api+key=s"),
            ("?%61pi key=s", "?"),
        ] {
            assert_eq!(without(url, &["api key"]), expected);
        }
    }

    #[test]
    fn a_stray_brace_is_literal() {
        assert_eq!(joined("https://h", "/a{b", "").unwrap(), "https://h/a%7Bb");
    }
}
