//! Names of operations.

use super::super::{Case, Item, Scope, Table, singular, words};
use super::labels::{sentence, title};
use super::{Lock, OPERATIONS, OperationNames, ResourceLabels};
use crate::diag::Diagnostics;
use crate::ir::{Action, ActionId, Api, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Values that mean something else to n8n: its linter wants `getAll` to be called "Get Many".
const RESERVED: &[&str] = &["getAll"];

/// The longest summary, in words, that is taken for the sentence of an action.
const LONGEST_SENTENCE: usize = 10;

/// Words that a resource's noun stood behind, or stood between: "retry an", "attach iso to".
const ARTICLES: &[&str] = &["a", "an", "the", "this", "that"];

/// Words that lead to a noun. Those that belong to a verb ("power on", "check in") are not among them.
const PREPOSITIONS: &[&str] = &["at", "by", "for", "from", "into", "of", "to", "via", "with"];

/// First words of a summary that say more than "get" does.
const READINGS: &[&str] = &["count", "download", "export", "list", "search"];

/// The names of each action, by id. Values and names are unique in a resource.
pub(super) fn allocate(
    api: &Api,
    resources: &[ResourceLabels],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let mut names = vec![OperationNames::default(); api.actions.len()];
    for (labels, resource) in resources.iter().zip(&api.resources) {
        let actions: Vec<(ActionId, &Action)> = resource
            .actions
            .iter()
            .filter_map(|id| Some((*id, api.action(*id)?)))
            .collect();
        let items = actions.iter().map(|(_, action)| item(action)).collect();
        let mut scope = Scope::new(Case::Parameter, RESERVED);
        let table = Table::of(OPERATIONS, &resource.tag);
        let values = scope.allocate(&table, items, lock, diagnostics);
        let sentences = sentences(&actions, labels);
        let mut taken = BTreeSet::new();
        for (((id, action), value), sentence) in actions.into_iter().zip(values).zip(sentences) {
            let name = free_label(action, &value, &taken);
            taken.insert(name.clone());
            if let Some(slot) = names.get_mut(id.0) {
                *slot = OperationNames {
                    value,
                    name,
                    action: sentence,
                };
            }
        }
    }
    names
}

fn item(action: &Action) -> Item<'_> {
    let key = format!("{} {}", action.method.as_str(), action.path);
    Item {
        keys: vec![key],
        origin: &action.origin,
        text: "",
        first: Case::Parameter.identifier(&kind_words(action)),
        more: Box::new(move || {
            let operation = action.operation_id.as_deref().unwrap_or_default();
            let verb = words(action.method.key());
            let path: Vec<String> = verb.into_iter().chain(words(&action.path)).collect();
            [words(operation), path]
                .iter()
                .filter_map(|words| Case::Parameter.identifier(words))
                .collect()
        }),
    }
}

/// The words of a kind; none for a custom one that says nothing.
fn kind_words(action: &Action) -> Vec<String> {
    if let Some(text) = action.kind.canonical() {
        return words(text);
    }
    let Kind::Custom { words: own } = &action.kind else {
        return Vec::new();
    };
    let own = without_gaps(own.iter().flat_map(|text| words(text)).collect());
    let reading = || {
        let said = words(action.summary.as_deref()?);
        let first = said.first()?.as_str();
        READINGS.contains(&first).then(|| vec![first.to_owned()])
    };
    match own.as_slice() {
        [only] if only == "get" => reading().unwrap_or(own),
        _ => own,
    }
}

/// Words without those that led to a noun which is not there any more: "attach iso to" is "attach iso",
/// "transfer a to another project" is "transfer to another project".
fn without_gaps(mut words: Vec<String>) -> Vec<String> {
    let is =
        |list: &[&str], word: Option<&String>| word.is_some_and(|it| list.contains(&it.as_str()));
    while is(ARTICLES, words.last()) || is(PREPOSITIONS, words.last()) {
        words.pop();
    }
    let leads = |word: Option<&String>| is(ARTICLES, word) || is(PREPOSITIONS, word);
    // "By name" says how, and is no name without the word.
    let by = |word: Option<&String>| word.is_some_and(|it| it == "by");
    let start = (0..words.len()).find(|at| !leads(words.get(*at)) || by(words.get(*at)));
    words.drain(..start.unwrap_or(0));
    let mut kept: Vec<String> = Vec::new();
    let mut rest = words.into_iter().peekable();
    while let Some(word) = rest.next() {
        let is_gap = is(ARTICLES, Some(&word)) && is(PREPOSITIONS, rest.peek());
        if !is_gap {
            kept.push(word);
        }
    }
    kept
}

/// As the selector shows it. What is not called as its kind says it by its value.
fn label(action: &Action, value: &str) -> String {
    let own = kind_words(action);
    let is_first = Case::Parameter.identifier(&own).as_deref() == Some(value);
    match action.kind {
        // n8n's linter wants these words.
        Kind::Upsert if is_first => "Create or Update".to_owned(),
        _ if is_first => title(&own),
        _ => title(&words(value)),
    }
}

/// A label that no other operation of the resource has.
fn free_label(action: &Action, value: &str, taken: &BTreeSet<String>) -> String {
    let operation = words(action.operation_id.as_deref().unwrap_or_default());
    let path = [words(action.method.key()), words(&action.path)].concat();
    let by_value = title(&words(value));
    let numbered = (2..).map(|number| format!("{by_value} {number}"));
    [
        label(action, value),
        by_value.clone(),
        title(&operation),
        title(&path),
    ]
    .into_iter()
    .chain(numbered)
    .find(|name| !name.is_empty() && !taken.contains(name))
    .unwrap_or_default()
}

/// What each action of a resource does. A summary that two of them share tells neither.
fn sentences(actions: &[(ActionId, &Action)], resource: &ResourceLabels) -> Vec<String> {
    let all = actions.iter().map(|(_, it)| action_sentence(it, resource));
    let mut sentences: Vec<String> = all.collect();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for sentence in &sentences {
        *uses.entry(sentence.clone()).or_default() += 1;
    }
    for (sentence, (_, action)) in sentences.iter_mut().zip(actions) {
        let is_shared = uses.get(sentence).is_some_and(|uses| *uses > 1);
        if is_shared && matches!(action.kind, Kind::Custom { .. }) {
            *sentence = made_sentence(action, resource);
        }
    }
    sentences.iter().map(|it| as_linted(it)).collect()
}

/// A sentence as n8n's linter takes it (`node-param-operation-option-action-miscased`). Of small letters
/// it knows those of ASCII alone, and it leaves words in capitals as they are: so a word with others gets
/// capitals. A sentence that begins with such a word is in a language of its own, and stays readable.
fn as_linted(sentence: &str) -> String {
    let is_foreign = |word: &str| !word.is_ascii();
    if sentence.split(' ').next().is_none_or(is_foreign) {
        return sentence.to_owned();
    }
    let words = sentence.split(' ').map(|word| match is_foreign(word) {
        true => word.to_uppercase(),
        false => word.to_owned(),
    });
    words.collect::<Vec<String>>().join(" ")
}

/// What it does, with the resource's words.
fn action_sentence(action: &Action, resource: &ResourceLabels) -> String {
    let nouns = Nouns::of(action, resource);
    let with = |verb: &str, noun: &[String]| -> String {
        let all: Vec<String> = words(verb).into_iter().chain(noun.to_vec()).collect();
        sentence(&all)
    };
    let (one, many) = (nouns.one.as_slice(), nouns.many.as_slice());
    match &action.kind {
        Kind::FindMany => with("find many", many),
        Kind::FindOne => with("find one", one),
        Kind::CreateOne => with("create one", one),
        Kind::CreateMany => with("create many", many),
        Kind::UpdateOne => with("update one", one),
        Kind::UpdateMany => with("update many", many),
        Kind::DeleteOne => with("delete one", one),
        Kind::DeleteMany => with("delete many", many),
        Kind::FindDuplicates => {
            let noun: Vec<String> = one.iter().cloned().chain(words("duplicates")).collect();
            with("find", &noun)
        }
        Kind::Upsert => with("create or update", one),
        Kind::Restore if action.path.contains('{') => with("restore", one),
        Kind::Restore => with("restore", many),
        Kind::Merge => with("merge", many),
        Kind::Custom { .. } => custom_sentence(action, resource),
    }
}

/// What a sentence is about.
struct Nouns {
    one: Vec<String>,
    many: Vec<String>,
}

impl Nouns {
    /// The resource's words; for a group that is about no kind of thing, those of the path.
    fn of(action: &Action, resource: &ResourceLabels) -> Self {
        if !resource.one.is_empty() {
            return Self {
                one: resource.one.clone(),
                many: resource.many.clone(),
            };
        }
        let mut parts = action.path.rsplit('/');
        let last = parts.find(|part| !part.is_empty() && !part.contains('{'));
        let many = words(last.unwrap_or_default());
        Self {
            one: singular(&many),
            many,
        }
    }
}

/// One of them where the path says which, else several.
fn number<'r>(action: &Action, resource: &'r ResourceLabels) -> &'r [String] {
    if action.path.contains('{') {
        &resource.one
    } else {
        &resource.many
    }
}

/// The document's own sentence, when it is a short one; else its words.
fn custom_sentence(action: &Action, resource: &ResourceLabels) -> String {
    if let Some(said) = action.summary.as_deref().and_then(short_sentence) {
        return sentence(&said);
    }
    made_sentence(action, resource)
}

/// The words of an action, of what they are about.
fn made_sentence(action: &Action, resource: &ResourceLabels) -> String {
    let own = kind_words(action);
    let own = if own.is_empty() {
        words(action.operation_id.as_deref().unwrap_or(&action.path))
    } else {
        own
    };
    let noun = number(action, resource);
    let between = match own.len() {
        0 | 1 => None,
        _ if noun.is_empty() => None,
        _ => Some("of".to_owned()),
    };
    let all: Vec<String> = own
        .into_iter()
        .chain(between)
        .chain(noun.iter().cloned())
        .collect();
    match sentence(&all) {
        empty if empty.is_empty() => action.method.as_str().to_lowercase(),
        sentence => sentence,
    }
}

/// The words of a summary that is plain and short enough.
fn short_sentence(summary: &str) -> Option<Vec<String>> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -/'_.".contains(c);
    let summary = summary.trim().trim_end_matches('.');
    // n8n's linter takes no sign, and "users" would be several.
    let found = words(&summary.replace("'s ", " "));
    let is_sentence = summary.chars().all(plain)
        && !summary.contains(". ")
        && (2..=LONGEST_SENTENCE).contains(&found.len());
    is_sentence.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{action, custom};
    use super::*;
    use crate::ir::Method;

    #[test]
    fn no_two_operations_have_one_label() {
        let mut taken = BTreeSet::new();
        let mut labels = Vec::new();
        for (kind, value) in [
            (Kind::Upsert, "upsert"),
            (custom("create or update"), "createOrUpdate"),
            (custom("create or update"), "createOrUpdate"),
        ] {
            let label = free_label(&action(Method::Put, "/things/{id}", kind), value, &taken);
            taken.insert(label.clone());
            labels.push(label);
        }
        let expected = ["Create or Update", "Put Things ID", "Create or Update 2"];
        assert_eq!(labels, expected);
    }

    /// The linter takes letters beyond ASCII for separators, but not in words of capitals.
    #[test]
    fn words_with_letters_beyond_ascii_are_in_capitals_beside_others() {
        for (sentence, linted) in [
            ("Find one API key", "Find one API key"),
            ("Create one größe", "Create one GRÖSSE"),
            ("Update many ê字符串 æ", "Update many Ê字符串 Æ"),
            ("Получить список", "Получить список"),
        ] {
            assert_eq!(as_linted(sentence), linted);
        }
    }
}
