//! A value for a schema: what a request carries, or what a response does.

use super::ask::{Ask, Extent, Way};
use super::cycles::{Cycles, address};
use super::fits;
use super::flat::Flat;
use super::scalar::{self, Carrier};
use crate::load::{Document, Node};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// Values in one sample after which only required properties are given.
const MANY: usize = 2_000;

/// Values in one sample after which objects and lists stay empty.
const MOST: usize = 8_000;

/// Schemas within each other, references or not.
const LEVELS: usize = 64;

/// The longest list that is written to satisfy `minItems`.
const LONGEST_LIST: u64 = 16;

/// Makes values from a document's schemas.
#[derive(Debug)]
pub(super) struct Sampler<'d> {
    document: &'d Document,
    cycles: Cycles<'d>,
    /// Schemas by address, each for the turns in which it was met.
    flats: HashMap<(usize, usize), Rc<Flat<'d>>>,
    /// Values that do not keep to the limits of their schema, and which.
    pub(super) misfits: Vec<String>,
}

/// Where in a sample a schema is.
#[derive(Debug, Clone)]
struct At {
    /// The names that lead here, which scalars are made from: `person.emails.1`.
    path: String,
    /// The index in the innermost list around it.
    turn: usize,
    /// Whether it is inside a record that can contain itself.
    inside: bool,
    /// Whether only required properties and the id are given, being a record inside a record.
    bare: bool,
    /// The schemas that were entered by reference.
    entered: Vec<usize>,
    /// Schemas around it.
    levels: usize,
}

impl At {
    fn below(&self, name: &str) -> Self {
        Self {
            path: if self.path.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", self.path)
            },
            ..self.clone()
        }
    }

    fn item(&self, index: usize) -> Self {
        let mut item = if index == 0 {
            self.clone()
        } else {
            self.below(&(index + 1).to_string())
        };
        item.turn = index;
        item
    }
}

impl<'d> Sampler<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            cycles: Cycles::default(),
            flats: HashMap::new(),
            misfits: Vec::new(),
        }
    }

    fn flat(&mut self, schemas: &[Node<'d>], turn: usize) -> Rc<Flat<'d>> {
        let [schema] = schemas else {
            return Rc::new(Flat::new(self.document, schemas, turn));
        };
        let key = (address(schema), turn);
        let flat = self.flats.entry(key);
        let flat = flat.or_insert_with(|| Rc::new(Flat::new(self.document, schemas, turn)));
        Rc::clone(flat)
    }

    /// A value for a schema, made from `path`. Null where no other value can be found.
    pub(super) fn sample(&mut self, schema: &Node<'d>, path: &str, ask: Ask) -> Value {
        self.sample_form(schema, path, ask, &[])
    }

    /// The same for a form, of which some properties keep their reserved characters.
    pub(super) fn sample_form(
        &mut self,
        schema: &Node<'d>,
        path: &str,
        ask: Ask,
        reserved: &[&str],
    ) -> Value {
        let at = At {
            path: path.to_owned(),
            turn: 0,
            inside: false,
            bare: false,
            entered: Vec::new(),
            levels: 0,
        };
        let mut run = Run {
            sampler: self,
            ask,
            reserved,
            written: 0,
        };
        run.value(std::slice::from_ref(schema), at, true)
            .unwrap_or(Value::Null)
    }
}

/// One sample in the making.
struct Run<'s, 'd> {
    sampler: &'s mut Sampler<'d>,
    ask: Ask,
    /// The properties of the whole that keep their reserved characters.
    reserved: &'s [&'s str],
    written: usize,
}

impl<'d> Run<'_, 'd> {
    /// A value for what all the schemas describe; `None` for one that is left out, which what is
    /// `needed` never is.
    fn value(&mut self, schemas: &[Node<'d>], mut at: At, needed: bool) -> Option<Value> {
        self.written += 1;
        at.levels += 1;
        if at.levels > LEVELS {
            return needed.then_some(Value::Null);
        }
        let flat = self.sampler.flat(schemas, at.turn);
        if flat.never {
            let misfit = format!("{}: its schema allows no value", at.path);
            self.sampler.misfits.extend(needed.then_some(misfit));
            return needed.then_some(Value::Null);
        }
        if flat.is_nullable() && self.gives_null(&at) {
            return Some(Value::Null);
        }
        for target in &flat.targets {
            let key = address(target);
            let comes_round = at.entered.contains(&key);
            if comes_round && at.bare {
                return needed.then(|| Value::Object(Map::new()));
            }
            if flat.kind() == Some("object")
                && self
                    .sampler
                    .cycles
                    .contains_itself(self.sampler.document, target)
            {
                if at.inside && !needed && (at.bare || !self.has_records_inside()) {
                    return None;
                }
                at.bare |= at.inside;
                at.inside = true;
            }
            at.entered.push(key);
        }
        let value = self.of_kind(&flat, &at);
        if self.written <= MOST
            && let Some(misfit) = fits::misfit(&flat, &value)
        {
            let path = &at.path;
            self.sampler.misfits.push(format!("{path}: {misfit}"));
        }
        Some(value)
    }

    /// Where null is one of the values, it is given in every second item of a list, and where
    /// nothing but what is required is given.
    fn gives_null(&self, at: &At) -> bool {
        self.ask.way == Way::Sent
            && self.ask.carrier == Carrier::Json
            && match self.ask.extent {
                Extent::Required => at.turn % 2 == 1 || at.levels > 1,
                Extent::Null => at.levels > 1,
                Extent::All | Extent::Shallow | Extent::Unset => at.turn % 2 == 1,
            }
    }

    /// Whether null stands in for an optional property of a response: for everything in a record, and
    /// around records for what has none in it.
    fn is_unset(&mut self, schemas: &[Node<'d>], at: &At) -> bool {
        if self.ask.extent != Extent::Unset {
            return false;
        }
        let flat = self.sampler.flat(schemas, at.turn);
        let holds_more = |kind: Option<&str>| matches!(kind, Some("object" | "array"));
        !flat.never && flat.value("const").is_none() && (at.inside || !holds_more(flat.kind()))
    }

    /// Whether records inside records are given.
    fn has_records_inside(&self) -> bool {
        matches!(self.ask.extent, Extent::All | Extent::Null)
    }

    fn of_kind(&mut self, flat: &Flat<'d>, at: &At) -> Value {
        let listed = flat.listed();
        if !listed.is_empty() {
            let index = scalar::hash(&at.path) % listed.len() as u64;
            let index = usize::try_from(index).unwrap_or(0);
            return listed.get(index).map_or(Value::Null, |it| (*it).clone());
        }
        let path = &at.path;
        match flat.kind() {
            Some("object") if self.written > MOST => Value::Object(Map::new()),
            Some("array") if self.written > MOST => Value::Array(Vec::new()),
            Some("object") => Value::Object(self.object(flat, at)),
            Some("array") => Value::Array(self.array(flat, at)),
            Some("string") => scalar::text(flat, path, self.ask.carrier).into(),
            Some("integer") => scalar::integer(flat, path),
            Some("number") => scalar::number(flat, path),
            Some("boolean") => scalar::hash(path).is_multiple_of(2).into(),
            Some("null") => Value::Null,
            _ => scalar::text(flat, path, self.ask.carrier).into(),
        }
    }

    fn object(&mut self, flat: &Flat<'d>, at: &At) -> Map<String, Value> {
        let mut object = Map::new();
        let discriminator = flat.discriminator();
        let mut left = flat.count("minProperties").unwrap_or(0);
        for (name, schemas) in &flat.properties {
            if self.is_for_the_other_way(schemas, at) {
                continue;
            }
            let needed = flat.required.contains(name);
            let value = match discriminator {
                Some((property, value)) if property == *name => Some(value.into()),
                _ if !needed && self.is_unset(schemas, at) => {
                    object.insert((*name).to_owned(), Value::Null);
                    continue;
                }
                _ if needed || self.gives(name, at, left) => {
                    let carrier = self.ask.carrier;
                    if at.levels == 1 && self.reserved.contains(name) {
                        self.ask.carrier = Carrier::ReservedProperty;
                    }
                    let value = self.value(schemas, at.below(name), needed);
                    self.ask.carrier = carrier;
                    value
                }
                _ => None,
            };
            // What only null can be said of says nothing in a response.
            let value = value.filter(|it| needed || self.ask.way == Way::Sent || !it.is_null());
            if let Some(value) = value {
                left = left.saturating_sub(1);
                object.insert((*name).to_owned(), value);
            }
        }
        if let Some((property, value)) = discriminator
            && !flat.properties.contains_key(property)
        {
            object.insert(property.to_owned(), value.into());
        }
        self.others(flat, at, &mut object);
        self.without_indices(flat, object)
    }

    /// Without optional properties whose names are indices, where JavaScript would put them in another
    /// place (ECMA-262, section 10.1.11).
    fn without_indices(&self, flat: &Flat<'d>, object: Map<String, Value>) -> Map<String, Value> {
        let index = |name: &String| {
            name.parse::<u32>()
                .ok()
                .filter(|it| it.to_string() == *name)
        };
        let mut names: Vec<&String> = object.keys().collect();
        names.sort_by_key(|name| index(name).map_or((1, 0), |index| (0, index)));
        if self.ask.way == Way::Received || names.into_iter().eq(object.keys()) {
            return object;
        }
        let kept = |name: &String| index(name).is_none() || flat.required.contains(name.as_str());
        object.into_iter().filter(|(name, _)| kept(name)).collect()
    }

    /// Whether an optional property is given.
    fn gives(&self, name: &str, at: &At, least: u64) -> bool {
        if at.bare {
            return name == "id" && matches!(self.ask.extent, Extent::All | Extent::Null);
        }
        self.written <= MANY && (self.ask.extent != Extent::Required || least > 0)
    }

    fn is_for_the_other_way(&mut self, schemas: &[Node<'d>], at: &At) -> bool {
        let keyword = match self.ask.way {
            Way::Sent => "readOnly",
            Way::Received => "writeOnly",
        };
        self.sampler.flat(schemas, at.turn).is(keyword)
    }

    /// Properties without a name of their own: required ones, and two of a map.
    fn others(&mut self, flat: &Flat<'d>, at: &At, object: &mut Map<String, Value>) {
        let additional = flat.keyword("additionalProperties").cloned();
        let schema = additional.clone().filter(|it| it.as_object().is_some());
        let unnamed = |name: &&&str| !flat.properties.contains_key(**name);
        let needed: Vec<&str> = flat.required.iter().filter(unnamed).copied().collect();
        let mut names = Vec::new();
        let closed = additional.is_some_and(|it| it.value() == &Value::Bool(false));
        let open = schema.is_some() || flat.is("additionalProperties");
        let more = self.ask.extent != Extent::Required && !at.bare && self.written <= MANY;
        if more && !closed && (open || flat.keyword("properties").is_none()) {
            names.extend(["another", "other"]);
        }
        if !needed.is_empty() {
            self.unnamed(&needed, schema.as_ref(), at, object);
            // A client knows them as it knows the properties, and writes all in the order of their names.
            object.sort_keys();
        }
        self.unnamed(&names, schema.as_ref(), at, object);
    }

    fn unnamed(
        &mut self,
        names: &[&str],
        schema: Option<&Node<'d>>,
        at: &At,
        object: &mut Map<String, Value>,
    ) {
        for name in names {
            if object.contains_key(*name) {
                continue;
            }
            let at = at.below(name);
            let value = match schema {
                Some(schema) => self.value(std::slice::from_ref(schema), at, true),
                None => Some(at.path.into()),
            };
            object.insert((*name).to_owned(), value.unwrap_or(Value::Null));
        }
    }

    fn array(&mut self, flat: &Flat<'d>, at: &At) -> Vec<Value> {
        let least = flat.count("minItems").unwrap_or(0).min(LONGEST_LIST);
        let most = flat.count("maxItems").unwrap_or(u64::MAX);
        let items = flat.keyword("items");
        let listed = flat
            .keyword("prefixItems")
            .or(items.filter(|items| items.value().is_array()));
        if let Some(listed) = listed {
            let listed: Vec<Node<'d>> = listed.items().collect();
            let items = listed.iter().enumerate();
            return items
                .filter_map(|(index, schema)| {
                    let at = at.below(&(index + 1).to_string());
                    self.value(std::slice::from_ref(schema), at, true)
                })
                .collect();
        }
        let wanted = match self.ask.extent {
            _ if at.bare || self.written > MANY => 0,
            Extent::All => 2,
            // A list that has to be sent and has nothing in it says nothing.
            Extent::Required | Extent::Shallow | Extent::Null | Extent::Unset => 1,
        };
        let Some(schema) = items.filter(|schema| schema.as_object().is_some()) else {
            return (0..least).map(|_| Value::Null).collect();
        };
        let mut list: Vec<Value> = Vec::new();
        for index in 0..least.max(wanted).min(most.max(least)) {
            let at = at.item(usize::try_from(index).unwrap_or(0));
            let value = self.value(std::slice::from_ref(schema), at, index < least);
            let Some(value) = value else { break };
            // An enumeration may have no second value for a list of different ones.
            if !(flat.is("uniqueItems") && list.contains(&value)) {
                list.push(value);
            }
        }
        list
    }
}
