//! Copies of the runtimes: the SDK's, for crates that lie outside this repository, and that of n8n
//! packages, each of which has one.

use crate::plan::{PlanError, WritePlan};
use include_dir::{Dir, DirEntry, include_dir};
use toml::{Table, Value};

/// The runtime crate's sources.
static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/runtime/src");
/// The sources of the runtime of n8n packages.
static N8N: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/n8n/runtime");
/// The SDK runtime's manifest, which leaves versions to the workspace.
const MANIFEST: &str = include_str!("../runtime/Cargo.toml");
/// The workspace's manifest, which has them.
const WORKSPACE: &str = include_str!("../../Cargo.toml");

/// Adds the runtime crate's files below `folder`, as a package of this name.
///
/// A program can depend on several generated crates, and no two packages of one name and version from
/// different paths go into one lock file.
///
/// # Errors
/// When a path is taken.
pub(crate) fn add(plan: &mut WritePlan, folder: &str, package: &str) -> Result<(), PlanError> {
    add_folder(plan, &format!("{folder}/src"), &SOURCES, &|_| String::new())?;
    plan.add(format!("{folder}/Cargo.toml"), manifest(package))
}

/// Adds the files of the runtime of n8n packages below `folder`; each source says where it is from.
///
/// # Errors
/// When a path is taken.
pub(crate) fn add_n8n(plan: &mut WritePlan, folder: &str) -> Result<(), PlanError> {
    let version = env!("CARGO_PKG_VERSION");
    let header = |name: &str| {
        if name.ends_with(".ts") {
            format!("// A copy of the runtime of Specwright {version}. Do not edit.\n")
        } else {
            String::new()
        }
    };
    add_folder(plan, folder, &N8N, &header)
}

fn add_folder(
    plan: &mut WritePlan,
    folder: &str,
    dir: &Dir<'_>,
    header: &dyn Fn(&str) -> String,
) -> Result<(), PlanError> {
    for entry in dir.entries() {
        let Some(name) = entry.path().file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let path = format!("{folder}/{name}");
        match entry {
            DirEntry::Dir(dir) => add_folder(plan, &path, dir, header)?,
            DirEntry::File(file) => {
                let text = file.contents_utf8().unwrap_or_default();
                plan.add(path, format!("{}{text}", header(name)))?;
            }
        }
    }
    Ok(())
}

/// The runtime's manifest with what it inherits written out, and another package name: the library keeps
/// its own. Lints stay behind: they are this repository's.
fn manifest(package: &str) -> String {
    let workspace: Table = WORKSPACE.parse().unwrap_or_default();
    let mut manifest: Table = MANIFEST.parse().unwrap_or_default();
    let inherited = |table: &str| {
        workspace
            .get("workspace")
            .and_then(|value| value.get(table))
            .and_then(Value::as_table)
            .cloned()
    };
    manifest.remove("lints");
    for (table, source) in [
        ("package", "package"),
        ("dependencies", "dependencies"),
        ("dev-dependencies", "dependencies"),
    ] {
        let source = inherited(source).unwrap_or_default();
        if let Some(table) = manifest.get_mut(table).and_then(Value::as_table_mut) {
            inherit(table, &source);
        }
    }
    let library = manifest.get_mut("package").and_then(|it| {
        let name = it.as_table_mut()?;
        name.insert("name".to_owned(), Value::from(package))
    });
    if let Some(library) = library.as_ref().and_then(Value::as_str) {
        let name = Value::from(library.replace('-', "_"));
        let library = Table::from_iter([("name".to_owned(), name)]);
        manifest.insert("lib".to_owned(), Value::Table(library));
    }
    format!("# A copy of the runtime that Specwright ships with. Do not edit.\n{manifest}")
}

/// Replaces `key.workspace = true` by what the workspace says, further settings kept.
fn inherit(table: &mut Table, source: &Table) {
    for (key, value) in table.iter_mut() {
        let Some(own) = value.as_table().filter(|own| own.contains_key("workspace")) else {
            continue;
        };
        let mut own = own.clone();
        own.remove("workspace");
        let Some(shared) = source.get(key) else {
            continue;
        };
        *value = match (shared, own.is_empty()) {
            (shared, true) => shared.clone(),
            (Value::Table(shared), false) => {
                Value::Table(shared.clone().into_iter().chain(own).collect())
            }
            (shared, false) => {
                own.insert("version".to_owned(), shared.clone());
                Value::Table(own)
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_inherits_nothing() {
        let mut plan = WritePlan::new();
        add(&mut plan, "runtime", "pets-runtime").unwrap();
        let manifest = plan.get("runtime/Cargo.toml").unwrap();
        assert!(!manifest.contains("workspace"), "{manifest}");
        assert!(manifest.contains("serde"));
        assert!(plan.get("runtime/src/lib.rs").is_some());
    }

    /// Else two generated crates cannot be dependencies of one program.
    #[test]
    fn each_copy_is_a_package_of_its_own_whose_library_has_one_name() {
        let mut plan = WritePlan::new();
        add(&mut plan, "runtime", "pets-runtime").unwrap();
        let manifest: Table = plan.get("runtime/Cargo.toml").unwrap().parse().unwrap();
        assert_eq!(manifest["package"]["name"].as_str(), Some("pets-runtime"));
        assert_eq!(manifest["lib"]["name"].as_str(), Some("specwright_runtime"));
    }

    #[test]
    fn the_copy_for_n8n_says_that_it_is_one() {
        let mut plan = WritePlan::new();
        add_n8n(&mut plan, "runtime").unwrap();
        let text = plan.get("runtime/descriptor.ts").unwrap();
        assert!(text.starts_with("// A copy of"), "{text}");
    }
}
