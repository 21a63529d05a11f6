use std::time::Duration;

use super::pages::{Piece, pieces};
use super::smtp::{Reply, Session};
use super::*;
use crate::config::{MailConfig, SmtpServer};
use crate::customers::names::Email;
use crate::mail::Mailer;
use crate::mail::message::address;
use crate::mail::smtp::{Delivery, Hearing};
use crate::practice::testing::{Served, surroundings};

/// A mailbox that listens, and a mailer that hands in there.
async fn open(folder: &tempfile::TempDir) -> (Mailbox, Mailer) {
    let mailbox = Mailbox::new(surroundings(folder.path(), "http://localhost:8080"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = SmtpServer::parse(&format!("smtp://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(mailbox.clone().receive(listener));
    let from = Email::parse("signin@acme.example").unwrap();
    let mailer = Mailer::new(&MailConfig { server, from }, "localhost", Duration::from_secs(30));
    (mailbox, mailer)
}

const MAIL: &str = "From: \"Acme <b>\" <signin@acme.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\
    Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\
    Look: https://2fa.example.com/a\r\n.dot\r\n--x\r\nContent-Type: text/html\r\n\r\n\
    <html><head></head><body><script>1</script><a href=\"https://2fa.example.com/a\">a</a></body></html>\r\n--x--\r\n";

#[tokio::test]
async fn takes_what_the_product_hands_in_and_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mailbox, mailer) = open(&folder).await;
    assert_eq!(mailer.hear().await, Ok(Hearing { encrypted: false, logged_in: false, utf8: true }));
    let served = Served::start(|_| mailbox.router()).await;
    assert!(served.get("/").await.1.contains("No mail yet"));
    for to in ["zoe@example.com", "zoë@例え.example"] {
        let to = address(&Email::parse(to).unwrap()).unwrap();
        assert_eq!(mailer.send(&to, MAIL.as_bytes()).await, Delivery::Sent("250 2.0.0".into()));
    }
    let mails = mailbox.mails();
    assert_eq!(mails.iter().map(|mail| mail.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(
        (mails[0].subject.as_str(), mails[0].from.as_str()),
        ("Grüße", "Acme <b> <signin@acme.example>")
    );
    assert!(mails[0].to[0].starts_with("zoë@xn--"));
    assert!(mails[0].text.contains("\n.dot"), "{}", mails[0].text);

    let (status, list) = served.get("/").await;
    assert!(status == 200 && list.contains("Grüße") && list.contains("/mail/1"), "{list}");
    let (_, page) = served.get("/mail/1").await;
    assert!(page.contains("sandbox=\"allow-popups") && page.contains("Acme &#60;b&#62;"), "{page}");
    assert!(page.contains("<a href=\"https://2fa.example.com/a\" target=\"_blank\""), "{page}");
    let html = reqwest::get(format!("{}/mail/1/html", served.url)).await.unwrap();
    let policy = html.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox allow-popups"), "{policy}");
    assert!(html.text().await.unwrap().contains("<base target=\"_blank\">"));
    assert_eq!(served.get("/mail/3").await.0, 404);
    assert_eq!(served.post("/empty", "", Some("cross-site")).await.0, 403);
    assert_eq!(mailbox.mails().len(), 2);
    assert_eq!(served.post("/empty", "", Some("same-origin")).await.0, 303);
    assert!(mailbox.mails().is_empty());
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_refused_and_the_next_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (mailbox, mailer) = open(&folder).await;
    let to = address(&Email::parse("zoe@example.com").unwrap()).unwrap();
    let large = format!("Subject: large\r\n\r\n{}", "x".repeat(1024 * 1024));
    let Delivery::Not(_, said) = mailer.send(&to, large.as_bytes()).await else { panic!("taken") };
    assert_eq!(said, "DATA: 552 5.3.4");
    assert_eq!(mailer.send(&to, MAIL.as_bytes()).await, Delivery::Sent("250 2.0.0".into()));
    assert_eq!(mailbox.mails().len(), 1);
}

#[test]
fn commands_in_any_order_and_shape() {
    let mut session = Session::default();
    let long = [b"MAIL FROM:<".as_slice(), &[b'a'; 400], b"@b>\r\n"].concat();
    for (line, code) in [
        (&b"MAIL FROM:<a@b>\r\n"[..], "503"),
        (b"EHLO\r\n", "501"),
        (b"EHLO x\r\n", "250"),
        (b"RCPT TO:<a@b>\r\n", "503"),
        (b"DATA\r\n", "503"),
        (b"MAIL FROM:a@b\r\n", "501"),
        (b"MAIL\r\n", "501"),
        (b"MAIL \xff\r\n", "500"),
        (b"MAIL FROM:<a\0@b>\r\n", "501"),
        (&long, "501"),
        (b"mail from: <a@b> SIZE=12\r\n", "250"),
        (b"MAIL FROM:<a@b>\r\n", "503"),
        (b"RCPT TO:<>\r\n", "501"),
        ("RCPT T\u{f6}:<a@b>\r\n".as_bytes(), "501"),
        ("RCPT TO:<zo\u{eb}@b>\r\n".as_bytes(), "250"),
        (b"NOOP\n", "250"),
        (b"VRFY a\r\n", "502"),
        (b"\r\n", "502"),
        (b"no end", "500"),
    ] {
        let Reply::Say(said) = session.command(line) else { panic!("{line:?}") };
        assert!(said.starts_with(code), "{line:?}: {said}");
    }
    assert_eq!(session.command(b"DATA\r\n"), Reply::Data);
    assert!(matches!(session.command(b"RSET\r\n"), Reply::Say(_)));
    assert!(matches!(session.command(b"DATA\r\n"), Reply::Say(_)));
    assert_eq!(session.command(b"quit\r\n"), Reply::Bye);
}

#[test]
fn addresses_in_a_text_can_be_followed() {
    let words = |text: &str| Piece::Words(text.into());
    let link = Piece::Link("https://a.example/b?c=d".into());
    assert_eq!(pieces("See\nhttps://a.example/b?c=d\nor"), [words("See\n"), link, words("\nor")]);
    assert_eq!(pieces("javascript:alert(1)"), [words("javascript:alert(1)")]);
}
