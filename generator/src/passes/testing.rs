//! What the tests of the passes are written with: an API in a few lines.

use crate::config::ApiConfig;
use crate::diag::Diagnostics;
use crate::ir::*;
use serde_json::Value;

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
            tags: vec![tag.into()],
            resource: None,
            verb: EventVerb::Other(name.into()),
            description: None,
            method: Method::Post,
            headers: Vec::new(),
            body: Some(body),
            responses: Vec::new(),
            payload,
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
    pub(crate) fn run_with(mut self, overrides: &str) -> (Api, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let text = format!("[api.test]\nspec = \"a\"\noverride = [\n{overrides}\n]\n");
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
            media_type: "application/json".into(),
            encoding: Encoding::Json,
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

/// Types in one line: `{id!: uuid, tags: [str], owner: Person?, kind: one(a|b), x: any(A|B)}`.
struct Parser<'a, 't> {
    api: &'a mut Api,
    rest: &'t str,
}

impl Parser<'_, '_> {
    fn eat(&mut self, text: &str) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.strip_prefix(text);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn word(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|c: char| "{}[]():|,!?".contains(c))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim().to_owned()
    }

    /// What a component is: its own record, not an alias of an inline one.
    fn body(&mut self, place: &str, hint: &[&str]) -> TypeBody {
        let before = self.api.types.len();
        let schema = self.schema(place, hint);
        match schema.ty {
            Type::Named(TypeId(id)) if id >= before && id + 1 == self.api.types.len() => {
                self.api.types.pop().unwrap().body
            }
            _ => TypeBody::Alias(schema),
        }
    }

    fn schema(&mut self, place: &str, hint: &[&str]) -> Schema {
        let ty = self.ty(place, hint);
        let nullable = self.eat("?");
        Schema {
            ty,
            nullable,
            origin: origin(place),
            ..Schema::default()
        }
    }

    fn ty(&mut self, place: &str, hint: &[&str]) -> Type {
        if self.eat("[") {
            let mut item_hint = hint.to_vec();
            item_hint.push("item");
            let item = self.schema(&format!("{place}/items"), &item_hint);
            assert!(self.eat("]"));
            return Type::List(Box::new(item));
        }
        if self.eat("{") {
            let fields = self.fields(place, hint);
            let record = Record {
                fields,
                ..Record::default()
            };
            return self.define(TypeBody::Record(record), place, hint);
        }
        let word = self.word();
        match word.as_str() {
            "str" => string(None),
            "email" => string(Some("email")),
            "int" => Type::Primitive(Primitive::Integer {
                bits: None,
                signed: true,
            }),
            "num" => Type::Primitive(Primitive::Number),
            "bool" => Type::Primitive(Primitive::Boolean),
            "uuid" => Type::Primitive(Primitive::Uuid),
            "uri" => Type::Primitive(Primitive::Uri),
            "map" => Type::Map(Box::default()),
            "one" => {
                let values = self.alternatives(|parser| parser.word());
                let values = values.into_iter().map(|value| EnumValue {
                    value: Value::String(value),
                    name: None,
                    description: None,
                    origin: origin(place),
                });
                let body = TypeBody::Enum(Enum {
                    values: values.collect(),
                    integer: false,
                });
                self.define(body, place, hint)
            }
            "any" if self.rest.starts_with('(') => {
                let schemas = self.alternatives(|parser| parser.schema(place, &["variant"]));
                let variants = schemas
                    .into_iter()
                    .enumerate()
                    .map(|(index, schema)| Variant {
                        name: format!("variant {index}"),
                        schema,
                        test: VariantTest::None,
                        indirect: false,
                        origin: origin(place),
                    });
                let union = Union {
                    variants: variants.collect(),
                    tag: None,
                };
                self.define(TypeBody::Union(union), place, hint)
            }
            "any" => Type::Any,
            literal if literal.starts_with('"') => {
                Type::Constant(Value::String(literal.trim_matches('"').into()))
            }
            name => {
                let found = self
                    .api
                    .types
                    .iter()
                    .position(|d| d.component.as_deref() == Some(name));
                Type::Named(TypeId(
                    found.unwrap_or_else(|| panic!("no component {name}")),
                ))
            }
        }
    }

    fn alternatives<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        assert!(self.eat("("));
        let mut all = vec![read(self)];
        while self.eat("|") {
            all.push(read(self));
        }
        assert!(self.eat(")"));
        all
    }

    fn fields(&mut self, place: &str, hint: &[&str]) -> Vec<Field> {
        let mut fields = Vec::new();
        while !self.eat("}") {
            let name = self.word();
            let required = self.eat("!");
            assert!(self.eat(":"), "a colon after {name}");
            let place = format!("{place}/properties/{name}");
            let mut schema = self.schema(&place, &[&name]);
            if let Some((_, example)) = name.split_once('=') {
                schema.examples.push(Value::String(example.into()));
            }
            if let Type::Named(id) = schema.ty
                && let Some(def) = self.api.types.get_mut(id.0)
                && def.component.is_none()
                && def.hints.len() == 1
            {
                let parent = hint.iter().map(|h| (*h).to_owned()).chain([name.clone()]);
                def.hints.push(parent.collect());
            }
            fields.push(Field {
                wire_name: name
                    .split_once('=')
                    .map_or(name.clone(), |(name, _)| name.into()),
                required,
                schema,
                read_only: false,
                write_only: false,
                secret: false,
                relation: None,
                indirect: false,
                origin: origin(&place),
            });
            self.eat(",");
        }
        fields
    }

    fn define(&mut self, body: TypeBody, place: &str, hint: &[&str]) -> Type {
        self.api.types.push(TypeDef {
            component: None,
            hints: vec![hint.iter().map(|h| (*h).to_owned()).collect()],
            role: Role::Shared,
            title: None,
            description: None,
            body,
            default: None,
            examples: Vec::new(),
            deprecated: false,
            origins: vec![origin(place)],
        });
        Type::Named(TypeId(self.api.types.len() - 1))
    }
}

fn string(format: Option<&str>) -> Type {
    Type::Primitive(Primitive::String {
        format: format.map(str::to_owned),
    })
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
