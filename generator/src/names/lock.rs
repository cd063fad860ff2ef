//! The lock: every name that was ever given, kept in version control.
//!
//! A name is a function of where a thing comes from, but two things can ask for one name, and rules
//! change. The lock makes a published name stay: it is given to the same thing again, and to nothing
//! else, also when the thing is gone.

use std::collections::BTreeMap;

const HEADER: &str = "\
# The names that generated code gives to the parts of this API's document.
# Written by the generator; keep it under version control. A name in here never moves to another
# part. To rename something on purpose, change its line and generate again.
";

/// The format's version, for files written by later generators.
const VERSION: i64 = 1;

/// Which names are meant: a section, and within it whose members, if it is about members.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Table {
    /// The section, `<output>.<what>`: `rust.types`, `rust.fields`.
    pub section: String,
    /// Whose: the name of the type for its fields; `None` for what belongs to the whole API.
    pub scope: Option<String>,
}

impl Table {
    /// Names of the whole API: `rust.types`.
    pub fn new(section: &str) -> Self {
        Self {
            section: section.to_owned(),
            scope: None,
        }
    }

    /// Names of the members of one thing: the fields of `Person`.
    pub fn of(section: &str, scope: &str) -> Self {
        Self {
            section: section.to_owned(),
            scope: Some(scope.to_owned()),
        }
    }
}

/// A name and whether it is still in use.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    retired: bool,
    /// Whether it was given since the lock was read.
    given: bool,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.retired) == (&other.name, other.retired)
    }
}

/// Every name that was given, by table and by the key of what it was given to.
///
/// ```
/// use specwright::names::{Lock, Table};
/// let mut lock = Lock::new();
/// lock.give(&Table::of("rust.fields", "Person"), "createdAt", "created_at");
/// let again = Lock::parse(&lock.to_text()).unwrap();
/// assert_eq!(again.name(&Table::of("rust.fields", "Person"), "createdAt"), Some("created_at"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lock {
    tables: BTreeMap<Table, BTreeMap<String, Entry>>,
}

/// The text of a lock cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockError {
    /// Where, counted in bytes from the start, when it is known.
    pub offset: Option<usize>,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for LockError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LockError {}

/// The lock's text as TOML sees it: tables of tables, names at the ends.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
enum Node {
    Version(i64),
    Name(String),
    Table(BTreeMap<String, Node>),
}

impl Lock {
    /// No names yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a lock's text; an empty text is an empty lock.
    ///
    /// # Errors
    /// When the text is not TOML, for instance with the marks of an unfinished merge, not laid out as
    /// a lock, or of a later version.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let root: BTreeMap<String, Node> = toml::from_str(text).map_err(|error| LockError {
            offset: error.span().map(|span| span.start),
            message: error.message().to_owned(),
        })?;
        let mut lock = Self::new();
        for (key, node) in root {
            match (key.as_str(), node) {
                ("version", Node::Version(version)) if version <= VERSION => {}
                ("version", Node::Version(version)) => {
                    return Err(misplaced(&format!(
                        "version {version} is of a later generator; this one reads {VERSION}"
                    )));
                }
                ("retired", Node::Table(outputs)) => {
                    for (output, node) in outputs {
                        lock.read_output(&output, node, true)?;
                    }
                }
                (output, node) => lock.read_output(output, node, false)?,
            }
        }
        Ok(lock)
    }

    fn read_output(&mut self, output: &str, node: Node, retired: bool) -> Result<(), LockError> {
        let Node::Table(sections) = node else {
            return Err(misplaced(&format!("`{output}` must be a table")));
        };
        for (section, node) in sections {
            let section = format!("{output}.{section}");
            let Node::Table(entries) = node else {
                return Err(misplaced(&format!("`{section}` must be a table")));
            };
            for (key, node) in entries {
                match node {
                    Node::Name(name) => self.put(Table::new(&section), key, name, retired),
                    Node::Table(members) => {
                        self.read_members(&Table::of(&section, &key), members, retired)?;
                    }
                    Node::Version(_) => {
                        return Err(misplaced(&format!("`{key}` in `{section}` must be a name")));
                    }
                }
            }
        }
        Ok(())
    }

    fn read_members(
        &mut self,
        table: &Table,
        members: BTreeMap<String, Node>,
        retired: bool,
    ) -> Result<(), LockError> {
        for (key, node) in members {
            let Node::Name(name) = node else {
                return Err(misplaced(&format!(
                    "`{key}` in `{}` must be a name",
                    table.section
                )));
            };
            self.put(table.clone(), key, name, retired);
        }
        Ok(())
    }

    fn put(&mut self, table: Table, key: String, name: String, retired: bool) {
        let entries = self.tables.entry(table).or_default();
        // What is both in use and retired, after a merge by hand, is in use.
        if !(retired && entries.contains_key(&key)) {
            let given = false;
            entries.insert(
                key,
                Entry {
                    name,
                    retired,
                    given,
                },
            );
        }
    }

    /// The lock as text: sorted, a line for each name.
    pub fn to_text(&self) -> String {
        let mut live = BTreeMap::new();
        let mut retired = BTreeMap::new();
        for (table, entries) in &self.tables {
            for (key, entry) in entries {
                let root = if entry.retired {
                    &mut retired
                } else {
                    &mut live
                };
                insert(root, table, key, &entry.name);
            }
        }
        if !retired.is_empty() {
            live.insert("retired".to_owned(), Node::Table(retired));
        }
        live.insert("version".to_owned(), Node::Version(VERSION));
        // Maps of strings always have a TOML form.
        let body = toml::to_string(&live).unwrap_or_default();
        format!("{HEADER}{body}")
    }

    /// The name that was given to `key`, also when it is retired.
    pub fn name(&self, table: &Table, key: &str) -> Option<&str> {
        let entry = self.tables.get(table)?.get(key)?;
        Some(entry.name.as_str())
    }

    /// Every key and name of a table, retired ones included, ordered by key.
    pub fn names(&self, table: &Table) -> impl Iterator<Item = (&str, &str)> {
        let entries = self.tables.get(table).into_iter().flatten();
        entries.map(|(key, entry)| (key.as_str(), entry.name.as_str()))
    }

    /// Records that `key` has this name now.
    pub fn give(&mut self, table: &Table, key: &str, name: &str) {
        self.give_all(table, [(key, name)]);
    }

    /// Records the names of several keys of one table.
    pub fn give_all<'n>(
        &mut self,
        table: &Table,
        names: impl IntoIterator<Item = (&'n str, &'n str)>,
    ) {
        let mut names = names.into_iter().peekable();
        if names.peek().is_none() {
            return;
        }
        let entries = self.tables.entry(table.clone()).or_default();
        for (key, name) in names {
            match entries.get_mut(key) {
                Some(entry) => {
                    entry.given = true;
                    entry.retired = false;
                    if entry.name != name {
                        entry.name = name.to_owned();
                    }
                }
                None => {
                    let entry = Entry {
                        name: name.to_owned(),
                        retired: false,
                        given: true,
                    };
                    entries.insert(key.to_owned(), entry);
                }
            }
        }
    }

    /// Marks the names of a section that were not given since the lock was read as retired. They stay
    /// in the lock, so that nothing else gets them.
    pub fn retire_unused(&mut self, section: &str) {
        let tables = self
            .tables
            .iter_mut()
            .filter(|(table, _)| table.section == section);
        for entry in tables.flat_map(|(_, entries)| entries.values_mut()) {
            entry.retired = !entry.given;
        }
    }
}

fn misplaced(message: &str) -> LockError {
    LockError {
        offset: None,
        message: message.to_owned(),
    }
}

fn insert(root: &mut BTreeMap<String, Node>, table: &Table, key: &str, name: &str) {
    let (output, section) = table
        .section
        .split_once('.')
        .unwrap_or((&table.section, ""));
    let path = [Some(output), Some(section), table.scope.as_deref()];
    let mut map = root;
    for step in path.into_iter().flatten() {
        let node = map
            .entry(step.to_owned())
            .or_insert_with(|| Node::Table(BTreeMap::new()));
        let Node::Table(inner) = node else { return };
        map = inner;
    }
    map.insert(key.to_owned(), Node::Name(name.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Lock {
        let mut lock = Lock::new();
        lock.give(&Table::new("rust.types"), "Person", "Person");
        lock.give(&Table::new("rust.types"), "/a \"b\"\n", "AB");
        lock.give(
            &Table::of("rust.fields", "Person"),
            "createdAt",
            "created_at",
        );
        lock.give(&Table::of("rust.fields", "Person"), "type", "r#type");
        lock
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut lock = sample();
        lock.retire_unused("rust.types");
        let text = lock.to_text();
        let again = Lock::parse(&text).unwrap();
        assert_eq!(again, lock);
        assert_eq!(again.to_text(), text);
    }

    #[test]
    fn the_text_is_sorted_and_has_a_line_for_each_name() {
        let text = sample().to_text();
        let body: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            body.join("\n"),
            "version = 1\n\n[rust.fields.Person]\ncreatedAt = \"created_at\"\ntype = \"r#type\"\n\n\
             [rust.types]\n\"/a \\\"b\\\"\\n\" = \"AB\"\nPerson = \"Person\""
        );
    }

    #[test]
    fn a_name_that_is_not_used_is_kept_as_retired_and_comes_back() {
        let mut lock = Lock::parse(&sample().to_text()).unwrap();
        let fields = Table::of("rust.fields", "Person");
        lock.give(&fields, "type", "r#type");
        lock.retire_unused("rust.fields");
        let text = lock.to_text();
        assert!(
            text.contains("[retired.rust.fields.Person]\ncreatedAt = \"created_at\"\n"),
            "{text}"
        );
        let mut lock = Lock::parse(&text).unwrap();
        assert_eq!(lock.name(&fields, "createdAt"), Some("created_at"));
        lock.give(&fields, "createdAt", "created_at");
        lock.give(&fields, "type", "r#type");
        lock.retire_unused("rust.fields");
        assert_eq!(lock, sample());
    }

    #[test]
    fn text_that_is_not_a_lock_is_refused() {
        for text in [
            "<<<<<<< ours",
            "rust = 1",
            "[rust]\ntypes = \"x\"",
            "[rust.types]\nPerson = 1",
            "[rust.fields.Person.x]\ny = \"z\"",
            "version = 2",
            "[rust.types]\na = \"b\"\na = \"c\"",
        ] {
            assert!(Lock::parse(text).is_err(), "{text}");
        }
        assert_eq!(Lock::parse(""), Ok(Lock::new()));
    }
}
