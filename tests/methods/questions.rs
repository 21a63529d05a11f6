//! Security questions (security.md K1-K4).

use std::collections::BTreeMap;

use sqlx::PgPool;
use time::Duration;
use tokio::task::JoinSet;
use vestibule::factors::Method;
use vestibule::policy::Settings;
use vestibule::practice::sp::{Outstanding, RequestOptions};

use super::{allow, failures, is_told, past_the_password};
use crate::support::{Browser, PASSWORD, Page, World};

/// Questions and what Zoë answers.
type Answers = BTreeMap<String, &'static str>;

async fn world(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, &[Method::Questions]).await;
    world
}

/// Sets three questions up; the final page.
async fn enrol(world: &World, browser: &mut Browser) -> (Page, Outstanding, Answers) {
    let (mut page, request) = past_the_password(world, browser).await;
    let mut given = Answers::new();
    for (number, answer) in [(1, "Nick Cave"), (2, "Momo"), (3, "Frau  Holle")] {
        assert_eq!(page.form(), "enrol");
        assert!(page.body.contains(&format!("Question {number} of 3")), "{}", page.body);
        let question = page.texts("option")[1].clone();
        page = browser.submit(&page, &[("question", &question), ("answer", answer)]).await;
        given.insert(question, answer);
    }
    (page, request, given)
}

/// The questions on a page, in their order.
fn asked(page: &Page) -> Vec<String> {
    assert_eq!(page.form(), "challenge", "{page:?}");
    page.texts(".field label")
}

async fn answer(browser: &mut Browser, page: &Page, answers: &[&str]) -> Page {
    let names = ["answer-1", "answer-2"];
    let fields: Vec<_> = names.into_iter().zip(answers.iter().copied()).collect();
    browser.submit(page, &fields).await
}

async fn answer_right(browser: &mut Browser, page: &Page, given: &Answers) -> Page {
    let answers: Vec<_> = asked(page).iter().map(|question| given[question]).collect();
    answer(browser, page, &answers).await
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn three_are_set_two_are_asked_and_another_pair_next_time(pool: PgPool) {
    let world = world(pool).await;
    let mut browser = world.browser();
    let (page, request, given) = enrol(&world, &mut browser).await;
    assert_eq!(given.len(), 3);
    let told = world.verify(&page, &request).assertion.unwrap();
    // A password's word for it: answers raise nothing (K4).
    assert!(told.authn_context.ends_with("PasswordProtectedTransport"), "{}", told.authn_context);

    let mut pairs = Vec::new();
    for _ in 0..3 {
        world.pass(Duration::minutes(1));
        let (page, request) = past_the_password(&world, &mut browser).await;
        pairs.push(asked(&page));
        let page = answer_right(&mut browser, &page, &given).await;
        world.verify(&page, &request);
    }
    assert!(pairs.iter().all(|pair| pair.len() == 2) && pairs[0] != pairs[1] && pairs[1] != pairs[2]);
    assert_eq!(failures(&world).await, 0);

    // However they are typed.
    let (page, request) = past_the_password(&world, &mut browser).await;
    let shouted: Vec<_> = asked(&page).iter().map(|it| format!(" {} . ", given[it].to_uppercase())).collect();
    let shouted: Vec<_> = shouted.iter().map(String::as_str).collect();
    world.verify(&answer(&mut browser, &page, &shouted).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_asked_stays_until_it_is_answered_and_failures_are_kept(pool: PgPool) {
    let world = world(pool).await;
    let mut browser = world.browser();
    let (_, _, given) = enrol(&world, &mut browser).await;
    let (page, _) = past_the_password(&world, &mut browser).await;
    let questions = asked(&page);
    let wrong = answer(&mut browser, &page, &[given[&questions[0]], "Momo the second"]).await;
    is_told(&wrong, "At least one answer differs");
    assert_eq!(wrong.texts("[aria-invalid=true]").len(), 2, "nobody learns which one");
    assert_eq!(asked(&wrong), questions);
    assert_eq!(failures(&world).await, 1);
    is_told(&answer(&mut browser, &wrong, &[given[&questions[0]], " "]).await, "Answer every question");
    assert_eq!(failures(&world).await, 1, "nothing to be counted");

    // From the beginning, in another browser, and after cancelling: the same, and the count goes on.
    for _ in 0..2 {
        let mut other = world.browser();
        let (page, _) = past_the_password(&world, &mut other).await;
        assert_eq!(asked(&page), questions);
        let page = other.post(&page.action("/restart"), &[]).await;
        let page = other.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
        assert_eq!(asked(&page), questions);
        is_told(&answer(&mut other, &page, &["x y z", "u v w"]).await, "That isn't right");
    }
    assert_eq!(failures(&world).await, 3);
    for _ in 0..2 {
        answer(&mut browser, &page, &["x y z", "u v w"]).await;
    }
    let hashes = world.app.hasher.hashes();
    let (page, request) = past_the_password(&world, &mut browser).await;
    let hashes_of_a_password = world.app.hasher.hashes() - hashes;
    let waits = answer_right(&mut browser, &page, &given).await;
    is_told(&waits, "Too many tries");
    assert_eq!(world.app.hasher.hashes(), hashes + hashes_of_a_password, "not looked at");
    world.pass(Duration::seconds(16));
    world.verify(&answer_right(&mut browser, &waits, &given).await, &request);
    assert_eq!(failures(&world).await, 0);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn weak_answers_are_refused_beside_their_field(pool: PgPool) {
    let world = world(pool).await;
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    let questions = page.texts("option");
    let (first, second) = (questions[1].as_str(), questions[2].as_str());
    is_told(&browser.submit(&page, &[("answer", "Nick Cave")]).await, "Choose a question");
    is_told(
        &browser.submit(&page, &[("question", "Who?"), ("answer", "Nick Cave")]).await,
        "Choose a question",
    );
    for (answer, words) in [
        ("", "Enter an answer"),
        ("no", "others try first"),
        ("Jo", "too short"),
        ("Zoë", "your name"),
        ("The first concert", "repeats the question"),
        (&"long ".repeat(60), "too long"),
    ] {
        let page = browser.submit(&page, &[("question", first), ("answer", answer)]).await;
        is_told(&page, words);
        assert_eq!(page.attribute("[autofocus]", "id").as_deref(), Some("answer"));
        assert_eq!(page.attribute("option[selected]", "value").as_deref(), Some(first), "kept");
        assert!(page.attribute("#answer", "value").is_none(), "never shown again");
    }
    let page = browser.submit(&page, &[("question", first), ("answer", "Nick Cave")]).await;
    assert!(!page.texts("option").contains(&first.to_owned()), "each once");
    let again = browser.submit(&page, &[("question", second), ("answer", "NICK CAVE")]).await;
    is_told(&again, "given that answer already");
    // Not confirmed, no factor (T4).
    let (page, _) = past_the_password(&world, &mut world.browser()).await;
    assert!(page.body.contains("Question 1 of 3"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_guesses_at_once_each_is_counted(pool: PgPool) {
    let world = world(pool).await;
    enrol(&world, &mut world.browser()).await;
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let mut browser = world.browser();
        let (page, _) = past_the_password(&world, &mut browser).await;
        waiting.push((browser, page));
    }
    let mut tasks = JoinSet::new();
    for (mut browser, page) in waiting {
        tasks.spawn(async move { answer(&mut browser, &page, &["guess one", "guess two"]).await.body });
    }
    let pages = tasks.join_all().await;
    assert_eq!(pages.iter().filter(|page| page.contains("At least one answer differs")).count(), 5);
    assert_eq!(pages.iter().filter(|page| page.contains("Too many tries")).count(), 3);
    assert_eq!(failures(&world).await, 5);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn off_until_switched_on_and_nobody_reads_an_answer(pool: PgPool) {
    assert!(!Settings::default().methods.contains(Method::Questions));
    let world = world(pool).await;
    let (_, _, given) = enrol(&world, &mut world.browser()).await;
    let rows: Vec<String> = sqlx::query_scalar(
        "select f::text from factors f union all select s::text from signins s union all select a::text from audit_events a",
    )
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    let all = rows.join("\n").to_lowercase();
    assert!(all.contains("$argon2id$"));
    for answer in given.values() {
        assert!(!all.contains(&answer.to_lowercase()), "{answer}");
    }
    // An SP that asks for a second factor is told of none.
    let asks = RequestOptions {
        authn_context: Some("https://refeds.org/profile/mfa".into()),
        ..RequestOptions::default()
    };
    let mut browser = world.browser();
    let (url, request) = world.request(&asks);
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let page = answer_right(&mut browser, &page, &given).await;
    assert_eq!(world.verify(&page, &request).status.codes, ["Responder", "NoAuthnContext"]);
}

/// What an app is worth, and what questions are not, is said where somebody chooses (C1).
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn beside_an_app_they_are_called_less_secure(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, &[Method::Totp, Method::Questions]).await;
    let (page, _) = past_the_password(&world, &mut world.browser()).await;
    let tag = |word: &str| page.text(&format!("button[value={word}] .tag"));
    assert_eq!(tag("totp").as_deref(), Some("Recommended"));
    assert_eq!(tag("questions").as_deref(), Some("Less secure"));
}

/// A question belongs to its answer in whichever language it was chosen and is asked.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn recommended_questions_are_asked_in_the_customers_language(pool: PgPool) {
    let world = world(pool).await;
    let own = "Was stand auf dem ersten Schild?";
    world
        .policy(|policy| {
            policy.settings.questions.list.truncate(3);
            policy.settings.questions.list[2] = own.to_owned();
            policy.settings.questions.to_ask = 3;
        })
        .await;
    let list = &Settings::default().questions.list;
    let mut browser = world.browser();
    browser.languages = Some("de");
    let (mut page, request) = past_the_password(&world, &mut browser).await;
    let german = page.texts("option");
    assert!(german[1].starts_with("Welches Konzert") && german[2].starts_with("Welches Buch"), "{german:?}");
    assert_eq!(german[3], own, "as the admin wrote it");
    // Words of the question answer nothing, in the language it was read in either.
    let weak = browser.submit(&page, &[("question", &list[0]), ("answer", "Konzert")]).await;
    assert_eq!(weak.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(weak.attribute("option[selected]", "value").as_ref(), Some(&list[0]));
    for (question, answer) in [(&list[0], "Nick Cave"), (&list[1], "Momo"), (&own.to_owned(), "Frau Holle")] {
        assert!(page.texts("option").len() > 1, "{page:?}");
        page = browser.submit(&page, &[("question", question), ("answer", answer)]).await;
    }
    world.verify(&page, &request);
    for (languages, first) in
        [("de", german[1].as_str()), ("en", list[0].as_str()), ("ja", "親の付き添いなしで")]
    {
        world.pass(Duration::minutes(1));
        let mut elsewhere = world.browser();
        elsewhere.languages = Some(languages);
        let (page, request) = past_the_password(&world, &mut elsewhere).await;
        let asked = asked(&page);
        assert!(asked[0].starts_with(first), "{languages}: {asked:?}");
        assert_eq!(asked[2], own, "{languages}");
        let right = [("answer-1", "Nick Cave"), ("answer-2", "Momo"), ("answer-3", "Frau Holle")];
        world.verify(&elsewhere.submit(&page, &right).await, &request);
    }
}
