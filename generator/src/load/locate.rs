//! From a JSON pointer to a line and a column.

use super::event::{Event, Reader};
use super::pointer;
use crate::diag::Position;

/// Where every node of a text stands, in the order of the text. Made on the first question, since
/// most compilations ask none.
#[derive(Debug, Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    step: Step,
    line: u32,
    column: u32,
    /// The first entry after this one's subtree.
    end: u32,
}

/// How a node is reached from its parent.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Root,
    Item,
    /// By a key, of which the hash is kept. A collision costs a wrong line in a message.
    Key(u32),
}

impl Index {
    /// Reads all events; stops quietly at an error, which loading has reported already. What is open
    /// there ends there.
    pub(super) fn new<'t>(reader: &mut impl Reader<'t>) -> Self {
        let mut indexer = Indexer::default();
        while let Ok(Some(event)) = reader.next() {
            indexer.event(&event, reader.position());
        }
        while !indexer.frames.is_empty() {
            indexer.close(reader.position());
        }
        Self {
            entries: indexer.entries,
        }
    }

    /// The position of the node at a pointer, or of the nearest ancestor that is there: of its key
    /// in a mapping, of itself elsewhere.
    pub(super) fn position(&self, pointer: &str) -> Position {
        let mut at = 0;
        let mut segments = pointer::segments(pointer);
        while let Some(segment) = segments.next() {
            at = match self.child(at, &segment) {
                Some(child) => child,
                // A raised schema has `examples: [x]` where its text says `example: x`.
                None if segment == "examples" => match self.child(at, "example") {
                    Some(example) => {
                        segments.next();
                        example
                    }
                    None => break,
                },
                None => break,
            };
        }
        let entry = self.entries.get(at);
        // An empty text has no entries.
        entry.map_or(Position { line: 1, column: 1 }, |entry| Position {
            line: entry.line as usize,
            column: entry.column as usize,
        })
    }

    fn child(&self, parent: usize, segment: &str) -> Option<usize> {
        let key = Step::Key(hash(segment));
        let mut items = pointer::index(segment);
        let end = self.entries.get(parent)?.end as usize;
        let mut at = parent + 1;
        let mut found = None;
        while at < end {
            let entry = self.entries.get(at)?;
            if entry.step == key {
                // Of a key that stands there twice the last one counts.
                found = Some(at);
            } else if entry.step == Step::Item {
                match items {
                    Some(0) => return Some(at),
                    Some(left) => items = Some(left - 1),
                    None => return None,
                }
            }
            at = entry.end as usize;
        }
        found
    }
}

/// An open mapping or sequence.
struct Frame {
    /// Its entry; none inside a key that is a collection.
    entry: Option<usize>,
    mapping: bool,
    /// The key that was read, when its value is next.
    key: Option<(u32, Position)>,
}

#[derive(Default)]
struct Indexer {
    entries: Vec<Entry>,
    frames: Vec<Frame>,
}

impl Indexer {
    fn event(&mut self, event: &Event<'_>, position: Position) {
        match event {
            Event::MappingStart { .. } => self.open(true, position),
            Event::SequenceStart { .. } => self.open(false, position),
            Event::End => self.close(position),
            Event::Scalar { text, .. } => self.leaf(text, position),
            Event::Alias(_) => self.leaf("", position),
        }
    }

    fn leaf(&mut self, text: &str, position: Position) {
        match self.frames.last_mut() {
            Some(frame) if frame.mapping && frame.key.is_none() => {
                frame.key = Some((hash(text), position));
            }
            _ => {
                self.enter(position);
            }
        }
    }

    fn open(&mut self, mapping: bool, position: Position) {
        let in_key = self
            .frames
            .last()
            .is_some_and(|frame| frame.entry.is_none() || (frame.mapping && frame.key.is_none()));
        let entry = if in_key {
            None
        } else {
            Some(self.enter(position))
        };
        self.frames.push(Frame {
            entry,
            mapping,
            key: None,
        });
    }

    fn close(&mut self, position: Position) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let length = small(self.entries.len());
        match frame.entry {
            Some(entry) => {
                if let Some(entry) = self.entries.get_mut(entry) {
                    entry.end = length;
                }
            }
            None => {
                if let Some(parent) = self.frames.last_mut()
                    && parent.entry.is_some()
                {
                    parent.key = Some((hash(""), position));
                }
            }
        }
    }

    /// Makes the entry of a node that begins here.
    fn enter(&mut self, position: Position) -> usize {
        let at = self.entries.len();
        let (step, position) = match self.frames.last_mut() {
            None => (Step::Root, position),
            Some(frame) => match frame.key.take() {
                Some((key, position)) => (Step::Key(key), position),
                None => (Step::Item, position),
            },
        };
        if self.frames.last().is_none_or(|frame| frame.entry.is_some()) {
            self.entries.push(Entry {
                step,
                line: small(position.line),
                column: small(position.column),
                end: small(at + 1),
            });
        }
        at
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// FNV-1a: short, and the same everywhere.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
