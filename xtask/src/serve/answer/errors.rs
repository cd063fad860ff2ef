//! Refusals in the shape that the document declares for their status.

use super::super::check::Direction;
use super::super::message::Response;
use super::super::refusal::{Fault, Refusal, reason};
use super::super::store::plain;
use super::Sampler;
use serde_json::{Map, Value, json};
use specwright::config::StandInProfile;
use specwright::ir::{
    Action, Api, Encoding, Field, Media, Primitive, Record, Schema, Status, Type, TypeBody,
};

/// Objects within each other that are filled in.
const DEEPEST: usize = 4;

/// Dresses a refusal. `action` is `None` where none was found.
pub(crate) fn refused(
    api: &Api,
    profile: &StandInProfile,
    action: Option<&Action>,
    refusal: &Refusal,
) -> Response {
    let status = match refusal.status {
        Refusal::INVALID => invalid(action),
        status => status,
    };
    let (media_type, body) = match &profile.error {
        Some(keys) => {
            let mut body = Map::new();
            if let Some(key) = &keys.status {
                body.insert(key.clone(), status.into());
            }
            if let Some(key) = &keys.name {
                body.insert(key.clone(), reason(status).into());
            }
            body.insert(keys.messages.clone(), messages(&refusal.faults));
            ("application/json", Value::Object(body))
        }
        None => declared(api, action, status)
            .and_then(|media| {
                let filler = Filler {
                    api,
                    status,
                    faults: &refusal.faults,
                };
                Some((media.media_type.as_str(), filler.whole(&media.schema)?))
            })
            .unwrap_or_else(|| {
                let message = joined(&refusal.faults);
                let body = json!({"status": status, "error": reason(status), "message": message});
                ("application/json", body)
            }),
    };
    let mut response = Response::json(status, media_type, &body);
    response.headers.extend(refusal.headers.iter().cloned());
    response
}

/// 422 where the action declares it, else 400.
fn invalid(action: Option<&Action>) -> u16 {
    let mut responses = action
        .into_iter()
        .flat_map(|action| &action.outcome.responses);
    let declares = responses.any(|response| response.status == Status::Code(422));
    if declares { 422 } else { 400 }
}

fn messages(faults: &[Fault]) -> Value {
    faults
        .iter()
        .map(|fault| Value::from(fault.to_string()))
        .collect()
}

fn joined(faults: &[Fault]) -> String {
    let all: Vec<String> = faults.iter().map(Fault::to_string).collect();
    all.join("; ")
}

/// The body that is declared for a status: by the action for the status, its range, by default, for
/// another error; else by any action for this status.
fn declared<'a>(api: &'a Api, action: Option<&'a Action>, status: u16) -> Option<&'a Media> {
    let range = u8::try_from(status / 100).unwrap_or(0);
    let own = |wanted: &dyn Fn(Status) -> bool| {
        let mut responses = action
            .into_iter()
            .flat_map(|action| &action.outcome.responses);
        responses.find_map(|it| wanted(it.status).then(|| json_media(&it.media)).flatten())
    };
    let any = || {
        let mut responses = api
            .actions
            .iter()
            .flat_map(|action| &action.outcome.responses);
        responses.find_map(|it| {
            let is_right = it.status == Status::Code(status);
            is_right.then(|| json_media(&it.media)).flatten()
        })
    };
    own(&|it| it == Status::Code(status))
        .or_else(|| own(&|it| it == Status::Range(range)))
        .or_else(|| own(&|it| it == Status::Default))
        .or_else(any)
        .or_else(|| own(&|it| matches!(it, Status::Code(400..=599))))
}

fn json_media(media: &[Media]) -> Option<&Media> {
    media.iter().find(|media| media.encoding == Encoding::Json)
}

/// Fills an error type by the names and types of its fields.
struct Filler<'a> {
    api: &'a Api,
    status: u16,
    faults: &'a [Fault],
}

impl Filler<'_> {
    fn whole(&self, schema: &Schema) -> Option<Value> {
        self.value(schema, self.faults, 0)
    }

    fn value(&self, schema: &Schema, faults: &[Fault], level: usize) -> Option<Value> {
        if level > DEEPEST {
            return None;
        }
        match self.api.resolved(&schema.ty) {
            Type::Named(id) => match &self.api.type_def(*id)?.body {
                TypeBody::Record(record) => self.record(record, faults, level),
                TypeBody::Union(union) => {
                    let mut variants = union.variants.iter();
                    variants.find_map(|it| self.value(&it.schema, faults, level + 1))
                }
                TypeBody::Enum(_) | TypeBody::Alias(_) => None,
            },
            Type::List(item) => {
                let each = |fault| {
                    let one = std::slice::from_ref(fault);
                    self.value(item, one, level + 1)
                        .or_else(|| self.text(&item.ty, fault))
                };
                faults.iter().map(each).collect::<Option<Value>>()
            }
            Type::Map(item) => {
                let each = |fault: &Fault| {
                    let one = std::slice::from_ref(fault);
                    let value = self
                        .value(item, one, level + 1)
                        .or_else(|| self.text(&item.ty, fault));
                    Some((fault.path.join("."), value?))
                };
                let object: Option<Map<String, Value>> = faults.iter().map(each).collect();
                object.map(Value::Object)
            }
            _ => None,
        }
    }

    fn text(&self, ty: &Type, fault: &Fault) -> Option<Value> {
        let is_text = matches!(
            self.api.resolved(ty),
            Type::Primitive(Primitive::String { .. }) | Type::Any
        );
        is_text.then(|| fault.to_string().into())
    }

    fn record(&self, record: &Record, faults: &[Fault], level: usize) -> Option<Value> {
        let mut object = Map::new();
        for field in record.fields.iter().filter(|field| !field.write_only) {
            let value = self.field(field, faults, level).or_else(|| {
                let mut sampler = Sampler::new(self.api, Direction::Response, 0).bare();
                field.required.then(|| sampler.field(field))
            });
            if let Some(value) = value {
                object.insert(field.wire_name.clone(), value);
            }
        }
        (!object.is_empty()).then_some(Value::Object(object))
    }

    fn field(&self, field: &Field, faults: &[Fault], level: usize) -> Option<Value> {
        let ty = self.api.resolved(&field.schema.ty);
        let name = plain(&field.wire_name);
        match ty {
            Type::Primitive(Primitive::Integer { .. } | Primitive::Number) => matches!(
                name.as_str(),
                "status" | "statuscode" | "code" | "httpstatus" | "errorcode"
            )
            .then(|| self.status.into()),
            Type::Primitive(Primitive::Boolean) => {
                matches!(name.as_str(), "success" | "ok").then(|| false.into())
            }
            Type::Primitive(Primitive::String { .. }) => {
                self.string(&name, faults).map(Value::from)
            }
            // An object of anything is filled where it is about what is wrong.
            Type::Map(_)
                if !["error", "detail", "violation", "field", "message"]
                    .iter()
                    .any(|word| name.contains(word)) =>
            {
                None
            }
            Type::Named(_) | Type::List(_) | Type::Map(_) => {
                self.value(&field.schema, faults, level + 1)
            }
            _ => None,
        }
    }

    fn string(&self, name: &str, faults: &[Fault]) -> Option<String> {
        Some(match name {
            "message" | "detail" | "details" | "description" | "msg" | "errormessage"
            | "reason" | "errordescription" | "messages" | "errors" => joined(faults),
            "error" | "title" | "name" | "statustext" => reason(self.status).to_owned(),
            "code" | "errorcode" => reason(self.status).to_lowercase().replace(' ', "_"),
            "status" | "statuscode" => self.status.to_string(),
            "pointer" | "path" | "field" | "parameter" | "param" | "location" | "property" => {
                faults.first()?.pointer()
            }
            _ => return None,
        })
    }
}
