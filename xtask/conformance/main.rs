//! Makes calls by name, a line of JSON for each on its standard input, and writes a line for each answer.

use specwright_runtime::{ReqwestTransport, RetryPolicy, TransportOptions};
use specwright_runtime::dynamic::Answer;
use specwright_runtime::serde_json::{self, Value, json};
use std::io::{BufRead, Write};

/// An answer as a line: the value, or the status and why there is none.
async fn line<E: std::fmt::Debug>(answer: Answer<E>) -> Value {
    match answer.await {
        Ok(value) => json!({ "value": value }),
        Err(error) => json!({
            "status": error.status().map(|status| status.as_u16()),
            "error": error.to_string(),
        }),
    }
}

/// A function that makes a call of the API that is named.
macro_rules! apis {
    ($($api:ident)*) => {
        async fn call(api: &str, job: &Value, transport: ReqwestTransport) -> Value {
            let text = |key: &str| job[key].as_str().unwrap_or_default();
            match api {
                $(stringify!($api) => {
                    let mut builder = conformance::$api::Client::builder()
                        .base_url(text("baseUrl"))
                        .transport(transport);
                    if !job["retry"].as_bool().unwrap_or_default() {
                        builder = builder.retry(RetryPolicy::none());
                    }
                    for (scheme, secret) in job["credentials"].as_object().into_iter().flatten() {
                        builder = builder.credential(scheme, secret.as_str().unwrap_or_default());
                    }
                    match builder.build() {
                        Ok(client) => {
                            let arguments = job["arguments"].clone();
                            line(match job["all"].as_bool() {
                                Some(true) => client.call_all(text("operation"), arguments),
                                _ => client.call(text("operation"), arguments),
                            })
                            .await
                        }
                        Err(error) => json!({ "error": error.to_string() }),
                    }
                })*
                _ => json!({ "error": "there is no such API" }),
            }
        }
    };
}
include!("apis.rs");

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Setting up TLS takes longer than a call, and no call needs it.
    let transport = ReqwestTransport::new(TransportOptions::default()).expect("TLS is there");
    let (input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    for job in input.lines().map_while(Result::ok) {
        let job: Value = serde_json::from_str(&job).expect("a job is JSON");
        let answer = call(job["api"].as_str().unwrap_or_default(), &job, transport.clone()).await;
        writeln!(output, "{answer}").expect("somebody reads");
    }
}
