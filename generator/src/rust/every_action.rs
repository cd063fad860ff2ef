//! The test that calls every action: a part for each API, and what they share.

use super::format::SourceFile;
use super::package::{RustError, add};
use super::{Context, ident};
use crate::ir::ActionId;
use crate::plan::WritePlan;
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// The API's part of the test that calls every action.
    pub(super) fn test_file(&self) -> SourceFile {
        let mut file = SourceFile::new("Every action with what it requires, and nothing else.");
        let import = ident(&self.api.name);
        let path: TokenStream = self.place.import.parse().unwrap_or_default();
        let path = self.place.import.contains("::").then(|| quote!(use #path;));
        let client = ident("client");
        let calls: Vec<TokenStream> = (0..self.api.actions.len())
            .filter_map(|index| {
                let id = ActionId(index);
                let action = self.api.action(id)?;
                let name = format!("{} {}", action.method.as_str(), action.path);
                let call = self.call(id, &client)?;
                Some(quote!((#name, |client| Box::pin(async move { #call.await?; Ok(()) })),))
            })
            .collect();
        let credentials = self.test_credentials();
        file.code(quote! {
            use super::test_driver::Call;
            #path
        });
        file.code(quote! {
            /// A client of the server at `base_url`, with credentials that any mock accepts.
            pub(crate) fn client(base_url: &str) -> Result<#import::Client, Box<dyn std::error::Error>> {
                Ok(#import::Client::builder().base_url(base_url)#credentials.build()?)
            }
        });
        let missing = self.api.actions.len() - calls.len();
        let missing = proc_macro2::Literal::usize_unsuffixed(missing);
        file.code(quote! {
            /// Actions for which no example could be made up.
            pub(crate) const LEFT_OUT: usize = #missing;
        });
        file.code(quote! {
            /// Method and path of each action, and its call.
            pub(crate) const CALLS: &[(&str, Call<#import::Client>)] = &[#(#calls)*];
        });
        file
    }

    fn test_credentials(&self) -> TokenStream {
        let methods = self.credential_methods();
        let calls = methods.iter().map(|(method, basic)| {
            let method = ident(method);
            if *basic {
                quote!(.#method("user", "password"))
            } else {
                quote!(.#method("secret"))
            }
        });
        quote!(#(#calls)*)
    }
}

/// The parts that APIs share of the test that calls every action.
pub(super) fn add_test(plan: &mut WritePlan, apis: &[(&str, String)]) -> Result<(), RustError> {
    add(plan, "tests/every_action/main.rs", test_root(apis))?;
    add(plan, "tests/every_action/test_driver.rs", test_driver(apis))
}

/// The root of the test that calls every action, with nothing in it that could be formatted otherwise.
fn test_root(apis: &[(&str, String)]) -> SourceFile {
    let mut file = SourceFile::new(
        "Calls every action once against a server that checks requests.\n\nSet `<API>_BASE_URL` to where it \
         listens, for example to a mock made from the API's document; without\nit the test is skipped.",
    );
    let modules = apis.iter().map(|(api, feature)| {
        let module = ident(api);
        quote!(#[cfg(feature = #feature)] #[rustfmt::skip] mod #module;)
    });
    file.code(quote! {
        #[rustfmt::skip]
        mod test_driver;
        #(#modules)*
    });
    file
}

/// The driver of that test: the same for any API.
fn test_driver(apis: &[(&str, String)]) -> SourceFile {
    let mut file = SourceFile::new("Makes the calls and tells which of them failed.");
    file.code(quote! {
        use std::error::Error;
        use std::pin::Pin;
    });
    file.code(quote! {
        /// A call of an action, its result thrown away.
        pub(crate) type Call<C> = fn(C) -> Pin<Box<dyn Future<Output = Result<(), Box<dyn Error>>>>>;
    });
    file.code(quote! {
        /// Calls all actions in turn; the list of those that failed is the test's message.
        #[allow(dead_code, clippy::print_stdout, reason = "no API may be turned on; a test says what it did")]
        async fn call_all<C: Clone>(api: &str, client: C, calls: &[(&str, Call<C>)], left_out: usize) {
            let mut failures = Vec::new();
            for (action, call) in calls {
                if let Err(error) = call(client.clone()).await {
                    failures.push(format!("{action}: {error}"));
                }
            }
            let accepted = calls.len() - failures.len();
            println!("{api}: {accepted} of {} actions accepted, {left_out} left out", calls.len() + left_out);
            assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), calls.len(), failures.join("\n"));
        }
    });
    for (api, feature) in apis {
        let (module, variable) = (ident(api), format!("{}_BASE_URL", api.to_uppercase()));
        let test = ident(&format!("{api}_takes_every_action"));
        let skipped = format!("{api}: skipped, {variable} is not set");
        file.code(quote! {
            #[cfg(feature = #feature)]
            #[allow(clippy::print_stdout, reason = "a skipped test says so")]
            #[tokio::test]
            async fn #test() -> Result<(), Box<dyn Error>> {
                let Ok(base_url) = std::env::var(#variable) else {
                    println!(#skipped);
                    return Ok(());
                };
                let client = super::#module::client(&base_url)?;
                call_all(#api, client, super::#module::CALLS, super::#module::LEFT_OUT).await;
                Ok(())
            }
        });
    }
    file
}
