//! Lists whose pages or items are counted.

use std::collections::BTreeMap;

use super::first::{First, first};
use super::list::{Found, List, Taken, is_number};
use crate::ir::{Api, Place, Slot, Strategy};
use crate::names::words;
use crate::vocabulary;

/// What an API says of the first page's number, by the parameters' names: some of its operations say it
/// and others do not. `None` where they contradict each other.
pub(super) struct Firsts(BTreeMap<String, Option<i64>>);

impl Firsts {
    pub(super) fn of(api: &Api) -> Self {
        let mut firsts = BTreeMap::new();
        for parameter in api.actions.iter().flat_map(|action| &action.parameters) {
            let name = words(&parameter.wire_name).concat();
            if parameter.place != Place::Query || !vocabulary::is_one_of(&name, vocabulary::PAGE) {
                continue;
            }
            let text = parameter.description.as_deref().unwrap_or_default();
            if let First::Known(first, _) = first(api, &parameter.schema, &text.to_lowercase()) {
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
        if let Some(taken) = self.slot(vocabulary::SKIP_PAGES, is_number) {
            let because = format!("`{}` takes the number of pages to skip", taken.slot);
            return Ok((numbered(taken, Some(0), None), because));
        }
        let offset = || {
            // A `page_offset` counts pages where it is said to.
            let taken = self.slot(vocabulary::PAGE_OFFSET, is_number);
            taken.filter(|taken| speaks_of_pages(&taken.text()))
        };
        let taken = self.slot(vocabulary::PAGE, is_number).or_else(offset);
        let taken = taken.ok_or(None)?;
        self.is_doubtful(taken)
            .map_or(Ok(()), |why| Err(Some(why)))?;
        let because = format!("`{}` takes the number of a page", taken.slot);
        let said = first(self.api, taken.schema, &taken.text());
        if let First::Known(first, why) = said {
            let because = format!("{because}, {first} for the first by its {why}");
            return Ok((numbered(taken, Some(first), None), because));
        }
        if said == First::Contradicted {
            let because = format!(
                "{because}; its default and its description contradict each other as to the first, \
                 so it is tried out"
            );
            return Ok((numbered(taken, None, None), because));
        }
        if speaks_of_all(&taken.text()) {
            let because = format!(
                "without `{}` all may come at once, and nothing says the number of the first page",
                taken.slot
            );
            return Err(Some(because));
        }
        if let Some(first) = firsts.0.get(&taken.name).copied().flatten() {
            let because = format!("{because}, {first} for the first as other operations say");
            return Ok((numbered(taken, Some(first), None), because));
        }
        let current = self
            .given(vocabulary::CURRENT, is_number)
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
        let taken = self.slot(vocabulary::OFFSET, is_number).ok_or(None)?;
        self.is_doubtful(taken)
            .map_or(Ok(()), |why| Err(Some(why)))?;
        let is_either = vocabulary::is_one_of(&taken.name, vocabulary::PAGE_OFFSET);
        if speaks_of_pages(&taken.text()) || (is_either && !speaks_of_items(&taken.text())) {
            let because = format!("`{}` may count pages or items", taken.slot);
            return Err(Some(because));
        }
        if counts_what_comes(&taken.text()) {
            let because = format!("`{}` says how many items come", taken.slot);
            return Err(Some(because));
        }
        let is_index = vocabulary::is(&taken.name, "start index");
        let first = match first(self.api, taken.schema, &taken.text()) {
            First::Known(first, _) => first,
            // A list of RFC 7644 counts its items from 1 (section 3.4.2.4).
            First::Unsaid if is_index && self.is_scim() => 1,
            First::Contradicted => {
                let because = format!(
                    "the default and the description of `{}` contradict each other as to the first item",
                    taken.slot
                );
                return Err(Some(because));
            }
            First::Unsaid => 0,
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
    pub(super) fn is_doubtful(&self, taken: &Taken<'_>) -> Option<String> {
        let in_body = matches!(taken.slot, Slot::Body(_));
        let size = self.slot(vocabulary::SIZE, is_number).is_some();
        if in_body && !size {
            return Some(format!(
                "`{}` may count pages, but nothing takes their size",
                taken.slot
            ));
        }
        if !vocabulary::is_one_of(&taken.name, vocabulary::DOUBTFUL_OFFSET) {
            return None;
        }
        let text = taken.text();
        let is_time = vocabulary::speaks_of_time(&text);
        let is_range = self.slot(vocabulary::RANGE_END, |_| true).is_some();
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

/// Whether a text says that everything comes where the parameter is not sent.
fn speaks_of_all(text: &str) -> bool {
    let signs = [
        "omit",
        "unpaginated",
        "not paginated",
        "without pagination",
        "no pagination",
    ];
    signs.iter().any(|sign| text.contains(sign))
}

/// Whether a text says that it is items that are skipped.
fn speaks_of_items(text: &str) -> bool {
    let signs = [
        "item", "record", "result", "entr", "row", "element", "object",
    ];
    signs.iter().any(|sign| text.contains(sign))
}

/// Whether a text says that what is counted are the items of the answer.
fn counts_what_comes(text: &str) -> bool {
    let comes = ["to retrieve", "to return", "to fetch", "to show"];
    let is_other = ["skip", "start", "offset", "first", "from", "before"];
    text.starts_with("number of")
        && comes.iter().any(|words| text.contains(words))
        && !is_other.iter().any(|word| text.contains(word))
}

/// Whether a text says that what may count items counts pages.
fn speaks_of_pages(text: &str) -> bool {
    [
        "number of the page",
        "page number",
        "page index",
        "index of the page",
        "number of pages to skip",
    ]
    .iter()
    .any(|words| text.contains(words))
}
