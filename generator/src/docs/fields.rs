//! The properties of an object as rows of a table, with those of the objects in it.

use super::site::{Here, Site};
use super::types::MOST_VARIANTS;
use super::{markdown, prose};
use crate::config::NoteKind;
use crate::ir::{Additional, Field, Record, Schema, Type, TypeBody, TypeId, Union};

/// Rows that a record with a page of its own may add where it is mentioned; a larger one is a link.
const MOST_EXPANDED: usize = 80;

/// Rows of one table. Documents can have any number; what is left out has a page or is said to be.
const MOST_ROWS: usize = 4_000;

/// A row of a table of properties. Texts are Markdown for a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The keys from the whole value, as text: `object.email`, `items[].id`.
    pub(super) path: String,
    /// Its type.
    pub(super) ty: String,
    /// Whether it must be there.
    pub(super) required: bool,
    /// Whether it may be null.
    pub(super) nullable: bool,
    /// Whether the configuration says that it is needed in practice.
    pub(super) essential: bool,
    /// What it is, with its limits.
    pub(super) meaning: String,
    /// What the field is called in Rust.
    pub(super) rust: Option<String>,
}

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the API: nothing that is read-only.
    Sent,
    /// From the API: nothing that is write-only.
    Received,
    /// Both, or it is not known.
    Both,
}

/// How a table of properties is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    /// Where it stands.
    pub(super) here: Here,
    /// Which way the value travels.
    pub(super) way: Way,
    /// Records with a page of their own within each other that are shown in place.
    pub(super) expanded: usize,
}

impl Site<'_> {
    /// The rows of a value; none where it has no properties.
    pub(super) fn rows(&self, schema: &Schema, table: Table) -> Vec<Row> {
        let mut rows = Rows {
            site: self,
            table,
            rows: Vec::new(),
            within: Vec::new(),
        };
        rows.open(&schema.ty, "", table.expanded);
        rows.rows
    }

    /// The rows of a type with a page, on that page.
    pub(super) fn type_rows(&self, id: TypeId, table: Table) -> Vec<Row> {
        let schema = Schema {
            ty: Type::Named(id),
            ..Schema::default()
        };
        self.rows(&schema, table)
    }

    /// Description, marks and limits of a value, as a cell.
    pub(super) fn meaning(&self, schema: &Schema, marks: &[&str]) -> String {
        let own = schema.description.as_deref().or(schema.title.as_deref());
        let of_type = || match &schema.ty {
            Type::Named(id) => self.api.type_def(*id)?.description.as_deref(),
            _ => None,
        };
        let said = own.map(prose::cell).filter(|text| !text.is_empty());
        let said = said.or_else(|| of_type().map(prose::first_line));
        let mut parts: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
        parts.extend(
            said.filter(|text| !text.is_empty())
                .map(|text| prose::ended(&text)),
        );
        joined_cell(&parts.join(" "), &self.limits(schema))
    }
}

/// A description and sentences behind it, which do not belong to the last item of a list in it.
pub(super) fn joined_cell(said: &str, sentences: &[String]) -> String {
    let between = if said.contains("<br>") { "<br>" } else { " " };
    match (said, sentences) {
        (said, []) => said.to_owned(),
        ("", sentences) => sentences.join(" "),
        (said, sentences) => format!("{said}{between}{}", sentences.join(" ")),
    }
}

struct Rows<'a, 's> {
    site: &'s Site<'a>,
    table: Table,
    rows: Vec<Row>,
    /// The types that are being shown.
    within: Vec<TypeId>,
}

impl Rows<'_, '_> {
    /// Adds the rows of what a type holds; `levels` are the records with pages that may be opened.
    fn open(&mut self, ty: &Type, path: &str, levels: usize) {
        if self.rows.len() >= MOST_ROWS {
            return;
        }
        match ty {
            Type::List(item) => self.open(&item.ty, &format!("{path}[]"), levels),
            Type::Map(item) => self.open(&item.ty, &joined(path, "*"), levels),
            Type::Tuple(items, rest) => {
                for (index, item) in items.iter().enumerate() {
                    self.open(&item.ty, &format!("{path}[{index}]"), levels);
                }
                if let Some(rest) = rest {
                    self.open(&rest.ty, &format!("{path}[]"), levels);
                }
            }
            Type::Named(id) => self.named(*id, path, levels),
            Type::Any | Type::Never | Type::Null | Type::Primitive(_) | Type::Constant(_) => {}
        }
    }

    fn named(&mut self, id: TypeId, path: &str, levels: usize) {
        let Some(def) = self.site.api.type_def(id) else {
            return;
        };
        let has_page = self.site.has_page(id);
        let is_whole = path.trim_end_matches("[]").is_empty();
        // The value itself is always opened: its table is what is asked for.
        let is_elsewhere = has_page && !is_whole;
        let closed = is_elsewhere && (levels == 0 || self.size(id) > MOST_EXPANDED);
        if closed || self.within.contains(&id) {
            return;
        }
        let levels = levels.saturating_sub(usize::from(is_elsewhere));
        self.within.push(id);
        match &def.body {
            TypeBody::Record(record) => self.record(id, record, path, levels),
            TypeBody::Union(union) => self.union(union, path, levels),
            TypeBody::Alias(schema) => self.open(&schema.ty, path, levels),
            TypeBody::Enum(_) => {}
        }
        self.within.pop();
    }

    /// How many rows a record would add by itself.
    fn size(&self, id: TypeId) -> usize {
        match self.site.api.type_def(id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => record.fields.len(),
            Some(TypeBody::Union(union)) => union.variants.len(),
            Some(TypeBody::Enum(_) | TypeBody::Alias(_)) | None => 0,
        }
    }

    fn record(&mut self, id: TypeId, record: &Record, path: &str, levels: usize) {
        let usage = self.site.usage.rust.as_ref();
        let names = usage.and_then(|rust| rust.fields.get(id.0));
        for (index, field) in record.fields.iter().enumerate() {
            let hidden = match self.table.way {
                Way::Sent => field.read_only,
                Way::Received => field.write_only,
                Way::Both => false,
            };
            if !hidden {
                let rust = names.and_then(|names| names.get(index)).cloned();
                self.field(field, rust, path, levels);
            }
        }
        for pattern in &record.patterns {
            let keys = joined(path, &format!("({})", pattern.pattern));
            let meaning = "Every property whose name matches the expression.";
            self.others(&pattern.schema, keys, meaning, levels);
        }
        if let Additional::Allowed(schema) = &record.additional {
            self.others(schema, joined(path, "*"), "Every other property.", levels);
        }
    }

    fn field(&mut self, field: &Field, rust: Option<String>, path: &str, levels: usize) {
        let mut marks = Vec::new();
        let deprecated = field.schema.deprecated;
        marks.extend(deprecated.then_some("**Deprecated.**"));
        marks.extend(field.read_only.then_some("**Read-only.**"));
        marks.extend(field.write_only.then_some("**Write-only.**"));
        marks.extend(field.secret.then_some("**Secret.**"));
        let path = joined(path, &field.wire_name);
        let mut meaning = vec![self.site.meaning(&field.schema, &marks)];
        meaning.extend(self.site.notes.meaning(&field.origin));
        meaning.retain(|text| !text.is_empty());
        self.push(Row {
            ty: self.site.type_text(&field.schema, self.table.here),
            essential: !self
                .site
                .notes
                .of_value(&field.origin, NoteKind::Essential)
                .is_empty(),
            required: field.required,
            nullable: field.schema.nullable,
            meaning: meaning.join(" "),
            path: path.clone(),
            rust,
        });
        // A relation leads to another record, which has a page of its own.
        let levels = match &field.relation {
            Some(relation) if !relation.by_id && !self.is_subject(field) => 0,
            _ => levels,
        };
        self.open(&field.schema.ty, &path, levels);
    }

    /// Whether a field of an event's payload is the record that the event is about.
    fn is_subject(&self, field: &Field) -> bool {
        let of_payload = |event: &crate::ir::Event| {
            event
                .payload
                .is_some_and(|id| self.within.first() == Some(&id))
                && event.record_path.first() == Some(&field.wire_name)
        };
        self.within.len() == 1 && self.site.api.events.iter().any(of_payload)
    }

    fn others(&mut self, schema: &Schema, path: String, meaning: &str, levels: usize) {
        let said = self.site.meaning(schema, &[]);
        self.push(Row {
            ty: self.site.type_text(schema, self.table.here),
            essential: false,
            required: false,
            nullable: schema.nullable,
            meaning: format!("{meaning} {said}").trim_end().to_owned(),
            path: path.clone(),
            rust: None,
        });
        self.open(&schema.ty, &path, levels);
    }

    /// The objects among the variants of a union, each under its name; those that a link leads to are
    /// on their own pages. What is required is what the variant requires.
    fn union(&mut self, union: &Union, path: &str, levels: usize) {
        let is_linked = !path.is_empty() || self.table.here == Here::Schema;
        for (index, variant) in union.variants.iter().enumerate() {
            let has_page = matches!(&variant.schema.ty, Type::Named(id) if self.site.has_page(*id));
            if is_linked && has_page && index < MOST_VARIANTS {
                continue;
            }
            let before = self.rows.len();
            self.open(&variant.schema.ty, path, levels);
            let name = markdown::visible(&variant.name);
            let own = self.rows.get_mut(before..).unwrap_or_default();
            for row in own.iter_mut().filter(|_| !name.is_empty()) {
                let mark = format!("As {}. ", markdown::text(&name));
                row.meaning.insert_str(0, &mark);
            }
        }
    }

    fn push(&mut self, row: Row) {
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}
