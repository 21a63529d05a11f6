//! The ways back and the brake, read in real letters that a real mail server took.

mod freeze; // "this was not me"
mod links; // what a link of a mail does, and what it does not
mod lost; // every second factor is lost
mod passwords; // forgotten, and the first one
mod told; // a used backup code, and a copied device

use sqlx::PgPool;
use vestibule::config::Config;
use vestibule::customers::{self, AddForm, Customer, CustomerId};
use vestibule::practice::sp::RequestOptions;
use vestibule::{audit, jobs};

use crate::support::mail::{Arrived, MailServer};
use crate::support::{Browser, ORIGIN, PASSWORD, Page, World, config};

/// Nobody's word, and long enough to stand alone.
const NEW_PASSWORD: &str = "seven quiet lanterns";

/// Subjects of what setting a factor up and another browser bring (tests/account.rs).
const OF_SIGN_INS: [&str; 3] = ["A new way to prove", "New backup codes", "from a new browser"];

/// A world that sends mail, and the server that takes it.
struct Post {
    world: World,
    server: MailServer,
}

impl Post {
    async fn new(pool: PgPool) -> Self {
        let server = MailServer::start(&["accept"]);
        let world = World::of(pool, Config { mail: server.config("", ""), ..config() }).await;
        Self { world, server }
    }

    /// Runs what is due; the next mail that arrived, but for those of every first sign-in.
    async fn mail(&self) -> Arrived {
        jobs::run_due(&self.world.app).await.unwrap();
        loop {
            let mail = self.server.next();
            if !OF_SIGN_INS.iter().any(|subject| mail.subject.contains(subject)) {
                return mail;
            }
        }
    }

    /// The same, which is `subject`'s.
    async fn mail_about(&self, subject: &str) -> Arrived {
        let mail = self.mail().await;
        assert!(mail.subject.contains(subject), "{subject}: {mail:?}");
        mail
    }

    /// How many mails of a kind were written.
    async fn written(&self, kind: &str) -> i64 {
        sqlx::query_scalar("select count(*) from mails where kind = $1")
            .bind(kind)
            .fetch_one(&self.world.app.db)
            .await
            .unwrap()
    }

    /// Zoë without a password.
    async fn new_zoe(&self) -> Customer {
        let id = self.without_password("zoe@example.com").await;
        self.customer(id).await
    }

    async fn without_password(&self, email: &str) -> CustomerId {
        let form = AddForm { email: email.into(), given_name: "Zoë".into(), ..AddForm::default() };
        customers::add(&self.world.app, self.world.site, form, audit::Actor::Operator).await.unwrap()
    }

    async fn customer(&self, id: CustomerId) -> Customer {
        let mut conn = self.world.app.db.acquire().await.unwrap();
        customers::store::find(&mut conn, self.world.site, id).await.unwrap().unwrap()
    }

    /// Asks for a new password as the page does.
    async fn forget(&self, browser: &mut Browser, name: &str) -> Page {
        let page = browser.get(&format!("/sites/{}/forgot", self.world.site)).await;
        browser.submit(&page, &[("name", name)]).await
    }

    /// From Guard to the page after the password.
    async fn sign_in(&self, browser: &mut Browser, name: &str, password: &str) -> Page {
        let (url, _) = self.world.request(&RequestOptions { force_authn: true, ..Default::default() });
        let page = browser.get(&url).await;
        browser.submit(&page, &[("name", name), ("password", password)]).await
    }

    /// Opens a link and sends its form.
    async fn press(&self, browser: &mut Browser, link: &str, fields: &[(&str, &str)]) -> Page {
        let page = browser.get(link).await;
        assert_eq!(page.status, 200, "{page:?}");
        press(browser, &page, fields).await
    }

    /// Sets a password by a link.
    async fn set(&self, browser: &mut Browser, link: &str, password: &str) -> Page {
        self.press(browser, link, &[("password", password), ("repeat", password)]).await
    }

    /// The results of an action in the audit trail, oldest first.
    async fn audited(&self, action: &str) -> Vec<String> {
        sqlx::query_scalar("select result from audit_events where action = $1 order by id")
            .bind(action)
            .fetch_all(&self.world.app.db)
            .await
            .unwrap()
    }
}

/// Sends the form of a link's page.
async fn press(browser: &mut Browser, page: &Page, fields: &[(&str, &str)]) -> Page {
    let token = page.attribute("input[name=token]", "value").expect("a link's form");
    let mut sent = vec![("token", token.as_str())];
    sent.extend(fields);
    browser.post(&page.action("/link"), &sent).await
}

/// The links of a letter, in their order.
fn links(mail: &Arrived) -> Vec<String> {
    let starts = format!("{ORIGIN}/sites/");
    let words = mail.text.split_whitespace().filter(|word| word.starts_with(&starts));
    let links: Vec<String> = words.map(str::to_owned).collect();
    assert!(!links.is_empty(), "{mail:?}");
    for link in &links {
        assert!(mail.html.contains(link.as_str()), "the same in both bodies");
    }
    links
}

/// The first link of a letter.
fn link(mail: &Arrived) -> String {
    links(mail).remove(0)
}

/// The link behind "this was not me".
fn freeze_link(mail: &Arrived) -> String {
    links(mail).pop().unwrap()
}

/// A page without what differs between any two loads of it.
fn fixed(page: &Page) -> String {
    let nonce = page.attribute("script", "nonce").unwrap_or_else(|| "no script".into());
    page.body.replace(&page.text(".reference").unwrap(), "REF").replace(&nonce, "NONCE")
}

fn heading(page: &Page) -> String {
    page.text("h1").unwrap_or_default()
}
