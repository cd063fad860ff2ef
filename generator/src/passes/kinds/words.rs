//! What a custom action is called.

use super::super::paths::{Component, components, says_nothing};
use super::ids;
use super::spoken::{Around, spoken, spoken_behind, stem};
use crate::ir::{Action, Resource};
use crate::names::{plural, singular, spelled, words};

/// A word that is longer, and longer than all others that are known of an action, is several.
const LONGEST_WORD: usize = 14;

/// Words that sentences have before nouns.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// Words that lead to a noun. Those that belong to a verb ("power on", "check in") are not among them.
pub(super) const PREPOSITIONS: &[&str] =
    &["at", "by", "for", "from", "into", "of", "to", "via", "with"];

/// Verbs of those that get a list.
const GETS: &[&str] = &["fetch", "get", "retrieve", "return", "returns"];

/// Verbs of reading before which `get` says nothing.
const READS: &[&str] = &[
    "count", "fetch", "find", "get", "list", "retrieve", "search",
];

/// Verbs of writing before which the method says nothing.
const WRITES: &[&str] = &[
    "add", "cancel", "create", "delete", "remove", "send", "set", "update", "upsert", "validate",
];

/// A summary of more words than this is a sentence rather than a name.
const SUMMARY_WORDS: usize = 6;

/// What an action may be called, best first: the words of its `operationId` without the resource's,
/// all of them, then those of method and path. The last is unique, except where paths collide.
pub(in crate::passes) fn candidates(
    action: &Action,
    resource: &Resource,
    around: Around,
) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let said = action.summary.as_deref().map(words);
    let spoken = || spoken(action, resource, around);
    let id = action.operation_id.as_deref().map(words);
    let runs_together = id
        .as_ref()
        .is_some_and(|own| runs_together(own, action, resource));
    let same = id.as_ref().filter(|_| runs_together).zip(said.as_ref());
    // The summary has the boundaries that the `operationId` lacks.
    let is_same = same.is_some_and(|(id, said)| {
        let said = [said.concat(), tidy(said.clone(), action).concat()];
        said.contains(&id.concat())
    });
    let summary = said.filter(|w| is_same || w.len() <= SUMMARY_WORDS);
    let is_mechanical = id
        .as_ref()
        .is_some_and(|own| ids::is_mechanical(own, action));
    if is_mechanical || (runs_together && !is_same) {
        all.extend(spoken());
    }
    let id = id.filter(|_| !runs_together);
    let text = action.operation_id.as_deref().filter(|_| id.is_some());
    let named = text.and_then(|id| ids::behind_method(id, action));
    let id = named.map(words).or(id);
    all.extend(behind_resource(text, action, resource));
    if let Some(own) = id.map(|own| without_known(own, action)).or(summary) {
        all.extend(without_owner(&own, action, resource));
        let short = ids::verb_first(without(&own, resource), action);
        let at_end = short.len() < own.len() && own.starts_with(&short);
        let short = tidy(short, action);
        let own = tidy(own, action);
        let plain = without_version(&short, action);
        let is_of_parent = at_end && is_of_parent(&plain, action);
        if at_end && !is_name(&plain) && !is_of_parent {
            all.extend(spoken_behind(action, resource, around));
        } else if !is_of_parent {
            all.push(without_end(&plain, at_end));
            // A version tells two of the same name apart.
            all.push(short);
        }
        all.push(without_version(&own, action));
        all.push(own.clone());
        if named.is_some() {
            all.push([own, vec![action.method.key().to_owned()]].concat());
        }
    }
    all.extend(spoken());
    let method = action.method.key().to_owned();
    let path = components(action);
    let literals = path.iter().filter_map(Component::literal);
    let literals = literals.filter(|text| !says_nothing(text));
    let literals = literals.flat_map(|text| words(stem(text)));
    let short: Vec<String> = [method.clone()].into_iter().chain(literals).collect();
    all.push(without(&short, resource));
    all.push(short);
    let mut full = vec![method];
    for part in action.path.split('/') {
        let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        let by = name.filter(|name| !name.contains(['{', '}']));
        full.extend(by.map(|_| "by".to_owned()));
        full.extend(words(part));
    }
    all.push(full);
    all.push(spelled(&format!(
        "{} {}",
        action.method.as_str(),
        action.path
    )));
    all.retain(|words| !words.is_empty());
    all
}

/// The words of an `operationId` without those that only say where the action is.
fn without_known(own: Vec<String>, action: &Action) -> Vec<String> {
    ids::without_places(ids::without_path(own, action), action)
}

/// What an `operationId` with dots says behind the resource, as a name.
fn behind_resource(id: Option<&str>, action: &Action, resource: &Resource) -> Option<Vec<String>> {
    let behind = ids::behind_resource(id?, resource)?;
    Some(tidy(words(behind), action))
}

/// The words that are left of "remove albums user", and nothing where no one stands behind the resource.
fn without_owner(own: &[String], action: &Action, resource: &Resource) -> Option<Vec<String>> {
    let kept = ids::without_owner(own.to_vec(), action, resource);
    (kept.len() < own.len()).then(|| without(&kept, resource))
}

/// Whether an `operationId` has a word without its boundaries, as nothing else of the action has one:
/// `createanAPIkeyforaserviceaccount`.
fn runs_together(own: &[String], action: &Action, resource: &Resource) -> bool {
    let texts = [Some(action.path.as_str()), action.summary.as_deref()];
    let known = texts.into_iter().flatten().flat_map(words);
    let known = known.chain(resource.plural.iter().cloned());
    let longest = known.map(|word| word.chars().count()).max();
    let letters = |word: &String| word.chars().count();
    let all: usize = own.iter().map(letters).sum();
    let has_parts = action
        .operation_id
        .as_deref()
        .is_some_and(|id| id.contains('.'));
    // One long word among others, as the name of the API before all of them, hides nothing.
    let is_most = |length: usize| length * 2 > all && !has_parts;
    own.iter()
        .map(letters)
        .any(|length| length > LONGEST_WORD && Some(length) > longest && is_most(length))
}

/// Words without the version of the path.
fn without_version(own: &[String], action: &Action) -> Vec<String> {
    let path = components(action);
    let literals = path.iter().filter_map(Component::literal);
    let versions: Vec<&str> = literals
        .filter(|text| says_nothing(text) && text.starts_with(['v', 'V']))
        .collect();
    let is_version = |word: &String| versions.iter().any(|it| it.eq_ignore_ascii_case(word));
    let kept = own.iter().filter(|word| !is_version(word));
    kept.cloned().collect()
}

/// Words without what sentences have and names do not.
fn tidy(own: Vec<String>, action: &Action) -> Vec<String> {
    let is_kept = |word: &&String| !ARTICLES.contains(&word.as_str());
    let mut kept: Vec<String> = own.iter().filter(is_kept).cloned().collect();
    // "Get a list of current users": list them.
    kept = without_get(&kept).unwrap_or(kept);
    if let [first, second, ..] = kept.as_slice() {
        let reads_twice = GETS.contains(&first.as_str()) && READS.contains(&second.as_str());
        let writes = ["patch", "post", "put"].contains(&first.as_str());
        let writes_twice =
            writes && first == action.method.key() && WRITES.contains(&second.as_str());
        if reads_twice || writes_twice {
            kept.remove(0);
        }
    }
    if kept.is_empty() { own } else { kept }
}

/// "Get a list of current users" is "list current users", "get number of users" is "count users".
fn without_get(own: &[String]) -> Option<Vec<String>> {
    let (verb, rest) = own.split_first()?;
    let adjective =
        |word: &&String| ["full", "paged", "paginated", "total"].contains(&word.as_str());
    let rest = match rest.split_first().filter(|(first, _)| adjective(first)) {
        Some((_, behind)) => behind,
        None => rest,
    };
    let [noun, of, rest @ ..] = rest else {
        return None;
    };
    let verb = match noun.as_str() {
        _ if of != "of" || !GETS.contains(&verb.as_str()) => return None,
        "list" if !rest.is_empty() => "list",
        "count" | "number" => "count",
        _ => return None,
    };
    Some([vec![verb.to_owned()], rest.to_vec()].concat())
}

/// Whether what is left of words without the resource's at their end is a name by itself. `get current
/// users playlists` without `playlists` would be of users.
fn is_name(short: &[String]) -> bool {
    match short {
        [] => false,
        [verb, .., last] if verb == "list" || GETS.contains(&verb.as_str()) => {
            let noun = std::slice::from_ref(last);
            plural(noun) != noun || singular(noun) == noun
        }
        _ => true,
    }
}

/// Whether what is left speaks of what the path has before the resource: `delete site database` without
/// `database` would delete the site.
fn is_of_parent(short: &[String], action: &Action) -> bool {
    let Some((_, noun)) = short.split_first().filter(|(_, noun)| !noun.is_empty()) else {
        return false;
    };
    let path = components(action);
    path.windows(2).any(|pair| match pair {
        [Component::Literal(text), Component::Parameter(_)] => singular(&words(text)) == noun,
        _ => false,
    })
}

/// Without the preposition that led to the resource at the end: `attach iso to` is `attach iso`.
fn without_end(short: &[String], at_end: bool) -> Vec<String> {
    let mut kept = short;
    while let [rest @ .., last] = kept
        && at_end
        && !rest.is_empty()
        && PREPOSITIONS.contains(&last.as_str())
    {
        kept = rest;
    }
    kept.to_vec()
}

/// The words that name what an action does: those of its `operationId`, else of its summary,
/// without the resource's.
pub(in crate::passes) fn own_words(action: &Action, resource: &Resource) -> Vec<String> {
    let own = match (&action.operation_id, &action.summary) {
        (Some(id), _) => ids::without_path(words(id), action),
        (None, Some(summary)) => words(summary),
        (None, None) => Vec::new(),
    };
    without(&own, resource)
}

/// Words without the resource's own, in singular or plural, where they first stand:
/// `GetCustomersCustomerSources` is "get sources", `PostAccountBankAccounts` "post bank accounts".
fn without(words: &[String], resource: &Resource) -> Vec<String> {
    let own = |rest: &[String]| {
        let names = [&resource.plural, &resource.singular].into_iter();
        let mut fitting = names.filter(|name| !name.is_empty() && rest.starts_with(name));
        fitting.next().map(Vec::len)
    };
    let Some(start) = (0..words.len()).find(|at| own(words.get(*at..).unwrap_or(&[])).is_some())
    else {
        return words.to_vec();
    };
    let (before, mut rest) = words.split_at_checked(start).unwrap_or((words, &[]));
    while let Some(length) = own(rest) {
        rest = rest.get(length..).unwrap_or(&[]);
    }
    [before, rest].concat()
}

#[cfg(test)]
mod tests;
