//! From what a builder was told to the caches of a client.

use std::sync::{Arc, Mutex};

use http::HeaderValue;
use url::Url;

use super::cache::{Cache, Provider};
use super::endpoint::Endpoint;
use super::{Flow, FlowKind, OAuth2, TokenSource};
use crate::{Clock, Scheme, SchemeKind, Transport};

/// Where the tokens of a scheme are to come from.
#[derive(Clone)]
pub(crate) enum Given {
    OAuth2(Box<OAuth2>),
    Source(Arc<dyn TokenSource>),
}

/// What a client has that its token requests need.
pub(crate) struct Surroundings<'a> {
    pub(crate) base_url: &'a Url,
    pub(crate) transport: &'a Arc<dyn Transport>,
    pub(crate) clock: &'a Arc<dyn Clock>,
    pub(crate) user_agent: &'a HeaderValue,
}

impl Given {
    /// The cache of a scheme.
    ///
    /// # Errors
    /// When the scheme takes no token, when nobody says where the token endpoint is, or when that is
    /// no URL.
    pub(crate) fn cache(
        self,
        scheme: &Scheme,
        surroundings: &Surroundings<'_>,
    ) -> Result<Cache, String> {
        let SchemeKind::Http(word) = scheme.kind else {
            return Err("the scheme takes no token".to_owned());
        };
        let clock = Arc::clone(surroundings.clock);
        let told = match self {
            Self::OAuth2(told) => *told,
            Self::Source(source) => {
                let provider = Provider::Source(source);
                return Ok(Cache::new(scheme.key, word, clock, provider, Vec::new()));
            }
        };
        let (token, secrets) = (told.token.clone(), told.secrets());
        let endpoint = endpoint(told, scheme, surroundings)?;
        let provider = Provider::Endpoint(Arc::new(endpoint));
        let cache = Cache::new(scheme.key, word, clock, provider, secrets);
        if let Some(token) = token {
            cache.begin(token).map_err(|error| error.to_string())?;
        }
        Ok(cache)
    }
}

fn endpoint(
    told: OAuth2,
    scheme: &Scheme,
    surroundings: &Surroundings<'_>,
) -> Result<Endpoint, String> {
    let flow = flow(scheme.flows, told.flow());
    let token_url = match (&told.token_url, flow) {
        (Some(url), _) => url.as_str(),
        (None, Some(flow)) => flow.token_url,
        (None, None) => {
            return Err(
                "the document has no token URL for it: give one with `token_url`".to_owned(),
            );
        }
    };
    let refresh_url = flow
        .filter(|_| told.token_url.is_none())
        .and_then(|flow| flow.refresh_url)
        .unwrap_or(token_url);
    let url = |text: &str| -> Result<Url, String> {
        let url = surroundings.base_url.join(text);
        let mut url = url.map_err(|error| format!("the token URL is not one: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the token URL is neither http nor https".to_owned());
        }
        url.set_fragment(None);
        Ok(url)
    };
    let of_flow = || flow.into_iter().flat_map(|flow| flow.scopes);
    let scopes = told
        .scopes
        .clone()
        .unwrap_or_else(|| of_flow().map(|scope| (*scope).to_owned()).collect());
    Ok(Endpoint {
        scheme: scheme.key,
        transport: Arc::clone(surroundings.transport),
        clock: Arc::clone(surroundings.clock),
        user_agent: surroundings.user_agent.clone(),
        token_url: url(token_url)?,
        refresh_url: url(refresh_url)?,
        scopes,
        refresh: Mutex::new(told.first_refresh_token()),
        told,
    })
}

/// The flow that a grant belongs to. Refresh tokens are those of the authorization code flow, or of
/// any other.
fn flow(flows: &'static [Flow], kind: FlowKind) -> Option<&'static Flow> {
    let own = flows.iter().find(|flow| flow.kind == kind);
    own.or_else(|| {
        let any = kind == FlowKind::AuthorizationCode;
        flows.first().filter(|_| any)
    })
}
