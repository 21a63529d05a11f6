//! The practice mailbox, where a mail that the workers sent is read.

use sqlx::PgPool;
use vestibule::customers;
use vestibule::i18n::Lang;
use vestibule::mail::{self, Letter};

use super::chromium::{Browser, Screen};
use super::{Demo, people};

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_mail_is_read_and_its_links_followed(pool: PgPool) {
    let demo = Demo::open(pool.clone()).await;
    let browser = Browser::start("mailbox", Screen::DarkPhone).await;
    browser.open(&demo.world.links.mail).await;
    browser.sees("Mailbox").await;
    assert!(browser.text().await.contains("No mail yet"));

    let mut tx = pool.begin().await.unwrap();
    let (site, [person, ..]) = (demo.world.site, people());
    let found = customers::store::find_for_sign_in(&mut tx, site, person.email).await.unwrap();
    let (customer, _) = found.unwrap();
    let link = format!("{}/sites/{site}/reset/abc", demo.world.links.app);
    for letter in [
        Letter::ResetPassword { link: link.clone(), minutes: 30 },
        Letter::PasswordChanged { freeze_link: link.clone() },
    ] {
        mail::send(&mut tx, &demo.app, site, &customer, Lang::English, letter).await.unwrap();
    }
    tx.commit().await.unwrap();
    // The server's own workers hear of it.
    while demo.world.mailbox.mails().len() < 2 {
        tokio::task::yield_now().await;
    }
    let mails = demo.world.mailbox.mails();
    let reset = mails.iter().find(|mail| mail.subject.contains("Set a new password")).unwrap();
    assert_eq!(reset.to, [person.email]);

    browser.reload().await;
    browser.sees("Mailbox").await;
    let text = browser.text().await;
    assert!(text.contains(&reset.subject) && text.contains(person.email), "{text}");
    browser.axe("the mailbox").await;
    for screen in [Screen::DarkPhone, Screen::Light(1280, 900), Screen::Light(320, 640)] {
        browser.look_on(screen).await;
        browser.open(&format!("{}/mail/{}", demo.world.links.mail, reset.number)).await;
        browser.sees(&reset.subject).await;
        browser.axe("a mail").await;
        browser.enter_frame().await;
        let letter = browser.text().await;
        assert!(letter.contains("Hello Mira") && letter.contains(&link), "{letter}");
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.run(wide).await, 0, "{screen:?}");
        browser.leave_frame().await;
    }

    // A link of the mail opens a window of its own, outside the sandbox.
    let mailbox = browser.window().await;
    browser.enter_frame().await;
    browser.follow("Set a new password").await;
    browser.look_beside(&mailbox).await;
    assert_eq!(browser.address().await, link);
    browser.close_window(mailbox).await;
    browser.quit().await;
}
