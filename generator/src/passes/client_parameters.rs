//! Parameters that so many operations share that a client is told them once: an account's header.

use std::collections::BTreeMap;

use super::shapes::{Shape, shape};
use crate::ir::{
    Action, Api, ApiKeyPlace, AuthSchemeKind, ClientParameter, Idempotency, Parameter, Place, Type,
};
use crate::names::words;

/// The fewest operations that must share a parameter; also half of all must.
const FEWEST: usize = 4;

/// Words of a query parameter that says for whom or in which setting an API is used. Others say what
/// one request asks for, and a client cannot know that.
const SETTINGS: &[&str] = &[
    "account",
    "environment",
    "organisation",
    "organization",
    "project",
    "region",
    "site",
    "team",
    "tenant",
    "version",
    "workspace",
];

/// First words of headers that belong to one message (RFC 9110).
const OF_A_MESSAGE: &[&str] = &[
    "accept",
    "authorization",
    "cache",
    "content",
    "cookie",
    "date",
    "expect",
    "host",
    "if",
    "prefer",
    "range",
    "traceparent",
    "tracestate",
    "user agent",
];

/// Ends of names that are new for each request.
const OF_A_REQUEST: &[&str] = &[
    "correlation id",
    "idempotency key",
    "nonce",
    "request id",
    "signature",
    "timestamp",
    "trace id",
];

/// Fills [`Api::client_parameters`]. A parameter that some operation requires is none of them: it
/// stays an argument there.
pub(super) fn run(api: &mut Api) {
    // In the order of the map's keys, which is that of names, those of headers in lower case.
    let mut counts: BTreeMap<(String, Place), usize> = BTreeMap::new();
    for parameter in api.actions.iter().flat_map(|action| &action.parameters) {
        let name = match parameter.place {
            Place::Header => parameter.wire_name.to_ascii_lowercase(),
            Place::Path | Place::Query | Place::Cookie => parameter.wire_name.clone(),
        };
        *counts.entry((name, parameter.place)).or_default() += 1;
    }
    let enough = |count: usize| count >= FEWEST && 2 * count >= api.actions.len();
    let found = counts
        .into_iter()
        .filter(|(_, count)| enough(*count))
        .filter_map(|((name, place), _)| shared(api, &name, place));
    api.client_parameters = found.collect();
}

/// A parameter that many operations have, where one value can be right for all of them.
fn shared(api: &Api, name: &str, place: Place) -> Option<ClientParameter> {
    let sharing: Vec<(&Action, &Parameter)> = api
        .actions
        .iter()
        .filter_map(|action| {
            let mut own = action.parameters.iter();
            Some((action, own.find(|own| is(place, name, own))?))
        })
        .collect();
    let (_, first) = sharing.first()?;
    let same = |own: &Parameter| !own.required && same_type(api, &own.schema.ty, &first.schema.ty);
    let lists_alone = sharing
        .iter()
        .all(|(action, _)| action.pagination.is_some());
    if lists_alone || !sharing.iter().all(|(_, own)| same(own)) || !may_be_shared(api, first) {
        return None;
    }
    let (count, all) = (sharing.len(), api.actions.len());
    // There is no place for examples but the schema.
    let mut schema = first.schema.clone();
    schema.examples.splice(0..0, first.examples.iter().cloned());
    Some(ClientParameter {
        wire_name: first.wire_name.clone(),
        place,
        description: first.description.clone(),
        schema,
        evidence: format!("{count} of {all} operations have it, none requires it"),
    })
}

fn is(place: Place, name: &str, parameter: &Parameter) -> bool {
    let same_name = match place {
        Place::Header => parameter.wire_name.eq_ignore_ascii_case(name),
        Place::Path | Place::Query | Place::Cookie => parameter.wire_name == name,
    };
    parameter.place == place && same_name
}

fn same_type(api: &Api, a: &Type, b: &Type) -> bool {
    api.resolved(a) == api.resolved(b)
}

/// Whether one value of a parameter can be right for a whole client.
fn may_be_shared(api: &Api, parameter: &Parameter) -> bool {
    let name = words(&parameter.wire_name);
    let spelled = name.join(" ");
    let by_place = match parameter.place {
        Place::Path => false,
        Place::Query => name.iter().any(|word| SETTINGS.contains(&word.as_str())),
        Place::Cookie => true,
        Place::Header => !OF_A_MESSAGE.iter().any(|known| {
            let rest = spelled.strip_prefix(known);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }),
    };
    let of_a_request = OF_A_REQUEST.iter().any(|end| spelled.ends_with(end));
    let plain = parameter.content.is_none() && !parameter.allow_reserved;
    let scalar = matches!(
        shape(api, &parameter.schema.ty),
        Shape::Scalar(_) | Shape::Enum
    );
    by_place
        && !of_a_request
        && plain
        && scalar
        && !is_credential(api, parameter)
        && !api.actions.iter().any(|action| drives(action, parameter))
}

/// Whether it is the place of an API key, which the security schemes speak of.
fn is_credential(api: &Api, parameter: &Parameter) -> bool {
    api.auth_schemes.iter().any(|scheme| {
        let AuthSchemeKind::ApiKey { place, name } = &scheme.kind else {
            return false;
        };
        let place = match place {
            ApiKeyPlace::Header => Place::Header,
            ApiKeyPlace::Query => Place::Query,
            ApiKeyPlace::Cookie => Place::Cookie,
        };
        place == parameter.place && name.eq_ignore_ascii_case(&parameter.wire_name)
    })
}

/// Whether it says which page is asked for, or is the key of a call.
fn drives(action: &Action, parameter: &Parameter) -> bool {
    let name = &parameter.wire_name;
    let keyed = matches!(
        &action.idempotency,
        Idempotency::Keyed { header } if header.eq_ignore_ascii_case(name)
    );
    let pagination = action.pagination.as_ref();
    (parameter.place == Place::Header && keyed)
        || pagination.is_some_and(|it| it.drives(parameter.place, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{AuthScheme, Requirement};
    use crate::passes::testing::{Fixture, origin};

    /// Six operations, of which the first `count` have a parameter.
    fn api(parameter: &str, count: usize) -> Fixture {
        let paths = [
            "GET /pets listPets #pets",
            "POST /pets createPet #pets",
            "GET /pets/{id} getPet #pets",
            "PATCH /pets/{id} updatePet #pets",
            "DELETE /pets/{id} deletePet #pets",
            "POST /pets/{id}/feed feedPet #pets",
        ];
        let lines = paths
            .iter()
            .enumerate()
            .map(|(index, path)| match index < count {
                true => format!("{path} {parameter}"),
                false => (*path).to_owned(),
            });
        let lines: Vec<_> = lines.collect();
        Fixture::new().actions(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn found(api: &Api) -> Vec<(&str, Place)> {
        let all = api.client_parameters.iter();
        all.map(|found| (found.wire_name.as_str(), found.place))
            .collect()
    }

    #[test]
    fn what_most_operations_share_is_a_parameter_of_the_client() {
        let api_ = api("^X-Account", 4).run();
        assert_eq!(found(&api_), [("X-Account", Place::Header)]);
        let evidence = &api_.client_parameters[0].evidence;
        assert_eq!(evidence, "4 of 6 operations have it, none requires it");
        assert_eq!(
            found(&api("?tenant_id:uuid", 6).run()),
            [("tenant_id", Place::Query)]
        );
        assert_eq!(found(&api("^X-Account", 3).run()), [], "too few");
    }

    #[test]
    fn headers_are_one_parameter_whatever_their_case() {
        let mut shared = api("^X-Account", 6);
        for action in shared.api.actions.iter_mut().skip(2) {
            action
                .parameters
                .iter_mut()
                .for_each(|own| own.wire_name.make_ascii_lowercase());
        }
        let api = shared.run();
        assert_eq!(found(&api), [("X-Account", Place::Header)]);
        let evidence = &api.client_parameters[0].evidence;
        assert_eq!(evidence, "6 of 6 operations have it, none requires it");
    }

    #[test]
    fn what_belongs_to_one_request_is_not() {
        for parameter in [
            "?depth:int",
            "^Accept",
            "^Accept-Language",
            "^If-Match",
            "^Idempotency-Key",
            "^X-Request-ID",
            "?workspace:[str]",
        ] {
            assert_eq!(found(&api(parameter, 6).run()), [], "{parameter}");
        }
    }

    #[test]
    fn what_operations_require_or_mean_differently_is_not() {
        let mut required = api("^X-Account", 6);
        required.api.actions[3].parameters[0].required = true;
        assert_eq!(found(&required.run()), []);
        let mut different = api("^X-Account", 6);
        different.api.actions[3].parameters[0].schema.ty = Type::Any;
        assert_eq!(found(&different.run()), []);
    }

    #[test]
    fn what_authenticates_is_not() {
        let mut keyed = api("^X-Api-Key", 6);
        keyed.api.auth_schemes = vec![AuthScheme {
            key: "key".into(),
            kind: AuthSchemeKind::ApiKey {
                place: ApiKeyPlace::Header,
                name: "x-api-key".into(),
            },
            description: None,
            origin: origin("/components/securitySchemes/key"),
        }];
        keyed.api.security = vec![Requirement {
            schemes: vec![("key".into(), Vec::new())],
        }];
        assert_eq!(found(&keyed.run()), []);
    }

    #[test]
    fn what_only_lists_share_is_not() {
        let list = |name: &str| {
            format!(
                "GET /{name} list{name} #{name} ?workspace:str ?after:str >{{data:[{{id:str}}],next_cursor:str}}"
            )
        };
        let lines = ["a", "b", "c", "d"].map(list);
        let api = Fixture::new()
            .actions(&lines.each_ref().map(String::as_str))
            .run();
        assert!(api.actions.iter().all(|action| action.pagination.is_some()));
        assert_eq!(found(&api), []);
    }
}
