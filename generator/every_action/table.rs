//! The cases of an API, read from `tests/cases`.

use super::{Failure, Suite};
use specwright_runtime::serde_json::{self, Value};

/// A case; `specwright::cases` says what its members are.
pub(super) struct Case(Value);

/// The cases of an API, in the file's order.
pub(super) fn cases<C>(suite: &Suite<C>) -> Result<Vec<Case>, Failure> {
    let path = format!(
        "{}/tests/cases/{}.json",
        env!("CARGO_MANIFEST_DIR"),
        suite.api
    );
    let mut table: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let cases = table.get_mut("cases").map(Value::take);
    let Some(Value::Array(cases)) = cases else {
        return Err("the table has no cases".into());
    };
    Ok(cases.into_iter().map(Case).collect())
}

impl Case {
    /// What is at a JSON pointer; null where nothing is.
    pub(super) fn at(&self, pointer: &str) -> &Value {
        self.0.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The text at a JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap_or_default()
    }

    /// Method and path template.
    pub(super) fn action(&self) -> &str {
        self.text("/action")
    }

    /// Whether everything is given.
    pub(super) fn has_all(&self) -> bool {
        self.text("/inputs") == "all"
    }

    /// Whether null is given for all that may be null.
    pub(super) fn has_nulls(&self) -> bool {
        self.text("/inputs") == "null"
    }

    /// What to call it in messages.
    pub(super) fn name(&self) -> String {
        format!("{} ({})", self.action(), self.text("/inputs"))
    }
}
