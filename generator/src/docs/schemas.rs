//! The page of a schema.

use super::example::example;
use super::fields::{Table, Way};
use super::output::FieldRow;
use super::resources::field_rows;
use super::site::{Here, Site};
use super::{markdown, prose};
use crate::ir::{Additional, OtherWay, Role, Schema, Type, TypeBody, TypeDef, TypeId};
use serde::Serialize;

/// Uses that are listed on the page of a schema.
const MOST_USES: usize = 40;

/// What is put into the template of a schema's page. Texts are Markdown.
#[derive(Debug, Serialize)]
pub(super) struct SchemaView {
    title: String,
    about: String,
    facts: Vec<String>,
    /// What it is, where it is no object.
    shape: Vec<String>,
    rows: Vec<FieldRow>,
    values: Vec<ValueRow>,
    variants: Vec<VariantRow>,
    example: Option<String>,
    uses: Vec<String>,
    index: &'static str,
}

#[derive(Debug, Serialize)]
struct ValueRow {
    value: String,
    meaning: String,
}

#[derive(Debug, Serialize)]
struct VariantRow {
    name: String,
    ty: String,
    when: String,
}

/// Where types are used: links by `TypeId`, made once.
#[derive(Debug)]
pub(super) struct Uses(Vec<Vec<String>>);

impl Site<'_> {
    /// The page of a type.
    pub(super) fn schema(&self, id: TypeId, def: &TypeDef, uses: &Uses) -> SchemaView {
        let here = Here::Schema;
        let own = Schema {
            ty: Type::Named(id),
            ..Schema::default()
        };
        let way = way(def.role);
        let expanded = match def.role {
            Role::Event => 2,
            Role::Input | Role::Update | Role::Output | Role::Error | Role::Shared => 1,
        };
        let table = Table {
            here,
            way: Way::Both,
            expanded,
        };
        let about = def
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        let mut view = SchemaView {
            title: super::site::label(&self.schema_name(id)),
            about: prose::ended(&about),
            facts: self.schema_facts(id, def),
            shape: Vec::new(),
            rows: Vec::new(),
            values: Vec::new(),
            variants: Vec::new(),
            example: example(self.api, &own, way, true).map(|value| markdown::json(&value)),
            uses: uses.0.get(id.0).cloned().unwrap_or_default(),
            index: Site::index(here),
        };
        let rows = || field_rows(self.type_rows(id, table));
        match &def.body {
            TypeBody::Record(record) => {
                view.rows = rows();
                if record.additional == Additional::Forbidden {
                    view.shape.push("It has no other properties.".to_owned());
                }
            }
            TypeBody::Enum(of) => {
                let values = of.values.iter().map(|value| ValueRow {
                    value: super::limits::value_text(&value.value),
                    meaning: value
                        .description
                        .as_deref()
                        .map(prose::cell)
                        .unwrap_or_default(),
                });
                view.values = values.collect();
                let base = if of.integer { "An integer" } else { "A string" };
                view.shape.push(format!("{base} of a list of values."));
            }
            TypeBody::Union(union) => {
                view.shape.push("One of these.".to_owned());
                view.variants = self.variants(union, here);
                view.rows = rows();
            }
            TypeBody::Alias(schema) => {
                let ty = self.type_text(schema, here);
                let limits = self.limits(schema).join(" ");
                let null = if schema.nullable { ", or null" } else { "" };
                view.shape
                    .push(format!("It is {ty}{null}. {limits}").trim_end().to_owned());
                view.rows = rows();
            }
        }
        view
    }

    fn schema_facts(&self, id: TypeId, def: &TypeDef) -> Vec<String> {
        let mut facts = Vec::new();
        facts.extend(def.deprecated.then(|| "**Deprecated.**".to_owned()));
        let title = def
            .title
            .as_deref()
            .map(markdown::text)
            .filter(|it| !it.is_empty());
        facts.extend(title.map(|title| format!("Title: {title}.")));
        facts.extend(match def.role {
            Role::Input => Some("It is sent to make something.".to_owned()),
            Role::Update => Some("It is sent to change something.".to_owned()),
            Role::Output => Some("It is received.".to_owned()),
            Role::Error => Some("It is received when something went wrong.".to_owned()),
            Role::Event => Some("It comes with an event.".to_owned()),
            Role::Shared => None,
        });
        facts.extend(self.other_way(def));
        facts.extend(super::limits::rules(&def.rules));
        if let Some(rust) = &self.usage.rust
            && let Some(Some(name)) = rust.types.get(id.0)
        {
            facts.push(format!(
                "Rust: {}.",
                markdown::code(&format!("{}::{name}", rust.module))
            ));
        }
        facts.extend(
            def.default
                .as_ref()
                .map(|it| format!("Default: {}.", super::limits::value_text(it))),
        );
        facts
    }

    /// Where the page is of what the same schema is the other way.
    fn other_way(&self, def: &TypeDef) -> Option<String> {
        let link = |id| self.schema_link(id, Here::Schema);
        match def.other_way? {
            OtherWay::SentAs(id) => Some(format!("What is sent is {}.", link(id)?)),
            OtherWay::ReceivedAs(id) => Some(format!("What is received is {}.", link(id)?)),
        }
    }

    fn variants(&self, union: &crate::ir::Union, here: Here) -> Vec<VariantRow> {
        use crate::ir::{JsonType, VariantTest};
        let when = |test: &VariantTest| match test {
            VariantTest::Tag(values) => {
                let values: Vec<String> = values.iter().map(|it| markdown::cell_code(it)).collect();
                let tag = union.tag.as_deref().unwrap_or_default();
                format!("{} is {}", markdown::cell_code(tag), values.join(" or "))
            }
            VariantTest::Property(name) => format!("{} is there", markdown::cell_code(name)),
            VariantTest::JsonType(ty) => match ty {
                JsonType::Boolean => "it is a boolean".to_owned(),
                JsonType::Integer => "it is an integer".to_owned(),
                JsonType::Number => "it is a number".to_owned(),
                JsonType::String => "it is a string".to_owned(),
                JsonType::Array => "it is a list".to_owned(),
                JsonType::Object => "it is an object".to_owned(),
            },
            VariantTest::None => "nothing tells it apart".to_owned(),
        };
        let rows = union.variants.iter().map(|variant| VariantRow {
            name: markdown::text(&variant.name),
            ty: self.type_text(&variant.schema, here),
            when: when(&variant.test),
        });
        rows.collect()
    }

    /// Where each type is used: by actions, by events, in other types.
    pub(super) fn uses(&self) -> Uses {
        let here = Here::Schema;
        let mut uses: Vec<Vec<String>> = vec![Vec::new(); self.api.types.len()];
        let mut add = |schema: &Schema, link: &str| {
            let mut found = Vec::new();
            self.mentioned(schema, 0, &mut found);
            for id in found {
                if let Some(slot) = uses.get_mut(id.0)
                    && slot.len() < MOST_USES
                    && !slot.iter().any(|known| known == link)
                {
                    slot.push(link.to_owned());
                }
            }
        };
        for (index, action) in self.api.actions.iter().enumerate() {
            let Some(link) = self.action_link(crate::ir::ActionId(index), here) else {
                continue;
            };
            let bodies = action.body.iter().flat_map(|it| &it.media);
            let answers = action.outcome.responses.iter().flat_map(|it| &it.media);
            bodies
                .chain(answers)
                .for_each(|media| add(&media.schema, &link));
            action
                .parameters
                .iter()
                .for_each(|it| add(&it.schema, &link));
        }
        for (index, event) in self.api.events.iter().enumerate() {
            let Some(link) = self.event_link(index, here) else {
                continue;
            };
            let media = event.body.iter().flat_map(|it| &it.media);
            media.for_each(|media| add(&media.schema, &link));
        }
        for index in 0..self.api.types.len() {
            if let Some(link) = self.schema_link(TypeId(index), here) {
                let own = Schema {
                    ty: Type::Named(TypeId(index)),
                    ..Schema::default()
                };
                let mut found = Vec::new();
                self.inside(&own, 0, &mut found);
                for id in found {
                    if let Some(slot) = uses.get_mut(id.0)
                        && slot.len() < MOST_USES
                        && id.0 != index
                        && !slot.contains(&link)
                    {
                        slot.push(link.clone());
                    }
                }
            }
        }
        Uses(uses)
    }

    /// The types with a page that a schema mentions, through what has none.
    fn mentioned(&self, schema: &Schema, depth: usize, found: &mut Vec<TypeId>) {
        match &schema.ty {
            Type::Named(id) if self.has_page(*id) => found.push(*id),
            _ => self.inside(schema, depth, found),
        }
    }

    fn inside(&self, schema: &Schema, depth: usize, found: &mut Vec<TypeId>) {
        if depth > 8 {
            return;
        }
        match &schema.ty {
            Type::List(item) | Type::Map(item) => self.mentioned(item, depth + 1, found),
            Type::Tuple(items, rest) => {
                for item in items.iter().chain(rest.as_deref()) {
                    self.mentioned(item, depth + 1, found);
                }
            }
            Type::Named(id) => match self.api.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Record(record)) => {
                    for field in &record.fields {
                        self.mentioned(&field.schema, depth + 1, found);
                    }
                    if let Additional::Allowed(schema) = &record.additional {
                        self.mentioned(schema, depth + 1, found);
                    }
                }
                Some(TypeBody::Union(union)) => {
                    for variant in &union.variants {
                        self.mentioned(&variant.schema, depth + 1, found);
                    }
                }
                Some(TypeBody::Alias(schema)) => self.mentioned(schema, depth + 1, found),
                Some(TypeBody::Enum(_)) | None => {}
            },
            Type::Any | Type::Never | Type::Null | Type::Primitive(_) | Type::Constant(_) => {}
        }
    }
}

/// Which way a type travels, as its role says.
pub(super) const fn way(role: Role) -> Way {
    match role {
        Role::Input | Role::Update => Way::Sent,
        Role::Output | Role::Error | Role::Event => Way::Received,
        Role::Shared => Way::Both,
    }
}
