//! Which column of a file is what: proposed from its head, for an admin to look at and change.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;
use uuid::Uuid;

use super::page::{self, Told};
use super::{locked, settle};
use crate::error::AppError;
use crate::import::csv::{self, Delimiter, Dialect, Encoding, Field, GroupSplit, HEAD, Mapping};
use crate::import::{self, Import, Layout, State};
use crate::jira::JiraAdmin;
use crate::sites::SiteId;
use crate::web::Form;
use crate::web::forms::first;

/// What the page shows of a file's columns.
pub struct Columns {
    pub columns: Vec<Column>,
    /// What stands in the first rows; each is as wide as there are columns.
    pub sample: Vec<Vec<String>>,
    pub mapping: Mapping,
    pub dialect: String,
    /// Columns of passwords, by name.
    pub passwords: Vec<String>,
    /// What is wrong with what was chosen.
    pub fault: Option<String>,
}

/// One column.
pub struct Column {
    /// As the file calls it, or its number.
    pub name: String,
    pub field: Field,
}

impl Columns {
    /// Of an import whose file is there; none when it is not, or says nothing.
    pub async fn load(conn: &mut PgConnection, import: &Import) -> sqlx::Result<Option<Self>> {
        let Some(layout) = &import.layout else { return Ok(None) };
        let first = import::store::piece(conn, import.site, import.id, 0).await?.unwrap_or_default();
        let Ok(sniffed) = csv::sniff(&first[..first.len().min(HEAD)]) else { return Ok(None) };
        let name = |at: usize| {
            let header = sniffed.header.as_ref().and_then(|header| header.get(at));
            let header = header.map(|name| name.chars().take(60).collect::<String>());
            header.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("Column {}", at + 1))
        };
        let columns = layout.mapping.columns.iter().enumerate();
        let columns: Vec<Column> =
            columns.map(|(at, field)| Column { name: name(at), field: *field }).collect();
        let sample = sniffed.sample.into_iter().map(|mut row| {
            row.resize(columns.len(), String::new());
            row
        });
        Ok(Some(Self {
            sample: sample.collect(),
            mapping: layout.mapping.clone(),
            dialect: described(layout.dialect),
            passwords: sniffed.passwords.into_iter().map(name).collect(),
            columns,
            fault: None,
        }))
    }

    /// Whether it has a column of groups.
    pub fn has_groups(&self) -> bool {
        self.columns.iter().any(|column| column.field == Field::Groups)
    }
}

/// `UTF-8, a semicolon between cells`.
fn described(dialect: Dialect) -> String {
    let encoding = match dialect.encoding {
        Encoding::Utf8 | Encoding::Ascii => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    };
    let delimiter = match dialect.delimiter {
        Delimiter::Comma => "a comma",
        Delimiter::Semicolon => "a semicolon",
        Delimiter::Tab => "a tab",
    };
    format!("{encoding}, {delimiter} between cells")
}

/// `POST .../customers/imports/{import}/columns`: what the admin says, a `column` for each from left to
/// right.
pub async fn submit(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let Some(layout) = import.layout.clone().filter(|_| import.state == State::Mapping) else {
        return settle(&admin, tx, &import, Err(import::Elsewhere)).await;
    };
    let value = |wanted: &str| first(&pairs, wanted);
    let columns = pairs.iter().filter(|(name, _)| name == "column").map(|(_, word)| Field::parse(word));
    let columns: Vec<Field> = columns.collect::<Option<_>>().ok_or(AppError::Malformed)?;
    if columns.len() != layout.mapping.columns.len() {
        return Err(AppError::Malformed);
    }
    let mapping = Mapping {
        header: value("header") == Some("on"),
        groups: value("groups").and_then(GroupSplit::parse).unwrap_or(layout.mapping.groups),
        columns,
    };
    let fault = mapping.check().err();
    let layout = serde_json::to_value(Layout { mapping, ..layout }).map_err(AppError::internal)?;
    import::store::set_layout(&mut tx, admin.site.id, id, &layout).await?;
    if let Some(fault) = fault {
        tx.commit().await?;
        let told = Told { columns: Some(fault.to_string()), ..Told::default() };
        return page::told(&admin, StatusCode::UNPROCESSABLE_ENTITY, id, told).await;
    }
    let led = import::lead(&mut tx, &admin.app, &import, &[State::Mapping], State::Reading).await?;
    settle(&admin, tx, &import, led).await
}
