//! What a site's SP sent and what it got: the live trace an admin reads while setting up.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::CustomerId;

/// How an AuthnRequest came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    Redirect,
    Post,
}

impl Binding {
    /// As the table keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Redirect => "redirect",
            Self::Post => "post",
        }
    }

    /// The binding the table keeps under that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Redirect, Self::Post].into_iter().find(|binding| binding.as_str() == name)
    }
}

/// One row to write.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The reference shown on the page the person saw.
    pub reference: &'a str,
    /// In short: `accepted`, `answered`, `refused`, `no_passive`, or a refusal's status.
    pub verdict: &'a str,
    /// In plain words, for the admin.
    pub reason: &'a str,
    pub binding: Binding,
    /// What the request said of itself, as far as it could be read. Foreign text: escape when shown.
    pub request_id: Option<&'a str>,
    pub issuer: Option<&'a str>,
    pub acs_url: Option<&'a str>,
    pub customer: Option<CustomerId>,
}

/// One row as read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: i64,
    pub at: OffsetDateTime,
    pub reference: String,
    pub verdict: String,
    pub reason: String,
    /// `redirect` or `post`.
    pub binding: String,
    pub request_id: Option<String>,
    pub issuer: Option<String>,
    pub acs_url: Option<String>,
    pub customer_id: Option<Uuid>,
}
