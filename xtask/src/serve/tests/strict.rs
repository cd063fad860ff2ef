//! Values that real servers refuse although their form is right.

use super::{Server, encoded};
use serde_json::json;

#[test]
fn filters_with_values_that_a_field_cannot_have_are_refused() {
    let mut server = Server::twenty();
    for (filter, message) in [
        (
            "createdAt[gt]:\"banana\"",
            "'createdAt' takes a date and time such as 2026-01-31T12:00:00Z, not 'banana'",
        ),
        ("id[eq]:5", "'id' takes a UUID, not '5'"),
        ("id[in]:[\"x\"]", "'id' takes a UUID, not 'x'"),
        (
            "domainName[eq]:x",
            "'domainName' has several parts: name the one to compare, with a dot",
        ),
    ] {
        let target = format!("/rest/companies?filter={}", encoded(filter));
        let messages = server.messages("GET", &target, None);
        assert_eq!(
            messages,
            [format!("'filter' invalid for '{filter}'. {message}")]
        );
    }
    for filter in ["createdAt[gt]:\"2026-01-01\"", "createdAt[is]:NULL"] {
        let target = format!("/rest/companies?filter={}", encoded(filter));
        assert_eq!(server.get(&target).0, 200, "{filter}");
    }
}

#[test]
fn orders_that_are_not_written_to_the_end_are_refused() {
    let mut server = Server::twenty();
    for order in ["name[DescNullsLast", "name,", ",name", "name,,createdAt"] {
        let target = format!("/rest/companies?order_by={}", encoded(order));
        let messages = server.messages("GET", &target, None);
        assert!(
            messages[0].starts_with(&format!("'order_by' invalid for '{order}': ")),
            "{messages:?}"
        );
    }
    assert_eq!(server.get("/rest/companies?order_by=").0, 200);
}

#[test]
fn integers_that_no_integer_holds_are_refused() {
    let mut server = Server::twenty();
    for employees in ["1e300", "99999999999999999999", "-99999999999999999999"] {
        let body = serde_json::from_str(&format!("{{\"employees\":{employees}}}")).unwrap();
        let messages = server.messages("POST", "/rest/companies", Some(&body));
        assert!(
            messages[0].starts_with("body.employees: must be between"),
            "{messages:?}"
        );
    }
    assert_eq!(
        server.post("/rest/companies", &json!({"employees": 5.0})).0,
        201
    );
}

#[test]
fn ids_are_of_the_versions_that_the_profile_names() {
    let mut server = Server::twenty();
    let seventh = "01890a5d-ac96-774b-bcce-b302099a8057";
    let fourth = "01890a5d-ac96-474b-bcce-b302099a8057";
    let path = format!("/rest/companies/{seventh}");
    let message = "must be a UUID of version 1, 2, 3, 4 or 5";
    assert_eq!(
        server.messages("GET", &path, None),
        [format!("path.id: {message}")]
    );
    assert_eq!(server.get(&format!("/rest/companies/{fourth}")).0, 404);
}
