//! One action: what it selects, and what it does to it.

use super::Applied;
use super::merge::{Fault, Merge};
use super::select::select;
use crate::diag::Code;
use crate::load::moves::Written;
use crate::load::pointer;
use serde_json::Value;
use std::sync::Arc;

/// Members of an action.
const KNOWN: [&str; 5] = ["target", "description", "update", "copy", "remove"];

impl Applied<'_> {
    /// Does an action of the overlay; `at` is its place there.
    pub(super) fn action(&mut self, action: &Value, at: &str) {
        for key in action.as_object().into_iter().flat_map(|map| map.keys()) {
            if !KNOWN.contains(&key.as_str()) && !key.starts_with("x-") {
                self.unknown(&format!("{at}/{key}"), key);
            }
        }
        let Some(targets) = self.select(action, "target", at) else {
            return;
        };
        let removes = action.get("remove").and_then(Value::as_bool) == Some(true);
        if removes {
            self.remove(targets, at);
        } else if let Some(update) = action.get("update") {
            let from = Written {
                file: Some(Arc::clone(&self.overlay.path)),
                pointer: format!("{at}/update"),
            };
            self.merge(&targets, update, &from, at);
        } else if action.get("copy").is_some() {
            self.copy(&targets, action, at);
        } else {
            let message = "an action needs one of `update`, `remove` and `copy`".to_owned();
            let error = self.error(Code::Config, at, message);
            self.diagnostics.push(error);
        }
    }

    /// The pointers that a JSONPath of an action selects, each once; none where it is no JSONPath or
    /// selects nothing, which is said.
    fn select(&mut self, action: &Value, key: &str, at: &str) -> Option<Vec<String>> {
        let path = action.get(key);
        let place = format!("{at}/{key}");
        let Some(text) = path.and_then(Value::as_str) else {
            let message = format!("`{key}` must be a JSONPath");
            let error = self.error(
                Code::Config,
                if path.is_some() { &place } else { at },
                message,
            );
            self.diagnostics.push(error);
            return None;
        };
        let found = match select(self.root, text) {
            Ok(found) => found,
            Err(reason) => {
                let message = format!("`{key}` {reason}");
                let error = self.error(Code::Config, &place, message);
                self.diagnostics.push(error);
                return None;
            }
        };
        if found.is_empty() {
            let message = format!("nothing in {} matches `{text}`", self.document);
            let error = self.error(Code::StaleOverride, &place, message);
            let hint = "correct it, or remove the action if the document needs it no more";
            self.diagnostics
                .push(error.action("nothing was changed").hint(hint));
            return None;
        }
        Some(found)
    }

    /// Takes nodes out, from the back, so that the pointers of the others stay valid.
    fn remove(&mut self, mut targets: Vec<String>, at: &str) {
        targets.sort_by_cached_key(|target| {
            let segments: Vec<(usize, String)> = pointer::segments(target)
                .map(|segment| (pointer::index(&segment).unwrap_or(0), segment.into_owned()))
                .collect();
            std::cmp::Reverse(segments)
        });
        for target in targets {
            let Some((parent, segment)) = target.rsplit_once('/') else {
                let message = "the whole document cannot be removed".to_owned();
                let error = self.error(Code::Config, &format!("{at}/target"), message);
                self.diagnostics.push(error);
                return;
            };
            match self.root.pointer_mut(parent) {
                Some(Value::Object(map)) => {
                    map.shift_remove(&*pointer::last(&target));
                    self.trace.removed(&target);
                }
                Some(Value::Array(items)) => {
                    let index = pointer::index(segment).filter(|index| *index < items.len());
                    if let Some(index) = index {
                        items.remove(index);
                        self.trace.removed_item(parent, index, items.len());
                    }
                }
                _ => {}
            }
        }
    }

    fn copy(&mut self, targets: &[String], action: &Value, at: &str) {
        let Some(sources) = self.select(action, "copy", at) else {
            return;
        };
        let [source] = sources.as_slice() else {
            let message = format!("`copy` must select one node, and selects {}", sources.len());
            let error = self.error(Code::Config, &format!("{at}/copy"), message);
            self.diagnostics.push(error);
            return;
        };
        let from = self.trace.place(self.document, source);
        let from = Written {
            file: Some(from.0),
            pointer: from.1,
        };
        if let Some(value) = self.root.pointer(source).cloned() {
            self.merge(targets, &value, &from, at);
        }
    }

    /// Merges a value, which stands at `from`, into nodes.
    fn merge(&mut self, targets: &[String], value: &Value, from: &Written, at: &str) {
        let kinds: Vec<_> = targets
            .iter()
            .filter_map(|target| Some(kind(self.root.pointer(target)?)))
            .collect();
        if kinds
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one != other))
        {
            let message = "the target selects nodes of several kinds".to_owned();
            let error = self.error(Code::Config, &format!("{at}/target"), message);
            let hint = "select objects, lists or plain values, not several of them";
            self.diagnostics.push(error.hint(hint));
            return;
        }
        for target in targets {
            let mut faults = Vec::new();
            if let Some(node) = self.root.pointer_mut(target) {
                let mut merge = Merge {
                    trace: self.trace,
                    faults: &mut faults,
                };
                merge.merge(node, target, value, from);
            }
            for Fault { place, target } in faults {
                self.incompatible(&place, &target, at);
            }
        }
    }

    fn incompatible(&mut self, place: &Written, target: &str, at: &str) {
        let is_own = place.file.as_ref() == Some(&self.overlay.path);
        let pointer = if is_own { place.pointer.as_str() } else { at };
        let message = format!("this cannot be merged into what is at {target} in the document");
        let error = self.error(Code::WrongType, pointer, message);
        let hint = "objects merge with objects, lists with lists, plain values with plain values; \
                    remove what is there first";
        self.diagnostics
            .push(error.action("it was left out").hint(hint));
    }
}

/// What can be merged with what: objects, lists, and plain values.
pub(super) fn kind(value: &Value) -> u8 {
    match value {
        Value::Object(_) => 0,
        Value::Array(_) => 1,
        _ => 2,
    }
}
