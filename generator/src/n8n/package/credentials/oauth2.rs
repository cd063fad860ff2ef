//! What a credential tells n8n's own OAuth2.

use super::properties::property;
use crate::ir::{OAuthFlow, OAuthFlowKind};
use crate::n8n::model::{OptionItem, Property, PropertyKind, PropertyOptions};
use serde_json::json;
use std::collections::BTreeSet;

/// The settings of n8n's own `oAuth2Api`, which the user need not see.
pub(super) fn properties(flows: &[&OAuthFlow], scopes: &BTreeSet<&str>) -> Vec<Property> {
    let word = |kind| match kind {
        OAuthFlowKind::AuthorizationCode => Some(("Authorization Code", "authorizationCode")),
        OAuthFlowKind::ClientCredentials => Some(("Client Credentials", "clientCredentials")),
        OAuthFlowKind::Implicit | OAuthFlowKind::Password => None,
    };
    let hidden = |label: &str, name: &str, value: &str| {
        property(label, name, PropertyKind::Hidden, json!(value))
    };
    let mut grants: Vec<_> = flows.iter().filter_map(|flow| word(flow.kind)).collect();
    grants.sort_unstable();
    let first = grants.first().map_or("", |(_, value)| value);
    let grant = match grants.as_slice() {
        [_, _, ..] => Property {
            options: PropertyOptions::Items(
                grants
                    .iter()
                    .map(|(name, value)| OptionItem {
                        name: (*name).to_owned(),
                        value: json!(value),
                        action: None,
                        description: None,
                    })
                    .collect(),
            ),
            ..property(
                "Grant Type",
                "grantType",
                PropertyKind::Options,
                json!(first),
            )
        },
        _ => hidden("Grant Type", "grantType", first),
    };
    let authorization = flows.iter().find_map(|flow| {
        let own = flow.kind == OAuthFlowKind::AuthorizationCode;
        flow.authorization_url.as_deref().filter(|_| own)
    });
    let mut properties = vec![grant];
    properties.extend(authorization.map(|url| hidden("Authorization URL", "authUrl", url)));
    properties.push(hidden(
        "Access Token URL",
        "accessTokenUrl",
        &token_url(flows),
    ));
    properties.push(hidden("Scope", "scope", &scope(flows, scopes)));
    properties.push(hidden(
        "Auth URI Query Parameters",
        "authQueryParameters",
        "",
    ));
    properties.push(hidden("Authentication", "authentication", "header"));
    properties
}

/// Where tokens are asked for: where that depends on the grant, an expression that asks it. What is in
/// such a URL ends no text of an expression: flows with other URLs are none that n8n carries out.
fn token_url(flows: &[&OAuthFlow]) -> String {
    let of = |kind| {
        let flow = flows.iter().find(|flow| flow.kind == kind)?;
        flow.token_url.as_deref()
    };
    let own = of(OAuthFlowKind::ClientCredentials);
    let persons = of(OAuthFlowKind::AuthorizationCode);
    match (own, persons) {
        (Some(own), Some(persons)) if own != persons => format!(
            r#"={{{{ $self["grantType"] === "clientCredentials" ? "{own}" : "{persons}" }}}}"#
        ),
        (own, persons) => own.or(persons).unwrap_or_default().to_owned(),
    }
}

/// The scopes that operations name, else all of the flows; those that are tokens of RFC 6749, section
/// 3.3, and so no expressions.
fn scope(flows: &[&OAuthFlow], named: &BTreeSet<&str>) -> String {
    let declared = flows
        .iter()
        .flat_map(|flow| &flow.scopes)
        .map(|(scope, _)| scope.as_str());
    let all: BTreeSet<&str> = if named.is_empty() {
        declared.collect()
    } else {
        named.clone()
    };
    let allowed = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    let usable =
        |scope: &&str| !scope.is_empty() && !scope.starts_with('=') && scope.chars().all(allowed);
    all.into_iter().filter(usable).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_tokens_are_may_depend_on_the_grant() {
        let flow = |kind, url: &str| OAuthFlow {
            kind,
            authorization_url: None,
            token_url: Some(url.to_owned()),
            refresh_url: None,
            scopes: Vec::new(),
        };
        let own = flow(OAuthFlowKind::ClientCredentials, "https://a/t");
        let person = flow(OAuthFlowKind::AuthorizationCode, "https://b/t");
        let same = flow(OAuthFlowKind::AuthorizationCode, "https://a/t");
        assert_eq!(token_url(&[&own]), "https://a/t");
        assert_eq!(token_url(&[&person]), "https://b/t");
        assert_eq!(token_url(&[&own, &same]), "https://a/t");
        assert_eq!(
            token_url(&[&own, &person]),
            r#"={{ $self["grantType"] === "clientCredentials" ? "https://a/t" : "https://b/t" }}"#
        );
    }
}
