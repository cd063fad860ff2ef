//! What operations share is told to the credential once.

use super::*;

/// Six operations, of which five have a header that says for whom they are.
const SHARED: &str = r#"info: {title: Shops, version: '1'}
security: [{token: []}]
paths:
  /pets:
    parameters: [{$ref: '#/components/parameters/Account'}]
    get: {tags: [pets], responses: &ok {'204': {description: x}}}
    post: {tags: [pets], responses: *ok}
  /toys:
    parameters: [{$ref: '#/components/parameters/Account'}]
    get: {tags: [toys], responses: *ok}
    post: {tags: [toys], responses: *ok}
    put: {tags: [toys], responses: *ok}
  /me: {get: {tags: [me], responses: *ok}}
components:
  parameters:
    Account: {name: X-Account, in: header, description: Whose it is., example: acct_1, schema: {type: string}}
  securitySchemes: {token: {type: http, scheme: bearer}}
"#;

#[test]
fn what_operations_share_is_a_field_of_the_credential() {
    let api = api("shops", SHARED);
    let (plan, _) = written(&api, &[resource("Pets", "/pets")]);
    let credential = file(
        &plan,
        "n8n/n8n-nodes-shops/credentials/ShopsApi.credentials.ts",
    );
    let field = "\t\t{
\t\t\tdisplayName: 'Account',
\t\t\tname: 'account',
\t\t\ttype: 'string',
\t\t\tdefault: '',
\t\t\tplaceholder: 'e.g. acct_1',
\t\t\tdescription: 'Whose it is',
\t\t},
\t];";
    assert!(credential.contains(field), "{credential}");
    let all = crate::n8n::descriptors(
        &api,
        &N8nProfile::default(),
        &mut crate::names::Lock::new(),
        &mut Diagnostics::new(),
    );
    let sent = all.iter().flat_map(|it| &it.operations).map(|operation| {
        let mut sent = operation.request.parameters.iter();
        sent.find_map(|it| it.credential.as_deref())
    });
    let fields: Vec<_> = sent.flatten().collect();
    assert_eq!(fields, ["account"; 5]);
}

#[test]
fn a_test_of_credentials_sends_what_its_operation_shares() {
    let api = api("shops", SHARED);
    let profile = |path: &str| {
        let action = api
            .actions
            .iter()
            .find(|it| it.path == path && it.method.is_safe());
        let probe = probe::find(&api, &N8nProfile::default(), &mut Diagnostics::new());
        probe.request(action)["request"]["headers"].clone()
    };
    let value = "={{$credentials.account || undefined}}";
    assert_eq!(profile("/toys"), serde_json::json!({ "X-Account": value }));
    assert!(profile("/me").is_null(), "an operation without it");
}
