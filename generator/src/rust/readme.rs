//! `README.md` of a crate of its own.

use super::docs::{code, first_of, first_sentence};
use super::package::{RustError, title};
use crate::ir::Api;
use crate::names::RustNames;

/// The README.
///
/// # Errors
/// When the template cannot be filled in, which is a mistake of this module.
pub(super) fn text(api: &Api, names: &RustNames) -> Result<String, RustError> {
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
    let values = minijinja::context!(
        title => title(api).trim_end_matches('.'),
        name => &api.name,
        package => api.name.replace('_', "-"),
        version => code(&api.version),
        resources => resources,
    );
    environment
        .get_template("README.md")
        .and_then(|template| template.render(values))
        .map(|text| format!("{}\n", text.trim_end()))
        .map_err(RustError::Template)
}
