//! `vestibule check` (security.md O3): what is right and wrong with this deployment, line by line,
//! each wrong with what to do. Changes nothing.

mod outside; // servers of second factors

use std::fmt;
use std::process::ExitCode;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use time::OffsetDateTime;

use crate::clock::Clock;
use crate::config::{self, Config, Loaded};
use crate::db::canary::{self, Verdict};
use crate::db::host::{self, Elsewhere};
use crate::db::schema::{self, Schema};
use crate::db::{self, Access, embedded, store};
use crate::factors::passkey::Passkeys;
use crate::mail::Mailer;
use crate::mail::smtp::Hearing;
use crate::random::Random;
use crate::saml;
use crate::saml::store::keys::Signing;
use crate::vault::Vault;

/// How far our clock and the database's may be apart.
const DRIFT: time::Duration = time::Duration::seconds(30);

/// How long before its end a certificate is told of.
const SOON: time::Duration = time::Duration::days(30);
/// Sites that are named.
const MOST_SITES: usize = 10;

/// For the mail server's answers, together.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Ok,
    Warn,
    Fail,
}

/// One line of the report.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    level: Level,
    what: &'static str,
    text: String,
}

impl Finding {
    fn new(level: Level, what: &'static str, text: impl Into<String>) -> Self {
        Self { level, what, text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok  ",
            Level::Warn => "warn",
            Level::Fail => "FAIL",
        };
        write!(f, "{level}  {:<14} {}", self.what, self.text)
    }
}

/// Looks at everything and prints it; 1 when something must be put right.
pub async fn run() -> anyhow::Result<ExitCode> {
    let mut findings = Vec::new();
    match Loaded::load(config::environment) {
        Err(faults) => {
            let fault = |fault: config::Fault| {
                Finding::new(Level::Fail, "configuration", format!("{} {}", fault.name, fault.advice))
            };
            findings.extend(faults.0.into_iter().map(fault));
            let rest = "not looked at: the configuration comes first";
            findings.push(Finding::new(Level::Warn, "database", rest));
        }
        Ok(loaded) => {
            findings.push(Finding::new(Level::Ok, "configuration", "complete"));
            let warning = |text| Finding::new(Level::Warn, "configuration", text);
            findings.extend(super::warnings(&loaded).into_iter().map(warning));
            findings.push(base_url(&loaded.config));
            findings.push(mail(&loaded.config).await);
            let http = crate::app::http_client();
            findings.extend(outside::findings(&loaded.config, &http, Clock::System.now()).await);
            findings.extend(database(&loaded).await);
        }
    }
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings.iter().any(|finding| finding.level == Level::Fail);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn base_url(config: &Config) -> Finding {
    let address = config.base_url.as_str();
    if config.base_url.is_loopback_http() {
        let text =
            format!("{address} is for trying out: Atlassian and customers reach https:// addresses only");
        return Finding::new(Level::Warn, "base URL", text);
    }
    Finding::new(Level::Ok, "base URL", address)
}

/// Says hello to the mail server, TLS and login included; sends nothing.
async fn mail(config: &Config) -> Finding {
    let Some(mail) = &config.mail else {
        let text =
            "none: codes and links by mail are not offered; set VESTIBULE_SMTP_URL and VESTIBULE_MAIL_FROM";
        return Finding::new(Level::Warn, "mail", text);
    };
    let place = format!("{}:{}", mail.server.host, mail.server.port);
    match Mailer::new(mail, config.base_url.host(), PATIENCE).hear().await {
        Ok(hearing) => Finding::new(Level::Ok, "mail", heard(&place, hearing)),
        Err(error) => {
            let text = format!("the server of VESTIBULE_SMTP_URL, {place}, does not let us in ({error})");
            Finding::new(Level::Fail, "mail", text)
        }
    }
}

fn heard(place: &str, hearing: Hearing) -> String {
    let way = if hearing.encrypted { "with TLS" } else { "without TLS" };
    let login = if hearing.logged_in { " and takes the login" } else { "" };
    let utf8 = if hearing.utf8 {
        ""
    } else {
        "; it takes no addresses with letters other than a to z before the @ (no SMTPUTF8)"
    };
    format!("{place} answers {way}{login}{utf8}")
}

async fn database(loaded: &Loaded) -> Vec<Finding> {
    let config = &loaded.config;
    let mut findings = Vec::new();
    match &config.database_url {
        Some(url) => findings.extend(url.parse().ok().and_then(|options| unencrypted(&options))),
        None if !embedded::cluster_dir(&config.data_dir).exists() => {
            let text = "none yet: the first start makes a private one in the data folder";
            return vec![Finding::new(Level::Warn, "database", text)];
        }
        None => {
            let text = "private, in the data folder: for trying out; set DATABASE_URL in production";
            findings.push(Finding::new(Level::Warn, "database", text));
        }
    }
    match db::open(config, &loaded.host, Access::Join).await {
        Err(error) => findings.push(Finding::new(Level::Fail, "database", format!("{error:#}"))),
        Ok((pool, cluster)) => {
            match look_inside(&pool, config).await {
                Ok(more) => findings.extend(more),
                Err(error) => findings.push(Finding::new(Level::Fail, "database", format!("{error:#}"))),
            }
            pool.close().await;
            if let Some(cluster) = cluster {
                cluster.stop().await;
            }
        }
    }
    findings
}

async fn look_inside(pool: &PgPool, config: &Config) -> anyhow::Result<Vec<Finding>> {
    let mut conn = pool.acquire().await?;
    let ours = Clock::System.now();
    let (theirs, release) = store::clock_and_release(&mut conn).await?;
    let state = schema::state(&mut conn).await?;
    let signing = match state {
        Schema::Current => saml::store::keys::signing(&mut conn).await?,
        _ => Vec::new(),
    };
    drop(conn);
    let mut findings = vec![
        Finding::new(Level::Ok, "database", format!("PostgreSQL {release} answers")),
        clock(ours, theirs),
        schema_line(state),
    ];
    if state == Schema::Current {
        let vault =
            Vault::new(config.master_key.clone(), config.previous_master_keys.clone(), Random::System);
        findings.push(master_key(canary::look(pool, &vault).await?));
        findings.extend(certificates(&signing, ours));
        let passkeys = Passkeys::new(&config.base_url);
        findings.push(passkeys_line(passkeys.rp_id(), host::elsewhere(pool, passkeys.rp_id()).await?));
    }
    Ok(findings)
}

/// A password and all data in the clear, on the way to another machine.
fn unencrypted(options: &PgConnectOptions) -> Option<Finding> {
    let near = options.get_socket().is_some()
        || matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1" | "[::1]")
        || options.get_host().starts_with('/');
    let open = matches!(options.get_ssl_mode(), PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer);
    (open && !near).then(|| {
        let text = "on another machine, and DATABASE_URL does not insist on TLS: add ?sslmode=verify-full \
                    (and sslrootcert) unless the network between is yours alone";
        Finding::new(Level::Warn, "database", text)
    })
}

fn clock(ours: OffsetDateTime, theirs: OffsetDateTime) -> Finding {
    let apart = (ours - theirs).abs();
    if apart > DRIFT {
        let text = format!(
            "{} s apart from the database's: let both follow NTP, for codes and SAML messages live by it",
            apart.whole_seconds()
        );
        return Finding::new(Level::Warn, "clock", text);
    }
    Finding::new(Level::Ok, "clock", "agrees with the database's")
}

/// Certificates that end soon, by site; or that none does. Guard refuses a sign-in that is signed by one
/// that has ended.
fn certificates(signing: &[Signing], now: OffsetDateTime) -> Vec<Finding> {
    let ends = |one: &&Signing| one.not_after - now < SOON;
    let ending: Vec<_> = signing.iter().filter(ends).collect();
    let findings = ending.iter().take(MOST_SITES).map(|one| {
        let day = one.not_after.date();
        if one.not_after <= now {
            return Finding::new(
                Level::Fail,
                "certificates",
                format!("{}: its certificate ended on {day}; make the next one on its Setup page", one.site),
            );
        }
        let text =
            format!("{}: its certificate ends on {day}; make the next one on its Setup page", one.site);
        Finding::new(Level::Warn, "certificates", text)
    });
    let mut findings: Vec<Finding> = findings.collect();
    if ending.len() > MOST_SITES {
        let text = format!("and {} sites more", ending.len() - MOST_SITES);
        findings.push(Finding::new(Level::Warn, "certificates", text));
    }
    if findings.is_empty() {
        let text = format!("none of {} ends within {} days", signing.len(), SOON.whole_days());
        findings.push(Finding::new(Level::Ok, "certificates", text));
    }
    findings
}

fn schema_line(state: Schema) -> Finding {
    match state {
        Schema::Current => Finding::new(Level::Ok, "schema", "up to date"),
        Schema::Behind(n) => {
            let text =
                format!("{n} migrations are still to run: `vestibule migrate`, or the next start, does it");
            Finding::new(Level::Warn, "schema", text)
        }
        Schema::Broken(version) => {
            let text = format!(
                "migration {version} stopped half-way or has changed since it ran: restore the backup from \
                 before the update, or run the release that made this database"
            );
            Finding::new(Level::Fail, "schema", text)
        }
    }
}

fn master_key(verdict: Verdict) -> Finding {
    match verdict {
        Verdict::Fits => Finding::new(Level::Ok, "master key", "opens this database"),
        Verdict::Empty => Finding::new(Level::Ok, "master key", "of full strength; nothing is sealed yet"),
        Verdict::Wrong(why) => {
            let text = format!(
                "does not open this database ({why}): give the key it was begun with, or name that in \
                 VESTIBULE_MASTER_KEYS_PREVIOUS"
            );
            Finding::new(Level::Fail, "master key", text)
        }
    }
}

fn passkeys_line(host: &str, elsewhere: Option<Elsewhere>) -> Finding {
    match elsewhere {
        None => Finding::new(Level::Ok, "passkeys", format!("belong to {host}")),
        Some(Elsewhere { host: there, passkeys }) => {
            let text = format!(
                "{passkeys} were made for {there} and do not work at {host}: go back to a base URL of that \
                 host, or delete them as the README says; `vestibule serve` refuses to start"
            );
            Finding::new(Level::Fail, "passkeys", text)
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::vault::Unsealing;

    #[test]
    fn clocks() {
        let ours = datetime!(2026-11-23 12:00 UTC);
        for (seconds, level) in
            [(0, Level::Ok), (30, Level::Ok), (-30, Level::Ok), (31, Level::Warn), (-900, Level::Warn)]
        {
            assert_eq!(clock(ours, ours + time::Duration::seconds(seconds)).level, level, "{seconds}");
        }
    }

    #[test]
    fn certificates_that_end_are_told_by_site() {
        let now = datetime!(2026-11-23 12:00 UTC);
        let of = |days: i64| Signing {
            site: "https://acme.example".into(),
            not_after: now + time::Duration::days(days),
        };
        assert_eq!(certificates(&[], now)[0].level, Level::Ok);
        assert_eq!(certificates(&[of(30), of(400)], now)[0].text, "none of 2 ends within 30 days");
        let told = certificates(&[of(0), of(29), of(400)], now);
        assert_eq!(told.iter().map(|one| one.level).collect::<Vec<_>>(), [Level::Fail, Level::Warn]);
        assert!(told[1].text.contains("acme.example: its certificate ends on 2026-12-22"), "{told:?}");
        let many = certificates(&vec![of(1); 13], now);
        assert_eq!((many.len(), many[10].text.as_str()), (11, "and 3 sites more"));
    }

    #[test]
    fn schemas_and_keys() {
        assert_eq!(schema_line(Schema::Current).level, Level::Ok);
        assert_eq!(schema_line(Schema::Behind(2)).level, Level::Warn);
        assert_eq!(schema_line(Schema::Broken(1)).level, Level::Fail);
        assert_eq!(master_key(Verdict::Fits).level, Level::Ok);
        assert_eq!(master_key(Verdict::Empty).level, Level::Ok);
        assert_eq!(master_key(Verdict::Wrong(Unsealing::Damaged)).level, Level::Fail);
        let there = Elsewhere { host: "old.example".into(), passkeys: 3 };
        assert_eq!(passkeys_line("new.example", None).level, Level::Ok);
        assert_eq!(passkeys_line("new.example", Some(there)).level, Level::Fail);
    }

    #[test]
    fn what_the_mail_server_offers_is_told() {
        let hearing = Hearing { encrypted: true, logged_in: true, utf8: true };
        assert_eq!(heard("mail:465", hearing), "mail:465 answers with TLS and takes the login");
        let hearing = Hearing { encrypted: false, logged_in: false, utf8: false };
        assert!(heard("mail:25", hearing).starts_with("mail:25 answers without TLS; it takes no addresses"));
    }

    #[test]
    fn a_distant_database_should_insist_on_tls() {
        for (url, warned) in [
            ("postgres://u:p@db.example.com/v", true),
            ("postgres://u:p@db.example.com/v?sslmode=prefer", true),
            ("postgres://u:p@db.example.com/v?sslmode=verify-full", false),
            ("postgres://u:p@db.example.com/v?sslmode=require", false),
            ("postgres://u:p@localhost/v", false),
            ("postgres://u:p@127.0.0.1:5433/v", false),
            ("postgres:///v?host=/run/postgresql", false),
        ] {
            assert_eq!(unencrypted(&url.parse().unwrap()).is_some(), warned, "{url}");
        }
    }

    #[sqlx::test(migrator = "crate::db::MIGRATIONS")]
    async fn looks_inside_without_writing(pool: PgPool) {
        let secret = |byte: u8| {
            let mut secret = [byte; 32];
            secret
                .iter_mut()
                .zip(0_u8..)
                .for_each(|(place, n)| *place = place.wrapping_add(n.wrapping_mul(n)));
            config::encode_secret(&secret).to_string()
        };
        let config = Config::load(|name| match name {
            "VESTIBULE_BASE_URL" => Some("https://signin.example.com".into()),
            "VESTIBULE_MASTER_KEY" => Some(secret(1)),
            "VESTIBULE_PASSWORD_PEPPER" => Some(secret(2)),
            _ => None,
        })
        .unwrap();
        let findings = look_inside(&pool, &config).await.unwrap();
        assert!(findings.iter().all(|finding| finding.level == Level::Ok), "{findings:?}");
        let mut conn = pool.acquire().await.unwrap();
        assert_eq!(store::canary(&mut conn).await.unwrap(), None);
        store::insert_canary(&mut conn, b"sealed by somebody else", Clock::System.now()).await.unwrap();
        drop(conn);
        let findings = look_inside(&pool, &config).await.unwrap();
        assert!(findings.iter().any(|finding| finding.level == Level::Fail && finding.what == "master key"));
    }
}
