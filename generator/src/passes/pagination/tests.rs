use crate::ir::{Header, Pagination, Schema, Slot, Source, Strategy};
use crate::passes::testing::{Fixture, origin};
use serde_json::json;

mod doubts;

fn found(action: &str) -> Option<Pagination> {
    found_of(action, |_| {})
}

/// The pagination of an action that something is said of that a line cannot say.
fn found_of(action: &str, change: impl Fn(&mut crate::ir::Action)) -> Option<Pagination> {
    said_of(action, change).0
}

/// The same with the evidence.
fn said_of(action: &str, change: impl Fn(&mut crate::ir::Action)) -> (Option<Pagination>, String) {
    let mut fixture = Fixture::new().components(&[("Pet", "{id: uuid}"), ("Toy", "{id: str}")]);
    let line = match action.starts_with("POST") {
        true => action.to_owned(),
        false => format!("GET /pets listPets #pets {action}"),
    };
    fixture.action(&line);
    change(&mut fixture.api.actions[0]);
    let api = fixture.run();
    let action = &api.actions[0];
    let evidence = action.evidence.iter().find(|it| it.about == "pagination");
    let because = evidence.map_or(String::new(), |it| it.because.clone());
    (action.pagination.clone(), because)
}

fn answers_with(name: &str) -> impl Fn(&mut crate::ir::Action) {
    let header = Header {
        name: name.to_owned(),
        description: None,
        required: false,
        schema: Schema::default(),
        origin: origin("/h"),
    };
    move |action| action.outcome.responses[0].headers.push(header.clone())
}

fn query(name: &str) -> Slot {
    Slot::Query(name.to_owned())
}

fn body(path: &str) -> Slot {
    Slot::Body(keys(path))
}

fn at(path: &str) -> Source {
    Source::Body(keys(path))
}

fn header(name: &str) -> Source {
    Source::Header(name.to_owned())
}

fn cursor(parameter: Slot, next: Source) -> Strategy {
    Strategy::Cursor {
        parameter,
        next,
        previous: None,
    }
}

fn page(parameter: Slot, first: Option<i64>) -> Strategy {
    Strategy::Page {
        parameter,
        first,
        current: None,
    }
}

fn strategy(action: &str) -> Option<Strategy> {
    found(action).map(|page| page.strategy)
}

fn keys(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

#[test]
fn a_cursor_goes_both_ways() {
    let page = found(
        "?limit:int ?starting_after:str ?ending_before:str \
         >{data:{pets:[Pet]},pageInfo:{hasNextPage:bool,startCursor:uuid,endCursor:uuid},totalCount:int}",
    )
    .unwrap();
    let expected = Strategy::Cursor {
        parameter: query("starting_after"),
        next: at("pageInfo.endCursor"),
        previous: Some((query("ending_before"), at("pageInfo.startCursor"))),
    };
    assert_eq!(page.strategy, expected);
    assert_eq!(page.items, keys("data.pets"));
    assert_eq!(page.size_parameter(), Some("limit"));
    assert_eq!(page.more, Some(keys("pageInfo.hasNextPage")));
    assert_eq!(page.total, Some(at("totalCount")));
}

#[test]
fn the_strategies() {
    let next = |path: &str| Strategy::NextUrl { next: keys(path) };
    for (action, expected) in [
        ("?page:int ?per_page:int >[Pet]", page(query("page"), None)),
        (
            "?skip:int ?take:int >[Pet]",
            Strategy::Offset {
                parameter: query("skip"),
                first: 0,
            },
        ),
        (
            "?page:int >{data:[Pet],next_page_url:str}",
            next("next_page_url"),
        ),
        (
            "?page:int >{data:[Pet],links:{next:uri}}",
            next("links.next"),
        ),
        (
            "?x:int >{data:[Pet],_links:{next:{href:str}}}",
            next("_links.next.href"),
        ),
        (
            "?offset:str ?limit:int >{data:[Pet],next_page:{offset:str,uri:uri}}",
            cursor(query("offset"), at("next_page.offset")),
        ),
        (
            "?page_token:str >{items:[Pet],next_page_token:str}",
            cursor(query("page_token"), at("next_page_token")),
        ),
        (
            "?continue:str ?limit:int >{items:[Pet],metadata:{continue:str,remainingItemCount:int}}",
            cursor(query("continue"), at("metadata.continue")),
        ),
        (
            "?page:int ?per_page:int >{pets:[Pet],meta:{pagination:{next_page:int?,total_entries:int}}}",
            cursor(query("page"), at("meta.pagination.next_page")),
        ),
        (
            "?after:str ?limit:int >{results:[Pet],paging:{next:{after:str,link:str}}}",
            cursor(query("after"), at("paging.next.after")),
        ),
        (
            "?$skip:int ?$top:int >{value:[Pet],@odata.nextLink:str}",
            Strategy::NextUrl {
                next: vec!["@odata.nextLink".to_owned()],
            },
        ),
        (
            "?NextToken:str ?MaxResults:int >{Items:[Pet],NextToken:str}",
            cursor(query("NextToken"), at("NextToken")),
        ),
        (
            "?Marker:str >{Items:[Pet],Marker:str,NextMarker:str,IsTruncated:bool}",
            cursor(query("Marker"), at("NextMarker")),
        ),
        (
            "?page[number]:int ?page[size]:int >[Pet]",
            page(query("page[number]"), None),
        ),
        (
            "?page[after]:str >{data:[Pet],meta:{cursors:{after:str}}}",
            cursor(query("page[after]"), at("meta.cursors.after")),
        ),
        (
            "?SkipPages:int ?PageSize:int >[Pet]",
            page(query("SkipPages"), Some(0)),
        ),
        (
            "?startIndex:int ?count:int >{Resources:[Pet],totalResults:int,itemsPerPage:int,startIndex:int}",
            Strategy::Offset {
                parameter: query("startIndex"),
                first: 1,
            },
        ),
        (
            "?page:int ?size:int >{data:[Pet],page:int,total:int}",
            Strategy::Page {
                parameter: query("page"),
                first: Some(1),
                current: Some(keys("page")),
            },
        ),
    ] {
        assert_eq!(strategy(action), Some(expected), "{action}");
    }
}

#[test]
fn bodies_of_searches_take_cursors_pages_and_offsets() {
    for (action, expected) in [
        (
            "POST /points/scroll scrollPoints #points <{offset:any(int|uuid),limit:int} \
             >{points:[Pet],next_page_offset:any(int|uuid)}",
            cursor(body("offset"), at("next_page_offset")),
        ),
        (
            "POST /search search #pets <{query:str,start_cursor:str,page_size:int} \
             >{results:[Pet],next_cursor:str,has_more:bool}",
            cursor(body("start_cursor"), at("next_cursor")),
        ),
        (
            "POST /pets/search search #pets <{paging:{cursor:str,limit:int}} \
             >{data:[Pet],paging:{nextCursor:str}}",
            cursor(body("paging.cursor"), at("paging.nextCursor")),
        ),
        (
            "POST /pets/query query #pets <{page:{number:int,size:int}} >{data:[Pet],total:int}",
            page(body("page.number"), None),
        ),
        (
            "POST /pets/list list #pets <{offset:int,count:int} >[Pet]",
            Strategy::Offset {
                parameter: body("offset"),
                first: 0,
            },
        ),
    ] {
        assert_eq!(strategy(action), Some(expected), "{action}");
    }
    let search = "POST /s search #s <{after:str,limit:int} >{data:[Pet],next:{after:str}}";
    let page = found(search).unwrap();
    assert_eq!(page.size, Some(body("limit")));
}

#[test]
fn a_call_that_may_do_something_is_not_repeated_for_its_next_page() {
    for action in [
        "POST /pets createPets #pets <{page:int,size:int} >[Pet]",
        "POST /pets createPets #pets ?page:int >{data:[Pet],next_page_url:str}",
        "POST /pets/pick pickPets #pets >{data:[Pet],links:{next:uri}}",
        "POST /pets/query query #pets <{page:int} >[Pet]",
    ] {
        assert_eq!(strategy(action), None, "{action}");
    }
}

/// A URL can be asked for without what made it; a `Link` may be one of anything that was made.
#[test]
fn the_url_of_the_next_page_is_asked_for_with_get_where_the_first_may_do_something() {
    let made = "POST /pets/pick pick #pets <{x:str} >{data:[Pet],next_page_url:str}";
    let read = "POST /pets/search search #pets <{x:str} >{data:[Pet],next_page_url:str}";
    for (action, by_get) in [(made, true), (read, false)] {
        let list = "GET /pets listPets #pets >[Pet]";
        let fixture = Fixture::new().components(&[("Pet", "{id: uuid}")]);
        let page = &fixture.actions(&[action, list]).run().actions[0].pagination;
        let page = page.clone().unwrap();
        let next = keys("next_page_url");
        assert_eq!(
            (page.strategy, page.by_get),
            (Strategy::NextUrl { next }, by_get)
        );
    }
    let made = "POST /pets createPets #pets <{x:str} >[Pet]";
    assert_eq!(found_of(made, answers_with("Link")), None);
}

/// Where the request takes nothing that it could be put into, a text under `next` is a URL.
#[test]
fn a_next_that_no_parameter_takes_is_a_url() {
    let url = |path: &str| Some(Strategy::NextUrl { next: keys(path) });
    let body = ">{pets:[Pet],next:str}";
    assert_eq!(strategy(body), url("next"));
    assert_eq!(strategy(&format!("?limit:int {body}")), url("next"));
    assert_eq!(
        strategy(">{data:[Pet],paging:{next:str}}"),
        url("paging.next")
    );
    assert_eq!(strategy(&format!("?from:str {body}")), None);
    assert_eq!(strategy(">{pets:[Pet],next:int}"), None);
}

/// Joined to the request's URL a cursor would be another resource.
#[test]
fn a_next_that_is_said_to_be_a_mark_is_no_url() {
    let is_paged = |text: &str| {
        let mut fixture = Fixture::new().components(&[("Pet", "{id: uuid}")]);
        fixture.action("GET /pets listPets #pets ?limit:int >{pets:[Pet],next:str}");
        let records = fixture
            .api
            .types
            .iter_mut()
            .filter_map(|def| match &mut def.body {
                crate::ir::TypeBody::Record(record) => Some(record),
                _ => None,
            });
        for field in records.flat_map(|record| &mut record.fields) {
            if field.wire_name == "next" {
                field.schema.description = Some(text.to_owned());
            }
        }
        fixture.run().actions[0].pagination.is_some()
    };
    assert!(is_paged("The next page."));
    assert!(!is_paged("Opaque cursor of the next batch"));
    assert!(!is_paged("The id of the next pet."));
    assert!(is_paged("The URL of the next page, with its cursor."));
}

#[test]
fn headers_lead_on_and_count() {
    let next = |line: &str, name: &str| found_of(line, answers_with(name)).map(|it| it.strategy);
    assert_eq!(
        next("?page:int >[Pet]", "X-Next-Page"),
        Some(cursor(query("page"), header("X-Next-Page")))
    );
    assert_eq!(
        next("^x-ms-continuation >[Pet]", "x-ms-continuation"),
        Some(cursor(
            Slot::Header("x-ms-continuation".into()),
            header("x-ms-continuation")
        ))
    );
    assert_eq!(
        next("?cursor:str >[Pet]", "X-Next-Cursor"),
        Some(cursor(query("cursor"), header("X-Next-Cursor")))
    );
    let page = found_of("?page:int >[Pet]", answers_with("X-Total-Count")).unwrap();
    assert_eq!(page.total, Some(header("X-Total-Count")));
    let page = found_of("?page:int >[Pet]", answers_with("X-Total-Pages")).unwrap();
    assert_eq!(page.pages, Some(header("X-Total-Pages")));
    // It says where this page is, not where the next one is.
    let page = found_of("?offset:int ?limit:int >[Pet]", answers_with("X-Offset")).unwrap();
    assert!(matches!(page.strategy, Strategy::Offset { .. }));
}

#[test]
fn the_last_record_is_a_cursor_where_a_flag_or_a_text_says_so() {
    let last = |previous| {
        Some(Strategy::Cursor {
            parameter: query("starting_after"),
            next: Source::LastItem(keys("id")),
            previous,
        })
    };
    let back = (query("ending_before"), Source::FirstItem(keys("id")));
    let list = "?starting_after:str ?ending_before:str ?limit:int >{data:[Toy],has_more:bool}";
    assert_eq!(strategy(list), last(Some(back)));
    let list = "?starting_after:str >{data:[any(Toy|Pet)],has_more:bool}";
    assert_eq!(strategy(list), last(None));
    let bare = "?starting_after:str >[Toy]";
    let says = |text: &'static str| {
        move |action: &mut crate::ir::Action| {
            action.parameters[0].description = Some(text.to_owned());
        }
    };
    let said = found_of(bare, says("The id of the last toy that you have.")).map(|it| it.strategy);
    assert_eq!(said, last(None));
    for (action, text) in [
        (bare, "Where to start."),
        (
            bare,
            "Only toys made after this date and time; the last has an id.",
        ),
        (
            "?starting_after:str >[{name:str}]",
            "The id of the last toy.",
        ),
        ("?starting_after:int >[Toy]", "The id of the last toy."),
    ] {
        assert_eq!(found_of(action, says(text)), None, "{action} {text}");
    }
}

#[test]
fn the_first_page_has_the_number_that_the_document_says() {
    let says = |change: fn(&mut crate::ir::Parameter)| {
        let page = found_of("?page:int >[Pet]", |action| {
            change(&mut action.parameters[0])
        });
        match page.unwrap().strategy {
            Strategy::Page { first, .. } => first,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(says(|page| page.schema.default = Some(json!(0))), Some(0));
    assert_eq!(
        says(|page| page.description = Some("Zero-based.".into())),
        Some(0)
    );
    assert_eq!(
        says(|page| page.description = Some("Starts at 1".into())),
        Some(1)
    );
    assert_eq!(says(|page| page.schema.default = Some(json!(7))), None);
    // Another operation of the same API says it.
    let api = Fixture::new()
        .components(&[("Pet", "{id: uuid}")])
        .actions(&["GET /a a ?page:int >[Pet]", "GET /b b ?page:int >[Pet]"]);
    let mut api = api;
    api.api.actions[1].parameters[0].schema.default = Some(json!(0));
    let first = &api.run().actions[0].pagination.clone().unwrap().strategy;
    assert_eq!(*first, page(query("page"), Some(0)));
}

#[test]
fn a_number_of_this_page_is_no_cursor() {
    for action in [
        "?offset:int ?limit:int >{items:[Pet],offset:int,total:int}",
        "?offset:int ?limit:int >{items:[Pet],paging:{offset:int,next:str}}",
    ] {
        let offset = Strategy::Offset {
            parameter: query("offset"),
            first: 0,
        };
        assert_eq!(strategy(action), Some(offset), "{action}");
    }
}

#[test]
fn what_does_not_say_how_it_continues_is_not_paged() {
    for action in [
        ">[Pet]",
        "?limit:int >[Pet]",
        "?cursor:str >[Pet]",
        "?page:int >Pet",
        "?page:int",
    ] {
        assert_eq!(found(action), None, "{action}");
    }
}
