//! Ids of records where a server takes some versions of UUIDs only.

use super::super::refusal::Fault;
use super::parameters::Given;
use specwright::ir::{Action, Api, Place, Primitive, Type};

/// What is wrong with the ids in a path.
pub(crate) fn path_ids(api: &Api, action: &Action, given: &Given, versions: &[u8]) -> Vec<Fault> {
    let ids = action.parameters.iter().filter(|it| {
        let ty = api.resolved(&it.schema.ty);
        it.place == Place::Path && matches!(ty, Type::Primitive(Primitive::Uuid))
    });
    let fault = |name: &str| {
        let message = version_fault(&given.path(name)?, versions)?;
        Some(Fault::at(&["path", name], message))
    };
    ids.filter_map(|it| fault(&it.wire_name)).collect()
}

/// What is wrong with the version of a UUID (RFC 9562, section 4.2); nothing where any will do.
pub(crate) fn version_fault(id: &str, versions: &[u8]) -> Option<String> {
    let version = id.chars().nth(14)?.to_digit(16)?;
    let is_right = versions.is_empty() || versions.iter().any(|it| u32::from(*it) == version);
    let mut names: Vec<String> = versions.iter().map(u8::to_string).collect();
    let last = names.pop().filter(|_| !is_right)?;
    let words = if names.is_empty() {
        last
    } else {
        format!("{} or {last}", names.join(", "))
    };
    Some(format!("must be a UUID of version {words}"))
}
