//! Words as people read them in the editor.

/// Words that are written in capitals, with their plurals.
const ACRONYMS: &[(&str, &str)] = &[
    ("api", "API"),
    ("apis", "APIs"),
    ("cpu", "CPU"),
    ("crm", "CRM"),
    ("css", "CSS"),
    ("csv", "CSV"),
    ("dns", "DNS"),
    ("faq", "FAQ"),
    ("gps", "GPS"),
    ("html", "HTML"),
    ("http", "HTTP"),
    ("https", "HTTPS"),
    ("iban", "IBAN"),
    ("id", "ID"),
    ("ids", "IDs"),
    ("imap", "IMAP"),
    ("ip", "IP"),
    ("ips", "IPs"),
    ("iso", "ISO"),
    ("json", "JSON"),
    ("jwt", "JWT"),
    ("kpi", "KPI"),
    ("mfa", "MFA"),
    ("pdf", "PDF"),
    ("rss", "RSS"),
    ("seo", "SEO"),
    ("sku", "SKU"),
    ("sms", "SMS"),
    ("smtp", "SMTP"),
    ("sql", "SQL"),
    ("ssh", "SSH"),
    ("ssl", "SSL"),
    ("sso", "SSO"),
    ("svg", "SVG"),
    ("tls", "TLS"),
    ("uri", "URI"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("utc", "UTC"),
    ("uuid", "UUID"),
    ("uuids", "UUIDs"),
    ("vat", "VAT"),
    ("xml", "XML"),
];

/// Names whose capitals are their own.
const BRANDS: &[(&str, &str)] = &[
    ("github", "GitHub"),
    ("gitlab", "GitLab"),
    ("ical", "iCal"),
    ("ipv4", "IPv4"),
    ("ipv6", "IPv6"),
    ("linkedin", "LinkedIn"),
    ("oauth", "OAuth"),
    ("oauth2", "OAuth2"),
    ("paypal", "PayPal"),
    ("savvycal", "SavvyCal"),
    ("whatsapp", "WhatsApp"),
    ("youtube", "YouTube"),
];

/// Words that stay small inside a title. All of them are small for n8n's linter, too.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "if", "in", "of", "on", "or", "per", "the", "to",
    "via", "with",
];

/// The longest label that is made, in characters.
const MAX_LENGTH: usize = 100;

/// Words in Title Case: `["account", "owner", "id"]` is `Account Owner ID`.
///
/// ```
/// use specwright::names::{title, words};
/// assert_eq!(title(&words("accountOwnerId")), "Account Owner ID");
/// assert_eq!(title(&words("create_or_update")), "Create or Update");
/// ```
pub fn title(words: &[String]) -> String {
    let last = words.len().saturating_sub(1);
    let inner = |index: usize| index > 0 && index < last;
    let parts = words.iter().enumerate().map(|(index, word)| {
        if inner(index) && SMALL.contains(&word.as_str()) {
            return word.clone();
        }
        fixed(ACRONYMS, word)
            .or_else(|| fixed(BRANDS, word))
            .map_or_else(|| capitalised(word), str::to_owned)
    });
    joined(parts)
}

/// Words as a sentence: `["find", "one", "api", "key"]` is `Find one API key`. n8n's linter accepts
/// capitals only in words that are all capitals, and no sign.
///
/// ```
/// use specwright::names::{sentence, words};
/// assert_eq!(sentence(&words("get the api key ids")), "Get the API key ids");
/// ```
pub fn sentence(words: &[String]) -> String {
    let parts = words.iter().enumerate().map(|(index, word)| match index {
        0 => capitalised(word),
        _ => match fixed(ACRONYMS, word) {
            Some(acronym) if !acronym.contains(char::is_lowercase) => acronym.to_owned(),
            _ => word.to_lowercase(),
        },
    });
    joined(parts)
}

fn fixed(table: &'static [(&str, &str)], word: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(plain, _)| *plain == word)
        .map(|(_, written)| *written)
}

/// A word with its first letter in capitals; a digit in front of it counts as its first.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if first.is_numeric() => word.to_owned(),
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() && text.chars().count() + part.chars().count() >= MAX_LENGTH {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(part.chars().take(MAX_LENGTH));
    }
    text
}
