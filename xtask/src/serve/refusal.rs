//! Why a request is refused.

use std::fmt;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The part of the request, and the way to the value: `["query", "limit"]`,
    /// `["body", "emails", "primaryEmail"]`. Empty: the request as a whole.
    pub(crate) path: Vec<String>,
    /// What is wrong, in words that can follow a colon.
    pub(crate) message: String,
}

impl Fault {
    /// A fault of the request as a whole.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            message: message.into(),
        }
    }

    /// A fault of a value.
    pub(crate) fn at(path: &[&str], message: impl Into<String>) -> Self {
        Self {
            path: path.iter().map(|&part| part.to_owned()).collect(),
            message: message.into(),
        }
    }

    /// The place as a JSON pointer into the body, or the parameter's name.
    pub(crate) fn pointer(&self) -> String {
        match self.path.split_first() {
            Some((first, rest)) if first == "body" => {
                rest.iter().fold(String::new(), |all, part| {
                    all + "/" + &part.replace('~', "~0").replace('/', "~1")
                })
            }
            Some((_, rest)) => rest.join("."),
            None => String::new(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", self.path.join("."), self.message)
    }
}

/// A request that is refused: the status, everything that is wrong, and headers for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The status; [`Refusal::INVALID`] where the document decides between 400 and 422.
    pub(crate) status: u16,
    /// What is wrong; at least one.
    pub(crate) faults: Vec<Fault>,
    /// Headers that go with the status: `allow`, `retry-after`, `www-authenticate`.
    pub(crate) headers: Vec<(String, String)>,
}

impl Refusal {
    /// The status of a request whose values are wrong: 422 where the action declares it, else 400.
    pub(crate) const INVALID: u16 = 0;

    /// A refusal for one reason.
    pub(crate) fn new(status: u16, fault: Fault) -> Self {
        Self::all(status, vec![fault])
    }

    /// A refusal for several reasons.
    pub(crate) const fn all(status: u16, faults: Vec<Fault>) -> Self {
        Self {
            status,
            faults,
            headers: Vec::new(),
        }
    }

    /// Values that the document does not allow.
    pub(crate) const fn invalid(faults: Vec<Fault>) -> Self {
        Self::all(Self::INVALID, faults)
    }

    /// There is no such record.
    pub(crate) fn no_record(what: &str, id: &str) -> Self {
        Self::new(
            404,
            Fault::whole(format!("there is no {what} with the id {id}")),
        )
    }

    /// With a header.
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// What a status is called (RFC 9110, section 15).
pub(crate) const fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        507 => "Insufficient Storage",
        _ => "Error",
    }
}
