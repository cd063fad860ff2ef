//! The trigger beside the node, and its credential.

use super::*;

/// Two events of pets, and how they are signed.
const EVENTS: &str = r##"
webhooks:
  Pet Created: {post: {tags: [pets], summary: A pet was born, requestBody: {content: {application/json: {schema: {type: object, properties: {type: {const: pet.created}, pet: {$ref: "#/components/schemas/Pet"}}}}}}, responses: {"200": {description: x}}}}
  Pet Deleted: {post: {tags: [pets], requestBody: {content: {application/json: {schema: {type: object, properties: {type: {const: pet.deleted}, pet: {$ref: "#/components/schemas/Pet"}}}}}}, responses: {"200": {description: x}}}}
"##;

/// The pets with their events, which are signed in one way or not at all.
fn with_events(signed: bool) -> Api {
    use crate::ir::{HmacSignature, Signature, SignatureEncoding, SignatureScheme, SignedPart};
    let mut api = api("pets", &format!("{PETS}{EVENTS}"));
    let scheme = SignatureScheme::Hmac(HmacSignature {
        header: "X-Signature".to_owned(),
        prefix: "sha256=".to_owned(),
        encoding: SignatureEncoding::Hex,
        signed: vec![SignedPart::Body],
        timestamp: None,
    });
    api.webhooks.signature = signed.then(|| Signature {
        scheme,
        evidence: String::new(),
    });
    api
}

#[test]
fn a_trigger_is_a_node_of_its_own_with_a_credential_for_its_secret() {
    let (plan, diagnostics) = written(&with_events(true), &[resource("pets", "/pets")]);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let mut text = String::new();
    for path in [
        "credentials/PetsWebhookApi.credentials.ts",
        "nodes/PetsTrigger/PetsTrigger.node.ts",
        "nodes/PetsTrigger/PetsTrigger.node.json",
        "nodes/PetsTrigger/trigger.json",
        "nodes/PetsTrigger/__schema__/v1.0.0.json",
        "README.md",
    ] {
        let path = format!("n8n/n8n-nodes-pets/{path}");
        text.push_str(&format!("======== {path}\n{}\n", file(&plan, &path)));
    }
    insta::assert_snapshot!("pets_trigger", text);
    let manifest = file(&plan, "n8n/n8n-nodes-pets/package.json");
    for listed in [
        "dist/nodes/Pets/Pets.node.js",
        "dist/nodes/PetsTrigger/PetsTrigger.node.js",
        "dist/credentials/PetsWebhookApi.credentials.js",
    ] {
        assert!(manifest.contains(listed), "{manifest}");
    }
}

#[test]
fn what_is_not_signed_needs_no_secret_and_says_so() {
    let (plan, diagnostics) = written(&with_events(false), &[resource("pets", "/pets")]);
    let path = "n8n/n8n-nodes-pets/credentials/PetsWebhookApi.credentials.ts";
    assert_eq!(plan.get(path), None);
    let node = file(
        &plan,
        "n8n/n8n-nodes-pets/nodes/PetsTrigger/PetsTrigger.node.ts",
    );
    assert!(!node.contains("testSecret"), "{node}");
    assert!(!node.contains("credentials: ["), "{node}");
    let trigger = file(&plan, "n8n/n8n-nodes-pets/nodes/PetsTrigger/trigger.json");
    assert!(trigger.contains("Deliveries are not verified"), "{trigger}");
    let readme = file(&plan, "n8n/n8n-nodes-pets/README.md");
    assert!(
        readme.contains("**Deliveries are not verified**"),
        "{readme}"
    );
    let message = "nothing says how deliveries of 2 events are signed";
    let mut notes = diagnostics.iter();
    let note = notes.find(|it| it.message == message).unwrap();
    assert_eq!(note.code, Code::NotGenerated);
    assert_eq!(note.origin.pointer, "/webhooks/Pet Created/post");
}

#[test]
fn a_package_without_events_has_no_trigger() {
    let (plan, _) = written(&api("pets", PETS), &[resource("pets", "/pets")]);
    assert!(plan.files().all(|(path, _)| !path.contains("Trigger")));
}

#[test]
fn an_api_with_events_alone_has_a_trigger_alone() {
    let mut api = with_events(true);
    api.actions.clear();
    let (plan, diagnostics) = written(&api, &[]);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let folder = "n8n/n8n-nodes-pets";
    let manifest = file(&plan, &format!("{folder}/package.json"));
    assert!(manifest.contains("\"dist/nodes/PetsTrigger/PetsTrigger.node.js\""));
    assert!(!manifest.contains("dist/nodes/Pets/"), "{manifest}");
    let credentials = plan
        .files()
        .filter(|(path, _)| path.contains("/credentials/"));
    let credentials: Vec<_> = credentials.map(|(path, _)| path).collect();
    let own = format!("{folder}/credentials/PetsWebhookApi.credentials.ts");
    assert_eq!(credentials, [own.as_str()], "that of its secret");
    let icon = format!("{folder}/nodes/PetsTrigger/pets.svg");
    assert!(plan.get(&icon).is_some(), "the trigger shows it");
    let shell = file(
        &plan,
        &format!("{folder}/nodes/PetsTrigger/PetsTrigger.node.ts"),
    );
    assert!(shell.contains("light: 'file:pets.svg'"), "{shell}");
    let credential = file(&plan, &own);
    let pictured = credential.contains("'file:../nodes/PetsTrigger/pets.svg'");
    assert!(pictured, "{credential}");
    let readme = file(&plan, &format!("{folder}/README.md"));
    assert!(
        readme.contains("the Pets API: a trigger for 2 events."),
        "{readme}"
    );
    assert!(!readme.contains("Quick start"), "{readme}");
    assert!(!readme.contains("Operations"), "{readme}");
}
