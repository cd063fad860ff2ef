//! What a request takes that moves a list on, so that a list must come back.

use super::list::{is_cursor, is_number, plain, said, takes};
use crate::ir::{Action, Api, Method, Parameter, Place};
use crate::vocabulary;

/// The query parameter of a request that reads which by its name and its type moves a list on.
pub(in crate::passes) fn pager<'a>(api: &Api, action: &'a Action) -> Option<&'a str> {
    let mut all = action.parameters.iter();
    let found = all.find(|it| it.place == Place::Query && moves_on(api, it));
    let found = found.filter(|_| action.method == Method::Get);
    found.map(|parameter| parameter.wire_name.as_str())
}

fn moves_on(api: &Api, parameter: &Parameter) -> bool {
    let name = plain(&parameter.wire_name);
    let is_of = |names: &[&str]| vocabulary::is_one_of(&name, names);
    let counts = is_of(vocabulary::PAGE)
        || is_of(vocabulary::SKIP_PAGES)
        || (is_of(vocabulary::OFFSET) && !is_of(vocabulary::DOUBTFUL_OFFSET));
    if counts && takes(api, &parameter.schema.ty, &is_number) {
        return true;
    }
    // What is no number names a place in the list. The first page is asked for without one.
    let text = said(parameter.description.as_deref(), &parameter.schema);
    (counts || is_of(vocabulary::CURSOR))
        && !parameter.required
        && takes(api, &parameter.schema.ty, &is_cursor)
        && !is_time(&name, &text)
}

/// Whether what is named like a cursor is a moment: `after` may be one.
pub(super) fn is_time(name: &str, text: &str) -> bool {
    let mut ends = vocabulary::CURSOR_ENDS.iter();
    vocabulary::speaks_of_time(text)
        && !vocabulary::speaks_of_cursors(text)
        && !ends.any(|end| vocabulary::ends(name, end))
}
