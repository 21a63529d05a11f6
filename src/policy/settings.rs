//! What a site's admin can decide, within which bounds, and what is decided by default.

use ipnet::IpNet;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::Date;

use super::networks;
use crate::factors::{Method, MethodSet, questions};

/// Code points of [`Settings::totp_issuer`] at most: apps show little more.
pub const LONGEST_ISSUER: usize = 60;

time::serde::format_description!(day, Date, "[year]-[month]-[day]");

/// Everything but the switch itself: the document in `policies.settings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Whom the switch concerns (C2).
    pub scope: Scope,
    /// What may be a second factor (C3).
    pub methods: MethodSet,
    /// The name authenticator apps show; none: the site's host name.
    pub totp_issuer: Option<String>,
    /// A passkey that verifies its user is a whole sign-in, without a password.
    pub passkey_sign_in: bool,
    /// How security questions are set and asked (security.md K2).
    pub questions: Questions,
    /// Second factors a customer has to have, backup codes not counted (C4): 1 to 3.
    pub least_factors: u32,
    /// How long a device that a customer asks to be remembered is not asked for a second factor, in
    /// days; 0: none is remembered (security.md S5).
    pub remembered_days: u32,
    /// Whoever has lost every second factor may begin anew by mail, after a day's wait.
    pub self_recovery: bool,
    /// How long setting up the first factor may be put off (C4).
    pub grace: Grace,
    pub session: SessionLimits,
    pub throttle: Throttle,
    /// Where the password alone is enough (C5). It bends the rule, also when the scope is
    /// [`Scope::Enforced`]: see [`super::requirement`]. At most [`networks::MOST`].
    pub trusted_networks: Vec<IpNet>,
}

/// Whom 2FA concerns (C2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Only those switched on, themselves or by a group.
    Selected,
    /// All but those switched off, themselves or by a group.
    EveryoneExcept,
    /// All, existing and new; exceptions are kept but suspended.
    #[default]
    Enforced,
}

impl Scope {
    pub const ALL: [Self; 3] = [Self::Selected, Self::EveryoneExcept, Self::Enforced];

    /// Its name in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Selected => "selected",
            Self::EveryoneExcept => "everyone_except",
            Self::Enforced => "enforced",
        }
    }

    /// The scope of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// The methods that are on until somebody decides otherwise: the recommended ones.
pub const RECOMMENDED: MethodSet = MethodSet::of(&[Method::Passkey, Method::Totp, Method::BackupCodes]);

impl Default for Settings {
    fn default() -> Self {
        Self {
            scope: Scope::default(),
            methods: RECOMMENDED,
            totp_issuer: None,
            passkey_sign_in: false,
            questions: Questions::default(),
            least_factors: 1,
            remembered_days: 0,
            self_recovery: true,
            grace: Grace::default(),
            session: SessionLimits::default(),
            throttle: Throttle::default(),
            trusted_networks: Vec::new(),
        }
    }
}

/// What a stored document says of the methods. One it does not name came later and is off until an
/// admin decides; where nothing is readable, the recommended ones are on.
fn methods(document: &Value) -> MethodSet {
    let Some(stored) = document.get("methods").and_then(Value::as_object) else { return RECOMMENDED };
    let is_on = |method: &Method| stored.get(method.word()).and_then(Value::as_bool) == Some(true);
    Method::ALL.iter().copied().filter(is_on).collect()
}

/// Security questions: the admin's list, how many a customer answers, and how many are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Questions {
    /// At least `to_set`, at most [`Questions::MOST`], each of at most [`Questions::LONGEST`] code
    /// points, all different.
    pub list: Vec<String>,
    pub to_set: u32,
    /// Never more than `to_set`.
    pub to_ask: u32,
}

impl Questions {
    pub const MOST: usize = 30;
    pub const LONGEST: usize = 200;
    pub const TO_SET: (u32, u32) = (3, 10);
    pub const TO_ASK: (u32, u32) = (1, 5);

    fn bounded(mut self) -> Self {
        let mut seen = std::collections::HashSet::new();
        self.list = self.list.iter().map(|question| question.trim().to_owned()).collect();
        self.list.retain(|question| {
            !question.is_empty() && question.chars().count() <= Self::LONGEST && seen.insert(question.clone())
        });
        self.list.truncate(Self::MOST);
        let (least, most) = Self::TO_SET;
        if self.list.len() < least as usize {
            self.list = Self::default().list;
        }
        self.to_set = self.to_set.clamp(least, most.min(self.list.len() as u32));
        self.to_ask = self.to_ask.clamp(Self::TO_ASK.0, Self::TO_ASK.1.min(self.to_set));
        self
    }
}

impl Default for Questions {
    fn default() -> Self {
        Self { list: questions::recommended::list(), to_set: 3, to_ask: 2 }
    }
}

/// How long a customer without a factor may go on without one (C4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grace {
    /// Not at all.
    #[default]
    None,
    /// Until the end of this day, UTC.
    Until(#[serde(with = "day")] Date),
    /// That many times a customer: 1 to [`Grace::MOST_SKIPS`].
    Skips(u32),
}

impl Grace {
    pub const MOST_SKIPS: u32 = 20;
}

/// How long a session lasts (security.md S1), in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionLimits {
    /// Unused for this long, it is over; never more than `absolute_minutes`.
    pub idle_minutes: u32,
    /// However much used, it is over after this.
    pub absolute_minutes: u32,
}

impl SessionLimits {
    pub const IDLE: (u32, u32) = (5, 24 * 60);
    pub const ABSOLUTE: (u32, u32) = (30, 30 * 24 * 60);

    /// Unused for this long, a session is over.
    pub fn idle(self) -> time::Duration {
        time::Duration::minutes(i64::from(self.idle_minutes))
    }

    /// However much used, a session is over after this.
    pub fn absolute(self) -> time::Duration {
        time::Duration::minutes(i64::from(self.absolute_minutes))
    }
}

impl Default for SessionLimits {
    /// NIST SP 800-63B-4 section 2.2.3 (AAL2): reauthentication after no more than 24 hours, and
    /// after no more than one hour of inactivity.
    fn default() -> Self {
        Self { idle_minutes: 60, absolute_minutes: 24 * 60 }
    }
}

/// After how many failures in a row the growing wait begins (security.md G1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Throttle {
    /// At one account, from browsers that are strangers to it together, or from one it knows.
    pub account_failures: u32,
    /// From one network, which may be a whole company.
    pub network_failures: u32,
}

impl Throttle {
    pub const ACCOUNT: (u32, u32) = (3, 20);
    pub const NETWORK: (u32, u32) = (10, 500);
}

impl Default for Throttle {
    /// Far below the 100 failures in a row of NIST SP 800-63B-4 section 3.2.2.
    fn default() -> Self {
        Self { account_failures: 5, network_failures: 50 }
    }
}

impl Settings {
    pub const LEAST_FACTORS: (u32, u32) = (1, 3);
    pub const REMEMBERED_DAYS: (u32, u32) = (0, 90);

    /// Whether a customer can set up any second factor.
    pub fn has_method(&self) -> bool {
        self.methods.iter().any(|method| method.about().chosen)
    }

    /// The recommended settings, which are also the default: everybody, an authenticator app, at
    /// once, from everywhere, and sessions and throttling by NIST SP 800-63B-4 for AAL2.
    pub fn safe() -> Self {
        Self::default()
    }

    /// Reads a stored document. A field it does not know is ignored; one that is missing or
    /// unreadable has its default, and a value out of bounds the nearest one within.
    pub fn read(document: &Value) -> Self {
        fn field<T: DeserializeOwned + Default>(document: &Value, name: &str) -> T {
            document.get(name).and_then(|value| T::deserialize(value).ok()).unwrap_or_default()
        }
        let networks: Vec<Value> = field(document, "trusted_networks");
        Self {
            scope: field(document, "scope"),
            methods: methods(document),
            totp_issuer: field(document, "totp_issuer"),
            passkey_sign_in: field(document, "passkey_sign_in"),
            questions: field(document, "questions"),
            least_factors: field(document, "least_factors"),
            remembered_days: field(document, "remembered_days"),
            self_recovery: document.get("self_recovery").and_then(Value::as_bool).unwrap_or(true),
            grace: field(document, "grace"),
            session: field(document, "session"),
            throttle: field(document, "throttle"),
            // One by one: an unreadable one is trusted no more, the others stay.
            trusted_networks: networks.iter().filter_map(|value| IpNet::deserialize(value).ok()).collect(),
        }
        .bounded()
    }

    fn bounded(mut self) -> Self {
        let within = |value: u32, (least, most): (u32, u32)| value.clamp(least, most);
        self.session.absolute_minutes = within(self.session.absolute_minutes, SessionLimits::ABSOLUTE);
        self.session.idle_minutes =
            within(self.session.idle_minutes, SessionLimits::IDLE).min(self.session.absolute_minutes);
        self.throttle.account_failures = within(self.throttle.account_failures, Throttle::ACCOUNT);
        self.throttle.network_failures = within(self.throttle.network_failures, Throttle::NETWORK);
        self.questions = self.questions.bounded();
        self.least_factors = within(self.least_factors, Self::LEAST_FACTORS);
        self.remembered_days = within(self.remembered_days, Self::REMEMBERED_DAYS);
        self.grace = match self.grace {
            Grace::Skips(0) => Grace::None,
            Grace::Skips(times) => Grace::Skips(times.min(Grace::MOST_SKIPS)),
            other => other,
        };
        self.totp_issuer = self.totp_issuer.filter(|name| issuer_fault(name).is_none() && !name.is_empty());
        self.trusted_networks.retain(|network| networks::fault(network).is_none());
        self.trusted_networks.truncate(networks::MOST);
        self
    }
}

/// What is wrong with a name for authenticator apps, in words that say what would be right. A colon
/// separates the parts of an `otpauth://` label (Key URI Format).
pub(super) fn issuer_fault(name: &str) -> Option<String> {
    if name.chars().any(|c| c == ':' || c.is_control()) {
        return Some("Leave out colons and control characters: apps cannot show them.".into());
    }
    let length = name.chars().count();
    (length > LONGEST_ISSUER).then(|| {
        format!("Use at most {LONGEST_ISSUER} characters; these are {length}. Apps show little more.")
    })
}

#[cfg(test)]
mod tests;
