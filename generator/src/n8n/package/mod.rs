//! All files of a community-node package.
//!
//! ```text
//! identity         what the package, its node and its icons are called
//! words            the document's text as lines and names of a package
//! authentication   the ways to authenticate that the document gives
//! credentials      a credential class for each of them
//! probe            the request that tells whether a credential is valid
//! manifest         package.json
//! node             the node's shell, its codex
//! trigger          the same for the trigger, and the credential of its secret
//! icons            its pictures
//! output_schema    what an operation's items consist of
//! readme           the README and the licence
//! manual           what it calls things, for those who describe it
//! project          what a TypeScript project has beside its sources
//! json             JSON as Prettier writes it
//! literal          JSON as TypeScript, and the templates that it is put into
//! ```

mod authentication;
mod credentials;
mod icons;
mod identity;
mod json;
mod literal;
mod manifest;
mod manual;
mod node;
mod output_schema;
mod probe;
mod project;
mod readme;
#[cfg(test)]
mod tests;
mod trigger;
mod words;

pub use manual::{Manual, ManualInput, ManualOperation, manual};

use super::model::{ResourceDescriptor, TriggerDescriptor};
use crate::config::N8nProfile;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Origin};
use crate::plan::{PlanError, WritePlan};
use crate::runtime_copy;
use credentials::Credential;
use identity::Identity;
pub(super) use identity::title;
use serde::Serialize;

/// What a package is made from.
#[derive(Debug, Clone, Copy)]
pub struct Package<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its resources.
    pub resources: &'a [ResourceDescriptor],
    /// Its events, where it has any.
    pub trigger: Option<&'a TriggerDescriptor>,
    /// The package's version.
    pub version: &'a str,
    /// What the package says of itself.
    pub profile: &'a N8nProfile,
}

impl Package<'_> {
    /// Whether it would have no node.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.trigger.is_none()
    }

    /// The credentials of the API: where nothing is sent to it, there is none.
    fn credentials(&self, identity: &Identity, diagnostics: &mut Diagnostics) -> Vec<Credential> {
        if self.resources.is_empty() {
            return Vec::new();
        }
        let ways = authentication::ways(self.api, diagnostics);
        let probe = probe::find(self.api, self.profile, diagnostics);
        let credentials = credentials::credentials(self.api, identity, &ways, &probe);
        probe::untested(self.api, &credentials, diagnostics);
        credentials
    }
}

/// Why there is no package. Each is a mistake of this back end: please report it.
#[derive(Debug, thiserror::Error)]
pub enum N8nError {
    /// Two files have one path.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A template could not be filled in.
    #[error("a template could not be filled in: {0}")]
    Template(#[from] minijinja::Error),
    /// A file would not be JSON.
    #[error("a file would not be JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Plans the files of a package, below `n8n/n8n-nodes-<api>`. An API without operations has the trigger
/// alone; one whose events no trigger can hear either has no package, and a note says so.
///
/// # Errors
/// See [`N8nError`].
pub fn package(package: Package<'_>, diagnostics: &mut Diagnostics) -> Result<WritePlan, N8nError> {
    if package.is_empty() {
        let message = "there is no operation and no event that a node could have";
        let note = Diagnostic::note(Code::NotGenerated, Origin::default(), message);
        diagnostics.push(note.action("no n8n package is written"));
        return Ok(WritePlan::new());
    }
    let mut identity = Identity::new(package.api, package.profile);
    if package.resources.is_empty() {
        identity.icons = trigger::class(&identity);
    }
    let credentials = package.credentials(&identity, diagnostics);
    let folder = format!("n8n/{}", identity.package);
    let mut files = Files {
        plan: WritePlan::new(),
        folder: folder.clone(),
    };
    let signing = package
        .trigger
        .and_then(|trigger| trigger::credential(&identity, trigger, &credentials));
    let all: Vec<_> = credentials.iter().chain(&signing).cloned().collect();
    manifest::add(&mut files, package, &identity, &all)?;
    project::add(&mut files)?;
    readme::add(
        &mut files,
        package,
        &identity,
        &credentials,
        signing.as_ref(),
    )?;
    credentials::add(&mut files, &identity, &all)?;
    if !package.resources.is_empty() {
        node::add(&mut files, package, &identity, &credentials)?;
    }
    if let Some(events) = package.trigger {
        trigger::add(
            &mut files,
            events,
            &identity,
            &credentials,
            signing.as_ref(),
        )?;
    }
    icons::add(&mut files, &identity)?;
    output_schema::add(&mut files, package, &identity, diagnostics)?;
    runtime_copy::add_n8n(&mut files.plan, &format!("{folder}/runtime"))?;
    files.plan.own(folder)?;
    Ok(files.plan)
}

/// The files of one package.
struct Files {
    plan: WritePlan,
    folder: String,
}

impl Files {
    fn add(&mut self, path: &str, text: impl Into<String>) -> Result<(), N8nError> {
        Ok(self.plan.add(format!("{}/{path}", self.folder), text)?)
    }

    /// Adds a file of JSON.
    fn add_json(&mut self, path: &str, value: &impl Serialize) -> Result<(), N8nError> {
        self.add(path, json::text(&serde_json::to_value(value)?))
    }
}
