//! Tokens that the user's own code gets.

use std::error::Error;
use std::future::Future;

use super::Token;
use crate::BoxFuture;

/// Gets access tokens: of a service account, of a metadata server, of a session that a person opened
/// in a browser.
///
/// It is asked when there is no token, shortly before the last one expires
/// ([`Token::expires_in`]), and when the API answers 401 to it. It is never asked twice at the same
/// time, and what it gives is kept, so it need not keep anything itself. It must not call the client
/// that it is for.
///
/// An asynchronous closure is one:
///
/// ```
/// use std::time::Duration;
/// use specwright_runtime::{Token, TokenSource};
///
/// fn session() -> impl TokenSource {
///     || async {
///         let token = read("/run/token").await?;
///         Ok::<_, std::io::Error>(Token::new(token).expires_in(Duration::from_secs(600)))
///     }
/// }
/// # async fn read(_: &str) -> std::io::Result<String> { Ok(String::new()) }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// A token that is good from now on.
    ///
    /// # Errors
    /// When there is none. What the error shows, the call's error shows: no secrets.
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn Error + Send + Sync>>>;
}

impl<F, A, T, E> TokenSource for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<Token>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn Error + Send + Sync>>> {
        let answer = self();
        Box::pin(async { answer.await.map(Into::into).map_err(Into::into) })
    }
}
