//! Resources, actions, and what they share names with.

use super::*;

fn action(
    resource: usize,
    method: Method,
    path: &str,
    kind: Kind,
    parameters: &[(&str, Place)],
) -> Action {
    let parameter = |(name, place): &(&str, Place)| Parameter {
        wire_name: (*name).to_owned(),
        place: *place,
        description: None,
        required: false,
        schema: Schema::default(),
        style: Style::Form,
        explode: true,
        allow_reserved: false,
        allow_empty: false,
        content: None,
        examples: Vec::new(),
        deprecated: false,
        origin: Origin::default(),
    };
    Action {
        operation_id: None,
        kind,
        evidence: Vec::new(),
        resource: Some(ResourceId(resource)),
        method,
        path: path.to_owned(),
        segments: Vec::new(),
        tags: Vec::new(),
        summary: None,
        description: None,
        external_docs: None,
        parameters: parameters.iter().map(parameter).collect(),
        body: None,
        outcome: Outcome::default(),
        pagination: None,
        idempotency: Idempotency::Once,
        security: None,
        servers: Vec::new(),
        deprecation: None,
        callbacks: Vec::new(),
        origin: Origin::default(),
    }
}

#[test]
fn resources_have_a_module_a_handle_an_accessor_and_a_feature() {
    let mut api = api(vec![component("Series")]);
    api.resources = vec![
        resource("connectedAccounts", &["connected", "accounts"]),
        resource("type", &["type"]),
        resource("events", &["events"]),
        resource("series", &["series"]),
        resource("Séries", &[]),
        resource("Public Booking", &["public", "bookings"]),
        resource("default", &[]),
    ];
    api.resources[0].record = Some(crate::ir::TypeId(0));
    let found = names(&api).resources;
    let names = |module: &str, handle: &str, accessor: &str, feature: &str| ResourceNames {
        module: module.to_owned(),
        handle: handle.to_owned(),
        accessor: accessor.to_owned(),
        feature: feature.to_owned(),
    };
    assert_eq!(
        found,
        [
            names(
                "connected_accounts",
                "ConnectedAccounts",
                "connected_accounts",
                "connected-accounts"
            ),
            names("type_", "Type", "r#type", "type"),
            names("events", "Events", "events", "events"),
            names("series", "SeriesActions", "series", "series"),
            names("series_resource", "Séries", "séries", "series-resource"),
            names(
                "public_booking",
                "PublicBooking",
                "public_booking",
                "public-booking"
            ),
            names(
                "default_resource",
                "DefaultActions",
                "default_resource",
                "default-resource"
            ),
        ]
    );
}

#[test]
fn methods_are_called_after_their_kind_and_parameters_do_not_hide_the_builders_methods() {
    let custom = |text: &str| Kind::Custom {
        words: vec![text.to_owned()],
    };
    let mut api = api(Vec::new());
    api.resources = vec![resource("people", &["people"])];
    api.actions = vec![
        action(
            0,
            Method::Get,
            "/people",
            Kind::FindMany,
            &[
                ("starting_after", Place::Query),
                ("timeout", Place::Query),
                ("attempt_timeout", Place::Query),
                ("send_stream", Place::Query),
                ("with_response", Place::Query),
                ("id", Place::Path),
                ("id", Place::Query),
                ("X-Acme-Version", Place::Header),
            ],
        ),
        action(0, Method::Post, "/people/move", custom("move"), &[]),
        action(0, Method::Get, "/people/x", custom("sync"), &[]),
        action(0, Method::Post, "/people/x", custom("sync"), &[]),
        action(0, Method::Post, "/people/{id}", custom(""), &[]),
    ];
    let found = names(&api).actions;
    assert_eq!(found[0].method, "find_many");
    assert_eq!(
        found[0].parameters,
        [
            "starting_after",
            "query_timeout",
            "attempt_underscore_timeout",
            "send_underscore_stream",
            "with_underscore_response",
            "path_id",
            "query_id",
            "x_acme_version"
        ]
    );
    let methods: Vec<_> = found[1..]
        .iter()
        .map(|action| action.method.as_str())
        .collect();
    assert_eq!(
        methods,
        ["r#move", "sync_get", "sync_post", "post_people_id"]
    );
}

#[test]
fn parameters_that_differ_by_case_alone_say_their_case() {
    let given = [("maxResults", Place::Query), ("MaxResults", Place::Query)];
    let mut api = api(Vec::new());
    api.resources = vec![resource("blocks", &["blocks"])];
    api.actions = vec![action(0, Method::Get, "/blocks", Kind::FindMany, &given)];
    let mut diagnostics = Diagnostics::new();
    let names = allocate(&api, &|_| true, &[], &mut Lock::new(), &mut diagnostics);
    let expected = ["max_results_mixed", "max_results_capital"];
    assert_eq!(names.actions[0].parameters, expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn types_that_their_hints_do_not_tell_apart_take_more_of_their_place() {
    let inline = |file: &str, pointer: &str| {
        let mut def = type_def(None, &[&["response"]], pointer, record(&[]));
        def.origins = vec![Origin::new(file, pointer)];
        def
    };
    let content = "/content/application~1json/schema";
    let api = api(vec![
        component("error"),
        component("Error"),
        inline("shared/account.yml", content),
        inline("shared/keys.yml", content),
        inline(
            "api.yaml",
            &format!("/paths/~1pets/get/responses/200{content}"),
        ),
        inline(
            "api.yaml",
            &format!("/paths/~1pets/put/responses/200{content}"),
        ),
    ]);
    let mut diagnostics = Diagnostics::new();
    let found = allocate(&api, &|_| true, &[], &mut Lock::new(), &mut diagnostics).types;
    assert_eq!(
        found,
        [
            "ErrorLower",
            "ErrorCapital",
            "AccountResponse",
            "KeysResponse",
            "Get200Response",
            "Put200Response"
        ]
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn builders_share_the_namespace_of_the_types_and_are_locked() {
    let api = api(vec![component("FindMany")]);
    let mut lock = Lock::new();
    let name = |api: &Api, lock: &mut Lock| {
        let diagnostics = &mut Diagnostics::new();
        let mut names = allocate(api, &|_| true, &[], lock, diagnostics);
        let words = |text: &str| crate::names::words(text);
        let candidates = vec![words("find many"), words("find many request")];
        names.builder(
            vec!["a".to_owned(), "b".to_owned()],
            &Origin::default(),
            candidates,
            lock,
            diagnostics,
        )
    };
    assert_eq!(name(&api, &mut lock), "FindManyRequest");
    let without = Api {
        types: Vec::new(),
        ..api
    };
    assert_eq!(name(&without, &mut lock), "FindManyRequest");
}
