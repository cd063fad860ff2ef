//! The crate of this repository, which holds several APIs.

use super::Place;
use crate::ir::Api;

/// The name of the crate that holds the APIs of this repository.
pub(super) const SHARED_CRATE: &str = "specwright-generated";

/// Where an API's module lies in the crate of this repository.
pub(super) struct Company {
    import: String,
    feature_prefix: String,
}

impl Company {
    pub(super) fn new(api: &Api) -> Self {
        let (import, feature_prefix) =
            super::manual::import_of(&api.name, super::CrateHome::Shared);
        Self {
            import,
            feature_prefix,
        }
    }

    pub(super) fn place<'p>(&'p self, version: &'p str) -> Place<'p> {
        Place {
            import: &self.import,
            feature_prefix: &self.feature_prefix,
            version,
        }
    }
}
