//! Events into a value.

use super::anchors::{Anchors, Built, NODE_WEIGHT};
use super::event::{Anchor, Event, Reader, SyntaxError};
use super::pointer;
use super::scalar::{Scalar, resolve};
use crate::diag::{Code, Diagnostic, Diagnostics, Position};
use crate::ir::Origin;
use serde_json::{Map, Value};
use std::sync::Arc;

/// How deep mappings and sequences may nest. Real documents stay below 60; everything after this
/// module may recurse over a value without a check of its own.
pub(super) const MAX_DEPTH: usize = 512;

/// How many warnings one file may give here. Each holds a pointer, and a file of hostile keys could
/// make them larger than memory.
const MAX_WARNINGS: usize = 500;

/// Reads the root value of a text. What is odd but readable becomes a warning.
pub(super) fn build<'t>(
    file: &Arc<str>,
    reader: &mut impl Reader<'t>,
    diagnostics: &mut Diagnostics,
) -> Result<Value, SyntaxError> {
    let mut builder = Builder {
        file,
        frames: Vec::new(),
        anchors: Anchors::default(),
        warnings: 0,
        diagnostics,
    };
    let mut root = None;
    while let Some(event) = reader.next()? {
        if let Some(done) = builder.event(event, reader)? {
            root = Some(done);
        }
    }
    if let Some(position) = reader.rest() {
        let message = "a second YAML document begins here";
        builder.warn(position, |origin| {
            Diagnostic::warning(Code::Syntax, origin, message)
                .action("only the first document of the file was read")
        });
    }
    Ok(root.unwrap_or(Value::Null))
}

/// A mapping or sequence that is still open.
struct Frame {
    container: Container,
    anchor: Anchor,
    /// The height of its highest child, and the weight of all.
    height: usize,
    weight: usize,
}

enum Container {
    Sequence(Vec<Value>),
    Mapping {
        map: Map<String, Value>,
        /// What `<<` brings in, in the order written.
        merges: Vec<Value>,
        slot: Slot,
    },
}

/// What the next node of a mapping is.
enum Slot {
    Key,
    ValueOf(String),
    Merge,
    /// The value of a key that cannot be one.
    Dropped,
}

struct Builder<'a> {
    file: &'a Arc<str>,
    frames: Vec<Frame>,
    anchors: Anchors,
    warnings: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Builder<'_> {
    /// Takes one event in; gives the root when it is complete.
    fn event<'t>(
        &mut self,
        event: Event<'t>,
        reader: &mut impl Reader<'t>,
    ) -> Result<Option<Value>, SyntaxError> {
        let (built, anchor) = match event {
            Event::MappingStart { anchor } => {
                let mapping = Container::Mapping {
                    map: Map::new(),
                    merges: Vec::new(),
                    slot: Slot::Key,
                };
                return self.open(mapping, anchor, reader);
            }
            Event::SequenceStart { anchor } => {
                return self.open(Container::Sequence(Vec::new()), anchor, reader);
            }
            Event::End => match self.frames.pop() {
                Some(frame) => self.close(frame, reader),
                None => return Ok(None),
            },
            Event::Alias(anchor) => {
                let built = self.anchors.get(anchor, reader.position())?;
                self.check_depth(built.height, reader)?;
                (built, None)
            }
            Event::Scalar {
                text,
                plain,
                anchor,
            } => {
                if self.expects_key() {
                    let merge = plain && text == "<<" && anchor.is_none();
                    if let Some(id) = anchor {
                        let value = Value::String(text.clone().into_owned());
                        let built = Built::scalar(value, text.len());
                        self.anchors.keep(id, &built, reader.position())?;
                    }
                    self.key(text.into_owned(), merge, reader);
                    return Ok(None);
                }
                let length = text.len();
                let value = self.scalar(text.into_owned(), plain, reader);
                (Built::scalar(value, length), anchor)
            }
        };
        if let Some(id) = anchor {
            self.anchors.keep(id, &built, reader.position())?;
        }
        Ok(self.add(built, reader))
    }

    fn open<'t>(
        &mut self,
        container: Container,
        anchor: Anchor,
        reader: &mut impl Reader<'t>,
    ) -> Result<Option<Value>, SyntaxError> {
        self.check_depth(1, reader)?;
        self.frames.push(Frame {
            container,
            anchor,
            height: 0,
            weight: NODE_WEIGHT,
        });
        Ok(None)
    }

    /// Whether something of this height fits here.
    fn check_depth<'t>(
        &self,
        height: usize,
        reader: &mut impl Reader<'t>,
    ) -> Result<(), SyntaxError> {
        if self.frames.len() + height > MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return Err(SyntaxError::new(reader.position(), message));
        }
        Ok(())
    }

    fn close<'t>(&mut self, frame: Frame, reader: &mut impl Reader<'t>) -> (Built, Anchor) {
        let value = match frame.container {
            Container::Sequence(items) => Value::Array(items),
            Container::Mapping {
                mut map, merges, ..
            } => {
                for merge in merges {
                    self.merge(&mut map, merge, reader.position());
                }
                Value::Object(map)
            }
        };
        let built = Built {
            value,
            height: frame.height + 1,
            weight: frame.weight,
        };
        (built, frame.anchor)
    }

    /// Applies a YAML 1.1 merge key: what the mapping says itself comes first, then the sources in
    /// their order.
    fn merge(&mut self, map: &mut Map<String, Value>, merge: Value, position: Position) {
        let sources = match merge {
            Value::Array(sources) => sources,
            source => vec![source],
        };
        for source in sources {
            if let Value::Object(source) = source {
                for (key, value) in source {
                    map.entry(key).or_insert(value);
                }
            } else {
                let message = "`<<` must name a mapping, or a list of mappings";
                self.warn(position, |origin| {
                    Diagnostic::warning(Code::WrongType, origin.child("<<"), message)
                        .action("what is not a mapping was not merged")
                });
            }
        }
    }

    fn expects_key(&self) -> bool {
        let top = self.frames.last().map(|frame| &frame.container);
        matches!(
            top,
            Some(Container::Mapping {
                slot: Slot::Key,
                ..
            })
        )
    }

    fn scalar<'t>(&mut self, text: String, plain: bool, reader: &mut impl Reader<'t>) -> Value {
        if !plain {
            return Value::String(text);
        }
        match resolve(&text) {
            Scalar::Exact(value) => value,
            Scalar::Rounded(value) => {
                self.warn(reader.position(), |origin| {
                    let message = format!("`{}` does not fit into 64 bits", shorten(&text));
                    Diagnostic::note(Code::BadValue, origin, message)
                        .action("it was read as the nearest floating-point number")
                });
                value
            }
            Scalar::Unwritable => {
                self.warn(reader.position(), |origin| {
                    let message =
                        format!("`{}` is a number that JSON cannot write", shorten(&text));
                    Diagnostic::warning(Code::BadValue, origin, message)
                        .action("it was read as text")
                });
                Value::String(text)
            }
        }
    }

    /// Puts a finished node where it belongs; gives it back when it is the root.
    fn add<'t>(&mut self, built: Built, reader: &mut impl Reader<'t>) -> Option<Value> {
        if self.expects_key() {
            self.value_as_key(built.value, reader);
            return None;
        }
        let Some(frame) = self.frames.last_mut() else {
            return Some(built.value);
        };
        frame.height = frame.height.max(built.height);
        frame.weight = frame.weight.saturating_add(built.weight);
        match &mut frame.container {
            Container::Sequence(items) => items.push(built.value),
            Container::Mapping { map, merges, slot } => match std::mem::replace(slot, Slot::Key) {
                Slot::ValueOf(key) => {
                    map.insert(key, built.value);
                }
                Slot::Merge => merges.push(built.value),
                Slot::Key | Slot::Dropped => {}
            },
        }
        None
    }

    /// An alias or a whole collection in the place of a key.
    fn value_as_key<'t>(&mut self, value: Value, reader: &mut impl Reader<'t>) {
        match value {
            Value::String(key) => self.key(key, false, reader),
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                self.key(value.to_string(), false, reader);
            }
            Value::Array(_) | Value::Object(_) => {
                let message = "a key must be a string, but is a mapping or a list";
                self.warn(reader.position(), |origin| {
                    Diagnostic::warning(Code::WrongType, origin, message)
                        .action("the entry was left out")
                });
                self.set_slot(Slot::Dropped);
            }
        }
    }

    fn key<'t>(&mut self, key: String, merge: bool, reader: &mut impl Reader<'t>) {
        if merge {
            self.set_slot(Slot::Merge);
            return;
        }
        let Some(Frame {
            container: Container::Mapping { map, slot, .. },
            weight,
            ..
        }) = self.frames.last_mut()
        else {
            return;
        };
        *weight = weight.saturating_add(key.len());
        let duplicate = map.contains_key(&key);
        *slot = Slot::ValueOf(key);
        if duplicate {
            self.warn(reader.position(), |origin| {
                let key = pointer::last(&origin.pointer);
                let message = format!("the key `{}` stands here twice", shorten(&key));
                Diagnostic::warning(Code::DuplicateKey, origin, message)
                    .action("the last one counts")
            });
        }
    }

    fn set_slot(&mut self, new: Slot) {
        if let Some(Frame {
            container: Container::Mapping { slot, .. },
            ..
        }) = self.frames.last_mut()
        {
            *slot = new;
        }
    }

    /// Says something about the node that comes next, unless too much was said already.
    fn warn(&mut self, position: Position, say: impl FnOnce(Origin) -> Diagnostic) {
        self.warnings += 1;
        if self.warnings <= MAX_WARNINGS {
            let diagnostic = say(self.origin()).position(position);
            self.diagnostics.push(diagnostic);
        } else if self.warnings == MAX_WARNINGS + 1 {
            let message = format!("there are more than {MAX_WARNINGS} things like these");
            let origin = Origin::new(Arc::clone(self.file), "");
            let diagnostic = Diagnostic::warning(Code::Syntax, origin, message)
                .action("the others of this file are not listed")
                .position(position);
            self.diagnostics.push(diagnostic);
        }
    }

    /// The place that the next node takes.
    fn origin(&self) -> Origin {
        let mut pointer = String::new();
        for frame in &self.frames {
            match &frame.container {
                Container::Sequence(items) => pointer::push_index(&mut pointer, items.len()),
                Container::Mapping { slot, .. } => match slot {
                    Slot::ValueOf(key) => pointer::push(&mut pointer, key),
                    Slot::Merge => pointer::push(&mut pointer, "<<"),
                    Slot::Key | Slot::Dropped => {}
                },
            }
        }
        Origin::new(Arc::clone(self.file), pointer)
    }
}

/// The beginning of a text, for a message.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}
