//! The inputs of a body.

use super::Context;
use super::body_options::{CLEAR, OPTIONS, beside_the_form, clearable, clears, hides_expressions};
use super::combined::{Rank, Ranked};
use crate::ir::{self, Action, Encoding, Kind, Media, Method, Record, Type, TypeId};
use crate::n8n::forms::{Carrier, Form, Forms, Input, at, merged, takes_empty, unique_labels};
use crate::n8n::model::{
    Body, BodyEncoding, BodyPart, DisplayOptions, OptionItem, Property, PropertyKind,
    PropertyOptions, Shape,
};
use crate::names::ResourceLabels;
use indexmap::IndexMap;
use serde_json::Value;

/// A body and its parameters.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) body: Body,
    pub(super) properties: Vec<Ranked>,
    /// For the operation's options: the members that can be cleared, and those that are written in JSON.
    pub(super) options: Vec<Property>,
}

/// What a body is made for.
#[derive(Clone, Copy)]
struct Of<'a, 'b> {
    action: &'a Action,
    body: &'a ir::Body,
    media: &'a Media,
    labels: &'b ResourceLabels,
    /// What stands on top already: required parameters outside the body.
    taken: &'b [Ranked],
}

/// How a body is read, and the inputs for it.
type Inputs = (Shape, Vec<Ranked>, Vec<Property>);

impl<'a> Context<'a> {
    /// The body of an action; `None` where it has none, or none that can be sent.
    pub(super) fn body(
        &self,
        action: &'a Action,
        labels: &ResourceLabels,
        taken: &[Ranked],
        forms: &mut Forms<'a>,
    ) -> Option<Made> {
        let body = action.body.as_ref()?;
        let media = body.preferred()?;
        let of = Of {
            action,
            body,
            media,
            labels,
            taken,
        };
        let is_structured = matches!(
            media.encoding,
            Encoding::Json | Encoding::Form(_) | Encoding::Multipart(_)
        );
        let record = self.api.record(&media.schema.ty).filter(|_| is_structured);
        let items = match self.api.resolved(&media.schema.ty) {
            Type::List(items) if media.encoding == Encoding::Json => self.api.record(&items.ty),
            _ => None,
        };
        let (shape, properties, options) = match (record, items) {
            (Some((id, record)), _) => self.members(of, id, record, forms)?,
            (None, Some(_)) => records(of, forms)?,
            (None, None) => single(of, forms)?,
        };
        let written = Body {
            media_type: sent(media),
            encoding: encoding(media),
            others: others(body, media),
            shape,
            required: body.required,
            clear: options
                .iter()
                .find(|option| option.name == CLEAR)
                .map(|option| vec![OPTIONS.to_owned(), option.name.clone()]),
            parts: parts(media),
        };
        Some(Made {
            body: written,
            properties,
            options,
        })
    }

    /// A body of members: the required ones on top, the others in a collection.
    fn members(
        &self,
        of: Of<'a, '_>,
        id: TypeId,
        record: &'a Record,
        forms: &mut Forms<'a>,
    ) -> Option<Inputs> {
        let levels = forms.levels(&of.media.schema);
        let mut members = forms.members(id, record, levels, carrier(of.media));
        if members.is_empty() {
            return match record.fields.is_empty() {
                true => single(of, forms),
                // Everything is read-only: there is a body, and nothing in it.
                false => Some((Shape::Object(IndexMap::new()), Vec::new(), Vec::new())),
            };
        }
        if !of.body.required && !always_has_body(of.action.method) {
            // Without a body nothing of it is required.
            let required = std::mem::take(&mut members.required);
            members.optional.extend(required);
        }
        for (_, form) in &mut members.required {
            tell_apart(&mut form.property, of.taken);
        }
        let (name, label) = collection(of.action);
        let clear = clears(of.action).then(|| clearable(record)).flatten();
        let (mut required, collection, shape) = members.split(name, label);
        unique_labels(&mut required);
        let inputs = required.iter().chain(&collection);
        let json = (of.media.encoding == Encoding::Json && hides_expressions(inputs))
            .then(beside_the_form);
        let shape = merged([
            Some(shape),
            json.as_ref()
                .map(|it| at(&[OPTIONS, &it.name], Shape::Json)),
        ]);
        let mut properties: Vec<Ranked> = Vec::new();
        for mut property in required {
            property.required = !takes_empty(&property);
            properties.push((Rank::Required, property));
        }
        properties.extend(collection.map(|it| (Rank::Fields, it)));
        let shape = forms.shared.add(self.api, id, shape);
        Some((shape, properties, clear.into_iter().chain(json).collect()))
    }
}

/// Whether a request of this method is about its body: many documents that do not say that the body is
/// required say it of the members.
pub(super) const fn always_has_body(method: Method) -> bool {
    matches!(method, Method::Post | Method::Put | Method::Patch)
}

/// Gives a member of the body another name and another label than what stands beside it has.
fn tell_apart(property: &mut Property, taken: &[Ranked]) {
    let labels = |label: &str| {
        let mut beside = taken.iter();
        beside.any(|(_, it)| it.display_name.eq_ignore_ascii_case(label))
    };
    if labels(&property.display_name) {
        property.display_name.push_str(" (Body)");
    }
    while taken.iter().any(|(_, it)| it.name == property.name) {
        property.name.push_str("InBody");
    }
}

/// The collection for the optional members of a body.
fn collection(action: &Action) -> (&'static str, &'static str) {
    match action.kind {
        Kind::UpdateOne | Kind::UpdateMany => ("updateFields", "Update Fields"),
        _ => ("additionalFields", "Additional Fields"),
    }
}

/// A list of records: rows, or JSON for who has them already.
///
/// Other bodies have no such choice: what lies too deep in them has a JSON editor at its place, beside
/// the inputs of everything else.
fn records<'a>(of: Of<'a, '_>, forms: &mut Forms<'a>) -> Option<Inputs> {
    let plural = if of.labels.many.is_empty() {
        "Records"
    } else {
        &of.labels.plural
    };
    let input = Input {
        levels: forms.levels(&of.media.schema) + 1,
        description: of.media.schema.description.as_deref(),
        ..Input::new("records".to_owned(), plural.to_owned(), &of.media.schema)
    };
    let Form {
        property: mut rows,
        shape,
    } = forms.form(&input)?;
    if rows.kind != PropertyKind::FixedCollection {
        return single(of, forms);
    }
    let choice = |value: &str, name: &str| OptionItem {
        name: name.to_owned(),
        value: Value::from(value),
        action: None,
        description: None,
    };
    let mut specify = Property::new(
        &format!("Specify {plural}"),
        "specifyRecords",
        PropertyKind::Options,
        "fields",
    );
    specify.options = PropertyOptions::Items(vec![
        choice("fields", "Using Fields Below"),
        choice("json", "Using JSON"),
    ]);
    let shown = |value: &str| {
        let mut shown = DisplayOptions::default();
        shown
            .show
            .insert("specifyRecords".to_owned(), vec![Value::from(value)]);
        Some(shown)
    };
    rows.required = of.body.required;
    rows.display_options = shown("fields");
    let mut json = Property::new(
        &format!("{plural} (JSON)"),
        "recordsJson",
        PropertyKind::Json,
        "[]",
    );
    json.required = of.body.required;
    json.display_options = shown("json");
    let among = IndexMap::from([
        ("fields".to_owned(), at(&["records"], shape)),
        ("json".to_owned(), at(&["recordsJson"], Shape::Json)),
    ]);
    let shape = Shape::Choose {
        choose: "specifyRecords".to_owned(),
        among,
    };
    let properties = [specify, rows, json];
    let properties = properties
        .map(|it| (Rank::Records, it))
        .into_iter()
        .collect();
    Some((shape, properties, Vec::new()))
}

/// A body that is one value.
fn single<'a>(of: Of<'a, '_>, forms: &mut Forms<'a>) -> Option<Inputs> {
    let form = match encoding(of.media) {
        BodyEncoding::Binary => file(),
        BodyEncoding::Text => text(of.body.description.as_deref()),
        BodyEncoding::Json | BodyEncoding::Form | BodyEncoding::Multipart => {
            let input = Input {
                levels: forms.levels(&of.media.schema),
                carrier: carrier(of.media),
                description: of.body.description.as_deref(),
                ..Input::new("body".to_owned(), "Body".to_owned(), &of.media.schema)
            };
            forms.form(&input)?
        }
    };
    let name = form.property.name.clone();
    if of.body.required {
        let mut property = form.property;
        property.required = !takes_empty(&property);
        let shape = at(&[&name], form.shape);
        return Some((shape, vec![(Rank::Required, property)], Vec::new()));
    }
    let (collected, label) = collection(of.action);
    let mut collection = Property::new(
        label,
        collected,
        PropertyKind::Collection,
        Value::Object(serde_json::Map::new()),
    );
    collection.placeholder = Some("Add Field".to_owned());
    collection.options = PropertyOptions::Members(vec![form.property]);
    let shape = at(&[collected, &name], form.shape);
    Some((shape, vec![(Rank::Fields, collection)], Vec::new()))
}

/// The name of a file of the item, in n8n's own words.
fn file() -> Form {
    let mut property = Property::new(
        "Input Data Field Name",
        "inputDataFieldName",
        PropertyKind::String,
        "data",
    );
    property.hint = Some("The name of the input field containing the file to send".to_owned());
    Form {
        property,
        shape: Shape::Binary,
    }
}

fn text(description: Option<&str>) -> Form {
    let mut property = Property::new("Body", "body", PropertyKind::String, "");
    property.type_options.rows = Some(4);
    property.description = description.and_then(|said| {
        crate::n8n::text::description(said, "Body", crate::n8n::text::Kind::Other)
    });
    Form {
        property,
        shape: Shape::Text,
    }
}

fn carrier(media: &Media) -> Carrier {
    match media.encoding {
        Encoding::Multipart(_) => Carrier::Parts,
        Encoding::Form(_) => Carrier::Text,
        _ => Carrier::Json,
    }
}

fn encoding(media: &Media) -> BodyEncoding {
    match media.encoding {
        Encoding::Json => BodyEncoding::Json,
        Encoding::Form(_) => BodyEncoding::Form,
        Encoding::Multipart(_) => BodyEncoding::Multipart,
        Encoding::Text | Encoding::Xml | Encoding::EventStream | Encoding::JsonLines => {
            BodyEncoding::Text
        }
        Encoding::Binary => BodyEncoding::Binary,
    }
}

/// What a file may be beside the media type that it is sent in where it is none of them.
fn others(body: &ir::Body, media: &Media) -> Vec<String> {
    let is_other = |it: &&Media| {
        let is_file = media.encoding == Encoding::Binary && it.encoding == Encoding::Binary;
        is_file && (it.media_type != media.media_type || it.media_type.contains('*'))
    };
    let others = body.media.iter().filter(is_other);
    others.map(|it| it.media_type.clone()).collect()
}

/// What `content-type` says: a range is none that a body can have, and the parameters of JSON's media
/// type have nothing to say (RFC 8259, section 11).
fn sent(media: &Media) -> String {
    let essence = media.media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let is_json = media.encoding == Encoding::Json;
    match media.media_type.contains('*') {
        true if is_json => "application/json".to_owned(),
        true => "application/octet-stream".to_owned(),
        false if is_json && essence == "application/json" => essence,
        false => media.media_type.clone(),
    }
}

fn parts(media: &Media) -> IndexMap<String, BodyPart> {
    let (Encoding::Form(parts) | Encoding::Multipart(parts)) = &media.encoding else {
        return IndexMap::new();
    };
    let said = parts.iter().filter(|part| {
        part.content_type.is_some()
            || part.style.is_some()
            || part.explode.is_some()
            || part.allow_reserved
    });
    said.map(|part| {
        let written = BodyPart {
            content_type: part.content_type.clone(),
            style: part.style,
            explode: part.explode,
            allow_reserved: part.allow_reserved,
        };
        (part.name.clone(), written)
    })
    .collect()
}
