//! Text into a configuration.

mod overrides;
mod pagination;
mod raw;

use std::sync::Arc;

use toml::Spanned;

use super::notes::RawNote;
use super::{ApiConfig, Config, N8nProfile, Note, Output, Override, WebhookProfile};
use crate::diag::{Code, Diagnostic, Diagnostics, Position};
use crate::ir::Origin;
use raw::{RawApi, RawConfig, RawOverride};

/// Reads the text, see [`Config::parse`].
pub(super) fn config(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Config {
    let mut reader = Reader {
        file,
        text,
        diagnostics,
    };
    match toml::from_str::<RawConfig>(text) {
        Ok(raw) => reader.config(raw),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            reader.error("", start, error.message().to_owned());
            Config::default()
        }
    }
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn config(&mut self, raw: RawConfig) -> Config {
        let mut apis: Vec<_> = raw.api.into_iter().collect();
        apis.sort_by_key(|(name, _)| name.span().start);
        Config {
            apis: apis
                .into_iter()
                .filter_map(|(name, raw)| self.api(&name, raw))
                .collect(),
        }
    }

    fn api(&mut self, name: &Spanned<String>, raw: RawApi) -> Option<ApiConfig> {
        let pointer = format!("/api/{}", name.get_ref());
        if !is_name(name.get_ref()) {
            self.error(
                &pointer,
                name.span().start,
                format!(
                    "`{}` cannot name an API: use a lower-case letter, then lower-case letters, \
                     digits and underscores",
                    name.get_ref()
                ),
            );
            return None;
        }
        let mut api = ApiConfig::for_name(name.get_ref());
        api.spec = raw.spec.into_inner();
        api.overlays = raw.overlays;
        api.root = raw.root;
        api.stand_in = raw.stand_in;
        if let Some(profile) = raw.n8n {
            api.n8n = self.n8n(&format!("{pointer}/n8n"), profile);
        }
        if let Some(profile) = raw.webhooks {
            api.webhooks = self.webhooks(&format!("{pointer}/webhooks"), profile);
        }
        if let Some(version) = raw.version {
            if is_semver(version.get_ref()) {
                api.version = version.into_inner();
            } else {
                let message = format!(
                    "`{}` is not a version: write it as \"1.2.3\"",
                    version.get_ref()
                );
                self.error(&format!("{pointer}/version"), version.span().start, message);
            }
        }
        if let Some(url) = raw.base_url {
            if url.get_ref().starts_with("https://") || url.get_ref().starts_with("http://") {
                api.base_url = Some(url.into_inner());
            } else {
                let message = format!("`{}` is not an http or https URL", url.get_ref());
                self.error(&format!("{pointer}/base_url"), url.span().start, message);
            }
        }
        if let Some(words) = raw.outputs {
            api.outputs = self.outputs(&pointer, words);
        }
        api.overrides = raw
            .overrides
            .into_iter()
            .enumerate()
            .filter_map(|(index, raw)| self.entry(&format!("{pointer}/override/{index}"), raw))
            .collect();
        api.notes = raw
            .notes
            .into_iter()
            .enumerate()
            .filter_map(|(index, raw)| self.note(&format!("{pointer}/note/{index}"), raw))
            .collect();
        Some(api)
    }

    fn n8n(&mut self, pointer: &str, profile: Spanned<N8nProfile>) -> N8nProfile {
        let start = profile.span().start;
        let profile = profile.into_inner();
        for (key, message) in profile.faults() {
            self.error(&format!("{pointer}/{key}"), start, message);
        }
        profile
    }

    fn webhooks(&mut self, pointer: &str, profile: Spanned<WebhookProfile>) -> WebhookProfile {
        let start = profile.span().start;
        let profile = profile.into_inner();
        for (key, message) in profile.faults() {
            self.error(&format!("{pointer}/{key}"), start, message);
        }
        WebhookProfile {
            origin: Origin::new(Arc::clone(self.file), pointer),
            position: Some(position(self.text, start)),
            ..profile
        }
    }

    fn outputs(&mut self, pointer: &str, words: Vec<Spanned<String>>) -> Vec<Output> {
        let mut outputs = Vec::new();
        for word in words {
            match Output::from_word(word.get_ref()) {
                Some(output) if !outputs.contains(&output) => outputs.push(output),
                Some(_) => {}
                None => {
                    let message = format!(
                        "`{}` is not an output: there are rust, n8n and docs",
                        word.get_ref()
                    );
                    self.error(&format!("{pointer}/outputs"), word.span().start, message);
                }
            }
        }
        outputs
    }

    fn entry(&mut self, pointer: &str, raw: Spanned<RawOverride>) -> Option<Override> {
        let start = raw.span().start;
        match overrides::read(raw.into_inner()) {
            Ok((target, change, reason)) => Some(Override {
                target,
                change,
                reason,
                origin: Origin::new(Arc::clone(self.file), pointer),
                position: Some(position(self.text, start)),
            }),
            Err(message) => {
                self.error(pointer, start, message);
                None
            }
        }
    }

    fn note(&mut self, pointer: &str, raw: Spanned<RawNote>) -> Option<Note> {
        let start = raw.span().start;
        match raw.into_inner().read() {
            Ok((target, kind, text)) => Some(Note {
                target,
                kind,
                text,
                origin: Origin::new(Arc::clone(self.file), pointer),
                position: Some(position(self.text, start)),
            }),
            Err(message) => {
                self.error(pointer, start, message);
                None
            }
        }
    }

    fn error(&mut self, pointer: &str, start: usize, message: String) {
        let origin = Origin::new(Arc::clone(self.file), pointer);
        self.diagnostics.push(
            Diagnostic::error(Code::Config, origin, message).position(position(self.text, start)),
        );
    }
}

/// Whether a name can stand for a module and a package.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a text has the shape that Semantic Versioning 2.0.0 asks for.
fn is_semver(text: &str) -> bool {
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(v, b)| (v, Some(b)));
    let (core, pre) = text
        .split_once('-')
        .map_or((text, None), |(v, p)| (v, Some(p)));
    let number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
            && part.parse::<u64>().is_ok()
    };
    let words = |text: &str| {
        text.split('.').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    };
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(words)
        && build.is_none_or(words)
}

/// Line and column of a byte.
fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |index| index + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before
            .get(line_start..)
            .map_or(0, |line| line.chars().count())
            + 1,
    }
}

#[cfg(test)]
mod tests;
