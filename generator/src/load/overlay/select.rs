//! What a JSONPath selects (RFC 9535), at a cost that is bounded.
//!
//! Taken literally, `$..*..*..*` gives a node once for every way that leads to it, which is more than any
//! machine can count. An action does its work once per node, so the segments are done one after the
//! other, with each node taken once in between. What filters may cost is estimated before they run.

use serde_json::Value;
use serde_json_path::JsonPath;
use std::collections::HashSet;

/// How long a JSONPath may be. Its parser recurses over it.
const MAX_PATH: usize = 2000;

/// How many nodes a selection may look at.
const MAX_VISITS: usize = 20_000_000;

/// The pointers of the nodes that a JSONPath selects, each once.
///
/// # Errors
/// What is wrong with the path, as the end of a sentence that begins with its key.
pub(super) fn select(root: &Value, text: &str) -> Result<Vec<String>, String> {
    if text.len() > MAX_PATH {
        return Err(format!(
            "is not a JSONPath: it is longer than {MAX_PATH} characters"
        ));
    }
    let whole = JsonPath::parse(text).map_err(|error| format!("is not a JSONPath: {error}"))?;
    let segments = segments(text);
    if segments.iter().any(|segment| segment.asks_root) {
        return select_whole(root, &whole, &segments);
    }
    let mut visits = 0;
    let mut found = vec![(String::new(), root)];
    for segment in segments {
        let path = JsonPath::parse(&format!("${}", segment.text))
            .map_err(|error| format!("is not a JSONPath: {error}"))?;
        if segment.is_deep {
            found = outermost(found);
        }
        let mut next = Vec::new();
        let mut seen: HashSet<*const Value> = HashSet::new();
        for (pointer, node) in found {
            visits = segment.visits(node).saturating_add(visits);
            if visits > MAX_VISITS {
                return Err(too_much());
            }
            for below in path.query_located(node) {
                if seen.insert(std::ptr::from_ref(below.node())) {
                    let at = format!("{pointer}{}", below.location().to_json_pointer());
                    next.push((at, below.node()));
                }
            }
        }
        found = next;
    }
    Ok(found.into_iter().map(|(pointer, _)| pointer).collect())
}

/// Selects with a filter that asks the whole document, which cannot be done segment by segment.
fn select_whole(
    root: &Value,
    path: &JsonPath,
    segments: &[Segment<'_>],
) -> Result<Vec<String>, String> {
    let nodes = size(root);
    let mut visits = 1_usize;
    for segment in segments {
        let power = usize::from(segment.is_deep) + segment.powers();
        let cost = (0..power).fold(segment.choices, |cost, _| cost.saturating_mul(nodes));
        visits = visits.saturating_mul(cost);
    }
    if visits > MAX_VISITS {
        return Err(too_much());
    }
    let located = path.query_located(root);
    let mut seen = HashSet::new();
    let pointers = located.locations().map(|it| it.to_json_pointer());
    Ok(pointers.filter(|it| seen.insert(it.clone())).collect())
}

fn too_much() -> String {
    format!("is too much work: it looks at more than {MAX_VISITS} nodes")
}

/// Those nodes that are not below another one: what is below a node is found from there.
fn outermost(found: Vec<(String, &Value)>) -> Vec<(String, &Value)> {
    let known: HashSet<String> = found.iter().map(|(pointer, _)| pointer.clone()).collect();
    let is_below_one = |pointer: &str| {
        let mut at = pointer;
        while let Some((parent, _)) = at.rsplit_once('/') {
            if known.contains(parent) {
                return true;
            }
            at = parent;
        }
        false
    };
    let outer = found.into_iter().filter(|(at, _)| !is_below_one(at));
    outer.collect()
}

/// A segment of a JSONPath: `.name`, `[0, 1]`, `..*`.
#[derive(Debug)]
struct Segment<'t> {
    text: &'t str,
    /// Whether it is one for descendants: `..`.
    is_deep: bool,
    /// Whether a filter in it asks the root: `$`.
    asks_root: bool,
    /// How often a filter in it goes through all descendants, or all children.
    walks: usize,
    /// How many selectors it has at most, one multiplied with those inside of it.
    choices: usize,
}

impl Segment<'_> {
    /// How many powers of a document's nodes a filter that asks the root may cost.
    fn powers(&self) -> usize {
        match self.asks_root {
            true => self.walks.max(1),
            false => self.walks,
        }
    }

    /// How many nodes it looks at, at most, below one.
    fn visits(&self, node: &Value) -> usize {
        let cost = |size: usize| (0..self.walks).fold(1_usize, |cost, _| cost.saturating_mul(size));
        let visits = match self.is_deep {
            true => deep(node, &cost).1,
            false => children(node).map(|it| cost(self.size(it))).sum(),
        };
        visits.saturating_mul(self.choices).saturating_add(1)
    }

    fn size(&self, node: &Value) -> usize {
        if self.walks == 0 { 1 } else { size(node) }
    }
}

/// How many nodes a value has, and what they cost together by their sizes.
fn deep(node: &Value, cost: &impl Fn(usize) -> usize) -> (usize, usize) {
    let (mut size, mut sum) = (1, 0_usize);
    for child in children(node) {
        let (below, costs) = deep(child, cost);
        size += below;
        sum = sum.saturating_add(costs);
    }
    (size, sum.saturating_add(cost(size)))
}

fn size(node: &Value) -> usize {
    1 + children(node).map(size).sum::<usize>()
}

fn children(node: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match node {
        Value::Object(map) => Box::new(map.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The segments of a JSONPath that was parsed, so that only quotes and brackets need a look.
fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut found: Vec<Segment<'_>> = Vec::new();
    let mut start = None;
    let mut scan = Scan::default();
    let mut previous = '$';
    for (at, letter) in text.char_indices().skip(1) {
        let is_new = scan.depth == 0
            && scan.quote.is_none()
            && match letter {
                '.' | '[' => previous != '.',
                _ => false,
            };
        if is_new {
            if let Some(start) = start.replace(at) {
                found.push(scan.segment(text.get(start..at).unwrap_or_default()));
            }
            scan = Scan::default();
        }
        scan.letter(letter, previous);
        previous = letter;
    }
    if let Some(start) = start {
        found.push(scan.segment(text.get(start..).unwrap_or_default()));
    }
    found
}

/// What was read of a segment.
#[derive(Debug, Default)]
struct Scan {
    quote: Option<char>,
    is_escaped: bool,
    /// How many brackets are open.
    depth: usize,
    /// The commas in each of them.
    commas: Vec<usize>,
    choices: Option<usize>,
    is_filter: bool,
    asks_root: bool,
    walks: usize,
}

impl Scan {
    fn letter(&mut self, letter: char, previous: char) {
        if let Some(quote) = self.quote {
            match letter {
                _ if self.is_escaped => self.is_escaped = false,
                '\\' => self.is_escaped = true,
                letter if letter == quote => self.quote = None,
                _ => {}
            }
            return;
        }
        match letter {
            '"' | '\'' => self.quote = Some(letter),
            '[' => {
                self.depth += 1;
                self.commas.push(0);
            }
            ']' => {
                self.depth = self.depth.saturating_sub(1);
                let selectors = self.commas.pop().unwrap_or_default() + 1;
                let choices = self.choices.unwrap_or(1);
                self.choices = Some(choices.saturating_mul(selectors));
            }
            ',' => {
                if let Some(commas) = self.commas.last_mut() {
                    *commas += 1;
                }
            }
            '?' => self.is_filter = true,
            '$' if self.depth > 0 => self.asks_root = true,
            '.' if self.is_filter && previous == '.' => self.walks += 1,
            '*' if self.is_filter && self.asks_root => self.walks += 1,
            _ => {}
        }
    }

    fn segment<'t>(&self, text: &'t str) -> Segment<'t> {
        let text = text.trim();
        Segment {
            text,
            is_deep: text.starts_with(".."),
            asks_root: self.asks_root,
            walks: self.walks,
            choices: self.choices.unwrap_or(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_PATH, segments, select};
    use serde_json::{Value, json};

    #[test]
    fn segments_end_outside_of_quotes_and_brackets() {
        let texts = |text| -> Vec<String> {
            let all = segments(text);
            all.iter().map(|it| it.text.to_owned()).collect()
        };
        assert_eq!(texts("$"), Vec::<String>::new());
        assert_eq!(
            texts("$.a..b['x.[y\\']'][?@.z == \"].\"]..[0] .c"),
            [
                ".a",
                "..b",
                "['x.[y\\']']",
                "[?@.z == \"].\"]",
                "..[0]",
                ".c"
            ]
        );
    }

    #[test]
    fn each_node_is_selected_once_and_in_order() {
        let root = json!({"a": {"n": 1, "b": {"n": 2}}, "l": [{"n": 3}, {"m": 4}], "k": 3});
        for (path, expected) in [
            ("$", vec![""]),
            ("$.a.n", vec!["/a/n"]),
            ("$..n", vec!["/a/n", "/a/b/n", "/l/0/n"]),
            ("$.a..*..n", vec!["/a/b/n"]),
            (
                "$..*..*",
                vec!["/a/n", "/a/b", "/a/b/n", "/l/0", "/l/1", "/l/0/n", "/l/1/m"],
            ),
            ("$.l[0,0,-1]", vec!["/l/0", "/l/1"]),
            ("$.l[?@.n]", vec!["/l/0"]),
            ("$.l[?@.n == $.k]", vec!["/l/0"]),
            ("$..[?@..n]", vec!["/a", "/l", "/a/b", "/l/0"]),
            ("$.none.x", vec![]),
        ] {
            assert_eq!(select(&root, path).unwrap(), expected, "{path}");
        }
    }

    /// A hundred levels, and a wide document.
    #[test]
    fn no_path_takes_longer_than_it_may() {
        let nested = (0..100).fold(json!({"end": 1}), |below, _| json!({"a": below}));
        let deep = format!("${}", "..*".repeat(MAX_PATH / 4));
        assert_eq!(select(&nested, &deep).unwrap(), Vec::<String>::new());
        assert_eq!(select(&nested, "$..*..*..*..*..*").unwrap().len(), 97);
        let wide: Value = (0..3000).map(|n| json!({"n": n})).collect();
        for path in [
            "$..[?count(@..n) == count($..n)]",
            "$[?count($..*) > 1][?count($..*) > 1]",
            "$[?count(@[*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*]) > 1]",
            "$..[?@..*..*..n]",
        ] {
            let error = select(&wide, path).unwrap_err();
            assert!(error.contains("too much work"), "{path}: {error}");
        }
    }
}
