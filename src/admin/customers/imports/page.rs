//! An import's page, wherever it is: one address for all its steps. While the server works, a part of it
//! is asked for again and again; when there is something to decide, the answer is the whole page.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;
use uuid::Uuid;

use super::choose::{self, Choosing};
use super::columns::Columns;
use super::preview::{self, Preview};
use super::{begin, step_of, steps};
use crate::admin::frame::{self, Frame, Page};
use crate::admin::words;
use crate::error::AppError;
use crate::import::store::ListedRow;
use crate::import::upload::PIECE;
use crate::import::{self, BATCHES, Cursor, Import, Source, State, Verdict};
use crate::jira::JiraAdmin;
use crate::sites::SiteId;

/// Rows of an ended import that are shown.
const SHOWN: u32 = 100;

/// What is told at the top of the page, or beside the columns.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub fault: Option<String>,
    pub columns: Option<String>,
}

/// What is on the page besides its frame.
enum Body {
    Upload {
        /// Pieces that have arrived.
        have: u64,
    },
    Columns(Box<Columns>),
    Choosing(Choosing),
    Preview(Preview),
    /// The server works.
    Work(Box<Progress>),
    Waiting,
    Failed,
    Over {
        /// What an undo left as it is.
        kept: Vec<ListedRow>,
        /// What was refused.
        refused: Vec<ListedRow>,
    },
}

#[derive(Template)]
#[template(path = "admin/customers/imports/page.html")]
struct ImportPage {
    frame: Frame,
    base: String,
    import: Import,
    cursor: Cursor,
    body: Body,
    told: Told,
    has_mail: bool,
    now: time::OffsetDateTime,
}

#[derive(Template)]
#[template(path = "admin/customers/imports/progress.html")]
struct Progress {
    base: String,
    import: Import,
    cursor: Cursor,
    now: time::OffsetDateTime,
}

/// A step of the tracker.
struct Step {
    number: usize,
    name: &'static str,
    is_done: bool,
    is_current: bool,
}

impl ImportPage {
    fn steps(&self) -> Vec<Step> {
        let current = step_of(self.import.failed_in.unwrap_or(self.import.state));
        let named = steps(self.import.source).into_iter().enumerate();
        named
            .map(|(at, name)| Step { number: at + 1, name, is_done: at < current, is_current: at == current })
            .collect()
    }

    fn piece(&self) -> usize {
        PIECE
    }

    fn batches(&self) -> [u32; 3] {
        BATCHES
    }

    fn undo_until(&self) -> Option<String> {
        self.import.undo_until().filter(|until| self.now < *until).map(words::moment)
    }

    /// `1,200 added, 31 changed, 4 unchanged, 2 refused.`
    fn totals(&self) -> String {
        let counts = &self.import.counts;
        let mut parts = vec![
            format!("{} added", words::number(counts.created)),
            format!("{} changed", words::number(counts.updated)),
        ];
        if self.import.state == State::Done || self.import.state == State::Cancelled {
            parts.push(format!("{} unchanged", words::number(counts.unchanged)));
            parts.push(format!("{} refused", words::number(counts.refused + counts.lost)));
        }
        format!("{}.", parts.join(", "))
    }

    /// `1,190 removed, 31 as before, 10 kept.`
    fn undo_totals(&self) -> String {
        let counts = &self.import.counts;
        format!(
            "{} removed, {} as before, {} kept.",
            words::number(counts.removed),
            words::number(counts.restored),
            words::number(counts.kept)
        )
    }

    /// Those whose turn did not come.
    fn left(&self) -> u64 {
        self.import.counts.todo().saturating_sub(self.import.counts.done())
    }

    fn next_batch(&self) -> u64 {
        self.left().min(u64::from(self.import.batch))
    }

    fn refused(&self) -> u64 {
        self.import.counts.refused + self.import.counts.lost
    }

    /// What a screen reader is told when the work is done.
    fn said(&self) -> String {
        match self.import.state {
            State::Ready => format!(
                "Preview: {} new, {} changed, {} refused",
                words::number(self.import.counts.new),
                words::number(self.import.counts.changed),
                words::number(self.import.counts.refused)
            ),
            State::Done => format!("Done: {}", self.totals()),
            State::Undone => format!("Undone: {}", self.undo_totals()),
            _ => begin::lozenge(&self.import).1.to_owned(),
        }
    }
}

impl Progress {
    fn of(admin: &JiraAdmin, import: Import) -> Result<Self, AppError> {
        Ok(Self { base: frame::base(&admin.site), cursor: cursor(&import)?, import, now: admin.now })
    }

    /// How far the work is: what is done, and of how much; none where that is not known.
    fn bar(&self) -> Option<(u64, u64)> {
        let (import, counts) = (&self.import, &self.import.counts);
        match import.state {
            State::Reading => Some((import.received, import.size)),
            State::Fetching => {
                let parts = self.cursor.parts.as_ref()?;
                Some((self.cursor.at as u64, parts.len() as u64))
            }
            State::Running => Some((counts.done(), counts.todo())),
            State::Undoing => Some((counts.undone(), counts.created + counts.updated)),
            _ => None,
        }
    }

    fn sentence(&self) -> String {
        let (import, counts) = (&self.import, &self.import.counts);
        let customers = |count| words::counted(count, "customer", "customers");
        match import.state {
            State::Reading => format!("{} of {} read.", megabytes(import.received), megabytes(import.size)),
            State::Fetching => {
                let fetched = format!("{} fetched.", customers(import.received));
                match (self.cursor.busy_until.filter(|until| self.now < *until), self.part()) {
                    (Some(until), _) => {
                        format!("{fetched} Jira asked to wait: it goes on at {}.", words::moment(until))
                    }
                    (None, Some(part)) => format!("{fetched} Now: {part}."),
                    (None, None) => fetched,
                }
            }
            State::Judging => "Every row is compared with the others and with the directory.".into(),
            State::Running => {
                format!("{} of {} done.", words::number(counts.done()), customers(counts.todo()))
            }
            State::Undoing => {
                let all = counts.created + counts.updated;
                format!("{} of {} looked at.", words::number(counts.undone()), customers(all))
            }
            _ => String::new(),
        }
    }

    /// The desk or organisation that is fetched now.
    fn part(&self) -> Option<&str> {
        Some(&self.cursor.parts.as_ref()?.get(self.cursor.at)?.name)
    }

    /// What a screen reader is told now and then: at each tenth.
    fn said(&self) -> String {
        let word = begin::lozenge(&self.import).1;
        match self.bar() {
            Some((done, all)) if all > 0 => format!("{word}: {} percent", done * 10 / all * 10),
            _ => word.to_owned(),
        }
    }
}

/// `12.4 MB`.
pub fn megabytes(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "one digit is shown")]
    let bytes = bytes as f64;
    if bytes < 1_000_000.0 { format!("{:.1} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}

/// `GET .../customers/imports/{import}`.
pub async fn show(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    render(&admin, StatusCode::OK, id, query.as_deref(), Told::default()).await
}

/// `GET .../customers/imports/{import}/progress`: the part that is asked for again and again, or the whole
/// page when the work is done.
pub async fn progress(admin: JiraAdmin, Path((_, id)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let import = import::store::find(&mut conn, admin.site.id, id).await?.ok_or(AppError::NotFound)?;
    drop(conn);
    if import.state.has_job() {
        return Ok(admin.visitor.page(StatusCode::OK, &Progress::of(&admin, import)?));
    }
    Ok(frame::into("#main", page(&admin, StatusCode::OK, id, None).await?))
}

/// The page of an import, with what went wrong.
pub async fn page(
    admin: &JiraAdmin,
    status: StatusCode,
    id: Uuid,
    fault: Option<String>,
) -> Result<Response, AppError> {
    render(admin, status, id, None, Told { fault, columns: None }).await
}

/// The page of an import, with what is told.
pub async fn told(admin: &JiraAdmin, status: StatusCode, id: Uuid, told: Told) -> Result<Response, AppError> {
    render(admin, status, id, None, told).await
}

async fn render(
    admin: &JiraAdmin,
    status: StatusCode,
    id: Uuid,
    query: Option<&str>,
    told: Told,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let import = import::store::find(&mut conn, admin.site.id, id).await?.ok_or(AppError::NotFound)?;
    let body = body(&mut conn, admin, &import, query, &told).await?;
    drop(conn);
    let title = match import.source {
        Source::Csv => format!("Import of {}", import.name),
        Source::Jsm => format!("Import from Jira: {}", import.name),
    };
    let frame = Frame::new(admin, Page::Customers, title, format!("customers/imports/{id}"));
    let page = ImportPage {
        base: frame::base(&admin.site),
        frame,
        cursor: cursor(&import)?,
        import,
        body,
        told,
        has_mail: admin.app.config.mail.is_some(),
        now: admin.now,
    };
    Ok(admin.visitor.page(status, &page))
}

async fn body(
    conn: &mut PgConnection,
    admin: &JiraAdmin,
    import: &Import,
    query: Option<&str>,
    told: &Told,
) -> Result<Body, AppError> {
    let (site, id) = (import.site, import.id);
    Ok(match import.state {
        State::Uploading => Body::Upload { have: import::store::count_pieces(conn, site, id).await? },
        State::Mapping => match Columns::load(conn, import).await? {
            Some(columns) => Body::Columns(Box::new(Columns { fault: told.columns.clone(), ..columns })),
            None => Body::Upload { have: 0 },
        },
        State::Choosing => Body::Choosing(Choosing::load(conn, import, &choose::At::of_query(query)).await?),
        State::Ready => Body::Preview(Preview::load(conn, import, preview::At::of_query(query)).await?),
        state if state.has_job() => Body::Work(Box::new(Progress::of(admin, import.clone())?)),
        State::Waiting => Body::Waiting,
        State::Failed => Body::Failed,
        _ => Body::Over {
            kept: import::store::kept(conn, site, id, SHOWN).await?,
            refused: import::store::list(conn, site, id, Verdict::Refused, 0, SHOWN).await?,
        },
    })
}

fn cursor(import: &Import) -> Result<Cursor, AppError> {
    Cursor::of(import).map_err(AppError::internal)
}
