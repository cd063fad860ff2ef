//! Credentials that are asked for.

use std::sync::Arc;

use http::HeaderValue;
use url::Url;

use super::{Api, BuildError, ClientBuilder};
use crate::oauth2::{Given, Surroundings};
use crate::{OAuth2, TokenSource, Transport};

impl ClientBuilder {
    /// What the tokens of a scheme are asked for with, at the token endpoint of OAuth 2.0.
    #[must_use]
    pub fn oauth2(mut self, scheme: &'static str, grant: OAuth2) -> Self {
        let given = Given::OAuth2(Box::new(grant));
        self.credentials.insert_tokens(scheme, given);
        self
    }

    /// What gets the tokens of a scheme.
    #[must_use]
    pub fn token_source(mut self, scheme: &'static str, source: impl TokenSource) -> Self {
        let given = Given::Source(Arc::new(source));
        self.credentials.insert_tokens(scheme, given);
        self
    }

    pub(super) fn begin_tokens(
        &mut self,
        api: &'static Api,
        base_url: &Url,
        transport: &Arc<dyn Transport>,
        user_agent: &HeaderValue,
    ) -> Result<(), BuildError> {
        let surroundings = Surroundings {
            base_url,
            transport,
            clock: &self.clock,
            user_agent,
        };
        let begun = self.credentials.begin(api, &surroundings);
        begun.map_err(BuildError)
    }
}
