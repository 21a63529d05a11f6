//! Tables that an administrator downloads, as CSV (RFC 4180), a page of rows at a time: the server holds no
//! more than that, however long the table is.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

/// Rows, and the key of the last one when more may follow.
pub type Rows<K> = (Vec<Vec<String>>, Option<K>);

/// A file of that name (ASCII letters, digits, `-` and `.`): `header`, then the rows that `page` gives after
/// each key, from `first` on. A page that fails breaks the download off, so that nobody takes half a table
/// for the whole.
pub fn csv<K, F>(name: &str, header: &[&str], first: K, page: impl Fn(K) -> F + Send + 'static) -> Response
where
    K: Send + 'static,
    F: Future<Output = sqlx::Result<Rows<K>>> + Send,
{
    // Marked as UTF-8, which Excel does not guess.
    let mut start = String::from("\u{FEFF}");
    write_row(&mut start, header);
    let rows = stream::try_unfold((page, Some(first), start), |(page, key, mut text)| async move {
        let Some(key) = key else {
            let is_empty = text.is_empty();
            return Ok((!is_empty).then(|| (Bytes::from(text), (page, None, String::new()))));
        };
        let (rows, next) = page(key).await?;
        for row in rows {
            write_row(&mut text, &row);
        }
        Ok::<_, sqlx::Error>(Some((Bytes::from(text), (page, next, String::new()))))
    });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(rows)).into_response()
}

/// A row, all cells in quotation marks.
fn write_row(text: &mut String, cells: &[impl AsRef<str>]) {
    for (at, cell) in cells.iter().enumerate() {
        let cell = cell.as_ref();
        text.push_str(if at == 0 { "\"" } else { ",\"" });
        if is_formula(cell) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}

/// Whether a spreadsheet would reckon with a cell instead of showing it (OWASP, "CSV Injection"). Our own
/// import takes the mark away again.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(pages: u32, fails_at: u32) -> Result<String, axum::Error> {
        let response = csv("a.csv", &["Number", "Text"], 0, move |page: u32| async move {
            if page == fails_at {
                return Err(sqlx::Error::PoolClosed);
            }
            let rows = (0..2).map(|row| vec![(page * 2 + row).to_string(), "x".into()]).collect();
            Ok((rows, Some(page + 1).filter(|next| *next < pages)))
        });
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await?;
        Ok(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_table_is_whole_or_broken_off() {
        assert_eq!(
            read(1, 9).await.unwrap(),
            "\u{FEFF}\"Number\",\"Text\"\r\n\"0\",\"x\"\r\n\"1\",\"x\"\r\n"
        );
        assert_eq!(read(3, 9).await.unwrap().lines().count(), 7);
        assert!(read(3, 2).await.is_err());
    }

    #[test]
    fn no_cell_is_a_formula_or_ends_its_row() {
        for (cell, written) in [
            ("Ada", "\"Ada\"\r\n"),
            ("", "\"\"\r\n"),
            ("a \"b\", c\nd", "\"a \"\"b\"\", c\nd\"\r\n"),
            ("=1+1", "\"'=1+1\"\r\n"),
            ("@x", "\"'@x\"\r\n"),
            ("-2", "\"'-2\"\r\n"),
            ("\tx", "\"'\tx\"\r\n"),
            ("＝1", "\"'＝1\"\r\n"),
            ("a=b", "\"a=b\"\r\n"),
        ] {
            let mut text = String::new();
            write_row(&mut text, &[cell]);
            assert_eq!(text, written);
        }
    }
}
