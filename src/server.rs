//! The HTTP server: plain HTTP/1.1 for a proxy in front, with a limit on everything that could
//! wait forever, and an end in which no answer is lost.
//!
//! By hand over hyper because `axum::serve` sets no limit on how long a request's head may take.

mod request_log; // one line a request

#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::{Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use crate::app::App;
use crate::db::housekeeping;
use crate::{health, jobs, routes};

/// How long a request's head may take to arrive; also how long a connection may idle.
const HEAD: Duration = Duration::from_secs(30);
/// The largest head, in bytes: a Redirect-binding AuthnRequest travels in the address.
const HEAD_BYTES: usize = 128 * 1024;
/// How long answers under way may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(20);
/// Connections at a time, below the usual limit of 1,024 open files; more wait to be accepted.
const CONNECTIONS: usize = 800;

/// All that is served: the rooms' routes and health, with one log line a request.
pub fn router(app: &App) -> Router {
    routes::router(app.clone())
        .merge(health::router(app.clone()))
        .layer(middleware::from_fn(request_log::log))
}

/// Serves `app` on `listener`, jobs and housekeeping included, until `shutdown` ends; then stops
/// accepting and taking jobs, and gives answers under way 20 seconds, and jobs as long as those.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let housekeeping = tokio::spawn(housekeeping::run(app.db.clone(), app.clock.clone(), stopped.clone()));
    let mut workers = JoinSet::new();
    workers.spawn(jobs::run(app.clone(), stopped.clone()));
    let mut connections = JoinSet::new();
    let router = router(&app);
    tokio::select! {
        () = shutdown => {}
        () = accept(&listener, &router, &stopped, &mut connections) => {}
    }
    drop(listener);
    tracing::info!(open = connections.len(), "stopping");
    stop.send(true).ok();
    let drained =
        tokio::time::timeout(DRAIN, async { while connections.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!(open = connections.len(), "connections still busy after 20 s are cut");
    }
    connections.shutdown().await;
    let worked = tokio::time::timeout(DRAIN, async { while workers.join_next().await.is_some() {} }).await;
    if worked.is_err() {
        tracing::warn!("jobs still busy are left to another worker");
    }
    workers.shutdown().await;
    housekeeping.await?;
    Ok(())
}

/// Accepts for ever.
async fn accept(
    listener: &TcpListener,
    router: &Router,
    stopped: &watch::Receiver<bool>,
    connections: &mut JoinSet<()>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let place = Arc::clone(&places).acquire_owned().await.expect("the semaphore is never closed");
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, peer)) => {
                let (router, stopped) = (router.clone(), stopped.clone());
                connections.spawn(async move {
                    let _place = place;
                    talk(stream, peer, router, stopped).await;
                });
            }
            Err(error) => {
                // Out of open files, or a client gone already: neither ends by trying at once.
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// One connection, to its end or the server's.
async fn talk(stream: TcpStream, peer: SocketAddr, router: Router, mut stopped: watch::Receiver<bool>) {
    stream.set_nodelay(true).ok();
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().oneshot(request);
        async move { answer.await.map_err(|never: Infallible| never) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let told_to_stop = async { stopped.wait_for(|stopped| *stopped).await.map(drop) };
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        _ = told_to_stop => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Ends at SIGINT or SIGTERM.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).expect("SIGINT can be caught");
    let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be caught");
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
