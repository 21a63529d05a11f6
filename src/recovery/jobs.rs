//! What happens later: the mail after a forgotten password, and the end of a recovery's wait. Both may
//! run twice: the first is held by the mail room's limits, the second by what its row says.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{delayed, forgotten};
use crate::app::App;
use crate::customers::CustomerId;
use crate::i18n::Lang;
use crate::jobs::{Claimed, Outcome};
use crate::sites::{self, SiteId, SiteStatus};

/// Who asked for a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// None: nobody has that name, or it was asked for too often.
    pub customer: Option<CustomerId>,
    pub lang: Lang,
}

impl Asked {
    /// As the job's row has it.
    pub fn payload(self) -> Value {
        json!({ "customer": self.customer.unwrap_or(CustomerId(Uuid::nil())), "lang": self.lang.tag() })
    }

    fn read(payload: &Value) -> Option<Self> {
        let id: Uuid = payload.get("customer")?.as_str()?.parse().ok()?;
        let lang = payload.get("lang").and_then(Value::as_str).and_then(Lang::from_tag);
        Some(Self { customer: (!id.is_nil()).then_some(CustomerId(id)), lang: lang.unwrap_or_default() })
    }
}

/// One try at the mail after a forgotten password.
pub async fn forgotten_password(app: &App, job: &Claimed) -> Outcome {
    let (Some(site), Some(asked)) = (job.site, Asked::read(&job.payload)) else {
        return Outcome::GiveUp("names nobody, not even nobody".into());
    };
    let done = async {
        let mut tx = app.db.begin().await?;
        let customer = forgotten::customer(&mut tx, site, asked.customer).await?;
        if let (Some(customer), true) = (customer, is_served(&mut tx, site).await?) {
            forgotten::answer(&mut tx, app, &customer, asked.lang).await?;
        }
        tx.commit().await
    };
    outcome(done.await)
}

/// A recovery, as its job's row has it.
pub(super) fn of_recovery(recovery: Uuid) -> Value {
    json!({ "recovery": recovery })
}

/// One try at the end of a recovery's wait.
pub async fn recovery_ready(app: &App, job: &Claimed) -> Outcome {
    let recovery = job.payload.get("recovery").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let (Some(site), Some(recovery)) = (job.site, recovery) else {
        return Outcome::GiveUp("names no recovery".into());
    };
    let done = async {
        let mut tx = app.db.begin().await?;
        if is_served(&mut tx, site).await? {
            delayed::tell_ready(&mut tx, app, site, recovery).await?;
        }
        tx.commit().await
    };
    outcome(done.await)
}

async fn is_served(conn: &mut sqlx::PgConnection, site: SiteId) -> sqlx::Result<bool> {
    let site = sites::store::find(conn, site).await?;
    Ok(site.is_some_and(|site| site.status != SiteStatus::Uninstalled))
}

fn outcome(done: sqlx::Result<()>) -> Outcome {
    match done {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::Later(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_says_who_asked_or_that_nobody_did() {
        for customer in [None, Some(CustomerId(Uuid::from_u128(5)))] {
            let asked = Asked { customer, lang: Lang::Japanese };
            assert_eq!(Asked::read(&asked.payload()), Some(asked));
        }
        for bad in [json!(null), json!({}), json!({ "customer": 5 }), json!({ "customer": "zoe" })] {
            assert_eq!(Asked::read(&bad), None, "{bad}");
        }
    }
}
