//! The resources of Twenty, one and several, as people who use its node know them.

/// One of each resource, and several of them.
pub(crate) const RESOURCES: [(&str, &str); 36] = [
    ("Api Key", "Api Keys"),
    ("Attachment", "Attachments"),
    ("Blocklist", "Blocklists"),
    (
        "Calendar Channel Event Association",
        "Calendar Channel Event Associations",
    ),
    ("Calendar Channel", "Calendar Channels"),
    ("Calendar Event Participant", "Calendar Event Participants"),
    ("Calendar Event", "Calendar Events"),
    ("Company", "Companies"),
    ("Connected Account", "Connected Accounts"),
    ("Favorite Folder", "Favorite Folders"),
    ("Favorite", "Favorites"),
    (
        "Message Channel Message Association",
        "Message Channel Message Associations",
    ),
    ("Message Channel", "Message Channels"),
    ("Message Folder", "Message Folders"),
    ("Message Participant", "Message Participants"),
    ("Message", "Messages"),
    ("Message Thread", "Message Threads"),
    ("Note", "Notes"),
    ("Note Target", "Note Targets"),
    ("Opportunity", "Opportunities"),
    ("Person", "People"),
    ("Task", "Tasks"),
    ("Task Target", "Task Targets"),
    ("Timeline Activity", "Timeline Activities"),
    ("View Field", "View Fields"),
    ("View Filter Group", "View Filter Groups"),
    ("View Filter", "View Filters"),
    ("View Group", "View Groups"),
    ("View", "Views"),
    ("View Sort", "View Sorts"),
    ("Webhook", "Webhooks"),
    ("Workflow Automated Trigger", "Workflow Automated Triggers"),
    ("Workflow Run", "Workflow Runs"),
    ("Workflow", "Workflows"),
    ("Workflow Version", "Workflow Versions"),
    ("Workspace Member", "Workspace Members"),
];

/// The names of all actions: seven for each resource.
pub(crate) fn actions() -> Vec<String> {
    RESOURCES
        .iter()
        .flat_map(|(one, many)| {
            [
                format!("Find Many {many}"),
                format!("Create One {one}"),
                format!("Create Many {many}"),
                format!("Find One {one}"),
                format!("Delete One {one}"),
                format!("Update One {one}"),
                format!("Find {one} Duplicates"),
            ]
        })
        .collect()
}
