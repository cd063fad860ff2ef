//! A record is created, a list is read page by page, and an error is handled.
//!
//! ```sh
//! cargo xtask serve twenty --port 4010          # in another terminal
//! cargo run --example quickstart
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use specwright_generated::twenty::{self, Error, FullName, PersonInput};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::var("TWENTY_BASE_URL");
    let twenty = twenty::Client::builder()
        .base_url(base_url.unwrap_or_else(|_| "http://127.0.0.1:4010".into()))
        .bearer_token("any token")
        .build()?;

    for (first, last) in [("Ada", "Lovelace"), ("Grace", "Hopper"), ("Mary", "Shaw")] {
        let person = twenty
            .people()
            .create_one(PersonInput {
                name: Some(FullName {
                    first_name: Some(first.into()),
                    last_name: Some(last.into()),
                }),
                city: Some("Paris".into()),
                ..Default::default()
            })
            .await?;
        println!("created {first} {last}: {:?}", person.id);
    }

    // Two records per request; the next page is asked for when it is needed.
    let mut people = twenty
        .people()
        .find_many()
        .filter(r#"city[eq]:"Paris""#)
        .limit(2)
        .stream();
    while let Some(person) = people.try_next().await? {
        println!("found {:?}", person.name);
    }

    let nobody = "00000000-0000-4000-8000-000000000000".parse()?;
    match twenty.people().find_one(nobody).await {
        Err(Error::Api(error)) if error.status() == 404 => {
            println!("nobody there: {}", error.message().unwrap_or_default());
        }
        person => println!("{:?}", person?.emails),
    }
    Ok(())
}
