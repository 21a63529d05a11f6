//! Text messages on their way: written in the caller's transaction with their job, sealed until they
//! are sent, tried again with growing waits while their code lives. At least once: every try has the
//! same id, by which a gateway may tell that it has sent it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::store::{self, End};
use super::{Message, PhoneNumber, Sent};
use crate::app::App;
use crate::customers::CustomerId;
use crate::jobs::{self, Claimed, Job, Kind, Outcome, Priority};
use crate::mail::limits::Limit;
use crate::sites::SiteId;
use crate::vault::Label;

/// Of one customer, to whatever numbers: each costs the operator money.
pub const LIMIT: Limit = Limit { an_hour: 6, a_day: 20 };

/// A message to be sent. Holds a code: its `Debug` tells the number's ends alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    pub id: Uuid,
    pub to: PhoneNumber,
    pub words: Zeroizing<String>,
    /// Not sent any more after this.
    pub until: OffsetDateTime,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({}, {:?})", self.id, self.to)
    }
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Envelope {
    to: String,
    words: Zeroizing<String>,
}

fn label(site: SiteId, text: Uuid) -> Label {
    Label { kind: "sms", site: site.0, owner: text }
}

/// Writes `text` and its job. Ask [`wait`] first.
pub async fn send(
    conn: &mut PgConnection,
    app: &App,
    (site, customer): (SiteId, CustomerId),
    text: Text,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let envelope = Envelope { to: text.to.as_str().to_owned(), words: text.words };
    let written = serde_json::to_vec(&envelope).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let sealed = app.vault.seal(label(site, text.id), &Zeroizing::new(written));
    store::insert(conn, (site, customer), text.id, &sealed, now, text.until).await?;
    let job = Job {
        id: app.random.uuid(),
        site: Some(site),
        kind: Kind::Sms,
        payload: serde_json::json!({ "text": text.id }),
        priority: Priority::Urgent,
        run_at: now,
        dedupe: None,
    };
    jobs::enqueue(conn, &job, now).await?;
    Ok(())
}

/// When the next message may go to the customer; none for now. The caller has locked the customer,
/// so that of many at once only as many go through as the limit leaves.
pub async fn wait(
    conn: &mut PgConnection,
    whose: (SiteId, CustomerId),
    now: OffsetDateTime,
) -> sqlx::Result<Option<OffsetDateTime>> {
    let most = LIMIT.an_hour.max(LIMIT.a_day);
    let sent = store::newest(conn, whose, now - Duration::DAY, most).await?;
    Ok(LIMIT.next(&sent, now))
}

fn text_of(job: &Claimed) -> Option<(SiteId, Uuid)> {
    let Value::String(id) = job.payload.get("text")? else { return None };
    Some((job.site?, id.parse().ok()?))
}

/// One try.
pub async fn run(app: &App, job: &Claimed) -> Outcome {
    let Some((site, id)) = text_of(job) else { return Outcome::GiveUp("names no message".into()) };
    match try_once(app, site, id).await {
        Ok(outcome) => outcome,
        Err(error) => Outcome::Later(format!("{error:#}")),
    }
}

/// No further try: the page says so at the next look.
pub async fn given_up(conn: &mut PgConnection, job: &Claimed) -> sqlx::Result<()> {
    match text_of(job) {
        Some((site, id)) => store::close(conn, site, id, End::Failed, None).await,
        None => Ok(()),
    }
}

async fn try_once(app: &App, site: SiteId, id: Uuid) -> anyhow::Result<Outcome> {
    let mut conn = app.db.acquire().await?;
    let Some((sealed, until)) = store::waiting(&mut conn, site, id).await? else { return Ok(Outcome::Done) };
    if until <= app.clock.now() {
        store::close(&mut conn, site, id, End::Expired, None).await?;
        return Ok(Outcome::Done);
    }
    let Some(gateway) = &app.config.sms else {
        return Ok(Outcome::Later("this deployment has no SMS gateway".into()));
    };
    // Not held while the gateway takes its time.
    drop(conn);
    let envelope: Envelope = serde_json::from_slice(&app.vault.open(label(site, id), &sealed)?)?;
    let to = PhoneNumber::parse(&envelope.to).map_err(|fault| anyhow::anyhow!("no number: {fault:?}"))?;
    let name = id.to_string();
    let message = Message { to: &to, text: &envelope.words, id: &name };
    let (end, answer) = match gateway.send(&app.http, &message, app.clock.now()).await {
        Sent::Taken => (End::Sent, None),
        Sent::Refused(status) => {
            tracing::warn!(text = %id, status, "the SMS gateway refuses a message");
            (End::Refused, Some(format!("status {status}")))
        }
        Sent::Later { status, .. } => {
            let said = status.map_or_else(|| "no answer".to_owned(), |status| format!("status {status}"));
            return Ok(Outcome::Later(said));
        }
    };
    store::close(&mut *app.db.acquire().await?, site, id, end, answer.as_deref()).await?;
    Ok(Outcome::Done)
}
