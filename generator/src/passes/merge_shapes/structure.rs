//! What makes two shapes equal.

use crate::ir::{
    Additional, Bound, Constraints, Enum, Field, Primitive, Record, Schema, Type, TypeBody, TypeId,
    Union, VariantTest, Xml,
};

/// A text that is equal for equal shapes: every part says what it is and how long it is, so that no
/// two different shapes have the same. References are written as the class of what they refer to.
pub(super) fn key(body: &TypeBody, classes: &[TypeId]) -> Vec<u8> {
    let mut writer = Writer {
        classes,
        out: Vec::new(),
    };
    writer.body(body);
    writer.out
}

struct Writer<'a> {
    classes: &'a [TypeId],
    out: Vec<u8>,
}

impl Writer<'_> {
    fn tag(&mut self, tag: u8) {
        self.out.push(tag);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: usize) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }

    fn flags(&mut self, flags: &[bool]) {
        self.out.extend(flags.iter().map(|flag| u8::from(*flag)));
    }

    fn body(&mut self, body: &TypeBody) {
        match body {
            TypeBody::Record(record) => self.record(record),
            TypeBody::Enum(list) => self.list(list),
            TypeBody::Union(union) => self.union(union),
            TypeBody::Alias(schema) => {
                self.tag(b'a');
                self.schema(schema);
            }
        }
    }

    fn record(&mut self, record: &Record) {
        self.tag(b'r');
        self.number(record.fields.len());
        let mut fields: Vec<&Field> = record.fields.iter().collect();
        fields.sort_by(|a, b| a.wire_name.cmp(&b.wire_name));
        for field in fields {
            self.text(&field.wire_name);
            self.flags(&[
                field.required,
                field.read_only,
                field.write_only,
                field.secret,
            ]);
            self.schema(&field.schema);
        }
        match &record.additional {
            Additional::Unsaid => self.tag(b'u'),
            Additional::Forbidden => self.tag(b'f'),
            Additional::Allowed(schema) => {
                self.tag(b'a');
                self.schema(schema);
            }
        }
        self.number(record.patterns.len());
        for pattern in &record.patterns {
            self.text(&pattern.pattern);
            self.schema(&pattern.schema);
        }
    }

    fn list(&mut self, list: &Enum) {
        self.tag(if list.integer { b'i' } else { b'e' });
        self.number(list.values.len());
        let mut values: Vec<_> = list
            .values
            .iter()
            .map(|value| {
                (
                    value.value.to_string(),
                    value.name.as_deref().unwrap_or_default(),
                )
            })
            .collect();
        values.sort();
        for (value, name) in values {
            self.text(&value);
            self.text(name);
        }
    }

    fn union(&mut self, union: &Union) {
        self.tag(b'o');
        self.text(union.tag.as_deref().unwrap_or_default());
        self.number(union.variants.len());
        for variant in &union.variants {
            self.text(&variant.name);
            self.schema(&variant.schema);
            match &variant.test {
                VariantTest::Tag(values) => {
                    self.tag(b't');
                    self.number(values.len());
                    for value in values {
                        self.text(value);
                    }
                }
                VariantTest::JsonType(json) => {
                    self.tag(b'j');
                    self.tag(*json as u8);
                }
                VariantTest::Property(name) => {
                    self.tag(b'p');
                    self.text(name);
                }
                VariantTest::None => self.tag(b'n'),
            }
            if let Some(tag) = &variant.added_tag {
                self.tag(b'+');
                self.text(&tag.property);
                self.number(tag.values.len());
                for value in &tag.values {
                    self.text(value);
                }
            }
        }
    }

    fn schema(&mut self, schema: &Schema) {
        self.flags(&[schema.nullable]);
        self.constraints(&schema.constraints);
        if let Some(xml) = &schema.xml {
            self.xml(xml);
        }
        match &schema.ty {
            Type::Any => self.tag(b'*'),
            Type::Never => self.tag(b'!'),
            Type::Null => self.tag(b'0'),
            Type::Primitive(primitive) => self.primitive(primitive),
            Type::Constant(value) => {
                self.tag(b'c');
                self.text(&value.to_string());
            }
            Type::List(item) => {
                self.tag(b'l');
                self.schema(item);
            }
            Type::Tuple(items, rest) => {
                self.tag(b't');
                self.number(items.len());
                for item in items {
                    self.schema(item);
                }
                self.flags(&[rest.is_some()]);
                if let Some(rest) = rest {
                    self.schema(rest);
                }
            }
            Type::Map(value) => {
                self.tag(b'm');
                self.schema(value);
            }
            Type::Named(id) => {
                self.tag(b'n');
                self.number(self.classes.get(id.0).unwrap_or(id).0);
            }
        }
    }

    /// Two properties that look different in XML are different.
    fn xml(&mut self, xml: &Xml) {
        self.tag(b'x');
        for text in [&xml.name, &xml.namespace, &xml.prefix] {
            self.flags(&[text.is_some()]);
            self.text(text.as_deref().unwrap_or_default());
        }
        self.flags(&[xml.attribute, xml.wrapped, xml.text]);
    }

    fn primitive(&mut self, primitive: &Primitive) {
        self.tag(b'p');
        match primitive {
            Primitive::Boolean => self.text("boolean"),
            Primitive::Integer { bits, signed } => {
                self.text("integer");
                self.tag(bits.unwrap_or(0));
                self.flags(&[*signed]);
            }
            Primitive::Number => self.text("number"),
            Primitive::Decimal { quoted } => {
                self.text("decimal");
                self.flags(&[*quoted]);
            }
            Primitive::String { format } => {
                self.text("string");
                self.text(format.as_deref().unwrap_or_default());
            }
            Primitive::DateTime => self.text("date-time"),
            Primitive::Date => self.text("date"),
            Primitive::Time => self.text("time"),
            Primitive::Duration => self.text("duration"),
            Primitive::Uuid => self.text("uuid"),
            Primitive::Uri => self.text("uri"),
            Primitive::Base64 => self.text("base64"),
            Primitive::Binary => self.text("binary"),
            Primitive::File => self.text("file"),
        }
    }

    /// Limits count: two properties that accept different values are different.
    fn constraints(&mut self, limits: &Constraints) {
        if *limits == Constraints::default() {
            self.tag(b'-');
            return;
        }
        self.tag(b'+');
        let bound = |bound: &Option<Bound>| {
            bound
                .as_ref()
                .map(|b| format!("{}{}", b.value, if b.exclusive { "<" } else { "" }))
        };
        let number = |number: Option<u64>| number.map(|n| n.to_string());
        let parts = [
            bound(&limits.minimum),
            bound(&limits.maximum),
            limits.multiple_of.as_ref().map(ToString::to_string),
            number(limits.min_length),
            number(limits.max_length),
            limits.pattern.clone(),
            number(limits.min_items),
            number(limits.max_items),
            limits.unique_items.then(String::new),
            number(limits.min_properties),
            number(limits.max_properties),
        ];
        for part in parts {
            self.flags(&[part.is_some()]);
            self.text(&part.unwrap_or_default());
        }
    }
}
