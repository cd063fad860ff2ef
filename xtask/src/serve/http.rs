//! The sockets: HTTP/1.1 on loopback, on a thread of its own.

use super::core::{Core, Options};
use super::message::{Request, Response};
use super::time::Millis;
use crate::output;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use specwright::config::StandInProfile;
use specwright::ir::Api;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};

/// The largest body that is read, in bytes.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// How many connections are open at once; others wait.
const MOST_CONNECTIONS: usize = 256;

/// How long a request's head may take, and a connection may be idle.
const LONGEST_HEAD: Duration = Duration::from_secs(60);

/// How long nothing is accepted after that failed.
const PAUSE: Duration = Duration::from_millis(50);

/// A stand-in for an API.
pub(crate) struct StandIn;

/// A stand-in that runs until it is dropped.
pub(crate) struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl StandIn {
    /// Starts answering on loopback.
    ///
    /// # Errors
    /// When the port is taken.
    pub(crate) fn start(
        api: &Api,
        profile: &StandInProfile,
        options: &Options,
    ) -> io::Result<Running> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let core = Core::new(api, profile, options, now());
        let log = options.log;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("stand-in".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    tokio::select! {
                        () = listen(listener, Arc::new(Mutex::new(core)), log) => {}
                        _ = stopped => {}
                    }
                });
            })?;
        Ok(Running {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Running {
    /// Where it is: `http://127.0.0.1:PORT`.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Waits until the user ends the program: with Ctrl-C, or as a service is ended.
///
/// # Errors
/// When signals cannot be received.
pub(crate) fn until_interrupted() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let mut ended = signal(SignalKind::terminate())?;
            tokio::select! {
                interrupted = tokio::signal::ctrl_c() => interrupted,
                _ = ended.recv() => Ok(()),
            }
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await
    })
}

fn now() -> Millis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

async fn listen(listener: std::net::TcpListener, core: Arc<Mutex<Core>>, log: bool) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, as a rule: others must end first.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let core = Arc::clone(&core);
        let service = service_fn(move |request| {
            let core = Arc::clone(&core);
            async move { Ok::<_, Infallible>(answer(request, &core, log).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(LONGEST_HEAD)
            .serve_connection(TokioIo::new(stream), service);
        // A client that goes away is no error.
        tokio::spawn(async move {
            drop(connection.await);
            drop(place);
        });
    }
}

async fn answer(
    request: hyper::Request<Incoming>,
    core: &Mutex<Core>,
    log: bool,
) -> hyper::Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let mut request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: Vec::with_capacity(head.headers.len()),
        body: Vec::new(),
    };
    for (name, value) in &head.headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        request.headers.push((name.as_str().to_owned(), value));
    }
    let response = match read(body).await {
        Some(body) => {
            request.body = body;
            lock(core).answer(&request, now())
        }
        None => lock(core).too_large(&request),
    };
    if log {
        let core = lock(core);
        let target = output::printable(&core.shown(&request));
        let about = if core.is_simulated(&request) {
            ""
        } else {
            " (not simulated)"
        };
        output::note(format_args!(
            "{} {target} {}{about}",
            request.method, response.status
        ));
    }
    written(response)
}

/// The whole body; `None`: it is too large, or did not arrive.
async fn read(body: Incoming) -> Option<Vec<u8>> {
    // What says that it is too large is not waited for.
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > LARGEST_BODY {
        return None;
    }
    let body = Limited::new(body, LARGEST_BODY).collect().await.ok()?;
    Some(body.to_bytes().to_vec())
}

fn lock(core: &Mutex<Core>) -> std::sync::MutexGuard<'_, Core> {
    core.lock().unwrap_or_else(PoisonError::into_inner)
}

fn written(response: Response) -> hyper::Response<Full<Bytes>> {
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in response.headers {
        // A document's media type need not be a header's value.
        if let Ok(value) = hyper::header::HeaderValue::from_str(&value) {
            builder = builder.header(name, value);
        }
    }
    builder
        .body(Full::new(Bytes::from(response.body)))
        .unwrap_or_else(|_| {
            let mut response = hyper::Response::new(Full::new(Bytes::new()));
            *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
}
