//! What is read: documents, overlays, files that references lead to.

use super::*;

const OVERLAY: &str = "overlay: 1.0.0
info: {title: t, version: '1'}
actions:
  - target: $.paths['/pets'].get
    update: {operationId: findPets, description: 7}
";

#[test]
fn what_cannot_be_read_is_1_and_says_where() {
    let dir = folder("openapi: 3.1.0\ninfo: [\n");
    let output = xtask(dir.path(), &GENERATE);
    status(&output, 1);
    assert!(
        stderr(&output).contains("error[syntax]"),
        "{}",
        stderr(&output)
    );
    assert!(
        stderr(&output).contains("pets.yaml:"),
        "{}",
        stderr(&output)
    );
    let last = stdout(&output);
    assert_eq!(last, "pets: nothing could be generated; 1 error\n");
    let missing = xtask(dir.path(), &["inspect", "--spec", "none.yaml"]);
    status(&missing, 1);
    assert!(
        stderr(&missing).starts_with("error: none.yaml: "),
        "{}",
        stderr(&missing)
    );
}

/// What an overlay says is in the answer, what is wrong with it is shown in its own text, and a run whose
/// overlay changed is no run that is known.
#[test]
fn overlays_are_applied_wherever_they_lie() {
    let dir = folder(SPEC);
    std::fs::create_dir(dir.path().join("api")).unwrap();
    std::fs::rename(
        dir.path().join("pets.yaml"),
        dir.path().join("api/pets.yaml"),
    )
    .unwrap();
    std::fs::write(dir.path().join("o.yaml"), OVERLAY).unwrap();
    let spec = ["--spec", "api/pets.yaml", "--overlay", "o.yaml"];
    let inspect = [&["inspect"][..], &spec, &["--action", "findPets"]].concat();
    let output = xtask(dir.path(), &inspect);
    status(&output, 0);
    let said = stderr(&output);
    let place = "#/actions/0/update/description";
    assert!(said.contains("o.yaml:5:") && said.contains(place), "{said}");

    let generate = [
        &["generate"][..],
        &spec,
        &["--name", "pets", "--out", "out"],
    ]
    .concat();
    status(&xtask(dir.path(), &generate), 0);
    let check = [&generate[..], &["--check"]].concat();
    status(&xtask(dir.path(), &check), 0);
    let stale = OVERLAY.replace("['/pets']", "['/dogs']");
    std::fs::write(dir.path().join("o.yaml"), stale).unwrap();
    let output = xtask(dir.path(), &check);
    status(&output, 1);
    assert!(
        stderr(&output).contains("stale-override"),
        "{}",
        stderr(&output)
    );
    let wrong = ["inspect", "--overlay", "o.yaml", "pets"];
    status(&xtask(dir.path(), &wrong), 2);
}

#[test]
fn references_lead_into_a_folder_around_the_document_when_it_is_named() {
    let dir = folder("name: {type: string}\n");
    std::fs::create_dir(dir.path().join("api")).unwrap();
    let spec = SPEC.replace("{type: string}", "{$ref: '../pets.yaml#/name'}");
    std::fs::write(dir.path().join("api/pets.yaml"), spec).unwrap();
    let inspect = ["inspect", "--spec", "api/pets.yaml"];
    let refused = stderr(&xtask(dir.path(), &inspect));
    assert!(refused.contains("forbidden-reference"), "{refused}");
    assert!(refused.contains("--root"), "{refused}");
    let output = xtask(dir.path(), &[&inspect[..], &["--root", "."]].concat());
    status(&output, 0);
    assert!(
        !stderr(&output).contains("reference"),
        "{}",
        stderr(&output)
    );
    let config = "[api.pets]\nspec = \"pets.yaml\"\nroot = \"..\"\noverlays = [\"../o.yaml\"]\n";
    std::fs::write(dir.path().join("api/c.toml"), config).unwrap();
    std::fs::write(dir.path().join("o.yaml"), OVERLAY).unwrap();
    let more = [
        "--name",
        "pets",
        "--config",
        "api/c.toml",
        "--action",
        "findPets",
    ];
    let output = xtask(dir.path(), &[&inspect[..], &more].concat());
    status(&output, 0);
    assert!(
        !stderr(&output).contains("reference"),
        "{}",
        stderr(&output)
    );
}
