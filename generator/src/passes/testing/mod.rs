//! What the tests of the passes are written with: an API in a few lines.

mod parser;

use crate::config::ApiConfig;
use crate::diag::Diagnostics;
use crate::ir::*;
use parser::Parser;

/// An API that is being built.
pub(crate) struct Fixture {
    pub(crate) api: Api,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self {
            api: Api {
                name: "test".into(),
                ..Api::default()
            },
        }
    }

    /// Components, which may refer to each other: `[("Pet", "{id!: uuid, name: str}")]`.
    pub(crate) fn components(mut self, all: &[(&str, &str)]) -> Self {
        for (name, _) in all {
            self.api.types.push(TypeDef {
                component: Some((*name).into()),
                hints: vec![vec![(*name).into()]],
                role: Role::Shared,
                title: None,
                description: None,
                body: TypeBody::Alias(Schema::default()),
                default: None,
                examples: Vec::new(),
                deprecated: false,
                origins: vec![origin(&format!("/components/schemas/{name}"))],
                rules: Vec::new(),
                xml: None,
                other_way: None,
            });
        }
        for (index, (name, text)) in all.iter().enumerate() {
            let place = format!("/components/schemas/{name}");
            let body = Parser {
                api: &mut self.api,
                rest: text,
            }
            .body(&place, &[name]);
            self.api.types[index].body = body;
        }
        self
    }

    pub(crate) fn tags(mut self, tags: &[&str]) -> Self {
        for (index, tag) in tags.iter().enumerate() {
            self.api.tags.push(Tag {
                name: (*tag).into(),
                description: None,
                external_docs: None,
                origin: origin(&format!("/tags/{index}")),
            });
        }
        self
    }

    /// An action: `GET /pets/{id} getPet #pets ?limit:int ^Link <{body} >{success} !400{error}`.
    /// Every part after the path may be missing; types contain no spaces at the top.
    pub(crate) fn action(&mut self, line: &str) -> ActionId {
        let mut parts = line.split(' ');
        let method = parts.next().unwrap();
        let method = Method::ALL
            .into_iter()
            .find(|m| m.as_str() == method)
            .unwrap();
        let path = parts.next().unwrap();
        let pointer = format!("/paths/{}/{}", path.replace('/', "~1"), method.key());
        let mut action = empty_action(method, path, &pointer);
        for part in parts {
            let (mark, text) = part.split_at(1);
            match mark {
                "#" => action.tags.push(text.replace('_', " ")),
                "?" => {
                    let parameter = self.parameter(text, Place::Query, &pointer);
                    action.parameters.push(parameter);
                }
                "^" => {
                    let parameter = self.parameter(&format!("{text}:str"), Place::Header, &pointer);
                    action.parameters.push(parameter);
                }
                "<" => action.body = Some(self.body(text, &pointer)),
                ">" => self.success(text, &mut action, &pointer),
                "!" => {
                    let (status, text) = text.split_at(3);
                    let place = format!("{pointer}/responses/{status}");
                    let media = self.media(text, &place);
                    action.outcome.responses.push(Response {
                        status: Status::Code(status.parse().unwrap()),
                        description: None,
                        media: vec![media],
                        headers: Vec::new(),
                        origin: origin(&place),
                    });
                }
                _ => action.operation_id = Some(part.into()),
            }
        }
        self.api.actions.push(action);
        ActionId(self.api.actions.len() - 1)
    }

    pub(crate) fn actions(mut self, lines: &[&str]) -> Self {
        for line in lines {
            self.action(line);
        }
        self
    }

    /// A webhook with a body.
    pub(crate) fn event(mut self, name: &str, tag: &str, body: &str) -> Self {
        let pointer = format!("/webhooks/{name}/post");
        let body = self.body(body, &pointer);
        let payload = match &body.media[0].schema.ty {
            Type::Named(id) => Some(*id),
            _ => None,
        };
        self.api.events.push(Event {
            name: name.into(),
            wire_name: None,
            key: None,
            header_value: None,
            tags: vec![tag.into()],
            resource: None,
            verb: EventVerb::Other(name.into()),
            description: None,
            method: Method::Post,
            headers: Vec::new(),
            body: Some(body),
            responses: Vec::new(),
            payload,
            summary: None,
            record_path: Vec::new(),
            origin: origin(&pointer),
        });
        self
    }

    /// Runs every pass without a configuration.
    pub(crate) fn run(mut self) -> Api {
        let mut diagnostics = Diagnostics::new();
        super::run(
            &mut self.api,
            &ApiConfig::for_name("test"),
            &mut diagnostics,
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        self.api
    }

    /// Runs every pass with the overrides of a configuration, and returns the complaints.
    pub(crate) fn run_with(self, overrides: &str) -> (Api, Vec<String>) {
        self.run_configured(&format!("override = [\n{overrides}\n]\n"))
    }

    /// Runs every pass with what stands in the API's table of the configuration, and returns the
    /// complaints.
    pub(crate) fn run_configured(mut self, table: &str) -> (Api, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let text = format!("[api.test]\nspec = \"a\"\n{table}\n");
        let config = crate::config::Config::parse("specwright.toml", &text, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        super::run(&mut self.api, &config.apis[0], &mut diagnostics);
        let complaints = diagnostics
            .iter()
            .map(|d| format!("{} {} {}", d.code.as_str(), d.origin.pointer, d.message))
            .collect();
        (self.api, complaints)
    }

    fn parameter(&mut self, text: &str, place: Place, pointer: &str) -> Parameter {
        let (name, ty) = text.split_once(':').unwrap();
        let place_of = format!("{pointer}/parameters/{name}");
        let schema = Parser {
            api: &mut self.api,
            rest: ty,
        }
        .schema(&place_of, &[name]);
        Parameter {
            wire_name: name.into(),
            place,
            description: None,
            required: false,
            schema,
            style: Style::Form,
            explode: true,
            allow_reserved: false,
            allow_empty: false,
            content: None,
            examples: Vec::new(),
            deprecated: false,
            origin: origin(&place_of),
        }
    }

    fn body(&mut self, text: &str, pointer: &str) -> Body {
        let place = format!("{pointer}/requestBody");
        Body {
            description: None,
            required: true,
            media: vec![self.media(text, &place)],
            origin: origin(&place),
        }
    }

    fn media(&mut self, text: &str, pointer: &str) -> Media {
        let place = format!("{pointer}/content/application~1json");
        let schema = Parser {
            api: &mut self.api,
            rest: text,
        }
        .schema(&format!("{place}/schema"), &["body"]);
        Media {
            per_item: false,
            media_type: "application/json".into(),
            encoding: Encoding::Json,
            typed_xml: false,
            schema,
            examples: Vec::new(),
            origin: origin(&place),
        }
    }

    fn success(&mut self, text: &str, action: &mut Action, pointer: &str) {
        let place = format!("{pointer}/responses/200");
        let media = self.media(text, &place);
        action.outcome.success = Some(Success {
            response: action.outcome.responses.len(),
            media: Some(0),
            payload: Payload::Whole(media.schema.ty.clone()),
        });
        action.outcome.responses.push(Response {
            status: Status::Code(200),
            description: None,
            media: vec![media],
            headers: Vec::new(),
            origin: origin(&place),
        });
    }
}

pub(crate) fn origin(pointer: &str) -> Origin {
    Origin::new("openapi.yaml", pointer)
}

fn empty_action(method: Method, path: &str, pointer: &str) -> Action {
    let mut segments = Vec::new();
    let mut rest = path;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        if !text.is_empty() {
            segments.push(PathSegment::Text(text.into()));
        }
        segments.push(PathSegment::Parameter(name.into()));
        rest = after;
    }
    if !rest.is_empty() {
        segments.push(PathSegment::Text(rest.into()));
    }
    Action {
        operation_id: None,
        kind: Kind::Custom { words: Vec::new() },
        evidence: Vec::new(),
        resource: None,
        method,
        path: path.into(),
        segments,
        tags: Vec::new(),
        summary: None,
        description: None,
        external_docs: None,
        parameters: Vec::new(),
        body: None,
        outcome: Outcome::default(),
        pagination: None,
        idempotency: Idempotency::Once,
        security: None,
        servers: Vec::new(),
        deprecation: None,
        callbacks: Vec::new(),
        origin: origin(pointer),
    }
}
