use super::*;
use crate::config::Change;
use crate::config::Unset;
use crate::ir::{Kind, Strategy};

fn read(text: &str) -> (Config, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let config = Config::parse("specwright.toml", text, &mut diagnostics);
    (config, diagnostics)
}

/// The only complaint about a text: `line:column message`.
fn complaint(text: &str) -> String {
    let (_, diagnostics) = read(text);
    let all: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            assert_eq!(diagnostic.code, Code::Config);
            assert_eq!(&*diagnostic.origin.file, "specwright.toml");
            let at = diagnostic.position.unwrap();
            format!("{}:{} {}", at.line, at.column, diagnostic.message)
        })
        .collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().unwrap()
}

#[test]
fn apis_keep_the_order_of_the_file() {
    let (config, diagnostics) = read(
        r#"
        [api.twenty]
        spec = "twenty.yaml"
        [api.acme]
        spec = "acme/openapi.json"
        version = "1.2.3-rc.1"
        base_url = "https://acme.example"
        outputs = ["docs", "rust"]
        "#,
    );
    assert!(diagnostics.is_empty());
    let names: Vec<_> = config.apis.iter().map(|api| api.name.as_str()).collect();
    assert_eq!(names, ["twenty", "acme"]);
    let twenty = config.api("twenty").unwrap();
    assert_eq!(twenty.outputs, Output::ALL);
    assert_eq!(twenty.version, "0.1.0");
    let acme = config.api("acme").unwrap();
    assert_eq!(acme.version, "1.2.3-rc.1");
    assert_eq!(acme.outputs, [Output::Docs, Output::Rust]);
}

#[test]
fn every_override_is_read() {
    let (config, diagnostics) = read(
        r#"
        [api.a]
        spec = "a.yaml"
        override = [
            { at = "/a", nullable = true, reason = "r" },
            { at = "/a", secret = false, reason = "r" },
            { at = "/a", wire_name = "order_by[]", reason = "r" },
            { at = "/a", format = "uuid", reason = "r" },
            { at = "/a", type_name = "Links", reason = "r" },
            { operation = "o", resource = "people", reason = "r" },
            { operation = "o", kind = "update_one", reason = "r" },
            { operation = "o", name = "archive", reason = "r" },
            { operation = "o", envelope = [], reason = "r" },
            { operation = "o", pagination = false, reason = "r" },
            { operation = "o", pagination = { strategy = "page", parameter = "p" }, reason = "r" },
        ]
        "#,
    );
    assert_eq!(
        diagnostics
            .iter()
            .map(|d| d.message.as_str())
            .collect::<Vec<_>>(),
        [""; 0]
    );
    let changes: Vec<_> = config.apis[0]
        .overrides
        .iter()
        .map(|o| o.change.clone())
        .collect();
    assert_eq!(changes.len(), 11);
    assert_eq!(changes[6], Change::Kind(Kind::UpdateOne));
    let Change::Pagination(Some(pagination)) = &changes[10] else {
        panic!("{changes:?}")
    };
    assert_eq!(
        pagination.strategy,
        Strategy::Page {
            parameter: crate::ir::Slot::Query("p".into()),
            first: Some(1),
            current: None
        }
    );
    assert_eq!(pagination.evidence, "r");
    assert_eq!(
        config.apis[0].overrides[3].origin.pointer,
        "/api/a/override/3"
    );
}

#[test]
fn an_override_says_one_thing_of_one_thing_with_a_reason() {
    for (entry, message) in [
        (
            r#"at = "/a", nullable = true"#,
            "an override needs a `reason`",
        ),
        (
            r#"at = "/a", nullable = true, reason = " ""#,
            "an override needs a `reason`",
        ),
        (
            r#"at = "/a", reason = "r""#,
            "this override changes nothing",
        ),
        (
            r#"at = "/a", nullable = true, secret = true, reason = "r""#,
            "an override changes one thing, this one `nullable` and `secret`",
        ),
        (
            r#"nullable = true, reason = "r""#,
            "an override needs one of `at` and `operation`",
        ),
        (
            r#"at = "/a", kind = "merge", reason = "r""#,
            "`kind` is said of an `operation`, not `at` a pointer",
        ),
        (
            r#"operation = "a", secret = true, reason = "r""#,
            "`secret` is said `at` a pointer, not of an `operation`",
        ),
        (
            r#"operation = "a", pagination = { strategy = "page" }, reason = "r""#,
            "pagination by page needs a `parameter`, a `header` or the keys of a `body`",
        ),
    ] {
        let text = format!("[api.a]\nspec = \"a\"\noverride = [\n  {{ {entry} }}\n]\n");
        assert_eq!(complaint(&text), format!("4:3 {message}"));
    }
}

#[test]
fn unknown_keys_are_errors_where_they_stand() {
    let text = "[api.a]\nspec = \"a\"\nsepc = 1\n";
    assert!(
        complaint(text).starts_with("3:1 unknown field `sepc`"),
        "{}",
        complaint(text)
    );
    assert!(complaint("[api.a]\n").starts_with("1:1 missing field `spec`"));
    assert!(complaint("[api.a\n").starts_with("1:"));
}

#[test]
fn names_versions_and_outputs_are_checked() {
    assert!(complaint("[api.Twenty]\nspec = \"a\"\n").starts_with("1:6 `Twenty` cannot name"));
    for version in ["1", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.x"] {
        let text = format!("[api.a]\nspec = \"a\"\nversion = \"{version}\"\n");
        assert!(complaint(&text).starts_with("3:11 "), "{version}");
    }
    assert!(complaint("[api.a]\nspec = \"a\"\noutputs = [\"go\"]\n").starts_with("3:12 `go`"));
    assert!(complaint("[api.a]\nspec = \"a\"\nbase_url = \"x\"\n").starts_with("3:12 `x`"));
}

#[test]
fn a_stand_in_has_a_profile_and_good_defaults() {
    let (config, diagnostics) = read(
        r#"
        [api.a]
        spec = "a"
        [api.b]
        spec = "b"
        [api.b.stand_in]
        unset = "null"
        depth = "depth"
        batch_limit = 60
        error = { messages = "errors" }
        "#,
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let plain = &config.api("a").unwrap().stand_in;
    assert_eq!(
        (plain.unset, plain.page_size, plain.retry_after),
        (Unset::Absent, 20, true)
    );
    let profile = &config.api("b").unwrap().stand_in;
    assert_eq!(
        (profile.unset, profile.batch_limit),
        (Unset::Null, Some(60))
    );
    assert_eq!(profile.depth.as_deref(), Some("depth"));
    assert_eq!(profile.error.as_ref().unwrap().messages, "errors");
    let wrong = "[api.a]\nspec = \"a\"\n[api.a.stand_in]\nunset = \"nil\"\n";
    assert!(complaint(wrong).starts_with("4:9 unknown variant `nil`"));
    let wrong = "[api.a]\nspec = \"a\"\n[api.a.stand_in]\nfilters = \"f\"\n";
    assert!(complaint(wrong).contains("unknown field `filters`"));
}

#[test]
fn the_repository_s_own_configuration_is_right() {
    let (config, diagnostics) = read(include_str!("../../../../specs/specwright.toml"));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(config.api("twenty").is_some());
}
