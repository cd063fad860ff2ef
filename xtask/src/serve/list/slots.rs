//! Where requests say which page they want.

use super::super::act::Call;
use super::super::store::plain;
use serde_json::Value;
use specwright::ir::{Primitive, Schema, Slot, Source, Type};

/// What a request says in a slot.
pub(super) fn given(call: &Call<'_>, slot: &Slot) -> Option<Value> {
    match slot {
        Slot::Query(name) => call.given.query(name).cloned(),
        Slot::Header(name) => call.given.header(name).cloned(),
        Slot::Body(keys) => {
            let body = call.body.as_ref()?;
            let found = keys.iter().try_fold(body, |value, key| value.get(key))?;
            (!found.is_null()).then(|| found.clone())
        }
    }
}

/// What the number of a next page counts.
pub(super) enum Counts {
    /// Pages, from this number.
    Pages(i64),
    /// Items.
    Items,
}

impl Counts {
    /// The first record of what a number leads to.
    pub(super) fn from(&self, number: i64, size: usize) -> usize {
        match self {
            Self::Pages(first) => usize::try_from(number.saturating_sub(*first))
                .unwrap_or(0)
                .saturating_mul(size),
            Self::Items => usize::try_from(number).unwrap_or(0),
        }
    }

    /// The number that leads to the records after so many.
    pub(super) fn after(&self, records: usize, size: usize) -> i64 {
        match self {
            Self::Pages(first) => {
                let pages = records.div_ceil(size.max(1));
                i64::try_from(pages)
                    .unwrap_or(i64::MAX)
                    .saturating_add(*first)
            }
            Self::Items => i64::try_from(records).unwrap_or(i64::MAX),
        }
    }
}

/// What a cursor counts that is a number; headers have numbers where the parameter takes one.
pub(super) fn counted(call: &Call<'_>, next: &Source) -> Option<Counts> {
    let pagination = call.action.pagination.as_ref()?;
    let slot = pagination.strategy.parameter()?;
    let is_number = |schema: &Schema| {
        matches!(
            call.api.resolved(&schema.ty),
            Type::Primitive(Primitive::Integer { .. } | Primitive::Number)
        )
    };
    let name = match slot {
        Slot::Query(name) | Slot::Header(name) => {
            let mut all = call.action.parameters.iter();
            let own = all.find(|it| slot.is(it.place, &it.wire_name))?;
            is_number(&own.schema).then_some(name)?
        }
        Slot::Body(_) => return None,
    };
    if matches!(next, Source::LastItem(_) | Source::FirstItem(_)) {
        return None;
    }
    Some(match plain(name).contains("page") {
        true => Counts::Pages(1),
        false => Counts::Items,
    })
}

/// A whole number, also one that is written as a text.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}
