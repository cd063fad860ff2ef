//! What stands in a path for the variables of its template.

use serde_json::Value;

/// The path of the server, and the texts that stand for the parameters of the path.
pub(super) fn in_path(
    document: &Value,
    operation: &str,
    uri: &str,
) -> Option<(String, Vec<(String, String)>)> {
    let uri = uri
        .split('?')
        .next()
        .unwrap_or_default()
        .replace("\\:", ":");
    let servers = document.pointer("/servers/0/url").and_then(Value::as_str);
    let server = servers.unwrap_or_default();
    // What stands for the origin, and is ours to say.
    let server = server.split_once("://").map_or(server, |(_, rest)| {
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("")
    });
    let server = server.strip_prefix("{endpoint}").unwrap_or(server);
    let server = server.trim_end_matches('/');
    let template = format!("{server}{operation}");
    // A path that is `/` is nothing behind the server's.
    let found = matched(&template, &uri).or_else(|| matched(template.strip_suffix('/')?, &uri))?;
    let mut path = server.to_owned();
    for (name, text) in &found {
        path = path.replace(&format!("{{{name}}}"), text);
    }
    Some((path, found))
}

/// The texts of a template's variables in a path: each as short as can be, the last one to the end.
fn matched(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let (mut template, mut path) = (template, path);
    while let Some((literal, rest)) = template.split_once('{') {
        path = path.strip_prefix(literal)?;
        let (name, rest) = rest.split_once('}')?;
        let next = rest.split('{').next().unwrap_or_default();
        let end = if next.is_empty() {
            path.len()
        } else {
            path.find(next)?
        };
        let (text, after) = path.split_at_checked(end)?;
        found.push((name.to_owned(), text.to_owned()));
        (template, path) = (rest, after);
    }
    (template == path).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_has_that_of_the_server_in_front() {
        let document = json!({"servers": [{"url": "{endpoint}/v{version}"}]});
        let found = in_path(&document, "/a{b}/c", "/v2/a.x/c").unwrap();
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            found,
            (
                "/v2".to_owned(),
                vec![pair("version", "2"), pair("b", ".x")]
            )
        );
        assert_eq!(in_path(&document, "/a{b}/c", "/v2/a.x/d"), None);
        let (server, _) = in_path(&document, "/", "/v2").unwrap();
        assert_eq!(server, "/v2");
    }
}
