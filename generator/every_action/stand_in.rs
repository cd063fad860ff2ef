//! Against a server that keeps what it is sent: what went in comes out.

use super::table::{Case, cases};
use super::{Call, Failure, Path, Suite, Wire, say, settle};
use specwright_runtime as rt;

use rt::serde_json::{self, Value};
use rt::{Body, BoxFuture, ReqwestTransport, SendOptions, Transport, TransportError, http};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What is called on one record after the other; everything else simply has to succeed.
const RECORD_KINDS: [&str; 5] = [
    "create_one",
    "find_one",
    "update_one",
    "delete_one",
    "create_many",
];

/// Takes a record of each resource through its life.
pub(crate) async fn run<C: Clone>(suite: &Suite<C>, variable: &str) -> Result<(), Failure> {
    let Ok(base_url) = std::env::var(variable) else {
        say(format_args!(
            "{}: skipped, {variable} is not set",
            suite.api
        ));
        return Ok(());
    };
    let status = Arc::new(AtomicU16::new(0));
    let records_only = Arc::new(AtomicBool::new(false));
    let http = ReqwestTransport::new(rt::TransportOptions::default())?;
    let wire = Wire::new(Watched {
        http,
        status: Arc::clone(&status),
        records_only: Arc::clone(&records_only),
    });
    let run = Run {
        suite,
        client: (suite.client)(&base_url, wire)?,
        cases: cases(suite)?,
        status,
        records_only,
        sent: AtomicUsize::new(0),
        unanswered: Mutex::default(),
    };
    let (mut failures, mut lives, mut others) = (Vec::new(), 0, 0);
    let mut resources: Vec<&str> = suite.calls.iter().map(|call| call.resource).collect();
    resources.dedup();
    resources.sort_unstable();
    resources.dedup();
    for resource in resources {
        match run.life(resource).await {
            Ok(lived) => lives += usize::from(lived),
            Err(error) => failures.push(format!("{resource}: {error}")),
        }
    }
    // The ids of a case are those of nothing that is kept. Duplicates of nothing cannot be found.
    let ids = run.more(&mut failures).await;
    let is_other = |call: &&Call<C>| {
        !RECORD_KINDS.contains(&call.kind) && call.all == (call.kind == "find_duplicates")
    };
    let rest = suite.calls.iter().filter(is_other);
    for call in rest {
        let by_record = call.kind == "find_duplicates";
        run.records_only.store(by_record, Ordering::Relaxed);
        match run.call(call, ids.of(call)).await {
            Ok(_) => others += 1,
            Err(error) => failures.push(format!("{}: {error}", call.action)),
        }
    }
    let unanswered = run.unanswered.lock().map_err(|error| error.to_string())?;
    say(format_args!(
        "{}: {lives} records came back as they were sent, {others} other calls succeeded; the answers \
         have no place for {} of {} values",
        suite.api,
        unanswered.values().sum::<usize>(),
        run.sent.load(Ordering::Relaxed),
    ));
    // Whether the document says so as well is for who started the stand-in to compare.
    let places: Vec<_> = unanswered.keys().collect();
    say(format_args!(
        "{}: no place for: {}",
        suite.api,
        serde_json::to_string(&places)?
    ));
    settle(&failures)
}

struct Run<'s, C: 'static> {
    suite: &'s Suite<C>,
    client: C,
    cases: Vec<Case>,
    /// The status of the last answer.
    status: Arc<AtomicU16>,
    /// Whether lists of anything but records are taken out of a body.
    records_only: Arc<AtomicBool>,
    /// How many values were sent.
    sent: AtomicUsize,
    /// Those of them that the answers of the table have no place for, and how often each was sent.
    unanswered: Mutex<BTreeMap<Unanswered, usize>>,
}

/// A value that was sent and that an answer has no place for: the action that answers, the JSON pointer
/// into what it gives, and the value's JSON type.
type Unanswered = (&'static str, String, &'static str);

/// Ids of records that are there, by the path parameter that takes them: the resource, the parameter
/// and the id.
struct Ids<'s>(Vec<(&'s str, &'s str, String)>);

impl Ids<'_> {
    /// What stands in the path of a call: of its own resource's ids the one that its parameter takes,
    /// else the one that is the only one to be taken by a parameter with that name.
    fn of<C>(&self, call: &Call<C>) -> Path {
        let value = |name: &str| {
            let mut all = self.0.iter().filter(|(_, known, _)| *known == name);
            let mut own = all
                .clone()
                .filter(|(resource, ..)| *resource == call.resource);
            let (_, _, id) = match (own.next(), all.next(), all.next()) {
                (Some(own), ..) => own,
                (None, Some(only), None) => only,
                _ => return None,
            };
            Some((name.to_owned(), id.clone()))
        };
        Path(Path::parameters(call.action).filter_map(value).collect())
    }
}

impl<C: Clone> Run<'_, C> {
    /// Creates, finds, changes and deletes a record, then creates several; `false` where the API has no
    /// way to create one.
    async fn life(&self, resource: &str) -> Result<bool, Failure> {
        let call = |kind: &str, all: bool| self.find(resource, kind, all);
        let Some(create) = call("create_one", true) else {
            return Ok(false);
        };
        let sent = self.body(create);
        let made = self.send(create, None).await?;
        self.holds(create, "create_one", &made, sent)?;
        // What answers without an id is not found again.
        let Some(id) = made.get("id").and_then(text) else {
            return match call("find_one", false) {
                None => Ok(true),
                Some(_) => Err(format!("{} answers without an id", create.action).into()),
            };
        };
        let find = call("find_one", false);
        if let Some(find) = find {
            let found = self.send(find, Some(&id)).await?;
            self.holds(find, "find_one", &found, sent)?;
        }
        if let Some(update) = call("update_one", true) {
            let sent = self.body(update);
            let changed = self.send(update, Some(&id)).await?;
            self.holds(update, "update_one", &changed, sent)?;
            if let Some(find) = find {
                let found = self.send(find, Some(&id)).await?;
                self.holds(find, "find_one after update_one", &found, sent)?;
            }
        }
        if let Some(list) = call("find_many", false) {
            let found = self.send(list, None).await?;
            let mut items = found.as_array().into_iter().flatten();
            if !items.any(|item| item.get("id").and_then(text).as_ref() == Some(&id)) {
                return Err(format!("find_many does not have {id}").into());
            }
        }
        if let Some(delete) = call("delete_one", false) {
            self.send(delete, Some(&id)).await?;
            if let Some(find) = find {
                let found = self.send(find, Some(&id)).await;
                let status = self.status.load(Ordering::Relaxed);
                if found.is_ok() || status != 404 {
                    return Err(format!("find_one after delete_one gives {status}").into());
                }
            }
        }
        if let Some(create) = call("create_many", true) {
            let made = self.send(create, None).await?;
            self.holds(create, "create_many", &made, self.body(create))?;
        }
        Ok(true)
    }

    fn find(&self, resource: &str, kind: &str, all: bool) -> Option<&Call<C>> {
        let mut calls = self.suite.calls.iter();
        calls.find(|call| call.resource == resource && call.kind == kind && call.all == all)
    }

    /// Creates another record of each resource, for what is done with records that are there.
    async fn more(&self, failures: &mut Vec<String>) -> Ids<'_> {
        let mut ids = Vec::new();
        for create in self
            .suite
            .calls
            .iter()
            .filter(|it| it.kind == "create_one" && it.all)
        {
            let find = self.find(create.resource, "find_one", false);
            let Some(name) = find.and_then(|find| Path::parameters(find.action).next_back()) else {
                continue;
            };
            match self.send(create, None).await {
                Ok(made) => ids.extend(
                    made.get("id")
                        .and_then(text)
                        .map(|id| (create.resource, name, id)),
                ),
                Err(error) => failures.push(error.to_string()),
            }
        }
        Ids(ids)
    }

    async fn send(&self, call: &Call<C>, id: Option<&str>) -> Result<Value, Failure> {
        let path = id
            .map(|id| Path::ending(call.action, id))
            .unwrap_or_default();
        self.call(call, path).await
    }

    async fn call(&self, call: &Call<C>, path: Path) -> Result<Value, Failure> {
        let answer = (call.send)(self.client.clone(), path).await;
        let answer = answer.map_err(|error| format!("{}: {error}", call.action))?;
        Ok(answer.data.unwrap_or(Value::Null))
    }

    /// The body of a call, as its case says.
    fn body(&self, call: &Call<C>) -> &Value {
        self.case(call, call.all, "/body")
    }

    /// What is at a pointer into the case of a call.
    fn case(&self, call: &Call<C>, all: bool, pointer: &str) -> &Value {
        let mut cases = self.cases.iter();
        let case = cases.find(|case| case.action() == call.action && case.has_all() == all);
        case.map_or(&Value::Null, |case| case.at(pointer))
    }

    /// Whether an answer has everything that was sent and that such answers have; it may have more.
    fn holds(
        &self,
        call: &Call<C>,
        step: &str,
        answer: &Value,
        sent: &Value,
    ) -> Result<(), Failure> {
        let body = self.case(call, true, "/response/body");
        let opened = call.opens.iter().try_fold(body, |body, key| body.get(*key));
        let mut compared = Compared::default();
        let missing = compared.missing(answer, sent, opened.unwrap_or(&Value::Null), "");
        self.sent.fetch_add(compared.sent, Ordering::Relaxed);
        let mut unanswered = self.unanswered.lock().map_err(|error| error.to_string())?;
        for (pointer, kind) in compared.unanswered {
            *unanswered.entry((call.action, pointer, kind)).or_default() += 1;
        }
        match missing {
            None => Ok(()),
            Some(what) => Err(format!("{step}: {what}").into()),
        }
    }
}

/// How many values were sent, and those of them that have no place in the answer: the JSON pointer and
/// the JSON type of each.
#[derive(Default)]
struct Compared {
    sent: usize,
    unanswered: Vec<(String, &'static str)>,
}

impl Compared {
    /// What did not come back. What the table's answer does not have, or has with a value of another
    /// type, has no place in it.
    fn missing(
        &mut self,
        answer: &Value,
        sent: &Value,
        declared: &Value,
        at: &str,
    ) -> Option<String> {
        match (answer, sent, declared) {
            (_, Value::Object(sent), Value::Object(declared)) => {
                sent.iter().find_map(|(key, sent)| {
                    let answer = answer.get(key).unwrap_or(&Value::Null);
                    let declared = declared.get(key).unwrap_or(&Value::Null);
                    let place = key.replace('~', "~0").replace('/', "~1");
                    let what = self.missing(answer, sent, declared, &format!("{at}/{place}"))?;
                    Some(format!("{key}: {what}"))
                })
            }
            (_, Value::Array(sent), Value::Array(declared)) => {
                let none = Vec::new();
                let answer = answer.as_array().unwrap_or(&none);
                if answer.len() != sent.len() {
                    return Some(format!(
                        "{} items came back for {}",
                        answer.len(),
                        sent.len()
                    ));
                }
                let declared = declared.first().unwrap_or(&Value::Null);
                let mut both = answer.iter().zip(sent).enumerate();
                both.find_map(|(index, (answer, sent))| {
                    self.missing(answer, sent, declared, &format!("{at}/{index}"))
                })
            }
            (answer, sent, declared) => {
                self.sent += 1;
                let is_like = std::mem::discriminant(sent) == std::mem::discriminant(declared);
                if answer != sent && !is_like {
                    self.unanswered.push((at.to_owned(), kind(sent)));
                    return None;
                }
                (answer != sent).then(|| format!("{answer} came back for {sent}"))
            }
        }
    }
}

/// The JSON type of a value.
const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A scalar as it stands in a path.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An object with its lists of records alone; `None` for what has none.
fn records(body: &str) -> Option<String> {
    let mut body: Value = serde_json::from_str(body).ok()?;
    let object = body.as_object_mut()?;
    let is_records = |value: &Value| {
        let mut items = value.as_array().into_iter().flatten();
        items.next().is_some_and(Value::is_object)
    };
    object.retain(|_, value| is_records(value));
    (!object.is_empty()).then(|| body.to_string())
}

/// Remembers the status of the last answer.
struct Watched {
    http: ReqwestTransport,
    status: Arc<AtomicU16>,
    records_only: Arc<AtomicBool>,
}

impl Transport for Watched {
    fn send(
        &self,
        request: http::Request<Body>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (parts, mut body) = request.into_parts();
        if self.records_only.load(Ordering::Relaxed)
            && let Some(bytes) = body.as_bytes()
            && let Some(records) = records(&String::from_utf8_lossy(bytes))
        {
            body = Body::from(records);
        }
        let request = http::Request::from_parts(parts, body);
        Box::pin(async move {
            let response = self.http.send(request, options).await?;
            self.status
                .store(response.status().as_u16(), Ordering::Relaxed);
            Ok(response)
        })
    }
}
