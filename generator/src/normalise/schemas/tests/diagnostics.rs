use super::{becomes_with, read, render};
use crate::diag::{Code, Severity};

/// What makes other generators refuse Twenty's document: a map of properties where a schema must be.
#[test]
fn properties_in_the_place_of_a_schema_are_one_diagnostic() {
    let schema = "{type: array, items: {url: {type: string}, description: {type: string}}}";
    let (api, diagnostics) = read(schema);
    assert_eq!(render::component(&api, "T"), "= [any]");
    let said: Vec<_> = diagnostics.iter().collect();
    let [only] = said.as_slice() else {
        panic!("{said:?}")
    };
    assert_eq!(only.code, Code::WrongType);
    assert_eq!(only.severity, Severity::Warning);
    assert_eq!(
        only.origin.pointer,
        "/components/schemas/T/items/description"
    );
    assert_eq!(
        only.message,
        "`description` must be a string, but is an object"
    );
    assert_eq!(only.action.as_deref(), Some("the keyword was left out"));
    assert!(
        only.hint
            .as_deref()
            .is_some_and(|hint| hint.contains("`properties`"))
    );
    let lost: Vec<_> = api
        .losses
        .iter()
        .map(|loss| loss.origin.pointer.as_str())
        .collect();
    assert_eq!(
        lost,
        [
            "/components/schemas/T/items/description",
            "/components/schemas/T/items/url"
        ]
    );
}

#[test]
fn keywords_of_the_wrong_type_cost_the_keyword() {
    becomes_with(&[
        (
            "{type: string, maxLength: many}",
            "= string",
            Code::WrongType,
            "/maxLength",
        ),
        (
            "{type: integer, minimum: '1'}",
            "= int",
            Code::WrongType,
            "/minimum",
        ),
        (
            "{type: string, enum: a}",
            "= string",
            Code::WrongType,
            "/enum",
        ),
        (
            "{type: string, format: 1}",
            "= string",
            Code::WrongType,
            "/format",
        ),
        (
            "{type: array, items: 1}",
            "= [any]",
            Code::WrongType,
            "/items",
        ),
        ("{type: 1}", "= any", Code::WrongType, "/type"),
        (
            "{oneOf: {a: 1}, type: string}",
            "= string",
            Code::WrongType,
            "/oneOf",
        ),
        (
            "{$ref: 1, type: string}",
            "= string",
            Code::WrongType,
            "/$ref",
        ),
        ("7", "= any", Code::WrongType, ""),
    ]);
}

#[test]
fn what_no_type_expresses_is_noted() {
    becomes_with(&[
        (
            "{type: string, not: {enum: [a]}}",
            "= string",
            Code::UnsupportedSchema,
            "/not",
        ),
        (
            "{type: array, items: {}, contains: {}}",
            "= [any]",
            Code::UnsupportedSchema,
            "/contains",
        ),
        (
            "{type: string, if: {}}",
            "= string",
            Code::UnsupportedSchema,
            "/if",
        ),
        (
            "{type: string, url: {type: string}}",
            "= string",
            Code::UnknownKeyword,
            "/url",
        ),
    ]);
}

#[test]
fn unknown_annotations_are_legal() {
    let (_, diagnostics) =
        read("{type: string, note: text, x-schema: {type: string}, level: {a: 1}}");
    assert!(
        diagnostics.is_empty(),
        "{:?}",
        diagnostics.iter().collect::<Vec<_>>()
    );
}

#[test]
fn references_that_lead_nowhere_or_round() {
    becomes_with(&[
        (
            "{$ref: '#/components/schemas/Gone'}",
            "= any",
            Code::UnresolvedReference,
            "/$ref",
        ),
        ("{@T}", "= any", Code::ReferenceCycle, ""),
    ]);
}

#[test]
fn no_nesting_and_no_chain_overflows_the_stack() {
    let deep = format!(
        "{}{{type: string}}{}",
        "{type: array, items: ".repeat(180),
        "}".repeat(180)
    );
    let (_, diagnostics) = read(&deep);
    assert!(diagnostics.iter().any(|it| it.code == Code::BadValue));

    let parts = format!(
        "{}{{type: string}}{}",
        "{allOf: [".repeat(110),
        "]}".repeat(110)
    );
    let (_, diagnostics) = read(&parts);
    assert!(diagnostics.iter().any(|it| it.code == Code::BadValue));

    let chain: String = (0..3000)
        .map(|index| {
            format!(
                "\n    C{index}: {{oneOf: [{{@C{}}}, {{type: 'null'}}]}}",
                index + 1
            )
        })
        .collect();
    let (api, _) = read(&format!("{{@C0}}{chain}\n    C3000: {{type: string}}"));
    assert!(api.types.len() > 3000);
}

#[test]
fn parts_that_contain_each_other_end() {
    let both = "{x: {@$}, y: {@$}, z: {allOf: [{@L}, {@R}]}}";
    let side = |name: &str| format!("{{properties: {}}}", both.replace('$', name));
    let schema = format!(
        "{{allOf: [{{@L}}, {{@R}}]}}\n    L: {}\n    R: {}",
        side("L"),
        side("R")
    );
    let (api, diagnostics) = read(&schema);
    assert!(diagnostics.is_empty());
    assert_eq!(render::component(&api, "T"), "{x: T, y: T, z: T}");
}

#[test]
fn combinations_that_explode_are_given_up() {
    // Each of the thirty schemas hands what it has to both variants, which do the same.
    let level = |index: usize| {
        let next = index + 1;
        format!(
            "\n    L{index}: {{properties: {{p{index}: {{type: string}}}}, \
             oneOf: [{{@L{next}}}, {{@M{next}}}]}}\n    M{index}: {{properties: {{m{index}: \
             {{type: string}}}}, oneOf: [{{@L{next}}}, {{@M{next}}}]}}"
        )
    };
    let levels: String = (0..30).map(level).collect();
    let ends = "\n    L30: {type: object, properties: {e: {}}}\n    M30: {type: object}";
    let (_, diagnostics) = read(&format!("{{@L0}}{levels}{ends}"));
    assert!(diagnostics.iter().any(|it| it.code == Code::BadValue));
}

#[test]
fn deep_unions_and_records_fit_the_stack() {
    let mut schema = "{type: string}".to_owned();
    for _ in 0..45 {
        schema = format!("{{oneOf: [{{properties: {{p: {schema}}}, required: [p]}}, {{@A}}]}}");
    }
    let (_, diagnostics) = read(&schema);
    assert!(diagnostics.iter().all(|it| it.severity == Severity::Note));
}
