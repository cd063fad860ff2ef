//! One Schema Object, its keywords told apart and checked.

use super::keyword_limits::{keep_those_of, limit};
use super::keyword_values::{
    Taken, array, flag, format_as_type, json_type, object, schema, text, xml,
};
use super::rules::rule;
use super::vocabulary::{Leftover, leftover, looks_like_schema};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Constraints, JsonType, Origin, Xml};
use crate::load::Node;
use crate::normalise::reader::{Reader, key_of, wrong_type};
use serde_json::Value;

/// The keywords of one node. A keyword whose value has the wrong type is diagnosed and not in here.
#[derive(Debug, Clone)]
pub(super) struct Keywords<'d> {
    pub(super) node: Node<'d>,
    pub(super) reference: Option<&'d str>,
    /// `type` without null, in the order written; `None` when the keyword is not there.
    pub(super) types: Option<Vec<JsonType>>,
    /// Whether `type` has null, or `nullable` is true.
    pub(super) null: bool,
    /// `false` as a schema: there is no value.
    pub(super) never: bool,
    pub(super) constant: Option<&'d Value>,
    pub(super) values: Option<Node<'d>>,
    pub(super) properties: Option<Node<'d>>,
    pub(super) required: Option<Node<'d>>,
    pub(super) additional: Option<Node<'d>>,
    pub(super) patterns: Option<Node<'d>>,
    pub(super) items: Option<Node<'d>>,
    pub(super) prefix_items: Option<Node<'d>>,
    pub(super) all_of: Option<Node<'d>>,
    pub(super) one_of: Option<Node<'d>>,
    pub(super) any_of: Option<Node<'d>>,
    pub(super) format: Option<&'d str>,
    pub(super) content_encoding: Option<&'d str>,
    pub(super) content_media_type: Option<&'d str>,
    pub(super) limits: Constraints,
    pub(super) title: Option<&'d str>,
    pub(super) description: Option<&'d str>,
    pub(super) default: Option<&'d Value>,
    pub(super) examples: Vec<Value>,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) xml: Option<Box<Xml>>,
    /// How many keywords narrow the values, `type` and `nullable` apart.
    pub(super) narrowing: usize,
}

impl<'d> Keywords<'d> {
    pub(super) fn none(node: Node<'d>) -> Self {
        Self {
            node,
            reference: None,
            types: None,
            null: false,
            never: false,
            constant: None,
            values: None,
            properties: None,
            required: None,
            additional: None,
            patterns: None,
            items: None,
            prefix_items: None,
            all_of: None,
            one_of: None,
            any_of: None,
            format: None,
            content_encoding: None,
            content_media_type: None,
            limits: Constraints::default(),
            title: None,
            description: None,
            default: None,
            examples: Vec::new(),
            deprecated: false,
            read_only: false,
            write_only: false,
            xml: None,
            narrowing: 0,
        }
    }

    pub(super) fn origin(&self) -> Origin {
        self.node.origin()
    }

    /// Whether it narrows the values in any way.
    pub(super) const fn is_narrowing(&self) -> bool {
        self.narrowing > 0 || self.types.is_some() || self.never
    }

    /// `oneOf` and `anyOf`, where they are there.
    pub(super) fn unions(&self) -> impl Iterator<Item = &Node<'d>> {
        self.one_of.iter().chain(&self.any_of)
    }
}

impl<'d> Reader<'d, '_> {
    /// Reads the keywords of a schema. `true` has none; what is no schema at all is diagnosed.
    pub(super) fn keywords(&mut self, node: &Node<'d>) -> Keywords<'d> {
        let mut keywords = Keywords::none(node.clone());
        match node.value() {
            Value::Object(_) => {}
            Value::Bool(true) => return keywords,
            Value::Bool(false) => {
                keywords.never = true;
                return keywords;
            }
            _ => {
                self.wrong_type(node, "a schema (an object or a boolean)");
                return keywords;
            }
        }
        let mut wrong = Vec::new();
        let mut strays = Vec::new();
        for (key, child) in node.entries() {
            if key == "$defs" || key == "definitions" {
                self.declare_schemas(&child);
                continue;
            }
            if key == "discriminator" {
                self.check_mapping(node);
                continue;
            }
            match keywords.take(key, &child) {
                Taken::Yes => {}
                Taken::Wrong(expected) => wrong.push((child, expected)),
                Taken::NoValue(problem) => self.bad_value(&child, problem),
                Taken::Format(format) => self.format_in_type(&child, format),
                Taken::No => match leftover(key, child.value()) {
                    Leftover::Silent | Leftover::Annotation => {}
                    Leftover::Unsupported => {
                        keywords.limits.rules.push(rule(key, &child));
                        self.unsupported(key, &child);
                    }
                    Leftover::LooksLikeSchema => strays.push(child),
                },
            }
        }
        self.misplaced(&wrong, &strays);
        if let Some(types) = keywords.types.as_ref().filter(|types| !types.is_empty()) {
            keep_those_of(&mut keywords.limits, types);
        }
        let fractions = |values: &Node<'d>| values.items().any(|it| it.value().is_f64());
        if let Some(values) = keywords.values.as_ref().filter(|values| fractions(values)) {
            keywords.limits.rules.push(rule("enum", values));
        }
        keywords
    }

    fn bad_value(&mut self, child: &Node<'d>, problem: String) {
        self.diagnostics.push(
            Diagnostic::warning(Code::BadValue, child.origin(), problem)
                .action("the keyword was left out"),
        );
        self.lose(child.origin(), "not a value this keyword can have");
    }

    fn format_in_type(&mut self, child: &Node<'d>, format: &str) {
        let message = format!("`type` cannot be {format:?}, which is a format");
        self.diagnostics.push(
            Diagnostic::warning(Code::BadValue, child.origin(), message)
                .action("it was taken as that format")
                .hint(format!("write `type: string` and `format: {format}`")),
        );
    }

    /// Keywords of the wrong type, and unknown ones that hold a schema. Both come from one mistake,
    /// a map of properties where a schema must be, and are then said once.
    fn misplaced(&mut self, wrong: &[(Node<'d>, &'static str)], strays: &[Node<'d>]) {
        let meant = wrong
            .iter()
            .any(|(child, _)| looks_like_schema(child.value()));
        for (child, expected) in wrong {
            let mut diagnostic = wrong_type(child, expected).action("the keyword was left out");
            if looks_like_schema(child.value()) {
                diagnostic = diagnostic
                    .hint("if this was meant to be a property, put it under `properties`");
            }
            self.diagnostics.push(diagnostic);
            self.lose(child.origin(), format!("not {expected}"));
        }
        for child in strays {
            let origin = child.origin();
            if !meant {
                let message = format!("`{}` is not a keyword of a schema", key_of(&origin));
                self.diagnostics.push(
                    Diagnostic::note(Code::UnknownKeyword, origin.clone(), message)
                        .action("it was left out")
                        .hint("if this was meant to be a property, put it under `properties`"),
                );
            }
            self.lose(origin, "not a keyword of a schema");
        }
    }
}

impl<'d> Keywords<'d> {
    fn take(&mut self, key: &str, child: &Node<'d>) -> Taken<'d> {
        if key.starts_with("x-") {
            return Taken::No;
        }
        if let Some(taken) = self.take_annotation(key, child) {
            return taken;
        }
        if key == "type" {
            return self.take_type(child);
        }
        self.take_narrowing(key, child).map_or(Taken::No, |taken| {
            if matches!(taken, Taken::Yes) {
                self.narrowing += 1;
            }
            taken
        })
    }

    fn take_annotation(&mut self, key: &str, child: &Node<'d>) -> Option<Taken<'d>> {
        let value = child.value();
        Some(match key {
            "title" => text(&mut self.title, value),
            "description" => text(&mut self.description, value),
            "default" => {
                self.default = Some(value);
                Taken::Yes
            }
            "example" => {
                if self.examples.is_empty() {
                    self.examples.push(value.clone());
                }
                Taken::Yes
            }
            "examples" => match value {
                Value::Array(list) => {
                    self.examples.clone_from(list);
                    Taken::Yes
                }
                // OpenAPI's own `examples` are a map; written in a schema by mistake, they say the same.
                Value::Object(map) => {
                    let value_of =
                        |example: &Value| example.get("value").unwrap_or(example).clone();
                    self.examples = map.values().map(value_of).collect();
                    Taken::Yes
                }
                _ => Taken::Wrong("an array"),
            },
            "deprecated" => flag(&mut self.deprecated, value),
            "readOnly" => flag(&mut self.read_only, value),
            "writeOnly" => flag(&mut self.write_only, value),
            "xml" => xml(&mut self.xml, value),
            "nullable" => match value {
                Value::Bool(nullable) => {
                    self.null |= *nullable;
                    Taken::Yes
                }
                _ => Taken::Wrong("a boolean"),
            },
            _ => return None,
        })
    }

    fn take_type(&mut self, child: &Node<'d>) -> Taken<'d> {
        let names = match child.value() {
            Value::Array(list) => list.as_slice(),
            name @ Value::String(_) => std::slice::from_ref(name),
            _ => return Taken::Wrong("a string or an array of strings"),
        };
        let mut types = Vec::new();
        let mut taken = Taken::Yes;
        for name in names {
            let ty = match name.as_str() {
                Some("null") => {
                    self.null = true;
                    continue;
                }
                Some(text) => json_type(text).or_else(|| {
                    let (format, ty) = format_as_type(text)?;
                    self.format = self.format.or(Some(format));
                    taken = Taken::Format(format);
                    Some(ty)
                }),
                None => None,
            };
            match ty {
                Some(ty) if types.contains(&ty) => {}
                Some(ty) => types.push(ty),
                None => taken = Taken::NoValue(format!("`type` cannot be {name}")),
            }
        }
        let nothing = types.is_empty() && matches!(taken, Taken::NoValue(_));
        self.types = (!nothing).then_some(types);
        taken
    }

    fn take_narrowing(&mut self, key: &str, child: &Node<'d>) -> Option<Taken<'d>> {
        let value = child.value();
        Some(match key {
            "$ref" | "$dynamicRef" => text(&mut self.reference, value),
            "const" => {
                self.constant = Some(value);
                Taken::Yes
            }
            "enum" => array(&mut self.values, child),
            "properties" => object(&mut self.properties, child),
            "required" => match value {
                // Swagger-minded documents write `required: true` on a property; it says nothing here.
                Value::Bool(_) => Taken::Wrong("an array of property names"),
                _ => array(&mut self.required, child),
            },
            "additionalProperties" | "unevaluatedProperties" => schema(&mut self.additional, child),
            "patternProperties" => object(&mut self.patterns, child),
            "items" => match value {
                Value::Array(_) => array(&mut self.prefix_items, child),
                _ => schema(&mut self.items, child),
            },
            "prefixItems" => array(&mut self.prefix_items, child),
            "allOf" => array(&mut self.all_of, child),
            "oneOf" => array(&mut self.one_of, child),
            "anyOf" => array(&mut self.any_of, child),
            "format" => text(&mut self.format, value),
            "contentEncoding" => text(&mut self.content_encoding, value),
            "contentMediaType" => text(&mut self.content_media_type, value),
            _ => match limit(&mut self.limits, key, value)? {
                Ok(()) => Taken::Yes,
                Err(expected) => Taken::Wrong(expected),
            },
        })
    }
}
