//! What an n8n package says of itself, which no document knows: `[api.<name>.n8n]`.

use serde::Deserialize;

/// Who publishes the package of an API, and how it is called. What is not said has a default that the
/// official checks accept and that says plainly that it is to be changed before publishing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct N8nProfile {
    /// What users know the service as: `Twenty`. `None`: the document's title, without "API".
    pub title: Option<String>,
    /// The author's name.
    pub author: Option<String>,
    /// The author's e-mail address.
    pub email: Option<String>,
    /// The URL of the package's repository.
    pub repository: Option<String>,
    /// The URL of the package's page; `None`: that of its repository.
    pub homepage: Option<String>,
    /// The operation that tells whether a credential is valid, by its `operationId`: a GET without
    /// required values. `None`: the cheapest such operation.
    pub credential_test: Option<String>,
    /// How lists are searched, where their parameter for it has a grammar of its own. `None`: by a
    /// parameter that is called `search` or the like.
    pub search: Option<SearchProfile>,
}

/// How a list is searched for the records whose name contains a text: `[api.<name>.n8n.search]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchProfile {
    /// The query parameter: `filter`.
    pub parameter: String,
    /// What is sent for one field, with `{field}` for its keys, joined by dots, and `{text}` for the
    /// longest word of what is searched for: `{field}[ilike]:"%{text}%"`.
    pub term: String,
    /// What is sent for several fields of which any may contain it, with `{terms}` for their terms,
    /// joined by commas: `or({terms})`. `None`: the first field alone is searched.
    pub any: Option<String>,
}

impl SearchProfile {
    /// What is sent to search these fields, with `{text}` for the text.
    ///
    /// ```
    /// use specwright::config::SearchProfile;
    /// let search = SearchProfile {
    ///     parameter: "filter".to_owned(),
    ///     term: "{field}:{text}".to_owned(),
    ///     any: Some("or({terms})".to_owned()),
    /// };
    /// let fields = [vec!["name".to_owned(), "first".to_owned()], vec!["city".to_owned()]];
    /// assert_eq!(search.value(&fields).as_deref(), Some("or(name.first:{text},city:{text})"));
    /// assert_eq!(search.value(&[]), None);
    /// ```
    pub fn value(&self, fields: &[Vec<String>]) -> Option<String> {
        let term = |keys: &Vec<String>| self.term.replace("{field}", &keys.join("."));
        match (fields, &self.any) {
            ([], _) => None,
            ([first, _, ..], None) | ([first], _) => Some(term(first)),
            (fields, Some(any)) => {
                let terms: Vec<String> = fields.iter().map(term).collect();
                Some(any.replace("{terms}", &terms.join(",")))
            }
        }
    }
}

impl N8nProfile {
    /// What is wrong with it: the key, and why.
    pub(super) fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        for (key, value) in [("title", &self.title), ("author", &self.author)] {
            let blank =
                |text: &String| text.trim().is_empty() || text.chars().any(char::is_control);
            if value.as_ref().is_some_and(blank) {
                faults.push((key, format!("`{key}` is one line of text")));
            }
        }
        for (key, value) in [
            ("repository", &self.repository),
            ("homepage", &self.homepage),
        ] {
            if let Some(value) = value.as_ref().filter(|value| !is_url(value)) {
                faults.push((key, format!("`{value}` is not an https URL")));
            }
        }
        if let Some(search) = &self.search {
            let holds = |text: &str, what: &str| text.contains(what);
            if !holds(&search.term, "{field}") || !holds(&search.term, "{text}") {
                let message = "`term` says where the field and the text go: `{field}` and `{text}`";
                faults.push(("search", message.to_owned()));
            }
            if search
                .any
                .as_ref()
                .is_some_and(|any| !holds(any, "{terms}"))
            {
                let message = "`any` says where the terms go: `{terms}`";
                faults.push(("search", message.to_owned()));
            }
        }
        if let Some(email) = self.email.as_ref().filter(|email| !is_email(email)) {
            faults.push(("email", format!("`{email}` is not an e-mail address")));
        }
        faults
    }
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").unwrap_or_default();
    !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn is_email(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.chars().any(char::is_whitespace);
    text.split_once('@')
        .is_some_and(|(name, host)| plain(name) && plain(host) && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_npm_would_refuse_is_refused() {
        let profile = N8nProfile {
            title: Some(" ".to_owned()),
            author: Some("a\nb".to_owned()),
            email: Some("nobody".to_owned()),
            repository: Some("git@example.com:a".to_owned()),
            homepage: Some("https://".to_owned()),
            credential_test: None,
            search: Some(SearchProfile {
                parameter: "q".to_owned(),
                term: "{field}".to_owned(),
                any: Some("or()".to_owned()),
            }),
        };
        let keys: Vec<_> = profile.faults().into_iter().map(|(key, _)| key).collect();
        let wanted = [
            "title",
            "author",
            "repository",
            "homepage",
            "search",
            "search",
            "email",
        ];
        assert_eq!(keys, wanted);
        assert!(N8nProfile::default().faults().is_empty());
    }
}
