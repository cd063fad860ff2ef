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
    let token = flows.iter().find_map(|flow| flow.token_url.as_deref());
    let mut properties = vec![grant];
    properties.extend(authorization.map(|url| hidden("Authorization URL", "authUrl", url)));
    properties.push(hidden(
        "Access Token URL",
        "accessTokenUrl",
        token.unwrap_or_default(),
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
