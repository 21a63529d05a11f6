//! What a mail server's answer means: is the mail gone, is it to be tried again, and whose fault is
//! a refusal? Pure. Codes by RFC 5321 4.2, enhanced ones by RFC 3463.

use std::fmt;

/// How far a mail had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Connection, greeting, TLS.
    Connect,
    Login,
    /// MAIL FROM: the operator's address.
    Sender,
    /// RCPT TO: the customer's.
    Recipient,
    /// DATA and what follows.
    Contents,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connect",
            Self::Login => "AUTH",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Contents => "DATA",
        })
    }
}

/// An answer in numbers; the words beside them may hold an address and are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: u16,
    /// Class, subject, detail.
    pub enhanced: Option<(u8, u16, u16)>,
}

impl Answer {
    /// From a reply's code and its text, which begins with the enhanced status if there is one.
    pub fn new(code: u16, text: &str) -> Self {
        Self { code, enhanced: enhanced(text) }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        match self.enhanced {
            Some((class, subject, detail)) => write!(f, " {class}.{subject}.{detail}"),
            None => Ok(()),
        }
    }
}

/// What follows for the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Try again: a server out of order, a greylist, and whatever the operator can mend.
    Later,
    /// This customer's address does not take mail.
    Refused,
    /// Not this mail, through no fault of the customer's.
    Failed,
}

/// What a negative answer (400 to 599) means. An address is only blamed for what is said of it:
/// a refused login, sender or relay concerns every mail of the deployment, so it is tried again,
/// for the operator to mend meanwhile.
pub fn verdict(stage: Stage, answer: Answer) -> Verdict {
    if answer.code < 500 {
        return Verdict::Later;
    }
    match (stage, answer.enhanced) {
        (Stage::Connect | Stage::Login | Stage::Sender, _) => Verdict::Later,
        // 5.1.8 and 5.1.7 speak of the sender's address.
        (Stage::Recipient | Stage::Contents, Some((5, 1, 7 | 8))) => Verdict::Later,
        // Addressing, and the mailbox's own status.
        (Stage::Recipient | Stage::Contents, Some((5, 1 | 2, _))) => Verdict::Refused,
        // No route to that domain; it cannot carry such an address.
        (Stage::Recipient, Some((5, 4, _) | (5, 6, 7))) => Verdict::Refused,
        // Policy, system, protocol: between the operator's server and theirs.
        (Stage::Recipient, Some(_)) => Verdict::Later,
        (Stage::Recipient, None) => match answer.code {
            550..=553 => Verdict::Refused,
            _ => Verdict::Later,
        },
        // What was written is not taken; it will not be next time.
        (Stage::Contents, _) => Verdict::Failed,
    }
}

fn enhanced(text: &str) -> Option<(u8, u16, u16)> {
    let word = text.split_whitespace().next()?;
    let mut numbers = word.split('.');
    let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let number = |text: &str| {
        let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let class = number(class).filter(|class| matches!(class, 2 | 4 | 5))?;
    match numbers.next() {
        Some(_) => None,
        None => Some((u8::try_from(class).ok()?, number(subject)?, number(detail)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_fault_it_is() {
        use Stage::{Connect, Contents, Login, Recipient, Sender};
        use Verdict::{Failed, Later, Refused};
        for (stage, code, text, expected) in [
            (Connect, 421, "4.3.2 shutting down", Later),
            (Connect, 554, "5.7.1 go away", Later),
            (Login, 535, "5.7.8 wrong password", Later),
            (Login, 454, "4.7.0", Later),
            (Sender, 451, "", Later),
            (Sender, 550, "5.7.1 may not send as that", Later),
            (Sender, 553, "5.1.8", Later),
            (Recipient, 450, "4.2.1", Later),
            (Recipient, 451, "4.7.1 greylisted", Later),
            (Recipient, 550, "5.1.1 <ada@example.com> unknown", Refused),
            (Recipient, 550, "5.1.10 null MX", Refused),
            (Recipient, 550, "5.2.1 disabled", Refused),
            (Recipient, 552, "5.2.2 full", Refused),
            (Recipient, 550, "5.4.4 no such domain", Refused),
            (Recipient, 553, "5.6.7 no SMTPUTF8", Refused),
            (Recipient, 550, "5.1.8 sender", Later),
            (Recipient, 554, "5.7.1 relay access denied", Later),
            (Recipient, 550, "5.7.1 policy", Later),
            (Recipient, 503, "5.5.1 sequence", Later),
            (Recipient, 550, "no such user", Refused),
            (Recipient, 551, "", Refused),
            (Recipient, 553, "", Refused),
            (Recipient, 554, "relay", Later),
            (Recipient, 530, "login first", Later),
            (Contents, 452, "4.2.2", Later),
            (Contents, 552, "5.2.2 full", Refused),
            (Contents, 550, "5.1.1", Refused),
            (Contents, 554, "5.7.1 spam", Failed),
            (Contents, 552, "too large", Failed),
        ] {
            assert_eq!(verdict(stage, Answer::new(code, text)), expected, "{stage} {code} {text}");
        }
    }

    #[test]
    fn keeps_numbers_and_nothing_else() {
        for (text, shown) in [
            ("5.1.1 <ada@example.com>: unknown", "550 5.1.1"),
            ("5.1.10", "550 5.1.10"),
            ("<ada@example.com> unknown", "550"),
            ("", "550"),
            ("5.1", "550"),
            ("5.1.1.1", "550"),
            ("3.1.1", "550"),
            ("5.1000.1", "550"),
            ("5.+1.1", "550"),
            ("٥.1.1", "550"),
            ("5.1.1\u{0}", "550"),
        ] {
            assert_eq!(Answer::new(550, text).to_string(), shown, "{text:?}");
        }
    }
}
