//! YAML anchors, and how much their aliases may add to a document.

use super::event::SyntaxError;
use crate::diag::Position;
use serde_json::Value;
use std::collections::HashMap;

/// How much anchors and aliases may copy in one file, in the units of [`Built::weight`]: about two
/// million nodes. A few lines of aliases to aliases could ask for more than there is memory.
const MAX_COPIED: usize = 128 << 20;

/// What a node weighs without its text: about what it takes in memory, in bytes.
pub(super) const NODE_WEIGHT: usize = 64;

/// A finished value and what it costs.
#[derive(Debug, Clone)]
pub(super) struct Built {
    pub(super) value: Value,
    /// How many levels of mappings and sequences it has; 0 for a scalar.
    pub(super) height: usize,
    pub(super) weight: usize,
}

impl Built {
    pub(super) fn scalar(value: Value, length: usize) -> Self {
        Self {
            value,
            height: 0,
            weight: NODE_WEIGHT + length,
        }
    }
}

/// The anchored nodes of a file.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    nodes: HashMap<usize, Built>,
    copied: usize,
}

impl Anchors {
    /// Remembers an anchored node for its aliases.
    pub(super) fn keep(
        &mut self,
        id: usize,
        built: &Built,
        position: Position,
    ) -> Result<(), SyntaxError> {
        self.charge(built.weight, position)?;
        self.nodes.insert(id, built.clone());
        Ok(())
    }

    /// What an alias stands for.
    pub(super) fn get(&mut self, id: usize, position: Position) -> Result<Built, SyntaxError> {
        let Some(built) = self.nodes.get(&id).cloned() else {
            let message = "the alias names a node that contains it";
            return Err(SyntaxError::new(position, message));
        };
        self.charge(built.weight, position)?;
        Ok(built)
    }

    fn charge(&mut self, weight: usize, position: Position) -> Result<(), SyntaxError> {
        self.copied = self.copied.saturating_add(weight);
        if self.copied > MAX_COPIED {
            let message = "the anchors and aliases up to here stand for too much data";
            return Err(SyntaxError::new(position, message));
        }
        Ok(())
    }
}
