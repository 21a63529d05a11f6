//! Rows: what a file or Jira says of one customer each.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::customers::search;
use crate::import::csv::{Person, Refusal};
use crate::import::{Import, Verdict};
use crate::jira::desks::Account;
use crate::sites::SiteId;

/// A row about to be kept.
#[derive(Clone, Debug)]
pub struct NewRow {
    pub number: i64,
    /// For the customer, should it be a new one.
    pub id: Uuid,
    pub said: Result<Person, Refusal>,
    /// Of a list from Jira: not chosen yet.
    pub account: Option<Account>,
}

/// The columns of many rows. Nulls are spelt as nothing: no text here is empty otherwise, but for names,
/// which are never null where there is an email.
#[derive(Default)]
struct Columns {
    numbers: Vec<i64>,
    ids: Vec<Uuid>,
    emails: Vec<String>,
    email_keys: Vec<String>,
    usernames: Vec<String>,
    username_keys: Vec<String>,
    given: Vec<String>,
    family: Vec<String>,
    named: Vec<bool>,
    accounts: Vec<String>,
    groups: Vec<String>,
    search_texts: Vec<String>,
    name_keys: Vec<String>,
    fields: Vec<String>,
    reasons: Vec<String>,
    values: Vec<String>,
}

impl Columns {
    fn push(&mut self, row: NewRow) {
        self.numbers.push(row.number);
        self.ids.push(row.id);
        let account = row.account.map(|account| account.account_id);
        match row.said {
            Ok(person) => {
                let username = person.username.as_ref();
                let email = person.email.as_str();
                let (given, family) = (&person.name.given, &person.name.family);
                self.search_texts.push(search::text(
                    given,
                    family,
                    email,
                    username.map(|name| name.as_str()),
                ));
                self.name_keys.push(search::name_key(given, family));
                self.email_keys.push(person.email.key());
                self.emails.push(email.to_owned());
                self.usernames.push(username.map(|name| name.as_str().to_owned()).unwrap_or_default());
                self.username_keys.push(username.map(|name| name.key()).unwrap_or_default());
                self.given.push(person.name.given);
                self.family.push(person.name.family);
                self.named.push(person.named);
                self.accounts.push(account.or(person.account_id).unwrap_or_default());
                self.groups.push(person.groups.join("\n"));
                for column in [&mut self.fields, &mut self.reasons, &mut self.values] {
                    column.push(String::new());
                }
            }
            Err(refusal) => {
                self.search_texts.push(search::text("", "", &refusal.value, None));
                for column in [
                    &mut self.name_keys,
                    &mut self.email_keys,
                    &mut self.emails,
                    &mut self.usernames,
                    &mut self.username_keys,
                    &mut self.given,
                    &mut self.family,
                    &mut self.groups,
                ] {
                    column.push(String::new());
                }
                self.named.push(false);
                self.accounts.push(account.unwrap_or_default());
                self.fields.push(refusal.field.map(|field| field.label().to_owned()).unwrap_or_default());
                self.reasons.push(refusal.reason);
                // Postgres keeps no NUL in a text.
                self.values.push(refusal.value.replace('\0', "\u{FFFD}"));
            }
        }
    }
}

/// Keeps rows; how many. Of a list from Jira (`to_choose`) an account that is there already is passed over.
pub async fn insert_rows(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    rows: Vec<NewRow>,
    to_choose: bool,
) -> sqlx::Result<u64> {
    let mut columns = Columns::default();
    for row in rows {
        columns.push(row);
    }
    let done = sqlx::query!(
        "insert into import_rows (site_id, import_id, number, customer_id, email, email_key, username,
            username_key, given_name, family_name, named, account_id, groups, search_text, name_key, chosen,
            verdict, field, reason, value)
         select $1, $2, r.number, r.id, nullif(r.email, ''), nullif(r.email_key, ''), nullif(r.username, ''),
            nullif(r.username_key, ''), r.given, r.family, r.named, nullif(r.account, ''), nullif(r.groups, ''),
            r.search_text, r.name_key, case when $3 then false end,
            case when $3 then 'left' when r.email = '' then 'refused' else 'new' end,
            nullif(r.field, ''), nullif(r.reason, ''), nullif(r.value, '')
         from unnest($4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
            $11::text[], $12::boolean[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
            $18::text[], $19::text[])
            as r (number, id, email, email_key, username, username_key, given, family, named, account, groups,
                  search_text, name_key, field, reason, value)
         on conflict do nothing",
        site.0,
        import,
        to_choose,
        &columns.numbers,
        &columns.ids,
        &columns.emails,
        &columns.email_keys,
        &columns.usernames,
        &columns.username_keys,
        &columns.given,
        &columns.family,
        &columns.named,
        &columns.accounts,
        &columns.groups,
        &columns.search_texts,
        &columns.name_keys,
        &columns.fields,
        &columns.reasons,
        &columns.values,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets the rows of an import.
pub async fn clear(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from import_rows where site_id = $1 and import_id = $2", site.0, import)
        .execute(conn)
        .await?;
    Ok(())
}

/// The highest number of a row; 0 for none.
pub async fn last_number(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(max(number), 0) as "last!" from import_rows where site_id = $1 and import_id = $2"#,
        site.0,
        import,
    )
    .fetch_one(conn)
    .await
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRow {
    pub number: i64,
    pub email: Option<String>,
    pub username: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub groups: Option<String>,
    pub account_id: Option<String>,
    pub chosen: Option<bool>,
    pub field: Option<String>,
    pub reason: Option<String>,
    pub value: Option<String>,
    /// Of a changed one: what the directory has.
    pub present_name: Option<String>,
    pub present_username: Option<String>,
}

/// Rows of a verdict after the number `after`, at most `most`.
pub async fn list(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    verdict: Verdict,
    after: i64,
    most: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as!(
        ListedRow,
        r#"select r.number, r.email, r.username, r.given_name, r.family_name, r.groups, r.account_id, r.chosen,
            r.field, r.reason, r.value, trim(c.given_name || ' ' || c.family_name) as "present_name?",
            c.username as "present_username?"
         from import_rows r left join customers c on c.site_id = r.site_id and c.id = r.customer_id
         where r.site_id = $1 and r.import_id = $2 and r.verdict = $3 and r.number > $4
         order by r.number limit $5"#,
        site.0,
        import,
        verdict.word(),
        after,
        i64::from(most),
    )
    .fetch_all(conn)
    .await
}

/// New and changed rows that an undo left as they are, at most `most`.
pub async fn kept(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    most: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as!(
        ListedRow,
        r#"select number, email, username, given_name, family_name, groups, account_id, chosen, field, reason,
            value, null as "present_name?", null as "present_username?"
         from import_rows
         where site_id = $1 and import_id = $2 and verdict in ('new', 'changed') and reason is not null
         order by number limit $3"#,
        site.0,
        import,
        i64::from(most),
    )
    .fetch_all(conn)
    .await
}

/// Accounts of a list from Jira that match `patterns` (see [`search::Words`]), after the number `after`.
pub async fn listed_accounts(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    patterns: [&str; 3],
    after: i64,
    most: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as!(
        ListedRow,
        r#"select number, email, username, given_name, family_name, groups, account_id, chosen, field, reason,
            value, null as "present_name?", null as "present_username?"
         from import_rows
         where site_id = $1 and import_id = $2 and chosen is not null and number > $6
           and search_text like $3 and search_text like $4 and search_text like $5
         order by number limit $7"#,
        site.0,
        import,
        patterns[0],
        patterns[1],
        patterns[2],
        after,
        i64::from(most),
    )
    .fetch_all(conn)
    .await
}

/// Whom of a list to choose, or not to.
#[derive(Clone, Debug)]
pub enum Choice<'a> {
    These(&'a [i64]),
    Matching([&'a str; 3]),
}

/// Chooses, or takes it back.
pub async fn choose(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    choice: &Choice<'_>,
    on: bool,
) -> sqlx::Result<()> {
    match choice {
        Choice::These(numbers) => {
            sqlx::query!(
                "update import_rows set chosen = $4
                 where site_id = $1 and import_id = $2 and number = any($3) and chosen is not null",
                site.0,
                import,
                *numbers,
                on,
            )
            .execute(conn)
            .await?
        }
        Choice::Matching(patterns) => {
            sqlx::query!(
                "update import_rows set chosen = $6
                 where site_id = $1 and import_id = $2 and chosen = not $6
                   and search_text like $3 and search_text like $4 and search_text like $5",
                site.0,
                import,
                patterns[0],
                patterns[1],
                patterns[2],
                on,
            )
            .execute(conn)
            .await?
        }
    };
    Ok(())
}

/// How many accounts are chosen, how many match `patterns`, and how many there are.
pub async fn chosen(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    patterns: [&str; 3],
) -> sqlx::Result<(u64, u64, u64)> {
    let row = sqlx::query!(
        r#"select count(*) filter (where chosen) as "chosen!",
            count(*) filter (where search_text like $3 and search_text like $4 and search_text like $5) as "matching!",
            count(*) as "all!"
         from import_rows where site_id = $1 and import_id = $2 and chosen is not null"#,
        site.0,
        import,
        patterns[0],
        patterns[1],
        patterns[2],
    )
    .fetch_one(conn)
    .await?;
    Ok((row.chosen.unsigned_abs(), row.matching.unsigned_abs(), row.all.unsigned_abs()))
}

/// Puts accounts of a list from Jira into a group, by its name.
pub async fn add_group_to_rows(
    conn: &mut PgConnection,
    import: &Import,
    accounts: &[String],
    group: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update import_rows set groups = case when groups is null then $4 else groups || e'\\n' || $4 end
         where site_id = $1 and import_id = $2 and account_id = any($3) and chosen is not null",
        import.site.0,
        import.id,
        accounts,
        group,
    )
    .execute(conn)
    .await?;
    Ok(())
}
