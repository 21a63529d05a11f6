//! What a password costs the server (security.md P6, P7): a hash of former parameters is made anew, and
//! where too many wait to be looked over, nobody is held up.

use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Waker};

use argon2::{Algorithm, Argon2, Params, Version};
use axum::http::{StatusCode, header};
use data_encoding::BASE64_NOPAD;
use sqlx::PgPool;
use tokio::runtime::Runtime;
use vestibule::app::App;
use vestibule::config::Config;
use vestibule::practice::sp::RequestOptions;

use crate::support::{PASSWORD, Page, World, config};

/// What is stored of Zoë's password.
async fn stored(world: &World) -> (String, time::OffsetDateTime) {
    sqlx::query_as("select password_hash, password_set_at from customers")
        .fetch_one(&world.app.db)
        .await
        .unwrap()
}

/// A hash of the deployment's pepper and half of today's parameters, made without the product.
fn former_hash(password: &str) -> String {
    let (salt, mut tag) = ([7; 16], [0; 32]);
    let params = Params::new(8 * 1024, 1, 1, Some(tag.len())).unwrap();
    let argon2 = Argon2::new_with_secret(&[2; 32], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    argon2.hash_password_into(password.as_bytes(), &salt, &mut tag).unwrap();
    format!("$argon2id$v=19$m=8192,t=1,p=1${}${}", BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(&tag))
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_outdated_hash_is_made_anew_at_sign_in(pool: PgPool) {
    let world = World::new(pool).await;
    world.two_factor(false).await;
    world.customer("zoe@example.com", None, "Zoë", "", "correct horse battery").await;
    let (_, set_at) = stored(&world).await;
    let former = former_hash(PASSWORD);
    sqlx::query("update customers set password_hash = $1")
        .bind(&former)
        .execute(&world.app.db)
        .await
        .unwrap();

    let sign_in = async |password: &str| {
        let (url, _) = world.request(&RequestOptions::default());
        let mut browser = world.browser();
        let page = browser.get(&url).await;
        browser.submit(&page, &[("name", "zoe@example.com"), ("password", password)]).await
    };
    assert_eq!(sign_in("wrong password").await.form(), "password");
    assert_eq!(stored(&world).await.0, former, "nobody was there");
    sign_in(PASSWORD).await.response();
    let (anew, still_set_at) = stored(&world).await;
    assert!(anew.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{anew}");
    assert_eq!(still_set_at, set_at, "the same password");
    sign_in(PASSWORD).await.response();
    assert_eq!(stored(&world).await.0, anew, "once is enough");
}

/// Every place in the hasher's line, until it goes home.
struct Crowd {
    line: Vec<Pin<Box<dyn Future<Output = bool>>>>,
    /// Where the one hash that has its turn waits for a thread.
    elsewhere: Runtime,
    _thread_is_taken: mpsc::Sender<()>,
}

impl Crowd {
    #[allow(clippy::disallowed_methods, reason = "a thread that computes nothing")]
    fn gather(app: &App) -> Self {
        let elsewhere =
            tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        let (thread_is_taken, free) = mpsc::channel();
        elsewhere.spawn_blocking(move || free.recv());
        let inside = elsewhere.enter();
        let mut line = Vec::new();
        // One a worker is at work, 64 wait behind it.
        for _ in 0..65 * app.config.hash_workers {
            let hasher = app.hasher.clone();
            let mut place: Pin<Box<dyn Future<Output = bool>>> =
                Box::pin(async move { hasher.verify("a guess", None).await.is_ok() });
            assert!(place.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            line.push(place);
        }
        drop(inside);
        Self { line, elsewhere, _thread_is_taken: thread_is_taken }
    }

    fn go_home(self) {
        drop(self.line);
        self.elsewhere.shutdown_background();
    }
}

#[track_caller]
fn is_asked_to_come_back(page: &Page) {
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{page:?}");
    assert_eq!(page.headers[header::RETRY_AFTER], "2", "{page:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn where_too_many_wait_every_form_says_when_to_come_back(pool: PgPool) {
    let world = World::of(pool, Config { hash_workers: 1, ..config() }).await;
    world.zoe().await;
    let mut home = world.browser();
    world.enrol(&mut home, "zoe").await;
    let failures = async || -> i64 {
        let sql = "select coalesce(sum(failures), 0)::bigint from throttles";
        sqlx::query_scalar(sql).fetch_one(&world.app.db).await.unwrap()
    };
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let new = "seven quiet lanterns";
    let account = home.get(&format!("/sites/{}/account/password", world.site)).await;

    let crowd = Crowd::gather(&world.app);
    let typed = [("name", "zoe"), ("password", PASSWORD)];
    let busy = browser.submit(&page, &typed).await;
    is_asked_to_come_back(&busy);
    assert_eq!(busy.form(), "password", "the same form");
    assert!(busy.text("#problem").unwrap().contains("Many people"), "{busy:?}");
    let busy = home.submit(&account, &[("current", PASSWORD), ("password", new), ("repeat", new)]).await;
    is_asked_to_come_back(&busy);
    assert_eq!(busy.form(), "password", "the same form");
    assert_eq!(failures().await, 0, "neither was a guess");
    crowd.go_home();

    let page = browser.submit(&page, &typed).await;
    assert_eq!(page.form(), "challenge", "{page:?}");
    let done = home.submit(&account, &[("current", PASSWORD), ("password", new), ("repeat", new)]).await;
    assert!(done.text("[role=status]").unwrap().starts_with("Your password is changed."), "{done:?}");
}
