//! What descriptions speak of.

/// Words by which a text speaks of a moment.
const TIME: &[&str] = &[
    "date",
    "dates",
    "datetime",
    "epoch",
    "iso8601",
    "millisecond",
    "milliseconds",
    "rfc3339",
    "second",
    "seconds",
    "time",
    "timestamp",
    "timestamps",
    "unix",
];

/// Whether a text, in lower case, speaks of a moment.
pub fn speaks_of_time(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| TIME.contains(&word)) || text.contains("iso 8601") || text.contains("rfc 3339")
}

/// Whether a text, in lower case, speaks of a cursor.
pub fn speaks_of_cursors(text: &str) -> bool {
    [
        "cursor",
        "token",
        "marker",
        "bookmark",
        "continuation",
        "opaque",
    ]
    .iter()
    .any(|word| text.contains(word))
}
