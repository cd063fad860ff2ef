//! The keywords of a schema that hold schemas: the applicators of JSON Schema 2020-12 (Core, section
//! 10), with those of earlier drafts that documents still write.

/// How the schemas below a keyword stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subschemas {
    /// One schema, or a list of them.
    Direct,
    /// By names that the document chooses freely.
    Named,
}

/// How schemas stand below a keyword; none below one whose value is no schema.
pub(crate) fn subschemas(keyword: &str) -> Option<Subschemas> {
    Some(match keyword {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "dependencies" => Subschemas::Named,
        "allOf"
        | "anyOf"
        | "oneOf"
        | "prefixItems"
        | "items"
        | "additionalItems"
        | "unevaluatedItems"
        | "contains"
        | "additionalProperties"
        | "unevaluatedProperties"
        | "propertyNames"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => Subschemas::Direct,
        _ => return None,
    })
}
