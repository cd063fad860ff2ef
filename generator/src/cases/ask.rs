//! What a value is made for.

use super::scalar::Carrier;

/// Which way a value travels: properties for the other way alone are left out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In a request: nothing that is `readOnly`.
    Sent,
    /// In a response: nothing that is `writeOnly`.
    Received,
}

/// How much of a value is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything that may be there.
    All,
    /// Nothing that may be left out.
    Required,
    /// Everything but records inside records, and one item in each list.
    Shallow,
    /// Everything, and null for all that may be null.
    Null,
    /// As [`Self::Shallow`], and null for what is not required.
    Unset,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) way: Way,
    pub(super) extent: Extent,
    pub(super) carrier: Carrier,
}
