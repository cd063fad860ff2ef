//! Against a server that keeps what it is sent: what went in comes out.

use super::table::{Case, cases};
use super::{Call, Failure, Path, Suite, Wire, say, settle};
use specwright_runtime as rt;

use rt::serde_json::{self, Value};
use rt::{Body, BoxFuture, ReqwestTransport, SendOptions, Transport, TransportError, http};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};

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
    // Duplicates of nothing cannot be found, and the ids of a case are those of nothing that is kept.
    let is_other = |call: &&Call<C>| {
        !RECORD_KINDS.contains(&call.kind) && call.all == (call.kind == "find_duplicates")
    };
    let rest = suite.calls.iter().filter(is_other);
    for call in rest {
        let by_record = call.kind == "find_duplicates";
        run.records_only.store(by_record, Ordering::Relaxed);
        match run.send(call, None).await {
            Ok(_) => others += 1,
            Err(error) => failures.push(format!("{}: {error}", call.action)),
        }
    }
    say(format_args!(
        "{}: {lives} records came back as they were sent, {others} other calls succeeded",
        suite.api
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
}

impl<C: Clone> Run<'_, C> {
    /// Creates, finds, changes and deletes a record, then creates several; `false` where the API has no
    /// way to create one.
    async fn life(&self, resource: &str) -> Result<bool, Failure> {
        let call = |kind: &str, all: bool| {
            let mut calls = self.suite.calls.iter();
            calls.find(|call| call.resource == resource && call.kind == kind && call.all == all)
        };
        let Some(create) = call("create_one", true) else {
            return Ok(false);
        };
        let sent = self.body(create);
        let made = self.send(create, None).await?;
        holds("create_one", &made, sent)?;
        let id = id(create, &made)?;
        let find = call("find_one", false);
        if let Some(find) = find {
            holds("find_one", &self.send(find, Some(&id)).await?, sent)?;
        }
        if let Some(update) = call("update_one", true) {
            let sent = self.body(update);
            holds("update_one", &self.send(update, Some(&id)).await?, sent)?;
            if let Some(find) = find {
                holds(
                    "find_one after update_one",
                    &self.send(find, Some(&id)).await?,
                    sent,
                )?;
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
            holds(
                "create_many",
                &self.send(create, None).await?,
                self.body(create),
            )?;
        }
        Ok(true)
    }

    async fn send(&self, call: &Call<C>, id: Option<&str>) -> Result<Value, Failure> {
        let path = id
            .map(|id| Path::ending(call.action, id))
            .unwrap_or_default();
        let answer = (call.send)(self.client.clone(), path).await;
        let answer = answer.map_err(|error| format!("{}: {error}", call.action))?;
        Ok(answer.data.unwrap_or(Value::Null))
    }

    /// The body of a call, as its case says.
    fn body(&self, call: &Call<C>) -> &Value {
        let mut cases = self.cases.iter();
        let case = cases.find(|case| case.action() == call.action && case.has_all() == call.all);
        case.map_or(&Value::Null, |case| case.at("/body"))
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

fn id<C>(create: &Call<C>, made: &Value) -> Result<String, Failure> {
    let id = made.get("id").and_then(text);
    Ok(id.ok_or_else(|| format!("{} answers without an id", create.action))?)
}

/// Whether an answer has everything that was sent; it may have more.
fn holds(step: &str, answer: &Value, sent: &Value) -> Result<(), Failure> {
    match missing(answer, sent) {
        None => Ok(()),
        Some(what) => Err(format!("{step}: {what}").into()),
    }
}

fn missing(answer: &Value, sent: &Value) -> Option<String> {
    match (answer, sent) {
        (Value::Object(answer), Value::Object(sent)) => sent.iter().find_map(|(key, sent)| {
            let what = missing(answer.get(key).unwrap_or(&Value::Null), sent)?;
            Some(format!("{key}: {what}"))
        }),
        (Value::Array(answer), Value::Array(sent)) if answer.len() == sent.len() => answer
            .iter()
            .zip(sent)
            .find_map(|(answer, sent)| missing(answer, sent)),
        (answer, sent) => (answer != sent).then(|| format!("{answer} came back for {sent}")),
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
