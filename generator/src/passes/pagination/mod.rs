//! Pagination: how a list continues.
//!
//! What the server says of the next page (a cursor, a URL, a `Link` header) is trusted more than
//! what the client counts (pages, items to skip), since servers give shorter pages than asked for.

mod keys;

use super::overrides::Decided;
use super::shapes::{Shape, shape, success_schema};
use crate::ir::{
    Action, ActionId, Api, Evidence, Kind, Pagination, Parameter, Payload, Place, Primitive,
    Record, Schema, Strategy, Type,
};
use crate::names::words;

/// How deep in a body the keys of pagination are looked for: `pageInfo.endCursor` is two.
const LEVELS: usize = 3;

/// Finds out how the lists of an API continue.
pub(super) fn run(api: &mut Api, decided: &Decided) {
    let mut results = Vec::new();
    for (index, action) in api.actions.iter().enumerate() {
        let said = decided
            .actions
            .get(&ActionId(index))
            .and_then(|d| d.pagination.as_ref());
        let result = match said {
            Some(said) => (said.value.clone(), Some(said.evidence("pagination"))),
            None => inferred(api, action),
        };
        results.push(result);
    }
    for (action, (pagination, evidence)) in api.actions.iter_mut().zip(results) {
        action.pagination = pagination;
        action.evidence.extend(evidence);
    }
}

fn inferred(api: &Api, action: &Action) -> (Option<Pagination>, Option<Evidence>) {
    let pagination = List::of(api, action).and_then(|list| list.pagination());
    let evidence = |because: String| Evidence {
        about: "pagination",
        because,
        overridden: false,
    };
    match pagination {
        Some(pagination) => {
            let evidence = evidence(pagination.evidence.clone());
            (Some(pagination), Some(evidence))
        }
        None if action.kind == Kind::FindMany => (
            None,
            Some(evidence("nothing says how the list continues".to_owned())),
        ),
        None => (None, None),
    }
}

/// An action that answers with a list.
struct List<'a> {
    api: &'a Api,
    action: &'a Action,
    items: Vec<String>,
    /// The query parameters, each with its name in words.
    query: Vec<(String, &'a Parameter)>,
    /// What stands in the response beside the list, each with its last key in words.
    beside: Vec<(String, Vec<String>, &'a Schema)>,
}

impl<'a> List<'a> {
    fn of(api: &'a Api, action: &'a Action) -> Option<Self> {
        let payload = &action.outcome.success.as_ref()?.payload;
        let (items, ty) = match payload {
            Payload::Empty => return None,
            Payload::Whole(ty) => (Vec::new(), ty),
            Payload::Opened(envelope) => (envelope.path.clone(), &envelope.data.ty),
        };
        if !matches!(shape(api, ty), Shape::List(_)) {
            return None;
        }
        let mut found = Vec::new();
        let whole = success_schema(action).and_then(|schema| api.record(&schema.ty));
        if let Some((_, record)) = whole {
            collect(api, record, &[], &items, &mut found);
        }
        let query = action.parameters.iter().filter(|p| p.place == Place::Query);
        let beside = found.into_iter().map(|(keys, schema)| {
            let name = keys
                .last()
                .map_or(String::new(), |last| words(last).join(" "));
            (name, keys, schema)
        });
        Some(Self {
            api,
            action,
            query: query.map(|p| (words(&p.wire_name).join(" "), p)).collect(),
            beside: beside.collect(),
            items,
        })
    }

    fn pagination(self) -> Option<Pagination> {
        let (strategy, evidence) = self
            .cursor()
            .or_else(|| self.next_url())
            .or_else(|| self.link_header())
            .or_else(|| self.page())
            .or_else(|| self.offset())?;
        let size = self
            .parameter(keys::SIZE, is_number)
            .map(|p| p.wire_name.clone());
        let more = self.key(keys::MORE, |p| matches!(p, Primitive::Boolean));
        let total = self.key(keys::TOTAL, is_number);
        Some(Pagination {
            strategy,
            size_parameter: size,
            more,
            total,
            evidence,
            items: self.items,
        })
    }

    fn cursor(&self) -> Option<(Strategy, String)> {
        let not_a_number = |p: &Primitive| !is_number(p);
        let opaque = |p: &Primitive| not_a_number(p) && *p != Primitive::Uri;
        // An `offset` of text is a cursor, when the response has the next one.
        let parameter = self
            .parameter(keys::CURSOR, |_| true)
            .or_else(|| self.parameter(keys::PAGE, not_a_number))
            .or_else(|| self.parameter(keys::OFFSET, not_a_number))?;
        let next = self
            .key(keys::NEXT, opaque)
            .or_else(|| self.key(keys::NEXT, is_number))?;
        let back = self.parameter(keys::CURSOR_BACK, |_| true);
        let previous = back.zip(self.key(keys::PREVIOUS, opaque));
        let because = format!(
            "`{}` takes what `{}` was in the page before",
            parameter.wire_name,
            next.join(".")
        );
        let strategy = Strategy::Cursor {
            parameter: parameter.wire_name.clone(),
            next,
            previous: previous.map(|(parameter, keys)| (parameter.wire_name.clone(), keys)),
        };
        Some((strategy, because))
    }

    fn next_url(&self) -> Option<(Strategy, String)> {
        let is_url = |p: &Primitive| matches!(p, Primitive::Uri);
        let is_text = |p: &Primitive| matches!(p, Primitive::String { .. });
        let named = |keys: &[String]| {
            keys.last().is_some_and(|last| {
                let words = words(last);
                words
                    .iter()
                    .any(|word| matches!(word.as_str(), "url" | "uri" | "link" | "href"))
            }) || keys
                .iter()
                .any(|key| key.trim_start_matches('_') == "links")
        };
        let next = self
            .key(keys::NEXT_URL, is_url)
            .or_else(|| self.link())
            .or_else(|| self.key(keys::NEXT_URL, is_text).filter(|keys| named(keys)))?;
        let because = format!("`{}` is the next page's URL", next.join("."));
        Some((Strategy::NextUrl { next }, because))
    }

    /// `_links.next.href`, of the Hypertext Application Language.
    fn link(&self) -> Option<Vec<String>> {
        self.beside
            .iter()
            .map(|(_, keys, _)| keys)
            .find(|keys| match keys.as_slice() {
                [links, next, href] => {
                    links.trim_start_matches('_') == "links" && next == "next" && href == "href"
                }
                _ => false,
            })
            .cloned()
    }

    fn link_header(&self) -> Option<(Strategy, String)> {
        let success = self.action.outcome.success.as_ref()?;
        let response = self.action.outcome.responses.get(success.response)?;
        let has = response
            .headers
            .iter()
            .any(|header| header.name.eq_ignore_ascii_case("link"));
        has.then(|| {
            (
                Strategy::LinkHeader,
                "the response has a `Link` header".to_owned(),
            )
        })
    }

    fn page(&self) -> Option<(Strategy, String)> {
        let parameter = self.parameter(keys::PAGE, is_number)?;
        let said = [
            parameter
                .schema
                .default
                .as_ref()
                .and_then(serde_json::Value::as_i64),
            parameter
                .schema
                .constraints
                .minimum
                .as_ref()
                .and_then(|bound| bound.value.as_i64()),
        ];
        let first = said
            .into_iter()
            .flatten()
            .find(|first| (0..=1).contains(first))
            .unwrap_or(1);
        let because = format!("`{}` takes the number of a page", parameter.wire_name);
        Some((
            Strategy::Page {
                parameter: parameter.wire_name.clone(),
                first,
            },
            because,
        ))
    }

    fn offset(&self) -> Option<(Strategy, String)> {
        let parameter = self.parameter(keys::OFFSET, is_number)?;
        let because = format!(
            "`{}` takes the number of items to skip",
            parameter.wire_name
        );
        Some((
            Strategy::Offset {
                parameter: parameter.wire_name.clone(),
            },
            because,
        ))
    }

    /// The query parameter with one of these names whose type fits; the names' order decides.
    fn parameter(
        &self,
        names: &[&str],
        fits: impl Fn(&Primitive) -> bool,
    ) -> Option<&'a Parameter> {
        let fits = |ty: &Type| match shape(self.api, ty) {
            Shape::Scalar(primitive) => fits(primitive),
            Shape::Unknown | Shape::Union => true,
            Shape::Record(..) | Shape::List(_) | Shape::Map | Shape::Enum | Shape::Constant => {
                false
            }
        };
        names.iter().find_map(|wanted| {
            let mut named = self.query.iter().filter(|(name, _)| name == wanted);
            named.find(|(_, p)| fits(&p.schema.ty)).map(|(_, p)| *p)
        })
    }

    /// The keys to a value with one of these names whose type fits; the names' order decides.
    fn key(&self, names: &[&str], fits: impl Fn(&Primitive) -> bool) -> Option<Vec<String>> {
        let fits = |ty: &Type| match shape(self.api, ty) {
            Shape::Scalar(primitive) => fits(primitive),
            _ => false,
        };
        names.iter().find_map(|wanted| {
            let mut named = self.beside.iter().filter(|(name, _, _)| name == wanted);
            named
                .find(|(_, _, schema)| fits(&schema.ty))
                .map(|(_, keys, _)| keys.clone())
        })
    }
}

/// Collects what stands in a response, without the items and what is below them.
fn collect<'a>(
    api: &'a Api,
    record: &'a Record,
    prefix: &[String],
    items: &[String],
    found: &mut Vec<(Vec<String>, &'a Schema)>,
) {
    for field in &record.fields {
        let mut keys = prefix.to_vec();
        keys.push(field.wire_name.clone());
        if keys == items {
            continue;
        }
        if keys.len() < LEVELS
            && let Shape::Record(_, inner) = shape(api, &field.schema.ty)
        {
            collect(api, inner, &keys, items, found);
        } else {
            found.push((keys, &field.schema));
        }
    }
}

fn is_number(primitive: &Primitive) -> bool {
    matches!(primitive, Primitive::Integer { .. } | Primitive::Number)
}

#[cfg(test)]
mod tests;
