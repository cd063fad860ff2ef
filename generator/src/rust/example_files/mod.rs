//! `examples/`: programs that a reader can run, made for any API.
//!
//! ```text
//! subject      what the examples are about: the resource that shows most
//! calls        a call with all it requires, and what it is called about
//! inputs       what is sent to make or change a record
//! parts        the client from the environment, what is printed, the file's header
//! quickstart, pagination, errors_and_retries, receiver
//! ```
//!
//! An example that an API has nothing for is left out: there is none that does not compile.

mod calls;
mod errors_and_retries;
mod inputs;
mod pagination;
mod parts;
mod quickstart;
mod receiver;
mod subject;

pub(super) use inputs::best_label;
pub(super) use parts::credential_values;

use super::Context;
use super::format::SourceFile;
use super::manifest::Example;
use super::package::{RustError, add};
use crate::ir::ResourceId;
use crate::plan::WritePlan;
use std::collections::BTreeSet;

/// A program.
pub(super) struct ExampleFile {
    /// What it shows: `quickstart`.
    name: &'static str,
    /// The resources that it mentions: it needs their features.
    resources: BTreeSet<ResourceId>,
    /// Its code.
    file: SourceFile,
}

impl Context<'_> {
    /// The examples that this API has something for.
    fn example_files(&self) -> Vec<ExampleFile> {
        let examples = [
            self.quickstart(),
            self.pagination_example(),
            self.errors_and_retries(),
            self.webhook_receiver(),
        ];
        // They name types by their paths: what they mention is no import of the next file.
        self.imports(None);
        examples.into_iter().flatten().collect()
    }

    /// The name of an example among those of the crate: APIs that share one have theirs in front.
    fn example_name(&self, name: &str) -> String {
        if self.place.import.contains("::") {
            format!("{}_{name}", self.api.name)
        } else {
            name.to_owned()
        }
    }

    /// Plans the examples.
    pub(super) fn add_examples(&self, plan: &mut WritePlan) -> Result<(), RustError> {
        for example in self.example_files() {
            let path = format!("examples/{}.rs", self.example_name(example.name));
            add(plan, &path, example.file)?;
        }
        Ok(())
    }

    /// What the manifest says of the examples: their names, and the features that they need.
    pub(super) fn manifest_examples(&self) -> Vec<Example> {
        let examples = self.example_files().into_iter();
        examples
            .map(|example| Example {
                name: self.example_name(example.name),
                serves: example.name == receiver::NAME,
                required_features: example
                    .resources
                    .iter()
                    .map(|resource| self.feature(*resource))
                    .collect(),
            })
            .collect()
    }
}
