//! An administrator's way back for a customer who has lost every second factor (D8).

use sqlx::PgConnection;

use super::{Notice, notify, store};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::Customer;
use crate::factors;
use crate::i18n::Lang;
use crate::signin;

/// Takes every second factor of the customer away, ends what is signed in and remembered, and tells the
/// customer; enrolment follows at the next sign-in. How many factors went. In the caller's transaction,
/// with the customer locked.
pub async fn reset_mfa(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
    actor: Actor,
) -> sqlx::Result<u64> {
    let gone = factors::store::remove_every(conn, customer.site, customer.id).await?;
    store::end_recovery(conn, customer.site, customer.id).await?;
    signin::end_everything(conn, customer.site, customer.id).await?;
    notify(conn, app, customer, lang, Notice::FactorsReset).await?;
    let detail = serde_json::json!({ "factors": gone });
    let event = Event {
        customer: Some(customer.id),
        detail: &detail,
        ..Event::new(customer.site, actor, "customer.factors_reset", "ok")
    };
    audit::record(conn, app.clock.now(), &event).await?;
    Ok(gone)
}
