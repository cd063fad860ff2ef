//! Names: those of kinds, those of hostile documents, and that they stay.

use super::*;
use crate::ir::{
    Action, Field, IdSource, Kind, Media, Method, Origin, Record, Resource, Role, Schema, Type,
    TypeBody, TypeDef, TypeId,
};
use crate::names::{Table, words};

pub(super) fn action(method: Method, path: &str, kind: Kind) -> Action {
    Action {
        operation_id: None,
        kind,
        evidence: Vec::new(),
        resource: Some(ResourceId(0)),
        method,
        path: path.to_owned(),
        segments: Vec::new(),
        tags: Vec::new(),
        summary: None,
        description: None,
        external_docs: None,
        parameters: Vec::new(),
        body: None,
        outcome: crate::ir::Outcome::default(),
        pagination: None,
        idempotency: crate::ir::Idempotency::Once,
        security: None,
        servers: Vec::new(),
        deprecation: None,
        callbacks: Vec::new(),
        origin: Origin::new("", format!("/paths/{path}/{}", method.key())),
    }
}

/// An API with one resource that has these actions.
fn api(tag: &str, actions: Vec<Action>) -> Api {
    let one = crate::names::singular(&words(tag));
    let resource = Resource {
        tag: tag.to_owned(),
        plural: crate::names::plural(&one),
        singular: one,
        description: None,
        actions: (0..actions.len()).map(ActionId).collect(),
        record: None,
        id: Some(IdSource {
            parameter: "id".to_owned(),
            field: None,
            collection_path: None,
            item_path: "/x/{id}".to_owned(),
        }),
        origin: Origin::default(),
    };
    Api {
        resources: vec![resource],
        actions,
        ..Api::default()
    }
}

fn named(api: &Api) -> (N8nNames, Lock, Diagnostics) {
    let mut lock = Lock::new();
    let mut diagnostics = Diagnostics::new();
    let names = N8nNames::allocate(api, &mut lock, &mut diagnostics);
    (names, lock, diagnostics)
}

pub(super) fn custom(text: &str) -> Kind {
    Kind::Custom { words: words(text) }
}

#[test]
fn kinds_have_the_words_that_users_know() {
    for (kind, value, name, sentence) in [
        (
            Kind::FindMany,
            "findMany",
            "Find Many",
            "Find many API keys",
        ),
        (
            Kind::CreateOne,
            "createOne",
            "Create One",
            "Create one API key",
        ),
        (
            Kind::CreateMany,
            "createMany",
            "Create Many",
            "Create many API keys",
        ),
        (
            Kind::DeleteMany,
            "deleteMany",
            "Delete Many",
            "Delete many API keys",
        ),
        (
            Kind::FindDuplicates,
            "findDuplicates",
            "Find Duplicates",
            "Find API key duplicates",
        ),
        (
            Kind::Upsert,
            "upsert",
            "Create or Update",
            "Create or update API key",
        ),
        (Kind::Merge, "merge", "Merge", "Merge API keys"),
        (custom("archive"), "archive", "Archive", "Archive API key"),
        (
            custom("list used scopes"),
            "listUsedScopes",
            "List Used Scopes",
            "List used scopes of API key",
        ),
        (
            custom("get all"),
            "postXId",
            "Post X ID",
            "Get all of API key",
        ),
    ] {
        let api = api("apiKeys", vec![action(Method::Post, "/x/{id}", kind)]);
        let (names, _, _) = named(&api);
        let found = &names.operations[0];
        assert_eq!(
            (
                found.value.as_str(),
                found.name.as_str(),
                found.action.as_str()
            ),
            (value, name, sentence)
        );
    }
}

#[test]
fn words_that_led_to_a_noun_go_with_it() {
    for (text, name) in [
        ("retry an", "Retry"),
        ("attach iso to", "Attach ISO"),
        ("delete a user from a", "Delete a User"),
        (
            "change reverse dns entry for this",
            "Change Reverse DNS Entry",
        ),
        (
            "transfer a to another project",
            "Transfer to Another Project",
        ),
        ("the users of", "Users"),
        ("power on", "Power On"),
        ("by name", "By Name"),
    ] {
        let (names, _, _) = named(&api(
            "things",
            vec![action(Method::Post, "/x", custom(text))],
        ));
        assert_eq!(names.operations[0].name, name);
    }
}

#[test]
fn a_list_that_is_gotten_is_called_a_list() {
    let mut get = action(Method::Get, "/x", custom("get"));
    get.summary = Some("List collections".to_owned());
    let (names, _, _) = named(&api("collections", vec![get]));
    assert_eq!(names.operations[0].name, "List");
}

#[test]
fn sentences_have_a_noun_and_tell_actions_apart() {
    let mut group = api(
        "General",
        vec![action(Method::Post, "/x/gadgets", Kind::CreateOne)],
    );
    group.resources[0].id = None;
    let (names, _, _) = named(&group);
    assert_eq!(names.operations[0].action, "Create one gadget");
    let mut all = action(Method::Get, "/x/actions", custom("list actions"));
    let mut own = action(Method::Get, "/x/{id}/actions", custom("list own actions"));
    for action in [&mut all, &mut own] {
        action.summary = Some("Get all actions".to_owned());
    }
    let (names, _, _) = named(&api("servers", vec![all, own]));
    let found: Vec<&str> = names
        .operations
        .iter()
        .map(|it| it.action.as_str())
        .collect();
    assert_eq!(
        found,
        ["List actions of servers", "List own actions of server"]
    );
}

#[test]
fn a_short_summary_is_the_sentence_of_a_custom_action() {
    for (summary, sentence) in [
        ("Cancel an Appointment.", "Cancel an appointment"),
        ("Get OAuth app", "Get oauth app"),
        ("Change a user's role", "Change a user role"),
        ("Cancel. Then refund.", "Cancel appointment"),
        ("={{ evil }}", "Cancel appointment"),
        ("Cancel", "Cancel appointment"),
    ] {
        let mut cancel = action(Method::Post, "/x/{id}/cancel", custom("cancel"));
        cancel.summary = Some(summary.to_owned());
        let (names, _, _) = named(&api("appointments", vec![cancel]));
        assert_eq!(names.operations[0].action, sentence, "{summary}");
    }
}

#[test]
fn operations_of_one_kind_are_told_apart_and_stay_so() {
    let mut first = action(Method::Get, "/x", Kind::FindMany);
    first.operation_id = Some("listX".to_owned());
    let mut second = action(Method::Get, "/y", Kind::FindMany);
    second.operation_id = Some("searchY".to_owned());
    let (alone, mut lock, _) = named(&api("things", vec![first.clone()]));
    assert_eq!(alone.operations[0].value, "findMany");
    let both = api("things", vec![first, second]);
    let (fresh, _, _) = named(&both);
    let values: Vec<&str> = fresh
        .operations
        .iter()
        .map(|it| it.value.as_str())
        .collect();
    assert_eq!(values, ["listX", "searchY"]);
    assert_eq!(fresh.operations[1].name, "Search Y");
    let locked = N8nNames::allocate(&both, &mut lock, &mut Diagnostics::new());
    let values: Vec<&str> = locked
        .operations
        .iter()
        .map(|it| it.value.as_str())
        .collect();
    assert_eq!(values, ["findMany", "searchY"]);
}

/// An API whose only input has these members.
fn with_members(names: &[&str]) -> Api {
    let field = |name: &&str| Field {
        wire_name: (*name).to_owned(),
        required: false,
        schema: Schema::default(),
        read_only: false,
        write_only: false,
        secret: false,
        relation: None,
        indirect: false,
        origin: Origin::new("", (*name).to_owned()),
    };
    let record = Record {
        fields: names.iter().map(field).collect(),
        ..Record::default()
    };
    let def = TypeDef {
        component: Some("T".to_owned()),
        hints: Vec::new(),
        role: Role::Input,
        title: None,
        description: None,
        body: TypeBody::Record(record),
        default: None,
        examples: Vec::new(),
        deprecated: false,
        origins: Vec::new(),
        rules: Vec::new(),
        xml: None,
        other_way: None,
    };
    let mut post = action(Method::Post, "/x", Kind::CreateOne);
    post.body = Some(crate::ir::Body {
        description: None,
        required: true,
        media: vec![Media {
            per_item: false,
            media_type: "application/json".to_owned(),
            encoding: crate::ir::Encoding::Json,
            typed_xml: false,
            schema: Schema {
                ty: Type::Named(TypeId(0)),
                ..Schema::default()
            },
            examples: Vec::new(),
            origin: Origin::default(),
        }],
        origin: Origin::default(),
    });
    Api {
        types: vec![def],
        ..api("things", vec![post])
    }
}

#[test]
fn parameters_are_called_as_on_the_wire_where_that_can_be() {
    for (wire_name, name) in [
        ("companyId", "companyId"),
        ("iCalUID", "iCalUID"),
        ("type", "type"),
        ("class", "class"),
        ("starting_after", "startingAfter"),
        ("Idempotency-Key", "idempotencyKey"),
        ("page[size]", "pageSize"),
        ("größe", "größe"),
        ("1st", "n1st"),
        ("resource", "resourceValue"),
        ("limit", "limitValue"),
        ("constructor", "constructorValue"),
        ("__proto__", "proto"),
        ("", "empty"),
        ("=1+1", "eq1_1"),
    ] {
        let (names, _, _) = named(&with_members(&[wire_name]));
        assert_eq!(names.parameter(wire_name), name);
    }
}

#[test]
fn no_two_parameters_have_one_name_and_none_can_hurt() {
    let wire = [
        "a.b",
        "a[b]",
        "a_b",
        "aB",
        "a-b",
        "A_B",
        "a b",
        "",
        " ",
        "👍",
        "👎",
        "$ref",
        "@ref",
        "ref",
        "__proto__",
        "proto",
        "limit",
        "limitValue",
        "constructor",
        "operation",
        "resource",
    ];
    let (names, lock, _) = named(&with_members(&wire));
    let found: std::collections::BTreeSet<&str> =
        wire.iter().map(|name| names.parameter(name)).collect();
    assert_eq!(found.len(), wire.len(), "{found:?}");
    for name in &found {
        let harmless = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        assert!(harmless && !name.is_empty(), "{name}");
        assert!(
            !["__proto__", "constructor", "resource", "operation"].contains(name),
            "{name}"
        );
    }
    assert_eq!(names.parameter("aB"), "aB");
    assert_eq!(names.parameter("limitValue"), "limitValue");
    // What is called as on the wire by right has no line.
    let table = Table::new(PARAMETERS);
    assert_eq!(lock.name(&table, "aB"), None);
    assert_eq!(lock.name(&table, "a_b"), Some("a_b"));
    assert_eq!(lock.name(&table, "limit"), Some(names.parameter("limit")));
}

#[test]
fn names_that_the_linter_mistakes_are_kept_by_the_lock() {
    let names = |wire: &[&str], lock: &mut Lock| {
        let found = N8nNames::allocate(&with_members(wire), lock, &mut Diagnostics::new());
        let of = |name| found.instead(name, Mistaken::Color).to_owned();
        (of("color"), found.parameter("hue").to_owned())
    };
    let mut lock = Lock::new();
    let (color, _) = names(&["color"], &mut lock);
    assert_eq!(color, "hue");
    // Whoever comes later has to move.
    let (color, hue) = names(&["color", "hue"], &mut lock);
    assert_eq!((color.as_str(), hue.as_str()), ("hue", "hueValue"));
    let (color, hue) = names(&["color", "hue"], &mut Lock::new());
    assert_eq!((color.as_str(), hue.as_str()), ("hueValue", "hue"));
}

#[test]
fn tags_that_n8n_would_evaluate_have_another_value() {
    for (tag, value, name) in [
        (
            "connectedAccounts",
            "connectedAccounts",
            "Connected Account",
        ),
        ("=1", "equals-sign-1", "Eq 1"),
        ("", "empty", "Empty"),
        ("SMS", "SMS", "SMS"),
        ("👍", "👍", "U1f44d"),
    ] {
        let (names, _, _) = named(&api(tag, Vec::new()));
        let found = &names.resources[0];
        assert_eq!((found.value.as_str(), found.name.as_str()), (value, name));
    }
}
