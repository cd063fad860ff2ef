//! What documents leave open, and what only looks like a way on.

use super::*;

/// What is found where its first parameter is said to be this.
fn described(line: &str, text: &'static str) -> (Option<Strategy>, String) {
    let (page, why) = said_of(line, |action| {
        action.parameters[0].description = Some(text.to_owned());
    });
    (page.map(|it| it.strategy), why)
}

#[test]
fn a_minimum_of_0_says_nothing_of_the_first_page() {
    let minimum = |number: i64| {
        let page = found_of("?page:int >[Pet]", |action| {
            let bound = crate::ir::Bound {
                value: number.into(),
                exclusive: false,
            };
            action.parameters[0].schema.constraints.minimum = Some(bound);
        });
        page.map(|it| it.strategy)
    };
    assert_eq!(minimum(0), Some(page(query("page"), None)));
    assert_eq!(minimum(1), Some(page(query("page"), Some(1))));
    let (found, why) = said_of("?page:int >[Pet]", |action| {
        action.parameters[0].schema.default = Some(json!(0));
        action.parameters[0].description = Some("Starts at 1.".to_owned());
    });
    assert_eq!(found.unwrap().strategy, page(query("page"), None));
    assert!(why.contains("contradict each other"), "{why}");
}

#[test]
fn what_is_called_an_offset_may_count_from_1_or_count_pages() {
    let offset = |name: &str, first| {
        Some(Strategy::Offset {
            parameter: query(name),
            first,
        })
    };
    let list = "?offset:int ?limit:int >[Pet]";
    assert_eq!(described(list, "Starting from 1.").0, offset("offset", 1));
    assert_eq!(described(list, "Items to skip.").0, offset("offset", 0));
    let (found, why) = described(list, "Page number.");
    assert_eq!(
        (found, why.as_str()),
        (None, "`offset` may count pages or items")
    );
    let list = "?page_offset:int ?limit:int >[Pet]";
    let said = described(list, "Page number, from 0.").0;
    assert_eq!(said, Some(page(query("page_offset"), Some(0))));
    assert_eq!(
        described(list, "Results to skip.").0,
        offset("page_offset", 0)
    );
    assert_eq!(described(list, "").0, None);
}

#[test]
fn no_first_page_is_guessed_where_none_means_everything() {
    let text = "Omit it to view all (unpaginated).";
    let (found, why) = described("?page:int >[Pet]", text);
    assert_eq!(found, None);
    assert!(why.starts_with("without `page` all may come"), "{why}");
}

#[test]
fn moments_paths_and_counts_are_no_cursors() {
    for (line, text) in [
        (
            "?from:str ?limit:int >{data:[Pet],next_cursor:str}",
            "After this timestamp.",
        ),
        ("?from:str >{data:[Pet],next_cursor:str}", ""),
        (
            "?offset:str >{data:[Pet],next_cursor:str}",
            "The number of pets to skip.",
        ),
        ("?date:str >{data:[Pet],nextDate:str}", ""),
        ("?syncToken:str >{data:[Pet],nextSyncToken:str}", ""),
        ("?cursor:str >{data:[Pet],next:str}", ""),
    ] {
        assert_eq!(described(line, text).0, None, "{line}");
    }
    let line = "?after:str ?cursor:str >{data:[Pet],next_cursor:str}";
    let found = described(line, "Pets made after this date.").0;
    assert_eq!(found, Some(cursor(query("cursor"), at("next_cursor"))));
    let path = "?offset:str ?limit:int >{data:[Pet],next_path:str}";
    let next = keys("next_path");
    assert_eq!(strategy(path), Some(Strategy::NextUrl { next }));
}

#[test]
fn what_is_doubtful_is_said_and_not_guessed() {
    let because = |action: &str| said_of(action, |_| {});
    let (found, why) = because("?cursor:str >[Pet]");
    assert_eq!(found, None);
    assert_eq!(
        why,
        "`cursor` may take a cursor, but nothing in the response says where it is"
    );
    let (found, why) = because("?start:int ?end:int ?limit:int >[Pet]");
    assert_eq!(found, None);
    assert!(why.contains("or the beginning of something else"), "{why}");
    let (_, why) = because("?page:int >[Pet]");
    assert!(why.contains("so it is tried out"), "{why}");
}

#[test]
fn a_list_that_was_not_found_is_said_with_the_reason() {
    let (found, why) = said_of("?page:int >{data:[Pet],others:[Toy]}", |_| {});
    assert_eq!(found, None);
    assert_eq!(
        why,
        "`page` may page a list, but none was found in the response (several keys may carry data: \
         `data`, `others`); `envelope` in the configuration says where it is"
    );
    let (_, why) = said_of("?page:int >Pet", |_| {});
    assert_eq!(
        why,
        "`page` may page a list, but none was found in the response"
    );
}

#[test]
fn what_is_named_like_a_page_and_is_none_says_nothing_of_a_list() {
    let said = |line: &str, text: &'static str, required: bool| {
        let change = |action: &mut crate::ir::Action| {
            action.parameters[0].description = Some(text.to_owned());
            action.parameters[0].required = required;
        };
        let thing = format!("{line} >{{id:uuid,name:str,tags:[str]}}");
        let (page, why) = said_of(&thing, change);
        assert_eq!(page, None, "{line}");
        why.contains("may page a list")
    };
    assert!(!said("?after:str", "Only bookings after this date.", false));
    assert!(!said("?page:str", "The title of the wiki page.", true));
    assert!(!said("?continue:bool", "", false));
    assert!(said("?after:str", "The cursor of the page before.", false));
    assert!(said("?page:int", "", true));
    assert!(said("?page:str", "", false));
}

#[test]
fn an_offset_of_text_is_left_with_a_reason() {
    let (found, why) = said_of("?offset:str ?limit:str >[Pet]", |_| {});
    assert_eq!(found, None);
    assert!(why.starts_with("`offset` takes a text"), "{why}");
}

/// Who asks for one thing gets that thing, also where its kind is wrong: nothing would page it.
#[test]
fn what_finds_one_thing_has_no_pages() {
    for response in [
        "[Pet]",
        "{items:[Pet],total:int}",
        "{id:uuid,items:[Pet],total:int}",
    ] {
        let mut fixture = Fixture::new().components(&[("Pet", "{id: uuid}")]);
        fixture.action(&format!(
            "GET /pets/{{id}} getPet #pets ?page:int >{response}"
        ));
        fixture.action("GET /pets listPets #pets >[Pet]");
        let api = fixture.run();
        let action = &api.actions[0];
        let is_one = action.kind == crate::ir::Kind::FindOne;
        assert!(!is_one || action.pagination.is_none(), "{response}");
    }
}
