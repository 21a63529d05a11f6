//! A certificate is renewed without a moment in which nobody can sign in, and back; and what Guard
//! asked is told to the administrator as it happens.

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;
use vestibule::practice::sp::{IdpSettings, Part, RequestOptions, ServiceProvider};
use vestibule::saml::rotation::{Change, Keys};
use vestibule::saml::{self, store::keys as store};

use super::trials::{keys, ready};
use crate::support::admin::{Admin, Fragment, open, trail};
use crate::support::jira::{self, ADA, BEA, Jira};
use crate::support::{Browser, ORIGIN, World, install};

/// The certificates that act on keys names, as the forms send them.
async fn act(admin: &Admin<'_>, act: &str, active: Uuid, other: Uuid) -> Fragment {
    let (active, other) = (active.to_string(), other.to_string());
    admin.post(&format!("setup/certificates/{act}"), &[("active", &active), ("other", &other)]).await
}

fn ids(keys: &Keys) -> (Uuid, Option<Uuid>, Option<Uuid>) {
    let id = |key: &Option<saml::rotation::Key>| key.as_ref().map(|key| key.id);
    (keys.active.id, id(&keys.next), id(&keys.previous))
}

/// An SP that reads the metadata now.
async fn sp(world: &World) -> ServiceProvider {
    let metadata = world.browser().get(&format!("/sites/{}/saml/metadata", world.site)).await;
    let idp = IdpSettings::from_metadata(&metadata.body).unwrap();
    ServiceProvider::new(world.sp.entity_id(), world.sp.acs_url(), idp)
}

/// Whether `sp` accepts an answer that `browser`, which has a session, is given now.
async fn accepts(world: &World, sp: &ServiceProvider, browser: &mut Browser) -> bool {
    let (url, request) = world.request(&RequestOptions::default());
    let (_, message, relay_state) = browser.get_once(&url).await.response();
    match sp.verify(&message, relay_state.as_deref(), &request, world.clock.now()) {
        Ok(_) => true,
        Err(problems) => {
            assert!(problems.0.iter().all(|problem| problem.starts_with("Signing key")), "{problems}");
            false
        }
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_certificate_is_published_ahead_switched_to_and_back(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    let ada = Admin::new(&world, ADA);
    ready(&world, &ada).await;
    ada.post("setup/finish", &[("works", "on")]).await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let old = sp(&world).await;
    let first = keys(&world, world.site).await.active;

    let made = ada.post("setup/certificates/next", &[]).await;
    assert!(made.text(".flag").contains("made and published"), "{made:?}");
    let second = keys(&world, world.site).await.next.unwrap();
    assert_eq!(made.text("#certificate-next").split(' ').next(), Some("-----BEGIN"));
    let again = ada.post("setup/certificates/next", &[]).await;
    assert!(again.text(".message.warning").contains("a next certificate already"), "{again:?}");
    let both = sp(&world).await;
    assert_eq!(both.idp().certificates_der, [first.certificate.clone(), second.certificate.clone()]);
    assert!(accepts(&world, &old, &mut browser).await && accepts(&world, &both, &mut browser).await);

    // The forms of the board name what is on it.
    let fields = made.fields("#switch form");
    let named = [("active", first.id), ("other", second.id)].map(|(name, id)| (name.into(), id.to_string()));
    assert_eq!(fields, named);
    let switched = act(&ada, "switch", first.id, second.id).await;
    assert!(switched.text(".flag").contains("new certificate signs"), "{switched:?}");
    assert_eq!(ids(&keys(&world, world.site).await), (second.id, None, Some(first.id)));
    assert!(accepts(&world, &both, &mut browser).await);
    assert!(!accepts(&world, &old, &mut browser).await, "which is why it is entered at Guard first");
    assert_eq!(sp(&world).await.idp().certificates_der, std::slice::from_ref(&second.certificate));
    // Another instance, which has used the old one, goes along.
    let (_, router) = world.second_instance();
    let mut elsewhere = Browser::new(router, ORIGIN);
    elsewhere.cookies = browser.cookies.clone();
    assert!(accepts(&world, &both, &mut elsewhere).await && !accepts(&world, &old, &mut elsewhere).await);

    // A second click.
    let again = act(&ada, "switch", first.id, second.id).await;
    assert!(again.text(".message.warning").contains("Nothing was changed"), "{again:?}");
    assert_eq!(ids(&keys(&world, world.site).await), (second.id, None, Some(first.id)));

    let back = act(&ada, "switch-back", second.id, first.id).await;
    assert!(back.text(".flag").contains("previous certificate signs again"), "{back:?}");
    assert_eq!(ids(&keys(&world, world.site).await), (first.id, Some(second.id), None));
    assert!(accepts(&world, &old, &mut browser).await && accepts(&world, &both, &mut elsewhere).await);
    let again = act(&ada, "switch-back", second.id, first.id).await;
    assert!(again.text(".message.warning").contains("Nothing was changed"), "{again:?}");

    act(&ada, "switch", first.id, second.id).await;
    ada.post("setup/certificates/next", &[]).await;
    let third = keys(&world, world.site).await.next.unwrap().id;
    let refused = act(&ada, "switch-back", second.id, first.id).await;
    assert!(refused.text(".message.warning").contains("Discard it first"), "{refused:?}");
    assert_eq!(ids(&keys(&world, world.site).await), (second.id, Some(third), Some(first.id)));
    let discarded = act(&ada, "discard", second.id, third).await;
    assert!(discarded.text(".flag").contains("is discarded"), "{discarded:?}");
    let again = act(&ada, "discard", second.id, third).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it is gone");
    assert_eq!(ids(&keys(&world, world.site).await), (second.id, None, Some(first.id)));
    // What signs now cannot be discarded.
    let refused = act(&ada, "discard", second.id, second.id).await;
    assert!(refused.text(".message.warning").contains("Nothing was changed"), "{refused:?}");

    let told = trail(&world).await;
    let told: Vec<_> = told.iter().rev().filter(|(action, ..)| action.starts_with("saml_key")).collect();
    let actions: Vec<_> = told.iter().map(|(action, ..)| action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "saml_key.created",
            "saml_key.switched",
            "saml_key.switched_back",
            "saml_key.switched",
            "saml_key.created",
            "saml_key.discarded"
        ]
    );
    assert!(told.iter().all(|(_, account, _)| account.as_deref() == Some(ADA)));
    assert_eq!(told[1].2, serde_json::json!({ "before": first.id, "after": second.id }));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_administrators_at_once_one_decides(pool: PgPool) {
    let world = open(pool).await;
    let (ada, bea) = (Admin::new(&world, ADA), Admin::new(&world, BEA));
    ready(&world, &ada).await;
    let next = "setup/certificates/next";
    let (one, two) = tokio::join!(ada.post(next, &[]), bea.post(next, &[]));
    let flags = [one.text(".flag, .message.warning"), two.text(".flag, .message.warning")];
    assert_eq!(flags.iter().filter(|flag| flag.contains("made and published")).count(), 1, "{flags:?}");
    let before = keys(&world, world.site).await;
    let (active, next) = (before.active.id, before.next.unwrap().id);
    let (one, two) = tokio::join!(act(&ada, "switch", active, next), act(&bea, "switch", active, next));
    let flags = [one.text(".flag, .message.warning"), two.text(".flag, .message.warning")];
    assert_eq!(flags.iter().filter(|flag| flag.contains("signs from now on")).count(), 1, "{flags:?}");
    assert_eq!(flags.iter().filter(|flag| flag.contains("Nothing was changed")).count(), 1, "{flags:?}");
    assert_eq!(ids(&keys(&world, world.site).await), (next, None, Some(active)));
    let told = trail(&world).await;
    assert_eq!(told.iter().filter(|(action, ..)| action == "saml_key.switched").count(), 1, "{told:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn certificates_of_another_site_are_not_there(pool: PgPool) {
    let world = open(pool).await;
    let jira = Jira::start().await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    jira::at(&world, other, &jira).await;
    let (ada, elsewhere) = (Admin::new(&world, ADA), Admin::at(&world, other, ADA));
    // A switch at each, so that every state is there.
    for (admin, site) in [(&ada, world.site), (&elsewhere, other)] {
        ready(&world, admin).await;
        admin.post("setup/certificates/next", &[]).await;
        let keys = keys(&world, site).await;
        act(admin, "switch", keys.active.id, keys.next.unwrap().id).await;
        admin.post("setup/certificates/next", &[]).await;
    }
    let (mine, theirs) = (keys(&world, world.site).await, keys(&world, other).await);
    let (active, next, previous) = ids(&mine);
    let (their_active, _, _) = ids(&theirs);
    let events = trail(&world).await.len();
    for (path, other_key) in
        [("discard", next), ("switch", next), ("switch-back", previous)].map(|(a, b)| (a, b.unwrap()))
    {
        for (first, second) in
            [(active, other_key), (their_active, other_key), (their_active, Uuid::from_u128(1))]
        {
            let answer = act(&elsewhere, path, first, second).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {answer:?}");
        }
        let answer = elsewhere.post(&format!("setup/certificates/{path}"), &[("active", "x")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} without ids");
    }
    assert_eq!((keys(&world, world.site).await, keys(&world, other).await), (mine, theirs));
    assert_eq!(trail(&world).await.len(), events);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn changes_of_keys_are_decided_on_locked_rows(pool: PgPool) {
    let world = World::new(pool).await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let theirs = keys(&world, other).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (app, site) = (world.app.clone(), world.site);
        tasks.spawn(async move {
            let key = saml::new_key(&app, site).await.unwrap();
            let mut tx = app.db.begin().await.unwrap();
            let change = store::add_next(&mut tx, &app, site, &key).await.unwrap();
            tx.commit().await.unwrap();
            change
        });
    }
    let changes = tasks.join_all().await;
    assert_eq!(changes.iter().filter(|change| **change == Change::Done).count(), 1, "{changes:?}");
    assert_eq!(changes.iter().filter(|change| **change == Change::NextExists).count(), 3, "{changes:?}");

    let (first, next, _) = ids(&keys(&world, world.site).await);
    let second = next.unwrap();
    let mut conn = world.app.db.acquire().await.unwrap();
    // Ids that are not what they are taken for, or not the site's.
    for (site, active, next) in [
        (world.site, second, first),
        (world.site, first, first),
        (other, first, second),
        (other, theirs.active.id, second),
    ] {
        assert_eq!(store::switch(&mut conn, site, active, next).await.unwrap(), Change::Stale);
        assert_eq!(store::switch_back(&mut conn, site, active, next).await.unwrap(), Change::Stale);
    }
    assert_eq!(store::discard_next(&mut conn, other, second).await.unwrap(), Change::Stale);
    assert!(store::stored(&mut conn, other, second).await.unwrap().is_none());
    assert!(store::stored(&mut conn, world.site, second).await.unwrap().is_some());
    drop(conn);

    // A switch and a discard of the same key: whichever comes first, there is one that signs.
    let (app, site) = (world.app.clone(), world.site);
    let discard = async {
        let mut tx = app.db.begin().await.unwrap();
        let change = store::discard_next(&mut tx, site, second).await.unwrap();
        tx.commit().await.unwrap();
        change
    };
    let switch = async {
        let mut tx = app.db.begin().await.unwrap();
        let change = store::switch(&mut tx, site, first, second).await.unwrap();
        tx.commit().await.unwrap();
        change
    };
    let changes = tokio::join!(discard, switch);
    let expected = match changes {
        (Change::Done, Change::Stale) => (first, None, None),
        (Change::Stale, Change::Done) => (second, None, Some(first)),
        both => panic!("{both:?}"),
    };
    assert_eq!(ids(&keys(&world, site).await), expected);
    assert_eq!(keys(&world, other).await, theirs);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_trace_is_sent_when_there_is_something_new_and_says_nothing_unescaped(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let seen = |fragment: &Fragment| {
        let asks = fragment.attribute("#trace", "hx-get");
        asks.split("/admin/").nth(1).expect("where it asks").to_owned()
    };
    let empty = ada.get("setup/trace").await;
    assert!(empty.text(".empty").contains("Waiting for the first sign-in"), "{empty:?}");
    assert_eq!(ada.get(&seen(&empty)).await.status, StatusCode::NO_CONTENT);

    let (url, request) = world.request(&RequestOptions::default());
    world.browser().get(&url).await;
    let one = ada.get(&seen(&empty)).await;
    assert_eq!(one.status, StatusCode::OK);
    assert!(one.text(".lozenge").contains("Asked") && one.body.contains(&request.id), "{one:?}");
    assert_eq!(ada.get(&seen(&one)).await.status, StatusCode::NO_CONTENT);
    world.pass(Duration::minutes(3));
    let later = ada.get(&seen(&one)).await;
    assert!(later.text("time").contains("3 minutes ago"), "the times stay true: {later:?}");
    assert_eq!(ada.get(&seen(&later)).await.status, StatusCode::NO_CONTENT);

    // What a stranger sends is text, wherever it is shown.
    let issuer = "https://x.example/\"><img src=x onerror=alert(1)><script>alert(2)</script>'";
    let options = RequestOptions { issuer: Part::Other(issuer.into()), ..RequestOptions::default() };
    let (url, _) = world.request(&options);
    assert_eq!(world.browser().get_once(&url).await.status, StatusCode::BAD_REQUEST);
    let two = ada.get(&seen(&one)).await;
    assert_eq!(two.status, StatusCode::OK);
    assert!(two.text("dl.facts").contains(issuer), "it is told: {two:?}");
    assert!(!two.body.contains("<img") && !two.body.contains("<script"), "{two:?}");
    assert_eq!(two.attribute("img, script, [onerror]", "src"), "");
    assert_eq!(two.attribute("li:first-child .lozenge", "class"), "lozenge removed");
    assert_eq!(ada.get(&seen(&two)).await.status, StatusCode::NO_CONTENT);
    // Whatever a page says it has seen, it is told what there is.
    for known in ["setup/trace", "setup/trace?seen=", "setup/trace?seen=x%00%22", &seen(&one)] {
        assert_eq!(ada.get(known).await.status, StatusCode::OK, "{known}");
    }
}
