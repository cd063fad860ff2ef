//! Without a server: the requests are recorded, and the cases' answers given.

use super::table::{Case, cases};
use super::{Answer, Call, Failure, Path, Suite, Wire, say, settle, streamed};
use specwright_runtime as rt;

use rt::serde_json::{Value, json};
use rt::{Body, http};
use std::sync::{Arc, Mutex};

/// Makes every call, and compares what it sends and decodes with its case.
pub(crate) async fn run<C>(suite: &Suite<C>) -> Result<(), Failure> {
    let mut failures: Vec<String> = suite.left_out.iter().map(|&it| it.to_owned()).collect();
    if !suite.strict {
        failures
            .drain(..)
            .for_each(|it| say(format_args!("left out: {it}")));
    }
    let cases = cases(suite)?;
    let mut made = 0;
    for case in &cases {
        let same = |call: &&Call<C>| call.action == case.action() && call.all == case.has_all();
        let calls = if case.has_nulls() {
            suite.nulls
        } else {
            suite.calls
        };
        let Some(call) = calls.iter().find(same) else {
            let missing = format!("{}: there is no call", case.name());
            if suite.strict {
                failures.push(missing);
            }
            continue;
        };
        made += 1;
        if let Err(error) = compare(suite, call, case).await {
            failures.push(format!("{}: {error}", case.name()));
        }
    }
    let (count, left_out) = (cases.len(), suite.left_out.len());
    say(format_args!(
        "{}: {made} of {count} cases called, {left_out} left out",
        suite.api
    ));
    let calls = suite.calls.len() + suite.nulls.len();
    if made != calls {
        failures.push(format!("{calls} calls, but {made} of them have a case"));
    }
    settle(&failures)
}

async fn compare<C>(suite: &Suite<C>, call: &Call<C>, case: &Case) -> Result<(), Failure> {
    exchange(suite, call, case, case.at("/response/body")).await?;
    match case.at("/response/unset") {
        Value::Null => Ok(()),
        unset => {
            let read = exchange(suite, call, case, unset).await;
            read.map_err(|error| format!("with null for what is not set: {error}").into())
        }
    }
}

/// Makes a call that is answered with a body, and compares both.
async fn exchange<C>(
    suite: &Suite<C>,
    call: &Call<C>,
    case: &Case,
    body: &Value,
) -> Result<(), Failure> {
    let (wire, recorded) = recorder(case, body)?;
    let client = (suite.client)("https://api.example", wire)?;
    let answer = (call.send)(client, Path::default()).await?;
    as_expected(suite, case, &recorded)?;
    if let Some(by_name) = suite.by_name {
        let (wire, recorded) = recorder(case, body)?;
        let client = (suite.client)("https://api.example", wire)?;
        let called = by_name(&client, case.action(), super::by_name::arguments(case)?).await;
        let sent = called.and_then(|_| as_expected(suite, case, &recorded));
        sent.map_err(|error| format!("by name: {error}"))?;
    }
    let kind = case.text("/response/headers/content-type");
    match streamed::items(kind, body) {
        Some(sent) => read(call, &sent, &streamed::data(kind, answer)),
        None => read(call, body, &answer),
    }
}

/// A transport that answers with a body, and the request it was sent.
fn recorder(case: &Case, body: &Value) -> Result<(Wire, Arc<Mutex<Value>>), Failure> {
    let recorded = Arc::new(Mutex::new(Value::Null));
    let record = Arc::clone(&recorded);
    let response = Response::of(case, body)?;
    let wire = Wire::new(move |request: http::Request<Body>| {
        if let Ok(mut record) = record.lock() {
            *record = written(&request);
        }
        Ok(response.build())
    });
    Ok((wire, recorded))
}

/// Whether a request is what its case says.
fn as_expected<C>(suite: &Suite<C>, case: &Case, recorded: &Mutex<Value>) -> Result<(), Failure> {
    let mut sent = recorded.lock().map_err(|_| "a call panicked")?;
    take_keys_made_up(suite.keys, case, &mut sent)?;
    let expected = expected(case);
    for part in ["method", "target", "headers", "body"] {
        let sent = sent.get(part).unwrap_or(&Value::Null);
        let expected = expected.get(part).unwrap_or(&Value::Null);
        if sent != expected {
            return Err(format!("{part}\n  is        {sent}\n  should be {expected}").into());
        }
    }
    Ok(())
}

/// Takes out the idempotency keys that the case leaves to the client, each of them a UUID.
fn take_keys_made_up(keys: &[&str], case: &Case, sent: &mut Value) -> Result<(), Failure> {
    let given = case.at("/request/headers");
    let headers = sent.get_mut("headers").and_then(Value::as_array_mut);
    if let Some(headers) = headers {
        for key in keys.iter().filter(|&&key| given.get(key).is_none()) {
            let is_it = |header: &Value| header.get(0).and_then(Value::as_str) == Some(key);
            if let Some(at) = headers.iter().position(is_it) {
                let made_up = headers.remove(at);
                let made_up = made_up.get(1).and_then(Value::as_str);
                made_up.unwrap_or_default().parse::<rt::Uuid>()?;
            }
        }
    }
    Ok(())
}

/// What a case says of a request, as [`written`] writes it.
fn expected(case: &Case) -> Value {
    let headers = case.at("/request/headers").as_object();
    let headers = headers.into_iter().flatten();
    let mut headers: Vec<Value> = headers.map(|(name, value)| json!([name, value])).collect();
    headers.sort_by_key(Value::to_string);
    json!({
        "method": case.at("/request/method"),
        "target": case.at("/request/target"),
        "headers": headers,
        // Without a body there are no bytes.
        "body": case.text("/request/body"),
    })
}

/// A request as cases write it. Who sends it (`user-agent`) is not the document's business.
fn written(request: &http::Request<Body>) -> Value {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = request
        .headers()
        .iter()
        .filter(|(name, _)| *name != http::header::USER_AGENT);
    // One that is there twice stays twice.
    let mut headers: Vec<Value> = headers
        .map(|(name, value)| json!([name.as_str(), text(value.as_bytes())]))
        .collect();
    headers.sort_by_key(Value::to_string);
    let body = request.body().as_bytes().map(|bytes| text(bytes));
    json!({
        "method": request.method().as_str(),
        "target": request.uri().path_and_query().map(http::uri::PathAndQuery::as_str),
        "headers": headers,
        "body": body,
    })
}

/// The answer of a case.
struct Response {
    status: http::StatusCode,
    headers: http::HeaderMap,
    body: String,
}

impl Response {
    fn of(case: &Case, body: &Value) -> Result<Self, Failure> {
        let status = case.at("/response/status").as_u64().unwrap_or_default();
        let mut headers = http::HeaderMap::new();
        for (name, value) in case
            .at("/response/headers")
            .as_object()
            .into_iter()
            .flatten()
        {
            let value = value.as_str().unwrap_or_default();
            headers.insert(http::HeaderName::try_from(name)?, value.try_into()?);
        }
        let kind = case.text("/response/headers/content-type");
        let is_json = kind.contains("json") && !streamed::is_lines(kind);
        let body = match body {
            Value::String(text) if !is_json => text.clone(),
            Value::Null if !is_json => String::new(),
            body => body.to_string(),
        };
        Ok(Self {
            status: u16::try_from(status)?.try_into()?,
            headers,
            body,
        })
    }

    fn build(&self) -> http::Response<Body> {
        let mut response = http::Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers.clone());
        response
    }
}

/// Whether what was decoded is, written again, what was sent.
fn read<C>(call: &Call<C>, body: &Value, answer: &Answer) -> Result<(), Failure> {
    let differs = |what: &str, read: &Value, sent: &Value| -> Result<(), Failure> {
        Err(format!("{what}\n  is        {read}\n  should be {sent}").into())
    };
    let sent = call
        .opens
        .iter()
        .fold(body, |value, key| value.get(key).unwrap_or(&Value::Null));
    match &answer.data {
        Some(data) if !same(data, sent) => return differs("what was read", data, sent),
        None if !body.is_null() && body != "" => {
            return differs("what was read", &Value::Null, body);
        }
        _ => {}
    }
    for (key, value) in &answer.fields {
        let sent = sent.get(key).unwrap_or(&Value::Null);
        if !same(value, sent) {
            return differs(&format!("the field of {key}"), value, sent);
        }
    }
    let Some(beside) = answer.beside.as_ref().and_then(Value::as_object) else {
        return Ok(());
    };
    for (key, value) in body.as_object().into_iter().flatten() {
        let is_data = call.opens.first() == Some(&key.as_str());
        let read = beside.get(key).unwrap_or(&Value::Null);
        if !is_data && !same(read, value) {
            return differs(key, read, value);
        }
    }
    Ok(())
}

/// Whether two values are the same. How a whole number is written (`1` or `1.0`) is left open by JSON,
/// and what is null may be absent.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() != other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            // Each key once: values that hold themselves would else be compared 2^depth times.
            let more = other.keys().filter(|key| !one.contains_key(*key));
            one.keys().chain(more).all(|key| {
                let [one, other] = [one, other].map(|it| it.get(key).unwrap_or(&Value::Null));
                same(one, other)
            })
        }
        (one, other) => one == other,
    }
}
