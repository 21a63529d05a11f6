//! Bodies of other servers' answers, read no further than they are worth.

use reqwest::Response;

/// The body of `response`; none when it is longer than `most` bytes.
pub async fn bounded(mut response: Response, most: usize) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > most {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}
