//! What actions do to the records, by kind.
//!
//! ```text
//! call        a request that was read: its action, parameters and body
//! find        one record, a page of records
//! create      one, several, or one that may be there already
//! change      one, or all that are selected
//! remove      one, all that are selected; bring back
//! duplicates  records that look alike, and making one of several
//! custom      everything else
//! ```

mod call;
mod change;
mod create;
mod custom;
mod duplicates;
mod find;
mod remove;

pub(crate) use call::Call;
#[cfg(test)]
pub(crate) use custom::parameter_of;

use super::answer::Data;
use super::refusal::Refusal;
use specwright::ir::{Action, Api, Kind, Method};

/// Whether what an action does to records is known: of custom ones only that some of them read.
pub(crate) fn is_simulated(api: &Api, action: &Action) -> bool {
    !matches!(action.kind, Kind::Custom { .. })
        || matches!(action.method, Method::Get | Method::Head)
        || remove::restores_many(api, action)
}

/// Does what a request asks for.
pub(crate) fn act(call: &mut Call<'_>) -> Result<Data, Refusal> {
    let Some(resource) = call.action.resource else {
        return Ok(Data::Sample);
    };
    // What has no record type has no state.
    if call.record(resource).is_none() && !matches!(call.action.kind, Kind::Custom { .. }) {
        return Ok(Data::Sample);
    }
    match &call.action.kind {
        Kind::FindMany => find::many(call, resource),
        Kind::FindOne => find::one(call, resource),
        Kind::CreateOne => create::one(call, resource),
        Kind::CreateMany => create::many(call, resource),
        Kind::Upsert => create::upsert(call, resource),
        Kind::UpdateOne => change::one(call, resource),
        Kind::UpdateMany => change::many(call, resource),
        Kind::DeleteOne => remove::one(call, resource),
        Kind::DeleteMany => remove::many(call, resource),
        Kind::Restore => remove::restore(call, resource),
        Kind::FindDuplicates => duplicates::find(call, resource),
        Kind::Merge => duplicates::merge(call, resource),
        Kind::Custom { .. } if remove::restores_many(call.api, call.action) => {
            remove::restore(call, resource)
        }
        Kind::Custom { .. } => custom::custom(call),
    }
}
