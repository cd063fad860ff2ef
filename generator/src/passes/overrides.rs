//! The configuration's corrections.
//!
//! What is said of properties and parameters is applied at once. What is said of operations and of
//! type names is looked up in [`Decided`] by the passes that would infer it.

mod schemas;

use std::collections::BTreeMap;

use crate::config::{ApiConfig, Change, Override, PointerPattern, Target};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Action, ActionId, Api, Evidence, Kind, Pagination, TypeBody, TypeId};
use crate::names::words;
use schemas::replace;

/// What the configuration has decided, for the passes to look up.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// What it says of operations.
    pub(super) actions: BTreeMap<ActionId, Decisions>,
    /// What types are called.
    pub(super) type_names: BTreeMap<TypeId, String>,
}

/// What it says of one operation.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// The tag of its resource.
    pub(super) resource: Option<Said<String>>,
    /// Its kind; [`Kind::Custom`] without words leaves the words to inference.
    pub(super) kind: Option<Said<Kind>>,
    /// The keys to its data; none: the envelope stays closed.
    pub(super) envelope: Option<Said<Vec<String>>>,
    /// How it continues.
    pub(super) pagination: Option<Said<Option<Pagination>>>,
}

/// Something that the configuration says, and where it says it.
#[derive(Debug, Clone)]
pub(super) struct Said<T> {
    pub(super) value: T,
    source: Override,
}

impl<T> Said<T> {
    /// The evidence for it.
    pub(super) fn evidence(&self, about: &'static str) -> Evidence {
        Evidence {
            about,
            because: self.source.reason.clone(),
            overridden: true,
        }
    }

    /// The complaint that it does not apply.
    pub(super) fn stale(&self, message: &str) -> Diagnostic {
        stale(&self.source, message)
    }
}

/// Applies the overrides of the configuration. One that applies to nothing, or that says what is so
/// already, is an error: the document has changed under it.
pub(super) fn run(api: &mut Api, config: &ApiConfig, diagnostics: &mut Diagnostics) -> Decided {
    let mut decided = Decided::default();
    let named = parameters_by_name(api);
    for entry in &config.overrides {
        let effect = match &entry.target {
            Target::At(pattern) => at(api, &named, pattern, &entry.change, &mut decided),
            Target::Operation(name) => operation(api, name, entry, &mut decided),
        };
        if !effect.matched {
            let what = match &entry.target {
                Target::At(pattern) => pattern.as_str(),
                Target::Operation(name) => name,
            };
            diagnostics.push(stale(entry, &format!("nothing matches `{what}`")));
        } else if !effect.changed {
            let message = format!("the document says this `{}` already", entry.change.key());
            diagnostics.push(stale(entry, &message));
        }
    }
    decided
}

fn stale(entry: &Override, message: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(Code::StaleOverride, entry.origin.clone(), message)
        .hint("remove the override, or correct what it is about");
    diagnostic.position = entry.position;
    diagnostic
}

/// What an override did.
#[derive(Default)]
struct Effect {
    matched: bool,
    changed: bool,
}

impl Effect {
    fn note(&mut self, changed: bool) {
        self.matched = true;
        self.changed |= changed;
    }
}

fn at(
    api: &mut Api,
    named: &[Vec<String>],
    pattern: &PointerPattern,
    change: &Change,
    decided: &mut Decided,
) -> Effect {
    let mut effect = Effect::default();
    for (index, def) in api.types.iter_mut().enumerate() {
        if let Change::TypeName(name) = change {
            if def
                .origins
                .iter()
                .any(|origin| pattern.matches(&origin.pointer))
            {
                decided.type_names.insert(TypeId(index), name.clone());
                effect.note(def.component.as_ref() != Some(name));
            }
            continue;
        }
        let TypeBody::Record(record) = &mut def.body else {
            continue;
        };
        for field in &mut record.fields {
            if !pattern.matches(&field.origin.pointer) {
                continue;
            }
            effect.note(match change {
                Change::WireName(name) => replace(&mut field.wire_name, name.clone()),
                Change::Secret(secret) => replace(&mut field.secret, *secret),
                Change::Required(required) => replace(&mut field.required, *required),
                change => schemas::change(&mut field.schema, change),
            });
        }
    }
    for (action, named) in api.actions.iter_mut().zip(named) {
        for (parameter, named) in action.parameters.iter_mut().zip(named) {
            if pattern.matches(&parameter.origin.pointer) || pattern.matches(named) {
                effect.note(match change {
                    Change::WireName(name) => replace(&mut parameter.wire_name, name.clone()),
                    Change::Required(required) => replace(&mut parameter.required, *required),
                    change => schemas::change(&mut parameter.schema, change),
                });
            }
        }
        if let (Some(body), Change::Required(required)) = (&mut action.body, change)
            && pattern.matches(&format!("{}/requestBody", action.origin.pointer))
        {
            effect.note(replace(&mut body.required, *required));
        }
    }
    effect
}

/// Where each parameter is found below its operation, by the name that the document gives it.
fn parameters_by_name(api: &Api) -> Vec<Vec<String>> {
    let of_action = |action: &Action| {
        let below = &action.origin.pointer;
        let names = action.parameters.iter().map(|it| segment(&it.wire_name));
        names
            .map(|name| format!("{below}/parameters/{name}"))
            .collect()
    };
    api.actions.iter().map(of_action).collect()
}

/// A key as a segment of a JSON pointer (RFC 6901, section 3).
fn segment(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn operation(api: &Api, name: &str, entry: &Override, decided: &mut Decided) -> Effect {
    let pointer = name.strip_prefix('#').unwrap_or(name);
    let mut effect = Effect::default();
    for (index, action) in api.actions.iter().enumerate() {
        if action.operation_id.as_deref() != Some(name) && action.origin.pointer != pointer {
            continue;
        }
        effect.note(true);
        let decisions = decided.actions.entry(ActionId(index)).or_default();
        match &entry.change {
            Change::Resource(tag) => decisions.resource = Some(said(tag, entry)),
            Change::Kind(kind) => decisions.kind = Some(said(kind, entry)),
            Change::Name(name) => {
                let kind = Kind::Custom { words: words(name) };
                decisions.kind = Some(said(&kind, entry));
            }
            Change::Envelope(path) => decisions.envelope = Some(said(path, entry)),
            Change::Pagination(pagination) => {
                let pagination = pagination.as_deref().cloned();
                decisions.pagination = Some(said(&pagination, entry));
            }
            Change::Nullable(_)
            | Change::Required(_)
            | Change::Secret(_)
            | Change::WireName(_)
            | Change::Format(_)
            | Change::TypeName(_) => {}
        }
    }
    effect
}

fn said<T: Clone>(value: &T, entry: &Override) -> Said<T> {
    Said {
        value: value.clone(),
        source: entry.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Primitive, Type};
    use crate::passes::testing::Fixture;

    fn fixture() -> Fixture {
        Fixture::new()
            .components(&[
                ("PetForUpdate", "{name: str, born: str, token: str}"),
                ("Pet", "{name: str}"),
            ])
            .actions(&[
                "GET /pets listPets #pets ?sort:str >{data:[Pet]}",
                "PATCH /pets/{id} updatePet #pets <PetForUpdate >Pet",
            ])
    }

    #[test]
    fn properties_and_parameters_are_corrected() {
        let (api, complaints) = fixture().run_with(
            r#"
            { at = "/components/schemas/*ForUpdate/properties/*", nullable = true, reason = "r" },
            { at = "/components/schemas/PetForUpdate/properties/born", format = "date", reason = "r" },
            { at = "/components/schemas/PetForUpdate/properties/token", secret = false, reason = "r" },
            { at = "/paths/~1pets/get/parameters/sort", wire_name = "sort[]", reason = "r" },
            "#,
        );
        assert_eq!(complaints, [""; 0]);
        let TypeBody::Record(record) = &api.types[0].body else {
            panic!()
        };
        let field = |name: &str| {
            record
                .fields
                .iter()
                .find(|it| it.wire_name == name)
                .unwrap()
        };
        assert!(record.fields.iter().all(|field| field.schema.nullable));
        assert_eq!(field("born").schema.ty, Type::Primitive(Primitive::Date));
        assert!(
            !field("token").secret,
            "an override takes back what was inferred"
        );
        let TypeBody::Record(record) = &api.types[1].body else {
            panic!()
        };
        assert!(!record.fields[0].schema.nullable);
        assert_eq!(api.actions[0].parameters[0].wire_name, "sort[]");
    }

    /// One pointer must do for a parameter whether it is written in the operation or as a component.
    #[test]
    fn parameters_and_bodies_are_found_below_their_operation() {
        let mut fixture = fixture();
        fixture.api.actions[0].parameters[0].origin.pointer = "/components/parameters/Sort".into();
        fixture.api.actions[1].body.as_mut().unwrap().required = false;
        let (api, complaints) = fixture.run_with(
            r#"
            { at = "/paths/*/get/parameters/sort", wire_name = "sort[]", reason = "r" },
            { at = "/paths/*/get/parameters/sort", required = true, reason = "r" },
            { at = "/paths/*/patch/requestBody", required = true, reason = "r" },
            { at = "/paths/*/patch/requestBody", required = true, reason = "said twice" },
            { at = "/paths/*/patch/requestBody", nullable = true, reason = "a body is not null" },
            "#,
        );
        let sort = &api.actions[0].parameters[0];
        assert_eq!((sort.wire_name.as_str(), sort.required), ("sort[]", true));
        assert!(api.actions[1].body.as_ref().unwrap().required);
        let stale = "stale-override /api/test/override/";
        assert_eq!(
            complaints,
            [
                format!("{stale}3 the document says this `required` already"),
                format!("{stale}4 nothing matches `/paths/*/patch/requestBody`"),
            ]
        );
    }

    #[test]
    fn operations_are_corrected_with_the_reason_as_evidence() {
        let (api, complaints) = fixture().run_with(
            r#"
            { operation = "listPets", resource = "animals", reason = "why animals" },
            { operation = "/paths/~1pets~1{id}/patch", name = "Rename it", reason = "why rename" },
            "#,
        );
        assert_eq!(complaints, [""; 0]);
        let resource = api.resource(api.actions[0].resource.unwrap()).unwrap();
        assert_eq!(resource.tag, "animals");
        let words = ["rename", "it"].map(str::to_owned).to_vec();
        assert_eq!(api.actions[1].kind, Kind::Custom { words });
        let evidence = api.actions[1]
            .evidence
            .iter()
            .find(|e| e.overridden)
            .unwrap();
        assert_eq!(
            (evidence.about, evidence.because.as_str()),
            ("kind", "why rename")
        );
    }

    #[test]
    fn an_override_that_does_nothing_is_an_error() {
        let (_, complaints) = fixture().run_with(
            r#"
            { at = "/components/schemas/Cat/properties/name", nullable = true, reason = "r" },
            { at = "/components/schemas/Pet/properties/name", nullable = false, reason = "r" },
            { operation = "listCats", kind = "merge", reason = "r" },
            { operation = "listPets", envelope = ["data", "pets"], reason = "r" },
            "#,
        );
        let expected = [
            "nothing matches `/components/schemas/Cat/properties/name`",
            "the document says this `nullable` already",
            "nothing matches `listCats`",
            "the response has no `data.pets`",
        ];
        for (index, (complaint, message)) in complaints.iter().zip(expected).enumerate() {
            let pointer = format!("/api/test/override/{index}");
            assert_eq!(*complaint, format!("stale-override {pointer} {message}"));
        }
        assert_eq!(complaints.len(), expected.len());
    }
}
