//! The world of a story: the real router on real Postgres, a clock that stands still until it is
//! moved, seeded randomness, and a strict SP that nobody of ours signs for.

pub mod admin;
pub mod browser;
pub mod jira;
pub mod mail;
#[allow(dead_code, reason = "the library's own tests use the rest")]
pub mod soft_passkey;

use std::sync::Once;

use axum::Router;
use sqlx::PgPool;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use vestibule::app::App;
use vestibule::clock::Clock;
use vestibule::config::{BaseUrl, Config, Pepper};
use vestibule::customers::{AddForm, CustomerId};
use vestibule::policy::{self, Policy};
use vestibule::practice::sp::{Decoded, IdpSettings, Outstanding, RequestOptions, ServiceProvider};
use vestibule::random::Random;
use vestibule::sites::installation::Installation;
use vestibule::sites::{self, SiteId};
use vestibule::vault::MasterKey;

pub use browser::{Browser, Page};

pub const START: OffsetDateTime = datetime!(2026-11-23 09:00:10 UTC);
pub const ORIGIN: &str = "https://2fa.example.com";
pub const PASSWORD: &str = "correct horse battery";

/// One deployment with one installed, configured site.
pub struct World {
    pub app: App,
    pub clock: Clock,
    pub site: SiteId,
    pub sp: ServiceProvider,
    router: Router,
}

/// A test deployment's configuration.
pub fn config() -> Config {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the first provider");
    });
    Config {
        base_url: BaseUrl::parse(ORIGIN).unwrap(),
        listen: ([127, 0, 0, 1], 0).into(),
        database_url: None,
        database_connections: 16,
        data_dir: "unused".into(),
        master_key: MasterKey::new([1; 32]),
        previous_master_keys: vec![],
        pepper: Pepper([2; 32].into()),
        trusted_proxies: vec![],
        connect_keys_url: "https://connect-install-keys.example".parse().unwrap(),
        connect_script_url: "https://connect-cdn.example/all.js".parse().unwrap(),
        app_key: "vestibule".into(),
        marketplace_licence: false,
        create_in_jira: false,
        hash_workers: 2,
        mail: None,
        sms: None,
        yubikey: None,
        duo: None,
    }
}

/// An app over `pool` at the story's start.
pub fn app(config: Config, pool: &PgPool, clock: &Clock, seed: u64) -> App {
    App::new(config, pool.clone(), clock.clone(), Random::seeded(seed))
}

impl World {
    /// A deployment, a site whose SP is configured, nobody in it yet.
    pub async fn new(pool: PgPool) -> Self {
        Self::of(pool, config()).await
    }

    /// The same with a configuration of its own.
    pub async fn of(pool: PgPool, config: Config) -> Self {
        let clock = Clock::fixed(START);
        let app = app(config, &pool, &clock, 1);
        let site = install(&app, "client-key-1", "https://acme.atlassian.net").await;
        let router = vestibule::routes::router(app.clone());
        let metadata =
            Browser::new(router.clone(), ORIGIN).get(&format!("/sites/{site}/saml/metadata")).await;
        let idp = IdpSettings::from_metadata(&metadata.body).expect("metadata an SP can read");
        let id = "0b0f8e4a-6f0e-4a2b-9c38-2a5d1b9e7c11";
        let sp = ServiceProvider::new(
            format!("https://auth.atlassian.com/saml/{id}"),
            format!("https://auth.atlassian.com/login/callback?connection=saml-{id}"),
            idp,
        );
        let world = Self { app, clock, site, sp, router };
        world.configure(world.sp.entity_id(), world.sp.acs_url()).await;
        world
    }

    /// Another instance over the same database, with its own memory and randomness.
    pub fn second_instance(&self) -> (App, Router) {
        let app = app(self.app.config.clone(), &self.app.db, &self.clock, 2);
        let router = vestibule::routes::router(app.clone());
        (app, router)
    }

    /// Enters the SP's values, as `vestibule sites sp` does.
    pub async fn configure(&self, entity_id: &str, acs_url: &str) {
        let mut conn = self.app.db.acquire().await.unwrap();
        let sp = sites::ServiceProvider { entity_id: entity_id.into(), acs_url: acs_url.into() };
        sites::store::set_service_provider(&mut conn, self.clock.now(), self.site, &sp).await.unwrap();
    }

    pub async fn two_factor(&self, on: bool) {
        self.policy(|policy| *policy = policy.clone().switched(on)).await;
    }

    /// Changes the site's policy, as its admin does.
    pub async fn policy(&self, change: impl FnOnce(&mut Policy)) {
        let mut conn = self.app.db.acquire().await.unwrap();
        let mut policy = policy::store::load(&mut conn, self.site).await.unwrap();
        change(&mut policy);
        let (by, now) = (Some("an-admin"), self.clock.now());
        let saved =
            policy::store::save(&mut conn, self.site, &policy, policy.version, by, now).await.unwrap();
        assert!(matches!(saved, policy::store::Saved::Done(_)), "{saved:?}");
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone(), ORIGIN)
    }

    pub fn pass(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// Zoë, who knows [`PASSWORD`] and has no second factor yet.
    pub async fn zoe(&self) -> CustomerId {
        self.customer("zoe@example.com", Some("zoe"), "Zoë", "Łukasiewicz", PASSWORD).await
    }

    pub async fn customer(
        &self,
        email: &str,
        username: Option<&str>,
        given_name: &str,
        family_name: &str,
        password: &str,
    ) -> CustomerId {
        let form = AddForm {
            email: email.into(),
            username: username.map(Into::into),
            given_name: given_name.into(),
            family_name: family_name.into(),
            password: Some(password.to_owned().into()),
        };
        vestibule::customers::add(&self.app, self.site, form, vestibule::audit::Actor::Operator)
            .await
            .unwrap_or_else(|fault| panic!("{email}: {fault:?}"))
    }

    /// An AuthnRequest's address, and what the SP remembers of it.
    pub fn request(&self, options: &RequestOptions) -> (String, Outstanding) {
        let id = format!("_{}", self.app.random.uuid().simple());
        (self.sp.authn_request(options, &id, self.clock.now()), options.outstanding(id))
    }

    /// An AuthnRequest as a form to post: (address, fields, what the SP remembers).
    pub fn request_form(
        &self,
        options: &RequestOptions,
    ) -> (String, Vec<(&'static str, String)>, Outstanding) {
        let id = format!("_{}", self.app.random.uuid().simple());
        let form = self.sp.authn_request_form(options, &id, self.clock.now());
        let mut fields = vec![("SAMLRequest", form.saml_request)];
        fields.extend(form.relay_state.map(|state| ("RelayState", state)));
        (form.action, fields, options.outstanding(id))
    }

    /// What the strict SP makes of the response on `page`.
    pub fn verify(&self, page: &Page, expected: &Outstanding) -> Decoded {
        let (acs, message, relay_state) = page.response();
        assert_eq!(acs, self.sp.acs_url());
        self.sp
            .verify(&message, relay_state.as_deref(), expected, self.clock.now())
            .unwrap_or_else(|problems| panic!("the SP refuses: {problems:?}"))
    }

    /// Signs in with a password and a fresh app, which is returned: (final page, request, secret).
    pub async fn enrol(&self, browser: &mut Browser, name: &str) -> (Page, Outstanding, Vec<u8>) {
        let (url, request) = self.request(&RequestOptions::default());
        let page = browser.get(&url).await;
        let page = browser.submit(&page, &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(page.form(), "enrol", "{page:?}");
        let secret = secret_on(&page);
        let page = browser.submit(&page, &[("code", &self.code(&secret))]).await;
        (page, request, secret)
    }

    /// The code an authenticator app shows now.
    pub fn code(&self, secret: &[u8]) -> String {
        code_at(secret, self.clock.now())
    }

    /// The newest reason in the site's SAML trace.
    pub async fn newest_trace(&self) -> (String, String) {
        let row: (String, String) = sqlx::query_as(
            "select verdict, reason from saml_trace where site_id = $1 order by id desc limit 1",
        )
        .bind(self.site.0)
        .fetch_one(&self.app.db)
        .await
        .unwrap();
        row
    }
}

/// Installs a site without Jira: what the lifecycle endpoint does once a call has proved genuine.
pub async fn install(app: &App, client_key: &str, base_url: &str) -> SiteId {
    let now = app.clock.now();
    let site = SiteId(app.random.uuid());
    let installation = Installation {
        client_key: client_key.into(),
        base_url: base_url.into(),
        display_url: base_url.into(),
        product_type: "jira".into(),
        shared_secret: app.random.token().into(),
        issued_at: now,
        digest: app.random.bytes(),
    };
    let key = vestibule::saml::new_key(app, site).await.unwrap();
    let mut tx = app.db.begin().await.unwrap();
    sites::store::install(&mut tx, &app.vault, now, site, &installation).await.unwrap();
    vestibule::saml::store::insert_active_key(&mut tx, app, site, &key).await.unwrap();
    tx.commit().await.unwrap();
    site
}

/// The secret an enrolment page shows for typing.
pub fn secret_on(page: &Page) -> Vec<u8> {
    let uri = page.attribute("a[href^='otpauth:']", "href").expect("a link for this phone");
    let secret = uri.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()
}

/// RFC 6238, worked out here anew: an authenticator app that shares no code with the product.
pub fn code_at(secret: &[u8], now: OffsetDateTime) -> String {
    let step = u64::try_from(now.unix_timestamp()).unwrap() / 30;
    let key = openssl::pkey::PKey::hmac(secret).unwrap();
    let mut signer = openssl::sign::Signer::new(openssl::hash::MessageDigest::sha1(), &key).unwrap();
    signer.update(&step.to_be_bytes()).unwrap();
    let mac = signer.sign_to_vec().unwrap();
    let at = usize::from(mac[19] & 15);
    let word = u32::from_be_bytes(mac[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}
