//! Nothing is lost silently: what a document says is in the IR, or is named in a loss.
//!
//! An independent walk over the raw document collects every operation, parameter, body, media type,
//! response, header, property, webhook, security scheme and server. Each must be the origin of
//! something in the IR, or lie below a loss.

#[path = "conservation/facts.rs"]
mod facts;
#[path = "conservation/origins.rs"]
mod origins;

use facts::Facts;
use specwright::diag::{Code, Diagnostics};
use specwright::load::{Document, MemorySources, SourceError, Sources, Version, load};
use specwright::normalise::normalise;
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// A folder on disk.
struct Folder(PathBuf);

impl Sources for Folder {
    fn read(&self, path: &str) -> Result<String, SourceError> {
        std::fs::read_to_string(self.0.join(path))
            .map_err(|error| SourceError::new(error.to_string()))
    }
}

/// How many facts a document has, and those that are neither in the IR nor named in a loss.
fn unaccounted(document: &Document, mut diagnostics: Diagnostics) -> (usize, BTreeSet<String>) {
    let api = normalise(document, "t", &mut diagnostics);
    let entry = document.root().origin().file;
    let known: HashSet<String> = origins::of(&api)
        .into_iter()
        .filter(|origin| origin.file == entry)
        .map(|origin| origin.pointer.clone())
        .collect();
    let replaced = diagnostics
        .iter()
        .filter(|it| it.code == Code::DuplicateParameter);
    let lost: HashSet<&str> = api
        .losses
        .iter()
        .map(|loss| &loss.origin)
        .chain(replaced.map(|it| &it.origin))
        .filter(|origin| origin.file == entry)
        .map(|origin| origin.pointer.as_str())
        .collect();
    let facts = if document.version() == Version::V2_0 {
        let text = document.text(&entry).unwrap_or_default();
        Facts::of_swagger(&serde_yaml::from_str(text).unwrap_or_default())
    } else {
        Facts::of(document.root().value())
    };
    let ancestors = |pointer: &str| -> Vec<String> {
        let ends = pointer
            .match_indices('/')
            .map(|(end, _)| end)
            .chain([pointer.len()]);
        ends.filter_map(|end| pointer.get(..end).map(str::to_owned))
            .collect()
    };
    let is_named = |pointer: &str| {
        known.contains(pointer)
            || ancestors(pointer)
                .iter()
                .any(|it| lost.contains(it.as_str()))
    };
    let missing = facts
        .pointers()
        .filter(|pointer| !facts.accounted(pointer, &is_named));
    (facts.count(), missing.map(str::to_owned).collect())
}

fn accounts_for(yaml: &str) {
    accounts_for_text(format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{yaml}"
    ));
}

fn accounts_for_text(text: String) {
    let mut diagnostics = Diagnostics::new();
    let document = load(
        "t.yaml",
        &MemorySources::new("t.yaml", text),
        &mut diagnostics,
    );
    let said: Vec<_> = diagnostics.iter().collect();
    assert!(document.is_some(), "{said:?}");
    let Some(document) = document else { return };
    let (count, missing) = unaccounted(&document, diagnostics);
    assert!(count > 0, "the fixture has no facts");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn operations_with_all_they_have() {
    accounts_for(
        "servers: [{url: 'https://a'}]
webhooks:
  made:
    post:
      parameters: [{in: header, name: H}, {in: query, name: q}]
      requestBody: {content: {application/json: {schema: {properties: {id: {}}}}}}
      responses: {'200': {description: d, headers: {R: {schema: {properties: {x: {}}}}}}}
paths:
  /a/{x}:
    parameters: [{in: query, name: q, schema: {properties: {deep: {}}}}, {in: path, name: gone}]
    servers: [{url: 'https://b'}]
    get:
      parameters:
        - {in: query, name: q}
        - {in: query, name: j, content: {a/json: {schema: {properties: {p: {}}}}}}
      responses:
        '200': {$ref: '#/components/responses/R'}
        odd: {content: {a/b: {}}}
      callbacks: {c: {'{$url}': {post: {requestBody: {content: {a/b: {}}}, responses: {}}}}}
    put: {requestBody: {$ref: '#/components/requestBodies/B'}, responses: {}}
components:
  securitySchemes: {s: {type: http, scheme: basic}, odd: {type: none}}
  responses:
    R: {description: d, content: {a/json: {schema: {properties: {r: {}}}}}}
    Unused: {headers: {H: {}}}
  requestBodies: {B: {content: {multipart/form-data: {encoding: {e: {headers: {E: {schema: {}}}}}}}}}
  parameters: {Unused: {in: query, name: u, schema: {properties: {v: {}}}}}",
    );
}

#[test]
fn what_swagger_says() {
    accounts_for_text(
        "swagger: '2.0'
info: {title: t, version: '1'}
host: a.com
securityDefinitions: {b: {type: basic}, odd: {type: none}}
definitions: {A: {properties: {a: {properties: {b: {}}}}}}
parameters:
  Q: {in: query, name: q, type: string}
  Unused: {in: query, name: u, type: string}
  Body: {in: body, name: b, schema: {properties: {c: {}}}}
  UnusedBody: {in: body, name: b, schema: {properties: {d: {}}}}
  F: {in: formData, name: f, type: string}
  UnusedField: {in: formData, name: g, type: string}
responses: {R: {description: d, schema: {properties: {e: {}}}}, Unused: {headers: {H: {type: string}}}}
paths:
  /a:
    parameters: [{$ref: '#/parameters/Q'}]
    get:
      produces: [text/csv]
      parameters: [{in: query, name: p, type: array, items: {type: string}, collectionFormat: tsv}]
      responses: {'200': {$ref: '#/responses/R'}, '204': {description: d, headers: {H: {type: string}}}}
    post: {parameters: [{$ref: '#/parameters/Body'}, {in: formData, name: x, type: string}]}
    put:
      parameters: [{$ref: '#/parameters/F'}, {in: formData, name: h, type: file}, {in: odd, name: o}]
      responses: {odd: {description: d, schema: {properties: {i: {}}}}}"
            .to_owned(),
    );
}

#[test]
fn properties_wherever_they_stand() {
    accounts_for(
        "components:
  schemas:
    A: {properties: {a: {properties: {b: {items: {properties: {c: {}}}}}}}}
    All:
      allOf:
        - $ref: '#/components/schemas/A'
        - {properties: {d: {}}}
        - {allOf: [{properties: {e: {}}}]}
      properties: {a: {properties: {f: {}}}}
    One: {properties: {z: {}}, oneOf: [{properties: {g: {}}}, {$ref: '#/components/schemas/A'}]}
    Any: {anyOf: [{properties: {h: {}}}, {type: 'null'}, {prefixItems: [{properties: {i: {}}}]}]}
    Map:
      additionalProperties: {properties: {j: {}}}
      patternProperties: {x: {properties: {k: {}}}}
    Not: {type: string, not: {properties: {l: {}}}, properties: {m: {}}, if: {properties: {n: {}}}}
    Clash:
      allOf:
        - {type: string}
        - {properties: {o: {type: string}}}
        - {properties: {o: {properties: {p: {}}}}}
    Defs: {$defs: {D: {properties: {q: {}}}}, type: object}
    Needs: {properties: {r: {properties: {s: {}}}}, anyOf: [{required: [r]}, {required: [t]}]}
    Lone: {oneOf: [{properties: {u: {}}}]}
    Wrong: {type: array, properties: {v: {}}, items: {type: object, items: {properties: {w: {}}}}}",
    );
}

/// The corpus, or the documents of the folder that `SPECWRIGHT_DOCUMENTS` names.
#[test]
fn real_documents() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let mut documents = Vec::new();
    match std::env::var_os("SPECWRIGHT_DOCUMENTS") {
        Some(folder) => files(Path::new(&folder), &mut documents),
        None => {
            documents.extend(["twenty.json", "savvycal.json"].map(|name| specs.join(name)));
            files(&specs.join("open"), &mut documents);
        }
    }
    documents.retain(|path| path.is_file());
    if documents.is_empty() {
        println!("skipped: {} is not there", specs.display());
    }
    let mut read = 0;
    for path in &documents {
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let file = path
            .file_name()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let mut diagnostics = Diagnostics::new();
        // Parts of other documents, and what is none at all, are refused.
        let Some(document) = load(file, &Folder(folder), &mut diagnostics) else {
            continue;
        };
        read += 1;
        let (count, missing) = unaccounted(&document, diagnostics);
        let shown: Vec<&String> = missing.iter().take(10).collect();
        let name = path.display();
        assert!(
            missing.is_empty(),
            "{name}: {} of {count}: {shown:#?}",
            missing.len()
        );
    }
    assert!(documents.is_empty() || read > 0, "nothing was read");
}

/// The files below a folder that may be documents, ordered.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if matches!(
            path.extension().and_then(|it| it.to_str()),
            Some("json" | "yaml" | "yml")
        ) {
            found.push(path);
        }
    }
}
