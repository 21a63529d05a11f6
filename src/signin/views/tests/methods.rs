//! Every method's pages, of its enrolment and its challenge, in every state that a form can bring them
//! to without another server.

use std::fs;

use askama::Template;
use axum::extract::FromRequestParts;
use scraper::Html;
use serde_json::{Value, json};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::*;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::customers::{Customer, CustomerId};
use crate::factors::kind::{Confirmation, Desk, Fields, Judgement, NewFactor, Slot};
use crate::factors::{Factor, FactorId, Method, sent_code};
use crate::policy::Settings;
use crate::random::Random;
use crate::sites::{Site, SiteId, SiteStatus};
use crate::web::Visitor;

const NOW: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

/// A deployment whose database nobody asks.
fn app() -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let secret = |byte: u8| {
        let secret: [u8; 32] = std::array::from_fn(|at| byte.wrapping_add((at * at) as u8));
        crate::config::encode_secret(&secret).to_string()
    };
    let config = Config::load(|name| match name {
        "VESTIBULE_BASE_URL" => Some("https://signin.example.com".into()),
        "VESTIBULE_MASTER_KEY" => Some(secret(3)),
        "VESTIBULE_PASSWORD_PEPPER" => Some(secret(5)),
        _ => None,
    });
    let db = sqlx::PgPool::connect_lazy("postgres://nobody@localhost/nothing").unwrap();
    App::new(config.unwrap(), db, Clock::fixed(NOW), Random::seeded(1))
}

fn site() -> Site {
    Site {
        id: SiteId(Uuid::from_u128(7)),
        client_key: "c".into(),
        base_url: "https://northwind.example".into(),
        display_url: "https://northwind.example".into(),
        product_type: "jira".into(),
        status: SiteStatus::Installed,
        service_provider: None,
        licence: None,
        installed_at: NOW,
        uninstalled_at: None,
    }
}

fn customer() -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(3)),
        site: SiteId(Uuid::from_u128(7)),
        email: ACCOUNT.into(),
        username: None,
        given_name: "Zoë".into(),
        family_name: "Lindqvist".into(),
        password_set_at: Some(NOW),
        frozen_at: None,
        created_at: NOW,
    }
}

/// A state of a method: what is kept, and whether it is of an enrolment.
struct Stand {
    name: String,
    state: Value,
    enrolling: bool,
}

/// What people send: nothing, too little, and what is no answer.
fn forms() -> Vec<Fields> {
    let form = |fields: &[(&str, &str)]| {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    };
    let (first, all) = (Settings::default().questions.list[0].clone(), ["answer-1", "answer-2"]);
    vec![
        form(&[]),
        form(&[("code", "12"), ("number", "12"), ("question", &first), ("answer", "no"), (all[0], "x")]),
        form(&[("code", "123456"), ("number", "+49 15 call"), ("question", &first), ("answer", "")]),
        form(&[("code", "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj"), ("number", "+49123456789012345")]),
        form(&[("code", "0000-0000-0000-0000"), (all[0], "x y z"), (all[1], "u v w")]),
    ]
}

/// A factor as its method keeps one, made through its own enrolment where that needs no other server.
fn factor(method: Method, app: &App, new: NewFactor) -> Factor {
    let (id, site) = (FactorId(Uuid::from_u128(9)), SiteId(Uuid::from_u128(7)));
    let label = crate::vault::Label { kind: method.word(), site: site.0, owner: id.0 };
    Factor {
        id,
        site,
        customer: CustomerId(Uuid::from_u128(3)),
        method,
        name: new.name,
        sealed_secret: new.secret.map(|secret| app.vault.seal(label, &secret)),
        data: new.data,
        failures: 0,
        last_failure_at: None,
        created_at: NOW,
        last_used_at: None,
    }
}

/// One to be asked for; none for a kind whose factors only a device can make.
async fn own(method: Method, desk: &Desk<'_>) -> Option<Factor> {
    let new = match method {
        Method::Totp => NewFactor {
            secret: Some(vec![7; 20].into()),
            data: json!({ "last_step": null, "burned_steps": [] }),
            ..NewFactor::default()
        },
        Method::BackupCodes => NewFactor { data: json!({ "codes": [] }), ..NewFactor::default() },
        Method::Yubikey => NewFactor {
            data: json!({ "public_id": "cccccckdvvul", "session": 1, "in_session": 1 }),
            ..NewFactor::default()
        },
        Method::Duo => NewFactor { data: json!({ "username": ACCOUNT }), ..NewFactor::default() },
        Method::Sms => NewFactor { secret: Some(b"+4915123456789".to_vec().into()), ..NewFactor::default() },
        Method::EmailCode => NewFactor::default(),
        Method::Questions => {
            let hash = desk
                .app
                .hasher
                .hash(&crate::customers::password::Normalised::new("momo").unwrap(), [0; 16])
                .await
                .unwrap();
            let kept = |question: &String| json!({ "question": question, "hash": hash });
            let questions: Vec<_> = desk.settings.questions.list.iter().take(3).map(kept).collect();
            NewFactor { data: json!({ "questions": questions, "next": 0 }), ..NewFactor::default() }
        }
        #[allow(unreachable_patterns, reason = "kinds to come")]
        _ => return None,
    };
    Some(factor(method, desk.app, new))
}

/// The states a method's pages are shown in, followed from form to form, and what each form is told.
async fn stands(method: Method, desk: &Desk<'_>, own: &[Factor]) -> Vec<(Stand, Vec<Problem>)> {
    let begun = method.begin(desk, own).unwrap();
    let unsent = begun.deed.map(|sending| sending.unsent);
    let mut waiting: Vec<_> = [Some(begun.state), unsent].into_iter().flatten().collect();
    let mut stands = Vec::new();
    while let Some(state) = waiting.pop() {
        let mut problems = Vec::new();
        let number: Fields = Fields([("number".to_owned(), "+49 151 23456789".to_owned())].into());
        let answer: Fields = Fields(
            [
                ("question".to_owned(), desk.settings.questions.list[0].clone()),
                ("answer".to_owned(), "Nick Cave".to_owned()),
            ]
            .into(),
        );
        let further = (stands.len() < 3).then_some([number, answer]).into_iter().flatten();
        for form in forms().into_iter().chain(further) {
            match method.confirm(desk, state.clone(), &form).await.unwrap() {
                Confirmation::Refused { problem, .. } | Confirmation::Again { problem, .. } => {
                    problems.push(problem);
                }
                Confirmation::Next(begun) => {
                    waiting.push(begun.state);
                    waiting.extend(begun.deed.map(|sending| sending.unsent));
                }
                Confirmation::Done(_) => {}
            }
        }
        let name = format!("{}-enrol-{}", method.word(), stands.len());
        stands.push((Stand { name, state, enrolling: true }, problems));
    }
    if own.is_empty() {
        return stands;
    }
    let begun = method.ask(desk, own).unwrap();
    let unsent = begun.deed.map(|sending| sending.unsent);
    for (at, state) in [Some(begun.state), unsent].into_iter().flatten().enumerate() {
        let mut problems = vec![Problem::off()];
        if at == 0 {
            problems.push(Problem::wait(40, method.field())); // nobody guesses at a code that was not sent
        }
        for form in forms() {
            let consulted = method.consult(desk, state.clone(), own, &form).await.unwrap();
            let judged = method.judge(desk, state.clone(), &mut own.to_vec(), &form, consulted).unwrap();
            match judged {
                Judgement::Wrong { problem, .. } | Judgement::Refused { problem, .. } => {
                    problems.push(problem)
                }
                Judgement::Right(_) => {}
            }
        }
        stands
            .push((Stand { name: format!("{}-ask-{at}", method.word()), state, enrolling: false }, problems));
    }
    stands
}

/// The page as `signin::pages` makes it.
fn page(
    method: Method,
    desk: &Desk<'_>,
    stand: &Stand,
    own: &[Factor],
    problem: Option<Problem>,
) -> FactorPage {
    let form = if stand.enrolling { "enrol" } else { "challenge" };
    let slot = Slot {
        lang: Lang::English,
        action: format!("/sites/7b0c/signin/2f1e/{form}"),
        again: format!("/sites/7b0c/signin/2f1e/{form}/other"),
        method: method.word(),
        account: ACCOUNT,
        problem: problem.as_ref(),
        remember_days: (!stand.enrolling).then_some(30),
        remembers: false,
        adding: false,
    };
    let body = if stand.enrolling {
        method.enrolment(desk, &slot, stand.state.clone()).unwrap()
    } else {
        method.challenge(desk, &slot, stand.state.clone(), own).unwrap()
    };
    FactorPage { body, ..super::factor(problem) }
}

#[tokio::test]
async fn every_method_in_every_state() {
    let (app, site, customer, settings) = (app(), site(), customer(), Settings::default());
    let mut parts = axum::http::Request::new(()).into_parts().0;
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let desk = Desk {
        app: &app,
        site: &site,
        site_name: "Northwind Support",
        customer: &customer,
        settings: &settings,
        visitor: &visitor,
        ceremony: Uuid::from_u128(5),
        lang: Lang::English,
        now: NOW,
    };
    fs::create_dir_all(folder()).unwrap();
    for method in Method::ALL.iter().copied() {
        let own: Vec<Factor> = own(method, &desk).await.into_iter().collect();
        for (stand, mut problems) in stands(method, &desk, &own).await {
            if matches!(method, Method::Sms | Method::EmailCode) {
                problems.push(sent_code::too_many(NOW + Duration::HOUR, NOW));
            }
            let states = std::iter::once(None).chain(problems.into_iter().map(Some)).enumerate();
            for (at, problem) in states {
                let name = format!("method-{}-{at}", stand.name);
                let (wrong, field) = (problem.is_some(), problem.as_ref().map(|problem| problem.field));
                let can_retry = problem.as_ref().is_none_or(|problem| problem.can_retry);
                let html = page(method, &desk, &stand, &own, problem).render().unwrap();
                fs::write(folder().join(format!("{name}.html")), &html).unwrap();
                look(&name, &html, wrong, field, can_retry);
            }
        }
    }
}

/// What holds for every page, and for one that tells of something wrong.
fn look(name: &str, html: &str, wrong: bool, field: Option<&str>, can_retry: bool) {
    let page = Html::parse_document(html);
    assert_eq!(page.errors, Vec::<String>::new(), "{name}: well-formed");
    assert_eq!(all(&page, "h1").len(), 1, "{name}: one h1");
    let title: String = all(&page, "title")[0].text().collect();
    assert_eq!(title.starts_with("Error: "), wrong, "{name}: {title}");
    for said in ["signin-", "common-"] {
        assert!(!html.contains(said), "{name}: a message's name");
    }
    assert!(!html.contains(">factors-"), "{name}: a message's name");
    fields(name, &page);
    for select in all(&page, "select") {
        let id = select.attr("id").unwrap();
        assert_eq!(all(&page, &format!("label[for={id}]")).len(), 1, "{name}: a label for {id}");
    }
    if html.contains(" style=") {
        panic!("{name}: no inline style");
    }
    match field {
        None => {}
        Some(_) if !can_retry => the_error(&format!("{name}-FactorOff"), &page),
        // About nothing in particular: no link, and the first field has the focus (`fields`).
        Some("") => assert_eq!(all(&page, "#problem[role=alert] strong").len(), 1, "{name}"),
        // About a button, which the script shows: the link leads to it.
        Some(field) if !all(&page, &format!("button#{field}")).is_empty() => {
            assert_eq!(all(&page, &format!("#problem[role=alert] a[href='#{field}']")).len(), 1, "{name}");
        }
        Some(_) => the_error(name, &page),
    }
}
