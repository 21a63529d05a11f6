//! The server's rooms over a real Postgres, driven as its pages drive them.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;
use uuid::Uuid;
use vestibule::app::App;
use vestibule::audit::Actor;
use vestibule::bulk::{self, Act, NewRun, Who};
use vestibule::clock::Clock;
use vestibule::config::Config;
use vestibule::customers::list::Filter;
use vestibule::customers::search::Words;
use vestibule::import::store::How;
use vestibule::import::{self, AUTO_BATCH, Import, Layout, NewImport, Source, State, csv, upload};
use vestibule::policy::{self, Cover, Scope};
use vestibule::random::Random;
use vestibule::sites::SiteId;
use vestibule::{config, db, jobs};

const ACCOUNT: &str = "712020:bench";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Found in the emails of the first hundred thousand.
pub const FIRST: &str = "c00";

pub struct World {
    pub app: App,
}

/// How long the parts of an import took.
pub struct Took {
    pub bytes: usize,
    pub uploaded: Duration,
    pub read: Duration,
    pub judged: Duration,
    pub applied: Duration,
}

impl Took {
    pub fn whole(&self) -> Duration {
        self.uploaded + self.read + self.judged + self.applied
    }
}

/// The email of a number: seven digits, so that the first hundred thousand begin with two noughts.
pub fn email(number: usize) -> String {
    format!("c{number:07}@example.com")
}

/// A rare name.
pub const RARE: &str = "Wojciechowski";
const GIVEN: [&str; 8] = ["Amara", "Björn", "Chloé", "Dmitri", "Elif", "Farid", "Gwen", "Hiroshi"];
const FAMILY: [&str; 7] =
    ["Adeyemi", "Bergström", "Castillo", "D'Angelo", "Eriksen", "Fernández", "Grünwald"];

fn row(number: usize) -> String {
    // One in two hundred thousand, and one of the small site, is called like nobody else.
    let family = if number % 200_000 == 7 { RARE } else { FAMILY[number % FAMILY.len()] };
    let given = GIVEN[number % GIVEN.len()];
    format!("{given},{family},{},Active\n", email(number))
}

impl World {
    pub async fn open(url: &str) -> Result<Self> {
        rustls::crypto::ring::default_provider()
            .install_default()
            .map_err(|_| anyhow!("a TLS provider is installed already"))?;
        let random = Random::System;
        let secrets: [String; 2] =
            std::array::from_fn(|_| config::encode_secret(&random.bytes()).to_string());
        let config = Config::load(|name| match name {
            "VESTIBULE_BASE_URL" => Some("https://2fa.example.com".into()),
            "VESTIBULE_MASTER_KEY" => Some(secrets[0].clone()),
            "VESTIBULE_PASSWORD_PEPPER" => Some(secrets[1].clone()),
            _ => None,
        });
        let config = config.map_err(|faults| anyhow!("{faults}"))?;
        let pool = db::connect(url.parse()?, config.database_connections).await?;
        db::MIGRATIONS.run(&pool).await?;
        Ok(Self { app: App::new(config, pool, Clock::System, random) })
    }

    pub async fn site(&self, number: u128) -> Result<SiteId> {
        let site = SiteId(Uuid::from_u128(number));
        sqlx::query(
            "insert into sites (id, client_key, base_url, display_url, product_type, sealed_shared_secret, status,
                installed_at, updated_at)
             values ($1, $2, 'https://a.example', 'https://a.example', 'jira', '', 'installed', now(), now())",
        )
        .bind(site.0)
        .bind(number.to_string())
        .execute(&self.app.db)
        .await?;
        let mut conn = self.app.db.acquire().await?;
        let mut policy = policy::store::load(&mut conn, site).await?;
        policy.settings.scope = Scope::EveryoneExcept;
        policy::store::save(&mut conn, site, &policy, policy.version, None, self.app.clock.now()).await?;
        Ok(site)
    }

    /// Imports so many, as a browser uploads them, in one go.
    pub async fn import(&self, site: SiteId, count: usize) -> Result<Took> {
        let app = &self.app;
        let header = "First name,Last name,Email,Status\n";
        let bytes = header.len() + (0..count).map(|number| row(number).len()).sum::<usize>();
        let begun = Instant::now();
        let id = app.random.uuid();
        let new = NewImport {
            id,
            site,
            source: Source::Csv,
            name: "bench.csv",
            size: bytes as u64,
            cursor: &json!({}),
            account: ACCOUNT,
            client_ip: HERE,
            now: app.clock.now(),
        };
        let mut conn = app.db.acquire().await?;
        import::begin(&mut conn, app, &new).await?;
        let (mut piece, mut number, mut head) = (header.as_bytes().to_vec(), 0, Vec::new());
        for row in (0..count).map(row) {
            piece.extend_from_slice(row.as_bytes());
            if piece.len() >= upload::PIECE {
                let rest = piece.split_off(upload::PIECE);
                import::store::put_piece(&mut conn, site, id, number, &piece).await?;
                if number == 0 {
                    head = piece[..csv::HEAD].to_vec();
                }
                (piece, number) = (rest, number + 1);
            }
        }
        import::store::put_piece(&mut conn, site, id, number, &piece).await?;
        let sniffed = csv::sniff(if head.is_empty() { &piece } else { &head })?;
        let layout = Layout { dialect: sniffed.dialect, mapping: sniffed.mapping };
        import::store::set_layout(&mut conn, site, id, &serde_json::to_value(layout)?).await?;
        import::store::set_state(&mut conn, site, id, State::Mapping, app.clock.now()).await?;
        let uploaded = begun.elapsed();

        // Reading and comparing follow each other in one job: the clock is looked at in between.
        let begun = Instant::now();
        let import = self.find(site, id).await?;
        lead(import::lead(&mut conn, app, &import, &[State::Mapping], State::Reading).await?)?;
        let job = tokio::spawn({
            let app = app.clone();
            async move { jobs::run_due(&app).await }
        });
        let mut ticks = tokio::time::interval(Duration::from_millis(20));
        while self.find(site, id).await?.state == State::Reading {
            ticks.tick().await;
        }
        let read = begun.elapsed();
        job.await??;
        let judged = begun.elapsed() - read;

        let begun = Instant::now();
        let import = self.find(site, id).await?;
        let how = How { auto: true, batch: AUTO_BATCH, mails: false };
        lead(import::start(&mut conn, app, &import, &how, Actor::System).await?)?;
        drop(conn);
        jobs::run_due(app).await?;
        let applied = begun.elapsed();
        let import = self.find(site, id).await?;
        ensure!(import.state == State::Done && import.counts.created == count as u64, "{import:?}");
        Ok(Took { bytes, uploaded, read, judged, applied })
    }

    async fn find(&self, site: SiteId, id: Uuid) -> Result<Import> {
        let mut conn = self.app.db.acquire().await?;
        import::store::find(&mut conn, site, id).await?.context("the import is there")
    }

    /// Disables the first hundred thousand of a site in a run; how long, and how many.
    pub async fn disable(&self, site: SiteId, count: usize) -> Result<(Duration, usize)> {
        let app = &self.app;
        let begun = Instant::now();
        let new = NewRun {
            id: app.random.uuid(),
            site,
            act: Act::Disable,
            account: ACCOUNT,
            client_ip: HERE,
            undo_of: None,
            now: app.clock.now(),
        };
        let filter = Filter { covers: Cover::ALL.to_vec(), words: Words::parse(FIRST) };
        let mut tx = app.db.begin().await?;
        bulk::start(&mut tx, app, &new, &Who::Matching(&filter)).await?;
        tx.commit().await?;
        jobs::run_due(app).await?;
        let took = begun.elapsed();
        let disabled: i64 =
            sqlx::query_scalar("select count(*) from customers where site_id = $1 and two_factor = false")
                .bind(site.0)
                .fetch_one(&app.db)
                .await?;
        ensure!(disabled as usize == count.min(100_000), "{disabled} are disabled");
        Ok((took, disabled as usize))
    }
}

fn lead(led: Result<(), import::Elsewhere>) -> Result<()> {
    led.map_err(Into::into)
}
