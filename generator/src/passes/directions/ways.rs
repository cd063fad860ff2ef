//! Which way types travel, and which of them differ by it.

use crate::ir::{Api, Field, TypeBody, TypeId};
use crate::passes::visit;

/// From the client or to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
}

impl Way {
    /// Whether a field travels this way.
    pub(super) const fn carries(self, field: &Field) -> bool {
        match self {
            Self::Sent => !field.read_only,
            Self::Received => !field.write_only,
        }
    }
}

/// The ways of every type, as flags by id.
pub(super) struct Ways {
    sent: Vec<bool>,
    received: Vec<bool>,
}

impl Ways {
    /// Follows requests and answers through the fields that travel with them.
    pub(super) fn of(api: &Api) -> Self {
        let mut sent = Vec::new();
        let mut received = Vec::new();
        for action in &api.actions {
            for parameter in &action.parameters {
                sent.extend(visit::ids_of(&parameter.schema));
            }
            if let Some(body) = &action.body {
                sent.extend(visit::ids_of_media(&body.media));
            }
            received.extend(visit::ids_of_outcome(&action.outcome));
            received.extend(action.callbacks.iter().flat_map(visit::ids_of_event));
        }
        received.extend(api.events.iter().flat_map(visit::ids_of_event));
        Self {
            sent: reachable(api, sent, Way::Sent),
            received: reachable(api, received, Way::Received),
        }
    }

    /// Whether a type is sent, and whether it is received.
    pub(super) fn of_type(&self, id: TypeId) -> [bool; 2] {
        let flag = |flags: &[bool]| flags.get(id.0).copied().unwrap_or(false);
        [flag(&self.sent), flag(&self.received)]
    }

    /// The types that travel both ways and differ: those with fields for one way only, and all that
    /// hold them.
    pub(super) fn split(&self, api: &Api) -> Vec<bool> {
        let both = |id: TypeId| self.of_type(id) == [true, true];
        let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
        let mut todo = Vec::new();
        for (index, def) in api.types.iter().enumerate() {
            let id = TypeId(index);
            if !both(id) {
                continue;
            }
            if let TypeBody::Record(record) = &def.body
                && record.fields.iter().any(|it| it.read_only || it.write_only)
            {
                todo.push(id);
            }
            for held in visit::ids_of_body(&def.body) {
                if let Some(holders) = holders.get_mut(held.0) {
                    holders.push(id);
                }
            }
        }
        let mut split = vec![false; api.types.len()];
        while let Some(id) = todo.pop() {
            if let Some(flag) = split.get_mut(id.0)
                && !std::mem::replace(flag, true)
            {
                todo.extend(holders.get(id.0).into_iter().flatten());
            }
        }
        split
    }
}

/// Everything that `roots` lead to through fields that travel this way.
fn reachable(api: &Api, roots: Vec<TypeId>, way: Way) -> Vec<bool> {
    let mut seen = vec![false; api.types.len()];
    let mut todo = roots;
    while let Some(id) = todo.pop() {
        let Some(flag) = seen.get_mut(id.0) else {
            continue;
        };
        if std::mem::replace(flag, true) {
            continue;
        }
        match api.type_def(id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => {
                let fields = record.fields.iter().filter(|field| way.carries(field));
                todo.extend(fields.flat_map(|field| visit::ids_of(&field.schema)));
                todo.extend(visit::ids_of_others(record));
            }
            Some(body) => todo.extend(visit::ids_of_body(body)),
            None => {}
        }
    }
    seen
}

/// Leads what is sent to the types for it: parameters, bodies, and the definitions of sent types.
pub(super) fn redirect(
    api: &mut Api,
    is_sent: &dyn Fn(TypeId) -> bool,
    sent: &dyn Fn(TypeId) -> TypeId,
) {
    let f = &mut |id: &mut TypeId| *id = sent(*id);
    for action in &mut api.actions {
        for parameter in &mut action.parameters {
            visit::in_schema(&mut parameter.schema, f);
        }
        visit::in_body(&mut action.body, f);
    }
    for (index, def) in api.types.iter_mut().enumerate() {
        if is_sent(TypeId(index)) {
            visit::in_type_body(&mut def.body, f);
        }
    }
}
