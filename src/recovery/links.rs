//! Links in mails (security.md L1, L2): 256 random bits, kept as a hash, used once, and gone after a
//! time. What a link opens is written in its row and not in its address, so that no form can take one
//! link for another.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::store;
use crate::app::App;
use crate::customers::{Customer, CustomerId, names};
use crate::signin::session;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new password.
    ResetPassword,
    /// The first one.
    SetPassword,
    /// Calls a recovery off.
    CancelRecovery,
    /// Ends a recovery: the second factors go.
    Recover,
    /// "This was not me."
    Freeze,
}

impl Purpose {
    pub const ALL: [Self; 5] =
        [Self::ResetPassword, Self::SetPassword, Self::CancelRecovery, Self::Recover, Self::Freeze];

    /// As the column `links.purpose` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::SetPassword => "set_password",
            Self::CancelRecovery => "cancel_recovery",
            Self::Recover => "recover",
            Self::Freeze => "freeze",
        }
    }

    /// The purpose of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }

    /// How long a link works.
    pub fn life(self) -> Duration {
        match self {
            Self::ResetPassword => Duration::minutes(30),
            Self::SetPassword => Duration::hours(72),
            Self::Recover | Self::Freeze => Duration::days(7),
            // The longest wait and the time to use it, see `delayed`.
            Self::CancelRecovery => Duration::days(14),
        }
    }

    /// Whether a newer link takes the older ones' place. Not those that only make things safer: an
    /// attacker who causes another mail must not break the link in the one before.
    pub fn replaces(self) -> bool {
        matches!(self, Self::ResetPassword | Self::SetPassword | Self::Recover)
    }
}

/// A link as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub customer: CustomerId,
    pub purpose: Purpose,
    /// Whose mailbox it went to (`names::login_key`).
    pub mailbox: String,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

impl Link {
    /// Whether it still opens anything of `customer`, as the row is now.
    pub fn is_open(&self, customer: &Customer, now: OffsetDateTime) -> bool {
        if self.customer != customer.id || now >= self.expires_at {
            return false;
        }
        // Read at a former address, a link only makes things safer.
        let own_mailbox = self.mailbox == mailbox(&customer.email);
        match self.purpose {
            Purpose::Freeze | Purpose::CancelRecovery => true,
            Purpose::Recover => own_mailbox && customer.frozen_at.is_none(),
            // A password set since, by whatever way, makes the link one of yesterday.
            Purpose::ResetPassword | Purpose::SetPassword => {
                own_mailbox && customer.password_set_at.is_none_or(|set| set <= self.created_at)
            }
        }
    }
}

/// What a mailbox is compared by.
pub fn mailbox(address: &str) -> String {
    names::login_key(address)
}

/// A token's hash; none for what no mail of ours holds.
pub fn hash(token: &str) -> Option<[u8; 32]> {
    let well_formed = token.len() == 43
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    well_formed.then(|| session::token_hash(token))
}

/// Makes a link for the mail that is being written to `customer`'s address, in the same transaction.
/// Its address is built from the configured base URL.
pub async fn issue(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    purpose: Purpose,
) -> sqlx::Result<String> {
    let (now, token) = (app.clock.now(), app.random.token());
    if purpose.replaces() {
        store::drop_links(conn, customer.site, customer.id, purpose).await?;
    }
    let link = Link {
        customer: customer.id,
        purpose,
        mailbox: mailbox(&customer.email),
        created_at: now,
        expires_at: now + purpose.life(),
    };
    store::insert_link(conn, customer.site, &session::token_hash(&token), &link).await?;
    Ok(app.config.base_url.join(&format!("/sites/{}/link/{token}", customer.site)))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;
    use crate::sites::SiteId;

    const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

    fn customer() -> Customer {
        Customer {
            id: CustomerId(Uuid::from_u128(1)),
            site: SiteId(Uuid::from_u128(7)),
            email: "Zoe@Example.com".into(),
            username: None,
            given_name: "Zoë".into(),
            family_name: String::new(),
            password_set_at: None,
            frozen_at: None,
            created_at: NOW,
        }
    }

    fn link(purpose: Purpose) -> Link {
        Link {
            customer: customer().id,
            purpose,
            mailbox: "zoe@example.com".into(),
            created_at: NOW,
            expires_at: NOW + purpose.life(),
        }
    }

    #[test]
    fn a_link_opens_until_its_time_or_its_reason_is_over() {
        use Purpose::{CancelRecovery, Freeze, Recover, ResetPassword, SetPassword};
        let second = Duration::SECOND;
        let moved = Customer { email: "thief@example.com".into(), ..customer() };
        let frozen = Customer { frozen_at: Some(NOW), ..customer() };
        let set = |at| Customer { password_set_at: Some(at), ..customer() };
        let other = Customer { id: CustomerId(Uuid::from_u128(2)), ..customer() };
        for (customer, open, why) in [
            (customer(), &Purpose::ALL[..], "as it was mailed"),
            (moved, &[CancelRecovery, Freeze], "the address is another now"),
            (frozen, &[ResetPassword, SetPassword, CancelRecovery, Freeze], "frozen"),
            (set(NOW), &Purpose::ALL, "the password it was asked for"),
            (set(NOW + second), &[CancelRecovery, Recover, Freeze], "a password set since"),
            (other, &[], "somebody else's"),
        ] {
            for purpose in Purpose::ALL {
                let link = link(purpose);
                let is_open = link.is_open(&customer, link.expires_at - second);
                assert_eq!(is_open, open.contains(&purpose), "{why}: {purpose:?}");
                assert!(!link.is_open(&customer, link.expires_at), "{why}: {purpose:?} too late");
            }
        }
    }

    #[test]
    fn a_token_has_one_form() {
        let token = crate::random::Random::seeded(1).token();
        assert_eq!(hash(&token), Some(session::token_hash(&token)));
        for bad in [
            String::new(),
            token[1..].to_owned(),
            format!("{token}A"),
            format!("{token}="),
            format!("{}=", &token[1..]),
            format!("{}+", &token[1..]),
            format!("{}/", &token[1..]),
            format!("{} ", &token[1..]),
            format!("{}\0", &token[1..]),
            format!("{}é", &token[2..]),
            "ü".repeat(43),
            "a".repeat(1 << 20),
        ] {
            assert_eq!(hash(&bad), None, "{:.50}", bad);
        }
    }

    #[test]
    fn every_purpose_has_one_word() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.word()), Some(purpose));
        }
        assert_eq!(Purpose::parse("sign_in"), None);
    }
}
