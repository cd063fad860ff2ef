//! Envelopes: the wrapper around the data of a response is opened, and what stands beside the data
//! becomes a record of its own.
//!
//! An envelope is opened only when exactly one key carries data beside the usual metadata, and
//! something besides says that it is one: the key's name, or the wrapper's. `{"data": {"person":
//! {..}}}` is opened twice. Where the request takes pages, the list that they are of is enough. Anything
//! else stays closed, with evidence that says so.

mod find;
mod keys;
mod pages;

pub(super) use find::{Finder, Found};

use super::overrides::{Decided, Said};
use super::shapes::{at_path, success_schema};
use crate::diag::Diagnostics;
use crate::ir::{
    Action, ActionId, Api, Envelope, Evidence, Field, Kind, Payload, Record, Role, Schema, Type,
    TypeBody, TypeDef, TypeId,
};
use crate::names::words;

/// Opens the envelopes of successful responses.
pub(super) fn run(api: &mut Api, decided: &Decided, diagnostics: &mut Diagnostics) {
    let finder = Finder::new(api);
    let mut results = Vec::new();
    for (index, action) in api.actions.iter().enumerate() {
        let said = decided
            .actions
            .get(&ActionId(index))
            .and_then(|d| d.envelope.as_ref());
        let (found, evidence) = match said {
            Some(said) => match overridden(api, action, said) {
                Some(found) => (found, Some(said.evidence("envelope"))),
                None => {
                    let path = said.value.join(".");
                    diagnostics.push(said.stale(&format!("the response has no `{path}`")));
                    continue;
                }
            },
            None => inferred(finder.find(action, action.resource.and_then(|id| api.resource(id)))),
        };
        results.push((index, found, evidence));
    }
    for (index, found, evidence) in results {
        open(api, index, found);
        if let Some(action) = api.actions.get_mut(index) {
            action.evidence.extend(evidence);
        }
    }
}

fn inferred(found: Found) -> (Found, Option<Evidence>) {
    let because = match &found {
        Found::Open { because, .. } => Some(because.clone()),
        Found::Closed(because) => because
            .as_ref()
            .map(|because| format!("left closed: {because}")),
    };
    let evidence = because.map(|because| Evidence {
        about: "envelope",
        because,
        overridden: false,
    });
    (found, evidence)
}

fn overridden(api: &Api, action: &Action, said: &Said<Vec<String>>) -> Option<Found> {
    if said.value.is_empty() {
        return Some(Found::Closed(None));
    }
    let whole = success_schema(action)?;
    let data = Box::new(at_path(api, &whole.ty, &said.value)?.clone());
    Some(Found::Open {
        path: said.value.clone(),
        data,
        because: String::new(),
    })
}

fn open(api: &mut Api, index: usize, found: Found) {
    let Found::Open { path, data, .. } = found else {
        return;
    };
    let Some(action) = api.actions.get(index) else {
        return;
    };
    let Some((whole, _)) = success_schema(action).and_then(|schema| api.record(&schema.ty)) else {
        return;
    };
    let hints = metadata_hints(action);
    let metadata = metadata(api, whole, &path, &hints);
    if let Some(success) = api
        .actions
        .get_mut(index)
        .and_then(|a| a.outcome.success.as_mut())
    {
        success.payload = Payload::Opened(Envelope {
            path,
            data: *data,
            whole,
            metadata,
        });
    }
}

fn metadata_hints(action: &Action) -> Vec<Vec<String>> {
    let mut own = words(action.operation_id.as_deref().unwrap_or(&action.path));
    own.push("meta".to_owned());
    match action.kind {
        Kind::FindMany => vec![vec!["page".to_owned(), "meta".to_owned()], own],
        _ => vec![own],
    }
}

/// Makes a record of what stands beside the data. Properties keep their place, so that it is read
/// from the same body; `None` when nothing does.
fn metadata(
    api: &mut Api,
    whole: TypeId,
    path: &[String],
    hints: &[Vec<String>],
) -> Option<TypeId> {
    let (key, deeper) = path.split_first()?;
    let def = api.type_def(whole)?;
    let TypeBody::Record(record) = &def.body else {
        return None;
    };
    let (mut record, description) = (record.clone(), def.description.clone());
    let place = def.origins.first()?.child("$metadata");
    let position = record
        .fields
        .iter()
        .position(|field| field.wire_name == *key)?;
    let field = record.fields.remove(position);
    if let Some(inner) = beside_deeper(api, &field, deeper, hints) {
        record.fields.insert(position, inner);
    }
    if record.fields.is_empty() {
        return None;
    }
    api.types.push(TypeDef {
        component: None,
        hints: hints.to_vec(),
        role: Role::Output,
        title: None,
        description,
        body: TypeBody::Record(Record {
            fields: record.fields,
            ..Record::default()
        }),
        default: None,
        examples: Vec::new(),
        deprecated: false,
        origins: vec![place],
        rules: Vec::new(),
        other_way: None,
    });
    Some(TypeId(api.types.len() - 1))
}

/// The property on the way to the data, with what stands beside it further down.
fn beside_deeper(
    api: &mut Api,
    field: &Field,
    deeper: &[String],
    hints: &[Vec<String>],
) -> Option<Field> {
    let (inner, _) = api.record(&field.schema.ty)?;
    let mut own: Vec<String> = hints.first().cloned().unwrap_or_default();
    own.push(field.wire_name.clone());
    let rest = metadata(api, inner, deeper, &[own])?;
    let schema = Schema {
        ty: Type::Named(rest),
        ..field.schema.clone()
    };
    Some(Field {
        schema,
        ..field.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    /// The path that is opened, and the keys that stay beside it.
    fn opened(components: &[(&str, &str)], action: &str) -> String {
        opened_first(components, &[action])
    }

    /// The same of the first of several actions.
    fn opened_first(components: &[(&str, &str)], actions: &[&str]) -> String {
        let api = Fixture::new().components(components).actions(actions).run();
        match &api.actions[0].outcome.success.as_ref().unwrap().payload {
            Payload::Opened(envelope) => {
                let beside = envelope.metadata.map_or(Vec::new(), |id| keys(&api, id));
                format!("{} | {}", envelope.path.join("."), beside.join(" "))
            }
            Payload::Whole(_) => {
                let said = api.actions[0]
                    .evidence
                    .iter()
                    .find(|e| e.about == "envelope");
                said.map_or("closed".to_owned(), |evidence| evidence.because.clone())
            }
            Payload::Empty => "empty".to_owned(),
        }
    }

    fn keys(api: &Api, id: TypeId) -> Vec<String> {
        let TypeBody::Record(record) = &api.type_def(id).unwrap().body else {
            panic!()
        };
        record
            .fields
            .iter()
            .map(|field| field.wire_name.clone())
            .collect()
    }

    const PERSON: &[(&str, &str)] = &[("Person", "{id: uuid, name: str}")];

    #[test]
    fn envelopes_are_opened_along_single_keys() {
        for (action, expected) in [
            (
                "POST /people createOnePerson #people >{data:{createPerson:Person}}",
                "data.createPerson | ",
            ),
            (
                "GET /people findManyPeople #people >{data:{people:[Person]},pageInfo:{end:str},totalCount:int}",
                "data.people | pageInfo totalCount",
            ),
            (
                "DELETE /people/{id} deletePerson #people >{data:{deletePerson:{id:uuid}}}",
                "data.deletePerson | ",
            ),
            (
                "POST /people/duplicates findPersonDuplicates #people >{data:[{totalCount:int,personDuplicates:[Person]}]}",
                "data | ",
            ),
            (
                "GET /people listPeople #people >{object:\"list\",url:str,has_more:bool,data:[Person]}",
                "data | has_more object url",
            ),
            (
                "GET /people/{id} getPerson #people >{person:Person}",
                "person | ",
            ),
            (
                "GET /links listLinks #links >{links:[Person],meta:{total:int}}",
                "links | meta",
            ),
            (
                "GET /people listPeople #people >{data:{people:[Person],total:int},ok:bool}",
                "data.people | data ok",
            ),
        ] {
            assert_eq!(opened(PERSON, action), expected, "{action}");
        }
    }

    #[test]
    fn what_is_not_certain_stays_closed() {
        for (action, expected) in [
            ("GET /people/{id} getPerson #people >Person", "closed"),
            (
                "GET /people listPeople #people >{data:[Person],others:[Person]}",
                "left closed: several keys may carry data: `data`, `others`",
            ),
            (
                "GET /x getX #x >{owner:Person}",
                "left closed: nothing says that `owner` is all that the response is about",
            ),
            (
                "GET /x getX #x >{id:str,data:Person}",
                "left closed: the response has an id of its own",
            ),
            ("GET /x getX #x >{count:int,status:str}", "closed"),
        ] {
            assert_eq!(opened(PERSON, action), expected, "{action}");
        }
    }

    #[test]
    fn a_component_is_opened_when_it_is_named_for_it_and_used_for_nothing_else() {
        let mut components = PERSON.to_vec();
        components.push(("PersonResponse", "{owner: Person}"));
        assert_eq!(
            opened(&components, "GET /people/{id} get #people >PersonResponse"),
            "owner | "
        );
        // An alias that nothing reaches, and an object of which the same is true, are no use.
        components.push(("Alias", "PersonResponse"));
        components.push(("Outer", "{inner: Alias}"));
        let get = "GET /people/{id} get #people >PersonResponse";
        assert_eq!(opened(&components, get), "owner | ");
        let closed = "left closed: the type of the response is also used inside other types";
        for other in ["POST /outer make >Outer", "POST /outer make <Alias >str"] {
            assert_eq!(opened_first(&components, &[get, other]), closed, "{other}");
        }
        components.push(("People", "{people: [Person]}"));
        let list = "GET /people list #people ?page:int >People";
        let actions = [list, "POST /people/import import #people <People >str"];
        assert_eq!(opened_first(&components, &actions), "people | ");
        let other = "GET /people/me getMe #people >Alias";
        assert_eq!(opened_first(&components, &[get, other]), "owner | ");
    }

    #[test]
    fn a_request_that_takes_pages_says_that_a_list_comes_back() {
        for (response, expected) in [
            (
                "{etag:str,kind:str,items:[Person],nextPageToken:str}",
                "items | etag kind nextPageToken",
            ),
            (
                "{values:[Person],pagelen:int,query_substituted:bool}",
                "values | pagelen query_substituted",
            ),
            (
                "{id:str,items:[Person],nextPageToken:str}",
                "items | id nextPageToken",
            ),
            (
                "{_embedded:{people:[Person]},_links:{x:str},total:int}",
                "_embedded.people | _links total",
            ),
            (
                "{content:[Person],pageable:{sort:{sorted:bool}},numberOfElements:int}",
                "content | numberOfElements pageable",
            ),
            (
                "{people:[Person],facets:[str],sum:int}",
                "people | facets sum",
            ),
            ("{names:[str]}", "names | "),
        ] {
            let action = format!("GET /people listPeople #people ?page:int >{response}");
            assert_eq!(opened(PERSON, &action), expected, "{response}");
        }
    }

    #[test]
    fn a_second_list_or_a_thing_with_a_list_stays_closed() {
        for response in [
            "{teams:[Person],users:[Person]}",
            "{items:[Person],people:[Person],total:int}",
            "{columns:[Person],rows:[[str]],total:int}",
            "{id:str,name:str,comments:[Person]}",
            "{state:str,statuses:[Person],repository:Person}",
            "{a:str,b:str,c:str,d:str,e:str,f:str,people:[Person],total:int}",
        ] {
            let action = format!("GET /people listPeople #people ?page:int >{response}");
            let found = opened(PERSON, &action);
            assert!(
                found.starts_with("left closed") || found == "closed",
                "{response}: {found}"
            );
        }
        let item = "GET /people/{id} getPerson #people ?page:int >{title:str,likes:[Person]}";
        assert_eq!(opened(PERSON, item), "closed");
    }

    #[test]
    fn the_configuration_opens_and_closes() {
        let action = "GET /x getX #x >{data:{owner:{name:str}}}";
        for (envelope, expected) in [
            ("[]", None),
            (
                "[\"data\", \"owner\"]",
                Some(vec!["data".to_owned(), "owner".to_owned()]),
            ),
        ] {
            let entry =
                format!("{{ operation = \"getX\", envelope = {envelope}, reason = \"r\" }}");
            let (api, complaints) = Fixture::new().actions(&[action]).run_with(&entry);
            assert_eq!(complaints, [""; 0]);
            let path = match &api.actions[0].outcome.success.as_ref().unwrap().payload {
                Payload::Opened(envelope) => Some(envelope.path.clone()),
                _ => None,
            };
            assert_eq!(path, expected);
        }
    }
}
