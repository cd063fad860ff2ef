//! Texts that have a form: addresses, regular expressions, names of components.

/// What is wrong with a URI reference (RFC 3986, section 4.1; characters beyond ASCII as RFC 3987 has
/// them). Braces are allowed in the template of a server.
pub(super) fn uri_fault(text: &str, template: bool) -> Option<String> {
    let is_odd = |c: char| match c {
        '{' | '}' => !template,
        c if c.is_ascii() => !(c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)),
        c => c.is_control() || c.is_whitespace(),
    };
    if let Some(odd) = text.chars().find(|c| is_odd(*c)) {
        return Some(format!("a URL cannot have {odd:?}"));
    }
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| !scheme.contains(['/', '?', '#', '{']))?;
    let mut characters = scheme.chars();
    let is_scheme = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    // A host with a port and no scheme (`localhost:80`) reads as a scheme; what is none is neither.
    (!is_scheme).then(|| format!("a URL cannot begin with {:?}", shorten(scheme)))
}

/// What is wrong with an e-mail address, as far as one can tell without sending one.
pub(super) fn email_fault(text: &str) -> Option<String> {
    let is_address = text
        .rsplit_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace);
    (!is_address).then(|| format!("{:?} is no e-mail address", shorten(text)))
}

/// Whether a component may have this name (OpenAPI 3.1, section 4.8.7).
pub(super) fn is_component_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    !name.is_empty() && name.chars().all(allowed)
}

/// The parameters of a template: `{tenant}`.
pub(super) fn parameters(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{email_fault, is_component_name, parameters, uri_fault};

    #[test]
    fn addresses_that_are_none() {
        for url in [
            "https://a.b/c?d=e#f",
            "/a",
            "",
            "a",
            "localhost:80",
            "https://é.fr/ü",
        ] {
            assert_eq!(uri_fault(url, false), None, "{url}");
        }
        for url in ["a b", "ht<p://a", "\\a", "{a}", "1a:b", "a\u{0}"] {
            assert!(uri_fault(url, false).is_some(), "{url}");
        }
        assert_eq!(uri_fault("{scheme}://{host}:{port}/v1", true), None);
        assert_eq!(email_fault("a@b"), None);
        for email in ["a", "@b", "a@", "a b@c"] {
            assert!(email_fault(email).is_some(), "{email}");
        }
    }

    #[test]
    fn names_and_templates() {
        assert!(is_component_name("My.Org-User_1"));
        assert!(!is_component_name("a b") && !is_component_name(""));
        let names: Vec<_> = parameters("https://{a}.x/{b}/{c").collect();
        assert_eq!(names, ["a", "b"]);
    }
}
