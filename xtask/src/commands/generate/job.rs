//! One API on its way through a generation.

use crate::report::Texts;
use specwright::cases::table_with;
use specwright::config::{ApiConfig, Output};
use specwright::diag::{Diagnostics, Severity};
use specwright::ir::Api;
use specwright::load::Document;
use specwright::names::{Lock, RustNames};
use specwright::plan::WritePlan;
use specwright::{Compiled, Rendering, Shape, Stage, render};

/// One API: what was read, and what is to be written.
pub(super) struct Job {
    pub(super) config: ApiConfig,
    pub(super) compiled: Compiled,
    pub(super) lock: Lock,
    plan: WritePlan,
    /// The paths of its files.
    pub(super) paths: Vec<String>,
    /// The folder that its files are in, where the run does not say it.
    pub(super) folder: Option<String>,
    names: Option<RustNames>,
    /// What was said of it, in all stages.
    pub(super) diagnostics: Diagnostics,
}

impl Job {
    pub(super) fn new(config: ApiConfig, compiled: Compiled, lock: Lock) -> Self {
        let diagnostics = compiled.diagnostics.clone();
        Self {
            config,
            compiled,
            lock,
            plan: WritePlan::new(),
            paths: Vec::new(),
            folder: None,
            names: None,
            diagnostics,
        }
    }

    /// Whether anything can be generated.
    pub(super) fn can_generate(&self) -> bool {
        self.compiled.api.is_some() && !self.diagnostics.has_errors()
    }

    /// Plans its files.
    pub(super) fn render(
        &mut self,
        shape: Shape,
        outputs: &[Output],
        tests: bool,
        ended: &mut dyn FnMut(Stage),
    ) {
        let Some(api) = &self.compiled.api else {
            return;
        };
        // What must be sent is for the tests of the SDK; a crate of a user's gets them when asked.
        let tests = outputs.contains(&Output::Rust) && (shape == Shape::Module || tests);
        let document = self.document().filter(|_| tests);
        let cases = document.map(|it| table_with(it, &self.config.overrides));
        if cases.is_some() {
            ended(Stage::Cases);
        }
        let rendering = Rendering {
            api,
            config: &self.config,
            outputs,
            shape,
            cases: cases.as_ref(),
        };
        let rendered = render(rendering, &mut self.lock, ended);
        let paths = rendered.plan.files().map(|(path, _)| path.to_owned());
        self.paths = paths.collect();
        self.plan = rendered.plan;
        self.names = Some(rendered.names);
        for diagnostic in &rendered.diagnostics {
            self.diagnostics.push(diagnostic.clone());
        }
    }

    /// Hands over what is to be written: there is a lot of it, and it is wanted once.
    pub(super) fn take_plan(&mut self) -> WritePlan {
        std::mem::take(&mut self.plan)
    }

    /// Finds its names only, for the files that it shares with others.
    pub(super) fn name(&mut self) {
        let Some(api) = &self.compiled.api else {
            return;
        };
        let names =
            specwright::allocate_names(api, &mut self.lock.clone(), &mut Diagnostics::new());
        self.names = Some(names);
    }

    /// What the files that the APIs share are made of.
    pub(super) fn shared(&self) -> Option<(&Api, &ApiConfig, &RustNames)> {
        Some((
            self.compiled.api.as_ref()?,
            &self.config,
            self.names.as_ref()?,
        ))
    }

    pub(super) fn lock_file(&self) -> String {
        format!("{}.lock", self.config.name)
    }

    /// How many parts of the document are in no output.
    pub(super) fn lost(&self) -> usize {
        self.compiled.api.as_ref().map_or(0, |api| api.losses.len())
    }

    pub(super) fn count(&self, severity: Severity) -> usize {
        self.diagnostics.count(severity)
    }

    /// The texts that its diagnostics point into.
    pub(super) fn texts<'t>(&'t self, all: &Texts<'t>) -> Texts<'t> {
        let mut texts = all.about(self.document());
        if let Some(folder) = &self.folder {
            texts.folder.clone_from(folder);
        }
        texts
    }

    /// What its diagnostics point into.
    pub(super) fn document(&self) -> Option<&Document> {
        self.compiled.document.as_ref()
    }
}
