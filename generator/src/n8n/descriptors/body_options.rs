//! What the options of an operation have for its body: members to clear, and members in JSON.

use crate::ir::{Action, Kind, Method, Record};
use crate::n8n::forms::{label, unique_names};
use crate::n8n::model::{OptionItem, Property, PropertyKind, PropertyOptions};
use serde_json::Value;

/// The collection of an operation's options.
pub(super) const OPTIONS: &str = "options";

/// The option with the members to clear.
pub(super) const CLEAR: &str = "fieldsToClear";

/// Whether members that are not sent stay as they are, so that there is a need to clear them.
pub(super) fn clears(action: &Action) -> bool {
    matches!(action.kind, Kind::UpdateOne | Kind::UpdateMany) || action.method == Method::Patch
}

/// "Fields to Clear": the members for which null can be sent.
pub(super) fn clearable(record: &Record) -> Option<Property> {
    let fields = record.fields.iter().filter(|field| {
        let is_data = !field.wire_name.is_empty() && !field.wire_name.starts_with('=');
        !field.required && !field.read_only && field.schema.nullable && is_data
    });
    let mut options: Vec<OptionItem> = fields
        .map(|field| OptionItem {
            name: label(&field.wire_name),
            value: Value::from(field.wire_name.as_str()),
            action: None,
            description: None,
        })
        .collect();
    if options.is_empty() {
        return None;
    }
    unique_names(&mut options);
    options.sort_by_cached_key(|it| crate::n8n::text::sort_key(&it.name));
    let nothing = Value::Array(Vec::new());
    let mut property = Property::new(
        "Fields to Clear",
        CLEAR,
        PropertyKind::MultiOptions,
        nothing,
    );
    property.description = Some("The fields whose values are removed".to_owned());
    property.options = PropertyOptions::Items(options);
    Some(property)
}

/// Whether a form has an input that no expression can fill, since n8n offers none for rows and
/// collections: the collection of optional members itself is none of these.
pub(super) fn hides_expressions<'p>(inputs: impl Iterator<Item = &'p Property>) -> bool {
    let mut members = inputs.flat_map(|input| match &input.options {
        PropertyOptions::Members(members) if is_of_the_form(input) => members.as_slice(),
        _ => std::slice::from_ref(input),
    });
    members.any(|member| {
        let kind = member.kind;
        matches!(
            kind,
            PropertyKind::Collection | PropertyKind::FixedCollection
        ) || member.type_options.multiple_values
    })
}

fn is_of_the_form(input: &Property) -> bool {
    matches!(input.name.as_str(), "additionalFields" | "updateFields")
}

/// Members of the body in JSON, which may be an expression.
pub(super) fn beside_the_form() -> Property {
    let mut property = Property::new("Body Fields (JSON)", "bodyJson", PropertyKind::Json, "");
    property.description = Some(
        "A JSON object whose members are sent beside those of the form, and instead of those with \
         the same name"
            .to_owned(),
    );
    property
}
