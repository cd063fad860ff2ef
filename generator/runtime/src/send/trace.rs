//! What `tracing` is told of a call: never a query, a header, a body or a parameter's value.

use std::time::Duration;

use tracing::Span;
use tracing::field::{Empty, display};

use super::Received;
use crate::error::Failure;
use crate::request::Draft;
use crate::retry::Reason;

/// The span of a call, by OpenTelemetry's conventions for HTTP clients. `otel.name` and
/// `otel.kind` are what the `tracing-opentelemetry` layer calls a span by.
pub(super) fn span(draft: &Draft) -> Span {
    let operation = draft.operation;
    let span = tracing::info_span!(
        target: "specwright",
        "specwright.call",
        "otel.name" = Empty,
        "otel.kind" = "client",
        "specwright.operation" = operation.id,
        "http.request.method" = operation.method,
        "url.template" = operation.path,
        "server.address" = Empty,
        "server.port" = Empty,
        "http.request.resend_count" = Empty,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
    );
    if !span.is_disabled() {
        span.record("otel.name", display(operation));
        if let Ok(url) = draft.client.base_url(operation) {
            span.record("server.address", url.host_str());
            span.record("server.port", url.port_or_known_default());
        }
    }
    span
}

/// A call will be tried again.
pub(super) fn retry(attempt: u32, reason: Reason, delay: Duration) {
    tracing::info!(
        target: "specwright",
        attempt,
        reason = %reason,
        delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
        "trying again"
    );
}

/// The response of a call was a success, and not what the document promises.
pub(super) fn unreadable(span: &Span) {
    span.record("error.type", "decode");
}

/// How a call ended.
pub(super) fn outcome(span: &Span, outcome: &Result<Received, Failure>) {
    if span.is_disabled() {
        return;
    }
    let (attempts, error) = match outcome {
        Ok(received) => {
            let status = received.response.status();
            span.record("http.response.status_code", status.as_u16());
            let failed = status.is_client_error() || status.is_server_error();
            let error = failed.then(|| Reason::Status(status).to_string());
            (received.trail.attempts, error)
        }
        Err(Failure::Transport(error)) => (
            error.attempts(),
            Some(Reason::Transport(error.kind()).to_string()),
        ),
        #[cfg(feature = "oauth2")]
        Err(Failure::Token(error)) => (error.attempts(), Some("token".to_owned())),
        Err(Failure::Request(_)) => (1, Some("request".to_owned())),
    };
    if attempts > 1 {
        span.record("http.request.resend_count", attempts.saturating_sub(1));
    }
    span.record("error.type", error);
}
