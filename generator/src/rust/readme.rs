//! `README.md` of a crate of its own.

use super::docs::{code, first_of, first_sentence};
use super::package::{RustError, title};
use crate::ir::Api;
use crate::names::RustNames;
use crate::plan::WritePlan;

/// `README.md`, which says what else was planned for the folder.
///
/// # Errors
/// See [`RustError`].
pub fn read_me(api: &Api, names: &RustNames, planned: &WritePlan) -> Result<WritePlan, RustError> {
    let mut plan = WritePlan::new();
    plan.add("README.md", text(api, names, planned)?)?;
    Ok(plan)
}

/// What a reader may want to know of a folder, in the order in which it is said.
const FOLDERS: [&str; 6] = ["src", "examples", "tests", "runtime", "n8n", "docs"];

fn text(api: &Api, names: &RustNames, planned: &WritePlan) -> Result<String, RustError> {
    let mut environment = minijinja::Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    let template = include_str!("../../../templates/rust/README.md.jinja");
    environment
        .add_template("README.md", template)
        .map_err(RustError::Template)?;
    let resources: Vec<minijinja::Value> = api
        .resources
        .iter()
        .zip(&names.resources)
        .map(|(resource, names)| {
            let description = first_of(&[resource.description.as_deref()], String::new);
            let description = first_sentence(&description).replace('|', "\\|");
            minijinja::context!(accessor => &names.accessor, feature => &names.feature, description => description)
        })
        .collect();
    let folders: Vec<&str> = FOLDERS
        .into_iter()
        .filter(|folder| below(planned, folder).next().is_some())
        .collect();
    let examples: Vec<String> = below(planned, "examples")
        .filter_map(|path| path.strip_suffix(".rs"))
        .map(str::to_owned)
        .collect();
    let n8n = below(planned, "n8n").next();
    let docs = folders.contains(&"docs");
    let values = minijinja::context!(
        title => title(api).trim_end_matches('.'),
        name => &api.name,
        package => api.name.replace('_', "-"),
        version => code(&api.version),
        resources => resources,
        folders => folders,
        examples => examples,
        n8n => n8n.and_then(|path| path.split('/').next()).map(str::to_owned),
        docs => docs,
    );
    environment
        .get_template("README.md")
        .and_then(|template| template.render(values))
        .map(|text| format!("{}\n", text.trim_end()))
        .map_err(RustError::Template)
}

/// The planned files below a folder, by their paths in it.
fn below<'p>(planned: &'p WritePlan, folder: &'static str) -> impl Iterator<Item = &'p str> {
    let files = planned.files();
    files.filter_map(move |(path, _)| path.strip_prefix(folder)?.strip_prefix('/'))
}
