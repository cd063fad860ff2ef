//! A filter on a record.

use super::super::fields;
use super::super::order::Scale;
use super::{Comparator, Filter};
use serde_json::{Map, Value};
use std::cmp::Ordering;

impl Filter {
    /// Whether a record passes. `None`: it cannot be said, since a value is missing; that does not
    /// pass, and neither does its opposite (the logic of SQL).
    pub(in crate::serve::list) fn test(&self, record: &Map<String, Value>) -> Option<bool> {
        match self {
            Self::And(all) => {
                let results: Vec<_> = all.iter().map(|it| it.test(record)).collect();
                decide(&results, false)
            }
            Self::Or(all) => {
                let results: Vec<_> = all.iter().map(|it| it.test(record)).collect();
                decide(&results, true)
            }
            Self::Not(inner) => inner.test(record).map(|it| !it),
            Self::Compare {
                path,
                comparator,
                scale,
                value,
            } => compare(fields::value(record, path), *comparator, *scale, value),
        }
    }
}

/// One `decisive` result decides; else nothing unknown may be left.
fn decide(results: &[Option<bool>], decisive: bool) -> Option<bool> {
    if results.contains(&Some(decisive)) {
        return Some(decisive);
    }
    (!results.contains(&None)).then_some(!decisive)
}

fn compare(own: &Value, comparator: Comparator, scale: Scale, value: &Value) -> Option<bool> {
    if comparator == Comparator::Is {
        return Some(own.is_null() == (*value == Value::Bool(true)));
    }
    if own.is_null() {
        return None;
    }
    let order = || scale.compare(own, value);
    let among = |own: &Value| {
        let mut values = value.as_array().into_iter().flatten();
        values.any(|value| scale.compare(own, value) == Ordering::Equal)
    };
    let texts = || Some((own.as_str()?, value.as_str()?));
    Some(match comparator {
        Comparator::Is => return None,
        Comparator::Eq => order() == Ordering::Equal,
        Comparator::Neq => order() != Ordering::Equal,
        Comparator::Gt => order() == Ordering::Greater,
        Comparator::Gte => order() != Ordering::Less,
        Comparator::Lt => order() == Ordering::Less,
        Comparator::Lte => order() != Ordering::Greater,
        Comparator::In => among(own),
        Comparator::ContainsAny => match own {
            Value::Array(items) => items.iter().any(among),
            own => among(own),
        },
        Comparator::StartsWith => texts().is_some_and(|(own, start)| own.starts_with(start)),
        Comparator::Like => texts().is_some_and(|(own, pattern)| like(own, pattern)),
        Comparator::Ilike => {
            texts().is_some_and(|(own, pattern)| like(&own.to_lowercase(), &pattern.to_lowercase()))
        }
    })
}

/// Whether a text is like a pattern: `%` is any text, `_` any character.
fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut at, mut of) = (0, 0);
    // Where to go on when what follows the last `%` does not fit.
    let mut again: Option<(usize, usize)> = None;
    while let Some(c) = text.get(at) {
        match pattern.get(of) {
            Some('%') => {
                again = Some((at, of));
                of += 1;
            }
            Some(p) if *p == '_' || p == c => {
                at += 1;
                of += 1;
            }
            _ => match again {
                Some((start, any)) => {
                    again = Some((start + 1, any));
                    at = start + 1;
                    of = any + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(of).all(|c| *c == '%')
}
