//! Parameters that operations share: a field of the credential has their value.

use crate::ir::{Api, ClientParameter, Parameter};
use crate::names::words;

/// A parameter that operations share, and the credential's field for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClientField<'a> {
    /// The parameter.
    pub(super) parameter: &'a ClientParameter,
    /// The field: `xAccountParameter`. No field of a way to authenticate ends so.
    pub(super) name: String,
}

/// The fields for all of them, in their order. A name that could be none, or an expression, has none.
pub(super) fn client_fields(api: &Api) -> Vec<ClientField<'_>> {
    let mut fields: Vec<ClientField<'_>> = Vec::new();
    let usable = |name: &str| !name.is_empty() && !name.starts_with('=');
    for parameter in &api.client_parameters {
        let mut name = camel(&parameter.wire_name);
        if name.is_empty() || !usable(&parameter.wire_name) {
            continue;
        }
        while fields.iter().any(|field| field.name == name) {
            name.push_str("Parameter");
        }
        fields.push(ClientField { parameter, name });
    }
    fields
}

/// The field with the value of an operation's parameter, where it has one.
pub(super) fn field_of<'f>(fields: &'f [ClientField<'_>], own: &Parameter) -> Option<&'f str> {
    let is =
        |shared: &ClientParameter| shared.place == own.place && shared.wire_name == own.wire_name;
    let mut fields = fields.iter();
    let field = fields.find(|field| is(field.parameter))?;
    Some(&field.name)
}

/// `xAccountParameter`; empty where there is no word in ASCII.
fn camel(wire_name: &str) -> String {
    let ascii =
        |word: &String| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
    let mut name = String::new();
    for word in words(wire_name).iter().map(ascii) {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if name.is_empty() && first.is_ascii_alphabetic() => name.push(first),
            Some(first) if !name.is_empty() => name.push(first.to_ascii_uppercase()),
            _ => continue,
        }
        name.extend(letters);
    }
    if !name.is_empty() {
        name.push_str("Parameter");
    }
    name
}
