//! The practice mailbox's pages: the list, one mail, and the mail's own HTML in a sandboxed frame,
//! whose links open beside it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use time::OffsetDateTime;
use time::macros::format_description;

use super::{Mail, Mailbox};
use crate::practice::pages::{Frame, Place, Trouble, render, surround};

/// A mail runs nothing, loads nothing and posts nothing; its links open in a window of their own.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

pub fn router(mailbox: Mailbox) -> Router {
    let surroundings = mailbox.0.surroundings.clone();
    let router = Router::new()
        .route("/", get(list))
        .route("/empty", post(empty))
        .route("/mail/{number}", get(show))
        .route("/mail/{number}/html", get(html))
        .with_state(mailbox);
    surround(router, Place::Mailbox, &surroundings)
}

#[derive(Template)]
#[template(path = "practice/mailbox.html")]
struct List {
    frame: Frame,
    mails: Vec<Arc<Mail>>,
}

async fn list(State(mailbox): State<Mailbox>) -> Response {
    let frame = Frame::new("Mailbox", Place::Mailbox, &mailbox.0.surroundings);
    render(&List { frame, mails: mailbox.mails() })
}

async fn empty(State(mailbox): State<Mailbox>) -> Redirect {
    mailbox.clear();
    Redirect::to("/")
}

#[derive(Template)]
#[template(path = "practice/mail.html")]
struct One {
    frame: Frame,
    mail: Arc<Mail>,
    text: Vec<Piece>,
}

/// A piece of a plain text: words, or an address to follow.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    Link(String),
}

async fn show(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    let Some(mail) = mailbox.find(number) else { return gone(&mailbox) };
    let frame = Frame::new(&mail.subject, Place::Mailbox, &mailbox.0.surroundings);
    let text = pieces(&mail.text);
    render(&One { frame, mail, text })
}

async fn html(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    let Some(mail) = mailbox.find(number) else { return gone(&mailbox) };
    let page = mail.html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(page)).into_response()
}

fn gone(mailbox: &Mailbox) -> Response {
    let frame = Frame::new("No such mail", Place::Mailbox, &mailbox.0.surroundings);
    let problem = "This mail is not here any more: the mailbox is kept in memory only.".into();
    (StatusCode::NOT_FOUND, render(&Trouble { frame, problem })).into_response()
}

/// Cuts a text at its addresses.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if bare.starts_with("https://") || bare.starts_with("http://") {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
            pieces.push(Piece::Link(bare.to_owned()));
            words.push_str(&word[bare.len()..]);
        } else {
            words.push_str(word);
        }
    }
    pieces.push(Piece::Words(words));
    pieces
}

impl Mail {
    fn time(&self) -> String {
        let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
        OffsetDateTime::format(self.at, format).unwrap_or_default()
    }
}
