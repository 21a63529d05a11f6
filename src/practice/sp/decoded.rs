//! What a verified response says.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{SAML, SAMLP};
use crate::practice::tree::Element;

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const STATUS_PREFIX: &str = "urn:oasis:names:tc:SAML:2.0:status:";

/// A response whose signatures verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub response_id: String,
    /// Empty when missing, which a check reports.
    pub issuer: String,
    pub in_response_to: String,
    pub status: Status,
    /// Present exactly when the status is Success.
    pub assertion: Option<Assertion>,
}

/// SAML core 3.2.2: a code, perhaps a nested one, perhaps a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The codes from the outside in, without the common prefix: `["Responder", "NoPassive"]`.
    pub codes: Vec<String>,
    pub message: Option<String>,
}

/// Who signed in, when and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    pub id: String,
    pub name_id: String,
    pub name_id_format: String,
    pub attributes: Vec<Attribute>,
    pub session_index: String,
    /// AuthnContextClassRef.
    pub authn_context: String,
    pub authn_instant: OffsetDateTime,
    pub not_before: OffsetDateTime,
    pub not_on_or_after: OffsetDateTime,
}

/// An attribute and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: String,
    pub values: Vec<String>,
}

impl Attribute {
    /// The last part of a name that is a URL.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

impl Decoded {
    /// The NameID when somebody signed in.
    pub fn name_id(&self) -> Option<&str> {
        self.assertion.as_ref().map(|assertion| assertion.name_id.as_str())
    }
}

impl Assertion {
    /// The only value of the attribute whose name is `name` or ends in `/name`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|attribute| {
            attribute.name.strip_suffix(name).is_some_and(|start| start.is_empty() || start.ends_with('/'))
        })?;
        match attribute.values.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

impl Status {
    /// Whether the sign-in succeeded.
    pub fn is_success(&self) -> bool {
        self.codes == ["Success"]
    }

    /// `None` when there is no status.
    pub(super) fn read(response: &Element) -> Option<Self> {
        let status = response.child(SAMLP, "Status")?;
        let mut codes = Vec::new();
        let mut code = status.child(SAMLP, "StatusCode");
        while let Some(element) = code {
            let value = element.attribute("Value").unwrap_or_default();
            codes.push(value.strip_prefix(STATUS_PREFIX).unwrap_or(value).to_owned());
            code = element.child(SAMLP, "StatusCode");
        }
        let message = status.child(SAMLP, "StatusMessage").map(|message| message.text.clone());
        (!codes.is_empty()).then_some(Self { codes, message })
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.codes.join(" / "))?;
        match &self.message {
            Some(message) => write!(f, " ({message})"),
            None => Ok(()),
        }
    }
}

/// The response's status code says Success, before anything is verified: only to know whether an
/// assertion is to be expected.
pub(super) fn claims_success(response: &Element) -> bool {
    response
        .child(SAMLP, "Status")
        .and_then(|status| status.child(SAMLP, "StatusCode"))
        .is_some_and(|code| code.attribute("Value") == Some(SUCCESS))
}

/// The text of an element that must hold nothing else, exactly as written.
pub(super) fn plain<'a>(parent: &'a Element, namespace: &str, name: &str) -> Result<&'a str, String> {
    let mut found = parent.children.iter().filter(|child| child.is(namespace, name));
    match (found.next(), found.next()) {
        (Some(one), None) if one.children.is_empty() => Ok(&one.text),
        (Some(_), None) => Err(format!("{name} holds elements")),
        (None, _) => Err(format!("no {name}")),
        _ => Err(format!("more than one {name}")),
    }
}

/// A moment in an attribute: xs:dateTime in UTC with `Z` (SAML core 1.3.3).
pub(super) fn moment(element: &Element, name: &str) -> Result<OffsetDateTime, String> {
    let text = element.attribute(name).ok_or_else(|| format!("no {name}"))?;
    if !text.ends_with('Z') {
        return Err(format!("{name} {text:?} is not in UTC with a Z"));
    }
    OffsetDateTime::parse(text, &Rfc3339).map_err(|_| format!("{name} {text:?} is not a time"))
}

/// The attributes of the assertion's one AttributeStatement.
pub(super) fn attributes(assertion: &Element) -> Result<Vec<Attribute>, String> {
    let mut all: Vec<Attribute> = Vec::new();
    for element in
        assertion.children(SAML, "AttributeStatement").flat_map(|statement| statement.children.iter())
    {
        let name = match element.attribute("Name") {
            Some(name) if element.is(SAML, "Attribute") => name.to_owned(),
            _ => return Err("an attribute statement that holds something else".into()),
        };
        if all.iter().any(|attribute| attribute.name == name) {
            return Err(format!("the attribute {name:?} twice"));
        }
        let mut values = Vec::new();
        for value in &element.children {
            if !value.is(SAML, "AttributeValue") || !value.children.is_empty() {
                return Err(format!("the attribute {name:?} holds more than text"));
            }
            values.push(value.text.clone());
        }
        all.push(Attribute { name, values });
    }
    Ok(all)
}
