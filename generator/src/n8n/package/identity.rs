//! What the package, its node and its icons are called.

use super::words::{self, camel, one_line, pascal, title_case};
use crate::config::N8nProfile;
use crate::ir::Api;

/// The longest title; a document can have any.
const MAX_TITLE: usize = 60;

/// Names that a node's class cannot have: the shell uses them.
const TAKEN: &[&str] = &["Promise"];

/// The names of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// `n8n-nodes-twenty`.
    pub(super) package: String,
    /// The node's class, file and folder: `Twenty`.
    pub(super) class: String,
    /// `description.name`, and the icons': `twenty`.
    pub(super) name: String,
    /// The folder of its icons, that of the first node: `Twenty`.
    pub(super) icons: String,
    /// What users know the service as: `Twenty`.
    pub(super) title: String,
    /// Who publishes it.
    pub(super) author: String,
    /// At which address.
    pub(super) email: String,
    /// The package's repository, as a page.
    pub(super) repository: String,
    /// The package's page.
    pub(super) homepage: String,
    /// Whether any of the four is a stand-in for what the configuration does not say.
    pub(super) anonymous: bool,
}

impl Identity {
    pub(super) fn new(api: &Api, profile: &N8nProfile) -> Self {
        let package = format!("n8n-nodes-{}", api.name.replace('_', "-"));
        // `Trigger` at the end is what n8n calls a node that starts workflows.
        let own = pascal(&api.name);
        let name = if TAKEN.contains(&own.as_str()) || own.ends_with("Trigger") {
            format!("{} node", api.name)
        } else {
            api.name.clone()
        };
        let repository = profile.repository.as_ref().map(|url| {
            url.trim_end_matches(".git")
                .trim_end_matches('/')
                .to_owned()
        });
        let anonymous = profile.author.is_none() || profile.email.is_none() || repository.is_none();
        let repository =
            repository.unwrap_or_else(|| format!("https://github.com/example/{package}"));
        Self {
            class: pascal(&name),
            icons: pascal(&name),
            name: camel(&name),
            title: title(api, profile),
            author: profile
                .author
                .clone()
                .unwrap_or_else(|| format!("The authors of {package}")),
            email: profile
                .email
                .clone()
                .unwrap_or_else(|| "author@example.com".to_owned()),
            homepage: profile
                .homepage
                .clone()
                .unwrap_or_else(|| repository.clone()),
            repository,
            anonymous,
            package,
        }
    }
}

/// Words that say of any API what it is.
const NOISE: &[&str] = &[
    "api",
    "apis",
    "docs",
    "documentation",
    "http",
    "openapi",
    "reference",
    "rest",
    "spec",
    "specification",
    "swagger",
];

/// The configured title, else the document's without "API", else the name.
pub(in crate::n8n) fn title(api: &Api, profile: &N8nProfile) -> String {
    if let Some(title) = &profile.title {
        return words::brand(title);
    }
    let title = words::brand(&without_noise(&one_line(&api.title)));
    let usable = title.chars().any(char::is_alphanumeric) && title.chars().count() <= MAX_TITLE;
    if usable {
        title
    } else {
        title_case(&api.name.replace('_', " "))
    }
}

/// A title without noise at its ends: "API Reference for Acme", "Acme REST API v2".
fn without_noise(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    let is = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    let is_version = |word: &str| {
        let number = word.strip_prefix(['v', 'V']).unwrap_or_default();
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    while words
        .last()
        .is_some_and(|word| is(NOISE, word) || is_version(word))
    {
        words.pop();
    }
    let mut start = words.iter().take_while(|word| is(NOISE, word)).count();
    // "Rest Easy" is a name.
    let says_api = words
        .iter()
        .take(start)
        .any(|word| !is(&["rest", "http"], word));
    if !says_api {
        return words.join(" ");
    }
    let leads = |word: &&&str| is(&["for", "of", "the"], word);
    start += words.iter().skip(start).take_while(leads).count();
    words.split_off(start.min(words.len())).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, title: &str) -> Identity {
        let api = Api {
            name: name.to_owned(),
            title: title.to_owned(),
            ..Api::default()
        };
        Identity::new(&api, &N8nProfile::default())
    }

    #[test]
    fn titles_lose_what_every_api_is() {
        assert_eq!(identity("twenty", "Twenty Api").title, "Twenty");
        assert_eq!(identity("x", "acme cloud REST API").title, "Acme Cloud");
        assert_eq!(
            identity("x", "API Reference for the acme cloud").title,
            "Acme Cloud"
        );
        assert_eq!(identity("x", "Acme API v2.1").title, "Acme");
        assert_eq!(identity("x", "Rest Easy").title, "Rest Easy");
        assert_eq!(identity("x", "n8n Public API").title, "n8n Public");
        assert_eq!(identity("some_api", "API Reference").title, "Some Api");
        assert_eq!(identity("some_api", "API").title, "Some Api");
        assert_eq!(identity("some_api", "\u{202e}*/\n").title, "Some Api");
        assert_eq!(identity("pets", &"long ".repeat(30)).title, "Pets");
    }

    #[test]
    fn names_follow_the_api() {
        let names = identity("n8n_public", "");
        assert_eq!(names.package, "n8n-nodes-n8n-public");
        assert_eq!(
            (names.class.as_str(), names.name.as_str()),
            ("N8nPublic", "n8nPublic")
        );
        assert_eq!(identity("promise", "").class, "PromiseNode");
        assert_eq!(identity("hook_trigger", "").name, "hookTriggerNode");
    }

    #[test]
    fn what_is_not_configured_is_said_to_be_missing() {
        assert!(identity("twenty", "").anonymous);
        let profile = N8nProfile {
            author: Some("Ada".to_owned()),
            email: Some("ada@acme.dev".to_owned()),
            repository: Some("https://github.com/acme/nodes.git".to_owned()),
            ..N8nProfile::default()
        };
        let own = Identity::new(&Api::default(), &profile);
        assert!(!own.anonymous);
        assert_eq!(own.homepage, "https://github.com/acme/nodes");
    }
}
