//! `vestibule customers ...`: adding and listing customers from the shell, and deciding for one
//! whether 2FA is asked for; ways back for one who is locked out.

use std::io::{Read, Write};

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use super::sites;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::list::{Filter, From, Order, Sort};
use crate::customers::store::directory;
use crate::customers::{self, AddForm, Customer, names, password};
use crate::i18n::Lang;
use crate::policy::{self, Coverage};
use crate::recovery::{self, Invited};
use crate::signin;
use crate::sites::SiteId;

/// The subcommands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a customer to a site's directory.
    ///
    /// Prints the new customer's id. Without --password-stdin the customer has no password yet and
    /// cannot sign in before setting one: by the link of a mail (--mail, or `invite` later).
    Add(Add),
    /// Mail a customer who has no password a link to set one; it works for three days
    Invite(Which),
    /// Take all second factors of a customer away, and sign the customer out everywhere
    ///
    /// For whoever has lost them all: enrolment follows at the next sign-in. Make sure by other means
    /// that it is the customer who asks. The customer is told by mail.
    ResetMfa(Which),
    /// Sign a customer out everywhere, and forget every remembered device
    ///
    /// For a device that was lost, for example. Passwords and second factors stay as they are.
    EndSessions(Named),
    /// Let a customer sign in again whose account was frozen by a mail's "this was not me"
    ///
    /// The password stays as it is. A customer who still has the mailbox needs no help: a new password
    /// by "Forgotten your password?" unfreezes the account too.
    Unfreeze(Named),
    /// Let a customer try again at once after too many wrong passwords or codes
    ///
    /// Ends the waits of the account, and brings second factors back that were put off after 100 wrong
    /// answers. Make sure by other means that it is the customer who asks.
    Unlock(Named),
    /// List a site's customers, newest first.
    List(List),
    /// Decide for one customer whether 2FA is asked for, or leave it to the site's policy.
    ///
    /// It counts where the policy is for selected customers or for everyone with exceptions. Where
    /// it is enforced for all, it is kept for later.
    TwoFactor(TwoFactor),
}

/// One customer of one site.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The site's id, client key or host name
    #[arg(long)]
    site: String,
    /// The customer's email address
    #[arg(long)]
    email: String,
}

/// One customer of one site, who gets a mail.
#[derive(Debug, clap::Args)]
pub struct Which {
    #[command(flatten)]
    named: Named,
    /// The language of the mail, such as de or pt-BR
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Lang,
}

fn language(tag: &str) -> Result<Lang, String> {
    let tags: Vec<_> = Lang::ALL.iter().map(|lang| lang.tag()).collect();
    Lang::from_tag(tag).ok_or_else(|| format!("the languages are {}", tags.join(", ")))
}

/// `vestibule customers two-factor`.
#[derive(Debug, clap::Args)]
pub struct TwoFactor {
    /// The site's id, client key or host name
    #[arg(long)]
    site: String,
    /// The customer's email address
    #[arg(long)]
    email: String,
    state: Exception,
}

/// On, off, or nothing decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Exception {
    On,
    Off,
    Default,
}

impl Exception {
    fn of(decided: Option<bool>) -> Self {
        match decided {
            Some(true) => Self::On,
            Some(false) => Self::Off,
            None => Self::Default,
        }
    }

    fn decided(self) -> Option<bool> {
        match self {
            Self::On => Some(true),
            Self::Off => Some(false),
            Self::Default => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Default => "default",
        }
    }
}

/// `vestibule customers add`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The site's id, client key or host name
    #[arg(long)]
    site: String,
    /// The email address: what Jira knows the customer by
    #[arg(long)]
    email: String,
    /// A name to sign in with besides the email address
    #[arg(long)]
    username: Option<String>,
    /// First name
    #[arg(long, default_value = "", hide_default_value = true)]
    given_name: String,
    /// Last name
    #[arg(long, default_value = "", hide_default_value = true)]
    family_name: String,
    /// Read the password from standard input: its first line, or all of it without a line break
    ///
    /// There is no option that takes the password itself: every user of the machine can read a
    /// running command's arguments.
    #[arg(long)]
    password_stdin: bool,
    /// Mail the customer a link to set a password; it works for three days
    #[arg(long, conflicts_with = "password_stdin")]
    mail: bool,
    /// The language of that mail, such as de or pt-BR
    #[arg(long, default_value = "en", value_parser = language, requires = "mail")]
    lang: Lang,
}

/// `vestibule customers list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The site's id, client key or host name
    #[arg(long)]
    site: String,
    /// How many at most
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

/// Runs one.
pub async fn run(app: &App, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add(command) => {
            let site = sites::find(app, &command.site).await?.id;
            let (email, mail, lang) = (command.email.clone(), command.mail, command.lang);
            if mail && app.config.mail.is_none() {
                bail!("{NO_MAIL}");
            }
            let form = command.form(std::io::stdin())?;
            let id = customers::add(app, site, form, Actor::Operator).await?;
            println!("{id}");
            if mail {
                eprintln!("{}", invite(app, site, &email, lang).await?);
            }
        }
        Command::Invite(which) => {
            let site = sites::find(app, &which.named.site).await?.id;
            println!("{}", invite(app, site, &which.named.email, which.lang).await?);
        }
        Command::ResetMfa(which) => println!("{}", reset_mfa(app, &which).await?),
        Command::EndSessions(which) => println!("{}", end_sessions(app, &which).await?),
        Command::Unlock(which) => println!("{}", unlock(app, &which).await?),
        Command::Unfreeze(which) => println!("{}", unfreeze(app, &which).await?),
        Command::List(command) => list(app, &command, std::io::stdout().lock()).await?,
        Command::TwoFactor(command) => println!("{}", set_two_factor(app, &command).await?),
    }
    Ok(())
}

impl Add {
    fn form(self, stdin: impl Read) -> anyhow::Result<AddForm> {
        let password = if self.password_stdin { Some(read_password(stdin)?) } else { None };
        let Self { email, username, given_name, family_name, .. } = self;
        Ok(AddForm { email, username, given_name, family_name, password })
    }
}

/// The first line of `stdin`, whose end of line is the shell's and not the password's.
fn read_password(stdin: impl Read) -> anyhow::Result<Zeroizing<String>> {
    // Room for a longest password before it is normalised, and its line break.
    let room = password::MAX_BYTES * 4;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room + 1));
    stdin.take(room as u64 + 1).read_to_end(&mut bytes).context("cannot read the password")?;
    if bytes.len() > room {
        bail!("standard input is far too long for a password");
    }
    let text = std::str::from_utf8(&bytes).context("the password is not UTF-8")?;
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !rest.is_empty() {
        bail!("standard input holds more than one line: a password cannot hold a line break");
    }
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        bail!("standard input is empty: send the password, or leave --password-stdin out");
    }
    Ok(Zeroizing::new(line.to_owned()))
}

const NO_MAIL: &str = "this deployment sends no mail: set VESTIBULE_SMTP_URL and VESTIBULE_MAIL_FROM";

/// The site's customer of that address, locked.
async fn customer(conn: &mut sqlx::PgConnection, site: SiteId, email: &str) -> anyhow::Result<Customer> {
    let email = email.trim();
    let found = customers::store::find_for_sign_in(conn, site, &names::login_key(email)).await?;
    let Some((found, _)) = found else { bail!("the site has no customer {email:?}") };
    let locked = customers::store::lock(conn, site, found.id).await?;
    locked.with_context(|| format!("{email:?} was deleted a moment ago"))
}

async fn invite(app: &App, site: SiteId, email: &str, lang: Lang) -> anyhow::Result<String> {
    let mut tx = app.db.begin().await?;
    let customer = customer(&mut tx, site, email).await?;
    let invited = recovery::send_first_password(&mut tx, app, &customer, lang, Actor::Operator).await?;
    tx.commit().await?;
    match invited {
        Invited::Written => Ok(format!("A mail to {} is on its way.", customer.email)),
        Invited::HasPassword => {
            bail!("{} has a password; \"Forgotten your password?\" sets another", customer.email)
        }
        Invited::NoMail => bail!("{NO_MAIL}"),
    }
}

/// Does something to a locked customer, in one transaction; the address the customer has, and what came
/// of it.
async fn with_customer<T>(
    app: &App,
    Named { site, email }: &Named,
    deed: impl AsyncFnOnce(&mut sqlx::PgConnection, &Customer) -> sqlx::Result<T>,
) -> anyhow::Result<(String, T)> {
    let site = sites::find(app, site).await?.id;
    let mut tx = app.db.begin().await?;
    let customer = customer(&mut tx, site, email).await?;
    let done = deed(&mut tx, &customer).await?;
    tx.commit().await?;
    Ok((customer.email, done))
}

async fn reset_mfa(app: &App, Which { named, lang }: &Which) -> anyhow::Result<String> {
    let (email, gone) = with_customer(app, named, async |conn, customer| {
        recovery::reset_mfa(conn, app, customer, *lang, Actor::Operator).await
    })
    .await?;
    Ok(format!("{email}: {gone} second factors removed, signed out everywhere."))
}

async fn end_sessions(app: &App, named: &Named) -> anyhow::Result<String> {
    let (email, ()) = with_customer(app, named, async |conn, customer| {
        signin::end_everything(conn, customer.site, customer.id).await?;
        let event = Event {
            customer: Some(customer.id),
            ..Event::new(customer.site, Actor::Operator, "customer.sessions_ended", "ok")
        };
        audit::record(conn, app.clock.now(), &event).await
    })
    .await?;
    Ok(format!("{email}: signed out everywhere, no device is remembered."))
}

async fn unfreeze(app: &App, named: &Named) -> anyhow::Result<String> {
    let (email, was_frozen) = with_customer(app, named, async |conn, customer| {
        recovery::unfreeze(conn, app, customer, Actor::Operator).await
    })
    .await?;
    let told = if was_frozen { "can sign in again" } else { "was not frozen" };
    Ok(format!("{email} {told}."))
}

async fn unlock(app: &App, named: &Named) -> anyhow::Result<String> {
    let (email, unlocked) = with_customer(app, named, async |conn, customer| {
        signin::unlock(conn, customer, Actor::Operator, app.clock.now()).await
    })
    .await?;
    let told = if unlocked.is_nothing() { "had no failures" } else { "can try again at once" };
    Ok(format!("{email} {told}."))
}

/// Sets a customer's exception, with an audit event that tells before and after.
async fn set_two_factor(app: &App, command: &TwoFactor) -> anyhow::Result<String> {
    let site = sites::find(app, &command.site).await?.id;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let customer = customer(&mut tx, site, &command.email).await?;
    let before = Exception::of(policy::store::exceptions(&mut tx, site, customer.id).await?.customer);
    if before != command.state {
        policy::store::set_exception(&mut tx, site, customer.id, command.state.decided()).await?;
        let detail = serde_json::json!({ "before": before.word(), "after": command.state.word() });
        let event = Event {
            customer: Some(customer.id),
            detail: &detail,
            ..Event::new(site, Actor::Operator, "customer.two_factor", "ok")
        };
        audit::record(&mut tx, now, &event).await?;
    }
    let standing = policy::store::standing(&mut tx, site, customer.id).await?;
    tx.commit().await?;
    let asked = match standing.map(|standing| policy::coverage(&standing.policy, standing.exceptions)) {
        Some(Coverage::Covered) => "2FA is asked for",
        Some(Coverage::Off) => "2FA is off for the whole site",
        Some(Coverage::NotSelected | Coverage::Excepted) | None => "2FA is not asked for",
    };
    Ok(format!("{} is set to {}: {asked}.", customer.email, command.state.word()))
}

/// Pages through the directory, a tab-separated line a customer.
async fn list(app: &App, command: &List, mut out: impl Write) -> anyhow::Result<()> {
    const PAGE: u32 = 500;
    let site = sites::find(app, &command.site).await?.id;
    let order = Order { sort: Sort::Added, descending: true };
    let mut left = command.limit;
    let mut from = From::First;
    while left > 0 {
        let page = {
            let mut conn = app.db.acquire().await?;
            directory::page(&mut conn, site, &Filter::all(), order, &from, left.min(PAGE)).await?
        };
        let Some(last) = page.rows.last() else { break };
        from = From::After(last.mark(order.sort));
        left = left.saturating_sub(u32::try_from(page.rows.len())?);
        for row in &page.rows {
            writeln!(out, "{}", line(&row.customer))?;
        }
    }
    Ok(())
}

/// Id, email, username, name, and whether there is a password. Names hold no control characters
/// (`customers::names`), so nothing here can break the line or steer the terminal.
fn line(customer: &Customer) -> String {
    let name = format!("{} {}", customer.given_name, customer.family_name);
    let password = if customer.password_set_at.is_some() { "password" } else { "no password" };
    let username = customer.username.as_deref().unwrap_or("-");
    [&customer.id.to_string(), customer.email.as_str(), username, name.trim(), password].join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_standard_input_is_the_password() {
        for (input, password) in [
            ("correct horse\n", "correct horse"),
            ("correct horse\r\n", "correct horse"),
            (" spaces stay \n", " spaces stay "),
            ("no line break", "no line break"),
            ("pässwört\n", "pässwört"),
        ] {
            assert_eq!(read_password(input.as_bytes()).unwrap().as_str(), password);
        }
    }

    #[test]
    fn says_what_is_wrong_with_standard_input() {
        for (input, error) in [
            (b"".as_slice(), "is empty"),
            (b"\n", "is empty"),
            (b"two\nlines\n", "more than one line"),
            (b"\xff\xfe", "not UTF-8"),
        ] {
            let said = read_password(input).unwrap_err().to_string();
            assert!(said.contains(error), "{said}");
        }
        let said = read_password(std::io::repeat(0xC3)).unwrap_err().to_string();
        assert!(said.contains("too long"), "{said}");
    }

    /// A deployment without mail, with one site.
    async fn site(pool: sqlx::PgPool) -> (App, SiteId) {
        use crate::sites::installation::Installation;
        let app = crate::jira::tests::app(pool, "http://127.0.0.1:1");
        let site = SiteId(uuid::Uuid::from_u128(1));
        let install = Installation {
            client_key: "c1".into(),
            base_url: "https://acme.atlassian.net".into(),
            display_url: "https://acme.atlassian.net".into(),
            product_type: "jira".into(),
            shared_secret: "s".repeat(40).into(),
            issued_at: app.clock.now(),
            digest: [1; 32],
        };
        let mut conn = app.db.acquire().await.unwrap();
        crate::sites::store::install(&mut conn, &app.vault, app.clock.now(), site, &install).await.unwrap();
        drop(conn);
        (app, site)
    }

    #[sqlx::test(migrator = "crate::db::MIGRATIONS")]
    async fn ways_back_say_what_they_did(pool: sqlx::PgPool) {
        let (app, site) = site(pool).await;
        let form =
            AddForm { email: "zoe@example.com".into(), given_name: "Zoë".into(), ..AddForm::default() };
        let zoe = customers::add(&app, site, form, Actor::Operator).await.unwrap();
        let named = |email: &str| Named { site: "c1".into(), email: email.into() };
        let which = |email: &str| Which { named: named(email), lang: Lang::English };
        let told = reset_mfa(&app, &which(" ZOE@example.com")).await.unwrap();
        assert_eq!(told, "zoe@example.com: 0 second factors removed, signed out everywhere.");
        assert_eq!(
            unfreeze(&app, &named("zoe@example.com")).await.unwrap(),
            "zoe@example.com was not frozen."
        );
        let mut conn = app.db.acquire().await.unwrap();
        recovery::store::freeze(&mut conn, site, zoe, None, app.clock.now()).await.unwrap();
        assert!(unfreeze(&app, &named("zoe@example.com")).await.unwrap().contains("can sign in again"));
        let error = invite(&app, site, "zoe@example.com", Lang::English).await.unwrap_err();
        assert!(error.to_string().contains("sends no mail"), "{error}");
        for error in [
            reset_mfa(&app, &which("max@example.com")).await.unwrap_err(),
            unfreeze(&app, &named("max@example.com")).await.unwrap_err(),
            invite(&app, site, "max@example.com", Lang::English).await.unwrap_err(),
        ] {
            assert!(error.to_string().contains("no customer"), "{error}");
        }
    }

    #[sqlx::test(migrator = "crate::db::MIGRATIONS")]
    async fn a_decision_for_one_customer_is_kept_and_audited_once(pool: sqlx::PgPool) {
        let (app, site) = site(pool).await;
        let mut conn = app.db.acquire().await.unwrap();
        let form =
            AddForm { email: "zoe@example.com".into(), given_name: "Zoë".into(), ..AddForm::default() };
        let zoe = customers::add(&app, site, form, Actor::Operator).await.unwrap();
        let command = |email: &str, state| TwoFactor { site: "c1".into(), email: email.into(), state };
        for (scope, state, words) in [
            (policy::Scope::Selected, Exception::Default, "is not asked for"),
            (policy::Scope::Selected, Exception::On, "is asked for"),
            (policy::Scope::Selected, Exception::On, "is asked for"),
            (policy::Scope::EveryoneExcept, Exception::Off, "is not asked for"),
            (policy::Scope::Enforced, Exception::Off, "is asked for"),
            (policy::Scope::EveryoneExcept, Exception::Default, "is asked for"),
        ] {
            let mut policy = policy::store::load(&mut conn, site).await.unwrap();
            policy.settings.scope = scope;
            policy::store::save(&mut conn, site, &policy, policy.version, None, app.clock.now())
                .await
                .unwrap();
            let told = set_two_factor(&app, &command(" ZOE@example.com", state)).await.unwrap();
            assert!(told.contains(words), "{scope:?} {state:?}: {told}");
            let kept = policy::store::exceptions(&mut conn, site, zoe).await.unwrap().customer;
            assert_eq!(kept, state.decided());
        }
        let error = set_two_factor(&app, &command("max@example.com", Exception::On)).await.unwrap_err();
        assert!(error.to_string().contains("no customer"), "{error}");
        let audited: Vec<serde_json::Value> = sqlx::query_scalar(
            "select detail from audit_events where action = 'customer.two_factor' and customer_id = $1 order by id",
        )
        .bind(zoe.0)
        .fetch_all(&app.db)
        .await
        .unwrap();
        let change = |before: &str, after: &str| serde_json::json!({ "before": before, "after": after });
        assert_eq!(audited, [change("default", "on"), change("on", "off"), change("off", "default")]);
    }
}
