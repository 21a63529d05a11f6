//! Sending one mail of the outbox. At least once: the server's 250 is written down before anything
//! else, so that only a process that dies between the two sends a mail again (under the same
//! Message-ID).

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::contents::{Contents, Context};
use super::message::{self, Head, compose};
use super::smtp::Delivery;
use super::store::{self, End, Waiting};
use super::verdict::Verdict;
use super::{Envelope, label};
use crate::app::App;
use crate::customers::names::Email;
use crate::i18n::Lang;
use crate::jobs::{Claimed, Outcome};
use crate::sites::{self, SiteId};

/// What the job's row says.
pub(super) fn payload(mail: Uuid) -> Value {
    serde_json::json!({ "mail": mail })
}

fn mail_of(job: &Claimed) -> Option<(SiteId, Uuid)> {
    Some((job.site?, job.payload.get("mail")?.as_str()?.parse().ok()?))
}

/// One try.
pub async fn run(app: &App, job: &Claimed) -> Outcome {
    let Some((site, id)) = mail_of(job) else { return Outcome::GiveUp("names no mail".into()) };
    match try_once(app, site, id).await {
        Ok(outcome) => outcome,
        Err(error) => Outcome::Later(format!("{error:#}")),
    }
}

/// No further try: whoever looks at the customer sees that it failed.
pub async fn given_up(conn: &mut PgConnection, _: &App, job: &Claimed) -> sqlx::Result<()> {
    match mail_of(job) {
        Some((site, id)) => store::close(conn, site, id, End::Failed, None).await,
        None => Ok(()),
    }
}

async fn try_once(app: &App, site: SiteId, id: Uuid) -> anyhow::Result<Outcome> {
    let mut conn = app.db.acquire().await?;
    let Some(mail) = store::waiting(&mut conn, site, id).await? else { return Ok(Outcome::Done) };
    if mail.expires_at.is_some_and(|end| end <= app.clock.now()) {
        store::close(&mut conn, site, id, End::Expired, None).await?;
        return Ok(Outcome::Done);
    }
    let (Some(mailer), Some(config)) = (&app.mailer, &app.config.mail) else {
        return Ok(Outcome::Later("this deployment sends no mail".into()));
    };
    // Not held while the mail server takes its time.
    drop(conn);
    let opened = Zeroizing::new(app.vault.open(label(site, id), &mail.sealed_letter)?.to_vec());
    let envelope: Envelope = serde_json::from_slice(&opened)?;
    let message = written(app, id, &mail, &envelope, &config.from)?;
    let to = message::address(&envelope.email()?)?;
    let delivery = mailer.send(&to, &message).await;
    note(app, site, id, &mail, &envelope.to, delivery).await
}

/// The message as it goes over the wire.
fn written(
    app: &App,
    id: Uuid,
    mail: &Waiting,
    envelope: &Envelope,
    from: &Email,
) -> anyhow::Result<Vec<u8>> {
    let lang = Lang::from_tag(&mail.lang).unwrap_or_default();
    let site = sites::name(&mail.display_url);
    let name = message::one_line(&mail.given_name);
    let contents =
        Contents::of(&envelope.letter, &Context { lang, site: &site, name: &name, to: &envelope.to });
    let head = Head {
        id,
        host: app.config.base_url.host(),
        from,
        to: &envelope.email()?,
        site: &site,
        lang,
        now: app.clock.now(),
    };
    Ok(compose(&contents, &head)?.formatted())
}

/// Writes down what the server said.
async fn note(
    app: &App,
    site: SiteId,
    id: Uuid,
    mail: &Waiting,
    to: &str,
    delivery: Delivery,
) -> anyhow::Result<Outcome> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let outcome = match delivery {
        Delivery::Sent(answer) => {
            store::sent(&mut tx, site, id, to, &answer, now).await?;
            Outcome::Done
        }
        Delivery::Not(Verdict::Later, said) => {
            store::tried(&mut tx, site, id, &said).await?;
            Outcome::Later(said)
        }
        Delivery::Not(Verdict::Refused, said) => {
            store::close(&mut tx, site, id, End::Refused, Some(&said)).await?;
            if let Some(customer) = mail.customer {
                store::mark_refused(&mut tx, site, customer, to, &said, now).await?;
            }
            Outcome::Done
        }
        Delivery::Not(Verdict::Failed, said) => {
            tracing::warn!(mail = %id, said, "a mail is not taken; the address is not to blame");
            store::close(&mut tx, site, id, End::Failed, Some(&said)).await?;
            Outcome::Done
        }
    };
    tx.commit().await?;
    Ok(outcome)
}
