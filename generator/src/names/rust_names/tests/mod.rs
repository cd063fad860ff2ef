//! What the tests of names share.

mod obstacles;
mod resources;
mod stability;

use super::*;
use crate::ir::{
    Action, Enum, EnumValue, Field, Idempotency, JsonType, Kind, Method, Outcome, Parameter, Place,
    Record, Resource, ResourceId, Role, Schema, Style, TypeBody, TypeDef, Union, Variant,
    VariantTest,
};
use serde_json::{Value, json};

fn type_def(component: Option<&str>, hints: &[&[&str]], pointer: &str, body: TypeBody) -> TypeDef {
    let owned = |hint: &&[&str]| hint.iter().map(|text| (*text).to_owned()).collect();
    TypeDef {
        component: component.map(str::to_owned),
        hints: hints.iter().map(owned).collect(),
        role: Role::Shared,
        title: None,
        description: None,
        body,
        default: None,
        examples: Vec::new(),
        deprecated: false,
        origins: vec![Origin::new("api.yaml", pointer)],
        rules: Vec::new(),
        xml: None,
        other_way: None,
    }
}

fn record(fields: &[&str]) -> TypeBody {
    let field = |name: &&str| Field {
        wire_name: (*name).to_owned(),
        required: false,
        schema: Schema::default(),
        read_only: false,
        write_only: false,
        secret: false,
        relation: None,
        indirect: false,
        origin: Origin::default(),
    };
    TypeBody::Record(Record {
        fields: fields.iter().map(field).collect(),
        ..Record::default()
    })
}

fn component(name: &str) -> TypeDef {
    type_def(
        Some(name),
        &[&[name]],
        &format!("/components/schemas/{name}"),
        record(&[]),
    )
}

fn values(values: &[Value]) -> TypeBody {
    let value = |value: &Value| EnumValue {
        value: value.clone(),
        name: None,
        description: None,
        origin: Origin::default(),
    };
    TypeBody::Enum(Enum {
        values: values.iter().map(value).collect(),
        integer: false,
    })
}

fn api(types: Vec<TypeDef>) -> Api {
    Api {
        name: "acme".to_owned(),
        types,
        ..Api::default()
    }
}

fn names(api: &Api) -> RustNames {
    allocate(
        api,
        &|_| true,
        &[],
        &mut Lock::new(),
        &mut Diagnostics::new(),
    )
}

fn resource(tag: &str, plural: &[&str]) -> Resource {
    Resource {
        tag: tag.to_owned(),
        singular: Vec::new(),
        plural: plural.iter().map(|word| (*word).to_owned()).collect(),
        description: None,
        actions: Vec::new(),
        record: None,
        id: None,
        origin: Origin::default(),
    }
}
