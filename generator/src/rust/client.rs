//! The client of an API, its builder, and the builders of its actions.

use super::builders::{Builder, OutputShape, optional, stream_beside};
use super::docs::{attributes, code, first_of};
use super::format::SourceFile;
use super::reach::chosen_media;
use super::tokens::TokenWay;
use super::{Context, ident};
use crate::ir::{ActionId, Api, ApiKeyPlace, AuthScheme, AuthSchemeKind, Kind, ResourceId};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// A builder: its type, the macro that makes it one, and its setters.
struct BuilderTokens {
    code: TokenStream,
    call: TokenStream,
    setters: Option<TokenStream>,
}

impl Context<'_> {
    /// `client.rs`.
    pub(super) fn client_file(&self) -> SourceFile {
        let mut file = SourceFile::new("The client, and how to make one.");
        let resources = self
            .api
            .resources
            .iter()
            .enumerate()
            .filter_map(|(index, _)| {
                let names = self.names.resources.get(index)?;
                let (feature, module) = (self.feature(ResourceId(index)), ident(&names.module));
                let handle = ident(&names.handle);
                Some(quote! {
                    #[cfg(feature = #feature)]
                    use super::resources::#module::#handle;
                })
            });
        let shared = self.shared_setters();
        let imports = self.imports(None);
        file.code(quote! {
            #(#resources)*
            #imports
            use specwright_runtime as rt;
        });
        file.code(self.api_constant());
        let title = if self.api.title.is_empty() {
            self.api.name.clone()
        } else {
            self.api.title.clone()
        };
        let docs = attributes(&format!(
            "A client of {}.\n\nIt is cheap to clone: clones share connections and credentials.",
            code(&title)
        ));
        file.code(quote! {
            #docs
            #[derive(Debug, Clone)]
            pub struct Client {
                #[allow(dead_code, reason = "no resource may be turned on")]
                core: rt::Client,
            }
        });
        file.code(quote! {
            /// Makes a [`Client`].
            #[derive(Debug, Clone, Default)]
            pub struct ClientBuilder { pub(super) core: rt::ClientBuilder }
        });
        file.line(quote!(rt::client! { Client, ClientBuilder, api: &API }));
        let mut told = self.credentials();
        told.extend(self.token_methods());
        told.extend(shared);
        if !told.is_empty() {
            file.code(quote!(impl ClientBuilder { #(#told)* }));
        }
        let accessors: Vec<TokenStream> = (0..self.api.resources.len())
            .filter_map(|index| self.accessor(ResourceId(index)))
            .collect();
        if !accessors.is_empty() {
            file.code(quote!(impl Client { #(#accessors)* }));
        }
        file
    }

    fn accessor(&self, id: ResourceId) -> Option<TokenStream> {
        let resource = self.api.resource(id)?;
        let names = self.names.resources.get(id.0)?;
        let (feature, accessor, handle) = (
            self.feature(id),
            ident(&names.accessor),
            ident(&names.handle),
        );
        let docs = attributes(&first_of(&[resource.description.as_deref()], || {
            format!("Actions on {}.", resource.plural.join(" "))
        }));
        Some(quote! {
            #docs
            #[cfg(feature = #feature)]
            pub fn #accessor(&self) -> #handle<'_> { #handle { core: &self.core } }
        })
    }

    /// What the runtime has to know of the API as a whole.
    fn api_constant(&self) -> TokenStream {
        let name = &self.api.name;
        let user_agent = format!("{name}-rust/{}", self.place.version);
        let base_url = self.api.servers.first().and_then(server_url);
        let base_url = base_url.map(|url| quote!(.base_url(#url)));
        let schemes: Vec<_> = {
            let schemes = self.api.auth_schemes.iter();
            schemes.map(|it| scheme(self.api, it)).collect()
        };
        let schemes = (!schemes.is_empty()).then(|| quote!(.schemes(&[#(#schemes),*])));
        let security = self.api.security.iter().map(|requirement| {
            let keys = requirement.schemes.iter().map(|(key, _)| key);
            quote!(&[#(#keys),*])
        });
        let security: Vec<_> = security.collect();
        let security = (!security.is_empty()).then(|| quote!(.security(&[#(#security),*])));
        let shared = self.shared_parameters();
        quote! {
            pub(super) static API: rt::Api =
                rt::Api::new(#name, #user_agent) #base_url #schemes #security #shared;
        }
    }

    /// A method of the builder for each way to authenticate.
    fn credentials(&self) -> Vec<TokenStream> {
        self.credential_names()
            .into_iter()
            .map(|(scheme, method)| {
                let (method, key) = (ident(&method), &scheme.key);
                let docs = attributes(&first_of(&[scheme.description.as_deref()], || {
                    format!("The credential for {}.", code(key))
                }));
                if scheme.kind == AuthSchemeKind::Basic {
                    quote! {
                        #docs
                        pub fn #method(self, user: &str, password: impl Into<rt::Secret>) -> Self {
                            Self { core: self.core.basic_auth(#key, user, password) }
                        }
                    }
                } else {
                    quote! {
                        #docs
                        pub fn #method(self, secret: impl Into<rt::Secret>) -> Self {
                            Self { core: self.core.credential(#key, secret) }
                        }
                    }
                }
            })
            .collect()
    }

    /// The name of each method that takes a credential, and whether it takes a user name as well.
    pub(super) fn credential_methods(&self) -> Vec<(String, bool)> {
        self.credential_names()
            .into_iter()
            .map(|(scheme, method)| (method, scheme.kind == AuthSchemeKind::Basic))
            .collect()
    }

    /// The key of each scheme, and how its credential is given to the client's builder.
    pub(super) fn credential_calls(&self) -> Vec<(String, String)> {
        let call = |(scheme, method): (&AuthScheme, String)| {
            let arguments = match scheme.kind {
                AuthSchemeKind::Basic => "user, password",
                _ => "secret",
            };
            (scheme.key.clone(), format!(".{method}({arguments})"))
        };
        let mut calls: Vec<_> = self.credential_names().into_iter().map(call).collect();
        // Beside the token, so that the first of a scheme is what any of its flows gives.
        for (scheme, way, method) in self.token_names() {
            let call = match way {
                TokenWay::ClientCredentials => format!(".{method}(id, secret)"),
                TokenWay::OAuth2 => format!(".{method}(grant)"),
                TokenWay::Source => continue,
            };
            calls.push((scheme.key.clone(), call));
        }
        calls
    }

    /// Two schemes of one kind are told apart by their keys.
    pub(super) fn credential_names(&self) -> Vec<(&AuthScheme, String)> {
        let methods: Vec<(&AuthScheme, &str)> = self
            .api
            .auth_schemes
            .iter()
            .filter_map(|scheme| Some((scheme, credential_method(&scheme.kind)?)))
            .collect();
        let mut taken = BTreeSet::new();
        let named = methods.iter().map(|(scheme, method)| {
            let same = methods.iter().filter(|(_, other)| other == method).count();
            let own = crate::names::words(&scheme.key).join("_");
            let name = if same > 1 && !own.is_empty() {
                format!("{method}_{own}")
            } else {
                (*method).to_owned()
            };
            (*scheme, self.free_method(&mut taken, name))
        });
        named.collect()
    }

    /// The name of a method of the client's builder, or one beside it where it is taken. Schemes whose
    /// keys have the same words are told apart by their order.
    pub(super) fn free_method(&self, taken: &mut BTreeSet<String>, mut name: String) -> String {
        let parameters = &self.names.client_parameters;
        if parameters.contains(&name) {
            name.push_str("_credential");
        }
        let mut free = name.clone();
        let mut number = 2_usize;
        while parameters.contains(&free) || !taken.insert(free.clone()) {
            free = format!("{name}_{number}");
            number = number.saturating_add(1);
        }
        free
    }

    /// `actions.rs`: the builders.
    pub(super) fn actions_file(&self) -> SourceFile {
        let mut file = SourceFile::new(
            "Builders: an action with its optional parameters.\n\nAwait one to send it. Actions that take \
             the same parameters share a builder, which is generic in what they return.",
        );
        let builders: Vec<BuilderTokens> = self
            .builders
            .list
            .iter()
            .filter_map(|builder| self.builder(builder))
            .collect();
        let imports = self.imports(None);
        file.code(quote! {
            #imports
            use super::error::ErrorBody;
            use specwright_runtime as rt;
        });
        if let Some(paging) = self.shared_paging() {
            file.code(quote! {
                /// How most lists continue.
                #[allow(dead_code, reason = "no resource may be turned on")]
                pub(super) const PAGING: rt::Paging = #paging;
            });
        }
        for builder in builders {
            file.code(builder.code);
            file.line(builder.call);
            if let Some(setters) = builder.setters {
                file.code(setters);
            }
        }
        file
    }

    fn builder(&self, builder: &Builder) -> Option<BuilderTokens> {
        let first = *builder.actions.first()?;
        let action = self.api.action(first)?;
        let name = ident(&builder.name);
        let mut setters: Vec<TokenStream> = self.setters(first);
        let has_setters = !setters.is_empty();
        setters.extend(self.finishers(first));
        let generic = builder.is_generic().then(|| quote!(<T>));
        let (output, read) = match builder.output {
            OutputShape::Page(metadata) => {
                let metadata = metadata.map_or_else(|| quote!(rt::NoMeta), |id| self.type_name(id));
                (quote!(rt::Page<T, #metadata>), quote!(page<T, #metadata>))
            }
            OutputShape::Json => (quote!(T), quote!(json<T>)),
            OutputShape::Empty => (quote!(()), quote!(empty)),
            OutputShape::Text => (quote!(String), quote!(text)),
            OutputShape::Bytes => (quote!(rt::Bytes), quote!(bytes)),
            OutputShape::Items => (quote!(rt::EventStream<T, ErrorBody>), quote!(items<T>)),
        };
        let stream = stream_beside(self.api, action).map(|items| {
            let item = self.item_type(&items);
            quote!(or items<#item>)
        });
        let docs = attributes(&match &action.kind {
            Kind::Custom { .. } if !has_setters => {
                "An action without optional parameters.".to_owned()
            }
            Kind::Custom { .. } if builder.actions.len() > 1 => {
                let first = format!("{} {}", action.method.as_str(), code(&action.path));
                format!("{first}, and what takes the same parameters.")
            }
            Kind::Custom { .. } => format!("{} {}", action.method.as_str(), code(&action.path)),
            Kind::FindMany if matches!(builder.output, OutputShape::Items) => {
                "Finds records, one after the other as they come.".to_owned()
            }
            Kind::FindMany if !matches!(builder.output, OutputShape::Page(_)) => {
                "Finds records.".to_owned()
            }
            kind => kind_sentence(kind).to_owned(),
        });
        let setters =
            (!setters.is_empty()).then(|| quote!(impl #generic #name #generic { #(#setters)* }));
        Some(BuilderTokens {
            code: quote! {
                #docs
                #[must_use = "nothing is sent until it is awaited"]
                pub struct #name #generic(pub(super) rt::Call<#output, ErrorBody>);
            },
            call: quote!(rt::action! { #name #generic => #read #stream, ErrorBody }),
            setters,
        })
    }

    fn setters(&self, id: ActionId) -> Vec<TokenStream> {
        let Some((action, names)) = self.api.action(id).zip(self.names.actions.get(id.0)) else {
            return Vec::new();
        };
        let mut setters: Vec<TokenStream> = optional(action)
            .filter_map(|(index, parameter)| {
                Some(super::resources::setter(
                    self,
                    names.parameters.get(index)?,
                    parameter,
                ))
            })
            .collect();
        if let Some(media) = action
            .body
            .as_ref()
            .filter(|body| !body.required)
            .and_then(chosen_media)
        {
            let (argument, call) = self.body(&ident("body"), media);
            setters.push(quote! {
                /// The body, which may be left out.
                pub fn body(self, #argument) -> Self {
                    Self(self.0.#call)
                }
            });
        }
        setters
    }
}

/// A server's URL with its variables' defaults filled in; `None` for one that is relative.
pub(super) fn server_url(server: &crate::ir::Server) -> Option<String> {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}

fn scheme(api: &Api, scheme: &AuthScheme) -> TokenStream {
    let key = &scheme.key;
    match &scheme.kind {
        AuthSchemeKind::Bearer { .. } => quote!(rt::Scheme::bearer(#key)),
        AuthSchemeKind::OAuth2 { .. } | AuthSchemeKind::OpenIdConnect { .. } => {
            let flows = super::tokens::flows(api, scheme);
            quote!(rt::Scheme::bearer(#key) #flows)
        }
        AuthSchemeKind::Basic => quote!(rt::Scheme::basic(#key)),
        AuthSchemeKind::Http { scheme } => quote!(rt::Scheme::http(#key, #scheme)),
        AuthSchemeKind::ApiKey { place, name } => match place {
            ApiKeyPlace::Header => quote!(rt::Scheme::api_key_header(#key, #name)),
            ApiKeyPlace::Query => quote!(rt::Scheme::api_key_query(#key, #name)),
            ApiKeyPlace::Cookie => quote!(rt::Scheme::api_key_cookie(#key, #name)),
        },
        AuthSchemeKind::MutualTls => quote!(rt::Scheme::mutual_tls(#key)),
    }
}

fn credential_method(kind: &AuthSchemeKind) -> Option<&'static str> {
    match kind {
        AuthSchemeKind::Bearer { .. } => Some("bearer_token"),
        AuthSchemeKind::OAuth2 { .. } | AuthSchemeKind::OpenIdConnect { .. } => {
            Some("access_token")
        }
        AuthSchemeKind::Basic => Some("basic_auth"),
        AuthSchemeKind::Http { .. } => Some("authorization"),
        AuthSchemeKind::ApiKey { .. } => Some("api_key"),
        AuthSchemeKind::MutualTls => None,
    }
}

fn kind_sentence(kind: &Kind) -> &'static str {
    match kind {
        Kind::FindMany => "Finds records, a page at a time or all of them as a stream.",
        Kind::FindOne => "Finds one record.",
        Kind::CreateOne => "Makes a record.",
        Kind::CreateMany => "Makes several records.",
        Kind::UpdateOne => "Changes a record.",
        Kind::UpdateMany => "Changes several records.",
        Kind::DeleteOne => "Removes a record.",
        Kind::DeleteMany => "Removes several records.",
        Kind::FindDuplicates => "Finds records that look alike.",
        Kind::Upsert => "Makes a record, or changes the one that is there.",
        Kind::Restore => "Brings back what was removed.",
        Kind::Merge => "Makes one record of several.",
        Kind::Custom { .. } => "An action of its own kind.",
    }
}
