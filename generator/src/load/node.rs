//! A cursor into a document.

use super::file::File;
use super::pointer;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// A value in a document, which knows where it is.
///
/// Cloning is cheap, and so is every step: the JSON pointer is written out only by [`Node::origin`].
///
/// Readers that take [`Diagnostics`] give none both when the key is absent and when its value is of
/// the wrong type; the latter is reported as [`Code::WrongType`] at the value. `null` is a wrong type
/// like any other.
#[derive(Debug, Clone)]
pub struct Node<'d> {
    file: &'d File,
    value: &'d Value,
    path: Option<Arc<Link<'d>>>,
}

/// A step from a node to the one below it.
#[derive(Debug)]
struct Link<'d> {
    parent: Option<Arc<Link<'d>>>,
    step: Step<'d>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'d> {
    Key(&'d str),
    Index(usize),
}

impl<'d> Node<'d> {
    pub(super) fn root(file: &'d File) -> Self {
        Self {
            file,
            value: &file.root,
            path: None,
        }
    }

    fn below(&self, step: Step<'d>, value: &'d Value) -> Self {
        let parent = self.path.clone();
        Self {
            file: self.file,
            value,
            path: Some(Arc::new(Link { parent, step })),
        }
    }

    /// The value at a key, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<Self> {
        let (key, value) = self.value.as_object()?.get_key_value(key)?;
        Some(self.below(Step::Key(key), value))
    }

    /// The item at an index, from 0, if this is an array that long.
    pub fn index(&self, index: usize) -> Option<Self> {
        let value = self.value.as_array()?.get(index)?;
        Some(self.below(Step::Index(index), value))
    }

    /// Keys and values, ordered by key, since the text's order of them says nothing; nothing if this
    /// is not an object.
    pub fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let node = self.clone();
        let map = self.value.as_object().into_iter().flatten();
        map.map(move |(key, value)| (key.as_str(), node.below(Step::Key(key), value)))
    }

    /// The items in their order; nothing if this is not an array.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let node = self.clone();
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, value)| node.below(Step::Index(index), value))
    }

    /// One step down by a pointer's segment.
    pub(super) fn step(&self, segment: &str) -> Option<Self> {
        match self.value {
            Value::Object(_) => self.get(segment),
            Value::Array(_) => self.index(pointer::index(segment)?),
            _ => None,
        }
    }

    /// The value itself.
    pub fn value(&self) -> &'d Value {
        self.value
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&'d str> {
        self.value.as_str()
    }

    /// The object's entries, if it is one.
    pub fn as_object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    /// The key that leads here, if the parent is an object.
    pub fn key(&self) -> Option<&'d str> {
        match self.path.as_ref()?.step {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }

    /// The path of the file that it is in.
    pub fn file(&self) -> &'d Arc<str> {
        &self.file.path
    }

    /// Where it is written: file and JSON pointer.
    pub fn origin(&self) -> Origin {
        let raised = self.raised_pointer();
        let written = match self.file.moves.is_empty() {
            true => None,
            false => self.file.moves.written(&raised),
        };
        match written {
            None => Origin::new(Arc::clone(&self.file.path), raised),
            Some(written) => {
                let file = written.file.as_ref().unwrap_or(&self.file.path);
                Origin::new(Arc::clone(file), written.pointer)
            }
        }
    }

    /// The JSON pointer to where it is written, within the file.
    pub fn pointer(&self) -> String {
        self.origin().pointer
    }

    /// The JSON pointer within the raised file.
    pub(super) fn raised_pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut link = self.path.as_deref();
        while let Some(at) = link {
            steps.push(at.step);
            link = at.parent.as_deref();
        }
        let mut written = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Key(key) => pointer::push(&mut written, key),
                Step::Index(index) => pointer::push_index(&mut written, *index),
            }
        }
        written
    }

    /// Where what is written at a pointer of its file was raised to.
    pub(super) fn raised<'p>(&self, written: &'p str) -> Cow<'p, str>
    where
        'd: 'p,
    {
        self.file.moves.raised(written)
    }

    /// Whether both are the same place of the same document.
    pub fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(self.value, other.value)
    }

    pub(super) fn root_of_file(&self) -> Self {
        Self::root(self.file)
    }

    /// The string at a key.
    pub fn str(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'d str> {
        self.get(key)?.read_str(diagnostics)
    }

    /// The boolean at a key.
    pub fn bool(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
        let node = self.get(key)?;
        node.typed("a boolean", node.value.as_bool(), diagnostics)
    }

    /// The whole number at a key, not negative. `10.0` is one.
    pub fn u64(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<u64> {
        let node = self.get(key)?;
        node.typed("a whole number from 0", whole(node.value), diagnostics)
    }

    /// The number at a key.
    pub fn number(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'d Number> {
        let node = self.get(key)?;
        node.typed("a number", node.value.as_number(), diagnostics)
    }

    /// The node of the object at a key.
    pub fn object(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<Self> {
        self.get(key)?.read_object(diagnostics)
    }

    /// The node of the array at a key.
    pub fn array(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<Self> {
        self.get(key)?.read_array(diagnostics)
    }

    /// The strings of the array at a key; nothing when it is absent. Items of other types are
    /// reported, each by itself.
    pub fn strings(&self, key: &str, diagnostics: &mut Diagnostics) -> Vec<&'d str> {
        let Some(array) = self.array(key, diagnostics) else {
            return Vec::new();
        };
        array
            .items()
            .filter_map(|item| item.read_str(diagnostics))
            .collect()
    }

    /// This node as a string.
    pub fn read_str(&self, diagnostics: &mut Diagnostics) -> Option<&'d str> {
        self.typed("a string", self.value.as_str(), diagnostics)
    }

    /// This node, if it is an object.
    pub fn read_object(&self, diagnostics: &mut Diagnostics) -> Option<Self> {
        let node = self.value.is_object().then(|| self.clone());
        self.typed("an object", node, diagnostics)
    }

    /// This node, if it is an array.
    pub fn read_array(&self, diagnostics: &mut Diagnostics) -> Option<Self> {
        let node = self.value.is_array().then(|| self.clone());
        self.typed("an array", node, diagnostics)
    }

    /// Reports a value that is not what it must be.
    fn typed<T>(
        &self,
        expected: &str,
        read: Option<T>,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        if read.is_none() {
            let found = kind(self.value);
            let (subject, left_out) = match self.path.as_ref().map(|link| link.step) {
                Some(Step::Key(key)) => (format!("`{key}`"), "the keyword was left out"),
                Some(Step::Index(index)) => (format!("item {index}"), "the item was left out"),
                None => ("the file".to_owned(), "the file was left out"),
            };
            let message = format!("{subject} must be {expected}, but is {found}");
            let diagnostic = Diagnostic::warning(Code::WrongType, self.origin(), message);
            diagnostics.push(diagnostic.action(left_out));
        }
        read
    }
}

fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let float = value.as_f64()?;
        // Below 2^53 every whole number has its own floating-point number.
        let fits = float.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&float);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked in the line above"
        )]
        fits.then_some(float as u64)
    })
}

/// What a value is, in words: "an object".
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
