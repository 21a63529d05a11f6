//! What Jira tells of desks and customers, in good days and bad, asked of the practice Jira.

use std::collections::BTreeSet;

use sqlx::PgPool;
use vestibule::app::App;
use vestibule::clock::Clock;
use vestibule::jira::desks::{self, Created, Page};
use vestibule::jira::presence::{self, Asked, Presence};
use vestibule::jira::rest::RestFault;
use vestibule::practice::jira::{Act, Jira, Trouble};
use vestibule::practice::{Doors, Folder, Ports, Surroundings};
use vestibule::sites::{self, Site};

use crate::support::{self, START};

pub struct Scene {
    pub app: App,
    pub jira: Jira,
    pub site: Site,
    pub clock: Clock,
    _folder: tempfile::TempDir,
}

/// The real server with the practice Jira that installed it.
pub async fn open(pool: PgPool) -> Scene {
    let doors = Doors::open(Ports::ANY).await.unwrap();
    let mut config = support::config();
    doors.configure(&mut config).unwrap();
    let (app_door, practice, links) = doors.split();
    let clock = Clock::fixed(START);
    let app = support::app(config, &pool, &clock, 1);
    let router = vestibule::routes::router(app.clone());
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(app_door, service).await });
    let folder = tempfile::tempdir().unwrap();
    let jira = Jira::open(Surroundings {
        links,
        folder: Folder::open(folder.path()).unwrap(),
        clock: clock.clone(),
        random: vestibule::random::Random::seeded(7),
        http: reqwest::Client::builder().build().unwrap(),
    })
    .unwrap();
    let router = jira.router();
    tokio::spawn(async move { axum::serve(practice.jira, router).await });
    jira.act(Act::Install).await.unwrap();
    let id: uuid::Uuid = sqlx::query_scalar("select id from sites").fetch_one(&pool).await.unwrap();
    let mut conn = app.db.acquire().await.unwrap();
    let site = sites::store::find(&mut conn, sites::SiteId(id)).await.unwrap().unwrap();
    drop(conn);
    Scene { app, jira, site, clock, _folder: folder }
}

impl Scene {
    async fn page(&self, desk: &str, start: u32) -> Result<Page<desks::Account>, RestFault> {
        desks::customers(&self.app, &self.site, desk, "", start).await
    }

    pub fn trouble(&self, desks: Trouble) {
        self.jira.switch(vestibule::practice::jira::Switches { desks, ..self.jira.switches() }).unwrap();
    }

    /// The first fault of two calls in a row, and whether the other one was answered.
    async fn one_fault_of_two(&self) -> RestFault {
        match (self.page("1", 0).await, self.page("1", 0).await) {
            (Err(fault), Ok(_)) | (Ok(_), Err(fault)) => fault,
            other => panic!("{other:?}"),
        }
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn every_customer_of_every_desk_is_found_once(pool: PgPool) {
    let scene = open(pool).await;
    let (mut seen, mut told, mut hidden, mut portal_only) = (BTreeSet::new(), 0, 0, 0);
    for desk in desks::desks(&scene.app, &scene.site).await.unwrap() {
        let mut next = Some(0);
        while let Some(start) = next {
            let page = scene.page(&desk.id, start).await.unwrap();
            for account in page.values {
                told += 1;
                hidden += usize::from(account.email_address.is_none());
                portal_only += usize::from(account.is_portal_only());
                seen.insert(account.account_id);
            }
            next = page.next;
        }
    }
    assert_eq!((seen.len(), told), (3_000, 3_500), "two desks share 500");
    assert!(hidden > 0 && portal_only < told);
    let found = desks::customers(&scene.app, &scene.site, "1", "Chloé K", 0).await.unwrap();
    let names = found.values.iter().map(|account| account.display_name.as_deref().unwrap());
    assert!(names.clone().count() > 0 && names.clone().all(|name| name == "Chloé Kovács"), "{found:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn organisations_and_accounts_are_told(pool: PgPool) {
    let scene = open(pool).await;
    let (app, site) = (&scene.app, &scene.site);
    let all = desks::organisations(app, site).await.unwrap();
    assert_eq!((all.len(), all[1].name.as_str()), (5, "Harbour, Inc."));
    assert_eq!(desks::organisations_of(app, site, "1").await.unwrap(), all);
    assert_eq!(desks::organisations_of(app, site, "4").await.unwrap(), []);
    let users = desks::users_of(app, site, &all[0].id, 550).await.unwrap();
    assert_eq!((users.values.len(), users.next), (50, None));

    let accounts: Vec<String> = users.values.iter().map(|account| account.account_id.clone()).collect();
    let mut asked: Vec<&str> = accounts.iter().map(String::as_str).take(30).collect();
    asked.push("qm:gone:0001");
    let found = desks::accounts(app, site, &asked).await.unwrap();
    assert_eq!(found, users.values[..30], "who is gone is left out");
    assert_eq!(desks::accounts(app, site, &[]).await.unwrap(), []);

    let created = desks::create(app, site, "New@customer.example", "New One").await.unwrap();
    assert!(matches!(&created, Created::New(account) if account.is_portal_only()), "{created:?}");
    assert_eq!(desks::create(app, site, "new@customer.example", "New One").await.unwrap(), Created::Exists);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn each_trouble_of_jira_is_told_from_the_others(pool: PgPool) {
    let scene = open(pool).await;
    scene.trouble(Trouble::Limited);
    let fault = scene.one_fault_of_two().await;
    assert!(matches!(fault, RestFault::Busy { retry_after: Some(1), .. }) && fault.will_pass(), "{fault:?}");
    scene.trouble(Trouble::Unavailable);
    let fault = scene.one_fault_of_two().await;
    assert!(matches!(fault, RestFault::Busy { retry_after: Some(2), .. }) && fault.will_pass(), "{fault:?}");
    scene.trouble(Trouble::Cut);
    let fault = scene.one_fault_of_two().await;
    assert!(matches!(fault, RestFault::Away(_)) && fault.will_pass(), "{fault:?}");

    scene.trouble(Trouble::Forbidden);
    let fault = scene.page("3", 0).await.unwrap_err();
    assert!(matches!(fault, RestFault::Forbidden) && !fault.will_pass(), "{fault:?}");
    assert_eq!(scene.page("1", 0).await.unwrap().values.len(), 50, "the other desks go on");
    for (trouble, words) in [(Trouble::Html, "not understood"), (Trouble::Huge, "longer than 2 MiB")] {
        scene.trouble(trouble);
        let fault = scene.page("1", 0).await.unwrap_err();
        assert!(matches!(fault, RestFault::Odd(_)) && fault.to_string().contains(words), "{fault:?}");
    }
    scene.trouble(Trouble::None);
    let fault = scene.page("9/../1", 0).await.unwrap_err();
    assert!(matches!(fault, RestFault::Missing), "{fault:?}");
    // A secret that Jira has changed meanwhile without the app's knowing.
    let mut stranger = scene.site.clone();
    stranger.id = support::install(&scene.app, "client-key-2", "https://other.atlassian.net").await;
    let fault = desks::desks(&scene.app, &stranger).await.unwrap_err();
    assert!(matches!(fault, RestFault::Unauthorized) && !fault.will_pass(), "{fault:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whether_accounts_still_exist_is_told_for_each(pool: PgPool) {
    let scene = open(pool).await;
    let (app, site) = (&scene.app, &scene.site);
    let page = scene.page("1", 0).await.unwrap().values;
    let active = page.iter().find(|a| a.active == Some(true) && a.email_address.is_some()).unwrap();
    let inactive = page.iter().find(|a| a.active == Some(false)).unwrap();
    let email = active.email_address.as_deref().unwrap();
    let legal = scene.page("3", 0).await.unwrap().values;
    let legal = legal.iter().find_map(|account| account.email_address.clone()).unwrap();
    let by_id = |id| Asked { email: "", account: Some(id) };
    let by_email = |email| Asked { email, account: None };
    let asked = [
        by_id(&active.account_id),
        by_id(&inactive.account_id),
        by_id("qm:gone:0001"),
        by_email(email),
        by_email("nobody@example.com"),
        by_email(&legal),
    ];
    let seen = presence::look(app, site, &asked).await;
    let told: Vec<_> = seen.into_iter().map(|seen| seen.map(|seen| (seen.presence, seen.account))).collect();
    assert_eq!(told[0], Ok((Presence::Active, Some(active.account_id.clone()))));
    assert_eq!(told[1], Ok((Presence::Inactive, Some(inactive.account_id.clone()))));
    assert_eq!(told[2], Ok((Presence::Absent, Some("qm:gone:0001".into()))));
    assert_eq!(told[3], told[0], "and the id is known from now on");
    assert_eq!(told[4], Ok((Presence::Absent, None)));
    assert!(matches!(&told[5], Ok((_, Some(_)))), "{told:?}");

    scene.trouble(Trouble::Forbidden);
    let hidden = presence::look(app, site, &[by_email(&legal), by_email(email)]).await;
    assert_eq!(hidden[0], Err("Not found, but the app may not see the customers of Legal.".into()));
    assert!(hidden[1].is_ok(), "the others are told");
    scene.trouble(Trouble::Limited);
    let many = ["nobody@example.com"; 9].map(by_email);
    let busy = presence::look(app, site, &many).await;
    let why = busy.last().unwrap().as_ref().unwrap_err();
    assert_eq!(why, "Jira is busy (status 429 Too Many Requests): try again in 1 second.");
    scene.trouble(Trouble::None);
    let many = ["nobody@example.com"; 40].map(by_email);
    let seen = presence::look(app, site, &many).await;
    assert_eq!(seen.iter().filter(|seen| seen.is_ok()).count(), 24, "a hundred calls are enough");
    assert!(seen[39].as_ref().unwrap_err().starts_with("Too many to look for"), "{:?}", seen[39]);
}
