//! No input makes it panic: documents with a few of their nodes changed are compiled and rendered.
//!
//! What is changed follows from a number, so that a failure can be repeated. `SPECWRIGHT_MUTATIONS=10000`
//! makes more of them, `SPECWRIGHT_DOCUMENTS=DIR` takes the documents of a folder instead of the fixtures.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "only tests use this"
)]

mod support;

use serde_json::{Map, Value, json};
use specwright::config::{ApiConfig, Output};
use specwright::load::MemorySources;
use specwright::names::Lock;
use specwright::{Rendering, Shape, compile, render};
use std::path::Path;
use std::time::{Duration, Instant};

/// How many documents are made where nobody asks for more.
const MUTATIONS: u64 = 300;

/// How long one may take, in a debug build beside other work.
const LONGEST: Duration = Duration::from_secs(60);

/// A generator of numbers (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap()
    }
}

/// The node with this number, counted from the root down.
fn node<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, number)),
        Value::Object(map) => map.values_mut().find_map(|item| node(item, number)),
        _ => None,
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Values that nobody expects.
fn odd(random: &mut Random) -> Value {
    let deep = |depth: usize| (0..depth).fold(json!("x"), |inside, _| json!({ "items": inside }));
    match random.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1.5e300),
        3 => json!(u64::MAX),
        4 => json!(""),
        5 => json!("x".repeat(20_000)),
        6 => json!([]),
        7 => json!({}),
        8 => json!([null, 1, "a", {}]),
        9 => deep(60),
        10 => deep(500),
        11 => json!({ "$ref": "#" }),
        12 => json!({ "$ref": "#/components/schemas/~1~0%zz" }),
        13 => json!("\u{0}\u{202e}{{'\"`*/\n```"),
        14 => json!({ "type": ["object", "array", "null"], "properties": { "": {}, "type": {} } }),
        _ => json!({ "": { "x-": 1 }, "a/b~c": [], "\u{1f980}": "${x}" }),
    }
}

/// Changes one node.
fn mutate(document: &mut Value, random: &mut Random) {
    let mut number = random.below(count(document));
    let mut other = random.below(count(document));
    let copy = node(document, &mut other).map(|value| value.clone());
    let Some(chosen) = node(document, &mut number) else {
        return;
    };
    match (random.below(6), chosen) {
        (0, Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(random.below(map.len())).cloned();
            map.retain(|name, _| Some(name) != key.as_ref());
        }
        (1, Value::Object(map)) => rename(map, random),
        (2, Value::Array(items)) => items.extend(items.clone()),
        (3, chosen) => *chosen = copy.unwrap_or_default(),
        (4, Value::String(text)) => text.push_str("/{a}?b#\u{301}"),
        (_, chosen) => *chosen = odd(random),
    }
}

fn rename(map: &mut Map<String, Value>, random: &mut Random) {
    let names = [
        "", "type", "$ref", "0", "Self", "r#fn", "\u{202e}", "a/b", "allOf", "*/", "{{x}}",
    ];
    let keys: Vec<String> = map.keys().cloned().collect();
    if let Some(value) = keys
        .get(random.below(keys.len()))
        .and_then(|key| map.remove(key))
    {
        map.insert(names[random.below(names.len())].to_owned(), value);
    }
}

fn documents() -> Vec<Value> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folder = std::env::var_os("SPECWRIGHT_DOCUMENTS").map_or(fixtures, Into::into);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| -> Option<Value> {
        let text = std::fs::read_to_string(path).ok()?;
        serde_json::from_str(&text)
            .ok()
            .or_else(|| serde_yaml::from_str(&text).ok())
    };
    paths.iter().filter_map(read).collect()
}

fn run(document: &Value) {
    let config = ApiConfig::for_name("api");
    let sources = MemorySources::new("api.json", document.to_string());
    let compiled = compile("api.json", &sources, &config, &mut |_| {});
    let Some(api) = compiled.api else { return };
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::Rust, Output::N8n, Output::Docs],
        shape: Shape::Module,
        cases: None,
    };
    render(rendering, &mut Lock::new(), &mut |_| {});
}

#[test]
fn documents_with_odd_nodes_are_compiled_and_rendered() {
    let documents = documents();
    assert!(!documents.is_empty());
    let asked = std::env::var("SPECWRIGHT_MUTATIONS").ok();
    let mutations = asked.map_or(MUTATIONS, |asked| asked.parse().unwrap());
    let first = std::env::var("SPECWRIGHT_FIRST").map_or(0, |first| first.parse().unwrap());
    let mut failed = Vec::new();
    for number in first..first + mutations {
        let mut random = Random(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut document = documents[random.below(documents.len())].clone();
        for _ in 0..=random.below(4) {
            mutate(&mut document, &mut random);
        }
        let start = Instant::now();
        let ended = std::panic::catch_unwind(|| run(&document));
        if ended.is_err() || start.elapsed() > LONGEST {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
            let path = folder.join(format!("mutation-{number}.json"));
            std::fs::write(&path, document.to_string()).unwrap();
            failed.push(path);
        }
    }
    assert!(
        failed.is_empty(),
        "it panicked, or took too long: {failed:#?}"
    );
}
