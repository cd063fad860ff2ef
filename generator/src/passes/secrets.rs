//! Fields and parameters that carry credentials.

use super::shapes::{Shape, shape};
use crate::ir::{Api, Primitive, Type, TypeBody};
use crate::names::words;

/// Names that are a credential by themselves or at the end of a longer name: `smtpPassword`.
const LAST: &[&str] = &["passphrase", "passwd", "password", "secret"];

/// Words before `token` that make it a credential. Others (`pageToken`) are cursors and the like.
const TOKENS: &[&str] = &[
    "access", "api", "auth", "bearer", "bot", "id", "oauth", "refresh", "reset", "secret",
    "security", "session", "webhook",
];

/// Words before `key` that make it a credential.
const KEYS: &[&str] = &[
    "access",
    "api",
    "encryption",
    "private",
    "secret",
    "signing",
];

/// Marks properties of strings that carry credentials ([`secret`](crate::ir::Field::secret)), and
/// gives parameters that do the format `password`.
pub(super) fn run(api: &mut Api) {
    let text: Vec<Vec<bool>> = api
        .types
        .iter()
        .map(|def| match &def.body {
            TypeBody::Record(record) => record
                .fields
                .iter()
                .map(|field| is_text(api, &field.schema.ty))
                .collect(),
            TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) => Vec::new(),
        })
        .collect();
    for (def, text) in api.types.iter_mut().zip(text) {
        if let TypeBody::Record(record) = &mut def.body {
            for (field, text) in record.fields.iter_mut().zip(text) {
                field.secret |=
                    text && (is_password(&field.schema.ty) || is_secret(&field.wire_name));
            }
        }
    }
    for parameter in api
        .actions
        .iter_mut()
        .flat_map(|action| &mut action.parameters)
    {
        if let Type::Primitive(Primitive::String {
            format: format @ None,
        }) = &mut parameter.schema.ty
            && is_secret(&parameter.wire_name)
        {
            *format = Some("password".to_owned());
        }
    }
}

fn is_text(api: &Api, ty: &Type) -> bool {
    matches!(shape(api, ty), Shape::Scalar(Primitive::String { .. }))
}

fn is_password(ty: &Type) -> bool {
    matches!(ty, Type::Primitive(Primitive::String { format: Some(format) }) if format == "password")
}

fn is_secret(name: &str) -> bool {
    // Most names are told by their end, without being split.
    let end = name.to_ascii_lowercase();
    if !["key", "passphrase", "passwd", "password", "secret", "token"]
        .iter()
        .any(|w| end.contains(w))
    {
        return false;
    }
    let words = words(name);
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    let before = before.last().map(String::as_str);
    match last.as_str() {
        "token" => before.is_none_or(|word| TOKENS.contains(&word)),
        "key" => before.is_some_and(|word| KEYS.contains(&word)),
        "apikey" | "accesstoken" | "refreshtoken" | "clientsecret" => true,
        last => LAST.contains(&last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    #[test]
    fn credentials_are_known_by_their_names() {
        for name in [
            "accessToken",
            "refresh_token",
            "password",
            "smtpPassword",
            "secret",
            "clientSecret",
            "apiKey",
            "API_KEY",
            "token",
            "privateKey",
            "webhook_secret",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "apiKeyId",
            "tokenType",
            "secretary",
            "pageToken",
            "nextPageToken",
            "publicKey",
            "key",
            "sortKey",
            "passwordPolicy",
            "",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn only_strings_are_credentials() {
        let mut fixture = Fixture::new()
            .components(&[(
                "A",
                "{secret: str, password: bool, token: {x: str}, apiKey: uuid}",
            )])
            .actions(&["GET /a a ?api_key:str ?secret:int"]);
        run(&mut fixture.api);
        let record = fixture.api.types.iter().find_map(|def| match &def.body {
            TypeBody::Record(record) if record.fields.len() == 4 => Some(record),
            _ => None,
        });
        let secret: Vec<_> = record
            .unwrap()
            .fields
            .iter()
            .map(|field| field.secret)
            .collect();
        assert_eq!(secret, [true, false, false, false]);
        let parameters = &fixture.api.actions[0].parameters;
        let password = Type::Primitive(Primitive::String {
            format: Some("password".into()),
        });
        assert_eq!(parameters[0].schema.ty, password);
        assert!(matches!(
            parameters[1].schema.ty,
            Type::Primitive(Primitive::Integer { .. })
        ));
    }
}
