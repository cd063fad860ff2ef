//! Any document: its package is generated below the build folder, and proved there.

use super::{Given, folder, proves};
use crate::disk::DiskSources;
use crate::n8n::build_from;
use crate::output;
use crate::workspace::{Failure, Workspace, unreadable};
use specwright::config::{ApiConfig, Output};
use specwright::names::Lock;
use specwright::plan::WritePlan;
use specwright::{Rendering, Shape, compile, render};
use std::fs;
use std::path::{Path, PathBuf};

/// Actions of fixtures whose package has no credential for what their case is made with, on purpose: the
/// scheme's name would be an expression in n8n.
const WITHOUT_CREDENTIAL: &[(&str, &str)] = &[("credentials", "GET /e")];

/// Fixtures whose package does not pass yet, each with why; README says the same under "Not yet".
const NOT_YET: &[(&str, &str)] = &[(
    "security",
    "a credential in a cookie takes the place of cookie parameters, and one node has one of two schemes \
     for a header",
)];

/// Proves the packages of the generator's own fixtures, which have in them what no one API has.
/// Returns whether all passed.
///
/// # Errors
///
/// A document cannot be read, its package does not build, or a file cannot be written.
pub(crate) fn proves_every_fixture(workspace: &Workspace) -> Result<bool, Failure> {
    let fixtures = workspace.root().join("generator/tests/fixtures");
    let entries = fs::read_dir(&fixtures).map_err(|error| unreadable(&fixtures, &error))?;
    let mut specs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    specs.retain(|spec| spec.extension().is_some_and(|it| it == "yaml"));
    specs.sort();
    let mut passed = true;
    for spec in specs {
        let stem = spec.file_stem().unwrap_or_default();
        if let Some((name, why)) = NOT_YET.iter().find(|(name, _)| stem == *name) {
            output::note(format_args!("{name}: not proved yet: {why}"));
            continue;
        }
        passed &= proves_document(workspace, &spec)?;
    }
    Ok(passed)
}

/// Proves the package of one document, which is named after its file.
///
/// # Errors
///
/// As for [`proves_every_fixture`].
fn proves_document(workspace: &Workspace, spec: &Path) -> Result<bool, Failure> {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = stem
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '_' })
        .collect();
    let (sources, entry) = DiskSources::beside(spec).map_err(|error| unreadable(spec, &error))?;
    let config = ApiConfig::for_name(name.to_lowercase());
    let compiled = compile(&entry, &sources, &config, &mut |_| {});
    let (Some(api), Some(document)) = (compiled.api, compiled.document) else {
        output::note(format_args!("{name}: {} could not be read", spec.display()));
        return Ok(false);
    };
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::N8n],
        shape: Shape::Standalone,
        cases: None,
    };
    let rendered = render(rendering, &mut Lock::new(), &mut |_| {});
    let to = folder(workspace)?.join("documents").join(&name);
    let Some(package) = write(&rendered.plan, &to)? else {
        output::note(format_args!("{name}: there is no package"));
        return Ok(false);
    };
    let label = package.file_name().unwrap_or_default().to_string_lossy();
    let built = build_from(workspace, &package, &label)?;
    let left_out = WITHOUT_CREDENTIAL.iter();
    let left_out = left_out.filter(|(fixture, _)| *fixture == name);
    let given = Given {
        config: &config,
        api: &api,
        document: &document,
        left_out: left_out.map(|(_, action)| *action).collect(),
    };
    // What no mock can serve is in the fixtures on purpose.
    proves(workspace, given, &built, None)
}

/// Writes what is planned into an empty folder; the package's own folder in it.
fn write(plan: &WritePlan, to: &Path) -> Result<Option<PathBuf>, Failure> {
    if to.exists() {
        fs::remove_dir_all(to).map_err(|error| unreadable(to, &error))?;
    }
    let mut package = None;
    for (path, text) in plan.files() {
        let file = to.join(path);
        let folder = file.parent().unwrap_or(to);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
        written.map_err(|error| unreadable(&file, &error))?;
        if path.ends_with("/package.json") {
            package = Some(folder.to_owned());
        }
    }
    Ok(package)
}
