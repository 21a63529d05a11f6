//! The practice gateways on a free port of a story, over its clock, and a deployment that knows them.

use sqlx::PgPool;
use tempfile::TempDir;
use vestibule::clock::Clock;
use vestibule::config::Config;
use vestibule::factors::Method;
use vestibule::practice::{Folder, Gateways, Links, Surroundings};
use vestibule::random::Random;

use super::allow;
use crate::support::{START, World, config};

pub struct Outside {
    pub gateways: Gateways,
    /// Their address.
    pub url: String,
    pub clock: Clock,
    _folder: TempDir,
}

impl Outside {
    pub async fn open() -> Self {
        let mut unused = config(); // and with it the TLS provider
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(START);
        let surroundings = Surroundings {
            links: Links::loopback("http://localhost:8080", 0, 0, 0, listener.local_addr().unwrap().port()),
            folder: Folder::open(folder.path()).unwrap(),
            clock: clock.clone(),
            random: Random::seeded(5),
            http: reqwest::Client::builder().build().unwrap(),
        };
        let url = surroundings.links.gateways.clone();
        Gateways::configure(&mut unused, &url).unwrap();
        let gateways = Gateways::open(surroundings).unwrap();
        let router = gateways.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { gateways, url, clock, _folder: folder }
    }

    /// Zoë's deployment, which allows `method` alone and knows the gateways as `change` leaves it.
    pub async fn world(&self, pool: PgPool, method: Method, change: impl FnOnce(&mut Config)) -> World {
        let mut config = config();
        Gateways::configure(&mut config, &self.url).unwrap();
        change(&mut config);
        let world = World::of(pool, config).await;
        world.zoe().await;
        allow(&world, &[method]).await;
        world
    }

    /// An address that nobody answers.
    pub fn nowhere() -> &'static str {
        "http://127.0.0.1:9"
    }
}
