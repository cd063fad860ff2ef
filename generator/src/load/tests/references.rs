use super::{document, origin, with_files};
use crate::diag::Code;
use crate::load::{Document, MemorySources, Node, ReferenceError};

fn resolve<'d>(document: &'d Document, reference: &str) -> Result<Node<'d>, ReferenceError> {
    document.resolve(&document.root(), reference)
}

/// Where a reference from the root leads to.
fn target(document: &Document, reference: &str) -> String {
    let node = resolve(document, reference).expect(reference);
    node.origin().to_string()
}

fn code(document: &Document, reference: &str) -> Code {
    resolve(document, reference).expect_err(reference).code
}

const LOCAL: &str = "\
openapi: 3.1.0
components:
  schemas:
    a/b c~d%: {type: string}
    Anchored: {$anchor: here, $defs: {Inner: {$id: 'https://example.com/inner', $defs: {x: {}}}}}
    Link: {$ref: '#/components/schemas/Target'}
    Target: {properties: {p: {}}}
    Old: {$id: '#old'}
    Resource: {$id: res.json, $defs: {y: {}}, items: {$ref: '#/$defs/y'}}
    Listed: {anyOf: [{}, {}]}
";

#[test]
fn pointers_within_a_file_resolve() {
    let (document, _) = document(LOCAL);
    let schemas = "/components/schemas";
    for (reference, pointer) in [
        ("#".to_owned(), String::new()),
        (
            format!("#{schemas}/a~1b%20c~0d%25"),
            format!("{schemas}/a~1b c~0d%"),
        ),
        (
            format!("#{schemas}/a~1b c~0d%"),
            format!("{schemas}/a~1b c~0d%"),
        ),
        (
            format!("#{schemas}/Listed/anyOf/1"),
            format!("{schemas}/Listed/anyOf/1"),
        ),
        (
            format!("api.yaml#{schemas}/Target"),
            format!("{schemas}/Target"),
        ),
        (
            format!("#{schemas}/Link/properties/p"),
            format!("{schemas}/Target/properties/p"),
        ),
    ] {
        assert_eq!(target(&document, &reference), format!("api.yaml#{pointer}"));
    }
}

#[test]
fn anchors_and_ids_resolve() {
    let (document, _) = document(LOCAL);
    let schemas = "api.yaml#/components/schemas";
    for (reference, pointer) in [
        ("#here", "/Anchored"),
        ("#old", "/Old"),
        ("https://example.com/inner", "/Anchored/$defs/Inner"),
        (
            "https://example.com/inner#/$defs/x",
            "/Anchored/$defs/Inner/$defs/x",
        ),
        ("res.json#/$defs/y", "/Resource/$defs/y"),
    ] {
        assert_eq!(target(&document, reference), format!("{schemas}{pointer}"));
    }
    // Inside a schema with an `$id`, `#/` is that schema.
    let items = document
        .node(&origin("/components/schemas/Resource/items"))
        .unwrap();
    let found = document.follow(&items).unwrap();
    assert_eq!(
        found.origin().to_string(),
        format!("{schemas}/Resource/$defs/y")
    );
}

#[test]
fn what_leads_nowhere_is_said() {
    let (document, _) = document(LOCAL);
    for reference in [
        "#/components/schemas/Nope",
        "#/components/schemas/Listed/anyOf/2",
        "#/components/schemas/Listed/anyOf/01",
        "#/openapi/x",
        "#nope",
        "nope.yaml",
    ] {
        assert_eq!(code(&document, reference), Code::UnresolvedReference);
    }
    let error = resolve(&document, "#/components/schemas/Nope").unwrap_err();
    let expected = "`#/components/schemas/Nope` leads nowhere: there is no `Nope`";
    assert_eq!(error.message, expected);
    let diagnostic = error.diagnostic(origin("/x/$ref"));
    assert_eq!(diagnostic.code, Code::UnresolvedReference);
    assert_eq!(diagnostic.origin.pointer, "/x/$ref");
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let (document, _) = document("openapi: 3.1.0\n");
    for reference in [
        "https://example.com/a.yaml",
        "//example.com/a.yaml",
        "file:///etc/passwd",
        "/etc/passwd",
        "../a.yaml",
        "a/../../b.yaml",
        "%2e%2e/a.yaml",
        "c:\\a.yaml",
        "..\\a.yaml",
        ".",
    ] {
        assert_eq!(
            code(&document, reference),
            Code::ForbiddenReference,
            "{reference}"
        );
    }
}

#[test]
fn files_are_read_relative_to_the_file_that_refers() {
    let sources = MemorySources::new(
        "api.yaml",
        "openapi: 3.0.0\npaths:\n  /a: {$ref: './paths/a%20b.yaml'}\n  /b: {$ref: paths/c.json#/b}\n",
    )
    .with(
        "paths/a b.yaml",
        "get: {responses: {200: {content: {a/b: {schema: {$ref: '../s.yaml#/A'}}}}}}",
    )
    .with("paths/c.json", "{\"b\": {}}")
    .with("s.yaml", "A: {type: string, nullable: true, items: {$ref: '#/B'}}\nB: {}\n");
    let (document, diagnostics) = with_files(&sources);
    assert!(diagnostics.is_empty());
    let files: Vec<_> = document.files().map(|file| &**file).collect();
    assert_eq!(
        files,
        ["api.yaml", "paths/a b.yaml", "paths/c.json", "s.yaml"]
    );

    let a = document.node(&origin("/paths/~1a")).unwrap();
    let path_item = document.follow(&a).unwrap();
    assert_eq!(path_item.origin().to_string(), "paths/a b.yaml#");
    let schema = resolve(&document, "s.yaml#/A").unwrap();
    // What stands in another file is raised by what refers to it.
    assert_eq!(
        schema.value()["type"],
        serde_json::json!(["string", "null"])
    );
    let items = document.follow(&schema.get("items").unwrap()).unwrap();
    assert_eq!(items.origin().to_string(), "s.yaml#/B");
    assert_eq!(document.locate(&items.origin()).unwrap().line, 2);
}

#[test]
fn a_pointer_through_a_reference_leads_to_a_third_file() {
    let sources = MemorySources::new(
        "api.yaml",
        "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: 'b.yaml#/B/properties/c'}}}\n",
    )
    .with("b.yaml", "B: {$ref: c.yaml}")
    .with("c.yaml", "properties: {c: {$ref: d.yaml}}")
    .with("d.yaml", "type: string");
    let (document, _) = with_files(&sources);
    let a = document.node(&origin("/components/schemas/A")).unwrap();
    assert_eq!(document.follow(&a).unwrap().origin().to_string(), "d.yaml#");
}

#[test]
fn a_map_may_be_a_reference_as_a_whole() {
    let sources = MemorySources::new("api.yaml", "openapi: 3.1.0\npaths: {$ref: p.yaml}\n")
        .with("p.yaml", "/a: {$ref: a.yaml}")
        .with("a.yaml", "get: {}");
    let (document, _) = with_files(&sources);
    assert_eq!(document.files().count(), 3);
}

#[test]
fn data_that_looks_like_a_reference_is_not_followed() {
    let (document, _) = with_files(
        &MemorySources::new(
            "api.yaml",
            "openapi: 3.1.0\nx-a: {$ref: f.yaml}\ncomponents:\n  schemas:\n    A:\n      \
             example: {$ref: f.yaml}\n      examples: [{$ref: f.yaml}]\n      \
             default: {$ref: f.yaml}\n      enum: [{$ref: f.yaml}]\n      const: {$ref: f.yaml}\n  \
             examples:\n    B: {value: {$ref: f.yaml}}\n",
        )
        .with("f.yaml", "{}"),
    );
    assert_eq!(document.files().count(), 1);
}

#[test]
fn a_file_that_is_broken_costs_only_what_refers_to_it() {
    let sources = MemorySources::new(
        "api.yaml",
        "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: b.yaml}, C: {}}}\n",
    )
    .with("b.yaml", "a: [\n");
    let (document, diagnostics) = with_files(&sources);
    let diagnostic = diagnostics.iter().next().unwrap();
    assert_eq!(diagnostic.code, Code::Syntax);
    assert_eq!(&*diagnostic.origin.file, "b.yaml");
    assert_eq!(diagnostic.position.unwrap().line, 2);
    assert!(!diagnostics.has_errors());
    let error = resolve(&document, "b.yaml").unwrap_err();
    let expected = "the file of `b.yaml` cannot be used: it is not JSON or YAML";
    assert_eq!(
        (error.code, error.message.as_str()),
        (Code::UnresolvedReference, expected)
    );
}

#[test]
fn cycles_of_references_are_found() {
    let (document, _) = document(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    \
         B: {$ref: '#/components/schemas/A'}\n    Self: {$ref: '#/components/schemas/Self'}\n    \
         In: {$ref: '#/components/schemas/In/properties/x'}\n    Number: {$ref: 1}\n",
    );
    let follow = |name: &str| {
        let pointer = format!("/components/schemas/{name}");
        document.follow(&document.node(&origin(&pointer)).unwrap())
    };
    for name in ["A", "B", "Self", "In"] {
        assert_eq!(
            follow(name).unwrap_err().code,
            Code::ReferenceCycle,
            "{name}"
        );
    }
    assert_eq!(
        follow("Number").unwrap_err().message,
        "`$ref` must be a string"
    );
}

#[test]
fn following_what_is_no_reference_gives_the_node_itself() {
    let (document, _) = document(LOCAL);
    let node = document
        .node(&origin("/components/schemas/Target"))
        .unwrap();
    assert!(document.follow(&node).unwrap().is_same(&node));
}

#[test]
fn an_id_is_the_base_of_what_is_below_it() {
    let (document, _) = document(
        "\
openapi: 3.1.0
components:
  schemas:
    Pet:
      $id: https://example.com/schemas/pet.json
      properties: {owner: {$ref: owner.json}, tag: {$ref: '#tag'}}
      $defs: {Tag: {$anchor: tag, type: string}}
    Owner:
      $id: https://example.com/schemas/owner.json
      properties: {pet: {$ref: ./pet.json#tag}, name: {$ref: 'parts/name.json'}, tag: {$ref: '#tag'}}
      $defs: {Name: {$id: parts/name.json}, Tag: {$anchor: tag, type: integer}}
",
    );
    let schemas = "/components/schemas";
    for (from, to) in [
        ("/Pet/properties/owner", "/Owner"),
        ("/Pet/properties/tag", "/Pet/$defs/Tag"),
        ("/Owner/properties/pet", "/Pet/$defs/Tag"),
        ("/Owner/properties/name", "/Owner/$defs/Name"),
        ("/Owner/properties/tag", "/Owner/$defs/Tag"),
    ] {
        let node = document.node(&origin(&format!("{schemas}{from}"))).unwrap();
        let found = document.follow(&node).unwrap();
        assert_eq!(found.pointer(), format!("{schemas}{to}"), "{from}");
    }
}

#[test]
fn a_name_that_two_schemas_have_leads_to_the_first() {
    let text = "\
openapi: 3.1.0
components:
  schemas:
    A: {$id: 'https://a.b/one', $defs: {T: {$anchor: t}, U: {$anchor: t}, V: {$anchor: v}}}
    B: {$id: 'https://a.b/one', $defs: {T: {$anchor: t, $dynamicAnchor: t}}}
    C: {$id: 'https://a.b/c/', $defs: {V: {$anchor: v}, Part: {$id: part}}}
    D: {$id: 'https://a.b/d/', properties: {p: {$ref: part}}, $defs: {Part: {$id: part}}}
    E: {$ref: 'https://a.b/one'}
";
    let (document, diagnostics) = document(text);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.code, &*d.origin.pointer))
        .collect();
    let expected = [
        (Code::BadValue, "/components/schemas/B/$id"),
        (Code::BadValue, "/components/schemas/A/$defs/U/$anchor"),
    ];
    assert_eq!(found, expected);
    for (from, to) in [("E", "A"), ("D/properties/p", "D/$defs/Part")] {
        let pointer = format!("/components/schemas/{from}");
        let node = document.node(&origin(&pointer)).unwrap();
        let found = document.follow(&node).unwrap().pointer();
        assert_eq!(found, format!("/components/schemas/{to}"));
    }
}

#[test]
fn a_dynamic_reference_that_could_mean_several_schemas_is_noted() {
    let schemas = |more: &str| {
        format!(
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    List: {{items: {{$dynamicRef: '#T'}}, \
             $defs: {{T: {{$dynamicAnchor: T}}}}}}\n{more}"
        )
    };
    let (_, diagnostics) = document(&schemas(""));
    assert!(diagnostics.is_empty());
    let (_, diagnostics) = document(&schemas("    Pets: {$defs: {T: {$dynamicAnchor: T}}}\n"));
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.code, &*d.origin.pointer))
        .collect();
    let pointer = "/components/schemas/List/items/$dynamicRef";
    assert_eq!(found, [(Code::UnsupportedSchema, pointer)]);
}
