//! Parameters that operations share: the client's builder takes them, operations say that they have
//! them.

use super::docs::{attributes, code, first_of};
use super::layout::Home;
use super::resources::argument_value;
use super::{Context, ident};
use crate::ir::{Action, ClientParameter, Place, Primitive, Schema, Type};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// What the runtime has to know of them; nothing where there are none.
    pub(super) fn shared_parameters(&self) -> Option<TokenStream> {
        let all = self.api.client_parameters.iter().map(|parameter| {
            let name = &parameter.wire_name;
            let made = match parameter.place {
                Place::Query => quote!(rt::SharedParameter::query(#name)),
                Place::Cookie => quote!(rt::SharedParameter::cookie(#name)),
                // None stands in a path.
                Place::Header | Place::Path => quote!(rt::SharedParameter::header(#name)),
            };
            let secret = is_secret(parameter).then(|| quote!(.secret()));
            quote!(#made #secret)
        });
        let all: Vec<_> = all.collect();
        (!all.is_empty()).then(|| quote!(.shared(&[#(#all),*])))
    }

    /// Those that an action has.
    pub(super) fn shares(&self, action: &Action) -> Option<TokenStream> {
        let all = self
            .api
            .client_parameters
            .iter()
            .filter(|shared| action.parameters.iter().any(|own| shared.is(own)));
        let names: Vec<&str> = all.map(|shared| shared.wire_name.as_str()).collect();
        (!names.is_empty()).then(|| quote!(.shares(&[#(#names),*])))
    }

    /// The setters of the client's builder.
    pub(super) fn shared_setters(&self) -> Vec<TokenStream> {
        let named = self
            .api
            .client_parameters
            .iter()
            .zip(&self.names.client_parameters);
        named
            .map(|(parameter, name)| self.shared_setter(parameter, name))
            .collect()
    }

    fn shared_setter(&self, parameter: &ClientParameter, name: &str) -> TokenStream {
        let wire_name = &parameter.wire_name;
        let name = ident(name);
        let descriptions = [
            parameter.description.as_deref(),
            parameter.schema.description.as_deref(),
        ];
        let mut text = first_of(&descriptions, || format!("Sets {}.", code(wire_name)));
        text.push_str("\n\nThe calls that take it send it, unless they are given another.");
        let docs = attributes(&text);
        if is_secret(parameter) {
            return quote! {
                #docs
                pub fn #name(self, #name: impl Into<rt::Secret>) -> Self {
                    let secret: rt::Secret = #name.into();
                    Self { core: self.core.shared(#wire_name, secret.expose()) }
                }
            };
        }
        let schema = self.shared_schema(parameter);
        let argument = self.argument(&name, &schema);
        let value = argument_value(&name, &schema);
        quote! {
            #docs
            pub fn #name(self, #argument) -> Self {
                Self { core: self.core.shared(#wire_name, #value) }
            }
        }
    }

    /// The type of the setter. One that is declared in a resource's module is not there when the
    /// resource is turned off; its values are then given as text.
    fn shared_schema(&self, parameter: &ClientParameter) -> Schema {
        let gated = match &parameter.schema.ty {
            Type::Named(id) => matches!(self.layout.home(*id), Some(Home::Resource(_)) | None),
            _ => false,
        };
        let ty = match gated {
            true => Type::Primitive(Primitive::String { format: None }),
            false => parameter.schema.ty.clone(),
        };
        Schema {
            ty,
            ..parameter.schema.clone()
        }
    }
}

fn is_secret(parameter: &ClientParameter) -> bool {
    matches!(
        &parameter.schema.ty,
        Type::Primitive(Primitive::String { format: Some(format) }) if format == "password"
    )
}

#[cfg(test)]
mod tests {
    use crate::Shape;
    use crate::config::{ApiConfig, Output};
    use crate::load::MemorySources;
    use crate::names::Lock;

    /// Four operations with a header that says for whom they are, and one without.
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Shops, version: "1"}
paths:
  /pets:
    parameters: [{$ref: "#/components/parameters/Account"}, {$ref: "#/components/parameters/Region"}]
    get: {tags: [pets], responses: {"204": {description: x}}}
    put: {tags: [pets], responses: {"204": {description: x}}}
  /toys:
    parameters: [{$ref: "#/components/parameters/Account"}, {$ref: "#/components/parameters/Region"}]
    get: {tags: [toys], responses: {"204": {description: x}}}
    put: {tags: [toys], responses: {"204": {description: x}}}
  /me: {get: {tags: [me], operationId: who, responses: {"204": {description: x}}}}
components:
  parameters:
    Account: {name: X-Access-Token, in: header, description: Whose it is., schema: {type: string}}
    Region: {name: timeout-region, in: query, schema: {$ref: "#/components/schemas/Region"}}
  schemas:
    Region: {type: string, enum: [north, south]}
"##;

    /// The text of a file of the module, without line ends and the space around them.
    fn written(path: &str) -> String {
        let sources = MemorySources::new("a.yaml", DOCUMENT);
        let config = ApiConfig::for_name("shops");
        let compiled = crate::compile("a.yaml", &sources, &config, &mut |_| {});
        let rendering = crate::Rendering {
            api: &compiled.api.unwrap(),
            config: &config,
            outputs: &[Output::Rust],
            shape: Shape::Module,
            cases: None,
        };
        let rendered = crate::render(rendering, &mut Lock::new(), &mut |_| {});
        let plan = rendered.plan;
        let mut files = plan.files().filter(|(file, _)| file.ends_with(path));
        let (_, text) = files.next().unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_builder_takes_what_operations_share_and_they_say_so() {
        let client = written("client.rs");
        for expected in [
            "rt::SharedParameter::header(\"X-Access-Token\").secret()",
            "rt::SharedParameter::query(\"timeout-region\")",
            "pub fn x_access_token(self, x_access_token: impl Into<rt::Secret>) -> Self",
            "self.core.shared(\"X-Access-Token\", secret.expose())",
            "pub fn timeout_region(self, timeout_region: Region) -> Self",
            "self.core.shared(\"timeout-region\", &timeout_region)",
        ] {
            assert!(client.contains(expected), "{expected}: {client}");
        }
        let pets = written("resources/pets.rs");
        let shares = ".shares(&[\"timeout-region\", \"X-Access-Token\"])";
        assert_eq!(pets.matches(shares).count(), 2, "{pets}");
        assert!(!written("resources/me.rs").contains(".shares("));
    }
}
