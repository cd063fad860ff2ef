//! YAML 1.2 as events, read by `saphyr-parser`.
//!
//! Events rather than `serde_yaml`'s values: that refuses a whole document for one integer beyond 64
//! bits, and knows no positions.

use super::event::{Event, Reader, SyntaxError};
use crate::diag::Position;
use saphyr_parser::{Event as Yaml, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};

/// Reads the first document of a YAML text.
pub(super) struct YamlReader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    position: Position,
    rest: Option<Position>,
    done: bool,
}

impl<'t> YamlReader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            parser: Parser::new_from_str(text),
            position: Position { line: 1, column: 1 },
            rest: None,
            done: false,
        }
    }

    fn pull(&mut self) -> Result<Yaml<'t>, SyntaxError> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.position = position(&span.start);
                Ok(event)
            }
            Some(Err(error)) => Err(syntax_error(&error)),
            None => Ok(Yaml::StreamEnd),
        }
    }

    /// Looks at what follows the document's end.
    fn finish(&mut self) -> Result<(), SyntaxError> {
        self.done = true;
        if let Yaml::DocumentStart(_) = self.pull()? {
            self.rest = Some(self.position);
        }
        Ok(())
    }
}

impl<'t> Reader<'t> for YamlReader<'t> {
    fn next(&mut self) -> Result<Option<Event<'t>>, SyntaxError> {
        while !self.done {
            let event = match self.pull()? {
                Yaml::StreamEnd => {
                    self.done = true;
                    break;
                }
                Yaml::DocumentEnd => {
                    self.finish()?;
                    break;
                }
                Yaml::Nothing | Yaml::StreamStart | Yaml::DocumentStart(_) => continue,
                Yaml::MappingStart(anchor, _) => Event::MappingStart {
                    anchor: anchor_of(anchor),
                },
                Yaml::SequenceStart(anchor, _) => Event::SequenceStart {
                    anchor: anchor_of(anchor),
                },
                Yaml::MappingEnd | Yaml::SequenceEnd => Event::End,
                Yaml::Alias(anchor) => Event::Alias(anchor),
                Yaml::Scalar(text, style, anchor, tag) => Event::Scalar {
                    plain: style == ScalarStyle::Plain && !tag.as_deref().is_some_and(is_text),
                    text,
                    anchor: anchor_of(anchor),
                },
            };
            return Ok(Some(event));
        }
        Ok(None)
    }

    fn position(&mut self) -> Position {
        self.position
    }

    fn rest(&self) -> Option<Position> {
        self.rest
    }
}

/// Anchors count from 1; 0 is none.
fn anchor_of(id: usize) -> Option<usize> {
    (id != 0).then_some(id)
}

/// Whether a tag makes a plain scalar a string: `!!str`, and `!` alone (YAML 1.2.2, section 6.9.1).
/// Other tags say nothing that JSON could keep.
fn is_text(tag: &Tag) -> bool {
    (tag.is_yaml_core_schema() && tag.suffix == "str")
        || (tag.handle.is_empty() && tag.suffix == "!")
}

fn position(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

fn syntax_error(error: &ScanError) -> SyntaxError {
    SyntaxError::new(position(error.marker()), error.info())
}
