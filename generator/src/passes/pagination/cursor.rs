//! Lists that go on with a cursor: one that the response has, or the id of its last record.

use super::list::{Given, List, Taken, is_cursor, is_number};
use super::pager::is_time;
use crate::ir::{Primitive, Slot, Source, Strategy, TypeBody};
use crate::passes::shapes::{Shape, field, shape};
use crate::vocabulary;

impl List<'_> {
    /// A cursor that the response has.
    pub(super) fn cursor(&self) -> Option<(Strategy, String)> {
        let (taken, given) = self.named_alike().or_else(|| self.by_usual_names())?;
        let because = format!(
            "`{}` takes what `{}` was in the page before",
            taken.slot, given.source
        );
        let opaque = |p: &Primitive| is_cursor(p) && !is_number(p) && *p != Primitive::Uri;
        let back = self.slot(vocabulary::CURSOR_BACK, is_cursor);
        let previous = back.zip(self.given(vocabulary::PREVIOUS, opaque));
        let previous = previous.filter(|(back, _)| !matches!(back.slot, Slot::Body(_)));
        let strategy = Strategy::Cursor {
            parameter: taken.slot.clone(),
            next: given.source.clone(),
            previous: previous.map(|(back, given)| (back.slot.clone(), given.source.clone())),
        };
        Some((strategy, because))
    }

    /// `nextPageToken` for `pageToken`, `x-continuation` for `x-continuation`.
    fn named_alike(&self) -> Option<(&Taken<'_>, &Given<'_>)> {
        let slots = || {
            let all = self.slots();
            all.filter(|taken| {
                let leads_to_changes = vocabulary::OF_CHANGES
                    .iter()
                    .any(|it| taken.name.starts_with(it));
                !leads_to_changes && !vocabulary::is_one_of(&taken.name, vocabulary::SIZE)
            })
        };
        let pair = |taken, named: &dyn Fn(&Given<'_>) -> bool| {
            let mut beside = self.beside();
            let given = beside.find(|given| named(given) && self.fit(taken, given))?;
            Some((taken, given))
        };
        let mut moving = slots().filter(|taken| is_named_for_moving_on(&taken.name));
        let next = moving.find_map(|taken| {
            let next = format!("next{}", taken.name);
            pair(taken, &|given| given.name == next)
        });
        // Next to one that is for the next page it is that of this page.
        next.or_else(|| {
            let mut own = slots().filter(|taken| is_named_for_cursors(&taken.name));
            own.find_map(|taken| {
                pair(taken, &|given| {
                    given.name == taken.name && !self.counts(given)
                })
            })
        })
    }

    /// `endCursor` for `starting_after`.
    fn by_usual_names(&self) -> Option<(&Taken<'_>, &Given<'_>)> {
        let text = |p: &Primitive| is_cursor(p) && !is_number(p);
        let mut cursors = vocabulary::CURSOR.iter();
        let cursor = cursors.find_map(|name| {
            let taken = self.slot(&[name], is_cursor)?;
            (!is_time(&taken.name, &taken.text())).then_some(taken)
        });
        // An `offset` of text is a cursor, when the response has the next one.
        let taken = cursor
            .or_else(|| self.slot(vocabulary::PAGE, text))
            .or_else(|| {
                let offset = self.slot(vocabulary::OFFSET, text)?;
                let is_count = counts_items(&offset.text());
                (!is_count && self.is_doubtful(offset).is_none()).then_some(offset)
            })?;
        let given = vocabulary::NEXT.iter().find_map(|wanted| {
            let mut named = self.beside().filter(|it| vocabulary::is(&it.name, wanted));
            named.find(|given| self.fit(taken, given) && !self.is_unclear(taken, given))
        })?;
        Some((taken, given))
    }

    /// Whether a text under `next` may as well be a URL: nothing says that it is a cursor.
    fn is_unclear(&self, taken: &Taken<'_>, given: &Given<'_>) -> bool {
        let Source::Body(path) = &given.source else {
            return false;
        };
        let is_number =
            matches!(shape(self.api, &given.schema.ty), Shape::Scalar(p) if is_number(p));
        let is_bare = match given.name.as_str() {
            "next" => true,
            "nextpage" => !vocabulary::is_one_of(&taken.name, vocabulary::PAGE),
            _ => false,
        };
        let said = || {
            path.iter()
                .any(|key| vocabulary::speaks_of_cursors(&key.to_lowercase()))
        };
        is_bare
            && !is_number
            && taken.name != given.name
            && matches!(
                shape(self.api, &given.schema.ty),
                Shape::Scalar(_) | Shape::Unknown
            )
            && !said()
            && !vocabulary::speaks_of_cursors(&given.text())
    }

    /// Whether what the response has can be what the request takes.
    fn fit(&self, taken: &Taken<'_>, given: &Given<'_>) -> bool {
        let taken_number = match shape(self.api, &taken.schema.ty) {
            Shape::Scalar(primitive) if is_cursor(primitive) => Some(is_number(primitive)),
            Shape::Unknown | Shape::Union => None,
            _ => return false,
        };
        let is_header = matches!(given.source, Source::Header(_));
        let given_number = match shape(self.api, &given.schema.ty) {
            Shape::Scalar(Primitive::Uri) => return false,
            Shape::Scalar(primitive) if is_cursor(primitive) => Some(is_number(primitive)),
            Shape::Union => None,
            // Nothing is known of it but its name.
            Shape::Unknown if is_header || given.name.starts_with("next") => None,
            // Bodies carry any cursor.
            Shape::Record(..) | Shape::List(_) | Shape::Map
                if matches!(taken.slot, Slot::Body(_)) =>
            {
                None
            }
            _ => return false,
        };
        // A number is written into a text, and a text is no number; headers are all text.
        let is_type = is_header || taken_number != Some(true) || given_number != Some(false);
        is_type && !super::links::is_url(given)
    }

    /// The id of the last record that came.
    pub(super) fn last_item(&self) -> Option<(Strategy, String)> {
        let id = self.item_id()?;
        let taken = self.slot(vocabulary::LAST_ITEM, is_cursor)?;
        let more = self.given(vocabulary::MORE, |p| matches!(p, Primitive::Boolean));
        let text = taken.text();
        let is_time = vocabulary::speaks_of_time(&text);
        if is_time || (more.is_none() && !speaks_of_last_id(&text)) || !self.takes_id(taken, id) {
            return None;
        }
        let because = match more {
            Some(more) => format!(
                "`{}` takes the `id` of the last record, and `{}` says whether there are more",
                taken.slot, more.source
            ),
            None => format!(
                "`{}` takes the `id` of the last record, as its description says",
                taken.slot
            ),
        };
        let keys = vec!["id".to_owned()];
        let back = self.slot(vocabulary::FIRST_ITEM, is_cursor);
        let back = back.filter(|back| {
            let same = std::mem::discriminant(&back.slot) == std::mem::discriminant(&taken.slot);
            same && !matches!(back.slot, Slot::Body(_)) && self.takes_id(back, id)
        });
        let strategy = Strategy::Cursor {
            parameter: taken.slot.clone(),
            next: Source::LastItem(keys.clone()),
            previous: back.map(|back| (back.slot.clone(), Source::FirstItem(keys))),
        };
        Some((strategy, because))
    }

    /// The type of the items' `id`, where all have one.
    fn item_id(&self) -> Option<&Primitive> {
        let id_of = |record| match shape(self.api, &field(record, "id")?.schema.ty) {
            Shape::Scalar(primitive) if is_cursor(primitive) => Some(primitive),
            _ => None,
        };
        let Some((_, record)) = self.api.record(&self.item.ty) else {
            let crate::ir::Type::Named(id) = self.api.resolved(&self.item.ty) else {
                return None;
            };
            let TypeBody::Union(union) = &self.api.type_def(*id)?.body else {
                return None;
            };
            let records = union
                .variants
                .iter()
                .map(|variant| self.api.record(&variant.schema.ty));
            let ids: Option<Vec<_>> = records.map(|record| id_of(record?.1)).collect();
            return ids?.first().copied();
        };
        id_of(record)
    }

    fn takes_id(&self, taken: &Taken<'_>, id: &Primitive) -> bool {
        match shape(self.api, &taken.schema.ty) {
            Shape::Scalar(primitive) => is_number(primitive) == is_number(id) || is_number(id),
            Shape::Unknown | Shape::Union => true,
            _ => false,
        }
    }
}

/// Whether the response's `nextX` is what `X` takes for the next page.
fn is_named_for_moving_on(name: &str) -> bool {
    is_named_for_cursors(name)
        || vocabulary::is_one_of(name, vocabulary::PAGE)
        || vocabulary::is_one_of(name, vocabulary::OFFSET)
        || vocabulary::is_one_of(name, vocabulary::LAST_ITEM)
        || vocabulary::NEXT_ENDS
            .iter()
            .any(|end| vocabulary::ends(name, end))
}

/// Whether a text says that what it describes is a number of items.
fn counts_items(text: &str) -> bool {
    ["number of", "how many", "to skip", "count"]
        .iter()
        .any(|words| text.contains(words))
}

fn is_named_for_cursors(name: &str) -> bool {
    name.starts_with("next")
        || vocabulary::is_one_of(name, vocabulary::CURSOR)
        || vocabulary::CURSOR_ENDS
            .iter()
            .any(|end| vocabulary::ends(name, end))
        || name == "offset" // of text, as the response then has it
}

/// Whether a description says that it is about the id of the last record.
fn speaks_of_last_id(text: &str) -> bool {
    let is_id = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "id" | "ids" | "identifier" | "uuid"));
    let is_last = [
        "last",
        "previous page",
        "preceding",
        "starting after",
        "start after",
        "place in the list",
        "greater than",
    ]
    .iter()
    .any(|words| text.contains(words));
    is_id && is_last
}
