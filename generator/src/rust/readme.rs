//! `README.md` of a crate of its own.

use super::builders::{Builders, Output, output, stream_beside};
use super::docs::{code, first_of, first_sentence};
use super::example_files::credential_values;
use super::manual::{CrateHome, import_of};
use super::package::{Crate, RustError, title};
use super::tokens::TokenWay;
use super::{Context, Place};
use crate::ir::{ActionId, AuthScheme, AuthSchemeKind};
use crate::names::RustNames;
use crate::plan::WritePlan;

/// `README.md`, which says what else was planned for the folder.
///
/// # Errors
/// See [`RustError`].
pub fn read_me(
    input: Crate<'_>,
    names: &RustNames,
    planned: &WritePlan,
) -> Result<WritePlan, RustError> {
    let mut plan = WritePlan::new();
    plan.add("README.md", text(input, names, planned)?)?;
    Ok(plan)
}

/// What a reader may want to know of a folder, in the order in which it is said.
const FOLDERS: [&str; 6] = ["src", "examples", "tests", "runtime", "n8n", "docs"];

fn text(input: Crate<'_>, names: &RustNames, planned: &WritePlan) -> Result<String, RustError> {
    let api = input.api;
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
        credentials => credentials(input, names),
        others => other_credentials(input, names),
        streams => api.actions.iter().any(|action| {
            matches!(output(api, action), Output::Items(_)) || stream_beside(api, action).is_some()
        }),
        streams_beside => api.actions.iter().any(|action| stream_beside(api, action).is_some()),
        files => sends_files(input),
        xml => super::xml::has_typed_xml(api),
        tokens => tokens(input, names),
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

/// The calls on the client's builder that give what most actions need, with the variables that the
/// examples read: `.bearer_token(std::env::var("PETS_TOKEN")?)`.
fn credentials(input: Crate<'_>, names: &RustNames) -> Vec<String> {
    let api = input.api;
    let (import, feature_prefix) = import_of(&api.name, CrateHome::Own);
    let place = Place {
        import: &import,
        feature_prefix: &feature_prefix,
        version: input.version,
    };
    let context = Context::new(api, None, names, Builders::default(), place);
    let mut wanted: Vec<(usize, Vec<(&AuthScheme, String)>)> = Vec::new();
    for id in (0..api.actions.len()).map(ActionId) {
        let own = context.example_credentials(&[id]);
        match wanted.iter_mut().find(|(_, other)| *other == own) {
            Some((count, _)) => *count += 1,
            None if own.is_empty() => {}
            None => wanted.push((1, own)),
        }
    }
    // Of several with as many actions the first one.
    wanted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let most = wanted.into_iter().next().map(|(_, most)| most);
    let call = |(scheme, method): (&AuthScheme, String)| {
        let prefix = api.name.to_uppercase();
        let values = credential_values(scheme, &method);
        let values = values.iter().map(|(name, _)| {
            let user = scheme.kind == AuthSchemeKind::Basic && name.starts_with("user");
            let variable = format!("std::env::var(\"{prefix}_{}\")?", name.to_uppercase());
            if user {
                format!("&{variable}")
            } else {
                variable
            }
        });
        let values: Vec<String> = values.collect();
        format!(".{method}({})", values.join(", "))
    };
    most.unwrap_or_default().into_iter().map(call).collect()
}

/// The calls that give the other credentials, which some actions may need: `.basic_auth(user, password)`.
fn other_credentials(input: Crate<'_>, names: &RustNames) -> Vec<String> {
    let (import, feature_prefix) = import_of(&input.api.name, CrateHome::Own);
    let place = Place {
        import: &import,
        feature_prefix: &feature_prefix,
        version: input.version,
    };
    let context = Context::new(input.api, None, names, Builders::default(), place);
    let shown = credentials(input, names);
    let is_shown = |method: &str| {
        let call = format!(".{method}(");
        shown.iter().any(|it| it.starts_with(&call))
    };
    let named = context.credential_names().into_iter();
    named
        .filter(|(_, method)| !is_shown(method))
        .map(|(scheme, method)| match scheme.kind {
            AuthSchemeKind::Basic => format!(".{method}(user, password)"),
            _ => format!(".{method}(secret)"),
        })
        .collect()
}

/// Whether a body has a part that is a file.
fn sends_files(input: Crate<'_>) -> bool {
    let bodies = input.api.actions.iter().filter_map(|it| it.body.as_ref());
    let mut media = bodies.filter_map(super::reach::chosen_media);
    media.any(|media| match input.api.record(&media.schema.ty) {
        Some((_, record)) => {
            let mut fields = record.fields.iter();
            fields.any(|field| super::form_fields::is_file(&field.schema))
        }
        None => false,
    })
}

/// The builder's methods that have tokens asked for, of the scheme with most of them.
fn tokens(input: Crate<'_>, names: &RustNames) -> Option<minijinja::Value> {
    let (import, feature_prefix) = import_of(&input.api.name, CrateHome::Own);
    let place = Place {
        import: &import,
        feature_prefix: &feature_prefix,
        version: input.version,
    };
    let context = Context::new(input.api, None, names, Builders::default(), place);
    let named = context.token_names();
    let count = |key: &str| named.iter().filter(|(it, ..)| it.key == key).count();
    let most = named.iter().rev().map(|(scheme, ..)| &scheme.key);
    let key = most.max_by_key(|key| count(key))?;
    let method = |wanted: TokenWay| {
        let mut own = named.iter().filter(|(scheme, ..)| scheme.key == *key);
        let found = own.find(|(_, way, _)| *way == wanted);
        found.map(|(.., method)| method.clone())
    };
    Some(minijinja::context!(
        client_credentials => method(TokenWay::ClientCredentials),
        oauth2 => method(TokenWay::OAuth2),
        source => method(TokenWay::Source),
        prefix => input.api.name.to_uppercase(),
    ))
}

/// The planned files below a folder, by their paths in it.
fn below<'p>(planned: &'p WritePlan, folder: &'static str) -> impl Iterator<Item = &'p str> {
    let files = planned.files();
    files.filter_map(move |(path, _)| path.strip_prefix(folder)?.strip_prefix('/'))
}
