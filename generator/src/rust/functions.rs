//! The functions that literals call: large values, and readers of fields.

use crate::ir::TypeId;
use proc_macro2::TokenStream;
use std::collections::BTreeMap;

/// The functions written so far.
#[derive(Default)]
pub(super) struct Functions {
    /// The name of the function for a type's value.
    pub(super) names: BTreeMap<(TypeId, String), String>,
    /// How many of a type there are.
    pub(super) counts: BTreeMap<TypeId, usize>,
    /// Their code.
    pub(super) items: Vec<TokenStream>,
    /// What each of them is for, by index.
    pub(super) made_for: Vec<MadeFor>,
    /// The name of the function that reads a record's fields.
    pub(super) readers: BTreeMap<TypeId, String>,
}

/// What a function is for.
pub(super) enum MadeFor {
    /// It makes a type's value.
    Value((TypeId, String)),
    /// It reads a record's fields.
    Fields(TypeId),
}

impl Functions {
    /// Drops those that were made after the first `count`: what they were made for is not written.
    pub(super) fn forget_after(&mut self, count: usize) {
        self.items.truncate(count);
        while self.made_for.len() > count {
            match self.made_for.pop() {
                Some(MadeFor::Value(key)) => self.names.remove(&key),
                Some(MadeFor::Fields(id)) => self.readers.remove(&id),
                None => None,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{ApiConfig, Output};
    use crate::load::MemorySources;
    use crate::names::Lock;

    /// Its first property is worth a function; its second has a sample that its type has no place for.
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Shops, version: "1"}
paths:
  /pets:
    post:
      tags: [pets]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses: {"204": {description: x}}
components:
  schemas:
    Pet: {type: object, properties: {large: {$ref: "#/components/schemas/Large"}, odd: {$ref: "#/components/schemas/Odd"}}}
    Large: {type: object, required: [a, b, c, d], properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}}}
    Odd: {type: array, items: {type: number, format: int32, minimum: 0.25, maximum: 0.75}}
"##;

    #[test]
    fn a_call_that_is_left_out_leaves_no_function_behind() {
        let sources = MemorySources::new("a.yaml", DOCUMENT);
        let config = ApiConfig::for_name("shops");
        let compiled = crate::compile("a.yaml", &sources, &config, &mut |_| {});
        let cases = crate::cases::table(&compiled.document.unwrap());
        let rendering = crate::Rendering {
            api: &compiled.api.unwrap(),
            config: &config,
            outputs: &[Output::Rust],
            shape: crate::Shape::Standalone,
            cases: Some(&cases),
        };
        let plan = crate::render(rendering, &mut Lock::new(), &mut |_| {}).plan;
        let mut files = plan.files();
        let (_, text) = files
            .find(|(path, _)| *path == "tests/every_action/shops.rs")
            .unwrap();
        assert!(text.contains("POST /pets all: body: odd"), "{text}");
        assert!(!text.contains("fn large_"), "{text}");
    }
}
