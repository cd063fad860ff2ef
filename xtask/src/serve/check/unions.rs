//! Which variant of a union a value is.

use super::super::refusal::Fault;
use super::value::{Checker, what};
use serde_json::Value;
use specwright::ir::{JsonType, Union, Variant, VariantTest};

impl Checker<'_> {
    pub(super) fn union(&mut self, union: &Union, value: &Value) {
        if let Some(tag) = &union.tag
            && union
                .variants
                .iter()
                .any(|it| matches!(it.test, VariantTest::Tag(_)))
            && self.tagged(union, tag, value)
        {
            return;
        }
        let told = union
            .variants
            .iter()
            .find(|variant| is_told(variant, value));
        match told {
            Some(variant) => self.value(&variant.schema, value),
            None => self.any(union, value),
        }
    }

    /// Checks a variant that a discriminator names. `false`: the discriminator does not decide.
    fn tagged(&mut self, union: &Union, tag: &str, value: &Value) -> bool {
        let Some(object) = value.as_object() else {
            return false;
        };
        let given = object.get(tag).and_then(Value::as_str);
        let named = |variant: &&Variant| match &variant.test {
            VariantTest::Tag(values) => given.is_some_and(|it| values.iter().any(|own| own == it)),
            VariantTest::JsonType(_) | VariantTest::Property(_) | VariantTest::None => false,
        };
        if let Some(variant) = union.variants.iter().find(named) {
            self.value(&variant.schema, value);
            return true;
        }
        if !union
            .variants
            .iter()
            .all(|it| matches!(it.test, VariantTest::Tag(_)))
        {
            return false;
        }
        let known: Vec<&str> = union
            .variants
            .iter()
            .filter_map(|variant| match &variant.test {
                VariantTest::Tag(values) => Some(values),
                _ => None,
            })
            .flatten()
            .map(String::as_str)
            .collect();
        self.path.push(tag.to_owned());
        self.fault(format!("must be one of {}", known.join(", ")));
        self.path.pop();
        true
    }

    /// Tries the variants; the one with the fewest faults says what is wrong.
    fn any(&mut self, union: &Union, value: &Value) {
        let before = std::mem::take(&mut self.faults);
        let mut best: Option<Vec<Fault>> = None;
        for variant in &union.variants {
            self.value(&variant.schema, value);
            let faults = std::mem::take(&mut self.faults);
            let is_better = best.as_ref().is_none_or(|best| faults.len() < best.len());
            let is_right = faults.is_empty();
            if is_better {
                best = Some(faults);
            }
            if is_right {
                break;
            }
        }
        self.faults = before;
        match best {
            // One fault of many variants says nothing about what was meant.
            Some(best) if union.variants.len() > 1 && best.len() == 1 && is_type(&best) => {
                self.fault(format!(
                    "is none of the things it can be, it is {}",
                    what(value)
                ));
            }
            Some(best) => self.faults.extend(best),
            None => self.fault("no value is allowed here"),
        }
    }
}

fn is_type(faults: &[Fault]) -> bool {
    faults.iter().all(|fault| fault.message.contains(", not a"))
}

fn is_told(variant: &Variant, value: &Value) -> bool {
    match &variant.test {
        VariantTest::JsonType(expected) => is_of(*expected, value),
        VariantTest::Property(name) => value.get(name).is_some(),
        VariantTest::Tag(_) | VariantTest::None => false,
    }
}

fn is_of(expected: JsonType, value: &Value) -> bool {
    match expected {
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => super::format::is_integer(value),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}
