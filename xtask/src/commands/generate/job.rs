//! One API on its way through a generation.

use crate::pipeline::{ApiConfig, Compiled, Output};
use specwright::diag::{Diagnostics, Severity};
use specwright::ir::Api;
use specwright::load::Document;
use specwright::names::Lock;
use specwright::plan::WritePlan;

/// How an API is rendered: in the repository, or in a folder of its own.
pub(super) type Render =
    fn(&Api, &ApiConfig, &mut Lock, &[Output]) -> Result<(WritePlan, Diagnostics), String>;

/// One API: what was read, and what is to be written.
pub(super) struct Job {
    pub(super) config: ApiConfig,
    pub(super) compiled: Compiled,
    pub(super) lock: Lock,
    pub(super) plan: WritePlan,
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
            diagnostics,
        }
    }

    /// Whether anything can be generated.
    pub(super) fn can_render(&self) -> bool {
        self.compiled.api.is_some() && !self.compiled.diagnostics.has_errors()
    }

    pub(super) fn render(&mut self, with: Render, outputs: &[Output]) -> Result<(), String> {
        if let Some(api) = &self.compiled.api {
            let (plan, diagnostics) = with(api, &self.config, &mut self.lock, outputs)?;
            self.plan = plan;
            for diagnostic in &diagnostics {
                self.diagnostics.push(diagnostic.clone());
            }
        }
        Ok(())
    }

    /// What the files that the APIs share are made of.
    pub(super) fn shared(&self) -> Option<(&Api, &ApiConfig, &Lock)> {
        Some((self.compiled.api.as_ref()?, &self.config, &self.lock))
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

    /// What its diagnostics point into.
    pub(super) fn document(&self) -> Option<&Document> {
        self.compiled.document.as_ref()
    }
}
