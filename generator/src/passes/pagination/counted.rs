//! Lists whose pages or items are counted.

use std::collections::BTreeMap;

use super::keys;
use super::list::{Found, List, Taken, is_number};
use crate::ir::{Api, Place, Slot, Strategy};
use crate::names::words;

/// What an API says of the first page's number, by the parameters' names: some of its operations say it
/// and others do not. `None` where they contradict each other.
pub(super) struct Firsts(BTreeMap<String, Option<i64>>);

impl Firsts {
    pub(super) fn of(api: &Api) -> Self {
        let mut firsts = BTreeMap::new();
        for parameter in api.actions.iter().flat_map(|action| &action.parameters) {
            let name = words(&parameter.wire_name).concat();
            if parameter.place != Place::Query || !keys::is_one_of(&name, keys::PAGE) {
                continue;
            }
            let text = parameter.description.as_deref().unwrap_or_default();
            if let Some((first, _)) = first(&parameter.schema, &text.to_lowercase()) {
                let known = firsts.entry(name).or_insert(Some(first));
                *known = known.filter(|known| *known == first);
            }
        }
        Self(firsts)
    }
}

impl List<'_> {
    /// Numbered pages.
    pub(super) fn page(&self, firsts: &Firsts) -> Found {
        if let Some(taken) = self.slot(keys::SKIP_PAGES, is_number) {
            let because = format!("`{}` takes the number of pages to skip", taken.slot);
            return Ok((numbered(taken, Some(0), None), because));
        }
        let taken = self.slot(keys::PAGE, is_number).ok_or(None)?;
        self.is_doubtful(taken)
            .map_or(Ok(()), |why| Err(Some(why)))?;
        let because = format!("`{}` takes the number of a page", taken.slot);
        if let Some((first, why)) = first(taken.schema, &taken.text()) {
            let because = format!("{because}, {first} for the first by its {why}");
            return Ok((numbered(taken, Some(first), None), because));
        }
        if let Some(first) = firsts.0.get(&taken.name).copied().flatten() {
            let because = format!("{because}, {first} for the first as other operations say");
            return Ok((numbered(taken, Some(first), None), because));
        }
        let current = self
            .given(keys::CURRENT, is_number)
            .and_then(|given| Some(given.source.body()?.to_vec()));
        if let Some(current) = current {
            let because = format!("{because}, one more than `{}` says", current.join("."));
            return Ok((numbered(taken, Some(1), Some(current)), because));
        }
        let because =
            format!("{because}; nothing says whether the first is 0 or 1, so it is tried out");
        Ok((numbered(taken, None, None), because))
    }

    /// Items that are skipped.
    pub(super) fn offset(&self) -> Found {
        let taken = self.slot(keys::OFFSET, is_number).ok_or(None)?;
        self.is_doubtful(taken)
            .map_or(Ok(()), |why| Err(Some(why)))?;
        let is_index = keys::is(&taken.name, "start index");
        let first = match first(taken.schema, &taken.text()) {
            Some((first, _)) if is_index || first == 0 => first,
            // A list of RFC 7644 counts its items from 1 (section 3.4.2.4).
            None if is_index && self.is_scim() => 1,
            _ => 0,
        };
        let because = match first {
            0 => format!("`{}` takes the number of items to skip", taken.slot),
            _ => format!(
                "`{}` takes the number of an item, 1 for the first",
                taken.slot
            ),
        };
        let strategy = Strategy::Offset {
            parameter: taken.slot.clone(),
            first,
        };
        Ok((strategy, because))
    }

    fn is_scim(&self) -> bool {
        ["itemsPerPage", "totalResults", "startIndex"]
            .iter()
            .all(|key| {
                self.beside()
                    .any(|given| given.source.body().is_some_and(|path| path == [*key]))
            })
    }

    /// Why a name that fits may mean something else.
    fn is_doubtful(&self, taken: &Taken<'_>) -> Option<String> {
        let in_body = matches!(taken.slot, Slot::Body(_));
        let size = self.slot(keys::SIZE, is_number).is_some();
        if in_body && !size {
            return Some(format!(
                "`{}` may count pages, but nothing takes their size",
                taken.slot
            ));
        }
        if !keys::is_one_of(&taken.name, keys::DOUBTFUL_OFFSET) {
            return None;
        }
        let text = taken.text();
        let is_time = ["date", "time", "epoch", "unix", "second"]
            .iter()
            .any(|word| text.contains(word));
        let is_range = self.slot(keys::RANGE_END, |_| true).is_some();
        (is_time || is_range || !size).then(|| {
            format!(
                "`{}` may be the number of items to skip, or the beginning of something else",
                taken.slot
            )
        })
    }
}

fn numbered(taken: &Taken<'_>, first: Option<i64>, current: Option<Vec<String>>) -> Strategy {
    Strategy::Page {
        parameter: taken.slot.clone(),
        first,
        current,
    }
}

/// The first number, as the document says it, and where.
fn first(schema: &crate::ir::Schema, text: &str) -> Option<(i64, &'static str)> {
    let is_first = |number: &i64| (0..=1).contains(number);
    let default = schema.default.as_ref().and_then(serde_json::Value::as_i64);
    if let Some(first) = default.filter(is_first) {
        return Some((first, "default"));
    }
    let zero = keys::FROM_ZERO.iter().any(|words| text.contains(words));
    let one = keys::FROM_ONE.iter().any(|words| text.contains(words));
    if zero != one {
        return Some((i64::from(one), "description"));
    }
    let minimum = schema.constraints.minimum.as_ref().and_then(|bound| {
        let value = bound.value.as_i64()?;
        value.checked_add(i64::from(bound.exclusive))
    });
    minimum.filter(is_first).map(|first| (first, "minimum"))
}
