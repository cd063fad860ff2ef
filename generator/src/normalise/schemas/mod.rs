//! Schemas: JSON Schema 2020-12, as OpenAPI 3.1 uses it, straight into the IR.
//!
//! A schema at its place is taken apart into its *leaves*: the keywords of the node itself, of the
//! parts of its `allOf`, and of what its `$ref` leads to. A lone reference stays a reference; any
//! other conjunction is read as one schema, so that `allOf`, siblings of `$ref` and what stands
//! beside `oneOf` all follow one rule.
//!
//! Every schema that gets a name is read once, whoever refers to it, and references are read later
//! from a queue: neither recursion in the document nor its depth is recursion here.

mod conjunction;
mod discriminators;
mod enums;
mod formats;
mod hints;
mod inheritance;
mod keyword_limits;
mod keyword_values;
mod keywords;
mod merge;
mod nullable;
mod objects;
mod rules;
mod settle;
mod shapes;
mod table;
mod undeclared_tags;
mod union_enums;
mod union_tests;
mod unions;
mod variants;
mod vocabulary;

#[cfg(test)]
mod render;
#[cfg(test)]
mod tests;

pub(super) use hints::Place;
pub(super) use keyword_limits::limited_types;
pub(super) use table::Types;
pub(super) use vocabulary::is_keyword;
