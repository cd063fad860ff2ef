//! Against a server that checks requests.

use super::{Failure, Path, Suite, Wire, say, settle};
use specwright_runtime as rt;

use rt::ReqwestTransport;

/// Makes every call, which must be accepted.
pub(crate) async fn run<C>(suite: &Suite<C>, variable: &str) -> Result<(), Failure> {
    let Ok(base_url) = std::env::var(variable) else {
        say(format_args!(
            "{}: skipped, {variable} is not set",
            suite.api
        ));
        return Ok(());
    };
    let http = ReqwestTransport::new(rt::TransportOptions::default())?;
    let (mut failures, mut accepted) = (Vec::new(), 0);
    for call in suite.calls {
        let client = (suite.client)(&base_url, Wire::new(http.clone()))?;
        match (call.send)(client, Path::default()).await {
            Ok(_) => accepted += 1,
            Err(error) => {
                let name = if call.all { "all" } else { "required" };
                failures.push(format!("{} ({name}): {error}", call.action));
            }
        }
    }
    say(format_args!(
        "{}: {accepted} of {} calls accepted, {} left out",
        suite.api,
        suite.calls.len(),
        suite.left_out.len()
    ));
    settle(&failures)
}
