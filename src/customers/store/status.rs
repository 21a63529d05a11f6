//! What the directory tells of customers beyond a row of its list, and what Jira said of them.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::CustomerId;
use crate::sites::SiteId;

/// More of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    pub id: CustomerId,
    pub email: String,
    pub account_id: Option<String>,
    /// What Jira said, and when.
    pub jira_state: Option<String>,
    pub jira_asked_at: Option<OffsetDateTime>,
    /// Kinds of the enrolled factors, each once.
    pub methods: Vec<String>,
}

/// More of these customers.
pub async fn details(
    conn: &mut PgConnection,
    site: SiteId,
    ids: &[CustomerId],
) -> sqlx::Result<HashMap<CustomerId, Detail>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let details = sqlx::query_as!(
        Detail,
        r#"select id as "id: CustomerId", email, account_id, jira_state, jira_asked_at,
            array(select distinct kind from factors f
                  where f.site_id = c.site_id and f.customer_id = c.id) as "methods!"
         from customers c where site_id = $1 and id = any($2)"#,
        site.0,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(details.into_iter().map(|detail| (detail.id, detail)).collect())
}

/// Keeps what Jira said of a customer, and their account where it was found.
pub async fn set_jira(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
    state: &str,
    account: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set jira_state = $3, jira_asked_at = $5, account_id = coalesce($4, account_id)
         where site_id = $1 and id = $2",
        site.0,
        id.0,
        state,
        account,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
