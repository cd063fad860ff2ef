//! XML bodies: what the models have as JSON, written and read as the document's `xml` keywords say.
//!
//! Models are the same for JSON and XML. Beside those that travel as XML, generated code has tables: which
//! element or attribute each property is (OpenAPI 3.1, section 4.8.26: the XML Object). With them a value
//! becomes XML, and XML a value, which serde then reads as the model.
//!
//! What is read is read tolerantly: the order of elements does not matter, prefixes do not, nor do elements
//! that the document does not name; a list may be inside an element of its own or not. Of several elements
//! where the document has one the first counts; where it has anything, they are a list. Text is whole: markup
//! in the middle of it is taken away, and its words stay. A document type is
//! skipped and declares nothing: an entity other than XML's own five is an error. What is written is as the
//! document says.
//!
//! ```
//! use specwright_runtime::xml::{self, Element, Field, Record, Shape};
//!
//! static PET: Record = Record::new(&[
//!     Field::new("id", Shape::Integer).attribute(),
//!     Field::new("name", Shape::Text).named("Name"),
//!     Field::new("tags", Shape::Text).named("tag").repeated(),
//! ]);
//! static BODY: Element = Element::new("Pet", Shape::Record(&PET));
//!
//! let pet = serde_json::json!({"id": 7, "name": "Rex & Co", "tags": ["a", "b"]});
//! let text = xml::to_string(&BODY, &pet)?;
//! assert!(text.ends_with(r#"<Pet id="7"><Name>Rex &amp; Co</Name><tag>a</tag><tag>b</tag></Pet>"#));
//! assert_eq!(xml::to_value(&BODY, text.as_bytes())?, pet);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod names;
mod parse;
mod read;
mod scope;
mod shape;
mod tree;
mod write;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::MAX_RESPONSE_SIZE;

pub use self::parse::XmlError;
pub use self::shape::{Element, Field, Record, Shape};

/// How deep elements may be nested, as JSON may be.
const DEEPEST: usize = 128;

/// How many bytes of the largest answer that is read make place for an element or attribute, which takes
/// more in memory than in a hostile text.
const BYTES_OF_ONE: u64 = 32;

/// The namespace of `xsi:nil`.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Writes a value as XML, with a declaration.
///
/// # Errors
/// Why it cannot be written: it has a character that XML cannot carry, or a key that is no name of an
/// element.
pub fn to_string<T: Serialize + ?Sized>(element: &Element, value: &T) -> Result<String, String> {
    let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    write::document(element, &value)
}

/// Reads XML as the JSON value of its model. What the root is called does not matter. The encoding is that
/// of the byte order mark, or else of the declaration, or else UTF-8.
///
/// # Errors
/// It is no well-formed XML, nested too deeply, has more elements and attributes than an answer of the usual
/// size may have, or is in an encoding that it does not say.
pub fn to_value(element: &Element, xml: &[u8]) -> Result<Value, XmlError> {
    bytes_to_value(element, xml, Some(MAX_RESPONSE_SIZE))
}

/// As [`to_value`], from a client that reads answers of so many bytes.
pub(crate) fn bytes_to_value(
    element: &Element,
    xml: &[u8],
    largest: Option<u64>,
) -> Result<Value, XmlError> {
    text_to_value(element, &parse::decoded(xml)?, largest)
}

/// Reads XML that is already text. See [`bytes_to_value`].
pub(crate) fn text_to_value(
    element: &Element,
    xml: &str,
    largest: Option<u64>,
) -> Result<Value, XmlError> {
    Ok(read::document(element, &parse::tree(xml, most(largest))?))
}

/// How many elements and attributes are read.
fn most(largest: Option<u64>) -> usize {
    let most = largest.map(|bytes| bytes / BYTES_OF_ONE);
    most.and_then(|most| usize::try_from(most).ok())
        .unwrap_or(usize::MAX)
}

/// What any XML says, where nobody knows its shape: for finding the message of an error.
pub(crate) fn anything(xml: &[u8]) -> Option<Value> {
    let text = parse::decoded(xml).ok()?;
    let tree = parse::tree(&text, most(Some(MAX_RESPONSE_SIZE))).ok()?;
    Some(read::anything(&tree))
}

/// Reads the body of an error; `None` when it is not what the document says.
#[must_use]
pub fn decode_error<T: DeserializeOwned>(body: &[u8], element: &Element) -> Option<T> {
    serde_json::from_value(to_value(element, body).ok()?).ok()
}

#[cfg(test)]
mod tests;
