//! Against a server that checks requests and takes no property that it does not know.

use super::table::cases;
use super::{Failure, Path, Suite, Wire, say, settle};
use specwright_runtime as rt;

use rt::serde_json::{self, Value};
use rt::{Body, BoxFuture, ReqwestTransport, SendOptions, Transport, TransportError, http};

/// The property that no document has.
const UNKNOWN: &str = "a property that nobody knows";

/// Makes every call, and every call that has an object as its body once more with a property added that
/// the document does not have, which must be refused.
pub(crate) async fn run<C>(suite: &Suite<C>, variable: &str) -> Result<(), Failure> {
    let Ok(base_url) = std::env::var(variable) else {
        say(format_args!(
            "{}: skipped, {variable} is not set",
            suite.api
        ));
        return Ok(());
    };
    let http = ReqwestTransport::new(rt::TransportOptions::default())?;
    let cases = cases(suite)?;
    let (mut failures, mut accepted, mut spoiled, mut refused) = (Vec::new(), 0, 0, 0);
    for call in suite.calls {
        let name = if call.all { "all" } else { "required" };
        let client = (suite.client)(&base_url, Wire::new(http.clone()))?;
        match (call.send)(client, Path::default()).await {
            Ok(_) => accepted += 1,
            Err(error) => failures.push(format!("{} ({name}): {error}", call.action)),
        }
        let mut same = cases.iter();
        let case = same.find(|it| it.action() == call.action && it.has_all() == call.all);
        if case.is_none_or(|case| spoil(case.text("/request/body")).is_none()) {
            continue;
        }
        spoiled += 1;
        let client = (suite.client)(&base_url, Wire::new(Spoiling(http.clone())))?;
        match (call.send)(client, Path::default()).await {
            Ok(_) => failures.push(format!("{} ({name}) took {UNKNOWN}", call.action)),
            Err(_) => refused += 1,
        }
    }
    let (api, count) = (suite.api, suite.calls.len());
    say(format_args!(
        "{api}: {accepted} of {count} calls accepted, {} left out; {refused} of {spoiled} with {UNKNOWN} refused",
        suite.left_out.len()
    ));
    settle(&failures)
}

/// Sends every object with one property too many.
struct Spoiling(ReqwestTransport);

impl Transport for Spoiling {
    fn send(
        &self,
        request: http::Request<Body>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (parts, body) = request.into_parts();
        let text = body
            .as_bytes()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let body = text.and_then(|text| spoil(&text)).map_or(body, Body::from);
        self.0.send(http::Request::from_parts(parts, body), options)
    }
}

/// A JSON object, or a list of them, with a property added; `None` for anything else.
fn spoil(body: &str) -> Option<String> {
    let mut body: Value = serde_json::from_str(body).ok()?;
    let object = match &mut body {
        Value::Array(items) => items.first_mut()?,
        value => value,
    };
    object
        .as_object_mut()?
        .insert(UNKNOWN.to_owned(), Value::Bool(true));
    Some(body.to_string())
}
