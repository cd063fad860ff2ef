//! The index of an API, and the book around the pages.

use super::resources::external;
use super::site::{Here, Site, label};
use super::{markdown, prose};
use crate::ir::{AuthSchemeKind, Info, Kind, OAuthFlowKind, TypeId};
use serde::Serialize;

/// What is put into the template of the index. Texts are Markdown.
#[derive(Debug, Serialize)]
pub(super) struct IndexView {
    title: String,
    version: String,
    about: String,
    docs: Option<String>,
    /// Contact, licence and terms.
    about_us: Vec<String>,
    servers: Vec<String>,
    authentication: Vec<String>,
    rust: Vec<String>,
    n8n: Vec<String>,
    kinds: Vec<&'static str>,
    matrix: Vec<MatrixRow>,
    actions: usize,
    resources: usize,
    events: Vec<EventRow>,
    signature: Vec<String>,
    schemas: Vec<SchemaRow>,
}

#[derive(Debug, Serialize)]
struct MatrixRow {
    resource: String,
    /// A link for each kind, or nothing.
    cells: Vec<String>,
    others: String,
}

#[derive(Debug, Serialize)]
struct EventRow {
    link: String,
    wire: String,
    resource: String,
}

#[derive(Debug, Serialize)]
struct SchemaRow {
    link: String,
    about: String,
}

/// What is put into the template of the table of contents. Texts are Markdown.
#[derive(Debug, Serialize)]
pub(super) struct SummaryView {
    title: String,
    resources: Vec<String>,
    events: Vec<String>,
    schemas: Vec<String>,
}

/// The kinds that have a column of their own, with what stands above it.
const COLUMNS: [(Kind, &str); 12] = [
    (Kind::FindMany, "Find Many"),
    (Kind::FindOne, "Find One"),
    (Kind::CreateOne, "Create One"),
    (Kind::CreateMany, "Create Many"),
    (Kind::UpdateOne, "Update One"),
    (Kind::UpdateMany, "Update Many"),
    (Kind::Upsert, "Upsert"),
    (Kind::DeleteOne, "Delete One"),
    (Kind::DeleteMany, "Delete Many"),
    (Kind::FindDuplicates, "Find Duplicates"),
    (Kind::Merge, "Merge"),
    (Kind::Restore, "Restore"),
];

impl Site<'_> {
    /// The index.
    pub(super) fn index_view(&self) -> IndexView {
        let api = self.api;
        let about = api
            .description
            .as_deref()
            .map(prose::blocks)
            .unwrap_or_default();
        let kinds: Vec<&(Kind, &str)> = COLUMNS
            .iter()
            .filter(|(kind, _)| api.actions.iter().any(|action| action.kind == *kind))
            .collect();
        let events = api
            .events
            .iter()
            .enumerate()
            .map(|(index, event)| EventRow {
                link: self.event_link(index, Here::Root).unwrap_or_default(),
                wire: event
                    .wire_name
                    .as_deref()
                    .map(markdown::cell_code)
                    .unwrap_or_default(),
                resource: event
                    .resource
                    .and_then(|id| self.resource_link(id, Here::Root))
                    .unwrap_or_default(),
            });
        IndexView {
            title: label(&api.title),
            version: markdown::code(&api.version),
            about: prose::ended(&about),
            docs: api.external_docs.as_ref().and_then(external),
            about_us: info_words(&api.info),
            servers: self.servers(),
            authentication: self.authentication_words(),
            rust: self.rust_intro(),
            n8n: self.n8n_intro(),
            kinds: kinds.iter().map(|(_, title)| *title).collect(),
            matrix: self.matrix(&kinds),
            actions: api.actions.len(),
            resources: api.resources.len(),
            events: events.collect(),
            signature: if api.events.is_empty() {
                Vec::new()
            } else {
                self.signature_words()
            },
            schemas: self.schema_rows(),
        }
    }

    fn servers(&self) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(
            self.base_url
                .map(|url| format!("Base URL: {}.", markdown::code(url))),
        );
        for server in &self.api.servers {
            if Some(server.url.as_str()) == self.base_url {
                continue;
            }
            let said = server
                .description
                .as_deref()
                .map(prose::cell)
                .unwrap_or_default();
            let said = if said.is_empty() {
                said
            } else {
                format!(": {said}")
            };
            words.push(format!("Server: {}{said}.", markdown::code(&server.url)));
        }
        for variable in self.api.servers.iter().flat_map(|it| &it.variables) {
            let values: Vec<String> = variable
                .values
                .iter()
                .map(|it| markdown::code(it))
                .collect();
            let among = match values.as_slice() {
                [] => String::new(),
                values => format!(", one of {}", values.join(", ")),
            };
            words.push(format!(
                "{} in it is {}{among}, where nothing else is said.",
                markdown::code(&format!("{{{}}}", variable.name)),
                markdown::code(&variable.default)
            ));
        }
        if words.is_empty() {
            words.push(match self.settings(" and to ").as_str() {
                "" => "The document names no server.".to_owned(),
                places => {
                    format!("The document names no server: give the base URL to {places}.")
                }
            });
        }
        words
    }

    fn authentication_words(&self) -> Vec<String> {
        let schemes = self.api.auth_schemes.iter().map(|scheme| {
            let said = scheme
                .description
                .as_deref()
                .map(prose::cell)
                .unwrap_or_default();
            let said = if said.is_empty() {
                said
            } else {
                format!(" {}", prose::ended(&said))
            };
            let mut words = format!(
                "{}: {}.{said}",
                markdown::code(&scheme.key),
                super::needs::scheme_name(scheme)
            );
            if let AuthSchemeKind::OAuth2 { flows } = &scheme.kind {
                for flow in flows {
                    words.push_str(&format!(" {}", flow_words(flow)));
                }
            }
            words
        });
        schemes.collect()
    }

    fn rust_intro(&self) -> Vec<String> {
        let Some(rust) = &self.usage.rust else {
            return Vec::new();
        };
        let call = rust
            .credentials
            .first()
            .map(|(_, call)| format!("\n    {call}"))
            .unwrap_or_default();
        let import = match rust.import.contains("::") {
            true => format!("use {};\n\n", rust.import),
            false => String::new(),
        };
        let url = match self.base_url {
            Some(_) => "",
            None => "\n    .base_url(\"https://..\")",
        };
        let code = format!(
            "{import}let client = {}::Client::builder(){url}{call}\n    .build()?;",
            rust.module
        );
        vec![
            format!(
                "The crate is {}, the API in it {}. Required values are arguments, optional ones are setters, \
                 `.await` sends. Each resource is a feature, on by default.",
                markdown::code(&rust.package),
                markdown::code(&rust.import)
            ),
            markdown::fence("rust,ignore", &code),
        ]
    }

    fn n8n_intro(&self) -> Vec<String> {
        let Some(n8n) = &self.usage.n8n else {
            return Vec::new();
        };
        let has_node = n8n.operations.iter().any(Option::is_some);
        let node = has_node.then(|| format!("the node **{}**", markdown::text(&n8n.node)));
        let trigger = n8n.trigger.as_ref();
        let trigger = trigger.map(|it| format!("the trigger node **{}**", markdown::text(it)));
        let nodes: Vec<String> = node.into_iter().chain(trigger).collect();
        let choose = match has_node {
            true => {
                " Choose a resource and an operation; what is required is shown at once, what else there is can be added."
            }
            false => "",
        };
        let mut words = vec![format!(
            "The package is {}. It has {}.{choose}",
            markdown::code(&n8n.package),
            nodes.join(" and ")
        )];
        let credentials = n8n.credentials.iter().map(|it| {
            let fields: Vec<String> = it.fields.iter().map(|it| markdown::text(it)).collect();
            format!(
                "- Credential **{}**: {}.",
                markdown::text(&it.name),
                fields.join(", ")
            )
        });
        let credentials: Vec<String> = credentials.collect();
        if !credentials.is_empty() {
            words.push(credentials.join("\n"));
        }
        words
    }

    fn matrix(&self, kinds: &[&(Kind, &str)]) -> Vec<MatrixRow> {
        let rows = self
            .api
            .resources
            .iter()
            .enumerate()
            .map(|(index, resource)| {
                let actions = || {
                    let ids = resource.actions.iter();
                    ids.filter_map(|id| Some((*id, self.api.action(*id)?)))
                };
                let cells = kinds.iter().map(|(kind, _)| {
                    let links = actions().filter(|(_, it)| it.kind == *kind);
                    let links = links.filter_map(|(id, _)| {
                        let target = self.action_target(id, Here::Root)?;
                        Some(markdown::link("yes", &target))
                    });
                    links.collect::<Vec<_>>().join(" ")
                });
                let others = actions().filter(|(_, it)| matches!(it.kind, Kind::Custom { .. }));
                let others = others.filter_map(|(id, _)| self.action_link(id, Here::Root));
                MatrixRow {
                    resource: self
                        .resource_link(crate::ir::ResourceId(index), Here::Root)
                        .unwrap_or_default(),
                    cells: cells.collect(),
                    others: others.collect::<Vec<_>>().join(", "),
                }
            });
        rows.collect()
    }

    fn schema_rows(&self) -> Vec<SchemaRow> {
        let types = self.api.types.iter().enumerate();
        let rows = types.filter_map(|(index, def)| {
            let about = def.description.as_deref().or(def.title.as_deref());
            Some(SchemaRow {
                link: self.schema_link(TypeId(index), Here::Root)?,
                about: about.map(prose::first_line).unwrap_or_default(),
            })
        });
        let mut rows: Vec<SchemaRow> = rows.collect();
        rows.sort_by_cached_key(|row| row.link.to_lowercase());
        rows
    }

    /// The table of contents.
    pub(super) fn summary(&self) -> SummaryView {
        let here = Here::Root;
        let resources = (0..self.api.resources.len()).map(crate::ir::ResourceId);
        let events = 0..self.api.events.len();
        let schemas = (0..self.api.types.len()).map(TypeId);
        let mut schemas: Vec<String> = schemas
            .filter_map(|id| self.schema_link(id, here))
            .collect();
        schemas.sort_by_cached_key(|link| link.to_lowercase());
        SummaryView {
            title: label(&self.api.title),
            resources: resources
                .filter_map(|id| self.resource_link(id, here))
                .collect(),
            events: events
                .filter_map(|index| self.event_link(index, here))
                .collect(),
            schemas,
        }
    }
}

/// Contact, licence and terms, each as a line.
fn info_words(info: &Info) -> Vec<String> {
    let linked = |name: Option<&str>, url: Option<&str>| {
        let target = url.and_then(markdown::url);
        let name = name
            .or(url)
            .map(markdown::text)
            .filter(|it| !it.is_empty())?;
        Some(match target {
            Some(target) => markdown::link(&name, &target),
            None => name,
        })
    };
    let mut lines = Vec::new();
    let contact = linked(info.contact.name.as_deref(), info.contact.url.as_deref());
    let email = info.contact.email.as_deref().map(markdown::code);
    let contact: Vec<String> = contact.into_iter().chain(email).collect();
    if !contact.is_empty() {
        lines.push(format!("Contact: {}.", contact.join(", ")));
    }
    let license = linked(info.license.name.as_deref(), info.license.url.as_deref());
    lines.extend(license.map(|it| format!("Licence of the API: {it}.")));
    let terms = linked(None, info.terms_of_service.as_deref());
    lines.extend(terms.map(|it| format!("Terms of service: {it}.")));
    lines
}

fn flow_words(flow: &crate::ir::OAuthFlow) -> String {
    let kind = match flow.kind {
        OAuthFlowKind::Implicit => "Implicit",
        OAuthFlowKind::Password => "Password",
        OAuthFlowKind::ClientCredentials => "Client credentials",
        OAuthFlowKind::AuthorizationCode => "Authorization code",
    };
    let urls = [
        ("authorization", &flow.authorization_url),
        ("token", &flow.token_url),
        ("refresh", &flow.refresh_url),
    ];
    let urls = urls
        .iter()
        .filter_map(|(what, url)| Some(format!("{what} at {}", markdown::code(url.as_deref()?))));
    let scopes: Vec<String> = flow
        .scopes
        .iter()
        .map(|(scope, said)| match prose::first_line(said) {
            empty if empty.is_empty() => markdown::code(scope),
            said => format!("{} ({})", markdown::code(scope), said.trim_end_matches('.')),
        })
        .collect();
    let scopes = match scopes.as_slice() {
        [] => String::new(),
        scopes => format!("; scopes: {}", scopes.join(", ")),
    };
    format!(
        "{kind} flow: {}{scopes}.",
        urls.collect::<Vec<_>>().join(", ")
    )
}
