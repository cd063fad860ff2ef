//! `Retry-After` (RFC 9110, section 10.2.3).

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use jiff::Timestamp;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;

/// The two forms of a date that are no longer sent, and must still be read (RFC 9110, section
/// 5.6.7).
const OLD_FORMATS: [&str; 2] = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

/// How long the server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date.
///
/// A date is compared with the server's own `Date`, so that it does not matter whether both clocks
/// agree, and with `now` where there is none. A date that is past is no wait at all.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(wait) = text("retry-after-ms").and_then(|text| number(text, 1_000)) {
        return Some(wait);
    }
    let wanted = text(RETRY_AFTER.as_str())?;
    number(wanted, 1).or_else(|| {
        let since = text(DATE.as_str()).and_then(date).unwrap_or(now);
        let wait = date(wanted)?.duration_since(since);
        Some(Duration::try_from(wait).unwrap_or_default())
    })
}

/// A number of which so many are a second. More than fits is as long as there is.
fn number(text: &str, per_second: u32) -> Option<Duration> {
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let seconds = text.parse::<f64>().ok().filter(|_| digits)? / f64::from(per_second);
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

fn date(text: &str) -> Option<Timestamp> {
    let parser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let old = |format| {
        let date = strtime::parse(format, text).ok()?.to_datetime().ok()?;
        TimeZone::UTC.to_timestamp(date).ok()
    };
    let current = parser.parse_timestamp(text).ok();
    current.or_else(|| OLD_FORMATS.into_iter().find_map(old))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &str)]) -> Option<Duration> {
        let headers = headers.iter().map(|(name, value)| {
            let name = http::HeaderName::from_static(name);
            (name, http::HeaderValue::from_str(value).unwrap())
        });
        let now = "1994-11-06T08:49:00Z".parse().unwrap();
        retry_after(&headers.collect(), now)
    }

    #[test]
    fn all_forms_are_read() {
        for (name, value, milliseconds) in [
            ("retry-after", "120", 120_000),
            ("retry-after", " 0 ", 0),
            ("retry-after", "1.5", 1_500),
            ("retry-after-ms", "250", 250),
            ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", 37_000),
            ("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT", 37_000),
            ("retry-after", "Sun Nov  6 08:49:37 1994", 37_000),
            ("retry-after", "Sun, 06 Nov 1994 08:48:00 GMT", 0),
        ] {
            assert_eq!(
                asked(&[(name, value)]),
                Some(Duration::from_millis(milliseconds)),
                "{name}: {value}"
            );
        }
    }

    #[test]
    fn a_date_is_compared_with_the_servers_own() {
        let until = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
        let date = ("date", "Sun, 06 Nov 1994 08:49:30 GMT");
        assert_eq!(asked(&[until, date]), Some(Duration::from_secs(7)));
    }

    #[test]
    fn milliseconds_are_more_exact() {
        let both = [("retry-after", "1"), ("retry-after-ms", "20")];
        assert_eq!(asked(&both), Some(Duration::from_millis(20)));
        let odd = [("retry-after", "1"), ("retry-after-ms", "soon")];
        assert_eq!(asked(&odd), Some(Duration::from_secs(1)));
    }

    #[test]
    fn anything_else_asks_for_nothing() {
        for value in [
            "", "-1", "soon", "1e3", "inf", "nan", ".", "0x1", "1 s", "9/9/99",
        ] {
            assert_eq!(asked(&[("retry-after", value)]), None, "{value}");
        }
        assert_eq!(asked(&[]), None);
        let huge = "9".repeat(400);
        assert_eq!(asked(&[("retry-after", &huge)]), Some(Duration::MAX));
    }
}
