//! Merge patches: null takes a property away.
//!
//! In `application/merge-patch+json` (RFC 7396) null removes a property, whether its schema allows null or
//! not. So what is sent as a patch has null for all that need not be there, also deep inside, but not in
//! arrays, which replace each other whole. A type that is used elsewhere as well becomes two; what its
//! schema requires is then required of the thing, not of a patch, which holds what changes.

use super::visit;
use crate::ir::{
    Action, Additional, Api, Encoding, Media, Schema, Type, TypeBody, TypeDef, TypeId,
};

/// Lets the types of patches have null, and gives those that are used elsewhere a twin.
pub(super) fn run(api: &mut Api) {
    let roots: Vec<TypeId> = api
        .actions
        .iter()
        .filter_map(patch)
        .flat_map(patched)
        .collect();
    if roots.is_empty() {
        return;
    }
    let within = reached(api, roots);
    let elsewhere = visit::reachable(api, others(api, &within));
    let changing = changing(api, &within, &elsewhere);
    let flag = |flags: &[bool], id: TypeId| flags.get(id.0).copied().unwrap_or(false);
    let first_new = api.types.len();
    let mut twins: Vec<Option<TypeId>> = vec![None; first_new];
    for (index, twin) in twins.iter_mut().enumerate() {
        let id = TypeId(index);
        if flag(&changing, id) && flag(&elsewhere, id) {
            *twin = twin_of(api, id);
        }
    }
    let twin = |id: TypeId| twins.get(id.0).copied().flatten().unwrap_or(id);
    for (index, def) in api.types.iter_mut().enumerate() {
        let id = TypeId(index);
        let is_twin = index >= first_new;
        if is_twin || (flag(&changing, id) && twin(id) == id) {
            allow_null(&mut def.body);
            if is_twin {
                require_nothing(&mut def.body);
            }
            each_mut(&mut def.body, &mut |schema| redirect(schema, &twin));
        }
    }
    for action in &mut api.actions {
        if let Some(at) = patch(action).map(|it| it.origin.clone())
            && let Some(body) = &mut action.body
            && let Some(media) = body.media.iter_mut().find(|it| it.origin == at)
        {
            redirect(&mut media.schema, &twin);
        }
    }
}

/// The body of an action, where it is sent as a merge patch.
fn patch(action: &Action) -> Option<&Media> {
    let media = action.body.as_ref()?.preferred()?;
    let essence = media.media_type.split(';').next().unwrap_or_default();
    let is_patch = essence
        .trim()
        .eq_ignore_ascii_case("application/merge-patch+json");
    (is_patch && media.encoding == Encoding::Json).then_some(media)
}

/// The types that a patch is of, or holds at a place that is patched.
fn patched(media: &Media) -> Vec<TypeId> {
    ids(&media.schema).0
}

/// The types at places of a schema that are patched, and those that are replaced whole.
fn ids(schema: &Schema) -> (Vec<TypeId>, Vec<TypeId>) {
    match &schema.ty {
        Type::Named(id) => (vec![*id], Vec::new()),
        Type::Map(values) => ids(values),
        _ => (Vec::new(), visit::ids_of(schema)),
    }
}

/// The schemas of a type's definition.
fn each(body: &TypeBody) -> Vec<&Schema> {
    match body {
        TypeBody::Record(record) => {
            let fields = record.fields.iter().map(|field| &field.schema);
            let others = match &record.additional {
                Additional::Allowed(schema) => Some(&**schema),
                Additional::Unsaid | Additional::Forbidden => None,
            };
            fields.chain(others).collect()
        }
        TypeBody::Union(union) => union.variants.iter().map(|it| &it.schema).collect(),
        TypeBody::Alias(schema) => vec![schema],
        TypeBody::Enum(_) => Vec::new(),
    }
}

fn each_mut(body: &mut TypeBody, f: &mut dyn FnMut(&mut Schema)) {
    match body {
        TypeBody::Record(record) => {
            record
                .fields
                .iter_mut()
                .for_each(|field| f(&mut field.schema));
            if let Additional::Allowed(schema) = &mut record.additional {
                f(schema);
            }
        }
        TypeBody::Union(union) => union.variants.iter_mut().for_each(|it| f(&mut it.schema)),
        TypeBody::Alias(schema) => f(schema),
        TypeBody::Enum(_) => {}
    }
}

/// Everything that is patched, as a flag per type.
fn reached(api: &Api, roots: Vec<TypeId>) -> Vec<bool> {
    let mut seen = vec![false; api.types.len()];
    let mut todo = roots;
    while let Some(id) = todo.pop() {
        if let Some(flag) = seen.get_mut(id.0)
            && !std::mem::replace(flag, true)
            && let Some(def) = api.type_def(id)
        {
            todo.extend(each(&def.body).into_iter().flat_map(|schema| ids(schema).0));
        }
    }
    seen
}

/// The types that something else than a patch refers to.
fn others(api: &Api, within: &[bool]) -> Vec<TypeId> {
    let mut others = Vec::new();
    for action in &api.actions {
        let patch = patch(action);
        for parameter in &action.parameters {
            others.extend(visit::ids_of(&parameter.schema));
        }
        for media in action.body.iter().flat_map(|body| &body.media) {
            match patch {
                Some(patch) if patch.origin == media.origin => others.extend(ids(&media.schema).1),
                _ => others.extend(visit::ids_of_media(std::slice::from_ref(media))),
            }
        }
        others.extend(visit::ids_of_outcome(&action.outcome));
        others.extend(action.callbacks.iter().flat_map(visit::ids_of_event));
    }
    others.extend(api.events.iter().flat_map(visit::ids_of_event));
    let patched = api.types.iter().zip(within).filter(|(_, within)| **within);
    let schemas = patched.flat_map(|(def, _)| each(&def.body));
    others.extend(schemas.flat_map(|schema| ids(schema).1));
    others
}

/// Those of the types that are patched which are another type in a patch, or hold such a type.
fn changing(api: &Api, within: &[bool], elsewhere: &[bool]) -> Vec<bool> {
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut todo = Vec::new();
    let patched = api.types.iter().zip(within).enumerate();
    for (index, (def, _)) in patched.filter(|(_, (_, within))| **within) {
        let mut changed = def.body.clone();
        allow_null(&mut changed);
        if elsewhere.get(index) == Some(&true) {
            require_nothing(&mut changed);
        }
        if changed != def.body {
            todo.push(TypeId(index));
        }
        for held in each(&def.body).into_iter().flat_map(|schema| ids(schema).0) {
            if let Some(holders) = holders.get_mut(held.0) {
                holders.push(TypeId(index));
            }
        }
    }
    let mut changing = vec![false; api.types.len()];
    while let Some(id) = todo.pop() {
        if let Some(flag) = changing.get_mut(id.0)
            && !std::mem::replace(flag, true)
        {
            todo.extend(holders.get(id.0).into_iter().flatten());
        }
    }
    changing
}

/// Lets all that need not be there be null.
fn allow_null(body: &mut TypeBody) {
    if let TypeBody::Record(record) = body {
        for field in record.fields.iter_mut().filter(|field| !field.required) {
            set_nullable(&mut field.schema);
        }
        if let Additional::Allowed(values) = &mut record.additional {
            set_nullable(values);
        }
    }
    each_mut(body, &mut in_maps);
}

/// Lets a patch hold any part of a thing. A constant stays: it tells variants apart.
fn require_nothing(body: &mut TypeBody) {
    if let TypeBody::Record(record) = body {
        let fields = record.fields.iter_mut();
        fields
            .filter(|field| !matches!(field.schema.ty, Type::Constant(_)))
            .for_each(|field| field.required = false);
    }
}

fn in_maps(schema: &mut Schema) {
    if let Type::Map(values) = &mut schema.ty {
        set_nullable(values);
        in_maps(values);
    }
}

/// What can be anything can be null as it is.
fn set_nullable(schema: &mut Schema) {
    schema.nullable |= !matches!(schema.ty, Type::Any | Type::Never | Type::Null);
}

fn redirect(schema: &mut Schema, twin: &dyn Fn(TypeId) -> TypeId) {
    match &mut schema.ty {
        Type::Named(id) => *id = twin(*id),
        Type::Map(values) => redirect(values, twin),
        _ => {}
    }
}

/// A copy of a type for patches, under its own id.
fn twin_of(api: &mut Api, id: TypeId) -> Option<TypeId> {
    let new = TypeId(api.types.len());
    let own = api.type_def(id)?;
    let named = |hint: &Vec<String>| hint.iter().cloned().chain(["patch".to_owned()]).collect();
    let twin = TypeDef {
        component: None,
        hints: own.hints.iter().map(named).collect(),
        other_way: None,
        ..own.clone()
    };
    api.types.push(twin);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ApiConfig;
    use crate::diag::Diagnostics;
    use crate::load::MemorySources;

    fn patched(paths: &str) -> Api {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n    \
             Thing: {{type: object, required: [id], properties: {{id: {{type: string}}, name: {{type: string}}, \
             inner: {{$ref: '#/components/schemas/Inner'}}, all: {{type: object, additionalProperties: {{$ref: \
             '#/components/schemas/Inner'}}}}, list: {{type: array, items: {{$ref: '#/components/schemas/Inner'}}}}}}}}\n    \
             Inner: {{type: object, properties: {{a: {{type: integer}}}}}}\n"
        );
        let sources = MemorySources::new("t.yaml", text);
        let config = ApiConfig::for_name("t");
        let mut diagnostics = Diagnostics::new();
        let document = crate::load::load("t.yaml", &sources, &mut diagnostics).unwrap();
        let mut api = crate::normalise::normalise(&document, &config.name, &mut diagnostics);
        run(&mut api);
        api
    }

    /// The fields of each type that can be null, by the hints of its name.
    fn nulls(paths: &str) -> Vec<String> {
        let api = patched(paths);
        let mut nulls = Vec::new();
        for def in &api.types {
            let TypeBody::Record(record) = &def.body else {
                continue;
            };
            for field in &record.fields {
                let name = format!("{}.{}", def.hints[0].join(" "), field.wire_name);
                if field.schema.nullable {
                    nulls.push(name.clone());
                }
                if matches!(&field.schema.ty, Type::Map(values) if values.nullable) {
                    nulls.push(name + ".*");
                }
            }
        }
        nulls
    }

    const PATCH: &str = "  /things/{id}:\n    patch:\n      requestBody: {content: {application/merge-patch+json: \
                         {schema: {$ref: '#/components/schemas/Thing'}}}}\n      responses: {'204': {description: d}}\n";

    #[test]
    fn what_is_only_patched_can_have_null_and_arrays_stay_as_they_are() {
        assert_eq!(
            nulls(PATCH),
            [
                "Thing.all",
                "Thing.all.*",
                "Thing.inner",
                "Thing.list",
                "Thing.name",
                // `Inner` is in an array as well, which is replaced whole.
                "Inner patch.a",
            ]
        );
    }

    #[test]
    fn what_is_used_elsewhere_has_a_twin() {
        let get = "    get:\n      responses: {'200': {description: d, content: {application/json: {schema: \
                   {$ref: '#/components/schemas/Thing'}}}}}\n";
        let found = nulls(&format!("{PATCH}{get}"));
        assert!(found.iter().all(|it| it.contains(" patch.")), "{found:?}");
        assert!(found.contains(&"Thing patch.name".to_owned()), "{found:?}");
    }

    #[test]
    fn what_a_thing_must_have_need_not_be_in_a_patch_of_it() {
        let required = |paths: &str| {
            let api = patched(paths);
            let records = api.types.iter().filter_map(|def| match &def.body {
                TypeBody::Record(record) => Some((def, record)),
                _ => None,
            });
            let fields = records.flat_map(|(def, record)| {
                let required = record.fields.iter().filter(|field| field.required);
                required.map(|it| format!("{}.{}", def.hints[0].join(" "), it.wire_name))
            });
            fields.collect::<Vec<_>>()
        };
        let get = "    get:\n      responses: {'200': {description: d, content: {application/json: {schema: \
                   {$ref: '#/components/schemas/Thing'}}}}}\n";
        assert_eq!(
            required(PATCH),
            ["Thing.id"],
            "its own schema says what it must have"
        );
        assert_eq!(
            required(&format!("{PATCH}{get}")),
            ["Thing.id"],
            "only the thing"
        );
    }

    #[test]
    fn other_json_is_left_alone() {
        let plain = PATCH.replace("merge-patch+json", "json");
        assert_eq!(nulls(&plain), Vec::<String>::new());
        let also = PATCH.replace(
            "{content: {",
            "{content: {application/json: {schema: {type: string}}, ",
        );
        assert_eq!(nulls(&also), Vec::<String>::new());
    }
}
