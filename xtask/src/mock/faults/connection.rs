//! One connection to a server on loopback, which all requests go over.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use specwright::cases::Request;
use std::error::Error;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

/// Why there is no answer.
pub(super) type Failure = Box<dyn Error + Send + Sync>;

/// A connection that sends one request after the other.
pub(super) struct Connection {
    runtime: Runtime,
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Connection {
    /// Connects to a server by its URL, `http://127.0.0.1:4010`.
    ///
    /// # Errors
    /// Nobody listens there.
    pub(super) fn open(base_url: &str) -> Result<Self, Failure> {
        let host = base_url.trim_start_matches("http://").to_owned();
        let runtime = Builder::new_current_thread().enable_io().build()?;
        let sender = runtime.block_on(async {
            let stream = TcpStream::connect(&host).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await?;
            // What breaks the connection, the request that waits for it tells.
            tokio::spawn(connection);
            Ok::<_, Failure>(sender)
        })?;
        Ok(Self {
            runtime,
            sender,
            host,
        })
    }

    /// Sends a request with another body, and gives the status and the body of the answer.
    ///
    /// # Errors
    /// There is no answer, or the request is none.
    pub(super) fn send(
        &mut self,
        request: &Request,
        body: String,
    ) -> Result<(u16, Bytes), Failure> {
        let mut message = hyper::Request::builder()
            .method(request.method.as_str())
            .uri(&request.target)
            .header("host", &self.host);
        for (name, value) in &request.headers {
            message = message.header(name, value);
        }
        let message = message.body(Full::new(Bytes::from(body)))?;
        let sender = &mut self.sender;
        self.runtime.block_on(async {
            sender.ready().await?;
            let response = sender.send_request(message).await?;
            let status = response.status().as_u16();
            Ok((status, response.into_body().collect().await?.to_bytes()))
        })
    }
}
