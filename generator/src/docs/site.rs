//! What has a page, and how one page leads to another.

use super::markdown;
use super::notes::Notes;
use super::usage::Usage;
use crate::ir::{
    ActionId, Additional, Api, OtherWay, ResourceId, Schema, Type, TypeBody, TypeDef, TypeId,
};
use crate::names::DocsNames;

/// Inline objects within each other that are shown where they stand; those deeper have a page.
const DEEPEST_INLINE: usize = 3;

/// Everything that is known when a page is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a DocsNames,
    pub(super) usage: &'a Usage,
    pub(super) notes: &'a Notes<'a>,
    /// The heading's identifier of each action, by `ActionId`.
    pub(super) anchors: &'a [String],
    /// The base URL, where there is one.
    pub(super) base_url: Option<&'a str>,
}

/// Where a page lies, which decides how it leads to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    /// In the root: the index.
    Root,
    /// The page of a resource.
    Resource(ResourceId),
    /// The page of an event.
    Event,
    /// The page of a schema.
    Schema,
}

impl Here {
    /// The way to a folder of pages, with `/` at its end.
    fn folder(self, folder: &str) -> String {
        let own = match self {
            Self::Root => return format!("{folder}/"),
            Self::Resource(_) => "resources",
            Self::Event => "events",
            Self::Schema => "schemas",
        };
        if own == folder {
            String::new()
        } else {
            format!("../{folder}/")
        }
    }
}

impl<'a> Site<'a> {
    /// A link to the page of a type; `None` where it has none.
    pub(super) fn schema_link(&self, id: TypeId, here: Here) -> Option<String> {
        let target = self.schema_target(id, here)?;
        Some(markdown::link(
            &markdown::text(&self.schema_name(id)),
            &target,
        ))
    }

    /// What a type is called: the document's own name, else the first of its hints.
    pub(super) fn schema_name(&self, id: TypeId) -> String {
        let Some(def) = self.api.type_def(id) else {
            return String::new();
        };
        match &def.component {
            Some(name) => name.clone(),
            None => {
                let words = def.hints.first().map(Vec::as_slice).unwrap_or_default();
                let name = crate::names::Case::Type.identifier(words);
                name.unwrap_or_else(|| "Object".to_owned())
            }
        }
    }

    fn schema_target(&self, id: TypeId, here: Here) -> Option<String> {
        let file = self.names.schemas.get(id.0)?.as_ref()?;
        Some(format!("{}{file}.md", here.folder("schemas")))
    }

    /// Whether a type has a page.
    pub(super) fn has_page(&self, id: TypeId) -> bool {
        self.names.schemas.get(id.0).is_some_and(Option::is_some)
    }

    /// A link to the section of an action.
    pub(super) fn action_link(&self, id: ActionId, here: Here) -> Option<String> {
        let title = &self.names.actions.get(id.0)?.title;
        Some(markdown::link(
            &markdown::text(title),
            &self.action_target(id, here)?,
        ))
    }

    /// The way to the section of an action.
    pub(super) fn action_target(&self, id: ActionId, here: Here) -> Option<String> {
        let resource = self.api.action(id)?.resource?;
        let anchor = self.anchors.get(id.0)?;
        if here == Here::Resource(resource) {
            return Some(format!("#{anchor}"));
        }
        let page = self.names.resources.get(resource.0)?;
        Some(format!(
            "{}{}.md#{anchor}",
            here.folder("resources"),
            page.file
        ))
    }

    /// A link to the page of a resource.
    pub(super) fn resource_link(&self, id: ResourceId, here: Here) -> Option<String> {
        let page = self.names.resources.get(id.0)?;
        let target = format!("{}{}.md", here.folder("resources"), page.file);
        Some(markdown::link(&markdown::text(&page.title), &target))
    }

    /// A link to the page of an event.
    pub(super) fn event_link(&self, index: usize, here: Here) -> Option<String> {
        let event = self.api.events.get(index)?;
        let file = self.names.events.get(index)?;
        let target = format!("{}{file}.md", here.folder("events"));
        Some(markdown::link(&label(&event.name), &target))
    }

    /// What is generated, with a verb for one and for several: "The SDK and the node wait".
    pub(super) fn tools(&self, one: &str, several: &str) -> String {
        match (&self.usage.rust, &self.usage.n8n) {
            (Some(_), Some(_)) => format!("The SDK and the node {several}"),
            (Some(_), None) => format!("The SDK {one}"),
            (None, Some(_)) => format!("The node {one}"),
            (None, None) => format!("A client {one}"),
        }
    }

    /// The way to the index.
    pub(super) fn index(here: Here) -> &'static str {
        match here {
            Here::Root => "README.md",
            Here::Resource(_) | Here::Event | Here::Schema => "../README.md",
        }
    }
}

/// A name as a label, which is never empty.
pub(super) fn label(name: &str) -> String {
    match markdown::text(name) {
        empty if empty.is_empty() => "(no name)".to_owned(),
        label => label,
    }
}

/// The types that have a page: every component, and what is written in place but too deep, or within
/// itself.
pub(super) fn paged(api: &Api) -> Vec<bool> {
    let mut walk = Walk {
        api,
        paged: api.types.iter().map(|def| is_component(api, def)).collect(),
        deepest: vec![None; api.types.len()],
        pending: Vec::new(),
    };
    for action in &api.actions {
        let parameters = action.parameters.iter().map(|it| &it.schema);
        let bodies = action.body.iter().flat_map(|it| &it.media);
        let responses = action.outcome.responses.iter();
        let answers = responses.clone().flat_map(|it| &it.media);
        let headers = responses.flat_map(|it| &it.headers).map(|it| &it.schema);
        let media = bodies.chain(answers).map(|it| &it.schema);
        parameters
            .chain(media)
            .chain(headers)
            .for_each(|it| walk.schema(it, 0));
    }
    for event in api
        .events
        .iter()
        .chain(api.actions.iter().flat_map(|it| &it.callbacks))
    {
        let media = event
            .body
            .iter()
            .flat_map(|it| &it.media)
            .map(|it| &it.schema);
        let headers = event.headers.iter().map(|it| &it.schema);
        media.chain(headers).for_each(|it| walk.schema(it, 0));
    }
    let components = (0..api.types.len()).map(TypeId);
    let components: Vec<TypeId> = components.filter(|id| walk.is_paged(*id)).collect();
    walk.pending.extend(components);
    while let Some(id) = walk.pending.pop() {
        walk.inside(id, 0);
    }
    walk.paged
}

/// Whether a type is a component, or what one is sent as.
fn is_component(api: &Api, def: &TypeDef) -> bool {
    match def.other_way {
        Some(OtherWay::ReceivedAs(id)) => api
            .type_def(id)
            .is_some_and(|received| received.component.is_some()),
        Some(OtherWay::SentAs(_)) | None => def.component.is_some(),
    }
}

struct Walk<'a> {
    api: &'a Api,
    paged: Vec<bool>,
    /// How deep each inline type was met at most.
    deepest: Vec<Option<usize>>,
    /// Types with a page whose insides are still to be looked at.
    pending: Vec<TypeId>,
}

impl Walk<'_> {
    fn is_paged(&self, id: TypeId) -> bool {
        self.paged.get(id.0).copied().unwrap_or(true)
    }

    fn schema(&mut self, schema: &Schema, depth: usize) {
        match &schema.ty {
            Type::Named(id) => self.named(*id, depth),
            Type::List(item) | Type::Map(item) => self.schema(item, depth),
            Type::Tuple(items, rest) => {
                for item in items.iter().chain(rest.as_deref()) {
                    self.schema(item, depth);
                }
            }
            Type::Any | Type::Never | Type::Null | Type::Primitive(_) | Type::Constant(_) => {}
        }
    }

    fn named(&mut self, id: TypeId, depth: usize) {
        if self.is_paged(id) || self.is_enum(id) {
            return;
        }
        let Some(deepest) = self.deepest.get_mut(id.0) else {
            return;
        };
        if deepest.is_some_and(|deepest| deepest >= depth) {
            return;
        }
        *deepest = Some(depth);
        if depth < DEEPEST_INLINE {
            self.inside(id, depth + 1);
        } else if let Some(slot) = self.paged.get_mut(id.0) {
            *slot = true;
            self.pending.push(id);
        }
    }

    fn is_enum(&self, id: TypeId) -> bool {
        let def = self.api.type_def(id);
        def.is_some_and(|def| matches!(def.body, TypeBody::Enum(_)))
    }

    fn inside(&mut self, id: TypeId, depth: usize) {
        let api = self.api;
        let Some(def) = api.type_def(id) else { return };
        match &def.body {
            TypeBody::Record(record) => {
                record
                    .fields
                    .iter()
                    .for_each(|it| self.schema(&it.schema, depth));
                record
                    .patterns
                    .iter()
                    .for_each(|it| self.schema(&it.schema, depth));
                if let Additional::Allowed(schema) = &record.additional {
                    self.schema(schema, depth);
                }
            }
            TypeBody::Union(union) => {
                union
                    .variants
                    .iter()
                    .for_each(|it| self.schema(&it.schema, depth));
            }
            TypeBody::Alias(schema) => self.schema(schema, depth),
            TypeBody::Enum(_) => {}
        }
    }
}
