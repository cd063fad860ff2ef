//! The rules of the schema reader, each as a schema and the type it must become.

mod all_of;
mod diagnostics;
mod inheritance;
mod objects;
mod rules;
mod scalars;
mod unions;

use super::render;
use crate::diag::{Code, Diagnostics, Severity};
use crate::ir::{Api, TypeDef};
use crate::load::{MemorySources, load};
use crate::normalise::normalise;

/// Schemas that every fixture can refer to.
const OTHERS: &str = "
    A: {type: object, required: [a], properties: {a: {type: string}, kind: {const: a}}}
    B: {type: object, properties: {b: {type: integer}, kind: {const: b}}}
    P: {type: object, required: [p], properties: {p: {type: string}}}
    Q: {type: object, required: [q], properties: {q: {type: string}}}
    Color: {type: string, enum: [red, green]}
    Maybe: {type: [object, 'null'], properties: {m: {type: string}}}
    Id: {type: string, format: uuid}
    Base: {type: object, description: base, required: [id], properties: {id: {$ref: '#/components/schemas/Id'}}}
";

/// Reads a document whose component `T` is this schema, in YAML's flow style; `{@A}` in it is a
/// reference to the component `A`, and `@A` the same with siblings.
fn read(schema: &str) -> (Api, Diagnostics) {
    let mut pieces = schema.split('@');
    let mut schema = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece
            .find(|it: char| !it.is_alphanumeric())
            .unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        schema.push_str(&format!("$ref: '#/components/schemas/{name}'{rest}"));
    }
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         T: {schema}{OTHERS}"
    );
    let sources = MemorySources::new("t.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let document = load("t.yaml", &sources, &mut diagnostics)
        .unwrap_or_else(|| panic!("{schema}: {:?}", diagnostics.iter().collect::<Vec<_>>()));
    let api = normalise(&document, "t", &mut diagnostics);
    (api, diagnostics)
}

/// The component `T`.
fn type_t(api: &Api) -> &TypeDef {
    let is_t = |def: &&TypeDef| def.component.as_deref() == Some("T");
    api.types.iter().find(is_t).unwrap()
}

/// Each schema becomes the type beside it, without a word.
fn becomes(cases: &[(&str, &str)]) {
    for (schema, expected) in cases {
        let (api, diagnostics) = read(schema);
        assert_eq!(render::component(&api, "T"), *expected, "{schema}");
        let said: Vec<_> = diagnostics
            .iter()
            .filter(|it| it.severity > Severity::Note)
            .collect();
        assert!(said.is_empty(), "{schema}: {said:?}");
    }
}

/// Each schema becomes the type beside it, with exactly this diagnostic at this place below `T`.
fn becomes_with(cases: &[(&str, &str, Code, &str)]) {
    for (schema, expected, code, pointer) in cases {
        let (api, diagnostics) = read(schema);
        assert_eq!(render::component(&api, "T"), *expected, "{schema}");
        let said: Vec<_> = diagnostics
            .iter()
            .map(|it| (it.code, it.origin.pointer.as_str()))
            .collect();
        let pointer = format!("/components/schemas/T{pointer}");
        assert_eq!(said, [(*code, pointer.as_str())], "{schema}");
    }
}
