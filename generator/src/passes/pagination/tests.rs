use super::*;
use crate::passes::testing::Fixture;

fn found(action: &str) -> Option<Pagination> {
    let api = Fixture::new()
        .components(&[("Pet", "{id: uuid}")])
        .actions(&[&format!("GET /pets listPets #pets {action}")])
        .run();
    api.actions[0].pagination.clone()
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
    let previous = Some(("ending_before".to_owned(), keys("pageInfo.startCursor")));
    let next = keys("pageInfo.endCursor");
    assert_eq!(
        page.strategy,
        Strategy::Cursor {
            parameter: "starting_after".into(),
            next,
            previous
        }
    );
    assert_eq!(page.items, keys("data.pets"));
    assert_eq!(page.size_parameter.as_deref(), Some("limit"));
    assert_eq!(page.more, Some(keys("pageInfo.hasNextPage")));
    assert_eq!(page.total, Some(keys("totalCount")));
}

#[test]
fn the_strategies() {
    let next = |path: &str| Strategy::NextUrl { next: keys(path) };
    for (action, expected) in [
        (
            "?page:int ?per_page:int >[Pet]",
            Strategy::Page {
                parameter: "page".into(),
                first: 1,
            },
        ),
        (
            "?skip:int ?take:int >[Pet]",
            Strategy::Offset {
                parameter: "skip".into(),
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
            Strategy::Cursor {
                parameter: "offset".into(),
                next: keys("next_page.offset"),
                previous: None,
            },
        ),
        (
            "?page_token:str >{items:[Pet],next_page_token:str}",
            Strategy::Cursor {
                parameter: "page_token".into(),
                next: keys("next_page_token"),
                previous: None,
            },
        ),
    ] {
        assert_eq!(
            found(action).map(|page| page.strategy),
            Some(expected),
            "{action}"
        );
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
