//! Our own server as an operator runs it: the real router over a real Postgres, one installed site
//! with its key, and customers who have a password and an authenticator app.

use std::net::SocketAddr;

use anyhow::{Context, Result, anyhow};
use time::OffsetDateTime;
use tokio::runtime::Runtime;
use vestibule::app::App;
use vestibule::clock::Clock;
use vestibule::config::Config;
use vestibule::customers::names::{Email, PersonName};
use vestibule::customers::password::Normalised;
use vestibule::customers::store::NewCustomer;
use vestibule::customers::{self, CustomerId};
use vestibule::factors::kind::NewFactor;
use vestibule::factors::totp::code as totp;
use vestibule::factors::{self, Method};
use vestibule::random::Random;
use vestibule::sites::installation::Installation;
use vestibule::sites::{self, ServiceProvider, SiteId};
use vestibule::{db, routes, saml};

use crate::http::Browser;
use crate::requests::Ends;
use crate::{ACS_URL, SP_ENTITY_ID};

const ORIGIN: &str = "https://2fa.example.com";
const PASSWORD: &str = "correct horse battery";

/// A running server.
pub struct World {
    app: App,
    site: SiteId,
    sso_url: String,
    pub address: SocketAddr,
    runtime: Runtime,
}

/// A customer, with what that customer knows and has.
pub struct Person {
    email: String,
    phone: totp::Secret,
}

impl World {
    /// Migrates the database, installs a site and serves on a free port.
    pub fn start(database_url: &str) -> Result<Self> {
        rustls::crypto::ring::default_provider()
            .install_default()
            .map_err(|_| anyhow!("a TLS provider is installed already"))?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (app, site, address) = runtime.block_on(async {
            let config = config()?;
            let pool = db::connect(database_url.parse()?, config.database_connections).await?;
            db::MIGRATIONS.run(&pool).await?;
            let app = App::new(config, pool, Clock::System, Random::System);
            let site = install(&app).await?;
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
            let address = listener.local_addr()?;
            let service = routes::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            anyhow::Ok((app, site, address))
        })?;
        let sso_url = saml::sso_url(&app.config.base_url, site);
        Ok(Self { app, site, sso_url, address, runtime })
    }

    /// Who asks whom, for preparing AuthnRequests.
    pub fn ends(&self) -> Ends<'_> {
        Ends { sso_url: &self.sso_url, acs_url: ACS_URL, sp_entity_id: SP_ENTITY_ID }
    }

    pub fn now(&self) -> OffsetDateTime {
        self.app.clock.now()
    }

    pub fn browser(&self, number: usize) -> Result<Browser> {
        Browser::connect(self.address, ORIGIN.trim_start_matches("https://"), number)
    }

    /// Adds `count` customers. They share one password hash: making it is not what is measured.
    pub fn people(&self, count: usize) -> Result<Vec<Person>> {
        self.runtime.block_on(async {
            let password = Normalised::new(PASSWORD)?;
            let hash = self.app.hasher.hash(&password, self.app.random.bytes()).await?;
            let mut tx = self.app.db.begin().await?;
            let mut people = Vec::with_capacity(count);
            for number in 0..count {
                people.push(self.add(&mut tx, number, &hash).await?);
            }
            tx.commit().await?;
            Ok(people)
        })
    }

    async fn add(&self, conn: &mut sqlx::PgConnection, number: usize, hash: &str) -> Result<Person> {
        let (app, now) = (&self.app, self.now());
        let email = Email::parse(&format!("customer{number}@example.com"))?;
        let person = Person { email: email.as_str().to_owned(), phone: totp::Secret::generate(&app.random) };
        let customer = NewCustomer {
            id: CustomerId(app.random.uuid()),
            site: self.site,
            email,
            username: None,
            name: PersonName::parse("Ada", "Lovelace")?,
            password_hash: Some(hash.to_owned()),
            now,
        };
        let customer = customers::store::add(conn, &customer).await??;
        let factor = NewFactor {
            name: "Authenticator app".into(),
            secret: Some(person.phone.bytes().to_vec().into()),
            data: serde_json::json!({}),
            ..NewFactor::default()
        };
        factors::add(conn, app, (self.site, customer), Method::Totp, factor, now).await?;
        Ok(person)
    }

    /// The whole walk of one person at a fresh browser: AuthnRequest, page, password, page, code,
    /// signed response.
    pub fn sign_in(&self, browser: &mut Browser, query: &str, person: &Person) -> Result<()> {
        browser.forget();
        let page = browser.get(&self.sso_path(query))?.must_lead_on()?;
        browser.get(&page)?;
        let form = [("name", person.email.as_str()), ("password", PASSWORD)];
        let page = browser.post(&format!("{page}/password"), &form)?.must_lead_on()?;
        browser.get(&page)?;
        let code = person.phone.code_at(totp::step_of(self.now()));
        browser.post(&format!("{page}/challenge"), &[("code", &code)])?.must_carry_a_response()
    }

    /// An AuthnRequest from a browser that has a session: answered at once.
    pub fn resume(&self, browser: &mut Browser, query: &str) -> Result<()> {
        browser.get(&self.sso_path(query))?.must_carry_a_response()
    }

    fn sso_path(&self, query: &str) -> String {
        format!("/sites/{}/saml/sso?{query}", self.site)
    }
}

fn config() -> Result<Config> {
    let value = |name: &str| -> Option<String> {
        let value = match name {
            "VESTIBULE_BASE_URL" => ORIGIN,
            "VESTIBULE_MASTER_KEY" => "m1Lxq1y0wq3pNnbJqv7m8yqH2kzS5rT0uVwXyZaBcDs=",
            "VESTIBULE_PASSWORD_PEPPER" => "p2Rxw9y8vq3sLmbKqu7n6yoH1kzA4rT0iVwXcZaBdEs=",
            // Browsers come through a proxy that tells their addresses apart.
            "VESTIBULE_TRUSTED_PROXIES" => "127.0.0.0/8",
            _ => return None,
        };
        Some(value.to_owned())
    };
    Config::load(value).map_err(|faults| anyhow!("{faults:?}"))
}

/// What the lifecycle endpoint does once a call has proved genuine, and `vestibule sites sp`.
async fn install(app: &App) -> Result<SiteId> {
    let (site, now) = (SiteId(app.random.uuid()), app.clock.now());
    let installation = Installation {
        client_key: "bench".into(),
        base_url: "https://acme.atlassian.net".into(),
        display_url: "https://acme.atlassian.net".into(),
        product_type: "jira".into(),
        shared_secret: app.random.token().into(),
        issued_at: now,
        digest: app.random.bytes(),
    };
    let key = saml::new_key(app, site).await.map_err(|error| anyhow!("{error:?}"))?;
    let mut tx = app.db.begin().await?;
    sites::store::install(&mut tx, &app.vault, now, site, &installation).await?;
    saml::store::insert_active_key(&mut tx, app, site, &key).await?;
    let service_provider = ServiceProvider { entity_id: SP_ENTITY_ID.into(), acs_url: ACS_URL.into() };
    sites::store::set_service_provider(&mut tx, now, site, &service_provider).await?;
    tx.commit().await.context("cannot install the site")?;
    Ok(site)
}
