//! Which authentication context a response states: what happened, in the words the SP asked for, and
//! never more than happened (security.md M7; SAML core 3.3.2.2.1).

use serde::{Deserialize, Serialize};

/// A password, over TLS.
pub const PASSWORD_PROTECTED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
/// A password and a time-based code: SAML's own name for hardware tokens that show one.
pub const TIME_SYNC_TOKEN: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken";
/// Two factors of different kinds, as research federations call it.
pub const REFEDS_MFA: &str = "https://refeds.org/profile/mfa";
/// However it was done.
pub const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";

/// Classes that can be stated, each with the strength it takes.
const TRUE_OF: [(&str, Strength); 4] = [
    (UNSPECIFIED, Strength::Any),
    (PASSWORD_PROTECTED, Strength::Password),
    (TIME_SYNC_TOKEN, Strength::TwoFactors),
    (REFEDS_MFA, Strength::TwoFactors),
];

/// A class that is never stated (its words say the connection was not protected) but has a strength, so
/// that an SP may ask for at least that much.
const UNPROTECTED_PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Any,
    Password,
    TwoFactors,
}

/// What the customer proved in this session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Methods {
    pub password: bool,
    /// A code of an authenticator app.
    pub totp: bool,
    /// That, or another second factor.
    pub second_factor: bool,
    /// A passkey that verified its user, which is two factors by itself: the key, and whatever its
    /// user was verified by.
    pub verified_passkey: bool,
}

const PASSWORD: Methods =
    Methods { password: true, totp: false, second_factor: false, verified_passkey: false };
const PASSWORD_AND_CODE: Methods = Methods { totp: true, second_factor: true, ..PASSWORD };

impl Methods {
    fn strength(self) -> Strength {
        match self {
            Self { verified_passkey: true, .. } | Self { password: true, second_factor: true, .. } => {
                Strength::TwoFactors
            }
            Self { password: true, second_factor: false, .. } => Strength::Password,
            // A code alone is no sign-in: it states nothing.
            Self { password: false, .. } => Strength::Any,
        }
    }
}

/// How a response must relate to the classes asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    #[default]
    Exact,
    Minimum,
    Maximum,
    Better,
}

/// A `RequestedAuthnContext`, kept with the sign-in until it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedContexts {
    pub comparison: Comparison,
    /// Class references, most wanted first. Empty when the SP asked by declaration, which we never meet.
    pub classes: Vec<String>,
}

/// Nothing true that we could state is what the SP asked for: `Responder/NoAuthnContext`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAuthnContext;

/// The class reference to state for a session that `methods` opened.
pub fn statement(
    methods: Methods,
    requested: Option<&RequestedContexts>,
) -> Result<&'static str, NoAuthnContext> {
    let strength = methods.strength();
    let Some(requested) = requested else {
        return Ok(usual(methods, strength));
    };
    let known = || requested.classes.iter().filter_map(|class| rank(class));
    let acceptable = match requested.comparison {
        Comparison::Exact => None,
        Comparison::Minimum => known().min().filter(|least| strength >= *least).map(|_| strength),
        // As strong as can be said truthfully without going above what was asked.
        Comparison::Maximum => known().max().map(|most| strength.min(most)),
        // Stronger than each of them; nothing is known to be stronger than a class we don't know.
        Comparison::Better => known()
            .max()
            .filter(|most| strength > *most && requested.classes.iter().all(|c| rank(c).is_some()))
            .map(|_| strength),
    };
    // The SP's own word where it is true, since many compare literally.
    let asked = requested.classes.iter().find_map(|class| {
        TRUE_OF.iter().find(|(name, needs)| {
            name == class
                && (*name != TIME_SYNC_TOKEN || methods.totp)
                && (*name != PASSWORD_PROTECTED || methods.password)
                && match requested.comparison {
                    Comparison::Exact => *needs <= strength,
                    _ => acceptable == Some(*needs),
                }
        })
    });
    match (asked, acceptable) {
        (Some((name, _)), _) => Ok(name),
        (None, Some(strength)) => Ok(usual(methods, strength)),
        (None, None) => Err(NoAuthnContext),
    }
}

/// Whether any way of signing in here can meet what was asked; if none can, nobody need be asked
/// for a password first.
pub fn can_be_met(requested: Option<&RequestedContexts>) -> bool {
    [PASSWORD, PASSWORD_AND_CODE].into_iter().any(|methods| statement(methods, requested).is_ok())
}

/// Whether only a second factor can meet what was asked: ask for one although the site's policy does not.
pub fn needs_second_factor(requested: Option<&RequestedContexts>) -> bool {
    statement(PASSWORD, requested).is_err() && statement(PASSWORD_AND_CODE, requested).is_ok()
}

/// What is stated when the SP does not mind.
fn usual(methods: Methods, strength: Strength) -> &'static str {
    match strength {
        Strength::Password if methods.password => PASSWORD_PROTECTED,
        Strength::Any | Strength::Password => UNSPECIFIED,
        Strength::TwoFactors if methods.totp => TIME_SYNC_TOKEN,
        Strength::TwoFactors => REFEDS_MFA,
    }
}

fn rank(class: &str) -> Option<Strength> {
    if class == UNPROTECTED_PASSWORD {
        return Some(Strength::Password);
    }
    TRUE_OF.iter().find(|(name, _)| *name == class).map(|(_, strength)| *strength)
}

#[cfg(test)]
mod tests {
    use super::Comparison::{Better, Exact, Maximum, Minimum};
    use super::*;

    const PWD: Methods = PASSWORD;
    const BOTH: Methods = PASSWORD_AND_CODE;
    const KERBEROS: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos";
    const PPT: &str = PASSWORD_PROTECTED;
    const TST: &str = TIME_SYNC_TOKEN;
    const MFA: &str = REFEDS_MFA;
    const ANY: &str = UNSPECIFIED;

    fn asked(comparison: Comparison, classes: &[&str]) -> RequestedContexts {
        RequestedContexts { comparison, classes: classes.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn states_what_happened_when_the_sp_does_not_mind() {
        assert_eq!(statement(PWD, None), Ok(PPT));
        assert_eq!(statement(BOTH, None), Ok(TST));
        assert_eq!(statement(Methods::default(), None), Ok(ANY));
        assert_eq!(statement(Methods { password: false, ..BOTH }, None), Ok(ANY));
        assert_eq!(statement(Methods { totp: false, ..BOTH }, None), Ok(MFA));
        assert_eq!(statement(Methods { totp: false, ..BOTH }, Some(&asked(Exact, &[TST, MFA]))), Ok(MFA));
        assert_eq!(statement(Methods { totp: false, ..BOTH }, Some(&asked(Minimum, &[TST]))), Ok(MFA));
        assert!(statement(Methods { totp: false, ..BOTH }, Some(&asked(Exact, &[TST]))).is_err());
    }

    #[test]
    fn a_passkey_that_verified_its_user_is_two_factors_and_no_password() {
        let passkey = Methods { verified_passkey: true, second_factor: true, ..Methods::default() };
        assert_eq!(statement(passkey, None), Ok(MFA));
        let table: &[(Comparison, &[&str], Option<&str>)] = &[
            (Exact, &[MFA], Some(MFA)),
            (Exact, &[PPT, MFA], Some(MFA)),
            (Exact, &[PPT], None),
            (Exact, &[TST], None),
            (Exact, &[ANY], Some(ANY)),
            (Minimum, &[PPT], Some(MFA)),
            (Minimum, &[TST], Some(MFA)),
            (Maximum, &[PPT], Some(ANY)),
            (Maximum, &[MFA], Some(MFA)),
            (Better, &[PPT], Some(MFA)),
            (Better, &[MFA], None),
        ];
        for (comparison, classes, expected) in table {
            let requested = asked(*comparison, classes);
            assert_eq!(statement(passkey, Some(&requested)).ok(), *expected, "{requested:?}");
        }
        let unverified = Methods { verified_passkey: false, ..passkey };
        assert_eq!(statement(unverified, None), Ok(ANY), "alone, it is a factor like a code");
        assert!(statement(unverified, Some(&asked(Minimum, &[PPT]))).is_err());
    }

    #[test]
    fn answers_in_the_words_asked_for_and_never_says_more() {
        // Comparison, asked, after a password, after password and code.
        type Case = (Comparison, &'static [&'static str], Option<&'static str>, Option<&'static str>);
        let table: &[Case] = &[
            (Exact, &[PPT], Some(PPT), Some(PPT)),
            (Exact, &[MFA], None, Some(MFA)),
            (Exact, &[TST], None, Some(TST)),
            (Exact, &[MFA, PPT], Some(PPT), Some(MFA)),
            (Exact, &[PPT, MFA], Some(PPT), Some(PPT)),
            (Exact, &[KERBEROS, TST], None, Some(TST)),
            (Exact, &[KERBEROS], None, None),
            (Exact, &[UNPROTECTED_PASSWORD], None, None),
            (Exact, &[ANY], Some(ANY), Some(ANY)),
            (Exact, &[], None, None),
            (Minimum, &[PPT], Some(PPT), Some(TST)),
            (Minimum, &[UNPROTECTED_PASSWORD], Some(PPT), Some(TST)),
            (Minimum, &[MFA], None, Some(MFA)),
            (Minimum, &[KERBEROS, MFA], None, Some(MFA)),
            (Minimum, &[PPT, MFA], Some(PPT), Some(MFA)),
            (Minimum, &[KERBEROS], None, None),
            (Minimum, &[ANY], Some(PPT), Some(TST)),
            (Maximum, &[PPT], Some(PPT), Some(PPT)),
            (Maximum, &[MFA], Some(PPT), Some(MFA)),
            (Maximum, &[TST, PPT], Some(PPT), Some(TST)),
            (Maximum, &[ANY], Some(ANY), Some(ANY)),
            (Maximum, &[KERBEROS], None, None),
            (Better, &[PPT], None, Some(TST)),
            (Better, &[UNPROTECTED_PASSWORD, ANY], None, Some(TST)),
            (Better, &[ANY], Some(PPT), Some(TST)),
            (Better, &[MFA], None, None),
            (Better, &[PPT, KERBEROS], None, None),
            (Better, &[], None, None),
        ];
        for (comparison, classes, password, both) in table {
            let requested = asked(*comparison, classes);
            assert_eq!(statement(PWD, Some(&requested)).ok(), *password, "password, {requested:?}");
            assert_eq!(statement(BOTH, Some(&requested)).ok(), *both, "both, {requested:?}");
            assert_eq!(
                needs_second_factor(Some(&requested)),
                password.is_none() && both.is_some(),
                "{requested:?}"
            );
        }
    }

    #[test]
    fn is_kept_as_json_with_the_sign_in() {
        let requested = asked(Minimum, &[MFA]);
        let json = serde_json::to_value(&requested).unwrap();
        assert_eq!(json, serde_json::json!({"comparison": "minimum", "classes": [MFA]}));
        assert_eq!(serde_json::from_value::<RequestedContexts>(json).unwrap(), requested);
    }
}
