//! A client as a service uses it: retries, timeouts, code of one's own around each attempt, and errors
//! that say what to do next.

use super::super::Context;
use super::super::builders::{optional, required};
use super::super::errors::{error_responses, typed_media};
use super::super::format::SourceFile;
use super::super::ident;
use super::ExampleFile;
use super::calls::{Call, Given, Id};
use super::parts::Script;
use super::subject::Subject;
use crate::ir::{Action, ActionId, Idempotency, Primitive, Response, Status, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// An action that takes a key which makes it safe to repeat.
struct Keyed {
    action: ActionId,
    code: TokenStream,
}

impl Context<'_> {
    /// `errors_and_retries.rs`.
    pub(super) fn errors_and_retries(&self) -> Option<ExampleFile> {
        let subject = self.subject()?;
        let repeated = subject.reads().or(subject.other).or(subject.create)?;
        let keyed = self.keyed(&subject);
        let mut actions = vec![repeated];
        actions.extend(subject.find);
        actions.extend(keyed.as_ref().map(|it| it.action));
        let client = self.client_parts(&actions);
        let api = ident(&self.api.name);
        let (settings, calls) = (&client.settings, &client.calls);
        let mut script = Script::default();
        script.add(settings.clone());
        script.step(
            "Each has a default that serves most programs; these are for one that can wait.",
            quote! {
                let client = #api::Client::builder()#calls
                    .retry(RetryPolicy::default().max_attempts(6))
                    .timeout(Duration::from_secs(30))
                    .attempt_timeout(Duration::from_secs(10))
                    .max_response_size(8 << 20)
                    .middleware(Log)
                    .build()?;
            },
        );
        self.repeated(repeated, &mut script)?;
        if let Some(find) = subject.find {
            self.not_found(find, &mut script)?;
        }
        self.own_rules(repeated, &mut script)?;
        if let Some(keyed) = &keyed {
            let code = &keyed.code;
            script.step(
                "With a key the server knows a second attempt for what it is. Without one of your own each \
                 call makes one up.",
                quote! {
                    if let Err(error) = #code.await {
                        report(&error);
                    }
                },
            );
        }
        let about = "What goes wrong, and what to do about it: retries, time limits, a 404 told from other \
                     errors, the server's own words, and a look at each attempt.\n\nIt prints how each \
                     attempt ended, and what came of the calls. With a limit on how often one may call, \
                     attempts are repeated: add `--rate-limit 3/1s` to the stand-in.";
        let resources = actions
            .iter()
            .filter_map(|id| self.api.action(*id)?.resource);
        let mut example = self.example("errors_and_retries", about, resources, &client);
        let import = self.example_import();
        let file = &mut example.file;
        // Apart from each other, so that `rustfmt` leaves their order as it is.
        if !import.is_empty() {
            file.code(import);
        }
        file.code(quote!(
            use core::time::Duration;
        ));
        file.code(quote! {
            #[rustfmt::skip]
            use #api::runtime::{Body, BoxFuture, Middleware, Next, RetryPolicy, TransportError, http};
        });
        log(file);
        self.report(file);
        script.into_main(file);
        Some(example)
    }

    fn plain_call(&self, id: ActionId) -> Option<Call> {
        let text = quote!("Example");
        let given = Given {
            id: Id::MadeUp,
            text: &text,
            label: None,
        };
        self.example_call(id, given)
    }

    /// The same call several times.
    fn repeated(&self, id: ActionId, script: &mut Script) -> Option<()> {
        let call = self.plain_call(id)?.code;
        script.step(
            "After 429 the server did nothing, so that any call is repeated; after 503 and the like only \
             one that does no harm twice.",
            quote! {
                for number in 1..=5 {
                    match #call.with_response().await {
                        Ok(response) => println!("call {number}: {}", response.status),
                        Err(error) => report(&error),
                    }
                }
            },
        );
        Some(())
    }

    /// A record that is not there.
    fn not_found(&self, find: ActionId, script: &mut Script) -> Option<()> {
        let action = self.api.action(find)?;
        let api = ident(&self.api.name);
        let id = self.id_parameter(action).and_then(|parameter| {
            let nobody = self.nobody(parameter)?;
            let given = self.parameter_type(parameter);
            Some(quote!(let id #given = #nobody;))
        });
        let text = quote!("Example");
        let given = Given {
            id: if id.is_some() { Id::Moved } else { Id::MadeUp },
            text: &text,
            label: None,
        };
        let call = self.example_call(find, given)?.code;
        let typed = self.not_found_body(action).map(|variant| {
            quote! {
                if let Some(#api::ErrorBody::#variant(body)) = error.body() {
                    println!("its body: {body:?}");
                }
            }
        });
        script.step(
            "What is not there is no failure of the program: 404 is told from everything else.",
            quote! {
                #id
                match #call.await {
                    Ok(found) => println!("found: {found:?}"),
                    Err(#api::Error::Api(error)) if error.status() == 404 => {
                        println!("not found: {}", error.message().unwrap_or("no more is said"));
                        #typed
                    }
                    Err(error) => report(&error),
                }
            },
        );
        Some(())
    }

    /// The type of a variable that is parsed from text.
    fn parameter_type(&self, parameter: &crate::ir::Parameter) -> Option<TokenStream> {
        let api = ident(&self.api.name);
        let ty = super::super::values::parsed(self.behind(&parameter.schema.ty))?;
        Some(quote!(: #api::#ty))
    }

    fn own_rules(&self, id: ActionId, script: &mut Script) -> Option<()> {
        let call = self.plain_call(id)?.code;
        script.step(
            "A call can have rules of its own: this one is tried once, for five seconds at most.",
            quote! {
                let once = #call.retry(RetryPolicy::none()).timeout(Duration::from_secs(5));
                match once.await {
                    Ok(_) => println!("in time"),
                    Err(error) => report(&error),
                }
            },
        );
        Some(())
    }

    /// An action whose header of that name is text: of the subject, else of the API.
    fn keyed(&self, subject: &Subject) -> Option<Keyed> {
        let actions = (0..self.api.actions.len()).map(ActionId);
        let keyed = actions.filter_map(|id| {
            let action = self.api.action(id)?;
            let Idempotency::Keyed { header } = &action.idempotency else {
                return None;
            };
            let setter = self.key_setter(id, action, header)?;
            let call = self.plain_call(id)?;
            let code = call.code;
            let foreign = action.resource != Some(subject.resource);
            let keyed = Keyed {
                action: id,
                code: quote!(#code #setter),
            };
            Some(((foreign, call.cost), keyed))
        });
        keyed.min_by_key(|(rank, _)| *rank).map(|(_, keyed)| keyed)
    }

    /// Gives the key, where it is not an argument already.
    fn key_setter(&self, id: ActionId, action: &Action, header: &str) -> Option<TokenStream> {
        let is_it = |wire: &str| wire.eq_ignore_ascii_case(header);
        if required(action).any(|(_, it)| is_it(&it.wire_name)) {
            return Some(TokenStream::new());
        }
        let Some((index, parameter)) = optional(action).find(|(_, it)| is_it(&it.wire_name)) else {
            return Some(quote!(.header(#header, "order-4711")));
        };
        let name = ident(self.names.actions.get(id.0)?.parameters.get(index)?);
        match &parameter.schema.ty {
            Type::Primitive(Primitive::String { .. }) => Some(quote!(.#name("order-4711"))),
            Type::Primitive(Primitive::Uuid) => {
                Some(quote!(.#name("5f0c4f0a-9d3e-4c52-8a27-6b1f3d7e90a4".parse()?)))
            }
            _ => None,
        }
    }

    /// The function that tells failures apart.
    fn report(&self, file: &mut SourceFile) {
        let api = ident(&self.api.name);
        let mut responses = self.api.actions.iter().flat_map(error_responses);
        let typed = responses.any(|it| typed_body(it).is_some()).then(|| {
            quote! {
                if let Some(body) = error.body() {
                    println!("its body: {body:?}");
                }
            }
        });
        file.code(quote! {
            /// Says what a failure is: whose it is, and whether it helps to wait.
            #[rustfmt::skip]
            fn report(error: &#api::Error) {
                match error {
                    #api::Error::Api(error) => {
                        let message = error.message().unwrap_or("no more is said");
                        let (status, attempts) = (error.status(), error.attempts());
                        println!("refused with {status} at attempt {attempts}: {message}");
                        #typed
                    }
                    error if error.is_timeout() || error.is_connect() => println!("not now: {error}"),
                    error => println!("failed: {error}"),
                }
            }
        });
    }

    /// The variant of the error type that a 404 of an action is read as.
    fn not_found_body(&self, action: &Action) -> Option<proc_macro2::Ident> {
        let typed = error_responses(action).filter_map(|response| {
            let far = match response.status {
                Status::Code(404) => 0,
                Status::Range(4) => 1,
                Status::Default => 2,
                Status::Code(_) | Status::Range(_) => return None,
            };
            Some((far, typed_body(response)))
        });
        let (_, ty) = typed.min_by_key(|(far, _)| *far)?;
        Some(ident(&self.ty(ty?).to_string()))
    }
}

/// The type of an error's body, where it is one that the error type has a variant for.
fn typed_body(response: &Response) -> Option<&Type> {
    let ty = &typed_media(response)?.schema.ty;
    matches!(ty, Type::Named(_)).then_some(ty)
}

/// The middleware: says how each attempt ends.
fn log(file: &mut SourceFile) {
    file.code(quote! {
        /// Says how each attempt ends: the operation and not the URL, which may have personal data in it.
        struct Log;
        #[rustfmt::skip]
        impl Middleware for Log {
            fn handle<'a>(
                &'a self,
                request: http::Request<Body>,
                next: Next<'a>,
            ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
                Box::pin(async move {
                    let response = next.run(request).await?;
                    println!("{} #{}: {}", next.operation(), next.attempt(), response.status());
                    Ok(response)
                })
            }
        }
    });
}
