//! Types in one line.

use super::origin;
use crate::ir::*;
use serde_json::Value;

/// Types in one line: `{id!: uuid, tags: [str], owner: Person?, kind: one(a|b), x: any(A|B)}`;
/// `readOnly` and `writeOnly` stand before a property's name.
pub(super) struct Parser<'a, 't> {
    pub(super) api: &'a mut Api,
    pub(super) rest: &'t str,
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
    pub(super) fn body(&mut self, place: &str, hint: &[&str]) -> TypeBody {
        let before = self.api.types.len();
        let schema = self.schema(place, hint);
        match schema.ty {
            Type::Named(TypeId(id)) if id >= before && id + 1 == self.api.types.len() => {
                self.api.types.pop().unwrap().body
            }
            _ => TypeBody::Alias(schema),
        }
    }

    pub(super) fn schema(&mut self, place: &str, hint: &[&str]) -> Schema {
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
                        added_tag: None,
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
            let read_only = self.eat("readOnly ");
            let write_only = self.eat("writeOnly ");
            let name = self.word();
            let required = self.eat("!");
            assert!(self.eat(":"), "a colon after {name}");
            let place = format!("{place}/properties/{name}");
            let mut schema = self.schema(&place, &[&name]);
            let examples = name.split('=').skip(1);
            schema
                .examples
                .extend(examples.map(|example| Value::String(example.into())));
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
                read_only,
                write_only,
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
            rules: Vec::new(),
            xml: None,
            other_way: None,
        });
        Type::Named(TypeId(self.api.types.len() - 1))
    }
}

fn string(format: Option<&str>) -> Type {
    Type::Primitive(Primitive::String {
        format: format.map(str::to_owned),
    })
}
