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
fn a_thing_with_a_list_stays_whole_whatever_its_keys_are() {
    let list = "GET /people listPeople #people ?page:int";
    let item = "GET /people/{id} getPerson #people ?page:int";
    for (request, response) in [
        // Items: what comes is the thing, be its list named for data and be there a total.
        (item, "{id:uuid,name:str,total:int,items:[Person]}"),
        (item, "{name:str,size:int,content:[Person]}"),
        (
            item,
            "{id:uuid,plan:str,next_invoice_at:str,items:[Person]}",
        ),
        (item, "{a:str,b:str,total:int,people:[Person]}"),
        // Data beside the list, which who gets the list alone would not get.
        (list, "{id:uuid,name:str,total:int,items:[Person]}"),
        (list, "{balance:num,next_page:str,entries:[Person]}"),
        (list, "{removed_ids:[str],total:int,people:[Person]}"),
        (list, "{pinned:Person,total:int,people:[Person]}"),
        (list, "{a:str,b:str,c:str,d:str,e:str,f:str,rows:[Person]}"),
        (list, "{owner:str,data:{people:[Person],total:int}}"),
    ] {
        let found = opened(PERSON, &format!("{request} >{response}"));
        let is_closed = found.starts_with("left closed") || found == "closed";
        assert!(is_closed, "{request} {response}: {found}");
    }
}

#[test]
fn a_size_alone_and_what_merely_comes_next_tell_of_no_pages() {
    for (response, expected) in [
        ("{id:uuid,size:int,items:[Person]}", "closed"),
        ("{id:uuid,next_invoice_at:str,items:[Person]}", "closed"),
        ("{id:uuid,size:int,offset:int,items:[Person]}", "items"),
        ("{id:uuid,size:int,total:int,items:[Person]}", "items"),
        ("{id:uuid,next_page_token:str,items:[Person]}", "items"),
    ] {
        let action = format!("GET /people listPeople #people ?page:int >{response}");
        let found = opened(PERSON, &action);
        let path = found.split(" | ").next().unwrap_or_default();
        let path = if path.starts_with("left closed") {
            "closed"
        } else {
            path
        };
        assert_eq!(path, expected, "{response}: {found}");
    }
}

#[test]
fn what_an_answer_repeats_of_the_request_is_no_data() {
    let action = "GET /people listPeople #people ?page:int ?region:str";
    let echo = format!("{action} >{{region:str,resource:str,data:[Person]}}");
    let components = &[
        PERSON[0],
        (
            "Answer",
            "{region:str,object:str,people:[Person],more:bool}",
        ),
    ];
    assert_eq!(opened(PERSON, &echo), "data | region resource");
    let named = format!("{action} >Answer");
    assert_eq!(opened(components, &named), "people | more object region");
}

/// Looking three objects deep below each property of each would take hours here.
#[test]
fn wide_responses_of_wide_objects_take_no_time() {
    let all_of = |key: &dyn Fn(usize) -> String, below: &str| {
        let fields: Vec<_> = (0..400).map(|n| format!("{}:{below}", key(n))).collect();
        fields.join(",")
    };
    let numbered = |n: usize| format!("k{n}");
    // Keys of nothing but the words of the action.
    let named = |n: usize| {
        let words = (0..9).map(|bit| {
            if n >> bit & 1 == 0 {
                "person"
            } else {
                "people"
            }
        });
        words.collect::<Vec<_>>().join("_")
    };
    let records = [
        ("Texts", format!("{{{}}}", all_of(&numbered, "str"))),
        ("Low", format!("{{{}}}", all_of(&numbered, "Texts"))),
        ("High", format!("{{{}}}", all_of(&numbered, "Low"))),
        (
            "List",
            format!("{{items:[Texts],{}}}", all_of(&numbered, "High")),
        ),
        ("LowWays", format!("{{{}}}", all_of(&named, "Low"))),
        ("Ways", format!("{{{}}}", all_of(&named, "LowWays"))),
    ];
    let components: Vec<_> = records
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    for response in ["List", "Ways"] {
        let action = format!("GET /people listPeople #people ?page:int >{response}");
        let found = opened(&components, &action);
        let is_closed = found.starts_with("left closed") || found == "closed";
        assert!(is_closed, "{response}: {found}");
    }
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
        let entry = format!("{{ operation = \"getX\", envelope = {envelope}, reason = \"r\" }}");
        let (api, complaints) = Fixture::new().actions(&[action]).run_with(&entry);
        assert_eq!(complaints, [""; 0]);
        let path = match &api.actions[0].outcome.success.as_ref().unwrap().payload {
            Payload::Opened(envelope) => Some(envelope.path.clone()),
            _ => None,
        };
        assert_eq!(path, expected);
    }
}

/// What says where a list goes on is no data, also in an object of its own; nor does a list need a name that
/// says that it is one where it is all that is led on.
#[test]
fn a_list_and_the_way_on_from_it_are_a_page() {
    let components = &[
        ("Person", "{id: uuid, name: str}"),
        ("Found", "{humans: [Person], nextLink: uri}"),
        ("Kept", "{humans: [Person], size: int}"),
    ];
    for (answer, expected) in [
        (
            "{inner:{humans:[Person]},way:{next:uri}}",
            "inner.humans | way",
        ),
        ("Found", "humans | nextLink"),
        (
            "Kept",
            "left closed: nothing says that `humans` is all that the response is about",
        ),
        ("{inner:{humans:[Person]},way:{next:uri,x:str}}", "closed"),
        ("{inner:{humans:[Person]},way:{next:Person}}", "closed"),
        (
            "{inner:{humans:[Person],x:str},way:{next:uri}}",
            "inner | way",
        ),
    ] {
        let action = format!("GET /all getAll #all >{answer}");
        assert_eq!(opened(components, &action), expected, "{answer}");
    }
}

#[test]
fn the_last_page_need_not_say_where_it_goes_on() {
    let action = "GET /all getAll #all >{inner:{humans:[Person]},way!:{next:uri},size!:int}";
    let api = Fixture::new().components(PERSON).actions(&[action]).run();
    let Payload::Opened(envelope) = &api.actions[0].outcome.success.as_ref().unwrap().payload
    else {
        panic!()
    };
    let TypeBody::Record(record) = &api.type_def(envelope.metadata.unwrap()).unwrap().body else {
        panic!()
    };
    let required: Vec<bool> = record.fields.iter().map(|field| field.required).collect();
    assert_eq!(
        (keys(&api, envelope.metadata.unwrap()).join(" "), required),
        ("size way".to_owned(), vec![true, false])
    );
}
