//! Redirects that were not followed.

use http::header::LOCATION;
use url::Url;

use crate::RawResponse;

/// Where a redirect goes, and what to do about it. Its origin is shown, and not its path and query,
/// which may have a credential in them.
pub(crate) fn hint(response: &RawResponse) -> Option<String> {
    if !matches!(response.status().as_u16(), 301..=303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?.trim();
    // Without a scheme and host of its own it stays where it was.
    let target = if location.starts_with("//") {
        Url::parse(&format!("https:{location}"))
    } else {
        Url::parse(location)
    };
    Some(match target {
        Ok(target) if target.has_host() => {
            let origin = target.origin().ascii_serialization();
            let host = target.host_str().unwrap_or_default();
            let target = if location.starts_with("//") {
                host
            } else {
                &origin
            };
            format!(
                "it redirects to {target}, and a request is not sent on to where it was not meant \
                 to go, as it may have credentials in it: if that is where the API is, make it the \
                 client's `base_url`"
            )
        }
        Ok(_) => "it redirects to something that is no web address".to_owned(),
        Err(_) => "it redirects within the server, and could not be sent again: is the client's \
                   `base_url` right, to the slash at its end?"
            .to_owned(),
    })
}
