use std::collections::VecDeque;
use std::convert::Infallible;

use super::*;

struct Pieces(VecDeque<Result<&'static [u8], &'static str>>);

impl Stream for Pieces {
    type Item = Result<&'static [u8], &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn pieces<const N: usize>(pieces: [&'static [u8]; N]) -> Pieces {
    Pieces(pieces.into_iter().map(Ok).collect())
}

#[tokio::test]
async fn a_stream_comes_in_pieces_or_whole() {
    let mut body = Body::from_stream(pieces([b"ab", b"", b"c"]));
    let mut seen = Vec::new();
    while let Some(piece) = body.try_next().await.unwrap() {
        seen.push(piece);
    }
    assert_eq!(seen, ["ab", "", "c"]);
    let body = Body::from_stream(pieces([b"ab", b"c"]));
    assert_eq!(body.into_bytes().await.unwrap(), "abc");
    assert_eq!(Body::from("abc").into_bytes().await.unwrap(), "abc");
    assert_eq!(Body::empty().try_next().await.unwrap(), None);
}

#[tokio::test]
async fn nothing_is_read_beyond_the_limit() {
    for (limit, expected, whole) in [(3, "abc", true), (2, "ab", false), (0, "", false)] {
        let body = Body::from_stream(pieces([b"a", b"bc"]));
        let Collected { bytes, ending } = body.collect(Some(limit)).await;
        assert_eq!(bytes, expected);
        assert_eq!(matches!(ending, Ending::Whole), whole, "{ending:?}");
    }
    let endless = std::iter::repeat_n(Ok(&b"aaaa"[..]), 1_000).collect();
    let Collected { bytes, ending } = Body::from_stream(Pieces(endless)).collect(Some(9)).await;
    assert_eq!(bytes, "aaaaaaaaa");
    assert!(matches!(ending, Ending::Larger));
}

#[tokio::test]
async fn a_stream_that_fails_says_that_it_was_the_body() {
    let failing = Pieces([Ok(&b"a"[..]), Err("disk is gone")].into());
    let error = Body::from_stream(failing).into_bytes().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Body);
    assert_eq!(
        error.to_string(),
        "the body to send could not be read: disk is gone"
    );
}

#[tokio::test]
async fn only_what_can_be_read_again_is_cloned() {
    assert!(Body::from_stream(pieces([b"a"])).try_clone().is_none());
    let again = Body::from_stream_fn(|| pieces([b"a", b"b"])).with_length(2);
    let copy = again.try_clone().unwrap();
    assert_eq!(again.into_bytes().await.unwrap(), "ab");
    assert_eq!(copy.length(), Some(2));
    let third = copy.try_clone().unwrap();
    assert_eq!(copy.into_bytes().await.unwrap(), "ab");
    assert_eq!(third.into_bytes().await.unwrap(), "ab");
}

#[tokio::test]
async fn a_stream_is_opened_when_it_is_read_and_not_before() {
    let opened = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&opened);
    let body = Body::from_stream_fn(move || {
        *counter.lock().unwrap() += 1;
        pieces([b"a", b"b"])
    });
    let copies = [body.try_clone().unwrap(), body.try_clone().unwrap()];
    assert_eq!(*opened.lock().unwrap(), 0);
    assert_eq!(body.into_bytes().await.unwrap(), "ab");
    assert_eq!(*opened.lock().unwrap(), 1);
    for copy in copies {
        assert_eq!(copy.into_bytes().await.unwrap(), "ab");
    }
    assert_eq!(*opened.lock().unwrap(), 3);
}

/// Fails at once, as a middleware's stream around that of a transport.
struct Failing(Option<TransportErrorKind>);

impl Stream for Failing {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let kind = self.0.take();
        Poll::Ready(kind.map(|kind| Err(TransportError::new(kind, "on purpose"))))
    }
}

#[tokio::test]
async fn an_error_of_the_transports_keeps_its_kind() {
    for kind in [TransportErrorKind::Timeout, TransportErrorKind::Broken] {
        let body = Body::from_stream(Failing(Some(kind)));
        let error = body.into_bytes().await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().ends_with(": on purpose"), "{error}");
    }
}

#[tokio::test]
async fn a_chain_is_as_long_and_as_replayable_as_its_pieces() {
    let stream = || Body::from_stream_fn(|| pieces([b"b", b"c"]));
    let chain = Body::chain(vec!["a".into(), stream().with_length(2), "d".into()]);
    assert_eq!(chain.length(), Some(4));
    let copy = chain.try_clone().unwrap();
    assert_eq!(chain.into_bytes().await.unwrap(), "abcd");
    assert_eq!(copy.into_bytes().await.unwrap(), "abcd");
    let chain = Body::chain(vec!["a".into(), stream()]);
    assert_eq!(chain.length(), None);
    let once = Body::from_stream(pieces([b"b"])).with_length(1);
    let chain = Body::chain(vec!["a".into(), once]);
    assert_eq!(chain.length(), Some(2));
    assert!(chain.try_clone().is_none());
}

#[test]
fn a_body_is_shown_by_its_length_alone() {
    let shown = |body: Body| format!("{body:?}");
    assert_eq!(shown("hunter2".into()), "Body(7 bytes)");
    assert_eq!(shown(Body::from_stream(pieces([b"x"]))), "Body(a stream)");
    let counted = Body::from_stream(pieces([b"x"])).with_length(1);
    assert_eq!(shown(counted), "Body(a stream of 1 bytes)");
}

#[test]
fn a_body_goes_to_other_threads_and_comes_from_what_is_bytes() {
    fn assert_thread<T: Send + Sync + 'static>() {}
    assert_thread::<Body>();
    let _: [Body; 4] = [
        "a".into(),
        "a".to_owned().into(),
        vec![1].into(),
        Bytes::new().into(),
    ];
    let never = Pieces(VecDeque::new());
    drop::<Result<Body, Infallible>>(Ok(Body::from_stream(never)));
}
