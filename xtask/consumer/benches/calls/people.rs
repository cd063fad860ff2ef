//! What the server answers, and what it is read as on both sides.

use serde::Deserialize;
use serde_json::{Value, json};
use specwright_generated::twenty;

/// A page of Twenty's list of people.
#[derive(Deserialize)]
pub(crate) struct Page<P> {
    pub(crate) data: People<P>,
}

/// The data of a [`Page`].
#[derive(Deserialize)]
pub(crate) struct People<P> {
    pub(crate) people: Vec<P>,
}

/// The text of a page with so many people, unset fields null as Twenty writes them.
pub(crate) fn page(people: usize) -> String {
    let people: Vec<Value> = (0..people).map(person).collect();
    let answer = json!({
        "data": { "people": people },
        "totalCount": people.len(),
        "pageInfo": { "hasNextPage": false, "startCursor": "MQ==", "endCursor": "Mg==" },
    });
    answer.to_string()
}

/// A person as the SDK has it.
pub(crate) fn ours() -> twenty::Person {
    serde_json::from_value(person(7)).unwrap()
}

fn person(number: usize) -> Value {
    json!({
        "id": format!("5f0c4f0a-9d3e-4c52-8a27-{number:012}"),
        "avatarUrl": null,
        "city": "Saint-Rémy-de-Provence",
        "companyId": "0b9a2a83-31a9-4c0e-9c7c-1b1b4b0a0c0d",
        "createdAt": "2026-01-31T09:30:00.123Z",
        "createdBy": { "source": "API", "workspaceMemberId": null, "name": "Sam \"the key\" Smith" },
        "deletedAt": null,
        "emails": { "primaryEmail": format!("person{number}@example.com"), "additionalEmails": [] },
        "jobTitle": "Head of Lavender",
        "linkedinLink": { "primaryLinkLabel": "", "primaryLinkUrl": "https://example.com/in/person", "secondaryLinks": [] },
        "name": { "firstName": "Ada", "lastName": format!("Lovelace {number}") },
        "phones": { "primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33", "additionalPhones": [] },
        "position": 1.5,
        "updatedAt": "2026-02-01T10:00:00Z",
        "xLink": null,
    })
}
