//! The odd requests a visitor can try: what an identity provider must answer properly, or refuse.

use time::{Duration, OffsetDateTime};

use crate::practice::sp::{Part, RequestOptions};

/// One kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Plain,
    PostBinding,
    ForceAuthn,
    IsPassive,
    NoAcs,
    EmptyRelayState,
    TimeSyncToken,
    Smartcard,
    Stale,
    Replay,
    WrongAcs,
    WrongDestination,
    WrongIssuer,
}

impl Edge {
    /// In the order of the page, after the ordinary one.
    pub const ALL: [Self; 12] = [
        Self::PostBinding,
        Self::ForceAuthn,
        Self::IsPassive,
        Self::NoAcs,
        Self::EmptyRelayState,
        Self::TimeSyncToken,
        Self::Smartcard,
        Self::Stale,
        Self::Replay,
        Self::WrongAcs,
        Self::WrongDestination,
        Self::WrongIssuer,
    ];

    /// The name in forms.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// The button's label.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// What should come of it.
    pub fn hint(self) -> &'static str {
        self.words().2
    }

    /// The edge called `name`.
    pub fn named(name: &str) -> Option<Self> {
        std::iter::once(Self::Plain).chain(Self::ALL).find(|edge| edge.name() == name)
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Plain => ("plain", "Sign in", "An ordinary request."),
            Self::PostBinding => {
                ("post", "HTTP-POST", "The same request in a form instead of a link: signs in.")
            }
            Self::ForceAuthn => ("force", "ForceAuthn", "Asks for the password although a session exists."),
            Self::IsPassive => ("passive", "IsPassive", "Asks nothing: signed in already, or NoPassive."),
            Self::NoAcs => {
                ("no-acs", "Without an ACS", "As Guard often sends it: the stored address is used.")
            }
            Self::EmptyRelayState => ("empty-relay", "Empty RelayState", "Comes back empty: signs in."),
            Self::TimeSyncToken => (
                "totp",
                "Asks for a code",
                "RequestedAuthnContext TimeSyncToken: met by an authenticator app.",
            ),
            Self::Smartcard => (
                "smartcard",
                "Asks for a smart card",
                "RequestedAuthnContext that cannot be met: NoAuthnContext, and nobody is asked anything.",
            ),
            Self::Stale => ("stale", "Stale request", "Issued an hour ago: refused."),
            Self::Replay => ("replay", "Same ID again", "The last request's ID once more: refused."),
            Self::WrongAcs => ("wrong-acs", "Wrong ACS", "Wants the answer sent elsewhere: refused."),
            Self::WrongDestination => {
                ("wrong-destination", "Wrong Destination", "Meant for another server: refused.")
            }
            Self::WrongIssuer => ("wrong-issuer", "Unknown issuer", "From a stranger: refused."),
        }
    }

    /// The request to send, and when it says it was issued.
    pub fn request(self, relay_state: String, now: OffsetDateTime) -> (RequestOptions, OffsetDateTime) {
        let mut options = RequestOptions { relay_state: Some(relay_state), ..RequestOptions::default() };
        let mut issued = now;
        let class = |name: &str| Some(format!("urn:oasis:names:tc:SAML:2.0:ac:classes:{name}"));
        match self {
            Self::Plain | Self::PostBinding | Self::Replay => {}
            Self::ForceAuthn => options.force_authn = true,
            Self::IsPassive => options.is_passive = true,
            Self::NoAcs => options.acs = Part::Omitted,
            Self::EmptyRelayState => options.relay_state = Some(String::new()),
            Self::TimeSyncToken => options.authn_context = class("TimeSyncToken"),
            Self::Smartcard => options.authn_context = class("Smartcard"),
            Self::Stale => issued = now - Duration::HOUR,
            Self::WrongAcs => options.acs = Part::Other("https://evil.example/callback".into()),
            Self::WrongDestination => options.destination = Part::Other("https://other.example/sso".into()),
            Self::WrongIssuer => options.issuer = Part::Other("https://stranger.example/saml".into()),
        }
        (options, issued)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_is_found_by_its_own_name() {
        for edge in Edge::ALL {
            assert_eq!(Edge::named(edge.name()), Some(edge));
        }
        assert_eq!(Edge::named("plain"), Some(Edge::Plain));
        assert_eq!(Edge::named("other"), None);
    }
}
