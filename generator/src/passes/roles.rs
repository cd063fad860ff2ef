//! Roles: what each type is used for.

use super::visit::{ids_of, ids_of_event, ids_of_headers, ids_of_media, reachable};
use crate::ir::{Action, Api, Kind, Payload, Response, Role, Status, TypeId};

/// Sets the role of every type from the actions and events that lead to it.
///
/// A type that is sent to create and to change is an input, one that is received by actions and
/// webhooks an output; any other mix, and a type that nothing leads to, is shared.
pub(super) fn run(api: &mut Api) {
    let mut roots: [(Role, Vec<TypeId>); 5] = [
        (Role::Input, Vec::new()),
        (Role::Update, Vec::new()),
        (Role::Output, Vec::new()),
        (Role::Error, Vec::new()),
        (Role::Event, Vec::new()),
    ];
    for action in &api.actions {
        for (role, ids) in &mut roots {
            ids.extend(of_action(action, *role));
        }
    }
    for (role, ids) in &mut roots {
        if *role == Role::Event {
            ids.extend(api.events.iter().flat_map(ids_of_event));
        }
    }
    let [input, update, output, error, event] = roots.map(|(_, ids)| reachable(api, ids));
    let uses = input.iter().zip(update).zip(output).zip(error).zip(event);
    for (def, ((((input, update), output), error), event)) in api.types.iter_mut().zip(uses) {
        def.role = match (*input, update, output, error, event) {
            (true, _, false, false, false) => Role::Input,
            (false, true, false, false, false) => Role::Update,
            (false, false, true, false, _) => Role::Output,
            (false, false, false, true, false) => Role::Error,
            (false, false, false, false, true) => Role::Event,
            _ => Role::Shared,
        };
    }
}

/// The types that an action uses in a role.
fn of_action(action: &Action, role: Role) -> Vec<TypeId> {
    let updates = matches!(action.kind, Kind::UpdateOne | Kind::UpdateMany);
    let body = || {
        action
            .body
            .iter()
            .flat_map(|body| ids_of_media(&body.media))
    };
    let responses = |errors: bool| {
        let success = action
            .outcome
            .success
            .as_ref()
            .map(|success| success.response);
        let all = action.outcome.responses.iter().enumerate();
        let wanted = all.filter(move |(index, response)| {
            (Some(*index) != success && is_error(response)) == errors
        });
        wanted.flat_map(|(_, response)| {
            let mut ids = ids_of_media(&response.media);
            ids.extend(ids_of_headers(&response.headers));
            ids
        })
    };
    match role {
        Role::Input => {
            let parameters = action.parameters.iter().flat_map(|p| ids_of(&p.schema));
            parameters.chain(body().filter(|_| !updates)).collect()
        }
        Role::Update => body().filter(|_| updates).collect(),
        Role::Output => responses(false).chain(opened(action)).collect(),
        Role::Error => responses(true).collect(),
        Role::Event => action.callbacks.iter().flat_map(ids_of_event).collect(),
        Role::Shared => Vec::new(),
    }
}

/// The types of what an opened envelope gives.
fn opened(action: &Action) -> Vec<TypeId> {
    match action
        .outcome
        .success
        .as_ref()
        .map(|success| &success.payload)
    {
        Some(Payload::Opened(envelope)) => {
            let mut ids = ids_of(&envelope.data);
            ids.extend(envelope.metadata);
            ids
        }
        Some(Payload::Whole(_) | Payload::Empty) | None => Vec::new(),
    }
}

/// Whether a response that is not the success means that something went wrong; `default` does, as
/// the one for what is not declared.
fn is_error(response: &Response) -> bool {
    match response.status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    #[test]
    fn a_role_follows_from_where_a_type_is_used() {
        let api = Fixture::new()
            .components(&[
                ("In", "{part: InPart, both: Both}"),
                ("InPart", "{a: str}"),
                ("Change", "{a: str}"),
                ("Out", "{items: [OutPart], both: Both}"),
                ("OutPart", "{a: str}"),
                ("Both", "{a: str}"),
                ("Failure", "{a: str}"),
                ("Told", "{a: str, out: Out}"),
                ("Unused", "{a: str}"),
            ])
            .actions(&[
                "POST /pets createPet #pets <In >Out !400Failure",
                "PATCH /pets/{id} updatePet #pets <Change >Out",
            ])
            .event("pet", "pets", "Told")
            .run();
        let roles: Vec<_> = api.types.iter().take(9).map(|def| def.role).collect();
        use Role::{Error, Event, Input, Output, Shared, Update};
        assert_eq!(
            roles,
            [
                Input, Input, Update, Output, Output, Shared, Error, Event, Shared
            ]
        );
    }
}
