//! What the tests of this room share.

use std::path::Path;

use axum::Router;
use tokio::net::TcpListener;

use super::{Folder, Links, Surroundings};
use crate::clock::Clock;
use crate::random::Random;

pub fn http() -> reqwest::Client {
    // The second test of a process finds the provider in place already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

pub fn surroundings(folder: &Path, app: &str) -> Surroundings {
    Surroundings {
        links: Links::loopback(app, 8081, 8082, 8083, 8084),
        folder: Folder::open(folder).unwrap(),
        clock: Clock::fixed(time::macros::datetime!(2026-11-23 12:00 UTC)),
        random: Random::seeded(1),
        http: http(),
    }
}

/// A router on a free port.
pub struct Served {
    pub url: String,
    http: reqwest::Client,
}

impl Served {
    pub async fn start(router: impl FnOnce(&str) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = router(&url);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, http: http() }
    }

    /// Status and body.
    pub async fn get(&self, path: &str) -> (u16, String) {
        read(self.http.get(format!("{}{path}", self.url))).await
    }

    pub async fn post(&self, path: &str, body: &str, sec_fetch_site: Option<&str>) -> (u16, String) {
        read(self.post_request(path, body, sec_fetch_site)).await
    }

    /// A form about to be posted.
    pub fn post_request(&self, path: &str, body: &str, site: Option<&str>) -> reqwest::RequestBuilder {
        let request = self.http.post(format!("{}{path}", self.url)).body(body.to_owned());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        match site {
            Some(site) => request.header("sec-fetch-site", site),
            None => request,
        }
    }
}

async fn read(request: reqwest::RequestBuilder) -> (u16, String) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}
