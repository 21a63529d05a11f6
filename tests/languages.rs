//! Pages speak the visitor's language: what was chosen on a page, else what the browser asks for.

use axum::http::StatusCode;
use sqlx::PgPool;
use vestibule::practice::sp::RequestOptions;
use vestibule::web::cookies;

use crate::support::{PASSWORD, Page, World};

/// The page's language, by its root and by its header.
fn language(page: &Page) -> String {
    let lang = page.attribute("html", "lang").unwrap();
    assert_eq!(page.headers["content-language"], lang.as_str(), "{page:?}");
    assert_eq!(page.headers["vary"], "Accept-Language, Cookie", "{page:?}");
    lang
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_customer_reads_her_language_and_chooses_another(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    browser.languages = Some("nl, de-AT;q=0.9, en;q=0.8");
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    assert_eq!((language(&page), page.text("h1")), ("de".into(), Some("Anmelden".into())));
    assert_eq!(page.text("details.languages summary").unwrap(), "Sprache: Deutsch");

    // From a page with an error, which has no address of its own: back to the sign-in's.
    let wrong = browser.submit(&page, &[("name", "zoe"), ("password", "wrong password")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.title().starts_with("Fehler: Anmelden"), "{}", wrong.title());
    let choose = wrong.attribute("details.languages form", "action").unwrap();
    let back = wrong.attribute("details.languages input[name=back]", "value").unwrap();
    assert_ne!(back, page.path);
    let arabic = browser.post(&choose, &[("back", &back), ("lang", "ar")]).await;
    assert_eq!((language(&arabic), &arabic.path), ("ar".into(), &page.path));
    assert_eq!(arabic.attribute("html", "dir").unwrap(), "rtl");
    assert_eq!(arabic.form(), "password");
    assert_eq!(browser.cookies[cookies::LANGUAGE], "ar");

    // It holds on every page after that, and for an error too.
    let nowhere = browser.get("/nowhere").await;
    assert_eq!((nowhere.status, language(&nowhere)), (StatusCode::NOT_FOUND, "ar".into()));
    let cancelled = browser.post(&format!("{}/cancel", page.path), &[]).await;
    assert_eq!(language(&cancelled), "ar");
    let english = browser.post(&choose, &[("back", &cancelled.path), ("lang", "en")]).await;
    assert_eq!(english.text("h1").unwrap(), "You cancelled signing in");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_choice_leads_to_our_own_pages_only(pool: PgPool) {
    let world = World::new(pool).await;
    let choose = format!("/sites/{}/language", world.site);
    for back in [
        "https://evil.example/",
        "//evil.example",
        "/sites/7/signout",
        "",
        "/",
        "/\\evil.example",
        "javascript:0",
    ] {
        let mut browser = world.browser();
        let page = browser.post(&choose, &[("back", back), ("lang", "ja")]).await;
        assert_eq!((page.status, language(&page)), (StatusCode::OK, "ja".into()), "{back}");
        assert_eq!(page.text("h1").unwrap(), "言語を設定しました", "{back}");
        assert_eq!(browser.cookies[cookies::LANGUAGE], "ja", "{back}");
    }
    for lang in ["", "xx", "EN", "de-AT", "ja\r\nset-cookie: a=b"] {
        let mut browser = world.browser();
        let page = browser.post(&choose, &[("back", &choose), ("lang", lang)]).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{lang}");
        assert!(browser.cookies.is_empty(), "{lang}");
    }
    let page = world.browser().post_cross_site(&choose, &[("lang", "ja")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_way_back_offers_no_choice(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    browser.languages = Some("fr");
    world.two_factor(false).await;
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let done = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!((language(&done), done.text("h1").unwrap()), ("fr".into(), "Connexion réussie".into()));
    assert!(done.text("details.languages").is_none(), "coming back would use the request's ID again");
    world.verify(&done, &request);
}
