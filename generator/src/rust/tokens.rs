//! OAuth 2.0 in the client: where tokens are, and the builder's methods that have them asked for.

use super::docs::{attributes, code};
use super::examples::fenced;
use super::{Context, ident};
use crate::ir::{Api, AuthScheme, AuthSchemeKind, OAuthFlow, OAuthFlowKind};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// How a client's builder is told where tokens come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenWay {
    /// An id and a secret.
    ClientCredentials,
    /// Any grant.
    OAuth2,
    /// The user's own code.
    Source,
}

impl TokenWay {
    const ALL: [Self; 3] = [Self::ClientCredentials, Self::OAuth2, Self::Source];

    /// The method of the builder.
    const fn word(self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::OAuth2 => "oauth2",
            Self::Source => "token_source",
        }
    }
}

/// Whether a client of an API can have tokens asked for.
pub(super) fn has_tokens(api: &Api) -> bool {
    api.auth_schemes.iter().any(takes_tokens)
}

fn takes_tokens(scheme: &AuthScheme) -> bool {
    matches!(
        scheme.kind,
        AuthSchemeKind::OAuth2 { .. } | AuthSchemeKind::OpenIdConnect { .. }
    )
}

/// The flows of a scheme that have a token endpoint, as `.flows(&[..])`.
pub(super) fn flows(api: &Api, scheme: &AuthScheme) -> Option<TokenStream> {
    let flows: Vec<TokenStream> = with_endpoint(scheme)
        .filter_map(|(flow, url)| {
            let scopes = scopes(api, scheme, flow);
            let kind = match flow.kind {
                OAuthFlowKind::ClientCredentials => ident("client_credentials"),
                OAuthFlowKind::Password => ident("password"),
                OAuthFlowKind::AuthorizationCode => ident("authorization_code"),
                OAuthFlowKind::Implicit => return None,
            };
            let refresh = flow.refresh_url.as_deref().filter(|other| *other != url);
            let refresh = refresh.map(|url| quote!(.refresh_url(#url)));
            Some(quote!(rt::Flow::#kind(#url, &[#(#scopes),*]) #refresh))
        })
        .collect();
    (!flows.is_empty()).then(|| quote!(.flows(&[#(#flows),*])))
}

fn with_endpoint(scheme: &AuthScheme) -> impl Iterator<Item = (&OAuthFlow, &str)> {
    let flows: &[OAuthFlow] = match &scheme.kind {
        AuthSchemeKind::OAuth2 { flows } => flows,
        _ => &[],
    };
    let url = |flow: &'_ OAuthFlow| flow.token_url.as_ref().is_some_and(|url| !url.is_empty());
    flows
        .iter()
        .filter(move |flow| flow.kind != OAuthFlowKind::Implicit && url(flow))
        .filter_map(|flow| Some((flow, flow.token_url.as_deref()?)))
}

fn client_credentials(scheme: &AuthScheme) -> Option<(&OAuthFlow, &str)> {
    with_endpoint(scheme).find(|(flow, _)| flow.kind == OAuthFlowKind::ClientCredentials)
}

/// The scopes that operations need, of those that a flow has: another flow may have others. Those that
/// no token of RFC 6749, section 3.3, can be are left out.
fn scopes<'a>(api: &'a Api, scheme: &AuthScheme, flow: &OAuthFlow) -> BTreeSet<&'a str> {
    let own = api
        .actions
        .iter()
        .filter_map(|action| action.security.as_ref());
    let needed = own
        .chain([&api.security])
        .flatten()
        .flat_map(|requirement| &requirement.schemes)
        .filter(|(key, _)| *key == scheme.key)
        .flat_map(|(_, scopes)| scopes);
    let declared = |scope: &&String| {
        flow.scopes.is_empty() || flow.scopes.iter().any(|(known, _)| known == *scope)
    };
    let allowed = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    let usable = |scope: &&String| !scope.is_empty() && scope.chars().all(allowed);
    needed
        .filter(declared)
        .filter(usable)
        .map(String::as_str)
        .collect()
}

impl Context<'_> {
    /// The methods of the client's builder that have tokens asked for.
    pub(super) fn token_methods(&self) -> Vec<TokenStream> {
        let methods = self.token_names().into_iter();
        methods
            .filter_map(|(scheme, way, name)| match way {
                TokenWay::ClientCredentials => self.client_credentials(scheme, &name),
                TokenWay::OAuth2 => Some(self.grants(scheme, &name)),
                TokenWay::Source => Some(token_source(scheme, &name)),
            })
            .collect()
    }

    /// The name of each of these methods. Those of several schemes are told apart by their keys.
    pub(super) fn token_names(&self) -> Vec<(&AuthScheme, TokenWay, String)> {
        let schemes = self.api.auth_schemes.iter().filter(|it| takes_tokens(it));
        let has = |scheme: &AuthScheme, way: TokenWay| {
            way != TokenWay::ClientCredentials || client_credentials(scheme).is_some()
        };
        let credentials = self.credential_names().into_iter();
        let mut taken: BTreeSet<String> = credentials.map(|(_, name)| name).collect();
        let mut named = Vec::new();
        for scheme in schemes.clone() {
            for way in TokenWay::ALL.into_iter().filter(|way| has(scheme, *way)) {
                let same = schemes.clone().filter(|scheme| has(scheme, way)).count();
                let own = crate::names::words(&scheme.key).join("_");
                let mut name = way.word().to_owned();
                if same > 1 && !own.is_empty() {
                    name = format!("{name}_{own}");
                }
                named.push((scheme, way, self.free_method(&mut taken, name)));
            }
        }
        named
    }

    /// `.client_credentials(id, secret)`, where the document has that flow.
    fn client_credentials(&self, scheme: &AuthScheme, name: &str) -> Option<TokenStream> {
        let (flow, url) = client_credentials(scheme)?;
        let (module, method, key) = (ident(&self.api.name), ident(name), &scheme.key);
        let variable = |word: &str| format!("{}_{word}", self.api.name.to_uppercase());
        let (id, secret) = (variable("CLIENT_ID"), variable("CLIENT_SECRET"));
        let example = self.token_example(&quote! {
            let client = #module::Client::builder()
                .base_url("https://api.example")
                .#method(std::env::var(#id)?, std::env::var(#secret)?)
                .build()?;
        });
        let scopes: Vec<String> = scopes(self.api, scheme, flow)
            .into_iter()
            .map(code)
            .collect();
        let asked = match scopes.as_slice() {
            [] => String::new(),
            scopes => format!(", with the scopes {}", scopes.join(", ")),
        };
        // Servers refuse the whole request for one scope that a client may not have.
        let all = match scopes.as_slice() {
            [] | [_] => String::new(),
            _ => format!(
                " These are all scopes that any operation names, also where one of several is enough. To ask \
                 for fewer, give a grant with \
                 [`OAuth2::scopes`](super::runtime::OAuth2::scopes) to `.{}(..)`.",
                self.grants_name(scheme)
            ),
        };
        let docs = attributes(&format!(
            "Asks for access tokens with the id and the secret of this client, for {}.\n\nThey are asked for \
             at {}{asked}, kept, and renewed shortly before they expire and after a 401.{all} What else can \
             be said of them, [`runtime::OAuth2`](super::runtime::OAuth2) says.\n\n{example}",
            code(key),
            code(url),
        ));
        Some(quote! {
            #docs
            pub fn #method(self, id: impl Into<String>, secret: impl Into<rt::Secret>) -> Self {
                Self { core: self.core.oauth2(#key, rt::OAuth2::client_credentials(id, secret)) }
            }
        })
    }

    /// The method that takes any grant for a scheme.
    fn grants_name(&self, scheme: &AuthScheme) -> String {
        let mut named = self.token_names().into_iter();
        let found = named.find(|(it, way, _)| it.key == scheme.key && *way == TokenWay::OAuth2);
        found.map(|(.., name)| name).unwrap_or_default()
    }

    /// `.oauth2(grant)`, for other grants and what can be said of them.
    fn grants(&self, scheme: &AuthScheme, name: &str) -> TokenStream {
        let (module, method, key) = (ident(&self.api.name), ident(name), &scheme.key);
        let token_url = with_endpoint(scheme).next().is_none();
        let token_url = token_url.then(|| quote!(.token_url("https://id.example/token")));
        let example = self.token_example(&quote! {
            let grant = #module::runtime::OAuth2::refresh_token(std::env::var("REFRESH_TOKEN")?)
                .client("my-app", std::env::var("CLIENT_SECRET")?)
                #token_url
                .on_token(|token| {
                    let _next = token.refresh_token.as_ref();
                });
            let client = #module::Client::builder()
                .base_url("https://api.example")
                .#method(grant)
                .build()?;
        });
        let docs = attributes(&format!(
            "Asks for access tokens for {} with a refresh token, as a login in a browser gives one, or with \
             another grant of OAuth 2.0.\n\n{example}",
            code(key)
        ));
        quote! {
            #docs
            pub fn #method(self, grant: rt::OAuth2) -> Self {
                Self { core: self.core.oauth2(#key, grant) }
            }
        }
    }

    fn token_example(&self, body: &TokenStream) -> String {
        let function = quote! {
            fn run() -> Result<(), Box<dyn std::error::Error>> {
                #body
                Ok(())
            }
        };
        let text = syn::parse2(function).map(|file| prettyplease::unparse(&file));
        let import = self.place.import;
        let text = text.map(|text| fenced(&text, import.contains("::").then_some(import)));
        text.unwrap_or_default()
    }
}

/// `.token_source(source)`, for tokens that the user's own code gets.
fn token_source(scheme: &AuthScheme, name: &str) -> TokenStream {
    let (method, key) = (ident(name), &scheme.key);
    let docs = attributes(&format!(
        "What gets the access tokens for {}: an asynchronous closure, or a \
         [`runtime::TokenSource`](super::runtime::TokenSource). It is asked again shortly before a token \
         expires, and after a 401.",
        code(key)
    ));
    quote! {
        #docs
        pub fn #method(self, source: impl rt::TokenSource) -> Self {
            Self { core: self.core.token_source(#key, source) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::builders::Builders;
    use super::super::{Context, Place};
    use crate::config::ApiConfig;
    use crate::diag::Diagnostics;
    use crate::ir::Api;
    use crate::load::MemorySources;
    use crate::names::{Lock, allocate};

    /// Schemes whose keys have the same words, or none, and operations that need one scope or another.
    const ALIKE: &str = r##"
openapi: 3.1.0
info: {title: Alike, version: "1"}
paths:
  /a: {get: {security: [{my_oauth: [read]}, {my_oauth: [write]}], responses: {"204": {description: x}}}}
components:
  securitySchemes:
    my_oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://a.example/t, scopes: {read: r, write: w}}}}
    my-oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://b.example/t, scopes: {}}}}
    my.oauth: {type: openIdConnect, openIdConnectUrl: https://c.example/}
    _: {type: http, scheme: bearer}
    __: {type: http, scheme: bearer}
    my_key: {type: apiKey, in: header, name: A}
    my-key: {type: apiKey, in: header, name: B}
    myKey: {type: apiKey, in: query, name: C}
"##;

    fn api() -> Api {
        let sources = MemorySources::new("f.yaml", ALIKE);
        let config = ApiConfig::for_name("f");
        let compiled = crate::compile("f.yaml", &sources, &config, &mut |_| {});
        compiled.api.unwrap()
    }

    fn with_context<T>(api: &Api, run: impl FnOnce(&Context<'_>) -> T) -> T {
        let (mut lock, mut diagnostics) = (Lock::default(), Diagnostics::new());
        let names = allocate(api, &|_| true, &[], &mut lock, &mut diagnostics);
        let place = Place {
            import: "f",
            feature_prefix: "",
            version: "1",
        };
        run(&Context::new(api, None, &names, Builders::default(), place))
    }

    /// Two methods of one name in one `impl` do not compile.
    #[test]
    fn no_method_is_there_twice() {
        let api = api();
        let names: Vec<String> = with_context(&api, |context| {
            let tokens = context.token_names().into_iter().map(|(.., name)| name);
            let credentials = context.credential_names().into_iter();
            credentials.map(|(_, name)| name).chain(tokens).collect()
        });
        let unique: BTreeSet<&String> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{names:?}");
        assert_eq!(names.len(), 8 + 2 + 3 + 3);
        for name in ["oauth2_my_oauth", "oauth2_my_oauth_2", "oauth2_my_oauth_3"] {
            assert!(unique.contains(&name.to_owned()), "{names:?}");
        }
    }

    #[test]
    fn the_docs_say_that_all_scopes_are_asked_for() {
        let api = api();
        let methods = with_context(&api, |context| context.token_methods());
        let mut docs = methods.iter().map(ToString::to_string);
        let docs = docs.find(|text| text.contains("this client, for `my_oauth`"));
        let docs = docs.unwrap();
        assert!(
            docs.contains("all scopes that any operation names"),
            "{docs}"
        );
        assert!(docs.contains("to `.oauth2_my_oauth_"), "{docs}");
    }
}
