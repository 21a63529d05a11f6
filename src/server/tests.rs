use sqlx::PgPool;
use time::macros::datetime;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::oneshot;

use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::random::Random;

fn app(pool: PgPool) -> App {
    rustls::crypto::ring::default_provider().install_default().ok();
    let config = Config::load(|name| match name {
        "VESTIBULE_BASE_URL" => Some("http://localhost:8080".into()),
        "VESTIBULE_MASTER_KEY" => Some("2v1wN3mXzq0rH8kJd5cYbL6tQe9uGiPaSxVfCzB7oUE=".into()),
        "VESTIBULE_PASSWORD_PEPPER" => Some("kT0sW4yRj9nAq2hF7dLxZ3vM6bEoUcIgPw8tJrX1aHs=".into()),
        _ => None,
    });
    App::new(config.unwrap(), pool, Clock::fixed(datetime!(2026-11-23 12:00 UTC)), Random::seeded(1))
}

async fn get(peer: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(peer).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn health_follows_the_database_and_the_server_stops_when_told(pool: PgPool) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let peer = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(app(pool.clone()), listener, async { stopped.await.unwrap_or(()) }));

    assert!(get(peer, "/health/live").await.starts_with("HTTP/1.1 200 "));
    let ready = get(peer, "/health/ready").await;
    assert!(ready.starts_with("HTTP/1.1 200 ") && ready.ends_with("\r\n\r\nready\n"), "{ready}");

    sqlx::raw_sql("delete from _sqlx_migrations").execute(&pool).await.unwrap();
    let behind = get(peer, "/health/ready").await;
    assert!(behind.starts_with("HTTP/1.1 503 ") && behind.contains("migrations"), "{behind}");

    pool.close().await;
    let gone = get(peer, "/health/ready").await;
    assert!(gone.starts_with("HTTP/1.1 503 ") && gone.contains("the database"), "{gone}");
    assert!(get(peer, "/health/live").await.starts_with("HTTP/1.1 200 "));

    // An idle connection does not hold the server up: it is closed, not waited for.
    let mut idle = TcpStream::connect(peer).await.unwrap();
    idle.write_all(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(peer).await.is_err());
}

#[tokio::test]
async fn an_answer_under_way_is_finished() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let peer = listener.local_addr().unwrap();
    let (enter, mut entered) = tokio::sync::mpsc::channel::<()>(1);
    let go_on = Arc::new(tokio::sync::Notify::new());
    let wait = Arc::clone(&go_on);
    let slow = Router::new().route(
        "/slow",
        axum::routing::get(async move |ConnectInfo(peer): ConnectInfo<SocketAddr>| {
            enter.send(()).await.unwrap();
            wait.notified().await;
            peer.ip().to_string()
        }),
    );
    let (stop, stopped) = watch::channel(false);
    let server = tokio::spawn(async move {
        let (stream, peer) = listener.accept().await.unwrap();
        talk(stream, peer, slow, stopped).await;
    });
    let answer = tokio::spawn(async move { get(peer, "/slow").await });
    entered.recv().await.unwrap();
    stop.send(true).unwrap();
    go_on.notify_one();
    server.await.unwrap();
    assert!(answer.await.unwrap().ends_with("127.0.0.1"));
}
