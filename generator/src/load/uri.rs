//! URI references against a base (RFC 3986, section 5.2), as far as comparing the names of schemas takes
//! it. Nothing is ever fetched.

/// What a reference without a fragment names, seen from a base.
pub(super) fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let (scheme, rest) = match base.split_once(':') {
        Some((scheme, rest)) if has_scheme(base) => (format!("{scheme}:"), rest),
        _ => (String::new(), base),
    };
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.find('/').unwrap_or(after.len());
            let (name, path) = after.split_at(end);
            (format!("//{name}"), path)
        }
        None => (String::new(), rest),
    };
    let path = path.split('?').next().unwrap_or_default();
    let merged = match reference.starts_with('/') {
        true => reference.to_owned(),
        false => {
            let folder = path.rfind('/').and_then(|end| path.get(..=end));
            let folder = folder.unwrap_or("/");
            format!("{folder}{reference}")
        }
    };
    format!("{scheme}{authority}{}", without_dots(&merged))
}

fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A path without `.` and `..` (section 5.2.4).
fn without_dots(path: &str) -> String {
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (path, String::new()),
    };
    let mut parts: Vec<&str> = Vec::new();
    let ends_in_folder = path.ends_with(['/']) || path.ends_with("/.") || path.ends_with("/..");
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let end = if ends_in_folder && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}{query}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_seen_from_their_base() {
        for (base, reference, expected) in [
            (
                "https://a.com/s/pet.json",
                "owner.json",
                "https://a.com/s/owner.json",
            ),
            (
                "https://a.com/s/pet.json",
                "../x/y.json",
                "https://a.com/x/y.json",
            ),
            (
                "https://a.com/s/pet.json",
                "/o.json",
                "https://a.com/o.json",
            ),
            ("https://a.com/s/pet.json", "//b.com/o", "https://b.com/o"),
            ("https://a.com/s/pet.json", "urn:x:y", "urn:x:y"),
            ("https://a.com", "o.json", "https://a.com/o.json"),
            ("https://a.com/s/", "", "https://a.com/s/"),
            ("https://a.com/s/", "..", "https://a.com/"),
            ("dir/api.yaml", "res.json", "/dir/res.json"),
            ("api.yaml", "../../res.json", "/res.json"),
            (
                "https://a.com/x?q=/1",
                "y?p=a/../b",
                "https://a.com/y?p=a/../b",
            ),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
