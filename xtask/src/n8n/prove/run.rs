//! The script that proves, and what it prints.

use super::counts::Mode;
use super::{events, job};
use crate::n8n::Built;
use crate::output;
use crate::workspace::{Failure, unreadable};
use serde_json::{Value, json};
use specwright::cases::Table;
use specwright::ir::Api;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The script for one API.
pub(super) struct Run<'a> {
    pub(super) script: &'a Path,
    /// Where its input is written.
    pub(super) folder: &'a Path,
    pub(super) built: &'a Built,
    pub(super) api: &'a Api,
    pub(super) table: &'a Table,
}

/// The servers that run beside it.
#[derive(Debug, Default)]
pub(super) struct Servers {
    /// A validating mock.
    pub(super) mock: Option<String>,
    /// A stand-in, and how many records each of its resources has.
    pub(super) stand_in: Option<(String, u32)>,
}

impl Run<'_> {
    /// Runs modes, and gives the lines that count; an inner error is what was printed.
    ///
    /// # Errors
    /// A file cannot be written, or there is no Node.js.
    pub(super) fn modes(
        &self,
        modes: &[Mode],
        servers: &Servers,
    ) -> Result<Result<Vec<String>, String>, Failure> {
        let name = &self.api.name;
        let due: Vec<(Mode, String)> = modes
            .iter()
            .filter_map(|mode| Some((*mode, mode.line(self.api, self.table)?)))
            .collect();
        let idle = modes
            .iter()
            .filter(|mode| !due.iter().any(|(it, _)| it == *mode));
        let idle: Vec<&str> = idle.map(|mode| mode.word()).collect();
        if !idle.is_empty() {
            let idle = idle.join(", ");
            output::note(format_args!("{name}: its document has nothing for: {idle}"));
        }
        if due.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        let job = self.write(&due, servers)?;
        let output = Command::new("node")
            .arg(self.script)
            .arg(&job)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::Run {
                program: "node".to_owned(),
                message: error.to_string(),
            })?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let wanted = due.iter().map(|(_, line)| format!("{name}: {line}"));
        let missing: Vec<String> = wanted
            .filter(|wanted| {
                !printed
                    .lines()
                    .any(|line| line.starts_with(wanted.as_str()))
            })
            .collect();
        if output.status.success() && missing.is_empty() {
            return Ok(Ok(printed.lines().map(str::to_owned).collect()));
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        let missing: String = missing
            .iter()
            .map(|line| format!("missing: {line}\n"))
            .collect();
        Ok(Err(format!("{printed}{errors}{missing}")))
    }

    /// Writes what the script reads.
    ///
    /// # Errors
    /// A file cannot be written.
    pub(super) fn write(
        &self,
        due: &[(Mode, String)],
        servers: &Servers,
    ) -> Result<PathBuf, Failure> {
        let name = &self.api.name;
        let cases = self.folder.join(format!("{name}.cases.json"));
        write(&cases, &self.table.to_text(name))?;
        let modes: Vec<&str> = due.iter().map(|(mode, _)| mode.word()).collect();
        let stand_in = servers.stand_in.as_ref();
        let job: Value = json!({
            "api": name,
            "modules": self.built.modules,
            "package": self.built.package,
            "cases": cases,
            "actions": job::actions(self.api),
            "webhooks": events::webhooks(self.api),
            "modes": modes,
            "mock": servers.mock,
            "standIn": stand_in.map(|(url, records)| json!({ "url": url, "records": records })),
        });
        let first = modes.first().copied().unwrap_or("job");
        let path = self.folder.join(format!("{name}.{first}.json"));
        write(&path, &job.to_string())?;
        Ok(path)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| unreadable(path, &error))
}
