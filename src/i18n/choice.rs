//! Which language a visitor reads: what was chosen on a page, else what the browser asks for. Before both
//! goes what a customer chose while known (`customers::store::language`), which the sign-in's pages after
//! the password and the account page set `Visitor::lang` to.

use super::Lang;

/// Entries of an `Accept-Language` header that are looked at; browsers send a handful.
const MOST_ENTRIES: usize = 32;

/// The language chosen before, else the best of those the browser `accepts`, else English.
pub fn choose(chosen: Option<Lang>, accepts: Option<&str>) -> Lang {
    chosen.or_else(|| accepts.map(negotiate)).unwrap_or_default()
}

/// The best of our languages for an `Accept-Language` header (RFC 9110 12.5.4): the highest weight
/// wins, of equal ones the first; a regional tag is met by its language (`de-AT` by German), any
/// Portuguese by Brazil's and any Chinese by the simplified. Nothing that fits, or nothing readable:
/// English.
pub fn negotiate(header: &str) -> Lang {
    let entries = header.split(',').take(MOST_ENTRIES).filter_map(entry);
    let best = entries.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(lang, _)| lang).unwrap_or_default()
}

/// One entry: the language that meets it, and its weight in thousandths.
fn entry(text: &str) -> Option<(Lang, u32)> {
    let mut parts = text.split(';').map(str::trim);
    let lang = meets(parts.next()?)?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))) {
        Some(weight) => weight.parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight))?,
        None => 1.0,
    };
    let thousandths = (weight * 1_000.0).round() as u32;
    (thousandths > 0).then_some((lang, thousandths))
}

fn meets(tag: &str) -> Option<Lang> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    Lang::ALL.into_iter().find(|lang| lang.tag().split('-').next() == Some(primary.as_str()))
}
