//! Records in memory.
//!
//! ```text
//! model  what is known of a resource's records: their type, their id, their timestamps
//! seed   records to begin with
//! ```

mod model;
mod seed;

pub(crate) use model::{Model, models, plain};
pub(crate) use seed::seed;

use super::random::Random;
use super::refusal::{Fault, Refusal};
use serde_json::{Map, Value};
use specwright::ir::ResourceId;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

/// About how much memory all records may take.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Its id as it stands in a path.
    pub(crate) id: String,
    /// Its place in the order of creation; no two rows share one.
    pub(crate) number: u64,
    /// Its fields, by wire name.
    pub(crate) value: Map<String, Value>,
    /// Path parameters above it: `("ownerId", "7")` for what was made at `/owners/7/pets`.
    pub(crate) scope: Vec<(String, String)>,
    /// Whether it was removed and can be brought back.
    pub(crate) deleted: bool,
}

impl Row {
    fn bytes(&self) -> usize {
        let scope = self
            .scope
            .iter()
            .map(|(name, value)| name.len() + value.len());
        fields(&self.value) + self.id.len() + scope.sum::<usize>()
    }
}

/// What a value takes, roughly: its text, and what each value and key costs beside it.
fn bytes(value: &Value) -> usize {
    32 + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(bytes).sum(),
        Value::Object(object) => fields(object),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

fn fields(object: &Map<String, Value>) -> usize {
    let each = object
        .iter()
        .map(|(key, value)| 64 + key.len() + bytes(value));
    each.sum()
}

/// A record that is being changed; what it takes then is counted at the end.
#[derive(Debug)]
pub(crate) struct Changing<'s> {
    row: &'s mut Row,
    bytes: &'s mut usize,
}

impl Deref for Changing<'_> {
    type Target = Row;

    fn deref(&self) -> &Row {
        self.row
    }
}

impl DerefMut for Changing<'_> {
    fn deref_mut(&mut self) -> &mut Row {
        self.row
    }
}

impl Drop for Changing<'_> {
    fn drop(&mut self) {
        *self.bytes = self.bytes.saturating_add(self.row.bytes());
    }
}

/// The records of one resource, in the order of creation.
#[derive(Debug, Default)]
struct Table {
    rows: BTreeMap<u64, Row>,
    by_id: BTreeMap<String, u64>,
}

/// The records of all resources.
#[derive(Debug)]
pub(crate) struct Store {
    tables: BTreeMap<ResourceId, Table>,
    last: u64,
    /// About how much memory the records take.
    bytes: usize,
    /// How much they may take.
    pub(crate) most_bytes: usize,
    /// Where ids come from.
    pub(crate) random: Random,
}

impl Store {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            tables: BTreeMap::new(),
            last: 0,
            bytes: 0,
            most_bytes: MOST_BYTES,
            random: Random::new(seed),
        }
    }

    /// The records of a resource in the order of creation, removed ones included.
    pub(crate) fn rows(&self, resource: ResourceId) -> impl Iterator<Item = &Row> {
        self.tables
            .get(&resource)
            .into_iter()
            .flat_map(|table| table.rows.values())
    }

    /// A record by its id, a removed one too.
    pub(crate) fn get(&self, resource: ResourceId, id: &str) -> Option<&Row> {
        let table = self.tables.get(&resource)?;
        table.rows.get(table.by_id.get(id)?)
    }

    /// A record by its id, to change it.
    pub(crate) fn get_mut(&mut self, resource: ResourceId, id: &str) -> Option<Changing<'_>> {
        let table = self.tables.get_mut(&resource)?;
        let row = table.rows.get_mut(table.by_id.get(id)?)?;
        self.bytes = self.bytes.saturating_sub(row.bytes());
        Some(Changing {
            row,
            bytes: &mut self.bytes,
        })
    }

    /// Refuses with 507 what there is no room for.
    pub(crate) fn check_room(&self, bytes: usize) -> Result<(), Refusal> {
        if bytes == 0 || self.bytes.saturating_add(bytes) <= self.most_bytes {
            return Ok(());
        }
        let message = format!("there is room for {} bytes of records", self.most_bytes);
        Err(Refusal::new(507, Fault::whole(message)))
    }

    /// Adds a record. The id must be free.
    pub(crate) fn add(
        &mut self,
        resource: ResourceId,
        id: String,
        value: Map<String, Value>,
        scope: Vec<(String, String)>,
    ) -> Row {
        self.last += 1;
        let row = Row {
            id: id.clone(),
            number: self.last,
            value,
            scope,
            deleted: false,
        };
        self.bytes = self.bytes.saturating_add(row.bytes());
        let table = self.tables.entry(resource).or_default();
        table.by_id.insert(id, row.number);
        table.rows.insert(row.number, row.clone());
        row
    }

    /// Takes a record away for good.
    pub(crate) fn remove(&mut self, resource: ResourceId, id: &str) -> Option<Row> {
        let table = self.tables.get_mut(&resource)?;
        let row = table.rows.remove(&table.by_id.remove(id)?)?;
        self.bytes = self.bytes.saturating_sub(row.bytes());
        Some(row)
    }

    /// The number of the next record.
    pub(crate) const fn next_number(&self) -> u64 {
        self.last + 1
    }
}
