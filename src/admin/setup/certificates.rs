//! The certificate cockpit (M2): the next certificate is made and published ahead, tried by a test
//! sign-in, switched to, and back. Each act names the certificates the administrator saw.

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::trail::note;
use super::super::words;
use super::{board, has_values, keys, progress, show, trials};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::saml;
use crate::saml::rotation::{Change, Expiry, Key, Keys};
use crate::sites::setup::Step;
use crate::web::Form;

/// What the board shows of the certificates.
pub struct Cockpit {
    pub active: Card,
    pub next: Option<Card>,
    pub previous: Option<Card>,
}

/// One certificate.
pub struct Card {
    pub id: Uuid,
    pub fingerprint: String,
    pub pem: String,
    pub valid_until: String,
    /// `success`, `moved` or `removed`: the lozenge's look.
    pub look: &'static str,
    pub left: String,
    /// How the last test sign-in with it ended.
    pub tested: Option<trials::Tested>,
    expiry: Expiry,
}

impl Cockpit {
    /// The site's certificates as they stand.
    pub async fn load(conn: &mut PgConnection, admin: &JiraAdmin) -> Result<Self, AppError> {
        let Keys { active, next, previous } = keys(conn, admin).await?;
        Ok(Self {
            active: Card::load(conn, admin, active).await?,
            next: match next {
                Some(key) => Some(Card::load(conn, admin, key).await?),
                None => None,
            },
            previous: match previous {
                Some(key) => Some(Card::load(conn, admin, key).await?),
                None => None,
            },
        })
    }

    /// What the board warns of.
    pub fn warning(&self) -> Option<(&'static str, String)> {
        let sooner = "Make the next one below, enter it at Atlassian, and switch.";
        match self.active.expiry {
            Expiry::Fine { .. } => None,
            Expiry::Expired => {
                Some(("error", format!("It has expired: Guard may refuse every sign-in. {sooner}")))
            }
            Expiry::Urgent { .. } => Some(("error", format!("{}. {sooner}", self.active.left))),
            Expiry::Soon { .. } => Some(("warning", format!("{}. {sooner}", self.active.left))),
        }
    }
}

impl Card {
    async fn load(conn: &mut PgConnection, admin: &JiraAdmin, key: Key) -> Result<Self, AppError> {
        let expiry = key.expiry(admin.now);
        let days = |days: i64| match days {
            0 => "Expires within a day".to_owned(),
            days => format!("Expires in {}", words::counted(days.unsigned_abs(), "day", "days")),
        };
        let (look, left) = match expiry {
            Expiry::Fine { days: left } => ("success", days(left)),
            Expiry::Soon { days: left } => ("moved", days(left)),
            Expiry::Urgent { days: left } => ("removed", days(left)),
            Expiry::Expired => ("removed", "Expired".into()),
        };
        Ok(Self {
            id: key.id,
            fingerprint: key.fingerprint(),
            pem: key.pem(),
            valid_until: words::date(key.not_after),
            look,
            left,
            tested: trials::Tested::latest(conn, admin, key.id).await?,
            expiry,
        })
    }
}

/// Which certificates an act is about.
#[derive(Deserialize)]
pub struct Seen {
    #[serde(default)]
    active: String,
    #[serde(default)]
    other: String,
}

impl Seen {
    fn ids(&self) -> Result<(Uuid, Uuid), AppError> {
        let id = |text: &str| Uuid::try_parse(text).map_err(|_| AppError::NotFound);
        Ok((id(&self.active)?, id(&self.other)?))
    }
}

/// `POST .../setup/certificates/next`: makes the next certificate and publishes it.
pub async fn make_next(admin: JiraAdmin) -> Result<Response, AppError> {
    require_board(&admin).await?;
    let existing = keys(&mut *admin.app.db.acquire().await?, &admin).await?;
    if existing.next.is_some() {
        return told(&admin, Change::NextExists, "").await; // before a core is busy with a new one
    }
    let key = saml::new_key(&admin.app, admin.site.id).await?;
    let mut tx = admin.app.db.begin().await?;
    let change = saml::store::keys::add_next(&mut tx, &admin.app, admin.site.id, &key).await?;
    if change == Change::Done {
        note(&mut tx, &admin, "saml_key.created", json!({ "key": key.id })).await?;
    }
    tx.commit().await?;
    told(&admin, change, "The next certificate is made and published in the metadata.").await
}

/// `POST .../setup/certificates/discard`: the next certificate goes.
pub async fn discard(admin: JiraAdmin, Form(seen): Form<Seen>) -> Result<Response, AppError> {
    let (_, next) = known(&admin, &seen).await?;
    let mut tx = admin.app.db.begin().await?;
    let change = saml::store::keys::discard_next(&mut tx, admin.site.id, next).await?;
    if change == Change::Done {
        note(&mut tx, &admin, "saml_key.discarded", json!({ "key": next })).await?;
    }
    tx.commit().await?;
    told(&admin, change, "The next certificate is discarded.").await
}

/// `POST .../setup/certificates/switch`: the next certificate signs from now on.
pub async fn switch(admin: JiraAdmin, Form(seen): Form<Seen>) -> Result<Response, AppError> {
    let (active, next) = known(&admin, &seen).await?;
    let mut tx = admin.app.db.begin().await?;
    let change = saml::store::keys::switch(&mut tx, admin.site.id, active, next).await?;
    if change == Change::Done {
        note(&mut tx, &admin, "saml_key.switched", json!({ "before": active, "after": next })).await?;
    }
    tx.commit().await?;
    told(&admin, change, "The new certificate signs from now on.").await
}

/// `POST .../setup/certificates/switch-back`: the previous certificate signs again.
pub async fn switch_back(admin: JiraAdmin, Form(seen): Form<Seen>) -> Result<Response, AppError> {
    let (active, previous) = known(&admin, &seen).await?;
    let mut tx = admin.app.db.begin().await?;
    let change = saml::store::keys::switch_back(&mut tx, admin.site.id, active, previous).await?;
    if change == Change::Done {
        note(&mut tx, &admin, "saml_key.switched_back", json!({ "before": active, "after": previous }))
            .await?;
    }
    tx.commit().await?;
    told(&admin, change, "The previous certificate signs again.").await
}

/// The keys an act names: of this site, or nothing is there.
async fn known(admin: &JiraAdmin, seen: &Seen) -> Result<(Uuid, Uuid), AppError> {
    require_board(admin).await?;
    let (active, other) = seen.ids()?;
    let keys = keys(&mut *admin.app.db.acquire().await?, admin).await?;
    match (keys.find(active), keys.find(other)) {
        (Some(_), Some(_)) => Ok((active, other)),
        _ => Err(AppError::NotFound),
    }
}

/// The board again, and what became of the act.
async fn told(admin: &JiraAdmin, change: Change, done: &'static str) -> Result<Response, AppError> {
    let refused = match change {
        Change::Done => return show(admin, &progress(admin).await?, Step::Done, Some(done)).await,
        Change::Stale => "The certificates are not the ones you saw any more: somebody else was faster.",
        Change::NextExists => "There is a next certificate already. Discard it first.",
    };
    board::page(admin, &progress(admin).await?, None, Some(refused)).await
}

/// Certificates are renewed from the board, which the set-up has to have reached.
async fn require_board(admin: &JiraAdmin) -> Result<(), AppError> {
    let setup = progress(admin).await?;
    if setup.allows(Step::Done, has_values(admin)) { Ok(()) } else { Err(AppError::NotFound) }
}
