//! What the Info Object says of those behind an API.

/// Contact, licence and terms of an API. Information only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Info {
    /// `contact`.
    pub contact: Contact,
    /// `license`.
    pub license: License,
    /// `termsOfService`, a URL.
    pub terms_of_service: Option<String>,
}

/// A Contact Object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// `name`.
    pub name: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `email`.
    pub email: Option<String>,
}

/// A License Object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct License {
    /// `name`.
    pub name: Option<String>,
    /// `url`.
    pub url: Option<String>,
}
