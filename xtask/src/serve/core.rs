//! One request, step by step. No sockets, no clock: both are the caller's.

use super::act::{Call, act, is_simulated};
use super::answer::{refused, success};
use super::message::{Request, Response};
use super::rate_limit::{Bucket, Limit};
use super::refusal::{Fault, Refusal};
use super::route::{Route, Router};
use super::store::{Model, Store, models, seed};
use super::time::Millis;
use super::{check, credentials};
use specwright::config::StandInProfile;
use specwright::ir::Api;

/// How a stand-in is started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// The port; 0 takes a free one.
    pub(crate) port: u16,
    /// The only credential that is accepted; `None`: any that is not empty.
    pub(crate) token: Option<String>,
    /// How many requests are answered in a time.
    pub(crate) rate_limit: Option<Limit>,
    /// How many records each resource has to begin with.
    pub(crate) records: u32,
    /// What ids are made from: the same gives the same ids.
    pub(crate) seed: u64,
    /// Whether each request is noted on stderr.
    pub(crate) log: bool,
}

/// An API that is stood in for.
pub(crate) struct Core {
    api: Api,
    profile: StandInProfile,
    options: Options,
    router: Router,
    models: Vec<Model>,
    pub(super) store: Store,
    bucket: Option<Bucket>,
}

impl Core {
    /// A stand-in that was started at `now`.
    pub(crate) fn new(api: &Api, profile: &StandInProfile, options: &Options, now: Millis) -> Self {
        let models = models(api);
        let mut store = Store::new(options.seed);
        seed(api, &models, &mut store, options.records, now);
        Self {
            api: api.clone(),
            profile: profile.clone(),
            options: options.clone(),
            router: Router::new(api),
            models,
            store,
            bucket: options.rate_limit.map(|limit| Bucket::new(limit, now)),
        }
    }

    /// Answers a request.
    pub(crate) fn answer(&mut self, request: &Request, now: Millis) -> Response {
        let mut response = match self.router.find(request) {
            Ok(route) => self.routed(&route, request, now).unwrap_or_else(|refusal| {
                let action = self.api.action(route.action);
                refused(&self.api, &self.profile, action, &refusal)
            }),
            Err(refusal) => refused(&self.api, &self.profile, None, &refusal),
        };
        if request.method == "HEAD" {
            response.body.clear();
        }
        response
    }

    /// Refuses a request whose body is more than is read.
    pub(crate) fn too_large(&self, request: &Request) -> Response {
        let refusal = Refusal::new(413, Fault::at(&["body"], "is too large"));
        let route = self.router.find(request).ok();
        let action = route.and_then(|route| self.api.action(route.action));
        refused(&self.api, &self.profile, action, &refusal)
    }

    /// Whether what a request does to records is done: nothing says what custom actions do.
    pub(crate) fn is_simulated(&self, request: &Request) -> bool {
        let route = self.router.find(request).ok();
        let action = route.and_then(|route| self.api.action(route.action));
        action.is_none_or(|action| is_simulated(&self.api, action))
    }

    fn routed(
        &mut self,
        route: &Route,
        request: &Request,
        now: Millis,
    ) -> Result<Response, Refusal> {
        let Some(action) = self.api.action(route.action) else {
            return Err(Refusal::new(404, Fault::whole("there is no such action")));
        };
        credentials::check(&self.api, action, request, self.options.token.as_deref())?;
        if let Some(bucket) = &mut self.bucket {
            bucket.take(now, &self.profile)?;
        }
        let (given, mut faults) = check::parameters(&self.api, action, request, &route.captures);
        let (body, more) = check::body(&self.api, action, request)?;
        faults.extend(more);
        let versions = &self.profile.uuid_versions;
        faults.extend(check::path_ids(&self.api, action, &given, versions));
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        self.store.check_room(request.body.len())?;
        let mut call = Call {
            api: &self.api,
            profile: &self.profile,
            models: &self.models,
            store: &mut self.store,
            action,
            request,
            given,
            body,
            now,
        };
        let data = act(&mut call)?;
        Ok(success(&call, &data))
    }

    /// What a request's log line shows: the target without credentials.
    pub(crate) fn shown(&self, request: &Request) -> String {
        let Some(query) = &request.query else {
            return request.path.clone();
        };
        let keys: Vec<&str> = credentials::query_keys(&self.api).collect();
        let parts: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((key, _))
                    if super::message::decode_query(key)
                        .is_some_and(|key| keys.contains(&key.as_str())) =>
                {
                    format!("{key}=***")
                }
                _ => pair.to_owned(),
            })
            .collect();
        format!("{}?{}", request.path, parts.join("&"))
    }
}
