//! What a link of a mail does, and what it does not (security.md L1, L2).

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use vestibule::i18n::Lang;
use vestibule::recovery::links::{Purpose, issue};

use super::*;
use crate::support::install;

async fn issued(post: &Post, customer: &Customer, purpose: Purpose) -> String {
    let mut tx = post.world.app.db.begin().await.unwrap();
    let link = issue(&mut tx, &post.world.app, customer, purpose).await.unwrap();
    tx.commit().await.unwrap();
    link
}

/// Everything but the audit trail and the outbox that a link's button changes.
async fn state(post: &Post) -> String {
    let query = "select string_agg(row, E'\\n') from (select c::text as row from customers c
                 union all select l::text from links l union all select f::text from factors f
                 union all select s::text from sessions s union all select r::text from recoveries r
                 union all select m.id::text from mails m union all select j.id::text from jobs j
                 union all select a.id::text from audit_events a order by row) rows";
    sqlx::query_scalar(query).fetch_one(&post.world.app.db).await.unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_mail_scanner_uses_nothing_up(pool: PgPool) {
    let post = Post::new(pool).await;
    let zoe = post.customer(post.world.zoe().await).await;
    let mut tx = post.world.app.db.begin().await.unwrap();
    vestibule::recovery::delayed::start(&mut tx, &post.world.app, &zoe, Lang::English).await.unwrap();
    tx.commit().await.unwrap();
    for purpose in Purpose::ALL {
        let link = issued(&post, &zoe, purpose).await;
        assert!(link.starts_with(&format!("{ORIGIN}/sites/{}/link/", post.world.site)));
        let before = state(&post).await;
        for _ in 0..3 {
            let page = post.world.browser().get(&link).await;
            assert_eq!(page.status, 200, "{purpose:?}");
            assert_eq!(page.headers["referrer-policy"], "no-referrer", "{purpose:?}");
            assert_eq!(page.headers["cache-control"], "no-store");
            assert!(page.attribute("main form[method=post] button[type=submit]", "class").is_some());
            let head = post.world.browser().head(&link).await;
            assert_eq!(head.status, StatusCode::METHOD_NOT_ALLOWED);
            // The form's address alone, as crawlers guess it.
            assert_eq!(post.world.browser().get(&page.action("/link")).await.status, 405);
        }
        assert_eq!(state(&post).await, before, "{purpose:?}: nothing changed");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_opens_nothing_gets_one_page_with_a_way_on(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    let zoe = post.customer(world.zoe().await).await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let mut pages = Vec::new();
    let freeze = issued(&post, &zoe, Purpose::Freeze).await;
    let mut browser = world.browser();
    for path in ["abc".to_owned(), "A".repeat(43), "%00".into(), "a%2Fb".into(), "é".repeat(43)] {
        let path = if path.is_ascii() { path } else { "%C3%A9".repeat(43) };
        pages.push(browser.get(&format!("/sites/{}/link/{path}", world.site)).await);
    }
    // Another site's.
    let foreign = freeze.replace(&world.site.to_string(), &other.to_string());
    let page = browser.get(&foreign).await;
    assert_eq!((page.status, heading(&page).as_str()), (StatusCode::GONE, "This link doesn't work any more"));
    let token = freeze.rsplit('/').next().unwrap();
    let page = browser.post(&format!("/sites/{other}/link"), &[("token", token)]).await;
    assert_eq!(page.status, StatusCode::GONE);
    // A recovery that is not.
    for purpose in [Purpose::Recover, Purpose::CancelRecovery] {
        pages.push(browser.get(&issued(&post, &zoe, purpose).await).await);
    }
    // Too late.
    let reset = issued(&post, &zoe, Purpose::ResetPassword).await;
    world.pass(Duration::minutes(30) - Duration::SECOND);
    let open = browser.get(&reset).await;
    assert_eq!(open.status, 200);
    world.pass(Duration::SECOND);
    pages.push(browser.get(&reset).await);
    let fields = [("password", NEW_PASSWORD), ("repeat", NEW_PASSWORD)];
    pages.push(press(&mut browser, &open, &fields).await);
    // Overtaken.
    let older = issued(&post, &zoe, Purpose::ResetPassword).await;
    let newer = issued(&post, &zoe, Purpose::ResetPassword).await;
    pages.push(browser.get(&older).await);
    // Used.
    post.set(&mut browser, &newer, NEW_PASSWORD).await;
    pages.push(browser.get(&newer).await);
    post.press(&mut browser, &freeze, &[]).await;
    pages.push(browser.get(&freeze).await);
    pages.push(browser.post(&format!("/sites/{}/link", world.site), &[]).await);
    let first = fixed(&pages[0]);
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(page.status, StatusCode::GONE, "{at}: {page:?}");
        assert_eq!(fixed(page), first, "{at}");
        assert!(page.attribute(".on a", "href").is_some(), "{at}: a way on");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_clicks_at_once_one_counts(pool: PgPool) {
    let post = Post::new(pool).await;
    let zoe = post.customer(post.world.zoe().await).await;
    let link = issued(&post, &zoe, Purpose::ResetPassword).await;
    let (_, router) = post.world.second_instance();
    let mut tasks = tokio::task::JoinSet::new();
    for at in 0..8 {
        let mut browser = post.world.browser();
        if at % 2 == 0 {
            browser = Browser::new(router.clone(), ORIGIN);
        }
        let link = link.clone();
        tasks.spawn(async move {
            let page = browser.get(&link).await;
            let password = format!("{NEW_PASSWORD} {at}");
            if page.status != 200 {
                return page.status;
            }
            press(&mut browser, &page, &[("password", &password), ("repeat", &password)]).await.status
        });
    }
    let statuses = tasks.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(post.audited("password.reset").await, ["ok"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn links_name_the_deployment_whatever_host_was_asked_for(pool: PgPool) {
    let post = Post::new(pool).await;
    post.world.zoe().await;
    let router = vestibule::routes::router(post.world.app.clone());
    let mut browser = Browser::new(router, "https://evil.example");
    let page = post.forget(&mut browser, "zoe").await;
    assert_eq!(page.status, 200);
    let mail = post.mail().await;
    assert!(link(&mail).starts_with(ORIGIN) && !mail.raw.contains("evil.example"), "{}", mail.raw);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_forged_form_is_refused_and_a_page_without_a_referrer_is_believed(pool: PgPool) {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;
    let post = Post::new(pool).await;
    let zoe = post.customer(post.world.zoe().await).await;
    for (site, origin, status) in [
        (Some("cross-site"), Some("https://evil.example"), 403),
        (Some("same-site"), None, 403),
        (None, Some("https://evil.example"), 403),
        (None, None, 403),
        (Some("cross-site"), Some("null"), 403),
        (None, Some("null"), 200),
        (Some("same-origin"), Some("null"), 200),
        (None, Some(ORIGIN), 200),
    ] {
        let link = issued(&post, &zoe, Purpose::Freeze).await;
        let token = link.rsplit('/').next().unwrap();
        let mut request = Request::post(format!("/sites/{}/link", post.world.site))
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
            request = value.into_iter().fold(request, |request, value| request.header(name, value));
        }
        let request = request.body(Body::from(format!("token={token}"))).unwrap();
        let router = vestibule::routes::router(post.world.app.clone());
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{site:?} {origin:?}");
    }
}
