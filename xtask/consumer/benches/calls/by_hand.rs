//! The same as a person writes it who has no SDK: `reqwest`, and serde's derives.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specwright_runtime::{Timestamp, Uuid};

/// The filter of the calls, with characters that a query must escape.
pub(crate) const FILTER: &str = r#"city[eq]:"Paris",createdAt[gte]:"2026-01-01T00:00:00Z""#;

/// The request for a page of people.
pub(crate) fn find_many(client: &reqwest::Client, base_url: &str) -> reqwest::RequestBuilder {
    let mut url = reqwest::Url::parse(&format!("{base_url}/rest/people")).unwrap();
    url.query_pairs_mut()
        .append_pair("filter", FILTER)
        .append_pair("limit", "60");
    client
        .get(url)
        .bearer_auth("token")
        .header("accept", "application/json")
}

macro_rules! record {
    ($name:ident { $($field:ident: $ty:ty,)* }) => {
        #[derive(Debug, Deserialize, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub(crate) struct $name {
            $(#[serde(default, skip_serializing_if = "Option::is_none")] $field: Option<$ty>,)*
        }
    };
}

record! { Person {
    id: Uuid,
    attachments: Vec<Value>,
    avatar_url: String,
    calendar_event_participants: Vec<Value>,
    city: String,
    company: Box<Value>,
    company_id: Uuid,
    created_at: Timestamp,
    created_by: Actor,
    deleted_at: Timestamp,
    emails: Emails,
    favorites: Vec<Value>,
    job_title: String,
    linkedin_link: Links,
    message_participants: Vec<Value>,
    name: FullName,
    note_targets: Vec<Value>,
    phones: Phones,
    point_of_contact_for_opportunities: Vec<Value>,
    position: f64,
    task_targets: Vec<Value>,
    timeline_activities: Vec<Value>,
    updated_at: Timestamp,
    x_link: Links,
} }

record! { Actor {
    name: String,
    source: Source,
    workspace_member_id: Uuid,
} }

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Source {
    Email,
    Calendar,
    Workflow,
    Api,
    Import,
    Manual,
    System,
    Webhook,
}

record! { Emails {
    additional_emails: Vec<String>,
    primary_email: String,
} }

record! { FullName {
    first_name: String,
    last_name: String,
} }

record! { Links {
    primary_link_label: String,
    primary_link_url: String,
    secondary_links: Vec<Link>,
} }

record! { Link {
    label: String,
    url: String,
} }

record! { Phones {
    additional_phones: Vec<String>,
    primary_phone_calling_code: String,
    primary_phone_country_code: String,
    primary_phone_number: String,
} }
