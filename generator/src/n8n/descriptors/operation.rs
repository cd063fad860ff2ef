//! An action's request and its parameters.

use super::combined::{Rank, Ranked};
use super::sections::{Section, section};
use super::{Context, response};
use crate::diag::{Code, Diagnostic};
use crate::ir::{self, Action, ActionId, Encoding, Idempotency, Kind, Place, Style};
use crate::n8n::client_fields::{client_fields, field_of};
use crate::n8n::forms::{
    Carrier, Form, Forms, Input, at, label, sorted, takes_empty, unique_labels, unique_names,
    without_empty,
};
use crate::n8n::model::{
    DisplayOptions, OperationDescriptor, OptionItem, Parameter, Property, PropertyKind,
    PropertyOptions, Request, ResponseReading, Shape,
};
use crate::n8n::{target, text};
use crate::names::{OperationNames, ResourceLabels, singular, words};
use serde_json::{Number, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The parameters of a request outside its body.
#[derive(Debug, Default)]
struct Outside {
    sent: Vec<Parameter>,
    required: Vec<Ranked>,
    sections: BTreeMap<Section, Vec<Property>>,
}

impl<'a> Context<'a> {
    /// An operation and its parameters.
    pub(super) fn operation(
        &self,
        id: ActionId,
        labels: &ResourceLabels,
        forms: &mut Forms<'a>,
    ) -> Option<(OperationDescriptor, Vec<Ranked>)> {
        let action = self.api.action(id)?;
        let names = self.names.operation(id)?;
        let mut outside = self.outside(action, forms);
        let made = self.body(action, labels, &outside.required, forms);
        let mut properties = std::mem::take(&mut outside.required);
        let body = match made {
            Some(made) => {
                let options = outside.sections.entry(Section::Options).or_default();
                options.extend(made.options);
                properties.extend(made.properties);
                Some(made.body)
            }
            None => None,
        };
        let response = response::reading(self.api, action);
        let pagination = response::pagination(self.api, action);
        if pagination.is_some() {
            properties.extend([(Rank::ReturnAll, return_all()), (Rank::Limit, limit())]);
        }
        if !response.simplify.is_empty() {
            properties.push((Rank::Simplify, simplify()));
        }
        if !response.others.is_empty() {
            let options = outside.sections.entry(Section::Options).or_default();
            options.push(media_type(&response));
        }
        properties.extend(outside.sections.into_iter().filter_map(collection));
        let (repeatable, idempotency_key) = match &action.idempotency {
            Idempotency::Safe | Idempotency::Idempotent => (true, None),
            Idempotency::Keyed { header } => (false, Some(header.clone())),
            Idempotency::Once => (false, None),
        };
        let request = Request {
            method: action.method.as_str().to_owned(),
            path: target::path(&action.segments),
            server: target::own_server(self.api, action),
            parameters: outside.sent,
            body,
            response,
            pagination,
            repeatable,
            idempotency_key,
            anonymous: target::is_anonymous(self.api, action),
        };
        let operation = OperationDescriptor {
            value: names.value.clone(),
            name: names.name.clone(),
            action: names.action.clone(),
            description: match &action.deprecation {
                Some(_) => Some(text::deprecated(
                    description(action, names),
                    text::Kind::Other,
                )),
                None => description(action, names),
            },
            request,
        };
        Some((operation, properties))
    }

    /// Path, query, header and cookie parameters: required ones, then optional ones, as they are sent.
    fn outside(&self, action: &'a Action, forms: &mut Forms<'a>) -> Outside {
        let mut outside = Outside::default();
        let size =
            response::pages(self.api, action).and_then(|pagination| pagination.size_parameter());
        let (required, optional): (Vec<_>, Vec<_>) = action
            .parameters
            .iter()
            .partition(|parameter| parameter.required);
        let mut taken: BTreeSet<(Option<Section>, String)> = BTreeSet::new();
        for (parameter, required) in required
            .into_iter()
            .map(|it| (it, true))
            .chain(optional.into_iter().map(|it| (it, false)))
        {
            if parameter.place == Place::Query && Some(parameter.wire_name.as_str()) == size {
                // Limit stands for it, and says nothing with Return All.
                let shape = at(&["limit"], Shape::Integer);
                outside.sent.push(sent(parameter, shape, false));
                continue;
            }
            if required && let Some(shape) = forms.untypable(&parameter.schema) {
                outside.sent.push(sent(parameter, shape, true));
                continue;
            }
            let Some(mut form) = self.parameter(action, parameter, forms) else {
                let message = format!("nothing can be set for `{}`", parameter.wire_name);
                let diagnostic =
                    Diagnostic::warning(Code::NotGenerated, parameter.origin.clone(), message);
                forms.say(diagnostic.action("the n8n node leaves it out"));
                continue;
            };
            if parameter.place == Place::Path && without_empty(&mut form) {
                let message = "the path cannot carry the empty text".to_owned();
                let origin = parameter.schema.origin.clone();
                let note = Diagnostic::warning(Code::NotGenerated, origin, message);
                forms.say(note.action("the n8n node leaves it out"));
            }
            let section = (!required).then(|| section(self.api, action, parameter));
            // One name in two places.
            while !taken.insert((section, form.property.name.clone())) {
                form.property.name = format!("{}In{}", form.property.name, place(parameter.place));
                form.property.display_name = format!(
                    "{} ({})",
                    form.property.display_name,
                    place(parameter.place)
                );
            }
            outside.add(parameter, form, section);
        }
        let shared = client_fields(self.api);
        for (sent, own) in outside.sent.iter_mut().filter_map(|sent| {
            let mut all = action.parameters.iter();
            let own = all.find(|it| it.place == sent.place && it.wire_name == sent.name)?;
            Some((sent, own))
        }) {
            sent.credential = field_of(&shared, own).map(str::to_owned);
        }
        outside
    }

    fn parameter(
        &self,
        action: &Action,
        parameter: &'a ir::Parameter,
        forms: &mut Forms<'a>,
    ) -> Option<Form> {
        let target = self.target(action, parameter);
        let mut label = label(&parameter.wire_name);
        if label == "ID"
            && let Some(target) = target.and_then(|it| self.names.resources.get(it))
        {
            label = format!("{} ID", target.name);
        }
        let input = Input {
            description: parameter.description.as_deref(),
            example: parameter.examples.first(),
            deprecated: parameter.deprecated,
            target,
            carrier: match parameter.content {
                Some((_, Encoding::Json)) => Carrier::Json,
                _ => Carrier::Text,
            },
            levels: forms.levels(&parameter.schema),
            wire_name: Some(&parameter.wire_name),
            ..Input::new(
                self.names.parameter(&parameter.wire_name).to_owned(),
                label,
                &parameter.schema,
            )
        };
        forms.form(&input)
    }

    /// The resource whose id a parameter is: the action's own on its item path, else the one that the
    /// parameter is named for.
    fn target(&self, action: &Action, parameter: &ir::Parameter) -> Option<usize> {
        let own = action.resource.filter(|id| {
            let source = self.api.resource(*id).and_then(|it| it.id.as_ref());
            parameter.place == Place::Path
                && source.is_some_and(|source| {
                    source.parameter == parameter.wire_name
                        && action.path.starts_with(&source.item_path)
                })
        });
        if let Some(own) = own {
            return Some(own.0);
        }
        if !matches!(parameter.place, Place::Path | Place::Query) {
            return None;
        }
        let found = words(&parameter.wire_name);
        let stem = match found.split_last() {
            Some((last, stem)) if (last == "id" || last == "uuid") && !stem.is_empty() => stem,
            _ => return None,
        };
        let stem = singular(stem);
        let mut named = self
            .api
            .resources
            .iter()
            .enumerate()
            .filter(|(_, resource)| resource.singular == stem && resource.id.is_some());
        let only = named.next().map(|(index, _)| index);
        only.filter(|_| named.next().is_none())
    }
}

impl Outside {
    fn add(&mut self, parameter: &ir::Parameter, form: Form, section: Option<Section>) {
        let Form {
            mut property,
            shape,
        } = form;
        let name = property.name.clone();
        let shape = match section {
            Some(section) => at(&[section.name(), &name], shape),
            None => at(&[&name], shape),
        };
        self.sent.push(sent(parameter, shape, section.is_none()));
        match section {
            Some(section) => self.sections.entry(section).or_default().push(property),
            None => {
                property.required = !takes_empty(&property);
                let rank = match parameter.place {
                    Place::Path => Rank::Path,
                    Place::Query | Place::Header | Place::Cookie => Rank::Required,
                };
                self.required.push((rank, property));
            }
        }
    }
}

pub(in crate::n8n) fn sent(parameter: &ir::Parameter, shape: Shape, required: bool) -> Parameter {
    let usual = match parameter.place {
        Place::Path | Place::Header => Style::Simple,
        Place::Query | Place::Cookie => Style::Form,
    };
    let content = parameter.content.as_ref();
    let content = content.map(|(media_type, encoding)| match encoding {
        Encoding::Json if media_type.contains('*') => "application/json".to_owned(),
        _ => media_type.clone(),
    });
    let explodes = parameter.style == Style::Form;
    Parameter {
        place: parameter.place,
        name: parameter.wire_name.clone(),
        shape,
        style: (parameter.style != usual).then_some(parameter.style),
        explode: (parameter.explode != explodes).then_some(parameter.explode),
        allow_reserved: parameter.allow_reserved,
        content,
        required,
        credential: None,
    }
}

const fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "Path",
        Place::Query => "Query",
        Place::Header => "Header",
        Place::Cookie => "Cookie",
    }
}

/// Optional parameters as one collection.
fn collection((section, mut members): (Section, Vec<Property>)) -> Option<Ranked> {
    unique_labels(&mut members);
    if members.is_empty() {
        return None;
    }
    let mut property = Property::new(
        section.label(),
        section.name(),
        PropertyKind::Collection,
        json!({}),
    );
    property.placeholder = Some(section.button().to_owned());
    property.options = PropertyOptions::Members(sorted(members));
    let rank = match section {
        Section::Filters => Rank::Filters,
        Section::Options => Rank::Options,
    };
    Some((rank, property))
}

/// Texts and defaults of the next three are n8n's (`node-param-description-wrong-for-limit` and others).
fn return_all() -> Property {
    let mut property = Property::new("Return All", "returnAll", PropertyKind::Boolean, false);
    property.description =
        Some("Whether to return all results or only up to a given limit".to_owned());
    property
}

fn limit() -> Property {
    let mut property = Property::new("Limit", "limit", PropertyKind::Number, 50);
    property.type_options.min_value = Some(Number::from(1));
    property.description = Some("Max number of results to return".to_owned());
    let mut shown = DisplayOptions::default();
    shown
        .show
        .insert("returnAll".to_owned(), vec![Value::from(false)]);
    property.display_options = Some(shown);
    property
}

/// The media type to ask for.
fn media_type(response: &ResponseReading) -> Property {
    let name = "responseMediaType";
    let default = response.accept.as_str();
    let mut property = Property::new("Response Media Type", name, PropertyKind::Options, default);
    let all = std::iter::once(&response.accept).chain(response.others.keys());
    let mut options: Vec<OptionItem> = all
        .map(|it| OptionItem {
            name: label(it),
            value: Value::from(it.as_str()),
            action: None,
            description: None,
        })
        .collect();
    unique_names(&mut options);
    options.sort_by_cached_key(|it| text::sort_key(&it.name));
    property.options = PropertyOptions::Items(options);
    property.description = Some("What the server is asked to answer with".to_owned());
    property
}

fn simplify() -> Property {
    let mut property = Property::new("Simplify", "simplify", PropertyKind::Boolean, true);
    property.description = Some(
        "Whether to return a simplified version of the response instead of the raw data".to_owned(),
    );
    property
}

/// What an operation does: the document's words where they say more than its name.
fn description(action: &Action, names: &OperationNames) -> Option<String> {
    if action.kind == Kind::Upsert && names.value == "upsert" {
        // `node-param-description-wrong-for-upsert`
        return Some(
            "Create a new record, or update the current one if it already exists (upsert)"
                .to_owned(),
        );
    }
    let said = |text: &Option<String>| {
        text.as_deref()
            .and_then(|text| text::description(text, &names.name, text::Kind::Other))
    };
    let same = |text: &String| text.eq_ignore_ascii_case(&names.action);
    match said(&action.summary) {
        Some(summary) if !same(&summary) => Some(summary),
        Some(_) => text::description(&names.action, &names.name, text::Kind::Other),
        None => said(&action.description),
    }
    .filter(|text| !text.eq_ignore_ascii_case(&names.name))
}
