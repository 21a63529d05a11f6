//! Why a ceremony came to nothing.

/// The first thing that was wrong. The customer reads one sentence for nearly all of them; the
/// audit trail gets [`Refusal::word`]. Those before a signature was verified may come from anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not what a browser sends; which part.
    Malformed(&'static str),
    /// Begun more than [`LIFETIME`](super::LIFETIME) ago.
    Expired,
    /// Of the other ceremony.
    Type,
    /// Another challenge: an old page, or a replay.
    Challenge,
    /// From a page elsewhere.
    Origin,
    /// From a frame within a page elsewhere.
    CrossOrigin,
    /// Made for another host.
    RpId,
    /// Nobody touched the authenticator.
    NotPresent,
    /// Nobody was verified where a passkey stands for a whole sign-in.
    NotVerified,
    /// Backup flags that contradict each other, or what was registered.
    Backup,
    /// A key of a kind that was not offered.
    Algorithm,
    /// A key that cannot be one.
    Key,
    /// An attestation, which nobody asked for, or a wrong one.
    Attestation,
    /// Registered before by this customer.
    AlreadyRegistered,
    /// Not one of those asked for, or not the one it is judged by.
    UnknownCredential,
    /// Somebody else's.
    OtherCustomer,
    /// A wrong signature.
    Signature,
    /// Rightly signed, but the counter did not move on: a copy of the key may exist (WA 6.1.1).
    CounterWentBack { stored: u32, sent: u32 },
    /// Passed every check of ours but not webauthn-rs's.
    Library,
}

impl Refusal {
    /// A word for audit and log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Expired => "expired",
            Self::Type => "type",
            Self::Challenge => "challenge",
            Self::Origin => "origin",
            Self::CrossOrigin => "cross_origin",
            Self::RpId => "rp_id",
            Self::NotPresent => "not_present",
            Self::NotVerified => "not_verified",
            Self::Backup => "backup",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Attestation => "attestation",
            Self::AlreadyRegistered => "already_registered",
            Self::UnknownCredential => "unknown_credential",
            Self::OtherCustomer => "other_customer",
            Self::Signature => "signature",
            Self::CounterWentBack { .. } => "counter_went_back",
            Self::Library => "library",
        }
    }
}
