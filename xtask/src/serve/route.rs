//! Which action a request means: method and path (OpenAPI 3.1, section 4.8.8.2).

use super::message::{Request, decode, decode_query};
use super::refusal::{Fault, Refusal};
use specwright::ir::{Action, ActionId, Api, Method, PathSegment, Place, Server};
use std::collections::BTreeSet;

/// The values of path parameters, by wire name, still percent-encoded.
pub(crate) type Captures = Vec<(String, String)>;

/// The action of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// Which.
    pub(crate) action: ActionId,
    /// Its path parameters.
    pub(crate) captures: Captures,
}

/// All path templates of an API.
#[derive(Debug)]
pub(crate) struct Router {
    templates: Vec<Template>,
    /// Paths of servers, which may stand in front.
    bases: Vec<String>,
}

#[derive(Debug)]
struct Template {
    parts: Vec<Vec<PathSegment>>,
    method: Method,
    action: ActionId,
    /// Required parameters of the query and headers that can have one value only. Where several actions
    /// have one path, these tell which is meant: `?Action=ListSites`.
    fixed: Vec<(Place, String, String)>,
}

impl Template {
    /// Whether a request has what tells this action from others.
    fn is_meant(&self, request: &Request) -> bool {
        self.fixed.iter().all(|(place, name, value)| match place {
            Place::Header => request.header(name) == Some(value),
            _ => request.raw_query().any(|(key, sent)| {
                decode_query(key).as_deref() == Some(name)
                    && decode_query(sent).as_deref() == Some(value)
            }),
        })
    }

    /// For each part whether it has a parameter. Text comes first in order, so that
    /// `/pets/mine` is tried before `/pets/{id}`.
    fn rank(&self) -> Vec<usize> {
        let parameters = |part: &Vec<PathSegment>| {
            let has = part
                .iter()
                .any(|piece| matches!(piece, PathSegment::Parameter(_)));
            // `{name}.json` says more than `{name}`.
            if has {
                100_usize.saturating_sub(part.len())
            } else {
                0
            }
        };
        self.parts.iter().map(parameters).collect()
    }
}

impl Router {
    pub(crate) fn new(api: &Api) -> Self {
        let mut templates: Vec<Template> = api
            .actions
            .iter()
            .enumerate()
            .map(|(index, action)| Template {
                parts: parts(&action.segments),
                method: action.method,
                action: ActionId(index),
                fixed: fixed(api, action),
            })
            .collect();
        templates.sort_by_cached_key(Template::rank);
        let of_actions = api.actions.iter().flat_map(|action| &action.servers);
        let bases: BTreeSet<String> = api
            .servers
            .iter()
            .chain(of_actions)
            .filter_map(base)
            .collect();
        Self {
            templates,
            bases: bases.into_iter().collect(),
        }
    }

    /// Finds the action, or says 404 or 405. HEAD is GET where it is not declared.
    pub(crate) fn find(&self, request: &Request) -> Result<Route, Refusal> {
        self.find_as(&request.method, request)
    }

    fn find_as(&self, method: &str, request: &Request) -> Result<Route, Refusal> {
        let path = request.path.as_str();
        let mut first: Option<(Vec<usize>, Route)> = None;
        let mut allowed = BTreeSet::new();
        let whole = std::iter::once(path);
        let below = self.bases.iter().filter_map(|base| {
            path.strip_prefix(base.as_str())
                .filter(|rest| rest.starts_with('/'))
        });
        for path in whole.chain(below) {
            let wanted: Vec<&str> = split(path).collect();
            for template in &self.templates {
                let Some(captures) = matches(&template.parts, &wanted) else {
                    continue;
                };
                if template.method.as_str() == method {
                    let route = Route {
                        action: template.action,
                        captures,
                    };
                    let rank = template.rank();
                    let is_rival = first.as_ref().is_none_or(|(first, _)| *first == rank);
                    if is_rival && template.is_meant(request) {
                        return Ok(route);
                    }
                    // It says itself what it misses.
                    first.get_or_insert((rank, route));
                    continue;
                }
                allowed.insert(template.method.as_str());
            }
        }
        if let Some((_, route)) = first {
            return Ok(route);
        }
        if method == "HEAD" && allowed.contains("GET") {
            return self.find_as("GET", request);
        }
        if allowed.is_empty() {
            let message = format!("there is no path {path}");
            return Err(Refusal::new(404, Fault::whole(message)));
        }
        if allowed.contains("GET") {
            allowed.insert("HEAD");
        }
        let allowed = allowed.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("{method} is not allowed on {path}, there is {allowed}");
        Err(Refusal::new(405, Fault::whole(message)).header("allow", allowed))
    }
}

/// What is fixed in every request of an action.
fn fixed(api: &Api, action: &Action) -> Vec<(Place, String, String)> {
    let parameters = action.parameters.iter();
    let required =
        parameters.filter(|it| it.required && matches!(it.place, Place::Query | Place::Header));
    required
        .filter_map(|it| {
            let value = api.constant_text(&it.schema)?;
            Some((it.place, it.wire_name.clone(), value.to_owned()))
        })
        .collect()
}

/// The path of a server's URL without variables, where it has one.
fn base(server: &Server) -> Option<String> {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    let after_host = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        None => url.as_str(),
    };
    let path = after_host.trim_end_matches('/');
    path.starts_with('/').then(|| path.to_owned())
}

/// The parts of a path between slashes. A trailing slash does not count.
fn split(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).split('/')
}

fn parts(segments: &[PathSegment]) -> Vec<Vec<PathSegment>> {
    let mut parts = vec![Vec::new()];
    let mut push = |piece, starts: bool| {
        if starts {
            parts.push(Vec::new());
        }
        if let (Some(last), Some(piece)) = (parts.last_mut(), piece) {
            last.push(piece);
        }
    };
    for (index, segment) in segments.iter().enumerate() {
        match segment {
            PathSegment::Parameter(_) => push(Some(segment.clone()), false),
            PathSegment::Text(text) => {
                let text = if index == 0 {
                    text.strip_prefix('/').unwrap_or(text)
                } else {
                    text
                };
                let text = if index + 1 == segments.len() {
                    text.strip_suffix('/').unwrap_or(text)
                } else {
                    text
                };
                for (index, piece) in text.split('/').enumerate() {
                    let piece = (!piece.is_empty()).then(|| PathSegment::Text(piece.to_owned()));
                    push(piece, index > 0);
                }
            }
        }
    }
    parts
}

fn matches(template: &[Vec<PathSegment>], path: &[&str]) -> Option<Captures> {
    if template.len() != path.len() {
        return None;
    }
    let mut captures = Vec::new();
    for (pieces, text) in template.iter().zip(path) {
        part(pieces, text, &mut captures)?;
    }
    Some(captures)
}

/// Matches what stands between two slashes. A parameter takes as little as it can.
fn part(pieces: &[PathSegment], text: &str, captures: &mut Captures) -> Option<()> {
    if let [PathSegment::Text(expected)] = pieces {
        return (text == expected || decode(text)? == *expected).then_some(());
    }
    let mut rest = text;
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            PathSegment::Text(expected) => rest = rest.strip_prefix(expected.as_str())?,
            PathSegment::Parameter(name) => {
                let end = match pieces.peek() {
                    Some(PathSegment::Text(next)) => rest.find(next.as_str())?,
                    Some(PathSegment::Parameter(_)) | None => rest.len(),
                };
                let (value, after) = rest.split_at_checked(end)?;
                if value.is_empty() {
                    return None;
                }
                captures.push((name.clone(), value.to_owned()));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(())
}
