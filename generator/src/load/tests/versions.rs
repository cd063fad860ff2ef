use super::{document, refused, summary};
use crate::diag::{Code, Severity};
use crate::load::Version;

#[test]
fn swagger_2_0_is_recognised() {
    for text in ["swagger: '2.0'\n", "swagger: 2.0\n"] {
        assert_eq!(document(text).0.version(), Version::V2_0);
    }
}

#[test]
fn versions_are_recognised() {
    for (text, version) in [
        ("3.0.0", Version::V3_0),
        ("3.0.3-rc1", Version::V3_0),
        ("3.1.1", Version::V3_1),
        ("'3.1'", Version::V3_1),
    ] {
        let (document, diagnostics) = document(&format!("openapi: {text}\n"));
        assert_eq!(document.version(), version);
        assert!(diagnostics.is_empty());
    }
}

#[test]
fn a_version_that_yaml_reads_as_a_number_is_understood() {
    let (document, diagnostics) = document("openapi: 3.0\n");
    assert_eq!(document.version(), Version::V3_0);
    assert_eq!(summary(&diagnostics), [(Code::WrongType, "/openapi", None)]);
}

#[test]
fn a_version_of_one_number_is_the_oldest_of_that_number() {
    let (document, diagnostics) = document("openapi: '3'\n");
    assert_eq!(document.version(), Version::V3_0);
    assert_eq!(summary(&diagnostics), [(Code::Version, "/openapi", None)]);
}

#[test]
fn what_is_newer_is_read_as_3_1() {
    let (document, diagnostics) = document("openapi: 3.2.0\n");
    assert_eq!(document.version(), Version::V3_2);
    assert_eq!(diagnostics.count(Severity::Note), 1);
}

#[test]
fn other_versions_are_refused_where_they_stand() {
    for (text, pointer, line, message) in [
        (
            "info: {}\nswagger: '1.2'\n",
            "/swagger",
            2,
            "the version `1.2` is not one that is read",
        ),
        (
            "info: {}\nopenapi: 4.0.0\n",
            "/openapi",
            2,
            "the version `4.0.0` is not one that is read",
        ),
        (
            "openapi: {}\n",
            "/openapi",
            1,
            "the version `{}` is not one that is read",
        ),
        (
            "- openapi: 3.1.0\n",
            "",
            1,
            "the document must be a mapping",
        ),
        ("", "", 1, "the file is empty"),
        ("# nothing\n", "", 1, "the file is empty"),
        (
            "\ninfo: {}\n",
            "",
            2,
            "this is not an OpenAPI document: it has neither `openapi` nor `swagger`",
        ),
    ] {
        let diagnostic = refused("api.yaml", text);
        assert_eq!(diagnostic.severity, Severity::Error);
        assert_eq!(diagnostic.code, Code::Version);
        assert_eq!(diagnostic.origin.pointer, pointer);
        assert_eq!(diagnostic.position.unwrap().line, line, "{text}");
        assert_eq!(diagnostic.message, message);
    }
}
