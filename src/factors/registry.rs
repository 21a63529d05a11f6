//! The registry: every kind of factor there is, a line each, strongest first. What is written for
//! one [`Kind`] becomes a function of [`Method`] here, with the kind's state as JSON.

use serde_json::Value;

use super::kind::{About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, Leave, Slot};
use super::{Factor, Problem, backup_codes, duo, email_code, passkey, questions, sms, totp, yubikey};
use crate::app::App;
use crate::error::AppError;

macro_rules! methods {
    ($($(#[$doc:meta])* $method:ident => $kind:ty,)*) => {
        /// A kind of factor.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Method { $($(#[$doc])* $method,)* }

        impl Method {
            /// All of them, strongest first.
            pub const ALL: &[Self] = &[$(Self::$method,)*];

            /// What is always true of it.
            pub const fn about(self) -> &'static About {
                match self { $(Self::$method => &<$kind as Kind>::ABOUT,)* }
            }

            /// [`Kind::FIELD`].
            pub const fn field(self) -> &'static str {
                match self { $(Self::$method => <$kind as Kind>::FIELD,)* }
            }

            /// [`Kind::LEAVES`].
            pub const fn leaves(self) -> bool {
                match self { $(Self::$method => <$kind as Kind>::LEAVES,)* }
            }

            /// Whether the deployment is equipped for it.
            pub fn is_offered(self, app: &App) -> bool {
                match self { $(Self::$method => <$kind>::is_offered(app),)* }
            }

            /// [`Kind::begin`].
            pub fn begin(self, desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Value>, AppError> {
                match self { $(Self::$method => <$kind>::begin(desk, own).and_then(erased),)* }
            }

            /// [`Kind::enrolment`].
            pub fn enrolment(self, desk: &Desk<'_>, slot: &Slot<'_>, state: Value) -> Result<Body, AppError> {
                match self { $(Self::$method => <$kind>::enrolment(desk, slot, &typed(state)?),)* }
            }

            /// [`Kind::confirm`].
            pub async fn confirm(
                self,
                desk: &Desk<'_>,
                state: Value,
                form: &Fields,
            ) -> Result<Confirmation<Value>, AppError> {
                match self {
                    $(Self::$method => Ok(match <$kind>::confirm(desk, typed(state)?, form).await? {
                        Confirmation::Done(factor) => Confirmation::Done(factor),
                        Confirmation::Next(begun) => Confirmation::Next(erased(begun)?),
                        Confirmation::Again { begun, problem, result } => {
                            Confirmation::Again { begun: erased(begun)?, problem, result }
                        }
                        Confirmation::Refused { problem, result } => Confirmation::Refused { problem, result },
                    }),)*
                }
            }

            /// [`Kind::ask`].
            pub fn ask(self, desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Value>, AppError> {
                match self { $(Self::$method => <$kind>::ask(desk, own).and_then(erased),)* }
            }

            /// [`Kind::challenge`].
            pub fn challenge(
                self,
                desk: &Desk<'_>,
                slot: &Slot<'_>,
                state: Value,
                own: &[Factor],
            ) -> Result<Body, AppError> {
                match self { $(Self::$method => <$kind>::challenge(desk, slot, &typed(state)?, own),)* }
            }

            /// [`Kind::leave`].
            pub async fn leave(self, desk: &Desk<'_>, state: Value, back: &str) -> Result<Leave, AppError> {
                match self { $(Self::$method => <$kind>::leave(desk, state, back).await,)* }
            }

            /// [`Kind::news`].
            pub async fn news(self, desk: &Desk<'_>, state: Value) -> Result<Option<Problem>, AppError> {
                match self { $(Self::$method => <$kind>::news(desk, state).await,)* }
            }

            /// [`Kind::consult`].
            pub async fn consult(
                self,
                desk: &Desk<'_>,
                state: Value,
                own: &[Factor],
                form: &Fields,
            ) -> Result<Value, AppError> {
                match self {
                    $(Self::$method => {
                        let consulted = <$kind>::consult(desk, &typed(state)?, own, form).await?;
                        serde_json::to_value(consulted).map_err(AppError::internal)
                    })*
                }
            }

            /// [`Kind::judge`].
            pub fn judge(
                self,
                desk: &Desk<'_>,
                state: Value,
                own: &mut [Factor],
                form: &Fields,
                consulted: Value,
            ) -> Result<Judgement, AppError> {
                match self {
                    $(Self::$method => <$kind>::judge(desk, &typed(state)?, own, form, typed(consulted)?),)*
                }
            }
        }
    };
}

methods! {
    /// Passkeys (WebAuthn).
    Passkey => passkey::kind::Passkeys,
    /// An authenticator app's codes.
    Totp => totp::Totp,
    /// What a YubiKey types.
    Yubikey => yubikey::kind::YubiKey,
    /// Duo's prompt.
    Duo => duo::kind::DuoPrompt,
    /// A code sent to a phone.
    Sms => sms::kind::Sms,
    /// A code sent by mail.
    EmailCode => email_code::EmailCode,
    /// Answers that the customer gave before.
    Questions => questions::SecurityQuestions,
    /// Codes on paper, each good once.
    BackupCodes => backup_codes::BackupCodes,
}

impl Method {
    /// Its word in the database and in forms.
    pub const fn word(self) -> &'static str {
        self.about().word
    }

    /// The method of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|method| method.word() == word)
    }
}

fn erased<S: serde::Serialize>(begun: Begun<S>) -> Result<Begun<Value>, AppError> {
    begun.map(|state| serde_json::to_value(state).map_err(AppError::internal))
}

fn typed<T: serde::de::DeserializeOwned>(state: Value) -> Result<T, AppError> {
    serde_json::from_value(state).map_err(AppError::internal)
}

/// Some of the methods.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct MethodSet(u16);

impl MethodSet {
    pub const EMPTY: Self = Self(0);

    /// These.
    pub const fn of(methods: &[Method]) -> Self {
        let (mut set, mut at) = (Self::EMPTY, 0);
        while at < methods.len() {
            set = set.with(methods[at]);
            at += 1;
        }
        set
    }

    pub const fn contains(self, method: Method) -> bool {
        self.0 & (1 << method as u16) != 0
    }

    pub const fn with(self, method: Method) -> Self {
        Self(self.0 | 1 << method as u16)
    }

    pub const fn without(self, method: Method) -> Self {
        Self(self.0 & !(1 << method as u16))
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Those that are in both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// As a number whose bit `n` stands for the method at place `n` of [`Method::ALL`].
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// From [`bits`](Self::bits); bits that stand for no method are left out.
    pub fn from_bits(bits: u16) -> Self {
        Self(bits).iter().collect()
    }

    /// Strongest first.
    pub fn iter(self) -> impl Iterator<Item = Method> {
        Method::ALL.iter().copied().filter(move |method| self.contains(*method))
    }

    /// Those that the deployment is equipped for.
    pub fn offered(self, app: &App) -> Self {
        self.filter(|method| method.is_offered(app))
    }

    /// Those that `keep` keeps.
    pub fn filter(self, keep: impl Fn(Method) -> bool) -> Self {
        self.iter().filter(|method| keep(*method)).collect()
    }
}

impl FromIterator<Method> for MethodSet {
    fn from_iter<I: IntoIterator<Item = Method>>(methods: I) -> Self {
        methods.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl std::fmt::Debug for MethodSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// As `{"totp": true, "backup_codes": false}`: every method by its word, so that one that comes later
/// is not taken for one that was switched off.
impl serde::Serialize for MethodSet {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(Method::ALL.iter().map(|method| (method.word(), self.contains(*method))))
    }
}
