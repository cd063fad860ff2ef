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
use serde_json::{Map, Value};
use specwright::ir::ResourceId;
use std::collections::BTreeMap;

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
    /// Where ids come from.
    pub(crate) random: Random,
}

impl Store {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            tables: BTreeMap::new(),
            last: 0,
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
    pub(crate) fn get_mut(&mut self, resource: ResourceId, id: &str) -> Option<&mut Row> {
        let table = self.tables.get_mut(&resource)?;
        table.rows.get_mut(table.by_id.get(id)?)
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
        let table = self.tables.entry(resource).or_default();
        table.by_id.insert(id, row.number);
        table.rows.insert(row.number, row.clone());
        row
    }

    /// Takes a record away for good.
    pub(crate) fn remove(&mut self, resource: ResourceId, id: &str) -> Option<Row> {
        let table = self.tables.get_mut(&resource)?;
        table.rows.remove(&table.by_id.remove(id)?)
    }

    /// The number of the next record.
    pub(crate) const fn next_number(&self) -> u64 {
        self.last + 1
    }
}
