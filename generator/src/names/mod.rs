//! The one place where a name becomes an identifier.
