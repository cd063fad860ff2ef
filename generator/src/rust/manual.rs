//! What an SDK calls things, for those who describe it.

use super::builders::Builders;
use super::company::SHARED_CRATE;
use super::examples::Answer;
use super::package::Crate;
use super::{Context, Place, ident};
use crate::ir::ActionId;
use crate::names::RustNames;

/// The crate that an API lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrateHome {
    /// One that holds several APIs.
    Shared,
    /// One of its own.
    Own,
}

/// The path that an API is imported from, and what stands before the features of its resources.
pub(super) fn import_of(api: &str, home: CrateHome) -> (String, String) {
    match home {
        CrateHome::Shared => (
            format!("{}::{api}", SHARED_CRATE.replace('-', "_")),
            format!("{}-", api.replace('_', "-")),
        ),
        CrateHome::Own => (api.to_owned(), String::new()),
    }
}

/// How an SDK is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manual {
    /// The crate, as Cargo knows it.
    pub package: String,
    /// The path that the API is imported from.
    pub import: String,
    /// The module's name, which calls begin with.
    pub module: String,
    /// The feature of each resource, by `ResourceId`.
    pub features: Vec<String>,
    /// The method of the client that leads to each resource, by `ResourceId`.
    pub accessors: Vec<String>,
    /// How each action is called, by `ActionId`.
    pub calls: Vec<Option<Call>>,
    /// What each type is called, by `TypeId`; `None`: it is not shown.
    pub types: Vec<Option<String>>,
    /// The variant of each event, by its index; `None`: nothing tells it apart.
    pub events: Vec<Option<String>>,
    /// Whether there is a verifier of deliveries.
    pub verifier: bool,
    /// The method of the client's builder for each of `Api::client_parameters`, by index.
    pub client_parameters: Vec<String>,
    /// Key of the security scheme and the call on the client's builder that gives its credential.
    pub credentials: Vec<(String, String)>,
}

/// The call in the documentation of a method, which is compiled there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// Its statements.
    pub code: String,
    /// What else they mention: `id: twenty::Uuid`.
    pub given: Vec<String>,
    /// What the parameters are called, by their index: arguments where they are required, else setters.
    pub parameters: Vec<String>,
    /// The media type of the stream that `.stream()` asks for in place of the answer.
    pub stream: Option<String>,
}

/// How an SDK is used.
pub fn manual(input: Crate<'_>, home: CrateHome, names: &RustNames) -> Manual {
    let api = input.api;
    let (import, feature_prefix) = import_of(&api.name, home);
    let place = Place {
        import: &import,
        feature_prefix: &feature_prefix,
        version: input.version,
    };
    let context = Context::new(api, None, names, Builders::default(), place);
    let resources = (0..api.resources.len()).map(crate::ir::ResourceId);
    let mut events = vec![None; api.events.len()];
    for (index, _) in context.told_apart() {
        if let (Some(slot), Some(name)) = (events.get_mut(index), names.events.get(index)) {
            *slot = Some(name.clone());
        }
    }
    let types = names.types.iter().enumerate().map(|(index, name)| {
        let shown = context.shown.contains(crate::ir::TypeId(index)) && !name.is_empty();
        shown.then(|| name.clone())
    });
    Manual {
        package: match home {
            CrateHome::Shared => SHARED_CRATE.to_owned(),
            CrateHome::Own => api.name.replace('_', "-"),
        },
        module: ident(&api.name).to_string(),
        features: resources.map(|id| context.feature(id)).collect(),
        accessors: names
            .resources
            .iter()
            .map(|it| it.accessor.clone())
            .collect(),
        calls: (0..api.actions.len())
            .map(|index| context.call(ActionId(index)))
            .collect(),
        types: types.collect(),
        events,
        verifier: api.webhooks.signature.is_some() && context.has_event_type(),
        client_parameters: names.client_parameters.clone(),
        credentials: context.credential_calls(),
        import: import.clone(),
    }
}

impl Context<'_> {
    /// The example of a method without its frame.
    fn call(&self, id: ActionId) -> Option<Call> {
        let example = self.example_of(id, Answer::Whole)?;
        let shown = example
            .lines()
            .filter(|line| !line.starts_with("```") && !line.starts_with("# ") && *line != "#");
        // rustdoc shows a line that begins with two hashes with one.
        let shown = shown.map(|line| {
            line.strip_prefix('#')
                .filter(|it| it.starts_with('#'))
                .unwrap_or(line)
        });
        let client = ident("client");
        let (_, given) = self.shown_call(id, &client, Answer::Whole)?;
        let given = given
            .iter()
            .map(|it| it.to_string().replace(" :: ", "::").replace(" : ", ": "));
        let streamed = super::builders::stream_beside(self.api, self.api.action(id)?);
        Some(Call {
            stream: streamed.map(|items| items.media.media_type.clone()),
            code: shown.collect::<Vec<_>>().join("\n"),
            given: given.collect(),
            parameters: self.names.actions.get(id.0)?.parameters.clone(),
        })
    }
}
