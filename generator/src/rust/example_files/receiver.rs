//! A server that receives the API's events: it verifies each delivery and answers it, and can send itself
//! some to show that it does.

use super::super::Context;
use super::super::docs::is_bidirectional;
use super::super::events::{json_media, named_body, sample};
use super::super::format::SourceFile;
use super::super::remarks::Remarks;
use super::ExampleFile;
use crate::ir::{Event, EventKey, EventVerb, SignatureScheme};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::{Value, json};

/// What the example shows.
pub(super) const NAME: &str = "webhook_receiver";

impl<'a> Context<'a> {
    /// `webhook_receiver.rs`; `None` where it is not known how deliveries are signed.
    pub(super) fn webhook_receiver(&self) -> Option<ExampleFile> {
        let signature = self.api.webhooks.signature.as_ref()?;
        if !self.has_event_type() {
            return None;
        }
        let shown = self.shown_event();
        let module: TokenStream = self.place.import.parse().ok()?;
        let mut file = SourceFile::new(self.receiver_docs());
        if self.place.import.contains("::") {
            file.code(
                quote!(#![allow(clippy::print_stdout, reason = "an example shows what it got")]),
            );
        }
        let mut own = [
            (format!("{module}::Event"), quote!(use #module::Event;)),
            (
                format!("{module}::webhooks"),
                quote!(use #module::webhooks::Verifier;),
            ),
            (
                "tower".to_owned(),
                quote!(
                    use tower::ServiceExt;
                ),
            ),
            (
                "axum".to_owned(),
                quote! {
                    use axum::Router;
                    use axum::body::{Body, Bytes};
                    use axum::extract::State;
                    use axum::http::{HeaderMap, Request, StatusCode};
                    use axum::routing::post;
                },
            ),
        ];
        // As rustfmt orders them.
        own.sort_by(|a, b| a.0.cmp(&b.0));
        let imports = own.iter().map(|(_, tokens)| tokens);
        file.code(quote!(#(#imports)*));
        let known = shown
            .as_ref()
            .map(|(_, variant)| quote!(Event::#variant(told) => println!("{told:?}"),));
        file.code(quote! {
            /// What is done with an event. After an error the sender tries again.
            type Handler = fn(Event) -> Result<(), String>;
        });
        let told = match known {
            Some(known) => quote! {
                match event {
                    #known
                    other => println!("{:?}", other.name()),
                }
            },
            None => quote!(println!("{:?}", event.name());),
        };
        file.code(quote! {
            #[rustfmt::skip]
            fn handle(event: Event) -> Result<(), String> {
                #told
                Ok(())
            }
        });
        let remarks = Remarks::default();
        let given_back =
            remarks.say("Given back: else the next attempt would be a replay, and the event lost.");
        file.remarked(
            quote! {
                /// Answers a delivery: what is not genuine with 401, what came before with 200.
                #[rustfmt::skip]
                async fn receive(
                    State((verifier, handler)): State<(Verifier, Handler)>,
                    headers: HeaderMap,
                    body: Bytes,
                ) -> StatusCode {
                    let delivery = match verifier.verify(&headers, &body) {
                        Ok(delivery) => delivery,
                        Err(error) => {
                            println!("{}: {error}", error.status());
                            return error.status();
                        }
                    };
                    if let Err(reason) = handler(delivery.event) {
                        println!("not dealt with: {reason}");
                        #given_back
                        verifier.release(&delivery.key);
                        return StatusCode::INTERNAL_SERVER_ERROR;
                    }
                    StatusCode::NO_CONTENT
                }
            },
            remarks,
        );
        file.code(quote! {
            #[rustfmt::skip]
            fn server(verifier: Verifier, handler: Handler) -> Router {
                Router::new().route("/", post(receive)).with_state((verifier, handler))
            }
        });
        file.code(self.receiver_main());
        let secret = match signature.scheme {
            SignatureScheme::StandardWebhooks => "whsec_c2VjcmV0IG9mIHRoZSBzZWxmLXRlc3Qgb25seQ==",
            SignatureScheme::Hmac(_) => "secret of the self-test",
        };
        self.self_test(shown.as_ref().map(|(event, _)| *event), secret, &mut file);
        Some(ExampleFile {
            name: NAME,
            resources: shown
                .iter()
                .filter_map(|(event, _)| event.resource)
                .collect(),
            file,
        })
    }

    /// The event that is matched: that a record was made of the resource that the other examples are
    /// about, else the first.
    fn shown_event(&self) -> Option<(&'a Event, Ident)> {
        let subject = self.subject().map(|subject| subject.resource);
        let best = |(_, event): &(usize, &Event)| {
            (event.resource != subject, event.verb != EventVerb::Created)
        };
        let (index, event) = self.told_apart().min_by_key(best)?;
        Some((event, self.variant(index)?))
    }

    fn receiver_main(&self) -> TokenStream {
        let variable = self.secret_variable();
        let missing = format!("set {variable}");
        quote! {
            #[rustfmt::skip]
            #[tokio::main]
            async fn main() -> Result<(), Box<dyn std::error::Error>> {
                if std::env::args().any(|argument| argument == "--self-test") {
                    return self_test().await;
                }
                let secret = std::env::var(#variable).map_err(|_| #missing)?;
                let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
                let address = listener.local_addr()?;
                println!("listening on http://{address}/");
                axum::serve(listener, server(Verifier::new(secret)?, handle)).await?;
                Ok(())
            }
        }
    }

    fn self_test(&self, event: Option<&Event>, secret: &str, file: &mut SourceFile) {
        let (body, header) = self.shown_body(event);
        let body = raw(&body);
        // Lines of their own are kept as they are.
        file.remarked(
            quote! {
                /// What the server sends itself.
                #[rustfmt::skip]
                const BODY: &str = #body;
            },
            Remarks::default(),
        );
        let named = header.map(|(name, value)| quote!(headers.insert(#name.parse::<axum::http::HeaderName>()?, #value.parse()?);));
        let mutable = named.is_some().then(|| quote!(mut));
        file.code(quote! {
            /// Sends the server a delivery whose body was changed on its way, then the genuine one: when it
            /// cannot be dealt with, when it can, and once more.
            #[rustfmt::skip]
            async fn self_test() -> Result<(), Box<dyn std::error::Error>> {
                let verifier = Verifier::new(#secret)?;
                let #mutable headers = verifier.sign(BODY.as_bytes());
                #named
                let working: Handler = handle;
                let failing: Handler = |_| Err("the database is down".to_owned());
                for (what, body, handler, expected) in [
                    ("changed", "{}", working, 401),
                    ("failed", BODY, failing, 500),
                    ("signed", BODY, working, 204),
                    ("again", BODY, working, 200),
                ] {
                    let mut request = Request::post("/").body(Body::from(body))?;
                    *request.headers_mut() = headers.clone();
                    let server = server(verifier.clone(), handler);
                    let status = server.oneshot(request).await?.status();
                    println!("{what}: {status}");
                    if status != expected {
                        return Err(format!("{what}: {status} instead of {expected}").into());
                    }
                }
                Ok(())
            }
        });
    }

    /// A body of the event, and the header that names it, where one does.
    fn shown_body(&self, event: Option<&Event>) -> (Value, Option<(String, String)>) {
        let Some((event, name)) = event.and_then(|event| Some((event, event.wire_name.as_ref()?)))
        else {
            return (json!({"event": "none"}), None);
        };
        let body = json_media(event).and_then(|media| sample(self.api, &media.schema));
        let key = event.key.as_ref();
        match (body, key) {
            (Some(body), Some(EventKey::Header(header))) => {
                (body, Some((header.clone(), name.clone())))
            }
            (Some(body), Some(EventKey::HeaderAndBody(header, _))) => {
                let value = name
                    .split_once('.')
                    .map_or(name.as_str(), |(value, _)| value);
                (
                    named_body(body, key, name),
                    Some((header.clone(), value.to_owned())),
                )
            }
            (Some(body), _) => (named_body(body, key, name), None),
            // Nothing small is such an event: one that nobody knows is received as well.
            (None, _) => (named_body(json!({}), key, "another"), None),
        }
    }

    fn secret_variable(&self) -> String {
        format!("{}_WEBHOOK_SECRET", self.api.name.to_uppercase())
    }

    fn receiver_docs(&self) -> String {
        let (name, variable) = (self.example_name(NAME), self.secret_variable());
        let memory = self.memory();
        format!(
            "A server that receives events, with axum.\n\nIt verifies each delivery, so that nobody else can \
             send it events. {memory}\n\nIt listens on port 3000; the environment has the secret of the webhook:\
             \n\n```sh\n{variable}=secret cargo run --example {name}\n```\n\nWithout a network it sends itself \
             a changed delivery, then a genuine one:\nwhen it cannot be dealt with, when it can, and once more:\
             \n\n```sh\ncargo run --example {name} -- --self-test\n```"
        )
    }
}

/// A value as a raw string over several lines.
fn raw(value: &Value) -> Literal {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        // All of them stand in strings, and fit into four digits.
        if is_bidirectional(c) || (c.is_control() && c != '\n') {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    let longest = escaped.split(|c| c != '#').map(str::len).max().unwrap_or(0);
    let hashes = "#".repeat(longest + 1);
    format!("r{hashes}\"{escaped}\"{hashes}")
        .parse()
        .unwrap_or_else(|_| Literal::string(&escaped))
}

#[cfg(test)]
mod tests {
    use super::raw;
    use serde_json::json;

    #[test]
    fn a_body_is_readable_and_hides_nothing() {
        let body = json!({"id": "a\"#", "text": "x\u{202e}y"});
        let text = raw(&body).to_string();
        assert!(text.starts_with("r##\"{\n  \"id\""), "{text}");
        assert!(text.contains("x\\u202ey"), "{text}");
        let literal: syn::LitStr = syn::parse_str(&text).unwrap();
        let read: serde_json::Value = serde_json::from_str(&literal.value()).unwrap();
        assert_eq!(read, body);
    }
}
