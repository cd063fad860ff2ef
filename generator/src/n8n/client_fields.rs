//! Parameters that operations share: a field of the credential has their value.

use crate::ir::{Api, ClientParameter, Parameter};
use crate::n8n::forms;
use crate::names::client_words;

/// Fields of a credential, n8n's own and those of ways to authenticate, and what every object has.
const TAKEN: &[&str] = &[
    "accessTokenUrl",
    "additionalBodyProperties",
    "allowedDomains",
    "allowedHttpRequestDomains",
    "authQueryParameters",
    "authUrl",
    "authentication",
    "baseUrl",
    "clientId",
    "constructor",
    "grantType",
    "hasOwnProperty",
    "ignoreSslIssues",
    "isPrototypeOf",
    "oauthTokenData",
    "propertyIsEnumerable",
    "scope",
    "sendAdditionalBodyProperties",
    "serverUrl",
    "toLocaleString",
    "toString",
    "tokenExpiredStatusCode",
    "useDynamicClientRegistration",
    "valueOf",
];

/// Last words of fields of ways to authenticate, before which the scheme's own name may stand.
const AUTHENTICATE: &[&str] = &["key", "password", "secret", "token", "username"];

/// A parameter that operations share, and the credential's field for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClientField<'a> {
    /// The parameter.
    pub(super) parameter: &'a ClientParameter,
    /// The field: `account`. No field of a way to authenticate is called so.
    pub(super) name: String,
    /// What users read: `Account`.
    pub(super) label: String,
}

/// The fields for all of them, in their order. A name that could be none, or an expression, has none.
pub(super) fn client_fields(api: &Api) -> Vec<ClientField<'_>> {
    let mut fields: Vec<ClientField<'_>> = Vec::new();
    let usable = |name: &str| !name.is_empty() && !name.starts_with('=');
    for parameter in &api.client_parameters {
        let own = client_words(api, &parameter.wire_name);
        let mut name = camel(&own);
        if name.is_empty() || !usable(&parameter.wire_name) {
            continue;
        }
        let authenticates = own
            .last()
            .is_some_and(|it| AUTHENTICATE.contains(&it.as_str()));
        if authenticates || TAKEN.contains(&name.as_str()) {
            name.push_str("Parameter");
        }
        while fields.iter().any(|field| field.name == name) {
            name.push_str("Parameter");
        }
        let labels = [own.join(" "), parameter.wire_name.clone()].map(|it| forms::label(&it));
        let is_free = |label: &String| !fields.iter().any(|field| field.label == *label);
        let label = labels.into_iter().find(is_free);
        let label = label.unwrap_or_else(|| forms::label(&name));
        fields.push(ClientField {
            parameter,
            name,
            label,
        });
    }
    fields
}

/// The field with the value of an operation's parameter, where it has one.
pub(super) fn field_of<'f>(fields: &'f [ClientField<'_>], own: &Parameter) -> Option<&'f str> {
    let field = fields.iter().find(|field| field.parameter.is(own))?;
    Some(&field.name)
}

/// `accountNumber`; empty where there is no word in ASCII.
fn camel(words: &[String]) -> String {
    let ascii =
        |word: &String| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
    let mut name = String::new();
    for word in words.iter().map(ascii) {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if name.is_empty() && first.is_ascii_alphabetic() => name.push(first),
            Some(first) if !name.is_empty() => name.push(first.to_ascii_uppercase()),
            _ => continue,
        }
        name.extend(letters);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Place, Schema};
    use crate::passes::testing::Fixture;

    #[test]
    fn a_field_is_called_as_no_other_of_the_credential() {
        let mut api = Fixture::new().api;
        api.name = "shops".to_owned();
        let names = [
            "X-Shops-Account",
            "account",
            "X-Base-URL",
            "X-Shops-Api-Key",
            "Constructor",
        ];
        api.client_parameters = names
            .map(|name| ClientParameter {
                wire_name: name.to_owned(),
                place: Place::Header,
                description: None,
                schema: Schema::default(),
                evidence: String::new(),
            })
            .to_vec();
        let fields = client_fields(&api);
        let shown: Vec<_> = fields
            .iter()
            .map(|it| (it.name.as_str(), it.label.as_str()))
            .collect();
        let expected = [
            ("account", "Account"),
            ("accountParameter", "Account Parameter"),
            ("baseUrlParameter", "Base URL"),
            ("apiKeyParameter", "API Key"),
            ("constructorParameter", "Constructor"),
        ];
        assert_eq!(shown, expected);
    }
}
