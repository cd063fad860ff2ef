//! How a value is merged into a node (Overlay Specification 1.1, section "Action Object").

use super::action::kind;
use super::trace::Trace;
use crate::load::moves::Written;
use crate::load::pointer;
use serde_json::Value;

/// A value that cannot be merged into what is there.
pub(super) struct Fault {
    /// Where the value stands.
    pub(super) place: Written,
    /// The pointer of what is there.
    pub(super) target: String,
}

/// A merge on its way through a document.
pub(super) struct Merge<'a> {
    pub(super) trace: &'a mut Trace,
    pub(super) faults: &'a mut Vec<Fault>,
}

impl Merge<'_> {
    /// Merges a value that stands at `from` into the node at `at`. Objects merge member by member, lists
    /// are appended to, plain values replace each other.
    pub(super) fn merge(&mut self, node: &mut Value, at: &str, value: &Value, from: &Written) {
        match (node, value) {
            (Value::Object(map), Value::Object(members)) => {
                for (key, member) in members {
                    let at = below(at, key);
                    let from = from_below(from, key);
                    match map.get_mut(key) {
                        Some(known) if kind(known) == 1 && kind(member) != 1 => {
                            self.fault(&at, &from);
                        }
                        Some(known) => self.merge(known, &at, member, &from),
                        None => {
                            map.insert(key.clone(), member.clone());
                            self.trace.added(&at, from);
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(more)) => {
                for (index, item) in more.iter().enumerate() {
                    let added = below(at, &items.len().to_string());
                    self.trace
                        .added(&added, from_below(from, &index.to_string()));
                    items.push(item.clone());
                }
            }
            (Value::Array(items), item) => {
                let added = below(at, &items.len().to_string());
                self.trace.added(&added, from.clone());
                items.push(item.clone());
            }
            (node, value) if kind(node) == 2 && kind(value) == 2 => {
                *node = value.clone();
                self.trace.added(at, from.clone());
            }
            _ => self.fault(at, from),
        }
    }

    fn fault(&mut self, at: &str, from: &Written) {
        self.faults.push(Fault {
            place: from.clone(),
            target: at.to_owned(),
        });
    }
}

fn below(at: &str, key: &str) -> String {
    let mut below = at.to_owned();
    pointer::push(&mut below, key);
    below
}

fn from_below(from: &Written, key: &str) -> Written {
    Written {
        file: from.file.clone(),
        pointer: below(&from.pointer, key),
    }
}
