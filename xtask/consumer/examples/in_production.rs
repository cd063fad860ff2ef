//! A client as a service uses it: timeouts, retries, its own code around each attempt, errors that say
//! what to do next.
//!
//! ```sh
//! cargo xtask serve twenty --port 4010 --rate-limit 3/2s     # in another terminal
//! cargo run --example in_production
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use specwright_generated::twenty::runtime::{
    Body, BoxFuture, Middleware, Next, RetryPolicy, TransportError, http,
};
use specwright_generated::twenty::{self, Error, PersonInput};
use std::time::Duration;

/// Says how each attempt ends. The operation and not the URL: that may have personal data in it.
struct Log;

impl Middleware for Log {
    fn handle<'a>(
        &'a self,
        request: http::Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let response = next.run(request).await?;
            println!(
                "{} #{}: {}",
                next.operation(),
                next.attempt(),
                response.status()
            );
            Ok(response)
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::var("TWENTY_BASE_URL");
    let twenty = twenty::Client::builder()
        .base_url(base_url.unwrap_or_else(|_| "http://127.0.0.1:4010".into()))
        .bearer_token("any token")
        .timeout(Duration::from_secs(30)) // the call, with its retries
        .attempt_timeout(Duration::from_secs(10))
        .retry(RetryPolicy::default().max_attempts(6))
        .max_response_size(8 << 20)
        .middleware(Log)
        .build()?;

    // 429 is waited out: the server did nothing, so that even a create can be sent again.
    for city in ["Paris", "Arles", "Nice", "Lyon", "Metz"] {
        let person = PersonInput {
            city: Some(city.into()),
            ..Default::default()
        };
        let created = twenty.people().create_one(person).with_response().await?;
        println!("{}: {:?}", created.status, created.value.city);
    }

    // A call can have its own rules.
    let people = twenty
        .people()
        .find_many()
        .filter("city[eq]:nowhere[")
        .timeout(Duration::from_secs(20));
    match people.await {
        Ok(page) => println!("{} people", page.items.len()),
        Err(Error::Api(error)) if error.status() == 400 => {
            println!("refused: {}", error.message().unwrap_or_default());
        }
        Err(error) if error.is_timeout() || error.is_connect() => {
            println!("not now: {error}");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
