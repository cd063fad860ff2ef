//! One request to a token endpoint, and its answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT,
};
use http::{Method, StatusCode};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::error::TokenError;
use super::grant::Grant;
use super::{OAuth2, Token, TokenErrorKind};
use crate::retry::retry_after;
use crate::transport::SendOptions;
use crate::{Body, Clock, Secret, Transport, TransportError};

/// The most that is read of an answer, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// Types of tokens that are used otherwise than by sending them (RFC 6749, section 7.1). Of others the
/// document says that they are sent, and servers have many names for them.
const OTHER_TYPES: [&str; 4] = ["dpop", "mac", "n_a", "pop"];

/// Where the tokens of a client are, and what they are asked for with.
pub(super) struct Endpoint {
    pub(super) scheme: &'static str,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) user_agent: HeaderValue,
    pub(super) token_url: Url,
    pub(super) refresh_url: Url,
    pub(super) scopes: Vec<String>,
    pub(super) told: OAuth2,
    /// The latest refresh token.
    pub(super) refresh: Mutex<Option<Secret>>,
}

impl Endpoint {
    /// A new token: with the refresh token, where there is one that is good, or else with what the
    /// client was told.
    pub(super) async fn token(&self) -> Result<Token, TokenError> {
        if let Some(refresh) = self.refresh_token() {
            let answer = self.renew(&refresh).await;
            // Servers refuse one that ended, and one that they do not take from this client, with
            // different codes.
            let again = !matches!(self.told.grant, Grant::Refresh(_));
            match answer {
                Err(error) if again && error.is_final() => self.keep(None),
                answer => return answer,
            }
        }
        let mut form = match &self.told.grant {
            Grant::ClientCredentials => vec![("grant_type", "client_credentials")],
            Grant::Password(user, password) => vec![
                ("grant_type", "password"),
                ("username", user),
                ("password", password.expose()),
            ],
            // It was there to begin with, and is replaced, not taken away.
            Grant::Refresh(refresh) => return self.renew(refresh).await,
        };
        let scopes = self.scopes.join(" ");
        if !scopes.is_empty() {
            form.push(("scope", &scopes));
        }
        self.ask(&self.token_url, &form).await
    }

    /// Whether the next request takes a refresh token.
    pub(super) fn spends(&self) -> bool {
        self.refresh_token().is_some()
    }

    /// The scopes are those of before, unless the user wants others (RFC 6749, section 6).
    async fn renew(&self, refresh: &Secret) -> Result<Token, TokenError> {
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose().as_str()),
        ];
        let scopes = self.told.scopes.as_deref().unwrap_or_default().join(" ");
        if !scopes.is_empty() {
            form.push(("scope", &scopes));
        }
        self.ask(&self.refresh_url, &form).await
    }

    async fn ask(&self, url: &Url, form: &[(&str, &str)]) -> Result<Token, TokenError> {
        tracing::debug!(target: "specwright", scheme = self.scheme, "asking for a token");
        let request = self.request(url, form)?;
        // Whoever waits for it keeps the time. A transport would drop an answer that came in time and
        // that nobody looked for.
        let options = SendOptions { timeout: None };
        let exchange = async {
            let response = self.transport.send(request, options).await?;
            let (parts, body) = response.into_parts();
            let bytes = body.collect(Some(LARGEST)).await.bytes;
            Ok::<_, TransportError>((parts.status, parts.headers, bytes))
        };
        let answer = exchange.await;
        let (status, headers, bytes) =
            answer.map_err(|error| TokenError::transport(self.scheme, &error))?;
        let mut token = self.read(status, &headers, &bytes)?;
        match &token.refresh_token {
            Some(refresh) => self.keep(Some(refresh.clone())),
            // The one before stays good (RFC 6749, section 6).
            None => token.refresh_token = self.refresh_token(),
        }
        if let Some(observer) = &self.told.observer {
            observer(&token);
        }
        Ok(token)
    }

    fn request(&self, url: &Url, form: &[(&str, &str)]) -> Result<http::Request<Body>, TokenError> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let mut request = http::Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(CACHE_CONTROL, HeaderValue::from_static("no-store"))
            .header(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            )
            .header(USER_AGENT, self.user_agent.clone());
        match &self.told.client {
            Some((id, Some(secret))) if !self.told.in_body => {
                request = request.header(AUTHORIZATION, basic(id, secret));
            }
            Some((id, secret)) => {
                body.append_pair("client_id", id);
                if let Some(secret) = secret {
                    body.append_pair("client_secret", secret.expose());
                }
            }
            None => {}
        }
        for parameter in &self.told.parameters {
            body.append_pair(&parameter.name, parameter.value.expose());
        }
        request.body(Body::from(body.finish())).map_err(|error| {
            let kind = crate::TransportErrorKind::Request;
            TokenError::transport(self.scheme, &TransportError::new(kind, error))
        })
    }

    /// A token, or why there is none.
    fn read(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        bytes: &Bytes,
    ) -> Result<Token, TokenError> {
        let answer: Map<String, Value> = serde_json::from_slice(bytes).unwrap_or_default();
        let text = |key: &str| answer.get(key).and_then(Value::as_str);
        let wait = retry_after(headers, self.clock.timestamp());
        let token = text("access_token").filter(|token| status.is_success() && !token.is_empty());
        let Some(token) = token else {
            // Some say what is wrong with a status of 200.
            let error = match text("error") {
                Some(code) => {
                    let description = text("error_description").map(str::to_owned);
                    TokenError::refused(self.scheme, code.to_owned(), description)
                }
                None if status.is_success() => {
                    self.wrong("the token endpoint's answer has no `access_token`")
                }
                None => {
                    let message = "the token endpoint answered without a reason";
                    TokenError::new(TokenErrorKind::Status, self.scheme, message)
                }
            };
            return Err(error.with_status(status, wait));
        };
        let kind = text("token_type").unwrap_or("bearer").trim();
        if OTHER_TYPES.iter().any(|it| it.eq_ignore_ascii_case(kind)) {
            let message = format!("the token endpoint gives tokens of type `{kind}`");
            return Err(self.wrong(&message).with_status(status, wait));
        }
        Ok(Token {
            access_token: token.into(),
            expires_in: answer.get("expires_in").and_then(seconds),
            refresh_token: text("refresh_token")
                .filter(|token| !token.is_empty())
                .map(Secret::from),
        })
    }

    fn wrong(&self, message: &str) -> TokenError {
        TokenError::new(TokenErrorKind::Response, self.scheme, message)
    }

    fn refresh_token(&self) -> Option<Secret> {
        let kept = self.refresh.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }

    fn keep(&self, refresh: Option<Secret>) {
        *self.refresh.lock().unwrap_or_else(PoisonError::into_inner) = refresh;
    }
}

/// Id and secret are encoded as in a form before they are `Basic` (RFC 6749, section 2.3.1), so that
/// an id can have a colon.
fn basic(id: &str, secret: &Secret) -> HeaderValue {
    let text = format!("Basic {}", BASE64_STANDARD.encode(pair(id, secret)));
    // Base64 is what any header can carry.
    let mut value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("Basic"));
    value.set_sensitive(true);
    value
}

/// What `Basic` has in Base64.
pub(super) fn pair(id: &str, secret: &Secret) -> String {
    let encoded =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    format!("{}:{}", encoded(id), encoded(secret.expose()))
}

/// A number of seconds, which some servers write as a text.
fn seconds(value: &Value) -> Option<Duration> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    // One that is longer than fits does not end.
    Duration::try_from_secs_f64(number.max(0.0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_and_a_secret_are_encoded_before_they_are_joined() {
        let header = basic("a:b c", &"s+é%".into());
        let text = header.to_str().unwrap().strip_prefix("Basic ").unwrap();
        let pair = BASE64_STANDARD.decode(text).unwrap();
        assert_eq!(pair, b"a%3Ab+c:s%2B%C3%A9%25");
        assert!(header.is_sensitive());
    }

    #[test]
    fn the_end_of_a_token_is_read_as_servers_write_it() {
        let read = |text: &str| seconds(&serde_json::from_str(text).unwrap());
        assert_eq!(read("3600"), Some(Duration::from_secs(3_600)));
        assert_eq!(read("\"60\""), Some(Duration::from_secs(60)));
        assert_eq!(read("1.5"), Some(Duration::from_millis(1_500)));
        assert_eq!(read("-1"), Some(Duration::ZERO));
        for text in ["null", "\"soon\"", "1e300", "[]", "\"NaN\""] {
            let zero = text.contains("NaN").then_some(Duration::ZERO);
            assert_eq!(read(text), zero, "{text}");
        }
    }
}
