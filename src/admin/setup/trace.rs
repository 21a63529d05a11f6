//! The live trace (B3): what Guard asked and what it was told, as it happens. The page asks for it
//! every few seconds and is answered only when there is something new.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::super::{frame, words};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::saml;
use crate::saml::trace::{Answer, Request, Row};

/// How many exchanges are shown.
const SHOWN: i64 = 12;

/// The list as a fragment of its own.
#[derive(Template)]
#[template(path = "admin/setup/trace.html")]
struct Fragment {
    view: TraceView,
}

/// The list, also as a part of a page: `admin/setup/trace.html` reads it from `view`.
pub struct TraceView {
    pub base: String,
    now: OffsetDateTime,
    pub rows: Vec<Line>,
    /// What the page shows, for the next question.
    pub seen: String,
}

/// One row in words.
pub struct Line {
    pub row: Row,
    /// `success`, `removed` ...: the lozenge's look.
    pub look: &'static str,
    pub verdict: &'static str,
    pub advice: Option<&'static str>,
}

impl Line {
    fn new(row: Row) -> Self {
        let (look, verdict) = match row.verdict.as_str() {
            "answered" => ("success", "Signed in"),
            "tested" => ("new", "Test"),
            "accepted" => ("inprogress", "Asked"),
            "refused" => ("removed", "Refused"),
            _ => ("moved", "Declined"),
        };
        let advice = row.detail.code.as_deref().and_then(saml::advice);
        Self { row, look, verdict, advice }
    }

    pub fn time(&self) -> String {
        words::moment(self.row.at)
    }

    pub fn request(&self) -> Vec<(&'static str, String)> {
        self.row.detail.request.as_ref().map(asked).unwrap_or_default()
    }

    pub fn answer(&self) -> Vec<(&'static str, String)> {
        self.row.detail.answer.as_ref().map(told).unwrap_or_default()
    }
}

impl TraceView {
    /// The newest exchanges of the admin's site.
    pub async fn load(conn: &mut PgConnection, admin: &JiraAdmin) -> Result<Self, AppError> {
        let rows = saml::store::newest_traces(conn, admin.site.id, None, SHOWN).await?;
        // A row may be committed after one of a greater id: the newest id alone would miss it.
        let newest = rows.first().map_or(0, |row| row.id);
        // Once a minute also for the times' sake: "5 minutes ago".
        let minute = admin.now.unix_timestamp() / 60;
        let seen = format!("{newest}-{}-{minute}", rows.iter().map(|row| row.id).sum::<i64>());
        let rows = whole_exchanges(rows).into_iter().map(Line::new).collect();
        Ok(Self { base: frame::base(&admin.site), now: admin.now, rows, seen })
    }

    /// What a screen reader is told when the list has changed.
    pub fn said(&self) -> String {
        self.rows.first().map(|line| format!("{}: {}", line.verdict, line.row.reason)).unwrap_or_default()
    }

    pub fn ago(&self, line: &Line) -> String {
        words::ago(line.row.at, self.now)
    }
}

/// One row an exchange: an answer that came after some pages takes the request from the row that began
/// it, where all of it is kept, and stands for both.
fn whole_exchanges(rows: Vec<Row>) -> Vec<Row> {
    let (begun, mut others): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.verdict == "accepted" && row.request_id.is_some());
    let mut open = Vec::new();
    for begun in begun {
        match others.iter_mut().find(|row| row.request_id == begun.request_id && row.verdict != "refused") {
            Some(answered) => answered.detail.request = begun.detail.request,
            None => open.push(begun),
        }
    }
    others.extend(open);
    others.sort_by_key(|row| std::cmp::Reverse(row.id));
    others
}

/// What the page knows already.
#[derive(Deserialize)]
pub struct Seen {
    #[serde(default)]
    seen: String,
}

/// `GET .../setup/trace?seen=...`: the list, or 204 when it is still the same.
pub async fn show(admin: JiraAdmin, Query(known): Query<Seen>) -> Result<Response, AppError> {
    let view = TraceView::load(&mut *admin.app.db.acquire().await?, &admin).await?;
    if view.seen == known.seen {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(admin.visitor.page(StatusCode::OK, &Fragment { view }))
}

fn asked(request: &Request) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    add("Issuer", request.issuer.clone());
    add("ID", request.id.clone());
    add("Assertion consumer service URL", request.acs_url.clone());
    add("Assertion consumer service index", request.acs_index.map(|index| index.to_string()));
    add("Destination", request.destination.clone());
    add("Issued", request.issue_instant.map(words::moment));
    add("ForceAuthn", request.force_authn.then(|| "yes".into()));
    add("IsPassive", request.is_passive.then(|| "yes".into()));
    add("NameID format", request.name_id_format.clone());
    add("Response binding", request.protocol_binding.clone());
    let contexts = request.requested_contexts.as_ref().map(|wanted| wanted.classes.join(", "));
    add("Asks for", contexts);
    add("RelayState", request.relay_state_bytes.map(|bytes| format!("{bytes} bytes, returned unchanged")));
    let signed = |signed| if signed { "yes, not needed" } else { "no, not needed" }.into();
    add("Signed", request.signed.map(signed));
    facts
}

fn told(answer: &Answer) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Status", answer.status.join(", "))];
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    add("NameID", answer.name_id.clone());
    for attribute in &answer.attributes {
        let name = match attribute.name.rsplit('/').next().unwrap_or_default() {
            "givenname" => "Attribute givenname",
            "surname" => "Attribute surname",
            "name" => "Attribute name",
            "emailaddress" => "Attribute emailaddress",
            _ => "Attribute",
        };
        add(name, Some(attribute.value.clone()));
    }
    add("Audience", answer.audience.clone());
    add("Recipient", Some(answer.recipient.clone()));
    add("In response to", Some(answer.in_response_to.clone()));
    add("AuthnContext", answer.authn_context.clone());
    add("Signed in at", answer.authn_instant.map(words::moment));
    add("Valid from", answer.not_before.map(words::moment));
    add("Valid until", answer.not_on_or_after.map(words::moment));
    add("Signatures", Some(answer.signed.join(" and ")));
    add("Certificate, SHA-256", Some(answer.certificate_sha256.clone()));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::trace::Detail;

    fn row(id: i64, verdict: &str, request: &str, issuer: Option<&str>) -> Row {
        let asked = Request { issuer: issuer.map(Into::into), ..Request::default() };
        Row {
            id,
            at: OffsetDateTime::UNIX_EPOCH,
            reference: String::new(),
            verdict: verdict.into(),
            reason: String::new(),
            binding: "redirect".into(),
            request_id: Some(request.into()),
            issuer: None,
            acs_url: None,
            customer_id: None,
            customer_email: None,
            detail: Detail { request: Some(asked), ..Detail::default() },
        }
    }

    #[test]
    fn a_late_answer_is_shown_with_the_whole_request_once() {
        let rows = vec![
            row(6, "refused", "a", None), // the same ID again
            row(5, "answered", "a", None),
            row(4, "accepted", "b", Some("sp")),
            row(3, "answered", "c", Some("from a session")),
            row(2, "tested", "d", None),
            row(1, "accepted", "a", Some("sp")),
        ];
        let shown: Vec<_> = whole_exchanges(rows)
            .into_iter()
            .map(|row| (row.id, row.detail.request.and_then(|request| request.issuer)))
            .collect();
        let sp = || Some("sp".to_owned());
        assert_eq!(shown, [(6, None), (5, sp()), (4, sp()), (3, Some("from a session".into())), (2, None)]);
    }
}
