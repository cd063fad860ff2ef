//! What the examples have in common: a client from the environment, what is printed, the header.

use super::super::builders::{Output, output};
use super::super::client::server_url;
use super::super::docs::code;
use super::super::format::SourceFile;
use super::super::remarks::{Remarks, wrapped};
use super::super::{Context, ident};
use super::ExampleFile;
use super::calls::Call;
use super::inputs::best_label;
use super::subject::Subject;
use crate::ir::{ActionId, AuthScheme, AuthSchemeKind, Requirement, ResourceId, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// What a scheme's method of the builder takes, each value by the end of its variable's name, and what it
/// is in words. Nothing for what is no value.
pub(in crate::rust) fn credential_values(
    scheme: &AuthScheme,
    method: &str,
) -> Vec<(String, &'static str)> {
    match &scheme.kind {
        AuthSchemeKind::Basic => {
            let key = method.trim_start_matches("basic_auth");
            vec![
                (format!("user{key}"), "a user's name"),
                (format!("password{key}"), "the user's password"),
            ]
        }
        AuthSchemeKind::Bearer { .. } => {
            let key = method.trim_start_matches("bearer_token");
            vec![(format!("token{key}"), "a bearer token")]
        }
        AuthSchemeKind::OAuth2 { .. } | AuthSchemeKind::OpenIdConnect { .. } => {
            vec![(method.to_owned(), "an access token")]
        }
        AuthSchemeKind::Http { .. } => {
            vec![(
                method.to_owned(),
                "what follows the scheme in `Authorization`",
            )]
        }
        AuthSchemeKind::ApiKey { .. } => vec![(method.to_owned(), "an API key")],
        AuthSchemeKind::MutualTls => Vec::new(),
    }
}

/// A variable of the environment that an example reads.
struct Setting {
    /// Its name: `TWENTY_TOKEN`.
    variable: String,
    /// What it holds, in words.
    meaning: String,
}

/// A client made from what the environment says.
pub(super) struct ClientParts {
    /// Reads the variables.
    pub(super) settings: TokenStream,
    /// The calls of the builder that use them: `.base_url(base_url).bearer_token(token)`.
    pub(super) calls: TokenStream,
    needs: Vec<Setting>,
}

impl Context<'_> {
    /// The client of an example that calls these actions.
    pub(super) fn client_parts(&self, actions: &[ActionId]) -> ClientParts {
        let prefix = self.api.name.to_uppercase();
        let base_url = format!("{prefix}_BASE_URL");
        let server = self.api.servers.first().and_then(server_url);
        let served = server.map_or_else(String::new, |url| format!(", {} as a rule", code(&url)));
        let mut parts = ClientParts {
            settings: read_setting("base_url", &base_url),
            calls: quote!(.base_url(base_url)),
            needs: vec![Setting {
                variable: base_url,
                meaning: format!("where the API is{served}"),
            }],
        };
        for (scheme, method) in self.example_credentials(actions) {
            let method_name = ident(&method);
            let wanted = credential_values(scheme, &method);
            if wanted.is_empty() {
                continue;
            }
            let arguments: Vec<TokenStream> = wanted
                .iter()
                .map(|(name, _)| {
                    let name = ident(name);
                    let user = scheme.kind == AuthSchemeKind::Basic
                        && name.to_string().starts_with("user");
                    if user { quote!(&#name) } else { quote!(#name) }
                })
                .collect();
            for (name, meaning) in wanted {
                let variable = format!("{prefix}_{}", name.to_uppercase());
                parts.settings.extend(read_setting(&name, &variable));
                parts.needs.push(Setting {
                    variable,
                    meaning: meaning.to_owned(),
                });
            }
            parts.calls.extend(quote!(.#method_name(#(#arguments),*)));
        }
        parts
    }

    /// The schemes that calls of these actions need, each with the builder's method for it.
    pub(in crate::rust) fn example_credentials(
        &self,
        actions: &[ActionId],
    ) -> Vec<(&AuthScheme, String)> {
        let methods = self.credential_names();
        let given = |key: &str| methods.iter().any(|(scheme, _)| scheme.key == key);
        let mut keys: Vec<&str> = Vec::new();
        for action in actions.iter().filter_map(|id| self.api.action(*id)) {
            let alternatives: &[Requirement] =
                action.security.as_deref().unwrap_or(&self.api.security);
            let possible = |it: &&Requirement| it.schemes.iter().all(|(key, _)| given(key));
            let chosen = alternatives.iter().find(possible);
            keys.extend(
                chosen
                    .into_iter()
                    .flat_map(|it| &it.schemes)
                    .map(|(key, _)| key.as_str()),
            );
        }
        let wanted = |(scheme, _): &(&AuthScheme, String)| keys.contains(&scheme.key.as_str());
        methods.into_iter().filter(wanted).collect()
    }

    /// A file with its header and its `main`; other items are added by the caller.
    pub(super) fn example(
        &self,
        name: &'static str,
        about: &str,
        resources: impl IntoIterator<Item = ResourceId>,
        client: &ClientParts,
    ) -> ExampleFile {
        let mut file = SourceFile::new(self.example_header(name, about, client));
        if self.place.import.contains("::") {
            file.code(
                quote!(#![allow(clippy::print_stdout, reason = "an example shows what it got")]),
            );
        }
        ExampleFile {
            name,
            resources: resources.into_iter().collect(),
            file,
        }
    }

    fn example_header(&self, name: &str, about: &str, client: &ClientParts) -> String {
        let needs = client.needs.iter();
        let list: Vec<String> = needs
            .clone()
            .map(|it| format!("- `{}`: {}", it.variable, it.meaning))
            .collect();
        let values = needs.enumerate().map(|(index, it)| {
            let value = if index == 0 {
                "http://127.0.0.1:4010"
            } else {
                "secret"
            };
            format!("{}={value}", it.variable)
        });
        let values: Vec<String> = values.collect();
        let shared = self.place.import.contains("::");
        let document = if shared {
            self.api.name.clone()
        } else {
            "--spec <the document>".to_owned()
        };
        let about: Vec<String> = about
            .split("\n\n")
            .map(|paragraph| wrapped(paragraph, 0).join("\n"))
            .collect();
        let about = about.join("\n\n");
        format!(
            "{about}\n\nThe environment says with whom it talks:\n\n{}\n\nTo try it without an account, let \
             Specwright stand in for the API:\n\n```sh\ncargo xtask serve {document} --port 4010   \
             # in its repository, in another terminal\n{} \\\n    cargo run --example {}\n```",
            list.join("\n"),
            values.join(" "),
            self.example_name(name),
        )
    }

    /// `use` of the API's module, where it is not the crate itself.
    pub(super) fn example_import(&self) -> TokenStream {
        let path: TokenStream = self.place.import.parse().unwrap_or_default();
        let shared = self.place.import.contains("::");
        if shared {
            quote!(use #path;)
        } else {
            TokenStream::new()
        }
    }

    /// One record of a resource, in words.
    pub(super) fn one_of(&self, resource: ResourceId) -> String {
        let words = self.api.resource(resource).map(|it| plain(&it.singular));
        words
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| "record".to_owned())
    }

    /// Records of a resource, in words.
    pub(super) fn many_of(&self, resource: ResourceId) -> String {
        let words = self.api.resource(resource).map(|it| plain(&it.plural));
        words
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| "records".to_owned())
    }

    /// Sends a call, keeps what comes in the variable `into` and prints it behind `verb`.
    pub(super) fn told(
        &self,
        action: ActionId,
        call: &Call,
        into: &str,
        verb: &str,
        subject: &Subject,
    ) -> TokenStream {
        let Some(action) = self.api.action(action) else {
            return TokenStream::new();
        };
        let (code, variable) = (&call.code, ident(into));
        let (one, many) = (
            self.one_of(subject.resource),
            self.many_of(subject.resource),
        );
        let counted = format!("{verb} {{}} {many}");
        match output(self.api, action) {
            Output::Page(..) => quote! {
                let #variable = #code.await?;
                println!(#counted, #variable.items.len());
            },
            Output::Json(ty, nullable) => {
                if *self.behind(ty) == Type::Null && !nullable {
                    let text = format!("{verb} {one}");
                    return quote!(#code.await?; println!(#text););
                }
                let there = nullable.then(|| quote!(.ok_or("the answer is empty")?));
                let bound = quote!(let #variable = #code.await?#there;);
                if let Type::List(_) = self.behind(ty) {
                    return quote!(#bound println!(#counted, #variable.len()););
                }
                let line = self.shown_line(&format!("{verb} {one}"), ty, into, subject);
                quote!(#bound #line)
            }
            Output::Items(_) => quote! {
                let mut #variable = #code.await?;
                while let Some(item) = #variable.try_next().await? {
                    println!("{item:?}");
                }
            },
            Output::Empty => {
                let text = format!("{verb} {one}");
                quote!(#code.await?; println!(#text);)
            }
            Output::Text | Output::Bytes => {
                let text = format!("{verb} {one}: {{}} bytes");
                quote! {
                    let #variable = #code.await?;
                    println!(#text, #variable.len());
                }
            }
        }
    }

    /// Prints, behind `what`, the property by which a reader recognises a record, else all of it.
    pub(super) fn shown_line(
        &self,
        what: &str,
        ty: &Type,
        variable: &str,
        subject: &Subject,
    ) -> TokenStream {
        let label = subject.label.as_deref();
        let field = self.api.record(ty).and_then(|(id, record)| {
            if !self.shown.contains(id) {
                return None;
            }
            let best = best_label(record.fields.iter(), label)?;
            let index = record
                .fields
                .iter()
                .position(|it| it.wire_name == best.wire_name)?;
            Some(ident(self.names.fields.get(id.0)?.get(index)?))
        });
        if let Some(field) = field {
            let (text, variable) = (format!("{what}: {{:?}}"), ident(variable));
            return quote!(println!(#text, #variable.#field););
        }
        let text = format!("{what}: {{{variable}:?}}");
        quote!(println!(#text);)
    }
}

/// Reads a variable of the environment, and says which one is missing.
fn read_setting(name: &str, variable: &str) -> TokenStream {
    let (name, missing) = (ident(name), format!("set {variable}"));
    quote!(let #name = std::env::var(#variable).map_err(|_| #missing)?;)
}

/// Words of the document that can stand in a comment and in a format string.
fn plain(words: &[String]) -> String {
    let text = words.join(" ");
    let kept = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ');
    kept.take(60).collect()
}

/// `main` around the statements of an example.
pub(super) fn main_function(body: &TokenStream) -> TokenStream {
    quote! {
        #[rustfmt::skip]
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            #body
            Ok(())
        }
    }
}

/// The statements, each group behind what is said of it.
#[derive(Default)]
pub(super) struct Script {
    /// The comments.
    pub(super) remarks: Remarks,
    code: TokenStream,
}

impl Script {
    /// Adds statements without a word.
    pub(super) fn add(&mut self, code: TokenStream) {
        self.code.extend(code);
    }

    /// Adds statements and what is said of them.
    pub(super) fn step(&mut self, remark: &str, code: TokenStream) {
        self.code.extend(self.remarks.say(remark));
        self.code.extend(code);
    }

    /// Adds statements apart from those before.
    pub(super) fn apart(&mut self, code: TokenStream) {
        self.code.extend(self.remarks.gap());
        self.code.extend(code);
    }

    /// Ends it: the file gets its `main`.
    pub(super) fn into_main(mut self, file: &mut SourceFile) {
        self.code.extend(self.remarks.gap());
        file.remarked(main_function(&self.code), self.remarks);
    }
}
