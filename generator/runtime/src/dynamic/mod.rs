//! Calls by name: JSON in, JSON out.
//!
//! Generated crates have a table of their operations behind the feature `dynamic`. Each entry reads its
//! arguments as the types that the typed action takes, makes the typed call, and writes its answer as
//! JSON again. For command lines, agents and tests, which know an operation by a text.

mod arguments;
mod forms;
mod macros;

use serde_json::Value;

pub use self::arguments::Arguments;
pub use self::forms::{Read, base64, bytes, form, lines, same, text, text_of, value};

use crate::{BoxFuture, Error, RequestError, RequestErrorKind};

/// A call on its way, whose answer is JSON.
pub type Answer<E> = BoxFuture<'static, Result<Value, Error<E>>>;

/// How an operation is begun: its arguments become a typed call.
type Begin<C, E> = fn(&C, Arguments) -> Result<Answer<E>, RequestError>;

/// An operation that can be called by name; `C` is the client, `E` what error bodies are read as.
pub struct Operation<C: 'static, E: 'static> {
    id: &'static str,
    route: &'static str,
    begin: Begin<C, E>,
}

impl<C, E> Operation<C, E> {
    /// An operation with its `operationId`, and its method and path template: `GET /people/{id}`.
    #[must_use]
    pub const fn new(id: &'static str, route: &'static str, begin: Begin<C, E>) -> Self {
        Self { id, route, begin }
    }

    /// `operationId`; the [route](Self::route) where the document has none.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Method and path template: `GET /people/{id}`. Unique, which `operationId` is not in every document.
    #[must_use]
    pub const fn route(&self) -> &'static str {
        self.route
    }
}

impl<C, E> std::fmt::Debug for Operation<C, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operation")
            .field("id", &self.id)
            .field("route", &self.route)
            .finish_non_exhaustive()
    }
}

/// Calls an operation by its `operationId` or its route. `operations` has a list per resource; of a list of
/// records one page is read, or `all`.
pub fn call<C, E: Send + 'static>(
    operations: &[&[Operation<C, E>]],
    client: &C,
    operation: &str,
    arguments: Value,
    all: bool,
) -> Answer<E> {
    let begun = find(operations, operation).and_then(|found| {
        let arguments = Arguments::new(found.id, arguments, all)?;
        (found.begin)(client, arguments)
    });
    begun.unwrap_or_else(|error| Box::pin(std::future::ready(Err(error.into()))))
}

fn find<'o, C, E>(
    operations: &'o [&'o [Operation<C, E>]],
    wanted: &str,
) -> Result<&'o Operation<C, E>, RequestError> {
    let all = || operations.iter().copied().flatten();
    let by_id = all().find(|operation| operation.id == wanted);
    let found = by_id.or_else(|| all().find(|operation| operation.route == wanted));
    found.ok_or_else(|| {
        let same = |operation: &&Operation<C, E>| operation.id.eq_ignore_ascii_case(wanted);
        let similar = all().find(same);
        let hint = similar.map_or_else(String::new, |it| format!("; there is `{}`", it.id));
        RequestError::new(
            RequestErrorKind::UnknownOperation,
            format!("there is no operation `{}`{hint}", wanted.escape_debug()),
        )
    })
}

#[cfg(test)]
mod tests;
