//! The methods as cards, strongest first: what each is in an administrator's words, what it is worth,
//! and who uses it. The words of a new method are an entry of [`words`].

use super::super::words::{counted, number};
use super::lens::{Note, note};
use crate::app::App;
use crate::factors::Method;
use crate::factors::kind::Strength;
use crate::policy::settings::RECOMMENDED;
use crate::policy::{Class, Draft, Policy, Use, users};

/// What Jira's administrators read of a method.
struct Words {
    title: &'static str,
    explanation: &'static str,
    /// What whoever runs the server has to set before it can be used; empty: nothing.
    needs: &'static str,
    /// The rule it meets or bends while it is on, and how.
    rule: &'static str,
    meets: bool,
    sentence: &'static str,
    /// What has to be agreed to before it is switched on (security.md K1).
    consent: Option<&'static str>,
}

/// An entry without anything to set up or to agree to.
const PLAIN: Words =
    Words { title: "", explanation: "", needs: "", rule: "", meets: true, sentence: "", consent: None };

/// A method as administrators know it.
pub fn title(method: Method) -> &'static str {
    words(method).title
}

/// Whether a method meets the rule it is held against.
pub fn meets(method: Method) -> bool {
    words(method).meets
}

/// The words of a method.
fn words(method: Method) -> Words {
    match method {
        Method::Passkey => Words {
            title: "Passkeys",
            explanation: "A fingerprint, a face, a screen lock or a security key. Nothing to type, and nothing that \
                          a false page could catch: the one method that cannot be phished.",
            rule: "NIST SP 800-63B-4, 3.2.5; ASVS 6.3.3",
            sentence: "Resists phishing: the browser answers to this site's own address only.",
            ..PLAIN
        },
        Method::Totp => Words {
            title: "Authenticator app",
            explanation: "A code of 6 digits from an app on the customer's phone, such as Google Authenticator, \
                          Microsoft Authenticator, 2FAS or 1Password. It cannot be guessed, but it can be phished.",
            rule: "NIST SP 800-63B-4, 3.1.4; ASVS 6.5.1",
            sentence: "A one-time password of 6 digits, each accepted once. It does not resist phishing.",
            ..PLAIN
        },
        Method::Yubikey => Words {
            title: "YubiKey codes",
            explanation: "A YubiKey types a one-time code at a touch: for keys and browsers that know no passkeys. \
                          It cannot be guessed, but it can be phished.",
            needs: "VESTIBULE_YUBIKEY_CLIENT_ID and VESTIBULE_YUBIKEY_SECRET",
            rule: "NIST SP 800-63B-4, 3.1.4; ASVS 6.5.1",
            sentence: "A one-time password from a device, each accepted once. It does not resist phishing.",
            ..PLAIN
        },
        Method::Duo => Words {
            title: "Duo",
            explanation: "Duo's own prompt, with the devices and the rules of your Duo account.",
            needs: "VESTIBULE_DUO_API_HOST, VESTIBULE_DUO_CLIENT_ID and VESTIBULE_DUO_CLIENT_SECRET",
            rule: "NIST SP 800-63B-4, 3.1.3",
            sentence: "As strong as what your Duo account allows. A push that is only approved, without a number to \
                       enter, is no longer acceptable.",
            ..PLAIN
        },
        Method::Sms => Words {
            title: "Code by SMS",
            explanation: "A code to the customer's phone number. Whoever takes the number over gets the codes, and \
                          it can be phished.",
            needs: "VESTIBULE_SMS_URL and VESTIBULE_SMS_BODY",
            rule: "NIST SP 800-63B-4, 3.1.3.3 and 3.2.9; ASVS 6.6.1",
            meets: false,
            sentence: "A restricted method: offer a stronger one beside it, and tell customers of the risk.",
            ..PLAIN
        },
        Method::EmailCode => Words {
            title: "Code by email",
            explanation: "A code to the customer's mailbox. It is no more than a second look at the mailbox that \
                          also resets the password.",
            needs: "VESTIBULE_SMTP_URL and VESTIBULE_MAIL_FROM",
            rule: "NIST SP 800-63B-4, 3.1.3.1; ASVS 6.3.6",
            meets: false,
            sentence: "Email is not to be used as a second factor.",
            ..PLAIN
        },
        Method::Questions => Words {
            title: "Security questions",
            explanation: "Answers that the customer gave before. Whoever knows the customer may know them, and they \
                          can be phished. For customers who have neither phone nor key.",
            rule: "ASVS 6.4.2; NIST SP 800-63B-4, 3.1.1.2(8)",
            meets: false,
            sentence: "Knowledge-based authentication is not to be present.",
            consent: Some(
                "I know that security questions go against OWASP ASVS 5.0.0, 6.4.2, by which knowledge-based \
                 authentication is not to be present, and against NIST SP 800-63B-4, 3.1.1.2(8), by which nobody \
                 is to be asked for it. I switch them on all the same.",
            ),
            ..PLAIN
        },
        Method::BackupCodes => Words {
            title: "Backup codes",
            explanation: "Ten codes to print or store, each good once, for when a phone is lost. They are shown \
                          after the first method is set up, and cannot be the only one.",
            rule: "NIST SP 800-63B-4, 3.1.2 and 4.2.1.1; ASVS 6.5.1",
            sentence: "Codes of 80 bits, each accepted once, kept as keyed hashes.",
            ..PLAIN
        },
    }
}

/// What has to be agreed to before what `wanted` switches on beyond `stored` is on.
pub fn consents(stored: &Policy, wanted: &Policy) -> Vec<(Method, &'static str)> {
    let new = wanted.settings.methods.iter().filter(|method| !stored.settings.methods.contains(*method));
    new.filter_map(|method| Some((method, words(method).consent?))).collect()
}

/// A heading and the cards below it.
pub struct Group {
    pub id: &'static str,
    pub title: &'static str,
    pub sentence: &'static str,
    pub cards: Vec<Card>,
}

/// One method.
pub struct Card {
    pub word: &'static str,
    pub title: &'static str,
    pub explanation: &'static str,
    pub strength: Strength,
    /// The switch as it stands in the form.
    pub is_on: bool,
    /// What has to be set up first, where it is not.
    pub missing: Option<&'static str>,
    /// `1,204 customers have it; 980 of them have no other.`
    pub users: String,
    pub note: Note,
}

impl Card {
    fn new(app: &App, draft: &Draft, stored: &Policy, classes: &[Class], method: Method) -> Self {
        let Words { title, explanation, needs, rule, meets, sentence, .. } = words(method);
        let is_on = draft.method(method.word()) == "on";
        Self {
            word: method.word(),
            title,
            explanation,
            strength: method.about().strength,
            is_on,
            missing: (!method.is_offered(app)).then_some(needs),
            users: told(users(method, stored.settings.methods, classes)),
            note: if meets {
                note(rule, true, sentence, "")
            } else {
                note(rule, !is_on, "It is off.", sentence)
            },
        }
    }

    /// Nobody can switch on what is not set up; what is on already can still be switched off.
    pub fn is_locked(&self) -> bool {
        self.missing.is_some() && !self.is_on
    }

    pub fn strength(&self) -> &'static str {
        match self.strength {
            Strength::Strongest => "Strongest",
            Strength::Strong => "Strong",
            Strength::Weaker => "Weaker",
        }
    }

    /// The lozenge of its strength.
    pub fn colour(&self) -> &'static str {
        match self.strength {
            Strength::Strongest => "success",
            Strength::Strong => "inprogress",
            Strength::Weaker => "moved",
        }
    }
}

fn told(used: Use) -> String {
    match used {
        Use { customers: 0, .. } => "No customer has it yet.".into(),
        Use { customers: 1, only: 0 } => "1 customer has it, and another one beside it.".into(),
        Use { customers: 1, .. } => "1 customer has it, and no other.".into(),
        Use { customers, only: 0 } => {
            format!("{} customers have it, all with another beside it.", number(customers))
        }
        Use { customers, only } => format!(
            "{} have it; {} of them {} no other.",
            counted(customers, "customer", "customers"),
            number(only),
            if only == 1 { "has" } else { "have" }
        ),
    }
}

/// All methods there are, grouped, as they stand in the form.
pub fn groups(app: &App, draft: &Draft, stored: &Policy, classes: &[Class]) -> Vec<Group> {
    let cards = |belongs: &dyn Fn(Method) -> bool| {
        let methods = Method::ALL.iter().copied().filter(|method| belongs(*method));
        methods.map(|method| Card::new(app, draft, stored, classes, method)).collect()
    };
    let is_weaker = |method: Method| method.about().strength == Strength::Weaker;
    let mut groups = vec![
        Group {
            id: "recommended",
            title: "Recommended",
            sentence: "Leave these on unless you have a reason not to.",
            cards: cards(&|method| RECOMMENDED.contains(method)),
        },
        Group {
            id: "others",
            title: "Others",
            sentence: "Strong too, for customers who have what they need.",
            cards: cards(&|method| !RECOMMENDED.contains(method) && !is_weaker(method)),
        },
        Group {
            id: "weaker",
            title: "Weaker",
            sentence: "Better than a password alone, but they can be intercepted or guessed. Keep a stronger one on \
                       beside them.",
            cards: cards(&|method| !RECOMMENDED.contains(method) && is_weaker(method)),
        },
    ];
    groups.retain(|group| !group.cards.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factors::MethodSet;
    use crate::policy::Settings;

    #[test]
    fn every_method_has_its_words() {
        for method in Method::ALL {
            let words = words(*method);
            assert!(!words.title.is_empty() && words.explanation.ends_with('.'), "{method:?}");
            assert!(!words.rule.is_empty() && words.sentence.ends_with('.'), "{method:?}");
        }
    }

    #[test]
    fn questions_are_switched_on_knowingly() {
        let words = words(Method::Questions).consent.unwrap();
        assert!(words.contains("6.4.2") && words.contains("3.1.1.2(8)"), "{words}");
        let with = |methods: &[Method]| {
            let settings = Settings { methods: MethodSet::of(methods), ..Settings::default() };
            Policy { settings, ..Policy::default() }
        };
        assert_eq!(consents(&with(&[]), &with(&[Method::Totp, Method::BackupCodes])), []);
        let (off, on) = (with(&[Method::Totp]), with(&[Method::Totp, Method::Questions]));
        assert_eq!(consents(&off, &on), [(Method::Questions, words)]);
        assert_eq!((consents(&on, &on), consents(&on, &off)), (vec![], vec![]));
    }

    #[test]
    fn who_uses_a_method_is_told_in_a_sentence() {
        for (customers, only, sentence) in [
            (0, 0, "No customer has it yet."),
            (1, 0, "1 customer has it, and another one beside it."),
            (1, 1, "1 customer has it, and no other."),
            (2_000, 0, "2,000 customers have it, all with another beside it."),
            (2_000, 1, "2,000 customers have it; 1 of them has no other."),
            (2_000, 1_204, "2,000 customers have it; 1,204 of them have no other."),
        ] {
            assert_eq!(told(Use { customers, only }), sentence);
        }
    }
}
