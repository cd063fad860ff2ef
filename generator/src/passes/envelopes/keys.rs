//! What the keys of a response tell.

use super::super::shapes::{Shape, shape};
use crate::ir::{Api, Field, Record};
use crate::names::words;
use crate::vocabulary::{self, is_one_of};

/// Whether a key is one that carries data in any API.
pub(super) fn is_data(key: &str) -> bool {
    is_one_of(&words(key).concat(), vocabulary::DATA)
}

/// Whether a key stands beside data, whatever its value is.
pub(super) fn is_named_beside(key: &str) -> bool {
    // `@odata.context`: an annotation.
    key.starts_with('@') || is_one_of(&words(key).concat(), vocabulary::BESIDE)
}

/// Whether a property tells something about the data rather than being data.
pub(super) fn is_beside(api: &Api, field: &Field) -> bool {
    if is_named_beside(&field.wire_name) {
        return true;
    }
    let words = words(&field.wire_name);
    match shape(api, &field.schema.ty) {
        // `object: "list"`, `kind: "PodList"`: it names the envelope.
        Shape::Constant | Shape::Enum => true,
        Shape::Scalar(_) | Shape::Unknown => tells(&words),
        // `messages: [..]` of an envelope that also has `data`.
        Shape::List(item) => {
            words == ["messages"] && matches!(shape(api, &item.ty), Shape::Scalar(_))
        }
        // A cursor that is a number or a text.
        Shape::Union => words.first().is_some_and(|word| word == "next"),
        Shape::Record(..) => is_way_on(api, field),
        Shape::Map => false,
    }
}

/// Whether a property is an object that says where a list goes on and nothing else.
pub(super) fn is_way_on(api: &Api, field: &Field) -> bool {
    let Shape::Record(_, record) = shape(api, &field.schema.ty) else {
        return false;
    };
    let is_scalar = |field: &Field| matches!(shape(api, &field.schema.ty), Shape::Scalar(_));
    let mut fields = record.fields.iter();
    !record.fields.is_empty() && fields.all(|it| leads_on(it) && is_scalar(it))
}

/// Whether a scalar of this name tells about a list or an answer.
fn tells(words: &[String]) -> bool {
    let name = words.concat();
    let has = |word: Option<&String>, known: &[&str]| {
        word.is_some_and(|word| known.contains(&word.as_str()))
    };
    is_one_of(&name, vocabulary::OF_LISTS)
        || is_one_of(&name, vocabulary::OF_ANSWERS)
        || is_one_of(&name, vocabulary::NEXT)
        || has(words.first(), vocabulary::TELLING_FIRST)
        || has(words.last(), vocabulary::TELLING_LAST)
}

/// Whether a property says where a list goes on.
pub(super) fn leads_on(field: &Field) -> bool {
    let words = words(&field.wire_name);
    let name = words.concat();
    let is_last = words.last().is_some_and(|word| word == "cursor");
    is_last || is_next(&name) || is_one_of(&name, &["has more", "has next page", "page info"])
}

/// Whether a name is that of where the next page is: `nextPageToken` is, `nextInvoiceAt` is not.
fn is_next(name: &str) -> bool {
    let ends = || {
        let mut ends = vocabulary::NEXT_ENDS.iter();
        ends.any(|end| vocabulary::ends(name, end))
    };
    name.starts_with("next")
        && (is_one_of(name, vocabulary::NEXT) || is_one_of(name, vocabulary::NEXT_URL) || ends())
}

/// Whether a record tells of the page that came: where it goes on, which it is, or of how much. A size
/// or a place alone may be one of anything.
pub(super) fn tell_of_pages(api: &Api, record: &Record) -> bool {
    let is_size = |field: &&Field| {
        let groups = [vocabulary::OFFSET, vocabulary::SIZE];
        let is_scalar = matches!(shape(api, &field.schema.ty), Shape::Scalar(_));
        is_scalar && is_of(field, &groups)
    };
    let fields = record.fields.iter();
    record.fields.iter().any(tells_of_pages) || fields.filter(is_size).count() > 1
}

fn tells_of_pages(field: &Field) -> bool {
    let groups = [
        vocabulary::MORE,
        vocabulary::LAST,
        vocabulary::TOTAL,
        vocabulary::PAGES,
        vocabulary::CURRENT,
        vocabulary::PAGERS,
    ];
    leads_on(field) || is_of(field, &groups)
}

fn is_of(field: &Field, groups: &[&[&str]]) -> bool {
    let name = words(&field.wire_name).concat();
    groups.iter().any(|group| is_one_of(&name, group))
}

/// Whether a component is named for being an envelope: `PersonResponse`, `PodList`.
pub(super) fn is_wrapper(component: &str) -> bool {
    let words = words(component);
    let last = words.last().map_or("", String::as_str);
    words.len() > 1 && vocabulary::WRAPPERS.contains(&last)
}
