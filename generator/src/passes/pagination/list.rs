//! A list, with all that a request for it takes and a response beside it has.

use super::counted::Firsts;
use super::pager::is_time;
use crate::ir::{
    Action, Api, Encoding, Kind, Method, Pagination, Parameter, Payload, Place, Primitive, Record,
    Schema, Slot, Source, Strategy, Type,
};
use crate::names::words;
use crate::passes::kinds::{only_reads, own_words};
use crate::passes::shapes::{Shape, main_media, shape, success_schema};
use crate::vocabulary;

/// How deep in a body the keys of pagination are looked for: `pageInfo.endCursor` is two.
const LEVELS: usize = 3;

/// A strategy and why; or else why there is none, where that is worth saying.
pub(super) type Found = Result<(Strategy, String), Option<String>>;

/// An action that answers with a list.
pub(super) struct List<'a> {
    pub(super) api: &'a Api,
    pub(super) action: &'a Action,
    items: Vec<String>,
    /// What an item is.
    pub(super) item: &'a Schema,
    slots: Vec<Taken<'a>>,
    /// What stands in the response beside the list.
    beside: Vec<Given<'a>>,
}

/// Something that the request takes.
pub(super) struct Taken<'a> {
    /// Its words, without separators.
    pub(super) name: String,
    pub(super) slot: Slot,
    pub(super) schema: &'a Schema,
    description: Option<&'a str>,
}

/// Something that the response has.
pub(super) struct Given<'a> {
    /// The words of its last key, without separators.
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) schema: &'a Schema,
    description: Option<&'a str>,
}

impl<'a> List<'a> {
    pub(super) fn of(api: &'a Api, action: &'a Action) -> Option<Self> {
        if !matches!(action.method, Method::Get | Method::Post) {
            return None;
        }
        let payload = &action.outcome.success.as_ref()?.payload;
        let (items, ty) = match payload {
            Payload::Empty => return None,
            Payload::Whole(ty) => (Vec::new(), ty),
            Payload::Opened(envelope) => (envelope.path.clone(), &envelope.data.ty),
        };
        let Shape::List(item) = shape(api, ty) else {
            return None;
        };
        let mut beside = Vec::new();
        let whole = success_schema(action).and_then(|schema| api.record(&schema.ty));
        if let Some((_, record)) = whole {
            collect(api, record, &[], &items, &mut beside);
        }
        beside.extend(headers(action));
        Some(Self {
            api,
            action,
            slots: slots(api, action),
            beside,
            items,
            item,
        })
    }

    /// How the list goes on.
    pub(super) fn strategy(&self, firsts: &Firsts) -> Found {
        if let Some(found) = self.cursor() {
            return Ok(found);
        }
        let reads = self.only_reads();
        // A URL can be asked for with GET, which does no harm whatever the request before it did. What is
        // made may have links, which need not be those of a list.
        let found = match reads {
            true => self.next_url().or_else(|| self.link_header()),
            false if matches!(self.action.kind, Kind::Custom { .. }) => self.next_url_by_name(),
            false => None,
        };
        if let Some(found) = found {
            return Ok(found);
        }
        if let Some(found) = self.last_item() {
            return Ok(found);
        }
        if reads {
            for found in [self.page(firsts), self.offset()] {
                if !matches!(found, Err(None)) {
                    return found;
                }
            }
        }
        Err(self.why_not())
    }

    /// The pagination with this strategy.
    pub(super) fn pagination(self, strategy: Strategy, evidence: String) -> Pagination {
        let size = self.slot(vocabulary::SIZE, is_number);
        let size = size.map(|taken| taken.slot.clone());
        let more = self.given(vocabulary::MORE, |p| matches!(p, Primitive::Boolean));
        let total = self.given(vocabulary::TOTAL, |_| true);
        let total = total.filter(|given| self.is_count(given));
        let pages = self.given(vocabulary::PAGES, |_| true);
        let pages = pages.filter(|given| self.is_count(given));
        let is_page = matches!(strategy, Strategy::Page { .. });
        let is_url = matches!(strategy, Strategy::NextUrl { .. });
        Pagination {
            by_get: is_url && !self.only_reads(),
            size,
            more: more.and_then(|given| given.source.body().map(<[String]>::to_vec)),
            total: total.map(|given| given.source.clone()),
            pages: pages.filter(|_| is_page).map(|given| given.source.clone()),
            evidence,
            items: self.items,
            strategy,
        }
    }

    /// A number; headers have them as text.
    pub(super) fn is_count(&self, given: &Given<'_>) -> bool {
        let is_header = matches!(given.source, Source::Header(_));
        is_header || matches!(shape(self.api, &given.schema.ty), Shape::Scalar(p) if is_number(p))
    }

    /// Whether asking again does no harm: a POST may do something each time.
    fn only_reads(&self) -> bool {
        let resource = self.action.resource.and_then(|id| self.api.resource(id));
        let reads = || {
            let last = self.action.path.rsplit(['/', ':', '.']).next();
            let path = words(last.unwrap_or_default());
            let own = resource.map(|resource| own_words(self.action, resource));
            only_reads(&path) || own.is_some_and(|own| only_reads(&own))
        };
        self.action.method == Method::Get || reads()
    }

    /// What takes a value, with one of these names and a type that fits; the names' order decides.
    pub(super) fn slot(
        &self,
        names: &[&str],
        fits: impl Fn(&Primitive) -> bool,
    ) -> Option<&Taken<'a>> {
        names.iter().find_map(|wanted| {
            let mut named = self
                .slots
                .iter()
                .filter(|it| vocabulary::is(&it.name, wanted));
            named.find(|it| takes(self.api, &it.schema.ty, &fits))
        })
    }

    /// All that the request takes.
    pub(super) fn slots(&self) -> impl Iterator<Item = &Taken<'a>> {
        self.slots.iter()
    }

    /// All that the response has beside the list.
    pub(super) fn beside(&self) -> impl Iterator<Item = &Given<'a>> {
        self.beside.iter()
    }

    /// A scalar with one of these names whose type fits; the names' order decides.
    pub(super) fn given(
        &self,
        names: &[&str],
        fits: impl Fn(&Primitive) -> bool,
    ) -> Option<&Given<'a>> {
        let is_fit = |given: &Given<'_>| match shape(self.api, &given.schema.ty) {
            Shape::Scalar(primitive) => fits(primitive),
            Shape::Unknown => matches!(given.source, Source::Header(_)),
            _ => false,
        };
        names.iter().find_map(|wanted| {
            let mut named = self
                .beside
                .iter()
                .filter(|it| vocabulary::is(&it.name, wanted));
            named.find(|it| is_fit(it))
        })
    }

    /// A number that tells where the page is rather than where the next one is.
    pub(super) fn counts(&self, given: &Given<'_>) -> bool {
        let is_text = matches!(given.source, Source::Header(_));
        let is_named = ["offset", "page", "start"].contains(&given.name.as_str());
        is_text && is_named
            || matches!(shape(self.api, &given.schema.ty), Shape::Scalar(p) if is_number(p))
    }

    /// What looked like a way on and was none.
    fn why_not(&self) -> Option<String> {
        if let Some(taken) = self.slot(vocabulary::CURSOR, is_cursor) {
            return (!is_time(&taken.name, &taken.text())).then(|| {
                let slot = &taken.slot;
                format!("`{slot}` may take a cursor, but nothing in the response says where it is")
            });
        }
        let is_text = |p: &Primitive| is_cursor(p) && !is_number(p);
        let mut counting = [vocabulary::PAGE, vocabulary::OFFSET].into_iter();
        let taken = counting.find_map(|names| self.slot(names, is_text))?;
        let slot = &taken.slot;
        (!vocabulary::is_one_of(&taken.name, vocabulary::DOUBTFUL_OFFSET)).then(|| {
            format!("`{slot}` takes a text: nothing says whether it is a number, or where the next one is")
        })
    }
}

impl Taken<'_> {
    /// All that is said of it, in lower case.
    pub(super) fn text(&self) -> String {
        said(self.description, self.schema)
    }
}

impl Given<'_> {
    /// All that is said of it, in lower case.
    pub(super) fn text(&self) -> String {
        said(self.description, self.schema)
    }
}

pub(super) fn said(description: Option<&str>, schema: &Schema) -> String {
    let texts = [description, schema.description.as_deref()];
    let texts: Vec<String> = texts.into_iter().flatten().map(str::to_lowercase).collect();
    texts.join(" ")
}

/// Whether a request can carry a value of a type that fits.
pub(super) fn takes(api: &Api, ty: &Type, fits: &impl Fn(&Primitive) -> bool) -> bool {
    match shape(api, ty) {
        Shape::Scalar(primitive) => fits(primitive),
        Shape::Unknown | Shape::Union => true,
        Shape::Record(..) | Shape::List(_) | Shape::Map | Shape::Enum | Shape::Constant => false,
    }
}

/// The words of a name without the sign that stands before those of a protocol: `$skip`, `@nextLink`.
pub(super) fn plain(name: &str) -> String {
    words(name.trim_start_matches(['$', '@', '_'])).concat()
}

/// The words of a header without the `X` that stands before many.
fn header_name(name: &str) -> String {
    let words = words(name);
    match words.split_first() {
        Some((first, rest)) if first == "x" && !rest.is_empty() => rest.concat(),
        _ => words.concat(),
    }
}

fn slots<'a>(api: &'a Api, action: &'a Action) -> Vec<Taken<'a>> {
    let of = |parameter: &'a Parameter, name: String, slot: Slot| Taken {
        name,
        slot,
        schema: &parameter.schema,
        description: parameter.description.as_deref(),
    };
    let mut found = Vec::new();
    let media = action.body.as_ref().and_then(main_media);
    let json = media.filter(|media| matches!(media.encoding, Encoding::Json));
    // What a body takes is the operation's own; a query may repeat it for all of them.
    if let Some((_, record)) = json.and_then(|media| api.record(&media.schema.ty)) {
        in_body(api, record, &[], &mut found);
    }
    for parameter in &action.parameters {
        let wire = &parameter.wire_name;
        match parameter.place {
            Place::Query => found.push(of(parameter, plain(wire), Slot::Query(wire.clone()))),
            Place::Header => {
                found.push(of(parameter, header_name(wire), Slot::Header(wire.clone())));
            }
            Place::Path | Place::Cookie => {}
        }
    }
    found
}

fn in_body<'a>(api: &'a Api, record: &'a Record, parent: &[String], found: &mut Vec<Taken<'a>>) {
    for field in &record.fields {
        let mut path = parent.to_vec();
        path.push(field.wire_name.clone());
        let name = plain(&field.wire_name);
        let taken = |name: String, path: Vec<String>| Taken {
            name,
            slot: Slot::Body(path),
            schema: &field.schema,
            description: None,
        };
        match shape(api, &field.schema.ty) {
            Shape::Record(_, inner)
                if parent.is_empty() && vocabulary::is_one_of(&name, vocabulary::PAGERS) =>
            {
                in_body(api, inner, &path, found);
            }
            _ => {
                // `page.number` is the number of a page.
                if let [outer, _] = path.as_slice() {
                    found.push(taken(plain(outer) + &name, path.clone()));
                }
                found.push(taken(name, path));
            }
        }
    }
}

/// Collects what stands in a response, without the items and what is below them.
fn collect<'a>(
    api: &'a Api,
    record: &'a Record,
    prefix: &[String],
    items: &[String],
    found: &mut Vec<Given<'a>>,
) {
    for field in &record.fields {
        let mut keys = prefix.to_vec();
        keys.push(field.wire_name.clone());
        if keys == items {
            continue;
        }
        if keys.len() < LEVELS
            && let Shape::Record(_, inner) = shape(api, &field.schema.ty)
        {
            collect(api, inner, &keys, items, found);
        } else {
            found.push(Given {
                name: plain(&field.wire_name),
                source: Source::Body(keys),
                schema: &field.schema,
                description: None,
            });
        }
    }
}

fn headers(action: &Action) -> Vec<Given<'_>> {
    let success = action.outcome.success.as_ref();
    let response = success.and_then(|it| action.outcome.responses.get(it.response));
    let headers = response.into_iter().flat_map(|response| &response.headers);
    let given = headers.map(|header| Given {
        name: header_name(&header.name),
        source: Source::Header(header.name.clone()),
        schema: &header.schema,
        description: header.description.as_deref(),
    });
    given.collect()
}

pub(super) fn is_number(primitive: &Primitive) -> bool {
    matches!(primitive, Primitive::Integer { .. } | Primitive::Number)
}

/// Whether a cursor can be of a type: a day is one to select by, and a switch switches.
pub(super) fn is_cursor(primitive: &Primitive) -> bool {
    !matches!(
        primitive,
        Primitive::Boolean
            | Primitive::DateTime
            | Primitive::Date
            | Primitive::Time
            | Primitive::Binary
            | Primitive::File
    )
}
