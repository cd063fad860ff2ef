//! In which text the nodes of a document stand after overlays.

use crate::load::moves::{Tree, Written};
use std::sync::Arc;

/// The nodes that overlays added or moved, by their pointers in the resulting document.
#[derive(Debug, Default)]
pub(in crate::load) struct Trace {
    nodes: Tree<Written>,
}

impl Trace {
    /// The file and the pointer there of what stands at a pointer of the document.
    pub(in crate::load) fn place(&self, document: &Arc<str>, pointer: &str) -> (Arc<str>, String) {
        match self.nodes.nearest(pointer) {
            Some((to, rest)) => {
                let file = to.file.as_ref().unwrap_or(document);
                (Arc::clone(file), format!("{}{rest}", to.pointer))
            }
            None => (Arc::clone(document), pointer.to_owned()),
        }
    }

    pub(super) fn added(&mut self, pointer: &str, from: Written) {
        let node = self.nodes.at(pointer);
        *node = Tree::new(from);
    }

    pub(super) fn removed(&mut self, pointer: &str) {
        *self.nodes.at(pointer) = Tree::default();
    }

    /// An item was removed from a list, of which `left` items are left: those behind it moved up.
    pub(super) fn removed_item(&mut self, list: &str, index: usize, left: usize) {
        for at in index..left {
            let next = format!("{list}/{}", at + 1);
            let place = self.written(&next);
            let mut moved = std::mem::take(self.nodes.at(&next));
            moved.set(place);
            *self.nodes.at(&format!("{list}/{at}")) = moved;
        }
    }

    fn written(&self, pointer: &str) -> Written {
        match self.nodes.nearest(pointer) {
            Some((to, rest)) => Written {
                file: to.file.clone(),
                pointer: format!("{}{rest}", to.pointer),
            },
            None => Written::here(pointer),
        }
    }
}
