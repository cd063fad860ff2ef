//! What `inspect` shows.

use super::*;

#[test]
fn inspect_shows_the_matrix_and_one_action() {
    let dir = folder(SPEC);
    let matrix = xtask(dir.path(), &["inspect", "--spec", "pets.yaml"]);
    status(&matrix, 0);
    assert!(stdout(&matrix).contains("pets"), "{}", stdout(&matrix));
    let action = xtask(
        dir.path(),
        &["inspect", "--spec", "pets.yaml", "--action", "listPets"],
    );
    status(&action, 0);
    assert!(stdout(&action).contains("GET /pets"), "{}", stdout(&action));
}

#[test]
fn inspect_offers_what_was_probably_meant() {
    let dir = folder(SPEC);
    let inspect = |more: &[&str]| {
        let base = ["inspect", "--spec", "pets.yaml"];
        xtask(dir.path(), &[base.as_slice(), more].concat())
    };
    let wide = inspect(&["--wide"]);
    status(&wide, 0);
    let line = stdout(&wide)
        .lines()
        .any(|it| it.contains("GET /pets ") && it.ends_with("listPets"));
    assert!(line, "{}", stdout(&wide));
    for like in ["list-pets", "LISTPETS", "get /pets"] {
        status(&inspect(&["--action", like]), 0);
    }
    let near = inspect(&["--action", "lisPet"]);
    status(&near, 2);
    assert!(
        stderr(&near).contains("did you mean `listPets`?"),
        "{}",
        stderr(&near)
    );
    let near = inspect(&["--action", "GET /pet"]);
    assert!(
        stderr(&near).contains("did you mean `GET /pets`?"),
        "{}",
        stderr(&near)
    );
    let far = inspect(&["--action", "zebra"]);
    assert!(stderr(&far).contains("--wide"), "{}", stderr(&far));
}

/// What is in no output is counted by both, else one of them seems to say that nothing is lost.
#[test]
fn inspect_and_generate_count_the_same() {
    let lossy = SPEC.replace(
        "born: {",
        "gone: {readOnly: true, writeOnly: false, type: string}\n        born: {writeOnly: true, ",
    );
    let dir = folder(&lossy);
    let generated = xtask(dir.path(), &with(&[]));
    status(&generated, 0);
    let inspected = xtask(dir.path(), &["inspect", "--spec", "pets.yaml"]);
    let lost = "1 part of the document lost";
    assert!(stdout(&generated).contains(lost), "{}", stdout(&generated));
    assert!(stderr(&inspected).contains(lost), "{}", stderr(&inspected));
}

/// A script that asks `inspect` whether a document is right goes by its exit status.
#[test]
fn inspect_fails_where_it_reports_an_error() {
    let empty = "openapi: 3.1.0\ninfo: {title: Empty, version: \"1\"}\npaths: {}\n";
    let dir = folder(empty);
    for format in ["text", "json"] {
        let arguments = ["inspect", "--spec", "pets.yaml", "--format", format];
        status(&xtask(dir.path(), &arguments), 1);
    }
}
