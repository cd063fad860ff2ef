//! Maps that hold what an object has beside its known fields.

use std::collections::BTreeMap;

use serde_json::Value;

/// A map from unknown keys to their values.
pub trait Rest: Default {
    /// What the values are read as.
    type Value;

    /// Adds a value; one with the same key is replaced.
    fn put(&mut self, key: String, value: Self::Value);

    /// The entries, in the map's order.
    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a String, &'a Self::Value)>
    where
        Self::Value: 'a;
}

impl Rest for serde_json::Map<String, Value> {
    type Value = Value;

    fn put(&mut self, key: String, value: Value) {
        self.insert(key, value);
    }

    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a String, &'a Value)>
    where
        Value: 'a,
    {
        self.iter()
    }
}

impl<V> Rest for BTreeMap<String, V> {
    type Value = V;

    fn put(&mut self, key: String, value: V) {
        self.insert(key, value);
    }

    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a String, &'a V)>
    where
        V: 'a,
    {
        self.iter()
    }
}
