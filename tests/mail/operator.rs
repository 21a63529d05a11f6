//! What an operator sees of the mail server, and TLS on the way to it.

use std::process::Command;
use std::time::Duration;

use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::extension::SubjectAlternativeName;
use openssl::x509::{X509, X509NameBuilder};
use vestibule::customers::names::Email;
use vestibule::mail::Mailer;
use vestibule::mail::message::address;
use vestibule::mail::smtp::Delivery;
use vestibule::mail::verdict::Verdict;

use crate::support::mail::MailServer;

/// A certificate for localhost that no authority signed, and its key, as files.
fn self_signed(folder: &std::path::Path) -> [String; 2] {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "localhost").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    certificate.set_pubkey(&key).unwrap();
    // The verifier's clock is the machine's.
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    let names = SubjectAlternativeName::new().dns("localhost").build(&certificate.x509v3_context(None, None));
    certificate.append_extension(names.unwrap()).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    let files = [folder.join("certificate.pem"), folder.join("key.pem")];
    std::fs::write(&files[0], certificate.build().to_pem().unwrap()).unwrap();
    std::fs::write(&files[1], key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    files.map(|file| file.display().to_string())
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused_and_nothing_is_sent() {
    crate::support::config(); // TLS's provider
    let folder = tempfile::tempdir().unwrap();
    let [certificate, key] = self_signed(folder.path());
    let server = MailServer::start(&["starttls", &certificate, &key]);
    let config = server.config("", "?tls=required").unwrap();
    let mailer = Mailer::new(&config, "2fa.example.com", Duration::from_secs(30));
    let to = address(&Email::parse("zoe@example.com").unwrap()).unwrap();
    let Delivery::Not(verdict, said) = mailer.send(&to, b"Subject: x\r\n\r\nx").await else { panic!("sent") };
    assert_eq!(verdict, Verdict::Later);
    assert!(said.starts_with("connect: ") && said.contains("certificate"), "{said}");
    assert!(server.rest().is_empty());

    let plain = MailServer::start(&["accept"]);
    let config = plain.config("", "?tls=required").unwrap();
    let mailer = Mailer::new(&config, "2fa.example.com", Duration::from_secs(30));
    let Delivery::Not(verdict, said) = mailer.send(&to, b"Subject: x\r\n\r\nx").await else { panic!("sent") };
    assert_eq!((verdict, said.contains("STARTTLS")), (Verdict::Later, true), "{said}");
    assert!(plain.rest().is_empty(), "a server that offers no TLS gets nothing");
}

/// What `vestibule check` says, and whether it found all in order.
fn check(more: &[(&str, &str)]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .arg("check")
        .current_dir(&folder)
        .env_clear()
        .envs([
            ("VESTIBULE_BASE_URL", "https://2fa.example.com"),
            ("VESTIBULE_MASTER_KEY", "2v1wN3mXzq0rH8kJd5cYbL6tQe9uGiPaSxVfCzB7oUE="),
            ("VESTIBULE_PASSWORD_PEPPER", "kT0sW4yRj9nAq2hF7dLxZ3vM6bEoUcIgPw8tJrX1aHs="),
        ])
        .envs(more.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), said)
}

/// What it says of mail.
fn check_mail(more: &[(&str, &str)]) -> (bool, String) {
    let (fine, said) = check(more);
    let line = said.lines().find(|line| line.contains("  mail ")).unwrap_or(&said);
    (fine, line.to_owned())
}

#[test]
fn check_says_whether_the_mail_server_answers() {
    let from = ("VESTIBULE_MAIL_FROM", "signin@example.com");
    let (fine, said) = check_mail(&[]);
    assert!(fine && said.starts_with("warn") && said.contains("VESTIBULE_SMTP_URL"), "{said}");

    let folder = tempfile::tempdir().unwrap();
    let [certificate, key] = self_signed(folder.path());
    let server = MailServer::start(&["starttls", &certificate, &key]);
    let url = format!("smtp://localhost:{}?tls=required", server.port);
    let (fine, said) = check_mail(&[("VESTIBULE_SMTP_URL", &url), from]);
    assert!(!fine && said.starts_with("FAIL") && said.contains("certificate"), "{said}");
    // The machine's authorities vouch for it.
    let (fine, said) = check_mail(&[("VESTIBULE_SMTP_URL", &url), from, ("SSL_CERT_FILE", &certificate)]);
    assert!(fine && said.starts_with("ok") && said.contains("answers with TLS"), "{said}");
    assert!(server.rest().is_empty(), "a hello only");

    let server = MailServer::start(&["login"]);
    for (password, fine, says) in
        [("hunter2", true, "takes the login"), ("hunter3", false, "AUTH: 535 5.7.8")]
    {
        let url = format!("smtp://ada:{password}@localhost:{}", server.port);
        let (was, said) = check_mail(&[("VESTIBULE_SMTP_URL", &url), from]);
        assert!(was == fine && said.contains(says) && !said.contains(password), "{said}");
    }
    let gone = ("VESTIBULE_SMTP_URL", "smtp://localhost:1");
    let (fine, said) = check_mail(&[gone, from]);
    assert!(!fine && said.contains("localhost:1") && said.contains("connect: "), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn check_says_whether_the_servers_of_second_factors_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let there = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = asked.clone();
    let router = axum::Router::new().fallback(async move |request: axum::extract::Request| {
        heard.lock().unwrap().push(format!("{} {}", request.method(), request.uri()));
        axum::http::StatusCode::METHOD_NOT_ALLOWED
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let away = format!("http://localhost:{}", nobody.local_addr().unwrap().port());
    drop(nobody);
    let check = |place: String| {
        let (url, verify) = (format!("{place}/send?key=secret"), format!("{place}/verify"));
        check(&[
            ("VESTIBULE_BASE_URL", "http://localhost:8080"),
            ("VESTIBULE_SMS_URL", &url),
            ("VESTIBULE_SMS_BODY", "{\"to\":\"{to}\",\"message\":\"{text}\"}"),
            ("VESTIBULE_YUBIKEY_CLIENT_ID", "87"),
            ("VESTIBULE_YUBIKEY_SECRET", "bm90IGEgcmVhbCBzZWNyZXQ="),
            ("VESTIBULE_YUBIKEY_URL", &verify),
        ])
    };
    let (fine, said) = check(there);
    assert!(fine, "{said}");
    for line in ["ok    SMS gateway    localhost answers", "ok    YubiKey server localhost answers"] {
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(*asked.lock().unwrap(), ["HEAD /send", "GET /verify"], "nothing is sent to anybody");
    let (fine, said) = check(away);
    assert!(!fine && said.contains("FAIL  SMS gateway") && said.contains("FAIL  YubiKey server"), "{said}");
    assert!(!said.contains("secret"), "{said}");
}
