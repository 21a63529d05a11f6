//! The body that the operator's gateway takes, with placeholders.
//!
//! A template is taken apart once, at the start, by the rules of its content type, and values are put
//! into its parts before they are written again: what is in a text message or a number can therefore
//! never become structure, whatever characters it holds. A placeholder where that is not so (a JSON
//! key, a form field's name, outside JSON's quotes) is refused.

use serde_json::Value;

use super::gateway::Message;

/// The longest template, in bytes.
pub const MAX_TEMPLATE: usize = 4096;
/// What may stand in braces.
const PLACEHOLDERS: [&str; 5] = ["to", "digits", "text", "from", "id"];

/// What a body is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    Json,
    Form,
}

/// A template known to be right.
#[derive(Clone, PartialEq)]
pub enum Template {
    Json(Value),
    Form(Vec<(String, String)>),
}

// By hand: a gateway's password may be a field of the body.
impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Json(_) => "Template::Json(..)",
            Self::Form(_) => "Template::Form(..)",
        })
    }
}

impl ContentType {
    /// From a `Content-Type` header's value; its parameters do not count.
    pub fn named(value: &str) -> Option<Self> {
        let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/x-www-form-urlencoded" => Some(Self::Form),
            "application/json" => Some(Self::Json),
            other if other.starts_with("application/") && other.ends_with("+json") => Some(Self::Json),
            _ => None,
        }
    }

    /// What `template` looks like, where no header says; none for what is neither.
    pub fn guessed(template: &str) -> Option<Self> {
        match template.trim_start().chars().next()? {
            '{' | '[' => Some(Self::Json),
            c if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '%') => Some(Self::Form),
            _ => None,
        }
    }

    /// The header's value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }
}

impl Template {
    /// Takes a template apart. The error says what is wrong, without any part of it but the names in
    /// braces.
    pub fn parse(text: &str, content_type: ContentType) -> Result<Self, String> {
        if text.len() > MAX_TEMPLATE {
            return Err(format!("is longer than {MAX_TEMPLATE} bytes"));
        }
        let mut seen = Vec::new();
        let template = match content_type {
            ContentType::Json => {
                let value: Value = serde_json::from_str(text).map_err(|error| {
                    format!(
                        "is not JSON (column {}); placeholders stand inside quotes, as in \"{{to}}\"",
                        error.column()
                    )
                })?;
                json_places(&value, &mut seen)?;
                Self::Json(value)
            }
            ContentType::Form => {
                let fields: Vec<(String, String)> =
                    form_urlencoded::parse(text.trim().as_bytes()).into_owned().collect();
                for (name, value) in &fields {
                    none_in(name, "a form field's name")?;
                    places(value, &mut seen)?;
                }
                Self::Form(fields)
            }
        };
        let has = |name: &str| seen.iter().any(|seen| seen == name);
        if !has("text") || !(has("to") || has("digits")) {
            return Err("must hold {text}, and {to} or {digits}".into());
        }
        Ok(template)
    }

    /// Whether `{name}` stands anywhere.
    pub fn holds(&self, name: &str) -> bool {
        let place = format!("{{{name}}}");
        match self {
            Self::Json(value) => json_holds(value, &place),
            Self::Form(fields) => fields.iter().any(|(_, value)| value.contains(&place)),
        }
    }

    /// What the body is written as.
    pub fn content_type(&self) -> ContentType {
        match self {
            Self::Json(_) => ContentType::Json,
            Self::Form(_) => ContentType::Form,
        }
    }

    /// The body for `message`.
    pub fn fill(&self, message: &Message<'_>, from: &str) -> String {
        match self {
            Self::Json(value) => json_filled(value, message, from).to_string(),
            Self::Form(fields) => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                for (name, value) in fields {
                    form.append_pair(name, &filled(value, message, from));
                }
                form.finish()
            }
        }
    }
}

/// Puts the values into one string, in one pass: what a value holds is never taken for a placeholder.
fn filled(text: &str, message: &Message<'_>, from: &str) -> String {
    let mut out = String::with_capacity(text.len() + message.text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_place(rest) {
        out.push_str(before);
        match name {
            "to" => out.push_str(message.to.as_str()),
            "digits" => out.push_str(message.to.digits()),
            "text" => out.push_str(message.text),
            "from" => out.push_str(from),
            _ => out.push_str(message.id),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The first `{word}`: what stands before, the word, what follows.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inner = &text[open + 1..];
        let end = inner.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(inner.len());
        if end > 0 && inner[end..].starts_with('}') {
            return Some((&text[..open], &inner[..end], &inner[end + 1..]));
        }
        from = open + 1;
    }
    None
}

fn places(text: &str, seen: &mut Vec<String>) -> Result<(), String> {
    let mut rest = text;
    while let Some((_, name, after)) = next_place(rest) {
        if !PLACEHOLDERS.contains(&name) {
            return Err(format!(
                "has {{{name}}}, which is no placeholder; there are {{to}}, {{digits}}, {{text}}, {{from}} and {{id}}"
            ));
        }
        seen.push(name.to_owned());
        rest = after;
    }
    Ok(())
}

fn none_in(text: &str, place: &str) -> Result<(), String> {
    match next_place(text) {
        None => Ok(()),
        Some((_, name, _)) => Err(format!("has {{{name}}} in {place}, where nothing may be put in")),
    }
}

fn json_places(value: &Value, seen: &mut Vec<String>) -> Result<(), String> {
    match value {
        Value::String(text) => places(text, seen),
        Value::Array(values) => values.iter().try_for_each(|value| json_places(value, seen)),
        Value::Object(members) => members.iter().try_for_each(|(name, value)| {
            none_in(name, "a JSON object's key")?;
            json_places(value, seen)
        }),
        _ => Ok(()),
    }
}

fn json_holds(value: &Value, place: &str) -> bool {
    match value {
        Value::String(text) => text.contains(place),
        Value::Array(values) => values.iter().any(|value| json_holds(value, place)),
        Value::Object(members) => members.values().any(|value| json_holds(value, place)),
        _ => false,
    }
}

fn json_filled(value: &Value, message: &Message<'_>, from: &str) -> Value {
    match value {
        Value::String(text) => Value::String(filled(text, message, from)),
        Value::Array(values) => values.iter().map(|value| json_filled(value, message, from)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), json_filled(value, message, from)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
